"""Applications that wait for a coordinator, two of them from organisations that are members already."""

from datetime import timedelta

from members.actions import joining
from members.demo.names import Name
from members.demo.setting import Setting


def send_all(setting: Setting) -> None: ...

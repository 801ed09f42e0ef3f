"""The machines that the Changwon cluster shares, and who has booked them: entered by the actions of the portal."""

from collections.abc import Callable

from ecluster.together import together
from equipment.demo import bookings, machines
from equipment.demo.setting import Setting


def build(progress: Callable[[str], None]) -> None:
    """The same machines at every call; what is booked, is booked from today on."""
    with together():
        setting = Setting(progress)
        machines.share_all(setting)
        bookings.book_all(setting)

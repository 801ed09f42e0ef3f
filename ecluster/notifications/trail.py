"""The audit trail's words for how people wish to be told."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecluster.notifications.kinds import Channel, all_kinds


def words() -> dict[str, str | Promise]:
    kinds = {kind.name: kind.label for kind in all_kinds()}
    channels = {channel.value: channel.label for channel in Channel}
    return kinds | channels | {"set_notice_preferences": _("Notice preferences set")}

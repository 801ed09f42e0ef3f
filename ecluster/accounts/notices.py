"""What the portal tells a person about their own account and offices."""

from django.utils.translation import gettext_lazy as _

from ecluster.notifications.kinds import NoticeKind, register

WARNING = register(NoticeKind("account.warning", _("Warnings about your account")))
OFFICES = register(NoticeKind("account.offices", _("Offices you are appointed to")))

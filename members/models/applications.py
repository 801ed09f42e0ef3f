"""Who filled in the form by which an organisation applies: they are told the decision and become its manager."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from ecluster.records import Record
from members.models.organisations import Organisation
from members.querysets.memberships import ApplicationQuerySet


class Application(Record):
    """One form as it was sent; each mini-cluster it names is a membership that points here."""

    # Made with the blank form: the same form sent twice is one application.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="applications")
    # As the applicant gave it. The organisation bears it only where no other one does.
    registration_number = models.CharField(_("business registration number"), max_length=10, blank=True)
    sent_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")  # null: a visitor
    contact_name = models.CharField(_("name"), max_length=100)
    contact_email = models.EmailField(_("e-mail address"))
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_title = models.CharField(_("job title"), max_length=100, blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="ko")
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return str(self.organisation)

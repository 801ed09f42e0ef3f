"""Who belongs to which organisation, and who was asked to."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from ecluster.records import Record
from members.models.organisations import Organisation
from members.querysets.people import AffiliationQuerySet, InvitationQuerySet

INVITATION_LASTS = timedelta(days=30)


def invitation_expiry():
    return timezone.now() + INVITATION_LASTS


class Affiliation(Record):
    user = models.ForeignKey(User, models.CASCADE, related_name="affiliations", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="affiliations", verbose_name=_("organisation")
    )
    title = models.CharField(_("job title"), max_length=100, blank=True)
    is_manager = models.BooleanField(
        _("manager"),
        default=False,
        help_text=_("Edits the organisation, submits for it and invites colleagues."),
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["-is_manager", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="affiliation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(ends_on=None), name="affiliation_open_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"


class Invitation(Record):
    """Opens an organisation to who holds the token; only the token's hash is kept."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=100, blank=True)
    title = models.CharField(_("job title"), max_length=100, blank=True)
    is_manager = models.BooleanField(_("as manager"), default=False)
    language = models.CharField(max_length=5, default="ko")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField(_("open until"), default=invitation_expiry)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_open_is_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

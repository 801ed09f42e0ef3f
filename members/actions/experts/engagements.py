"""The work of experts for the cluster: their load while it is open, their past work once it is closed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecluster.accounts.access import require
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from ecluster.search import engine as search
from members import cleaning
from members.actions.experts import _notices
from members.models import Engagement, Expert
from members.statuses import ExpertStatus


@transaction.atomic
def open_engagement(
    *,
    expert: Expert,
    by,
    field: str,
    title_ko: str = "",
    title_en: str = "",
    started_on: date | None = None,
    beyond_limit_because: str = "",
) -> Engagement:
    """Puts a piece of work on the expert's load. The title names no firm: members read it once the work is closed.

    ValidationError where the expert has as much as they take already; with a reason it is done all the same.
    """
    require(by, Permission.RECORD_ENGAGEMENT, expert)
    current = _held(expert)
    reason = cleaning.line(beyond_limit_because)
    engagement = Engagement(
        expert=current,
        title_ko=cleaning.line(title_ko),
        title_en=cleaning.line(title_en),
        field=field,
        started_on=started_on or timezone.localdate(),
    )
    _check(engagement)
    _check_room(current, reason)
    engagement.save(force_insert=True)
    _record(engagement, "open_engagement", by, {"started_on": [None, str(engagement.started_on)]}, reason)
    _notices.work_began(engagement)
    search.index([current])
    return engagement


@transaction.atomic
def close_engagement(*, engagement: Engagement, by, ended_on: date | None = None, rating: int | None = None) -> None:
    """The work is done; `rating`: the firm's, 1 to 5."""
    require(by, Permission.RECORD_ENGAGEMENT, engagement.expert)
    expert = Expert.objects.select_for_update().get(pk=engagement.expert_id)
    current = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if current.ended_on:
        raise ValidationError(_("This work was closed already."), code="closed")
    current.ended_on, current.rating = ended_on or timezone.localdate(), rating
    _check(current)
    current.save()
    engagement.refresh_from_db()
    _record(current, "close_engagement", by, {"ended_on": [None, str(current.ended_on)], "rating": [None, rating]})
    search.index([expert])


def _held(expert: Expert) -> Expert:
    current = Expert.objects.select_for_update().get(pk=expert.pk)
    if current.status != ExpertStatus.ACCEPTED:
        raise ValidationError(_("Work goes to experts of the pool only."), code="not_in_pool")
    return current


def _check(engagement: Engagement) -> None:
    if not (engagement.title_ko or engagement.title_en):
        raise ValidationError({"title_ko": _("Say what it is about, in Korean or in English.")})
    if engagement.started_on > timezone.localdate():
        raise ValidationError({"started_on": _("This day is still to come.")})
    if engagement.ended_on and engagement.ended_on < engagement.started_on:
        raise ValidationError({"ended_on": _("It can't end before it began.")})
    if engagement.ended_on and engagement.ended_on > timezone.localdate():
        raise ValidationError({"ended_on": _("This day is still to come.")})
    engagement.clean_fields(exclude={"expert"})


def _check_room(expert: Expert, reason: str) -> None:
    load = expert.engagements.open().count()
    if load < expert.limit or reason:
        return
    told = ngettext(
        "%(name)s is at work on %(load)s case already and takes %(limit)s at once.",
        "%(name)s is at work on %(load)s cases already and takes %(limit)s at once.",
        load,
    )
    raise ValidationError(
        {"beyond_limit_because": told % {"name": expert.user.name, "load": load, "limit": expert.limit}}
    )


def _record(engagement: Engagement, action: str, by, changes: dict, reason: str = "") -> None:
    record(target=engagement, action=action, by=by, changes=changes, reason=reason)

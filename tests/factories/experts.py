"""Experts, applicants and their work, for tests. Made by the actions."""

from datetime import date

from members.actions import experts
from members.models import Engagement, Expert, Field
from tests.factories.accounts import UserFactory
from tests.factories.mini_clusters import chief_coordinator


def applicant(**profile) -> Expert:
    """Somebody who waits for the chief's decision; `user` may be given."""
    user = profile.pop("user", None) or UserFactory()
    return experts.apply(by=user, **profile)


def expert(**profile) -> Expert:
    """Somebody in the pool."""
    return experts.accept(expert=applicant(**profile), by=chief_coordinator())


def invited(**profile) -> Expert:
    user = profile.pop("user", None) or UserFactory()
    return experts.invite(user=user, by=chief_coordinator(), **profile)


def open_work(expert: Expert, title_en: str = "Vibration of a spindle", **facts) -> Engagement:
    return experts.open_engagement(
        expert=expert, by=chief_coordinator(), title_en=title_en, **{"field": Field.RND} | facts
    )


def past_work(expert: Expert, title_en: str = "Vibration of a spindle", rating: int | None = 4, **facts) -> Engagement:
    started_on = facts.pop("started_on", date(2025, 1, 6))
    engagement = open_work(expert, title_en, started_on=started_on, **facts)
    experts.close_engagement(engagement=engagement, by=chief_coordinator(), ended_on=date(2025, 2, 3), rating=rating)
    return engagement

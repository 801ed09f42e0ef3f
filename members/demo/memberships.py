"""434 memberships on their days: 50 at first, in 2004, and the rest until the end of 2006."""

from datetime import date, timedelta
from random import Random

from members.actions import memberships
from members.demo.plans import Plan
from members.demo.setting import Setting
from members.models import ClusterRole, OrganisationClass

FIRST_MEMBERS = 50
# The paper: kicked off in April 2004, 50 members at the initial stage until 2005, 434 by 2006.
FIRST_DAYS = (date(2004, 4, 20), date(2004, 5, 31))
GROWTH_DAYS = (date(2005, 3, 2), date(2006, 11, 30))
_MOTIVES = (
    "공동 개발과 판로 개척에 함께하고자 합니다.",
    "현장의 기술 애로를 함께 풀 상대를 찾고자 합니다.",
    "회원사와 부품 거래를 늘리고 물류비를 줄이고자 합니다.",
    "세미나와 교육으로 새로운 기술 흐름을 배우고자 합니다.",
)


def enrol_all(setting: Setting, plans: list[Plan]) -> None:
    places = [(plan, slug) for plan in plans for slug in plan.mini_clusters]
    setting.rng.shuffle(places)
    days = _days(len(places), setting.rng)
    for (plan, slug), day in setting.each("Memberships", list(zip(places, days, strict=True))):
        _enrol(setting, plan, slug, day)


def _enrol(setting: Setting, plan: Plan, slug: str, day: date) -> None:
    memberships.enrol(
        organisation=setting.organisations[plan.name.ko],
        mini_cluster=setting.mini_clusters[slug],
        by=setting.admin,
        on=day,
        reason="2004~2006년 회원 명부에서 옮김.",
        role=_role(plan),
        motive=setting.rng.choice(_MOTIVES),
        applied_on=day - timedelta(days=setting.rng.randint(5, 15)),
    )


def _role(plan: Plan) -> ClusterRole:
    if plan.org_class != OrganisationClass.COMPANY:
        return ClusterRole.VISION_PROVIDER
    return ClusterRole.SYSTEM_ORGANISER if plan.is_large else ClusterRole.SME


def _days(count: int, rng: Random) -> list[date]:
    """Working days in order; the growth quickens."""
    first = sorted(_working_day(FIRST_DAYS, rng.random()) for _place in range(FIRST_MEMBERS))
    later = sorted(_working_day(GROWTH_DAYS, rng.random() ** 0.7) for _place in range(count - FIRST_MEMBERS))
    return [*first, *later]


def _working_day(between: tuple[date, date], share: float) -> date:
    day = between[0] + (between[1] - between[0]) * share
    return day - timedelta(days=max(0, day.weekday() - 4))

"""The pool of 220 experts: who they are, what they are good at, what they did and what they are at."""

from datetime import date, timedelta

from members.actions import experts
from members.demo.names import Name
from members.demo.particles import object_of
from members.demo.plans import Plan
from members.demo.setting import Setting
from members.demo.tables import table
from members.models import Availability, Expert, OrganisationClass

POOL, WAITING = 220, 3
_SHARES = {
    OrganisationClass.UNIVERSITY: 105,
    OrganisationClass.RND_CENTRE: 60,
    OrganisationClass.COMPANY: 30,
    OrganisationClass.SUPPORT_AGENCY: 10,
}  # the rest work for themselves
_POSITIONS = {
    OrganisationClass.UNIVERSITY: (
        ("교수", "professor"),
        ("부교수", "associate professor"),
        ("조교수", "assistant professor"),
    ),
    OrganisationClass.RND_CENTRE: (("책임연구원", "principal researcher"), ("선임연구원", "senior researcher")),
    OrganisationClass.COMPANY: (("기술연구소장", "head of research"), ("기술고문", "technical adviser")),
    OrganisationClass.SUPPORT_AGENCY: (("전문위원", "expert adviser"),),
}
_OWN_OFFICES = (
    ("경남기술사사무소", "Gyeongnam Professional Engineers"),
    ("창원경영컨설팅", "Changwon Management Consulting"),
    ("가야특허법률사무소", "Gaya Patent Law Office"),
)
_LANGUAGES = (
    ["ko"],
    ["ko", "en"],
    ["ko", "en"],
    ["ko", "en", "ja"],
    ["ko", "ja"],
    ["ko", "en", "de"],
    ["ko", "en", "zh"],
)
_AVAILABILITY = [Availability.OPEN] * 8 + [Availability.LIMITED, Availability.AWAY]
_AIMS = (
    ("현장에서 바로 쓸 수 있는 해법을 찾는 데 힘씁니다.", "Looks for solutions that work on the shop floor at once."),
    ("중소기업의 시험과 해석을 돕고 있습니다.", "Helps smaller firms with tests and analysis."),
    ("산학 공동 과제를 여러 차례 이끌었습니다.", "Has led several joint projects of industry and university."),
    (
        "기업의 실무자와 함께 원인을 찾는 것을 좋아합니다.",
        "Likes to look for causes together with the people of the firm.",
    ),
)


def apply_all(setting: Setting, plans: list[Plan]) -> None:
    workplaces = _workplaces(setting, plans)
    for number, plan in enumerate(setting.each("Applications of experts", workplaces)):
        account, name = ("expert", Name("송창호", "Chang-ho Song")) if number == 0 else ("", None)
        setting.experts.append(_apply(setting, plan, account, name))


def accept_all(setting: Setting) -> None:
    for expert in setting.each("Experts", setting.experts):
        experts.accept(expert=expert, by=setting.chief)


def apply_lately(setting: Setting) -> None:
    """Some wait for the chief coordinator's decision."""
    for _person in range(WAITING):
        _apply(setting, None, "", None)


def record_work(setting: Setting) -> None:
    for expert in setting.each("Work of experts", setting.experts):
        for _case in range(setting.rng.choice((0, 0, 1, 1, 2, 3))):
            _record_one(setting, expert, is_open=False)
        if expert.availability == Availability.OPEN and setting.rng.random() < 0.2:
            _record_one(setting, expert, is_open=True)


def _workplaces(setting: Setting, plans: list[Plan]) -> list[Plan | None]:
    """Where each of them works; None: an office of their own."""
    chosen: list[Plan | None] = []
    for org_class, count in _SHARES.items():
        own = [plan for plan in plans if plan.org_class == org_class]
        if org_class == OrganisationClass.COMPANY:
            own = [plan for plan in own if plan.is_invented]
        chosen += [own[place % len(own)] for place in range(count)]
    return chosen + [None] * (POOL - len(chosen))


def _apply(setting: Setting, plan: Plan | None, account: str, name: Name | None) -> Expert:
    person = setting.person(plan.domain if plan else "consulting.example", account=account, name=name)
    return experts.apply(by=person, **_profile(setting, plan))


def _profile(setting: Setting, plan: Plan | None) -> dict:
    rng = setting.rng
    expertise = rng.choice(table("expertise"))
    years = rng.randint(6, 30)
    availability = rng.choice(_AVAILABILITY)
    is_away = availability == Availability.AWAY
    return {
        **_workplace(setting, plan, years, expertise),
        f"in_{expertise['field']}": True,
        "in_education": expertise["field"] == "education" or rng.random() < 0.2,
        "specialities": [setting.term(*term.split(":")) for term in expertise["terms"].split()],
        "languages": rng.choice(_LANGUAGES),
        "availability": availability,
        "away_until": setting.today + timedelta(days=rng.randint(20, 120)) if is_away else None,
        "limit": rng.choice((2, 3, 3, 4)),
        "is_public": rng.random() < 0.7,
    }


def _workplace(setting: Setting, plan: Plan | None, years: int, expertise: dict[str, str]) -> dict:
    rng = setting.rng
    aim_ko, aim_en = rng.choice(_AIMS)
    if plan:
        position_ko, position_en = rng.choice(_POSITIONS[plan.org_class])
        office = plan.name
        place = {"organisation": setting.organisations[office.ko], "position": position_ko}
    else:
        position_ko, position_en = "대표", "consultant"
        office = Name(*rng.choice(_OWN_OFFICES))
        place = {"employer": office.ko, "position": position_ko}
    topic_ko, topic_en = expertise["ko"], expertise["en"]
    return place | {
        "headline_ko": f"{topic_ko} · {position_ko}",
        "headline_en": f"{topic_en[0].upper()}{topic_en[1:]} · {position_en}",
        "biography_ko": f"{office.ko}에서 {years}년 동안 {object_of(topic_ko)} 다루어 왔습니다. {aim_ko}",
        "biography_en": f"Has worked on {topic_en} for {years} years, now as {position_en} at {office.en}. {aim_en}",
    }


def _record_one(setting: Setting, expert: Expert, *, is_open: bool) -> None:
    rng = setting.rng
    fields = [field.value for field in expert.fields]
    work = rng.choice([row for row in table("engagements") if row["field"] in fields])
    started = _started(setting, is_open)
    engagement = experts.open_engagement(
        expert=expert,
        by=setting.chief,
        title_ko=work["title_ko"],
        title_en=work["title_en"],
        field=work["field"],
        started_on=started,
    )
    if not is_open:
        rating = rng.choice((None, 3, 4, 4, 4, 5, 5, 5))
        ended = started + timedelta(days=rng.randint(5, 60))
        experts.close_engagement(engagement=engagement, by=setting.chief, ended_on=ended, rating=rating)


def _started(setting: Setting, is_open: bool) -> date:
    if is_open:
        return setting.today - timedelta(days=setting.rng.randint(1, 45))
    return date(2005, 1, 10) + timedelta(days=setting.rng.randint(0, 640))

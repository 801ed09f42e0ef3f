"""The agency: its bodies, its 38 staff, and who sits in its committees."""

from datetime import date

from ecluster.accounts.actions.appointments import appoint
from ecluster.accounts.actions.bodies import create_body
from ecluster.accounts.actions.founding import appoint_first_administrator
from ecluster.accounts.actions.people import update_profile
from ecluster.accounts.models import Body, User
from ecluster.accounts.permissions import Role
from members.demo.mini_clusters import FOUNDED, MINI_CLUSTERS
from members.demo.names import Name
from members.demo.setting import DEMO_DOMAIN, DEMO_PASSWORD, Setting

AGENCY_DOMAIN = "ccda.example"
AGENCY, EVALUATION, OPERATION, ADVISORY = "agency", "evaluation", "operation", "advisory"

_BODIES = {
    AGENCY: (
        Body.Kind.AGENCY_TEAM,
        "창원클러스터추진단",
        "Changwon Cluster Development Agency",
        "미니클러스터의 활동을 재정과 인력으로 지원한다. Assists the mini-clusters with funds and people.",
    ),
    EVALUATION: (
        Body.Kind.EVALUATION_COMMITTEE,
        "과제평가위원회",
        "Assignment evaluation committee",
        "과제의 사업계획서를 평가한다. Evaluates the business plans of assignments.",
    ),
    OPERATION: (
        Body.Kind.OPERATION_COMMITTEE,
        "운영위원회",
        "Operation committee",
        "지원 한도를 승인하고 미니클러스터의 목표를 정한다. Approves the funding line and sets the goals.",
    ),
    ADVISORY: (
        Body.Kind.ADVISORY_BOARD,
        "자문위원회",
        "Advisory board",
        "성과 보고를 받고 조언한다. Reads the reports and advises.",
    ),
}
TEAM_SIZES = (7, 6, 6, 7, 6)  # coordinators in the five teams: 32
_FORMER = 3  # coordinators whose term is over
# In which two of the operation committee set the goals of the mini-clusters, the later one first.
_EARLY_TERMS = ((date(2006, 1, 1), date(2007, 12, 31)), (FOUNDED, date(2005, 12, 31)))


def found(setting: Setting) -> None:
    """The first administrator, who then appoints all others, is appointed by the portal itself."""
    admin = appoint_first_administrator(email=f"admin@{DEMO_DOMAIN}", name="서연우", password=DEMO_PASSWORD)
    setting.admin = update_profile(user=admin, by=admin, name_en="Yeon-woo Seo")
    for key, (kind, ko, en, remit) in _BODIES.items():
        _create(setting, key, kind, ko, en, remit)
    for cluster in MINI_CLUSTERS:
        _create(
            setting,
            cluster.slug,
            Body.Kind.MINI_CLUSTER_TEAM,
            f"{cluster.name_ko} 미니클러스터팀",
            f"{cluster.name_en} mini-cluster team",
            "",
        )


def appoint_staff(setting: Setting) -> None:
    chief = _staff(setting, AGENCY, Role.CHIEF_COORDINATOR, account="chief", name=Name("박해성", "Hae-sung Park"))
    setting.chief = chief
    _staff(setting, AGENCY, Role.CHIEF_COORDINATOR)
    _staff(setting, AGENCY, Role.PROGRAMME_OFFICER, account="officer", name=Name("이지영", "Ji-young Lee"))
    _staff(setting, AGENCY, Role.PROGRAMME_OFFICER)
    _staff(setting, AGENCY, Role.FINANCE_OFFICER, account="finance", name=Name("최은주", "Eun-ju Choi"))
    for cluster, size in setting.each("Teams", list(zip(MINI_CLUSTERS, TEAM_SIZES, strict=True))):
        for place in range(size):
            if cluster.slug == "machine-tool" and place == 0:
                name = Name("강동욱", "Dong-wook Kang")
                _staff(setting, cluster.slug, Role.COORDINATOR, account="coordinator", name=name)
            else:
                _staff(setting, cluster.slug, Role.COORDINATOR)
    for cluster in MINI_CLUSTERS[:_FORMER]:
        person = setting.person(AGENCY_DOMAIN)
        _appoint(setting, person, cluster.slug, Role.COORDINATOR, FOUNDED, date(2006, 3, 31))


def appoint_committees(setting: Setting) -> None:
    """Terms of two years: the one that runs, and for some the one before it."""
    first = date(setting.today.year, 1, 1)
    last, before = date(first.year + 1, 12, 31), date(first.year - 2, 1, 1)
    ended = date(first.year - 1, 12, 31)
    seats = (
        (EVALUATION, Role.COMMITTEE_CHAIR, "chair", Name("윤명훈", "Myung-hoon Yoon"), 1),
        (EVALUATION, Role.COMMITTEE_MEMBER, "reviewer", Name("한소연", "So-yeon Han"), 8),
        (OPERATION, Role.OPERATION_COMMITTEE, "operation", Name("조광수", "Kwang-soo Cho"), 9),
        (ADVISORY, Role.ADVISORY_BOARD, "board", Name("문혜정", "Hye-jung Moon"), 7),
    )
    for body, office, account, name, count in seats:
        holders = [setting.person(AGENCY_DOMAIN, account=account, name=name)]
        holders += [setting.person("committee.example") for _seat in range(count - 1)]
        for holder in holders:
            _appoint(setting, holder, body, office, first, last)
            setting.office_holders.setdefault(body, []).append(holder)
        for holder in [*holders[:2], setting.person("committee.example")]:
            _appoint(setting, holder, body, office, before, ended)
    for holder, (starts, ends) in zip(setting.office_holders[OPERATION], _EARLY_TERMS, strict=False):
        _appoint(setting, holder, OPERATION, Role.OPERATION_COMMITTEE, starts, ends)


def _create(setting: Setting, key: str, kind: Body.Kind, ko: str, en: str, remit: str) -> None:
    setting.bodies[key] = create_body(by=setting.admin, kind=kind, name_ko=ko, name_en=en, remit=remit)


def _staff(setting: Setting, body: str, office: Role, account: str = "", name: Name | None = None) -> User:
    person = setting.person(AGENCY_DOMAIN, account=account, name=name, phone=_extension(setting))
    _appoint(setting, person, body, office, FOUNDED, None)
    setting.office_holders.setdefault(body, []).append(person)
    return person


def _appoint(setting: Setting, person: User, body: str, office: Role, first: date, last: date | None) -> None:
    appoint(user=person, body=setting.bodies[body], office=office, by=setting.admin, starts_on=first, ends_on=last)


def _extension(setting: Setting) -> str:
    return f"055-210-{setting.rng.randint(3000, 3999)}"

"""The five mini-clusters of Changwon, what each aims at, and what it aimed at before."""

from datetime import date
from typing import NamedTuple

from ecluster.accounts.models import User
from members.actions import mini_clusters
from members.demo.setting import Setting

FOUNDED = date(2004, 4, 1)
FIRST_GOAL = date(2004, 6, 15)
GOAL_IN_FORCE = date(2006, 2, 14)


class Text(NamedTuple):
    ko: str
    en: str


class Aim(NamedTuple):
    goal: Text
    strategy: Text
    grounds: Text


class Plan(NamedTuple):
    slug: str
    name_ko: str
    name_en: str
    summary: Text
    now: Aim
    before: Aim


_STARTED = Aim(
    Text(
        "산·학·연 네트워크를 만들고 회원 기업의 애로를 먼저 찾아낸다.",
        "Build the network of firms, universities and institutes, and find the members' obstacles first.",
    ),
    Text(
        "핵심 회원 10개 기관으로 시작하여 매월 모임을 열고, 기업사랑방에서 나온 문제를 과제로 올린다.",
        "Begin with ten core members, meet every month, and bring the problems from the Business Cafe onto the list.",
    ),
    Text("2004년 4월 출범 회의.", "The founding meeting of April 2004."),
)

MINI_CLUSTERS = (
    Plan(
        "machine-tool",
        "공작기계",
        "Machine Tool",
        Text(
            "공작기계와 그 핵심 부품을 만드는 기업이 함께 고속·정밀 기술을 키웁니다.",
            "Makers of machine tools and of their key parts, who develop speed and precision together.",
        ),
        Aim(
            Text(
                "30,000 rpm급 고속 주축과 회전체를 국산화한다.",
                "Develop a high-speed spindle and rotating body of 30,000 rpm of our own.",
            ),
            Text(
                "완성기 업체, 부품 업체, 대학이 한 팀이 되어 개발하고 지역 산업 개발 사업과 연계한다.",
                "Machine builders, part makers and universities in one team, tied to the regional programme.",
            ),
            Text(
                "유럽 공작기계 전시회 참관과 일본 기술자 초청 세미나.",
                "The visit to the European machine tool exhibition and the seminar with an engineer from Japan.",
            ),
        ),
        _STARTED,
    ),
    Plan(
        "die-mold",
        "금형",
        "Die & Mold",
        Text(
            "금형과 성형 기업이 설계에서 시험 사출까지 납기와 품질을 함께 높입니다.",
            "Die and mould makers who raise quality and cut lead times from design to the first shot.",
        ),
        Aim(
            Text("금형 납기를 30% 줄인다.", "Cut the lead time of dies and moulds by 30 %."),
            Text(
                "해석과 고속 가공을 공동 장비로 쓰고 표준 부품을 함께 산다.",
                "Share simulation and high-speed machining, and buy standard parts together.",
            ),
            Text("2005년 상담 사례 가운데 납기에 관한 17건.", "17 cases of 2005 that concerned lead times."),
        ),
        _STARTED,
    ),
    Plan(
        "transportational-equipment",
        "수송기계",
        "Transportational Equipment",
        Text(
            "자동차, 항공, 철도, 조선 부품 기업이 새 시장으로 함께 나아갑니다.",
            "Makers of parts for cars, aircraft, trains and ships, who enter new markets together.",
        ),
        Aim(
            Text(
                "소형 항공기 착륙 장치 부품의 수출 길을 연다.",
                "Open the way to export landing gear parts for small aircraft.",
            ),
            Text(
                "완제기 업체, 도, 중소기업진흥공단과 맞춤형 지원을 꾸리고 시제품을 과제로 만든다.",
                "Support with the aircraft maker, the province and the SME agency; the prototype as an assignment.",
            ),
            Text("총괄코디네이터의 기업 방문 24회.", "24 visits to firms by the chief coordinator."),
        ),
        _STARTED,
    ),
    Plan(
        "mechatronics",
        "메카트로닉스",
        "Mechatronics",
        Text(
            "제어, 로봇, 센서, 전력 기기 기업이 공동으로 개발하고 판로를 넓힙니다.",
            "Makers of controls, robots, sensors and power equipment, who develop and sell together.",
        ),
        Aim(
            Text("제어 기기의 공동 판매를 두 배로 늘린다.", "Double the joint sales of control equipment."),
            Text(
                "국제 자동화 산업 전시회에 공동 부스로 나가고 제품 설명회를 잇달아 연다.",
                "A joint booth at the international automation exhibition, followed by product explanation events.",
            ),
            Text("2005년 전시회 상담 실적.", "What the exhibitions of 2005 brought."),
        ),
        _STARTED,
    ),
    Plan(
        "metal-material",
        "금속소재",
        "Metal & Material",
        Text(
            "소재, 주조, 단조, 열처리, 표면 처리 기업이 새 소재를 함께 시험합니다.",
            "Makers of metals, castings and forgings, heat and surface treaters, who try new materials together.",
        ),
        Aim(
            Text(
                "내열·경량 소재 다섯 가지를 양산 부품에 적용한다.",
                "Bring five heat-resistant or light materials into series parts.",
            ),
            Text(
                "연구소의 시험 장비를 열고 대기업의 수요를 먼저 듣는다.",
                "Open the institutes' test equipment, and hear first what the large firms need.",
            ),
            Text("기술 박람회와 대덕 연구 단지 교류회.", "The technology fair and the exchange with Daedeok."),
        ),
        _STARTED,
    ),
)


def create(setting: Setting) -> None:
    for position, plan in enumerate(MINI_CLUSTERS, start=1):
        setting.mini_clusters[plan.slug] = mini_clusters.create(
            by=setting.admin,
            slug=plan.slug,
            name_ko=plan.name_ko,
            name_en=plan.name_en,
            summary_ko=plan.summary.ko,
            summary_en=plan.summary.en,
            position=position,
            founded_on=FOUNDED,
            team=setting.bodies[plan.slug],
            operation_committee=setting.bodies["operation"],
        )


def set_goals(setting: Setting) -> None:
    """Loaded from the minutes of the operation committee: what it set first, and what is in force."""
    present, former = setting.office_holders["operation"][:2]
    for plan in MINI_CLUSTERS:
        _set_goal(setting, plan, plan.before, set_on=FIRST_GOAL, set_by=former)
        _set_goal(setting, plan, plan.now, set_on=GOAL_IN_FORCE, set_by=present)


def _set_goal(setting: Setting, plan: Plan, aim: Aim, *, set_on: date, set_by: User) -> None:
    mini_clusters.set_goal(
        mini_cluster=setting.mini_clusters[plan.slug],
        by=setting.admin,
        set_on=set_on,
        set_by=set_by,
        goal_ko=aim.goal.ko,
        goal_en=aim.goal.en,
        strategy_ko=aim.strategy.ko,
        strategy_en=aim.strategy.en,
        grounds_ko=aim.grounds.ko,
        grounds_en=aim.grounds.en,
    )

"""What a firm of a trade makes and masters, told as its profile."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from members.demo.particles import and_
from members.demo.plans import Plan
from members.demo.setting import Setting
from members.demo.tables import pairs, trades
from members.models import Need, OrganisationClass, Term, TradeLink

SPARSE = 0.1  # firms whose profile has hardly been begun

_REGIONS = {
    "changwon-seongsan": 54,
    "changwon-uichang": 14,
    "changwon-masanhoewon": 8,
    "changwon-jinhae": 6,
    "gimhae": 7,
    "haman": 5,
    "sacheon": 3,
    "yangsan": 3,
}
_ROADS = (
    "공단로 Gongdan-ro",
    "완암로 Wanam-ro",
    "웅남로 Ungnam-ro",
    "정동로 Jeongdong-ro",
    "연덕로 Yeondeok-ro",
    "창원대로 Changwon-daero",
)
_CERTIFICATES = {
    "transportational-equipment": ("iatf-16949", "sq-mark", "as9100"),
    "die-mold": ("root-company", "iatf-16949"),
    "metal-material": ("root-company", "ks-mark", "kepic"),
    "machine-tool": ("ce-mark", "materials-parts"),
    "mechatronics": ("ce-mark", "ul", "venture"),
}
_GENERAL_CERTIFICATES = ("iso-9001", "iso-14001", "inno-biz", "main-biz", "research-institute")
_NEEDS = {
    Need.Kind.PARTNER: (
        "{product} 성능 개선을 함께할 공동 개발 파트너를 찾습니다.",
        "국산화 과제에 참여할 대학 연구실을 찾습니다.",
    ),
    Need.Kind.SUPPLIER: ("{material} 소재를 소량으로 공급할 업체를 찾습니다.", "열처리 외주 업체를 찾습니다."),
    Need.Kind.CUSTOMER: ("{product}의 해외 판로를 찾습니다.", "{product} 신규 수요처를 찾습니다."),
    Need.Kind.TECHNOLOGY: ("{technology} 기술 자문이 필요합니다.", "가공 시간을 줄일 방법을 찾고 있습니다."),
    Need.Kind.PEOPLE: ("5축 가공 경력자를 찾습니다.", "품질 관리 담당자를 찾습니다."),
    Need.Kind.FUNDING: ("시제품 제작 자금을 지원받을 사업을 찾습니다.",),
}
_SERVICES = {
    OrganisationClass.RND_CENTRE: (
        "연구·시험 장비를 갖추고 기업의 기술 개발을 돕는 연구 기관입니다.",
        "A research institute that helps firms develop technology, with laboratories and test equipment.",
    ),
    OrganisationClass.UNIVERSITY: (
        "산학 협력과 인력 양성으로 미니클러스터에 참여하는 대학입니다.",
        "A university that takes part by joint research with firms and by training their people.",
    ),
    OrganisationClass.SUPPORT_AGENCY: (
        "기업의 성장과 협력을 돕는 지원 기관입니다.",
        "An agency that supports the growth of firms and their cooperation.",
    ),
}
_SERVICE_PROCESSES = ("material-testing", "measurement", "cae", "ndt", "prototyping")
_SERVICE_TECHNOLOGIES = (
    "smart-factory",
    "condition-monitoring",
    "alloy-design",
    "industrial-robot",
    "lightweighting",
    "spindle",
)


def profile_of(plan: Plan, setting: Setting) -> dict:
    """Facts and lists for `organisations.create`."""
    facts = _facts(plan, setting)
    if plan.org_class == OrganisationClass.COMPANY:
        return facts | _capabilities(plan, setting)
    return facts | _services(plan, setting)


def _facts(plan: Plan, setting: Setting) -> dict:
    rng = setting.rng
    region = plan.region or rng.choices(list(_REGIONS), list(_REGIONS.values()))[0]
    facts = {
        "region": setting.term("region", region),
        "website": plan.website,
        "external_id": plan.ror or None,
        "founded_year": plan.founded_year,
        "confirmed_on": _confirmed_on(setting),
    }
    return facts | _own_facts(plan, rng) if plan.is_invented else facts


def _own_facts(plan: Plan, rng: Random) -> dict:
    """Contacts and numbers: for firms that are made up, never for real ones."""
    ko, en = rng.choice(_ROADS).split()
    number = rng.randint(11, 890)
    return {
        "registration_number": _registration_number(rng),
        "website": f"https://www.{plan.domain}",
        "founded_year": rng.randint(1976, 2004),
        "employees": round(rng.lognormvariate(3.4, 0.8)) + 4,
        "address_ko": f"경상남도 창원시 성산구 {ko} {number}",
        "address_en": f"{number} {en}, Seongsan-gu, Changwon, Gyeongnam",
        "contact_email": f"info@{plan.domain}",
        "contact_phone": f"055-{rng.randint(260, 289)}-{rng.randint(1000, 9999)}",
    }


def _confirmed_on(setting: Setting) -> date:
    """Most keep their profile fresh; one in six has not looked at it for more than a year."""
    is_stale = setting.rng.random() < 1 / 6
    days = setting.rng.randint(370, 900) if is_stale else setting.rng.randint(2, 330)
    return setting.today - timedelta(days=days)


def _capabilities(plan: Plan, setting: Setting) -> dict:
    rng, trade = setting.rng, trades()[plan.trade]
    products = pairs(trade["products"])
    if len(products) > 1 and rng.random() < 0.5:
        products = rng.sample(products, len(products) - 1)
    if rng.random() < SPARSE:
        return {"processes": _processes(trade, setting)[:1], "products": [{"name_ko": products[0][0]}]}
    lists = {
        **_summary(plan, setting.terms("process", trade["core"]), products),
        "processes": _processes(trade, setting),
        "materials": [{"material": term} for term in _some(rng, setting.terms("material", trade["materials"]))],
        "technologies": [{"technology": t} for t in _some(rng, setting.terms("technology", trade["technologies"]))],
        "industries": setting.industries(trade["industries"]),
        "products": [{"name_ko": ko, "name_en": en} for ko, en in products],
    }
    if plan.is_invented and rng.random() < 0.85:
        lists |= _members_side(trade, products, setting)
    return lists


def _members_side(trade: dict[str, str], products: list, setting: Setting) -> dict:
    """What only a firm itself can tell; real firms have not told it."""
    return {
        "certificates": _certificates(trade["mini_cluster"], setting),
        "machines": _machines(trade, setting.rng),
        "needs": _needs(trade, products, setting),
        "trade_links": _trade_links(products, setting.rng),
    }


def _summary(plan: Plan, core: list[Term], products: list[tuple[str, str]]) -> dict[str, str]:
    made_ko, made_en = ", ".join(ko for ko, _en in products), ", ".join(en for _ko, en in products)
    known_ko = f"{and_(core[0].name_ko)} {core[1].name_ko}" if len(core) > 1 else core[0].name_ko
    known_en = " and ".join(process.name_en for process in core[:2])
    return {
        "summary_ko": f"{known_ko}에 강한 {'대기업' if plan.is_large else '전문 기업'}입니다. 주요 제품: {made_ko}.",
        "summary_en": f"Known for {known_en}. Main products: {made_en}.",
    }


def _processes(trade: dict[str, str], setting: Setting) -> list[dict]:
    rng = setting.rng
    core = setting.terms("process", trade["core"])
    besides = _some(rng, setting.terms("process", trade["besides"]))
    return [_process(process, process in core, trade, rng) for process in [*core, *besides]]


def _process(process, is_core: bool, trade: dict[str, str], rng: Random) -> dict:
    row = {"process": process, "is_core": is_core}
    if is_core or rng.random() < 0.4:
        low, high = (int(bound) for bound in trade["size_mm"].split("-"))
        row |= {"size_from_mm": Decimal(low), "size_to_mm": Decimal(round(high * rng.choice((0.5, 0.8, 1, 1.2))))}
    if is_core and trade["tolerance_um"]:
        best, worst = (int(bound) for bound in trade["tolerance_um"].split("-"))
        row["tolerance_um"] = Decimal(rng.randint(best, worst))
    return row


def _certificates(mini_cluster: str, setting: Setting) -> list[dict]:
    rng = setting.rng
    slugs = [*_some(rng, list(_GENERAL_CERTIFICATES)), *_some(rng, list(_CERTIFICATES[mini_cluster]))[:2]]
    return [
        {
            "certificate": setting.term("certificate", slug),
            "number": f"{slug.upper()[:4].strip('-')}-{rng.randint(10000, 99999)}",
            "valid_until": setting.today + timedelta(days=rng.randint(-60, 1000)),
        }
        for slug in slugs
    ]


def _machines(trade: dict[str, str], rng: Random) -> list[dict]:
    rows = (entry.split("/", 2) for entry in trade["machines"].split("|"))
    return [
        {"name": name, "maker": maker, "model": model, "quantity": rng.randint(1, 4), "year": rng.randint(1996, 2005)}
        for name, maker, model in rows
    ]


def _needs(trade: dict[str, str], products: list, setting: Setting) -> list[dict]:
    rng = setting.rng
    words = {
        "product": rng.choice(products)[0],
        "material": rng.choice(setting.terms("material", trade["materials"])).name_ko,
        "technology": rng.choice(setting.terms("technology", trade["technologies"])).name_ko,
    }
    kinds = rng.sample(list(_NEEDS), rng.randint(0, 2))
    return [{"kind": kind, "text": rng.choice(_NEEDS[kind]).format(**words)} for kind in kinds]


def _trade_links(products: list, rng: Random) -> list[dict]:
    customers = rng.sample(
        ("완성차 업체", "공작기계 업체", "가전 업체", "조선소", "발전 설비 업체", "방산 업체"), rng.randint(1, 2)
    )
    links = [
        {"direction": TradeLink.Direction.CUSTOMER, "partner_name": c, "goods": rng.choice(products)[0]}
        for c in customers
    ]
    if rng.random() < 0.5:
        links.append({"direction": TradeLink.Direction.SUPPLIER, "partner_name": "지역 소재 대리점", "goods": "원소재"})
    return links


def _services(plan: Plan, setting: Setting) -> dict:
    ko, en = _SERVICES[plan.org_class]
    lists: dict = {
        "summary_ko": ko,
        "summary_en": en,
        "technologies": [
            {"technology": setting.term("technology", s)} for s in _some(setting.rng, list(_SERVICE_TECHNOLOGIES))
        ],
    }
    if plan.org_class == OrganisationClass.RND_CENTRE:
        slugs = _some(setting.rng, list(_SERVICE_PROCESSES))
        lists["processes"] = [{"process": setting.term("process", slug), "is_core": slug == slugs[0]} for slug in slugs]
        lists["certificates"] = [{"certificate": setting.term("certificate", "kolas")}]
    return lists


def _some(rng: Random, rows: list) -> list:
    """At least one, and most of them, in their order."""
    chosen = set(rng.sample(range(len(rows)), rng.randint((len(rows) + 1) // 2, len(rows))))
    return [row for place, row in enumerate(rows) if place in chosen]


def _registration_number(rng: Random) -> str:
    """Nine digits and the one that checks them (members.registration_number)."""
    digits = [rng.randint(0, 9) for _place in range(9)]
    total = sum(d * weight for d, weight in zip(digits, (1, 3, 7, 1, 3, 7, 1, 3, 5), strict=True)) + digits[8] * 5 // 10
    return "".join(map(str, digits)) + str(-total % 10)

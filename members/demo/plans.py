"""Which organisations there are, of which class, in which mini-clusters: Table 1 of the Changwon paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from members.demo.names import Name, domain_of, firms
from members.demo.setting import Setting
from members.demo.tables import table, trades
from members.models import OrganisationClass

# Table 1: members by mini-cluster as of 2006, for the four classes in the table's order.
TABLE_1 = {
    "machine-tool": (55, 3, 13, 6),
    "die-mold": (50, 5, 10, 7),
    "transportational-equipment": (55, 9, 9, 3),
    "mechatronics": (94, 3, 11, 4),
    "metal-material": (67, 13, 14, 3),
}
HOME_FIRM = "성산공작기계㈜"  # where the demo's manager and member work
INVENTED = "demo"


@dataclass(frozen=True)
class Plan:
    name: Name
    org_class: OrganisationClass
    mini_clusters: tuple[str, ...]
    trade: str = ""
    is_large: bool = False
    is_invented: bool = False
    region: str = ""
    website: str = ""
    ror: str = ""
    founded_year: int | None = None

    @property
    def domain(self) -> str:
        """Where its people's addresses are; never a real organisation's."""
        return domain_of(self.name.en)


def all_plans(setting: Setting) -> list[Plan]:
    return [*_companies(setting), *_listed("institutes", OrganisationClass.RND_CENTRE), *_others()]


def _others() -> Iterator[Plan]:
    yield from _listed("universities", OrganisationClass.UNIVERSITY)
    yield from _listed("agencies", OrganisationClass.SUPPORT_AGENCY)


def _companies(setting: Setting) -> Iterator[Plan]:
    """The firms of the list, then as many more as Table 1 counts."""
    listed = [_listed_firm(row) for row in table("firms")]
    yield from listed
    taken = {plan.name.ko for plan in listed}
    for slug, (companies, *_others_counts) in TABLE_1.items():
        missing = companies - sum(slug in plan.mini_clusters for plan in listed)
        more = firms(setting.rng, slug, taken)
        for _place in range(missing):
            firm = next(more)
            yield Plan(firm.name, OrganisationClass.COMPANY, (slug,), firm.trade, is_invented=True)


def _listed_firm(row: dict[str, str]) -> Plan:
    return Plan(
        Name(row["name_ko"], row["name_en"]),
        OrganisationClass.COMPANY,
        tuple(row["mini_clusters"].split()),
        trades()[row["trade"]]["key"],
        is_large=row["is_large"] == "yes",
        is_invented=row["source"] == INVENTED,
    )


def _listed(name: str, org_class: OrganisationClass) -> Iterator[Plan]:
    for row in table(name):
        yield Plan(
            Name(row["name_ko"], row["name_en"]),
            org_class,
            tuple(row["mini_clusters"].split()),
            region=row["region"],
            website=row["website"],
            ror=row["ror"],
            founded_year=int(row["founded_year"]) if row["founded_year"] else None,
        )

"""Applications that wait for a coordinator; three of them come from firms that are members already."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from members.actions import applications, memberships, organisations
from members.demo.names import email_of
from members.demo.plans import Plan
from members.demo.setting import Setting
from members.demo.tables import table
from members.models import ClusterRole, OrganisationClass

_FURTHER = 3  # members that want into a second mini-cluster
_LONGEST = 12  # days that one has waited


def send_all(setting: Setting, plans: list[Plan]) -> None:
    for row in setting.each("Applications", table("applications")):
        if row["waited"]:
            _take_in(setting, row)
        else:
            _send(setting, row)
    alone = [plan for plan in plans if plan.is_invented and plan.mini_clusters == ("machine-tool",)]
    for number, plan in enumerate(alone[:_FURTHER]):
        _apply_further(setting, plan, waited=_LONGEST - 4 * number)


def _send(setting: Setting, row: dict[str, str]) -> None:
    """As a visitor does today, who fills in the form."""
    applications.send(
        key=UUID(int=setting.rng.getrandbits(128), version=4),
        by=AnonymousUser(),
        mini_clusters=[setting.mini_clusters[row["mini_cluster"]]],
        role=ClusterRole.SME,
        motive=row["motive"],
        contact_title="대표이사",
        language="ko",
        **_facts(setting, row),
    )


def _take_in(setting: Setting, row: dict[str, str]) -> None:
    """One that arrived on paper some days ago and was entered by an administrator."""
    memberships.apply(
        organisation=organisations.create(by=setting.admin, **_facts(setting, row)),
        mini_cluster=setting.mini_clusters[row["mini_cluster"]],
        by=setting.admin,
        motive=row["motive"],
        applied_on=setting.today - timedelta(days=int(row["waited"])),
    )


def _facts(setting: Setting, row: dict[str, str]) -> dict:
    name = setting.next_name()
    return {
        "org_class": OrganisationClass.COMPANY,
        "name_ko": row["name_ko"],
        "name_en": row["name_en"],
        "website": f"https://www.{row['domain']}",
        "region": setting.term("region", "changwon-seongsan"),
        "summary_ko": row["summary_ko"],
        "summary_en": row["summary_en"],
        "contact_name": name.ko,
        "contact_email": email_of(name, row["domain"], setting.addresses),
        "contact_phone": row["phone"],
    }


def _apply_further(setting: Setting, plan: Plan, waited: int) -> None:
    """As a manager does in one click."""
    organisation = setting.organisations[plan.name.ko]
    manager = organisation.affiliations.select_related("user").filter(is_manager=True)[0].user
    memberships.apply(
        organisation=organisation,
        mini_cluster=setting.mini_clusters["mechatronics"],
        by=manager,
        motive="제어와 자동화 분야의 회원사와도 협력하고자 합니다.",
        applied_on=setting.today - timedelta(days=waited),
    )

"""The organisations, with their profiles, pictures and people."""

from members.actions import organisations
from members.actions.people import affiliate
from members.demo.mini_clusters import FOUNDED
from members.demo.names import Name
from members.demo.pictures import picture_of
from members.demo.plans import HOME_FIRM, Plan
from members.demo.profiles import profile_of
from members.demo.setting import Setting
from members.models import Organisation, OrganisationClass

PICTURED = 14  # firms that show their first product

_TITLES = {
    OrganisationClass.COMPANY: ("대표이사", "공장장", "기술연구소장", "생산부장", "영업부장", "품질팀장"),
    OrganisationClass.RND_CENTRE: ("책임연구원", "선임연구원", "기업협력실장"),
    OrganisationClass.UNIVERSITY: ("산학협력단장", "교수", "산학협력 담당"),
    OrganisationClass.SUPPORT_AGENCY: ("기업지원팀장", "담당 사무관", "과장"),
}


def create_all(setting: Setting, plans: list[Plan]) -> None:
    for plan in setting.each("Organisations", plans):
        setting.organisations[plan.name.ko] = organisations.create(
            by=setting.admin,
            org_class=plan.org_class,
            name_ko=plan.name.ko,
            name_en=plan.name.en,
            **profile_of(plan, setting),
        )


def affiliate_people(setting: Setting, plans: list[Plan]) -> None:
    """Everywhere one who manages the profile, and in some places colleagues."""
    for plan in setting.each("People of organisations", plans):
        organisation = setting.organisations[plan.name.ko]
        if plan.name.ko == HOME_FIRM:
            _join(setting, plan, organisation, 0, account="manager", name=Name("정태영", "Tae-young Jung"))
            _join(setting, plan, organisation, 3, account="member", name=Name("김보람", "Bo-ram Kim"))
            continue
        for place in range(setting.rng.choice((1, 1, 1, 2, 2, 3))):
            _join(setting, plan, organisation, place)


def add_pictures(setting: Setting, plans: list[Plan]) -> None:
    invented = [plan for plan in plans if plan.is_invented][:PICTURED]
    for plan in invented:
        organisation = setting.organisations[plan.name.ko]
        product = organisation.products.all()[0]
        organisations.add_picture(product=product, by=setting.admin, upload=picture_of(product, setting.rng))


def _join(setting: Setting, plan: Plan, organisation: Organisation, place: int, account: str = "", name=None) -> None:
    titles = _TITLES[plan.org_class]
    affiliate(
        user=setting.person(plan.domain, account=account, name=name),
        organisation=organisation,
        by=setting.admin,
        title=titles[place % len(titles)],
        is_manager=place == 0,
        starts_on=FOUNDED,
    )

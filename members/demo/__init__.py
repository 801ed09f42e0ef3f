"""The Changwon cluster as the paper reports it, entered by the actions that its people would have used."""

from collections.abc import Callable

from django.utils import timezone

from ecluster.together import together
from members.actions import taxonomies
from members.demo import agency, applications, experts, memberships, mini_clusters, organisations
from members.demo.plans import all_plans
from members.demo.setting import Setting


def build(progress: Callable[[str], None]) -> None:
    """The same names, numbers and dates at every call; only what happened lately follows the calendar."""
    taxonomies.load()
    with together():
        _build(Setting(progress, timezone.localdate()))
        progress("Search index")


def _build(setting: Setting) -> None:
    agency.found(setting)
    agency.appoint_committees(setting)
    mini_clusters.create(setting)
    mini_clusters.set_goals(setting)
    plans = all_plans(setting)
    # Before there is anybody at the desk or in the firms: nobody is told today what happened in 2004.
    organisations.create_all(setting, plans)
    memberships.enrol_all(setting, plans)
    experts.apply_all(setting, plans)
    organisations.affiliate_people(setting, plans)
    organisations.add_pictures(setting, plans)
    agency.appoint_staff(setting)
    experts.accept_all(setting)
    experts.record_work(setting)
    experts.apply_lately(setting)
    applications.send_all(setting, plans)

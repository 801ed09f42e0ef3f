"""Every address of the portal and whose it is: the permission table as people meet it.

A GET by one of `whose` is answered; by anybody else as if the thing did not exist. With `post`, the same of a POST
without content, of which only the refusals are tried here: what it does is its action's test.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from tests.factories import experts
from tests.site.town import PLAIN_OFFICES, Town

EVERYBODY = {
    "visitor", "newcomer", "member", "manager", "outsider", "expert", "coordinator", "other coordinator", "chief",
    "operation", "admin", *PLAIN_OFFICES,
}  # fmt: skip
SIGNED_IN = EVERYBODY - {"visitor"}
MEMBERS_SIDE = SIGNED_IN - {"newcomer"}
COLLEAGUES = {"member", "manager"}
COORDINATORS = {"coordinator", "other coordinator", "chief"}
OWN_COORDINATORS = {"coordinator", "chief"}
EDITORS = {"manager", *OWN_COORDINATORS}
ADMINISTRATORS = {"admin"}


@dataclass(frozen=True)
class Address:
    name: str
    whose: set[str]
    of: Callable[[Town], list] = lambda town: []
    post: bool = False

    def path(self, town: Town) -> str:
        return reverse(self.name, args=self.of(town))


def _organisation(town: Town) -> list:
    return [town.organisation.pk]


def _mini_cluster(town: Town) -> list:
    return [town.mini_cluster.slug]


def _expert(town: Town) -> list:
    return [town.people["expert"].expert.pk]


def _appointment(town: Town) -> list:
    return [town.appointment.pk]


def _body(town: Town) -> list:
    return [town.body.pk]


def _person(town: Town) -> list:
    return [town.people["member"].pk]


def _term(town: Town) -> list:
    return [town.organisation.processes.get().process.pk]


def _affiliation(town: Town) -> list:
    return [town.people["member"].affiliations.get().pk]


def _machine(town: Town) -> list:
    return [town.machine.pk]


def _picture(town: Town) -> list:
    file = town.organisation.products.get().pictures.get()
    return [file.pk, file.name]


def _booking(town: Town) -> list:
    return [town.booking.pk]


SECTIONS = ["facts", "processes", "materials", "certificates", "technologies", "products", "machines", "trade", "needs"]
EQUIPMENT_SECTIONS = ["facts", "ranges", "rates", "policy", "hours", "keepers", "trainings", "files"]

ADDRESSES = [
    Address("home", EVERYBODY),
    Address("search:search", EVERYBODY),
    Address("healthz", EVERYBODY),
    Address("members:mini-cluster-list", EVERYBODY),
    Address("members:mini-cluster-detail", EVERYBODY, _mini_cluster),
    Address("members:mini-cluster-new", ADMINISTRATORS),
    Address("members:mini-cluster-edit", ADMINISTRATORS, _mini_cluster),
    Address("members:goal-new", {"operation"}, _mini_cluster),
    Address("members:organisation-list", EVERYBODY),
    Address("members:organisation-detail", EVERYBODY, _organisation),
    Address("members:organisation-history", EDITORS, _organisation),
    Address("members:organisation-confirm", EDITORS, _organisation, post=True),
    *(
        Address("members:organisation-edit", EDITORS, lambda town, section=section: [town.organisation.pk, section])
        for section in SECTIONS
    ),
    Address("members:membership-apply", EVERYBODY),
    Address("members:membership-list", COORDINATORS),
    Address("members:membership-detail", COORDINATORS, lambda town: [town.application.pk]),
    Address("members:membership-move", OWN_COORDINATORS, lambda town: [town.application.pk, "approve"], post=True),
    Address(
        "members:organisation-merge",
        OWN_COORDINATORS,
        lambda town: [town.application.organisation.pk, town.organisation.pk],
    ),
    Address("members:colleagues", COLLEAGUES | {"outsider"} | COORDINATORS),
    Address("members:colleague-list", COLLEAGUES | OWN_COORDINATORS, _organisation),
    Address("members:invitation-new", COLLEAGUES | OWN_COORDINATORS, _organisation),
    Address("members:invitation-resend", COLLEAGUES | OWN_COORDINATORS, lambda town: [town.invitation.pk], post=True),
    Address("members:invitation-withdraw", COLLEAGUES | OWN_COORDINATORS, lambda town: [town.invitation.pk], post=True),
    Address("members:colleague-manager", EDITORS, _affiliation, post=True),
    Address("members:colleague-end", EDITORS | {"member"}, _affiliation, post=True),
    Address("members:expert-list", EVERYBODY),
    Address("members:expert-detail", MEMBERS_SIDE, _expert),
    Address("members:expert-find", COLLEAGUES | {"outsider", "officer", "admin"} | COORDINATORS),
    Address("members:expert-apply", SIGNED_IN),
    Address("members:expert-edit", {"expert"}, _expert),
    Address("members:expert-availability", {"expert"}, _expert, post=True),
    Address("members:expert-leave", {"expert", "chief"}, _expert, post=True),
    Address("members:expert-answer", set(), lambda town: [experts.invited().pk], post=True),
    Address("members:expert-applications", {"chief"}),
    Address("members:expert-decide", {"chief"}, _expert, post=True),
    Address("members:expert-invite", COORDINATORS),
    Address("members:engagement-new", COORDINATORS, _expert),
    Address(
        "members:engagement-close", COORDINATORS, lambda town: [experts.open_work(town.people["expert"].expert).pk]
    ),
    Address("equipment:equipment-list", EVERYBODY),
    Address("equipment:equipment-free", EVERYBODY),
    Address("equipment:equipment-new", {"manager", "outsider"}),
    Address("equipment:equipment-detail", EVERYBODY, _machine),
    Address("equipment:equipment-history", EDITORS, _machine),
    Address("equipment:equipment-retire", EDITORS, _machine, post=True),
    Address("equipment:equipment-reinstate", EDITORS, _machine, post=True),
    *(
        Address("equipment:equipment-edit", EDITORS, lambda town, section=section: [town.machine.pk, section])
        for section in EQUIPMENT_SECTIONS
    ),
    Address("members:import-list", ADMINISTRATORS),
    Address("members:import-new", ADMINISTRATORS),
    Address("members:term-list", ADMINISTRATORS),
    Address("members:term-new", ADMINISTRATORS, lambda town: ["process"]),
    Address("members:term-edit", ADMINISTRATORS, _term),
    Address("members:term-retire", ADMINISTRATORS, _term, post=True),
    Address("members:term-offer", ADMINISTRATORS, _term, post=True),
    Address("members:industry-search", EVERYBODY),
    Address("equipment:book", SIGNED_IN, _machine),
    Address("equipment:calendar", SIGNED_IN, _machine),
    Address("equipment:calendars", SIGNED_IN),
    Address("equipment:booking-list", SIGNED_IN),
    Address("equipment:booking-detail", COLLEAGUES, _booking),
    Address("equipment:booking-move", COLLEAGUES, _booking),
    Address("equipment:booking-step", COLLEAGUES, lambda town: [town.booking.pk, "cancel"], post=True),
    Address("equipment:booking-step", {"manager"}, lambda town: [town.booking.pk, "approve"], post=True),
    Address("equipment:series-cancel", {"member"}, lambda town: [town.series.pk], post=True),
    Address("equipment:desk", COLLEAGUES | {"outsider"}),
    Address("equipment:waiting-new", SIGNED_IN, _machine, post=True),
    Address("equipment:waiting-take", {"member"}, lambda town: [town.waiting.pk], post=True),
    Address("equipment:waiting-withdraw", {"member"}, lambda town: [town.waiting.pk], post=True),
    Address("equipment:outage-list", SIGNED_IN, _machine),
    Address("equipment:outage-plan", {"manager"}, _machine),
    Address("equipment:outage-report", SIGNED_IN, _machine),
    Address("equipment:outage-end", {"manager"}, lambda town: [town.outage.pk], post=True),
    Address("equipment:outage-withdraw", {"manager"}, lambda town: [town.outage.pk], post=True),
    Address("equipment:statement", SIGNED_IN),
    Address("equipment:feed-settings", SIGNED_IN),
    Address("equipment:booking-calendar", COLLEAGUES, _booking),
    Address("reports:membership", EVERYBODY),
    Address("reports:membership-rows", EVERYBODY),
    Address("accounts:profile", SIGNED_IN),
    Address("accounts:privacy", SIGNED_IN),
    Address("accounts:data-export", SIGNED_IN),
    Address("accounts:account-close", SIGNED_IN),
    Address("accounts:administration", ADMINISTRATORS),
    Address("accounts:person-list", ADMINISTRATORS),
    Address("accounts:person-new", ADMINISTRATORS),
    Address("accounts:person-detail", ADMINISTRATORS, _person),
    Address("accounts:person-access", ADMINISTRATORS, _person, post=True),
    Address("accounts:body-list", MEMBERS_SIDE),
    Address("accounts:body-detail", MEMBERS_SIDE, _body),
    Address("accounts:body-new", ADMINISTRATORS),
    Address("accounts:body-edit", ADMINISTRATORS, _body),
    Address("accounts:body-dissolve", ADMINISTRATORS, _body),
    Address("accounts:appointment-new", ADMINISTRATORS, _body),
    Address("accounts:appointment-extend", ADMINISTRATORS, _appointment),
    Address("accounts:appointment-end", ADMINISTRATORS, _appointment),
    Address("audit:entry-list", ADMINISTRATORS),
    Address("admin:index", ADMINISTRATORS),
    Address("notifications:inbox", SIGNED_IN),
    Address("notifications:preferences", SIGNED_IN),
    Address("notifications:notice-open", {"member"}, lambda town: [town.notice.pk]),
    Address("notifications:notice-read", {"member"}, lambda town: [town.notice.pk], post=True),
    Address("files:file-show", EVERYBODY, _picture),
    Address("files:thumbnail-show", EVERYBODY, _picture),
    Address("gallery", ADMINISTRATORS),
    Address("mfa_index", SIGNED_IN),
    Address("account_change_password", SIGNED_IN),
    Address("account_email", SIGNED_IN),
]

# What changes only what is the asker's own (a language, a sign-in), is a step on the way in, or needs a secret from a
# mail; each has tests of its own. And what an import's number leads to, which has its own too.
ELSEWHERE = {
    "set-language", "readyz", "notifications:notices-read", "members:application-receipt", "members:invitation-accept",
    "members:mini-cluster-join", "members:organisation-picture-remove",
    "equipment:equipment-file-remove", "equipment:training-revoke",
    "equipment:feed", "equipment:feed-renew", "equipment:feed-stop",
    "members:import-detail", "members:import-map", "members:import-load", "members:import-preview",
    "members:import-discard",
}  # fmt: skip

"""A town in which every field that isn't everybody's holds a word that stands nowhere else.

MEMBERS stands in what the members' side may read, PRIVATE in what only the agency or an organisation's own people may.
"""

from datetime import date, timedelta
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ecluster.accounts.actions.bodies import create_body
from ecluster.accounts.actions.closing import close_account
from ecluster.accounts.models import Appointment
from ecluster.accounts.permissions import Role
from ecluster.audit.actions import record
from ecluster.files.actions import store
from ecluster.notifications.actions import notify
from equipment.actions import machines
from members.actions import experts, imports, memberships, merging, organisations, people
from tests.factories import experts as pool
from tests.factories.accounts import AppointmentFactory, UserFactory
from tests.factories.equipment import booked
from tests.factories.memberships import application_of, newcomer
from tests.factories.organisations import listed, process, unlisted
from tests.factories.people import AffiliationFactory, manager_of
from tests.files.samples import picture, upload
from tests.site.town import Town

MEMBERS, PRIVATE = "zqxmember", "zqxprivate"
MISSPELT = {MEMBERS: "zqxmembre", PRIVATE: "zqxprivat"}


def fill(town: Town) -> SimpleNamespace:
    """Answers what of it has an address of its own."""
    hidden = SimpleNamespace()
    _profile(town)
    _people(town)
    _experts(town, hidden)
    _organisations(town, hidden)
    _memberships(town)
    _agency(town)
    _equipment(town, hidden)
    return hidden


def _profile(town: Town) -> None:
    who = {"organisation": town.organisation, "by": town.people["manager"]}
    fields = {name: f"{MEMBERS} {name}" for name in ("name", "maker", "model", "note")}
    organisations.set_machines(rows=[fields | {"quantity": 1}], **who)
    organisations.set_needs(rows=[{"kind": "partner", "text": f"{MEMBERS} need"}], **who)
    link = {"direction": "customer", "partner_name": f"{MEMBERS} customer", "goods": f"{MEMBERS} goods"}
    organisations.set_trade_links(rows=[link], **who)
    _contact(town.organisation, "members", MEMBERS)
    organisations.update(registration_number="1208147521", **who)
    _contact(listed(), "private", PRIVATE)


def _contact(organisation, audience: str, word: str) -> None:
    facts = {"contact_name": f"{word} contact", "contact_email": f"{word}@contact.example", "contact_phone": word}
    organisations.update(organisation=organisation, by=manager_of(organisation), contact_audience=audience, **facts)


def _people(town: Town) -> None:
    colleague = UserFactory(
        name_en=f"{MEMBERS} colleague", name_ko=f"{MEMBERS} 동료", email=f"{MEMBERS}@example.org", phone=PRIVATE
    )
    AffiliationFactory(user=colleague, organisation=town.organisation, title=f"{MEMBERS} title")
    shy = UserFactory(email=f"{PRIVATE}.shy@example.org", email_audience="private")
    AffiliationFactory(user=shy, organisation=town.organisation)
    by = town.people["manager"]
    facts = {"name": f"{PRIVATE} invited", "title": f"{PRIVATE} title", "email": f"{PRIVATE}@invited.example"}
    people.invite(organisation=town.organisation, by=by, **facts)
    gone = UserFactory(name_en=f"{PRIVATE} gone", name_ko=f"{PRIVATE} 떠난이", email=f"{PRIVATE}.gone@example.org")
    AffiliationFactory(user=gone, organisation=town.organisation)
    pool.expert(user=gone, is_public=True, headline_en=f"{PRIVATE} gone headline")
    close_account(user=gone, by=gone)


def _experts(town: Town, hidden: SimpleNamespace) -> None:
    words = {name: f"{MEMBERS} {name}" for name in ("headline_en", "headline_ko", "biography_en", "biography_ko")}
    only_theirs = process("Cryogenic", "극저온")
    hidden.expert = pool.expert(
        user=UserFactory(name_en=f"{MEMBERS} expert", name_ko=f"{MEMBERS} 전문가"),
        employer=f"{MEMBERS} employer",
        position=f"{MEMBERS} position",
        specialities=[only_theirs],
        **words,
    )
    public = pool.expert(is_public=True, user=UserFactory(phone=PRIVATE))
    pool.past_work(public, f"{MEMBERS} past work", rating=5)
    pool.open_work(public, f"{PRIVATE} open work")
    busy = pool.expert(is_public=True)
    for _number in range(2):
        pool.open_work(busy)
    hidden.applicant = pool.applicant(
        user=UserFactory(name_en=f"{PRIVATE} applicant"), is_public=True, headline_en=f"{PRIVATE} headline"
    )
    declined = pool.applicant(user=UserFactory(name_en=f"{PRIVATE} declined"), is_public=True)
    experts.decline(expert=declined, by=town.people["chief"], reason=f"{PRIVATE} reason")
    hidden.invited = pool.invited(user=UserFactory(name_en=f"{PRIVATE} asked"), is_public=True)


def _organisations(town: Town, hidden: SimpleNamespace) -> None:
    hidden.organisation = unlisted(
        name_en=f"{PRIVATE} unlisted", name_ko=f"{PRIVATE} 미등재", summary_en=f"{PRIVATE} summary",
        products=[{"name_en": f"{PRIVATE} product"}], processes=[{"process": process("Sintering"), "is_core": True}],
    )  # fmt: skip
    product = hidden.organisation.products.get()
    hidden.file = store(upload=upload(picture(), "part.png"), target=product, by=town.people["admin"])
    merged = newcomer(name_en=f"{PRIVATE} merged")
    survivor = newcomer(name_en=f"{PRIVATE} survivor")
    merging.merge(organisation=merged, into=survivor, by=town.people["chief"], reason=f"{PRIVATE} reason")
    hidden.merged, hidden.survivor = merged, survivor
    waiting = newcomer(name_en=f"{PRIVATE} waiting", contact_name=f"{PRIVATE} person", contact_audience="public")
    hidden.application = application_of(waiting, town.mini_cluster, motive=f"{PRIVATE} motive")


def _equipment(town: Town, hidden: SimpleNamespace) -> None:
    """What of a machine is its owner's, and who has booked it for what."""
    by = town.people["manager"]
    facts = {
        "owner": town.organisation,
        "by": by,
        "contact_audience": "private",
        "contact_email": f"{PRIVATE}@lab.example",
    }
    hidden.machine = machines.create(name_en=f"{PRIVATE} machine", access="owner", **facts)
    machines.create(name_en=f"{MEMBERS} machine", access="members", **facts)
    person = UserFactory(name_en=f"{PRIVATE} booker", name_ko=f"{PRIVATE} 예약자")
    start = timezone.now() + timedelta(days=3)
    booked(town.machine, start, person=person, purpose=f"{PRIVATE} purpose")
    used = {"status": "done", "used_minutes": 60, "cost_krw": 1_000, "remarks": f"{PRIVATE} remarks"}
    booked(town.machine, start - timedelta(days=9), person=person, purpose=f"{PRIVATE} use", **used)


def _memberships(town: Town) -> None:
    chief = town.people["chief"]
    member = town.organisation
    declined = application_of(member, motive=f"{PRIVATE} motive")
    memberships.decline(membership=declined, by=chief, reason=f"{PRIVATE} reason")
    suspended = application_of(member, motive=f"{PRIVATE} motive")
    memberships.approve(membership=suspended, by=chief, reason=f"{PRIVATE} reason")
    memberships.suspend(membership=suspended, by=chief, reason=f"{PRIVATE} reason")
    record(target=member, action="update_organisation", by=chief, reason=f"{PRIVATE} audit reason")


def _agency(town: Town) -> None:
    admin = town.people["admin"]
    body = create_body(
        by=admin, kind="agency_team", name_ko=f"{MEMBERS} 팀", name_en=f"{MEMBERS} team", remit=f"{MEMBERS} remit"
    )
    AppointmentFactory(user=UserFactory(name_en=f"{MEMBERS} official"), body=body, office=Role.PROGRAMME_OFFICER)
    Appointment.objects.filter(user=town.people["coordinator"]).update(starts_on=date(2020, 1, 1))
    coordinator = town.people["coordinator"]
    coordinator.name_en = f"{MEMBERS} coordinator"
    coordinator.save()
    sheet = SimpleUploadedFile(f"{PRIVATE}.csv", f"기업명,비고\n{PRIVATE} row,{PRIVATE}\n".encode())
    imports.upload(by=admin, kind="organisations", file=sheet)
    notify([town.people["member"]], kind="membership.decisions", subject=f"{PRIVATE} notice", context={})

"""Every action, called directly by everybody: whoever the table doesn't name is refused by the action itself."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

import ecluster.accounts.actions
import equipment.actions
import members.actions
from ecluster.accounts.access import permissions_of
from ecluster.accounts.actions import appointments, bodies, closing, welcoming
from ecluster.accounts.actions import people as accounts
from ecluster.accounts.models import User
from ecluster.accounts.permissions import VISITOR_PERMISSIONS, Role
from ecluster.workflow import WrongStatus
from equipment.errors import Refused
from equipment.series import SeriesClashes
from members.actions import experts, imports, memberships, merging, mini_clusters, organisations, people, taxonomies
from members.actions.organisations import pictures
from members.importing.mapping import Mapping
from members.models import Import
from tests.factories import experts as pool
from tests.factories.accounts import AppointmentFactory, UserFactory, administrator
from tests.factories.imports import sheet
from tests.factories.memberships import active_membership, application_of
from tests.factories.organisations import process
from tests.factories.people import AffiliationFactory
from tests.files.samples import picture, upload
from tests.security.cases import Case
from tests.security.equipment_cases import EQUIPMENT_CASES
from tests.site.addresses import (
    ADMINISTRATORS,
    COLLEAGUES,
    COORDINATORS,
    EDITORS,
    EVERYBODY,
    OWN_COORDINATORS,
    SIGNED_IN,
)
from tests.site.town import Town

pytestmark = pytest.mark.django_db

LOADERS = EDITORS | ADMINISTRATORS
# Called by actions that have asked already, or that have somebody's token or secret instead of a permission.
WITHIN_OTHERS = {
    "accept_invitation", "anonymise", "close_for_merging", "erase", "finish", "join_organisation", "open_account",
    "open_door_to_applicant",
}  # fmt: skip


def _organisation(town: Town) -> dict:
    return {"organisation": town.organisation}


def _membership(town: Town) -> dict:
    return {"membership": town.organisation.memberships.get()}


def _application(town: Town) -> dict:
    return {"membership": town.application}


def _suspended(town: Town) -> dict:
    membership = active_membership(mini_cluster=town.mini_cluster)
    return {"membership": memberships.suspend(membership=membership, by=town.people["chief"], reason="Fee")}


def _member(town: Town) -> dict:
    return {"affiliation": town.people["member"].affiliations.get()}


def _expert(town: Town) -> dict:
    return {"expert": town.people["expert"].expert}


def _applicant(town: Town) -> dict:
    return {"expert": pool.applicant()}


def _invited(town: Town) -> dict:
    return {"expert": pool.invited(user=town.people["newcomer"])}


def _batch(town: Town) -> dict:
    return {"batch": Import.objects.first() or imports.upload(by=administrator(), kind="organisations", file=_sheet())}


def _sheet():
    return sheet("기업명,지역", "한빛정밀,창원")


def _rows(town: Town) -> dict:
    return _organisation(town) | {"rows": []}


def _term(town: Town) -> dict:
    return {"term": process()}


def _body(town: Town) -> dict:
    return {"body": town.body}


def _appointment(town: Town) -> dict:
    return {"appointment": town.appointment}


def _person(town: Town) -> dict:
    return {"user": town.people["member"]}


NAMES = {"name_ko": "이름", "name_en": "Name"}
REASON = {"reason": "Because"}
PICTURE = {"upload": None}
CASES = [
    Case(memberships.apply, LOADERS, lambda t: _organisation(t) | {"mini_cluster": active_membership().mini_cluster}),
    Case(
        memberships.enrol,
        {"chief"} | ADMINISTRATORS,
        lambda t: _organisation(t) | {"mini_cluster": active_membership().mini_cluster},
    ),
    Case(memberships.approve, OWN_COORDINATORS | ADMINISTRATORS, _application),
    Case(
        memberships.enrol,
        {"chief"} | ADMINISTRATORS,
        lambda t: _organisation(t) | {"mini_cluster": active_membership().mini_cluster},
    ),
    Case(memberships.decline, OWN_COORDINATORS, lambda t: _application(t) | REASON),
    Case(memberships.suspend, OWN_COORDINATORS, lambda t: _membership(t) | REASON),
    Case(memberships.end, OWN_COORDINATORS, lambda t: _membership(t) | REASON),
    Case(memberships.resume, OWN_COORDINATORS, lambda t: _suspended(t) | REASON),
    Case(memberships.reclassify, LOADERS, lambda t: _organisation(t) | {"org_class": "university"}),
    Case(
        merging.merge,
        OWN_COORDINATORS,
        lambda t: {"organisation": t.application.organisation, "into": t.organisation} | REASON,
    ),
    Case(mini_clusters.create, ADMINISTRATORS, lambda t: {"slug": "new", **NAMES}),
    Case(mini_clusters.update, ADMINISTRATORS, lambda t: {"mini_cluster": t.mini_cluster, **NAMES}),
    Case(mini_clusters.set_goal, {"operation"}, lambda t: {"mini_cluster": t.mini_cluster}),
    Case(
        mini_clusters.set_goal,
        ADMINISTRATORS,
        lambda t: {"mini_cluster": t.mini_cluster, "set_on": timezone.localdate()},
    ),
    Case(people.affiliate, LOADERS, lambda t: _organisation(t) | {"user": t.people["newcomer"]}),
    Case(people.invite, COLLEAGUES | OWN_COORDINATORS, lambda t: _organisation(t) | {"email": "a@example.org"}),
    Case(people.invite, EDITORS, lambda t: _organisation(t) | {"email": "a@example.org", "is_manager": True}),
    Case(people.resend_invitation, EDITORS, lambda t: {"invitation": t.invitation}),
    Case(people.withdraw_invitation, EDITORS, lambda t: {"invitation": t.invitation}),
    Case(people.set_manager, EDITORS, lambda t: _member(t) | {"is_manager": True}),
    Case(people.end_affiliation, EDITORS | {"member"}, _member),
    Case(organisations.create, EVERYBODY, lambda t: {"org_class": "company", **NAMES}),
    Case(organisations.update, LOADERS, lambda t: _organisation(t) | {"name_en": "Theirs"}),
    Case(organisations.confirm_still_true, LOADERS, _organisation),
    Case(organisations.set_industries, LOADERS, lambda t: _organisation(t) | {"industries": []}),
    *(
        Case(getattr(organisations, f"set_{part}"), LOADERS, _rows)
        for part in (
            *("processes", "materials", "certificates", "technologies"),
            *("products", "machines", "trade_links", "needs"),
        )
    ),
    Case(pictures.set_logo, LOADERS, lambda t: _organisation(t) | {"upload": upload(picture(), "a.png")}),
    Case(
        pictures.add_picture,
        LOADERS,
        lambda t: {"product": t.organisation.products.get(), "upload": upload(picture(), "a.png")},
    ),
    Case(pictures.remove_picture, LOADERS, lambda t: {"file": t.organisation.products.get().pictures.get()}),
    Case(experts.apply, SIGNED_IN, lambda t: {}),
    Case(experts.reapply, {"expert"}, _expert),
    Case(experts.leave, {"expert"}, _expert),
    Case(experts.update_profile, {"expert"}, lambda t: _expert(t) | {"position": "Professor"}),
    Case(experts.set_availability, {"expert"}, lambda t: _expert(t) | {"availability": "away"}),
    Case(experts.join, {"newcomer"}, _invited),
    Case(experts.refuse, {"newcomer"}, _invited),
    Case(experts.invite, COORDINATORS | ADMINISTRATORS, lambda t: {"email": "new@example.org", "name": "New"}),
    Case(experts.accept, {"chief"}, _applicant),
    Case(experts.decline, {"chief"}, lambda t: _applicant(t) | REASON),
    Case(experts.remove, {"chief"}, lambda t: _expert(t) | REASON),
    Case(experts.open_engagement, COORDINATORS, lambda t: _expert(t) | {"field": "rnd", "title_en": "Work"}),
    Case(experts.close_engagement, COORDINATORS, lambda t: {"engagement": pool.open_work(t.people["expert"].expert)}),
    Case(imports.upload, ADMINISTRATORS, lambda t: {"kind": "organisations", "file": _sheet()}),
    Case(imports.set_mapping, ADMINISTRATORS, lambda t: _batch(t) | {"mapping": Mapping()}),
    Case(imports.preview_again, ADMINISTRATORS, _batch),
    Case(imports.load, ADMINISTRATORS, _batch),
    Case(imports.discard, ADMINISTRATORS, _batch),
    Case(taxonomies.load, ADMINISTRATORS, lambda t: {}),
    Case(taxonomies.add_term, ADMINISTRATORS, lambda t: {"kind": "process", **NAMES}),
    Case(taxonomies.update_term, ADMINISTRATORS, lambda t: _term(t) | NAMES),
    Case(taxonomies.retire_term, ADMINISTRATORS, _term),
    Case(taxonomies.offer_term_again, ADMINISTRATORS, _term),
    Case(
        appointments.appoint,
        ADMINISTRATORS,
        lambda t: _body(t) | {"user": t.people["member"], "office": Role.CHIEF_COORDINATOR},
    ),
    Case(appointments.extend_appointment, ADMINISTRATORS, lambda t: _appointment(t) | {"ends_on": None}),
    Case(appointments.end_appointment, ADMINISTRATORS, _appointment),
    Case(bodies.create_body, ADMINISTRATORS, lambda t: {"kind": "agency_team", **NAMES}),
    Case(bodies.edit_body, ADMINISTRATORS, lambda t: _body(t) | NAMES | {"remit": ""}),
    Case(bodies.dissolve_body, ADMINISTRATORS, lambda t: _body(t) | REASON),
    Case(accounts.update_profile, {"member"}, lambda t: _person(t) | {"phone": "1"}),
    Case(accounts.set_language, {"member"}, lambda t: _person(t) | {"language": "ko"}),
    Case(accounts.deactivate, ADMINISTRATORS, lambda t: _person(t) | REASON),
    Case(accounts.reactivate, ADMINISTRATORS, _person),
    Case(closing.close_account, {"member"}, _person),
    Case(
        welcoming.invite_person,
        ADMINISTRATORS,
        lambda t: {"email": "new@example.org", "name": "New", "language": "ko"},
    ),
    *EQUIPMENT_CASES,
]


def _actions(package) -> Iterator[tuple[str, Callable]]:
    """What says `by` whom it is done, in the modules that others may import."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        if not found.name.rpartition(".")[2].startswith("_"):
            for name, function in inspect.getmembers(module, inspect.isfunction):
                is_own = function.__module__ == found.name and not name.startswith("_")
                if is_own and "by" in inspect.signature(function).parameters:
                    yield name, function


def test_every_action_is_in_the_table():
    tried = {inspect.unwrap(case.action) for case in CASES}
    others = {
        name
        for package in (members.actions, equipment.actions, ecluster.accounts.actions)
        for name, function in _actions(package)
        if inspect.unwrap(function) not in tried
    }

    assert others - WITHIN_OTHERS == {"join", "send"}  # the last step of two doors; everybody's form


def _is_refused(case: Case, by, facts: dict) -> bool:
    """What is done all the same is undone."""
    try:
        with transaction.atomic():
            case.action(by=by, **facts)
            transaction.set_rollback(True)
    except PermissionDenied:
        return True
    except (ValidationError, WrongStatus, Refused, SeriesClashes):
        return False  # let in, and told what is wrong with the facts
    return False


def _fresh(person):
    return User.objects.get(pk=person.pk) if person.pk else person


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.action.__module__}.{case.action.__name__}")
def test_an_action_refuses_whoever_it_is_not_for(town: Town, case: Case):
    facts = case.of(town)
    let_in = {role for role, person in town.people.items() if not _is_refused(case, _fresh(person), facts)}

    assert let_in == case.whose


class TestAuthorityEnds:
    """With the last day, in Seoul, whatever the clock of the server says."""

    DAY = timezone.localdate()

    def let_in(self, town: Town, person) -> set[str]:
        """Of a few deeds of every kind, those that `person` may do."""
        deeds = {
            "edit": Case(organisations.confirm_still_true, set(), _organisation),
            "approve": Case(memberships.approve, set(), _application),
            "manage bodies": Case(bodies.dissolve_body, set(), lambda t: _body(t) | REASON),
        }
        return {name for name, case in deeds.items() if not _is_refused(case, _fresh(person), case.of(town))}

    def appointed(self, town: Town, **term):
        person = UserFactory()
        AppointmentFactory(user=person, body=town.mini_cluster.team, office=Role.COORDINATOR, **term)
        return person

    def test_an_office_is_held_on_its_last_day_and_no_longer(self, town):
        yesterday = self.DAY - timedelta(days=1)
        began = {"starts_on": self.DAY - timedelta(days=9)}
        assert self.let_in(town, self.appointed(town, **began, ends_on=self.DAY)) == {"edit", "approve"}
        assert self.let_in(town, self.appointed(town, **began, ends_on=yesterday)) == set()
        assert self.let_in(town, self.appointed(town, starts_on=self.DAY + timedelta(days=1))) == set()

    def test_the_day_is_that_of_seoul(self, town, monkeypatch):
        """At 16:00 in Greenwich it is tomorrow in Seoul."""
        person = self.appointed(town, starts_on=self.DAY - timedelta(days=9), ends_on=self.DAY)
        at = timezone.make_aware(timezone.datetime.combine(self.DAY, timezone.datetime.min.time()))
        for hours, deeds in [(23, {"edit", "approve"}), (24, set())]:
            moment = (at + timedelta(hours=hours)).astimezone(timezone.get_fixed_timezone(0))
            with monkeypatch.context() as clock:
                clock.setattr(timezone, "now", lambda moment=moment: moment)
                assert {role.value for role in _fresh(person).roles} == ({"coordinator"} if deeds else set())

    def test_a_dissolved_body_gives_nothing(self, town):
        person = self.appointed(town)
        bodies.dissolve_body(body=town.mini_cluster.team, by=town.people["admin"], reason="Reform")
        assert self.let_in(town, person) == set()

    def test_who_has_left_an_organisation_keeps_nothing_of_it(self, town):
        for last_day, deeds in [(self.DAY, {"edit"}), (self.DAY - timedelta(days=1), set())]:
            person = UserFactory()
            AffiliationFactory(
                user=person, organisation=town.organisation, is_manager=True,
                starts_on=self.DAY - timedelta(days=9), ends_on=last_day,
            )  # fmt: skip
            assert self.let_in(town, person) == deeds

    def test_a_suspended_organisations_people_lose_the_members_side_and_keep_their_profile(self, town):
        memberships.suspend(by=town.people["chief"], **_membership(town), **REASON)
        manager, member = _fresh(town.people["manager"]), _fresh(town.people["member"])
        assert (manager.roles, member.roles) == ({Role.ORGANISATION_MANAGER}, set())
        assert self.let_in(town, manager) == {"edit"}

    @pytest.mark.parametrize("role", ["manager", "coordinator", "chief", "admin", "expert", "operation"])
    def test_a_switched_off_account_may_no_more_than_a_visitor(self, town, role):
        person = town.people[role]
        accounts.deactivate(user=person, by=administrator(), reason="Left")
        assert permissions_of(_fresh(person)) == VISITOR_PERMISSIONS
        assert self.let_in(town, person) == set()

    @pytest.mark.parametrize("is_closed", [False, True])
    def test_a_session_ends_with_its_account(self, town, client, is_closed):
        person = town.people["manager"]
        client.force_login(person)
        assert client.get("/account/").status_code == 200
        if is_closed:
            closing.close_account(user=person, by=person)
        else:
            accounts.deactivate(user=person, by=administrator(), reason="Left")
        assert client.get("/account/").status_code == 302


class TestOthersThings:
    """What a form posts may name another's things by their numbers."""

    @pytest.fixture
    def client(self, town, client_for):
        return client_for(town.people["outsider"])

    @pytest.fixture
    def own(self, town):
        return town.people["outsider"].affiliations.get().organisation

    def post_rows(self, client, own, section: str, *rows: dict):
        counts = {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": 0}
        data = counts | {f"rows-{n}-{name}": v for n, row in enumerate(rows) for name, v in row.items()}
        return client.post(f"/members/{own.pk}/edit/{section}/", data)

    def test_anothers_row_is_not_touched_by_its_number(self, town, client, own):
        theirs = town.organisation.needs.get()
        self.post_rows(client, own, "needs", {"pk": theirs.pk, "kind": "partner", "text": "Mine now"})
        theirs.refresh_from_db()
        assert (theirs.organisation, theirs.text) == (town.organisation, "A partner for coatings")
        assert own.needs.get().pk != theirs.pk

    def test_anothers_product_takes_no_picture(self, town, client, own):
        product = town.organisation.products.get()
        data = {"form": "picture", "picture-product": product.pk, "picture-picture": upload(picture(), "a.png")}
        assert client.post(f"/members/{own.pk}/edit/pictures/", data).status_code == 200
        assert product.pictures.count() == 1

    def test_anothers_picture_is_not_removed(self, town, client, own):
        file = town.organisation.products.get().pictures.get()
        assert client.post(f"/members/{own.pk}/pictures/{file.pk}/remove/").status_code == 404
        assert client.post(f"/members/{town.organisation.pk}/pictures/{file.pk}/remove/").status_code == 404
        assert town.organisation.products.get().pictures.exists()

    def test_a_term_of_another_kind_is_no_process(self, town, client, own):
        from tests.factories.organisations import material

        self.post_rows(client, own, "processes", {"process": material().pk})
        assert not own.processes.exists()

    def test_a_partner_that_is_not_listed_is_told_by_name_alone(self, town, client, own):
        name = town.application.organisation.name_en
        self.post_rows(client, own, "trade", {"direction": "customer", "partner_name": name})
        assert own.trade_links.get().partner is None

    def test_anothers_invitation_is_not_found(self, town, client, own):
        for step in ("resend", "withdraw"):
            assert client.post(f"/colleagues/invitations/{town.invitation.pk}/{step}/").status_code == 404

    def test_no_application_in_anothers_name(self, town, client, own):
        path = f"/mini-clusters/{active_membership().mini_cluster.slug}/join/"
        assert client.post(path, {"organisation": town.organisation.pk}).status_code == 404

    def test_no_expert_writes_anothers_workplace_as_their_own(self, town, client_for):
        person = town.people["expert"]
        data = {"organisation": town.organisation.pk, "in_rnd": "on", "availability": "open", "limit": 3}
        answer = client_for(person).post(f"/experts/{person.expert.pk}/edit/", data)
        assert "organisation" in answer.context["form"].errors

    def test_what_a_form_does_not_show_it_does_not_take(self, town, client_for, own):
        person = town.people["outsider"]
        facts = {"name_en": "Outsider", "language": "en", "time_zone": "Asia/Seoul"}
        audiences = {"email_audience": "members", "phone_audience": "private"}
        more = {"email": "taken@example.org", "is_active": "", "closed_at": "2026-01-01", "is_demo": "on"}
        client_for(person).post("/account/", facts | audiences | more)
        before, now = person, _fresh(person)
        assert (now.email, now.is_active, now.closed_at) == (before.email, True, None)
        names = {"org_class": "company", "name_en": "Ours", "contact_audience": "members"}
        hidden = {"is_listed": "", "merged_into": town.organisation.pk, "external_id": "x", "confirmed_on": ""}
        assert client_for(person).post(f"/members/{own.pk}/edit/facts/", names | hidden).status_code == 302
        own.refresh_from_db()
        assert (own.name_en, own.is_listed, own.merged_into, own.external_id) == ("Ours", True, None, None)


def test_the_same_key_of_a_form_is_no_way_into_anothers_application(town, client):
    """A key is what only its sender has; one that is made up leads nowhere."""
    assert client.get(f"/members/apply/received/{uuid4()}/").status_code == 404
    assert application_of().application is None

"""A machine's page, and the pages on which it is edited."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ecluster.accounts.permissions import Role
from equipment.actions import machines
from equipment.models import Equipment, Outage, Training
from tests.equipment.test_directory import shared
from tests.factories.accounts import UserFactory, office_holder
from tests.factories.equipment import booked, machine
from tests.factories.mini_clusters import MiniClusterFactory
from tests.factories.organisations import listed, unlisted
from tests.factories.people import colleague_at, manager_of
from tests.files.samples import picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return listed()


@pytest.fixture
def manager(owner):
    return manager_of(owner)


def page(client: Client, cmm: Equipment) -> str:
    return client.get(cmm.get_absolute_url(), headers={"accept-language": "en"}).content.decode()


def edit(cmm: Equipment, section: str) -> str:
    return f"/equipment/{cmm.pk}/edit/{section}/"


def rows_of(*rows: dict, initial: int = 0) -> dict:
    """A formset's data."""
    data = {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": initial}
    return data | {f"rows-{i}-{name}": value for i, row in enumerate(rows) for name, value in row.items()}


def facts(**changed) -> dict:
    basis = {"name_en": "CMM", "time_zone": "Asia/Seoul", "contact_audience": "members"}
    return basis | {"access": "members", "operation": "self"} | changed


class TestThePage:
    def test_it_tells_what_it_is_and_what_it_can_do(self, client):
        cmm = shared(
            access="anyone",
            maker="Zeiss",
            model="Prismo",
            purpose_en="Measures dies",
            limits="Up to 800 kg",
            ranges=[{"quantity": "length", "maximum": 500, "unit": "mm", "accuracy": "±2 µm"}],
            policy={"longest": 90, "needs_approval": True},
            opening_hours=[{"weekday": 0, "opens": "09:00", "closes": "00:00"}],
        )
        html = page(client, cmm)

        for told in ("Zeiss Prismo", "Measures dies", "Up to 800 kg", "≤ 500 mm", "±2 µm", cmm.owner.name_en):
            assert told in html
        assert "A keeper approves each booking." in html
        assert "A booking lasts at most 1 h 30 min." in html
        assert "Monday 09:00–24:00" in html

    def test_what_it_costs_is_what_it_costs_the_reader(self, client, client_for, owner):
        cmm = shared(
            owner,
            access="anyone",
            rates=[
                {"user_class": "member", "krw_per_hour": 40_000},
                {"user_class": "outsider", "krw_per_hour": 60_000},
            ],
        )

        assert "₩40,000 an hour" in page(client_for(colleague_at(listed())), cmm)
        assert "₩60,000 an hour" in page(client_for(UserFactory()), cmm)
        assert "an hour" not in page(client_for(colleague_at(owner)), cmm)

    def test_next_free_time_leads_to_booking_it(self, client_for):
        cmm = shared()
        booked(cmm, timezone.now() - timedelta(hours=1), hours=4)
        html = page(client_for(colleague_at(listed())), cmm)

        [first, *_others] = re.findall(rf"/equipment/{cmm.pk}/book/\?start=([^&]+)&amp;end=", html)
        assert first > f"{timezone.now() + timedelta(hours=2):%Y-%m-%dT%H:%MZ}"

    def test_who_needs_training_is_told_and_who_has_it_too(self, client_for, owner, manager):
        cmm, person = shared(owner, training="A day"), colleague_at(listed())
        assert "you have to be trained" in page(client_for(person), cmm)

        machines.record_training(machine=cmm, person=person, by=manager)
        html = page(client_for(person), cmm)
        assert "you have it" in html
        assert "you have to be trained" not in html

        Training.objects.update(expires_on=timezone.localdate() - timedelta(days=1), passed_on=date(2020, 1, 1))
        assert "you have to be trained" in page(client_for(person), cmm)

    def test_to_whom_it_is_not_open_is_told_to_ask(self, client_for):
        cmm = shared(access="mini_cluster")
        html = page(client_for(colleague_at(listed())), cmm)

        assert "It is not open to you" in html
        assert f"/equipment/{cmm.pk}/book/" not in html

    def test_a_neighbour_in_the_mini_cluster_books_it(self, client_for):
        mini_cluster = MiniClusterFactory()
        cmm = shared(listed(mini_cluster), access="mini_cluster")

        assert f"/equipment/{cmm.pk}/book/" in page(client_for(colleague_at(listed(mini_cluster))), cmm)

    def test_a_visitor_is_asked_to_sign_in(self, client):
        assert "Sign in to book it" in page(client, shared(access="anyone"))

    def test_a_keeper_has_the_ball_while_requests_wait(self, client_for, owner, manager):
        cmm = shared(owner)
        booked(cmm, timezone.now() + timedelta(days=1), status="requested")

        assert "1 request waits for your decision." in page(client_for(manager), cmm)
        assert "waits for your decision" not in page(client_for(colleague_at(listed())), cmm)

    def test_outages_are_told_with_their_reason(self, client_for, manager, owner):
        cmm = shared(owner)
        start = timezone.now() + timedelta(days=3)
        Outage.objects.create(
            equipment=cmm, kind="planned", starts_at=start, ends_at=start + timedelta(hours=4), reason="Oil change",
            reported_by=manager,
        )  # fmt: skip

        assert "Oil change" in page(client_for(colleague_at(listed())), cmm)

    @pytest.mark.parametrize(
        ("audience", "seen_by"),
        [
            ("public", {"visitor", "member", "colleague", "coordinator"}),
            ("members", {"member", "colleague", "coordinator"}),
            ("private", {"colleague", "coordinator"}),
        ],
    )
    def test_its_contact_is_told_to_whom_it_is_open(self, client, client_for, owner, audience, seen_by):
        cmm = shared(owner, access="anyone", contact_email="cmm@example.org", contact_audience=audience)
        readers = {
            "visitor": client,
            "member": client_for(colleague_at(listed())),
            "colleague": client_for(colleague_at(owner)),
            "coordinator": client_for(office_holder(Role.COORDINATOR)),
        }

        assert {name for name, reader in readers.items() if "cmm@example.org" in page(reader, cmm)} == seen_by

    def test_numbers_for_stocktaking_are_the_editors(self, client_for, owner, manager):
        cmm = shared(owner, serial_number="SN-77", external_id="EQ-9")

        assert ("SN-77" in page(client_for(manager), cmm), "EQ-9" in page(client_for(manager), cmm)) == (True, True)
        assert "SN-77" not in page(client_for(colleague_at(listed())), cmm)

    def test_it_asks_as_often_however_much_there_is(self, client_for, django_assert_num_queries, owner):
        cmm, reader = shared(owner, training="A day"), client_for(colleague_at(listed()))
        page(reader, cmm)
        with django_assert_num_queries(11):
            page(reader, cmm)
        lists = {
            "ranges": [{"quantity": name} for name in "abc"],
            "rates": [{"user_class": name, "krw_per_hour": 1} for name in ("member", "outsider")],
        }
        machines.update(machine=cmm, by=manager_of(owner), **lists)
        for day in (1, 2, 3):
            booked(cmm, timezone.now() + timedelta(days=day))
        with django_assert_num_queries(11):
            page(reader, cmm)


class TestPanels:
    def test_an_owners_profile_shows_what_it_shares(self, client, owner):
        shared(owner, access="anyone", name_en="Public machine")
        shared(owner, access="owner", name_en="Inner machine")
        html = client.get(owner.get_absolute_url(), headers={"accept-language": "en"}).content.decode()

        assert ("Public machine" in html, "Inner machine" in html) == (True, False)
        assert f'/equipment/?owner={owner.pk}"' in html

    def test_its_manager_is_shown_where_to_begin(self, client, client_for, owner, manager):
        assert "Share a machine" in client_for(manager).get(owner.get_absolute_url()).content.decode()
        assert "Share a machine" not in client.get(owner.get_absolute_url()).content.decode()

    def test_a_mini_cluster_shows_its_members_machines(self, client):
        mini_cluster = MiniClusterFactory()
        shared(listed(mini_cluster), access="anyone", name_en="Inside")
        shared(access="anyone", name_en="Elsewhere")
        html = client.get(mini_cluster.get_absolute_url()).content.decode()

        assert ("Inside" in html, "Elsewhere" in html) == (True, False)


class TestEntering:
    def test_a_manager_shares_a_machine(self, client_for, owner, manager):
        answer = client_for(manager).post("/equipment/new/", facts(owner=owner.pk, made_year=2004))

        cmm = Equipment.objects.get()
        assert answer.url == cmm.get_absolute_url()
        assert (cmm.owner, cmm.name_en, cmm.made_year) == (owner, "CMM", 2004)

    def test_of_no_organisation_but_ones_own(self, client_for, manager):
        answer = client_for(manager).post("/equipment/new/", facts(owner=listed().pk))

        assert "owner" in answer.context["form"].errors
        assert not Equipment.objects.exists()

    def test_without_a_name_it_is_told_and_what_was_typed_is_kept(self, client_for, owner, manager):
        answer = client_for(manager).post("/equipment/new/", facts(owner=owner.pk, name_en="", maker="Zeiss"))

        assert list(answer.context["form"].errors) == ["name_ko"]
        assert 'value="Zeiss"' in answer.content.decode()

    def test_is_no_page_for_who_manages_nothing(self, client_for, owner):
        assert client_for(colleague_at(owner)).get("/equipment/new/").status_code == 404

    def test_an_owner_that_is_not_listed_yet_enters_its_machines_before(self, client_for):
        applicant = unlisted()
        client_for(manager_of(applicant)).post("/equipment/new/", facts(owner=applicant.pk, access="anyone"))

        cmm = applicant.equipment.get()
        assert client_for(manager_of(listed())).get(cmm.get_absolute_url()).status_code == 404


class TestEditing:
    @pytest.mark.parametrize(
        "section", ["facts", "ranges", "rates", "policy", "hours", "keepers", "trainings", "files"]
    )
    def test_is_no_page_for_others(self, client_for, owner, section):
        cmm = machine(owner)
        for other in (colleague_at(owner), manager_of(listed()), UserFactory()):
            assert client_for(other).get(edit(cmm, section)).status_code == 404
        assert client_for(manager_of(owner)).get(edit(cmm, "nonsense")).status_code == 404

    def test_facts(self, client_for, owner, manager):
        cmm = machine(owner)
        answer = client_for(manager).post(edit(cmm, "facts"), facts(maker="Zeiss", training_months=6))

        cmm.refresh_from_db()
        assert (answer.url, cmm.maker, cmm.training_months) == (cmm.get_absolute_url(), "Zeiss", 6)

    def test_a_calibration_due_before_it_was_made_is_told_at_its_field(self, client_for, owner, manager):
        days = {"calibrated_on": "2026-05-01", "calibration_due_on": "2026-04-01"}
        answer = client_for(manager).post(edit(machine(owner), "facts"), facts(**days))

        assert list(answer.context["form"].errors) == ["calibration_due_on"]

    def test_who_saves_second_is_told_and_keeps_what_they_typed(self, client_for, owner, manager):
        cmm = machine(owner)
        as_of = cmm.updated_at.isoformat()
        machines.update(machine=cmm, by=manager, model="Prismo")
        answer = client_for(manager).post(edit(cmm, "facts"), facts(maker="Zeiss", as_of=as_of))

        assert "Somebody else has saved" in answer.content.decode()
        assert 'value="Zeiss"' in answer.content.decode()

    def test_rates_of_each_class_once(self, client_for, owner, manager):
        cmm, client = machine(owner), client_for(manager)
        row = {"user_class": "member", "krw_per_hour": 40_000}
        assert "twice" in client.post(edit(cmm, "rates"), rows_of(row, row)).content.decode()
        client.post(edit(cmm, "rates"), rows_of(row))
        assert list(cmm.rates.values_list("user_class", "krw_per_hour")) == [("member", 40_000)]

    def test_ranges_are_changed_and_removed(self, client_for, owner, manager):
        cmm = machine(owner)
        machines.update(machine=cmm, by=manager, ranges=[{"quantity": "length"}, {"quantity": "force"}])
        length, force = cmm.ranges.all()
        client_for(manager).post(
            edit(cmm, "ranges"),
            rows_of(
                {"pk": length.pk, "quantity": "length", "maximum": "500", "unit": "mm"},
                {"pk": force.pk, "quantity": "force", "DELETE": "on"},
                initial=2,
            ),
        )
        assert [(row.quantity, row.span) for row in cmm.ranges.all()] == [("length", "≤ 500 mm")]

    def test_opening_hours_that_overlap_are_told(self, client_for, owner, manager):
        cmm = machine(owner)
        rows = [{"weekday": 0, "opens": "09:00", "closes": closes} for closes in ("12:00", "18:00")]
        answer = client_for(manager).post(edit(cmm, "hours"), rows_of(*rows))

        assert "These overlap: Monday 09:00–12:00 and Monday 09:00–18:00." in answer.content.decode()
        client_for(manager).post(edit(cmm, "hours"), rows_of(rows[1]))
        assert cmm.opening_hours.get().closes.hour == 18

    def test_policy(self, client_for, owner, manager):
        cmm = machine(owner)
        wrong = {"shortest": 60, "longest": 30, "buffer_before": 0, "buffer_after": 15, "late_percent": 0}
        answer = client_for(manager).post(edit(cmm, "policy"), wrong)
        assert list(answer.context["form"].errors) == ["longest"]
        client_for(manager).post(edit(cmm, "policy"), wrong | {"longest": 90, "needs_approval": "on"})
        cmm.refresh_from_db()
        assert (cmm.policy.longest, cmm.policy.buffer_after, cmm.policy.needs_approval) == (90, 15, True)

    def test_keepers_are_chosen_among_the_owners_people(self, client_for, owner, manager):
        cmm, keeper, stranger = machine(owner), colleague_at(owner), UserFactory()
        answer = client_for(manager).post(edit(cmm, "keepers"), {"keepers": [stranger.pk]})
        assert "keepers" in answer.context["form"].errors
        client_for(manager).post(edit(cmm, "keepers"), {"keepers": [keeper.pk]})
        assert list(cmm.keepers.all()) == [keeper]
        assert client_for(keeper).get(edit(cmm, "facts")).status_code == 200

    def test_a_training_is_recorded_by_e_mail_and_taken_back(self, client_for, owner, manager):
        cmm, person, client = machine(owner, training="A day"), UserFactory(), client_for(manager)
        answer = client.post(edit(cmm, "trainings"), {"email": "nobody@example.org", "passed_on": "2026-05-01"})
        assert "email" in answer.context["form"].errors
        client.post(edit(cmm, "trainings"), {"email": person.email.upper(), "passed_on": "2026-05-01"})
        training = Training.objects.get(equipment=cmm, person=person)
        client.post(f"/equipment/{cmm.pk}/trainings/{training.pk}/revoke/")
        assert not Training.objects.exists()

    def test_anothers_training_is_not_taken_back(self, client_for, owner, manager):
        cmm, elsewhere = machine(owner), machine(access="anyone")
        training = Training.objects.create(equipment=elsewhere, person=UserFactory())
        for pk in (cmm.pk, elsewhere.pk):
            assert client_for(manager).post(f"/equipment/{pk}/trainings/{training.pk}/revoke/").status_code == 404
        assert Training.objects.exists()

    def test_photos_and_documents(self, client_for, owner, manager, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        cmm, client = shared(owner), client_for(manager)
        client.post(edit(cmm, "files"), {"form": "picture", "picture-picture": upload(picture(), "cmm.png")})
        wrong = client.post(edit(cmm, "files"), {"form": "picture", "picture-picture": upload(b"x", "cmm.txt")})
        assert "picture" in wrong.context["picture_form"].errors
        client.post(edit(cmm, "files"), {"form": "document", "document-document": upload(b"Manual", "manual.txt")})
        html = page(client_for(colleague_at(listed())), cmm)
        assert ("manual.txt" in html, "Photo 1 of" in html) == (True, True)
        stored = cmm.attachments.get(slot="document")
        elsewhere = machine(owner)
        assert client.post(f"/equipment/{elsewhere.pk}/files/{stored.pk}/remove/").status_code == 404
        client.post(f"/equipment/{cmm.pk}/files/{stored.pk}/remove/")
        assert [file.slot for file in cmm.attachments.all()] == ["picture"]

    def test_retired_and_put_back(self, client_for, owner, manager):
        cmm, client = machine(owner), client_for(manager)
        client.post(f"/equipment/{cmm.pk}/retire/")
        assert "It is retired" in page(client, cmm)
        answer = client.post(f"/equipment/{cmm.pk}/retire/", follow=True)
        assert "no longer possible" in answer.content.decode()
        client.post(f"/equipment/{cmm.pk}/reinstate/")
        cmm.refresh_from_db()
        assert cmm.status == "working"

    def test_history_tells_each_change(self, client_for, owner, manager):
        cmm = shared(owner)
        machines.update(machine=cmm, by=manager, maker="Zeiss", policy={"gap": 30})
        html = client_for(manager).get(f"/equipment/{cmm.pk}/history/").content.decode()

        for told in ("Equipment entered", "Equipment edited", "Zeiss", "Between two bookings of a person (minutes)"):
            assert told.lower() in html.lower()

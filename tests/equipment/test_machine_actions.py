"""What a machine's keepers and its owner's managers change of it, each change by an action."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.audit.models import AuditEntry
from ecluster.workflow import WrongStatus
from equipment.actions import machines, outages
from equipment.models import Equipment, Training, UserClass
from equipment.statuses import EquipmentStatus
from members.actions.organisations import ChangedMeanwhile
from members.models import Term
from tests.factories.accounts import UserFactory, administrator
from tests.factories.equipment import booked, machine
from tests.factories.mini_clusters import MiniClusterFactory, coordinator_of
from tests.factories.organisations import listed, term
from tests.factories.people import colleague_at, manager_of
from tests.files.samples import picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return listed()


@pytest.fixture
def manager(owner):
    return manager_of(owner)


def trail(cmm: Equipment) -> list[str]:
    return list(AuditEntry.objects.about(cmm).order_by("pk").values_list("action", flat=True))


class TestEntering:
    def test_with_all_that_is_said_of_it(self, owner, manager):
        category = term(Term.Kind.EQUIPMENT, "Measuring machine", "측정기")
        cmm = machines.create(
            by=manager,
            owner=owner,
            name_en="  Bridge   CMM ",
            category=category,
            ranges=[{"quantity": "length", "minimum": 0, "maximum": "500.5", "unit": "mm", "accuracy": "±2 µm"}],
            rates=[{"user_class": UserClass.MEMBER, "krw_per_hour": 40_000}],
            opening_hours=[{"weekday": 0, "opens": "09:00", "closes": "00:00"}],
            policy={"needs_approval": True, "longest": 240},
        )
        cmm = Equipment.objects.get(pk=cmm.pk)

        assert (cmm.name_en, cmm.category, cmm.owner) == ("Bridge CMM", category, owner)
        assert [row.span for row in cmm.ranges.all()] == ["0–500.5 mm"]
        assert [(row.user_class, row.krw_per_hour) for row in cmm.rates.all()] == [("member", 40_000)]
        assert [f"{row.opens:%H:%M}" for row in cmm.opening_hours.all()] == ["09:00"]
        assert (cmm.policy.needs_approval, cmm.policy.longest, cmm.policy.shortest) == (True, 240, None)
        assert trail(cmm) == ["create_equipment"]

    @pytest.mark.parametrize("who", ["colleague", "stranger", "manager elsewhere"])
    def test_by_nobody_but_the_owners_managers(self, owner, who):
        by = {
            "colleague": lambda: colleague_at(owner),
            "stranger": UserFactory,
            "manager elsewhere": lambda: manager_of(listed()),
        }[who]()
        with pytest.raises(PermissionDenied):
            machines.create(by=by, owner=owner, name_en="Theirs")
        assert not Equipment.objects.exists()

    def test_by_its_coordinator_and_by_who_loads_lists(self):
        mini_cluster = MiniClusterFactory()
        owner = listed(mini_cluster)
        for by in (coordinator_of(mini_cluster), administrator()):
            assert machines.create(by=by, owner=owner, name_en="Theirs").pk

    @pytest.mark.parametrize(
        ("field", "facts"),
        [
            ("name_ko", {"name_en": " "}),
            ("calibration_due_on", {"calibrated_on": date(2026, 5, 1), "calibration_due_on": date(2026, 4, 1)}),
            ("made_year", {"made_year": 1492}),
            ("contact_email", {"contact_email": "nobody"}),
            ("time_zone", {"time_zone": "Asia/Atlantis"}),
            ("longest", {"policy": {"shortest": 60, "longest": 30}}),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(self, owner, manager, field, facts):
        with pytest.raises(ValidationError) as told:
            machines.create(by=manager, owner=owner, **{"name_en": "CMM"} | facts)
        assert list(told.value.message_dict) == [field]

    def test_a_process_is_no_category(self, owner, manager):
        with pytest.raises(ValidationError, match="of another kind"):
            machines.create(by=manager, owner=owner, name_en="CMM", category=term(Term.Kind.PROCESS, "Milling"))

    def test_a_number_of_the_owners_list_is_given_once(self, owner, manager):
        machines.create(by=manager, owner=owner, name_en="First", external_id="EQ-1")
        with pytest.raises(ValidationError, match="has this number"):
            machines.create(by=manager, owner=owner, name_en="Second", external_id="EQ-1")
        elsewhere = listed()
        assert machines.create(by=manager_of(elsewhere), owner=elsewhere, name_en="Third", external_id="EQ-1").pk


class TestChanging:
    def test_a_keeper_changes_it_and_the_trail_tells_what(self, owner):
        keeper, cmm = colleague_at(owner), machine(owner)
        cmm.keepers.add(keeper)
        machines.update(machine=cmm, by=keeper, maker="Zeiss", policy={"gap": 30}, rates=[])
        [entry] = AuditEntry.objects.about(cmm)

        assert entry.changes == {"maker": ["", "Zeiss"], "policy_gap": [None, 30]}

    def test_a_keeper_who_left_the_owner_no_longer_does(self, owner):
        keeper, cmm = UserFactory(), machine(owner)
        cmm.keepers.add(keeper)
        with pytest.raises(PermissionDenied):
            machines.update(machine=cmm, by=keeper, maker="Zeiss")

    def test_who_saves_second_is_told(self, manager, owner):
        cmm = machine(owner)
        before = cmm.updated_at
        machines.update(machine=cmm, by=manager, maker="Zeiss")
        with pytest.raises(ChangedMeanwhile):
            machines.update(machine=cmm, by=manager, as_of=before, rates=[])

    def test_also_where_only_a_list_was_changed(self, manager, owner):
        cmm = machine(owner)
        before = cmm.updated_at
        machines.update(machine=cmm, by=manager, ranges=[{"quantity": "length"}])
        with pytest.raises(ChangedMeanwhile):
            machines.update(machine=cmm, by=manager, as_of=before, maker="Zeiss")

    def test_nothing_new_leaves_no_trace(self, manager, owner):
        cmm = machine(owner, maker="Zeiss")
        machines.update(machine=cmm, by=manager, maker="Zeiss", ranges=[], policy={}, keepers=[])
        assert trail(cmm) == []

    @pytest.mark.parametrize(
        ("reason", "parts"),
        [
            ("one rate", {"rates": [{"user_class": "member", "krw_per_hour": price} for price in (1, 2)]}),
            ("below its start", {"ranges": [{"quantity": "length", "minimum": 5, "maximum": 1}]}),
            ("closes before", {"opening_hours": [{"weekday": 0, "opens": "10:00", "closes": "09:00"}]}),
            (
                "overlap",
                {
                    "opening_hours": [
                        {"weekday": 0, "opens": "09:00", "closes": "12:00"},
                        {"weekday": 0, "opens": "11:00", "closes": "18:00"},
                    ]
                },
            ),
            (
                "overlap",
                {
                    "opening_hours": [
                        {"weekday": 0, "opens": "09:00", "closes": "00:00"},
                        {"weekday": 0, "opens": "22:00", "closes": "23:00"},
                    ]
                },
            ),
        ],
    )
    def test_a_list_that_makes_no_sense_is_refused_whole(self, manager, owner, reason, parts):
        cmm = machine(owner)
        with pytest.raises(ValidationError, match=reason):
            machines.update(machine=cmm, by=manager, maker="Zeiss", **parts)
        cmm.refresh_from_db()
        assert cmm.maker == ""

    def test_keepers_are_of_the_owners_people_and_numbers_in_the_trail(self, manager, owner):
        keeper, cmm = colleague_at(owner), machine(owner)
        machines.update(machine=cmm, by=manager, keepers=[keeper])
        assert list(cmm.keepers.all()) == [keeper]
        assert AuditEntry.objects.about(cmm).get().changes == {"keepers": ["", f"person {keeper.pk}"]}
        with pytest.raises(ValidationError, match="Not of the owner's people"):
            machines.update(machine=cmm, by=manager, keepers=[UserFactory()])

    def test_a_new_rate_changes_no_booking_made_before(self, manager, owner):
        cmm = machine(owner)
        booking = booked(cmm, timezone.now() + timedelta(days=1), krw_per_hour=10_000)
        machines.update(machine=cmm, by=manager, rates=[{"user_class": "member", "krw_per_hour": 90_000}])
        booking.refresh_from_db()
        assert booking.krw_per_hour == 10_000


class TestStanding:
    def test_retired_and_put_back(self, manager, owner):
        cmm = machine(owner)
        machines.retire(machine=cmm, by=manager)
        assert cmm.status == EquipmentStatus.RETIRED
        machines.reinstate(machine=cmm, by=manager)
        assert cmm.status == EquipmentStatus.WORKING
        assert trail(cmm) == ["retire", "reinstate"]

    def test_not_while_somebody_counts_on_it(self, manager, owner):
        cmm = machine(owner)
        booked(cmm, timezone.now() + timedelta(days=1))
        with pytest.raises(ValidationError, match="1 booking or request still lies ahead"):
            machines.retire(machine=cmm, by=manager)

    def test_what_was_out_of_order_still_is(self, manager, owner):
        cmm = machine(owner)
        outages.report_outage(equipment=cmm, reason="Pump", by=manager)
        cmm.refresh_from_db()
        machines.retire(machine=cmm, by=manager)
        machines.reinstate(machine=cmm, by=manager)
        assert cmm.status == EquipmentStatus.DOWN

    def test_once(self, manager, owner):
        cmm = machine(owner)
        machines.retire(machine=cmm, by=manager)
        with pytest.raises(WrongStatus):
            machines.retire(machine=cmm, by=manager)

    def test_by_who_loads_lists_too_and_by_no_colleague(self, owner):
        cmm = machine(owner)
        with pytest.raises(PermissionDenied):
            machines.retire(machine=cmm, by=colleague_at(owner))
        machines.retire(machine=cmm, by=administrator())
        machines.reinstate(machine=cmm, by=administrator())
        assert trail(cmm) == ["load_retired", "load_working"]


class TestTrainings:
    def test_counts_as_many_months_as_the_machine_says(self, manager, owner):
        cmm, person = machine(owner, training="A day", training_months=6), UserFactory()
        training = machines.record_training(machine=cmm, person=person, by=manager, passed_on=date(2025, 8, 31))
        assert training.expires_on == date(2026, 2, 28)

    def test_for_good_where_it_says_nothing_or_until_the_day_that_is_given(self, manager, owner):
        cmm = machine(owner, training="A day")
        assert machines.record_training(machine=cmm, person=UserFactory(), by=manager).expires_on is None
        day = timezone.localdate() + timedelta(days=9)
        assert machines.record_training(machine=cmm, person=UserFactory(), by=manager, expires_on=day).expires_on == day

    def test_a_second_takes_the_place_of_the_first(self, manager, owner):
        cmm, person = machine(owner, training="A day"), UserFactory()
        for day in (date(2025, 1, 1), date(2026, 1, 1)):
            machines.record_training(machine=cmm, person=person, by=manager, passed_on=day)
        assert Training.objects.get().passed_on == date(2026, 1, 1)

    def test_is_taken_back(self, manager, owner):
        cmm = machine(owner)
        training = machines.record_training(machine=cmm, person=UserFactory(), by=manager)
        machines.revoke_training(training=training, by=manager)
        assert not Training.objects.exists()
        assert trail(cmm) == ["record_training", "revoke_training"]

    def test_tomorrow_has_not_been_passed(self, manager, owner):
        with pytest.raises(ValidationError, match="yet to come"):
            machines.record_training(
                machine=machine(owner),
                person=UserFactory(),
                by=manager,
                passed_on=timezone.localdate() + timedelta(days=1),
            )

    def test_a_coordinator_edits_a_machine_but_trains_nobody(self):
        mini_cluster = MiniClusterFactory()
        cmm = machine(listed(mini_cluster))
        with pytest.raises(PermissionDenied):
            machines.record_training(machine=cmm, person=UserFactory(), by=coordinator_of(mini_cluster))


class TestFiles:
    @pytest.fixture(autouse=True)
    def media(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path

    def test_a_photo_and_a_document_are_kept_with_it_and_removed(self, manager, owner):
        cmm = machine(owner)
        photo = machines.add_picture(machine=cmm, by=manager, upload=upload(picture(), "cmm.png"))
        machines.add_document(machine=cmm, by=manager, upload=upload(b"Manual", "manual.txt"))
        assert sorted(cmm.attachments.values_list("slot", "name")) == [
            ("document", "manual.txt"),
            ("picture", "cmm.png"),
        ]
        machines.remove_file(machine=cmm, file=photo, by=manager)
        assert [file.slot for file in cmm.attachments.all()] == ["document"]

    def test_by_nobody_else(self, owner):
        with pytest.raises(PermissionDenied):
            machines.add_picture(machine=machine(owner), by=colleague_at(owner), upload=upload(picture(), "cmm.png"))

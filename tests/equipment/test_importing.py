"""Machines out of a laboratory's own list: mapped, previewed, loaded, and loaded again."""

import pytest

from equipment.models import Equipment
from equipment.statuses import EquipmentStatus
from members.actions import taxonomies
from members.importing.kinds import kinds
from members.models import Term
from tests.factories.accounts import administrator
from tests.factories.equipment import machine
from tests.factories.imports import extract, loaded, previewed, sheet, told, uploaded
from tests.factories.organisations import listed, term, unlisted

pytestmark = pytest.mark.django_db

OWNER = "Pacific Northwest National Laboratory"
PNNL = {
    "kind": "equipment",
    "fixed": {"owner": OWNER},
    "meanings": {"status": {"Offline": "retired", "PrepHPLC": "working"}},
    "lenient": ["category"],
}


@pytest.fixture
def admin():
    return administrator()


def test_it_is_one_of_the_kinds_that_are_offered(client_for, admin):
    assert list(kinds()) == ["organisations", "people", "experts", "equipment"]
    assert 'value="equipment"' in client_for(admin).get("/members/imports/new/").content.decode()


class TestARealList:
    def test_its_columns_are_known_by_their_headings(self, admin):
        batch = uploaded(admin, extract("instruments_pnnl.csv"), "equipment")
        assert batch.mapping["headings"] == {
            "name_en": "instrument",
            "external_id": "instrument_id",
            "category": "instrument_group",
            "model": "instrument_class",
            "purpose_en": "usage",
            "place": "room_number",
            "status": "status",
        }

    def test_every_row_becomes_a_machine_and_twice_changes_nothing(self, admin, run_tasks):
        taxonomies.load()
        owner = listed(name_en=OWNER)
        batch = loaded(admin, extract("instruments_pnnl.csv"), run_tasks, **PNNL)
        assert (batch.status, batch.added, batch.wrong) == ("loaded", 30, 0)
        assert Equipment.objects.filter(owner=owner).count() == 30
        statuses = list(Equipment.objects.values_list("status", flat=True))
        assert (statuses.count("working"), statuses.count("retired")) == (16, 14)

        again = previewed(admin, extract("instruments_pnnl.csv"), run_tasks, **PNNL)
        assert (again.added, again.changed, again.unchanged, again.wrong) == (0, 0, 30, 0)

    def test_machines_of_one_name_are_told_apart_by_their_numbers(self, admin, run_tasks):
        listed(name_en=OWNER)
        options = {"kind": "equipment", "fixed": {"owner": OWNER}}
        batch = loaded(admin, extract("instruments_emsl.csv"), run_tasks, **options)
        assert (batch.added, batch.wrong) == (15, 0)
        names = list(Equipment.objects.values_list("name_en", flat=True))
        assert names.count("Mass Spectrometer: Fourier-Transform") == 2
        assert previewed(admin, extract("instruments_emsl.csv"), run_tasks, **options).unchanged == 15

    def test_a_word_nobody_knows_is_told_with_its_row_and_column(self, admin, run_tasks):
        listed(name_en=OWNER)
        batch = previewed(admin, extract("instruments_pnnl.csv"), run_tasks, kind="equipment", fixed={"owner": OWNER})
        assert batch.wrong == 30  # a category that isn't in the vocabulary is the administrators' to add
        row, problems = told(batch, "bad")[0]
        assert (row, problems) == (2, [["category", "Not known here: “FT_ZippedSFolders”."]])
        assert Term.objects.filter(kind=Term.Kind.EQUIPMENT).count() == 0


class TestRows:
    def load(self, admin, run_tasks, *lines: str, **options):
        return loaded(admin, sheet(*lines), run_tasks, kind="equipment", **options)

    def bad(self, admin, run_tasks, *lines: str) -> list[tuple]:
        return told(previewed(admin, sheet(*lines), run_tasks, kind="equipment"), "bad")

    def test_a_korean_list(self, admin, run_tasks):
        owner = listed(name_ko="창원시험원")
        category = term(Term.Kind.EQUIPMENT, "Microscope", "현미경")
        self.load(
            admin,
            run_tasks,
            "장비번호,장비명,보유기관,분류,제조사,모델명,설치장소,제작년도,차기교정일,상태,개방범위,이용방법",
            "E-1,전자 현미경,창원시험원,현미경,누리,SE-450,3동 201호,2005년,2031-01-01,가동,누구나,의뢰",
        )
        found = Equipment.objects.get()
        assert (found.owner, found.category, found.maker, found.made_year) == (owner, category, "누리", 2005)
        assert (found.calibration_due_on.isoformat(), found.access, found.operation) == (
            "2031-01-01",
            "anyone",
            "operator",
        )

    def test_a_blank_cell_leaves_a_fact_and_a_new_one_is_shown_before_it_is_taken(self, admin, run_tasks):
        owner = listed(name_en="Owner")
        there = machine(owner, name_en="CMM", name_ko="", maker="Zeiss", model="Old", external_id="7")
        lines = ("id,name,owner,maker,model", "7,CMM,Owner,,New")
        batch = previewed(admin, sheet(*lines), run_tasks, kind="equipment")
        assert told(batch, "change") == [(2, [["model", "Old", "New"]])]
        self.load(admin, run_tasks, *lines)
        there.refresh_from_db()
        assert (there.maker, there.model) == ("Zeiss", "New")

    def test_without_a_number_the_name_among_the_owners_machines_decides(self, admin, run_tasks):
        first, second = listed(name_en="First"), listed(name_en="Second")
        machine(first, name_en="CMM", name_ko="")
        batch = self.load(admin, run_tasks, "name,owner", "CMM,First", "CMM,Second")
        assert (batch.unchanged, batch.added) == (1, 1)
        assert second.equipment.get().name_en == "CMM"

    def test_who_has_two_of_a_name_is_asked_for_a_number(self, admin, run_tasks):
        owner = listed(name_en="Owner")
        for _place in range(2):
            machine(owner, name_en="CMM", name_ko="")
        [(row, [[_column, reason]])] = self.bad(admin, run_tasks, "name,owner", "CMM,Owner")
        assert (row, reason) == (2, "It may be any of 2 machines of this name. A number would tell which.")

    def test_a_row_that_says_the_same_as_another_is_wrong(self, admin, run_tasks):
        listed(name_en="Owner")
        [(row, [[_column, reason]])] = self.bad(admin, run_tasks, "name,owner", "CMM,Owner", "CMM,Owner")
        assert (row, reason) == (3, "Row 2 is about the same machine.")

    def test_an_owner_nobody_knows_and_a_missing_name(self, admin, run_tasks):
        listed(name_en="Owner")
        assert self.bad(admin, run_tasks, "name,owner,room", "CMM,Nobody,1", ",Owner,2") == [
            (2, [["owner", "There is no organisation “Nobody” here."]]),
            (3, [["name in Korean", "One of these is needed: name in Korean, name in English."]]),
        ]

    def test_an_owner_that_is_not_listed_yet_has_machines_too(self, admin, run_tasks):
        owner = unlisted(name_en="Applicant")
        self.load(admin, run_tasks, "name,owner", "CMM,Applicant")
        assert owner.equipment.count() == 1

    def test_a_retired_one_is_put_back_by_the_list_and_what_is_broken_stays_reported(self, admin, run_tasks):
        owner = listed(name_en="Owner")
        retired = machine(owner, name_en="Old", name_ko="", status=EquipmentStatus.RETIRED)
        broken = machine(owner, name_en="Broken", name_ko="", status=EquipmentStatus.DOWN)
        self.load(admin, run_tasks, "name,owner,status", "Old,Owner,active", "Broken,Owner,active")
        retired.refresh_from_db()
        broken.refresh_from_db()
        assert (retired.status, broken.status) == (EquipmentStatus.WORKING, EquipmentStatus.DOWN)

"""A sheet is loaded all or nothing, through the same actions as the screens, and once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from ecluster.accounts.permissions import Role
from ecluster.audit.models import AuditEntry
from ecluster.search import engine as search
from ecluster.workflow import WrongStatus
from members.actions import imports, memberships, mini_clusters, organisations
from members.actions.imports import work
from members.importing.mapping import Mapping
from members.importing.statuses import ImportStatus
from members.models import Organisation
from members.search.organisations import ORGANISATION
from tests.factories.accounts import administrator, office_holder
from tests.factories.imports import extract, loaded, previewed, sheet, told, uploaded
from tests.factories.memberships import active_membership, newcomer
from tests.factories.mini_clusters import MiniClusterFactory, coordinator_of
from tests.factories.organisations import process

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def admin():
    return administrator()


def test_a_real_list_is_loaded_whole_and_a_second_time_changes_nothing(admin, run_tasks):
    options = {"fixed": {"org_class": "company"}, "leave_out_wrong": True}
    first = loaded(admin, extract("korean_firms_abroad.csv"), run_tasks, **options)
    assert (first.status, first.total, first.added, first.wrong) == ("loaded", 27, 25, 2)
    assert Organisation.objects.count() == 25
    entries = AuditEntry.objects.filter(action="create_organisation").count()
    again = previewed(admin, extract("korean_firms_abroad.csv"), run_tasks, fixed={"org_class": "company"})
    assert (again.added, again.changed, again.unchanged, again.wrong) == (0, 0, 25, 2)
    with pytest.raises(ValidationError, match="nothing to load"):
        imports.load(batch=again, by=admin, leave_out_wrong=True)
    assert (Organisation.objects.count(), entries) == (25, 25)


def test_the_values_of_a_dirty_row_arrive_clean(admin, run_tasks):
    loaded(admin, extract("korean_firms_abroad.csv"), run_tasks, fixed={"org_class": "company"}, leave_out_wrong=True)
    firm = Organisation.objects.get(name_ko="동화뉴질랜드")
    assert (firm.name_en, firm.employees, firm.founded_year) == ("Dongwha New Zealand Ltd.", 100, 2005)
    assert (firm.website, firm.summary_ko) == ("https://www.dongwha.co.nz", "MDF 합판 제조")
    assert (firm.confirmed_on, firm.is_listed) == (None, False)


def test_organisations_of_the_research_registry_are_known_again_by_their_identifier(admin, run_tasks):
    meanings = {"org_class": {"healthcare": "support_agency", "other": "support_agency"}}
    file = "organisations_kr_ror.csv"
    batch = loaded(admin, extract(file), run_tasks, meanings=meanings, leave_out_wrong=True, lenient=["region"])
    assert batch.status == ImportStatus.LOADED
    kist = Organisation.objects.get(external_id="https://ror.org/05kzfa883")
    organisations.update(organisation=kist, by=admin, name_en="Renamed", name_ko="다른 이름")
    again = previewed(admin, extract(file), run_tasks, meanings=meanings, lenient=["region"])
    assert (again.added, again.changed) == (0, 1)


def test_a_wrong_row_keeps_everything_out_unless_the_person_leaves_it_out(admin, run_tasks):
    file = sheet("기업명,구분,종업원수", "한빛정밀,기업,12", "대성기공,기업,many")
    batch = previewed(admin, file, run_tasks)
    with pytest.raises(ValidationError, match="Some rows are wrong"):
        imports.load(batch=batch, by=admin)
    batch.refresh_from_db()
    assert (batch.status, Organisation.objects.count()) == (ImportStatus.PREVIEWED, 0)
    imports.load(batch=batch, by=admin, leave_out_wrong=True)
    run_tasks()
    assert [o.name_ko for o in Organisation.objects.all()] == ["한빛정밀"]


def test_an_error_at_the_last_row_takes_the_first_with_it(admin, run_tasks):
    """That it was a member on that day already shows only when the membership is made."""
    cluster = MiniClusterFactory(name_en="Machinery")
    firm = newcomer(name_ko="대성기공")
    membership = active_membership(firm, cluster, on=date(2020, 1, 1))
    memberships.end(membership=membership, by=coordinator_of(cluster), reason="moved away")
    file = sheet("기업명,구분,미니클러스터,가입일", "한빛정밀,기업,Machinery,", "대성기공,기업,Machinery,2021-05-01")
    batch = loaded(admin, file, run_tasks)
    assert (batch.status, list(Organisation.objects.all())) == (ImportStatus.FAILED, [firm])
    assert batch.failure.startswith("Row 3 (대성기공): It counted until")
    assert batch.failure.endswith("give a later day. Nothing was loaded.")


def test_a_mini_cluster_that_was_renamed_since_the_preview_is_told(admin, run_tasks):
    cluster = MiniClusterFactory(name_en="Machinery")
    batch = previewed(admin, sheet("기업명,구분,미니클러스터", "한빛정밀,기업,Machinery"), run_tasks)
    imports.load(batch=batch, by=admin)
    mini_clusters.update(mini_cluster=cluster, by=admin, name_en="Renamed")
    run_tasks()
    batch.refresh_from_db()
    assert (batch.status, Organisation.objects.count()) == (ImportStatus.FAILED, 0)
    assert batch.failure == "What is here has changed since the preview. Nothing was loaded: look at a new preview."


def test_what_changed_after_the_preview_is_not_overwritten(admin, run_tasks):
    firm = newcomer(name_ko="한빛정밀", name_en="", employees=10)
    batch = previewed(admin, sheet("기업명,구분,종업원수", "한빛정밀,기업,12"), run_tasks)
    assert told(batch, "change") == [(2, [["persons employed", "10", "12"]])]
    organisations.update(organisation=firm, by=admin, employees=11)
    imports.load(batch=batch, by=admin)
    run_tasks()
    batch.refresh_from_db()
    firm.refresh_from_db()
    assert (batch.status, firm.employees) == (ImportStatus.FAILED, 11)
    imports.preview_again(batch=batch, by=admin)
    run_tasks()
    batch.refresh_from_db()
    assert (batch.status, told(batch, "change")) == ("previewed", [(2, [["persons employed", "11", "12"]])])


def test_pressing_twice_loads_once(admin, run_tasks):
    batch = previewed(admin, sheet("기업명,구분", "한빛정밀,기업"), run_tasks)
    imports.load(batch=batch, by=admin)
    with pytest.raises(WrongStatus):
        imports.load(batch=batch, by=admin)
    run_tasks()
    work.load_rows.call(batch.pk)
    assert Organisation.objects.count() == 1


def test_the_same_file_in_two_tabs_loads_once(admin, run_tasks):
    first, second = (previewed(admin, sheet("기업명,구분", "한빛정밀,기업"), run_tasks) for _tab in range(2))
    imports.load(batch=first, by=admin)
    imports.load(batch=second, by=admin)
    run_tasks()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status, Organisation.objects.count()) == ("loaded", "failed", 1)


def test_memberships_are_applied_for_and_active_at_once_and_nobody_is_told_to_review(admin, run_tasks):
    cluster = MiniClusterFactory(name_ko="기계", name_en="Machinery")
    coordinator = coordinator_of(cluster)
    lines = "기업명,구분,미니클러스터,가입일", "한빛정밀,기업,기계,2024-03-01"
    loaded(admin, sheet(*lines), run_tasks)
    firm = Organisation.objects.get()
    membership = firm.memberships.get()
    assert (membership.status, membership.status_since, firm.is_listed) == ("active", date(2024, 3, 1), True)
    assert search.total(search.Query(ORGANISATION, "한빛정밀", admin)).number == 1
    assert coordinator.notices.count() == 0
    assert previewed(admin, sheet(*lines), run_tasks).unchanged == 1


def test_a_list_of_the_sheet_adds_to_the_profile_and_takes_nothing_away(admin, run_tasks):
    grinding, milling = process("Grinding", "연삭"), process("Milling", "밀링")
    firm = newcomer(name_ko="한빛정밀")
    organisations.set_processes(
        organisation=firm, by=admin, rows=[{"process": grinding, "is_core": False, "note": "up to 2 m"}]
    )
    loaded(admin, sheet("기업명,구분,핵심공정", "한빛정밀,기업,밀링; 연삭"), run_tasks)
    rows = firm.processes.order_by("process__name_en").values_list("process", "is_core", "note")
    assert list(rows) == [(grinding.pk, True, "up to 2 m"), (milling.pk, True, "")]


def test_a_blank_cell_leaves_a_fact_as_it_is(admin, run_tasks):
    firm = newcomer(name_ko="한빛정밀", employees=10)
    batch = previewed(admin, sheet("기업명,구분,종업원수", "한빛정밀,기업,-"), run_tasks)
    assert (batch.unchanged, firm.employees) == (1, 10)


def test_only_who_imports_takes_any_step(admin, run_tasks):
    batch = previewed(admin, sheet("기업명,구분", "한빛정밀,기업"), run_tasks)
    outsider = office_holder(Role.CHIEF_COORDINATOR)
    for step in (
        lambda: uploaded(outsider, sheet("기업명,구분", "한빛정밀,기업")),
        lambda: imports.set_mapping(batch=batch, by=outsider, mapping=Mapping(**batch.mapping)),
        lambda: imports.load(batch=batch, by=outsider),
        lambda: imports.preview_again(batch=batch, by=outsider),
        lambda: imports.discard(batch=batch, by=outsider),
    ):
        with pytest.raises(PermissionDenied):
            step()


def test_who_lost_the_office_meanwhile_loads_nothing(admin, run_tasks):
    batch = previewed(admin, sheet("기업명,구분", "한빛정밀,기업"), run_tasks)
    imports.load(batch=batch, by=admin)
    admin.appointments.all().delete()
    run_tasks()
    batch.refresh_from_db()
    assert (batch.status, batch.failure) == (ImportStatus.FAILED, "You may not import any more.")


def test_discarding_deletes_the_sheet_and_what_was_read_of_it(admin, run_tasks):
    batch = previewed(admin, sheet("기업명,구분", "한빛정밀,기업"), run_tasks)
    imports.discard(batch=batch, by=admin)
    batch.refresh_from_db()
    assert (batch.status, batch.files.count(), batch.rows.count()) == (ImportStatus.DISCARDED, 0, 0)
    assert [heading["samples"] for heading in batch.headings] == [[], []]


def test_a_preview_whose_sheet_is_forgotten_says_so_when_it_is_loaded(admin, run_tasks):
    batch = previewed(admin, sheet("기업명,구분", "한빛정밀,기업"), run_tasks)
    work.erase(batch, by=admin)
    imports.load(batch=batch, by=admin)
    run_tasks()
    batch.refresh_from_db()
    assert (batch.status, batch.failure) == ("failed", "The sheet is no longer kept: upload it again.")


def test_the_sheet_of_a_loaded_import_is_forgotten_after_ninety_days(admin, run_tasks):
    batch = loaded(admin, sheet("기업명,구분", "한빛정밀,기업"), run_tasks)
    type(batch).objects.update(updated_at="2024-01-01T00:00Z")
    work.forget_old_sheets.call()
    assert (batch.files.count(), batch.rows.count(), Organisation.objects.count()) == (0, 0, 1)

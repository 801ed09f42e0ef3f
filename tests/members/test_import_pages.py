"""The pages of an import, step by step, for administrators alone."""

import pytest
from django.urls import reverse

from ecluster.accounts.permissions import Role
from members.actions import imports
from members.importing import progress
from members.models import Import, Organisation
from tests.factories.accounts import UserFactory, administrator, office_holder
from tests.factories.imports import loaded, previewed, sheet, uploaded

pytestmark = pytest.mark.django_db

LINES = ("기업명,구분,종업원수", "한빛정밀,기업,12", "대성기공,기업,many")


@pytest.fixture
def admin():
    return administrator()


@pytest.fixture
def client(admin, client_for):
    return client_for(admin)


def page_of(batch: Import, name: str = "detail") -> str:
    return reverse(f"members:import-{name}", args=[batch.pk])


def test_an_administrator_uploads_maps_looks_and_loads(client, run_tasks):
    upload = client.post(reverse("members:import-new"), {"kind": "organisations", "file": sheet(*LINES)})
    batch = Import.objects.get()
    assert upload.url == page_of(batch, "map")
    form = client.get(upload.url).context["form"]
    data = {name: field.initial or form.initial.get(name, "") for name, field in form.fields.items()}
    assert client.post(upload.url, data).url == page_of(batch)
    assert b"Working out what each row would do" in client.get(page_of(batch)).content
    run_tasks()
    page = client.get(page_of(batch))
    assert [row.number for row in page.context["page"]] == [3]
    client.post(page_of(batch, "load"), {"wrong": "leave-out"})
    run_tasks()
    assert "1 added, 0 changed" in client.get(page_of(batch)).content.decode()
    assert [o.employees for o in Organisation.objects.all()] == [12]


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (sheet("<html><body>no sheet</body></html>", name="a.csv"), "Accepted here: Excel (.xlsx), CSV."),
        (sheet("a,a", "1,2"), "Two columns are called “a”."),
        (sheet("기업명,구분"), "The sheet has headings, but no rows below them."),
    ],
)
def test_a_file_that_can_not_be_used_is_refused_at_the_field(client, file, reason):
    page = client.post(reverse("members:import-new"), {"kind": "organisations", "file": file})
    assert reason in str(page.context["form"].errors["file"])
    assert Import.objects.count() == 0


def test_a_needed_column_that_is_not_there_is_told_at_its_field(client, admin):
    batch = uploaded(admin, sheet("firm", "Hanbit"))
    page = client.post(page_of(batch, "map"), {"heading_summary_en": "firm"})
    assert set(page.context["form"].errors) == {"heading_org_class", "heading_name_ko"}
    batch.refresh_from_db()
    assert batch.status == "uploaded"


def test_the_words_of_a_column_just_chosen_are_asked_for(client, admin):
    batch = uploaded(admin, sheet("name,what", "Hanbit,maker", "Daesung,hospital"))
    page = client.post(page_of(batch, "map"), {"heading_name_en": "name", "heading_org_class": "what", "refresh": "y"})
    row = next(row for row in page.context["form"].rows if row.column.key == "org_class")
    assert [field.label for field in row.meanings] == ["maker (1)", "hospital (1)"]


def test_what_the_words_mean_is_adjusted(client, admin, run_tasks):
    batch = uploaded(admin, sheet("name,type", "Hanbit,company", "Daesung,hospital"))
    form = client.get(page_of(batch, "map")).context["form"]
    fields = {row.column.key: row.meanings for row in form.rows}["org_class"]
    data = {"heading_name_en": "name", "heading_org_class": "type"}
    data |= dict(zip((field.name for field in fields), ["support_agency", "-"], strict=True))
    client.post(page_of(batch, "map"), data | {"fixed_org_class": "university"})
    run_tasks()
    assert [row.changes[0][2] for row in batch.rows.all()] == ["support agency", "university"]


def test_wrong_rows_are_downloaded(client, admin, run_tasks):
    batch = previewed(admin, sheet(*LINES), run_tasks)
    content = b"".join(client.get(page_of(batch), {"format": "csv"}).streaming_content).decode("utf-8-sig")
    assert content.splitlines()[1].startswith("3,대성기공,")
    assert len(content.splitlines()) == 2


def test_pressing_load_twice_says_that_it_is_under_way(client, admin, run_tasks):
    batch = previewed(admin, sheet(*LINES[:2]), run_tasks)
    client.post(page_of(batch, "load"))
    second = client.post(page_of(batch, "load"), follow=True)
    assert [str(m) for m in second.context["messages"]] == ["This is no longer possible: it is “loading” now."]
    run_tasks()
    assert Organisation.objects.count() == 1


def test_progress_is_shown_and_the_page_comes_anew_at_the_end(client, admin, run_tasks):
    batch = previewed(admin, sheet(*LINES[:2]), run_tasks)
    imports.load(batch=batch, by=admin)
    progress.teller(batch.pk)(3, 9)
    part = client.get(page_of(batch), headers={"HX-Request": "true"})
    assert ("3 / 9" in part.content.decode(), "<html" in part.content.decode()) == (True, False)
    run_tasks()
    assert client.get(page_of(batch), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert progress.told(batch.pk) is None


def test_a_discarded_import_stays_told(client, admin, run_tasks):
    batch = previewed(admin, sheet(*LINES), run_tasks)
    client.post(page_of(batch, "discard"))
    assert "list.csv" in client.get(reverse("members:import-list")).content.decode()
    assert batch.files.count() == 0


def test_for_anybody_else_there_are_no_imports(admin, client_for, run_tasks):
    batch = previewed(admin, sheet(*LINES), run_tasks)
    file = batch.files.get()
    for person in (UserFactory(), office_holder(Role.CHIEF_COORDINATOR)):
        stranger = client_for(person)
        for name in ("list", "new"):
            assert stranger.get(reverse(f"members:import-{name}")).status_code == 404
        for name in ("detail", "map"):
            assert stranger.get(page_of(batch, name)).status_code == 404
        for name in ("load", "preview", "discard", "map"):
            assert stranger.post(page_of(batch, name)).status_code == 404
        assert stranger.get(file.get_absolute_url()).status_code == 404
    batch.refresh_from_db()
    assert batch.status == "previewed"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_ask_as_much_whatever_their_length(client, admin, run_tasks, rows, django_assert_num_queries):
    lines = [f"한빛정밀{i},기업,1" for i in range(rows)]
    batches = [loaded(admin, sheet(LINES[0], f"대성{i},기업,2", *lines[: i + 1]), run_tasks) for i in range(rows)]
    client.get(reverse("members:import-list"))
    with django_assert_num_queries(7):
        client.get(reverse("members:import-list"))
    with django_assert_num_queries(8):
        client.get(page_of(batches[-1]), {"rows": "add"})

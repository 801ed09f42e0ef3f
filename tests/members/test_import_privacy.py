"""What an uploaded list holds about a person is told to them, and goes when they close their account."""

import pytest

from ecluster.accounts.actions.closing import close_account
from ecluster.accounts.closing import outlook, personal_data
from members.importing.invariants import check
from members.models import ImportRow
from tests.factories.accounts import UserFactory, administrator
from tests.factories.imports import previewed, sheet

pytestmark = pytest.mark.django_db
KEPT = "The agency’s own list that names you, which administrators alone see: it is deleted after 90 days."


@pytest.fixture
def person():
    return UserFactory(email="lee@example.org", name_ko="이영희")


@pytest.fixture
def people_list(run_tasks):
    lines = ("이메일,이름", "lee@example.org,이영희", "park@example.org,박민수")
    return previewed(administrator(), sheet(*lines), run_tasks, kind="people")


@pytest.fixture
def organisations_list(run_tasks):
    lines = (
        "기업명,구분,담당자,이메일",
        "한빛정밀,기업,이영희,Lee@example.org",
        "대성기공,기업,박민수,park@example.org",
    )
    return previewed(administrator(), sheet(*lines), run_tasks)


def test_ones_rows_are_in_the_file_of_ones_data(person, people_list, organisations_list):
    rows = personal_data(person)["members"]["imported_rows"]
    assert [(row["batch__name"], row["number"], row["label"]) for row in rows] == [
        ("list.csv", 2, "lee@example.org"),
        ("list.csv", 2, "한빛정밀"),
    ]
    assert ["contact e-mail", "", "lee@example.org"] in rows[1]["changes"]


def test_whom_no_list_names_has_none(people_list):
    somebody = UserFactory(email="ee@example.org")
    assert personal_data(somebody)["members"]["imported_rows"] == []
    assert KEPT not in [str(sentence) for sentence in outlook(somebody).kept]


def test_closing_takes_them_out_and_leaves_the_numbers(person, people_list, organisations_list):
    assert KEPT in [str(sentence) for sentence in outlook(person).kept]
    close_account(user=person, by=person)
    rows = ImportRow.objects.order_by("batch", "number").values_list("batch", "number", "label")
    assert list(rows) == [
        (people_list.pk, 2, ""),
        (people_list.pk, 3, "park@example.org"),
        (organisations_list.pk, 2, ""),
        (organisations_list.pk, 3, "대성기공"),
    ]
    assert list(check()) == []


@pytest.mark.parametrize("kind", ["people_list", "organisations_list"])
def test_closing_takes_the_person_out_of_the_examples_beside_the_headings(person, kind, request):
    batch = request.getfixturevalue(kind)
    close_account(user=person, by=person)
    batch.refresh_from_db()
    told = str(batch.headings)
    assert ("이영희" in told, "lee@example.org" in told.lower(), "박민수" in told) == (False, False, True)

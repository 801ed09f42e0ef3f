"""Table 1 as a page: every number opens its rows, and they add up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.actions import memberships
from tests.factories.memberships import active_membership, newcomer
from tests.factories.mini_clusters import MiniClusterFactory, chief_coordinator

pytestmark = pytest.mark.django_db
TABLE, ROWS = "/reports/membership/", "/reports/membership/rows/"
TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def cluster():
    """Two mini-clusters: three companies and a university; an R&D centre."""
    machine_tool = MiniClusterFactory(position=1, slug="machine-tool", name_en="Machine Tool")
    mould = MiniClusterFactory(position=2, slug="mould", name_en="Die & Mold")
    for org_class in ["company", "company", "company", "university"]:
        active_membership(newcomer(org_class=org_class), machine_tool, on=TODAY - 10 * DAY)
    active_membership(newcomer(org_class="rnd_centre"), mould, on=TODAY - 10 * DAY)
    return machine_tool, mould


def test_stands_as_in_the_paper_with_totals(client, cluster):
    table = client.get(TABLE).context["table"]
    assert [[*row.numbers, row.total] for row in [*table.rows, table.totals]] == [
        [3, 0, 1, 0, 4],
        [0, 1, 0, 0, 1],
        [3, 1, 1, 0, 5],
    ]


def test_every_number_opens_as_many_rows(client, cluster):
    context = client.get(TABLE).context
    for row in [*context["rows"], context["totals"]]:
        for _, number, url in row["cells"]:
            response = client.get(url)
            assert (response.context["total"], len(response.context["rows"])) == (number, number)


def test_is_drawn_for_any_day(client, cluster):
    assert client.get(TABLE, {"date": TODAY - 11 * DAY}).context["table"].total == 0
    assert client.get(TABLE, {"date": TODAY - 10 * DAY}).context["table"].total == 5


@pytest.mark.parametrize(
    ("asked", "told"), [(TODAY + DAY, "This day is yet to come."), ("2006-02-31", "Enter a valid date.")]
)
def test_a_day_that_is_none_is_told_and_today_shown(client, cluster, asked, told):
    response = client.get(TABLE, {"date": asked})
    assert response.context["form"].errors == {"date": [told]}
    assert response.context["table"].day == TODAY


def test_downloads_the_table_as_it_stands(client, cluster):
    response = client.get(TABLE, {"format": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "Classification,company,R&D centre,university,support agency,Total",
        "Machine Tool,3,0,1,0,4",
        "Die & Mold,0,1,0,0,1",
        "Total,3,1,1,0,5",
    ]


def test_downloads_the_rows_shown(client, cluster):
    response = client.get(ROWS, {"mini_cluster": "machine-tool", "class": "university", "format": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert ",university,Machine Tool," in lines[1]


def test_who_has_left_is_named_without_a_way_in(client, cluster):
    left = active_membership(newcomer(name_en="Gone Works"), cluster[1], on=TODAY - 10 * DAY)
    memberships.end(membership=left, by=chief_coordinator(), reason="Moved")
    page = client.get(ROWS, {"date": TODAY - DAY}).content.decode()
    assert "Gone Works" in page
    assert f'href="{left.organisation.get_absolute_url()}"' not in page


def test_rows_are_sorted_as_asked(client, cluster):
    rows = client.get(ROWS, {"sort": "-mini_cluster"}).context["rows"]
    assert [period.mini_cluster.slug for period, _ in rows] == ["mould", *["machine-tool"] * 4]


@pytest.mark.parametrize("asked", [{"mini_cluster": "none"}, {"class": "choir"}, {"date": "yesterday"}])
def test_rows_of_what_does_not_exist_are_no_page(client, cluster, asked):
    assert client.get(ROWS, asked).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_makes_as_many_queries_for_three_rows_as_for_one(client, django_assert_num_queries, number):
    for _ in range(number):
        active_membership(on=TODAY - 10 * DAY)
    with django_assert_num_queries(3):
        client.get(TABLE)
    with django_assert_num_queries(3):
        client.get(ROWS)

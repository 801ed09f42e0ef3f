"""An organisation's page: what each reader sees of it, and what its own people can do there."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from ecluster.files.models import StoredFile
from members import completeness, panels
from members.actions import organisations
from members.models import Organisation, Term
from members.profiles import Profile, profile_for, profile_of
from tests.factories.accounts import UserFactory
from tests.factories.mini_clusters import MiniClusterFactory, chief_coordinator
from tests.factories.organisations import industry, listed, material, process, term, unlisted
from tests.factories.people import colleague_at, manager_of
from tests.files.samples import picture, upload

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
VISITOR = AnonymousUser()


def page(client: Client, organisation: Organisation) -> str:
    response = client.get(organisation.get_absolute_url(), headers={"accept-language": "en"})
    return re.sub(r"\s+", " ", response.content.decode())


def full(mini_cluster=None, **facts) -> Organisation:
    """One that has something of everything."""
    rows = {
        "processes": [{"process": process("Grinding"), "is_core": True, "size_to_mm": 500, "tolerance_um": 2}],
        "materials": [{"material": material(), "note": "Grade 5"}],
        "certificates": [{"certificate": term(Term.Kind.CERTIFICATE, "ISO 9001"), "valid_until": date(2020, 5, 1)}],
        "technologies": [{"technology": term(Term.Kind.TECHNOLOGY, "Simulation")}],
        "products": [{"name_en": "Spindle"}],
        "machines": [{"name": "Jig grinder", "maker": "Hauser"}],
        "trade_links": [{"direction": "customer", "partner_name": "Doosan", "goods": "spindles"}],
        "needs": [{"kind": "people", "text": "a grinder"}],
        "industries": [industry(code=str(10 + Organisation.objects.count()))],
    }
    return listed(mini_cluster, **rows | facts)


def test_core_processes_are_told_from_supplementary_ones_with_sizes_and_tolerance(client):
    rows = [
        {"process": process("Turning"), "size_from_mm": 5, "size_to_mm": 40},
        {"process": process("Grinding"), "is_core": True, "tolerance_um": 2},
    ]

    html = page(client, listed(processes=rows))

    table = re.search(r"<tbody>(.*?)</tbody>", html)[1]
    words = [re.sub(r"<[^>]*>|\s+", " ", row).split() for row in table.split("</tr>")[:2]]
    assert words == [
        ["Grinding", "core", "–", "±2", "µm"],
        ["Turning", "supplementary", "5–40", "mm", "–"],
    ]


def test_what_it_says_of_itself_stands_in_its_own_lines_and_is_text(client):
    products = [{"name_en": "Spindle", "description_en": "Fast\nand <true>"}]

    html = page(client, listed(summary_en="Makes gears.\n\nAnd <b>more</b>.", products=products))

    assert "<p>Makes gears.</p> <p>And &lt;b&gt;more&lt;/b&gt;.</p>" in html
    assert "<p>Fast<br>and &lt;true&gt;</p>" in html


def test_an_expired_certificate_is_marked(client):
    kind = Term.Kind.CERTIFICATE
    rows = [
        {"certificate": term(kind, "ISO 9001"), "valid_until": TODAY - timedelta(days=1)},
        {"certificate": term(kind, "AS9100"), "valid_until": TODAY},
    ]

    html = page(client, listed(certificates=rows))

    assert re.findall(r"certificate=([a-z0-9-]+)\"[^<]*<[^<]*<span class=\"pill", html) == ["iso-9001"]


def test_what_is_on_the_members_side_is_members(client, client_for):
    organisation = full()
    members_words = ["Jig grinder", "Doosan", "a grinder", "Kim Works Here"]
    colleague_at(organisation, name_en="Kim Works Here")

    by_visitor = page(client, organisation)
    by_member = page(client_for(colleague_at(listed())), organisation)

    assert [word for word in members_words if word in by_visitor] == []
    assert [word for word in members_words if word in by_member] == members_words


def test_a_customer_that_is_a_member_leads_to_its_page(client_for):
    customer = listed(name_en="Door Makers")
    link = {"direction": "customer", "partner_name": "Door Makers", "partner": customer}

    html = page(client_for(colleague_at(listed())), listed(trade_links=[link]))

    assert f'<a href="{customer.get_absolute_url()}">Door Makers</a>' in html


@pytest.mark.parametrize(
    ("audience", "who_sees"),
    [
        ("public", ["visitor", "member", "colleague", "agency"]),
        ("members", ["member", "colleague", "agency"]),
        ("private", ["colleague", "agency"]),
    ],
)
def test_the_contact_is_shown_to_its_audience(client, client_for, audience, who_sees):
    organisation = listed(contact_email="sales@example.com", contact_audience=audience)
    readers = {
        "visitor": client,
        "member": client_for(colleague_at(listed())),
        "colleague": client_for(colleague_at(organisation)),
        "agency": client_for(chief_coordinator()),
    }

    seen = [name for name, reader in readers.items() if "sales@example.com" in page(reader, organisation)]

    assert seen == who_sees


def test_an_applicant_is_seen_by_its_people_and_the_coordinators_alone(client, client_for):
    applicant = unlisted()
    address = applicant.get_absolute_url()

    assert client.get(address).status_code == 404
    assert client_for(colleague_at(listed())).get(address).status_code == 404
    assert "Not in the directory" in page(client_for(colleague_at(applicant)), applicant)
    assert "Not in the directory" in page(client_for(chief_coordinator()), applicant)


def test_the_address_of_a_merged_one_leads_to_its_survivor(client):
    survivor, first, second = listed(), unlisted(), unlisted()
    Organisation.objects.filter(pk=first.pk).update(merged_into=second)
    Organisation.objects.filter(pk=second.pk).update(merged_into=survivor)

    response = client.get(first.get_absolute_url())

    assert (response.status_code, response["Location"]) == (301, survivor.get_absolute_url())


def test_a_merger_into_what_one_may_not_see_stays_unknown(client):
    hidden, merged = unlisted(), unlisted()
    Organisation.objects.filter(pk=merged.pk).update(merged_into=hidden)

    assert client.get(merged.get_absolute_url()).status_code == 404


def test_its_manager_sees_what_is_missing_next_and_a_colleague_does_not(client_for):
    organisation = listed()

    by_manager = page(client_for(manager_of(organisation)), organisation)
    by_colleague = page(client_for(colleague_at(organisation)), organisation)

    assert re.findall(r"edit/([a-z]+)/\">([^<]*)</a> <span class=\"quiet\">\+(\d+)", by_manager) == [
        ("processes", "a core process", "15"),
        ("facts", "what it does, in Korean", "10"),
        ("facts", "what it does, in English", "10"),
    ]
    assert "/edit/" not in by_colleague
    assert "Still true" not in by_colleague


def test_still_true_is_one_click(client_for):
    organisation = listed(confirmed_on=date(2024, 1, 1))

    response = client_for(manager_of(organisation)).post(f"{organisation.get_absolute_url()}confirm/", follow=True)

    organisation.refresh_from_db()
    assert organisation.confirmed_on == TODAY
    assert "marked as true as of today" in response.content.decode()


def test_saying_so_takes_as_many_queries_whatever_hangs_on_it(client_for, django_assert_num_queries):
    organisation = full()
    client = client_for(manager_of(organisation))
    client.post(f"{organisation.get_absolute_url()}confirm/")  # of this year, from now on

    with django_assert_num_queries(9):  # two of them a savepoint and its end, where the page has a transaction
        client.post(f"{organisation.get_absolute_url()}confirm/")


def test_still_true_is_nobody_elses_click(client, client_for):
    organisation = listed(confirmed_on=date(2024, 1, 1))
    address = f"{organisation.get_absolute_url()}confirm/"

    assert client_for(colleague_at(organisation)).post(address).status_code == 404
    assert client_for(manager_of(listed())).post(address).status_code == 404
    assert client_for(manager_of(organisation)).get(address).status_code == 405
    assert client.post(address).status_code == 302  # to the sign-in page
    organisation.refresh_from_db()
    assert organisation.confirmed_on == date(2024, 1, 1)


def test_the_history_tells_its_keepers_who_changed_what(client_for):
    organisation = listed(founded_year=1990)
    manager = manager_of(organisation, name_en="Lee Manager")
    organisations.update(organisation=organisation, by=manager, founded_year=1991)
    address = f"{organisation.get_absolute_url()}history/"

    html = client_for(manager).get(address).content.decode()

    assert "Lee Manager" in html
    assert "1990" in html
    assert "1991" in html
    assert client_for(colleague_at(organisation)).get(address).status_code == 404


@pytest.mark.parametrize("who", ["manager", "member"])
@pytest.mark.parametrize("how_full", ["empty", "full"])
def test_the_number_of_queries_whatever_hangs_on_it(client_for, django_assert_num_queries, who, how_full):
    organisation = listed() if how_full == "empty" else full()
    for _ in range(3 if how_full == "full" else 1):
        manager = manager_of(organisation)
    client = client_for(manager if who == "manager" else colleague_at(organisation))
    client.get(organisation.get_absolute_url())  # Django learns its content types once a process

    with django_assert_num_queries(11):
        client.get(organisation.get_absolute_url())


def test_a_profile_read_for_a_page_and_for_a_measure_is_the_same():
    organisation = full()
    fresh = Organisation.objects.with_profile().get(pk=organisation.pk)

    shown, measured = profile_for(fresh, colleague_at(organisation)), profile_of(fresh)

    for part in ("processes", "materials", "certificates", "technologies", "industries", "machines", "needs"):
        assert [(row.pk, str(row)) for row in getattr(shown, part)] == [
            (row.pk, str(row)) for row in getattr(measured, part)
        ], part
    assert [membership.mini_cluster.slug for membership in shown.memberships] == [
        membership.mini_cluster.slug for membership in organisation.memberships.all()
    ]
    assert completeness.measure(shown) == completeness.measure(measured) == organisation.completeness


def test_the_weights_of_completeness_add_up_to_a_hundred():
    assert sum(item.weight for item in completeness.ITEMS) == 100
    assert completeness.measure(Profile(Organisation(org_class="company", name_ko="빈 곳"))) == 0


def test_a_picture_is_shown_beside_its_product(client):
    organisation = listed(products=[{"name_en": "Spindle"}, {"name_en": "Housing"}])
    spindle = organisation.products.get(name_en="Spindle")
    organisations.add_picture(product=spindle, by=manager_of(organisation), upload=upload(picture(), "spindle.png"))

    html = page(client, organisation)

    assert re.findall(r'alt="(Picture of [^"]*)"', html) == ["Picture of Spindle"]
    assert client.get(StoredFile.objects.get().get_thumbnail_url()).status_code == 200


def test_later_apps_add_their_panels(client_for, monkeypatch, settings, tmp_path):
    (tmp_path / "panel.html").write_text("<p>{{ panel.words }}</p>")
    monkeypatch.setitem(panels._registered, "organisation", [])
    django, *others = settings.TEMPLATES
    settings.TEMPLATES = [django | {"DIRS": [*django["DIRS"], tmp_path]}, *others]
    panels.register("organisation", "panel.html", lambda user, row: {"words": f"Machines of {row.name_en}"})
    panels.register("organisation", "panel.html", lambda user, row: None)
    organisation = listed(MiniClusterFactory(), name_en="Hanbit")

    html = page(client_for(UserFactory()), organisation)

    assert html.count("<p>Machines of Hanbit</p>") == 1

"""Editing a profile by section: who may, what is told at which field, and what happens when two do it at once."""

import re

import pytest

from ecluster.files.models import StoredFile
from members.actions import organisations
from members.models import Organisation
from tests.factories.mini_clusters import MiniClusterFactory, coordinator_of
from tests.factories.organisations import industry, listed, material, process, unlisted
from tests.factories.people import colleague_at, manager_of
from tests.files.samples import picture, upload

pytestmark = pytest.mark.django_db

SECTIONS = [
    "facts",
    "processes",
    "materials",
    "certificates",
    "technologies",
    "industries",
    "products",
    "pictures",
    "machines",
    "trade",
    "needs",
]
ENGLISH = {"accept-language": "en"}


def address(organisation: Organisation, section: str) -> str:
    return f"/members/{organisation.pk}/edit/{section}/"


def told(response) -> list[str]:
    """The errors on the page."""
    return re.findall(r'class="errorlist[^>]*>(?:<li>)?([^<]*)', response.content.decode())


def facts(organisation: Organisation, **changes) -> dict:
    kept = {
        "org_class": organisation.org_class,
        "name_ko": organisation.name_ko,
        "name_en": organisation.name_en,
        "contact_audience": organisation.contact_audience,
        "as_of": organisation.updated_at.isoformat(),
    }
    return kept | changes


def sheet(*rows: dict, initial: int = 0, **more) -> dict:
    """The fields of a formset with `rows`, of which the first `initial` were there before."""
    fields = {f"rows-{i}-{name}": value for i, row in enumerate(rows) for name, value in row.items()}
    return {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": initial} | fields | more


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_opens_for_its_manager_and_exists_for_nobody_else(client, client_for, section):
    mini_cluster = MiniClusterFactory()
    organisation = listed(mini_cluster)
    path = address(organisation, section)

    assert client_for(manager_of(organisation)).get(path).status_code == 200
    assert client_for(coordinator_of(mini_cluster)).get(path).status_code == 200
    assert client_for(colleague_at(organisation)).get(path).status_code == 404
    assert client_for(manager_of(listed())).get(path).status_code == 404
    assert client_for(coordinator_of(MiniClusterFactory())).get(path).status_code == 404
    assert client.get(path).headers["Location"] == f"/account/login/?next={path}"


def test_no_other_section_exists(client_for):
    organisation = listed()

    assert client_for(manager_of(organisation)).get(address(organisation, "secrets")).status_code == 404


def test_a_merged_one_has_no_sections(client_for):
    organisation = unlisted()
    manager = manager_of(organisation)
    Organisation.objects.filter(pk=organisation.pk).update(merged_into=listed())

    assert client_for(manager).get(address(organisation, "facts")).status_code == 404


# --- Facts ----------------------------------------------------------------------------------------------------


def test_facts_are_saved_and_the_profile_is_shown(client_for):
    organisation = listed()
    data = facts(organisation, name_en="Hanbit Precision", registration_number="124-81-00998", website="hanbit.example")

    response = client_for(manager_of(organisation)).post(address(organisation, "facts"), data)

    organisation.refresh_from_db()
    assert response.headers["Location"] == organisation.get_absolute_url()
    assert organisation.name_en == "Hanbit Precision"
    assert organisation.registration_number == "1248100998"
    assert organisation.website == "https://hanbit.example"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name_ko", "", "A name is needed, in Korean or in English."),
        (
            "registration_number",
            "124-81-00997",
            "This is no registration number: its last digit doesn&#x27;t fit the others. Is one mistyped?",
        ),
        ("website", "not a site", "This is no website&#x27;s address, for example www.example.co.kr."),
        ("founded_year", "12", "Ensure this value is greater than or equal to 1300."),
        ("contact_email", "sales@", "Enter a valid email address."),
    ],
)
def test_bad_facts_are_told_at_their_field_and_what_was_typed_stays(client_for, field, value, message):
    organisation = listed(name_en="")
    data = facts(organisation, summary_en="Typed with care", **{field: value})

    response = client_for(manager_of(organisation)).post(address(organisation, "facts"), data, headers=ENGLISH)

    organisation.refresh_from_db()
    assert told(response) == [message]
    assert "Typed with care" in response.content.decode()
    assert organisation.summary_en == ""


def test_a_number_that_another_has_is_told_at_its_field(client_for):
    listed(registration_number="1248100998")
    organisation = listed()
    data = facts(organisation, registration_number="124-81-00998")

    response = client_for(manager_of(organisation)).post(address(organisation, "facts"), data, headers=ENGLISH)

    assert told(response) == ["Organisation with this Business registration number already exists."]


def test_who_saves_second_is_told_keeps_their_text_and_may_save_again(client_for):
    organisation = listed()
    client = client_for(manager_of(organisation))
    data = facts(organisation, name_en="Second")
    organisations.update(organisation=organisation, by=manager_of(organisation), name_en="First")

    refused = client.post(address(organisation, "facts"), data, headers=ENGLISH)
    organisation.refresh_from_db()
    now = re.search(r'name="as_of" value="([^"]*)"', refused.content.decode())[1]

    assert "Somebody else has saved this profile meanwhile" in refused.content.decode()
    assert 'value="Second"' in refused.content.decode()
    assert organisation.name_en == "First"
    client.post(address(organisation, "facts"), data | {"as_of": now})
    organisation.refresh_from_db()
    assert organisation.name_en == "Second"


# --- Lists ----------------------------------------------------------------------------------------------------


def test_a_list_is_saved_as_edited(client_for):
    grinding, turning = process("Grinding"), process("Turning")
    organisation = listed(processes=[{"process": grinding}])
    row = organisation.processes.get()
    data = sheet(
        {"pk": row.pk, "process": grinding.pk, "is_core": "on", "tolerance_um": "2.5"},
        {"process": turning.pk, "size_from_mm": "5", "size_to_mm": "40", "note": "bars"},
        {"process": ""},
        initial=1,
    )

    client_for(manager_of(organisation)).post(address(organisation, "processes"), data)

    saved = organisation.processes.order_by("pk").values_list("pk", "process__slug", "is_core", "note")
    assert list(saved) == [(row.pk, "grinding", True, ""), (row.pk + 1, "turning", False, "bars")]


def test_a_row_marked_for_removal_goes(client_for):
    organisation = listed(needs=[{"kind": "people", "text": "welders"}, {"kind": "funding", "text": "a loan"}])
    first, second = organisation.needs.order_by("pk")
    data = sheet(
        {"pk": first.pk, "kind": "people", "text": "welders", "DELETE": "on"},
        {"pk": second.pk, "kind": "funding", "text": "a loan"},
        initial=2,
    )

    client_for(manager_of(organisation)).post(address(organisation, "needs"), data)

    assert list(organisation.needs.all()) == [second]


def test_bad_rows_are_told_at_their_field_and_what_was_typed_stays(client_for):
    grinding = process("Grinding")
    organisation = listed()
    data = sheet({"process": grinding.pk, "size_from_mm": "50", "size_to_mm": "5", "note": "Typed with care"})

    response = client_for(manager_of(organisation)).post(address(organisation, "processes"), data, headers=ENGLISH)

    assert told(response) == ["The size ends below its start."]
    assert "Typed with care" in response.content.decode()
    assert organisation.processes.count() == 0


def test_what_is_listed_twice_is_told_at_its_field(client_for):
    steel = material("Steel")
    organisation = listed()
    data = sheet({"material": steel.pk}, {"material": steel.pk})

    response = client_for(manager_of(organisation)).post(address(organisation, "materials"), data, headers=ENGLISH)

    assert told(response) == ["This is in the list twice."]
    assert organisation.materials.count() == 0


def test_a_retired_term_is_offered_to_who_has_it_already(client_for):
    old = process("Hot dipping", is_retired=True)
    has_it, has_not = listed(processes=[{"process": old}]), listed()

    offered = [
        "Hot dipping" in client_for(manager_of(o)).get(address(o, "processes"), headers=ENGLISH).content.decode()
        for o in (has_it, has_not)
    ]

    assert offered == [True, False]


def test_a_partner_named_as_a_member_leads_to_it(client_for):
    organisation, member = listed(), listed(name_en="Door Makers")
    data = sheet(
        {"direction": "customer", "partner_name": "Door Makers"}, {"direction": "supplier", "partner_name": "Elsewhere"}
    )

    client_for(manager_of(organisation)).post(address(organisation, "trade"), data)

    assert list(organisation.trade_links.values_list("partner_name", "partner")) == [
        ("Door Makers", member.pk),
        ("Elsewhere", None),
    ]


def test_who_saves_a_list_second_is_told_and_keeps_their_rows(client_for):
    organisation = listed()
    seen = organisation.updated_at.isoformat()
    organisations.update(organisation=organisation, by=manager_of(organisation), name_en="First")
    data = sheet({"kind": "people", "text": "Typed with care"}, as_of=seen)

    response = client_for(manager_of(organisation)).post(address(organisation, "needs"), data, headers=ENGLISH)

    assert "Somebody else has saved this profile meanwhile" in response.content.decode()
    assert "Typed with care" in response.content.decode()
    assert organisation.needs.count() == 0


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(client_for, django_assert_num_queries, how_many):
    rows = [{"process": process(f"Process {n}")} for n in range(how_many)]
    organisation = listed(processes=rows)
    client = client_for(manager_of(organisation))

    with django_assert_num_queries(8):
        client.get(address(organisation, "processes"))


# --- Industries and pictures ----------------------------------------------------------------------------------


def test_an_industry_is_found_by_code_or_name_added_and_removed(client_for):
    machines = industry("29", name_ko="기타 기계 및 장비 제조업")
    industry("10", name_ko="식료품 제조업")
    organisation = listed()
    client = client_for(manager_of(organisation))
    path = address(organisation, "industries")

    found = [
        re.findall(r'name="add" value="(\d+)"', client.get(f"{path}?q={q}").content.decode()) for q in ("29", "장비")
    ]
    client.post(path, {"add": machines.pk})
    after_adding = list(organisation.industries.all())
    client.post(path, {"remove": machines.pk})

    assert found == [[str(machines.pk)], [str(machines.pk)]]
    assert after_adding == [machines]
    assert list(organisation.industries.all()) == []


@pytest.mark.parametrize("value", ["", "x", "999999", "-1"])
def test_an_industry_that_does_not_exist_changes_nothing(client_for, value):
    chosen = industry("29")
    organisation = listed(industries=[chosen])

    client_for(manager_of(organisation)).post(address(organisation, "industries"), {"add": value, "remove": value})

    assert list(organisation.industries.all()) == [chosen]


def test_a_new_logo_takes_the_place_of_the_old_one_and_can_be_removed(client_for):
    organisation = listed()
    client = client_for(manager_of(organisation))
    for name in ("old.png", "new.png"):
        data = {"form": "logo", "logo-logo": upload(picture(), name)}
        client.post(address(organisation, "pictures"), data)

    logo = StoredFile.objects.get()
    assert logo.name == "new.png"
    client.post(f"/members/{organisation.pk}/pictures/{logo.pk}/remove/")
    assert StoredFile.objects.count() == 0


def test_what_is_no_picture_is_refused_at_its_field(client_for):
    organisation = listed()
    data = {"form": "logo", "logo-logo": upload(b"MZ not a picture", "logo.png")}

    response = client_for(manager_of(organisation)).post(address(organisation, "pictures"), data, headers=ENGLISH)

    assert len(told(response)) == 1
    assert StoredFile.objects.count() == 0


def test_a_picture_of_another_ones_product_can_be_neither_added_nor_removed(client_for):
    mine, other = listed(), listed(products=[{"name_en": "Spindle"}])
    product = other.products.get()
    stored = organisations.add_picture(product=product, by=manager_of(other), upload=upload(picture(), "a.png"))
    client = client_for(manager_of(mine))
    data = {"form": "picture", "picture-product": product.pk, "picture-picture": upload(picture(), "b.png")}

    client.post(address(mine, "pictures"), data)
    response = client.post(f"/members/{mine.pk}/pictures/{stored.pk}/remove/")

    assert response.status_code == 404
    assert list(StoredFile.objects.all()) == [stored]


def test_the_pictures_of_a_product_go_with_it():
    organisation = listed(products=[{"name_en": "Spindle"}])
    manager = manager_of(organisation)
    product = organisation.products.get()
    organisations.add_picture(product=product, by=manager, upload=upload(picture(), "a.png"))

    organisations.set_products(organisation=organisation, by=manager, rows=[])

    assert StoredFile.objects.count() == 0

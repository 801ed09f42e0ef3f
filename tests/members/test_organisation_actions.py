from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.audit.models import AuditEntry
from ecluster.search import engine as search
from members.actions import organisations
from members.models import MembershipPeriod, Organisation
from tests.factories.accounts import UserFactory, administrator
from tests.factories.mini_clusters import MiniClusterFactory, coordinator_of
from tests.factories.organisations import industry, listed, material, process, unlisted
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def last_entry(organisation: Organisation) -> AuditEntry:
    return AuditEntry.objects.about(organisation).first()


def found(words: str, user=None) -> set[int]:
    answering = search.matching(search.Query("organisation", words, user))
    return set(Organisation.objects.filter(pk__in=answering).values_list("pk", flat=True))


def facts_told(error) -> dict[str, list[str]]:
    return error.value.message_dict


# --- Making one -----------------------------------------------------------------------------------------------


def test_a_visitor_may_make_one_which_is_in_nobodys_directory_yet():
    organisation = organisations.create(by=AnonymousUser(), org_class="company", name_ko="한빛정밀")

    assert list(Organisation.objects.visible_to(AnonymousUser())) == []
    assert organisation.confirmed_on == TODAY
    assert found("한빛정밀") == set()


def test_names_numbers_and_addresses_are_written_one_way():
    organisation = organisations.create(
        by=UserFactory(),
        org_class="company",
        name_ko="  한빛  정밀 ",  # in pieces (NFD), as macOS sends it
        registration_number="124-81-00998",
        website="www.hanbit.example.com",
        contact_email="Sales@Hanbit.example.com",
    )

    assert organisation.name_ko == "한빛 정밀"
    assert organisation.registration_number == "1248100998"
    assert organisation.website == "https://www.hanbit.example.com"
    assert organisation.contact_email == "sales@hanbit.example.com"


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"name_ko": " "}, {"name_ko": ["A name is needed, in Korean or in English."]}),
        (
            {"registration_number": "124-81-00997"},
            {
                "registration_number": [
                    "This is no registration number: its last digit doesn't fit the others. Is one mistyped?"
                ]
            },
        ),
        (
            {"registration_number": "12-34"},
            {"registration_number": ["A registration number has ten digits, for example 123-45-67890."]},
        ),
        ({"website": "not a site"}, {"website": ["This is no website's address, for example www.example.co.kr."]}),
        ({"founded_year": 900}, {"founded_year": ["Ensure this value is greater than or equal to 1300."]}),
    ],
)
def test_bad_facts_are_told_by_field_and_nothing_is_saved(facts, message):
    with pytest.raises(ValidationError) as error:
        organisations.create(by=UserFactory(), **{"org_class": "company", "name_ko": "한빛정밀"} | facts)

    assert facts_told(error) == message
    assert Organisation.objects.count() == 0


def test_a_registration_number_is_one_organisations():
    unlisted(registration_number="124-81-00998")

    with pytest.raises(ValidationError) as error:
        organisations.create(by=UserFactory(), org_class="company", name_ko="둘", registration_number="1248100998")

    assert list(facts_told(error)) == ["registration_number"]


def test_only_who_loads_data_may_say_when_it_was_confirmed():
    long_ago = date(2020, 1, 1)

    by_person = organisations.create(by=UserFactory(), org_class="company", name_en="A", confirmed_on=long_ago)
    by_import = organisations.create(by=administrator(), org_class="company", name_en="B", confirmed_on=None)

    assert (by_person.confirmed_on, by_import.confirmed_on) == (TODAY, None)


# --- Changing its facts ---------------------------------------------------------------------------------------


def test_its_manager_changes_facts_and_the_trail_tells_from_what_to_what():
    organisation = listed(confirmed_on=date(2024, 1, 1), founded_year=1990)
    manager = manager_of(organisation)

    organisations.update(organisation=organisation, by=manager, founded_year=1991)

    entry = last_entry(organisation)
    assert organisation.founded_year == 1991
    assert organisation.confirmed_on == TODAY
    assert (entry.action, entry.actor, entry.changes) == (
        "update_organisation",
        manager,
        {"founded_year": [1990, 1991]},
    )


def test_a_new_name_is_found_at_once():
    organisation = listed(name_ko="옛이름정공")

    organisations.update(organisation=organisation, by=manager_of(organisation), name_ko="새이름정공")

    assert found("새이름정공") == {organisation.pk}
    assert found("옛이름정공") == set()


def test_saving_the_same_again_leaves_no_trace_but_freshness():
    organisation = listed(confirmed_on=date(2024, 1, 1), founded_year=1990)
    before = AuditEntry.objects.about(organisation).count()

    organisations.update(organisation=organisation, by=manager_of(organisation), founded_year=1990)

    assert AuditEntry.objects.about(organisation).count() == before
    assert organisation.confirmed_on == TODAY


def test_colleagues_managers_of_others_and_coordinators_of_others_may_not():
    organisation, other = listed(), listed()
    strangers = [
        AnonymousUser(),
        UserFactory(),
        colleague_at(organisation),
        manager_of(other),
        coordinator_of(MiniClusterFactory()),
    ]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            organisations.update(organisation=organisation, by=stranger, name_en="Mine now")

    organisation.refresh_from_db()
    assert organisation.name_en != "Mine now"


def test_the_coordinator_of_its_mini_cluster_may():
    mini_cluster = MiniClusterFactory()
    organisation = listed(mini_cluster)

    organisations.update(organisation=organisation, by=coordinator_of(mini_cluster), name_en="Corrected")

    assert organisation.name_en == "Corrected"


def test_a_merged_one_is_changed_no_more():
    organisation, survivor = unlisted(), listed()
    manager = manager_of(organisation)
    Organisation.objects.filter(pk=organisation.pk).update(merged_into=survivor)

    with pytest.raises(PermissionDenied):
        organisations.update(organisation=organisation, by=manager, name_en="Back again")


def test_the_second_of_two_editors_is_told_and_the_first_ones_text_stays():
    organisation = listed()
    manager = manager_of(organisation)
    seen = organisation.updated_at
    organisations.update(organisation=organisation, by=manager, as_of=seen, name_en="First")

    with pytest.raises(organisations.ChangedMeanwhile, match="Somebody else has saved this profile meanwhile"):
        organisations.update(organisation=organisation, by=manager, as_of=seen, name_en="Second")

    organisation.refresh_from_db()
    assert organisation.name_en == "First"


def test_a_new_class_counts_from_today_and_not_before():
    organisation = listed(on=date(2005, 3, 1), org_class="company")

    organisations.update(organisation=organisation, by=manager_of(organisation), org_class="rnd_centre")

    periods = MembershipPeriod.objects.order_by("starts_on").values_list("org_class", "starts_on", "ends_on")
    assert organisation.org_class == "rnd_centre"
    assert list(periods) == [
        ("company", date(2005, 3, 1), TODAY - timedelta(days=1)),
        ("rnd_centre", TODAY, None),
    ]


def test_still_true_sets_the_freshness_date():
    organisation = listed(confirmed_on=date(2024, 1, 1))

    organisations.confirm_still_true(organisation=organisation, by=manager_of(organisation))

    assert organisation.confirmed_on == TODAY
    assert last_entry(organisation).changes == {"confirmed_on": ["2024-01-01", str(TODAY)]}


def test_a_colleague_may_not_say_still_true():
    organisation = listed(confirmed_on=date(2024, 1, 1))

    with pytest.raises(PermissionDenied):
        organisations.confirm_still_true(organisation=organisation, by=colleague_at(organisation))


# --- Its lists ------------------------------------------------------------------------------------------------


def test_an_edited_list_takes_the_place_of_the_one_before_and_rows_that_stay_keep_their_identity():
    grinding, turning, milling = process("Grinding"), process("Turning"), process("Milling")
    organisation = listed(processes=[{"process": grinding, "is_core": True}, {"process": turning}])
    manager = manager_of(organisation)
    grinding_row = organisation.processes.get(process=grinding).pk

    organisations.set_processes(
        organisation=organisation,
        by=manager,
        rows=[{"process": milling}, {"process": grinding, "is_core": True, "tolerance_um": Decimal(5)}],
    )

    rows = {row.process: row for row in organisation.processes.all()}
    assert set(rows) == {grinding, milling}
    assert (rows[grinding].pk, rows[grinding].tolerance_um) == (grinding_row, Decimal(5))
    assert last_entry(organisation).changes == {
        "processes": ["Grinding (core); Turning", "Milling; Grinding (core, ±5 µm)"]
    }


def test_a_term_twice_in_a_list_is_told():
    organisation = listed()

    with pytest.raises(ValidationError, match="“Titanium” is in the list twice"):
        organisations.set_materials(
            organisation=organisation,
            by=manager_of(organisation),
            rows=[{"material": material()}, {"material": material()}],
        )

    assert organisation.materials.count() == 0


def test_two_machines_of_a_kind_are_two_rows():
    organisation = listed()
    rows = [{"name": "5-axis centre", "year": 2015}, {"name": "5-axis centre", "year": 2021}]

    organisations.set_machines(organisation=organisation, by=manager_of(organisation), rows=rows)
    before = set(organisation.machines.values_list("pk", flat=True))
    organisations.set_machines(organisation=organisation, by=manager_of(organisation), rows=rows)

    assert list(organisation.machines.values_list("name", "year")) == [("5-axis centre", 2015), ("5-axis centre", 2021)]
    assert set(organisation.machines.values_list("pk", flat=True)) == before


def test_a_row_of_another_organisation_is_not_taken_over():
    mine, other = listed(), listed(needs=[{"kind": "people", "text": "welders"}])
    foreign = other.needs.get()

    organisations.set_needs(
        organisation=mine, by=manager_of(mine), rows=[{"pk": foreign.pk, "kind": "people", "text": "mine"}]
    )

    foreign.refresh_from_db()
    assert (foreign.organisation, foreign.text) == (other, "welders")
    assert [need.text for need in mine.needs.all()] == ["mine"]


def test_lists_have_the_same_guard_as_facts():
    organisation = listed()

    with pytest.raises(PermissionDenied):
        organisations.set_needs(organisation=organisation, by=colleague_at(organisation), rows=[])


def test_industries_are_replaced():
    organisation, metal, machines = listed(), industry("25", name_ko="금속"), industry("29", name_ko="기계")
    manager = manager_of(organisation)

    organisations.set_industries(organisation=organisation, by=manager, industries=[metal])
    organisations.set_industries(organisation=organisation, by=manager, industries=[machines])

    assert list(organisation.industries.all()) == [machines]
    assert last_entry(organisation).changes == {"industries": ["25 금속", "29 기계"]}


# --- What follows from a change -------------------------------------------------------------------------------


def test_completeness_follows_what_is_filled_in():
    organisation = listed(name_ko="한빛", name_en="Hanbit")
    assert organisation.completeness == 5

    organisations.set_processes(
        organisation=organisation, by=manager_of(organisation), rows=[{"process": process(), "is_core": True}]
    )

    assert organisation.completeness == 20


def test_what_members_alone_see_is_not_found_by_a_visitor():
    organisation = listed(needs=[{"kind": "people", "text": "용접기능장"}])

    assert found("용접기능장", AnonymousUser()) == set()
    assert found("용접기능장", colleague_at(listed())) == {organisation.pk}


def test_a_synonym_of_its_process_finds_it():
    edm = process("EDM", "방전 가공", synonyms="spark erosion, 와이어컷")
    organisation = listed(processes=[{"process": edm, "is_core": True}])

    assert found("와이어컷") == found("방전가공") == found("spark erosion") == {organisation.pk}

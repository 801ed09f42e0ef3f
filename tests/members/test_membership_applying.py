"""The form by which an organisation joins, from a visitor's first look to the invitation."""

import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse

from members.actions import memberships
from members.models import Application, Invitation, Membership, Organisation
from members.notices import tell_of_application
from tests.factories.accounts import UserFactory
from tests.factories.memberships import active_membership, newcomer
from tests.factories.mini_clusters import MiniClusterFactory, chief_coordinator, coordinator_of
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db
APPLY = "/members/apply/"
NUMBER = "120-81-47521"


@pytest.fixture(autouse=True)
def nobody_has_applied_yet():
    cache.clear()


def filled_in(*mini_clusters, **changes):
    return {
        "key": uuid.uuid4(),
        "org_class": "company",
        "name_ko": "(주)한빛정밀",
        "name_en": "Hanbit Precision",
        "registration_number": NUMBER,
        "website": "www.hanbit.example",
        "summary": "Precision parts",
        "mini_clusters": [m.pk for m in mini_clusters or [MiniClusterFactory()]],
        "role": "sme",
        "motive": "To find partners",
        "contact_name": "Kim",
        "contact_title": "Director",
        "contact_email": "kim@hanbit.example",
    } | changes


class TestAVisitor:
    def test_applies_to_two_mini_clusters_by_one_form(self, client):
        mini_clusters = [MiniClusterFactory(), MiniClusterFactory()]
        response = client.post(APPLY, filled_in(*mini_clusters), follow=True)
        organisation = Organisation.objects.get()
        assert (organisation.registration_number, organisation.is_listed) == ("1208147521", False)
        assert {m.mini_cluster for m in Membership.objects.awaiting_review()} == set(mini_clusters)
        assert "Your application has arrived" in response.content.decode()

    def test_gets_a_mail_that_says_what_happens_next(self, client, run_tasks, mailoutbox):
        client.post(APPLY, filled_in())
        run_tasks()
        receipt = reverse("members:application-receipt", args=[Application.objects.get().key])
        assert [m.to for m in mailoutbox] == [["kim@hanbit.example"]]
        assert receipt in mailoutbox[0].body

    def test_who_sends_the_same_form_twice_applies_once(self, client):
        form = filled_in()
        addresses = {client.post(APPLY, form).url for _ in range(2)}
        assert (len(addresses), Organisation.objects.count(), Membership.objects.count()) == (1, 1, 1)

    @pytest.mark.parametrize(
        ("field", "value", "told"),
        [
            ("registration_number", "120-81-47522", "its last digit"),
            ("registration_number", "12", "ten digits"),
            ("website", "no website", "no website&#x27;s address"),
            ("contact_email", "kim", "valid email"),
            ("mini_clusters", [], "required"),
            ("mini_clusters", [0], "not one of the available choices"),
            ("org_class", "choir", "not one of the available choices"),
        ],
    )
    def test_is_told_at_the_field_what_is_wrong_and_loses_nothing(self, client, field, value, told):
        response = client.post(APPLY, filled_in(**{field: value}))
        page = response.content.decode()
        assert told in page
        assert 'value="(주)한빛정밀"' in page
        assert Organisation.objects.count() == Application.objects.count() == 0

    def test_needs_a_name_in_one_language(self, client):
        response = client.post(APPLY, filled_in(name_ko="", name_en=""))
        assert response.context["form"].errors["name_ko"] == ["A name is needed, in Korean or in English."]

    def test_of_a_member_organisation_is_sent_to_a_colleague(self, client):
        active_membership(newcomer(registration_number="1208147521", name_en="Samsung"))
        response = client.post(APPLY, filled_in())
        assert response.context["form"].errors["registration_number"] == [
            "Samsung has this number and is in the directory already: ask a colleague there to invite you."
        ]

    def test_learns_nothing_of_organisations_that_are_not_listed(self, client):
        known = newcomer(registration_number="1208147521")
        client.post(APPLY, filled_in())
        application = Application.objects.get()
        assert application.organisation != known
        assert (application.registration_number, application.organisation.registration_number) == ("1208147521", None)

    def test_is_asked_to_wait_after_five_applications_in_an_hour(self, client):
        for _ in range(5):
            client.post(APPLY, filled_in(registration_number=""))
        response = client.post(APPLY, filled_in(registration_number=""))
        assert response.context["form"].non_field_errors() == [
            "Many applications came from your address within the hour. Please try again later."
        ]
        assert Application.objects.count() == 5

    def test_does_not_find_a_receipt_by_guessing(self, client):
        assert client.get(reverse("members:application-receipt", args=[uuid.uuid4()])).status_code == 404


class TestApproval:
    def test_invites_the_applicant_once_as_manager(self, client):
        client.post(APPLY, filled_in(MiniClusterFactory(), MiniClusterFactory()))
        for membership in Membership.objects.all():
            memberships.approve(membership=membership, by=chief_coordinator())
        invitation = Invitation.objects.get()
        assert (invitation.email, invitation.is_manager, invitation.title) == ("kim@hanbit.example", True, "Director")

    def test_makes_an_applicant_with_an_account_manager_at_once(self, client_for):
        person = UserFactory()
        client_for(person).post(APPLY, filled_in())
        membership = Membership.objects.get()
        memberships.approve(membership=membership, by=coordinator_of(membership.mini_cluster))
        assert membership.organisation.affiliations.get().user == person
        assert membership.organisation.affiliations.get().is_manager

    def test_declining_mails_the_reason(self, client, run_tasks, mailoutbox):
        client.post(APPLY, filled_in())
        memberships.decline(membership=Membership.objects.get(), by=chief_coordinator(), reason="No plant in Changwon")
        run_tasks()
        assert "No plant in Changwon" in mailoutbox[-1].body
        assert Invitation.objects.count() == 0

    def test_the_coordinators_are_told_of_the_application(self, client, run_tasks):
        mini_cluster = MiniClusterFactory()
        coordinator, other = coordinator_of(mini_cluster), coordinator_of(MiniClusterFactory())
        client.post(APPLY, filled_in(mini_cluster))
        run_tasks()
        assert [n.url for n in coordinator.notices.all()] == [Membership.objects.get().get_absolute_url()]
        assert not other.notices.exists()

    def test_they_are_told_once_however_often_the_task_runs(self, client, run_tasks):
        coordinator = coordinator_of(mini_cluster := MiniClusterFactory())
        client.post(APPLY, filled_in(mini_cluster))
        run_tasks()
        later = coordinator_of(mini_cluster)
        tell_of_application.enqueue(Membership.objects.get().pk)
        run_tasks()
        assert (coordinator.notices.count(), later.notices.count()) == (1, 1)


class TestOneClick:
    def test_a_manager_joins_with_their_organisation(self, client_for):
        organisation, mini_cluster = active_membership().organisation, MiniClusterFactory()
        client = client_for(manager_of(organisation))
        assert "Apply with Hanbit" in client.get(mini_cluster.get_absolute_url()).content.decode()
        client.post(f"{mini_cluster.get_absolute_url()}join/", {"organisation": organisation.pk})
        assert organisation.memberships.get(mini_cluster=mini_cluster).status == "applied"

    def test_the_number_of_queries(self, client_for, django_assert_num_queries):
        organisation, mini_cluster = active_membership().organisation, MiniClusterFactory()
        coordinator_of(mini_cluster)
        client = client_for(manager_of(organisation))
        with django_assert_num_queries(12):  # two of them a savepoint and its end, where the page has a transaction
            client.post(f"{mini_cluster.get_absolute_url()}join/", {"organisation": organisation.pk})

    def test_twice_is_once_and_told(self, client_for):
        organisation, mini_cluster = active_membership().organisation, MiniClusterFactory()
        client = client_for(manager_of(organisation))
        for _ in range(2):
            response = client.post(
                f"{mini_cluster.get_absolute_url()}join/", {"organisation": organisation.pk}, follow=True
            )
        assert organisation.memberships.filter(mini_cluster=mini_cluster).count() == 1
        assert "is “applied” already" in response.content.decode()

    @pytest.mark.parametrize("person", [colleague_at, lambda o: manager_of(active_membership().organisation)])
    def test_is_not_there_for_who_does_not_manage_it(self, client_for, person):
        organisation, mini_cluster = active_membership().organisation, MiniClusterFactory()
        response = client_for(person(organisation)).post(
            f"{mini_cluster.get_absolute_url()}join/", {"organisation": organisation.pk}
        )
        assert response.status_code == 404
        assert not organisation.memberships.filter(mini_cluster=mini_cluster).exists()

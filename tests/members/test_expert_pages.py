"""An expert's page, coming into the pool and leaving it, decisions and the record of work, as people meet them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ecluster.accounts.actions.people import update_profile
from ecluster.accounts.models import Audience
from ecluster.accounts.permissions import Role
from ecluster.search import engine as search
from members.actions import experts, merging, organisations
from members.actions.experts.returning import welcome_back
from members.models import Availability, Engagement, Expert, Field
from members.statuses import ExpertStatus
from tests.factories.accounts import UserFactory, administrator, office_holder
from tests.factories.experts import applicant, expert, invited, open_work, past_work
from tests.factories.mini_clusters import chief_coordinator
from tests.factories.organisations import listed, process, unlisted
from tests.factories.people import colleague_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client_for) -> Client:
    return client_for(colleague_at(listed()))


def page_of(client: Client, one: Expert, tail: str = "") -> str:
    return client.get(f"/experts/{one.pk}/{tail}", headers={"accept-language": "en"}).content.decode()


def found(words: str, user) -> list[int]:
    return search.ranked_ids(search.Query("expert", words, user))


class TestProfile:
    def test_who_sees_whom(self, client, member, client_for):
        public, hidden, waiting = expert(is_public=True), expert(), applicant()
        seen = {
            "visitor": client,
            "member": member,
            "stranger": client_for(UserFactory()),
            "applicant": client_for(waiting.user),
            "coordinator": client_for(office_holder(Role.COORDINATOR)),
        }
        statuses = {
            who: [client.get(one.get_absolute_url()).status_code for one in (public, hidden, waiting)]
            for who, client in seen.items()
        }
        assert statuses == {
            "visitor": [200, 404, 404],
            "member": [200, 200, 404],
            "stranger": [200, 404, 404],
            "applicant": [200, 404, 200],
            "coordinator": [200, 200, 200],
        }

    def test_contact_is_told_as_the_person_allows(self, client, member):
        person = UserFactory(email="lee@example.org", phone="055-1", phone_audience=Audience.PRIVATE)
        one = expert(user=person, is_public=True)
        assert ("lee@example.org" in page_of(client, one), "055-1" in page_of(client, one)) == (False, False)
        assert ("lee@example.org" in page_of(member, one), "055-1" in page_of(member, one)) == (True, False)

    def test_past_work_is_told_to_members_and_open_work_to_who_hands_it_out(self, client, member, client_for):
        one = expert(is_public=True)
        past_work(one, "Noise of a gearbox")
        open_work(one, "Secret chatter")
        chief = client_for(chief_coordinator())
        told = [
            ("Noise of a gearbox" in html, "Secret chatter" in html)
            for html in (
                page_of(client, one),
                page_of(member, one),
                page_of(chief, one),
                page_of(client_for(one.user), one),
            )
        ]
        assert told == [(False, False), (True, False), (True, True), (True, True)]

    def test_load_and_rating_stand_on_it_for_members(self, client, member):
        one = expert(is_public=True, limit=4)
        past_work(one, rating=4)
        open_work(one)
        assert "1 of at most 4" in page_of(member, one)
        assert "rated 4.0 of 5" in page_of(member, one)
        assert "of at most" not in page_of(client, one)

    def test_it_costs_the_same_with_one_case_and_with_three(self, member, django_assert_num_queries):
        one = expert()
        past_work(one)
        page_of(member, one)
        with django_assert_num_queries(7):
            page_of(member, one)
        past_work(one), past_work(one)
        with django_assert_num_queries(7):
            page_of(member, one)


class TestApplying:
    FORM = {"headline_en": "Gears", "in_rnd": "on", "availability": "open", "limit": "3", "languages": ["ko", "en"]}

    def test_a_person_applies_by_the_form(self, client_for):
        grinding = process("Grinding", "연삭")
        person = UserFactory()
        answer = client_for(person).post("/experts/apply/", self.FORM | {"process": [grinding.pk]})
        new = Expert.objects.get()
        assert answer.url == new.get_absolute_url()
        assert (new.user, new.status, new.fields, new.languages) == (person, "applied", [Field.RND], ["ko", "en"])
        assert list(new.specialities.all()) == [grinding]

    def test_a_field_is_needed_and_what_was_typed_stays(self, client_for):
        form = {name: value for name, value in self.FORM.items() if name != "in_rnd"}
        html = client_for(UserFactory()).post("/experts/apply/", form).content.decode()
        assert "Choose at least one field." in html
        assert 'value="Gears"' in html
        assert not Expert.objects.exists()

    def test_only_ones_own_organisations_can_be_named(self, client_for):
        foreign = listed()
        html = (
            client_for(UserFactory()).post("/experts/apply/", self.FORM | {"organisation": foreign.pk}).content.decode()
        )
        assert "Select a valid choice" in html

    def test_who_has_applied_is_led_to_their_page(self, client_for):
        waiting = applicant()
        assert client_for(waiting.user).get("/experts/apply/").url == waiting.get_absolute_url()

    def test_who_was_declined_reads_why_and_applies_again(self, client_for):
        one = applicant()
        experts.decline(expert=one, by=chief_coordinator(), reason="Say more, please.")
        client = client_for(one.user)
        assert "Say more, please." in client.get("/experts/apply/").content.decode()
        client.post("/experts/apply/", self.FORM)
        one.refresh_from_db()
        assert (one.status, one.headline_en) == (ExpertStatus.APPLIED, "Gears")

    def test_a_visitor_signs_in_first(self, client):
        assert client.get("/experts/apply/").url.startswith("/account/login/")

    def test_ones_own_profile_is_edited_and_nobody_elses(self, client_for):
        one, other = expert(), expert()
        client = client_for(one.user)
        client.post(f"/experts/{one.pk}/edit/", self.FORM)
        one.refresh_from_db()
        assert one.headline_en == "Gears"
        assert client.post(f"/experts/{other.pk}/edit/", self.FORM).status_code == 404
        assert client_for(chief_coordinator()).get(f"/experts/{one.pk}/edit/").status_code == 404


class TestAnswering:
    @pytest.mark.parametrize(("answer", "status"), [("join", "accepted"), ("refuse", "declined")])
    def test_an_invitation_is_answered_with_one_click(self, client_for, answer, status):
        asked = invited()
        client = client_for(asked.user)
        assert "Join the pool" in page_of(client, asked)
        client.post(f"/experts/{asked.pk}/answer/", {"answer": answer})
        asked.refresh_from_db()
        assert asked.status == status

    def test_nobody_answers_for_another(self, client_for):
        asked = invited()
        chief = client_for(chief_coordinator())
        assert chief.post(f"/experts/{asked.pk}/answer/", {"answer": "join"}).status_code == 404
        assert "Join the pool" not in page_of(chief, asked)

    def test_an_answer_that_comes_twice_is_told(self, client_for):
        asked = invited()
        client = client_for(asked.user)
        for _ in range(2):
            answer = client.post(f"/experts/{asked.pk}/answer/", {"answer": "join"}, follow=True)
        assert "This is no longer possible" in answer.content.decode()

    def test_leaving_is_ones_own(self, client_for):
        one = expert()
        assert client_for(chief_coordinator()).post(f"/experts/{one.pk}/leave/").status_code == 404
        client_for(one.user).post(f"/experts/{one.pk}/leave/")
        one.refresh_from_db()
        assert one.status == ExpertStatus.LEFT


class TestDeciding:
    def test_a_chief_reads_applications_and_accepts(self, client_for):
        first, second = applicant(), applicant()
        expert()
        chief = client_for(chief_coordinator())
        html = chief.get("/experts/applications/").content.decode()
        assert re.findall(r'data-id="(\d+)"', html) == [str(first.pk), str(second.pk)]
        assert 'data-total="2"' in html
        chief.post(f"/experts/{first.pk}/decide/", {"decision": "accept"})
        first.refresh_from_db()
        assert first.status == ExpertStatus.ACCEPTED

    def test_a_decline_without_a_reason_is_asked_for_one(self, client_for):
        one = applicant()
        chief = client_for(chief_coordinator())
        html = chief.post(f"/experts/{one.pk}/decide/", {"decision": "decline"}, follow=True).content.decode()
        assert "Say why: the person reads it." in html
        one.refresh_from_db()
        assert one.status == ExpertStatus.APPLIED

    @pytest.mark.parametrize("office", [Role.COORDINATOR, Role.ADMINISTRATOR])
    def test_it_is_for_chiefs_alone(self, client_for, office):
        one = applicant()
        client = client_for(office_holder(office))
        assert client.get("/experts/applications/").status_code == 404
        assert client.post(f"/experts/{one.pk}/decide/", {"decision": "accept"}).status_code == 404

    def test_a_coordinator_invites_by_address(self, client_for):
        form = {"email": "new@example.org", "name": "박지수", "language": "ko"}
        client_for(office_holder(Role.COORDINATOR)).post("/experts/invite/", form)
        asked = Expert.objects.get()
        assert (asked.status, asked.user.email, asked.user.name_ko) == ("invited", "new@example.org", "박지수")

    def test_who_is_in_the_pool_is_not_invited_and_it_is_said(self, client_for):
        one = expert()
        form = {"email": one.user.email, "name": "x", "language": "en"}
        html = client_for(chief_coordinator()).post("/experts/invite/", form).content.decode()
        assert "This person is in the pool already." in html

    def test_members_do_not_invite(self, member):
        assert member.get("/experts/invite/").status_code == 404


class TestWork:
    def test_a_coordinator_records_work_and_closes_it(self, client_for):
        one = expert(in_rnd=True)
        client = client_for(office_holder(Role.COORDINATOR))
        today = timezone.localdate().isoformat()
        client.post(f"/experts/{one.pk}/work/", {"title_en": "Chatter", "field": "rnd", "started_on": today})
        work = Engagement.objects.get()
        client.post(f"/experts/work/{work.pk}/close/", {"ended_on": today, "rating": "5"})
        work.refresh_from_db()
        assert (work.title, work.ended_on.isoformat(), work.rating) == ("Chatter", today, 5)

    def test_beyond_the_limit_a_reason_is_asked_for(self, client_for):
        one = expert(limit=1)
        open_work(one)
        client = client_for(office_holder(Role.COORDINATOR))
        form = {"title_en": "More", "field": "rnd", "started_on": timezone.localdate().isoformat()}
        refused = client.post(f"/experts/{one.pk}/work/", form).content.decode()
        assert "takes 1 at once" in refused
        client.post(f"/experts/{one.pk}/work/", form | {"beyond_limit_because": "Agreed by telephone"})
        assert one.engagements.open().count() == 2

    def test_members_neither_record_nor_close(self, member):
        one = expert()
        work = open_work(one)
        assert member.get(f"/experts/{one.pk}/work/").status_code == 404
        assert member.get(f"/experts/work/{work.pk}/close/").status_code == 404


class TestStayingTrue:
    def test_who_was_away_until_yesterday_is_back(self):
        one = expert(availability=Availability.AWAY, away_until=timezone.localdate() + timedelta(days=3))
        still = expert(availability=Availability.AWAY, away_until=timezone.localdate() + timedelta(days=3))
        Expert.objects.filter(pk=one.pk).update(away_until=timezone.localdate() - timedelta(days=1))
        welcome_back.call()
        assert list(Expert.objects.order_by("pk").values_list("pk", "availability")) == [
            (one.pk, Availability.OPEN),
            (still.pk, Availability.AWAY),
        ]

    def test_a_new_name_is_found(self):
        one = expert(user=UserFactory(name_en="Lee"))
        update_profile(user=one.user, by=one.user, name_en="Gwanggaeto")
        assert found("Gwanggaeto", one.user) == [one.pk]

    def test_a_new_name_of_the_workplace_is_found(self):
        organisation = listed(name_en="Oldname")
        one = expert(organisation=organisation)
        organisations.update(organisation=organisation, by=administrator(), name_en="Newname")
        assert (found("Oldname", one.user), found("Newname", one.user)) == ([], [one.pk])

    def test_after_a_merger_they_are_found_by_the_survivor(self):
        duplicate, survivor = unlisted(name_en="Duplicate"), listed(name_en="Survivor")
        one = expert(organisation=duplicate)
        merging.merge(organisation=duplicate, into=survivor, by=chief_coordinator(), reason="The same firm.")
        assert found("Survivor", one.user) == [one.pk]

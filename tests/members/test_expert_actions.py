"""The doors to the expert pool."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.accounts.models import User
from ecluster.accounts.permissions import Role
from ecluster.audit.models import AuditEntry
from ecluster.notifications.models import Notice
from ecluster.search import engine as search
from ecluster.workflow import WrongStatus
from members.actions import experts
from members.models import Availability, Expert, Field
from members.statuses import ExpertStatus
from tests.factories.accounts import UserFactory, office_holder
from tests.factories.experts import applicant, expert, invited, open_work, past_work
from tests.factories.mini_clusters import chief_coordinator
from tests.factories.organisations import process

pytestmark = pytest.mark.django_db


def subjects_of(user) -> list[str]:
    return [notice.subject for notice in Notice.objects.filter(user=user).order_by("pk")]


def found(words: str, user=None) -> list[int]:
    return search.ranked_ids(search.Query("expert", words, user))


class TestApplying:
    def test_an_application_waits_for_the_chief_who_is_told(self):
        chief = chief_coordinator()
        person = UserFactory(name_en="Lee Mina")

        new = experts.apply(by=person, headline_en="  Gear   noise ", in_rnd=True, specialities=[process()])

        assert (new.status, new.headline_en, new.fields) == (ExpertStatus.APPLIED, "Gear noise", [Field.RND])
        assert list(new.specialities.all()) == [process()]
        assert subjects_of(chief) == ["Lee Mina applies to the expert pool"]
        assert found("gear noise", chief) == []

    def test_one_person_applies_once(self):
        first = applicant()
        with pytest.raises(ValidationError, match="applied or were invited before"):
            experts.apply(by=first.user)
        assert Expert.objects.count() == 1

    def test_the_trail_names_nobody_and_keeps_no_words_that_may_be_erased(self):
        new = applicant(biography_en="I was born in Busan.", position="professor", limit=5)
        entry = AuditEntry.objects.get(action="apply")
        assert entry.target_label == f"expert {new.pk}"
        assert entry.changes == {
            "status": ["", "applied"],
            "biography_en": ["", "•"],
            "position": ["", "•"],
            "limit": [3, 5],
        }

    def test_unknown_languages_are_left_out(self):
        assert applicant(languages=["en", "tlh", "ko"]).languages == ["ko", "en"]


class TestDeciding:
    def test_who_is_accepted_is_found_and_told(self):
        new = applicant(headline_en="Gear noise", is_public=True)
        experts.accept(expert=new, by=chief_coordinator())
        assert new.status == ExpertStatus.ACCEPTED
        assert found("gear noise") == [new.pk]
        assert subjects_of(new.user) == ["You are in the expert pool"]
        assert Role.EXPERT in User.objects.get(pk=new.user.pk).roles

    def test_a_decline_needs_a_reason_that_the_applicant_reads(self):
        new = applicant()
        with pytest.raises(ValidationError, match="Say why"):
            experts.decline(expert=new, by=chief_coordinator(), reason=" ")
        experts.decline(expert=new, by=chief_coordinator(), reason="Too far from our fields.")
        assert (new.status, new.decision_reason) == (ExpertStatus.DECLINED, "Too far from our fields.")
        assert "Too far from our fields." in Notice.objects.get(user=new.user).body

    @pytest.mark.parametrize("office", [Role.COORDINATOR, Role.ADMINISTRATOR, Role.COMMITTEE_CHAIR])
    def test_nobody_but_a_chief_decides(self, office):
        with pytest.raises(PermissionDenied):
            experts.accept(expert=applicant(), by=office_holder(office))

    def test_a_chief_does_not_decide_on_themself(self):
        chief = chief_coordinator()
        with pytest.raises(PermissionDenied):
            experts.accept(expert=applicant(user=chief), by=chief)

    def test_what_is_decided_is_not_decided_again(self):
        with pytest.raises(WrongStatus):
            experts.decline(expert=expert(), by=chief_coordinator(), reason="Late.")

    def test_who_was_declined_may_apply_again_with_better_words(self):
        new = applicant()
        experts.decline(expert=new, by=chief_coordinator(), reason="Say more.")
        experts.reapply(expert=new, by=new.user, biography_en="Thirty years of gears.")
        assert (new.status, new.biography_en) == (ExpertStatus.APPLIED, "Thirty years of gears.")


class TestInviting:
    def test_a_person_of_the_portal_is_asked_and_joins(self):
        person = UserFactory()
        asked = experts.invite(user=person, by=office_holder(Role.COORDINATOR), headline_en="Gears")
        assert (asked.status, subjects_of(person)) == (
            ExpertStatus.INVITED,
            ["You are invited to join the expert pool"],
        )
        experts.join(expert=asked, by=person)
        assert asked.status == ExpertStatus.ACCEPTED
        assert found("gears", person) == [asked.pk]

    def test_a_stranger_gets_an_account_and_a_mail_with_the_way_in(self, run_tasks):
        asked = experts.invite(email="New@Example.org", name="Park Jisoo", language="en", by=chief_coordinator())
        run_tasks()
        (message,) = mail.outbox
        assert (message.to, message.subject) == (["new@example.org"], "You are invited to join the expert pool")
        assert "/account/password/reset/key/" in message.body
        assert f"/experts/{asked.pk}/" in message.body

    def test_only_the_invited_person_answers(self):
        asked = invited()
        for answer in (experts.join, experts.refuse):
            with pytest.raises(PermissionDenied):
                answer(expert=asked, by=chief_coordinator())

    def test_who_refused_may_be_asked_again(self):
        asked = invited()
        experts.refuse(expert=asked, by=asked.user)
        assert asked.status == ExpertStatus.DECLINED
        again = experts.invite(user=asked.user, by=chief_coordinator())
        assert (again.pk, again.status) == (asked.pk, ExpertStatus.INVITED)

    @pytest.mark.parametrize(("made", "words"), [(expert, "in the pool already"), (applicant, "has applied already")])
    def test_who_is_here_is_not_invited(self, made, words):
        with pytest.raises(ValidationError, match=words):
            experts.invite(user=made().user, by=chief_coordinator())

    def test_members_do_not_invite(self):
        with pytest.raises(PermissionDenied):
            experts.invite(email="x@example.org", by=UserFactory())


class TestLeaving:
    def test_who_leaves_is_found_no_more(self):
        one = expert(headline_en="Gears", is_public=True)
        experts.leave(expert=one, by=one.user)
        assert (one.status, found("gears")) == (ExpertStatus.LEFT, [])

    def test_nobody_leaves_for_another(self):
        with pytest.raises(PermissionDenied):
            experts.leave(expert=expert(), by=chief_coordinator())

    def test_a_chief_removes_with_a_reason(self):
        one = expert()
        with pytest.raises(ValidationError, match="Say why"):
            experts.remove(expert=one, by=chief_coordinator())
        experts.remove(expert=one, by=chief_coordinator(), reason="Moved abroad.")
        assert (one.status, one.decision_reason) == (ExpertStatus.LEFT, "Moved abroad.")


class TestProfile:
    def test_one_edits_ones_own_and_the_index_follows(self):
        one = expert(headline_en="Gears", is_public=True)
        experts.update_profile(expert=one, by=one.user, headline_en="Castings", specialities=[process("Forging")])
        assert (found("gears"), found("castings"), found("forging")) == ([], [one.pk], [one.pk])

    def test_nobody_edits_anothers(self):
        with pytest.raises(PermissionDenied):
            experts.update_profile(expert=expert(), by=chief_coordinator(), headline_en="Mine")

    def test_away_until_a_day_to_come(self):
        one = expert()
        yesterday = timezone.localdate() - timedelta(days=1)
        with pytest.raises(ValidationError, match="This day is over"):
            experts.set_availability(expert=one, by=one.user, availability=Availability.AWAY, away_until=yesterday)

    def test_who_is_back_is_away_until_no_day(self):
        one = expert(availability=Availability.AWAY, away_until=timezone.localdate() + timedelta(days=9))
        back = experts.set_availability(expert=one, by=one.user, availability=Availability.OPEN)
        assert (back.availability, back.away_until) == (Availability.OPEN, None)

    def test_a_limit_is_between_1_and_20(self):
        one = expert()
        with pytest.raises(ValidationError):
            experts.update_profile(expert=one, by=one.user, limit=0)


class TestWork:
    def test_open_work_is_load_and_closed_work_is_past_work(self):
        one = expert()
        work = open_work(one, "Noise of a gearbox")
        row = Expert.objects.with_load().get()
        assert (row.load, row.helped, row.rating) == (1, 0, None)
        experts.close_engagement(engagement=work, by=chief_coordinator(), rating=5)
        row = Expert.objects.with_load().get()
        assert (row.load, row.helped, row.rating) == (0, 1, 5.0)
        assert subjects_of(one.user)[-1] == "Recorded for you: Noise of a gearbox"

    def test_past_work_is_found_by_members_only(self):
        one = expert(is_public=True)
        past_work(one, "Noise of a gearbox")
        assert found("gearbox") == []
        assert found("gearbox", one.user) == [one.pk]

    def test_beyond_the_limit_only_with_a_reason(self):
        one = expert(limit=1)
        open_work(one)
        with pytest.raises(ValidationError, match="at work on 1 case already and takes 1 at once"):
            open_work(one)
        forced = open_work(one, beyond_limit_because="Agreed on the telephone.")
        assert (
            AuditEntry.objects.get(action="open_engagement", target_id=forced.pk).reason == "Agreed on the telephone."
        )

    def test_work_goes_to_the_pool_only(self):
        with pytest.raises(ValidationError, match="experts of the pool only"):
            open_work(applicant())

    def test_closed_work_is_not_closed_again(self):
        work = past_work(expert())
        with pytest.raises(ValidationError, match="closed already"):
            experts.close_engagement(engagement=work, by=chief_coordinator())

    def test_work_does_not_end_before_it_began(self):
        work = open_work(expert(), started_on=date(2025, 3, 3))
        with pytest.raises(ValidationError, match="before it began"):
            experts.close_engagement(engagement=work, by=chief_coordinator(), ended_on=date(2025, 2, 3))

    def test_members_record_nothing(self):
        with pytest.raises(PermissionDenied):
            experts.open_engagement(expert=expert(), by=UserFactory(), title_en="Mine", field=Field.RND)

    def test_nobody_rates_their_own_work(self):
        chief = chief_coordinator()
        work = open_work(expert(user=chief))
        with pytest.raises(PermissionDenied):
            experts.close_engagement(engagement=work, by=chief, rating=5)

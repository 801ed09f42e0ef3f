"""The finder: who is found for a problem told in one's own words, why, and in which order."""

from datetime import date

import pytest

from ecluster.accounts.permissions import Role
from members.matching import Kind, find_experts, listen
from members.matching.reasons import Evidence, rarity, reasons_for
from members.matching.telling import told
from members.models import Availability, Field, Term
from tests.factories.accounts import UserFactory, office_holder
from tests.factories.experts import applicant, expert, open_work, past_work
from tests.factories.organisations import listed, process
from tests.factories.people import colleague_at

FIND = "/experts/find/"


@pytest.fixture
def grinding(db) -> Term:
    return process("Grinding", "연삭", synonyms="연마, 그라인딩, surface grinding")


@pytest.fixture
def asker(db):
    return office_holder(Role.COORDINATOR)


def found(problem: str, asker) -> list[int]:
    return [match.expert.pk for match in find_experts(problem, asker).matches]


def reasons(problem: str, asker) -> list[str]:
    (match,) = find_experts(problem, asker).matches
    return [sentence for _reason, sentence in told(match)]


class TestListening:
    @pytest.mark.parametrize(
        ("problem", "said"),
        [
            ("평면 연삭을 하는데 표면이 거칩니다", "연삭"),
            ("그라인딩 후에 열이 납니다", "그라인딩"),
            ("Our ground parts burn in surface grinding.", "surface grinding"),
            ("grindings are rough", "Grinding"),
        ],
    )
    def test_a_term_is_heard_by_any_of_its_words_in_either_language(self, grinding, problem, said):
        (term,) = listen(problem, [grinding]).terms
        assert (term.pk, term.said) == (grinding.pk, said)

    @pytest.mark.parametrize("text", ["사출성형 조건", "사출 성형 조건", "사출성형을 합니다"])
    def test_korean_spacing_does_not_matter(self, db, text):
        moulding = process("Injection moulding", "사출 성형")
        assert [term.pk for term in listen(text, [moulding]).terms] == [moulding.pk]

    def test_a_word_within_another_word_is_not_heard(self, db):
        assert listen("We sell microplates", [process("Plate", "판금")]).terms == ()

    @pytest.mark.parametrize(
        ("problem", "field"),
        [
            ("해외 바이어를 찾고 수출하고 싶습니다", Field.MARKETING),
            ("신입 사원을 어떻게 교육할까요", Field.EDUCATION),
            ("We need a loan and look for an investor", Field.MANAGEMENT),
            ("The gearbox makes noise and vibration", Field.RND),
        ],
    )
    def test_a_field_is_heard_by_its_words(self, problem, field):
        assert [heard for heard, _words in listen(problem, []).fields] == [field]

    @pytest.mark.parametrize("text", ["", "   ", "?!.,", "x" * 10_000, "\0", "가" * 10_000])
    def test_nothing_is_heard_in_nothing(self, grinding, text):
        assert listen(text, [grinding]).terms == ()


class TestFinding:
    def test_a_korean_problem_finds_who_describes_themself_in_english(self, grinding, asker):
        in_english = expert(biography_en="Thirty years of surface grinding.")
        assert found("연삭 후에 표면이 거칩니다", asker) == [in_english.pk]
        assert reasons("연삭 후에 표면이 거칩니다", asker) == ["Writes of or worked on Grinding (you wrote “연삭”)"]

    def test_a_speciality_beats_a_mention_and_a_mention_beats_a_field(self, grinding, asker):
        field = expert(in_rnd=True, biography_en="Burr and more burr")
        mention = expert(in_rnd=True, biography_en="Grinding now and then")
        special = expert(in_rnd=True, specialities=[grinding])
        assert found("연삭할 때 burr 가 생깁니다", asker) == [special.pk, mention.pk, field.pk]

    def test_each_reason_is_told_with_what_was_written(self, grinding, asker):
        one = expert(in_rnd=True, specialities=[grinding], headline_en="Chatter of spindles")
        past_work(one, "A noisy gearbox")
        assert reasons("연마할 때 chatter 가 심하고 gearbox 소리가 큽니다", asker) == [
            "Speciality: Grinding (you wrote “연마”)",
            "“chatter” stands in the profile",
            "Past work: A noisy gearbox (“gearbox”)",
            "Field: R&D (you wrote: chatter, 연마)",
        ]

    def test_the_points_are_the_sum_of_the_reasons_told(self, grinding, asker):
        expert(in_rnd=True, specialities=[grinding], availability=Availability.LIMITED)
        (match,) = find_experts("grinding", asker).matches
        assert [reason.points for reason in match.reasons] == [10, 3, -2.6]
        assert match.points == 10.4

    def test_who_is_away_or_busy_comes_later_and_it_is_told(self, grinding, asker):
        away = expert(specialities=[grinding], availability=Availability.AWAY)
        busy = expert(specialities=[grinding], limit=1)
        open_work(busy)
        free = expert(specialities=[grinding])
        matches = find_experts("grinding", asker).matches
        assert [match.expert.pk for match in matches] == [free.pk, busy.pk, away.pk]
        assert [told(match)[-1][1] for match in matches] == [
            "Speciality: Grinding",
            "Busy: at work on 1 of at most 1",
            "Away",
        ]

    def test_what_fewer_experts_have_counts_more(self, asker):
        common, rare = process("Machining", "절삭"), process("Honing", "호닝")
        with_common = [expert(specialities=[common]) for _ in range(4)]
        with_rare = expert(specialities=[rare])
        assert found("machining and honing", asker)[0] == with_rare.pk
        assert len(with_common) == 4

    def test_who_works_where_the_problem_comes_from_is_flagged(self, grinding):
        organisation = listed()
        inside = expert(specialities=[grinding], organisation=organisation)
        outside = expert(specialities=[grinding])
        matches = find_experts("grinding", colleague_at(organisation)).matches
        assert {match.expert.pk: match.has_conflict for match in matches} == {inside.pk: True, outside.pk: False}

    def test_a_caller_says_whose_problem_it_is(self, grinding, asker):
        organisation = listed()
        expert(specialities=[grinding], organisation=organisation)
        (match,) = find_experts("grinding", asker, organisation_ids=[organisation.pk]).matches
        assert match.has_conflict

    def test_only_the_pool_is_searched_and_nobody_finds_themself(self, grinding):
        applicant(specialities=[grinding])
        me = expert(specialities=[grinding], organisation=None).user
        assert found("grinding", me) == []

    def test_words_that_everybody_uses_find_nobody(self, asker):
        expert(biography_en="Solves problems of firms and helps people")
        assert found("We have a problem, please help our firm", asker) == []

    def test_where_no_word_fits_those_of_the_field_are_found(self, asker):
        marketing = expert(in_marketing=True)
        expert(in_rnd=True)
        assert found("수출 판로를 찾습니다", asker) == [marketing.pk]

    def test_it_costs_the_same_for_one_and_for_three(self, grinding, asker, django_assert_num_queries):
        def one_more() -> None:
            past_work(expert(specialities=[grinding], organisation=listed()), started_on=date(2025, 1, 6))

        one_more()
        found("연삭 chatter", asker)
        with django_assert_num_queries(6):
            found("연삭 chatter", asker)
        one_more(), one_more()
        with django_assert_num_queries(6):
            found("연삭 chatter", asker)


class TestWeighing:
    def test_rarity_goes_from_one_to_a_fifth(self):
        assert [rarity(1, 100), rarity(10, 100), rarity(100, 100)] == [1.0, 0.6, 0.2]

    def test_a_word_within_one_that_counted_is_not_counted_again(self):
        evidence = Evidence(words={"사출성형": "b", "사출": "b", "성형": "c"})
        assert [reason.said for reason in reasons_for(listen("", []), evidence, {})] == ["사출성형"]

    def test_nothing_in_common_is_no_reason(self):
        away = Evidence(availability=Availability.AWAY)
        assert reasons_for(listen("", []), away, {}) == []

    def test_the_best_place_of_a_word_counts(self):
        (reason,) = reasons_for(listen("", []), Evidence(words={"chatter": "cd"}), {})
        assert (reason.kind, reason.points) == (Kind.PAST_WORK, 3)


class TestThePage:
    def test_it_shows_people_with_their_reasons(self, grinding, asker, client_for):
        one = expert(user=UserFactory(name_en="Lee Mina"), specialities=[grinding])
        client = client_for(asker)
        for answer in (client.get(FIND, {"problem": "연삭"}), client.post(FIND, {"problem": "연삭"})):
            html = answer.content.decode()
            assert f'data-id="{one.pk}"' in html
            assert "Speciality: Grinding (you wrote “연삭”)" in html

    def test_it_asks_for_more_where_nobody_is_found(self, asker, client_for):
        html = client_for(asker).get(FIND, {"problem": "hello"}).content.decode()
        assert "Nobody was found for this" in html

    def test_a_text_that_is_too_long_is_kept_and_said(self, asker, client_for):
        html = client_for(asker).post(FIND, {"problem": "a" * 4_001}).content.decode()
        assert "at most 4000 characters" in html

    def test_it_is_for_members_and_the_agency(self, client_for, client):
        assert client_for(colleague_at(listed())).get(FIND).status_code == 200
        assert client_for(UserFactory()).get(FIND).status_code == 404
        assert client.get(FIND).status_code == 302

"""What a visitor's query must not reach."""

from ecluster.search import engine as search
from ecluster.search.models import Audience
from tests.search.shelf import VISITOR, finds, ids


def test_a_visitor_does_not_find_by_the_words_of_the_members_side(shelf, member):
    row = shelf.put(a="한빛", d="비밀공정 turbine")

    for word in ("비밀공정", "turbine", "turb"):
        assert not finds(word, row, VISITOR)
        assert finds(word, row, member)
    assert not finds("한빛 turbine", row, VISITOR)


def test_a_document_of_the_members_is_unknown_to_a_visitor(shelf, member):
    row = shelf.put(a="한빛", audience=Audience.MEMBERS, facets={"class": ["expert"]})

    assert ids("한빛", VISITOR) == ids("", VISITOR) == set()
    assert ids("한빛", member) == ids("", member) == {row.pk}
    assert search.total(search.Query("thing", "", VISITOR)) == search.Total(0)
    assert search.total(search.Query("thing", "", member)) == search.Total(1)
    assert search.facet_counts(search.Query("thing", "", VISITOR)) == {}
    assert search.facet_counts(search.Query("thing", "", member)) == {"class": {"expert": search.Total(1)}}


def test_a_restricted_kind_shows_what_its_model_lets_see(shelf, member):
    row = shelf.put(a="심의", kind="body", facets={"class": ["agency"]})

    assert ids("심의", VISITOR, "body") == ids("", VISITOR, "body") == set()
    assert ids("심의", member, "body") == ids("", member, "body") == {row.pk}
    assert search.total(search.Query("body", "", VISITOR)) == search.Total(0)
    assert search.facet_counts(search.Query("body", "", VISITOR)) == {}
    assert search.facet_counts(search.Query("body", "", member)) == {"class": {"agency": search.Total(1)}}


def test_an_unlisted_object_is_nowhere(shelf, member):
    row = shelf.put(a="한빛", facets={"class": ["company"]})
    shelf.hide(row)

    assert ids("한빛", member) == set()
    assert search.total(search.Query("thing", "", member)) == search.Total(0)
    assert search.facet_counts(search.Query("thing", "", member)) == {}


def test_reasons_do_not_name_the_members_side_to_a_visitor(shelf, member):
    row = shelf.put(a="한빛", c="turbine", d="turbine 한빛")

    told = [search.explain(search.Query("thing", "한빛 turbine", user), [row.pk]) for user in (VISITOR, member)]

    assert told == [
        {row.pk: [search.Reason("한빛", "a"), search.Reason("turbine", "c")]},
        {row.pk: [search.Reason("한빛", "ad"), search.Reason("turbine", "cd")]},
    ]


def test_a_typo_of_a_word_on_the_members_side_is_corrected_for_members_only(shelf, member):
    shelf.put(a="한빛", d="turbine")

    assert search.corrected(search.Query("thing", "turbone", VISITOR)) is None
    assert search.corrected(search.Query("thing", "turbone", member)).text == "turbine"


def test_a_public_word_that_is_gone_from_public_texts_is_not_suggested(shelf):
    row = shelf.put(a="한빛", b="turbine")
    shelf.change(row, text_b=[], text_d=["turbine"])

    assert search.corrected(search.Query("thing", "turbone", VISITOR)) is None

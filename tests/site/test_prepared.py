"""A prepared query answers as its QuerySet would, whatever values it is asked for, and is composed once."""

import pytest
from django.db.models import CharField, IntegerField

from ecluster.prepared import prepared
from members.models import Industry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def industries():
    parent = Industry.objects.create(scheme="ksic", code="25", level=2, name_ko="금속 가공")
    Industry.objects.create(scheme="ksic", code="251", level=3, name_ko="구조용 금속", parent=parent)
    Industry.objects.create(scheme="nace", code="25.6", level=3, name_en="Machining")


@prepared(code=CharField())
def starting_with(code):
    return Industry.objects.filter(code__gte=code).order_by("code")


@prepared(codes=CharField())
def among(codes, scheme):
    return Industry.objects.filter(code__in=codes, scheme=scheme).order_by("code").values_list("code", "name_ko")


@prepared(code=CharField())
def with_parent(code):
    return Industry.objects.filter(code=code).select_related("parent")


@prepared(levels=IntegerField())
def at_levels(levels):
    return Industry.objects.filter(level__in=levels).order_by("code")


@prepared(level=IntegerField())
def above(level):
    return Industry.objects.filter(level__gt=level).order_by("code")


def test_answers_each_call_with_its_own_values():
    assert [industry.code for industry in starting_with(code="251")] == ["251"]
    assert [industry.code for industry in starting_with(code="2500")] == ["251"]


def test_takes_lists_of_any_length_and_arguments_that_shape_the_query():
    assert among(codes=["25", "251"], scheme="ksic") == [("25", "금속 가공"), ("251", "구조용 금속")]
    assert among(codes=["25.6"], scheme="ksic") == []
    assert among(codes=["25.6"], scheme="nace") == [("25.6", "")]


def test_brings_related_rows_along(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert with_parent(code="251")[0].parent.name_ko == "금속 가공"


def test_refuses_none_which_sql_asks_for_in_other_words():
    with pytest.raises(ValueError, match="None is no value"):
        starting_with(code=None)


@pytest.mark.parametrize("number", [10**30, 2**63, -(2**63) - 1])
def test_no_row_has_a_number_out_of_its_fields_range(number):
    assert above(level=number) == []


def test_a_number_out_of_range_is_left_out_of_a_list():
    assert [industry.code for industry in at_levels(levels=[10**30, 2])] == ["25"]
    assert at_levels(levels=[10**30]) == []


def test_no_row_has_a_text_with_nul():
    assert starting_with(code="25\0") == []
    assert among(codes=["251", "25\0"], scheme="ksic") == [("251", "구조용 금속")]


def test_a_value_is_never_read_as_sql():
    assert among(codes=["25' OR '1'='1"], scheme="ksic") == []

"""Which organisations are taken for the same one as a newcomer, and why."""

import pytest

from members.duplicates import domain_of, likely_duplicates, plain_name
from tests.factories.memberships import active_membership, newcomer
from tests.factories.mini_clusters import chief_coordinator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["(주)한빛정밀", "주식회사 한빛정밀", "한빛 정밀 ㈜", "한빛정밀(주)", "한빛정밀"])
def test_a_korean_name_is_the_same_whatever_its_legal_form(name):
    assert plain_name(name) == "한빛정밀"


@pytest.mark.parametrize("name", ["Hanbit Precision Co., Ltd.", "HANBIT PRECISION CO.,LTD", "Hanbit-Precision Inc."])
def test_an_english_name_is_the_same_whatever_its_legal_form(name):
    assert plain_name(name) == "hanbitprecision"


def test_a_decomposed_name_is_the_same():
    import unicodedata

    assert plain_name(unicodedata.normalize("NFD", "한빛정밀")) == "한빛정밀"


def test_everybodys_mail_says_nothing():
    assert (domain_of("kim@naver.com"), domain_of("kim@hanbit.example")) == ("", "hanbit.example")
    assert domain_of("https://www.hanbit.example/ko") == "hanbit.example"


@pytest.mark.parametrize(
    ("facts", "other", "reason"),
    [
        ({"name_ko": "(주)한빛정밀"}, {"name_ko": "한빛 정밀"}, "the same name"),
        ({"name_en": "Hanbit Precision Co., Ltd."}, {"name_en": "HANBIT PRECISION"}, "the same name"),
        ({"name_en": "Hanbit Precision Machinery"}, {"name_en": "Hanbit Precision Machineri"}, "a similar name"),
        ({"website": "https://hanbit.example"}, {"website": "http://www.hanbit.example/en"}, "the same website"),
        (
            {"contact_email": "kim@hanbit.example"},
            {"contact_email": "lee@hanbit.example"},
            "the same e-mail domain",
        ),
        ({"address_ko": "창원시 성산구 1"}, {"address_ko": "창원시 성산구 1"}, "the same address"),
    ],
)
def test_the_reason_is_told(facts, other, reason):
    blank = {"name_ko": "가나다", "name_en": "Ganada Works"}
    known = active_membership(newcomer(**{"name_ko": "라마바", "name_en": "Ramaba Foundry"} | other)).organisation
    found = likely_duplicates(newcomer(**blank | facts), chief_coordinator())
    assert [(one.organisation, one.reasons) for one in found] == [(known, [reason])]


def test_other_firms_of_the_trade_are_not_taken_for_it():
    active_membership(newcomer(name_ko="대성정밀", name_en="Daesung Precision"))
    active_membership(newcomer(name_ko="한빛금형", name_en="Hanbit Mould"))
    assert likely_duplicates(newcomer(name_ko="한빛정밀", name_en="Hanbit Precision"), chief_coordinator()) == []


def test_the_trade_in_a_name_does_not_make_it_alike():
    active_membership(newcomer(name_ko="", name_en="Namkyung Machine Tools Co., Ltd."))
    assert likely_duplicates(newcomer(name_ko="", name_en="Dongmyung Machine Tools"), chief_coordinator()) == []


def test_another_newcomer_is_found_too():
    first = newcomer(registration_number="1208147521", name_ko="가", name_en="A works")
    second = newcomer(name_ko="나", name_en="B foundry")
    second.applications.create(contact_name="Kim", contact_email="kim@b.example", registration_number="1208147521")
    found = likely_duplicates(second, chief_coordinator())
    assert [(one.organisation, one.reasons) for one in found] == [(first, ["the same registration number"])]

"""Before anything is loaded, each row says what it would do, or what is wrong with it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from members.models import Organisation, Term
from tests.factories.accounts import administrator
from tests.factories.imports import extract, previewed, sheet, told, uploaded
from tests.factories.memberships import newcomer
from tests.factories.mini_clusters import MiniClusterFactory
from tests.factories.organisations import industry, listed, process, term

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def admin():
    return administrator()


def test_columns_are_guessed_from_korean_and_english_headings(admin):
    batch = uploaded(admin, extract("korean_firms_abroad.csv"))
    assert batch.mapping["headings"] == {
        "name_ko": "회사명.국문.",
        "name_en": "회사명.영문.",
        "summary_ko": "취급분야",
        "founded_year": "진출년도",
        "employees": "현지채용",
        "address_ko": "주소",
        "website": "홈페이지",
    }


def test_a_column_called_kind_is_the_class_only_where_its_words_are_classes(admin):
    first = uploaded(admin, sheet("기업명,구분", "한빛정밀,아시아"))
    second = uploaded(admin, sheet("상호,구분", "한빛정밀,대학교"))
    assert ("org_class" in first.mapping["headings"], second.mapping["headings"]["org_class"]) == (False, "구분")


def test_the_mapping_of_the_same_headings_is_remembered(admin, run_tasks):
    previewed(admin, sheet("firm,what", "Hanbit,x"), run_tasks, headings={"name_en": "firm", "summary_en": "what"})
    again = uploaded(admin, sheet("what,firm", "y,Daesung"))
    assert again.mapping["headings"] == {"name_en": "firm", "summary_en": "what"}


def test_every_wrong_row_is_told_by_row_column_and_reason(admin, run_tasks):
    file = sheet(
        "기업명,구분,종업원수,설립연도,이메일,사업자등록번호",
        "한빛정밀,기업,many,2005,a@b.kr,",
        "",
        "대성기공,기업,12,later,nobody,123-45-67890",
        ",기업,,,,",
    )
    batch = previewed(admin, file, run_tasks)
    assert told(batch, "bad") == [
        (2, [["persons employed", "“many” is no whole number."]]),
        (
            4,
            [
                [
                    "business registration number",
                    "“123-45-67890”: This is no registration number: its last digit doesn't fit the others. "
                    "Is one mistyped?",
                ],
                ["founded in", "“later” is no year up to now."],
                ["contact e-mail", "“nobody”: Enter a valid email address."],
            ],
        ),
        (5, [["name in Korean", "One of these is needed: name in Korean, name in English."]]),
    ]


def test_what_is_listed_twice_is_told(admin, run_tasks):
    file = sheet("기업명,name,구분", "㈜한빛정밀,Hanbit,기업", "한빛정밀 주식회사,Hanvit,기업", "대성기공,Hanbit,기업")
    batch = previewed(admin, file, run_tasks)
    assert told(batch, "bad") == [(3, [["", "Row 2 is about the same organisation."]])]
    assert batch.added == 2


def test_a_name_that_two_organisations_bear_is_told_as_ambiguous(admin, run_tasks):
    first, second = newcomer(name_ko="한빛정밀", name_en=""), newcomer(name_ko="한빛정밀", name_en="")
    batch = previewed(admin, sheet("기업명,구분", "한빛정밀,기업"), run_tasks)
    names = f"한빛정밀 ({first.pk}); 한빛정밀 ({second.pk})"
    reason = f"It may be any of these: {names}. A registration number would tell which."
    assert told(batch, "bad") == [(2, [["", reason]])]


def test_a_registration_number_decides_before_the_name(admin, run_tasks):
    newcomer(name_ko="한빛정밀", name_en="", registration_number="1248100998")
    batch = previewed(
        admin,
        sheet("기업명,구분,사업자등록번호", "새이름정밀,기업,124-81-00998", "한빛정밀,기업,220-81-62517"),
        run_tasks,
    )
    assert told(batch, "change") == [(2, [["name in Korean", "한빛정밀", "새이름정밀"]])]
    assert batch.added == 1


def test_words_of_the_vocabulary_are_known_in_both_languages_and_as_synonyms(admin, run_tasks):
    process("Grinding", "연삭", synonyms="그라인딩")
    term(Term.Kind.REGION, "Gimhae", "김해시")
    industry("25", name_ko="금속 가공제품 제조업")
    file = sheet("기업명,구분,공정,지역,업종", "한빛정밀,firm,그라인딩,Gimhae-si,C25")
    changes = {column: new for column, _old, new in told(previewed(admin, file, run_tasks), "add")[0][1]}
    assert (changes["processes"], changes["region"]) == ("Grinding", "Gimhae")
    assert changes["industries"] == "25 금속 가공제품 제조업"


def test_words_that_are_not_known_are_errors_unless_they_are_left_out(admin, run_tasks):
    process("Grinding", "연삭")
    file = sheet("기업명,구분,공정", "한빛정밀,기업,연삭; 마법")
    assert told(previewed(admin, file, run_tasks), "bad") == [(2, [["processes", "Not known here: “마법”."]])]
    batch = previewed(admin, sheet("기업명,구분,공정", "한빛정밀,기업,연삭; 마법"), run_tasks, lenient=["processes"])
    assert told(batch, "add")[0][1][-1] == ["processes", "", "Grinding"]


def test_a_formula_is_text_and_the_mark_of_our_own_export_is_taken_off(admin, run_tasks):
    file = sheet("기업명,구분,취급분야", "=1+1,기업,'=SUM(A1:A9)", "한빛정밀,기업,'quoted'")
    added = told(previewed(admin, file, run_tasks), "add")
    assert [changes[-2:] for _row, changes in added] == [
        [["name in Korean", "", "=1+1"], ["what it makes or does, in Korean", "", "=SUM(A1:A9)"]],
        [["name in Korean", "", "한빛정밀"], ["what it makes or does, in Korean", "", "'quoted'"]],
    ]


def test_a_preview_writes_nothing(admin, run_tasks):
    previewed(admin, sheet("기업명,구분", "한빛정밀,기업"), run_tasks)
    assert Organisation.objects.count() == 0


def test_a_sheet_in_the_encoding_of_korean_windows_is_read(admin, run_tasks):
    batch = previewed(admin, sheet("기업명,구분", "한빛정밀,기업", encoding="cp949"), run_tasks)
    assert batch.rows.get().label == "한빛정밀"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("기업명,구분",), "The sheet has headings, but no rows below them."),
        (("기업명,기업명", "a,b"), "Two columns are called “기업명”. Give each its own heading."),
        (("기업명,구분", "a,b,c,d"), "Row 2 has 4 cells, but the header has 2."),
        (("", " "), "The sheet is empty."),
        (("기업명", *("a",) * 20_001), "The sheet has more than 20,000 rows."),
    ],
)
def test_a_sheet_that_can_not_be_used_says_why(admin, lines, reason):
    with pytest.raises(ValidationError) as told_why:
        uploaded(admin, sheet(*lines))
    assert told_why.value.message_dict == {"file": [reason]}


def test_the_number_of_queries_does_not_grow_with_the_rows(admin, run_tasks, django_assert_num_queries):
    from members.actions.imports import work

    for rows in (1, 30):
        lines = [f"한빛정밀{rows}{i},기업,{i}" for i in range(rows)]
        batch = previewed(admin, sheet("기업명,구분,종업원수", *lines), run_tasks)
        with django_assert_num_queries(3):  # the person, the file, the organisations that there are
            work._plan(batch)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_our_own_export_comes_in_again_and_changes_nothing(admin, run_tasks, client_for, language):
    listed(
        MiniClusterFactory(name_ko="기계", name_en="Machinery"),
        name_ko="-한빛-",
        employees=12,
        contact_phone="+82 55 123 4567",
        region=term(Term.Kind.REGION, "Gimhae", "김해시"),
        processes=[
            {"process": process("Grinding", "연삭"), "is_core": True},
            {"process": process("Milling", "밀링"), "is_core": False},
        ],
    )
    admin.language = language
    admin.save()
    exported = client_for(admin).get(reverse("members:organisation-list"), {"format": "csv"})
    content = b"".join(exported.streaming_content).decode("utf-8-sig")
    assert "'+82 55 123 4567" in content
    with translation.override(language):
        batch = previewed(admin, sheet(content), run_tasks)
    assert len(batch.mapping["headings"]) == 15
    assert (batch.wrong, batch.added, batch.changed, batch.unchanged) == (0, 0, 0, 1)

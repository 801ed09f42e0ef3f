"""People and experts from a sheet: known again by address, asked and not forced."""

import pytest
from django.utils import translation

from ecluster.accounts.models import User
from members.models import Affiliation, Expert
from tests.factories.accounts import UserFactory, administrator
from tests.factories.imports import loaded, previewed, sheet, told
from tests.factories.memberships import newcomer
from tests.factories.organisations import process

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def admin():
    return administrator()


def test_people_get_an_account_and_belong_to_their_organisation_once(admin, run_tasks, mailoutbox):
    firm = newcomer(name_ko="한빛정밀")
    lines = "이름,이메일,소속,직책,관리자", "김하나,Hana@Example.org,㈜한빛정밀,과장,예"
    loaded(admin, sheet(*lines), run_tasks, kind="people")
    person = User.objects.get(email="hana@example.org")
    affiliation = Affiliation.objects.get(organisation=firm)
    assert (person.name_ko, affiliation.user, affiliation.title) == ("김하나", person, "과장")
    assert (affiliation.is_manager, [mail.to for mail in mailoutbox]) == (True, [["hana@example.org"]])
    assert previewed(admin, sheet(*lines), run_tasks, kind="people").unchanged == 1


def test_a_person_who_is_here_keeps_their_name_and_joins(admin, run_tasks):
    firm, person = newcomer(name_ko="한빛정밀"), UserFactory(email="hana@example.org", name_ko="김하나")
    batch = loaded(admin, sheet("이름,이메일,소속", "박둘,hana@example.org,한빛정밀"), run_tasks, kind="people")
    person.refresh_from_db()
    assert (batch.changed, person.name_ko, person.affiliations.get().organisation) == (1, "김하나", firm)


def test_what_is_wrong_about_people_is_told(admin, run_tasks):
    UserFactory(email="gone@example.org", is_active=False)
    file = sheet(
        "이름,이메일,소속",
        "김하나,hana@example.org,모르는곳",
        "박둘,gone@example.org,",
        "이셋,set@example.org,",
        "이셋,set@example.org,",
        "최넷,,",
    )
    assert told(previewed(admin, file, run_tasks, kind="people"), "bad") == [
        (2, [["organisation", "There is no organisation “모르는곳” here."]]),
        (3, [["e-mail address", "The account of this address was closed or switched off."]]),
        (5, [["", "Row 4 says the same."]]),
        (6, [["e-mail address", "This is needed, and the cell is blank."]]),
    ]


def test_experts_are_invited_with_a_profile_and_not_put_into_the_pool(admin, run_tasks, mailoutbox):
    grinding, firm = process("Grinding", "연삭"), newcomer(name_ko="한빛정밀")
    lines = (
        "성명,이메일,소속,직위,분야,전문기술,언어",
        "김하나,hana@example.org,한빛정밀,교수,기술개발;교육,연삭,한국어/영어",
        "박둘,dul@example.org,어떤대학교,부교수,마케팅,,영어",
    )
    loaded(admin, sheet(*lines), run_tasks, kind="experts")
    hana, dul = Expert.objects.order_by("pk")
    assert (hana.status, hana.organisation, hana.position) == ("invited", firm, "교수")
    assert ([str(f.value) for f in hana.fields], list(hana.specialities.all())) == (["rnd", "education"], [grinding])
    assert (hana.languages, dul.employer, dul.in_marketing) == (["ko", "en"], "어떤대학교", True)
    assert len(mailoutbox) == 2
    again = previewed(admin, sheet(*lines), run_tasks, kind="experts")
    assert (again.added, again.unchanged, again.rows.first().remark) == (
        0,
        2,
        "Known to the pool (invited); the profile is theirs to change.",
    )

"""Experts: each is asked into the pool, and answers for themself."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import cleaning
from members.actions import experts
from members.importing import cells
from members.importing.columns import Column, Kind
from members.importing.people import EMAIL, NAME, Known, find_organisations
from members.importing.rows import Planner, Row
from members.languages import LANGUAGES
from members.models import Expert, Field, Organisation, Term

FIELD_WORDS = {
    Field.MANAGEMENT: ("general management", "경영", "경영일반", "경영 일반", "일반경영"),
    Field.RND: ("R&D", "연구개발", "기술개발", "기술", "research"),
    Field.EDUCATION: ("교육", "인력양성", "training"),
    Field.MARKETING: ("마케팅", "판로", "sales"),
}
LANGUAGE_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(LANGUAGES, ()),
    "ko": ("Korean", "한국어", "국어"),
    "en": ("English", "영어"),
    "ja": ("Japanese", "일본어", "일어"),
    "zh": ("Chinese", "중국어"),
    "de": ("German", "독일어", "독어"),
    "fr": ("French", "프랑스어", "불어"),
    "es": ("Spanish", "스페인어"),
    "ru": ("Russian", "러시아어"),
    "vi": ("Vietnamese", "베트남어"),
}
_PLAIN = (
    "headline_ko",
    "headline_en",
    "biography_ko",
    "biography_en",
    "position",
    "specialities",
    "languages",
    "limit",
)


class ExpertPlanner(Planner):
    def label(self, row: Row) -> str:
        name, email = row.values.get("name", ""), row.values.get("email", "")
        return f"{name} · {email}" if name and email else name or email

    def match(self, rows: list[Row]) -> None:
        find_organisations(rows, needed=False)
        known = Known.by_address(row.values["email"] for row in rows if "email" in row.values)
        pool = {e.user_id: e for e in Expert.objects.filter(user__in=[k.user for k in known.values()])}
        seen: dict[str, int] = {}
        for row in (row for row in rows if not row.problems):
            person = known.get(row.values["email"], Known(None))
            earlier = seen.setdefault(row.values["email"], row.number)
            if person.reason:
                row.is_wrong(person.reason, self.heading("email"))
            elif person.user == self.by:
                row.is_wrong(_("This is your own address: apply to the pool instead."), self.heading("email"))
            elif earlier != row.number:
                row.is_wrong(_("Row %(row)s is about the same person.") % {"row": earlier}, self.heading("email"))
            elif person.user and person.user.pk in pool:
                self._is_known(row, pool[person.user.pk])

    def _is_known(self, row: Row, expert: Expert) -> None:
        row.target_id = expert.pk
        row.remark = _("Known to the pool (%(status)s); the profile is theirs to change.") % {
            "status": expert.get_status_display()
        }

    def compare(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if row.target_id is None:
                row.changes = [
                    (str(column.label), "", _shown(row.values[column.key]))
                    for column in self.kind.columns
                    if column.key in row.values and column.key != "email"
                ]

    def load(self, row: Row) -> None:
        profile: dict[str, Any] = {key: row.values[key] for key in _PLAIN if key in row.values}
        profile |= {f"in_{field}": True for field in row.values.get("fields", [])}
        workplace = row.values.get("organisation")
        if isinstance(workplace, Organisation):
            profile["organisation"] = workplace
        elif workplace:
            profile["employer"] = workplace
        experts.invite(by=self.by, email=row.values["email"], name=row.values["name"], **profile)


def _shown(value: Any) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _own(key: str, label, *synonyms, write=cleaning.line) -> Column:
    return Column(key, label, cells.of_field(Expert, key, write), synonyms)


def _limit(text: str, vocabulary) -> int:
    return Expert._meta.get_field("limit").clean(cells.whole_number(text, vocabulary), None)


_SPECIALITIES = (Term.Kind.PROCESS, Term.Kind.TECHNOLOGY, Term.Kind.MATERIAL, Term.Kind.CERTIFICATE)

KIND = Kind(
    key="experts",
    label=gettext_lazy("Experts"),
    lead=gettext_lazy(
        "Found again by e-mail address. Each newcomer is mailed an invitation to the pool, with the profile filled "
        "in for them to correct; they are in it once they say yes."
    ),
    columns=(
        EMAIL,
        NAME,
        _own(
            "headline_ko",
            gettext_lazy("in one line, in Korean"),
            gettext_lazy("In one line"),
            "한줄소개",
            "전공",
            "전문분야",
        ),
        _own("headline_en", gettext_lazy("in one line, in English"), "headline en", "expertise"),
        _own("biography_ko", gettext_lazy("what you have done, in Korean"), "약력", "경력", write=cleaning.paragraphs),
        _own("biography_en", gettext_lazy("what you have done, in English"), "biography", write=cleaning.paragraphs),
        Column(
            "organisation",
            gettext_lazy("works at"),
            cells.of_field(Expert, "employer"),
            (
                gettext_lazy("Workplace"),
                "소속",
                "소속기관",
                "기관명",
                "employer",
                "organisation",
                "affiliation",
                "company",
            ),
        ),
        _own("position", gettext_lazy("position"), "직위", "직책", "title"),
        Column(
            "fields",
            gettext_lazy("fields"),
            cells.choices(FIELD_WORDS),
            ("분야", "자문분야", "field"),
            gettext_lazy("General management, R&D, education, marketing."),
            has_words=True,
        ),
        Column(
            "specialities",
            gettext_lazy("specialities"),
            cells.terms(*_SPECIALITIES),
            ("세부분야", "전문기술", "키워드", "keywords", "speciality", "specialties"),
            gettext_lazy("Terms of the vocabulary."),
            has_words=True,
        ),
        Column(
            "languages",
            gettext_lazy("languages"),
            cells.choices(LANGUAGE_WORDS),
            ("언어", "외국어", "구사언어", "language"),
            has_words=True,
        ),
        Column("limit", gettext_lazy("at most so many at once"), _limit, (gettext_lazy("At most"), "동시자문한도")),
    ),
    planner=ExpertPlanner,
)

"""People: their accounts, and which organisation each belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecluster.accounts.actions.welcoming import invite_person
from ecluster.accounts.models import User
from members import cleaning
from members.actions import people
from members.importing import cells
from members.importing.columns import Column, Kind
from members.importing.matching import known_by_words
from members.importing.rows import Planner, Row
from members.models import Affiliation, Organisation

EMAIL = Column(
    "email",
    gettext_lazy("e-mail address"),
    cells.of_field(User, "email", lambda text: cleaning.line(text).lower()),
    ("이메일", "메일", "email", "e-mail", "mail"),
    is_required=True,
)
NAME = Column(
    "name",
    gettext_lazy("name"),
    cells.of_field(User, "name_ko"),
    (gettext_lazy("Name in Korean"), gettext_lazy("Name in English"), "이름", "성명", "담당자", "person", "full name"),
    is_required=True,
)


@dataclass(frozen=True)
class Known:
    """The person an address leads to, if there is one."""

    user: User | None
    reason: str = ""  # why nothing can be done with them

    @classmethod
    def by_address(cls, addresses: Iterable[str]) -> "dict[str, Known]":
        users = User.objects.filter(email__in=list(addresses))
        closed = _("The account of this address was closed or switched off.")
        return {user.email: cls(user, "" if user.is_active else closed) for user in users}


def find_organisations(rows: list[Row], *, needed: bool, key: str = "organisation", label: str = "") -> None:
    """Takes the place of the word in the column `key`: the one it means. `needed`: an error where there is none."""
    label = label or _("organisation")
    found = known_by_words(row.values[key] for row in rows if key in row.values)
    organisations = Organisation.objects.in_bulk({pk for keys in found.values() for pk in keys})
    for row in rows:
        word = row.values.get(key)
        keys = found.get(word, set()) if word else set()
        if len(keys) == 1:
            row.values[key] = organisations[next(iter(keys))]
        elif len(keys) > 1:
            reason = _("Several organisations are called “%(name)s”: give the registration number.")
            row.is_wrong(reason % {"name": word}, label)
        elif word and needed:
            row.is_wrong(_("There is no organisation “%(name)s” here.") % {"name": word}, label)


class PeoplePlanner(Planner):
    def label(self, row: Row) -> str:
        return row.values.get("email") or row.values.get("name", "")

    def match(self, rows: list[Row]) -> None:
        find_organisations(rows, needed=True)
        known = Known.by_address(row.values["email"] for row in rows if "email" in row.values)
        seen: dict[tuple, int] = {}
        for row in (row for row in rows if not row.problems):
            person = known.get(row.values["email"], Known(None))
            row.target_id = person.user.pk if person.user else None
            if person.reason:
                row.is_wrong(person.reason, self.heading("email"))
            earlier = seen.setdefault((row.values["email"], row.values.get("organisation")), row.number)
            if earlier != row.number:
                row.is_wrong(_("Row %(row)s says the same.") % {"row": earlier})

    def compare(self, rows: Iterable[Row]) -> None:
        rows = list(rows)
        current = Affiliation.objects.current().filter(user__in=[row.target_id for row in rows if row.target_id])
        there = {(affiliation.user_id, affiliation.organisation_id): affiliation for affiliation in current}
        for row in rows:
            organisation, name = row.values.get("organisation"), row.values["name"]
            if row.target_id is None:
                row.changes.append((self.heading("name"), "", name))
            affiliation = there.get((row.target_id or 0, organisation.pk)) if organisation else None
            if organisation and affiliation is None:
                row.changes.append((self.heading("organisation"), "", str(organisation)))
            if row.values.get("is_manager") and not (affiliation and affiliation.is_manager):
                row.changes.append((self.heading("is_manager"), "", _("yes")))

    def load(self, row: Row) -> None:
        email, organisation = row.values["email"], row.values.get("organisation")
        user = User.objects.filter(email=email).first() or invite_person(
            by=self.by, email=email, name=row.values["name"], language=row.values.get("language", "ko")
        )
        if organisation:
            people.affiliate(
                user=user,
                organisation=organisation,
                by=self.by,
                title=row.values.get("title", ""),
                is_manager=row.values.get("is_manager", False),
            )


KIND = Kind(
    key="people",
    label=gettext_lazy("People"),
    lead=gettext_lazy(
        "Found again by e-mail address. Who is new is mailed how to set a password. Who is here keeps their name "
        "and title: those are theirs to change."
    ),
    columns=(
        EMAIL,
        NAME,
        Column(
            "organisation",
            gettext_lazy("organisation"),
            lambda text, vocabulary: cleaning.line(text),
            ("소속", "소속기관", "기관명", "기업명", "회사명", "company", "affiliation", "사업자등록번호"),
            gettext_lazy("Its name in either language, its registration number or its identifier."),
        ),
        Column("title", gettext_lazy("job title"), cells.of_field(Affiliation, "title"), ("직위", "직책", "position")),
        Column("is_manager", gettext_lazy("manager"), cells.yes_or_no, ("기관관리자", "관리자", "is manager")),
        Column(
            "language",
            gettext_lazy("language"),
            cells.choice({"ko": ("Korean", "한국어", "한글"), "en": ("English", "영어")}),
            ("언어",),
        ),
    ),
    planner=PeoplePlanner,
)

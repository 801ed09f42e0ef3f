"""Reasons in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecluster.words import local_date
from members.matching.reasons import Kind, Match, Reason
from members.models import Expert, Field


def told(match: Match) -> list[tuple[Reason, str]]:
    return [(reason, sentence(reason, match.expert)) for reason in match.reasons]


def helped(match: Match) -> str:
    number = match.expert.helped  # type: ignore[attr-defined]
    return ngettext("helped with %(number)s case", "helped with %(number)s cases", number) % {"number": number}


def sentence(reason: Reason, expert: Expert) -> str:
    match reason.kind:
        case Kind.SPECIALITY:
            return _with_word(_("Speciality: %(name)s"), reason)
        case Kind.MENTION:
            return _with_word(_("Writes of or worked on %(name)s"), reason)
        case Kind.WORD:
            return _("“%(word)s” stands in the profile") % {"word": reason.said}
        case Kind.PAST_WORK:
            return _("Past work: %(work)s (“%(word)s”)") % {"work": reason.subject, "word": reason.said}
        case Kind.FIELD:
            field = Field(reason.subject).label  # type: ignore[arg-type]
            return _("Field: %(field)s (you wrote: %(words)s)") % {"field": field, "words": reason.said}
        case _:
            return _against(reason.kind, expert)


def _with_word(text: str, reason: Reason) -> str:
    name = str(reason.subject)
    line = text % {"name": name}
    if reason.said.casefold() == name.casefold():
        return line
    return _("%(reason)s (you wrote “%(word)s”)") % {"reason": line, "word": reason.said}


def _against(kind: Kind, expert: Expert) -> str:
    if kind == Kind.LIMITED:
        return _("For short questions only")
    if kind == Kind.AWAY:
        day = expert.away_until
        return _("Away until %(day)s") % {"day": local_date(day)} if day else _("Away")
    load, limit = expert.load, expert.limit  # type: ignore[attr-defined]
    return _("Busy: at work on %(load)s of at most %(limit)s") % {"load": load, "limit": limit}

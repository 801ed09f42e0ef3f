"""The monthly statement, on screen, on paper and as a sheet."""

from datetime import date
from operator import itemgetter

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ecluster.accounts.requests import SignedInRequest
from ecluster.export import Column, export, wants_export
from equipment.forms.statements import StatementForm
from equipment.queries.statements import (
    Account,
    Statement,
    accounts_of,
    month_before,
    next_month,
    statement,
)

_COLUMNS = [
    Column(_("From"), "starts_at"),
    Column(_("Machine"), "booking.equipment"),
    Column(_("Owner"), "booking.equipment.owner"),
    Column(_("Organisation"), lambda line: line.booking.organisation or ""),
    Column(_("Person"), "booking.person"),
    Column(_("What"), "what"),
    Column(_("Booked (minutes)"), "booking.minutes"),
    Column(_("Used (minutes)"), "booking.used_minutes"),
    Column(_("KRW an hour"), "booking.krw_per_hour"),
    Column(_("Cost (KRW)"), "booking.cost_krw"),
]


@require_safe
def monthly_statement(request: SignedInRequest) -> HttpResponseBase:
    accounts = accounts_of(request.user)
    chosen = {"of": accounts[0].key, "month": f"{month_before(timezone.localdate().replace(day=1)):%Y-%m}"}
    chosen |= {name: request.GET[name] for name in chosen if name in request.GET}
    form = StatementForm(chosen, accounts=accounts)
    found = statement(request.user, _account(accounts, chosen["of"]), _month(form))
    if format_ := wants_export(request):
        return _sheet(found, format_)
    context = {
        "form": form,
        "statement": found,
        "previous_url": _address(found.account, month_before(found.month)),
        "next_url": _address(found.account, next_month(found.month)),
    }
    return render(request, "equipment/statement.html", context)


def _account(accounts: list[Account], key: str) -> Account:
    """Others' books don't exist."""
    for account in accounts:
        if account.key == key:
            return account
    raise Http404


def _month(form: StatementForm) -> date:
    """The month to show: the last one where what was asked for is none."""
    return form.cleaned_data["month"] if form.is_valid() else month_before(timezone.localdate().replace(day=1))


def _address(account: Account, month: date) -> str:
    return f"?{urlencode({'of': account.key, 'month': f'{month:%Y-%m}'})}"


def _sheet(found: Statement, format_: str) -> HttpResponseBase:
    """The lines, and their sum as the last one."""
    rows = [[column.of(line) for column in _COLUMNS] for line in found.lines]
    rows.append([_("Total"), *[""] * 6, found.used_minutes, "", found.cost_krw])
    columns = [Column(column.heading, itemgetter(place)) for place, column in enumerate(_COLUMNS)]
    return export(rows, columns, f"statement-{found.account.key}-{found.month:%Y-%m}", format_)

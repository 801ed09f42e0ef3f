"""People and their access, for administrators."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecluster.accounts.access import require_or_404
from ecluster.accounts.actions import people
from ecluster.accounts.actions.welcoming import invite_person
from ecluster.accounts.forms.people import NewPersonForm, PersonFilterForm
from ecluster.accounts.models import Appointment, User
from ecluster.accounts.permissions import Permission
from ecluster.accounts.requests import SignedInRequest
from ecluster.audit.models import AuditEntry
from ecluster.export import Column, export, wants_export
from ecluster.facets import Choice, Facet, filter_panel
from ecluster.pagination import keyset_page

COLUMNS = [
    Column(_("name in Korean"), "name_ko"),
    Column(_("name in English"), "name_en"),
    Column(_("e-mail address"), "email"),
    Column(_("in use"), "is_active"),
    Column(_("last signed in"), "last_login"),
]


def person_list(request: SignedInRequest) -> HttpResponseBase:
    require_or_404(request.user, Permission.MANAGE_BODIES)
    filters = PersonFilterForm(request.GET)
    rows = _found(User.objects.visible_to(request.user), filters.chosen)
    if format_ := wants_export(request):
        return export(rows.order_by("pk"), COLUMNS, "people", format_)
    in_force = Appointment.objects.in_force().select_related("body")
    rows_shown = rows.prefetch_related(Prefetch("appointments", in_force, to_attr="appointments_shown"))
    context = {
        "page": keyset_page(request, rows_shown, ordering=("name_ko", "pk")),
        "total": rows.count(),
        "panel": filter_panel(request.GET, _facets(request, filters)),
    }
    return render(request, "accounts/person_list.html", context)


def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    require_or_404(request.user, Permission.MANAGE_BODIES)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    context = {
        "person": person,
        "appointments": person.appointments.select_related("body").order_by("-starts_on"),
        "history": AuditEntry.objects.about(person)[:50],
        "can_switch": person.pk != request.user.pk and not person.closed_at,
    }
    return render(request, "accounts/person_detail.html", context)


def person_new(request: SignedInRequest) -> HttpResponse:
    require_or_404(request.user, Permission.MANAGE_BODIES)
    form = NewPersonForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            person = invite_person(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, _("A mail to %(email)s asks for a password.") % {"email": person.email})
            return redirect("accounts:person-detail", person.pk)
    return render(request, "accounts/person_form.html", {"form": form})


@require_POST
def person_access(request: SignedInRequest, pk: int) -> HttpResponse:
    require_or_404(request.user, Permission.MANAGE_BODIES)
    person = get_object_or_404(User.objects.visible_to(request.user).filter(closed_at=None), pk=pk)
    if person.pk == request.user.pk:
        raise Http404
    if request.POST.get("access") == "on":
        people.reactivate(user=person, by=request.user)
        messages.success(request, _("%(person)s can sign in again.") % {"person": person.name})
    else:
        people.deactivate(user=person, by=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, _("%(person)s can no longer sign in.") % {"person": person.name})
    return redirect("accounts:person-detail", person.pk)


def _found(rows, chosen: dict):
    for word in chosen.get("q", "").split():
        rows = rows.filter(Q(name_ko__icontains=word) | Q(name_en__icontains=word) | Q(email__icontains=word))
    if office := chosen.get("office"):
        rows = rows.filter(pk__in=Appointment.objects.in_force().filter(office=office).values("user"))
    if access := chosen.get("access"):
        rows = rows.filter(is_active=access == "open")
    return rows


def _facets(request: SignedInRequest, filters: PersonFilterForm) -> list[Facet]:
    """Each choice with the number of rows it leaves under the other filters."""
    return [_facet(request, filters, name, label) for name, label in (("office", _("Office")), ("access", _("Access")))]


def _facet(request: SignedInRequest, filters: PersonFilterForm, name: str, label: str) -> Facet:
    others = {key: value for key, value in filters.chosen.items() if key != name}
    rows = _found(User.objects.visible_to(request.user), others)
    totals = rows.totals_by_office() if name == "office" else rows.totals_by_access()
    choices = [Choice(value, text, totals.get(value, 0)) for value, text in filters.fields[name].choices]  # type: ignore[attr-defined]
    return Facet(name, label, [choice for choice in choices if choice.total])

"""Colleagues: who belongs to an organisation, who is invited, and the page an invitation leads to."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ecluster.accounts.access import can, require_or_404
from ecluster.accounts.contact import contact_of
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.accounts.requests import SignedInRequest
from members.actions import people
from members.belonging import current_affiliations
from members.forms.people import InvitationForm, NewPersonForm
from members.models import Affiliation, Invitation, Organisation


def colleagues(request: SignedInRequest) -> HttpResponse:
    """The way to one's own organisation's people, for who may not know its number."""
    require_or_404(request.user, Permission.INVITE_COLLEAGUE)
    own = [affiliation.organisation for affiliation in current_affiliations(request.user)]
    open_to_them = [
        organisation for organisation in own if can(request.user, Permission.INVITE_COLLEAGUE, organisation)
    ]
    if len(open_to_them) == 1:
        return redirect("members:colleague-list", open_to_them[0].pk)
    return render(request, "members/colleague_organisations.html", {"organisations": open_to_them})


def colleague_list(request: SignedInRequest, pk: int) -> HttpResponse:
    organisation = _organisation(request, pk)
    affiliations = organisation.affiliations.current().select_related("user")
    context = {
        "organisation": organisation,
        "colleagues": [(affiliation, contact_of(affiliation.user, request.user)) for affiliation in affiliations],
        "invitations": _invitations(organisation),
        "can_manage": can(request.user, Permission.MANAGE_AFFILIATIONS, organisation),
    }
    return render(request, "members/colleague_list.html", context)


def invitation_new(request: SignedInRequest, pk: int) -> HttpResponse:
    organisation = _organisation(request, pk)
    may_make_managers = can(request.user, Permission.MANAGE_AFFILIATIONS, organisation)
    initial = {"language": get_language()}
    form = InvitationForm(request.POST or None, initial=initial, may_make_managers=may_make_managers)
    if request.method == "POST" and form.is_valid():
        try:
            people.invite(organisation=organisation, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, _("The invitation to %(email)s is on its way.") % form.cleaned_data)
            return redirect("members:colleague-list", organisation.pk)
    return render(request, "members/invitation_form.html", {"organisation": organisation, "form": form})


@require_POST
def colleague_manager(request: SignedInRequest, pk: int) -> HttpResponse:
    affiliation = get_object_or_404(_affiliations(request), pk=pk)
    require_or_404(request.user, Permission.MANAGE_AFFILIATIONS, affiliation.organisation)
    is_manager = request.POST.get("is_manager") == "yes"
    _try(request, lambda: people.set_manager(affiliation=affiliation, is_manager=is_manager, by=request.user))
    return _back_to(request, affiliation.organisation)


@require_POST
def colleague_end(request: SignedInRequest, pk: int) -> HttpResponse:
    affiliation = get_object_or_404(_affiliations(request), pk=pk)
    if affiliation.user_id != request.user.pk:
        require_or_404(request.user, Permission.MANAGE_AFFILIATIONS, affiliation.organisation)
    _try(request, lambda: people.end_affiliation(affiliation=affiliation, by=request.user))
    return _back_to(request, affiliation.organisation)


@require_POST
def invitation_resend(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = _own_invitation(request, pk)
    _try(request, lambda: people.resend_invitation(invitation=invitation, by=request.user), _("Sent again."))
    return redirect("members:colleague-list", invitation.organisation_id)


@require_POST
def invitation_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = _own_invitation(request, pk)
    _try(request, lambda: people.withdraw_invitation(invitation=invitation, by=request.user), _("Withdrawn."))
    return redirect("members:colleague-list", invitation.organisation_id)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Who holds the mail's link joins: in one click where signed in, with a new account where there is none yet."""
    invitation = people.find_invitation(token)
    if invitation is None:
        return render(request, "members/invitation_closed.html", status=404)
    if request.user.is_authenticated:
        return _accept_signed_in(cast(SignedInRequest, request), invitation, token)
    if User.objects.filter(email=invitation.email.lower()).exists():
        return render(request, "members/invitation_sign_in.html", {"invitation": invitation})
    return _accept_as_new_person(request, invitation, token)


def _accept_signed_in(request: SignedInRequest, invitation: Invitation, token: str) -> HttpResponse:
    is_theirs = invitation.email.lower() == request.user.email.lower()
    if request.method == "POST" and is_theirs:
        if _try(request, lambda: people.accept_invitation(token=token, by=request.user)):
            return _welcome(request, invitation)
        return redirect("members:invitation-accept", token)
    return render(request, "members/invitation_accept.html", {"invitation": invitation, "is_theirs": is_theirs})


def _accept_as_new_person(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = NewPersonForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        language = (get_language() or invitation.language)[:2]
        try:
            user = people.accept_as_new_person(token=token, language=language, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            login(request, user)
            return _welcome(request, invitation)
    return render(request, "members/invitation_register.html", {"invitation": invitation, "form": form})


def _welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """To the profile: a manager finds there what is missing in it."""
    messages.success(request, _("Welcome to %(organisation)s.") % {"organisation": invitation.organisation})
    return redirect(invitation.organisation)


def _organisation(request: SignedInRequest, pk: int) -> Organisation:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    require_or_404(request.user, Permission.INVITE_COLLEAGUE, organisation)
    return organisation


def _affiliations(request: SignedInRequest):
    return Affiliation.objects.visible_to(request.user).select_related("organisation", "user")


def _invitations(organisation: Organisation) -> list[Invitation]:
    """Those not answered yet, the lapsed ones too: they can be sent anew."""
    waiting = organisation.invitations.filter(accepted_at=None, withdrawn_at=None)
    return list(waiting.select_related("invited_by"))


def _own_invitation(request: SignedInRequest, pk: int) -> Invitation:
    """One's own, or any of an organisation whose people one manages."""
    rows = Invitation.objects.visible_to(request.user).select_related("organisation")
    invitation = get_object_or_404(rows, pk=pk)
    is_own = invitation.invited_by_id == request.user.pk and not invitation.is_manager
    needed = Permission.INVITE_COLLEAGUE if is_own else Permission.MANAGE_AFFILIATIONS
    require_or_404(request.user, needed, invitation.organisation)
    return invitation


def _back_to(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    """Who has just left sees the organisation as everybody does."""
    person = User.objects.get(pk=request.user.pk)
    if can(person, Permission.INVITE_COLLEAGUE, organisation):
        return redirect("members:colleague-list", organisation.pk)
    return redirect("home")


def _try(request: HttpRequest, change: Callable[[], object], done: str = "") -> bool:
    try:
        change()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, done or _("Done."))
    return True

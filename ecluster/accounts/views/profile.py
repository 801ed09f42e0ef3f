from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override

from ecluster.accounts.actions import people
from ecluster.accounts.contact import contact_for
from ecluster.accounts.forms.profile import ProfileForm
from ecluster.accounts.models import Audience, User
from ecluster.accounts.requests import SignedInRequest


def profile(request: SignedInRequest) -> HttpResponse:
    person = User.objects.get(pk=request.user.pk)  # the form changes what it is given
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        user = people.update_profile(user=request.user, by=request.user, **form.cleaned_data)
        with override(user.language):
            messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    context = {
        "form": form,
        "seen_by_everyone": contact_for(request.user, Audience.PUBLIC),
        "seen_by_members": contact_for(request.user, Audience.MEMBERS),
    }
    return render(request, "accounts/profile.html", context)

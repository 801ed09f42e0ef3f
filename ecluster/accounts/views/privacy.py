"""What the portal holds about me, and closing my account."""

import json

from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ecluster.accounts.actions.closing import close_account
from ecluster.accounts.closing import outlook, personal_data
from ecluster.accounts.forms.closing import CloseAccountForm
from ecluster.accounts.requests import SignedInRequest


def privacy(request: SignedInRequest) -> HttpResponse:
    return render(request, "accounts/privacy.html")


@never_cache
def data_export(request: SignedInRequest) -> HttpResponse:
    """Everything held about the person who asks, as one file that people and programs can read."""
    data = {"made_at": timezone.now(), **personal_data(request.user)}
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="e-cluster-{timezone.localdate()}.json"'
    return response


@never_cache
@sensitive_post_parameters("password")
def account_close(request: SignedInRequest) -> HttpResponse:
    form = CloseAccountForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            told = close_account(user=request.user, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            logout(request)
            return render(request, "accounts/account_closed.html", {"outlook": told})
    return render(request, "accounts/account_close.html", {"form": form, "outlook": outlook(request.user)})

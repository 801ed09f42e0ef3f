"""A request of somebody who is signed in: what every view gets that isn't marked as open to visitors."""

from django.http import HttpRequest

from ecluster.accounts.models import User


class SignedInRequest(HttpRequest):
    user: User  # type: ignore[assignment]

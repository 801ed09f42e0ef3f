"""Signing in is allauth's; each later request reads its person by a prepared query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import BigIntegerField

from ecluster.accounts.models import User
from ecluster.prepared import prepared


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        return next(filter(self.user_can_authenticate, _people(pk=user_id)), None)


@prepared(pk=BigIntegerField())
def _people(pk):
    return User.objects.filter(pk=pk)

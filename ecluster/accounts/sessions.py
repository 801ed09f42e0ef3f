"""Sessions in the database, as Django's; each request reads its own by a prepared query."""

from django.contrib.sessions.backends import db
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from ecluster.prepared import prepared


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        found = _sessions(key=self.session_key, now=timezone.now())
        if found:
            return found[0]
        self._session_key = None
        return None


@prepared(key=CharField(), now=DateTimeField())
def _sessions(key, now):
    return SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now)

"""How often the same stranger may do a thing that needs no account."""

import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """At most `times` within `seconds` from one address."""

    name: str
    times: int
    seconds: int

    def is_reached(self, request: HttpRequest) -> bool:
        return len(self._recent(request)) >= self.times

    def count(self, request: HttpRequest) -> None:
        cache.set(self._key(request), [*self._recent(request), time.time()], self.seconds)

    def _recent(self, request: HttpRequest) -> list[float]:
        since = time.time() - self.seconds
        return [at for at in cache.get(self._key(request), []) if at > since]

    def _key(self, request: HttpRequest) -> str:
        return f"limit:{self.name}:{get_adapter().get_client_ip(request)}"

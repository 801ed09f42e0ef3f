"""Starts the portal under gunicorn on a filled database, asks for each page in turn, and prints the table."""

import gzip
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import django

from bench.pages import FIELDS, Page, machine_pages, pages

WARMING = 4
BOOKINGS_EACH = 100
NEXT = re.compile(r'rel="next" href="([^"]*)"')
REFERENCE = Page("reference view", "/bench/reference/", 1, 1, who="")


def measure(size: int, machines: int, repeats: int) -> int:
    """Prints the table of `size` organisations, or of the `machines` they share; returns how many bars were missed."""
    django.setup()
    began = time.monotonic()
    _fill(size, machines)
    print(f"{size:,} organisations, filled in {time.monotonic() - began:.0f} s")
    with _portal() as (port, pid):
        client = Client(port)
        misses = _table(client, _pages(size, machines), repeats)
        print(f"worker memory: {_largest_worker_mb(pid):.0f} MB (bar 120)\n", flush=True)
    return misses


def _fill(size: int, machines: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from bench.machines import populate as populate_machines
    from bench.population import populate

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_taxonomies", verbosity=0)
    populate(size)
    if machines:
        populate_machines(machines, BOOKINGS_EACH)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()


def _pages(size: int, machines: int) -> list[Page]:
    from equipment.models import Equipment
    from members.models import Organisation

    first = Organisation.objects.earliest("pk").pk
    return machine_pages(first, Equipment.objects.earliest("pk").pk) if machines else pages(size, first)


def _table(client: "Client", measured: list[Page], repeats: int) -> int:
    print(f"{'page':<36}{'multiple':>9}{'bar':>5}{'queries':>9}{'bar':>5}{'KB gz':>7}")
    misses = 0
    for page in measured:
        multiple, queries, kilobytes = _measured(client, client.next_of(page) if page.follows else page, repeats)
        missed = multiple > page.bar or queries > page.queries or kilobytes > (page.kilobytes or 1_000)
        misses += missed
        row = f"{page.name:<36}{multiple:>9.2f}{page.bar:>5}{queries:>9}{page.queries:>5}{kilobytes:>7.1f}"
        print(row + ("  OVER" if missed else ""), flush=True)
    return misses


def _measured(client: "Client", page: Page, repeats: int) -> tuple[float, int, float]:
    """(median as a multiple of the reference, queries, compressed KB); the two are asked for in turn."""
    for n in range(WARMING):
        client.ask(page, n)
    body, queries = client.count(page, WARMING)
    mine, reference = [], []
    for n in range(WARMING + 1, WARMING + 1 + repeats):
        mine.append(client.timed(page, n))
        reference.append(client.timed(REFERENCE, n))
    return median(mine) / median(reference), queries, len(gzip.compress(body, 6)) / 1024


class Client:
    """Keeps one connection open, as a browser does, and a signed-in session for each person."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies = {who: _session(who) for who in ("manager", "coordinator")}

    def ask(self, page: Page, n: int, **headers) -> tuple[bytes, http.client.HTTPResponse]:
        headers["Accept-Language"] = "ko"
        cookie = f"csrftoken={'c' * 32}"
        if page.who:
            cookie += f"; sessionid={self.cookies[page.who]}"
        body = None
        if page.form is not None:
            body = urlencode(page.form(n) | {"csrfmiddlewaretoken": "c" * 32})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        method, path = "GET" if body is None else "POST", page.path.format(n=1 + n % FIELDS)
        self.connection.request(method, path, body, headers | {"Cookie": cookie})
        response = self.connection.getresponse()
        content = response.read()
        if response.status not in (200, 302):
            sys.exit(f"{page.name}: {page.path} answers {response.status}\n{content[:500].decode(errors='replace')}")
        return content, response

    def timed(self, page: Page, n: int) -> float:
        began = time.perf_counter()
        self.ask(page, n)
        return time.perf_counter() - began

    def count(self, page: Page, n: int) -> tuple[bytes, int]:
        content, response = self.ask(page, n, **{"X-Count-Queries": "yes"})
        return content, int(response.headers["X-Queries"])

    def next_of(self, page: Page) -> Page:
        content, _response = self.ask(page, 0)
        found = NEXT.search(content.decode())
        if not found:
            sys.exit(f"{page.name}: {page.path} has no next page")
        path = page.path.partition("?")[0] + unescape(found.group(1))
        return replace(page, path=path)


def _session(who: str) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from ecluster.accounts.models import User

    user = User.objects.get(email=f"{who}@bench.example")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


@contextmanager
def _portal():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "ecluster.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["--worker-class", "gthread", "--threads", "4", "--log-level", "warning"]
    server = subprocess.Popen(command, env=os.environ, cwd=Path(__file__).parent.parent)
    try:
        _wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("the portal did not start")


def _largest_worker_mb(master: int) -> float:
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    sizes = [_resident_kb(pid) for pid in children]
    return max(sizes) / 1024


def _resident_kb(pid: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))

"""`python -m bench [--sizes 434,20000,200000]`: needs DATABASE_URL of a PostgreSQL server it may make databases on."""

import argparse
import os
import sys
from urllib.parse import urlsplit

import psycopg2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="434,20000,200000", help="numbers of organisations, separated by commas")
    parser.add_argument("--repeats", type=int, default=40, help="timed requests a page")
    options = parser.parse_args()
    over = 0
    for size in [int(size) for size in options.sizes.split(",")]:
        over += _in_own_process(size, options.repeats)
    return 1 if over else 0


def _in_own_process(size: int, repeats: int) -> int:
    """Each size has a database and a process of its own, as Django knows one database a process."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"bench_{size}"
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.environ["DATABASE_URL"] = url._replace(path=f"/{name}").geturl()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from bench.measure import measure

    os._exit(1 if measure(size, repeats) else 0)


sys.exit(main())

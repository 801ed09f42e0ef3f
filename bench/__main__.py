"""`python -m bench [--sizes 434,20000,200000]`: needs DATABASE_URL of a PostgreSQL server it may make databases on."""

import argparse
import os
import sys
from urllib.parse import urlsplit

import psycopg2

OWNERS = 434  # organisations whose machines are measured


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="434,20000,200000", help="numbers of organisations, separated by commas")
    parser.add_argument("--repeats", type=int, default=40, help="timed requests a page")
    parser.add_argument("--machines", type=int, default=5_000, help="shared machines, each booked 100 times; 0: none")
    parser.add_argument("--only", choices=["members", "equipment"], help="measure these pages alone")
    options = parser.parse_args()
    sizes = [] if options.only == "equipment" else [int(size) for size in options.sizes.split(",")]
    over = sum(_in_own_process(size, 0, options.repeats) for size in sizes)
    if options.machines and options.only != "members":
        over += _in_own_process(OWNERS, options.machines, options.repeats)
    return 1 if over else 0


def _in_own_process(size: int, machines: int, repeats: int) -> int:
    """Each size has a database and a process of its own, as Django knows one database a process."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"bench_{size}_{machines}"
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

    os._exit(1 if measure(size, machines, repeats) else 0)


sys.exit(main())

"""Runs a command with DATABASE_URL set to a private PostgreSQL server that lives as long as the command.

    python tests/on_postgres.py pytest -n auto

The server comes from the system's binaries, listens on a free port of 127.0.0.1 only and keeps its data in a
temporary folder. PostgreSQL refuses to run as root: then it runs as the system's user `postgres`.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

NEEDED = "PostgreSQL's server programs were not found (Debian: apt-get install postgresql; or put pg_ctl on the PATH)."
# Nothing of a test run must survive a power cut.
OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def find_binaries() -> Path:
    folders = [Path(on_path).parent] if (on_path := shutil.which("pg_ctl")) else []
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        folders.append(Path(told.stdout.strip()))
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    sys.exit(NEEDED)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def as_server_user(folder: Path) -> list[str]:
    """What goes before a command so that it doesn't run as root; `folder` is made theirs."""
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def main(command: list[str]) -> int:
    binaries, port = find_binaries(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="ecluster-postgres-"))
    before, data = as_server_user(folder), folder / "data"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then too

    def server(program: str, *arguments: str) -> None:
        subprocess.run(
            [*before, str(binaries / program), *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )

    try:
        server("initdb", "-D", str(data), "-U", "ecluster", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        options = f"{OPTIONS} -p {port} -k {folder}"
        server("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        url = f"postgres://ecluster:trusted@127.0.0.1:{port}/postgres"
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode
    finally:
        if (data / "postmaster.pid").exists():
            server("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

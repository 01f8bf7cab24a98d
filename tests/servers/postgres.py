"""A real PostgreSQL of our own on 127.0.0.1: own cluster, own folder, kernel-chosen port, as root or not.

Nothing of the system's PostgreSQL is read or touched. Nothing is synced to the disk: it lives as long as the tests.
"""

import os
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import psycopg

from tests.servers.dovecot import free_port


def postgresql_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, the newest one installed, None where there is none."""
    found = shutil.which("pg_ctl")
    beside = [path for path in (Path(found).resolve().parent,) if (path / "initdb").exists()] if found else []
    debian = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return next(iter(beside + sorted(debian, key=lambda path: float(path.parent.name), reverse=True)), None)


class PostgreSQL:
    """One running server; `url(new_database())` is that of an empty database."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        # Not under pytest's folders: those are closed to the user postgres, who owns the cluster when we are root.
        self.folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
        self.user = "postgres" if os.getuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        self._numbers = count(1)
        self._run("initdb", "--no-sync", "--auth=trust", "--username=tests", "--encoding=UTF8", "--locale=C.UTF-8")
        for attempt in range(3):  # another test run may take the port first
            self.port = free_port()
            try:
                self._start()
                break
            except AssertionError:
                log = (self.folder / "log").read_text(errors="replace")
                if attempt == 2 or "could not bind" not in log:
                    raise AssertionError(log[-2000:]) from None

    def _start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=40"
        self._run("pg_ctl", "start", "--wait", f"--log={self.folder}/log", f"--options={options}")

    def stop(self) -> None:
        """Stop the server and erase everything."""
        self._run("pg_ctl", "stop", "--mode=immediate", "--wait")
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_database(self) -> str:
        """The name of a new, empty database."""
        name = f"ledger{next(self._numbers)}"
        self.execute("postgres", f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def url(self, database: str) -> str:
        """As the configuration writes it."""
        return f"postgresql+psycopg://tests@127.0.0.1:{self.port}/{database}"

    def tables_of(self, database: str) -> Path:
        """The folder with the files of a database's tables."""
        address = f"host=127.0.0.1 port={self.port} user=tests dbname={database}"
        with psycopg.connect(address) as connection:
            found = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
        assert found is not None
        return self.folder / "data" / "base" / str(found[0])

    def execute(self, database: str, statements: str) -> None:
        """Run SQL in a database."""
        address = f"host=127.0.0.1 port={self.port} user=tests dbname={database}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statements.encode())

    def _run(self, program: str, *arguments: str) -> None:
        command = [self.programs / program, *arguments, "-D", self.folder / "data"]
        done = subprocess.run(command, user=self.user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert done.returncode == 0, done.stderr.decode(errors="replace")

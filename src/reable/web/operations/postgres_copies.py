"""Copy a PostgreSQL database with its own tools, check a copy, and put one in the place of the database."""

import os
import shutil
import subprocess  # the tools of PostgreSQL are the only sound way to copy one
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from reable.web.operations.copies import Applied, BackupBroken, DatabaseInUse, Stamp, ToolMissing, check_ours, free_name

ENDING = ".dump"
HEADER = b"PGDMP"
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
_PATIENCE = 3  # seconds
_EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
HINT = (
    "Install PostgreSQL's own tools (on Debian: apt-get install postgresql-client), at least as new as the server. "
    "Or run on the server: pg_dump --format=custom --file=reable.dump DATABASE"
)


def copy(target: Path) -> None:
    """Copy the database that the settings name, and read the copy to its end. Raises: ToolMissing, BackupBroken."""
    draft = target.with_name(f"{target.name}.partial")
    draft.touch(mode=0o600)  # it holds patients' data: nobody else of this machine reads it
    try:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={draft}")
        check(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def check(file: Path) -> None:
    """Look through a copy. Raises: BackupBroken, BackupForeign, ToolMissing."""
    with file.open("rb") as content:
        if content.read(len(HEADER)) != HEADER:
            raise BackupBroken(file, "it is not what pg_dump --format=custom writes")
    try:
        # Reading everything into nothing shows that it can be read to its end.
        _run("pg_restore", f"--file={os.devnull}", str(file))
        rows = _run("pg_restore", "--data-only", "--table=django_migrations", "--file=-", str(file))
    except ToolMissing as error:
        if shutil.which("pg_restore") is None:
            raise
        raise BackupBroken(file, "it cannot be read to its end") from error
    check_ours(file, _applied(rows))


def is_there() -> bool:
    """Test if there is a database that would be lost."""
    return "django_migrations" in connection.introspection.table_names()


def replace(file: Path, folder: Path, stamp: Stamp) -> Path | None:
    """Put a checked copy in the place of the database, in one transaction; gives where the replaced one is kept.

    Raises: DatabaseInUse, ToolMissing.
    """
    there = is_there()
    _let_go()
    _alone()
    kept = None
    if there:
        kept = free_name(folder, f"reable-replaced-{stamp}", ENDING)
        copy(kept)
    with TemporaryDirectory(dir=folder) as private:
        script = Path(private) / "restore.sql"
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file))
        _run(
            *(
                "psql",
                "--no-psqlrc",
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                "--single-transaction",
                "--output",
                os.devnull,
            ),
            *("--command", _EMPTY, "--file", str(script)),
        )
    return kept


def _alone() -> None:
    """Make sure that nothing else is connected; what just let go takes a moment to be gone. Raises: DatabaseInUse."""
    until = time.monotonic() + _PATIENCE
    with psycopg.connect(**_parameters(), autocommit=True) as connected:
        while (connected.execute(_OTHERS).fetchone() or (0,))[0]:
            if time.monotonic() > until:
                raise DatabaseInUse
            time.sleep(0.1)


def _let_go() -> None:
    """Close this process's own connections."""
    connections.close_all()
    opened = connections[DEFAULT_DB_ALIAS]
    if isinstance(opened, DatabaseWrapper):
        opened.close_pool()


def _applied(rows: str) -> list[Applied]:
    """Read the migrations out of the copy's own data: columns id, app, name, applied."""
    fields = [line.split("\t") for line in rows.splitlines()]
    return [(parts[1], parts[2]) for parts in fields if len(parts) == 4 and parts[0].isdigit()]


def _parameters() -> Mapping[str, Any]:
    named = connection.settings_dict
    wanted = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {name: str(named[key]) for name, key in wanted.items() if named[key]}


def _run(tool: str, *arguments: str) -> str:
    """Run a tool on the database of the settings; the password goes by the environment, where no list shows it."""
    program = shutil.which(tool)
    if program is None:
        raise ToolMissing(f"{tool} is not on this machine.", hint=HINT)
    given = {f"PG{'DATABASE' if name == 'dbname' else name.upper()}": value for name, value in _parameters().items()}
    environment = {**os.environ, **given, "PGOPTIONS": "-c lock_timeout=10000", "PGCONNECT_TIMEOUT": "10"}
    done = subprocess.run(  # noqa: S603 - a fixed tool, no shell
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        # Its own words may hold rows: only the kind of the first complaint is said.
        first = next((line for line in done.stderr.splitlines() if "error" in line.lower()), "")
        raise ToolMissing(f"{tool} failed: {first.split(':', 2)[-1].strip()[:120] or done.returncode}.", hint=HINT)
    return done.stdout

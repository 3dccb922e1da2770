"""Copy an SQLite database while it is used, check a copy, and put one in the place of the database."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from reable.web.operations.copies import (
    Applied,
    BackupBroken,
    BackupForeign,
    DatabaseInUse,
    Stamp,
    check_ours,
    free_name,
)

ENDING = ".sqlite3"
HEADER = b"SQLite format 3\0"
_SIDES = ("-wal", "-shm", "-journal")
_PATIENCE = 3  # seconds to wait for somebody else's lock


def copy(database: Path, target: Path) -> None:
    """Copy a database that may be in use, page by page, into one file; it is checked before it gets its name.

    Raises: BackupBroken.
    """
    draft = target.with_name(f"{target.name}.partial")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)  # it holds patients' data: nobody else of this machine reads it
    try:
        with closing(_read_only(database)) as source, closing(sqlite3.connect(draft)) as copied:
            source.backup(copied)
            copied.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        check(draft)
        _sync(draft)
        draft.replace(target)
        _sync(target.parent)
    finally:
        for leftover in (draft, *(draft.with_name(draft.name + side) for side in _SIDES)):
            leftover.unlink(missing_ok=True)


def check(file: Path) -> None:
    """Look through a copy. Raises: BackupBroken, BackupForeign."""
    with file.open("rb") as content:
        if content.read(len(HEADER)) != HEADER:
            raise BackupForeign(file, "it is not an SQLite database")
    try:
        with closing(_read_only(file)) as database:
            faults = [row[0] for row in database.execute("PRAGMA integrity_check(3)")]
            loose = database.execute("PRAGMA foreign_key_check").fetchone()
            if faults != ["ok"]:
                raise BackupBroken(file, "; ".join(str(fault) for fault in faults))
            if loose is not None:
                raise BackupBroken(file, f"a row of {loose[0]} points to nowhere")
            check_ours(file, _applied(file, database))
    except sqlite3.DatabaseError as error:
        raise BackupBroken(file, str(error)) from error


def is_there(database: Path) -> bool:
    """Test if there is a database that would be lost."""
    return database.exists() and database.stat().st_size > 0


def replace(database: Path, file: Path, stamp: Stamp) -> Path | None:
    """Put a checked copy in the place of the database; gives where the replaced one is kept, if there was one.

    Raises: DatabaseInUse.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    draft = database.with_name(f"{database.name}.partial")
    shutil.copyfile(file, draft)
    draft.chmod(0o600)
    _sync(draft)
    kept = _set_aside(database, stamp)
    try:
        draft.replace(database)
    except OSError:
        if kept is not None:
            kept.replace(database)
        raise
    _sync(database.parent)
    return kept


def _set_aside(database: Path, stamp: Stamp) -> Path | None:
    if not is_there(database):
        return None
    _alone(database)
    kept = free_name(database.parent, f"{database.stem}-replaced-{stamp}", ENDING)
    for side in _SIDES:  # only a broken database leaves these behind
        beside = database.with_name(database.name + side)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + side))
    database.replace(kept)
    kept.chmod(0o600)
    return kept


def _alone(database: Path) -> None:
    """Make sure that nothing else has the database open: leaving WAL needs it for oneself. Raises: DatabaseInUse."""
    try:
        with closing(sqlite3.connect(database, timeout=_PATIENCE)) as opened:
            if opened.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
                raise DatabaseInUse
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise DatabaseInUse from error
    except sqlite3.DatabaseError:
        return  # broken beyond opening: all the more reason to restore


def _applied(file: Path, database: sqlite3.Connection) -> list[Applied]:
    try:
        return list(database.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.OperationalError as error:
        raise BackupForeign(file, "it is not a database of Reable") from error


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)


def _sync(place: Path) -> None:
    """Make sure that it is on the disk before anything relies on it."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

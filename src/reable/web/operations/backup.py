"""`reable backup` and `reable restore`: copies of the whole database, checked before they count."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from reable.web.operations import postgres_copies, sqlite_copies
from reable.web.operations.audit import verify
from reable.web.operations.copies import (
    BackupBroken,
    BackupForeign,
    Stamp,
    WouldOverwrite,
    check_digest,
    free_name,
    write_digest,
)
from reable.web.operations.site import operator, var
from reable.web.records.selectors.audit import AuditReport, chain_heads, erased_ids
from reable.web.records.services.erasures import Tombstone, erase_again

_KINDS = {"sqlite": sqlite_copies, "postgresql": postgres_copies}


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy that was made and checked."""

    file: Path
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of a restore."""

    kept: Path | None  # where the replaced database is
    had_digest: bool
    migrations: tuple[str, ...]  # applied after it
    erased_again: int
    erase_by_hand: tuple[Tombstone, ...]  # erased since the backup, and there again
    erasures_unknown: bool  # the replaced database could not say what was erased since
    audit: AuditReport


def back_up(folder: Path | None, *, now: datetime) -> Backup:
    """Copy the database into `folder` while the site runs; the hash and the ends of the audit stand beside the copy.

    Raises: BackupBroken, ToolMissing.
    """
    folder = folder or var("backups")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = free_name(folder, f"reable-{Stamp(at=now)}", _KINDS[connection.vendor].ENDING)
    heads = _heads()  # before the copy: it then holds at least these
    if connection.vendor == "sqlite":
        sqlite_copies.copy(_database(), target)
    else:
        postgres_copies.copy(target)
    heads_file(target).write_text(json.dumps(heads, indent=2) + "\n", encoding="utf-8")
    return Backup(file=target, size=target.stat().st_size, digest=write_digest(target))


def heads_file(file: Path) -> Path:
    """Name the file that holds the ends of the audit's chains at the time of a backup."""
    return file.with_name(f"{file.name}.audit.json")


def restore(file: Path, *, yes: bool, now: datetime) -> Restored:
    """Put a backup in the place of the database, bring it up to date, and check its audit.

    Whatever was erased since the backup is erased again. The site must not run meanwhile.
    Raises: BackupBroken, BackupForeign, WouldOverwrite, DatabaseInUse, ToolMissing.
    """
    if not file.is_file():
        raise BackupForeign(file, "there is no such file")
    _same_kind(file)
    had_digest = check_digest(file)
    _KINDS[connection.vendor].check(file)
    if _is_there() and not yes:
        raise WouldOverwrite
    erased = _erased()
    kept = _replace(file, Stamp(at=now))
    migrations = _up_to_date()
    again, by_hand = erase_again(operator(), erased or frozenset())
    beside = heads_file(file)
    return Restored(
        kept=kept,
        had_digest=had_digest,
        migrations=migrations,
        erased_again=again,
        erase_by_hand=by_hand,
        erasures_unknown=erased is None,
        audit=verify(beside if beside.exists() else None),
    )


def _same_kind(file: Path) -> None:
    with file.open("rb") as content:
        start = content.read(16)
    if not start:
        raise BackupBroken(file, "it is empty")
    kinds = {"sqlite": sqlite_copies.HEADER, "postgresql": postgres_copies.HEADER}
    found = next((kind for kind, header in kinds.items() if start.startswith(header)), None)
    if found is None:
        raise BackupForeign(file, "it is no backup that Reable made")
    if found != connection.vendor:
        raise BackupForeign(file, f"it is of {found}, but the settings name {connection.vendor}")


def _replace(file: Path, stamp: Stamp) -> Path | None:
    if connection.vendor == "sqlite":
        connections.close_all()
        return sqlite_copies.replace(_database(), file, stamp)
    folder = var("backups")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return postgres_copies.replace(file, folder, stamp)


def _is_there() -> bool:
    return sqlite_copies.is_there(_database()) if connection.vendor == "sqlite" else postgres_copies.is_there()


def _database() -> Path:
    return Path(connection.settings_dict["NAME"])


def _erased() -> frozenset[Tombstone] | None:
    """Ask the database that is about to be replaced what was erased in it; none if it can no longer say."""
    if not _is_there():
        return frozenset()
    try:
        return erased_ids(operator())
    except DatabaseError:
        return None


def _up_to_date() -> tuple[str, ...]:
    """Apply the migrations that a backup of an older Reable lacks; gives their names."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", interactive=False, verbosity=0)
    return tuple(f"{migration.app_label} {migration.name}" for migration, _ in plan)


def _heads() -> dict[str, Any]:
    chains = [
        {
            "clinic_id": None if head.clinic_id is None else str(head.clinic_id),
            "head": {"number": head.number, "digest": head.digest},
        }
        for head in chain_heads(operator())
    ]
    return {"chains": chains}

"""What a copy of the database must be: whole, ours, and not newer than this Reable."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from reable.errors import ReableError

Applied = tuple[str, str]
"""App and name of a migration that a database has gone through."""


class BackupBroken(ReableError):
    """A backup is not whole."""

    code = "web.backup_broken"

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(f"'{file.name}' is not a whole backup: {what}.", hint="Take another backup.")


class BackupForeign(ReableError):
    """A file is not a backup of this Reable."""

    code = "web.backup_foreign"

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(f"'{file.name}' cannot be restored here: {what}.")


class WouldOverwrite(ReableError):
    """There is a database already, and nobody said that it may be replaced."""

    code = "web.would_overwrite"

    def __init__(self) -> None:
        super().__init__(
            "There is a database already.",
            hint="Add --yes to put the backup in its place; what stands there now is kept beside it.",
        )


class DatabaseInUse(ReableError):
    """Something is still connected to the database."""

    code = "web.database_in_use"

    def __init__(self) -> None:
        super().__init__("The database is in use.", hint="Stop Reable (serve and tick) first, then try again.")


class ToolMissing(ReableError):
    """A program of PostgreSQL is not on this machine, or it failed."""

    code = "web.tool_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time as it stands in file names."""

    at: datetime

    def __str__(self) -> str:
        return self.at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def free_name(folder: Path, stem: str, ending: str) -> Path:
    """Give a name in `folder` that no file has yet."""
    names = (f"{stem}{'' if number == 1 else f'-{number}'}{ending}" for number in range(1, 1000))
    return next(folder / name for name in names if not (folder / name).exists())


def digest_of_file(file: Path) -> str:
    """Hash a file."""
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def write_digest(file: Path) -> str:
    """Write the hash beside a file, in the form that `sha256sum -c` reads."""
    digest = digest_of_file(file)
    digest_file(file).write_text(f"{digest}  {file.name}\n", encoding="utf-8")
    return digest


def check_digest(file: Path) -> bool:
    """Compare a file with the hash beside it; false if there is none. Raises: BackupBroken."""
    beside = digest_file(file)
    if not beside.exists():
        return False
    if beside.read_text(encoding="utf-8").split()[:1] != [digest_of_file(file)]:
        raise BackupBroken(file, f"it does not fit the hash in {beside.name}")
    return True


def digest_file(file: Path) -> Path:
    """Name the file of the hash."""
    return file.with_name(f"{file.name}.sha256")


def check_ours(file: Path, applied: Iterable[Applied]) -> None:
    """Test if a database with these migrations is one that this Reable can bring up to date. Raises: BackupForeign."""
    there = set(applied)
    if ("records", "0001_initial") not in there:
        raise BackupForeign(file, "it is not a database of Reable")
    unknown = there - set(MigrationLoader(None).disk_migrations)
    if unknown:
        newest = ", ".join(f"{app} {name}" for app, name in sorted(unknown))
        raise BackupForeign(file, f"it was made by a newer Reable ({newest})")

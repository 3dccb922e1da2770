"""Backups: taken while the site runs, checked, and put back; what was erased since is erased again."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from threading import Event, Thread
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from reable.web.operations import sqlite_copies
from reable.web.operations.copies import BackupBroken, BackupForeign, DatabaseInUse, Stamp, check_digest, write_digest

STAMP = Stamp(at=datetime(2026, 3, 2, 12, tzinfo=UTC))
POSTGRES = "postgresql" in settings.DATABASES["default"]["ENGINE"]
needs_tools = pytest.mark.skipif(
    POSTGRES and shutil.which("pg_dump") is None, reason="the tools of PostgreSQL are not here"
)

PRELUDE = """
import json, sys
from datetime import UTC, datetime
import django; django.setup()
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from reable.cli.main import main
from reable.web.records.actor import Actor, ActorKind
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TABLES = ("records", "accounts")

def rows():
    models = [m for m in apps.get_models() if m._meta.app_label in TABLES]
    return {m._meta.label: [{k: str(v) for k, v in row.items()} for row in m.objects.order_by("pk").values()] for m in models}
"""

MAKE = """
call_command("migrate", interactive=False, verbosity=0)
from reable.web.records.models import Clinic, Patient
from reable.web.records.services.audit import note_access
from reable.web.records.services.inquiries import begin_inquiry, give
from reable.web.records.services.seal import seal
clinic = Clinic.objects.create(slug="n", name="Norte", telephone="555", time_zone="UTC", country="US")
patient = Patient.objects.create(clinic=clinic, name="Zoë 李", telephone="1", language="es", since=NOW)
actor = Actor(kind=ActorKind.PT, clinic_id=clinic.id, patient_ids=frozenset({patient.id}))
kept, gone = (begin_inquiry(actor, clinic_id=clinic.id, about={"age": 70}) for _ in range(2))
give(actor, kept, ("statement", {"text": "made up"}))
give(actor, gone, ("statement", {"text": "made up, and erased later"}))
actor.reads(patients=[patient.id])
note_access(actor, act="x", method="GET", status=200, request_id="r")
seal(NOW)
json.dump({"rows": rows(), "gone": str(gone)}, open("before.json", "w"))
sys.exit(main(["backup", "--to", "copies"]))
"""

CHANGE = """
from uuid import UUID
from reable.web.records.models import Clinic, Patient
from reable.web.records.services.inquiries import erase_inquiry
from reable.web.records.services.audit import note_access
Patient.objects.update(name="changed")
Patient.objects.create(clinic=Clinic.objects.get(), name="new", telephone="2", language="en", since=NOW)
gone = UUID(json.load(open("before.json"))["gone"])
erase_inquiry(Actor(kind=ActorKind.ANONYMOUS, inquiry_ids=frozenset({gone})), gone)
file = next(iter(__import__("pathlib").Path("copies").glob("reable-*[!6n]")))
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE records_of_tomorrow (id integer)")
assert main(["restore", str(file)]) == 2
code = main(["restore", str(file), "--yes"])
json.dump(rows(), open("after.json", "w"))
assert "records_of_tomorrow" not in connection.introspection.table_names()
sys.exit(code)
"""


@pytest.fixture
def elsewhere(tmp_path):
    """The environment of a clinic of its own: an empty folder, an empty database."""
    environment = {
        **os.environ, "REABLE_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "reable.web.settings.demo",
    }  # fmt: skip
    if not POSTGRES:
        yield {**environment, "REABLE_DATABASE": f"sqlite:{tmp_path / 'clinic.sqlite3'}"}
        return
    address, name = os.environ["REABLE_DATABASE"], f"drill_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield {**environment, "REABLE_DATABASE": urlunsplit(urlsplit(address)._replace(path=f"/{name}"))}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(code, environment, folder):
    return subprocess.run(
        [sys.executable, "-c", PRELUDE + code], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )


@needs_tools
def test_the_drill(elsewhere, tmp_path):
    """Make data, back up, change, restore, compare: everything is as it was, but what was erased stays erased."""
    made = run(MAKE, elsewhere, tmp_path)
    assert made.returncode == 0, made.stderr
    assert "it was read back and is whole" in made.stdout
    before = json.loads((tmp_path / "before.json").read_text(encoding="utf-8"))

    restored = run(CHANGE, elsewhere, tmp_path)

    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "There is a database already." in restored.stderr
    assert "erased again, because it was erased after this backup: 1" in restored.stdout
    assert "the audit holds" in restored.stdout
    after = json.loads((tmp_path / "after.json").read_text(encoding="utf-8"))
    for label, rows in before["rows"].items():
        if label == "records.Erasure":
            assert [row["erased_id"] for row in after[label]] == [before["gone"]]
        elif label == "records.Inquiry":
            assert {row["id"]: row["erased_at"] == "None" for row in after[label]} == {
                row["id"]: row["id"] != before["gone"] for row in rows
            }
        elif label == "records.InquiryEntry":
            assert after[label] == [row for row in rows if row["inquiry_id"] != before["gone"]]
        else:
            assert after[label] == rows, label
    kept = [*tmp_path.glob("*-replaced-*"), *(tmp_path / "backups").glob("*-replaced-*")]
    assert len(kept) == 1
    assert kept[0].stat().st_mode & 0o077 == 0


@needs_tools
def test_a_backup_that_was_cut_or_changed_is_refused(elsewhere, tmp_path):
    assert run(MAKE, elsewhere, tmp_path).returncode == 0
    file = next(one for one in (tmp_path / "copies").iterdir() if one.suffix in (".sqlite3", ".dump"))
    whole = file.read_bytes()
    restore = f"sys.exit(main(['restore', {str(file)!r}, '--yes']))"

    file.write_bytes(whole[:-1000] + bytes(1000))
    changed = run(restore, elsewhere, tmp_path)
    file.with_name(file.name + ".sha256").unlink()
    file.write_bytes(whole[: len(whole) // 2])
    cut = run(restore, elsewhere, tmp_path)

    assert changed.returncode == cut.returncode == 2
    assert "does not fit the hash" in changed.stderr
    assert "is not a whole backup" in cut.stderr


def database_of(path, *, applied=(("records", "0001_initial"),)):
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text)")
        made.executemany("INSERT INTO django_migrations (app, name) VALUES (?, ?)", applied)
        made.execute("CREATE TABLE things (id integer PRIMARY KEY, text)")
        made.executemany("INSERT INTO things (text) VALUES (?)", [("x" * 500,) for _ in range(2000)])
        made.commit()
    return path


def test_a_copy_is_whole_while_somebody_writes(tmp_path):
    source, target = database_of(tmp_path / "a.sqlite3"), tmp_path / "copy.sqlite3"
    stop = Event()

    def writes():
        with closing(sqlite3.connect(source, timeout=20, isolation_level=None)) as database:
            while not stop.is_set():
                database.execute("BEGIN IMMEDIATE")
                database.execute("INSERT INTO things (text) VALUES ('first')")
                database.execute("INSERT INTO things (text) VALUES ('second')")
                database.execute("COMMIT")

    writer = Thread(target=writes)
    writer.start()
    sqlite_copies.copy(source, target)
    stop.set()
    writer.join()

    with closing(sqlite3.connect(target)) as copied:
        counts = dict(copied.execute("SELECT text, count(*) FROM things WHERE length(text) < 9 GROUP BY text"))
        assert counts.get("first") == counts.get("second")
        assert copied.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert sorted(one.name for one in tmp_path.iterdir() if "copy" in one.name) == ["copy.sqlite3"]
    assert target.stat().st_mode & 0o077 == 0


def test_a_broken_copy_is_found(tmp_path):
    file = database_of(tmp_path / "a.sqlite3")
    content = bytearray(file.read_bytes())
    content[8192:12288] = bytes([7]) * 4096
    file.write_bytes(content)

    with pytest.raises(BackupBroken):
        sqlite_copies.check(file)


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"", "not an SQLite database"), (b"PGDMP....", "not an SQLite database"), (b"hello", "not an SQLite database")],
)
def test_what_is_no_database_is_refused(tmp_path, content, what):
    file = tmp_path / "a.sqlite3"
    file.write_bytes(content)

    with pytest.raises(BackupForeign, match=what):
        sqlite_copies.check(file)


def test_a_foreign_database_is_refused(tmp_path):
    file = tmp_path / "a.sqlite3"
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE songs (id integer)")

    with pytest.raises(BackupForeign, match="not a database of Reable"):
        sqlite_copies.check(file)
    with pytest.raises(BackupForeign, match="not a database of Reable"):
        sqlite_copies.check(database_of(tmp_path / "b.sqlite3", applied=[("songs", "0001_initial")]))


def test_a_database_of_a_newer_reable_is_refused(tmp_path):
    file = database_of(tmp_path / "a.sqlite3", applied=[("records", "0001_initial"), ("records", "9999_of_tomorrow")])

    with pytest.raises(BackupForeign, match="newer Reable"):
        sqlite_copies.check(file)


def test_a_database_in_use_is_not_replaced(tmp_path):
    database, file = database_of(tmp_path / "a.sqlite3"), database_of(tmp_path / "b.sqlite3")
    with closing(sqlite3.connect(database)) as somebody:
        somebody.execute("BEGIN")
        somebody.execute("SELECT count(*) FROM things").fetchone()

        with pytest.raises(DatabaseInUse):
            sqlite_copies.replace(database, file, STAMP)

    assert sqlite_copies.is_there(database)
    assert not list(tmp_path.glob("*replaced*"))


def test_even_a_database_that_cannot_be_opened_is_replaced_and_kept(tmp_path):
    database, file = tmp_path / "a.sqlite3", database_of(tmp_path / "b.sqlite3")
    database.write_bytes(b"SQLite format 3\0" + b"broken" * 500)
    database.with_name("a.sqlite3-wal").write_bytes(b"what was not written yet")

    kept = sqlite_copies.replace(database, file, STAMP)

    assert kept.read_bytes().endswith(b"broken")
    assert kept.name == "a-replaced-20260302T120000Z.sqlite3"
    assert not database.with_name("a.sqlite3-wal").exists()
    sqlite_copies.check(database)


def test_nothing_is_kept_where_nothing_was(tmp_path):
    assert sqlite_copies.replace(tmp_path / "new" / "a.sqlite3", database_of(tmp_path / "b.sqlite3"), STAMP) is None


def test_a_hash_beside_a_file_is_what_sha256sum_reads(tmp_path):
    file = tmp_path / "a"
    file.write_text("x", encoding="utf-8")
    assert not check_digest(file)

    digest = write_digest(file)

    assert (tmp_path / "a.sha256").read_text(encoding="utf-8") == f"{digest}  a\n"
    assert check_digest(file)
    file.write_text("y", encoding="utf-8")
    with pytest.raises(BackupBroken):
        check_digest(file)

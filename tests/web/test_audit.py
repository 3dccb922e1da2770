"""The audit: rows are only added, sealed into chains, and every change behind the database's back is found."""

# ruff: noqa: S608 - tampering is raw SQL

import json
from datetime import UTC, datetime, timedelta
from importlib import import_module
from threading import Barrier, Event, Thread
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from reable.cli.main import main
from reable.web.records.actor import Actor, ActorKind, NotAllowed
from reable.web.records.models import AccessEntry, AuditSeal, Clinic, Erasure
from reable.web.records.selectors.audit import accesses, missing_guards, verify_audit
from reable.web.records.services.audit import note_access
from reable.web.records.services.seal import seal

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OPERATOR = Actor(kind=ActorKind.OPERATOR)
pytestmark = pytest.mark.django_db


def make_clinic(slug="north"):
    return Clinic.objects.create(slug=slug, name=slug, telephone="555", time_zone="UTC", country="US")


def note(clinic, patients=(), times=1):
    for number in range(times):
        actor = Actor(kind=ActorKind.PT, user_id=uuid4(), clinic_id=clinic.id if clinic else None)
        actor.reads(patients=patients)
        note_access(actor, act="clinic:person", method="GET", status=200, request_id=f"r{number}")


@pytest.fixture
def clinic():
    """A clinic with two seals of three entries each, a second one, and entries of no clinic."""
    north, south = make_clinic("north"), make_clinic("south")
    for when in (NOW, NOW + timedelta(minutes=1)):
        note(north, times=3)
        note(south, times=2)
        note(None)
        seal(when)
    return north


def tamper(*statements):
    """Change the database behind its back: without the triggers, in raw SQL."""
    migration = import_module("reable.web.records.migrations.0002_audit_triggers")
    settle()
    with connection.cursor() as cursor:
        for statement in (*migration.no_guards(connection.vendor), *statements):
            cursor.execute(statement)
    settle()
    with connection.cursor() as cursor:
        for statement in migration.guards(connection.vendor):
            cursor.execute(statement)


def settle():
    """PostgreSQL alters no table for which a check of this transaction is still waiting."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def ids(clinic):
    return list(AccessEntry.objects.filter(clinic=clinic).order_by("id").values_list("id", flat=True))


def key(id_):
    """A UUID as it stands in raw SQL."""
    return f"'{id_.hex}'" if connection.vendor == "sqlite" else f"'{id_}'"


def what_is_wrong(clinic):
    report = verify_audit(OPERATOR)
    assert {fault.clinic_id for fault in report.faults} <= {clinic.id}
    return [fault.what for fault in report.faults]


def test_an_untouched_audit_holds(clinic):
    note(clinic, times=2)

    report = verify_audit(OPERATOR)

    assert report.holds
    assert (report.entries, report.sealed, report.unsealed) == (14, 12, 2)
    chain = next(chain for chain in report.chains if chain.clinic_id == clinic.id)
    assert (chain.entries, chain.unsealed, chain.head.number) == (8, 2, 2)
    assert chain.oldest_unsealed is not None


@pytest.mark.parametrize("model", [AccessEntry, AuditSeal, Erasure])
@pytest.mark.parametrize("act", ["update", "delete", "replace"])
def test_the_database_refuses_to_change_or_delete(clinic, model, act):
    Erasure.objects.create(clinic=clinic, kind="inquiry", erased_id=uuid4(), actor="tick", at=NOW)
    table = model._meta.db_table
    statement = {
        "update": f"UPDATE {table} SET at = at",
        "delete": f"DELETE FROM {table}",
        "replace": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        if connection.vendor == "sqlite"
        else f"TRUNCATE {table} CASCADE",
    }[act]
    settle()

    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert model.objects.exists()


def test_a_seal_is_not_replaced_under_another_id(clinic):
    first = AuditSeal.objects.filter(clinic=clinic).order_by("number").first()
    values = {f.attname: getattr(first, f.attname) for f in AuditSeal._meta.concrete_fields if f.name != "id"}

    with pytest.raises(DatabaseError), transaction.atomic():
        AuditSeal.objects.create(**values)
    none = AuditSeal.objects.filter(clinic=None).order_by("number").first()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditSeal.objects.create(
            clinic=None, number=none.number, first_entry=1, last_entry=1, entries=1, previous="", digest="", at=NOW
        )


@pytest.mark.parametrize(
    "column", ["at", "request_id", "user_id", "actor", "act", "method", "status", "patients", "inquiries"]
)
def test_an_altered_entry_is_found(clinic, column):
    other = {
        "at": "'2020-01-01 00:00:00+00:00'" if connection.vendor == "postgresql" else "'2020-01-01 00:00:00'",
        "user_id": key(uuid4()),
        "status": "404",
        "patients": "'[\"x\"]'",
        "inquiries": "'[\"x\"]'",
    }.get(column, "'x'")

    tamper(f"UPDATE records_accessentry SET {column} = {other} WHERE id = {ids(clinic)[1]}")

    report = verify_audit(OPERATOR)
    assert [fault.what for fault in report.faults] == ["an entry was altered, or this seal was"]
    assert (report.faults[0].clinic_id, report.faults[0].seal) == (clinic.id, 1)
    assert report.faults[0].first_entry <= ids(clinic)[1] <= report.faults[0].last_entry


@pytest.mark.parametrize("place", [0, 1, 2, 4])
def test_a_removed_entry_is_found(clinic, place):
    tamper(f"DELETE FROM records_accessentry WHERE id = {ids(clinic)[place]}")

    assert what_is_wrong(clinic) == ["1 of 3 entries were removed"]


def test_an_inserted_entry_is_found(clinic):
    free = ids(clinic)[2] + 1  # of the other clinic, which is moved out of the way
    columns = "clinic_id, at, request_id, user_id, actor, act, method, status, patients, inquiries"
    tamper(
        "UPDATE records_accessentry SET id = id + 1000000 WHERE clinic_id IS NULL",
        f"INSERT INTO records_accessentry (id, {columns}) SELECT {ids(None)[0]}, {columns} FROM records_accessentry WHERE id = {ids(clinic)[2]}",
    )

    assert free < ids(clinic)[3] < ids(clinic)[4]
    faults = verify_audit(OPERATOR).faults
    assert "1 entries were inserted" in [fault.what for fault in faults if fault.clinic_id == clinic.id]
    assert any("removed" in fault.what for fault in faults if fault.clinic_id is None)


def test_reordered_entries_are_found(clinic):
    first, second = ids(clinic)[:2]
    tamper(
        f"UPDATE records_accessentry SET id = 999999 WHERE id = {first}",
        f"UPDATE records_accessentry SET id = {first} WHERE id = {second}",
        f"UPDATE records_accessentry SET id = {second} WHERE id = 999999",
    )

    assert what_is_wrong(clinic) == ["an entry was altered, or this seal was"]


def test_an_entry_moved_to_another_clinic_is_found_in_both(clinic):
    south = Clinic.objects.get(slug="south")
    tamper(f"UPDATE records_accessentry SET clinic_id = {key(south.id)} WHERE id = {ids(clinic)[0]}")

    faults = verify_audit(OPERATOR).faults

    assert {(fault.clinic_id, fault.what) for fault in faults} == {
        (clinic.id, "1 of 3 entries were removed"),
        (south.id, "1 entries were inserted"),
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("digest = 'x'", ["an entry was altered, or this seal was", "the seal before this one was altered, or this one was"]),
        ("previous = 'x'", ["the seal before this one was altered, or this one was", "an entry was altered, or this seal was"]),
        ("at = '2020-01-01 00:00:00+00:00'", ["an entry was altered, or this seal was"]),
        ("entries = 2", ["1 entries were inserted"]),
        ("first_entry = 1000000", ["entries were exchanged for others"]),
        ("number = 9", ["1 seal(s) before this one were removed", "this seal covers entries that the one before covers"]),
    ],
)  # fmt: skip
def test_an_altered_seal_is_found(clinic, change, expected):
    tamper(f"UPDATE records_auditseal SET {change} WHERE clinic_id = {key(clinic.id)} AND number = 1")

    assert set(expected) <= set(what_is_wrong(clinic))


def test_a_removed_seal_is_found(clinic):
    tamper(f"DELETE FROM records_auditseal WHERE clinic_id = {key(clinic.id)} AND number = 1")

    wrong = what_is_wrong(clinic)

    assert wrong[0] == "1 seal(s) before this one were removed"


def test_an_end_that_was_cut_off_is_found_with_what_was_kept_elsewhere(clinic):
    kept = [chain.head for chain in verify_audit(OPERATOR).chains if chain.head]
    tamper(
        f"DELETE FROM records_auditseal WHERE clinic_id = {key(clinic.id)} AND number = 2",
        f"DELETE FROM records_accessentry WHERE id IN ({', '.join(map(str, ids(clinic)[3:]))})",
    )

    assert verify_audit(OPERATOR).holds  # nothing in the database itself can tell
    assert [fault.what for fault in verify_audit(OPERATOR, heads=kept).faults] == [
        "this seal was there before and is not there now: the end was cut off"
    ]


def test_an_end_that_was_sealed_anew_is_found_with_what_was_kept_elsewhere(clinic):
    kept = [chain.head for chain in verify_audit(OPERATOR).chains if chain.head]
    tamper(
        f"DELETE FROM records_auditseal WHERE clinic_id = {key(clinic.id)} AND number = 2",
        f"UPDATE records_accessentry SET act = 'x' WHERE id = {ids(clinic)[4]}",
    )
    seal(NOW + timedelta(minutes=1))

    assert [fault.what for fault in verify_audit(OPERATOR, heads=kept).faults] == [
        "this seal is not the one that was kept elsewhere"
    ]


def test_missing_triggers_are_named(clinic):
    migration = import_module("reable.web.records.migrations.0002_audit_triggers")
    settle()
    with connection.cursor() as cursor:
        cursor.execute(migration.no_guards(connection.vendor)[0])

    assert missing_guards() == (migration.no_guards(connection.vendor)[0].split()[4],)
    assert not verify_audit(OPERATOR).holds
    assert main(["audit", "verify"]) == 1
    settle()
    assert main(["audit", "protect"]) == 0
    assert missing_guards() == ()
    assert main(["audit", "protect"]) == 0
    assert AccessEntry.objects.filter(act="audit protect").count() == 1


def test_sealing_twice_seals_each_entry_once(clinic):
    before = AuditSeal.objects.count()

    assert seal(NOW) == 0
    note(clinic)
    assert seal(NOW) == 1
    assert seal(NOW) == 0

    assert AuditSeal.objects.count() == before + 1
    assert verify_audit(OPERATOR).holds


def test_many_entries_make_several_seals(clinic, monkeypatch):
    monkeypatch.setattr("reable.web.records.services.seal.MOST_ENTRIES", 2)
    note(clinic, times=5)

    assert seal(NOW) == 3
    assert verify_audit(OPERATOR).holds


@pytest.mark.django_db(transaction=True)
def test_two_ticks_and_busy_writers_leave_a_chain_that_holds():
    north = make_clinic()
    start, wrong = Barrier(4), []

    def at_once(act):
        try:
            start.wait()
            for _ in range(15):
                act()
        except Exception as error:  # noqa: BLE001 - shown below
            wrong.append(error)
        finally:
            connections.close_all()

    acts = [lambda: note(north), lambda: note(None), lambda: seal(NOW), lambda: seal(NOW)]
    threads = [Thread(target=at_once, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal(NOW)

    assert not wrong
    report = verify_audit(OPERATOR)
    assert report.faults == ()
    assert (report.sealed, report.unsealed) == (30, 0)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_seen_late_is_sealed_in_its_place():
    """PostgreSQL gives its id first and shows it later: a seal in between must wait for it."""
    written, go_on = Event(), Event()

    def slowly():
        with transaction.atomic():
            note(None)
            written.set()
            go_on.wait(10)
        connections.close_all()

    def seals():
        seal(NOW)
        connections.close_all()

    slow, sealer = Thread(target=slowly), Thread(target=seals)
    slow.start()
    written.wait(10)
    sealer.start()
    sealer.join(0.5)
    assert sealer.is_alive()
    go_on.set()
    slow.join()
    sealer.join()
    note(None)
    seal(NOW)

    assert verify_audit(OPERATOR).faults == ()
    assert verify_audit(OPERATOR).sealed == 2


@pytest.mark.django_db(transaction=True)
def test_the_tables_can_be_emptied_between_tests():
    """The test before left entries and seals behind; the triggers are back all the same."""
    assert not AccessEntry.objects.exists()
    assert missing_guards() == ()


def test_only_the_operator_looks_into_the_audit(clinic):
    therapist = Actor(kind=ActorKind.PT, clinic_id=clinic.id, kinds=frozenset({ActorKind.PT}))

    with pytest.raises(NotAllowed):
        accesses(therapist, patient_id=uuid4())
    with pytest.raises(NotAllowed):
        verify_audit(therapist)


def test_the_audit_of_a_patient_shows_acts_and_ids_only(clinic, capsys):
    patient, other = uuid4(), uuid4()
    note(clinic, patients=[patient, other])
    note(clinic, patients=[other])

    assert main(["audit", "show", "--patient", str(patient)]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["act"] for line in lines] == ["clinic:person"]
    assert set(lines[0]) == {"at", "clinic_id", "user_id", "actor", "act", "method", "status", "request_id"}
    looked = AccessEntry.objects.order_by("-id").first()
    assert (looked.actor, looked.act, looked.patients) == ("operator", "audit show", [str(patient)])


def test_the_command_verifies_and_keeps_the_heads(clinic, tmp_path, capsys):
    assert main(["audit", "verify", "--json"]) == 0
    kept = tmp_path / "heads.json"
    kept.write_text(capsys.readouterr().out, encoding="utf-8")
    note(clinic)
    assert main(["audit", "verify", "--kept", str(kept)]) == 0
    assert "1 not yet sealed" in capsys.readouterr().out

    tamper(f"UPDATE records_accessentry SET act = 'x' WHERE id = {ids(clinic)[0]}")

    assert main(["audit", "verify", "--kept", str(kept)]) == 1
    assert f"clinic {clinic.id}, seal 1" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "{}", '{"chains": [{"head": {"number": "one"}}]}', "[1]"])
def test_a_file_without_heads_is_a_clear_error(text, tmp_path, capsys):
    kept = tmp_path / "heads.json"
    kept.write_text(text, encoding="utf-8")

    assert main(["audit", "verify", "--kept", str(kept)]) == 2

    assert "HINT" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_the_protection_can_be_undone_and_put_back():
    migration = import_module("reable.web.records.migrations.0002_audit_triggers")
    with connection.schema_editor() as editor:
        migration.remove(None, editor)
        migration.add(None, editor)

    assert missing_guards() == ()

"""The rows of the audit can be added and nothing else: the database itself refuses to change or delete them.

A later migration that makes SQLite rebuild one of these tables loses its triggers: call `add` again at its end.
`reable doctor` and `reable audit verify` say when they are missing.
"""

from django.db import migrations

APPEND_ONLY = ("records_accessentry", "records_auditseal", "records_erasure")
REFUSAL = "rows of the audit are never changed or deleted"


def sqlite_guards() -> list[str]:
    """An insert that replaces would delete without a trigger, so it is refused as well."""
    made = []
    for table in APPEND_ONLY:
        same = "id = NEW.id"
        if table == "records_auditseal":
            same += " OR (number = NEW.number AND clinic_id IS NEW.clinic_id)"
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        made += [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}",  # noqa: S608 - names of ours
        ]
    # SQLite cannot hold the model's constraint, in which null clinics count as one: this index does.
    made.append("CREATE UNIQUE INDEX one_seal_a_number ON records_auditseal (COALESCE(clinic_id, ''), number)")
    return made


def postgres_guards() -> list[str]:
    """The triggers also fire for a replica's role, and TRUNCATE is refused."""
    refuse = f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END"
    made = [f"CREATE OR REPLACE FUNCTION reable_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$"]
    run = "EXECUTE FUNCTION reable_append_only()"
    for table in APPEND_ONLY:
        made += [
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {run}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate",
        ]
    return made


def guards(vendor: str) -> list[str]:
    """Give the statements that protect the rows."""
    return sqlite_guards() if vendor == "sqlite" else postgres_guards()


def no_guards(vendor: str) -> list[str]:
    """Give the statements that take the protection away: to undo this migration, and to empty a test's database."""
    if vendor == "sqlite":
        kinds = ("no_update", "no_delete", "no_replace")
        dropped = [f"DROP TRIGGER IF EXISTS {table}_{kind}" for table in APPEND_ONLY for kind in kinds]
        return [*dropped, "DROP INDEX IF EXISTS one_seal_a_number"]
    kinds = ("no_change", "no_truncate")
    dropped = [f"DROP TRIGGER IF EXISTS {table}_{kind} ON {table}" for table in APPEND_ONLY for kind in kinds]
    return [*dropped, "DROP FUNCTION IF EXISTS reable_append_only()"]


def add(apps, schema_editor):
    """Protect the rows."""
    for statement in guards(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    """Undo it."""
    for statement in no_guards(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]

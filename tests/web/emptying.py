"""Let Django empty the tables between two tests although the audit's triggers refuse to delete.

The triggers are in force in every test, as they are in a clinic. Only the statements with which Django empties the
tables after a transactional test are wrapped: triggers off, empty, triggers on, all in its one transaction.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connection


@pytest.fixture(scope="session", autouse=True)
def emptying_goes_past_the_guards() -> Iterator[None]:
    """Wrap the emptying for the whole run."""
    migration = import_module("reable.web.records.migrations.0002_audit_triggers")
    operations, vendor = type(connection.ops), connection.vendor
    empty = operations.sql_flush

    def sql_flush(self: Any, *arguments: Any, **options: Any) -> list[str]:
        statements = empty(self, *arguments, **options)
        return [*migration.no_guards(vendor), *statements, *migration.guards(vendor)] if statements else []

    operations.sql_flush = sql_flush  # on the class: a browser's test has a connection of its own
    yield
    operations.sql_flush = empty

"""What every test shares."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import browser, browser_page, open_page, sign_in

__all__ = ["browser", "browser_page", "open_page", "sign_in"]


@pytest.fixture(autouse=True, scope="session")
def _let_the_test_runner_empty_the_ledger() -> Iterator[None]:
    """Between transactional tests the runner empties all tables, which the triggers refuse.

    They are taken away in the transaction that empties, and `post_migrate` puts them back. The
    thread that takes events into the tree is kept waiting meanwhile: it works under the same lock.
    """
    from django.db import transaction
    from django.db.backends.base.operations import BaseDatabaseOperations

    from pilkades.apps.audit.append_only import unlock_tables
    from pilkades.apps.audit.services.sequence import lock_tree
    from pilkades.apps.roll.locked_rows import unguard_rows

    original = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(operations: Any, statements: list[str]) -> None:
        using = operations.connection.alias
        with transaction.atomic(using=using):
            lock_tree()
            unlock_tables(using=using)
            unguard_rows(using=using)
            original(operations, statements)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush
    yield
    BaseDatabaseOperations.execute_sql_flush = original

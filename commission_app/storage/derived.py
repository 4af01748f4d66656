"""What is derived from the rows of record and kept beside them for lists: always right, never logged.

Each use case refreshes what its rows feed before it is committed, undo and loading included.
"""

from typing import Final

from sqlalchemy import Connection

from commission_app.storage.writer import Writer

#: The tables whose rows touch a pledge.
OF_PLEDGES: Final = frozenset(
    ("pledges", "pledge_changes", "payments", "allocations", "write_offs", "deliveries")
)


def refresh(writer: Writer) -> None:
    """Derive again what the use case has touched."""
    if writer.tables & OF_PLEDGES:
        from commission_app.storage import pledge_figures

        pledge_figures.refresh(writer)


def rebuild(connection: Connection) -> None:
    """Derive everything again: the end of each migration."""
    from commission_app.storage import pledge_figures

    pledge_figures.rebuild(connection)

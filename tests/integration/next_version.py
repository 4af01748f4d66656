"""The next version of the program: one migration more than there is."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from commission_app import paths
from commission_app.storage import inspection
from commission_app.storage.database import Database

RELEASED = Path(__file__).parents[1] / "data" / "releases"
#: The number of the version after this one.
NEXT = inspection.VERSION + 1
MIGRATION = '''"""A migration for the tests."""

import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{newest}"
branch_labels = depends_on = None


def upgrade():
    op.execute("ALTER TABLE contacts ADD COLUMN nickname TEXT")
    {more}


def downgrade():
    op.execute("ALTER TABLE contacts DROP COLUMN nickname")
'''


def install(folder: Path, more: str = "pass", patch: pytest.MonkeyPatch | None = None) -> None:
    """Let the program be one whose newest schema is one more, by a migration (put into `folder`) that may do
    more than it should.
    """
    patch = patch or pytest.MonkeyPatch()
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(paths.migrations(), folder, ignore=ignored, dirs_exist_ok=True)
    migration = MIGRATION.format(newest=f"{NEXT - 1:04d}", next=f"{NEXT:04d}", more=more)
    (folder / "versions" / f"{NEXT:04d}_add_nickname.py").write_text(migration, encoding="utf-8")
    fresh = folder / "fresh.commission"
    Database.create(fresh)
    with closing(sqlite3.connect(fresh)) as connection:
        connection.execute("ALTER TABLE contacts ADD COLUMN nickname TEXT")
        digest = inspection.schema_digest(connection)
    fresh.unlink()
    patch.setattr(paths, "migrations", lambda: folder)
    patch.setattr(inspection, "VERSION", NEXT)
    patch.setitem(inspection.SCHEMA_DIGESTS, NEXT, digest)

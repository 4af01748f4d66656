"""The next version of the program: one migration more than there is."""

import gzip
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from commission_app import paths
from commission_app.storage import inspection

RELEASED = Path(__file__).parents[1] / "data" / "releases"
MIGRATION = '''"""A migration for the tests."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None


def upgrade():
    op.execute("ALTER TABLE contacts ADD COLUMN nickname TEXT")
    {more}


def downgrade():
    op.execute("ALTER TABLE contacts DROP COLUMN nickname")
'''


def install(folder: Path, more: str = "pass", patch: pytest.MonkeyPatch | None = None) -> None:
    """Let the program be one whose newest schema is 2, by a migration (put into `folder`) that may do more
    than it should.
    """
    patch = patch or pytest.MonkeyPatch()
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(paths.migrations(), folder, ignore=ignored, dirs_exist_ok=True)
    (folder / "versions" / "0002_add_nickname.py").write_text(MIGRATION.format(more=more), encoding="utf-8")
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.executescript(gzip.decompress((RELEASED / "schema-1.sql.gz").read_bytes()).decode())
        memory.execute("ALTER TABLE contacts ADD COLUMN nickname TEXT")
        digest = inspection.schema_digest(memory)
    patch.setattr(paths, "migrations", lambda: folder)
    patch.setattr(inspection, "VERSION", 2)
    patch.setitem(inspection.SCHEMA_DIGESTS, 2, digest)

"""Alembic's environment: the file and the metadata come from the caller through the configuration."""

from alembic import context
from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

config = context.config
engine = create_engine(f"sqlite:///{config.attributes['path']}", poolclass=NullPool)


@event.listens_for(engine, "connect")
def _prepare(connection, _record):
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")


@event.listens_for(engine, "begin")
def _begin(connection):
    connection.exec_driver_sql("BEGIN IMMEDIATE")


with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=config.attributes["target_metadata"],
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()

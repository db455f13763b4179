"""Alembic's environment. The connection, inside its transaction, comes from `simulator.records.upgrade`."""

from alembic import context

from simulator.records.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=context.config.attributes["version_table"],
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

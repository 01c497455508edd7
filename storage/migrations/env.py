"""What Alembic runs: the migrations, on the connection that `upgrade` has prepared."""

from __future__ import annotations

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=False,  # `upgrade` has begun the transaction and ends it
)
context.run_migrations()

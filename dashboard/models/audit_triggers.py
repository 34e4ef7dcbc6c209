"""Triggers that let the audit log only grow, for SQLite and PostgreSQL.

A deletion is let through only while `dashboard_auditretention` holds a row that is later than the event. The retention job
inserts that row and takes it away within one transaction, so that nobody else ever sees it. SQLite drops triggers when a
migration rebuilds the table: one that alters it has to call `triggers_make` again, at its end.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE: Final = (
    "DROP TRIGGER IF EXISTS dashboard_actionevent_update",
    "DROP TRIGGER IF EXISTS dashboard_actionevent_delete",
    """CREATE TRIGGER dashboard_actionevent_update BEFORE UPDATE ON dashboard_actionevent
    BEGIN SELECT RAISE(ABORT, 'The audit log is never changed.'); END""",
    """CREATE TRIGGER dashboard_actionevent_delete BEFORE DELETE ON dashboard_actionevent
    WHEN NOT EXISTS (SELECT 1 FROM dashboard_auditretention WHERE deletes_before > OLD.at)
    BEGIN SELECT RAISE(ABORT, 'Only the retention job deletes from the audit log.'); END""",
)

POSTGRESQL: Final = (
    """CREATE OR REPLACE FUNCTION dashboard_actionevent_guard() RETURNS trigger AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF EXISTS (SELECT 1 FROM dashboard_auditretention WHERE deletes_before > OLD.at) THEN
                RETURN OLD;
            END IF;
        ELSIF TG_OP = 'TRUNCATE' THEN
            IF NOT EXISTS (SELECT 1 FROM dashboard_actionevent)
                OR EXISTS (SELECT 1 FROM dashboard_auditretention) THEN
                RETURN NULL;
            END IF;
        END IF;
        RAISE EXCEPTION 'The audit log is never changed.' USING ERRCODE = 'integrity_constraint_violation';
    END $$ LANGUAGE plpgsql""",
    "DROP TRIGGER IF EXISTS dashboard_actionevent_row ON dashboard_actionevent",
    "DROP TRIGGER IF EXISTS dashboard_actionevent_truncate ON dashboard_actionevent",
    """CREATE TRIGGER dashboard_actionevent_row BEFORE UPDATE OR DELETE ON dashboard_actionevent
    FOR EACH ROW EXECUTE FUNCTION dashboard_actionevent_guard()""",
    """CREATE TRIGGER dashboard_actionevent_truncate BEFORE TRUNCATE ON dashboard_actionevent
    FOR EACH STATEMENT EXECUTE FUNCTION dashboard_actionevent_guard()""",
)

_DROP: Final = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS dashboard_actionevent_update",
        "DROP TRIGGER IF EXISTS dashboard_actionevent_delete",
    ),
    "postgresql": ("DROP FUNCTION IF EXISTS dashboard_actionevent_guard() CASCADE",),
}
_MAKE: Final = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def triggers_make(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers, or make them anew. Raises KeyError on a database that has none here: the log must not go unguarded."""
    for statement in _MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def triggers_drop(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For undoing the migration only."""
    for statement in _DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)

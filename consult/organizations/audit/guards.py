"""What makes the database refuse to change or take out an event, whoever asks."""

from sqlalchemy import DDL, event
from sqlalchemy.engine import Connection

from consult.organizations.audit.models import AuditEvent

_REFUSED = "the audit trail is never changed"

#: ``INSERT OR REPLACE`` takes a row out without its trigger: it is refused where it begins.
SQLITE = (
    *(
        f"CREATE TRIGGER audit_events_no_{verb} BEFORE {verb.upper()} ON audit_events "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        for verb in ("update", "delete")
    ),
    "CREATE TRIGGER audit_events_no_replace BEFORE INSERT ON audit_events WHEN EXISTS "  # noqa: S608
    "(SELECT 1 FROM audit_events WHERE id = NEW.id OR public_id = NEW.public_id) "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
)

POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$",
    "CREATE TRIGGER audit_events_no_change BEFORE UPDATE OR DELETE ON audit_events "
    "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
    "CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()",
)

#: By the name of the database's dialect.
GUARDS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def set_guards(connection: Connection) -> None:
    """Makes the database guard the trail; a migration, or ``create_all``, does it once."""
    for statement in GUARDS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


for _dialect, _statements in GUARDS.items():
    for _statement in _statements:
        # DDL() reads "%" as a place to fill: the statements have none.
        event.listen(
            AuditEvent.__table__,
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )

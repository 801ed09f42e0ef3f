"""Has the database itself refuse to change or delete what the audit trail holds."""

TABLE = "audit_auditentry"
_REFUSAL = "the audit trail only grows"


def protect(connection) -> None:
    with connection.cursor() as cursor:
        for statement in _STATEMENTS[connection.vendor]:
            cursor.execute(statement)


def unprotect(connection) -> None:
    with connection.cursor() as cursor:
        for event in ("update", "delete", "replace", "truncate"):
            on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS audit_no_{event}{on_table}")


_STATEMENTS = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{event} BEFORE {event} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for event in ("update", "delete")
    ]
    # INSERT OR REPLACE deletes without telling a trigger.
    + [
        f"CREATE TRIGGER audit_no_replace BEFORE INSERT ON {TABLE} "  # noqa: S608
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        *(
            f"CREATE TRIGGER audit_no_{event} BEFORE {event} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
            for event in ("update", "delete")
        ),
        f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT "
        "EXECUTE FUNCTION audit_refuse()",
    ],
}

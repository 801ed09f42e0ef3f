"""Has the database itself refuse a second booking of a held time, and one over an outage, whatever the code does.

PostgreSQL holds bookings apart by an exclusion constraint; SQLite, which writes one transaction at a time, by a
trigger. Outages are guarded by a trigger in both: who books and who plans an outage lock the machine's row first.
A migration that has SQLite make the table anew (it does so to alter a column) loses the triggers: call `protect` after.
"""

TABLE, OUTAGES = "equipment_booking", "equipment_outage"
OVERLAP = "booking_overlaps_no_other"
OVER_OUTAGE = "booking_is_over_no_outage"
_HOLDING = "('approved', 'done', 'missed')"


def protect(connection) -> None:
    with connection.cursor() as cursor:
        for statement in _PROTECT[connection.vendor]:
            cursor.execute(statement)


def unprotect(connection) -> None:
    with connection.cursor() as cursor:
        for statement in _UNPROTECT[connection.vendor]:
            cursor.execute(statement)


def missing(connection) -> list[str]:
    """Which of the guards the database has lost."""
    with connection.cursor() as cursor:
        cursor.execute(_GUARDS[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in _NAMES[connection.vendor] if name not in present]


# A booking that becomes approved, or whose time or machine changes while it is. One that is reported done or missed is
# not asked again: the outage may have come in between.
_OVER_OUTAGE = f"""EXISTS (SELECT 1 FROM {OUTAGES} o WHERE o.equipment_id = NEW.equipment_id
    AND o.starts_at < NEW.held_until AND (o.ends_at IS NULL OR o.ends_at > NEW.held_from))"""  # noqa: S608
_OVERLAPS = f"""EXISTS (SELECT 1 FROM {TABLE} b WHERE b.equipment_id = NEW.equipment_id AND b.id <> NEW.id
    AND b.status IN {_HOLDING} AND b.held_from < NEW.held_until AND b.held_until > NEW.held_from)"""  # noqa: S608
_EVENTS = {"insert": "INSERT", "update": "UPDATE OF status, equipment_id, held_from, held_until"}
_NEWLY = {"insert": "TRUE", "update": "OLD.status NOT IN ('done', 'missed')"}

_PROTECT = {
    "sqlite": [
        f"""CREATE TRIGGER {name}_{event} AFTER {_EVENTS[event]} ON {TABLE} WHEN NEW.status IN {holding}
        AND {_NEWLY[event]} AND {condition} BEGIN SELECT RAISE(ABORT, '{name}'); END"""
        for event in ("insert", "update")
        for name, holding, condition in (
            (OVERLAP, _HOLDING, _OVERLAPS),
            (OVER_OUTAGE, "('approved')", _OVER_OUTAGE),
        )
    ],
    "postgresql": [
        # int8range instead of the bare key: ranges have GiST operators without an extension.
        f"""ALTER TABLE {TABLE} ADD CONSTRAINT {OVERLAP} EXCLUDE USING gist
        (int8range(equipment_id, equipment_id, '[]') WITH &&, tstzrange(held_from, held_until) WITH &&)
        WHERE (status IN {_HOLDING})""",
        # "Everything free on these dates" asks over all machines.
        f"""CREATE INDEX booking_held ON {TABLE} USING gist (tstzrange(held_from, held_until))
        WHERE status IN {_HOLDING}""",
        f"""CREATE FUNCTION {OVER_OUTAGE}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.status = 'approved' AND {_OVER_OUTAGE} THEN RAISE EXCEPTION '{OVER_OUTAGE}'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{OVER_OUTAGE}'; END IF; RETURN NEW; END $$""",
        f"""CREATE TRIGGER {OVER_OUTAGE} BEFORE INSERT OR {_EVENTS["update"]} ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {OVER_OUTAGE}()""",
    ],
}
_UNPROTECT = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {name}_{event}" for name in (OVERLAP, OVER_OUTAGE) for event in ("insert", "update")
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {OVER_OUTAGE} ON {TABLE}",
        f"DROP FUNCTION IF EXISTS {OVER_OUTAGE}()",
        "DROP INDEX IF EXISTS booking_held",
        f"ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS {OVERLAP}",
    ],
}
_GUARDS = {
    "sqlite": f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}'",  # noqa: S608
    "postgresql": f"""SELECT conname FROM pg_constraint WHERE conrelid = '{TABLE}'::regclass
        UNION SELECT tgname FROM pg_trigger WHERE tgrelid = '{TABLE}'::regclass AND tgenabled <> 'D'""",  # noqa: S608
}
_NAMES = {
    "sqlite": [f"{name}_{event}" for name in (OVERLAP, OVER_OUTAGE) for event in ("insert", "update")],
    "postgresql": [OVERLAP, OVER_OUTAGE],
}

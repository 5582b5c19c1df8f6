"""The ledger's tables. Events are the truth; entries are their sum, kept so that a run need not add them up again."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    and_,
    literal,
)

VERSION = 11
"""Raised with every change of the tables, or of how what they keep is made; ``migrations`` leads an older ledger forward."""

METADATA = MetaData()


class Moment(TypeDecorator[datetime]):
    """A point in time, kept in UTC: SQLite forgets the zone, and then compares text."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return *value* in UTC, without its zone."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return *value* with its zone."""
        return value.replace(tzinfo=UTC) if value else None


# sorted sign by sign as SQLite and Python do, not as the language of the server would
_SORTED = String().with_variant(String(collation="C"), "postgresql")
_SORTED_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
_JSON = JSON(none_as_null=True)  # not JSONB, which forgets the order of fields

ABOUT = Table("about", METADATA, Column("name", String, primary_key=True), Column("value", String, nullable=False))

RUNS = Table(
    "runs",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("started", Moment, nullable=False),
    Column("tally", _JSON),
)

SUBMISSIONS = Table(
    "submissions",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("name", _SORTED_TEXT, nullable=False),
    Column("sender", Text, nullable=False),
    Column("run", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("fate", String, nullable=False),
    Column("archived", Text, nullable=False),  # below the outbox
    Column("rows", _JSON, nullable=False),
    Column("ignored", _JSON, nullable=False),
    Column("restated", _JSON, nullable=False, server_default="[]"),
)

# files and sheets by the number under which all that stood on one refers to it
PLACES = Table(
    "places",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("file", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Index("places_by_name", "file", "sheet", unique=True),
)

# what events of one submission, sheet, form, actor and day have in common, once, and what each of them says, packed
ORIGINS = Table(
    "origins",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("submission", String(64), nullable=False),
    Column("place", Integer, nullable=False),
    Column("form", String, nullable=False),
    Column("actor", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("origins_by_day", "day", "form"),
    Index("origins_by_submission", "submission"),
)

EVENTS = Table(
    "events",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("run", Integer, nullable=False),
    Column("register", String, nullable=False),
    Column("key", _SORTED, nullable=False),
    Column("state", String, nullable=False),
    Column("owner", String),
    Column("origin", Integer, nullable=False),
    Column("at", Integer, nullable=False),  # which of those that its origin packs
    Column("opens", Integer, nullable=False),
    Column("undone", Integer),  # the run that took it back; it stays for the history
    Index("events_by_key", "register", "key"),
)
# What every run asks of the events has an index, since they are kept for good. SQLite takes one of some rows only for a
# question that says the same in so many words, so the values stand in it.
LATER = and_(EVENTS.c.opens == literal(0, literal_execute=True), EVENTS.c.undone.is_(None))
"""What was done to records after they were opened: asked for by origin, which tells the day and whether a sheet said so."""
Index("later_by_origin", EVENTS.c.origin, sqlite_where=LATER)
OPENINGS = EVENTS.c.opens == literal(1, literal_execute=True)
_OPENED = (EVENTS.c.register, EVENTS.c.undone)
Index("openings_by_register", *_OPENED, sqlite_where=OPENINGS)
TAKEN_BACK = EVENTS.c.undone.is_not(None)
Index("events_taken_back", EVENTS.c.undone, sqlite_where=TAKEN_BACK)

ENTRIES = Table(
    "entries",
    METADATA,
    Column("register", String, primary_key=True),
    Column("key", _SORTED, primary_key=True),
    Column("held", _JSON, nullable=False),
    Column("state", String, nullable=False),
    Column("since", Date),
    Column("due", Date),
    Column("owner", String, nullable=False),
    Column("area", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("cell", String, nullable=False),
    Column("notes", _JSON, nullable=False),
    Column("version", Integer, nullable=False),
    # all that is counted every day: the records themselves, wide as they are, are not gone through for it
    Index("entries_by_standing", "register", "state", "owner", "area", "due", "version", "key"),
    Index("entries_by_area", "register", "area", "key"),
    sqlite_with_rowid=False,  # they lie in key order, as they are read, and their keys are kept once
)

FINDINGS = Table(
    "findings",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("identity", String(64), nullable=False),  # what makes it the same finding when it is raised again
    Column("rule", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("submission", String(64), nullable=False),
    Column("file", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("cell", String, nullable=False),
    Column("form", String, nullable=False),
    Column("field", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("key", _SORTED, nullable=False),
    Column("details", _JSON, nullable=False),
    Column("owner", String, nullable=False),
    Column("opened", Date, nullable=False),
    Column("opened_run", Integer, nullable=False),
    Column("closed", Date),
    Column("closed_run", Integer),
    Column("answer", String, nullable=False, server_default=""),  # what its owner said to it: noted
    Index("findings_open", "closed"),
    Index("findings_by_key", "form", "key"),
)

# what a finding said, and whose it was, until a run found it to be otherwise
PAST_FINDINGS = Table(
    "past_findings",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("renewed_run", Integer, primary_key=True),
    Column("finding", _JSON, nullable=False),
    Index("past_findings_by_run", "renewed_run"),
)

# what each sheet of a sender's own said, packed: a later one of its line says only what differs
PAPERS = Table(
    "papers",
    METADATA,
    Column("submission", String(64), primary_key=True),
    Column("form", String, primary_key=True),
    Column("made", Moment, nullable=False),
    Column("lineage", String(64), nullable=False),
    Column("author", Text, nullable=False),
    Column("stem", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("papers_by_lineage", "form", "lineage"),
    Index("papers_by_author", "form", "author"),
    Index("papers_by_stem", "form", "stem"),
)

PENDING = Table(
    "pending",
    METADATA,
    Column("number", Integer, primary_key=True),  # of the event that announced it
    Column("register", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("record", _JSON, nullable=False),
    Column("taken", Integer),  # the run in which it took effect
    Index("pending_by_day", "register", "day"),
)

SERIALS = Table(
    "serials",
    METADATA,
    Column("register", String, primary_key=True),
    Column("stem", String, primary_key=True),
    Column("last", Integer, nullable=False),
)

# by what records that may be one are found, the register being part of the number; never taken away, since a stale trait
# costs a comparison and no more
TRAITS = Table(
    "traits",
    METADATA,
    Column("trait", BigInteger, primary_key=True),
    Column("key", _SORTED, primary_key=True),
    sqlite_with_rowid=False,
)

# up to which event a register's records have traits
TRAITED = Table(
    "traited",
    METADATA,
    Column("register", String, primary_key=True),
    Column("event", Integer, nullable=False),
)

# what a run wrote, by content: a file of that hash was changed by nobody
PUBLISHED = Table(
    "published",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("path", Text, nullable=False),  # below the outbox
    Column("run", Integer, nullable=False),
)

# from what each report was drawn, and what came of it: while both are the same it is not drawn again
DRAWN = Table(
    "drawn",
    METADATA,
    Column("path", Text, primary_key=True),  # below the outbox
    Column("inputs", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
)

# what staff added to the master: a register's sheet in body, or a sheet of their own in content
ADDITIONS = Table(
    "additions",
    METADATA,
    Column("kind", String, primary_key=True),  # page, sheet
    Column("name", String, primary_key=True),  # the register's code, the sheet's title
    Column("body", _JSON, nullable=False),
    Column("content", LargeBinary),
)

TOLD = Table(
    "told",
    METADATA,
    Column("person", String, primary_key=True),
    Column("items", LargeBinary, nullable=False),  # packed
)

MAILS = Table(
    "mails",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("run", Integer, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("message_id", String, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),  # empty as soon as it needs no sending any more
    Column("queued", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Moment),
    Column("outcome", String, nullable=False),  # queued, sent, failed
    Column("problem", Text, nullable=False),
    Index("mails_by_outcome", "outcome"),
)


def suit_a_server() -> None:
    """Have indexes of some rows be so on a server, too. Declared with its table, that would load the server's dialect for a ledger in a file."""
    for table in METADATA.sorted_tables:
        for index in table.indexes:
            if (where := index.dialect_options["sqlite"]["where"]) is not None:
                index.dialect_options["postgresql"]["where"] = where

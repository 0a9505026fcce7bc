"""The shape of the database, one step after the other; a released step never changes.

Each step runs in one transaction with the record that it ran (sqlite-utils keeps it) and
raises ``user_version``, by which an older program knows that it must not touch the file.
Tables are STRICT and hold whole numbers, text and bytes; no floats, no decimals.

The place of an event is its origin's number and its own number in one integer, so that the
table itself is the index by origin and a touch changes one page less.

It stands apart from who asks for a step, so that sqlite-utils is loaded only where one is due.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

_steps = Migrations("chairtime")

_FIRST_TABLES = (
    """CREATE TABLE origin (
        number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 0x7FFFFF),
        name TEXT NOT NULL UNIQUE,
        own INTEGER NOT NULL CHECK (own IN (0, 1)),
        began_us INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE event (
        place INTEGER PRIMARY KEY,
        origin INTEGER NOT NULL AS (place >> 40),
        origin_seq INTEGER NOT NULL AS (place & 0xFFFFFFFFFF) CHECK (origin_seq > 0),
        id TEXT NOT NULL,
        stream TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version > 0),
        kind TEXT NOT NULL,
        schema INTEGER NOT NULL,
        touch TEXT NOT NULL,
        actor TEXT NOT NULL,
        effective_us INTEGER NOT NULL,
        recorded_us INTEGER NOT NULL,
        counting_us INTEGER NOT NULL,
        boot TEXT NOT NULL,
        zone TEXT NOT NULL,
        offset_s INTEGER NOT NULL,
        reference_offset_us INTEGER,
        body TEXT NOT NULL,
        previous_hash BLOB NOT NULL,
        hash BLOB NOT NULL,
        UNIQUE (stream, version)
    ) STRICT""",
    """CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END""",
    """CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END""",
    """CREATE TABLE session (
        session TEXT PRIMARY KEY,
        stage TEXT NOT NULL,
        chair TEXT NOT NULL,
        mrn TEXT NOT NULL,
        initials TEXT NOT NULL,
        service_date TEXT NOT NULL,
        seated_us INTEGER NOT NULL,
        ended_us INTEGER,
        signed_us INTEGER,
        signed_version INTEGER,
        hold_reason TEXT NOT NULL,
        settled INTEGER NOT NULL CHECK (settled IN (0, 1))
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX session_open ON session (seated_us) WHERE settled = 0",
    "CREATE INDEX session_day ON session (service_date)",
    """CREATE TABLE signed_line (
        line TEXT PRIMARY KEY,
        session TEXT NOT NULL,
        version INTEGER NOT NULL,
        batch TEXT
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX signed_line_session ON signed_line (session, version)",
    """CREATE TABLE batch (
        batch TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('prepared', 'sent', 'abandoned')),
        folder TEXT NOT NULL,
        prepared_us INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX batch_open ON batch (batch) WHERE state = 'prepared'",
    """CREATE TABLE batch_line (
        batch TEXT NOT NULL REFERENCES batch (batch),
        line TEXT NOT NULL,
        PRIMARY KEY (batch, line)
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "PRAGMA user_version = 1",
)


@_steps(name="1 journal, lists, settings")
def _first(database: Database) -> None:
    for statement in _FIRST_TABLES:
        database.execute(statement)


_SECRETS = (
    """CREATE TABLE verifier (
        name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('pin', 'badge')),
        salt BLOB NOT NULL,
        memory_kib INTEGER NOT NULL,
        passes INTEGER NOT NULL,
        lanes INTEGER NOT NULL,
        digest BLOB NOT NULL,
        PRIMARY KEY (kind, name)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE wrong_try (
        name TEXT PRIMARY KEY,
        tries INTEGER NOT NULL,
        counting_us INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "PRAGMA user_version = 2",
)


@_steps(name="2 what a PIN and a badge are held against, and wrong tries")
def _secrets(database: Database) -> None:
    for statement in _SECRETS:
        database.execute(statement)


_SIGNED_HEADS = (
    """CREATE TABLE signed_head (
        place INTEGER PRIMARY KEY,
        hash BLOB NOT NULL,
        public BLOB NOT NULL,
        next BLOB NOT NULL,
        signature BLOB NOT NULL
    ) STRICT""",
    """CREATE TRIGGER signed_head_is_never_changed BEFORE UPDATE ON signed_head
        BEGIN SELECT RAISE(ABORT, 'a signed head is never changed'); END""",
    """CREATE TRIGGER signed_head_is_never_removed BEFORE DELETE ON signed_head
        BEGIN SELECT RAISE(ABORT, 'a signed head is never removed'); END""",
    """CREATE TABLE signing_key (
        number INTEGER PRIMARY KEY CHECK (number = 1),
        private BLOB NOT NULL
    ) STRICT""",
    "PRAGMA user_version = 3",
)


@_steps(name="3 signed heads")
def _signed_heads(database: Database) -> None:
    for statement in _SIGNED_HEADS:
        database.execute(statement)


_FOUND = (
    """CREATE TABLE found_word (
        number INTEGER PRIMARY KEY,
        sort TEXT NOT NULL,
        word TEXT NOT NULL,
        UNIQUE (sort, word)
    ) STRICT""",
    """CREATE TABLE found_in (
        word INTEGER NOT NULL REFERENCES found_word (number),
        session TEXT NOT NULL,
        PRIMARY KEY (word, session)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE found_until (
        origin INTEGER PRIMARY KEY REFERENCES origin (number),
        seq INTEGER NOT NULL
    ) STRICT""",
    "PRAGMA user_version = 4",
)
"""The words sessions are found by. They are filled when somebody looks, so no touch waits for them."""


@_steps(name="4 words that sessions are found by")
def _found(database: Database) -> None:
    for statement in _FOUND:
        database.execute(statement)


def take_steps(connection: sqlite3.Connection) -> None:
    """Take every step that a database has not taken yet. Raises SqlError and changes nothing."""
    _steps.apply(Database(connection, strict=True, execute_plugins=False))

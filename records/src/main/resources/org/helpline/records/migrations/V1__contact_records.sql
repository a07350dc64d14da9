-- Read by SQLite and by PostgreSQL alike: TEXT, BIGINT and INTEGER alone, times in milliseconds since 1970 (UTC),
-- no value that only one of them knows.

CREATE TABLE contact_record (
  contact          TEXT    NOT NULL PRIMARY KEY,
  domain           TEXT    NOT NULL,
  helpline         TEXT    NOT NULL,
  called           TEXT    NOT NULL, -- label of the number that was called
  caller_hash      TEXT,             -- keyed hash; NULL: withheld, or past its retention
  language         TEXT,
  modality         TEXT,
  need             TEXT,
  outcome          TEXT    NOT NULL,
  reason           TEXT,
  arrived_ms       BIGINT  NOT NULL,
  offered_ms       BIGINT,
  answered_ms      BIGINT,
  ended_ms         BIGINT  NOT NULL,
  queue_wait_ms    BIGINT  NOT NULL,
  talk_ms          BIGINT  NOT NULL,
  hold_ms          BIGINT  NOT NULL,
  wrap_up_ms       BIGINT  NOT NULL,
  requeues         INTEGER NOT NULL,
  transfers        INTEGER NOT NULL,
  consults         INTEGER NOT NULL,
  dropped_segments INTEGER NOT NULL
);
CREATE INDEX contact_record_by_arrival ON contact_record (arrived_ms);
CREATE INDEX contact_record_by_end ON contact_record (ended_ms);
CREATE INDEX contact_record_by_caller ON contact_record (caller_hash, arrived_ms);

CREATE TABLE contact_segment (
  contact  TEXT    NOT NULL REFERENCES contact_record (contact),
  ordinal  INTEGER NOT NULL,
  kind     TEXT    NOT NULL,
  start_ms BIGINT  NOT NULL,
  end_ms   BIGINT  NOT NULL,
  agent    TEXT,
  queue    TEXT,
  by_agent TEXT, -- who asked for the consult
  to_agent TEXT, -- to whom it was transferred
  consult  TEXT,
  outcome  TEXT,
  PRIMARY KEY (contact, ordinal)
);
CREATE INDEX contact_segment_by_start ON contact_segment (start_ms);

-- Personal data.
CREATE TABLE contact_inquiry (
  contact      TEXT    NOT NULL REFERENCES contact_record (contact),
  ordinal      INTEGER NOT NULL,
  at_ms        BIGINT  NOT NULL,
  agent        TEXT    NOT NULL,
  inquiry      TEXT    NOT NULL,
  outcome      TEXT    NOT NULL,
  escalated_to TEXT,
  referred_to  TEXT,
  notes        TEXT,
  PRIMARY KEY (contact, ordinal)
);
CREATE INDEX contact_inquiry_by_time ON contact_inquiry (at_ms);

-- How far a domain's journal is in the records. Changes in the transaction that writes them, never alone before it.
CREATE TABLE record_cursor (
  domain     TEXT   NOT NULL PRIMARY KEY,
  journal    TEXT   NOT NULL, -- which journal: one in memory is another one after each start
  seq        BIGINT NOT NULL, -- the last event that was folded
  resume_seq BIGINT NOT NULL, -- where to read on from: open contacts begin there
  written_ms BIGINT NOT NULL
);

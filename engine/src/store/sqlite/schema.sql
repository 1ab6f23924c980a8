-- The log. Appended and never changed: triggers at the end refuse everything else.

CREATE TABLE operations (
  id            INTEGER PRIMARY KEY,
  at            INTEGER NOT NULL,        -- microseconds since 1970
  command       TEXT    NOT NULL,
  undoes        INTEGER REFERENCES operations (id),
  -- What head() answers, so that one row is all it reads.
  newest_at     INTEGER NOT NULL,
  next_plan     INTEGER NOT NULL,
  next_entry    INTEGER NOT NULL,        -- its new entries are those from the previous row's number
  previous_hash BLOB    NOT NULL,
  hash          BLOB    NOT NULL
) STRICT;
CREATE INDEX operations_undoes ON operations (undoes) WHERE undoes IS NOT NULL;

-- Rows of one cycle lie together, those about the plan as a whole (cycle 0) in front: a day's
-- reading touches two places, however many cycles ended. `at` repeats that of the operation for
-- the same reason.
CREATE TABLE facts (
  plan      INTEGER NOT NULL,
  cycle     INTEGER NOT NULL,
  operation INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  entry     INTEGER,
  on_date   TEXT    NOT NULL,
  on_time   TEXT,
  kind      TEXT    NOT NULL,
  version   INTEGER NOT NULL,
  body      TEXT    NOT NULL,            -- JSON; refers to words by slot
  PRIMARY KEY (plan, cycle, operation, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX facts_operation ON facts (operation, position);
CREATE INDEX facts_entry ON facts (entry, plan, cycle) WHERE entry IS NOT NULL;

-- What people said, apart from the facts, so that it can be erased. The digest stays.
CREATE TABLE words (
  plan      INTEGER NOT NULL,
  cycle     INTEGER NOT NULL,
  operation INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  slot      INTEGER NOT NULL,
  digest    BLOB    NOT NULL,            -- SHA-256 of salt and text
  salt      BLOB,
  text      TEXT,
  PRIMARY KEY (plan, cycle, operation, position, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
  id             INTEGER PRIMARY KEY,
  operation      INTEGER NOT NULL,
  kind           TEXT    NOT NULL,
  version        INTEGER NOT NULL,
  company        INTEGER,
  introduced_by  INTEGER,
  do_not_contact INTEGER NOT NULL,
  knows_me       INTEGER NOT NULL,
  digest         BLOB    NOT NULL,
  salt           BLOB,
  name           TEXT,
  fields         TEXT                    -- a JSON object
) STRICT;

CREATE TABLE entry_changes (
  entry     INTEGER NOT NULL,
  operation INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  kind      TEXT    NOT NULL,
  version   INTEGER NOT NULL,
  body      TEXT    NOT NULL,
  digest    BLOB,
  salt      BLOB,
  text      TEXT,
  PRIMARY KEY (entry, operation, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_changes_operation ON entry_changes (operation, position);

CREATE TABLE playbooks (
  hash      TEXT    PRIMARY KEY,
  operation INTEGER NOT NULL,
  text      TEXT    NOT NULL
) STRICT;

-- What `forget` left of texts that spoke of somebody in passing: by place, the digest of what is
-- left, which belongs to the operation that forgot.
CREATE TABLE redactions (
  operation INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  place     TEXT    NOT NULL,
  digest    BLOB    NOT NULL,
  PRIMARY KEY (operation, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX redactions_place ON redactions (place);

-- Projections: worked out anew from the log where they are lost.

CREATE TABLE undone (
  operation INTEGER PRIMARY KEY REFERENCES operations (id)
) STRICT;

-- F6: a task is done at most once, as far as operations still stand.
CREATE TABLE completions (
  plan       INTEGER NOT NULL,
  cycle      INTEGER NOT NULL,
  step       TEXT    NOT NULL,
  entry      INTEGER NOT NULL,           -- 0 for none
  occurrence TEXT    NOT NULL,           -- empty for none
  PRIMARY KEY (plan, cycle, step, entry, occurrence)
) STRICT, WITHOUT ROWID;

CREATE TABLE plans (
  id            INTEGER PRIMARY KEY,
  started       INTEGER NOT NULL,        -- the operation
  title         TEXT    NOT NULL,
  playbook      TEXT    NOT NULL,
  running_cycle INTEGER,
  next_due      TEXT    NOT NULL,        -- empty where it has to be worked out
  conversations TEXT    NOT NULL         -- JSON: [[cycle, entry], …]
) STRICT;
CREATE INDEX plans_due ON plans (next_due);

CREATE TRIGGER operations_stay BEFORE UPDATE ON operations
BEGIN SELECT RAISE(ABORT, 'operations are never changed'); END;
CREATE TRIGGER operations_remain BEFORE DELETE ON operations
BEGIN SELECT RAISE(ABORT, 'operations are never deleted'); END;
CREATE TRIGGER facts_stay BEFORE UPDATE ON facts
BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END;
CREATE TRIGGER facts_remain BEFORE DELETE ON facts
BEGIN SELECT RAISE(ABORT, 'facts are never deleted'); END;
CREATE TRIGGER playbooks_stay BEFORE UPDATE ON playbooks
BEGIN SELECT RAISE(ABORT, 'playbooks are never changed'); END;
CREATE TRIGGER playbooks_remain BEFORE DELETE ON playbooks
BEGIN SELECT RAISE(ABORT, 'playbooks are never deleted'); END;

CREATE TRIGGER redactions_stay BEFORE UPDATE ON redactions
BEGIN SELECT RAISE(ABORT, 'redactions are never changed'); END;
CREATE TRIGGER redactions_remain BEFORE DELETE ON redactions
BEGIN SELECT RAISE(ABORT, 'redactions are never deleted'); END;

-- Words and persons may be erased, or what speaks of somebody else cut out of them (`forget`), and
-- nothing else.
CREATE TRIGGER words_remain BEFORE DELETE ON words
BEGIN SELECT RAISE(ABORT, 'words are erased, never deleted'); END;
CREATE TRIGGER words_stay BEFORE UPDATE ON words
WHEN (new.text IS NOT NULL AND NOT EXISTS (SELECT 1 FROM redactions WHERE place = 'words/'
    || new.plan || '/' || new.cycle || '/' || new.operation || '/' || new.position || '/' || new.slot))
  OR (new.plan, new.cycle, new.operation, new.position, new.slot, new.digest)
  IS NOT (old.plan, old.cycle, old.operation, old.position, old.slot, old.digest)
BEGIN SELECT RAISE(ABORT, 'words are erased, never changed'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are erased, never deleted'); END;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
WHEN (coalesce(new.name, new.fields) IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM redactions WHERE place = 'entry/' || new.id))
  OR (new.id, new.operation, new.kind, new.version, new.company, new.introduced_by,
      new.do_not_contact, new.knows_me, new.digest)
  IS NOT (old.id, old.operation, old.kind, old.version, old.company, old.introduced_by,
      old.do_not_contact, old.knows_me, old.digest)
BEGIN SELECT RAISE(ABORT, 'entries are erased, never changed'); END;
CREATE TRIGGER entry_changes_remain BEFORE DELETE ON entry_changes
BEGIN SELECT RAISE(ABORT, 'changes of entries are erased, never deleted'); END;
CREATE TRIGGER entry_changes_stay BEFORE UPDATE ON entry_changes
WHEN (new.text IS NOT NULL AND NOT EXISTS (SELECT 1 FROM redactions WHERE place = 'change/'
    || new.entry || '/' || new.operation || '/' || new.position))
  OR (new.entry, new.operation, new.position, new.kind, new.version, new.body, new.digest)
  IS NOT (old.entry, old.operation, old.position, old.kind, old.version, old.body, old.digest)
BEGIN SELECT RAISE(ABORT, 'changes of entries are erased, never changed'); END;

-- +goose Up

-- "Colo": tells this database from any other SQLite file.
PRAGMA application_id = 1131375727;

CREATE TABLE stories (
    id          INTEGER PRIMARY KEY,
    revision    INTEGER NOT NULL,
    merged_into INTEGER REFERENCES stories (id), -- its content is among the revisions then
    added       INTEGER NOT NULL, -- microseconds UTC, as all times here
    changed     INTEGER NOT NULL,
    words       INTEGER NOT NULL,
    chapters    INTEGER NOT NULL,
    content     BLOB NOT NULL,    -- SHA-256 of all that a revision may change
    work        BLOB NOT NULL,    -- SHA-256 of header and text alone
    title_key   TEXT NOT NULL,    -- what listings are sorted by; '' where there is no title
    title       TEXT NOT NULL,
    language    TEXT NOT NULL,
    rating      TEXT NOT NULL,    -- normalised; '' where not known
    status      TEXT NOT NULL,
    sketch      BLOB,
    header      TEXT NOT NULL     -- JSON
);
CREATE INDEX stories_added ON stories (merged_into, added, id, words);

-- What a story was before its present revision.
CREATE TABLE story_revisions (
    story_id INTEGER NOT NULL REFERENCES stories (id),
    revision INTEGER NOT NULL,
    stored   INTEGER NOT NULL,
    content  TEXT NOT NULL, -- JSON: header, chapters with text, sources, evidence, findings
    PRIMARY KEY (story_id, revision)
);

CREATE TABLE chapters (
    story_id INTEGER NOT NULL REFERENCES stories (id),
    n        INTEGER NOT NULL, -- from 1
    words    INTEGER NOT NULL,
    title    TEXT NOT NULL,
    notes    TEXT NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (story_id, n)
);

-- A pen name is known by its key; a form is one way it is written. Rows that no
-- story needs any longer are removed, and their ids are never given again.
CREATE TABLE pen_names (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    key     TEXT NOT NULL UNIQUE,
    stories INTEGER NOT NULL -- as author or co-author
);
CREATE TABLE pen_name_forms (
    pen_name_id INTEGER NOT NULL REFERENCES pen_names (id),
    form        TEXT NOT NULL,
    stories     INTEGER NOT NULL,
    PRIMARY KEY (pen_name_id, form)
);
CREATE TABLE bylines (
    story_id    INTEGER NOT NULL REFERENCES stories (id),
    position    INTEGER NOT NULL,
    pen_name_id INTEGER NOT NULL REFERENCES pen_names (id),
    role        TEXT NOT NULL,
    form        TEXT NOT NULL,
    PRIMARY KEY (story_id, position)
);
CREATE INDEX bylines_pen_name ON bylines (pen_name_id, role, story_id);

CREATE TABLE tags (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT NOT NULL,
    key     TEXT NOT NULL,
    stories INTEGER NOT NULL,
    UNIQUE (kind, key)
);
CREATE TABLE tag_forms (
    tag_id  INTEGER NOT NULL REFERENCES tags (id),
    form    TEXT NOT NULL,
    stories INTEGER NOT NULL,
    PRIMARY KEY (tag_id, form)
);
CREATE TABLE story_tags (
    story_id INTEGER NOT NULL REFERENCES stories (id),
    position INTEGER NOT NULL, -- within its kind
    tag_id   INTEGER NOT NULL REFERENCES tags (id),
    form     TEXT NOT NULL,
    PRIMARY KEY (story_id, tag_id)
);
CREATE INDEX story_tags_tag ON story_tags (tag_id, story_id);

-- A row is never changed to speak of other bytes: a file that has changed is a
-- new row, and the old one stays for the old revision.
CREATE TABLE sources (
    id      INTEGER PRIMARY KEY,
    origin  TEXT NOT NULL,
    path    TEXT NOT NULL,
    digest  BLOB NOT NULL, -- SHA-256, its address in the vault
    size    INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    reading TEXT NOT NULL, -- JSON
    UNIQUE (origin, path, digest)
);
CREATE INDEX sources_digest ON sources (digest);
CREATE TABLE story_sources (
    story_id  INTEGER NOT NULL REFERENCES stories (id),
    position  INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    copy      INTEGER NOT NULL, -- 1 for a further copy of the story
    PRIMARY KEY (story_id, source_id)
);
CREATE INDEX story_sources_source ON story_sources (source_id, copy);

CREATE TABLE evidence (
    story_id INTEGER PRIMARY KEY REFERENCES stories (id),
    items    TEXT NOT NULL -- JSON: always read and written together
);

CREATE TABLE findings (
    story_id INTEGER NOT NULL REFERENCES stories (id),
    position INTEGER NOT NULL,
    code     TEXT NOT NULL,
    message  TEXT NOT NULL,
    source   TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL,
    PRIMARY KEY (story_id, position)
);
CREATE INDEX findings_code ON findings (code, story_id);

-- A range to be masked belongs to bytes, wherever they are shown.
CREATE TABLE sealed_addresses (
    id         INTEGER PRIMARY KEY,
    story_id   INTEGER NOT NULL REFERENCES stories (id),
    digest     BLOB NOT NULL,
    start_at   INTEGER NOT NULL,
    end_at     INTEGER NOT NULL,
    field      TEXT NOT NULL,
    lookup     BLOB NOT NULL, -- HMAC-SHA-256 of the normalised address
    nonce      BLOB NOT NULL,
    ciphertext BLOB NOT NULL
);
CREATE INDEX sealed_addresses_digest ON sealed_addresses (digest);
CREATE INDEX sealed_addresses_lookup ON sealed_addresses (lookup);
CREATE INDEX sealed_addresses_story ON sealed_addresses (story_id);

CREATE TABLE rescues (
    id       INTEGER PRIMARY KEY,
    origin   TEXT NOT NULL,
    started  INTEGER NOT NULL,
    finished INTEGER, -- NULL while it runs, and for one that was killed
    counts   TEXT NOT NULL -- JSON: name to number
);
CREATE TABLE left_files (
    rescue_id INTEGER NOT NULL REFERENCES rescues (id),
    position  INTEGER NOT NULL,
    path      TEXT NOT NULL,
    code      TEXT NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (rescue_id, position)
);

-- Single facts about the archive itself, such as which seal key it uses.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
);

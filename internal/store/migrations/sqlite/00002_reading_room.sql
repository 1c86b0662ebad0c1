-- +goose Up

-- A story that has become part of another, or is withdrawn, is in no listing,
-- count, search or name; its chapters, sources, evidence and revisions stay.
ALTER TABLE stories ADD COLUMN published INTEGER NOT NULL DEFAULT 1;
UPDATE stories SET published = 0 WHERE merged_into IS NOT NULL;
DROP INDEX stories_added;
CREATE INDEX stories_added ON stories (published, added, id, words);
CREATE INDEX stories_words ON stories (published, words);

-- All withdrawals that have been; those that hold have no end.
CREATE TABLE withdrawals (
    id         INTEGER PRIMARY KEY,
    story_id   INTEGER NOT NULL REFERENCES stories (id),
    withdrawn  INTEGER NOT NULL,
    restored   INTEGER,
    asked_by   TEXT NOT NULL,
    reason     TEXT NOT NULL,
    keep_title INTEGER NOT NULL
);
CREATE UNIQUE INDEX withdrawals_story ON withdrawals (story_id) WHERE restored IS NULL;

-- The bytes that withdrawn stories have or had as their own: a story that is
-- made of them anew is withdrawn from the start.
CREATE TABLE withdrawn_digests (
    digest   BLOB NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id),
    PRIMARY KEY (digest, story_id)
);
CREATE INDEX withdrawn_digests_story ON withdrawn_digests (story_id);

-- A series is known by the key of its name together with that of its stories'
-- first author. Withdrawn stories keep their row, so that ids stay the same.
CREATE TABLE series (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT NOT NULL,
    author_key TEXT NOT NULL,
    UNIQUE (key, author_key)
);
CREATE TABLE series_stories (
    story_id  INTEGER PRIMARY KEY REFERENCES stories (id),
    series_id INTEGER NOT NULL REFERENCES series (id),
    name      TEXT NOT NULL, -- as this story has it
    part      TEXT NOT NULL,
    date      TEXT NOT NULL  -- normalised; '' where not known
);
CREATE INDEX series_stories_series ON series_stories (series_id, story_id);

-- The words of titles and authors, for near spellings.
CREATE TABLE title_words (
    word    TEXT PRIMARY KEY,
    stories INTEGER NOT NULL
) WITHOUT ROWID;

-- What is searched: one row for each published story, its rowid the story's id.
-- The texts themselves stay in their own tables.
CREATE VIRTUAL TABLE story_search USING fts5 (
    title, authors, summary, notes, text,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
-- A batch of stories fits into memory before it is written, and segments are
-- merged when eight of a size are there, not four: a fifth less processor time
-- for a rescue, for a few more looks in a search.
INSERT INTO story_search (story_search, rank) VALUES ('hashsize', 8388608);
INSERT INTO story_search (story_search, rank) VALUES ('automerge', 8);

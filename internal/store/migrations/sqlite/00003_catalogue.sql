-- +goose Up

-- What the catalogue sorts and filters by without reading headers.
ALTER TABLE stories ADD COLUMN visibility INTEGER NOT NULL DEFAULT 0; -- 0 everybody, 1 members, 2 nobody
ALTER TABLE stories ADD COLUMN author_key TEXT NOT NULL DEFAULT '';   -- of the first author
ALTER TABLE stories ADD COLUMN written TEXT NOT NULL DEFAULT '';      -- normalised date; '' where not known

-- A tag is unsorted until an archivist, or the archive's own closed sets, have
-- made it canonical or a synonym. An unsorted tag goes with its last story.
ALTER TABLE tags ADD COLUMN state TEXT NOT NULL DEFAULT 'unsorted'; -- unsorted, canonical, synonym
ALTER TABLE tags ADD COLUMN name TEXT NOT NULL DEFAULT '';          -- the spelling to show; '' for the most used form
ALTER TABLE tags ADD COLUMN of_id INTEGER REFERENCES tags (id);     -- what a synonym stands for
ALTER TABLE tags ADD COLUMN position INTEGER NOT NULL DEFAULT 0;    -- in a closed set, from 1
ALTER TABLE tags ADD COLUMN about TEXT NOT NULL DEFAULT '';
CREATE INDEX tags_of ON tags (of_id) WHERE of_id IS NOT NULL;
CREATE TABLE tag_parents (
    tag_id    INTEGER NOT NULL REFERENCES tags (id),
    parent_id INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (tag_id, parent_id)
);
CREATE INDEX tag_parents_parent ON tag_parents (parent_id, tag_id);

-- What has changed, in the transaction that changed it, for what is made from
-- the stories and kept: the catalogue and finished pages. The oldest rows go.
CREATE TABLE changes (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id  INTEGER NOT NULL, -- 0 where it was no story
    series_id INTEGER NOT NULL, -- that the story is or was in, else 0
    tags      INTEGER NOT NULL  -- 1 where names, synonyms or parents of tags changed
);

-- How often a story was opened; by whom is not known.
CREATE TABLE story_views (
    story_id INTEGER PRIMARY KEY REFERENCES stories (id),
    views    INTEGER NOT NULL
);

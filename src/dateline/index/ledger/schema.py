"""The tables of the ledger."""

from __future__ import annotations

SCHEMA = "4"
UNSEALED = "2"  # without the seals of the rows; a writer adds them
READ = (UNSEALED, "3", SCHEMA)  # before 4, the days that articles speak of are missing; a writer adds them

FILE = "ledger.sqlite"

FIELDS = "id, title, text, published, published_from, source, url, authors, place, kind, path"
VISIBLE = "born <= :generation AND (died IS NULL OR died > :generation)"

# What a row's seal is made from: every column but those that say when it goes, and the seal.
SEALED_ARTICLE = f"key, {FIELDS}, born, day, digest, body"
SEALED_PASSAGE = 'key, article, "start", "end", sentences, vector, sentence_vectors'
SEALED_SPOKEN = "article, days"

SPOKEN = """
CREATE TABLE spoken (
    article INTEGER PRIMARY KEY REFERENCES articles (key) ON DELETE CASCADE, days BLOB NOT NULL, seal INTEGER
)"""
CORRECTIONS = "CREATE INDEX IF NOT EXISTS corrections ON articles (key) WHERE kind = 'correction'"
TABLES = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, skipped TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE articles (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL, born INTEGER NOT NULL, died INTEGER,
    title TEXT NOT NULL, text TEXT NOT NULL, published TEXT, published_from TEXT, day INTEGER,
    source TEXT, url TEXT, authors TEXT NOT NULL, place TEXT, kind TEXT, path TEXT,
    digest BLOB NOT NULL, body BLOB NOT NULL, seal INTEGER
);
CREATE UNIQUE INDEX live_id ON articles (id) WHERE died IS NULL;
CREATE INDEX live_body ON articles (body) WHERE died IS NULL;
CREATE INDEX by_id ON articles (id);
CREATE INDEX by_path ON articles (path) WHERE died IS NULL;
CREATE INDEX by_born ON articles (born);
{CORRECTIONS};
CREATE INDEX by_died ON articles (died) WHERE died IS NOT NULL;
CREATE TABLE passages (
    key INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, sentences BLOB NOT NULL,
    vector BLOB, sentence_vectors BLOB, seal INTEGER
);
CREATE INDEX by_article ON passages (article);
{SPOKEN};
CREATE TABLE signatures (
    article INTEGER PRIMARY KEY REFERENCES articles (key) ON DELETE CASCADE, signature BLOB NOT NULL
);
CREATE TABLE keys (key INTEGER, article INTEGER, PRIMARY KEY (key, article)) WITHOUT ROWID;
CREATE TABLE retold (
    a INTEGER REFERENCES articles (key) ON DELETE CASCADE,
    b INTEGER REFERENCES articles (key) ON DELETE CASCADE,
    kind TEXT NOT NULL, PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX retold_by_b ON retold (b);
"""

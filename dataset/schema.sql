-- The fact database. One file is one release; the service only reads it.
-- Offsets count Unicode code points of the unmodified article text, half-open.

CREATE TABLE release (
    id INTEGER PRIMARY KEY CHECK (id = 1),                  -- a database holds one release
    digest TEXT NOT NULL CHECK (length(digest) = 64),       -- sha256 of the released articles and facts
    schema_version INTEGER NOT NULL,                        -- version of this schema
    articles INTEGER NOT NULL CHECK (articles >= 0),        -- number of articles
    facts INTEGER NOT NULL CHECK (facts >= 0),              -- number of facts
    texts INTEGER NOT NULL CHECK (texts BETWEEN 0 AND articles) -- number of articles whose text is held
) STRICT;

CREATE TABLE articles (
    position INTEGER PRIMARY KEY,                           -- order in the release: by file name
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 16),        -- base32 of the file's sha256, 16 characters
    file TEXT NOT NULL UNIQUE,                              -- file name as the manifest gives it
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),-- of the file's bytes
    publisher TEXT,                                         -- who published it, as printed
    byline TEXT,                                            -- who wrote it, as printed
    published_on TEXT,                                      -- EDTF; NULL when unknown
    url TEXT,                                               -- the publisher's own page
    title TEXT                                              -- headline
) STRICT;

CREATE TABLE article_texts (
    article TEXT PRIMARY KEY REFERENCES articles (id),      -- whose text
    content BLOB NOT NULL,                                  -- the file's own bytes, UTF-8
    characters INTEGER NOT NULL CHECK (characters > 0)      -- length in code points
) STRICT;

CREATE TABLE agents (
    id TEXT PRIMARY KEY,                                    -- identifier of the agents vocabulary
    name TEXT NOT NULL,                                     -- the name that the vocabulary gives it
    kind TEXT,                                              -- country, ministry, person, …; NULL where not known
    parent TEXT REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED -- the larger agent that it belongs to
) STRICT;

CREATE TABLE metrics (
    id TEXT PRIMARY KEY,                                    -- identifier of the metrics vocabulary
    definition TEXT NOT NULL                                -- what it counts or measures
) STRICT;

CREATE TABLE facts (
    position INTEGER PRIMARY KEY,                           -- order in the release: article, start, end, kind
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 16),        -- from article, kind and span alone
    kind TEXT NOT NULL CHECK (kind IN ('quantity', 'statement', 'event')), -- what is reported
    article TEXT NOT NULL REFERENCES articles (id),         -- where it is reported
    start INTEGER NOT NULL CHECK (start >= 0),              -- first code point of the span
    "end" INTEGER NOT NULL CHECK ("end" > start),           -- code point after the span
    line INTEGER NOT NULL CHECK (line >= 1),                -- line of the span's start, from 1
    exact TEXT,                                             -- what stands in the span; without the text as facts.jsonl has it
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),       -- of what stands in the span
    prefix TEXT,                                            -- 32 code points before; NULL without the text
    suffix TEXT,                                            -- 32 code points after; NULL without the text
    byte_start INTEGER CHECK (byte_start >= 0),             -- first byte of the span in the file; NULL without the text
    byte_end INTEGER CHECK (byte_end > byte_start),         -- byte after the span
    fragment TEXT NOT NULL,                                 -- the span in RFC 5147, which counts CRLF as one
    sentence TEXT,                                          -- the sentence around; NULL of statements, or without text
    metric TEXT,                                            -- identifier of what is measured
    measure TEXT CHECK (measure IN ('level', 'change', 'rate', 'share', 'ratio')), -- which aspect of it
    subject_id TEXT,                                        -- whom the amount is about, where known
    subject_name TEXT,                                      -- the same in words
    subject_inferred INTEGER CHECK (subject_inferred IN (0, 1)), -- whether the sentences before had to tell
    counted TEXT,                                           -- the noun counted, as printed
    value REAL,                                             -- the number in base units; NULL where none is given
    value_low REAL,                                         -- least the words commit to; NULL for no limit
    value_high REAL,                                        -- most the words commit to; NULL for no limit
    value_as_written TEXT,                                  -- the number as printed
    bound TEXT CHECK (bound IN ('exact', 'approximate', 'more_than', 'at_least', 'less_than', 'at_most',
        'nearly', 'range', 'order_of_magnitude')),          -- how the words limit the number
    unit TEXT,                                              -- identifier of the units vocabulary
    direct INTEGER CHECK (direct IN (0, 1)),                -- of a statement: whether it stands in quotation marks
    cue_start INTEGER CHECK (cue_start >= 0),               -- of a statement: first code point of the cue
    cue_end INTEGER CHECK (cue_end > cue_start),            -- code point after it
    cue_exact TEXT CHECK (length(cue_exact) <= 60),         -- what stands there
    event_type TEXT,                                        -- identifier of the event types vocabulary
    polarity TEXT CHECK (polarity IN ('positive', 'negative')), -- of an event: whether it is told to happen or not
    period TEXT,                                            -- EDTF: when it holds, was said or takes place
    period_start_on TEXT,                                   -- its first day; NULL for open or unknown
    period_end_on TEXT,                                     -- its last day; NULL for open or unknown
    modality TEXT CHECK (modality IN ('asserted', 'estimated', 'alleged', 'planned', 'projected', 'denied',
        'done', 'announced')),                              -- how firmly an amount is put forward, how far an event is
    repeats TEXT REFERENCES facts (id) DEFERRABLE INITIALLY DEFERRED, -- earlier mention of the same
    rule TEXT NOT NULL,                                     -- rule that produced the fact
    confidence REAL CHECK (confidence BETWEEN 0 AND 1),     -- share of that rule's facts that are right
    review_status TEXT NOT NULL CHECK (review_status IN ('machine', 'accepted', 'corrected', 'added')), -- who looked
    reviewer TEXT,                                          -- who decided
    reviewed_on TEXT,                                       -- when, ISO 8601 date
    review_note TEXT,                                       -- why
    sort_value REAL AS (coalesce(value, value_low, value_high)) VIRTUAL, -- what figures are ordered by
    CHECK (value IS NULL OR value_low IS NULL OR value_low <= value),
    CHECK (value IS NULL OR value_high IS NULL OR value <= value_high),
    CHECK (value_low IS NULL OR value_high IS NULL OR value_low <= value_high),
    CHECK (kind <> 'quantity' OR (bound IS NOT NULL AND unit IS NOT NULL AND measure IS NOT NULL
        AND modality IS NOT NULL AND (value_low IS NOT NULL OR value_high IS NOT NULL))),
    CHECK (kind <> 'statement' OR direct IS NOT NULL),
    CHECK (kind <> 'event' OR (event_type IS NOT NULL AND polarity IS NOT NULL AND modality IS NOT NULL)),
    CHECK (period_start_on IS NULL OR period_end_on IS NULL OR period_start_on <= period_end_on),
    UNIQUE (article, kind, start, "end")
) STRICT;

CREATE TABLE fact_agents (
    fact TEXT NOT NULL REFERENCES facts (id),               -- the fact that names somebody
    role TEXT NOT NULL CHECK (role IN ('claimant', 'actor', 'object', 'place')), -- as what
    position INTEGER NOT NULL CHECK (position >= 0),        -- of claimants 0 is the origin, then who relays it
    agent TEXT REFERENCES agents (id),                      -- NULL when the vocabulary does not know the name
    name TEXT NOT NULL,                                     -- the full name, else as the article words it
    start INTEGER CHECK (start >= 0),                       -- span of the words that stand for it
    "end" INTEGER CHECK ("end" > start),
    inferred INTEGER NOT NULL CHECK (inferred IN (0, 1)),   -- whether those words are not the name
    PRIMARY KEY (fact, role, position)
) STRICT;

CREATE TABLE withdrawals (
    id TEXT PRIMARY KEY CHECK (length(id) = 16),            -- of a fact that is none, or no longer
    article TEXT NOT NULL REFERENCES articles (id),         -- whose text it was read in
    reason TEXT NOT NULL,                                   -- why a reviewer rejected it
    reviewer TEXT NOT NULL,                                 -- who did
    withdrawn_on TEXT NOT NULL                              -- when, ISO 8601 date
) STRICT;

CREATE TABLE answers (
    position INTEGER PRIMARY KEY REFERENCES facts (position), -- of the fact
    content BLOB NOT NULL                                   -- the fact as the service answers it: JSON in UTF-8
) STRICT;

-- What the service selects and sorts by. Every fact has a rank in every ordering, from 0 and without gaps; a set of
-- facts is a bitmap of ranks in the portable Roaring format (https://github.com/RoaringBitmap/RoaringFormatSpec).

CREATE TABLE orderings (
    name TEXT PRIMARY KEY,                                  -- position, value, …
    known INTEGER NOT NULL CHECK (known >= 0)               -- facts that have what it sorts by: those of the first ranks
) STRICT;

CREATE TABLE ranks (
    ordering TEXT NOT NULL REFERENCES orderings (name),
    block INTEGER NOT NULL CHECK (block >= 0),              -- 128 facts; the integers are unsigned 32-bit little-endian
    positions BLOB NOT NULL,                                -- of the facts with the ranks from 128 × block
    ranks BLOB NOT NULL,                                    -- of the facts with the positions from 128 × block + 1
    PRIMARY KEY (ordering, block)
) STRICT;

CREATE TABLE terms (
    ordering TEXT NOT NULL REFERENCES orderings (name),
    filter TEXT NOT NULL,                                   -- what is filtered by: kind, metric, claimant, …
    value TEXT NOT NULL,                                    -- what it has to be
    label TEXT,                                             -- how that is called, where it is no name itself
    facts INTEGER NOT NULL CHECK (facts > 0),               -- number of facts that it is of
    bitmap BLOB NOT NULL,                                   -- those facts
    PRIMARY KEY (filter, value, ordering)
) STRICT;

CREATE TABLE range_keys (
    attribute TEXT NOT NULL,                                -- what ranges are asked of: reach_low, period_start, …
    code INTEGER NOT NULL CHECK (code >= 0),                -- number of smaller keys of the attribute
    key REAL NOT NULL,                                      -- a number, or a day counted from 0001-01-01, which is 1
    PRIMARY KEY (attribute, key)
) STRICT;

CREATE TABLE range_slices (
    ordering TEXT NOT NULL REFERENCES orderings (name),
    attribute TEXT NOT NULL,
    bit INTEGER NOT NULL CHECK (bit >= -1),                 -- a binary digit of the code; -1 is whether there is a code
    bitmap BLOB NOT NULL,                                   -- facts in whose code it is 1
    PRIMARY KEY (attribute, ordering, bit)
) STRICT;

CREATE TABLE exports (
    name TEXT PRIMARY KEY,                                  -- file name: facts.parquet
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),       -- of the content
    content BLOB NOT NULL                                   -- the whole release in that format
) STRICT;

-- For people who read this file with SQL.
CREATE INDEX facts_article ON facts (article, position);
CREATE INDEX facts_metric ON facts (metric, sort_value, position);
CREATE INDEX facts_subject_id ON facts (subject_id, position);
CREATE INDEX fact_agents_agent ON fact_agents (agent, role, fact);

CREATE VIRTUAL TABLE facts_fts USING fts5 (
    exact, counted, sentence,
    content = 'facts', content_rowid = 'position', tokenize = "unicode61 remove_diacritics 2"
);

-- The store. One file in DuckDB today; the statements stay within what PostgreSQL also accepts,
-- because a second engine will follow for municipalities that run several app processes.
-- Geometry is WKB in EPSG:3006. Times carry a zone and are written in UTC.
--
-- These are the tables of today, whole: a new store is made of them, and a store at start must look
-- like them. An older store comes along by the steps in steps/, which give the same shape.
--
-- Sets of words that are closed in the code are closed here; words of logs are not, since an act may
-- be called otherwise later. Keys to other tables stand where DuckDB bears them. It takes a row away
-- and adds it again to change one of its keys, or to tell by RETURNING what was changed, and refuses
-- that where another row points at it. Comments and decisions are changed so, for whoever was slower
-- must be told; hence nothing points at them by a key. Nothing points at themes and notices, which
-- are taken away.

-- which steps have run here, or were part of the tables when they were made

CREATE TABLE schema_steps (
    number INTEGER PRIMARY KEY,
    name   VARCHAR NOT NULL,
    ran_at TIMESTAMPTZ NOT NULL
);

-- for services from before the steps, which leave alone what is newer than they are
CREATE TABLE schema_version (version INTEGER NOT NULL);
INSERT INTO schema_version VALUES (6);

-- append-only: a row each time that something changes, by the name under which its answers are kept
-- (`data.decision_cache`); how many rows a name has is its version. Nobody waits for a row here, as
-- all would who counted up one and the same.
CREATE TABLE changes (name VARCHAR NOT NULL);

CREATE TABLE decisions (
    id            VARCHAR PRIMARY KEY,
    number        INTEGER NOT NULL,
    type          VARCHAR NOT NULL
        CHECK (type IN ('housing', 'school', 'green', 'street', 'sport', 'industry', 'wind',
            'municipality')),
    body          VARCHAR NOT NULL,
    example       BOOLEAN NOT NULL,
    opens         DATE NOT NULL,
    closes        DATE NOT NULL,
    decision_on   DATE,
    answer_on     DATE,
    decided_on    DATE,
    area          BYTEA NOT NULL,
    near_m        DOUBLE PRECISION,
    middle_m      DOUBLE PRECISION,
    far_m         DOUBLE PRECISION,
    contact_role  VARCHAR NOT NULL,
    contact_phone VARCHAR NOT NULL,
    contact_email VARCHAR NOT NULL,
    case_number   VARCHAR NOT NULL,
    version       INTEGER NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    decay_m       DOUBLE PRECISION
);

-- contours in place of distance (`near`, `middle`, `far`), and catchment areas of schools
CREATE TABLE decision_zones (
    decision_id VARCHAR NOT NULL,
    ordinal     INTEGER NOT NULL,
    kind        VARCHAR NOT NULL CHECK (kind IN ('near', 'middle', 'far', 'catchment')),
    name        VARCHAR NOT NULL,
    area        BYTEA NOT NULL,
    PRIMARY KEY (decision_id, ordinal)
);

-- people who are affected without living there
CREATE TABLE decision_groups (
    decision_id VARCHAR NOT NULL,
    ordinal     INTEGER NOT NULL,
    name        VARCHAR NOT NULL,
    persons     INTEGER,
    reason      VARCHAR NOT NULL,
    source      VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, ordinal)
);

-- texts and phases are lists that are always read whole, so they stand as JSON text
CREATE TABLE decision_texts (
    decision_id VARCHAR NOT NULL,
    language    VARCHAR NOT NULL,
    body        VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, language)
);

CREATE TABLE decision_phases (
    decision_id VARCHAR NOT NULL,
    ordinal     INTEGER NOT NULL,
    code        VARCHAR NOT NULL,
    starts      DATE NOT NULL,
    ends        DATE NOT NULL,
    titles      VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, ordinal)
);

CREATE SEQUENCE submission_ids;

-- one row is one person, or `persons` people who spoke together at a meeting. `sent_to` is the
-- decision that it was sent to; which one each comment belongs to stands with the comment.
CREATE TABLE submissions (
    id          BIGINT PRIMARY KEY DEFAULT nextval('submission_ids'),
    key         VARCHAR NOT NULL UNIQUE,
    receipt     VARCHAR NOT NULL UNIQUE,
    sent_to     VARCHAR NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    channel     VARCHAR NOT NULL
        CHECK (channel IN ('web', 'letter', 'phone', 'meeting', 'square', 'school', 'survey',
            'social', 'message', 'other')),
    persons     INTEGER NOT NULL,
    relation    VARCHAR CHECK (relation IN ('lives', 'works', 'studies', 'passes')),
    age_band    VARCHAR CHECK (age_band IN ('0-15', '16-24', '25-64', '65-79', '80+')),
    language    VARCHAR NOT NULL,
    example     BOOLEAN NOT NULL,
    home        VARCHAR
);

CREATE SEQUENCE comment_ids;

-- `original` is what the person sent and never changes; decision and place change only when an
-- official moves the comment, and review_log keeps what was. `decision_id` is the only place that
-- tells which decision a comment belongs to. `public_*` is what is shown.
CREATE TABLE comments (
    id            BIGINT PRIMARY KEY DEFAULT nextval('comment_ids'),
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    decision_id   VARCHAR NOT NULL,
    kind          VARCHAR NOT NULL CHECK (kind IN ('like', 'concern', 'idea', 'question')),
    stance        VARCHAR NOT NULL CHECK (stance IN ('for', 'against', 'both', 'none')),
    original      VARCHAR NOT NULL,
    public_text   VARCHAR NOT NULL,
    state         VARCHAR NOT NULL CHECK (state IN ('waiting', 'published', 'hidden')),
    hide_reason   VARCHAR
        CHECK (hide_reason IN ('personal_data', 'threat_or_hate', 'off_topic', 'duplicate',
            'advertising', 'sender')),
    place_how     VARCHAR NOT NULL CHECK (place_how IN ('pin', 'neighbourhood', 'none')),
    place_words   VARCHAR NOT NULL,
    lon           DOUBLE PRECISION,
    lat           DOUBLE PRECISION,
    public_lon    DOUBLE PRECISION,
    public_lat    DOUBLE PRECISION,
    received_at   TIMESTAMPTZ NOT NULL,
    published_at  TIMESTAMPTZ,
    example       BOOLEAN NOT NULL
);

-- append-only: who did what to which comment, with the text before and after
CREATE SEQUENCE log_ids;

CREATE TABLE review_log (
    id         BIGINT PRIMARY KEY DEFAULT nextval('log_ids'),
    acted_at   TIMESTAMPTZ NOT NULL,
    actor      VARCHAR NOT NULL,
    act        VARCHAR NOT NULL,
    comment_id BIGINT NOT NULL,
    was        VARCHAR NOT NULL,
    became     VARCHAR NOT NULL,
    reason     VARCHAR
);

-- only hashes: a copy of the store opens no session
CREATE TABLE staff_sessions (
    token_hash VARCHAR PRIMARY KEY,
    name       VARCHAR NOT NULL,
    roles      VARCHAR NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    -- from an identity provider; null for the one-time link
    email      VARCHAR,
    started_at TIMESTAMPTZ
);

-- append-only: where the municipality went to ask people who had not been heard, and what came of
-- it; `deso` also holds the name of a group, where a group was asked
CREATE SEQUENCE outreach_ids;

CREATE TABLE outreach (
    id          BIGINT PRIMARY KEY DEFAULT nextval('outreach_ids'),
    decision_id VARCHAR NOT NULL,
    deso        VARCHAR NOT NULL,
    done_on     DATE NOT NULL,
    form        VARCHAR NOT NULL
        CHECK (form IN ('visit', 'meeting', 'letter', 'phone', 'school', 'other')),
    result      VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    noted_at    TIMESTAMPTZ NOT NULL
);

-- which published submissions the public figures on what people told privately rest on, and where
-- each counts; changed for several persons at a time, so that nobody can watch a figure move when
-- one comment is published or hidden
CREATE TABLE heard_releases (
    decision_id   VARCHAR NOT NULL,
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    code          VARCHAR,
    by_home       BOOLEAN NOT NULL,
    released_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (decision_id, submission_id)
);

-- where people live, in squares: the estimate of each layer edition, and grids of the
-- municipality's own; the one made or chosen last is used
CREATE TABLE cell_sets (
    edition VARCHAR PRIMARY KEY,
    side_m  DOUBLE PRECISION NOT NULL,
    source  VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    report  VARCHAR NOT NULL,
    used_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE cells (
    edition VARCHAR NOT NULL,
    west    DOUBLE PRECISION NOT NULL,
    south   DOUBLE PRECISION NOT NULL,
    side_m  DOUBLE PRECISION NOT NULL,
    code    VARCHAR NOT NULL,
    people  DOUBLE PRECISION NOT NULL
);

-- layers that the municipality has loaded; an edition is never changed, a newer one stands beside it
CREATE TABLE layer_editions (
    layer       VARCHAR NOT NULL,
    edition     VARCHAR NOT NULL,
    source      VARCHAR NOT NULL,
    licence     VARCHAR NOT NULL,
    imported_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (layer, edition)
);

CREATE TABLE layer_areas (
    layer      VARCHAR NOT NULL,
    edition    VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,
    population DOUBLE PRECISION,
    area       BYTEA NOT NULL,
    PRIMARY KEY (layer, edition, code),
    FOREIGN KEY (layer, edition) REFERENCES layer_editions (layer, edition)
);

-- the editions of the shipped layers that the codes of comments belong to
CREATE TABLE code_editions (
    layer   VARCHAR PRIMARY KEY,
    edition VARCHAR NOT NULL
);

-- the code of every comment in every layer, worked out once, so that no page asks where a point lies;
-- the edition of a shipped layer is empty here, and `code_editions` tells which one that is
CREATE TABLE comment_codes (
    comment_id BIGINT NOT NULL,
    layer      VARCHAR NOT NULL,
    edition    VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    PRIMARY KEY (comment_id, layer, edition)
);

CREATE TABLE decision_codes (
    decision_id VARCHAR NOT NULL,
    layer       VARCHAR NOT NULL,
    edition     VARCHAR NOT NULL,
    code        VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, layer, edition, code)
);

-- decisions that were there when a newer edition came keep the one they had
CREATE TABLE decision_editions (
    decision_id VARCHAR NOT NULL,
    layer       VARCHAR NOT NULL,
    edition     VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, layer)
);

-- append-only: what officials did apart from reading comments
CREATE SEQUENCE staff_log_ids;

CREATE TABLE staff_log (
    id       BIGINT PRIMARY KEY DEFAULT nextval('staff_log_ids'),
    acted_at TIMESTAMPTZ NOT NULL,
    actor    VARCHAR NOT NULL,
    act      VARCHAR NOT NULL,
    about    VARCHAR NOT NULL,
    was      VARCHAR NOT NULL,
    became   VARCHAR NOT NULL
);

-- what planners are writing: fields by name, as JSON; `based_on` is the published version, or 0
CREATE TABLE decision_drafts (
    decision_id VARCHAR PRIMARY KEY,
    body        VARCHAR NOT NULL,
    based_on    INTEGER NOT NULL,
    changed_at  TIMESTAMPTZ NOT NULL,
    changed_by  VARCHAR NOT NULL
);

-- append-only: each decision as it was published, withdrawn or closed
CREATE SEQUENCE version_ids;

CREATE TABLE decision_versions (
    id          BIGINT PRIMARY KEY DEFAULT nextval('version_ids'),
    decision_id VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    body        VARCHAR NOT NULL,
    made_at     TIMESTAMPTZ NOT NULL,
    made_by     VARCHAR NOT NULL,
    act         VARCHAR NOT NULL,
    reason      VARCHAR NOT NULL
);

CREATE TABLE decision_withdrawals (
    decision_id  VARCHAR PRIMARY KEY,
    title        VARCHAR NOT NULL,
    reason       VARCHAR NOT NULL,
    withdrawn_at TIMESTAMPTZ NOT NULL
);

-- who asked to be told by e-mail when the answer is there: apart from what they wrote, shown to
-- nobody, and taken away as soon as the answer to all of it is sent
CREATE TABLE notice_addresses (
    submission_id BIGINT PRIMARY KEY REFERENCES submissions (id),
    address       VARCHAR NOT NULL,
    language      VARCHAR NOT NULL,
    asked_at      TIMESTAMPTZ NOT NULL
);

-- mails to send and that were sent; `decision_id` is the one that the mail speaks of. A resident's
-- address stands only in notice_addresses, so `recipient` is an official's or nothing. A row is in
-- one of these states: to be sent (the three last times empty), being sent (`sending_at` alone),
-- sent, or given up with a short word in `error`.
CREATE SEQUENCE notice_ids;

CREATE TABLE notices (
    id            BIGINT PRIMARY KEY DEFAULT nextval('notice_ids'),
    kind          VARCHAR NOT NULL
        CHECK (kind IN ('answer', 'staff', 'comment_answer', 'comment_hidden')),
    key           VARCHAR NOT NULL UNIQUE,
    decision_id   VARCHAR NOT NULL,
    submission_id BIGINT,
    recipient     VARCHAR,
    language      VARCHAR NOT NULL,
    subject       VARCHAR NOT NULL,
    body          VARCHAR NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    tries         INTEGER NOT NULL,
    next_try_at   TIMESTAMPTZ NOT NULL,
    sending_at    TIMESTAMPTZ,
    sent_at       TIMESTAMPTZ,
    failed_at     TIMESTAMPTZ,
    error         VARCHAR,
    -- of a mail about one comment: which, and the answer or the row of the log that it tells of
    comment_id    BIGINT,
    event_id      BIGINT
);

-- append-only: what the municipality answers under a comment; the latest is shown, an empty one
-- takes the answer back
CREATE SEQUENCE comment_answer_ids;

CREATE TABLE comment_answers (
    id          BIGINT PRIMARY KEY DEFAULT nextval('comment_answer_ids'),
    comment_id  BIGINT NOT NULL,
    answered_at TIMESTAMPTZ NOT NULL,
    actor       VARCHAR NOT NULL,
    body        VARCHAR NOT NULL
);

-- what comments have in common, and the answer to it; `version` makes two officials who change
-- the same texts see each other. Theme 0 is none of them: "Övrigt".
CREATE SEQUENCE theme_ids;

CREATE TABLE themes (
    id          BIGINT PRIMARY KEY DEFAULT nextval('theme_ids'),
    decision_id VARCHAR NOT NULL,
    ordinal     INTEGER NOT NULL,
    title       VARCHAR NOT NULL,
    summary     VARCHAR NOT NULL,
    answer      VARCHAR NOT NULL,
    outcome     VARCHAR CHECK (outcome IN ('met', 'partly', 'not_met')),
    reason      VARCHAR NOT NULL,
    version     INTEGER NOT NULL
);

-- append-only: every text that a theme has had
CREATE TABLE theme_versions (
    theme_id    BIGINT NOT NULL,
    version     INTEGER NOT NULL,
    decision_id VARCHAR NOT NULL,
    title       VARCHAR NOT NULL,
    summary     VARCHAR NOT NULL,
    answer      VARCHAR NOT NULL,
    outcome     VARCHAR CHECK (outcome IN ('met', 'partly', 'not_met')),
    reason      VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    saved_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (theme_id, version)
);

CREATE TABLE theme_comments (
    decision_id VARCHAR NOT NULL,
    theme_id    BIGINT NOT NULL,
    comment_id  BIGINT NOT NULL,
    PRIMARY KEY (decision_id, theme_id, comment_id)
);

-- append-only: the latest version is the draft of a decision's answer
CREATE TABLE answer_drafts (
    decision_id VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    decided_on  DATE,
    texts       VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    saved_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (decision_id, version)
);

-- append-only: each answer as it was published, whole, with the comments under each theme; the
-- latest edition is what everyone reads
CREATE TABLE answers (
    decision_id  VARCHAR NOT NULL,
    edition      INTEGER NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    actor        VARCHAR NOT NULL,
    decided_on   DATE,
    body         VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, edition)
);

CREATE TABLE answer_comments (
    decision_id VARCHAR NOT NULL,
    edition     INTEGER NOT NULL,
    theme_id    BIGINT NOT NULL,
    comment_id  BIGINT NOT NULL,
    PRIMARY KEY (decision_id, edition, theme_id, comment_id),
    FOREIGN KEY (decision_id, edition) REFERENCES answers (decision_id, edition)
);

-- append-only: what officials entered for others; the same row or the same click is entered once
CREATE TABLE entered (
    digest        VARCHAR PRIMARY KEY,
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    actor         VARCHAR NOT NULL,
    entered_at    TIMESTAMPTZ NOT NULL,
    -- the number of the row in its table, and as JSON what was said that we have no word for
    row_number    INTEGER,
    told          VARCHAR
);

CREATE SEQUENCE sender_note_ids;

-- append-only: what somebody added to her own comment, for officials only
CREATE TABLE sender_notes (
    id         BIGINT PRIMARY KEY DEFAULT nextval('sender_note_ids'),
    comment_id BIGINT NOT NULL,
    body       VARCHAR NOT NULL,
    sent_at    TIMESTAMPTZ NOT NULL
);

-- append-only: a dialogue as it stood when somebody froze it for a meeting, whole
CREATE SEQUENCE meeting_snapshot_ids;

CREATE TABLE meeting_snapshots (
    id          BIGINT PRIMARY KEY DEFAULT nextval('meeting_snapshot_ids'),
    decision_id VARCHAR NOT NULL,
    taken_at    TIMESTAMPTZ NOT NULL,
    actor       VARCHAR NOT NULL,
    body        VARCHAR NOT NULL
);

-- append-only: which comments stand for a theme at a meeting, as a list of ids; the latest counts
CREATE SEQUENCE meeting_quote_ids;

CREATE TABLE meeting_quotes (
    id          BIGINT PRIMARY KEY DEFAULT nextval('meeting_quote_ids'),
    decision_id VARCHAR NOT NULL,
    theme_id    BIGINT NOT NULL,
    comments    VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    chosen_at   TIMESTAMPTZ NOT NULL
);

-- append-only: what whoever presents wants to remember at each step; the latest version counts
CREATE TABLE meeting_notes (
    decision_id VARCHAR NOT NULL,
    step        INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    saved_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (decision_id, step, version)
);

-- What everyone may read of comments, and the only place that says which those are: neither the
-- words as they were sent nor the exact place can be had from here.
CREATE VIEW published_comments AS
SELECT id, submission_id, decision_id, kind, stance, public_text, place_how,
    public_lon AS lon, public_lat AS lat, received_at, example
FROM comments
WHERE state = 'published';

-- The DeSO that a comment counts in, whatever other editions have been loaded: by it comments are
-- picked out, and persons who told no home are counted.
CREATE VIEW comment_deso AS
SELECT comment_id, code AS deso FROM comment_codes WHERE layer = 'deso' AND edition = '';

-- What lies under a theme, and what an edition of an answer took up, is remembered also when a
-- comment is moved to another decision, so that it lies there again if it is moved back. It counts
-- only while the comment belongs to the decision: these views say so, and everything reads them.
CREATE VIEW gathered AS
SELECT t.decision_id, t.theme_id, t.comment_id
FROM theme_comments AS t
JOIN comments AS c ON c.id = t.comment_id AND c.decision_id = t.decision_id;

CREATE VIEW gathered_published AS
SELECT t.decision_id, t.theme_id, t.comment_id, c.submission_id
FROM theme_comments AS t
JOIN published_comments AS c ON c.id = t.comment_id AND c.decision_id = t.decision_id;

CREATE VIEW answered AS
SELECT a.decision_id, a.edition, a.theme_id, a.comment_id, c.submission_id, c.public_text
FROM answer_comments AS a
JOIN published_comments AS c ON c.id = a.comment_id AND c.decision_id = a.decision_id;

-- Brings a store from before the steps, of any of its versions, to the tables of version 5. Every
-- statement bears that its table or column is there already. What older columns were called by
-- another name is told in steps.py, since no statement renames only where there is something to.

CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS decisions (
    id            VARCHAR PRIMARY KEY,
    number        INTEGER NOT NULL,
    type          VARCHAR NOT NULL,
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
CREATE TABLE IF NOT EXISTS decision_zones (
    decision_id VARCHAR NOT NULL,
    ordinal     INTEGER NOT NULL,
    kind        VARCHAR NOT NULL,
    name        VARCHAR NOT NULL,
    area        BYTEA NOT NULL,
    PRIMARY KEY (decision_id, ordinal)
);

-- people who are affected without living there
CREATE TABLE IF NOT EXISTS decision_groups (
    decision_id VARCHAR NOT NULL,
    ordinal     INTEGER NOT NULL,
    name        VARCHAR NOT NULL,
    persons     INTEGER,
    reason      VARCHAR NOT NULL,
    source      VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, ordinal)
);

-- texts and phases are lists that are always read whole, so they stand as JSON text
CREATE TABLE IF NOT EXISTS decision_texts (
    decision_id VARCHAR NOT NULL,
    language    VARCHAR NOT NULL,
    body        VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, language)
);

CREATE TABLE IF NOT EXISTS decision_phases (
    decision_id VARCHAR NOT NULL,
    ordinal     INTEGER NOT NULL,
    code        VARCHAR NOT NULL,
    starts      DATE NOT NULL,
    ends        DATE NOT NULL,
    titles      VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, ordinal)
);

CREATE SEQUENCE IF NOT EXISTS submission_ids;

-- one row is one person, or `persons` people who spoke together at a meeting. `sent_to` is the
-- decision that it was sent to; which one each comment belongs to stands with the comment.
CREATE TABLE IF NOT EXISTS submissions (
    id          BIGINT PRIMARY KEY DEFAULT nextval('submission_ids'),
    key         VARCHAR NOT NULL UNIQUE,
    receipt     VARCHAR NOT NULL UNIQUE,
    sent_to     VARCHAR NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    channel     VARCHAR NOT NULL,
    persons     INTEGER NOT NULL,
    relation    VARCHAR,
    age_band    VARCHAR,
    language    VARCHAR NOT NULL,
    example     BOOLEAN NOT NULL,
    home        VARCHAR
);

CREATE SEQUENCE IF NOT EXISTS comment_ids;

-- `original` is what the person sent and never changes; decision and place change only when an
-- official moves the comment, and review_log keeps what was. `decision_id` is the only place that
-- tells which decision a comment belongs to. `public_*` is what is shown. The code of every layer is
-- computed once, here, so that no page asks where a point lies.
CREATE TABLE IF NOT EXISTS comments (
    id            BIGINT PRIMARY KEY DEFAULT nextval('comment_ids'),
    submission_id BIGINT NOT NULL,
    decision_id   VARCHAR NOT NULL,
    kind          VARCHAR NOT NULL,
    stance        VARCHAR NOT NULL,
    original      VARCHAR NOT NULL,
    public_text   VARCHAR NOT NULL,
    state         VARCHAR NOT NULL,
    hide_reason   VARCHAR,
    place_how     VARCHAR NOT NULL,
    place_words   VARCHAR NOT NULL,
    lon           DOUBLE PRECISION,
    lat           DOUBLE PRECISION,
    public_lon    DOUBLE PRECISION,
    public_lat    DOUBLE PRECISION,
    deso          VARCHAR,
    regso         VARCHAR,
    valdistrikt   VARCHAR,
    ruta          VARCHAR,
    received_at   TIMESTAMPTZ NOT NULL,
    published_at  TIMESTAMPTZ,
    example       BOOLEAN NOT NULL
);

-- append-only: who did what to which comment, with the text before and after
CREATE SEQUENCE IF NOT EXISTS log_ids;

CREATE TABLE IF NOT EXISTS review_log (
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
CREATE TABLE IF NOT EXISTS staff_sessions (
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
CREATE SEQUENCE IF NOT EXISTS outreach_ids;

CREATE TABLE IF NOT EXISTS outreach (
    id          BIGINT PRIMARY KEY DEFAULT nextval('outreach_ids'),
    decision_id VARCHAR NOT NULL,
    deso        VARCHAR NOT NULL,
    done_on     DATE NOT NULL,
    form        VARCHAR NOT NULL,
    result      VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    noted_at    TIMESTAMPTZ NOT NULL
);

-- which published submissions the public figures on what people told privately rest on, and where
-- each counts; changed for several persons at a time, so that nobody can watch a figure move when
-- one comment is published or hidden
CREATE TABLE IF NOT EXISTS heard_releases (
    decision_id   VARCHAR NOT NULL,
    submission_id BIGINT NOT NULL,
    code          VARCHAR,
    by_home       BOOLEAN NOT NULL,
    released_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (decision_id, submission_id)
);

-- where people live, in squares: the estimate of each layer edition, and grids of the
-- municipality's own; the one made or chosen last is used
CREATE TABLE IF NOT EXISTS cell_sets (
    edition VARCHAR PRIMARY KEY,
    side_m  DOUBLE PRECISION NOT NULL,
    source  VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    report  VARCHAR NOT NULL,
    used_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE IF NOT EXISTS cells (
    edition VARCHAR NOT NULL,
    west    DOUBLE PRECISION NOT NULL,
    south   DOUBLE PRECISION NOT NULL,
    side_m  DOUBLE PRECISION NOT NULL,
    code    VARCHAR NOT NULL,
    people  DOUBLE PRECISION NOT NULL
);

-- layers that the municipality has loaded; an edition is never changed, a newer one stands beside it
CREATE TABLE IF NOT EXISTS layer_editions (
    layer       VARCHAR NOT NULL,
    edition     VARCHAR NOT NULL,
    source      VARCHAR NOT NULL,
    licence     VARCHAR NOT NULL,
    imported_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (layer, edition)
);

CREATE TABLE IF NOT EXISTS layer_areas (
    layer      VARCHAR NOT NULL,
    edition    VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,
    population DOUBLE PRECISION,
    area       BYTEA NOT NULL,
    PRIMARY KEY (layer, edition, code)
);

-- the editions of the shipped layers that the codes beside each comment belong to
CREATE TABLE IF NOT EXISTS code_editions (
    layer   VARCHAR PRIMARY KEY,
    edition VARCHAR NOT NULL
);

-- the codes of loaded layers; those of the shipped ones stand with the comment itself
CREATE TABLE IF NOT EXISTS comment_codes (
    comment_id BIGINT NOT NULL,
    layer      VARCHAR NOT NULL,
    edition    VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    PRIMARY KEY (comment_id, layer, edition)
);

CREATE TABLE IF NOT EXISTS decision_codes (
    decision_id VARCHAR NOT NULL,
    layer       VARCHAR NOT NULL,
    edition     VARCHAR NOT NULL,
    code        VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, layer, edition, code)
);

-- decisions that were there when a newer edition came keep the one they had
CREATE TABLE IF NOT EXISTS decision_editions (
    decision_id VARCHAR NOT NULL,
    layer       VARCHAR NOT NULL,
    edition     VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, layer)
);

-- append-only: what officials did apart from reading comments
CREATE SEQUENCE IF NOT EXISTS staff_log_ids;

CREATE TABLE IF NOT EXISTS staff_log (
    id       BIGINT PRIMARY KEY DEFAULT nextval('staff_log_ids'),
    acted_at TIMESTAMPTZ NOT NULL,
    actor    VARCHAR NOT NULL,
    act      VARCHAR NOT NULL,
    about    VARCHAR NOT NULL,
    was      VARCHAR NOT NULL,
    became   VARCHAR NOT NULL
);

-- what planners are writing: fields by name, as JSON; `based_on` is the published version, or 0
CREATE TABLE IF NOT EXISTS decision_drafts (
    decision_id VARCHAR PRIMARY KEY,
    body        VARCHAR NOT NULL,
    based_on    INTEGER NOT NULL,
    changed_at  TIMESTAMPTZ NOT NULL,
    changed_by  VARCHAR NOT NULL
);

-- append-only: each decision as it was published, withdrawn or closed
CREATE SEQUENCE IF NOT EXISTS version_ids;

CREATE TABLE IF NOT EXISTS decision_versions (
    id          BIGINT PRIMARY KEY DEFAULT nextval('version_ids'),
    decision_id VARCHAR NOT NULL,
    version     INTEGER NOT NULL,
    body        VARCHAR NOT NULL,
    made_at     TIMESTAMPTZ NOT NULL,
    made_by     VARCHAR NOT NULL,
    act         VARCHAR NOT NULL,
    reason      VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS decision_withdrawals (
    decision_id  VARCHAR PRIMARY KEY,
    title        VARCHAR NOT NULL,
    reason       VARCHAR NOT NULL,
    withdrawn_at TIMESTAMPTZ NOT NULL
);

-- what an older store lacks
ALTER TABLE decisions ADD COLUMN IF NOT EXISTS decay_m DOUBLE PRECISION;
ALTER TABLE submissions ADD COLUMN IF NOT EXISTS home VARCHAR;
ALTER TABLE staff_sessions ADD COLUMN IF NOT EXISTS email VARCHAR;
ALTER TABLE staff_sessions ADD COLUMN IF NOT EXISTS started_at TIMESTAMPTZ;

-- who asked to be told by e-mail when the answer is there: apart from what they wrote, shown to
-- nobody, and taken away as soon as the answer to all of it is sent
CREATE TABLE IF NOT EXISTS notice_addresses (
    submission_id BIGINT PRIMARY KEY,
    address       VARCHAR NOT NULL,
    language      VARCHAR NOT NULL,
    asked_at      TIMESTAMPTZ NOT NULL
);

-- mails to send and that were sent; `decision_id` is the one that the mail speaks of. A resident's
-- address stands only in notice_addresses, so `recipient` is an official's or nothing. A row is in
-- one of these states: to be sent (the three last times empty), being sent (`sending_at` alone),
-- sent, or given up with a short word in `error`.
CREATE SEQUENCE IF NOT EXISTS notice_ids;

CREATE TABLE IF NOT EXISTS notices (
    id            BIGINT PRIMARY KEY DEFAULT nextval('notice_ids'),
    kind          VARCHAR NOT NULL,
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
ALTER TABLE notices ADD COLUMN IF NOT EXISTS comment_id BIGINT;
ALTER TABLE notices ADD COLUMN IF NOT EXISTS event_id BIGINT;

-- append-only: what the municipality answers under a comment; the latest is shown, an empty one
-- takes the answer back
CREATE SEQUENCE IF NOT EXISTS comment_answer_ids;

CREATE TABLE IF NOT EXISTS comment_answers (
    id          BIGINT PRIMARY KEY DEFAULT nextval('comment_answer_ids'),
    comment_id  BIGINT NOT NULL,
    answered_at TIMESTAMPTZ NOT NULL,
    actor       VARCHAR NOT NULL,
    body        VARCHAR NOT NULL
);

-- what comments have in common, and the answer to it; `version` makes two officials who change
-- the same texts see each other. Theme 0 is none of them: "Övrigt".
CREATE SEQUENCE IF NOT EXISTS theme_ids;

CREATE TABLE IF NOT EXISTS themes (
    id          BIGINT PRIMARY KEY DEFAULT nextval('theme_ids'),
    decision_id VARCHAR NOT NULL,
    ordinal     INTEGER NOT NULL,
    title       VARCHAR NOT NULL,
    summary     VARCHAR NOT NULL,
    answer      VARCHAR NOT NULL,
    outcome     VARCHAR,
    reason      VARCHAR NOT NULL,
    version     INTEGER NOT NULL
);

-- append-only: every text that a theme has had
CREATE TABLE IF NOT EXISTS theme_versions (
    theme_id    BIGINT NOT NULL,
    version     INTEGER NOT NULL,
    decision_id VARCHAR NOT NULL,
    title       VARCHAR NOT NULL,
    summary     VARCHAR NOT NULL,
    answer      VARCHAR NOT NULL,
    outcome     VARCHAR,
    reason      VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    saved_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (theme_id, version)
);

CREATE TABLE IF NOT EXISTS theme_comments (
    decision_id VARCHAR NOT NULL,
    theme_id    BIGINT NOT NULL,
    comment_id  BIGINT NOT NULL,
    PRIMARY KEY (decision_id, theme_id, comment_id)
);

-- append-only: the latest version is the draft of a decision's answer
CREATE TABLE IF NOT EXISTS answer_drafts (
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
CREATE TABLE IF NOT EXISTS answers (
    decision_id  VARCHAR NOT NULL,
    edition      INTEGER NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    actor        VARCHAR NOT NULL,
    decided_on   DATE,
    body         VARCHAR NOT NULL,
    PRIMARY KEY (decision_id, edition)
);

CREATE TABLE IF NOT EXISTS answer_comments (
    decision_id VARCHAR NOT NULL,
    edition     INTEGER NOT NULL,
    theme_id    BIGINT NOT NULL,
    comment_id  BIGINT NOT NULL,
    PRIMARY KEY (decision_id, edition, theme_id, comment_id)
);

-- append-only: what officials entered for others; the same row or the same click is entered once
CREATE TABLE IF NOT EXISTS entered (
    digest        VARCHAR PRIMARY KEY,
    submission_id BIGINT NOT NULL,
    actor         VARCHAR NOT NULL,
    entered_at    TIMESTAMPTZ NOT NULL
);
-- the number of the row in its table, and as JSON what was said that we have no word for
ALTER TABLE entered ADD COLUMN IF NOT EXISTS row_number INTEGER;
ALTER TABLE entered ADD COLUMN IF NOT EXISTS told VARCHAR;

-- which decision stood here a second time, and was right only until a comment was moved
ALTER TABLE notice_addresses DROP COLUMN IF EXISTS decision_id;
ALTER TABLE entered DROP COLUMN IF EXISTS decision_id;

CREATE SEQUENCE IF NOT EXISTS sender_note_ids;

-- append-only: what somebody added to her own comment, for officials only
CREATE TABLE IF NOT EXISTS sender_notes (
    id         BIGINT PRIMARY KEY DEFAULT nextval('sender_note_ids'),
    comment_id BIGINT NOT NULL,
    body       VARCHAR NOT NULL,
    sent_at    TIMESTAMPTZ NOT NULL
);

-- append-only: a dialogue as it stood when somebody froze it for a meeting, whole
CREATE SEQUENCE IF NOT EXISTS meeting_snapshot_ids;

CREATE TABLE IF NOT EXISTS meeting_snapshots (
    id          BIGINT PRIMARY KEY DEFAULT nextval('meeting_snapshot_ids'),
    decision_id VARCHAR NOT NULL,
    taken_at    TIMESTAMPTZ NOT NULL,
    actor       VARCHAR NOT NULL,
    body        VARCHAR NOT NULL
);

-- append-only: which comments stand for a theme at a meeting, as a list of ids; the latest counts
CREATE SEQUENCE IF NOT EXISTS meeting_quote_ids;

CREATE TABLE IF NOT EXISTS meeting_quotes (
    id          BIGINT PRIMARY KEY DEFAULT nextval('meeting_quote_ids'),
    decision_id VARCHAR NOT NULL,
    theme_id    BIGINT NOT NULL,
    comments    VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    chosen_at   TIMESTAMPTZ NOT NULL
);

-- append-only: what whoever presents wants to remember at each step; the latest version counts
CREATE TABLE IF NOT EXISTS meeting_notes (
    decision_id VARCHAR NOT NULL,
    step        INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    body        VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    saved_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (decision_id, step, version)
);

-- a release of before did not say where each submission counts: it was worked out each time, as here
ALTER TABLE heard_releases ADD COLUMN IF NOT EXISTS code VARCHAR;
ALTER TABLE heard_releases ADD COLUMN IF NOT EXISTS by_home BOOLEAN;
ALTER TABLE heard_releases RENAME TO old_heard_releases;
CREATE TABLE heard_releases (
    decision_id   VARCHAR NOT NULL,
    submission_id BIGINT NOT NULL,
    code          VARCHAR,
    by_home       BOOLEAN NOT NULL,
    released_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (decision_id, submission_id)
);
WITH spoke AS (
    SELECT decision_id, submission_id, deso, count(*) AS times, min(id) AS earliest FROM comments
    WHERE state = 'published' GROUP BY decision_id, submission_id, deso
),
ordered AS (
    SELECT decision_id, submission_id, deso, row_number() OVER (
        PARTITION BY decision_id, submission_id
        ORDER BY CASE WHEN deso IS NULL THEN 1 ELSE 0 END, times DESC, earliest
    ) AS place
    FROM spoke
)
INSERT INTO heard_releases (decision_id, submission_id, code, by_home, released_at)
SELECT r.decision_id, r.submission_id,
    CASE WHEN r.by_home IS NULL THEN coalesce(s.home, o.deso) ELSE r.code END,
    coalesce(r.by_home, s.home IS NOT NULL), r.released_at
FROM old_heard_releases AS r
LEFT JOIN submissions AS s ON s.id = r.submission_id
LEFT JOIN ordered AS o ON o.place = 1
    AND o.decision_id = r.decision_id AND o.submission_id = r.submission_id;
DROP TABLE old_heard_releases;

-- the views of version 5
CREATE OR REPLACE VIEW published_comments AS
SELECT id, submission_id, decision_id, kind, stance, public_text, place_how,
    public_lon AS lon, public_lat AS lat, deso, regso, valdistrikt, ruta, received_at, example
FROM comments
WHERE state = 'published';

CREATE OR REPLACE VIEW gathered AS
SELECT t.decision_id, t.theme_id, t.comment_id
FROM theme_comments AS t
JOIN comments AS c ON c.id = t.comment_id AND c.decision_id = t.decision_id;

CREATE OR REPLACE VIEW gathered_published AS
SELECT t.decision_id, t.theme_id, t.comment_id, c.submission_id
FROM theme_comments AS t
JOIN published_comments AS c ON c.id = t.comment_id AND c.decision_id = t.decision_id;

CREATE OR REPLACE VIEW answered AS
SELECT a.decision_id, a.edition, a.theme_id, a.comment_id, c.submission_id, c.public_text
FROM answer_comments AS a
JOIN published_comments AS c ON c.id = a.comment_id AND c.decision_id = a.decision_id;

-- a service from before the steps leaves alone what is newer than it
DELETE FROM schema_version;
INSERT INTO schema_version VALUES (6);

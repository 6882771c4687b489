-- Closed sets of words are held by the tables, and so are keys to other tables where DuckDB bears
-- them. DuckDB adds neither to a table that is there, so each table is made anew and its rows are
-- moved over by name. A row that does not fit stops the step, and nothing is kept of it.

ALTER TABLE decisions RENAME TO old_decisions;
ALTER TABLE decision_zones RENAME TO old_decision_zones;
ALTER TABLE submissions RENAME TO old_submissions;
ALTER TABLE comments RENAME TO old_comments;
ALTER TABLE outreach RENAME TO old_outreach;
ALTER TABLE heard_releases RENAME TO old_heard_releases;
ALTER TABLE layer_areas RENAME TO old_layer_areas;
ALTER TABLE notice_addresses RENAME TO old_notice_addresses;
ALTER TABLE notices RENAME TO old_notices;
ALTER TABLE themes RENAME TO old_themes;
ALTER TABLE theme_versions RENAME TO old_theme_versions;
ALTER TABLE answer_comments RENAME TO old_answer_comments;
ALTER TABLE entered RENAME TO old_entered;

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

CREATE TABLE decision_zones (
    decision_id VARCHAR NOT NULL,
    ordinal     INTEGER NOT NULL,
    kind        VARCHAR NOT NULL CHECK (kind IN ('near', 'middle', 'far', 'catchment')),
    name        VARCHAR NOT NULL,
    area        BYTEA NOT NULL,
    PRIMARY KEY (decision_id, ordinal)
);

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
    deso          VARCHAR,
    regso         VARCHAR,
    valdistrikt   VARCHAR,
    ruta          VARCHAR,
    received_at   TIMESTAMPTZ NOT NULL,
    published_at  TIMESTAMPTZ,
    example       BOOLEAN NOT NULL
);

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

CREATE TABLE heard_releases (
    decision_id   VARCHAR NOT NULL,
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    code          VARCHAR,
    by_home       BOOLEAN NOT NULL,
    released_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (decision_id, submission_id)
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

CREATE TABLE notice_addresses (
    submission_id BIGINT PRIMARY KEY REFERENCES submissions (id),
    address       VARCHAR NOT NULL,
    language      VARCHAR NOT NULL,
    asked_at      TIMESTAMPTZ NOT NULL
);

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

CREATE TABLE answer_comments (
    decision_id VARCHAR NOT NULL,
    edition     INTEGER NOT NULL,
    theme_id    BIGINT NOT NULL,
    comment_id  BIGINT NOT NULL,
    PRIMARY KEY (decision_id, edition, theme_id, comment_id),
    FOREIGN KEY (decision_id, edition) REFERENCES answers (decision_id, edition)
);

CREATE TABLE entered (
    digest        VARCHAR PRIMARY KEY,
    submission_id BIGINT NOT NULL REFERENCES submissions (id),
    actor         VARCHAR NOT NULL,
    entered_at    TIMESTAMPTZ NOT NULL,
    -- the number of the row in its table, and as JSON what was said that we have no word for
    row_number    INTEGER,
    told          VARCHAR
);

INSERT INTO decisions (id, number, type, body, example, opens, closes, decision_on, answer_on,
    decided_on, area, near_m, middle_m, far_m, contact_role, contact_phone, contact_email,
    case_number, version, created_at, decay_m)
SELECT id, number, type, body, example, opens, closes, decision_on, answer_on, decided_on, area,
    near_m, middle_m, far_m, contact_role, contact_phone, contact_email, case_number, version,
    created_at, decay_m FROM old_decisions;

INSERT INTO decision_zones (decision_id, ordinal, kind, name, area)
SELECT decision_id, ordinal, kind, name, area FROM old_decision_zones;

INSERT INTO submissions (id, key, receipt, sent_to, received_at, channel, persons, relation,
    age_band, language, example, home)
SELECT id, key, receipt, sent_to, received_at, channel, persons, relation, age_band, language,
    example, home FROM old_submissions;

INSERT INTO comments (id, submission_id, decision_id, kind, stance, original, public_text,
    state, hide_reason, place_how, place_words, lon, lat, public_lon, public_lat, deso, regso,
    valdistrikt, ruta, received_at, published_at, example)
SELECT id, submission_id, decision_id, kind, stance, original, public_text, state, hide_reason,
    place_how, place_words, lon, lat, public_lon, public_lat, deso, regso, valdistrikt, ruta,
    received_at, published_at, example FROM old_comments;

INSERT INTO outreach (id, decision_id, deso, done_on, form, result, actor, noted_at)
SELECT id, decision_id, deso, done_on, form, result, actor, noted_at FROM old_outreach;

INSERT INTO heard_releases (decision_id, submission_id, code, by_home, released_at)
SELECT decision_id, submission_id, code, by_home, released_at FROM old_heard_releases;

INSERT INTO layer_areas (layer, edition, code, name, population, area)
SELECT layer, edition, code, name, population, area FROM old_layer_areas;

INSERT INTO notice_addresses (submission_id, address, language, asked_at)
SELECT submission_id, address, language, asked_at FROM old_notice_addresses;

INSERT INTO notices (id, kind, key, decision_id, submission_id, recipient, language, subject,
    body, created_at, tries, next_try_at, sending_at, sent_at, failed_at, error, comment_id,
    event_id)
SELECT id, kind, key, decision_id, submission_id, recipient, language, subject, body,
    created_at, tries, next_try_at, sending_at, sent_at, failed_at, error, comment_id, event_id
    FROM old_notices;

INSERT INTO themes (id, decision_id, ordinal, title, summary, answer, outcome, reason, version)
SELECT id, decision_id, ordinal, title, summary, answer, outcome, reason, version FROM
    old_themes;

INSERT INTO theme_versions (theme_id, version, decision_id, title, summary, answer, outcome,
    reason, actor, saved_at)
SELECT theme_id, version, decision_id, title, summary, answer, outcome, reason, actor, saved_at
    FROM old_theme_versions;

INSERT INTO answer_comments (decision_id, edition, theme_id, comment_id)
SELECT decision_id, edition, theme_id, comment_id FROM old_answer_comments;

INSERT INTO entered (digest, submission_id, actor, entered_at, row_number, told)
SELECT digest, submission_id, actor, entered_at, row_number, told FROM old_entered;

DROP TABLE old_entered;
DROP TABLE old_answer_comments;
DROP TABLE old_theme_versions;
DROP TABLE old_themes;
DROP TABLE old_notices;
DROP TABLE old_notice_addresses;
DROP TABLE old_layer_areas;
DROP TABLE old_heard_releases;
DROP TABLE old_outreach;
DROP TABLE old_comments;
DROP TABLE old_submissions;
DROP TABLE old_decision_zones;
DROP TABLE old_decisions;

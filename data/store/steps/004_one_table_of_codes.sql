-- The codes of a comment in the four shipped layers stood beside it, a column each, and those of
-- loaded layers in a table. Now all stand in the table; the edition of a shipped layer is empty.
-- The view of what is public read the columns, so it is made anew.

INSERT INTO comment_codes (comment_id, layer, edition, code)
SELECT id, 'deso', '', deso FROM comments WHERE deso IS NOT NULL
UNION ALL
SELECT id, 'regso', '', regso FROM comments WHERE regso IS NOT NULL
UNION ALL
SELECT id, 'valdistrikt', '', valdistrikt FROM comments WHERE valdistrikt IS NOT NULL
UNION ALL
SELECT id, 'ruta', '', ruta FROM comments WHERE ruta IS NOT NULL;

DROP VIEW published_comments;

ALTER TABLE comments DROP COLUMN deso;
ALTER TABLE comments DROP COLUMN regso;
ALTER TABLE comments DROP COLUMN valdistrikt;
ALTER TABLE comments DROP COLUMN ruta;

CREATE VIEW published_comments AS
SELECT id, submission_id, decision_id, kind, stance, public_text, place_how,
    public_lon AS lon, public_lat AS lat, received_at, example
FROM comments
WHERE state = 'published';

CREATE VIEW comment_deso AS
SELECT comment_id, code AS deso FROM comment_codes WHERE layer = 'deso' AND edition = '';

-- That a list was whole on a day, and what is known of it since.

-- « This list is whole on that day »: from then on, whoever is not on it is
-- known not to be. Said of the real poles by a real instance, of the invented
-- ones by a demonstration, never across.
CREATE TABLE attestations (
    id         UUID NOT NULL,
    liste      TEXT NOT NULL CHECK (liste IN ('signature', 'laureat')),
    -- The beginning of the day it speaks of.
    des        BIGINT NOT NULL,
    source     TEXT NOT NULL,
    inventee   BOOLEAN NOT NULL,
    le         BIGINT NOT NULL,
    par        UUID NOT NULL REFERENCES comptes (id),
    annulee_le BIGINT,
    annulee_par UUID REFERENCES comptes (id),
    motif      TEXT,
    CONSTRAINT attestations_id_unique PRIMARY KEY (id),
    CHECK ((annulee_le IS NULL) = (motif IS NULL) AND (annulee_le IS NULL) = (annulee_par IS NULL))
);

-- From when it is known whether a pole has signed the Charter: always in the
-- invented world; else since it signed here, or since a list was whole. One
-- definition, read by whoever counts or reminds. Never known is not « no ».
CREATE VIEW signatures_connues AS
SELECT id AS pole, CAST(0 AS BIGINT) AS des FROM poles WHERE invente
UNION ALL
SELECT pole, signee_le AS des FROM signatures_charte
UNION ALL
SELECT p.id AS pole, a.des FROM attestations a JOIN poles p ON p.invente = a.inventee
WHERE a.liste = 'signature' AND a.annulee_le IS NULL;

-- The same of the calls of accompaniment: a pole that won one is known, and its
-- date says since when.
CREATE VIEW accompagnements_connus AS
SELECT id AS pole, CAST(0 AS BIGINT) AS des FROM poles WHERE invente
UNION ALL
SELECT pole, CAST(0 AS BIGINT) AS des FROM laureats WHERE genre = 'accompagnement'
UNION ALL
SELECT p.id AS pole, a.des FROM attestations a JOIN poles p ON p.invente = a.inventee
WHERE a.liste = 'laureat' AND a.annulee_le IS NULL;

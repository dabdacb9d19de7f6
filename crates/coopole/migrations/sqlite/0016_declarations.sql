-- How poles come in by themselves, and how they leave.

-- Somebody says that a pole is missing, and that they are of its team. Accepted,
-- it is the record `pole`, which that person then answers for.
CREATE TABLE declarations (
    id           BLOB NOT NULL,
    par          BLOB NOT NULL REFERENCES comptes (id),
    nom          TEXT NOT NULL,
    commune      TEXT NOT NULL,
    region       TEXT,
    porteuse     TEXT,
    presentation TEXT,
    site         TEXT,
    fonction     TEXT NOT NULL,
    le           INTEGER NOT NULL,
    issue        TEXT CHECK (issue IN ('acceptee', 'refusee', 'retiree')),
    motif        TEXT,
    tranchee_le  INTEGER,
    tranchee_par BLOB REFERENCES comptes (id),
    pole         BLOB REFERENCES poles (id),
    CONSTRAINT declarations_id_unique PRIMARY KEY (id),
    CHECK ((issue IS NULL) = (tranchee_le IS NULL) AND (pole IS NULL OR issue = 'acceptee'))
) STRICT;
CREATE INDEX declarations_par_personne ON declarations (par, le);
CREATE INDEX declarations_par_pole ON declarations (pole) WHERE pole IS NOT NULL;
CREATE INDEX declarations_en_attente ON declarations (le) WHERE issue IS NULL;

-- A declaration with the names its readers need.
CREATE VIEW declarations_lues AS
SELECT d.id, d.par, c.nom AS auteur, c.courriel, d.nom, d.commune, d.region, d.porteuse,
       d.presentation, d.site, d.fonction, d.le, d.issue, d.motif, d.pole
FROM declarations d JOIN comptes c ON c.id = d.par;

-- A pole sleeps or is struck off, from the beginning of a day on. Undone, the
-- row stays written and the pole counts again; `poles.sorti_le` is that day while
-- one stands.
CREATE TABLE sorties (
    id          BLOB NOT NULL,
    pole        BLOB NOT NULL REFERENCES poles (id),
    etat        TEXT NOT NULL CHECK (etat IN ('en_sommeil', 'radie')),
    depuis      INTEGER NOT NULL,
    motif       TEXT NOT NULL,
    source      TEXT NOT NULL,
    le          INTEGER NOT NULL,
    par         BLOB NOT NULL REFERENCES comptes (id),
    annulee_le  INTEGER,
    annulee_par BLOB REFERENCES comptes (id),
    annulation  TEXT,
    CONSTRAINT sorties_id_unique PRIMARY KEY (id),
    CHECK ((annulee_le IS NULL) = (annulation IS NULL) AND (annulee_le IS NULL) = (annulee_par IS NULL))
) STRICT;
CREATE UNIQUE INDEX sorties_pole_unique ON sorties (pole) WHERE annulee_le IS NULL;
CREATE INDEX sorties_par_pole ON sorties (pole, le);
CREATE INDEX sorties_recentes ON sorties (depuis) WHERE annulee_le IS NULL;

-- A departure with what names its pole.
CREATE VIEW sorties_lues AS
SELECT s.id, s.pole, p.nom, p.region, p.invente, s.etat, s.depuis, s.motif, s.source, s.le,
       s.annulee_le, s.annulation
FROM sorties s JOIN poles p ON p.id = s.pole;

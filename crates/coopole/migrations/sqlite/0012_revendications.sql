-- Claims: somebody says that a pole is theirs, and proves it. `empreinte` is
-- the hash of the code of the letter, which is kept nowhere else. Taken back by
-- the cell, an accepted claim stays written and gives nothing any more.
CREATE TABLE revendications (
    id           BLOB NOT NULL,
    pole         BLOB NOT NULL REFERENCES poles (id),
    par          BLOB NOT NULL REFERENCES comptes (id),
    fonction     TEXT NOT NULL,
    preuve       TEXT NOT NULL CHECK (preuve IN ('domaine', 'courrier', 'cellule')),
    le           INTEGER NOT NULL,
    adresse      TEXT,
    empreinte    BLOB,
    ecrite_le    INTEGER,
    postee_le    INTEGER,
    essais       INTEGER NOT NULL,
    issue        TEXT CHECK (issue IN ('acceptee', 'refusee', 'retiree')),
    motif        TEXT,
    tranchee_le  INTEGER,
    tranchee_par BLOB REFERENCES comptes (id),
    -- The pole had no team before this one.
    premiere     INTEGER CHECK (premiere IN (0, 1)),
    reprise_le   INTEGER,
    reprise_motif TEXT,
    reprise_par  BLOB REFERENCES comptes (id),
    CONSTRAINT revendications_id_unique PRIMARY KEY (id)
) STRICT;
-- One person waits for one answer a pole.
CREATE UNIQUE INDEX revendications_pole_par_unique ON revendications (pole, par)
    WHERE issue IS NULL;
CREATE INDEX revendications_par_personne ON revendications (par, le);
CREATE INDEX revendications_par_pole ON revendications (pole, le);
CREATE INDEX revendications_en_attente ON revendications (le) WHERE issue IS NULL;
CREATE INDEX revendications_acceptees ON revendications (tranchee_le)
    WHERE issue = 'acceptee' AND reprise_le IS NULL;

-- A claim with the names its readers need.
CREATE VIEW revendications_lues AS
SELECT r.id, r.pole, p.nom AS nom_du_pole, p.region, p.invente, r.par, c.nom, c.courriel,
       r.fonction, r.preuve, r.le, r.adresse, r.empreinte, r.ecrite_le, r.postee_le, r.essais,
       r.issue, r.motif, r.tranchee_le, r.premiere, r.reprise_le, r.reprise_motif
FROM revendications r
JOIN poles p ON p.id = r.pole
JOIN comptes c ON c.id = r.par;

-- The national committee: interests, then scores, then one sitting.

-- One answer a dossier, « aucun lien » too: nothing opens before.
CREATE TABLE interets (
    compte  BLOB NOT NULL REFERENCES comptes (id),
    dossier BLOB NOT NULL REFERENCES dossiers (id),
    lien    INTEGER NOT NULL CHECK (lien IN (0, 1)),
    nature  TEXT,
    le      INTEGER NOT NULL,
    CONSTRAINT interets_compte_dossier_unique PRIMARY KEY (compte, dossier)
) STRICT;

-- A dossier closed to an examiner, by declaration or by computation; `origine`
-- says why, in words.
CREATE TABLE deports (
    compte  BLOB NOT NULL REFERENCES comptes (id),
    dossier BLOB NOT NULL REFERENCES dossiers (id),
    origine TEXT NOT NULL,
    le      INTEGER NOT NULL,
    CONSTRAINT deports_compte_dossier_unique PRIMARY KEY (compte, dossier)
) STRICT;
CREATE INDEX deports_par_dossier ON deports (dossier);

-- An examiner's marks of one dossier. `rendu_le` closes them, with what they
-- add up to, in thousandths of a point.
CREATE TABLE examens (
    id         BLOB NOT NULL,
    dossier    BLOB NOT NULL REFERENCES dossiers (id),
    compte     BLOB NOT NULL REFERENCES comptes (id),
    version    INTEGER NOT NULL DEFAULT 1,
    modifie_le INTEGER NOT NULL,
    rendu_le   INTEGER,
    base       INTEGER,
    bonus      INTEGER,
    CONSTRAINT examens_id_unique PRIMARY KEY (id),
    CONSTRAINT examens_dossier_compte_unique UNIQUE (dossier, compte)
) STRICT;

-- One row a criterion, a bonus or a box of a bonus (1 when it is there); a
-- missing one is not a zero.
CREATE TABLE notes (
    examen      BLOB NOT NULL REFERENCES examens (id),
    critere     TEXT NOT NULL,
    valeur      INTEGER,
    commentaire TEXT NOT NULL,
    CONSTRAINT notes_examen_critere_unique PRIMARY KEY (examen, critere)
) STRICT;

-- The sitting; once closed the selection may begin (P-25).
CREATE TABLE seances (
    id        BLOB NOT NULL,
    campagne  TEXT NOT NULL,
    close_le  INTEGER NOT NULL,
    par       BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT seances_id_unique PRIMARY KEY (id),
    CONSTRAINT seances_campagne_unique UNIQUE (campagne)
) STRICT;

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

-- A dossier closed to an examiner, by declaration or by computation.
CREATE TABLE deports (
    compte  BLOB NOT NULL REFERENCES comptes (id),
    dossier BLOB NOT NULL REFERENCES dossiers (id),
    origine TEXT NOT NULL CHECK (origine IN ('declare', 'calcule')),
    le      INTEGER NOT NULL,
    CONSTRAINT deports_compte_dossier_unique PRIMARY KEY (compte, dossier)
) STRICT;
CREATE INDEX deports_par_dossier ON deports (dossier);

-- An examiner's scores of one dossier. `rendu_le` closes them.
CREATE TABLE examens (
    id         BLOB NOT NULL,
    dossier    BLOB NOT NULL REFERENCES dossiers (id),
    compte     BLOB NOT NULL REFERENCES comptes (id),
    rendu_le   INTEGER,
    modifie_le INTEGER NOT NULL,
    CONSTRAINT examens_id_unique PRIMARY KEY (id),
    CONSTRAINT examens_dossier_compte_unique UNIQUE (dossier, compte)
) STRICT;

-- One row a criterion or bonus; a missing one is not a zero.
CREATE TABLE notes (
    examen      BLOB NOT NULL REFERENCES examens (id),
    critere     TEXT NOT NULL,
    valeur      INTEGER NOT NULL,
    commentaire TEXT NOT NULL,
    CONSTRAINT notes_examen_critere_unique PRIMARY KEY (examen, critere)
) STRICT;

-- The sitting; once closed the selection may begin (P-25).
CREATE TABLE seances (
    campagne  TEXT NOT NULL,
    close_le  INTEGER NOT NULL,
    par       BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT seances_campagne_unique PRIMARY KEY (campagne)
) STRICT;

-- The national committee: interests, then scores, then one sitting.

-- One answer a dossier, « aucun lien » too: nothing opens before.
CREATE TABLE interets (
    compte  UUID NOT NULL REFERENCES comptes (id),
    dossier UUID NOT NULL REFERENCES dossiers (id),
    lien    BOOLEAN NOT NULL,
    nature  TEXT,
    le      BIGINT NOT NULL,
    CONSTRAINT interets_compte_dossier_unique PRIMARY KEY (compte, dossier)
);

-- A dossier closed to an examiner, by declaration or by computation; `origine`
-- says why, in words.
CREATE TABLE deports (
    compte  UUID NOT NULL REFERENCES comptes (id),
    dossier UUID NOT NULL REFERENCES dossiers (id),
    origine TEXT NOT NULL,
    le      BIGINT NOT NULL,
    CONSTRAINT deports_compte_dossier_unique PRIMARY KEY (compte, dossier)
);
CREATE INDEX deports_par_dossier ON deports (dossier);

-- An examiner's marks of one dossier. `rendu_le` closes them, with what they
-- add up to, in thousandths of a point.
CREATE TABLE examens (
    id         UUID NOT NULL,
    dossier    UUID NOT NULL REFERENCES dossiers (id),
    compte     UUID NOT NULL REFERENCES comptes (id),
    version    BIGINT NOT NULL DEFAULT 1,
    modifie_le BIGINT NOT NULL,
    rendu_le   BIGINT,
    base       BIGINT,
    bonus      BIGINT,
    CONSTRAINT examens_id_unique PRIMARY KEY (id),
    CONSTRAINT examens_dossier_compte_unique UNIQUE (dossier, compte)
);

-- One row a criterion, a bonus or a box of a bonus (1 when it is there); a
-- missing one is not a zero.
CREATE TABLE notes (
    examen      UUID NOT NULL REFERENCES examens (id),
    critere     TEXT NOT NULL,
    valeur      BIGINT,
    commentaire TEXT NOT NULL,
    CONSTRAINT notes_examen_critere_unique PRIMARY KEY (examen, critere)
);

-- The sitting; once closed the selection may begin (P-25).
CREATE TABLE seances (
    id        UUID NOT NULL,
    campagne  TEXT NOT NULL,
    close_le  BIGINT NOT NULL,
    par       UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT seances_id_unique PRIMARY KEY (id),
    CONSTRAINT seances_campagne_unique UNIQUE (campagne)
);

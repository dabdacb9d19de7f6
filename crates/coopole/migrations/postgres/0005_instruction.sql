-- Instruction by the regional cells. `region` is that of the cell that acts:
-- the dossier's own, or its substitute's.

-- A person confirms what the rules found, or sets the dossier aside.
CREATE TABLE eligibilites (
    dossier UUID NOT NULL REFERENCES dossiers (id),
    region  TEXT NOT NULL,
    issue   TEXT NOT NULL CHECK (issue IN ('confirmee', 'ecartee')),
    regle   TEXT,
    motif   TEXT,
    le      BIGINT NOT NULL,
    par     UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT eligibilites_dossier_unique PRIMARY KEY (dossier)
);

-- What the cell writes while reading, one row a criterion; a draft.
CREATE TABLE constats (
    dossier    UUID NOT NULL REFERENCES dossiers (id),
    critere    TEXT NOT NULL,
    texte      TEXT NOT NULL,
    solide     BOOLEAN,
    version    BIGINT NOT NULL,
    modifie_le BIGINT NOT NULL,
    par        UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT constats_dossier_critere_unique PRIMARY KEY (dossier, critere)
);

-- Never visible to the pole.
CREATE TABLE notes_privees (
    id      UUID NOT NULL,
    dossier UUID NOT NULL REFERENCES dossiers (id),
    region  TEXT NOT NULL,
    texte   TEXT NOT NULL,
    le      BIGINT NOT NULL,
    par     UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT notes_privees_id_unique PRIMARY KEY (id)
);
CREATE INDEX notes_privees_par_dossier ON notes_privees (dossier, le);

-- The opinion: one a dossier, final once given.
CREATE TABLE avis (
    dossier       UUID NOT NULL REFERENCES dossiers (id),
    region        TEXT NOT NULL,
    sens          TEXT NOT NULL
        CHECK (sens IN ('favorable', 'favorable_avec_reserve', 'defavorable')),
    rang_regional BIGINT,
    hors_delai    BOOLEAN NOT NULL,
    le            BIGINT NOT NULL,
    par           UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT avis_dossier_unique PRIMARY KEY (dossier)
);
CREATE TABLE motifs_avis (
    dossier UUID NOT NULL REFERENCES avis (dossier),
    axe     TEXT NOT NULL,
    texte   TEXT NOT NULL,
    CONSTRAINT motifs_avis_dossier_axe_unique PRIMARY KEY (dossier, axe)
);

-- Dossiers: the draft and its parts, then the acts. `prises` is the lock every
-- act takes first (portable: the updated row is held until the commit).
-- `depose_le` is derived from `depots`, for the lists.

-- The last number given in a vintage: « 2024-0137 ».
CREATE TABLE numeros (
    millesime BIGINT NOT NULL,
    dernier   BIGINT NOT NULL,
    CONSTRAINT numeros_millesime_unique PRIMARY KEY (millesime)
);

CREATE TABLE dossiers (
    id         UUID NOT NULL,
    numero     TEXT COLLATE "C" NOT NULL,
    campagne   TEXT NOT NULL,
    genre      TEXT NOT NULL,
    version    BIGINT NOT NULL,
    pole       UUID NOT NULL REFERENCES poles (id),
    structure  UUID NOT NULL REFERENCES structures (id),
    region     TEXT NOT NULL,
    ouvert_le  BIGINT NOT NULL,
    ouvert_par UUID NOT NULL REFERENCES comptes (id),
    modifie_le BIGINT NOT NULL,
    depose_le  BIGINT,
    retire_le  BIGINT,
    -- The merge of two poles that brought it beside another of the same call.
    venu_par   UUID,
    prises     BIGINT NOT NULL,
    CONSTRAINT dossiers_id_unique PRIMARY KEY (id),
    CONSTRAINT dossiers_numero_unique UNIQUE (numero)
);
-- One dossier a pole on a call; one taken back leaves its place, and one that a
-- merge brought beside another, once the call was over, takes none.
CREATE UNIQUE INDEX dossiers_campagne_pole_unique ON dossiers (campagne, pole)
    WHERE retire_le IS NULL AND venu_par IS NULL;
CREATE INDEX dossiers_par_pole ON dossiers (pole);
CREATE INDEX dossiers_par_structure ON dossiers (structure);
CREATE INDEX dossiers_deposes ON dossiers (campagne, region, depose_le, id)
    WHERE depose_le IS NOT NULL;

-- Answers to the form, one row a field, as typed: what cannot be read as
-- expected is kept and pointed out, never lost.
CREATE TABLE reponses (
    dossier     UUID NOT NULL REFERENCES dossiers (id),
    champ       TEXT NOT NULL,
    valeur      TEXT NOT NULL,
    modifiee_le BIGINT NOT NULL,
    par         UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT reponses_dossier_champ_unique PRIMARY KEY (dossier, champ)
);

-- The members, as typed, in the order of the page.
CREATE TABLE membres (
    id          UUID NOT NULL,
    dossier     UUID NOT NULL REFERENCES dossiers (id),
    rang        BIGINT NOT NULL,
    nom         TEXT NOT NULL,
    genre       TEXT NOT NULL,
    qualite_ess TEXT NOT NULL,
    siret       TEXT NOT NULL,
    CONSTRAINT membres_id_unique PRIMARY KEY (id)
);
CREATE INDEX membres_par_dossier ON membres (dossier, rang);

-- Lines of the two budgets, as typed: a blank amount is not zero, and one that
-- cannot be read stays to be corrected.
CREATE TABLE lignes_budget (
    id           UUID NOT NULL,
    dossier      UUID NOT NULL REFERENCES dossiers (id),
    genre        TEXT NOT NULL CHECK (genre IN ('projet', 'structure')),
    rang         BIGINT NOT NULL,
    sens         TEXT NOT NULL CHECK (sens IN ('charge', 'produit')),
    compte       TEXT NOT NULL,
    libelle      TEXT NOT NULL,
    montant      TEXT NOT NULL,
    subvention   TEXT NOT NULL,
    emploi       TEXT NOT NULL,
    amortissable BOOLEAN NOT NULL,
    etat         TEXT NOT NULL,
    CONSTRAINT lignes_budget_id_unique PRIMARY KEY (id)
);
CREATE INDEX lignes_budget_par_dossier ON lignes_budget (dossier, genre, rang);

-- Files. A replaced one is kept: `remplacee_le` says until when it served.
CREATE TABLE pieces (
    id           UUID NOT NULL,
    dossier      UUID NOT NULL REFERENCES dossiers (id),
    genre        TEXT NOT NULL,
    nom          TEXT NOT NULL,
    type_media   TEXT NOT NULL,
    poids        BIGINT NOT NULL,
    empreinte    BYTEA NOT NULL,
    recue_le     BIGINT NOT NULL,
    par          UUID NOT NULL REFERENCES comptes (id),
    remplacee_le BIGINT,
    CONSTRAINT pieces_id_unique PRIMARY KEY (id)
);
CREATE INDEX pieces_par_dossier ON pieces (dossier, genre);

-- The act of filing: the row is the fact. `faits` is what was filed, in the
-- canonical form whose hash is `empreinte`.
CREATE TABLE depots (
    dossier   UUID NOT NULL REFERENCES dossiers (id),
    le        BIGINT NOT NULL,
    par       UUID NOT NULL REFERENCES comptes (id),
    faits     TEXT NOT NULL,
    empreinte BYTEA NOT NULL,
    code      TEXT NOT NULL,
    CONSTRAINT depots_dossier_unique PRIMARY KEY (dossier),
    CONSTRAINT depots_code_unique UNIQUE (code)
);

CREATE TABLE retraits (
    dossier UUID NOT NULL REFERENCES dossiers (id),
    le      BIGINT NOT NULL,
    par     UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT retraits_dossier_unique PRIMARY KEY (dossier)
);

-- PDFs made from recorded facts by a job; the file is under `id`.
CREATE TABLE documents (
    id        UUID NOT NULL,
    objet     UUID NOT NULL,
    genre     TEXT NOT NULL,
    poids     BIGINT NOT NULL,
    empreinte BYTEA NOT NULL,
    cree_le   BIGINT NOT NULL,
    CONSTRAINT documents_id_unique PRIMARY KEY (id),
    CONSTRAINT documents_objet_genre_unique UNIQUE (objet, genre)
);

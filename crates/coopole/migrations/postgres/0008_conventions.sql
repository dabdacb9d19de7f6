-- Agreements and payments. States are read from these rows; `prises` is the
-- lock every act takes first.

CREATE TABLE conventions (
    id          UUID NOT NULL,
    dossier     UUID NOT NULL REFERENCES dossiers (id),
    campagne    TEXT NOT NULL,
    numero      TEXT COLLATE "C" NOT NULL,
    montant     BIGINT NOT NULL,
    duree_mois  BIGINT NOT NULL,
    notifiee_le BIGINT NOT NULL,
    proposee_le BIGINT NOT NULL,
    par         UUID NOT NULL REFERENCES comptes (id),
    prises      BIGINT NOT NULL,
    CONSTRAINT conventions_id_unique PRIMARY KEY (id),
    CONSTRAINT conventions_dossier_unique UNIQUE (dossier),
    CONSTRAINT conventions_numero_unique UNIQUE (numero)
);
CREATE INDEX conventions_par_campagne ON conventions (campagne, numero);

-- Signatures on both sides; the Trésor's is the validation.
CREATE TABLE signatures_convention (
    convention UUID NOT NULL REFERENCES conventions (id),
    cote       TEXT NOT NULL CHECK (cote IN ('beneficiaire', 'tresor')),
    nom        TEXT NOT NULL,
    qualite    TEXT NOT NULL,
    empreinte  BYTEA NOT NULL,
    le         BIGINT NOT NULL,
    par        UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT signatures_convention_convention_cote_unique PRIMARY KEY (convention, cote)
);

-- Subscribed by associations and foundations only (loi 2000-321, art. 10-1).
CREATE TABLE engagements_republicains (
    convention UUID NOT NULL REFERENCES conventions (id),
    le         BIGINT NOT NULL,
    par        UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT engagements_republicains_convention_unique PRIMARY KEY (convention)
);

-- The IBAN is kept encrypted under a key of the data folder.
CREATE TABLE comptes_bancaires (
    convention   UUID NOT NULL REFERENCES conventions (id),
    titulaire    TEXT NOT NULL,
    iban_chiffre BYTEA NOT NULL,
    fin_iban     TEXT NOT NULL,
    le           BIGINT NOT NULL,
    par          UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT comptes_bancaires_convention_unique PRIMARY KEY (convention)
);

-- One payment of 100 %: prepared by one person, validated by another.
CREATE TABLE versements (
    id          UUID NOT NULL,
    convention  UUID NOT NULL REFERENCES conventions (id),
    montant     BIGINT NOT NULL,
    prepare_le  BIGINT NOT NULL,
    prepare_par UUID NOT NULL REFERENCES comptes (id),
    valide_le   BIGINT,
    valide_par  UUID REFERENCES comptes (id),
    numero_ej   TEXT,
    numero_dp   TEXT,
    CONSTRAINT versements_id_unique PRIMARY KEY (id),
    CONSTRAINT versements_convention_unique UNIQUE (convention)
);

-- Agreements and payments. States are read from these rows; `prises` is the
-- lock every act takes first.

CREATE TABLE conventions (
    id          BLOB NOT NULL,
    dossier     BLOB NOT NULL REFERENCES dossiers (id),
    campagne    TEXT NOT NULL,
    numero      TEXT NOT NULL,
    montant     INTEGER NOT NULL,
    duree_mois  INTEGER NOT NULL,
    notifiee_le INTEGER NOT NULL,
    proposee_le INTEGER NOT NULL,
    par         BLOB NOT NULL REFERENCES comptes (id),
    prises      INTEGER NOT NULL,
    CONSTRAINT conventions_id_unique PRIMARY KEY (id),
    CONSTRAINT conventions_dossier_unique UNIQUE (dossier),
    CONSTRAINT conventions_numero_unique UNIQUE (numero)
) STRICT;
CREATE INDEX conventions_par_campagne ON conventions (campagne, numero);

-- Signatures on both sides; the Trésor's is the validation.
CREATE TABLE signatures_convention (
    convention BLOB NOT NULL REFERENCES conventions (id),
    cote       TEXT NOT NULL CHECK (cote IN ('beneficiaire', 'tresor')),
    nom        TEXT NOT NULL,
    qualite    TEXT NOT NULL,
    empreinte  BLOB NOT NULL,
    le         INTEGER NOT NULL,
    par        BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT signatures_convention_convention_cote_unique PRIMARY KEY (convention, cote)
) STRICT;

-- Subscribed by associations and foundations only (loi 2000-321, art. 10-1).
CREATE TABLE engagements_republicains (
    convention BLOB NOT NULL REFERENCES conventions (id),
    le         INTEGER NOT NULL,
    par        BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT engagements_republicains_convention_unique PRIMARY KEY (convention)
) STRICT;

-- The IBAN is kept encrypted under a key of the data folder.
CREATE TABLE comptes_bancaires (
    convention   BLOB NOT NULL REFERENCES conventions (id),
    titulaire    TEXT NOT NULL,
    iban_chiffre BLOB NOT NULL,
    fin_iban     TEXT NOT NULL,
    le           INTEGER NOT NULL,
    par          BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT comptes_bancaires_convention_unique PRIMARY KEY (convention)
) STRICT;

-- One payment of 100 %: prepared by one person, validated by another.
CREATE TABLE versements (
    id          BLOB NOT NULL,
    convention  BLOB NOT NULL REFERENCES conventions (id),
    montant     INTEGER NOT NULL,
    prepare_le  INTEGER NOT NULL,
    prepare_par BLOB NOT NULL REFERENCES comptes (id),
    valide_le   INTEGER,
    valide_par  BLOB REFERENCES comptes (id),
    numero_ej   TEXT,
    numero_dp   TEXT,
    CONSTRAINT versements_id_unique PRIMARY KEY (id),
    CONSTRAINT versements_convention_unique UNIQUE (convention)
) STRICT;

-- People who sign in, and what each may do, where and until when.

CREATE TABLE comptes (
    id       BLOB NOT NULL,
    courriel TEXT NOT NULL,
    nom      TEXT NOT NULL,
    cree_le  INTEGER NOT NULL,
    CONSTRAINT comptes_id_unique PRIMARY KEY (id),
    CONSTRAINT comptes_courriel_unique UNIQUE (courriel)
) STRICT;

-- A role carried by an account, on a scope (a pole, a territory, or the nation
-- when none is said) and for a period.
CREATE TABLE habilitations (
    id      BLOB NOT NULL,
    compte  BLOB NOT NULL REFERENCES comptes (id),
    role    TEXT NOT NULL,
    qualite TEXT,
    pole    BLOB,
    region  TEXT,
    departement TEXT,
    epci    TEXT,
    du      INTEGER NOT NULL,
    au      INTEGER,
    CONSTRAINT habilitations_id_unique PRIMARY KEY (id),
    CONSTRAINT habilitations_un_perimetre CHECK (
        (pole IS NULL OR COALESCE(region, departement, epci) IS NULL)
        AND (region IS NULL OR COALESCE(departement, epci) IS NULL)
        AND (departement IS NULL OR epci IS NULL))
) STRICT;
CREATE INDEX habilitations_par_compte ON habilitations (compte);
CREATE INDEX habilitations_par_pole ON habilitations (pole) WHERE pole IS NOT NULL;
CREATE INDEX habilitations_par_region ON habilitations (region) WHERE region IS NOT NULL;

-- Sessions and sign-in links: only the hash of the secret is kept, and their
-- instants are the machine's.
CREATE TABLE sessions (
    empreinte BLOB NOT NULL,
    compte    BLOB NOT NULL REFERENCES comptes (id),
    ouverte   INTEGER NOT NULL,
    fin       INTEGER NOT NULL,
    CONSTRAINT sessions_empreinte_unique PRIMARY KEY (empreinte)
) STRICT;
CREATE INDEX sessions_par_compte ON sessions (compte);

-- One row a request for a link, whether the address is known or not, so that
-- both cost the same; the job then writes the link.
CREATE TABLE demandes_de_lien (
    id       BLOB NOT NULL,
    courriel TEXT NOT NULL,
    suite    TEXT,
    le       INTEGER NOT NULL,
    CONSTRAINT demandes_de_lien_id_unique PRIMARY KEY (id)
) STRICT;
CREATE INDEX demandes_de_lien_recentes ON demandes_de_lien (courriel, le);

-- A link opens a session for an account; sent to an address that has none, it
-- opens one, without any right.
CREATE TABLE liens_de_connexion (
    empreinte   BLOB NOT NULL,
    compte      BLOB REFERENCES comptes (id),
    courriel    TEXT,
    suite       TEXT,
    fin         INTEGER NOT NULL,
    consomme_le INTEGER,
    CONSTRAINT liens_de_connexion_empreinte_unique PRIMARY KEY (empreinte),
    CHECK ((compte IS NULL) <> (courriel IS NULL))
) STRICT;
CREATE INDEX liens_de_connexion_par_compte ON liens_de_connexion (compte);

-- The cellar: what every room stands on. Instants are milliseconds UTC.

-- One row: where and how this base was born.
CREATE TABLE instance (
    id            INTEGER NOT NULL CHECK (id = 1),
    nee_le        INTEGER NOT NULL,
    demonstration INTEGER NOT NULL CHECK (demonstration IN (0, 1)),
    jeu           TEXT,
    -- The first instant of its story, where it was told.
    debut         INTEGER,
    -- When its world was whole; a birth cut short has none, and begins again.
    prete_le      INTEGER,
    CONSTRAINT instance_id_unique PRIMARY KEY (id)
) STRICT;

-- The offset of a demonstration's clock; absent otherwise.
CREATE TABLE horloge (
    id          INTEGER NOT NULL CHECK (id = 1),
    decalage_ms INTEGER NOT NULL,
    jusqua_ms   INTEGER NOT NULL,
    CONSTRAINT horloge_id_unique PRIMARY KEY (id)
) STRICT;

CREATE TABLE journal_entrees (
    id         BLOB NOT NULL,
    acte       TEXT NOT NULL,
    genre      TEXT NOT NULL,
    objet      BLOB NOT NULL,
    par        BLOB,
    le         INTEGER NOT NULL,
    motif      TEXT,
    engagement BLOB,
    empreinte  BLOB NOT NULL,
    place      INTEGER,
    CONSTRAINT journal_entrees_id_unique PRIMARY KEY (id),
    CONSTRAINT journal_entrees_place_unique UNIQUE (place)
) STRICT;
CREATE INDEX journal_entrees_a_sceller ON journal_entrees (id) WHERE place IS NULL;
CREATE INDEX journal_entrees_par_objet ON journal_entrees (objet, le);

CREATE TRIGGER journal_entrees_immuables
BEFORE UPDATE OF id, acte, genre, objet, par, le, motif, engagement, empreinte ON journal_entrees
BEGIN SELECT RAISE(ABORT, 'le journal ne se corrige pas'); END;
CREATE TRIGGER journal_entrees_places_definitives
BEFORE UPDATE OF place ON journal_entrees WHEN OLD.place IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'une place donnée est définitive'); END;
CREATE TRIGGER journal_entrees_indelebiles
BEFORE DELETE ON journal_entrees
BEGIN SELECT RAISE(ABORT, 'le journal ne s’efface pas'); END;

-- Salts of the commitments; erased with the text they protect.
CREATE TABLE journal_sels (
    entree BLOB NOT NULL,
    sel    BLOB NOT NULL,
    CONSTRAINT journal_sels_entree_unique PRIMARY KEY (entree)
) STRICT;

CREATE TABLE journal_tetes (
    taille    INTEGER NOT NULL,
    racine    BLOB NOT NULL,
    bord      BLOB NOT NULL,
    signature BLOB NOT NULL,
    scelle_le INTEGER NOT NULL,
    CONSTRAINT journal_tetes_taille_unique PRIMARY KEY (taille)
) STRICT;

-- One row, taken by whoever seals.
CREATE TABLE journal_suite (
    id     INTEGER NOT NULL CHECK (id = 1),
    prises INTEGER NOT NULL,
    CONSTRAINT journal_suite_id_unique PRIMARY KEY (id)
) STRICT;
INSERT INTO journal_suite (id, prises) VALUES (1, 0);

-- Work to do after an act. `due_le` is legal time, the rest machine time.
CREATE TABLE taches (
    id         BLOB NOT NULL,
    genre      TEXT NOT NULL,
    objet      BLOB NOT NULL,
    due_le     INTEGER NOT NULL,
    pas_avant  INTEGER NOT NULL,
    essais     INTEGER NOT NULL,
    bail       BLOB,
    bail_fin   INTEGER NOT NULL,
    faite_le   INTEGER,
    constat    TEXT,
    CONSTRAINT taches_id_unique PRIMARY KEY (id)
) STRICT;
CREATE INDEX taches_a_faire ON taches (due_le) WHERE faite_le IS NULL;
-- What became of the job of an object: the mail of a reminder.
CREATE INDEX taches_par_objet ON taches (objet);

-- Mails: written in the act's transaction, sent by a job.
CREATE TABLE courriels (
    id        BLOB NOT NULL,
    genre     TEXT NOT NULL,
    a         TEXT NOT NULL,
    objet     TEXT NOT NULL,
    texte     TEXT NOT NULL,
    cree_le   INTEGER NOT NULL,
    envoye_le INTEGER,
    CONSTRAINT courriels_id_unique PRIMARY KEY (id)
) STRICT;
CREATE INDEX courriels_recents ON courriels (cree_le);

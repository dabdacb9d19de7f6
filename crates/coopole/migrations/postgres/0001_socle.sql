-- The cellar: what every room stands on. Instants are milliseconds UTC.

-- One row: where and how this base was born.
CREATE TABLE instance (
    id            BIGINT NOT NULL CHECK (id = 1),
    nee_le        BIGINT NOT NULL,
    demonstration BOOLEAN NOT NULL,
    jeu           TEXT,
    -- The first instant of its story, where it was told.
    debut         BIGINT,
    -- When its world was whole; a birth cut short has none, and begins again.
    prete_le      BIGINT,
    CONSTRAINT instance_id_unique PRIMARY KEY (id)
);

-- The offset of a demonstration's clock; absent otherwise.
CREATE TABLE horloge (
    id          BIGINT NOT NULL CHECK (id = 1),
    decalage_ms BIGINT NOT NULL,
    jusqua_ms   BIGINT NOT NULL,
    CONSTRAINT horloge_id_unique PRIMARY KEY (id)
);

CREATE TABLE journal_entrees (
    id         UUID NOT NULL,
    acte       TEXT NOT NULL,
    genre      TEXT NOT NULL,
    objet      UUID NOT NULL,
    par        UUID,
    le         BIGINT NOT NULL,
    motif      TEXT,
    engagement BYTEA,
    empreinte  BYTEA NOT NULL,
    place      BIGINT,
    CONSTRAINT journal_entrees_id_unique PRIMARY KEY (id),
    CONSTRAINT journal_entrees_place_unique UNIQUE (place)
);
CREATE INDEX journal_entrees_a_sceller ON journal_entrees (id) WHERE place IS NULL;
CREATE INDEX journal_entrees_par_objet ON journal_entrees (objet, le);

CREATE FUNCTION journal_refuser() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER journal_entrees_immuables
BEFORE UPDATE OF id, acte, genre, objet, par, le, motif, engagement, empreinte ON journal_entrees
FOR EACH ROW EXECUTE FUNCTION journal_refuser('le journal ne se corrige pas');
CREATE TRIGGER journal_entrees_places_definitives
BEFORE UPDATE OF place ON journal_entrees
FOR EACH ROW WHEN (OLD.place IS NOT NULL)
EXECUTE FUNCTION journal_refuser('une place donnée est définitive');
CREATE TRIGGER journal_entrees_indelebiles
BEFORE DELETE ON journal_entrees
FOR EACH ROW EXECUTE FUNCTION journal_refuser('le journal ne s’efface pas');

-- Salts of the commitments; erased with the text they protect.
CREATE TABLE journal_sels (
    entree UUID NOT NULL,
    sel    BYTEA NOT NULL,
    CONSTRAINT journal_sels_entree_unique PRIMARY KEY (entree)
);

CREATE TABLE journal_tetes (
    taille    BIGINT NOT NULL,
    racine    BYTEA NOT NULL,
    bord      BYTEA NOT NULL,
    signature BYTEA NOT NULL,
    scelle_le BIGINT NOT NULL,
    CONSTRAINT journal_tetes_taille_unique PRIMARY KEY (taille)
);

-- One row, taken by whoever seals.
CREATE TABLE journal_suite (
    id     BIGINT NOT NULL CHECK (id = 1),
    prises BIGINT NOT NULL,
    CONSTRAINT journal_suite_id_unique PRIMARY KEY (id)
);
INSERT INTO journal_suite (id, prises) VALUES (1, 0);

-- Work to do after an act. `due_le` is legal time, the rest machine time.
CREATE TABLE taches (
    id         UUID NOT NULL,
    genre      TEXT NOT NULL,
    objet      UUID NOT NULL,
    due_le     BIGINT NOT NULL,
    pas_avant  BIGINT NOT NULL,
    essais     BIGINT NOT NULL,
    bail       UUID,
    bail_fin   BIGINT NOT NULL,
    faite_le   BIGINT,
    constat    TEXT,
    CONSTRAINT taches_id_unique PRIMARY KEY (id)
);
CREATE INDEX taches_a_faire ON taches (due_le) WHERE faite_le IS NULL;
-- What became of the job of an object: the mail of a reminder.
CREATE INDEX taches_par_objet ON taches (objet);

-- Mails: written in the act's transaction, sent by a job.
CREATE TABLE courriels (
    id        UUID NOT NULL,
    genre     TEXT NOT NULL,
    a         TEXT NOT NULL,
    objet     TEXT NOT NULL,
    texte     TEXT NOT NULL,
    cree_le   BIGINT NOT NULL,
    envoye_le BIGINT,
    CONSTRAINT courriels_id_unique PRIMARY KEY (id)
);
CREATE INDEX courriels_recents ON courriels (cree_le);

-- Lists brought into the register, and the fate of each of their lines: told
-- before anything is written, kept after. `ordonne_par` is whoever last asked to
-- apply one or to put it back, `refus` why that was not done. `prises` is the
-- lock of an act.
CREATE TABLE imports (
    id          UUID NOT NULL,
    nom         TEXT NOT NULL,
    poids       BIGINT NOT NULL,
    empreinte   BYTEA NOT NULL,
    source      TEXT NOT NULL,
    du          TEXT NOT NULL,
    par         UUID NOT NULL REFERENCES comptes (id),
    depose_le   BIGINT NOT NULL,
    etat        TEXT NOT NULL
        CHECK (etat IN ('en_lecture', 'illisible', 'interrompu', 'a_lire', 'en_application', 'applique',
                        'en_annulation', 'annule')),
    faute       TEXT,
    format      TEXT,
    colonnes    TEXT,
    ignorees    TEXT,
    lues        BIGINT NOT NULL,
    avancement  BIGINT NOT NULL,
    vides       BIGINT NOT NULL,
    ordonne_par UUID REFERENCES comptes (id),
    ordonne_le  BIGINT,
    refus       TEXT,
    applique_le BIGINT,
    annule_le   BIGINT,
    prises      BIGINT NOT NULL,
    CONSTRAINT imports_id_unique PRIMARY KEY (id)
);
CREATE INDEX imports_par_date ON imports (depose_le, id);

-- `pole`: the record a line speaks of, or the one it will create. `dite` is
-- what was read, `avant` what the record said then, `candidates` the records
-- among which somebody chooses, `choisie` once they did.
CREATE TABLE lignes_des_imports (
    import     UUID NOT NULL REFERENCES imports (id),
    ligne      BIGINT NOT NULL,
    sort       TEXT NOT NULL
        CHECK (sort IN ('creee', 'mise_a_jour', 'inchangee', 'ambigue', 'refusee')),
    pole       UUID,
    dite       TEXT NOT NULL,
    avant      TEXT,
    fautes     TEXT,
    remarques  TEXT,
    candidates TEXT,
    choisie    BOOLEAN NOT NULL,
    CONSTRAINT lignes_des_imports_import_ligne_unique PRIMARY KEY (import, ligne)
);
CREATE INDEX lignes_par_sort ON lignes_des_imports (import, sort, ligne);
CREATE INDEX lignes_par_pole ON lignes_des_imports (import, pole);

-- The import a change of a record comes from, if it does.
ALTER TABLE modifications ADD COLUMN import UUID REFERENCES imports (id);

-- Lists brought into the register, and the fate of each of their lines: told
-- before anything is written, kept after. `ordonne_par` is whoever last asked to
-- apply one or to put it back, `refus` why that was not done. `prises` is the
-- lock of an act.
CREATE TABLE imports (
    id          BLOB NOT NULL,
    nom         TEXT NOT NULL,
    poids       INTEGER NOT NULL,
    empreinte   BLOB NOT NULL,
    source      TEXT NOT NULL,
    du          TEXT NOT NULL,
    par         BLOB NOT NULL REFERENCES comptes (id),
    depose_le   INTEGER NOT NULL,
    etat        TEXT NOT NULL
        CHECK (etat IN ('en_lecture', 'illisible', 'interrompu', 'a_lire', 'en_application', 'applique',
                        'en_annulation', 'annule')),
    faute       TEXT,
    format      TEXT,
    colonnes    TEXT,
    ignorees    TEXT,
    lues        INTEGER NOT NULL,
    avancement  INTEGER NOT NULL,
    vides       INTEGER NOT NULL,
    ordonne_par BLOB REFERENCES comptes (id),
    ordonne_le  INTEGER,
    refus       TEXT,
    applique_le INTEGER,
    annule_le   INTEGER,
    prises      INTEGER NOT NULL,
    CONSTRAINT imports_id_unique PRIMARY KEY (id)
) STRICT;
CREATE INDEX imports_par_date ON imports (depose_le, id);

-- `pole`: the record a line speaks of, or the one it will create. `dite` is
-- what was read, `avant` what the record said then, `candidates` the records
-- among which somebody chooses, `choisie` once they did.
CREATE TABLE lignes_des_imports (
    import     BLOB NOT NULL REFERENCES imports (id),
    ligne      INTEGER NOT NULL,
    sort       TEXT NOT NULL
        CHECK (sort IN ('creee', 'mise_a_jour', 'inchangee', 'ambigue', 'refusee')),
    pole       BLOB,
    dite       TEXT NOT NULL,
    avant      TEXT,
    fautes     TEXT,
    remarques  TEXT,
    candidates TEXT,
    choisie    INTEGER NOT NULL CHECK (choisie IN (0, 1)),
    CONSTRAINT lignes_des_imports_import_ligne_unique PRIMARY KEY (import, ligne)
) STRICT;
CREATE INDEX lignes_par_sort ON lignes_des_imports (import, sort, ligne);
CREATE INDEX lignes_par_pole ON lignes_des_imports (import, pole);

-- The import a change of a record comes from, if it does.
ALTER TABLE modifications ADD COLUMN import BLOB REFERENCES imports (id);

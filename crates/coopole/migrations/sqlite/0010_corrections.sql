-- What people propose to correct in a record, and what became of it.
CREATE TABLE corrections (
    id          BLOB NOT NULL,
    pole        BLOB NOT NULL REFERENCES poles (id),
    information TEXT NOT NULL,
    valeur      TEXT,
    source      TEXT NOT NULL,
    par         BLOB NOT NULL REFERENCES comptes (id),
    le          INTEGER NOT NULL,
    sort        TEXT CHECK (sort IN ('retenue', 'refusee')),
    motif       TEXT,
    tranchee_le INTEGER,
    tranchee_par BLOB REFERENCES comptes (id),
    CONSTRAINT corrections_id_unique PRIMARY KEY (id)
) STRICT;
CREATE INDEX corrections_par_pole ON corrections (pole, le);
CREATE INDEX corrections_en_attente ON corrections (le) WHERE sort IS NULL;

-- Each change of a record, never erased: what it said before, what it says
-- since, where that comes from. Put back, a change is the object of another.
-- `par` is who made it, `cellule` the region of the cell they answered for;
-- without one they acted for the nation. A change of an import has neither.
CREATE TABLE modifications (
    id          BLOB NOT NULL,
    pole        BLOB NOT NULL REFERENCES poles (id),
    information TEXT NOT NULL,
    avant       TEXT,
    apres       TEXT,
    source      TEXT NOT NULL,
    le          INTEGER NOT NULL,
    correction  BLOB REFERENCES corrections (id),
    annule      BLOB REFERENCES modifications (id),
    par         BLOB REFERENCES comptes (id),
    cellule     TEXT,
    CONSTRAINT modifications_id_unique PRIMARY KEY (id),
    CONSTRAINT modifications_annule_unique UNIQUE (annule)
) STRICT;
CREATE INDEX modifications_par_pole ON modifications (pole, le, id);
-- The latest of each information: where what a record says comes from.
CREATE INDEX modifications_par_information ON modifications (pole, information, le, id);

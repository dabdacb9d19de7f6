-- What people propose to correct in a record, and what became of it.
CREATE TABLE corrections (
    id          UUID NOT NULL,
    pole        UUID NOT NULL REFERENCES poles (id),
    information TEXT NOT NULL,
    valeur      TEXT,
    source      TEXT NOT NULL,
    par         UUID NOT NULL REFERENCES comptes (id),
    le          BIGINT NOT NULL,
    sort        TEXT CHECK (sort IN ('retenue', 'refusee')),
    motif       TEXT,
    tranchee_le BIGINT,
    tranchee_par UUID REFERENCES comptes (id),
    CONSTRAINT corrections_id_unique PRIMARY KEY (id)
);
CREATE INDEX corrections_par_pole ON corrections (pole, le);
CREATE INDEX corrections_en_attente ON corrections (le) WHERE sort IS NULL;

-- Each change of a record, never erased: what it said before, what it says
-- since, where that comes from. Put back, a change is the object of another.
-- `par` is who made it, `cellule` the region of the cell they answered for;
-- without one they acted for the nation. A change of an import has neither.
CREATE TABLE modifications (
    id          UUID NOT NULL,
    pole        UUID NOT NULL REFERENCES poles (id),
    information TEXT NOT NULL,
    avant       TEXT,
    apres       TEXT,
    source      TEXT NOT NULL,
    le          BIGINT NOT NULL,
    correction  UUID REFERENCES corrections (id),
    annule      UUID REFERENCES modifications (id),
    par         UUID REFERENCES comptes (id),
    cellule     TEXT,
    CONSTRAINT modifications_id_unique PRIMARY KEY (id),
    CONSTRAINT modifications_annule_unique UNIQUE (annule)
);
CREATE INDEX modifications_par_pole ON modifications (pole, le, id);
-- The latest of each information: where what a record says comes from.
CREATE INDEX modifications_par_information ON modifications (pole, information, le, id);

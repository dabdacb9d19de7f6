-- Two records of one pole merged into one: `garde` stays, `fondu` leads to it
-- (`poles.fusionne_dans`, 0003). Undone, the merge stays written.
CREATE TABLE fusions (
    id             BLOB NOT NULL,
    garde          BLOB NOT NULL REFERENCES poles (id),
    fondu          BLOB NOT NULL REFERENCES poles (id),
    motif          TEXT NOT NULL,
    porteuse_avant BLOB REFERENCES structures (id),
    le             INTEGER NOT NULL,
    par            BLOB NOT NULL REFERENCES comptes (id),
    defaite_le     INTEGER,
    defaite_par    BLOB REFERENCES comptes (id),
    defaite_motif  TEXT,
    CONSTRAINT fusions_id_unique PRIMARY KEY (id)
) STRICT;
-- A record is merged once at a time.
CREATE UNIQUE INDEX fusions_fondu_unique ON fusions (fondu) WHERE defaite_le IS NULL;
CREATE INDEX fusions_par_garde ON fusions (garde, le);

-- Every row a merge touched, by the link it belongs to: what undoing puts back.
CREATE TABLE deplacements (
    fusion BLOB NOT NULL REFERENCES fusions (id),
    lien   TEXT NOT NULL,
    ligne  BLOB NOT NULL,
    CONSTRAINT deplacements_fusion_lien_ligne_unique PRIMARY KEY (fusion, lien, ligne)
) STRICT;

-- The changes of the record kept that a merge made.
ALTER TABLE modifications ADD COLUMN fusion BLOB REFERENCES fusions (id);

-- Two records that people said are two poles, the lesser identifier first.
CREATE TABLE distinctions (
    un    BLOB NOT NULL REFERENCES poles (id),
    autre BLOB NOT NULL REFERENCES poles (id),
    motif TEXT NOT NULL,
    le    INTEGER NOT NULL,
    par   BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT distinctions_un_autre_unique PRIMARY KEY (un, autre)
) STRICT;

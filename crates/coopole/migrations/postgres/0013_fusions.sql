-- Two records of one pole merged into one: `garde` stays, `fondu` leads to it
-- (`poles.fusionne_dans`, 0003). Undone, the merge stays written.
CREATE TABLE fusions (
    id             UUID NOT NULL,
    garde          UUID NOT NULL REFERENCES poles (id),
    fondu          UUID NOT NULL REFERENCES poles (id),
    motif          TEXT NOT NULL,
    porteuse_avant UUID REFERENCES structures (id),
    le             BIGINT NOT NULL,
    par            UUID NOT NULL REFERENCES comptes (id),
    defaite_le     BIGINT,
    defaite_par    UUID REFERENCES comptes (id),
    defaite_motif  TEXT,
    CONSTRAINT fusions_id_unique PRIMARY KEY (id)
);
-- A record is merged once at a time.
CREATE UNIQUE INDEX fusions_fondu_unique ON fusions (fondu) WHERE defaite_le IS NULL;
CREATE INDEX fusions_par_garde ON fusions (garde, le);

-- Every row a merge touched, by the link it belongs to: what undoing puts back.
CREATE TABLE deplacements (
    fusion UUID NOT NULL REFERENCES fusions (id),
    lien   TEXT NOT NULL,
    ligne  UUID NOT NULL,
    CONSTRAINT deplacements_fusion_lien_ligne_unique PRIMARY KEY (fusion, lien, ligne)
);

-- The changes of the record kept that a merge made.
ALTER TABLE modifications ADD COLUMN fusion UUID REFERENCES fusions (id);

-- Two records that people said are two poles, the lesser identifier first.
CREATE TABLE distinctions (
    un    UUID NOT NULL REFERENCES poles (id),
    autre UUID NOT NULL REFERENCES poles (id),
    motif TEXT NOT NULL,
    le    BIGINT NOT NULL,
    par   UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT distinctions_un_autre_unique PRIMARY KEY (un, autre)
);

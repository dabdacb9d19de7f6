-- Two records of one pole merged into one: `garde` stays, `fondu` leads to it
-- (`poles.fusionne_dans`, 0003). Undone, the merge stays written.
CREATE TABLE fusions (
    id             UUID NOT NULL,
    garde          UUID NOT NULL REFERENCES poles (id),
    fondu          UUID NOT NULL REFERENCES poles (id),
    motif          TEXT NOT NULL,
    porteuse_avant UUID REFERENCES structures (id),
    -- When the record kept had entered the register.
    inscrit_avant  BIGINT,
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
-- `avant` is the date that a row bore, or `avant_du` and `avant_au` the bounds of
-- its year, when the merge gave it another one.
CREATE TABLE deplacements (
    fusion UUID NOT NULL REFERENCES fusions (id),
    lien   TEXT NOT NULL,
    ligne  UUID NOT NULL,
    avant  BIGINT,
    avant_du BIGINT,
    avant_au BIGINT,
    CONSTRAINT deplacements_fusion_lien_ligne_unique PRIMARY KEY (fusion, lien, ligne)
);

-- The changes of the record kept that a merge made.
ALTER TABLE modifications ADD COLUMN fusion UUID REFERENCES fusions (id);

-- A change with who made it. A public page says in what quality, and reads
-- no name.
CREATE VIEW modifications_lues AS
SELECT m.id, m.pole, m.information, m.avant, m.apres, m.source, m.le, m.cellule,
       EXISTS (SELECT 1 FROM modifications a WHERE a.annule = m.id) AS annulee,
       m.import IS NOT NULL AS importee, q.nom AS nom, d.nom AS nom_du_proposant,
       COALESCE(c.par <> m.par, FALSE) AS proposee,
       EXISTS (SELECT 1 FROM habilitations h
               WHERE h.pole = c.pole AND h.compte = c.par AND h.role = 'porteur' AND h.du <= c.le
                 AND (h.au IS NULL OR h.au > c.le)) AS par_l_equipe
FROM modifications m
LEFT JOIN imports i ON i.id = m.import
LEFT JOIN comptes q ON q.id = COALESCE(m.par, i.par)
LEFT JOIN corrections c ON c.id = m.correction
LEFT JOIN comptes d ON d.id = c.par;

-- Two records that people said are two poles, the lesser identifier first.
CREATE TABLE distinctions (
    un    UUID NOT NULL REFERENCES poles (id),
    autre UUID NOT NULL REFERENCES poles (id),
    motif TEXT NOT NULL,
    le    BIGINT NOT NULL,
    par   UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT distinctions_un_autre_unique PRIMARY KEY (un, autre)
);

-- Poles, the structures that carry them, and the facts of their past that the
-- rules of a call look at. A pole is not its carrying structure.

CREATE TABLE structures (
    id           UUID NOT NULL,
    nom          TEXT NOT NULL,
    forme        TEXT,
    qualite_ess  TEXT CHECK (qualite_ess IN ('de_droit', 'societe_ess', 'hors_ess')),
    siret        TEXT,
    rna          TEXT,
    commune      TEXT,
    code_commune TEXT,
    departement  TEXT,
    region       TEXT,
    CONSTRAINT structures_id_unique PRIMARY KEY (id)
);
-- A list brought in recognises them so.
CREATE INDEX structures_par_siret ON structures (siret) WHERE siret IS NOT NULL;

CREATE TABLE poles (
    id          UUID NOT NULL,
    nom         TEXT NOT NULL,
    cle_tri     TEXT COLLATE "C" NOT NULL,
    porteuse    UUID REFERENCES structures (id),
    commune     TEXT,
    code_commune TEXT,
    departement TEXT,
    -- Derived from the commune, as the department is.
    epci        TEXT,
    region      TEXT,
    maturite    TEXT,
    themes      TEXT NOT NULL DEFAULT '',
    rural       BOOLEAN,
    qpv         BOOLEAN,
    presentation TEXT,
    site        TEXT,
    territoire  TEXT,
    membres     TEXT,
    emplois     BIGINT,
    europe      TEXT,
    invente     BOOLEAN NOT NULL,
    source      TEXT,
    -- When it entered the register; not said of those that the register began
    -- with, which were poles before it was there.
    inscrit_le  BIGINT,
    -- The day from which it is out of the register, asleep or struck off: derived
    -- from the departure that stands (`sorties`). From then on it is in no list
    -- and no count; its record stays.
    sorti_le    BIGINT,
    -- The record this one was merged into: it is then in no list and no count.
    fusionne_dans UUID REFERENCES poles (id),
    CONSTRAINT poles_id_unique PRIMARY KEY (id)
);
-- The lists read those that stand.
CREATE INDEX poles_par_region ON poles (region, cle_tri, id) WHERE fusionne_dans IS NULL;
CREATE INDEX poles_par_nom ON poles (cle_tri, id) WHERE fusionne_dans IS NULL;
CREATE INDEX poles_par_epci ON poles (epci) WHERE epci IS NOT NULL;
CREATE INDEX poles_par_porteuse ON poles (porteuse) WHERE porteuse IS NOT NULL;
CREATE INDEX poles_fusionnes ON poles (fusionne_dans) WHERE fusionne_dans IS NOT NULL;

-- What each record is found by: its words (name, place, structure, members,
-- themes, presentation) and their stems, without accents. A search reads the stretch of
-- the words that begin as typed, and never the whole table.
CREATE TABLE mots_des_poles (
    mot  TEXT COLLATE "C" NOT NULL,
    pole UUID NOT NULL REFERENCES poles (id),
    CONSTRAINT mots_des_poles_mot_pole_unique PRIMARY KEY (mot, pole)
);
CREATE INDEX mots_par_pole ON mots_des_poles (pole, mot);

-- Every word that a record held, once: a typing mistake is corrected among
-- them. Read from its beginning, or from its end; as it was first written. A
-- word that no record holds any more stays, and is not offered.
CREATE TABLE vocabulaire (
    mot    TEXT COLLATE "C" NOT NULL,
    envers TEXT COLLATE "C" NOT NULL,
    ecrit  TEXT NOT NULL,
    CONSTRAINT vocabulaire_mot_unique PRIMARY KEY (mot)
);
CREATE INDEX vocabulaire_par_la_fin ON vocabulaire (envers);

-- The themes of each pole, one a row: a filter begins here.
CREATE TABLE themes_des_poles (
    theme TEXT NOT NULL,
    pole  UUID NOT NULL REFERENCES poles (id),
    CONSTRAINT themes_des_poles_theme_pole_unique PRIMARY KEY (theme, pole)
);
CREATE INDEX themes_par_pole ON themes_des_poles (pole);

-- The Charter as proved: a dated signature of a version (E2). Withdrawn, it
-- stays written and stands no more; the same version may be signed again.
CREATE TABLE signatures_charte (
    id         UUID NOT NULL,
    pole       UUID NOT NULL REFERENCES poles (id),
    version    TEXT NOT NULL,
    signee_le  BIGINT NOT NULL,
    retiree_le BIGINT,
    CONSTRAINT signatures_charte_id_unique PRIMARY KEY (id)
);
CREATE UNIQUE INDEX signatures_charte_pole_version_unique
    ON signatures_charte (pole, version) WHERE retiree_le IS NULL;
CREATE INDEX signatures_charte_par_pole ON signatures_charte (pole);

-- Laureates of earlier calls (E1). `le` is when, if a source gives the day; a
-- source that gives the year alone leaves its two bounds instead.
CREATE TABLE laureats (
    id       UUID NOT NULL,
    pole     UUID NOT NULL REFERENCES poles (id),
    campagne TEXT NOT NULL,
    genre    TEXT NOT NULL CHECK (genre IN ('accompagnement', 'financement')),
    le       BIGINT,
    annee_du BIGINT,
    annee_au BIGINT,
    CONSTRAINT laureats_id_unique PRIMARY KEY (id),
    CONSTRAINT laureats_pole_campagne_unique UNIQUE (pole, campagne),
    CHECK ((annee_du IS NULL) = (annee_au IS NULL) AND (le IS NULL OR annee_du IS NULL))
);

-- A signature or an award from before this house, written here afterwards as
-- its source gives it; it may be undone, with a reason. `ligne` is the row it wrote
-- or made precise, among the signatures or the laureates; `avant_du` and
-- `avant_au` are what that row said before, when there was one (`existait`).
CREATE TABLE consignations (
    id         UUID NOT NULL,
    -- What was written at once, and may be undone so.
    liste      UUID NOT NULL,
    genre      TEXT NOT NULL CHECK (genre IN ('signature', 'laureat')),
    pole       UUID NOT NULL REFERENCES poles (id),
    ligne      UUID NOT NULL,
    -- The version signed, or the call won.
    objet      TEXT NOT NULL,
    -- A day or a year, as it is written: « 2021-06-30 », « 2021 ».
    moment     TEXT NOT NULL,
    source     TEXT NOT NULL,
    existait   BOOLEAN NOT NULL,
    avant_du   BIGINT,
    avant_au   BIGINT,
    le         BIGINT NOT NULL,
    par        UUID NOT NULL REFERENCES comptes (id),
    annulee_le BIGINT,
    annulee_par UUID REFERENCES comptes (id),
    motif      TEXT,
    CONSTRAINT consignations_id_unique PRIMARY KEY (id),
    CHECK ((annulee_le IS NULL) = (motif IS NULL) AND (annulee_le IS NULL) = (annulee_par IS NULL))
);
CREATE INDEX consignations_par_ligne ON consignations (ligne);
CREATE INDEX consignations_par_liste ON consignations (liste);
CREATE INDEX consignations_recentes ON consignations (genre, le);

-- When each pole came by its signs, from the first day of the year when only
-- the year is known; a signature withdrawn is a sign until its withdrawal.
CREATE VIEW dates_des_signes AS
SELECT pole, signee_le AS le, retiree_le FROM signatures_charte
UNION ALL
SELECT pole, COALESCE(le, annee_du) AS le, CAST(NULL AS BIGINT) AS retiree_le
FROM laureats WHERE COALESCE(le, annee_du) IS NOT NULL;

-- When each pole came to be known: by its first dated sign, or by its entry in
-- the register if that was before. One that a source knew without a day is not
-- there: it never was new. Where what is new is read.
CREATE VIEW arrivees AS
SELECT a.pole,
       CASE WHEN a.signe_le IS NULL OR a.inscrit_le < a.signe_le
            THEN a.inscrit_le ELSE a.signe_le END AS le,
       (a.inscrit_le IS NOT NULL AND (a.signe_le IS NULL OR a.inscrit_le < a.signe_le)) AS inscription
FROM (SELECT p.id AS pole, p.inscrit_le,
             (SELECT MIN(d.le) FROM dates_des_signes d WHERE d.pole = p.id) AS signe_le
      FROM poles p
      WHERE p.fusionne_dans IS NULL AND p.sorti_le IS NULL
        AND NOT EXISTS (SELECT 1 FROM laureats l WHERE l.pole = p.id AND l.le IS NULL)) a
WHERE a.inscrit_le IS NOT NULL OR a.signe_le IS NOT NULL;

-- What the public reads of a pole: its record, and the signs by which it is
-- known. Nothing here names a person.
CREATE VIEW fiches AS
SELECT p.id, p.nom, p.cle_tri, p.commune, p.departement, p.region, p.maturite, p.themes,
       p.rural, p.qpv, p.presentation, p.site, p.invente, p.source, s.nom AS porteuse, s.siret,
       EXISTS (SELECT 1 FROM signatures_charte c
               WHERE c.pole = p.id AND c.retiree_le IS NULL) AS charte,
       EXISTS (SELECT 1 FROM laureats l
               WHERE l.pole = p.id AND l.genre = 'accompagnement') AS accompagnement,
       EXISTS (SELECT 1 FROM laureats l
               WHERE l.pole = p.id AND l.genre = 'financement') AS financement
FROM poles p
LEFT JOIN structures s ON s.id = p.porteuse
WHERE p.fusionne_dans IS NULL;

-- Subsidies of earlier calls, looked for by pole and by SIREN (E3, P-12).
CREATE TABLE aides (
    id            UUID NOT NULL,
    pole          UUID REFERENCES poles (id),
    siren         TEXT,
    campagne      TEXT NOT NULL,
    convention_le BIGINT NOT NULL,
    montant       BIGINT NOT NULL,
    CONSTRAINT aides_id_unique PRIMARY KEY (id)
);
CREATE INDEX aides_par_pole ON aides (pole);
CREATE INDEX aides_par_siren ON aides (siren);

-- The regional cells, and who stands in for a region without one (P-20).
CREATE TABLE cellules (
    region     TEXT NOT NULL,
    nom        TEXT NOT NULL,
    active     BOOLEAN NOT NULL,
    suppleante TEXT,
    courriel   TEXT COLLATE "C",
    CONSTRAINT cellules_region_unique PRIMARY KEY (region)
);

-- The named cast of a demonstration, in the order of its sign-in page.
CREATE TABLE distribution (
    compte UUID NOT NULL REFERENCES comptes (id),
    rang   BIGINT NOT NULL,
    CONSTRAINT distribution_compte_unique PRIMARY KEY (compte)
);

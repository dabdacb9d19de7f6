-- Instruction by the regional cells. `region` is that of the cell that acts:
-- the dossier's own, or its substitute's; none when the State acts alone (P-20).

-- 1 once the cell is done with the dossier: its opinion given, or the dossier
-- set aside. Derived from `avis` and `eligibilites` in their transactions, so
-- that what remains to do is a stretch of an index and never a search.
ALTER TABLE dossiers ADD COLUMN instruit INTEGER NOT NULL DEFAULT 0;
-- 1 once its eligibility is confirmed, derived the same way: the step it is at.
ALTER TABLE dossiers ADD COLUMN confirme INTEGER NOT NULL DEFAULT 0;
CREATE INDEX dossiers_a_instruire
    ON dossiers (region, campagne, instruit, confirme, depose_le, id)
    WHERE depose_le IS NOT NULL AND retire_le IS NULL;

-- A person confirms what the rules found, or sets the dossier aside; why, rule
-- by rule, is in `appreciations`.
CREATE TABLE eligibilites (
    dossier BLOB NOT NULL REFERENCES dossiers (id),
    region  TEXT,
    issue   TEXT NOT NULL CHECK (issue IN ('confirmee', 'ecartee')),
    verdict TEXT CHECK (verdict IN ('eligible', 'irrecevable', 'ineligible')),
    le      INTEGER NOT NULL,
    par     BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT eligibilites_dossier_unique PRIMARY KEY (dossier)
) STRICT;
-- What was said of each rule, with its reason when it does not hold.
CREATE TABLE appreciations (
    dossier BLOB NOT NULL REFERENCES eligibilites (dossier),
    regle   TEXT NOT NULL,
    tenue   INTEGER NOT NULL CHECK (tenue IN (0, 1)),
    motif   TEXT NOT NULL,
    CONSTRAINT appreciations_dossier_regle_unique PRIMARY KEY (dossier, regle)
) STRICT;

-- What the cell writes while reading, one row a criterion; a draft.
CREATE TABLE constats (
    dossier    BLOB NOT NULL REFERENCES dossiers (id),
    critere    TEXT NOT NULL,
    texte      TEXT NOT NULL,
    solide     INTEGER CHECK (solide IN (0, 1)),
    version    INTEGER NOT NULL,
    modifie_le INTEGER NOT NULL,
    par        BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT constats_dossier_critere_unique PRIMARY KEY (dossier, critere)
) STRICT;

-- Never visible to the pole.
CREATE TABLE notes_privees (
    id      BLOB NOT NULL,
    dossier BLOB NOT NULL REFERENCES dossiers (id),
    texte   TEXT NOT NULL,
    le      INTEGER NOT NULL,
    par     BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT notes_privees_id_unique PRIMARY KEY (id)
) STRICT;
CREATE INDEX notes_privees_par_dossier ON notes_privees (dossier, le);

-- The opinion as it is being written; `motifs` is an object in JSON, one text
-- an axis. Gone once the opinion is given.
CREATE TABLE projets_avis (
    dossier           BLOB NOT NULL REFERENCES dossiers (id),
    sens              TEXT,
    motifs            TEXT NOT NULL,
    rang_regional     TEXT NOT NULL,
    signataire_cress  TEXT NOT NULL,
    signataire_etat   TEXT NOT NULL,
    version           INTEGER NOT NULL,
    modifie_le        INTEGER NOT NULL,
    par               BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT projets_avis_dossier_unique PRIMARY KEY (dossier)
) STRICT;

-- The opinion: one a dossier, final once given. `territoire` is the region of the
-- dossier, among which it may be ranked.
CREATE TABLE avis (
    dossier          BLOB NOT NULL REFERENCES dossiers (id),
    campagne         TEXT NOT NULL,
    region           TEXT,
    territoire       TEXT NOT NULL,
    sens             TEXT NOT NULL
        CHECK (sens IN ('favorable', 'favorable_avec_reserve', 'defavorable')),
    rang_regional    INTEGER,
    signataire_cress TEXT NOT NULL,
    signataire_etat  TEXT NOT NULL,
    hors_delai       INTEGER NOT NULL CHECK (hors_delai IN (0, 1)),
    le               INTEGER NOT NULL,
    par              BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT avis_dossier_unique PRIMARY KEY (dossier),
    CONSTRAINT avis_campagne_territoire_rang_regional_unique
        UNIQUE (campagne, territoire, rang_regional)
) STRICT;
CREATE TABLE motifs_avis (
    dossier BLOB NOT NULL REFERENCES avis (dossier),
    axe     TEXT NOT NULL,
    rang    INTEGER NOT NULL,
    texte   TEXT NOT NULL,
    CONSTRAINT motifs_avis_dossier_axe_unique PRIMARY KEY (dossier, axe)
) STRICT;

-- The address a cell is publicly written to; the last one holds, none when it
-- was taken back, and `cellules.courriel` is derived from it in the same
-- transaction.
CREATE TABLE contacts_de_cellules (
    id       BLOB NOT NULL,
    region   TEXT NOT NULL REFERENCES cellules (region),
    courriel TEXT,
    le       INTEGER NOT NULL,
    par      BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT contacts_de_cellules_id_unique PRIMARY KEY (id)
) STRICT;

-- A cell named to stand in for a region without one; the last one holds, and
-- `cellules.suppleante` is derived from it in the same transaction (P-20).
CREATE TABLE suppleances (
    id         BLOB NOT NULL,
    region     TEXT NOT NULL REFERENCES cellules (region),
    suppleante TEXT NOT NULL REFERENCES cellules (region),
    le         INTEGER NOT NULL,
    par        BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT suppleances_id_unique PRIMARY KEY (id)
) STRICT;

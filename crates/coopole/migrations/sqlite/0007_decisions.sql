-- Selection, decision, notification. Everything here is under embargo until
-- the notification instant.

-- What the pilot prepares, one row a dossier; a draft until decided.
CREATE TABLE propositions (
    dossier    BLOB NOT NULL REFERENCES dossiers (id),
    campagne   TEXT NOT NULL,
    issue      TEXT NOT NULL CHECK (issue IN ('retenu', 'non_retenu')),
    montant    INTEGER,
    motif      TEXT NOT NULL,
    ecart      TEXT,
    modifie_le INTEGER NOT NULL,
    par        BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT propositions_dossier_unique PRIMARY KEY (dossier)
) STRICT;
CREATE INDEX propositions_par_campagne ON propositions (campagne);

-- The State's decision on a call: one, then one row a dossier.
CREATE TABLE decisions (
    campagne TEXT NOT NULL,
    le       INTEGER NOT NULL,
    par      BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT decisions_campagne_unique PRIMARY KEY (campagne)
) STRICT;
CREATE TABLE decisions_dossiers (
    dossier  BLOB NOT NULL REFERENCES dossiers (id),
    campagne TEXT NOT NULL REFERENCES decisions (campagne),
    issue    TEXT NOT NULL CHECK (issue IN ('retenu', 'non_retenu', 'ineligible', 'irrecevable')),
    montant  INTEGER,
    motif    TEXT NOT NULL,
    rang     INTEGER,
    CONSTRAINT decisions_dossiers_dossier_unique PRIMARY KEY (dossier)
) STRICT;
CREATE INDEX decisions_dossiers_par_campagne ON decisions_dossiers (campagne, issue);

-- When the decisions become visible, to all at once; `faite_le` once they are.
CREATE TABLE notifications (
    campagne      TEXT NOT NULL REFERENCES decisions (campagne),
    programmee_pour INTEGER NOT NULL,
    le            INTEGER NOT NULL,
    par           BLOB NOT NULL REFERENCES comptes (id),
    faite_le      INTEGER,
    CONSTRAINT notifications_campagne_unique PRIMARY KEY (campagne)
) STRICT;

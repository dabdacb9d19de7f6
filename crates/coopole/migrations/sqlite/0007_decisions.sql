-- Selection, decision, notification. Everything here is under embargo until
-- the notification instant.

-- What the pilot prepares, one row a dossier; a draft until decided. A line
-- without issue keeps what was typed so far.
CREATE TABLE propositions (
    dossier    BLOB NOT NULL REFERENCES dossiers (id),
    campagne   TEXT NOT NULL,
    issue      TEXT CHECK (issue IN ('retenu', 'non_retenu')),
    montant    INTEGER,
    motif      TEXT NOT NULL,
    ecart      TEXT NOT NULL,
    modifie_le INTEGER NOT NULL,
    par        BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT propositions_dossier_unique PRIMARY KEY (dossier)
) STRICT;
CREATE INDEX propositions_par_campagne ON propositions (campagne);

-- Everybody who wrote in the list: none of them may close it.
CREATE TABLE preparateurs (
    campagne TEXT NOT NULL,
    compte   BLOB NOT NULL REFERENCES comptes (id),
    le       INTEGER NOT NULL,
    CONSTRAINT preparateurs_campagne_compte_unique PRIMARY KEY (campagne, compte)
) STRICT;

-- The row every act and every save on a call takes first.
CREATE TABLE selections (
    campagne TEXT NOT NULL,
    prises   INTEGER NOT NULL,
    CONSTRAINT selections_campagne_unique PRIMARY KEY (campagne)
) STRICT;

-- The State's decision on a call: one, then one row a dossier.
CREATE TABLE decisions (
    campagne TEXT NOT NULL,
    id       BLOB NOT NULL,
    le       INTEGER NOT NULL,
    par      BLOB NOT NULL REFERENCES comptes (id),
    CONSTRAINT decisions_campagne_unique PRIMARY KEY (campagne),
    CONSTRAINT decisions_id_unique UNIQUE (id)
) STRICT;
CREATE TABLE decisions_dossiers (
    dossier  BLOB NOT NULL REFERENCES dossiers (id),
    campagne TEXT NOT NULL REFERENCES decisions (campagne),
    issue    TEXT NOT NULL CHECK (issue IN ('retenu', 'non_retenu', 'ineligible', 'irrecevable')),
    montant  INTEGER,
    motif    TEXT NOT NULL,
    ecart    TEXT NOT NULL,
    rang     INTEGER,
    CONSTRAINT decisions_dossiers_dossier_unique PRIMARY KEY (dossier)
) STRICT;
CREATE INDEX decisions_dossiers_par_campagne ON decisions_dossiers (campagne, issue);

-- When the decisions become visible, to all at once. `faite_le` only says that
-- the mails are written: visibility never waits for it.
CREATE TABLE notifications (
    campagne        TEXT NOT NULL REFERENCES decisions (campagne),
    programmee_pour INTEGER NOT NULL,
    le              INTEGER NOT NULL,
    par             BLOB NOT NULL REFERENCES comptes (id),
    suspendue_le    INTEGER,
    faite_le        INTEGER,
    CONSTRAINT notifications_campagne_unique PRIMARY KEY (campagne)
) STRICT;

-- Selection, decision, notification. Everything here is under embargo until
-- the notification instant.

-- What the pilot prepares, one row a dossier; a draft until decided. A line
-- without issue keeps what was typed so far.
CREATE TABLE propositions (
    dossier    UUID NOT NULL REFERENCES dossiers (id),
    campagne   TEXT NOT NULL,
    issue      TEXT CHECK (issue IN ('retenu', 'non_retenu')),
    montant    BIGINT,
    motif      TEXT NOT NULL,
    ecart      TEXT NOT NULL,
    modifie_le BIGINT NOT NULL,
    par        UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT propositions_dossier_unique PRIMARY KEY (dossier)
);
CREATE INDEX propositions_par_campagne ON propositions (campagne);

-- Everybody who wrote in the list: none of them may close it.
CREATE TABLE preparateurs (
    campagne TEXT NOT NULL,
    compte   UUID NOT NULL REFERENCES comptes (id),
    le       BIGINT NOT NULL,
    CONSTRAINT preparateurs_campagne_compte_unique PRIMARY KEY (campagne, compte)
);

-- The row every act and every save on a call takes first.
CREATE TABLE selections (
    campagne TEXT NOT NULL,
    prises   BIGINT NOT NULL,
    CONSTRAINT selections_campagne_unique PRIMARY KEY (campagne)
);

-- The State's decision on a call: one, then one row a dossier.
CREATE TABLE decisions (
    campagne TEXT NOT NULL,
    id       UUID NOT NULL,
    le       BIGINT NOT NULL,
    par      UUID NOT NULL REFERENCES comptes (id),
    CONSTRAINT decisions_campagne_unique PRIMARY KEY (campagne),
    CONSTRAINT decisions_id_unique UNIQUE (id)
);
CREATE TABLE decisions_dossiers (
    dossier  UUID NOT NULL REFERENCES dossiers (id),
    campagne TEXT NOT NULL REFERENCES decisions (campagne),
    issue    TEXT NOT NULL CHECK (issue IN ('retenu', 'non_retenu', 'ineligible', 'irrecevable')),
    montant  BIGINT,
    motif    TEXT NOT NULL,
    ecart    TEXT NOT NULL,
    rang     BIGINT,
    CONSTRAINT decisions_dossiers_dossier_unique PRIMARY KEY (dossier)
);
CREATE INDEX decisions_dossiers_par_campagne ON decisions_dossiers (campagne, issue);

-- When the decisions become visible, to all at once. `faite_le` only says that
-- the mails are written: visibility never waits for it.
CREATE TABLE notifications (
    campagne        TEXT NOT NULL REFERENCES decisions (campagne),
    programmee_pour BIGINT NOT NULL,
    le              BIGINT NOT NULL,
    par             UUID NOT NULL REFERENCES comptes (id),
    suspendue_le    BIGINT,
    faite_le        BIGINT,
    CONSTRAINT notifications_campagne_unique PRIMARY KEY (campagne)
);

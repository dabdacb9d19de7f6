-- The Charter: its versions, the organisations that sign it to support the
-- poles, and the proof of each signature given here. The signatures of the
-- poles themselves stand with the poles (0003).

-- A version and, once its keeper poured it in, its text. `jour` is the day it
-- was presented, when the sources say it. `vaut` is the version that a text of
-- demonstration stands for; no real instance has one.
CREATE TABLE versions_charte (
    id           UUID NOT NULL,
    code         TEXT NOT NULL,
    rang         BIGINT NOT NULL,
    titre        TEXT NOT NULL,
    presentation TEXT NOT NULL,
    jour         TEXT,
    vaut         TEXT,
    texte        TEXT,
    empreinte    BYTEA,
    publie_le    BIGINT,
    publie_par   UUID REFERENCES comptes (id),
    CONSTRAINT versions_charte_id_unique PRIMARY KEY (id),
    CONSTRAINT versions_charte_code_unique UNIQUE (code),
    CHECK ((texte IS NULL) = (empreinte IS NULL) AND (texte IS NULL) = (publie_le IS NULL))
);

-- An organisation that commits to help the poles without being one. Anyone with
-- an account may say they sign for it: nothing of it is published before the
-- keeper of the Charter confirms it, and until then it bars nobody.
CREATE TABLE soutiens_charte (
    id         UUID NOT NULL,
    nom        TEXT NOT NULL,
    cle_tri    TEXT COLLATE "C" NOT NULL,
    siren      TEXT NOT NULL,
    inventee   BOOLEAN NOT NULL,
    version    TEXT NOT NULL,
    signee_le  BIGINT NOT NULL,
    confirmee_le BIGINT,
    retiree_le BIGINT,
    CONSTRAINT soutiens_charte_id_unique PRIMARY KEY (id)
);
CREATE UNIQUE INDEX soutiens_charte_siren_version_unique
    ON soutiens_charte (siren, version) WHERE retiree_le IS NULL AND confirmee_le IS NOT NULL;

-- A sitting where poles sign, each by its own account: where, when, until when.
CREATE TABLE seances_de_signature (
    id         UUID NOT NULL,
    nom        TEXT NOT NULL,
    lieu       TEXT NOT NULL,
    du         BIGINT NOT NULL,
    au         BIGINT NOT NULL,
    ouverte_par UUID NOT NULL REFERENCES comptes (id),
    ouverte_le BIGINT NOT NULL,
    close_le   BIGINT,
    CONSTRAINT seances_de_signature_id_unique PRIMARY KEY (id)
);

-- What proves a signature given here: the facts, as they were when it was given
-- (who engaged which legal person, by what right, on which text), and the code
-- anyone may check. A pole renamed since changes nothing of it. Of a signature
-- given before this house, only the date is known: it has no proof.
CREATE TABLE preuves_charte (
    signature UUID NOT NULL,
    code      TEXT NOT NULL,
    faits     TEXT NOT NULL,
    par       UUID NOT NULL REFERENCES comptes (id),
    seance    UUID REFERENCES seances_de_signature (id),
    CONSTRAINT preuves_charte_signature_unique PRIMARY KEY (signature),
    CONSTRAINT preuves_charte_code_unique UNIQUE (code)
);

-- What the keeper set aside, and why: a signature whose author could not engage
-- the signatory, or that nobody is left to withdraw. It stands no more from that
-- instant on; its proof stays.
CREATE TABLE ecartements_charte (
    signature UUID NOT NULL,
    motif     TEXT NOT NULL,
    par       UUID NOT NULL REFERENCES comptes (id),
    le        BIGINT NOT NULL,
    CONSTRAINT ecartements_charte_signature_unique PRIMARY KEY (signature)
);

-- A version signed by two records that a merge made one: one signature stands
-- for the pole, the other is kept here, out of every count. It was not
-- withdrawn; undoing the merge gives it back (0013).
CREATE TABLE signatures_doublees (
    id         UUID NOT NULL,
    pole       UUID NOT NULL REFERENCES poles (id),
    version    TEXT NOT NULL,
    signee_le  BIGINT NOT NULL,
    doublon_de UUID NOT NULL,
    CONSTRAINT signatures_doublees_id_unique PRIMARY KEY (id)
);
CREATE INDEX signatures_doublees_par_pole ON signatures_doublees (pole);

-- Every signature, in whatever quality, with its proof if it has one, or the
-- source it was consigned from. The name is that of the signatory today; the one
-- it signed under is in the facts.
CREATE VIEW signatures_lues AS
SELECT s.id, s.qualite, s.pole, s.siren, s.nom, s.cle_tri, s.invente, s.version, v.titre, s.signee_le,
       s.publiee_le, s.retiree_le, s.doublon_de, e.motif AS ecartee, f.code, f.faits, f.par, f.seance, k.source
FROM (SELECT g.id, 'pole' AS qualite, g.pole, NULL AS siren, p.nom, p.cle_tri, p.invente,
             g.version, g.signee_le, g.signee_le AS publiee_le, g.retiree_le,
             NULL AS doublon_de
      FROM signatures_charte g
      JOIN poles p ON p.id = g.pole
      UNION ALL
      SELECT g.id, 'pole' AS qualite, g.pole, NULL AS siren, p.nom, p.cle_tri, p.invente,
             g.version, g.signee_le, g.signee_le AS publiee_le, NULL AS retiree_le, g.doublon_de
      FROM signatures_doublees g
      JOIN poles p ON p.id = g.pole
      UNION ALL
      SELECT o.id, 'soutien' AS qualite, NULL AS pole, o.siren, o.nom, o.cle_tri,
             o.inventee AS invente, o.version, o.signee_le, o.confirmee_le AS publiee_le, o.retiree_le,
             NULL AS doublon_de
      FROM soutiens_charte o) AS s
LEFT JOIN versions_charte v ON v.code = s.version
LEFT JOIN preuves_charte f ON f.signature = s.id
LEFT JOIN ecartements_charte e ON e.signature = s.id
LEFT JOIN consignations k ON k.ligne = s.id AND k.genre = 'signature' AND k.annulee_le IS NULL;

-- A batch of reminders: whom it was for, where, and the word that was added.
CREATE TABLE lots_de_relance (
    id      UUID NOT NULL,
    cible   TEXT NOT NULL CHECK (cible IN ('laureats', 'anciens')),
    version TEXT NOT NULL,
    region  TEXT,
    mot     TEXT NOT NULL,
    par     UUID NOT NULL REFERENCES comptes (id),
    le      BIGINT NOT NULL,
    CONSTRAINT lots_de_relance_id_unique PRIMARY KEY (id)
);
CREATE INDEX lots_de_relance_recents ON lots_de_relance (le);

-- Who was written to for a pole: once a batch. `empreinte` is the hash of the
-- secret that the link of the mail carries, by which its reader objects.
-- `retenue`: why the mail, still waiting, was not sent after all.
CREATE TABLE relances (
    lot       UUID NOT NULL REFERENCES lots_de_relance (id),
    pole      UUID NOT NULL REFERENCES poles (id),
    compte    UUID NOT NULL REFERENCES comptes (id),
    courriel  UUID NOT NULL REFERENCES courriels (id),
    empreinte BYTEA NOT NULL,
    retenue   TEXT CHECK (retenue IN ('opposition', 'signature')),
    CONSTRAINT relances_lot_pole_unique PRIMARY KEY (lot, pole),
    CONSTRAINT relances_empreinte_unique UNIQUE (empreinte)
);
CREATE INDEX relances_par_pole ON relances (pole);
CREATE INDEX relances_par_courriel ON relances (courriel);

-- People who asked for no reminder, and those who asked again.
CREATE TABLE oppositions_aux_relances (
    id       UUID NOT NULL,
    compte   UUID NOT NULL REFERENCES comptes (id),
    le       BIGINT NOT NULL,
    levee_le BIGINT,
    CONSTRAINT oppositions_aux_relances_id_unique PRIMARY KEY (id)
);
CREATE UNIQUE INDEX oppositions_aux_relances_compte_unique
    ON oppositions_aux_relances (compte) WHERE levee_le IS NULL;

-- The Charter: its versions, the organisations that sign it to support the
-- poles, and the proof of each signature given here. The signatures of the
-- poles themselves stand with the poles (0003).

-- A version and, once its keeper poured it in, its text. `vaut` is the version
-- that a text of demonstration stands for; no real instance has one.
CREATE TABLE versions_charte (
    id           UUID NOT NULL,
    code         TEXT NOT NULL,
    rang         BIGINT NOT NULL,
    titre        TEXT NOT NULL,
    presentation TEXT NOT NULL,
    vaut         TEXT,
    texte        TEXT,
    empreinte    BYTEA,
    publie_le    BIGINT,
    publie_par   UUID REFERENCES comptes (id),
    CONSTRAINT versions_charte_id_unique PRIMARY KEY (id),
    CONSTRAINT versions_charte_code_unique UNIQUE (code),
    CHECK ((texte IS NULL) = (empreinte IS NULL) AND (texte IS NULL) = (publie_le IS NULL))
);

-- An organisation that commits to help the poles without being one.
CREATE TABLE soutiens_charte (
    id         UUID NOT NULL,
    nom        TEXT NOT NULL,
    siren      TEXT NOT NULL,
    inventee   BOOLEAN NOT NULL,
    version    TEXT NOT NULL,
    signee_le  BIGINT NOT NULL,
    retiree_le BIGINT,
    CONSTRAINT soutiens_charte_id_unique PRIMARY KEY (id)
);
CREATE UNIQUE INDEX soutiens_charte_siren_version_unique
    ON soutiens_charte (siren, version) WHERE retiree_le IS NULL;

-- What proves a signature given here: who engaged the signatory and by what
-- right, the fingerprint of the text, and the code anyone may check. Of a
-- signature given before this house, only the date is known: it has no proof.
CREATE TABLE preuves_charte (
    signature UUID NOT NULL,
    code      TEXT NOT NULL,
    empreinte BYTEA NOT NULL,
    faits     TEXT NOT NULL,
    par       UUID NOT NULL REFERENCES comptes (id),
    fonction  TEXT NOT NULL,
    mandat    TEXT NOT NULL CHECK (mandat IN ('representation', 'delegation')),
    reference TEXT NOT NULL,
    CONSTRAINT preuves_charte_signature_unique PRIMARY KEY (signature),
    CONSTRAINT preuves_charte_code_unique UNIQUE (code)
);

-- Every signature, in whatever quality, with its proof if it has one. The name
-- of the person who signed is here for the signatory alone.
CREATE VIEW signatures_lues AS
SELECT s.id, s.qualite, s.pole, s.siren, s.nom, s.invente, s.version, v.titre, s.signee_le,
       s.retiree_le, f.code, f.empreinte, f.par, c.nom AS personne, f.fonction, f.mandat,
       f.reference
FROM (SELECT g.id, 'pole' AS qualite, g.pole, NULL AS siren, p.nom, p.invente, g.version,
             g.signee_le, g.retiree_le
      FROM signatures_charte g
      JOIN poles p ON p.id = g.pole
      UNION ALL
      SELECT o.id, 'soutien' AS qualite, NULL AS pole, o.siren, o.nom, o.inventee AS invente,
             o.version, o.signee_le, o.retiree_le
      FROM soutiens_charte o) AS s
LEFT JOIN versions_charte v ON v.code = s.version
LEFT JOIN preuves_charte f ON f.signature = s.id
LEFT JOIN comptes c ON c.id = f.par;

-- Who follows a territory, and up to when they were told what is new there.
CREATE TABLE suivis (
    id     UUID NOT NULL,
    compte UUID NOT NULL REFERENCES comptes (id),
    genre  TEXT NOT NULL CHECK (genre IN ('region', 'departement', 'epci')),
    code   TEXT NOT NULL,
    depuis BIGINT NOT NULL,
    dit_le BIGINT NOT NULL,
    CONSTRAINT suivis_id_unique PRIMARY KEY (id),
    CONSTRAINT suivis_compte_genre_code_unique UNIQUE (compte, genre, code)
);

-- Who follows a territory, and up to when they were told what is new there.
CREATE TABLE suivis (
    id     BLOB NOT NULL,
    compte BLOB NOT NULL REFERENCES comptes (id),
    genre  TEXT NOT NULL CHECK (genre IN ('region', 'departement', 'epci')),
    code   TEXT NOT NULL,
    depuis INTEGER NOT NULL,
    dit_le INTEGER NOT NULL,
    CONSTRAINT suivis_id_unique PRIMARY KEY (id),
    CONSTRAINT suivis_compte_genre_code_unique UNIQUE (compte, genre, code)
) STRICT;

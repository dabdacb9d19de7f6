//! Every column that names a pole: what its rows become when two records merge,
//! and when the import that created the record is put back. A test fails when
//! one is missing.

/// A column that names a pole.
pub struct Lien {
    pub table: &'static str,
    pub colonne: &'static str,
    /// At a merge, how its rows are noted, moved and counted.
    pub(super) deplace: Option<[&'static str; 3]>,
    /// What of it keeps an import from being put back.
    pub(super) retient: Option<Retient>,
    /// What takes the other rows out, with the records that the import created.
    pub(super) emporte: &'static [&'static str],
}

/// Rows that came after the import of a record, and stand.
pub(super) struct Retient {
    /// What they are: « un dossier ».
    pub quoi: &'static str,
    /// The records that have some, among those an import created.
    pub trouver: &'static str,
}

impl Lien {
    /// Its rows stay where they are at a merge: the reason is beside each.
    const fn nouveau(table: &'static str, colonne: &'static str) -> Self {
        Self {
            table,
            colonne,
            deplace: None,
            retient: None,
            emporte: &[],
        }
    }

    const fn retient(self, retient: Retient) -> Self {
        Self {
            retient: Some(retient),
            ..self
        }
    }

    const fn emporte(self, emporte: &'static [&'static str]) -> Self {
        Self { emporte, ..self }
    }
}

/// Rows that follow the pole at a merge: noted, moved, and put back.
macro_rules! suit {
    ($table:literal) => {
        suit!($table, "TRUE")
    };
    ($table:literal, $sauf:literal) => {
        Lien {
            deplace: Some([
                concat!(
                    "INSERT INTO deplacements (fusion, lien, ligne) SELECT $1, '",
                    $table,
                    "', t.id FROM ",
                    $table,
                    " t WHERE t.pole = $2 AND ",
                    $sauf
                ),
                concat!(
                    "UPDATE ",
                    $table,
                    " SET pole = $2 WHERE id IN
                    (SELECT ligne FROM deplacements WHERE fusion = $1 AND lien = '",
                    $table,
                    "')"
                ),
                concat!(
                    "SELECT COUNT(*) FROM ",
                    $table,
                    " WHERE pole = $2 AND id > $1"
                ),
            ]),
            ..Lien::nouveau($table, "pole")
        }
    };
}

/// Whether an import created the record of that column; such records are few
/// among those with a row here, and this is asked of each row.
macro_rules! creee {
    ($colonne:expr) => {
        concat!(
            "EXISTS (SELECT 1 FROM lignes_des_imports l
                     WHERE l.import = $1 AND l.pole = ",
            $colonne,
            " AND l.sort = 'creee')"
        )
    };
}

/// The rows of which this is true keep the import.
macro_rules! si {
    ($quoi:literal, $table:literal) => {
        si!($quoi, $table, "TRUE")
    };
    ($quoi:literal, $table:literal, $si:expr) => {
        si!($quoi, $table, "pole", $si)
    };
    ($quoi:literal, $table:literal, $colonne:literal, $si:expr) => {
        Retient {
            quoi: $quoi,
            trouver: concat!(
                "SELECT p.id, p.nom, p.cle_tri FROM poles p WHERE p.id IN
                    (SELECT t.",
                $colonne,
                " FROM ",
                $table,
                " t WHERE ",
                creee!(concat!("t.", $colonne)),
                " AND ",
                $si,
                ") ORDER BY p.cle_tri, p.id LIMIT 100"
            ),
        }
    };
}

/// The rows of this table go.
macro_rules! s_en_vont {
    ($table:literal) => {
        s_en_vont!($table, "pole")
    };
    ($table:literal, $colonne:literal) => {
        concat!(
            "DELETE FROM ",
            $table,
            " WHERE ",
            creee!(concat!($table, ".", $colonne))
        )
    };
}

/// A merge that was undone, or of two records that both go.
macro_rules! fusion_oubliee {
    ($colonne:literal) => {
        &[
            concat!(
                "DELETE FROM deplacements WHERE fusion IN (SELECT t.id FROM fusions t WHERE ",
                creee!(concat!("t.", $colonne)),
                ")"
            ),
            concat!(
                "UPDATE modifications SET fusion = NULL WHERE fusion IN
                     (SELECT t.id FROM fusions t WHERE ",
                creee!(concat!("t.", $colonne)),
                ")"
            ),
            s_en_vont!("fusions", $colonne),
        ]
    };
}

/// Every column that names a pole, in the order in which their rows go.
pub const LIENS: &[Lien] = &[
    // The history of each record is its own; both are read under the one kept.
    // What was changed and then put back leaves a record as it was.
    Lien::nouveau("modifications", "pole")
        .retient(si!(
            "une modification",
            "modifications",
            "NOT EXISTS (SELECT 1 FROM modifications n
                         WHERE n.pole = t.pole AND n.information = t.information
                           AND (n.le, n.id) > (t.le, t.id))
             AND NOT EXISTS (SELECT 1 FROM modifications f
                             WHERE f.pole = t.pole AND f.information = t.information
                               AND COALESCE(f.avant, '') = COALESCE(t.apres, '')
                               AND NOT EXISTS (SELECT 1 FROM modifications a
                                               WHERE a.pole = f.pole AND a.information = f.information
                                                 AND (a.le, a.id) < (f.le, f.id)))"
        ))
        .emporte(&[s_en_vont!("modifications")]),
    suit!("corrections")
        .retient(si!(
            "une proposition à trancher",
            "corrections",
            "t.sort IS NULL"
        ))
        .emporte(&[s_en_vont!("corrections")]),
    suit!("dossiers").retient(si!("un dossier", "dossiers")),
    suit!("signatures_charte").retient(si!("une signature de la Charte", "signatures_charte")),
    suit!("signatures_doublees").retient(si!("une signature de la Charte", "signatures_doublees")),
    // A call won by both is won once, at the earliest date known: the second stays
    // with the record merged.
    suit!(
        "laureats",
        "NOT EXISTS (SELECT 1 FROM laureats g JOIN fusions f ON f.id = $1
                     WHERE g.pole = f.garde AND g.campagne = t.campagne)"
    )
    .retient(si!("un appel gagné", "laureats")),
    suit!("aides").retient(si!("une aide", "aides")),
    suit!("habilitations")
        .retient(si!(
            "une personne dans son équipe",
            "habilitations",
            "t.au IS NULL"
        ))
        .emporte(&[s_en_vont!("habilitations")]),
    suit!("consignations")
        .retient(si!(
            "une consignation",
            "consignations",
            "t.annulee_le IS NULL"
        ))
        .emporte(&[s_en_vont!("consignations")]),
    suit!("revendications")
        .retient(si!(
            "une revendication",
            "revendications",
            "(t.issue IS NULL OR (t.issue = 'acceptee' AND t.reprise_le IS NULL))"
        ))
        .emporte(&[s_en_vont!("revendications")]),
    suit!("declarations").retient(si!("une déclaration", "declarations")),
    // Which of the two had left the register, and when.
    Lien::nouveau("sorties", "pole")
        .retient(si!(
            "une sortie du registre",
            "sorties",
            "t.annulee_le IS NULL"
        ))
        .emporte(&[s_en_vont!("sorties")]),
    // Derived from the record, and written anew.
    Lien::nouveau("mots_des_poles", "pole"),
    Lien::nouveau("themes_des_poles", "pole"),
    // A reminder was written about that very record, a line of a list spoke of
    // it: both stay so.
    Lien::nouveau("relances", "pole")
        .retient(si!("un rappel", "relances", "t.retenue IS NULL"))
        .emporte(&[s_en_vont!("relances")]),
    Lien::nouveau("lignes_des_imports", "pole"),
    // What says which records were compared and merged.
    Lien::nouveau("fusions", "garde")
        .retient(si!(
            "une fiche fusionnée avec elle",
            "fusions",
            "garde",
            concat!("t.defaite_le IS NULL AND NOT ", creee!("t.fondu"))
        ))
        .emporte(fusion_oubliee!("garde")),
    Lien::nouveau("fusions", "fondu")
        .retient(si!(
            "une fusion avec une autre fiche",
            "fusions",
            "fondu",
            concat!("t.defaite_le IS NULL AND NOT ", creee!("t.garde"))
        ))
        .emporte(fusion_oubliee!("fondu")),
    Lien::nouveau("distinctions", "un").emporte(&[s_en_vont!("distinctions", "un")]),
    Lien::nouveau("distinctions", "autre").emporte(&[s_en_vont!("distinctions", "autre")]),
    Lien::nouveau("poles", "fusionne_dans").emporte(&[concat!(
        "UPDATE poles SET fusionne_dans = NULL WHERE fusionne_dans IS NOT NULL AND ",
        creee!("poles.fusionne_dans")
    )]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_lien_dit_ce_que_deviennent_ses_rangs_quand_un_import_s_annule() {
        let tus = LIENS
            .iter()
            .filter(|l| l.retient.is_none() && l.emporte.is_empty());
        let tus: Vec<&str> = tus.map(|lien| lien.table).collect();
        // Written with the record and gone with it, or naming it without needing it.
        assert_eq!(
            tus,
            ["mots_des_poles", "themes_des_poles", "lignes_des_imports"]
        );
        for lien in LIENS.iter().filter(|lien| lien.emporte.is_empty()) {
            let toutes = |retient: &Retient| retient.trouver.contains(" AND TRUE)");
            assert!(
                lien.retient.as_ref().is_none_or(toutes),
                "{} : les rangs qui ne retiennent rien restent",
                lien.table
            );
        }
    }
}

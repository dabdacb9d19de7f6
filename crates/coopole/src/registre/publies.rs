//! The counts of poles that others published, and the targets they declared
//! (`donnees/comptes-publies.csv`): several « numbers of PTCE » were all true
//! of their own definition (dispositif, P-15).
//!
//! Never done here: a rate typed. What a source calls +365 % is computed again
//! from the counts it gives (P-01).

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::socle::actifs;

/// A count that a source gives.
#[derive(Debug, Clone, Deserialize)]
pub struct ComptePublie {
    genre: Genre,
    /// The last day of the time it speaks of.
    pub le: Date,
    /// When it was declared, for a target.
    declare_le: Option<Date>,
    /// That time, in the words of the page: « mai 2023 ».
    pub dit_le: String,
    pub combien: u64,
    /// What the home page calls it, if it shows it: « pôles recensés ».
    repere: Option<String>,
    pub definition: String,
    /// What it was counted among, where the home page shows it.
    perimetre: Option<String>,
    pub source: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Genre {
    Compte,
    /// Another number of the scheme, that is no count of poles: never beside
    /// them, on the home page alone.
    Repere,
    /// What was aimed at for that time.
    Objectif,
}

static TOUS: LazyLock<Vec<ComptePublie>> = LazyLock::new(|| {
    csv::Reader::from_reader(actifs::donnee("comptes-publies.csv").as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the file is ours, and a test reads it whole")
});

/// The counts published at that day, the oldest first.
pub fn comptes(le: Date) -> Vec<&'static ComptePublie> {
    let connu = |c: &&ComptePublie| c.genre == Genre::Compte && c.le <= le;
    TOUS.iter().filter(connu).collect()
}

/// A figure of the home page: what it counts, exactly, among whom, when, and by
/// whom. A figure without all four is not shown: 203, 140 and 135 were all « the
/// number of PTCE » of 2023.
pub struct Repere {
    pub nom: &'static str,
    pub perimetre: &'static str,
    pub compte: &'static ComptePublie,
}

/// The figures of the home page that were published at that day, the latest of
/// each name.
pub fn reperes(le: Date) -> Vec<Repere> {
    let mut reperes: Vec<Repere> = Vec::new();
    for compte in TOUS.iter().filter(|c| c.le <= le) {
        let (Some(nom), Some(perimetre)) = (&compte.repere, &compte.perimetre) else {
            continue;
        };
        reperes.retain(|autre| autre.nom != nom.as_str());
        reperes.push(Repere {
            nom,
            perimetre,
            compte,
        });
    }
    reperes
}

/// The targets declared by that day.
pub fn objectifs(le: Date) -> impl Iterator<Item = &'static ComptePublie> {
    let declare = move |c: &&ComptePublie| c.declare_le.is_some_and(|jour| jour <= le);
    let vises = TOUS.iter().filter(|c| c.genre == Genre::Objectif);
    vises.filter(declare)
}

#[cfg(test)]
mod tests {
    use metier::commun::Taux;

    use super::*;

    #[test]
    fn les_comptes_se_lisent_dans_l_ordre_du_temps_et_jamais_avant_d_etre_publies() {
        assert!(TOUS.iter().all(|c| !c.source.is_empty() && c.combien > 0));
        let dits: Vec<u64> = comptes(Date::constant(2024, 5, 27))
            .iter()
            .map(|c| c.combien)
            .collect();
        assert_eq!(dits, [56, 203, 140, 218]);
        assert!(comptes(Date::constant(2021, 1, 1)).is_empty());
    }

    #[test]
    fn l_accueil_ne_montre_que_ce_qui_etait_publie_ce_jour_la_avec_son_perimetre() {
        let combien = |le: Date| -> Vec<u64> {
            let reperes = reperes(le);
            assert!(reperes.iter().all(|r| !r.perimetre.is_empty()));
            reperes.iter().map(|r| r.compte.combien).collect()
        };
        assert!(combien(Date::constant(2023, 3, 26)).is_empty());
        assert_eq!(combien(Date::constant(2023, 3, 27)), [203, 122]);
        assert_eq!(combien(Date::constant(2024, 3, 26)), [203, 122, 46]);
    }

    #[test]
    fn un_objectif_ne_se_lit_pas_avant_d_etre_declare() {
        assert!(
            TOUS.iter()
                .all(|c| (c.genre == Genre::Objectif) == c.declare_le.is_some())
        );
        assert_eq!(objectifs(Date::constant(2021, 9, 21)).count(), 0);
        assert_eq!(objectifs(Date::constant(2021, 9, 22)).count(), 1);
    }

    #[test]
    fn l_objectif_de_2024_etait_de_trois_cents_dont_209_font_69_virgule_7_pour_cent() {
        let objectif = objectifs(Date::constant(2026, 1, 1)).next().unwrap();
        let dernier = comptes(Date::constant(2026, 1, 1)).pop().unwrap();
        let part = Taux::part(dernier.combien, objectif.combien).unwrap();
        assert_eq!(
            (objectif.combien, part.to_string().as_str()),
            (300, "69,7\u{202f}%")
        );
    }
}

//! What is there and what is missing, rubrique by rubrique.
//!
//! Source: notice 2024, § 3.a and 4 (an incomplete dossier cannot be received);
//! droit-et-normes, D6: completeness is shown before filing, never opposed
//! after it. Everything missing is told at once, each with the place to mend it.

use super::budget::Analyse;
use super::pieces::Piece;
use crate::commun::{Raison, typographie};

/// Where a rubrique stands: untouched and incomplete are different news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Avancement {
    /// Nobody has written anything there yet.
    ACommencer,
    /// So many things are still missing.
    ACompleter(usize),
    /// Nothing is missing.
    Complet,
}

impl Avancement {
    /// « À commencer », « À compléter (2) », « Complet ».
    pub fn en_mots(self) -> String {
        match self {
            Self::ACommencer => "À commencer".to_owned(),
            Self::ACompleter(n) => format!("À compléter ({n})"),
            Self::Complet => "Complet".to_owned(),
        }
    }
}

/// One thing still missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manque {
    /// A few words for the list: « Statuts de la structure ».
    pub intitule: String,
    /// The sentence, its remedy and the anchor to go to.
    pub raison: Raison,
}

/// A rubrique of the form, with what the call requires in it.
///
/// Built by declaring its items one after the other, in the order of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RubriqueSuivie {
    /// Its code, as in its address.
    pub code: String,
    /// Its title on the summary.
    pub titre: String,
    /// How many required items are there.
    pub presents: usize,
    /// How many the call requires.
    pub attendus: usize,
    /// What is missing, in the order of the page.
    pub manques: Vec<Manque>,
    commencee: bool,
}

impl RubriqueSuivie {
    /// A rubrique in which nothing is required yet.
    pub fn nouvelle(code: impl Into<String>, titre: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            titre: titre.into(),
            presents: 0,
            attendus: 0,
            manques: Vec::new(),
            commencee: false,
        }
    }

    /// An item without which the dossier cannot be filed.
    #[must_use]
    pub fn exige(mut self, ancre: &str, libelle: &str, rempli: bool) -> Self {
        self.attendus += 1;
        if rempli {
            self.presents += 1;
            self.commencee = true;
        } else {
            self.manques.push(Manque {
                intitule: libelle.to_owned(),
                raison: Raison::new("a_renseigner", format!("Renseignez « {libelle} »."))
                    .ancre(ancre),
            });
        }
        self
    }

    /// An optional item: it only says whether the rubrique was begun.
    #[must_use]
    pub fn admet(mut self, rempli: bool) -> Self {
        self.commencee |= rempli;
        self
    }

    /// An item that was filled, but not as expected.
    #[must_use]
    pub fn corrige(mut self, libelle: &str, raison: Raison) -> Self {
        self.attendus += 1;
        self.commencee = true;
        self.manques.push(Manque {
            intitule: libelle.to_owned(),
            raison,
        });
        self
    }

    /// A required piece, with the files given for it.
    #[must_use]
    pub fn piece(mut self, genre: &str, libelle: &str, pieces: &[Piece]) -> Self {
        let mut donnees = pieces.iter().filter(|p| p.genre == genre).peekable();
        self.attendus += 1;
        self.commencee |= donnees.peek().is_some();
        if donnees.any(Piece::compte_au_depot) {
            self.presents += 1;
        } else {
            self.manques.push(Manque {
                intitule: libelle.to_owned(),
                raison: Raison::new(
                    "piece_manquante",
                    format!("Ajoutez la pièce « {libelle} »."),
                )
                .ancre(genre),
            });
        }
        self
    }

    /// A budget: each blocking remark is one thing to mend.
    #[must_use]
    pub fn budget(mut self, touche: bool, analyse: &Analyse) -> Self {
        self.attendus += 1;
        self.commencee |= touche;
        let avant = self.manques.len();
        self.manques.extend(analyse.bloquantes().map(|r| Manque {
            intitule: r.intitule.clone(),
            raison: r.raison.clone(),
        }));
        self.presents += usize::from(self.manques.len() == avant);
        self
    }

    /// Where it stands.
    pub fn avancement(&self) -> Avancement {
        match (self.manques.len(), self.commencee) {
            (0, _) => Avancement::Complet,
            (_, false) => Avancement::ACommencer,
            (n, true) => Avancement::ACompleter(n),
        }
    }
}

/// The whole dossier, rubrique by rubrique.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completude {
    /// In the order of the summary.
    pub rubriques: Vec<RubriqueSuivie>,
}

impl Completude {
    /// From its rubriques.
    pub fn de(rubriques: Vec<RubriqueSuivie>) -> Self {
        Self { rubriques }
    }

    /// Everything missing, with the title of its rubrique.
    pub fn manques(&self) -> impl Iterator<Item = (&RubriqueSuivie, &Manque)> {
        self.rubriques
            .iter()
            .flat_map(|rubrique| rubrique.manques.iter().map(move |m| (rubrique, m)))
    }

    /// Whether nothing is missing.
    pub fn est_complete(&self) -> bool {
        self.manques().next().is_none()
    }

    /// « Il manque 2 éléments pour déposer. Chaque lien vous y conduit. »;
    /// nothing when all is there.
    pub fn phrase(&self) -> Option<String> {
        let phrase = match self.manques().count() {
            0 => return None,
            1 => "Il manque 1 élément pour déposer. Le lien vous y conduit.".to_owned(),
            n => format!("Il manque {n} éléments pour déposer. Chaque lien vous y conduit."),
        };
        Some(typographie(&phrase))
    }

    /// One reason for each thing missing: « Statuts de la structure (Pièces) ».
    pub fn raisons(&self) -> Vec<Raison> {
        self.manques()
            .map(|(rubrique, manque)| Raison {
                phrase: typographie(&format!("{} ({})", manque.intitule, rubrique.titre)),
                ..manque.raison.clone()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::budget::Budget;
    use super::super::pieces::EtatPiece;
    use super::*;
    use jiff::Timestamp;

    fn piece(genre: &str, etat: EtatPiece) -> Piece {
        Piece {
            genre: genre.into(),
            nom: format!("{genre}.pdf"),
            octets: 1,
            empreinte: "00".into(),
            recue_le: Timestamp::UNIX_EPOCH,
            etat,
        }
    }

    fn pieces(donnees: &[Piece]) -> RubriqueSuivie {
        RubriqueSuivie::nouvelle("pieces", "Pièces")
            .piece("statuts", "Statuts de la structure", donnees)
            .piece("synthese", "Synthèse du dossier", donnees)
    }

    #[test]
    fn une_rubrique_intacte_est_a_commencer_une_autre_a_completer() {
        let intacte = pieces(&[]);
        assert_eq!(intacte.avancement().en_mots(), "À commencer");
        let entamee = pieces(&[piece("statuts", EtatPiece::Recue)]);
        assert_eq!(entamee.avancement().en_mots(), "À compléter (1)");
        assert_eq!((entamee.presents, entamee.attendus), (1, 2));
    }

    #[test]
    fn une_rubrique_sans_rien_d_exige_est_complete() {
        let facultative = RubriqueSuivie::nouvelle("x", "X").admet(false);
        assert_eq!(facultative.avancement(), Avancement::Complet);
    }

    #[test]
    fn une_piece_refusee_manque_toujours() {
        let refusee = pieces(&[piece("statuts", EtatPiece::Refusee("virus".into()))]);
        assert_eq!(refusee.avancement(), Avancement::ACompleter(2));
        let analysee = pieces(&[piece("statuts", EtatPiece::AnalyseEnCours)]);
        assert_eq!(analysee.avancement(), Avancement::ACompleter(1));
    }

    #[test]
    fn ce_qui_manque_est_dit_d_un_coup_avec_sa_rubrique_et_son_lien() {
        let structure = RubriqueSuivie::nouvelle("structure", "Structure")
            .exige("denomination", "Nom de la structure", true)
            .exige("siret", "SIRET", false);
        let completude = Completude::de(vec![structure, pieces(&[])]);
        assert_eq!(
            completude.phrase().as_deref(),
            Some("Il manque 3 éléments pour déposer. Chaque lien vous y conduit.")
        );
        let raisons = completude.raisons();
        assert_eq!(raisons[0].phrase, "SIRET (Structure)");
        assert_eq!(raisons[1].phrase, "Statuts de la structure (Pièces)");
        assert_eq!(raisons[1].ancre.as_deref(), Some("statuts"));
    }

    #[test]
    fn un_seul_element_se_dit_au_singulier() {
        let seule = RubriqueSuivie::nouvelle("s", "S").exige("a", "A", false);
        assert_eq!(
            Completude::de(vec![seule]).phrase().as_deref(),
            Some("Il manque 1 élément pour déposer. Le lien vous y conduit.")
        );
    }

    #[test]
    fn chaque_remarque_du_budget_est_un_element() {
        let vide = Budget::de_la_structure(Vec::new()).analyser();
        let rubrique = RubriqueSuivie::nouvelle("budget", "Budget").budget(true, &vide);
        assert_eq!(rubrique.avancement(), Avancement::ACompleter(1));
        assert_eq!(rubrique.manques[0].intitule, "Aucun montant");
    }

    #[test]
    fn une_valeur_inattendue_est_a_corriger() {
        let raison = Raison::new("siret", "Un SIRET compte 14 chiffres.").ancre("siret");
        let rubrique = RubriqueSuivie::nouvelle("s", "S").corrige("SIRET", raison);
        assert_eq!(rubrique.avancement(), Avancement::ACompleter(1));
    }

    #[test]
    fn rien_ne_manque_quand_tout_est_la() {
        let pleine = RubriqueSuivie::nouvelle("s", "S").exige("a", "A", true);
        let completude = Completude::de(vec![pleine]);
        assert!(completude.est_complete());
        assert_eq!(completude.phrase(), None);
    }
}

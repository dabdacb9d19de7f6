//! The members of the pole as the dossier declares them, and the rule that
//! one of them stands outside the social economy.
//!
//! Source: notice 2024, § 3.a; reading P-38 of the scheme: the kind of a
//! member and its quality are two things. The eligibility room of the call
//! asks for the counts; it is not decided here who is a laureate.

use crate::commun::{Raison, Siret, liste_fermee};
use crate::poles::QualiteEss;

liste_fermee! {
    /// What a member is.
    pub enum GenreMembre {
        /// Association.
        Association = "association", "Association";
        /// Cooperative, of any kind.
        Cooperative = "cooperative", "Coopérative";
        /// Company.
        Entreprise = "entreprise", "Entreprise";
        /// Local authority or grouping of them.
        Collectivite = "collectivite", "Collectivité";
        /// Research.
        Recherche = "recherche", "Recherche";
        /// School, university, training body.
        Formation = "formation", "Formation";
        /// A natural person: never counts as a structure.
        Citoyen = "citoyen", "Citoyenne ou citoyen";
        /// Anything else with a legal existence.
        Autre = "autre", "Autre structure";
    }
}

impl GenreMembre {
    /// Whether it is a legal person.
    pub const fn est_personne_morale(self) -> bool {
        !matches!(self, Self::Citoyen)
    }
}

/// A member as declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membre {
    /// Where a remark leads: its anchor on the page.
    pub repere: String,
    /// Its name.
    pub nom: String,
    /// What it is.
    pub genre: GenreMembre,
    /// Whether it belongs to the social economy; blank is unknown, not no.
    pub qualite_ess: Option<QualiteEss>,
    /// Its number, when it has one.
    pub siret: Option<Siret>,
}

liste_fermee! {
    /// How a call reads « a structure outside the social economy ».
    pub enum LectureHorsEss {
        /// Any legal person of that quality, whatever its kind (2024).
        ToutGenre = "tout_genre", "Toute structure hors ESS";
        /// A company only (loi 2014-856, art. 9, read strictly).
        EntrepriseSeule = "entreprise_seule", "Entreprise hors ESS";
    }
}

/// The composition of a pole, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Composition {
    /// Legal persons of the social economy.
    pub ess: usize,
    /// Legal persons outside it, as the call reads it.
    pub hors_ess: usize,
    /// Legal persons whose quality is blank.
    pub inconnus: usize,
    /// Natural persons.
    pub personnes: usize,
}

impl Composition {
    /// Counts these members as this call reads them.
    pub fn de(membres: &[Membre], lecture: LectureHorsEss) -> Self {
        let mut compte = Self::default();
        for membre in membres {
            match (membre.genre.est_personne_morale(), membre.qualite_ess) {
                (false, _) => compte.personnes += 1,
                (true, None) => compte.inconnus += 1,
                (true, Some(qualite)) if qualite.est_ess() => compte.ess += 1,
                (true, Some(_)) => {
                    let compte_ici = lecture == LectureHorsEss::ToutGenre
                        || membre.genre == GenreMembre::Entreprise;
                    compte.hors_ess += usize::from(compte_ici);
                }
            }
        }
        compte
    }

    /// Whether one member at least stands outside the social economy.
    ///
    /// `None` when none is known to and some quality is still blank.
    pub const fn a_un_membre_hors_ess(&self) -> Option<bool> {
        match (self.hors_ess, self.inconnus) {
            (0, 0) => Some(false),
            (0, _) => None,
            _ => Some(true),
        }
    }

    /// What is missing, if anything is. `source` is the place in the call
    /// (« notice, § 3.a »).
    pub fn manque(&self, source: &str) -> Option<Raison> {
        let raison = match self.a_un_membre_hors_ess() {
            Some(true) => return None,
            Some(false) => Raison::new("membre_hors_ess", "Ajoutez au moins un membre hors ESS."),
            None => Raison::new(
                "qualite_inconnue",
                "Indiquez pour chaque structure si elle relève de l’ESS : il en faut une hors ESS.",
            ),
        };
        Some(raison.source(source).ancre("membres"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn membre(genre: GenreMembre, qualite: Option<QualiteEss>) -> Membre {
        Membre {
            repere: "m".into(),
            nom: "Terre commune".into(),
            genre,
            qualite_ess: qualite,
            siret: None,
        }
    }

    fn composition(membres: &[Membre]) -> Composition {
        Composition::de(membres, LectureHorsEss::ToutGenre)
    }

    #[test]
    fn sans_membre_hors_ess_la_regle_dit_quoi_ajouter() {
        let membres = [membre(GenreMembre::Association, Some(QualiteEss::DeDroit))];
        let raison = composition(&membres).manque("notice, § 3.a").unwrap();
        assert_eq!(
            raison.entiere(),
            "Ajoutez au moins un membre hors ESS (notice, § 3.a)."
        );
    }

    #[test]
    fn une_collectivite_hors_ess_suffit_quel_que_soit_son_genre() {
        let membres = [membre(GenreMembre::Collectivite, Some(QualiteEss::HorsEss))];
        assert_eq!(composition(&membres).a_un_membre_hors_ess(), Some(true));
    }

    #[test]
    fn la_lecture_stricte_ne_compte_que_les_entreprises() {
        let membres = [membre(GenreMembre::Collectivite, Some(QualiteEss::HorsEss))];
        let stricte = Composition::de(&membres, LectureHorsEss::EntrepriseSeule);
        assert_eq!(stricte.a_un_membre_hors_ess(), Some(false));
        let entreprise = [membre(GenreMembre::Entreprise, Some(QualiteEss::HorsEss))];
        let stricte = Composition::de(&entreprise, LectureHorsEss::EntrepriseSeule);
        assert_eq!(stricte.a_un_membre_hors_ess(), Some(true));
    }

    #[test]
    fn une_personne_physique_ne_compte_pas() {
        let membres = [membre(GenreMembre::Citoyen, Some(QualiteEss::HorsEss))];
        let composition = composition(&membres);
        assert_eq!(composition.a_un_membre_hors_ess(), Some(false));
        assert_eq!(composition.personnes, 1);
    }

    #[test]
    fn une_qualite_non_renseignee_est_inconnue() {
        let membres = [membre(GenreMembre::Entreprise, None)];
        let composition = composition(&membres);
        assert_eq!(composition.a_un_membre_hors_ess(), None);
        assert_eq!(composition.manque("x").unwrap().code, "qualite_inconnue");
    }

    #[test]
    fn une_societe_de_l_ess_n_est_pas_hors_ess() {
        let membres = [membre(
            GenreMembre::Entreprise,
            Some(QualiteEss::SocieteEss),
        )];
        assert_eq!(composition(&membres).ess, 1);
    }
}

//! The team of a pole: who answers for it, who writes, who reads.
//!
//! Source: dispositif, § 2.1: a pole gives its own people their rights. It
//! always keeps somebody who answers for it, or nobody could file or sign.

use uuid::Uuid;

use crate::commun::{Raison, Refus, liste_fermee, parle_par_ses_raisons};

liste_fermee! {
    /// What somebody does in the team of a pole.
    pub enum Place {
        /// Answers for the pole: files, signs, gives the others their place.
        Responsable = "responsable", "Responsable : dépose, signe et associe d’autres personnes";
        /// Writes in the dossier.
        Contribution = "contributeur", "Contribution : remplit le dossier";
        /// Reads the dossier.
        Lecture = "lecteur", "Lecture : lit le dossier";
    }
}

/// How many people a team holds at most.
pub const EQUIPE_AU_PLUS: usize = 30;

/// The people of a pole at an instant, by account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Equipe {
    /// Each with their place.
    pub membres: Vec<(Uuid, Place)>,
}

/// Why the team does not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusEquipe {
    /// What is missing or unreadable on the form, all at once.
    AssociationIncomplete {
        /// The address is not one.
        courriel: bool,
        /// Nobody is named.
        nom: bool,
        /// No place was chosen.
        place: bool,
    },
    /// The person is in the team already.
    DejaLa,
    /// The team is as large as it may be.
    EquipeComplete,
    /// The person is in the team no more.
    PasDansLEquipe,
    /// No place was chosen for the person.
    PlaceAChoisir,
    /// The person already has that place.
    DejaCettePlace,
    /// Nobody would answer for the pole.
    DernierResponsable,
}

impl Equipe {
    /// Decides whether somebody joins the team: `compte` is the account this
    /// address already has, if any. Gives the place.
    pub fn associer(
        &self,
        compte: Option<Uuid>,
        (courriel, nom): (&str, &str),
        place: Option<Place>,
    ) -> Result<Place, RefusEquipe> {
        if compte.is_some_and(|compte| self.place(compte).is_some()) {
            return Err(RefusEquipe::DejaLa);
        }
        if self.membres.len() >= EQUIPE_AU_PLUS {
            return Err(RefusEquipe::EquipeComplete);
        }
        let courriel = !est_une_adresse(courriel);
        let nom = nom.trim().is_empty() || nom.chars().count() > 120;
        match place {
            Some(place) if !courriel && !nom => Ok(place),
            _ => Err(RefusEquipe::AssociationIncomplete {
                courriel,
                nom,
                place: place.is_none(),
            }),
        }
    }

    /// Decides whether somebody of the team takes another place.
    pub fn replacer(&self, compte: Uuid, place: Option<Place>) -> Result<Place, RefusEquipe> {
        let actuelle = self.place(compte).ok_or(RefusEquipe::PasDansLEquipe)?;
        match place {
            None => Err(RefusEquipe::PlaceAChoisir),
            Some(place) if place == actuelle => Err(RefusEquipe::DejaCettePlace),
            Some(_) if self.seul_responsable(compte) => Err(RefusEquipe::DernierResponsable),
            Some(place) => Ok(place),
        }
    }

    /// Decides whether somebody leaves the team.
    pub fn retirer(&self, compte: Uuid) -> Result<(), RefusEquipe> {
        if self.place(compte).is_none() {
            return Err(RefusEquipe::PasDansLEquipe);
        }
        match self.seul_responsable(compte) {
            true => Err(RefusEquipe::DernierResponsable),
            false => Ok(()),
        }
    }

    /// Whether nobody else answers for the pole.
    pub fn seul_responsable(&self, compte: Uuid) -> bool {
        let mut responsables = self
            .membres
            .iter()
            .filter(|(_, place)| *place == Place::Responsable);
        responsables.all(|(autre, _)| *autre == compte)
            && self.place(compte) == Some(Place::Responsable)
    }

    fn place(&self, compte: Uuid) -> Option<Place> {
        let sienne = self.membres.iter().find(|(autre, _)| *autre == compte);
        sienne.map(|(_, place)| *place)
    }
}

/// A local part, an arobase, a domain with a dot.
fn est_une_adresse(texte: &str) -> bool {
    let texte = texte.trim();
    texte.len() <= 254
        && !texte.contains(|c: char| c.is_whitespace() || c.is_control() || c == ',' || c == ';')
        && texte.split_once('@').is_some_and(|(nom, domaine)| {
            !nom.is_empty()
                && domaine.contains('.')
                && domaine.split('.').all(|partie| !partie.is_empty())
                && domaine
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '.' || c == '-')
        })
}

impl Refus for RefusEquipe {
    fn raisons(&self) -> Vec<Raison> {
        let une = |code, phrase: &str| vec![Raison::new(code, phrase)];
        match self {
            Self::AssociationIncomplete {
                courriel,
                nom,
                place,
            } => {
                let attendus = [
                    (
                        *nom,
                        "nom",
                        "Indiquez le nom de la personne, en 120 signes au plus.",
                    ),
                    (
                        *courriel,
                        "courriel",
                        "Indiquez une adresse complète, par exemple prenom@pole.example.",
                    ),
                    (
                        *place,
                        "place",
                        "Choisissez ce que la personne fera dans l’équipe.",
                    ),
                ];
                let attendus = attendus.into_iter().filter(|(manque, ..)| *manque);
                attendus
                    .map(|(_, ancre, phrase)| Raison::new("association", phrase).ancre(ancre))
                    .collect()
            }
            Self::DejaLa => vec![
                Raison::new("deja_la", "Cette personne est déjà dans l’équipe.")
                    .remede("Changez sa place dans la liste, s’il le faut.")
                    .ancre("courriel"),
            ],
            Self::EquipeComplete => vec![
                Raison::new(
                    "equipe_complete",
                    format!("L’équipe compte déjà {EQUIPE_AU_PLUS} personnes."),
                )
                .remede("Retirez d’abord quelqu’un qui n’y travaille plus."),
            ],
            Self::PasDansLEquipe => une(
                "pas_dans_l_equipe",
                "Cette personne n’est plus dans l’équipe.",
            ),
            Self::PlaceAChoisir => une(
                "place_a_choisir",
                "Choisissez ce que la personne fera dans l’équipe.",
            ),
            Self::DejaCettePlace => une("deja_cette_place", "Cette personne a déjà cette place."),
            Self::DernierResponsable => vec![
                Raison::new(
                    "dernier_responsable",
                    "Personne d’autre ne répond du pôle : sans responsable, le dossier ne pourrait \
                     ni se déposer, ni se signer.",
                )
                .remede("Donnez d’abord cette place à une autre personne."),
            ],
        }
    }
}

parle_par_ses_raisons!(RefusEquipe);

#[cfg(test)]
mod tests {
    use super::*;

    const SOLENE: Uuid = Uuid::from_u128(1);
    const IVAN: Uuid = Uuid::from_u128(2);
    const INCONNUE: Uuid = Uuid::from_u128(3);

    fn equipe() -> Equipe {
        Equipe {
            membres: vec![(SOLENE, Place::Responsable), (IVAN, Place::Contribution)],
        }
    }

    #[test]
    fn le_dernier_responsable_reste() {
        let refus = RefusEquipe::DernierResponsable;
        assert_eq!(equipe().retirer(SOLENE), Err(refus.clone()));
        assert_eq!(equipe().replacer(SOLENE, Some(Place::Lecture)), Err(refus));
        let mut a_deux = equipe();
        a_deux.membres[1].1 = Place::Responsable;
        assert_eq!(a_deux.retirer(SOLENE), Ok(()));
    }

    #[test]
    fn une_association_dit_tout_ce_qui_lui_manque() {
        let refus = equipe().associer(None, ("ivan@", " "), None).unwrap_err();
        let ancres: Vec<_> = refus
            .raisons()
            .into_iter()
            .filter_map(|r| r.ancre)
            .collect();
        assert_eq!(ancres, ["nom", "courriel", "place"]);
    }

    #[test]
    fn on_n_entre_pas_deux_fois_dans_l_equipe() {
        let qui = ("ivan@rives.example", "Ivan Écluse");
        let place = Some(Place::Lecture);
        assert_eq!(
            equipe().associer(Some(IVAN), qui, place),
            Err(RefusEquipe::DejaLa)
        );
        assert_eq!(
            equipe().associer(Some(INCONNUE), qui, place),
            Ok(Place::Lecture)
        );
    }

    #[test]
    fn seule_une_personne_de_l_equipe_change_de_place_ou_s_en_va() {
        let place = Some(Place::Lecture);
        assert_eq!(equipe().replacer(IVAN, place), Ok(Place::Lecture));
        assert_eq!(
            equipe().replacer(IVAN, Some(Place::Contribution)),
            Err(RefusEquipe::DejaCettePlace)
        );
        assert_eq!(equipe().retirer(INCONNUE), Err(RefusEquipe::PasDansLEquipe));
        assert_eq!(
            equipe().replacer(INCONNUE, place),
            Err(RefusEquipe::PasDansLEquipe)
        );
    }
}

//! How far a pole has come, in two vocabularies that do not match word for
//! word (dispositif, P-14). No rule is ever hard on this field.

use crate::commun::liste_fermee;

liste_fermee! {
    /// A level, kept in the words of its source.
    pub enum Maturite {
        /// Networks only.
        EnCreation = "en_creation", "En création";
        /// In both vocabularies, with two extents.
        Emergent = "emergent", "Émergent";
        /// Networks only.
        Existant = "existant", "Existant";
        /// Notice only.
        EnDeveloppement = "en_developpement", "En développement";
        /// Notice only.
        Mature = "mature", "Mature";
    }
}

liste_fermee! {
    /// A dated vocabulary of levels.
    pub enum Referentiel {
        /// Note of the five networks, 27 March 2023; the register's own.
        Reseaux2023 = "reseaux_2023", "Note des réseaux (2023)";
        /// Notice of the 2024 call.
        Notice2024 = "notice_2024", "Notice de l’appel 2024";
    }
}

impl Referentiel {
    /// Its levels, from the youngest.
    pub const fn niveaux(self) -> &'static [Maturite] {
        match self {
            Self::Reseaux2023 => &[Maturite::EnCreation, Maturite::Emergent, Maturite::Existant],
            Self::Notice2024 => &[
                Maturite::Emergent,
                Maturite::EnDeveloppement,
                Maturite::Mature,
            ],
        }
    }

    /// The levels of this vocabulary that may stand for a level of the other
    /// one. Several answers: a person chooses. None: the word is unknown there.
    pub fn correspondances(self, dans: Self, niveau: Maturite) -> &'static [Maturite] {
        if !self.niveaux().contains(&niveau) {
            return &[];
        }
        match (self, dans, niveau) {
            (Self::Reseaux2023, Self::Notice2024, Maturite::Existant) => {
                &[Maturite::EnDeveloppement, Maturite::Mature]
            }
            (Self::Reseaux2023, Self::Notice2024, _) => &[Maturite::Emergent],
            (Self::Notice2024, Self::Reseaux2023, Maturite::Emergent) => {
                &[Maturite::EnCreation, Maturite::Emergent]
            }
            (Self::Notice2024, Self::Reseaux2023, _) => &[Maturite::Existant],
            (_, _, niveau) => seul(niveau),
        }
    }
}

const fn seul(niveau: Maturite) -> &'static [Maturite] {
    match niveau {
        Maturite::EnCreation => &[Maturite::EnCreation],
        Maturite::Emergent => &[Maturite::Emergent],
        Maturite::Existant => &[Maturite::Existant],
        Maturite::EnDeveloppement => &[Maturite::EnDeveloppement],
        Maturite::Mature => &[Maturite::Mature],
    }
}

#[cfg(test)]
mod tests {
    use super::Maturite::*;
    use super::Referentiel::*;

    #[test]
    fn un_pole_existant_est_en_developpement_ou_mature_dans_la_notice() {
        assert_eq!(
            Reseaux2023.correspondances(Notice2024, Existant),
            [EnDeveloppement, Mature]
        );
    }

    #[test]
    fn l_emergent_de_la_notice_couvre_aussi_la_creation() {
        assert_eq!(
            Notice2024.correspondances(Reseaux2023, Emergent),
            [EnCreation, Emergent]
        );
    }

    #[test]
    fn un_mot_inconnu_du_referentiel_n_a_pas_de_correspondance() {
        assert!(Notice2024.correspondances(Reseaux2023, Existant).is_empty());
        assert_eq!(Notice2024.correspondances(Notice2024, Mature), [Mature]);
    }
}

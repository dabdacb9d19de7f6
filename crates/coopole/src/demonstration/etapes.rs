//! The steps of the story, to which the banner moves the clock.

use jiff::Timestamp;

/// One step of the 2024 call, in the order of time.
pub struct Etape {
    /// Its word in the form.
    pub code: &'static str,
    /// What the banner calls it.
    pub nom: &'static str,
    instant: &'static str,
}

impl Etape {
    pub fn instant(&self) -> Timestamp {
        self.instant.parse().expect("an instant of the story")
    }
}

/// The steps, in the order of time.
pub const ETAPES: [Etape; 6] = [
    etape(
        "dernieres-minutes",
        "Les dernières minutes (29 mai, 11 h 55)",
        "2024-05-29T11:55:00+02:00",
    ),
    etape(
        "cloture",
        "La clôture (29 mai, 12 h)",
        "2024-05-29T12:00:01+02:00",
    ),
    etape(
        "avis",
        "Les avis attendus (30 juillet)",
        "2024-07-31T00:00:00+02:00",
    ),
    etape(
        "comite",
        "Le comité (4 septembre)",
        "2024-09-04T18:00:00+02:00",
    ),
    etape(
        "notification",
        "La notification (26 septembre, 14 h)",
        "2024-09-26T14:00:00+02:00",
    ),
    etape(
        "conventions",
        "Les conventions (octobre)",
        "2024-10-07T09:00:00+02:00",
    ),
];

const fn etape(code: &'static str, nom: &'static str, instant: &'static str) -> Etape {
    Etape { code, nom, instant }
}

/// The steps still ahead of this instant: a clock never goes back.
pub fn a_venir(maintenant: Timestamp) -> impl Iterator<Item = &'static Etape> {
    ETAPES
        .iter()
        .filter(move |etape| etape.instant() > maintenant)
}

/// The steps ahead, as the banner offers them.
pub fn proposees(maintenant: Timestamp) -> Vec<(&'static str, &'static str)> {
    a_venir(maintenant)
        .map(|etape| (etape.code, etape.nom))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn les_etapes_suivent_le_temps() {
        assert!(
            ETAPES
                .windows(2)
                .all(|deux| deux[0].instant() < deux[1].instant())
        );
    }

    #[test]
    fn une_etape_passee_n_est_plus_proposee() {
        let cloture = ETAPES[1].instant();
        assert_eq!(a_venir(cloture).next().unwrap().code, "avis");
    }
}

//! The steps of the story, to which the banner moves the clock.

use jiff::Timestamp;

/// One step of the 2024 call, in the order of time.
pub struct Etape {
    /// Its word in the form.
    pub code: &'static str,
    /// What the banner calls it.
    pub nom: &'static str,
    instant: &'static str,
    /// What the extras have played by then.
    pub joue: &'static str,
    /// What waits for the visitor, after a colon.
    pub attend: &'static str,
}

impl Etape {
    pub fn instant(&self) -> Timestamp {
        self.instant.parse().expect("an instant of the story")
    }
}

/// The steps, in the order of time.
pub const ETAPES: [Etape; 6] = [
    Etape {
        code: "dernieres-minutes",
        nom: "Les dernières minutes (29 mai, 11 h 55)",
        instant: "2024-05-29T11:55:00+02:00",
        joue: "Trente-six dossiers de figurants sont déposés.",
        attend: "les sept brouillons des pôles nommés. Six sont prêts à déposer ; à celui du Pôle \
                 des Rives il manque une pièce et l’équilibre du budget.",
    },
    Etape {
        code: "cloture",
        nom: "La clôture (29 mai, 12 h)",
        instant: "2024-05-29T12:00:01+02:00",
        joue: "Plus rien n’est reçu.",
        attend: "l’éligibilité et les avis : Gwenn Balise pour la Bretagne, Kélia Piton pour \
                 La Réunion et Mayotte, Paul Calanque pour le Sud et la Corse. Les intérêts à \
                 déclarer, pour le comité.",
    },
    Etape {
        code: "avis",
        nom: "Les avis attendus (30 juillet, 18 h)",
        instant: "2024-07-30T18:00:00+02:00",
        joue: "Les cellules des figurants ont rendu leurs avis. Cinq examinateurs ont déclaré leurs \
               intérêts, dont deux liens, la machine en a trouvé un troisième, et un tiers des \
               dossiers est noté.",
        attend: "un dossier dans chacune des trois cellules, et les vôtres : il reste jusqu’à minuit \
                 pour rendre un avis dans les délais. Les intérêts et les notes de Jeanne Barème, Karim \
                 Boussole et Lucie Balance ; un dossier sans avis leur est ouvert le lendemain.",
    },
    Etape {
        code: "comite",
        nom: "Le comité (4 septembre)",
        instant: "2024-09-04T18:00:00+02:00",
        joue: "Tous les dossiers des figurants sont notés.",
        attend: "la séance à clore et la liste à préparer, par Claire Minute ; la liste à arrêter et \
                 la notification à programmer, par Étienne Sceau.",
    },
    Etape {
        code: "notification",
        nom: "La notification (26 septembre, 14 h)",
        instant: "2024-09-26T14:00:00+02:00",
        joue: "Ce que vous aviez laissé, deux adjoints au Trésor l’ont fait : séance close, liste \
               complétée dans l’ordre du classement, arrêtée, notification programmée. À l’instant, \
               chacun lit sa décision.",
        attend: "les décisions et la liste publique des lauréats. Les conventions, que Claire Minute \
                 peut déjà proposer.",
    },
    Etape {
        code: "conventions",
        nom: "Les conventions (octobre)",
        instant: "2024-10-07T09:00:00+02:00",
        joue: "Les conventions sont proposées. Dans la demi-minute qui suit, leurs textes \
               s’impriment et les figurants signent, jusqu’à ce qu’il y en ait à tous les états, \
               de « à signer » à « versée ».",
        attend: "une signature à valider (Étienne Sceau), un ordre à préparer (Claire Minute), un \
                 autre à valider (Agnès Grandlivre) ; et la vôtre à signer, si l’un de vos pôles \
                 est retenu.",
    },
];

/// The story begins with the call, on 25 March 2024. A world that stands before
/// it, the register of 2022, tells none.
const DEBUT: &str = "2024-03-25T00:00:00+01:00";

/// The steps still ahead of this instant: a clock never goes back.
pub fn a_venir(maintenant: Timestamp) -> impl Iterator<Item = &'static Etape> {
    let debut: Timestamp = DEBUT.parse().expect("an instant of the story");
    ETAPES
        .iter()
        .filter(move |etape| debut <= maintenant && maintenant < etape.instant())
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
    fn avant_l_appel_aucune_etape_n_est_proposee() {
        let mars_2023 = "2023-03-27T09:00:00+02:00".parse().unwrap();
        assert_eq!(a_venir(mars_2023).count(), 0);
    }

    #[test]
    fn une_etape_passee_n_est_plus_proposee() {
        let cloture = ETAPES[1].instant();
        assert_eq!(a_venir(cloture).next().unwrap().code, "avis");
    }
}

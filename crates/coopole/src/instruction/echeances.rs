//! When an opinion is due, and in which part of the list it then stands.

use jiff::{Timestamp, ToSpan};
use metier::{
    campagnes::{Campagne, Etape},
    commun::temps,
    liste_fermee,
};

liste_fermee! {
    /// A part of what a cell has to do.
    pub enum Quand {
        /// The due instant has come.
        EnRetard = "retard", "En retard";
        /// Due by the end of the week.
        CetteSemaine = "semaine", "Cette semaine";
        /// Due later.
        PlusTard = "tard", "Plus tard";
        /// Done with: opinion given, or set aside.
        Fait = "fait", "Instruits";
    }
}

/// The instant from which an opinion of this call is late; a call without that
/// step waits for ever.
pub fn echeance(campagne: &Campagne) -> Timestamp {
    campagne
        .calendrier
        .etape(Etape::Avis)
        .map_or(Timestamp::MAX, |etape| etape.moment.fin())
}

/// The last day of an opinion, in words for the middle of a sentence.
pub fn dernier_jour(echeance: Timestamp) -> String {
    let veille = temps::jour_de(echeance).yesterday();
    veille.map_or_else(|_| "sans date".to_owned(), temps::jour_long_de)
}

/// The same day, for a table.
pub fn dernier_jour_court(echeance: Timestamp) -> String {
    let veille = temps::jour_de(echeance).yesterday();
    veille.map_or_else(|_| "—".to_owned(), temps::jour_court_de)
}

/// Where what is due then stands at that instant; weeks begin on Monday.
pub fn quand(echeance: Timestamp, maintenant: Timestamp) -> Quand {
    if echeance <= maintenant {
        return Quand::EnRetard;
    }
    let jour = temps::jour_de(maintenant);
    let restants = 8 - i64::from(jour.weekday().to_monday_one_offset());
    let lundi = jour.saturating_add(restants.days());
    match echeance <= temps::debut_de_jour(lundi) {
        true => Quand::CetteSemaine,
        false => Quand::PlusTard,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    #[test]
    fn l_avis_du_30_juillet_est_de_la_semaine_qui_commence_le_29() {
        let due = t("2024-07-30T22:00:00Z");
        assert_eq!(quand(due, t("2024-07-28T21:59:59Z")), Quand::PlusTard);
        assert_eq!(quand(due, t("2024-07-28T22:00:00Z")), Quand::CetteSemaine);
        assert_eq!(quand(due, t("2024-07-30T21:59:59Z")), Quand::CetteSemaine);
        assert_eq!(quand(due, t("2024-07-30T22:00:00Z")), Quand::EnRetard);
        assert_eq!(dernier_jour(due), "mardi 30 juillet 2024");
    }
}

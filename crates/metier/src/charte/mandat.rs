//! By what right somebody signs for an organisation.

use super::QualiteSignature;
use crate::commun::{Raison, liste_fermee};

/// How long a name, a function or a decision may be, in signs: each is printed
/// on one certificate, in one line of the facts.
pub const SIGNES_AU_PLUS: usize = 160;

liste_fermee! {
    /// Where the power to sign comes from.
    pub enum Mandat {
        /// Given by the statutes: president, manager, mayor.
        Representation = "representation", "Représentation légale";
        /// Given by a decision of those who govern the organisation.
        Delegation = "delegation", "Mandat reçu";
    }
}

/// The two boxes, never ticked in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Engagements {
    /// « J’ai pouvoir d’engager l’organisation. »
    pub pouvoir: bool,
    /// « J’ai lu la Charte et j’en accepte les principes. »
    pub acceptation: bool,
}

impl Engagements {
    /// What the two boxes say, power then acceptance: the words that are shown
    /// are those that are recorded with the signature.
    ///
    /// A pole is no legal person (dispositif, § 1.3): its carrying structure is
    /// the one engaged (§ 2.1), and accepts in its name.
    pub fn phrases(qualite: QualiteSignature) -> [&'static str; 2] {
        match qualite {
            QualiteSignature::Pole => [
                "J’ai pouvoir d’engager la structure qui porte le pôle",
                "J’ai lu le texte ci-dessus, et le pôle en accepte les principes",
            ],
            QualiteSignature::Soutien => [
                "J’ai pouvoir d’engager l’organisation",
                "J’ai lu le texte ci-dessus, et l’organisation s’engage à aider les pôles qui le suivent",
            ],
        }
    }
}

/// Why that text is too long to be recorded, if it is.
pub(super) fn trop_long(
    texte: &str,
    code: &'static str,
    quoi: &str,
    ancre: &str,
) -> Option<Raison> {
    let signes = texte.trim().chars().count();
    (signes > SIGNES_AU_PLUS).then(|| {
        let phrase = format!("{quoi} compte {signes} signes : {SIGNES_AU_PLUS} au plus.");
        Raison::new(code, phrase).ancre(ancre)
    })
}

/// What the person who signs says of their power.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pouvoir<'a> {
    /// Their function: « présidente ».
    pub fonction: &'a str,
    /// Where their power comes from, once said.
    pub mandat: Option<Mandat>,
    /// The decision that gave it: « délibération du 12 mars 2024 ».
    pub reference: &'a str,
    /// What they ticked.
    pub engagements: Engagements,
}

impl Pouvoir<'_> {
    /// Everything still to be said before signing, all at once.
    pub fn a_reprendre(&self) -> Vec<Raison> {
        let Engagements {
            pouvoir,
            acceptation,
        } = self.engagements;
        let delegation = self.mandat == Some(Mandat::Delegation);
        let manques = [
            (
                self.fonction.trim().is_empty(),
                "fonction_absente",
                "Indiquez en quelle qualité vous signez.",
                "fonction",
            ),
            (
                self.mandat.is_none(),
                "mandat_absent",
                "Dites d’où vient votre pouvoir de signer.",
                "mandat",
            ),
            (
                delegation && self.reference.trim().is_empty(),
                "reference_absente",
                "Donnez la décision qui vous a mandaté, avec sa date.",
                "reference",
            ),
            (
                !pouvoir,
                "pouvoir_non_declare",
                "Indiquez que vous avez pouvoir d’engager le signataire.",
                "pouvoir",
            ),
            (
                !acceptation,
                "acceptation_non_declaree",
                "Indiquez que vous acceptez les principes de la Charte.",
                "acceptation",
            ),
        ];
        let longueurs = [
            trop_long(
                self.fonction,
                "fonction_trop_longue",
                "Votre qualité",
                "fonction",
            ),
            // Only a mandate received has a decision behind it.
            trop_long(
                self.reference,
                "reference_trop_longue",
                "La décision",
                "reference",
            )
            .filter(|_| delegation),
        ];
        manques
            .into_iter()
            .filter(|(manque, ..)| *manque)
            .map(|(_, code, phrase, ancre)| Raison::new(code, phrase).ancre(ancre))
            .chain(longueurs.into_iter().flatten())
            .collect()
    }
}

//! By what right somebody signs for an organisation.

use crate::commun::{Raison, liste_fermee};

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
        manques
            .into_iter()
            .filter(|(manque, ..)| *manque)
            .map(|(_, code, phrase, ancre)| Raison::new(code, phrase).ancre(ancre))
            .collect()
    }
}

//! Belonging to the social economy (loi 2014-856, art. 1).

use crate::commun::liste_fermee;

liste_fermee! {
    /// Whether a structure belongs to the social and solidarity economy.
    pub enum QualiteEss {
        /// By its very form: association, cooperative, mutual, foundation.
        DeDroit = "de_droit", "ESS de droit";
        /// A company registered with that mention; to be proved.
        SocieteEss = "societe_ess", "Société commerciale de l’ESS";
        /// Any other.
        HorsEss = "hors_ess", "Hors ESS";
    }
}

impl QualiteEss {
    /// Whether it belongs to it, by form or by proof.
    pub const fn est_ess(self) -> bool {
        !matches!(self, Self::HorsEss)
    }
}

liste_fermee! {
    /// Where a quality comes from.
    pub enum Origine {
        /// Settled by the legal form.
        FormeJuridique = "forme_juridique", "déduite de la forme juridique";
        /// Said by the structure; an agent judges.
        Declaration = "declaration", "déclarée par la structure";
    }
}

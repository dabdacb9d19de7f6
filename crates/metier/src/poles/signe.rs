//! The signs by which a pole is known: none of them is a title (loi 2014-856,
//! art. 9), and none implies another (dispositif, P-09).

use crate::commun::liste_fermee;

liste_fermee! {
    /// A sign, each with its own proof.
    pub enum Signe {
        /// Signed the Charter, in any of its versions.
        Charte = "charte", "Charte signée";
        /// Won the accompaniment call (« phase 1 »).
        Accompagnement = "accompagnement", "Lauréat de l’accompagnement";
        /// Won a financing call (« phase 2 »).
        Financement = "financement", "Lauréat d’un financement";
    }
}

//! The national committee: interests first, then marks, then a ranking.
//!
//! Source: notice 2024, § 3.b and 6.3; droit-et-normes, D9. The committee
//! proposes and the State decides: nothing here retains anybody. Whoever has an
//! interest in a dossier sees nothing of it, not even the hole it leaves.

mod classement;
mod examen;
mod grille;
mod interets;
mod points;
mod seance;

pub use classement::{
    Classement, Departage, DossierNote, Ecart, Rang, Total, classement, classement_sans,
};
pub use examen::{Acquis, Examen, ExamenOuvert, Note, RefusExamen};
pub use grille::{BonusNote, CritereNote, Echelle, Grille};
pub use interets::{
    Acces, Deport, DossierAExaminer, Examinateur, Interet, Interets, Lien, RefusInterets, Reponse,
    acces, declarer, liens_calcules,
};
pub use points::Points;
pub use seance::{RefusSeance, SeanceAClore};

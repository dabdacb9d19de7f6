//! The list of what can be printed, and what each one says of itself.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    Accuse, BudgetPresente, Certificat, Convention, DecisionNotifiee, LettreDeCode, NatureBudget,
    NoticeAppel,
};

/// A document to print.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Document {
    /// The receipt of a filing.
    Accuse(Box<Accuse>),
    /// The notice of a call.
    NoticeAppel(Box<NoticeAppel>),
    /// A budget, of a structure or of a project.
    BudgetPresente(Box<BudgetPresente>),
    /// The letter of a decision.
    DecisionNotifiee(Box<DecisionNotifiee>),
    /// The agreement of subsidy.
    Convention(Box<Convention>),
    /// The certificate of a signature of the Charter.
    Certificat(Box<Certificat>),
    /// The letter that carries the code of a claim.
    LettreDeCode(Box<LettreDeCode>),
}

impl Document {
    /// The file of its template.
    pub(crate) fn modele(&self) -> &'static str {
        match self {
            Self::Accuse(_) => "accuse.typ",
            Self::NoticeAppel(_) => "notice.typ",
            Self::BudgetPresente(_) => "budget.typ",
            Self::DecisionNotifiee(_) => "decision.typ",
            Self::Convention(_) => "convention.typ",
            Self::Certificat(_) => "certificat.typ",
            Self::LettreDeCode(_) => "lettre.typ",
        }
    }

    /// Its title, as a reader of files shows it.
    pub fn titre(&self) -> String {
        match self {
            Self::Accuse(accuse) => {
                format!("Accusé de réception du dossier n°\u{a0}{}", accuse.numero)
            }
            Self::NoticeAppel(notice) => {
                format!("Notice de l’appel «\u{a0}{}\u{a0}»", notice.appel.intitule)
            }
            Self::BudgetPresente(budget) => match budget.nature {
                NatureBudget::Structure => format!(
                    "Budget prévisionnel de la structure, dossier n°\u{a0}{}",
                    budget.numero
                ),
                NatureBudget::Projet => format!(
                    "Budget prévisionnel du projet, dossier n°\u{a0}{}",
                    budget.numero
                ),
            },
            Self::DecisionNotifiee(decision) => {
                format!("Décision sur le dossier n°\u{a0}{}", decision.numero)
            }
            Self::Convention(convention) => {
                format!("Convention de subvention n°\u{a0}{}", convention.numero)
            }
            Self::Certificat(_) => "Certificat de signature de la Charte des PTCE".to_owned(),
            Self::LettreDeCode(_) => "Quelqu’un demande à répondre de votre pôle".to_owned(),
        }
    }

    /// When it was made.
    pub fn etabli_le(&self) -> Timestamp {
        match self {
            Self::Accuse(accuse) => accuse.etabli_le,
            Self::NoticeAppel(notice) => notice.etabli_le,
            Self::BudgetPresente(budget) => budget.etabli_le,
            Self::DecisionNotifiee(decision) => decision.etabli_le,
            Self::Convention(convention) => convention.etabli_le,
            Self::Certificat(certificat) => certificat.etabli_le,
            Self::LettreDeCode(lettre) => lettre.etabli_le,
        }
    }

    /// The name under which its facts travel inside the PDF, if they do.
    pub(crate) fn faits_joints(&self) -> Option<&'static str> {
        match self {
            Self::Accuse(_) => Some("accuse.json"),
            Self::NoticeAppel(_)
            | Self::BudgetPresente(_)
            | Self::DecisionNotifiee(_)
            | Self::Convention(_)
            | Self::Certificat(_)
            | Self::LettreDeCode(_) => None,
        }
    }
}

impl From<Accuse> for Document {
    fn from(accuse: Accuse) -> Self {
        Self::Accuse(Box::new(accuse))
    }
}

impl From<NoticeAppel> for Document {
    fn from(notice: NoticeAppel) -> Self {
        Self::NoticeAppel(Box::new(notice))
    }
}

impl From<BudgetPresente> for Document {
    fn from(budget: BudgetPresente) -> Self {
        Self::BudgetPresente(Box::new(budget))
    }
}

impl From<DecisionNotifiee> for Document {
    fn from(decision: DecisionNotifiee) -> Self {
        Self::DecisionNotifiee(Box::new(decision))
    }
}

impl From<Convention> for Document {
    fn from(convention: Convention) -> Self {
        Self::Convention(Box::new(convention))
    }
}

impl From<Certificat> for Document {
    fn from(certificat: Certificat) -> Self {
        Self::Certificat(Box::new(certificat))
    }
}

impl From<LettreDeCode> for Document {
    fn from(lettre: LettreDeCode) -> Self {
        Self::LettreDeCode(Box::new(lettre))
    }
}

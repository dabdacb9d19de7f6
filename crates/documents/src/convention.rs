//! The agreement between the State and the structure that carries the pole.

use jiff::Timestamp;
use serde::Serialize;

use crate::{Appel, Autorite, RegleNotice, Signataire, Structure, TableauBudget};

/// An agreement of subsidy: compulsory here, since every aid of the scheme is
/// over 23 000 € (law 2000-321, art. 10; decree 2001-495, art. 1).
///
/// The articles follow the headings of circular 5811/SG in words of our own;
/// whoever signs is data.
#[derive(Debug, Clone, Serialize)]
pub struct Convention {
    /// Number of the agreement.
    pub numero: String,
    /// When this paper was made. Dates the file, is printed nowhere.
    pub etabli_le: Timestamp,
    /// The call.
    pub appel: Appel,
    /// The decision it follows: « n° 2024-D-0137 du jeudi 26 septembre 2024 ».
    pub decision: String,
    /// Number of the dossier.
    pub dossier: String,
    /// When the dossier was received, in words.
    pub depose_le: String,
    /// The administration.
    pub administration: Autorite,
    /// Who signs for it.
    pub pour_administration: Signataire,
    /// The structure.
    pub beneficiaire: Structure,
    /// Who signs for it.
    pub pour_beneficiaire: Signataire,
    /// Name of the pole.
    pub pole: String,
    /// What the project is, paragraph by paragraph.
    pub projet: Vec<String>,
    /// What its dossier says of it, at more length (annex 1).
    pub description: Vec<Passage>,
    /// The amount in figures.
    pub montant: String,
    /// The amount in letters.
    pub montant_en_lettres: String,
    /// How long it lasts: « deux ans ».
    pub duree: String,
    /// The days it covers, once it is validated: « du … au … ».
    pub periode: Option<String>,
    /// How it is paid.
    pub versement: VersementPrevu,
    /// What becomes of the money left over (law 2021-875).
    pub excedent: Excedent,
    /// Last day for the financial account, six months after the last year
    /// covered, when it is known.
    pub compte_rendu_avant: Option<String>,
    /// Last day for a half-way report, when one is asked.
    pub rapport_intermediaire: Option<String>,
    /// What it aims at (annex 3).
    pub objectifs: Vec<Passage>,
    /// What will be measured.
    pub indicateurs: Vec<IndicateurConvention>,
    /// What the dossier adds on how it is measured, paragraph by paragraph.
    pub suivi: Vec<Passage>,
    /// When the « contrat d’engagement républicain » was signed; `None` for a
    /// structure that is neither an association nor a foundation (law
    /// 2000-321, art. 10-1).
    pub engagement_republicain: Option<String>,
    /// State-aid regime, as a sentence, when there is one.
    pub regime_aide: Option<String>,
    /// The court for a dispute.
    pub tribunal: Autorite,
    /// The budget of the project (annex 2).
    pub budget: TableauBudget,
    /// The rules of the call, in the version applied (annex 4).
    pub regles: Vec<RegleNotice>,
    /// Both signatures, in order, as they stand.
    pub signatures: Vec<SignatureConvention>,
}

/// A part of the dossier, under its heading.
#[derive(Debug, Clone, Serialize)]
pub struct Passage {
    /// Its heading.
    pub titre: String,
    /// Its text, as filed.
    pub texte: String,
}

/// The single payment.
#[derive(Debug, Clone, Serialize)]
pub struct VersementPrevu {
    /// Within how long after the validation: « soixante jours ».
    pub delai: String,
    /// Holder of the account.
    pub titulaire: String,
    /// The account, masked: « FR76 •••• 1234 ».
    pub compte: String,
    /// Accounting references, (name, value), when known.
    pub references: Vec<(String, String)>,
}

/// What becomes of the money left over.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "sort", rename_all = "snake_case")]
pub enum Excedent {
    /// The structure keeps it up to a bound.
    Conserve {
        /// The bound: « 5 % du montant de la subvention ».
        limite: String,
    },
    /// It is paid back.
    Reverse,
}

/// Something that will be measured.
#[derive(Debug, Clone, Serialize)]
pub struct IndicateurConvention {
    /// Economic, social or ecological.
    pub famille: String,
    /// What is counted.
    pub intitule: String,
    /// How much is aimed at.
    pub cible: String,
    /// When, and how it is measured.
    pub mesure: Option<String>,
}

/// A signature, put or still to come.
#[derive(Debug, Clone, Serialize)]
pub struct SignatureConvention {
    /// For whom: « Pour le bénéficiaire ».
    pub partie: String,
    /// Who.
    pub signataire: Signataire,
    /// When and how it was recorded; `None` while it is awaited.
    pub enregistree: Option<SignatureEnregistree>,
}

/// The record of a signature.
#[derive(Debug, Clone, Serialize)]
pub struct SignatureEnregistree {
    /// When, in words.
    pub le: String,
    /// How: « signature manuscrite déposée », « signature en ligne ».
    pub mode: String,
    /// SHA-256 of what was signed, in hexadecimal.
    pub empreinte: String,
}

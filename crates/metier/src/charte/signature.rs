//! Signing a version, and withdrawing the signature.

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use super::{Charte, Pouvoir};
use crate::commun::{Raison, Refus, liste_fermee, parle_par_ses_raisons, temps};

liste_fermee! {
    /// In what quality one signs.
    pub enum QualiteSignature {
        /// The pole itself, by its legal representative.
        Pole = "pole", "Au nom du pôle";
        /// An organisation that commits to help poles without being one.
        Soutien = "soutien", "En soutien aux pôles";
    }
}

/// The dated acceptance of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The version accepted.
    pub version: String,
    /// The pole or the organisation engaged.
    pub signataire: Uuid,
    /// In what quality.
    pub qualite: QualiteSignature,
    /// The person who signed for it.
    pub par: Uuid,
    /// When.
    pub signee_le: Timestamp,
    /// When it was withdrawn, if it was.
    pub retiree_le: Option<Timestamp>,
}

impl Signature {
    /// Whether it stands at that instant.
    pub fn vaut(&self, le: Timestamp) -> bool {
        self.signee_le <= le && self.retiree_le.is_none_or(|retrait| le < retrait)
    }

    /// Whether it proves that a pole adheres to that version at that instant.
    pub fn prouve(&self, version: &str, le: Timestamp) -> bool {
        self.qualite == QualiteSignature::Pole && self.version == version && self.vaut(le)
    }

    /// Decides whether it may be withdrawn, and returns the instant of it. What
    /// was signed stays written; it only stops to stand.
    pub fn retirer(&self, le: Timestamp) -> Result<Timestamp, RefusRetrait> {
        match self.retiree_le {
            Some(retiree_le) => Err(RefusRetrait::DejaRetiree { le: retiree_le }),
            None => Ok(le),
        }
    }
}

/// What somebody asks when they press « Signer ».
#[derive(Debug, Clone, Copy)]
pub struct Demande<'a> {
    /// The pole or the organisation to be engaged.
    pub signataire: Uuid,
    /// In what quality.
    pub qualite: QualiteSignature,
    /// Who signs for it.
    pub par: Uuid,
    /// The version that was read.
    pub version: &'a str,
    /// The fingerprint of the text that was read.
    pub empreinte: &'a str,
    /// The days of the versions that calls still open demand.
    pub exigees: &'a [Date],
    /// By what right they sign.
    pub pouvoir: Pouvoir<'a>,
}

/// Why a signature is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusSignature {
    /// No text is here to be signed.
    TexteAttendu,
    /// This version is already signed; withdrawing comes first.
    DejaSignee {
        /// Since when.
        le: Timestamp,
    },
    /// Another version is the one to sign now, and no open call demands this one.
    VersionFermee,
    /// The text is not the one that was read.
    TexteChange,
    /// Things to complete; all of them.
    AReprendre(Vec<Raison>),
}

/// Why a signature is not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusRetrait {
    /// It was withdrawn before.
    DejaRetiree {
        /// When.
        le: Timestamp,
    },
}

impl Charte {
    /// Decides whether the version that was read is signed, and returns the act.
    ///
    /// `precedentes` are the signatures of the same signatory: a new version
    /// asks again and leaves them as they are.
    pub fn signer(
        &self,
        demande: Demande<'_>,
        precedentes: &[Signature],
        le: Timestamp,
    ) -> Result<Signature, RefusSignature> {
        let signables = self.signables(demande.exigees);
        if signables.is_empty() {
            return Err(RefusSignature::TexteAttendu);
        }
        let version = signables.into_iter().find(|v| v.code == demande.version);
        let version = version.ok_or(RefusSignature::VersionFermee)?;
        // Not « that stands now »: of two presses, the second to be received may
        // be the first to be taken, and the other is then of an earlier second.
        let en_cours = precedentes.iter().find(|s| {
            s.version == version.code && s.qualite == demande.qualite && s.retiree_le.is_none()
        });
        if let Some(signature) = en_cours {
            return Err(RefusSignature::DejaSignee {
                le: signature.signee_le,
            });
        }
        let lu = |texte: &super::TextePublie| texte.empreinte == demande.empreinte;
        if !version.texte.as_ref().is_some_and(lu) {
            return Err(RefusSignature::TexteChange);
        }
        let raisons = demande.pouvoir.a_reprendre();
        if !raisons.is_empty() {
            return Err(RefusSignature::AReprendre(raisons));
        }
        Ok(Signature {
            version: version.code.clone(),
            signataire: demande.signataire,
            qualite: demande.qualite,
            par: demande.par,
            signee_le: le,
            retiree_le: None,
        })
    }
}

impl Refus for RefusSignature {
    fn raisons(&self) -> Vec<Raison> {
        let raison = match self {
            Self::AReprendre(raisons) => return raisons.clone(),
            Self::TexteAttendu => Raison::new(
                "texte_attendu",
                "Le texte de la Charte n’est pas encore versé ici : rien ne peut être signé.",
            )
            .remede("Le Labo de l’ESS, qui tient la Charte, doit d’abord le verser."),
            Self::DejaSignee { le } => Raison::new(
                "charte_deja_signee",
                format!(
                    "Cette version est signée depuis le {}.",
                    temps::jour_long(*le)
                ),
            ),
            Self::VersionFermee => Raison::new(
                "version_fermee",
                "Cette version de la Charte ne se signe pas aujourd’hui.",
            )
            .remede("Ouvrez la version en vigueur, puis signez-la."),
            Self::TexteChange => Raison::new(
                "texte_change",
                "Le texte a changé depuis que vous l’avez lu.",
            )
            .remede("Relisez-le ci-dessous, puis signez."),
        };
        vec![raison]
    }
}

parle_par_ses_raisons!(RefusSignature);

impl Refus for RefusRetrait {
    fn raisons(&self) -> Vec<Raison> {
        let Self::DejaRetiree { le } = self;
        vec![Raison::new(
            "signature_deja_retiree",
            format!(
                "Cette signature est retirée depuis le {}.",
                temps::jour_long(*le)
            ),
        )]
    }
}

parle_par_ses_raisons!(RefusRetrait);

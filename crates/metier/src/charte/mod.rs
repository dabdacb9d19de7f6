//! The Charter of the poles: who signed which version of it.
//!
//! Source: the Charter presented on 30 June 2021. Signing is a dated acceptance
//! by someone who may engage the organisation; only the version a call names
//! proves its rule (dispositif, E2). Nothing here says who is a laureate.

use jiff::Timestamp;
use uuid::Uuid;

use crate::commun::{Raison, Refus, liste_fermee, parle_par_ses_raisons, temps};

/// A published text of the Charter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charte {
    /// Its version (« 2021-06-30 »).
    pub version: String,
    /// Since when it can be signed.
    pub publiee_le: Timestamp,
    /// Since when another version replaces it, if any.
    pub remplacee_le: Option<Timestamp>,
}

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
}

/// The two boxes, never ticked in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Engagements {
    /// « J’ai pouvoir d’engager l’organisation. »
    pub pouvoir: bool,
    /// « J’ai lu la Charte et j’en accepte les principes. »
    pub acceptation: bool,
}

/// Why a signature is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusSignature {
    /// This version is already signed; withdrawing comes first.
    DejaSignee {
        /// Since when.
        le: Timestamp,
    },
    /// Another version is the one to sign now, or this one is not out yet.
    VersionFermee,
    /// Boxes left blank.
    EngagementsManquants(Engagements),
}

impl Charte {
    /// Decides whether this version may be signed, and returns the act.
    ///
    /// `precedentes` are the signatures of the same signatory.
    pub fn signer(
        &self,
        signataire: (Uuid, QualiteSignature),
        engagements: Engagements,
        precedentes: &[Signature],
        par: Uuid,
        le: Timestamp,
    ) -> Result<Signature, RefusSignature> {
        let (signataire, qualite) = signataire;
        let en_cours = precedentes
            .iter()
            .find(|s| s.version == self.version && s.qualite == qualite && s.vaut(le));
        if let Some(signature) = en_cours {
            return Err(RefusSignature::DejaSignee {
                le: signature.signee_le,
            });
        }
        if le < self.publiee_le || self.remplacee_le.is_some_and(|fin| fin <= le) {
            return Err(RefusSignature::VersionFermee);
        }
        if !(engagements.pouvoir && engagements.acceptation) {
            return Err(RefusSignature::EngagementsManquants(engagements));
        }
        Ok(Signature {
            version: self.version.clone(),
            signataire,
            qualite,
            par,
            signee_le: le,
            retiree_le: None,
        })
    }
}

impl Refus for RefusSignature {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::DejaSignee { le } => vec![Raison::new(
                "charte_deja_signee",
                format!(
                    "Cette version est signée depuis le {}.",
                    temps::jour_long(*le)
                ),
            )],
            Self::VersionFermee => vec![
                Raison::new(
                    "version_fermee",
                    "Cette version de la Charte ne se signe pas aujourd’hui.",
                )
                .remede("Ouvrez la version en vigueur, puis signez-la."),
            ],
            Self::EngagementsManquants(engagements) => {
                let pouvoir = (!engagements.pouvoir).then(|| {
                    Raison::new(
                        "pouvoir_non_declare",
                        "Indiquez que vous avez pouvoir d’engager l’organisation.",
                    )
                    .ancre("pouvoir")
                });
                let acceptation = (!engagements.acceptation).then(|| {
                    Raison::new(
                        "acceptation_non_declaree",
                        "Indiquez que vous acceptez les principes de la Charte.",
                    )
                    .ancre("acceptation")
                });
                pouvoir.into_iter().chain(acceptation).collect()
            }
        }
    }
}

parle_par_ses_raisons!(RefusSignature);

#[cfg(test)]
mod tests {
    use super::*;

    const POLE: Uuid = Uuid::from_u128(1);
    const RESPONSABLE: Uuid = Uuid::from_u128(2);
    const COCHEES: Engagements = Engagements {
        pouvoir: true,
        acceptation: true,
    };

    fn t(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    fn charte() -> Charte {
        Charte {
            version: "2021-06-30".into(),
            publiee_le: t("2021-06-30T08:00:00Z"),
            remplacee_le: None,
        }
    }

    fn signer(precedentes: &[Signature], le: &str) -> Result<Signature, RefusSignature> {
        let pole = (POLE, QualiteSignature::Pole);
        charte().signer(pole, COCHEES, precedentes, RESPONSABLE, t(le))
    }

    #[test]
    fn un_pole_signe_la_version_en_vigueur_et_le_prouve() {
        let signature = signer(&[], "2024-03-26T08:00:00Z").unwrap();
        assert!(signature.prouve("2021-06-30", t("2024-05-29T10:00:00Z")));
        assert!(!signature.prouve("2021-06-30", t("2024-03-25T10:00:00Z")));
        assert!(!signature.prouve("2011", t("2024-05-29T10:00:00Z")));
    }

    #[test]
    fn signer_en_soutien_ne_prouve_rien_pour_un_pole() {
        let soutien = Signature {
            qualite: QualiteSignature::Soutien,
            ..signer(&[], "2024-03-26T08:00:00Z").unwrap()
        };
        assert!(!soutien.prouve("2021-06-30", t("2024-05-29T10:00:00Z")));
    }

    #[test]
    fn on_ne_signe_pas_deux_fois_la_meme_version() {
        let premiere = signer(&[], "2024-03-26T08:00:00Z").unwrap();
        let refus = signer(&[premiere], "2024-03-27T08:00:00Z").unwrap_err();
        assert_eq!(
            refus.to_string(),
            "Cette version est signée depuis le mardi 26 mars 2024."
        );
    }

    #[test]
    fn une_signature_retiree_ne_vaut_plus_et_laisse_signer_de_nouveau() {
        let mut premiere = signer(&[], "2024-03-26T08:00:00Z").unwrap();
        premiere.retiree_le = Some(t("2024-04-01T08:00:00Z"));
        assert!(!premiere.vaut(t("2024-04-01T08:00:00Z")));
        assert!(signer(&[premiere], "2024-04-02T08:00:00Z").is_ok());
    }

    #[test]
    fn les_deux_cases_manquantes_sont_dites_ensemble() {
        let blanches = Engagements {
            pouvoir: false,
            acceptation: false,
        };
        let refus = charte()
            .signer(
                (POLE, QualiteSignature::Pole),
                blanches,
                &[],
                RESPONSABLE,
                t("2024-03-26T08:00:00Z"),
            )
            .unwrap_err();
        assert_eq!(refus.raisons().len(), 2);
    }

    #[test]
    fn une_version_ne_se_signe_pas_avant_sa_publication() {
        let refus = signer(&[], "2021-06-30T07:59:59Z");
        assert_eq!(refus, Err(RefusSignature::VersionFermee));
        assert!(signer(&[], "2021-06-30T08:00:00Z").is_ok());
    }

    #[test]
    fn une_version_remplacee_ne_se_signe_plus() {
        let mut ancienne = charte();
        ancienne.remplacee_le = Some(t("2024-01-01T00:00:00Z"));
        let refus = ancienne.signer(
            (POLE, QualiteSignature::Pole),
            COCHEES,
            &[],
            RESPONSABLE,
            t("2024-03-26T08:00:00Z"),
        );
        assert_eq!(refus, Err(RefusSignature::VersionFermee));
    }
}

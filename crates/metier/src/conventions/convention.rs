//! The agreement: proposed, signed by the beneficiary, validated by the Trésor.
//!
//! Source: loi 2000-321, art. 10 (above 23 000 € an agreement is required);
//! notice 2024, § 6.6; FAQ 2 (two years). Its state is read from its facts, and
//! both sides sign the same text, known by its fingerprint.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::engagement::{EngagementRepublicain, engagement_exige};
use super::versement::Versement;
use crate::commun::{Montant, Raison, Refus, liste_fermee, parle_par_ses_raisons, temps};
use crate::decisions::{Decision, Notification};
use crate::dossiers::{Issue, Suite};
use crate::poles::FormeJuridique;

liste_fermee! {
    /// Which side signs.
    pub enum Cote {
        /// The carrying structure.
        Beneficiaire = "beneficiaire", "Bénéficiaire";
        /// The State, by the Direction générale du Trésor: it validates.
        Tresor = "tresor", "Direction générale du Trésor";
    }
}

liste_fermee! {
    /// Where an agreement stands, read from its facts.
    pub enum EtatConvention {
        /// The decision is known, the text is not ready.
        ARediger = "a_rediger", "À rédiger";
        /// The text awaits the beneficiary.
        Proposee = "proposee", "Proposée";
        /// The text awaits the Trésor.
        SigneeBeneficiaire = "signee_beneficiaire", "Signée par le bénéficiaire";
        /// Both have signed: it can be carried out.
        Validee = "validee", "Validée";
        /// All of the aid is ordered.
        Versee = "versee", "Versée";
        /// The financial report has come.
        CompteRenduRecu = "compte_rendu_recu", "Compte rendu reçu";
        /// Nothing is owed on either side.
        Soldee = "soldee", "Soldée";
    }
}

/// A signature, on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureConvention {
    /// Which side.
    pub cote: Cote,
    /// Who signed.
    pub par: Uuid,
    /// In what quality (« présidente »).
    pub qualite: String,
    /// When.
    pub signee_le: Timestamp,
    /// Fingerprint of the text signed.
    pub empreinte: String,
}

/// A person about to sign, with what they saw and declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signataire<'a> {
    /// The person.
    pub par: Uuid,
    /// In what quality they sign.
    pub qualite: &'a str,
    /// « J’ai pouvoir d’engager la structure », never ticked in advance.
    pub pouvoir: bool,
    /// Fingerprint of the text they read.
    pub empreinte: &'a str,
}

/// An agreement and what has happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convention {
    /// Its identifier.
    pub id: Uuid,
    /// The dossier it comes from.
    pub dossier: Uuid,
    /// The aid, decided; paid in one go.
    pub montant: Montant,
    /// For how many months it runs.
    pub duree_en_mois: i32,
    /// When the decision became known: the payment's time runs from there.
    pub notifiee_le: Timestamp,
    /// Fingerprint of the text proposed, once it is.
    pub texte: Option<String>,
    /// The beneficiary's subscription, when its form asks for one.
    pub engagement: Option<EngagementRepublicain>,
    /// The beneficiary's signature.
    pub beneficiaire: Option<SignatureConvention>,
    /// The validation by the Trésor.
    pub validation: Option<SignatureConvention>,
    /// Payments validated.
    pub versements: Vec<Versement>,
    /// When the financial report came.
    pub compte_rendu_recu_le: Option<Timestamp>,
    /// When the accounts were closed.
    pub soldee_le: Option<Timestamp>,
}

/// Why no agreement is drawn up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusConvention {
    /// The decision is not known yet: an agreement would tell it.
    NonNotifiee,
    /// The dossier is not retained.
    NonRetenu,
}

/// Why a signature is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusSignatureConvention {
    /// This side has signed.
    DejaSignee {
        /// Which.
        cote: Cote,
        /// When.
        le: Timestamp,
    },
    /// The text is not proposed yet.
    TexteNonPropose,
    /// The Trésor validates after the beneficiary.
    BeneficiaireDAbord,
    /// The same person cannot be both sides.
    MemePersonne,
    /// The text read is not the text proposed.
    TexteChange,
    /// Things to complete; all of them.
    AReprendre(Vec<Raison>),
}

impl Convention {
    /// Two years (notice 2024, FAQ 2).
    pub const DUREE_EN_MOIS: i32 = 24;

    /// Draws up the agreement of a laureate, once the decision is known.
    pub fn etablir(
        id: Uuid,
        decision: &Decision,
        notification: &Notification,
        le: Timestamp,
    ) -> Result<Self, RefusConvention> {
        let Some(decision) = decision.visible(Some(notification), le) else {
            return Err(RefusConvention::NonNotifiee);
        };
        let (Issue::Retenu, Some(montant)) = (decision.issue, decision.montant) else {
            return Err(RefusConvention::NonRetenu);
        };
        Ok(Self {
            id,
            dossier: decision.dossier,
            montant,
            duree_en_mois: Self::DUREE_EN_MOIS,
            notifiee_le: notification.visible_le,
            texte: None,
            engagement: None,
            beneficiaire: None,
            validation: None,
            versements: Vec::new(),
            compte_rendu_recu_le: None,
            soldee_le: None,
        })
    }

    /// Decides whether the beneficiary signs, and returns the signature.
    ///
    /// `engagement` is the subscription made now or before, if any.
    pub fn signer(
        &self,
        signataire: Signataire<'_>,
        forme: FormeJuridique,
        engagement: Option<&EngagementRepublicain>,
        le: Timestamp,
    ) -> Result<SignatureConvention, RefusSignatureConvention> {
        self.pas_encore_signee(self.beneficiaire.as_ref())?;
        self.texte_lu(signataire)?;
        let mut raisons = signataire.a_reprendre();
        if engagement_exige(forme) && engagement.is_none() {
            raisons.push(
                Raison::new(
                    "engagement_republicain_absent",
                    "Souscrivez le contrat d’engagement républicain avant de signer.",
                )
                .source("loi 2000-321, art. 10-1")
                .ancre("engagement_republicain"),
            );
        }
        match raisons.is_empty() {
            true => Ok(signataire.signe(Cote::Beneficiaire, le)),
            false => Err(RefusSignatureConvention::AReprendre(raisons)),
        }
    }

    /// Decides whether the Trésor validates, and returns its signature.
    pub fn valider(
        &self,
        signataire: Signataire<'_>,
        le: Timestamp,
    ) -> Result<SignatureConvention, RefusSignatureConvention> {
        self.pas_encore_signee(self.validation.as_ref())?;
        let Some(beneficiaire) = &self.beneficiaire else {
            return Err(RefusSignatureConvention::BeneficiaireDAbord);
        };
        if beneficiaire.par == signataire.par {
            return Err(RefusSignatureConvention::MemePersonne);
        }
        self.texte_lu(signataire)?;
        if beneficiaire.empreinte != signataire.empreinte {
            return Err(RefusSignatureConvention::TexteChange);
        }
        let raisons = signataire.a_reprendre();
        match raisons.is_empty() {
            true => Ok(signataire.signe(Cote::Tresor, le)),
            false => Err(RefusSignatureConvention::AReprendre(raisons)),
        }
    }

    /// Where it stands.
    pub fn etat(&self) -> EtatConvention {
        if self.soldee_le.is_some() {
            EtatConvention::Soldee
        } else if self.compte_rendu_recu_le.is_some() {
            EtatConvention::CompteRenduRecu
        } else if self.est_versee() {
            EtatConvention::Versee
        } else if self.validation.is_some() {
            EtatConvention::Validee
        } else if self.beneficiaire.is_some() {
            EtatConvention::SigneeBeneficiaire
        } else if self.texte.is_some() {
            EtatConvention::Proposee
        } else {
            EtatConvention::ARediger
        }
    }

    /// The word its author reads on the dossier, if it changes anything there.
    pub fn suite(&self) -> Option<Suite> {
        match self.etat() {
            EtatConvention::Proposee => Some(Suite::ConventionASigner),
            EtatConvention::Versee => Some(Suite::Versee),
            EtatConvention::CompteRenduRecu => Some(Suite::SuiviEnCours),
            EtatConvention::Soldee => Some(Suite::Clos),
            EtatConvention::SigneeBeneficiaire | EtatConvention::Validee => {
                Some(Suite::ConventionSignee)
            }
            EtatConvention::ARediger => None,
        }
    }

    /// What has been paid.
    pub fn verse(&self) -> Montant {
        Montant::somme(self.versements.iter().map(|v| v.montant))
    }

    /// Whether all of the aid has been paid.
    pub fn est_versee(&self) -> bool {
        self.validation.is_some() && self.verse() == self.montant
    }

    /// First and last day of the agreement, once validated: from 7 October,
    /// two years end on 6 October, not a day more.
    pub fn periode(&self) -> Option<(Date, Date)> {
        let validation = self.validation.as_ref()?;
        let debut = temps::jour_de(validation.signee_le);
        let fin = temps::mois_apres(debut, self.duree_en_mois);
        Some((debut, fin.yesterday().unwrap_or(fin)))
    }

    fn pas_encore_signee(
        &self,
        signature: Option<&SignatureConvention>,
    ) -> Result<(), RefusSignatureConvention> {
        match signature {
            None => Ok(()),
            Some(signature) => Err(RefusSignatureConvention::DejaSignee {
                cote: signature.cote,
                le: signature.signee_le,
            }),
        }
    }

    fn texte_lu(&self, signataire: Signataire<'_>) -> Result<(), RefusSignatureConvention> {
        match &self.texte {
            None => Err(RefusSignatureConvention::TexteNonPropose),
            Some(texte) if texte != signataire.empreinte => {
                Err(RefusSignatureConvention::TexteChange)
            }
            Some(_) => Ok(()),
        }
    }
}

impl Signataire<'_> {
    fn a_reprendre(&self) -> Vec<Raison> {
        let qualite = self.qualite.trim().is_empty().then(|| {
            Raison::new("qualite_absente", "Indiquez en quelle qualité vous signez.")
                .ancre("qualite")
        });
        let pouvoir = (!self.pouvoir).then(|| {
            Raison::new(
                "pouvoir_non_declare",
                "Déclarez que vous avez pouvoir de signer.",
            )
            .ancre("pouvoir")
        });
        qualite.into_iter().chain(pouvoir).collect()
    }

    fn signe(&self, cote: Cote, le: Timestamp) -> SignatureConvention {
        SignatureConvention {
            cote,
            par: self.par,
            qualite: self.qualite.trim().to_owned(),
            signee_le: le,
            empreinte: self.empreinte.to_owned(),
        }
    }
}

impl Refus for RefusConvention {
    fn raisons(&self) -> Vec<Raison> {
        vec![match self {
            Self::NonNotifiee => Raison::new(
                "decision_non_notifiee",
                "Aucune convention ne s’établit avant la notification.",
            ),
            Self::NonRetenu => Raison::new(
                "dossier_non_retenu",
                "Ce dossier n’est pas retenu : il n’a pas de convention.",
            ),
        }]
    }
}

impl Refus for RefusSignatureConvention {
    fn raisons(&self) -> Vec<Raison> {
        vec![match self {
            Self::DejaSignee { cote, le } => Raison::new(
                "deja_signee",
                match cote {
                    Cote::Beneficiaire => format!(
                        "Le bénéficiaire a signé cette convention le {}.",
                        temps::jour_long(*le)
                    ),
                    Cote::Tresor => format!(
                        "Cette convention est validée depuis le {}.",
                        temps::jour_long(*le)
                    ),
                },
            ),
            Self::TexteNonPropose => Raison::new(
                "texte_non_propose",
                "Le texte de la convention n’est pas encore proposé.",
            ),
            Self::BeneficiaireDAbord => Raison::new(
                "beneficiaire_d_abord",
                "Le bénéficiaire signe d’abord ; la convention se valide ensuite.",
            ),
            Self::MemePersonne => Raison::new(
                "meme_personne",
                "Vous avez signé pour le bénéficiaire : une autre personne doit valider la convention.",
            ),
            Self::TexteChange => Raison::new(
                "texte_change",
                "Le texte a changé depuis que vous l’avez ouvert.",
            )
            .remede("Relisez le texte en vigueur, puis signez-le."),
            Self::AReprendre(raisons) => return raisons.clone(),
        }]
    }
}

parle_par_ses_raisons!(RefusConvention, RefusSignatureConvention);

//! Signing the Charter, in the name of a pole or of a supporting organisation,
//! and withdrawing the signature.

use jiff::Timestamp;
use metier::{
    charte::{
        Demande, Engagements, Mandat, Pouvoir, QualiteSignature, RefusRetrait, RefusSignature,
        Signature,
    },
    commun::{Raison, Refus, Siren, temps, typographie},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    certificat::CERTIFICAT,
    preuve::Faits,
    store::{self, Preuve, SeanceDite, SignatureLue, Soutien},
};
use crate::{
    poles::{self, fiches},
    socle::{
        acte::Acte,
        alea, codes,
        courriels::{self, Courriel},
        db::Tx,
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        journal::Entree,
        taches,
    },
    urls,
};

/// In whose name one signs.
#[derive(Debug, Clone)]
pub enum AuNom {
    Pole(Uuid),
    /// A supporting organisation, as it was typed.
    Soutien {
        nom: String,
        siren: String,
    },
}

/// What the person who signs typed.
#[derive(Debug, Clone, Default)]
pub struct Saisi {
    pub fonction: String,
    pub mandat: Option<Mandat>,
    pub reference: String,
    pub pouvoir: bool,
    pub acceptation: bool,
    /// The version and the fingerprint of the text that was read.
    pub version: String,
    pub empreinte: String,
}

/// Signs the Charter: `POST /charte/signature`.
pub struct Signer {
    pub par: Personne,
    pub au_nom: AuNom,
    pub saisi: Saisi,
    /// The sitting where it is signed, if it is in one.
    pub seance: Option<Uuid>,
    /// The world is invented, and so is whoever signs in it.
    pub invente: bool,
    /// Where the links of the mail lead: `COOPOLE_URL`.
    pub url: String,
    pub recu_le: RecuLe,
}

/// Why nothing is signed: the reasons of the rule and those of the
/// organisation's name and number, together.
#[derive(Debug)]
pub struct RefusSigner(Vec<Raison>);

impl Refus for RefusSigner {
    fn raisons(&self) -> Vec<Raison> {
        self.0.clone()
    }
}

/// A signature that is recorded.
pub struct Signee {
    pub id: Uuid,
    signature: Signature,
    faits: String,
}

/// Who is engaged: its name, and what it signed before.
struct Signataire {
    id: Uuid,
    qualite: QualiteSignature,
    nom: String,
    soutien: Option<Soutien>,
    precedentes: Vec<SignatureLue>,
}

impl Acte for Signer {
    type Fait = Signee;
    type Refus = RefusSigner;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Signee, Echec<RefusSigner>> {
        // Taken first: two presses on the button follow each other.
        let ouverte = store::lire(tx).await?.a_signer().map(|v| v.code.clone());
        if let Some(version) = ouverte {
            store::prendre(tx, &version).await?;
        }
        let (signataire, illisibles) = self.signataire(tx).await?;
        let seance = self.seance(tx).await?;
        let le = self.recu_le.0;
        let charte = store::lire(tx).await?;
        let precedentes: Vec<Signature> = signataire.precedentes.iter().map(|s| s.fait()).collect();
        let signature = charte.signer(self.demande(&signataire), &precedentes, le);
        let signature = match (signature, illisibles.is_empty()) {
            (Ok(signature), true) => signature,
            (Ok(_), false) => return Err(Echec::Refus(RefusSigner(illisibles))),
            (Err(RefusSignature::AReprendre(raisons)), _) => {
                let toutes = illisibles.into_iter().chain(raisons).collect();
                return Err(Echec::Refus(RefusSigner(toutes)));
            }
            // A closed door stops the list.
            (Err(refus), _) => return Err(Echec::Refus(RefusSigner(refus.raisons()))),
        };
        let signee = self.inscrire(tx, &signataire, (signature, seance)).await?;
        taches::enqueue(tx, CERTIFICAT, signee.0.id, le).await?;
        self.prevenir(tx, &signataire, &signee).await?;
        Ok(signee.0)
    }

    fn entrees(&self, fait: &Signee) -> Vec<Entree> {
        vec![
            Entree::new(
                "signature",
                "signature_charte",
                fait.id,
                fait.signature.signee_le,
            )
            .par(fait.signature.par)
            .motif(fait.signature.qualite.code())
            .engageant(fait.faits.as_str()),
        ]
    }
}

impl Signer {
    /// Who is engaged, if this person may engage it; and what cannot be read.
    async fn signataire(&self, tx: &mut Tx) -> Result<(Signataire, Vec<Raison>), Panne> {
        match &self.au_nom {
            AuNom::Pole(pole) => {
                self.par
                    .exiger(Droit::SignerCharte, Perimetre::Pole(*pole))?;
                poles::prendre(tx, *pole).await?;
                let fiche = fiches::find(tx, *pole).await?.ok_or(Panne::Introuvable)?;
                let signataire = Signataire {
                    id: *pole,
                    qualite: QualiteSignature::Pole,
                    nom: fiche.nom,
                    soutien: None,
                    precedentes: store::du_pole(tx, *pole).await?,
                };
                Ok((signataire, Vec::new()))
            }
            AuNom::Soutien { nom, siren } => {
                let mut illisibles = Vec::new();
                if nom.is_empty() {
                    let phrase = "Indiquez le nom de l’organisation.";
                    illisibles.push(Raison::new("nom_absent", phrase).ancre("nom"));
                }
                let siren: Option<Siren> = match siren.parse() {
                    Ok(siren) => Some(siren),
                    Err(illisible) => {
                        let illisible: metier::commun::IdentifiantIllisible = illisible;
                        let raison = Raison::new("siren_attendu", illisible.to_string());
                        illisibles.push(raison.ancre("siren"));
                        None
                    }
                };
                let precedentes = match &siren {
                    Some(siren) => store::du_soutien(tx, siren).await?,
                    None => Vec::new(),
                };
                let signataire = Signataire {
                    id: alea::id(),
                    qualite: QualiteSignature::Soutien,
                    nom: nom.clone(),
                    soutien: siren.map(|siren| Soutien {
                        nom: nom.clone(),
                        siren,
                        invente: self.invente,
                    }),
                    precedentes,
                };
                Ok((signataire, illisibles))
            }
        }
    }

    /// The sitting, if it takes signatures now: a closed door stops the list.
    async fn seance(&self, tx: &mut Tx) -> Result<Option<SeanceDite>, Echec<RefusSigner>> {
        let Some(id) = self.seance else {
            return Ok(None);
        };
        store::prendre_la_seance(tx, id).await?;
        let seance = store::seance(tx, id).await?.seance;
        match seance.recevoir(self.recu_le.0) {
            Ok(()) => Ok(Some(SeanceDite {
                id,
                mots: format!("{}, {}", seance.nom, seance.lieu),
            })),
            Err(raison) => Err(Echec::Refus(RefusSigner(vec![raison]))),
        }
    }

    fn demande(&self, signataire: &Signataire) -> Demande<'_> {
        let saisi = &self.saisi;
        Demande {
            signataire: signataire.id,
            qualite: signataire.qualite,
            par: self.par.compte,
            version: &saisi.version,
            empreinte: &saisi.empreinte,
            pouvoir: Pouvoir {
                fonction: &saisi.fonction,
                mandat: saisi.mandat,
                reference: &saisi.reference,
                engagements: Engagements {
                    pouvoir: saisi.pouvoir,
                    acceptation: saisi.acceptation,
                },
            },
        }
    }

    /// Writes the signature and what proves it.
    async fn inscrire(
        &self,
        tx: &mut Tx,
        signataire: &Signataire,
        (signature, seance): (Signature, Option<SeanceDite>),
    ) -> Result<(Signee, Preuve), Panne> {
        let id = match &signataire.soutien {
            Some(soutien) => store::record_soutien(tx, soutien, &signature).await?,
            None => store::record_signature_de_pole(tx, &signature).await?,
        };
        let saisi = &self.saisi;
        let mandat = saisi
            .mandat
            .ok_or(Panne::Programme("a signature is taken with its mandate"))?;
        // Only a mandate received has a decision behind it.
        let reference = match mandat {
            Mandat::Delegation => saisi.reference.clone(),
            Mandat::Representation => String::new(),
        };
        let faits = Faits {
            signature: &signature,
            signataire: &signataire.nom,
            texte: &saisi.empreinte,
            personne: &self.par.nom,
            fonction: &saisi.fonction,
            mandat,
            reference: &reference,
            seance: seance.as_ref().map(|seance| seance.mots.as_str()),
        }
        .en_texte();
        let preuve = Preuve {
            code: codes::nouveau(&Sha256::digest(&faits).into()),
            texte: saisi.empreinte.clone(),
            par: self.par.compte,
            personne: self.par.nom.clone(),
            fonction: saisi.fonction.clone(),
            mandat,
            reference,
            seance,
        };
        store::record_preuve(tx, id, &preuve, &faits).await?;
        let signee = Signee {
            id,
            signature,
            faits,
        };
        Ok((signee, preuve))
    }

    async fn prevenir(
        &self,
        tx: &mut Tx,
        signataire: &Signataire,
        (signee, preuve): &(Signee, Preuve),
    ) -> Result<(), Panne> {
        let le: Timestamp = signee.signature.signee_le;
        let courriel = Courriel {
            genre: "charte",
            a: self.par.courriel.clone(),
            objet: "Signature de la Charte des PTCE".to_owned(),
            texte: typographie(&format!(
                "Bonjour,\n\nVous avez signé la Charte des PTCE au nom de « {} », le {}. \
                 Le code de vérification de cette signature est {}. Sa preuve, que chacun peut \
                 lire, et son certificat sont à cette adresse :\n",
                signataire.nom,
                temps::instant_long(le),
                preuve.code
            )) + &format!("{}{}\n", self.url, urls::signature_de_la_charte(signee.id)),
        };
        courriels::enqueue(tx, &courriel, le).await.map(drop)
    }
}

/// Withdraws a signature: `POST /charte/signatures/{id}/retrait`.
pub struct Retirer {
    pub par: Personne,
    pub signature: Uuid,
    pub recu_le: RecuLe,
}

impl Acte for Retirer {
    /// When it stopped to stand.
    type Fait = Timestamp;
    type Refus = RefusRetrait;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Timestamp, Echec<RefusRetrait>> {
        let lue = store::find(tx, self.signature).await?;
        if !peut_retirer(&self.par, &lue) {
            return Err(Panne::Introuvable.into());
        }
        store::prendre_la_signature(tx, &lue).await?;
        let lue = store::find(tx, self.signature).await?;
        let le = lue.fait().retirer(self.recu_le.0).refuse()?;
        store::record_retrait(tx, &lue, le).await?;
        Ok(le)
    }

    fn entrees(&self, le: &Timestamp) -> Vec<Entree> {
        vec![Entree::new("retrait", "signature_charte", self.signature, *le).par(self.par.compte)]
    }
}

/// Who answers for the pole; for an organisation, who signed for it.
pub fn peut_retirer(personne: &Personne, lue: &SignatureLue) -> bool {
    match (lue.pole, &lue.preuve) {
        _ if lue.doublon_de.is_some() => false,
        (Some(pole), _) => personne.peut(Droit::SignerCharte, Perimetre::Pole(pole)),
        (None, Some(preuve)) => preuve.par == personne.compte,
        (None, None) => false,
    }
}

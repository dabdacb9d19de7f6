//! Signing the Charter, in the name of a pole or of a supporting organisation,
//! and withdrawing the signature.

use jiff::{Timestamp, civil::Date};
use metier::{
    charte::{
        Demande, Engagements, Mandat, Nommee, PersonneMorale, Pouvoir, QualiteSignature,
        RefusRetrait, RefusSignature, Signature,
    },
    commun::{Raison, Refus, Siret, temps, typographie},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    certificat::CERTIFICAT,
    preuve::Faits,
    store::{self, SignatureLue},
};
use crate::{
    poles::{
        self,
        fiches::{self, Fiche},
    },
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
#[derive(Debug, Clone, Copy)]
pub enum AuNom {
    Pole(Uuid),
    /// A supporting organisation, whose name and number are typed.
    Soutien,
}

/// What the person who signs typed.
#[derive(Debug, Clone, Default)]
pub struct Saisi {
    /// Name and number of the organisation; of the carrying structure, where
    /// the register does not give them.
    pub nom: String,
    pub numero: String,
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
    /// The days of the versions that calls still open demand.
    pub exigees: Vec<Date>,
    /// The world is invented, and so is whoever signs in it.
    pub invente: bool,
    /// Where the links of the mail lead: `COOPOLE_URL`.
    pub url: String,
    pub recu_le: RecuLe,
}

/// Why nothing is signed: the reasons of the rule and those of the name and
/// number of who is engaged, together.
#[derive(Debug)]
pub struct RefusSigner(Vec<Raison>);

impl Refus for RefusSigner {
    fn raisons(&self) -> Vec<Raison> {
        self.0.clone()
    }
}

/// The sitting where a signature is given: its name and its place.
struct SeanceDite {
    id: Uuid,
    mots: String,
}

/// A signature that is recorded.
pub struct Signee {
    pub id: Uuid,
    signature: Signature,
    code: String,
    faits: String,
}

/// Who signs: its name, the legal person engaged, what it signed before.
struct Signataire {
    id: Uuid,
    qualite: QualiteSignature,
    nom: String,
    engagee: Result<PersonneMorale, Vec<Raison>>,
    precedentes: Vec<SignatureLue>,
}

/// What the register says of the structure that carries a pole: its name, and
/// its SIRET if it is one.
pub fn porteuse(fiche: &Fiche) -> (Option<&str>, Option<&str>) {
    let siret = fiche.siret.as_deref();
    (
        fiche.porteuse.as_deref(),
        siret.filter(|siret| siret.parse::<Siret>().is_ok()),
    )
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
        store::prendre_si_presentee(tx, &self.saisi.version).await?;
        let signataire = self.signataire(tx).await?;
        let seance = self.seance(tx).await?;
        let le = self.recu_le.0;
        let charte = store::lire(tx).await?;
        let precedentes: Vec<Signature> = signataire.precedentes.iter().map(|s| s.fait()).collect();
        let signature = charte.signer(self.demande(&signataire), &precedentes, le);
        let (signature, engagee) = match (signature, &signataire.engagee) {
            (Ok(signature), Ok(engagee)) => (signature, engagee),
            (Ok(_), Err(illisibles)) => return Err(Echec::Refus(RefusSigner(illisibles.clone()))),
            (Err(RefusSignature::AReprendre(raisons)), engagee) => {
                let illisibles = engagee.as_ref().err().cloned().unwrap_or_default();
                let toutes = illisibles.into_iter().chain(raisons).collect();
                return Err(Echec::Refus(RefusSigner(toutes)));
            }
            // A closed door stops the list.
            (Err(refus), _) => return Err(Echec::Refus(RefusSigner(refus.raisons()))),
        };
        let signee = self
            .inscrire(tx, (&signataire.nom, engagee), (signature, seance))
            .await?;
        // In support, the certificate comes with the keeper's confirmation.
        if signataire.qualite == QualiteSignature::Pole {
            taches::enqueue(tx, CERTIFICAT, signee.id, le).await?;
        }
        self.prevenir(tx, &signataire.nom, &signee).await?;
        Ok(signee)
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
    /// Who signs, if this person may engage it.
    async fn signataire(&self, tx: &mut Tx) -> Result<Signataire, Panne> {
        let Saisi { nom, numero, .. } = &self.saisi;
        match self.au_nom {
            AuNom::Pole(pole) => {
                self.par
                    .exiger(Droit::SignerCharte, Perimetre::Pole(pole))?;
                poles::prendre(tx, pole).await?;
                let fiche = fiches::find(tx, pole).await?.ok_or(Panne::Introuvable)?;
                let (structure, siret) = porteuse(&fiche);
                let engagee = Nommee {
                    qualite: QualiteSignature::Pole,
                    nom: structure.unwrap_or(nom),
                    numero: siret.unwrap_or(numero),
                };
                Ok(Signataire {
                    id: pole,
                    qualite: QualiteSignature::Pole,
                    engagee: engagee.lire(),
                    nom: fiche.nom,
                    precedentes: store::du_pole(tx, pole).await?,
                })
            }
            AuNom::Soutien => {
                let engagee = Nommee {
                    qualite: QualiteSignature::Soutien,
                    nom,
                    numero,
                };
                let engagee = engagee.lire();
                let precedentes = match &engagee {
                    // One that somebody else gave, and that nobody confirmed,
                    // bars nobody: the keeper reads both.
                    Ok(PersonneMorale::Organisation { siren, .. }) => {
                        let mut siennes = store::du_soutien(tx, siren).await?;
                        siennes.retain(|lue| lue.publiee || de(&self.par, lue));
                        siennes
                    }
                    _ => Vec::new(),
                };
                Ok(Signataire {
                    id: alea::id(),
                    qualite: QualiteSignature::Soutien,
                    nom: nom.clone(),
                    engagee,
                    precedentes,
                })
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
            exigees: &self.exigees,
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
        (signataire, engagee): (&str, &PersonneMorale),
        (signature, seance): (Signature, Option<SeanceDite>),
    ) -> Result<Signee, Panne> {
        let id = match engagee {
            PersonneMorale::Organisation { nom, siren } => {
                let soutien = (nom.as_str(), siren, self.invente);
                store::record_soutien(tx, soutien, &signature).await?
            }
            PersonneMorale::Porteuse { .. } => {
                store::record_signature_de_pole(tx, &signature).await?
            }
        };
        let saisi = &self.saisi;
        let mandat = saisi
            .mandat
            .ok_or(Panne::Programme("a signature is taken with its mandate"))?;
        let faits = Faits {
            signature: &signature,
            signataire,
            engagee,
            texte: &saisi.empreinte,
            personne: &self.par.nom,
            fonction: &saisi.fonction,
            mandat,
            // Only a mandate received has a decision behind it.
            reference: match mandat {
                Mandat::Delegation => &saisi.reference,
                Mandat::Representation => "",
            },
            seance: seance.as_ref().map(|seance| seance.mots.as_str()),
        }
        .en_texte();
        let code = codes::nouveau(&Sha256::digest(&faits).into());
        let seance = seance.map(|seance| seance.id);
        store::record_preuve(tx, id, (&code, &faits), self.par.compte, seance).await?;
        Ok(Signee {
            id,
            signature,
            code,
            faits,
        })
    }

    async fn prevenir(&self, tx: &mut Tx, signataire: &str, signee: &Signee) -> Result<(), Panne> {
        let le: Timestamp = signee.signature.signee_le;
        let suite = match signee.signature.qualite {
            QualiteSignature::Pole => "Sa preuve, que chacun peut lire, et son certificat sont",
            QualiteSignature::Soutien => {
                "Le gardien de la Charte doit la confirmer avant qu’elle soit publiée : vous \
                 n’avez rien à faire. Sa preuve est"
            }
        };
        let courriel = Courriel {
            genre: "charte",
            a: self.par.courriel.clone(),
            objet: "Signature de la Charte des PTCE".to_owned(),
            texte: typographie(&format!(
                "Bonjour,\n\nVous avez signé la Charte des PTCE au nom de « {} », le {}. \
                 Le code de vérification de cette signature est {}. {suite} à cette adresse :\n",
                signataire,
                temps::instant_long(le),
                signee.code
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
    match lue.pole {
        _ if lue.doublon_de.is_some() => false,
        Some(pole) => personne.peut(Droit::SignerCharte, Perimetre::Pole(pole)),
        None => de(personne, lue),
    }
}

/// Whether this person gave it.
fn de(personne: &Personne, lue: &SignatureLue) -> bool {
    let preuve = lue.preuve.as_ref();
    preuve.is_some_and(|preuve| preuve.par == personne.compte)
}

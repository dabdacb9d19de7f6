//! The acts on an agreement: proposed, signed, validated. Each loads, asks the
//! rule, records, and enqueues what follows.

use jiff::Timestamp;
use metier::{
    commun::{Raison, Refus, Siren, Siret, typographie},
    conventions::{
        Convention, Cote, EngagementRepublicain, Iban, RefusConvention, RefusSignatureConvention,
        Signataire, engagement_exige, memes_noms,
    },
    dossiers::Issue,
};
use uuid::Uuid;

use super::{
    coffre::Coffre,
    store::{self, CompteTenu, Inscrite},
    texte::{EXEMPLAIRE, TEXTE},
};
use crate::{
    decisions, dossiers,
    poles::{self, AideVersee},
    socle::{
        acte::Acte,
        alea,
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

/// Proposes the agreements of a call: `POST /campagnes/{code}/conventions`.
pub struct Proposer {
    pub par: Personne,
    pub campagne: String,
    pub url: String,
    pub recu_le: RecuLe,
}

/// Why nothing is proposed.
#[derive(Debug)]
pub enum RefusProposition {
    Regle(RefusConvention),
    /// Every laureate has its agreement.
    ToutesProposees,
}

impl Refus for RefusProposition {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::Regle(refus) => refus.raisons(),
            Self::ToutesProposees => vec![Raison::new(
                "toutes_proposees",
                "Chaque lauréat a déjà sa convention.",
            )],
        }
    }
}

impl Acte for Proposer {
    /// The agreements proposed.
    type Fait = Vec<Uuid>;
    type Refus = RefusProposition;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Vec<Uuid>, Echec<RefusProposition>> {
        self.par
            .exiger(Droit::PreparerConvention, Perimetre::National)?;
        let (campagne, le) = (self.campagne.as_str(), self.recu_le.0);
        decisions::prendre(tx, campagne).await?;
        let connues = decisions::visibles(tx, campagne, le).await?;
        if connues.is_empty() {
            return Err(Echec::Refus(RefusProposition::Regle(
                RefusConvention::NonNotifiee,
            )));
        }
        let deja = store::conventionnes(tx, campagne).await?;
        let mut proposees = Vec::new();
        for connue in connues.iter().filter(|c| c.issue() == Issue::Retenu) {
            if deja.contains(&connue.decision.dossier) {
                continue;
            }
            let decision = &connue.decision;
            let convention = Convention::etablir(alea::id(), decision, &connue.notification, le)
                .map_err(RefusProposition::Regle)
                .refuse()?;
            store::record(tx, campagne, &convention, (self.par.compte, le)).await?;
            taches::enqueue(tx, TEXTE, convention.id, le).await?;
            self.prevenir(tx, convention.id, le).await?;
            proposees.push(convention.id);
        }
        match proposees.is_empty() {
            true => Err(Echec::Refus(RefusProposition::ToutesProposees)),
            false => Ok(proposees),
        }
    }

    fn entrees(&self, fait: &Vec<Uuid>) -> Vec<Entree> {
        let entree = |id: &Uuid| Entree::new("proposition", "convention", *id, self.recu_le.0);
        fait.iter()
            .map(|id| entree(id).par(self.par.compte))
            .collect()
    }
}

impl Proposer {
    async fn prevenir(
        &self,
        tx: &mut Tx,
        id: Uuid,
        le: Timestamp,
    ) -> Result<(), crate::socle::erreurs::Panne> {
        let inscrite = store::find(tx, id).await?;
        for a in store::responsables(tx, inscrite.pole, le).await? {
            let courriel = Courriel {
                genre: "convention",
                a,
                objet: typographie(&format!("Convention n° {} à signer", inscrite.numero)),
                texte: typographie(&format!(
                    "Bonjour,\n\nLa convention n° {} vous est proposée, pour « {} ». \
                     L’aide est de {}. Lisez la convention, puis signez-la en indiquant le compte \
                     de la structure :\n",
                    inscrite.numero, inscrite.nom_du_pole, inscrite.convention.montant
                )) + &format!("{}{}\n", self.url, urls::convention(id)),
            };
            courriels::enqueue(tx, &courriel, le).await?;
        }
        Ok(())
    }
}

/// What the person who signs for the beneficiary typed.
#[derive(Debug, Clone, Default)]
pub struct Signature {
    pub nom: String,
    pub qualite: String,
    pub pouvoir: bool,
    pub engagement: bool,
    pub titulaire: String,
    /// « Oui, le relevé porte ce nom », asked when it is not the beneficiary's.
    pub titulaire_confirme: bool,
    pub iban: String,
    /// The mark of the text that was read.
    pub empreinte: String,
}

/// Signs for the beneficiary: `POST /conventions/{id}/signature`.
pub struct Signer {
    pub par: Personne,
    pub convention: Uuid,
    pub saisie: Signature,
    pub coffre: Coffre,
    pub recu_le: RecuLe,
}

/// Why the beneficiary does not sign: the rule's reasons and those of the
/// account, together.
#[derive(Debug)]
pub struct RefusSigner(Vec<Raison>);

impl Refus for RefusSigner {
    fn raisons(&self) -> Vec<Raison> {
        self.0.clone()
    }
}

impl Acte for Signer {
    /// The fingerprint signed.
    type Fait = String;
    type Refus = RefusSigner;

    async fn accomplir(&self, tx: &mut Tx) -> Result<String, Echec<RefusSigner>> {
        let inscrite = store::find(tx, self.convention).await?;
        self.par
            .exiger(Droit::SignerConvention, Perimetre::Pole(inscrite.pole))?;
        store::prendre(tx, self.convention).await?;
        let inscrite = store::find(tx, self.convention).await?;
        let le = self.recu_le.0;
        let engagement = (self.saisie.engagement && engagement_exige(inscrite.forme)).then_some(
            EngagementRepublicain {
                par: self.par.compte,
                souscrit_le: le,
            },
        );
        let signataire = Signataire {
            par: self.par.compte,
            qualite: &self.saisie.qualite,
            pouvoir: self.saisie.pouvoir,
            empreinte: &self.saisie.empreinte,
        };
        let signature =
            inscrite
                .convention
                .signer(signataire, inscrite.forme, engagement.as_ref(), le);
        let (signature, iban) = match (signature, self.saisie.compte(&inscrite.structure)) {
            (Ok(signature), Ok(iban)) => (signature, iban),
            (Err(RefusSignatureConvention::AReprendre(mut raisons)), compte) => {
                raisons.extend(compte.err().unwrap_or_default());
                return Err(Echec::Refus(RefusSigner(raisons)));
            }
            // A closed door stops the list.
            (Err(refus), _) => return Err(Echec::Refus(RefusSigner(refus.raisons()))),
            (Ok(_), Err(raisons)) => return Err(Echec::Refus(RefusSigner(raisons))),
        };
        let compte = CompteTenu {
            titulaire: self.saisie.titulaire.trim().to_owned(),
            ferme: self.coffre.fermer(self.convention, &iban)?,
            fin: iban.derniers().to_owned(),
        };
        let nom = self.saisie.nom.trim();
        store::record_signature(tx, self.convention, nom, &signature).await?;
        if let Some(engagement) = &engagement {
            store::record_engagement(tx, self.convention, engagement).await?;
        }
        store::record_compte(tx, self.convention, compte, (self.par.compte, le)).await?;
        Ok(signature.empreinte)
    }

    fn entrees(&self, empreinte: &String) -> Vec<Entree> {
        vec![
            Entree::new("signature", "convention", self.convention, self.recu_le.0)
                .par(self.par.compte)
                .motif(Cote::Beneficiaire.code())
                .engageant(empreinte),
        ]
    }
}

impl Signature {
    /// The account and the name: everything wrong with them at once. The
    /// account is the beneficiary's (droit-et-normes, part E): another name on
    /// the bank's paper is told once, then confirmed.
    fn compte(&self, beneficiaire: &str) -> Result<Iban, Vec<Raison>> {
        let mut raisons = Vec::new();
        if self.nom.trim().is_empty() {
            raisons.push(Raison::new("nom_absent", "Indiquez qui signe.").ancre("nom"));
        }
        if self.titulaire.trim().is_empty() {
            raisons.push(
                Raison::new("titulaire_absent", "Indiquez le titulaire du compte.")
                    .ancre("titulaire"),
            );
        }
        let autre = !memes_noms(&self.titulaire, beneficiaire);
        if autre && !self.titulaire.trim().is_empty() && !self.titulaire_confirme {
            raisons.push(
                Raison::new(
                    "titulaire_autre",
                    typographie(&format!(
                        "Le compte doit être celui de « {beneficiaire} » ; vous indiquez « {} ».",
                        self.titulaire.trim()
                    )),
                )
                .source("comptabilité publique : paiement au bénéficiaire")
                .remede("Corrigez le nom, ou confirmez que le relevé porte bien ce nom pour ce bénéficiaire.")
                .ancre("titulaire"),
            );
        }
        match self.iban.parse::<Iban>() {
            Ok(iban) if raisons.is_empty() => return Ok(iban),
            Ok(_) => {}
            Err(illisible) => {
                raisons.push(Raison::new("iban_attendu", illisible.to_string()).ancre("iban"));
            }
        }
        Err(raisons)
    }
}

/// Validates for the State: `POST /conventions/{id}/validation`.
pub struct Valider {
    pub par: Personne,
    pub convention: Uuid,
    pub qualite: String,
    pub pouvoir: bool,
    pub empreinte: String,
    pub recu_le: RecuLe,
}

impl Acte for Valider {
    /// The fingerprint signed.
    type Fait = String;
    type Refus = RefusSignatureConvention;

    async fn accomplir(&self, tx: &mut Tx) -> Result<String, Echec<RefusSignatureConvention>> {
        self.par
            .exiger(Droit::ValiderConvention, Perimetre::National)?;
        store::prendre(tx, self.convention).await?;
        let inscrite = store::find(tx, self.convention).await?;
        let signataire = Signataire {
            par: self.par.compte,
            qualite: &self.qualite,
            pouvoir: self.pouvoir,
            empreinte: &self.empreinte,
        };
        let signature = inscrite
            .convention
            .valider(signataire, self.recu_le.0)
            .refuse()?;
        store::record_signature(tx, self.convention, &self.par.nom, &signature).await?;
        self.record_aide(tx, &inscrite).await?;
        taches::enqueue(tx, EXEMPLAIRE, self.convention, self.recu_le.0).await?;
        Ok(signature.empreinte)
    }

    fn entrees(&self, empreinte: &String) -> Vec<Entree> {
        vec![
            Entree::new("signature", "convention", self.convention, self.recu_le.0)
                .par(self.par.compte)
                .motif(Cote::Tresor.code())
                .engageant(empreinte),
        ]
    }
}

impl Valider {
    /// From this day on it is a past aid: no other for five years (E3, P-12).
    async fn record_aide(&self, tx: &mut Tx, inscrite: &Inscrite) -> Result<(), Panne> {
        let contenu = dossiers::contenu(tx, inscrite.convention.dossier).await?;
        // The record's number first; the dossier may know it where the record does not.
        let connus = [inscrite.siret.as_deref(), Some(contenu.siret())];
        let siret = connus
            .into_iter()
            .flatten()
            .find_map(|siret| siret.parse::<Siret>().ok());
        let siren = siret.map(|siret| siret.siren());
        let aide = AideVersee {
            pole: inscrite.pole,
            siren: siren.as_ref().map(Siren::as_str),
            campagne: &inscrite.campagne,
            montant: inscrite.convention.montant,
        };
        poles::record_aide(tx, &aide, self.recu_le.0).await
    }
}

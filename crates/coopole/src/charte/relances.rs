//! Reminding by batch: who relays the Charter where, the list, the mail each
//! one gets, and the acts that send it or ask for no more.
//!
//! A batch is one act: its mails are written in its transaction, all or none,
//! and leave by jobs, each if it is still wanted when its turn comes. Nothing is
//! ever sent by itself.

use std::collections::BTreeSet;

use jiff::Timestamp;
use metier::{
    charte::{Charte, Cible, Envoi, RefusRelance, Version},
    commun::{Raison, Refus, Region, temps, typographie},
    instruction::cellule_competente,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    store::{self, Attendu, Lit, Lot, Responsable, Vue},
    texte::en_hexadecimal,
};
use crate::{
    app::App,
    instruction,
    socle::{
        acte::Acte,
        alea,
        courriels::{self, Courriel},
        db::{Lecture, Tx},
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        journal::Entree,
        taches::Tache,
    },
    urls,
};

/// Whether this person relays the Charter there: its keeper everywhere, the
/// cell for its region or for one it stands in for.
pub async fn exiger_le_relais(
    base: &mut Lecture,
    personne: &Personne,
    region: Option<Region>,
) -> Result<(), Panne> {
    if personne.peut(Droit::RelayerCharte, Perimetre::National) {
        return Ok(());
    }
    let region = region.ok_or(Panne::Introuvable)?;
    let cellules = instruction::cellules(base).await?;
    let competente = cellule_competente(region, &cellules).instance();
    personne.exiger(Droit::RelayerCharte, instruction::perimetre(competente))
}

/// The version that one asks to sign, under the name that counts: its own, or
/// that of the version it stands for in a demonstration.
pub fn demandee(charte: &Charte) -> Option<(&Version, &str)> {
    let version = charte.a_signer()?;
    Some((version, version.vaut.as_deref().unwrap_or(&version.code)))
}

/// A pole that has something to sign: a laureate of which no signature is known,
/// or a signatory of another version than the one to sign.
pub struct ASigner {
    pub pole: Uuid,
    pub nom: String,
    /// It signed another version.
    pub a_nouveau: bool,
    /// Title of the version to sign.
    pub titre: String,
}

/// What the poles this person signs for have to sign (dispositif, § 8.1). One
/// that withdrew its signature gave its answer.
pub async fn a_signer(base: &mut Lecture, personne: &Personne) -> Result<Vec<ASigner>, Panne> {
    let mut a_signer = Vec::new();
    let poles: BTreeSet<Uuid> = personne
        .perimetres(Droit::SignerCharte)
        .filter_map(|lieu| match lieu {
            Perimetre::Pole(pole) => Some(pole),
            _ => None,
        })
        .collect();
    if poles.is_empty() {
        return Ok(a_signer);
    }
    let charte = store::lire(base).await?;
    let Some((version, compte)) = demandee(&charte) else {
        return Ok(a_signer);
    };
    for pole in poles {
        if let Some((nom, a_nouveau)) = store::a_signer(base, pole, compte).await? {
            a_signer.push(ASigner {
                pole,
                nom,
                a_nouveau,
                titre: version.titre.clone(),
            });
        }
    }
    Ok(a_signer)
}

/// Those of that kind who are expected to sign.
pub async fn attendus(
    base: &mut Lecture,
    charte: &Charte,
    quels: Quels,
    (lit, le): (Lit<'_>, Timestamp),
) -> Result<Vec<Attendu>, Panne> {
    match quels.vue(charte, le) {
        Some(vue) => store::attendus(base, quels.cible, vue, lit).await,
        None => Ok(Vec::new()),
    }
}

/// How many they are.
pub async fn combien_d_attendus(
    base: &mut Lecture,
    charte: &Charte,
    quels: Quels,
    le: Timestamp,
) -> Result<u64, Panne> {
    match quels.vue(charte, le) {
        Some(vue) => store::compter_les_attendus(base, quels.cible, vue).await,
        None => Ok(0),
    }
}

/// Whom one asks about.
#[derive(Debug, Clone, Copy)]
pub struct Quels {
    pub cible: Cible,
    pub region: Option<Region>,
    /// In an invented world, real poles are left alone.
    pub demonstration: bool,
}

impl Quels {
    /// What is asked of the register, if a version is to be signed.
    fn vue<'c>(&self, charte: &'c Charte, le: Timestamp) -> Option<Vue<'c>> {
        let (_, version) = demandee(charte)?;
        Some(Vue {
            region: self.region,
            demonstration: self.demonstration,
            version,
            le,
        })
    }
}

/// Those who will be written to, with whom.
pub fn destinataires(
    attendus: &[Attendu],
    le: Timestamp,
) -> impl Iterator<Item = (&Attendu, &Responsable)> {
    attendus
        .iter()
        .filter_map(move |attendu| Some((attendu, attendu.destinataire(le).ok()?)))
}

/// The fingerprint of a list: which pole, to whom, for which version.
pub fn empreinte(version: &str, attendus: &[Attendu], le: Timestamp) -> String {
    let mut hache = Sha256::new();
    hache.update(version);
    for (attendu, qui) in destinataires(attendus, le) {
        hache.update(attendu.pole.as_bytes());
        hache.update(qui.compte.as_bytes());
    }
    en_hexadecimal(&hache.finalize())
}

/// What a mail says that is the same for the whole batch.
#[derive(Debug, Clone, Copy)]
pub struct Modele<'a> {
    pub cible: Cible,
    /// The region whose cell writes; none: the keeper does.
    pub region: Option<Region>,
    /// Title of the version to sign.
    pub titre: &'a str,
    /// The word that was added.
    pub mot: &'a str,
    /// Where links lead: `COOPOLE_URL`.
    pub url: &'a str,
}

impl Modele<'_> {
    /// The mail of one pole; `jeton` is the secret of the link by which its
    /// reader objects.
    pub fn courriel(&self, attendu: &Attendu, a: &Responsable, jeton: &str) -> Courriel {
        let pourquoi = match (&attendu.signee, self.cible) {
            (Some((ancienne, le)), Cible::Anciens) => format!(
                "Le pôle « {} » a signé « {ancienne} » le {}. Une autre version, « {} », se signe \
                 à son tour. La signature précédente reste, avec sa date.",
                attendu.nom,
                temps::jour_long(*le),
                self.titre
            ),
            _ => format!(
                "Le pôle « {} » est lauréat de l’appel d’accompagnement, et n’a pas signé la \
                 Charte des PTCE.",
                attendu.nom
            ),
        };
        let qui = match self.region {
            None => "par le gardien de la Charte".to_owned(),
            Some(region) => format!("par la cellule {}, qui relaie la Charte", region.nom()),
        };
        let mot = match self.mot {
            "" => String::new(),
            mot => format!("{}\n\n", typographie(mot)),
        };
        let texte = format!(
            "Bonjour,\n\n{}\n\n{mot}{}\n{}{}\n\n{}\n{}{}\n",
            typographie(&pourquoi),
            typographie("Le texte se lit, puis se signe au nom du pôle, à cette adresse :"),
            self.url,
            urls::signer_au_nom(attendu.pole),
            typographie(&format!(
                "Ce rappel vous est écrit {qui}, parce que vous répondez du pôle. Pour ne plus en \
                 recevoir, sans vous connecter :"
            )),
            self.url,
            urls::opposition(jeton)
        );
        Courriel {
            genre: courriels::RELANCE,
            a: a.courriel.clone(),
            objet: typographie(&format!("Charte des PTCE : {}", attendu.nom)),
            texte,
        }
    }
}

/// Sends a batch: `POST /charte/relances`.
pub struct Relancer {
    pub par: Personne,
    /// Its identifier, drawn with the page that was read: a second press finds
    /// the same one.
    pub lot: Uuid,
    pub quels: Quels,
    pub mot: String,
    /// The word that stood in the mail that was read.
    pub mot_lu: String,
    /// The fingerprint of the list that was read.
    pub lue: String,
    pub url: String,
    pub recu_le: RecuLe,
}

/// A batch that left.
pub struct Partie {
    /// What the journal binds: who was written to, and the word.
    engage: String,
}

impl Acte for Relancer {
    type Fait = Partie;
    type Refus = RefusRelance;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Partie, Echec<RefusRelance>> {
        let (quels, le) = (self.quels, self.recu_le.0);
        exiger_le_relais(tx, &self.par, quels.region).await?;
        let ouverte = store::lire(tx).await?.a_signer().map(|v| v.code.clone());
        // Taken first: two presses, two people and the signatures follow each other.
        if let Some(version) = &ouverte {
            store::prendre(tx, version).await?;
        }
        let charte = store::lire(tx).await?;
        let (code, titre) = demandee(&charte).map_or(("", ""), |(v, _)| (&v.code, &v.titre));
        let attendus = attendus(tx, &charte, quels, (Lit::Lot, le)).await?;
        charte
            .relancer(Envoi {
                lue: &self.lue,
                actuelle: &empreinte(code, &attendus, le),
                destinataires: destinataires(&attendus, le).count(),
                mot: &self.mot,
                mot_lu: &self.mot_lu,
                partie: store::est_partie(tx, self.lot).await?,
            })
            .refuse()?;
        let lot = Lot {
            id: self.lot,
            cible: quels.cible,
            version: code,
            region: quels.region,
            mot: &self.mot,
            par: self.par.compte,
            le,
        };
        store::record_lot(tx, &lot).await?;
        let modele = Modele {
            cible: quels.cible,
            region: quels.region,
            titre,
            mot: &self.mot,
            url: &self.url,
        };
        let mut engage = format!("{}\n", self.mot);
        for (attendu, qui) in destinataires(&attendus, le) {
            let jeton = alea::jeton();
            let courriel = modele.courriel(attendu, qui, &jeton);
            let courriel = courriels::enqueue(tx, &courriel, le).await?;
            store::record_relance(tx, lot.id, attendu.pole, (qui.compte, courriel), &jeton).await?;
            engage.push_str(&format!("{} {}\n", attendu.pole, qui.compte));
        }
        Ok(Partie { engage })
    }

    fn entrees(&self, fait: &Partie) -> Vec<Entree> {
        vec![
            Entree::new("relance", "lot_de_relance", self.lot, self.recu_le.0)
                .par(self.par.compte)
                .motif(self.quels.cible.code())
                .engageant(fait.engage.as_str()),
        ]
    }
}

/// The job of a mail: a reminder whose reader objected since, or whose pole
/// signed since, is not sent. Says whether it was held back.
pub async fn retenir_le_rappel(app: &App, tache: &Tache) -> Result<bool, Panne> {
    let courriel = tache.objet;
    let retenue = store::a_retenir(&mut app.db.lecture().await?, courriel).await?;
    let Some(retenue) = retenue else {
        return Ok(false);
    };
    let mut tx = app.db.begin().await?;
    store::record_retenue(&mut tx, courriel, retenue).await?;
    tache.achever(&mut tx).await?;
    tx.commit().await?;
    Ok(true)
}

/// Asks for no reminder, or for them again: `POST /charte/oppositions/{jeton}`.
/// The link of the mail is enough: it was written to that address alone, and
/// the act is its account's.
pub struct Opposer {
    pub jeton: String,
    pub plus_de_rappels: bool,
    pub recu_le: RecuLe,
}

/// Why nothing changed.
pub enum RefusOpposition {
    /// It is so already: the page says it.
    DejaAinsi,
}

impl Refus for RefusOpposition {
    fn raisons(&self) -> Vec<Raison> {
        let Self::DejaAinsi = self;
        let phrase = "C’était déjà votre choix : rien n’a changé.";
        vec![Raison::new("opposition_deja_ainsi", phrase)]
    }
}

impl Acte for Opposer {
    /// The account it is about.
    type Fait = Uuid;
    type Refus = RefusOpposition;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Uuid, Echec<RefusOpposition>> {
        let compte = store::lien(tx, &self.jeton).await?.compte;
        store::prendre_le_compte(tx, compte).await?;
        let oppose = store::lien(tx, &self.jeton).await?.oppose_le.is_some();
        if oppose == self.plus_de_rappels {
            return Err(Echec::Refus(RefusOpposition::DejaAinsi));
        }
        match self.plus_de_rappels {
            true => store::record_opposition(tx, compte, self.recu_le.0).await?,
            false => store::record_levee(tx, compte, self.recu_le.0).await?,
        }
        Ok(compte)
    }

    fn entrees(&self, compte: &Uuid) -> Vec<Entree> {
        let acte = if self.plus_de_rappels {
            "opposition"
        } else {
            "levee"
        };
        vec![Entree::new(acte, "compte", *compte, self.recu_le.0).par(*compte)]
    }
}

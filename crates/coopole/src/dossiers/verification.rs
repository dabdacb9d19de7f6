//! Judging what somebody brings back, a receipt or the certificate of a
//! signature of the Charter, or the proof of either, beside what was recorded
//! here. What differs is named; nothing of the dossier and no person is told,
//! and nothing of the file is kept.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    depot::ACCUSE,
    store::{self, LigneDepot},
};
use crate::{
    app::App,
    charte::{self, SignatureLue},
    socle::{
        db::Lecture,
        erreurs::Panne,
        journal::preuve::{self, Partie, Preuve},
        papier::{self, Papier},
    },
};

/// What was delivered here under a code.
pub enum Delivre {
    Depot(LigneDepot),
    Signature(Box<SignatureLue>),
}

impl Delivre {
    pub async fn du_code(base: &mut Lecture, code: &str) -> Result<Option<Self>, Panne> {
        if let Some(depot) = store::find_depot_par_code(base, code).await? {
            return Ok(Some(Self::Depot(depot)));
        }
        // What its keeper has not confirmed is not told to anybody.
        let signature = charte::du_code(base, code).await?.filter(|lue| lue.publiee);
        Ok(signature.map(Box::new).map(Self::Signature))
    }

    /// What an entry of the journal is about, if it is one of ours: no other
    /// act is proved to whoever asks.
    async fn du_sujet(base: &mut Lecture, sujet: (&str, Uuid)) -> Result<Option<Self>, Panne> {
        Ok(match sujet {
            ("depot", dossier) => store::find_depot(base, dossier).await?.map(Self::Depot),
            ("signature", id) => match charte::find(base, id).await {
                Ok(lue) if lue.publiee => Some(Self::Signature(Box::new(lue))),
                Ok(_) | Err(Panne::Introuvable) => None,
                Err(panne) => return Err(panne),
            },
            _ => None,
        })
    }

    pub fn code(&self) -> &str {
        match self {
            Self::Depot(depot) => &depot.code,
            Self::Signature(lue) => lue.preuve.as_ref().map_or("", |preuve| &preuve.code),
        }
    }

    /// The paper that bears the code, once printed.
    async fn papier(&self, base: &mut Lecture) -> Result<Option<Papier>, Panne> {
        match self {
            Self::Depot(depot) => papier::find(base, depot.dossier, ACCUSE).await,
            Self::Signature(lue) => papier::find(base, lue.id, charte::CERTIFICAT).await,
        }
    }

    /// The proof that it is in the journal, once sealed.
    pub async fn au_journal(&self, app: &App, base: &mut Lecture) -> Result<Option<Preuve>, Panne> {
        let entree = match self {
            Self::Depot(depot) => depot.entree,
            Self::Signature(lue) => Some(charte::inscription(base, lue.id).await?),
        };
        match entree {
            Some(entree) => preuve::preuve(base, &app.cle, entree).await,
            None => Ok(None),
        }
    }
}

/// What the comparison shows.
pub enum Constat {
    /// Neither a PDF nor a proof.
    Illisible,
    /// A paper is found by its code, and none was given.
    SansCode,
    /// No paper bears this code.
    CodeInconnu,
    /// The paper of this code is not printed yet.
    PasEncoreImprime,
    /// These bytes are not those of the paper of this code.
    AutresOctets { delivre: Delivre, garde: Vec<u8> },
    /// True, but of another act than the one of this code.
    AutreCode,
    /// The paper delivered here, to the byte.
    Papier(Delivre),
    /// A proof that agrees with the journal in all its parts.
    Preuve(Delivre),
    /// A proof of another journal, by its key.
    PreuveDAilleurs,
    /// A proof that was changed: where, and which lines of its text.
    PreuveChangee {
        parties: Vec<Partie>,
        lignes: Vec<String>,
    },
    /// Signed here, and yet the journal says otherwise: it was tampered with.
    JournalChange(Vec<Partie>),
}

/// Compares the file with what is recorded; `code` may be blank.
pub async fn confronter(app: &App, fichier: &[u8], code: &str) -> Result<Constat, Panne> {
    let mut base = app.db.lecture().await?;
    if fichier.starts_with(b"%PDF") {
        return comparer(&mut base, fichier, code).await;
    }
    let json = std::str::from_utf8(fichier).ok();
    match json.and_then(|json| Preuve::lire(json).ok()) {
        Some(lue) => prouver(app, &mut base, &lue, code).await,
        None => Ok(Constat::Illisible),
    }
}

async fn comparer(base: &mut Lecture, fichier: &[u8], code: &str) -> Result<Constat, Panne> {
    if code.is_empty() {
        return Ok(Constat::SansCode);
    }
    let Some(delivre) = Delivre::du_code(base, code).await? else {
        return Ok(Constat::CodeInconnu);
    };
    Ok(match delivre.papier(base).await? {
        None => Constat::PasEncoreImprime,
        Some(papier) if Sha256::digest(fichier).as_slice() == papier.empreinte => {
            Constat::Papier(delivre)
        }
        Some(papier) => Constat::AutresOctets {
            delivre,
            garde: papier.empreinte,
        },
    })
}

async fn prouver(
    app: &App,
    base: &mut Lecture,
    lue: &Preuve,
    code: &str,
) -> Result<Constat, Panne> {
    let signee_ici = lue.tient_sous(&app.cle);
    let Some((vraie, delivre)) = inscrit(app, base, lue).await? else {
        let parties = vec![Partie::Inscription];
        return Ok(match (signee_ici, lue.est_de(&app.cle)) {
            (true, _) => Constat::JournalChange(parties),
            (false, true) => Constat::PreuveChangee {
                parties,
                lignes: Vec::new(),
            },
            (false, false) => Constat::PreuveDAilleurs,
        });
    };
    let mut parties = lue.ecarts(&vraie);
    // The facts of a signature name a person: they are compared with nothing,
    // and no line of theirs is told right or wrong to whoever guesses.
    let faits = match &delivre {
        Delivre::Depot(depot) => depot.faits.as_str(),
        Delivre::Signature(_) => "",
    };
    let texte = lue.texte().filter(|_| !faits.is_empty()).unwrap_or(faits);
    // Bound by the entry, and yet not what is kept beside it.
    if parties.is_empty() && texte != faits {
        parties.push(Partie::Texte);
    }
    Ok(match (parties.is_empty(), signee_ici) {
        (true, _) if !code.is_empty() && code != delivre.code() => Constat::AutreCode,
        (true, _) => Constat::Preuve(delivre),
        (false, true) => Constat::JournalChange(parties),
        (false, false) => Constat::PreuveChangee {
            lignes: lignes_changees(texte, faits),
            parties,
        },
    })
}

/// The proof the journal gives of the same entry, if it is that of something
/// delivered here.
async fn inscrit(
    app: &App,
    base: &mut Lecture,
    lue: &Preuve,
) -> Result<Option<(Preuve, Delivre)>, Panne> {
    let Some(vraie) = preuve::preuve(base, &app.cle, lue.entree()).await? else {
        return Ok(None);
    };
    let delivre = Delivre::du_sujet(base, vraie.sujet()).await?;
    Ok(delivre.map(|delivre| (vraie, delivre)))
}

/// The labels of the lines that one text has and the other has not.
fn lignes_changees(lu: &str, inscrit: &str) -> Vec<String> {
    let differe = |a: &str, b: &str| -> Vec<String> {
        let seules = a.lines().filter(|ligne| !b.lines().any(|l| l == *ligne));
        let libelle = |ligne: &str| ligne.split('=').next().unwrap_or_default().to_owned();
        seules.map(libelle).collect()
    };
    let mut libelles = differe(inscrit, lu);
    libelles.extend(differe(lu, inscrit));
    let mut vus = std::collections::BTreeSet::new();
    libelles.retain(|libelle| vus.insert(libelle.clone()));
    libelles
}

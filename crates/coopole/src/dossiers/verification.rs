//! Judging what somebody brings back, a receipt or its proof, beside what was
//! recorded here. What differs is named; nothing of the dossier is told, and
//! nothing of the file is kept.

use sha2::{Digest, Sha256};

use super::{
    depot::ACCUSE,
    store::{self, LigneDepot},
};
use crate::{
    app::App,
    socle::{
        db::Lecture,
        erreurs::Panne,
        journal::preuve::{self, Partie, Preuve},
        papier,
    },
};

/// What the comparison shows.
pub enum Constat {
    /// Neither a PDF nor a proof.
    Illisible,
    /// A receipt is found by its code, and none was given.
    SansCode,
    /// No receipt bears this code.
    CodeInconnu,
    /// The receipt of this code is not printed yet.
    PasEncoreImprime,
    /// These bytes are not those of the receipt of this code.
    AutresOctets { depot: LigneDepot, garde: Vec<u8> },
    /// True, but of another filing than the one of this code.
    AutreCode,
    /// The receipt delivered here, to the byte.
    Accuse(LigneDepot),
    /// A proof that agrees with the journal in all its parts.
    Preuve(LigneDepot),
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
        return accuse(&mut base, fichier, code).await;
    }
    let json = std::str::from_utf8(fichier).ok();
    match json.and_then(|json| Preuve::lire(json).ok()) {
        Some(lue) => prouver(app, &mut base, &lue, code).await,
        None => Ok(Constat::Illisible),
    }
}

async fn accuse(base: &mut Lecture, fichier: &[u8], code: &str) -> Result<Constat, Panne> {
    if code.is_empty() {
        return Ok(Constat::SansCode);
    }
    let Some(depot) = store::find_depot_par_code(base, code).await? else {
        return Ok(Constat::CodeInconnu);
    };
    let imprime = papier::find(base, depot.dossier, ACCUSE).await?;
    Ok(match imprime {
        None => Constat::PasEncoreImprime,
        Some(papier) if Sha256::digest(fichier).as_slice() == papier.empreinte => {
            Constat::Accuse(depot)
        }
        Some(papier) => Constat::AutresOctets {
            depot,
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
    let Some((vraie, depot)) = inscrit(app, base, lue).await? else {
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
    let texte = lue.texte().unwrap_or(&depot.faits);
    // Bound by the entry, and yet not what is kept beside it.
    if parties.is_empty() && texte != depot.faits {
        parties.push(Partie::Texte);
    }
    Ok(match (parties.is_empty(), signee_ici) {
        (true, _) if !code.is_empty() && code != depot.code => Constat::AutreCode,
        (true, _) => Constat::Preuve(depot),
        (false, true) => Constat::JournalChange(parties),
        (false, false) => Constat::PreuveChangee {
            lignes: lignes_changees(texte, &depot.faits),
            parties,
        },
    })
}

/// The proof the journal gives of the same entry, if it is that of a filing: no
/// other act is proved to whoever asks.
async fn inscrit(
    app: &App,
    base: &mut Lecture,
    lue: &Preuve,
) -> Result<Option<(Preuve, LigneDepot)>, Panne> {
    let Some(vraie) = preuve::preuve(base, &app.cle, lue.entree()).await? else {
        return Ok(None);
    };
    let depot = match vraie.sujet() {
        ("depot", dossier) => store::find_depot(base, dossier).await?,
        _ => None,
    };
    Ok(depot.map(|depot| (vraie, depot)))
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

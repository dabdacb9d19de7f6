//! A list brought in: kept under a name of ours, its source and its day said,
//! its reading left to a job; what somebody says of an ambiguous line; and what
//! they ask to be done of it all. Nothing here touches the register.

use axum::{
    extract::{Multipart, multipart::MultipartError},
    http::StatusCode,
};
use futures_util::StreamExt;
use jiff::{Timestamp, civil::Date};
use metier::{
    commun::temps,
    poles::import::{
        EtatImport, RefusImport, SortLigne, peut_annuler, peut_appliquer, peut_relire,
        source_lisible,
    },
};
use uuid::Uuid;

use super::{
    ecriture::ECRITURE,
    fichier::POIDS_AU_PLUS,
    lecture::{LECTURE, comparer, creer},
    store::{self, Apportee},
};
use crate::{
    app::App,
    poles::lot,
    socle::{
        alea,
        droits::Personne,
        erreurs::Panne,
        fichiers::{self, Recu, nom_propre},
        taches,
    },
};

/// What came with the file, as typed.
#[derive(Default)]
pub struct Saisi {
    pub source: String,
    pub du: String,
}

/// The name of the file and what is known of it, once kept; too heavy, nothing
/// is kept.
enum Fichier {
    Absent,
    Garde(String, Recu),
    TropLourd,
}

async fn lire_l_envoi(
    app: &App,
    id: Uuid,
    mut corps: Multipart,
) -> Result<(Saisi, Fichier), Panne> {
    let (mut saisi, mut fichier) = (Saisi::default(), Fichier::Absent);
    while let Some(champ) = corps.next_field().await.map_err(coupe)? {
        match champ.name() {
            Some("source") => saisi.source = champ.text().await.map_err(coupe)?,
            Some("du") => saisi.du = champ.text().await.map_err(coupe)?,
            Some("fichier") if matches!(fichier, Fichier::Absent) => {
                let nom = nom_propre(champ.file_name().unwrap_or_default());
                let flux = champ.map(|morceau| morceau.map_err(coupe));
                let garde = app.fichiers.deposer(id, Box::pin(flux), POIDS_AU_PLUS);
                match garde.await {
                    Ok(recu) => fichier = Fichier::Garde(nom, recu),
                    // The rest of it is read by nobody.
                    Err(Panne::TropGros) => return Ok((saisi, Fichier::TropLourd)),
                    Err(panne) => return Err(panne),
                }
            }
            _ => {}
        }
    }
    Ok((saisi, fichier))
}

/// Receives the form: the import that begins, or what it lacks.
pub async fn recevoir(
    app: &App,
    par: &Personne,
    le: Timestamp,
    corps: Multipart,
) -> Result<Result<Uuid, (Saisi, RefusImport)>, Panne> {
    let id = alea::id();
    let (saisi, fichier) = match lire_l_envoi(app, id, corps).await {
        Ok(lu) => lu,
        Err(panne) => {
            app.fichiers.oter(id).await?;
            return Err(panne);
        }
    };
    let recu = match fichier {
        Fichier::Garde(nom, recu) => Some((nom, recu)),
        Fichier::Absent => None,
        Fichier::TropLourd => {
            let au_plus = POIDS_AU_PLUS;
            return Ok(Err((saisi, RefusImport::TropLourd { au_plus })));
        }
    };
    let du = saisi.du.trim().parse::<Date>().ok();
    let du = du.filter(|du| *du <= temps::jour_de(le));
    let source = source_lisible(&saisi.source);
    match (recu, du, source) {
        (Some((nom, recu)), Some(du), true) if recu.poids > 0 => {
            let liste = Apportee {
                id,
                nom,
                recu,
                source: saisi.source.trim().to_owned(),
                du,
                par: par.compte,
                le,
            };
            inscrire(app, &liste).await.map(|()| Ok(id))
        }
        (recu, du, source) => {
            app.fichiers.oter(id).await?;
            let fichier = match recu {
                Some((_, recu)) if recu.poids > 0 => {
                    // A browser never sends a file again by itself.
                    Some("Choisissez de nouveau le fichier : il n’a pas été gardé.")
                }
                _ => Some("Choisissez le fichier de la liste."),
            };
            let refus = RefusImport::Incomplet {
                fichier,
                source: !source,
                date: du.is_none(),
            };
            Ok(Err((saisi, refus)))
        }
    }
}

async fn inscrire(app: &App, liste: &Apportee) -> Result<(), Panne> {
    let mut tx = app.db.begin().await?;
    let inscrit = async {
        store::record_import(&mut tx, liste).await?;
        taches::enqueue(&mut tx, LECTURE, liste.id, liste.le).await
    };
    let inscrit = inscrit.await.map(|()| Some(tx));
    fichiers::retenir(&*app.fichiers, liste.id, inscrit).await?;
    app.reveil.notify_waiters();
    Ok(())
}

fn coupe(cause: MultipartError) -> Panne {
    match cause.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Panne::TropGros,
        _ => Panne::Illisible(cause.body_text()),
    }
}

/// Reads the file again, in the register of now. What was chosen is forgotten.
pub async fn relire(app: &App, id: Uuid, le: Timestamp) -> Result<Result<(), RefusImport>, Panne> {
    let mut tx = app.db.begin().await?;
    let import = store::prendre(&mut tx, id).await?;
    if let Err(refus) = peut_relire(import.etat) {
        return Ok(Err(refus));
    }
    store::recommencer(&mut tx, id).await?;
    taches::enqueue(&mut tx, LECTURE, id, le).await?;
    tx.commit().await?;
    app.reveil.notify_waiters();
    Ok(Ok(()))
}

/// Asks a job to apply the import (`EnApplication`), or to put it back.
pub async fn ordonner(
    app: &App,
    id: Uuid,
    voulu: EtatImport,
    (par, le): (&Personne, Timestamp),
) -> Result<Result<(), RefusImport>, Panne> {
    let mut tx = app.db.begin().await?;
    let import = store::prendre(&mut tx, id).await?;
    let permis = match voulu {
        EtatImport::EnApplication => {
            let comptes = store::compter(&mut tx, id).await?;
            let a_ecrire = comptes.iter().filter(|(sort, _)| sort.s_applique());
            let a_ecrire = a_ecrire.map(|(_, combien)| combien).sum();
            peut_appliquer(import.etat, a_ecrire)
        }
        _ => peut_annuler(import.etat),
    };
    if let Err(refus) = permis {
        return Ok(Err(refus));
    }
    store::ordonner(&mut tx, id, voulu, (par.compte, le)).await?;
    taches::enqueue(&mut tx, ECRITURE, id, le).await?;
    tx.commit().await?;
    app.reveil.notify_waiters();
    Ok(Ok(()))
}

/// The word that makes a record of its own of an ambiguous line.
pub const CREER: &str = "creer";

/// Says of which record an ambiguous line speaks, or that it makes one.
pub async fn choisir(
    app: &App,
    id: Uuid,
    numero: i64,
    choix: &str,
) -> Result<Result<(), RefusImport>, Panne> {
    let mut tx = app.db.begin().await?;
    let import = store::prendre(&mut tx, id).await?;
    if import.etat != EtatImport::ALire {
        return Ok(Err(RefusImport::PasLa(import.etat)));
    }
    let mut ligne = store::find_ligne(&mut tx, id, numero).await?;
    if ligne.candidates.is_empty() {
        return Err(Panne::Introuvable);
    }
    ligne.fautes.clear();
    let pole = choix.parse::<Uuid>().ok();
    match pole.filter(|pole| ligne.candidates.contains(pole)) {
        Some(pole) => {
            let fiches = lot::fiches(&mut tx, &[pole].into()).await?;
            let fiche = fiches.get(&pole).filter(|f| f.fusionne_dans.is_none());
            let Some(fiche) = fiche else {
                return Ok(Err(RefusImport::RegistreChange(vec![numero])));
            };
            if let Some(autre) = store::autre_ligne(&mut tx, id, pole, numero).await? {
                return Ok(Err(RefusImport::DejaParLaLigne(autre)));
            }
            comparer(&mut ligne, &fiche.etat, app.reglages.demonstration);
        }
        None if choix == CREER => creer(&mut ligne),
        None => return Ok(Err(RefusImport::ChoixAttendu)),
    }
    // Refused after all, it may still be said otherwise.
    ligne.choisie = ligne.sort != SortLigne::Refusee;
    store::update_choix(&mut tx, id, &ligne).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

//! The pieces: a file streamed in, checked by its content, handed over as a
//! download.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    extract::{Multipart, State, multipart::Field},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use futures_util::StreamExt;
use maud::Markup;
use metier::{
    campagnes::PieceDemandee,
    commun::{Raison, Refus},
    dossiers::{FichierRecu, LimitesPiece, RefusPiece, TypeFichier},
};
use uuid::Uuid;

use super::{ReponseJson, ferme};
use crate::{
    app::App,
    dossiers::{
        brouillon::{self, Sauvegarde},
        budgets,
        contenu::Piece,
        pages, pieces as fichiers, store, suivi,
        vue::Vue,
    },
    socle::{
        alea,
        droits::{Droit, Personne},
        erreurs::Panne,
        fichiers::nom_propre,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, veut_du_json},
    },
    urls,
};

/// The most a request with a file may weigh: over the limit of any piece, so
/// that a file too heavy gets a page rather than a cut connection.
pub const FICHIER_AU_PLUS: usize = 128_000_000;

/// `GET /dossiers/{id}/pieces`
pub async fn pieces(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let vue = Vue::charger(&app, &personne, id, le).await?;
    Ok(pages::pieces(&cadre, &vue, None))
}

/// `GET /dossiers/{id}/pieces/{piece}`: the file, for the team.
pub async fn piece(
    State(app): State<App>,
    personne: Personne,
    Chemin((id, piece)): Chemin<(Uuid, Uuid)>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    store::find_pour(&mut base, id, &personne, Droit::LireDossier).await?;
    drop(base);
    fichiers::servir(&app, id, piece).await
}

/// `GET /dossiers/{id}/budgets/{genre}`: a budget as a document, for the team.
pub async fn budget_imprime(
    State(app): State<App>,
    personne: Personne,
    Chemin((id, genre)): Chemin<(Uuid, String)>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    store::find_pour(&mut base, id, &personne, Droit::LireDossier).await?;
    drop(base);
    budgets::servir(&app, id, &genre).await
}

/// `POST /dossiers/{id}/pieces/{piece}`: a file for this piece of the call.
#[expect(clippy::too_many_arguments, reason = "one extractor each")]
pub async fn create_piece(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin((id, genre)): Chemin<(Uuid, String)>,
    entetes: HeaderMap,
    corps: Multipart,
) -> Result<Response, Panne> {
    let json = veut_du_json(&entetes);
    let vue = Vue::charger(&app, &personne, id, le).await?;
    personne.exiger(Droit::RemplirDossier, vue.dossier.perimetre())?;
    let campagne = vue.campagne.clone();
    let demandee = campagne
        .piece(&genre)
        .filter(|piece| piece.preuve.admet_un_fichier())
        .ok_or(Panne::Introuvable)?;
    if let Some(fermeture) = &vue.fermeture {
        return Ok(ferme(&cadre, &vue, "Pièces", &[fermeture.raison()], json));
    }
    let piece = match recevoir(&app, demandee, corps).await? {
        Ok(piece) => Piece {
            recue_le: le,
            ..piece
        },
        Err(refus) => return Ok(refuser(&cadre, &vue, &genre, &refus.raisons(), json)),
    };
    if let Sauvegarde::Fermee = brouillon::recevoir_piece(&app, &vue, &personne, &piece).await? {
        let vue = Vue::charger(&app, &personne, id, le).await?;
        let raisons: Vec<Raison> = vue.fermeture.iter().map(|f| f.raison()).collect();
        return Ok(ferme(&cadre, &vue, "Pièces", &raisons, json));
    }
    let adresse = format!("{}#piece-{genre}", urls::du_dossier(id, suivi::PIECES));
    if json {
        let reponse = ReponseJson {
            phrase: "Fichier reçu.".to_owned(),
            adresse: Some(adresse),
            ..ReponseJson::default()
        };
        return Ok(reponse.repondre(StatusCode::OK));
    }
    Ok(Redirect::to(&adresse).into_response())
}

/// `POST /dossiers/{id}/pieces/{piece}/retrait`: the file serves no more.
pub async fn delete_piece(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin((id, genre)): Chemin<(Uuid, String)>,
) -> Result<Response, Panne> {
    let vue = Vue::charger(&app, &personne, id, le).await?;
    personne.exiger(Droit::RemplirDossier, vue.dossier.perimetre())?;
    if let Some(fermeture) = &vue.fermeture {
        return Ok(ferme(&cadre, &vue, "Pièces", &[fermeture.raison()], false));
    }
    match brouillon::oter_piece(&app, &vue, &genre).await? {
        Sauvegarde::Faite(()) => {
            let adresse = format!("{}#piece-{genre}", urls::du_dossier(id, suivi::PIECES));
            Ok(Redirect::to(&adresse).into_response())
        }
        Sauvegarde::Fermee => Err(Panne::Conflit("the dossier changed state")),
    }
}

fn refuser(cadre: &Cadre, vue: &Vue, genre: &str, raisons: &[Raison], json: bool) -> Response {
    if json {
        let phrases: Vec<String> = raisons.iter().map(Raison::entiere).collect();
        let reponse = ReponseJson {
            phrase: "Le fichier n’est pas gardé.".to_owned(),
            erreurs: [(genre.to_owned(), phrases.join(" "))].into(),
            ..ReponseJson::default()
        };
        return reponse.repondre(StatusCode::UNPROCESSABLE_ENTITY);
    }
    reprise::page(pages::pieces(cadre, vue, Some((genre, raisons))))
}

/// What the call takes for this piece.
fn limites(demandee: &PieceDemandee) -> LimitesPiece {
    let types = demandee
        .formats
        .iter()
        .filter_map(|format| TypeFichier::par_code(format));
    LimitesPiece {
        octets_max: u64::from(demandee.poids_max_mo) * 1_000_000,
        types: types.collect(),
    }
}

/// Streams the file under a name of ours, then judges it by its content. What
/// is not taken leaves nothing behind.
async fn recevoir(
    app: &App,
    demandee: &PieceDemandee,
    mut corps: Multipart,
) -> Result<Result<Piece, RefusPiece>, Panne> {
    let limites = limites(demandee);
    while let Some(champ) = corps.next_field().await.map_err(coupe)? {
        if champ.name() != Some(demandee.code.as_str()) {
            continue;
        }
        let nom = nom_propre(champ.file_name().unwrap_or_default());
        let id = alea::id();
        let recu = match garder(app, id, champ, limites.octets_max).await? {
            Ok(recu) => recu,
            Err(poids) => {
                return Ok(Err(RefusPiece::NonConforme {
                    poids: Some((poids, limites.octets_max)),
                    types: None,
                    nom_trompeur: false,
                }));
            }
        };
        let verdict = limites.accepter(FichierRecu {
            nom: &nom,
            octets: recu.poids,
            contenu: fichiers::reconnaitre(&recu.debut),
        });
        return match verdict {
            Ok(genre) => Ok(Ok(Piece {
                id,
                genre: demandee.code.clone(),
                nom,
                type_media: fichiers::type_media(genre).to_owned(),
                poids: recu.poids,
                empreinte: recu.empreinte.to_vec(),
                recue_le: jiff::Timestamp::UNIX_EPOCH,
            })),
            Err(refus) => {
                app.fichiers.oter(id).await?;
                Ok(Err(refus))
            }
        };
    }
    Ok(Err(RefusPiece::Vide))
}

/// Keeps the stream; beyond the limit nothing stays, and the rest is read to
/// know how much it weighed.
async fn garder(
    app: &App,
    id: Uuid,
    champ: Field<'_>,
    limite: u64,
) -> Result<Result<crate::socle::fichiers::Recu, u64>, Panne> {
    let pese = Arc::new(AtomicU64::new(0));
    let mut flux = champ.map(|morceau| morceau.map_err(coupe));
    let compte = pese.clone();
    let ecrit = {
        let flux = Box::pin((&mut flux).inspect(move |morceau| {
            if let Ok(morceau) = morceau {
                compte.fetch_add(morceau.len() as u64, Ordering::Relaxed);
            }
        }));
        app.fichiers.deposer(id, flux, limite).await
    };
    match ecrit {
        Ok(recu) => Ok(Ok(recu)),
        Err(Panne::TropGros) if pese.load(Ordering::Relaxed) > limite => {
            let mut poids = pese.load(Ordering::Relaxed);
            while let Some(morceau) = flux.next().await {
                match morceau {
                    Ok(morceau) => poids += morceau.len() as u64,
                    Err(_) => break,
                }
            }
            Ok(Err(poids))
        }
        Err(panne) => Err(panne),
    }
}

/// The sender stopped, or sent what is no form.
pub(super) fn coupe(cause: axum::extract::multipart::MultipartError) -> Panne {
    match cause.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Panne::TropGros,
        _ => Panne::Illisible(cause.body_text()),
    }
}

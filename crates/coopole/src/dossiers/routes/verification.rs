//! The public verification of a receipt: by its code, or by the file itself.

use axum::{
    extract::{Multipart, State},
    response::{IntoResponse, Response},
};

use super::{pieces::coupe, preuve::du_depot};
use crate::{
    app::App,
    charte,
    dossiers::{
        pages::{self, Demande},
        relecture, store,
        verification::{self, Constat},
    },
    socle::{
        codes, db::Lecture, erreurs::Panne, mise_en_page::Cadre, reprise, requete::Parametres,
    },
    urls,
};

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub struct Code {
    pub(super) code: String,
}

/// `GET /verification?code=`: anyone may check a receipt; the code of a
/// signature of the Charter leads to its proof.
pub async fn verification_publique(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(demande): Parametres<Code>,
) -> Result<Response, Panne> {
    let code = codes::lire(&demande.code);
    let demande = Demande::new(&code);
    if code.is_empty() {
        return Ok(demande.montrer(&cadre, None).into_response());
    }
    let mut base = app.db.lecture().await?;
    let resultat = match store::find_depot_par_code(&mut base, &code).await? {
        Some(depot) => {
            let faits = faits(&app, &mut base, &depot).await?;
            pages::delivre_ici("cet accusé a bien été délivré ici.", &faits)
        }
        None => match charte::du_code(&mut base, &code).await? {
            Some(signature) => return Ok(reprise::vers(&urls::signature_de_la_charte(signature))),
            None => pages::code_inconnu(),
        },
    };
    Ok(demande.montrer(&cadre, Some(resultat)).into_response())
}

/// `POST /verification`: compares a file with what is recorded, and forgets it.
pub async fn create_verification(
    State(app): State<App>,
    cadre: Cadre,
    mut corps: Multipart,
) -> Result<Response, Panne> {
    let (mut code, mut fichier) = (String::new(), Vec::new());
    while let Some(champ) = corps.next_field().await.map_err(coupe)? {
        let nom = champ.name().unwrap_or_default().to_owned();
        let octets = champ.bytes().await.map_err(coupe)?;
        match nom.as_str() {
            "code" => code = codes::lire(&String::from_utf8_lossy(&octets)),
            "fichier" => fichier = octets.to_vec(),
            _ => {}
        }
    }
    let demande = Demande::new(&code);
    if fichier.is_empty() {
        return Ok(match code.is_empty() {
            true => reprise::page(demande.refuser(&cadre, pages::RIEN_A_VERIFIER)),
            false => reprise::vers(&urls::verification(&code)),
        });
    }
    // A signature is compared by eye, on its proof: its code leads there.
    if let Some(signature) = charte::du_code(&mut app.db.lecture().await?, &code).await? {
        return Ok(reprise::vers(&urls::signature_de_la_charte(signature)));
    }
    let constat = verification::confronter(&app, &fichier, &code).await?;
    let depot = match &constat {
        Constat::Illisible => {
            return Ok(reprise::page(demande.refuser(&cadre, pages::ILLISIBLE)));
        }
        Constat::SansCode => {
            return Ok(reprise::page(demande.refuser(&cadre, pages::SANS_CODE)));
        }
        Constat::Accuse(depot) | Constat::Preuve(depot) | Constat::AutresOctets { depot, .. } => {
            Some(depot)
        }
        _ => None,
    };
    let faits = match depot {
        Some(depot) => Some(faits(&app, &mut app.db.lecture().await?, depot).await?),
        None => None,
    };
    let resultat = pages::constat(&constat, faits.as_ref(), &fichier);
    Ok(demande.montrer(&cadre, Some(resultat)).into_response())
}

/// What may be told of a filing to who holds its receipt.
async fn faits(
    app: &App,
    base: &mut Lecture,
    depot: &store::LigneDepot,
) -> Result<pages::Delivre, Panne> {
    Ok(pages::Delivre {
        accuse: relecture::relire(&depot.faits)?,
        empreinte: depot.empreinte.clone(),
        code: depot.code.clone(),
        preuve: du_depot(app, base, depot).await?,
    })
}

//! The public verification of a receipt or of a signature of the Charter: by its
//! code, or by the file itself.

use axum::{
    extract::{Multipart, State},
    response::{IntoResponse, Response},
};

use super::pieces::coupe;
use crate::{
    app::App,
    charte,
    dossiers::{
        pages::{self, Demande, Montre, Quoi},
        relecture,
        verification::{self, Constat, Delivre},
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
    let resultat = match Delivre::du_code(&mut base, &code).await? {
        // All that may be told of a signature is on its proof.
        Some(Delivre::Signature(lue)) => {
            return Ok(reprise::vers(&urls::signature_de_la_charte(lue.id)));
        }
        Some(delivre) => {
            let montre = montre(&app, &mut base, &delivre).await?;
            pages::delivre_ici("cet accusé a bien été délivré ici.", &montre)
        }
        None => match charte::du_code(&mut base, &code).await? {
            Some(_) => pages::a_confirmer(),
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
    let constat = verification::confronter(&app, &fichier, &code).await?;
    let delivre = match &constat {
        Constat::Illisible => {
            return Ok(reprise::page(demande.refuser(&cadre, pages::ILLISIBLE)));
        }
        Constat::SansCode => {
            return Ok(reprise::page(demande.refuser(&cadre, pages::SANS_CODE)));
        }
        Constat::Papier(delivre)
        | Constat::Preuve(delivre)
        | Constat::AutresOctets { delivre, .. } => Some(delivre),
        _ => None,
    };
    let montre = match delivre {
        Some(delivre) => Some(montre(&app, &mut app.db.lecture().await?, delivre).await?),
        None => None,
    };
    let resultat = pages::constat(&constat, montre.as_ref(), &fichier);
    Ok(demande.montrer(&cadre, Some(resultat)).into_response())
}

/// What may be told of it to who holds its paper.
async fn montre(app: &App, base: &mut Lecture, delivre: &Delivre) -> Result<Montre, Panne> {
    Ok(Montre {
        preuve: delivre.au_journal(app, base).await?,
        code: delivre.code().to_owned(),
        quoi: match delivre {
            Delivre::Depot(depot) => Quoi::Accuse {
                accuse: Box::new(relecture::relire(&depot.faits)?),
                empreinte: depot.empreinte.clone(),
            },
            Delivre::Signature(lue) => Quoi::Signature(lue.clone()),
        },
    })
}

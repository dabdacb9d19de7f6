//! The versions of the Charter, for its keeper: a text is sent from the page or
//! from a file, read again as it will be signed, then poured in.

use axum::{
    extract::{
        Multipart, State,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::Markup;
use metier::{
    charte::{Charte, TEXTE_AU_PLUS},
    commun::{Raison, Refus},
};

use super::gestion::tient_la_charte;
use crate::{
    app::App,
    charte::{
        pages::{self, Relecture, VersionTenue},
        store, texte,
        versions::{self, Presenter, Publier, TexteEnvoye},
    },
    socle::{
        db::Lecture,
        droits::Personne,
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Saisie},
    },
    urls,
};

/// `GET /charte/gestion/versions`
pub async fn versions(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    tient_la_charte(&personne)?;
    let charte = store::lire(&mut app.db.lecture().await?).await?;
    Ok(pages::versions(&cadre, &charte))
}

/// `GET /charte/gestion/versions/{code}`: where its text is poured in.
pub async fn version(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Markup, Panne> {
    tient_la_charte(&personne)?;
    let vue = lire(&mut app.db.lecture().await?, &code).await?;
    Ok(pages::version(&cadre, &vue, None, &[]))
}

async fn lire(base: &mut Lecture, code: &str) -> Result<VersionTenue, Panne> {
    let charte = store::lire(base).await?;
    let version = charte
        .version(code)
        .filter(|version| version.vaut.is_none());
    Ok(VersionTenue {
        version: version.ok_or(Panne::Introuvable)?.clone(),
        texte: store::texte(base, code).await?,
        signatures: store::signatures_du_texte(base, code).await?,
    })
}

/// What a form with a text, or a file of it, sent.
#[derive(Default)]
struct Recu {
    saisie: versions::Saisie,
    envoye: TexteEnvoye,
    /// Why the file is not a text.
    illisible: Option<Raison>,
}

impl Recu {
    async fn lire(mut corps: Multipart) -> Result<Self, Panne> {
        let mut recu = Self::default();
        while let Some(champ) = corps.next_field().await.map_err(coupe)? {
            recu.prendre(champ).await?;
        }
        Ok(recu)
    }

    /// A file, when one is given, stands for the text of the page.
    async fn prendre(&mut self, champ: Field<'_>) -> Result<(), Panne> {
        let nom = champ.name().unwrap_or_default().to_owned();
        let octets = champ.bytes().await.map_err(coupe)?;
        if nom == "fichier" {
            match texte::lire_un_fichier(&octets) {
                _ if octets.is_empty() => {}
                _ if octets.len() > TEXTE_AU_PLUS => {
                    let phrase = format!("Ce fichier dépasse {} ko.", TEXTE_AU_PLUS / 1000);
                    self.illisible =
                        Some(Raison::new("fichier_trop_lourd", phrase).ancre("fichier"));
                }
                Ok(texte) => self.envoye.texte = texte,
                Err(phrase) => {
                    self.illisible =
                        Some(Raison::new("fichier_illisible", phrase).ancre("fichier"));
                }
            }
            return Ok(());
        }
        let valeur = String::from_utf8_lossy(&octets);
        match nom.as_str() {
            // Given before the file in the page: the file comes after it.
            "texte" => self.envoye.texte = valeur.into_owned(),
            "titre" => self.saisie.titre = valeur.trim().to_owned(),
            "code" => self.saisie.code = valeur.trim().to_owned(),
            "jour" => self.saisie.jour = valeur.trim().to_owned(),
            "occasion" => self.saisie.occasion = valeur.trim().to_owned(),
            _ => {}
        }
        Ok(())
    }
}

/// The sender stopped, or sent what is no form.
fn coupe(cause: MultipartError) -> Panne {
    match cause.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Panne::TropGros,
        _ => Panne::Illisible(cause.body_text()),
    }
}

/// What a text is compared with: what is there now, else the version before.
async fn avant(
    base: &mut Lecture,
    charte: &Charte,
    code: Option<&str>,
) -> Result<Option<(String, String)>, Panne> {
    let la = code.and_then(|code| charte.version(code));
    let comparee = la
        .filter(|version| version.texte.is_some())
        .or_else(|| charte.precedente(code));
    let Some(comparee) = comparee else {
        return Ok(None);
    };
    let texte = store::texte(base, &comparee.code).await?;
    Ok(texte.map(|texte| (comparee.titre.clone(), texte)))
}

/// `POST /charte/gestion/versions/{code}/apercu`: the text as it will be
/// signed. Nothing is kept.
pub async fn apercu(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    corps: Multipart,
) -> Result<Response, Panne> {
    tient_la_charte(&personne)?;
    let recu = Recu::lire(corps).await?;
    let mut base = app.db.lecture().await?;
    let vue = lire(&mut base, &code).await?;
    let net = recu.envoye.au_net().comme_relu();
    let raisons = match recu.illisible {
        Some(raison) => vec![raison],
        None => {
            let signatures = vue.signatures.unsigned_abs();
            let version = &vue.version;
            let issue = version.publier(net.recu(), signatures, personne.compte, recu_le.0);
            issue.map_or_else(|refus| refus.raisons(), |_| Vec::new())
        }
    };
    if !raisons.is_empty() {
        let page = pages::version(&cadre, &vue, Some(&recu.envoye.texte), &raisons);
        return Ok(reprise::page(page));
    }
    let charte = store::lire(&mut base).await?;
    let relecture = Relecture {
        avant: avant(&mut base, &charte, Some(&code)).await?,
        net,
    };
    Ok(pages::apercu(&cadre, &vue, &relecture).into_response())
}

/// `POST /charte/gestion/versions/{code}`: the text of that version is this one.
pub async fn create_publication(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(version): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    tient_la_charte(&par)?;
    let texte = saisie.texte("texte").to_owned();
    let acte = Publier {
        par,
        version: version.clone(),
        envoye: TexteEnvoye {
            texte: texte.clone(),
            relue: saisie.texte("relue").to_owned(),
        },
        recu_le,
    };
    app.repondre(
        acte,
        |_| urls::version_de_la_charte(&version),
        async |raisons| {
            let vue = lire(&mut app.db.lecture().await?, &version).await?;
            Ok(pages::version(&cadre, &vue, Some(&texte), &raisons))
        },
    )
    .await
}

/// `GET /charte/gestion/versions/nouvelle`
pub async fn nouvelle(cadre: Cadre, personne: Personne) -> Result<Markup, Panne> {
    tient_la_charte(&personne)?;
    let saisie = versions::Saisie::default();
    Ok(pages::nouvelle(&cadre, &saisie, "", &[]))
}

/// `POST /charte/gestion/versions/nouvelle`: the version as it will be
/// presented. Nothing is kept.
pub async fn apercu_de_la_nouvelle(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    recu_le: RecuLe,
    corps: Multipart,
) -> Result<Response, Panne> {
    tient_la_charte(&personne)?;
    let recu = Recu::lire(corps).await?;
    let mut base = app.db.lecture().await?;
    let charte = store::lire(&mut base).await?;
    let net = recu.envoye.au_net().comme_relu();
    let issue = charte.presenter(recu.saisie.presentation(&net), personne.compte, recu_le.0);
    let version = match (issue, recu.illisible) {
        (Ok((version, _)), None) => version,
        (issue, illisible) => {
            let mut raisons = issue.map_or_else(|refus| refus.raisons(), |_| Vec::new());
            if illisible.is_some() {
                // The text is missing because its file cannot be read: said once.
                raisons.retain(|raison| raison.ancre.as_deref() != Some("texte"));
            }
            raisons.extend(illisible);
            let texte = &recu.envoye.texte;
            return Ok(reprise::page(pages::nouvelle(
                &cadre,
                &recu.saisie,
                texte,
                &raisons,
            )));
        }
    };
    let relecture = Relecture {
        avant: avant(&mut base, &charte, None).await?,
        net,
    };
    let signataires = store::compter(&mut base).await?.poles;
    let vue = pages::APresenter {
        saisie: &recu.saisie,
        version: &version,
        relecture: &relecture,
        signataires,
    };
    Ok(pages::apercu_de_la_nouvelle(&cadre, &vue).into_response())
}

/// `POST /charte/gestion/versions`
pub async fn create_presentation(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    recue: Saisie,
) -> Result<Response, Panne> {
    tient_la_charte(&par)?;
    let texte = |nom| recue.texte(nom).to_owned();
    let saisie = versions::Saisie {
        titre: texte("titre"),
        code: texte("code"),
        jour: texte("jour"),
        occasion: texte("occasion"),
    };
    let acte = Presenter {
        par,
        saisie: saisie.clone(),
        envoye: TexteEnvoye {
            texte: texte("texte"),
            relue: texte("relue"),
        },
        recu_le,
    };
    app.repondre(
        acte,
        |fait| urls::version_de_la_charte(&fait.version.code),
        async |raisons| Ok(pages::nouvelle(&cadre, &saisie, &texte("texte"), &raisons)),
    )
    .await
}

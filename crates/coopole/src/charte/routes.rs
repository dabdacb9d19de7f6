//! The Charter over HTTP: what anyone reads, and the proof of a signature.

mod gestion;
mod relances;
mod seances;
mod signature;
mod versions;

pub use gestion::{create_confirmation, create_ecartement, ecartement, signatures};
pub use relances::{
    attendus, attendus_en_region, create_opposition, create_relance, lot, opposition, relance,
    relances_du_pole,
};
pub use seances::{
    create_cloture, create_seance, seance, seance_en_region, seance_projetee, seances,
};
pub use signature::{create_retrait, create_signature, retrait, signature};
pub use versions::{
    apercu, apercu_de_la_nouvelle, create_presentation, create_publication, nouvelle, version,
    versions,
};

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use maud::Markup;
use metier::charte::QualiteSignature;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    actes::peut_retirer,
    certificat::{self, CERTIFICAT},
    fichier, pages,
    store::{self, Cherche, SignatureLue},
};
use crate::{
    app::App,
    poles::{Jalon, cle_de_tri},
    socle::{
        db::Lecture,
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        feuilles::{Feuille, Vers, cote},
        journal,
        mise_en_page::Cadre,
        papier, qr,
        requete::{Chemin, Parametres},
        tableur,
    },
    urls,
};

/// Signatures shown at once, and poles expected to sign, batches, sittings.
const PAR_PAGE: usize = 50;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Choisie {
    version: String,
}

/// `GET /charte`
pub async fn charte(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(choisie): Parametres<Choisie>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let charte = store::lire(&mut base).await?;
    let montree = charte.version(&choisie.version).or(charte.a_signer());
    let montree = montree.or(charte.reference()).cloned();
    let texte = match &montree {
        Some(version) => store::texte(&mut base, &version.code).await?,
        None => None,
    };
    let vue = pages::Presentee {
        comptes: store::compter(&mut base).await?,
        campagnes: &app.campagnes,
        charte,
        montree,
        texte,
    };
    Ok(pages::charte(&cadre, &vue))
}

/// `GET /charte/versions/{code}/texte`: the very bytes a signature is about.
pub async fn texte(
    State(app): State<App>,
    Chemin(code): Chemin<String>,
) -> Result<Response, Panne> {
    let texte = store::texte(&mut app.db.lecture().await?, &code).await?;
    let entetes = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"charte-{code}.txt\""),
        ),
    ];
    Ok((entetes, texte.ok_or(Panne::Introuvable)?).into_response())
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Filtre {
    qualite: String,
    /// Part of a name.
    nom: String,
    apres: String,
    avant: String,
}

impl Filtre {
    /// The poles, unless the organisations are asked for.
    fn qualite(&self) -> QualiteSignature {
        QualiteSignature::par_code(&self.qualite).unwrap_or(QualiteSignature::Pole)
    }

    /// One page of the list at that address, with its neighbours.
    async fn feuillet(
        &self,
        base: &mut Lecture,
        liste: &'static str,
        toutes: bool,
    ) -> Result<pages::Feuillet, Panne> {
        let qualite = self.qualite();
        let nom = cle_de_tri(&self.nom);
        let cherche = Cherche {
            qualite,
            nom: &nom,
            toutes,
        };
        let cote = cote(&self.apres, &self.avant, Jalon::lire);
        let lues = store::lister(base, &cherche, &cote, PAR_PAGE as i64 + 1).await?;
        let voisine = |signature: &SignatureLue, vers: Vers| {
            let place = Jalon::new(signature.signee_le, signature.id).to_string();
            let champs = [
                ("qualite", qualite.code()),
                ("nom", &self.nom),
                (vers.champ(), &place),
            ];
            urls::avec(liste, &champs)
        };
        Ok(pages::Feuillet {
            signatures: Feuille::couper(lues, (&cote, PAR_PAGE), voisine),
            comptes: store::compter(base).await?,
            liste,
            qualite,
            nom: self.nom.clone(),
        })
    }
}

/// `GET /charte/signataires`
pub async fn signataires(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let feuillet = filtre.feuillet(&mut base, urls::SIGNATAIRES, false).await?;
    Ok(pages::signataires(&cadre, &feuillet))
}

/// `GET /charte/signataires.csv`: what the page lists, whole, in one file.
pub async fn signataires_en_csv(
    State(app): State<App>,
    cadre: Cadre,
    Parametres(filtre): Parametres<Filtre>,
) -> Result<Response, Panne> {
    let qualite = filtre.qualite();
    let mut base = app.db.lecture().await?;
    let lignes = fichier::lire(
        &mut base,
        (qualite, &filtre.nom),
        &app.reglages.url,
        cadre.maintenant,
    )
    .await?;
    let nom = match qualite {
        QualiteSignature::Pole => "charte-signataires",
        QualiteSignature::Soutien => "charte-soutiens",
    };
    Ok(tableur::telecharger(nom, &lignes))
}

/// `GET /charte/signatures/{id}`: anyone reads the proof; who signed finds
/// there the certificate and the way to withdraw it.
pub async fn preuve(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let lue = store::find(&mut base, id).await?;
    let est = |qui: fn(&Personne, &SignatureLue) -> bool| {
        cadre.personne.as_ref().is_some_and(|p| qui(p, &lue))
    };
    let droits = pages::Droits {
        a_soi: est(tient),
        retire: est(peut_retirer),
        garde: est(|p, _| p.peut(Droit::TenirCharte, Perimetre::National)),
    };
    if !lue.publiee && !droits.a_soi {
        return Err(Panne::Introuvable);
    }
    let (dessin, au_journal) = match &lue.preuve {
        Some(preuve) => {
            let adresse = format!("{}{}", app.reglages.url, urls::verification(&preuve.code));
            let entree = store::inscription(&mut base, id).await?;
            let au_journal = journal::preuve::preuve(&mut base, &app.cle, entree).await?;
            (Some(qr::dessiner(&adresse)?), au_journal)
        }
        None => (None, None),
    };
    Ok(pages::preuve(
        &cadre,
        &lue,
        droits,
        (dessin.as_deref(), au_journal.as_ref()),
    ))
}

/// Whether the certificate is this person's: the team of the pole, who signed
/// for an organisation, the keeper of the Charter.
fn tient(personne: &Personne, lue: &SignatureLue) -> bool {
    let de_l_equipe = lue
        .pole
        .is_some_and(|pole| personne.peut(Droit::LireDossier, Perimetre::Pole(pole)));
    de_l_equipe
        || peut_retirer(personne, lue)
        || personne.peut(Droit::TenirCharte, Perimetre::National)
}

/// `GET /charte/signatures/{id}/certificat`: names who signed; for the
/// signatory and the keeper alone.
pub async fn certificat(
    State(app): State<App>,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let lue = store::find(&mut app.db.lecture().await?, id).await?;
    // In support, there is none before the keeper confirmed it.
    let delivre = lue.publiee && tient(&personne, &lue);
    let preuve = lue.preuve.as_ref().filter(|_| delivre);
    let nom = match preuve {
        Some(preuve) => format!("certificat-charte-{}", preuve.code),
        None => return Err(Panne::Introuvable),
    };
    papier::telecharger(&app, (id, CERTIFICAT), &nom, certificat::document(&app, id)).await
}

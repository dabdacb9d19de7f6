//! The certificate on paper, made from the facts recorded with the signature.

use documents::{Certificat, Document, Verification};
use metier::{
    charte::QualiteSignature,
    commun::{temps, typographie},
};
use uuid::Uuid;

use super::store::{self, SignatureLue};
use crate::{
    app::App,
    socle::{erreurs::Panne, papier, qr, taches::Tache},
    urls,
};

/// The job that prints the certificate from its facts.
pub const CERTIFICAT: &str = "certificat";

/// The job: prints the certificate and keeps it.
pub async fn imprimer(app: &App, tache: &Tache) -> Result<(), Panne> {
    let document = document(app, tache.objet).await?;
    papier::imprimer_et_garder(app, tache, CERTIFICAT, document).await
}

/// Everything the paper says. A signature given before this house has none.
pub async fn document(app: &App, signature: Uuid) -> Result<Document, Panne> {
    let mut base = app.db.lecture().await?;
    let lue = store::find(&mut base, signature).await?;
    let inscription = store::inscription(&mut base, signature).await?;
    certificat(&app.reglages.url, &lue, inscription).map(Document::from)
}

fn certificat(url: &str, lue: &SignatureLue, inscription: Uuid) -> Result<Certificat, Panne> {
    let preuve = lue.preuve.as_ref().ok_or(Panne::Introuvable)?;
    let qualite = match lue.qualite {
        QualiteSignature::Pole => "au nom du pôle",
        QualiteSignature::Soutien => "en soutien aux pôles",
    };
    Ok(Certificat {
        signataire: lue.nom.clone(),
        qualite: qualite.to_owned(),
        version: typographie(&lue.titre),
        signee_le: typographie(&temps::instant_a_la_seconde(lue.signee_le)),
        etabli_le: lue.signee_le,
        personne: preuve.personne.clone(),
        fonction: preuve.fonction.clone(),
        mandat: preuve.mandat.libelle().to_owned(),
        reference: Some(preuve.reference.clone()).filter(|texte| !texte.is_empty()),
        seance: preuve.seance.as_ref().map(|s| typographie(&s.mots)),
        empreinte: preuve.texte.clone(),
        inscription: inscription.to_string(),
        code_qr: qr::dessiner(&format!("{url}{}", urls::verification(&preuve.code)))?,
        verification: Verification {
            adresse: format!("{url}{}", urls::VERIFICATION),
            code: preuve.code.clone(),
        },
    })
}

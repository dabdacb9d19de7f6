//! The certificate on paper, made from the facts recorded with the signature and
//! nothing else: printed today or in ten years, it says the same.

use documents::{Certificat, Document, Verification};
use metier::{
    charte::QualiteSignature,
    commun::{Siren, Siret, temps, typographie},
};
use uuid::Uuid;

use super::{
    preuve::Relus,
    store::{self, SignatureLue},
};
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
    let faits = &preuve.faits;
    let qualite = match lue.qualite {
        QualiteSignature::Pole => "au nom du pôle",
        QualiteSignature::Soutien => "en soutien aux pôles",
    };
    Ok(Certificat {
        signataire: faits.nom.clone(),
        engagee: engagee(faits),
        qualite: qualite.to_owned(),
        version: typographie(&lue.titre),
        signee_le: typographie(&temps::instant_a_la_seconde(faits.signee_le)),
        etabli_le: faits.signee_le,
        personne: faits.personne.clone(),
        fonction: faits.fonction.clone(),
        mandat: faits.mandat.libelle().to_owned(),
        reference: Some(faits.reference.clone()).filter(|texte| !texte.is_empty()),
        declarations: faits.engagements.clone(),
        seance: faits.seance.as_deref().map(typographie),
        empreinte: faits.texte.clone(),
        inscription: inscription.to_string(),
        code_qr: qr::dessiner(&format!("{url}{}", urls::verification(&preuve.code)))?,
        verification: Verification {
            adresse: format!("{url}{}", urls::VERIFICATION),
            code: preuve.code.clone(),
        },
    })
}

/// The legal person engaged, in words, when the facts say it.
pub fn engagee(faits: &Relus) -> Option<String> {
    let lisible = |numero: &str| match (numero.parse::<Siret>(), numero.parse::<Siren>()) {
        (Ok(siret), _) => siret.lisible(),
        (_, Ok(siren)) => siren.lisible(),
        _ => numero.to_owned(),
    };
    match (&faits.porteuse, &faits.siren) {
        (Some((structure, siret)), _) => Some(format!("{structure}, SIRET {}", lisible(siret))),
        (None, Some(siren)) => Some(format!("{}, SIREN {}", faits.nom, lisible(siren))),
        (None, None) => None,
    }
}

//! The signed copy of an agreement: the text both sides signed, with what their
//! signatures settled. It never takes the place of that text, whose bytes and
//! fingerprint stay as they were signed.

use documents::{Convention, Document, Signataire, SignatureEnregistree};
use metier::{
    commun::{temps, typographie},
    conventions::SignatureConvention,
};
use uuid::Uuid;

use super::convention;
use crate::{
    app::App,
    conventions::store::{self, CompteTenu, Inscrite},
    dossiers,
    socle::{erreurs::Panne, papier, taches::Tache},
};

/// The job that prints it, and the kind of paper it leaves.
pub const EXEMPLAIRE: &str = "exemplaire";

/// The job, after the second signature.
pub async fn imprimer_l_exemplaire(app: &App, tache: &Tache) -> Result<(), Panne> {
    let document = exemplaire(app, tache.objet).await?;
    papier::imprimer_et_garder(app, tache, EXEMPLAIRE, document).await
}

/// Everything it says; before both have signed there is none.
pub async fn exemplaire(app: &App, id: Uuid) -> Result<Document, Panne> {
    let mut base = app.db.lecture().await?;
    let inscrite = store::find(&mut base, id).await?;
    let campagne = app.campagnes.find(&inscrite.campagne)?;
    let contenu = dossiers::contenu(&mut base, inscrite.convention.dossier).await?;
    let mut texte = convention(&campagne, &inscrite, &contenu);
    completer(&mut texte, &inscrite).ok_or(Panne::Introuvable)?;
    Ok(texte.into())
}

/// What both signatures add to the text; nothing as long as one is missing.
fn completer(texte: &mut Convention, inscrite: &Inscrite) -> Option<()> {
    let signee = &inscrite.convention;
    let (beneficiaire, validation) = (signee.beneficiaire.as_ref()?, signee.validation.as_ref()?);
    let (compte, (debut, fin)) = (inscrite.compte.as_ref()?, signee.periode()?);
    let [pour_beneficiaire, pour_administration] = &inscrite.signataires;
    texte.etabli_le = validation.signee_le;
    texte.pour_beneficiaire = signataire(pour_beneficiaire.as_deref()?, beneficiaire);
    texte.pour_administration = signataire(pour_administration.as_deref()?, validation);
    texte.periode = Some(format!(
        "du {} au {}",
        temps::jour_simple_de(debut),
        temps::jour_simple_de(fin)
    ));
    crediter(texte, compte);
    if let Some(engagement) = &signee.engagement {
        texte.engagement_republicain = Some(temps::jour_long(engagement.souscrit_le));
    }
    let signataires = [&texte.pour_beneficiaire, &texte.pour_administration].map(Clone::clone);
    let enregistrees = [beneficiaire, validation].map(enregistree);
    for ((cadre, signataire), enregistree) in texte
        .signatures
        .iter_mut()
        .zip(signataires)
        .zip(enregistrees)
    {
        cadre.signataire = signataire;
        cadre.enregistree = Some(enregistree);
    }
    Some(())
}

/// The account of article 4, by its last figures: the number stays locked.
fn crediter(texte: &mut Convention, compte: &CompteTenu) {
    texte.versement.titulaire = compte.titulaire.clone();
    texte.versement.compte = typographie(&format!("IBAN se terminant par {}", compte.fin));
}

fn signataire(nom: &str, signature: &SignatureConvention) -> Signataire {
    Signataire {
        nom: nom.to_owned(),
        qualite: signature.qualite.clone(),
        delegation: None,
    }
}

fn enregistree(signature: &SignatureConvention) -> SignatureEnregistree {
    SignatureEnregistree {
        le: temps::instant_long(signature.signee_le),
        mode: "signature enregistrée en ligne".to_owned(),
        empreinte: signature.empreinte.clone(),
    }
}

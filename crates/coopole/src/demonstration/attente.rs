//! What waits for an answer from the first day, so that a visitor finds the
//! queues open: for the Breton cell, a second record of « Terre commune », and a
//! pole that somebody claims by a letter; for the keeper of the Charter, a
//! signature given in support. All are invented, bear no sign or are not
//! published, and so are in no count but that of the records.

use metier::{
    charte::Mandat,
    commun::{Refus, Region},
    poles::revendication::Preuve,
};
use uuid::Uuid;

use crate::{
    app::App,
    charte::{self, AuNom, Saisi, Signer},
    comptes::store as comptes,
    poles::{self, NouveauPole},
    registre::{Qui, Revendiquer},
    socle::{acte::Acte, db::Tx, droits::Personne, erreurs::Panne, horloge::RecuLe, session},
};

/// A name, a commune and its code.
type Fiche = (&'static str, &'static str, &'static str);

/// As another list would have named and placed it.
const DOUBLON: Fiche = ("PTCE Terre commune", "Pontivy", "56178");

/// Nobody answers for it yet.
const REVENDIQUE: Fiche = ("Moulin des Abers", "Landerneau", "29103");

/// Who claims it; they act for no pole before the cell has answered.
const DEMANDEUSE: (&str, &str, &str) = (
    "Tifenn Lavoir",
    "tifenn@moulin.example",
    "Coordinatrice du pôle",
);

/// Who signs in support: the name and number of the organisation, then of the
/// person and what they do there.
const SOUTIEN: [&str; 2] = ["Les Amis des Estuaires", "900000704"];
const SIGNATAIRE: (&str, &str, &str) = ("Malo Écluse", "malo@estuaires.example", "Président");

pub async fn installer(app: &App) -> Result<(), Panne> {
    revendiquer(app).await?;
    soutenir(app).await
}

/// Somebody of the invented world, who has no place anywhere.
async fn personne(
    tx: &mut Tx,
    (nom, courriel): (&str, &str),
    recu_le: RecuLe,
) -> Result<Personne, Panne> {
    let compte = comptes::create(tx, courriel, nom, recu_le.0).await?;
    session::personne(tx, compte, recu_le.0).await
}

/// Writes both records, then lets the claim be made as anybody makes one.
async fn revendiquer(app: &App) -> Result<(), Panne> {
    let (nom, courriel, fonction) = DEMANDEUSE;
    let recu_le = RecuLe::maintenant(&app.horloge);
    let mut tx = app.db.begin().await?;
    inscrire(&mut tx, DOUBLON).await?;
    let pole = inscrire(&mut tx, REVENDIQUE).await?;
    let par = personne(&mut tx, (nom, courriel), recu_le).await?;
    tx.commit().await?;
    let revendication = Revendiquer {
        qui: Qui {
            par,
            recu_le,
            demonstration: true,
            url: app.reglages.url.clone(),
        },
        pole,
        fonction: fonction.to_owned(),
        preuve: Some(Preuve::Courrier),
    };
    faire(app, revendication).await
}

/// Lets an organisation sign as anybody signs; its keeper will answer.
async fn soutenir(app: &App) -> Result<(), Panne> {
    let (nom, courriel, fonction) = SIGNATAIRE;
    let recu_le = RecuLe::maintenant(&app.horloge);
    let mut tx = app.db.begin().await?;
    let charte = charte::lire(&mut tx).await?;
    let a_signer = charte.a_signer();
    let Some((version, texte)) = a_signer.and_then(|v| Some((v, v.texte.as_ref()?))) else {
        return Ok(());
    };
    let par = personne(&mut tx, (nom, courriel), recu_le).await?;
    tx.commit().await?;
    let [organisation, numero] = SOUTIEN.map(str::to_owned);
    let signature = Signer {
        par,
        au_nom: AuNom::Soutien,
        saisi: Saisi {
            nom: organisation,
            numero,
            fonction: fonction.to_owned(),
            mandat: Some(Mandat::Representation),
            pouvoir: true,
            acceptation: true,
            version: version.code.clone(),
            empreinte: texte.empreinte.clone(),
            ..Saisi::default()
        },
        seance: None,
        exigees: Vec::new(),
        invente: true,
        url: app.reglages.url.clone(),
        recu_le,
    };
    faire(app, signature).await
}

/// A refusal leaves a queue empty, and the world whole.
async fn faire<A>(app: &App, acte: A) -> Result<(), Panne>
where
    A: Acte,
    A::Refus: Refus,
{
    if let Err(raisons) = app.tenter(acte).await? {
        tracing::warn!(?raisons, "what waits in the invented world was refused");
    }
    Ok(())
}

async fn inscrire(tx: &mut Tx, (nom, commune, code): Fiche) -> Result<Uuid, Panne> {
    let pole = NouveauPole {
        nom: nom.into(),
        porteuse: None,
        commune: Some(commune.into()),
        code_commune: Some(code.into()),
        departement: None,
        region: Region::par_commune(code),
        themes: String::new(),
        source: None,
        invente: true,
    };
    poles::create(tx, &pole).await
}

//! What waits in the register for the Breton cell from the first day, so that a
//! visitor finds its doors open: a second record of « Terre commune », and a
//! pole that somebody claims by a letter. Both are invented, bear no sign, and
//! so are in no count but that of the records.

use metier::{commun::Region, poles::revendication::Preuve};
use uuid::Uuid;

use crate::{
    app::App,
    comptes::store as comptes,
    poles::{self, NouveauPole},
    registre::{Qui, Revendiquer},
    socle::{
        db::Tx,
        erreurs::{Echec, Panne},
        horloge::RecuLe,
        session,
    },
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

/// Writes both records, then lets the claim be made as anybody makes one.
pub async fn installer(app: &App) -> Result<(), Panne> {
    let (nom, courriel, fonction) = DEMANDEUSE;
    let recu_le = RecuLe::maintenant(&app.horloge);
    let mut tx = app.db.begin().await?;
    inscrire(&mut tx, DOUBLON).await?;
    let pole = inscrire(&mut tx, REVENDIQUE).await?;
    let compte = comptes::create(&mut tx, courriel, nom, recu_le.0).await?;
    let par = session::personne(&mut tx, compte, recu_le.0).await?;
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
    match app.accomplir(revendication).await {
        Ok(_) => Ok(()),
        Err(Echec::Refus(refus)) => {
            tracing::warn!(%refus, "the claim of the invented world was refused");
            Ok(())
        }
        Err(Echec::Panne(panne)) => Err(panne),
    }
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

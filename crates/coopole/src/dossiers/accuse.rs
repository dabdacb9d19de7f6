//! The receipt on paper, made from the facts recorded with the filing.

use documents::{Accuse, Document, Inscription, Verification};
use metier::{
    campagnes::Etape,
    commun::{temps, typographie},
};
use uuid::Uuid;

use super::{
    contenu::Contenu,
    depot::ACCUSE,
    store::{self, Dossier, LigneDepot},
    sur_papier,
};
use crate::{
    app::App,
    campagnes::Campagne,
    socle::{erreurs::Panne, papier, taches::Tache},
    urls,
};

/// The job: prints the receipt and keeps it.
pub async fn imprimer(app: &App, tache: &Tache) -> Result<(), Panne> {
    let document = document(app, tache.objet).await?;
    papier::imprimer_et_garder(app, tache, ACCUSE, document).await
}

/// Everything the paper says, from what was recorded.
pub async fn document(app: &App, dossier: Uuid) -> Result<Document, Panne> {
    let mut base = app.db.lecture().await?;
    let dossier = store::find(&mut base, dossier).await?;
    let contenu = store::contenu(&mut base, dossier.id).await?;
    let depot = store::find_depot(&mut base, dossier.id)
        .await?
        .ok_or(Panne::Introuvable)?;
    let campagne = app.campagnes.find(&dossier.campagne)?;
    let accuse = accuse(&app.reglages.url, &campagne, &dossier, &contenu, &depot);
    Ok(Document::Accuse(Box::new(accuse)))
}

fn accuse(
    url: &str,
    campagne: &Campagne,
    dossier: &Dossier,
    contenu: &Contenu,
    depot: &LigneDepot,
) -> Accuse {
    let rejet = temps::deux_mois_apres(depot.le);
    let region = dossier.region;
    Accuse {
        numero: dossier.numero.clone(),
        depose_le: typographie(&temps::instant_a_la_seconde(depot.le)),
        heure_locale: temps::heure_locale(region, depot.le).map(|heure| typographie(&heure)),
        etabli_le: depot.le,
        service: sur_papier::service(campagne),
        structure: sur_papier::structure(dossier, contenu),
        pole: dossier.nom_du_pole.clone(),
        appel: sur_papier::appel(campagne),
        pieces: contenu
            .pieces
            .iter()
            .map(|piece| sur_papier::piece(campagne, piece))
            .collect(),
        empreinte: data_encoding::HEXLOWER.encode(&depot.empreinte),
        inscription: Inscription {
            identifiant: depot
                .entree
                .map(|entree| entree.to_string())
                .unwrap_or_default(),
            preuve: None,
        },
        rejet_implicite_le: typographie(&temps::jour_long_de(rejet)),
        notification_prevue: campagne
            .calendrier
            .etape(Etape::Notification)
            .map(|etape| typographie(&temps::jour_long(etape.moment.debut()))),
        recours: sur_papier::recours(campagne, rejet, region),
        verification: Verification {
            adresse: format!("{url}{}", urls::VERIFICATION),
            code: depot.code.clone(),
        },
    }
}

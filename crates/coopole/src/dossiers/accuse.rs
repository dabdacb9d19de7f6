//! The receipt on paper, made from the facts recorded with the filing.

use documents::{
    Accuse, Appel, Autorite, Document, Inscription, PieceDeposee, Service, Structure, Verification,
    VoiesRecours,
};
use metier::{
    commun::{Region, temps, typographie},
    dossiers::VoiesDeRecours,
};

use super::{
    contenu::Contenu,
    depot::ACCUSE,
    store::{self, Dossier, LigneDepot},
};
use crate::{
    app::App,
    campagnes::Campagne,
    socle::{erreurs::Panne, papier, taches::Tache},
    urls,
};

/// The job: prints the receipt and keeps it.
pub async fn imprimer(app: &App, tache: &Tache) -> Result<(), Panne> {
    let mut base = app.db.lecture().await?;
    let dossier = store::find(&mut base, tache.objet).await?;
    let contenu = store::contenu(&mut base, dossier.id).await?;
    let depot = store::find_depot(&mut base, dossier.id)
        .await?
        .ok_or(Panne::Introuvable)?;
    drop(base);
    let campagne = app.campagnes.find(&dossier.campagne)?;
    let accuse = accuse(&app.reglages.url, &campagne, &dossier, &contenu, &depot);
    papier::imprimer_et_garder(app, tache, ACCUSE, Document::Accuse(Box::new(accuse))).await
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
        heure_locale: heure_locale(region, depot),
        etabli_le: depot.le,
        service: Service {
            nom: campagne.identite.service.clone(),
            adresse: Vec::new(),
            courriel: None,
            telephone: None,
        },
        structure: Structure {
            nom: dossier.nom_de_la_structure.clone(),
            forme: contenu.reponse("structure_forme").to_owned(),
            siret: contenu.reponse("structure_siret").to_owned(),
            adresse: vec![contenu.reponse("structure_commune").to_owned()],
        },
        pole: dossier.nom_du_pole.clone(),
        appel: Appel {
            intitule: campagne.identite.titre.clone(),
            code: dossier.campagne.clone(),
            version: format!("version {}", campagne.version),
        },
        pieces: contenu
            .pieces
            .iter()
            .map(|piece| PieceDeposee {
                genre: campagne
                    .pieces
                    .iter()
                    .find(|demandee| demandee.code == piece.genre)
                    .map_or_else(|| piece.genre.clone(), |demandee| demandee.libelle.clone()),
                fichier: piece.nom.clone(),
                poids: dsfr::poids(piece.poids),
                empreinte: data_encoding::HEXLOWER.encode(&piece.empreinte),
            })
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
        notification_prevue: None,
        recours: recours(campagne, rejet, region),
        verification: Verification {
            adresse: format!("{url}{}", urls::VERIFICATION),
            code: depot.code.clone(),
        },
    }
}

fn heure_locale(region: Region, depot: &LigneDepot) -> Option<String> {
    temps::heure_locale(region, depot.le).map(|heure| typographie(&heure))
}

fn recours(campagne: &Campagne, rejet: jiff::civil::Date, region: Region) -> VoiesRecours {
    let voies = VoiesDeRecours::depuis(rejet, Some(region));
    VoiesRecours {
        delai: if region.est_outre_mer() {
            "trois mois"
        } else {
            "deux mois"
        }
        .into(),
        dernier_jour: typographie(&temps::jour_long_de(voies.jusqu_au)),
        allongement: region
            .est_outre_mer()
            .then(|| "Le délai de deux mois est augmenté d’un mois outre-mer.".to_owned()),
        auteur: Autorite {
            nom: campagne.identite.service.clone(),
            adresse: Vec::new(),
        },
        superieur: None,
        tribunal: Autorite {
            nom: "Tribunal administratif".into(),
            adresse: Vec::new(),
        },
        teleservice: None,
    }
}

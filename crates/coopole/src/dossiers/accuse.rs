//! The receipt on paper, made from the facts recorded with the filing.

use documents::{
    Accuse, Appel, Autorite, Document, Inscription, PieceDeposee, Service, Structure, Verification,
    VoiesRecours,
};
use metier::{
    campagnes::Etape,
    commun::{Region, Siret, temps, typographie},
    dossiers::VoiesDeRecours,
    poles::FormeJuridique,
};
use uuid::Uuid;

use super::{
    contenu::Contenu,
    depot::ACCUSE,
    store::{self, Dossier, LigneDepot},
};
use crate::{
    app::App,
    campagnes::Campagne,
    socle::{db::Lecture, erreurs::Panne, papier, taches::Tache},
    urls,
};

/// The job: prints the receipt and keeps it.
pub async fn imprimer(app: &App, tache: &Tache) -> Result<(), Panne> {
    let mut base = app.db.lecture().await?;
    let document = document(app, &mut base, tache.objet).await?;
    drop(base);
    papier::imprimer_et_garder(app, tache, ACCUSE, document).await
}

/// Everything the paper says, from what was recorded.
pub async fn document(app: &App, base: &mut Lecture, dossier: Uuid) -> Result<Document, Panne> {
    let dossier = store::find(base, dossier).await?;
    let contenu = store::contenu(base, dossier.id).await?;
    let depot = store::find_depot(base, dossier.id)
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
            forme: FormeJuridique::par_code(contenu.reponse("structure_forme"))
                .map_or("forme non renseignée", FormeJuridique::libelle)
                .to_owned(),
            siret: contenu
                .reponse("structure_siret")
                .parse::<Siret>()
                .map_or_else(|_| "non renseigné".to_owned(), |siret| siret.lisible()),
            adresse: Vec::new(),
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
        notification_prevue: campagne
            .calendrier
            .etape(Etape::Notification)
            .map(|etape| typographie(&temps::jour_long(etape.moment.debut()))),
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
        superieur: Some(Autorite {
            nom: "ministre chargé de l’économie sociale et solidaire".into(),
            adresse: Vec::new(),
        }),
        tribunal: Autorite {
            nom: "tribunal administratif dont dépend le siège de la structure".into(),
            adresse: Vec::new(),
        },
        teleservice: None,
    }
}

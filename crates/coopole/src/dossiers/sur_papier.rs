//! What every paper about a dossier says in the same words: which call, who
//! carries it, which service, how to contest. Facts in, words out; printing is
//! the press's work.

pub mod budget;

use documents::{Appel, Autorite, PieceDeposee, Service, Structure, VoiesRecours};
use jiff::civil::Date;
use metier::{
    commun::{Region, Siret, temps, typographie},
    dossiers::VoiesDeRecours,
    poles::FormeJuridique,
};

use super::{
    contenu::{Contenu, Piece},
    store::Dossier,
};
use crate::campagnes::Campagne;

/// The call, with the version of its rules.
pub fn appel(campagne: &Campagne) -> Appel {
    Appel {
        intitule: typographie(&campagne.identite.titre),
        code: campagne.code.clone(),
        version: format!("version {}", campagne.version),
    }
}

/// The service in charge, by the name its call gives it.
pub fn service(campagne: &Campagne) -> Service {
    let service = &campagne.identite.service;
    Service {
        nom: typographie(&service.nom),
        adresse: service.adresse.iter().map(|l| typographie(l)).collect(),
        courriel: service.courriel.clone(),
        telephone: service.telephone.clone(),
    }
}

/// The carrying structure, as its dossier describes it.
pub fn structure(dossier: &Dossier, contenu: &Contenu) -> Structure {
    Structure {
        nom: dossier.nom_de_la_structure.clone(),
        forme: FormeJuridique::par_code(contenu.reponse("structure_forme"))
            .map_or("forme non renseignée", FormeJuridique::libelle)
            .to_owned(),
        siret: contenu
            .siret()
            .parse::<Siret>()
            .map_or_else(|_| "non renseigné".to_owned(), |siret| siret.lisible()),
        adresse: Vec::new(),
    }
}

/// A file of the dossier, with its fingerprint.
pub fn piece(campagne: &Campagne, piece: &Piece) -> PieceDeposee {
    let demandee = campagne.piece(&piece.genre);
    PieceDeposee {
        genre: demandee.map_or_else(|| piece.genre.clone(), |demandee| demandee.libelle.clone()),
        fichier: piece.nom.clone(),
        poids: dsfr::poids(piece.poids),
        empreinte: data_encoding::HEXLOWER.encode(&piece.empreinte),
    }
}

/// How to contest what became known on that day.
pub fn recours(campagne: &Campagne, connue_le: Date, region: Region) -> VoiesRecours {
    let voies = VoiesDeRecours::depuis(connue_le, Some(region));
    let outre_mer = region.est_outre_mer();
    let autorite = |nom: &str| Autorite {
        nom: nom.to_owned(),
        adresse: Vec::new(),
    };
    let Service { nom, adresse, .. } = service(campagne);
    VoiesRecours {
        delai: if outre_mer { "trois mois" } else { "deux mois" }.into(),
        dernier_jour: typographie(&temps::jour_long_de(voies.jusqu_au)),
        allongement: outre_mer
            .then(|| "Le délai de deux mois est augmenté d’un mois outre-mer.".to_owned()),
        auteur: Autorite { nom, adresse },
        superieur: Some(autorite(
            "ministre chargé de l’économie sociale et solidaire",
        )),
        tribunal: autorite("tribunal administratif dont dépend le siège de la structure"),
        teleservice: None,
    }
}

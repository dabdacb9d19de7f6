//! The history of a record, a page at a time, as this person reads it.

use metier::commun::Region;
use uuid::Uuid;

use super::corrections::repond_du_changement;
use crate::{
    instruction,
    poles::{
        Jalon,
        etat::{self, Etat},
        modifications::{self, Modification},
    },
    socle::{
        db::Lecture,
        droits::Personne,
        erreurs::Panne,
        feuilles::{self, Cote, Feuille},
    },
    urls,
};

/// Changes shown on the record itself.
pub const DERNIERES: usize = 5;
/// Changes of a page of the history.
pub const PAR_PAGE: usize = 50;

/// A change, and whether who reads answers for it: they read names, and may put
/// it back.
pub struct Ligne {
    pub modification: Modification,
    pub en_repond: bool,
}

impl Ligne {
    /// Whether who reads may put it back, on the record of that pole.
    pub fn annulable(&self, pole: Uuid) -> bool {
        self.en_repond && !self.modification.annulee && self.modification.pole == pole
    }
}

/// A page of a history.
pub struct Historique {
    pub etat: Etat,
    pub feuille: Feuille<Ligne>,
}

/// The changes of that record, the latest first, away from that place.
pub async fn lire(
    base: &mut Lecture,
    pole: Uuid,
    personne: Option<&Personne>,
    (cote, au_plus): (&Cote<Jalon>, usize),
) -> Result<Historique, Panne> {
    let etat = etat::lire(base, pole).await?;
    let lues = modifications::lister(base, pole, (cote, au_plus + 1)).await?;
    let cellules = match personne {
        Some(_) if !lues.is_empty() => instruction::cellules(base).await?,
        _ => Vec::new(),
    };
    let en_repond = |modification: &Modification| {
        personne.is_some_and(|p| repond_du_changement(p, &cellules, &etat, modification))
    };
    let lignes = lues.into_iter().map(|modification| Ligne {
        en_repond: en_repond(&modification),
        modification,
    });
    let voisine = |ligne: &Ligne, vers| {
        let place = ligne.modification.jalon();
        feuilles::adresse(&urls::historique(pole), "", (place, vers))
    };
    Ok(Historique {
        feuille: Feuille::couper(lignes.collect(), (cote, au_plus), voisine),
        etat,
    })
}

/// « La cellule Bretagne », « l’échelon national », « un import »: who made a
/// change, without a name; with it for those who answer for the record.
pub fn qui(modification: &Modification, nommer: bool) -> String {
    let auteur = &modification.auteur;
    let nomme = |titre: String, nom: &Option<String>| match nom {
        Some(nom) if nommer => format!("{titre} ({nom})"),
        _ => titre,
    };
    let titre = match (auteur.importee, auteur.cellule) {
        (true, _) => "un import".to_owned(),
        (false, Some(region)) => format!("la cellule {}", Region::nom(region)),
        (false, None) => "l’échelon national".to_owned(),
    };
    let par = nomme(titre, &auteur.nom);
    if !auteur.proposee {
        return format!("par {par}");
    }
    let proposant = match auteur.par_l_equipe {
        true => "l’équipe du pôle",
        false => "une personne connectée",
    };
    let proposant = nomme(proposant.to_owned(), &auteur.nom_du_proposant);
    format!("proposé par {proposant}, retenu par {par}")
}

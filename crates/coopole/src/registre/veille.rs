//! What a council reads of its territory: its poles, those that are new there,
//! who answers for it, and whether it is told of them each Monday.

use jiff::Timestamp;
use metier::commun::Region;
use uuid::Uuid;

use super::{
    annuaire::{self, Annuaire, Filtre, Monde},
    suivis::{self, lundi_precedent},
    territoire::{self, Charge},
};
use crate::{
    poles::{
        arrivees::{Arrivee, Arrivees, arrivees},
        comptes::Lieu,
        fiches,
    },
    socle::{
        db::Lecture,
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
    },
    urls,
};

/// New poles named on the page.
const NOMMES_AU_PLUS: i64 = 50;

/// A territory, for the council that follows it.
pub struct Veille {
    pub lieu: Lieu,
    pub perimetre: Perimetre,
    /// One for each region it stands on.
    pub charges: Vec<Charge>,
    /// The first page of its poles.
    pub annuaire: Annuaire,
    pub depuis: Timestamp,
    pub nouveaux: Arrivees,
    /// The latest to come, whenever that was.
    pub dernier: Option<Arrivee>,
    /// What tells it of them, unless it was ended.
    pub suivi: Option<Uuid>,
}

/// A territory in one line, for the space of whoever follows it.
pub struct Resume {
    pub nom: String,
    pub adresse: String,
    pub poles: u64,
    pub nouveaux: u64,
    pub depuis: Timestamp,
}

/// The territories that this person follows for a council.
fn siens(personne: &Personne) -> impl Iterator<Item = (Perimetre, Lieu)> {
    let perimetres = personne.perimetres(Droit::SuivreTerritoire);
    perimetres.filter_map(|perimetre| Some((perimetre, Lieu::du_perimetre(perimetre)?)))
}

/// Each of them, in a line.
pub async fn resumes(
    base: &mut Lecture,
    personne: &Personne,
    le: Timestamp,
) -> Result<Vec<Resume>, Panne> {
    let mut resumes = Vec::new();
    for (_, lieu) in siens(personne) {
        let depuis = lundi_precedent(le);
        let demande = Filtre::du_lieu(lieu, &Monde::default()).demande(Vec::new());
        let nouveaux = arrivees(base, lieu, (depuis, le), 1).await?;
        resumes.push(Resume {
            nom: lieu.nom(),
            adresse: urls::mon_territoire(lieu.genre(), lieu.code()),
            poles: fiches::compter(base, &demande).await?,
            nouveaux: nouveaux.combien,
            depuis,
        });
    }
    Ok(resumes)
}

/// The territory of that kind and that code, if it is one of theirs; anybody
/// else's page does not exist.
pub async fn lire(
    base: &mut Lecture,
    personne: &Personne,
    (genre, code): (&str, &str),
    le: Timestamp,
) -> Result<Veille, Panne> {
    let (perimetre, lieu) = siens(personne)
        .find(|(_, lieu)| lieu.champ() == (genre, code))
        .ok_or(Panne::Introuvable)?;
    let mut charges = Vec::new();
    for region in regions(lieu) {
        charges.push(territoire::charge(base, region).await?);
    }
    let depuis = lundi_precedent(le);
    let toujours = (Timestamp::MIN, le);
    Ok(Veille {
        lieu,
        perimetre,
        charges,
        annuaire: annuaire::lire(base, Filtre::du_lieu(lieu, &Monde::default())).await?,
        depuis,
        nouveaux: arrivees(base, lieu, (depuis, le), NOMMES_AU_PLUS).await?,
        dernier: arrivees(base, lieu, toujours, 1).await?.dernieres.pop(),
        suivi: suivis::sien(base, personne.compte, lieu).await?,
    })
}

/// The regions whose cells answer for that place.
fn regions(lieu: Lieu) -> Vec<Region> {
    let mut regions: Vec<Region> = match lieu {
        Lieu::Region(region) => vec![region],
        Lieu::Departement(code) => Region::par_departement(code).into_iter().collect(),
        Lieu::Epci(epci) => (epci.departements().into_iter())
            .filter_map(Region::par_departement)
            .collect(),
    };
    regions.dedup();
    regions
}

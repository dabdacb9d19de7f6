//! The filtered list as files, one shape for all: exactly what the pages show,
//! with its licence, its day and its definition, and no person named.
//!
//! The records are read whole, a lot at a time, and each file that is asked for
//! is written from the same lots. What is written may leave before the next lot
//! is read: memory holds a few lots, whatever the register holds; a workbook,
//! which is put together at its end, is the exception.

mod classeur;
mod points;
mod table;
mod texte;

pub use classeur::Classeur;
pub use points::GeoJson;
pub use table::{CHANGEMENTS, Chapitre, DU_POLE, MEMBRES, POLES, SIGNES};
pub use texte::{Csv, Json, Tableur};

use std::collections::HashMap;

use jiff::Timestamp;
use metier::poles::Signe;
use uuid::Uuid;

use super::annuaire::{self, Filtre};
use crate::{
    campagnes::Campagnes,
    charte::{self, SignatureLue},
    poles::{
        entieres::{self, Changement},
        etat::Etat,
        fiches::{self, Demande, Fiche, Laureat, Repere},
    },
    socle::{db::Lecture, erreurs::Panne},
};

/// Under what these lists may be used again.
pub const LICENCE: &str = "Licence Ouverte 2.0 (Etalab)";

/// How a pole comes into the register: what every count of poles counts, on a
/// page and in a file.
macro_rules! origines {
    () => {
        "relevés dans des listes publiques dont chaque fiche dit la source, ou déclarés ici par leur équipe"
    };
}
pub const ORIGINES: &str = origines!();

/// What a line of these lists is.
pub const DEFINITION: &str = concat!(
    "Pôles inscrits à ce registre : ",
    origines!(),
    ", sans ceux qui sont en sommeil ou radiés. Une cellule vide n’est pas connue."
);

/// The site where the addresses of a list lead, when it is made, and how calls
/// are named.
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    pub site: &'a str,
    pub le: Timestamp,
    pub campagnes: &'a Campagnes,
}

/// A record as its page shows it.
pub struct Entiere {
    pub fiche: Fiche,
    pub etat: Etat,
    pub signatures: Vec<SignatureLue>,
    pub laureats: Vec<Laureat>,
    pub changements: Vec<Changement>,
    /// Whether it signed the Charter, if that is known: not to be known is not
    /// « no ».
    pub charte: Option<bool>,
}

/// A file that is being written.
pub trait Ecriture: Send {
    /// One more lot of records.
    fn ajouter(&mut self, lot: &[Entiere]) -> Result<(), Panne>;
    /// The bytes that will not change any more, given once; none of a file that
    /// is put together at its end.
    fn prendre(&mut self) -> Vec<u8> {
        Vec::new()
    }
    /// The bytes that were not taken.
    fn finir(self: Box<Self>) -> Result<Vec<u8>, Panne>;
}

/// A file that is to be written.
pub type Fichier<'a> = Box<dyn Ecriture + 'a>;

/// What the address asks for, a lot at a time.
pub struct Lots {
    demande: Demande,
    repere: Option<Repere>,
}

impl Lots {
    pub async fn de(base: &mut Lecture, filtre: &Filtre) -> Result<Self, Panne> {
        Ok(Self {
            demande: annuaire::chercher(base, filtre).await?.demande,
            repere: None,
        })
    }

    /// The next one, if there is any.
    pub async fn suivant(&mut self, base: &mut Lecture) -> Result<Option<Vec<Entiere>>, Panne> {
        let fiches = fiches::lot(base, &self.demande, self.repere.take()).await?;
        let Some(derniere) = fiches.last() else {
            return Ok(None);
        };
        self.repere = Some(derniere.repere.clone());
        completer(base, fiches).await.map(Some)
    }
}

/// Writes these files, all from one reading of what the address asks for, in
/// their order.
pub async fn ecrire(
    base: &mut Lecture,
    filtre: &Filtre,
    mut fichiers: Vec<Fichier<'_>>,
) -> Result<Vec<Vec<u8>>, Panne> {
    let mut lots = Lots::de(base, filtre).await?;
    while let Some(lot) = lots.suivant(base).await? {
        for fichier in &mut fichiers {
            fichier.ajouter(&lot)?;
        }
    }
    fichiers
        .into_iter()
        .map(|fichier| fichier.finir())
        .collect()
}

async fn completer(base: &mut Lecture, fiches: Vec<Fiche>) -> Result<Vec<Entiere>, Panne> {
    let ids: Vec<Uuid> = fiches.iter().map(|fiche| fiche.id).collect();
    let mut etats = entieres::etats(base, &ids).await?;
    let mut laureats = entieres::laureats(base, &ids).await?;
    let mut changements = entieres::changements(base, &ids).await?;
    let connues = entieres::signatures_connues(base, &ids).await?;
    let mut signatures: HashMap<Uuid, Vec<SignatureLue>> = HashMap::new();
    for signature in charte::des_poles(base, &ids).await? {
        if let Some(pole) = signature.pole {
            signatures.entry(pole).or_default().push(signature);
        }
    }
    // A record merged between two readings is in no list any more.
    let entieres = fiches.into_iter().filter_map(|fiche| {
        Some(Entiere {
            charte: match fiche.signes.contains(&Signe::Charte) {
                true => Some(true),
                false => connues.contains(&fiche.id).then_some(false),
            },
            etat: etats.remove(&fiche.id)?,
            signatures: signatures.remove(&fiche.id).unwrap_or_default(),
            laureats: laureats.remove(&fiche.id).unwrap_or_default(),
            changements: changements.remove(&fiche.id).unwrap_or_default(),
            fiche,
        })
    });
    Ok(entieres.collect())
}

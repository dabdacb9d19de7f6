//! What a cell has to do: filters that live in the address, parts of the list
//! by due date, one page at a time.

use jiff::Timestamp;
use metier::commun::Region;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    competence::regions_de,
    echeances::{self, Quand},
    recherche::Recherche,
    store::{
        self,
        liste::{self, COMPTE_AU_PLUS, Demande, DossierListe, Etape, Repere, Vers},
    },
};
use crate::{
    app::App,
    socle::{db::Lecture, erreurs::Panne},
    urls,
};

/// Rows of a page.
pub const PAR_PAGE: usize = 25;
/// Rows of an export.
const EXPORT_AU_PLUS: usize = 10_000;

/// The address of a list, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Filtre {
    pub region: String,
    pub quand: String,
    pub q: String,
    pub etape: String,
    /// One region among those the cell stands in for.
    pub territoire: String,
    pub apres: String,
    pub avant: String,
}

impl Filtre {
    /// The address of this list, under this path.
    pub fn adresse(&self, chemin: &str) -> String {
        urls::avec(
            chemin,
            &[
                ("region", &self.region),
                ("quand", &self.quand),
                ("q", &self.q),
                ("etape", &self.etape),
                ("territoire", &self.territoire),
                ("apres", &self.apres),
                ("avant", &self.avant),
            ],
        )
    }

    /// The same list from its beginning, in another part.
    pub fn dans(&self, quand: Quand) -> Self {
        Self {
            quand: quand.code().into(),
            ..self.du_debut()
        }
    }

    pub fn du_debut(&self) -> Self {
        Self {
            apres: String::new(),
            avant: String::new(),
            ..self.clone()
        }
    }
}

/// A part of the list: how many dossiers, counted up to a bound.
#[derive(Debug, Clone, Copy)]
pub struct Partie {
    pub quand: Quand,
    pub combien: i64,
}

impl Partie {
    /// « 9 », « 100 et plus ».
    pub fn en_mots(self) -> String {
        match self.combien > COMPTE_AU_PLUS {
            true => format!("{COMPTE_AU_PLUS} et plus"),
            false => self.combien.to_string(),
        }
    }
}

/// A page of the list.
pub struct Liste {
    pub cellule: Region,
    /// The regions it reads, its own first.
    pub regions: Vec<Region>,
    pub quand: Quand,
    pub filtre: Filtre,
    pub parties: Vec<Partie>,
    pub dossiers: Vec<(DossierListe, Timestamp)>,
    pub precedente: Option<Filtre>,
    pub suivante: Option<Filtre>,
    /// The next due instant of what is still to do.
    pub prochaine: Option<Timestamp>,
}

/// The calls and regions a list runs over.
struct Etendue {
    regions: Vec<Region>,
    /// Code, due instant.
    campagnes: Vec<(String, Timestamp)>,
    lecteur: Uuid,
}

/// Reads the page that the address asks for, as this person may read it.
pub async fn lire(
    app: &App,
    base: &mut Lecture,
    (cellule, lecteur): (Region, Uuid),
    filtre: Filtre,
) -> Result<Liste, Panne> {
    let maintenant = app.horloge.now();
    let mut regions = regions_de(cellule, &store::cellules(base).await?);
    regions.sort_by_key(|region| *region != cellule);
    let campagnes: Vec<(String, Timestamp)> = app
        .campagnes
        .toutes()
        .map(|c| (c.identite.code.clone(), echeances::echeance(c)))
        .collect();
    let parties = compter(base, (&regions, lecteur), &campagnes, maintenant).await?;
    let quand = Quand::par_code(&filtre.quand).unwrap_or_else(|| premiere(&parties));
    let filtre = Filtre {
        quand: quand.code().into(),
        ..filtre
    };
    let etendue = Etendue {
        regions: retenues(&regions, &filtre.territoire),
        campagnes: campagnes
            .into_iter()
            .filter(|(_, due)| quand == Quand::Fait || echeances::quand(*due, maintenant) == quand)
            .collect(),
        lecteur,
    };
    let (dossiers, precedente, suivante) = page(base, &etendue, quand, &filtre).await?;
    let prochaine = app
        .campagnes
        .toutes()
        .map(|c| echeances::echeance(c))
        .filter(|due| *due > maintenant && *due < Timestamp::MAX)
        .min();
    Ok(Liste {
        cellule,
        regions,
        quand,
        filtre,
        parties,
        dossiers,
        precedente,
        suivante,
        prochaine,
    })
}

/// Every dossier the address asks for, whatever the page, up to a bound.
pub async fn exporter(
    app: &App,
    base: &mut Lecture,
    (cellule, lecteur): (Region, Uuid),
    filtre: Filtre,
) -> Result<Vec<(DossierListe, Timestamp)>, Panne> {
    let mut liste = lire(app, base, (cellule, lecteur), filtre.du_debut()).await?;
    let mut dossiers = std::mem::take(&mut liste.dossiers);
    while let Some(suivante) = liste.suivante.take() {
        if dossiers.len() >= EXPORT_AU_PLUS {
            break;
        }
        liste = lire(app, base, (cellule, lecteur), suivante).await?;
        dossiers.append(&mut liste.dossiers);
    }
    Ok(dossiers)
}

fn retenues(regions: &[Region], territoire: &str) -> Vec<Region> {
    let choisie = Region::par_code(territoire).filter(|region| regions.contains(region));
    choisie.map_or_else(|| regions.to_vec(), |region| vec![region])
}

fn premiere(parties: &[Partie]) -> Quand {
    let avec = parties
        .iter()
        .find(|partie| partie.combien > 0 && partie.quand != Quand::Fait);
    avec.map_or(Quand::CetteSemaine, |partie| partie.quand)
}

async fn compter(
    base: &mut Lecture,
    (regions, lecteur): (&[Region], Uuid),
    campagnes: &[(String, Timestamp)],
    maintenant: Timestamp,
) -> Result<Vec<Partie>, Panne> {
    let mut parties: Vec<Partie> = Quand::TOUS
        .iter()
        .map(|quand| Partie {
            quand: *quand,
            combien: 0,
        })
        .collect();
    for (code, due) in campagnes {
        for (fait, quand) in [
            (false, echeances::quand(*due, maintenant)),
            (true, Quand::Fait),
        ] {
            for region in regions {
                let combien = liste::compter(base, *region, code, fait, lecteur).await?;
                if let Some(partie) = parties.iter_mut().find(|p| p.quand == quand) {
                    partie.combien += combien;
                }
            }
        }
    }
    Ok(parties)
}

type Page = (
    Vec<(DossierListe, Timestamp)>,
    Option<Filtre>,
    Option<Filtre>,
);

async fn page(
    base: &mut Lecture,
    etendue: &Etendue,
    quand: Quand,
    filtre: &Filtre,
) -> Result<Page, Panne> {
    let (repere, vers) = match (repere(&filtre.apres), repere(&filtre.avant)) {
        (_, Some(avant)) => (Some(avant), Vers::Avant),
        (apres, None) => (apres, Vers::Apres),
    };
    let recherche = Recherche::de(base, &filtre.q).await?;
    let mut lignes: Vec<(DossierListe, Timestamp)> = Vec::new();
    // One short stretch of index a region, a call and a step, then merged.
    for (code, due) in &etendue.campagnes {
        for region in &etendue.regions {
            for etape in Etape::demandees(&filtre.etape) {
                let demande = Demande {
                    region: *region,
                    campagne: code,
                    fait: quand == Quand::Fait,
                    texte: recherche.texte(),
                    etape: *etape,
                    combien: PAR_PAGE + 1,
                    lecteur: etendue.lecteur,
                };
                let lues = match recherche.trouver(base, &demande, (repere, vers)).await? {
                    Some(trouves) => trouves,
                    None => liste::lire(base, &demande, repere, vers).await?,
                };
                lignes.extend(lues.into_iter().map(|dossier| (dossier, *due)));
            }
        }
    }
    lignes.sort_by_key(|(dossier, _)| (dossier.depose_le, dossier.id));
    if vers == Vers::Avant {
        lignes.reverse();
    }
    let il_en_reste = lignes.len() > PAR_PAGE;
    lignes.truncate(PAR_PAGE);
    if vers == Vers::Avant {
        lignes.reverse();
    }
    let (avant, apres) = match vers {
        Vers::Apres => (repere.is_some(), il_en_reste),
        Vers::Avant => (il_en_reste, true),
    };
    let precedente = lignes.first().filter(|_| avant).map(|(dossier, _)| Filtre {
        avant: ecrire(dossier),
        ..filtre.du_debut()
    });
    let suivante = lignes.last().filter(|_| apres).map(|(dossier, _)| Filtre {
        apres: ecrire(dossier),
        ..filtre.du_debut()
    });
    Ok((lignes, precedente, suivante))
}

/// « 1716976721000.018f… »: what is not of ours is no place.
fn repere(texte: &str) -> Option<Repere> {
    let (ms, id) = texte.split_once('.')?;
    Some(Repere {
        depose_le: Timestamp::from_millisecond(ms.parse().ok()?).ok()?,
        id: id.parse().ok()?,
    })
}

fn ecrire(dossier: &DossierListe) -> String {
    format!("{}.{}", dossier.depose_le.as_millisecond(), dossier.id)
}

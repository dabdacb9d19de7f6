//! What a record says, information by information: read for a page or under
//! the lock of an act, written, put in words. What it said before is kept by
//! `corrections`.

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::{
        Emplacement, FormeJuridique, Information, Lieu, Membre, NON, OUI, Porteuse, QualiteEss,
        membres, themes,
    },
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{mots, store::cle_de_tri};
use crate::{
    socle::{
        alea, communes,
        db::{Lecture, Tx, Valeur},
        erreurs::Panne,
    },
    valeurs,
};

/// What the record of a pole says now, information by information.
#[derive(Debug, Clone, FromRow)]
pub struct Etat {
    pub pole: Uuid,
    pub nom: String,
    pub presentation: Option<String>,
    pub porteuse: Option<String>,
    pub forme: Option<String>,
    /// Whether that structure belongs to the social economy, by its code.
    pub qualite_ess: Option<String>,
    pub siret: Option<String>,
    pub rna: Option<String>,
    /// Code of the commune of the structure's seat.
    pub siege: Option<String>,
    pub territoire: Option<String>,
    pub membres: Option<String>,
    pub emplois: Option<i64>,
    pub europe: Option<String>,
    pub commune: Option<String>,
    pub code_commune: Option<String>,
    /// SIREN of its grouping of communes.
    pub epci: Option<String>,
    pub departement: Option<String>,
    pub region: Option<String>,
    pub themes: String,
    pub maturite: Option<String>,
    pub rural: Option<bool>,
    pub qpv: Option<bool>,
    pub site: Option<String>,
    /// The public page the pole was found in, if it was.
    pub source_du_pole: Option<String>,
    /// When it entered the register, for those that it did not begin with.
    pub inscrit_le: Option<i64>,
    pub invente: bool,
}

impl Etat {
    /// The value as the record keeps it; nothing for « not known ».
    pub fn valeur(&self, information: Information) -> Option<String> {
        let dit = |oui: bool| if oui { OUI } else { NON }.to_owned();
        match information {
            Information::Nom => Some(self.nom.clone()),
            Information::Presentation => self.presentation.clone(),
            Information::Porteuse => self.porteuse().map(|porteuse| porteuse.ecrire()),
            Information::Territoire => self.territoire.clone(),
            Information::Membres => self.membres.clone(),
            Information::Emplois => self.emplois.map(|combien| combien.to_string()),
            Information::Europe => self.europe.clone(),
            Information::Commune => self.emplacement(),
            Information::Themes => Some(self.themes.clone()).filter(|themes| !themes.is_empty()),
            Information::Maturite => self.maturite.clone(),
            Information::Rural => self.rural.map(dit),
            Information::Qpv => self.qpv.map(dit),
            Information::Site => self.site.clone(),
        }
    }

    /// The structure that carries the pole. What a list gave of it that we
    /// cannot read is not known.
    pub fn porteuse(&self) -> Option<Porteuse> {
        let lu = |dit: &Option<String>| dit.as_deref().and_then(|dit| dit.parse().ok());
        Some(Porteuse {
            nom: self.porteuse.clone()?,
            forme: self.forme.as_deref().and_then(FormeJuridique::par_code),
            siret: lu(&self.siret),
            rna: self.rna.as_deref().and_then(|rna| rna.parse().ok()),
            commune: self.siege.clone(),
        })
    }

    /// Whether the structure that carries the pole belongs to the social economy:
    /// settled by its legal form, else as a dossier or a list said it.
    pub fn qualite_ess(&self) -> Option<QualiteEss> {
        let dite = self.qualite_ess.as_deref().and_then(QualiteEss::par_code);
        let forme = self.forme.as_deref().and_then(FormeJuridique::par_code);
        forme.and_then(FormeJuridique::qualite_ess).or(dite)
    }

    /// When it entered the register, for those that it did not begin with.
    pub fn entree(&self) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.inscrit_le?).ok()
    }

    /// The members, by kind then by name.
    pub fn membres(&self) -> Vec<Membre> {
        let texte = self.membres.as_deref().unwrap_or_default();
        membres(texte).unwrap_or_default()
    }

    /// Where it stands: by the code of its commune where that says the rest, so
    /// that what is put back is what was there.
    fn emplacement(&self) -> Option<String> {
        let ici = self.ici();
        match ici.code.as_deref().and_then(de_la_commune) {
            Some(entier) if entier == ici => ici.code,
            _ => ici.ecrire(),
        }
    }

    fn ici(&self) -> Emplacement {
        Emplacement {
            code: self.code_commune.clone(),
            lieu: Lieu {
                commune: self.commune.clone(),
                departement: self.departement.clone(),
                region: self.region(),
            },
        }
    }

    /// Where it stands, with all that the code of its commune says.
    pub fn lieu(&self) -> Emplacement {
        let ici = self.ici();
        let entier = ici.code.as_deref().and_then(de_la_commune);
        entier.unwrap_or(ici)
    }

    /// The region whose cell answers for this record, if it is known.
    pub fn region(&self) -> Option<Region> {
        self.region.as_deref().and_then(Region::par_code)
    }
}

/// What the record says, read for a page or under the lock of an act.
pub async fn lire(base: &mut Lecture, pole: Uuid) -> Result<Etat, Panne> {
    base.fetch_optional(
        "SELECT p.id AS pole, p.nom, p.presentation, p.commune, p.code_commune, p.epci, p.departement, p.region,
                p.themes, p.maturite, p.rural, p.qpv, p.site, p.territoire, p.membres, p.emplois, p.europe,
                p.source AS source_du_pole, p.inscrit_le, p.invente,
                s.nom AS porteuse, s.forme, s.qualite_ess, s.siret, s.rna, s.code_commune AS siege
         FROM poles p LEFT JOIN structures s ON s.id = p.porteuse
         WHERE p.id = $1 AND p.fusionne_dans IS NULL",
        &valeurs![pole],
    )
    .await?
    .ok_or(Panne::Introuvable)
}

/// Makes the record say this from its first day: nothing is changed, so nothing
/// is kept of what it said before.
pub async fn inscrire(
    tx: &mut Tx,
    pole: Uuid,
    information: Information,
    valeur: &str,
) -> Result<(), Panne> {
    ecrire(tx, pole, information, Some(valeur.to_owned())).await?;
    mots::reindexer(tx, &[pole]).await
}

/// Makes the record say this: the words it is found by are written by the caller.
pub(super) async fn ecrire(
    tx: &mut Tx,
    pole: Uuid,
    information: Information,
    valeur: Option<String>,
) -> Result<(), Panne> {
    let Some(sql) = enonce(information) else {
        return match information {
            Information::Nom => ecrire_le_nom(tx, pole, &valeur.unwrap_or_default()).await,
            _ => ecrire_le_lieu(tx, pole, valeur.as_deref()).await,
        };
    };
    let gardee = match information {
        Information::Porteuse => match valeur.as_deref().and_then(|ligne| ligne.parse().ok()) {
            Some(porteuse) => Some(trouver_ou_inscrire(tx, pole, &porteuse).await?).into(),
            None => None::<Uuid>.into(),
        },
        Information::Emplois => valeur.and_then(|dit| dit.parse::<i64>().ok()).into(),
        Information::Rural | Information::Qpv => valeur.map(|dit| dit == OUI).into(),
        Information::Themes => valeur.unwrap_or_default().into(),
        _ => Valeur::from(valeur),
    };
    tx.execute_one(sql, &[pole.into(), gardee]).await
}

/// What writes an information that has a column of its own.
const fn enonce(information: Information) -> Option<&'static str> {
    Some(match information {
        Information::Presentation => "UPDATE poles SET presentation = $2 WHERE id = $1",
        Information::Porteuse => "UPDATE poles SET porteuse = $2 WHERE id = $1",
        Information::Territoire => "UPDATE poles SET territoire = $2 WHERE id = $1",
        Information::Membres => "UPDATE poles SET membres = $2 WHERE id = $1",
        Information::Emplois => "UPDATE poles SET emplois = $2 WHERE id = $1",
        Information::Europe => "UPDATE poles SET europe = $2 WHERE id = $1",
        Information::Themes => "UPDATE poles SET themes = $2 WHERE id = $1",
        Information::Maturite => "UPDATE poles SET maturite = $2 WHERE id = $1",
        Information::Rural => "UPDATE poles SET rural = $2 WHERE id = $1",
        Information::Qpv => "UPDATE poles SET qpv = $2 WHERE id = $1",
        Information::Site => "UPDATE poles SET site = $2 WHERE id = $1",
        Information::Nom | Information::Commune => return None,
    })
}

async fn ecrire_le_nom(tx: &mut Tx, pole: Uuid, nom: &str) -> Result<(), Panne> {
    tx.execute_one(
        "UPDATE poles SET nom = $2, cle_tri = $3 WHERE id = $1",
        &valeurs![pole, nom, cle_de_tri(nom)],
    )
    .await
}

/// The place that the code of a commune says.
fn de_la_commune(code: &str) -> Option<Emplacement> {
    let commune = communes::par_code(code)?;
    Some(Emplacement {
        code: Some(commune.code.to_owned()),
        lieu: Lieu {
            commune: Some(commune.nom.to_owned()),
            departement: Some(commune.departement().to_owned()),
            region: Region::par_commune(commune.code),
        },
    })
}

/// A place, read whole: what is derived from a commune goes with it.
pub fn emplacement(valeur: &str) -> Emplacement {
    de_la_commune(valeur).unwrap_or_else(|| Emplacement::lire(valeur))
}

async fn ecrire_le_lieu(tx: &mut Tx, pole: Uuid, valeur: Option<&str>) -> Result<(), Panne> {
    let Emplacement { code, lieu } = valeur.map(emplacement).unwrap_or_default();
    tx.execute_one(
        "UPDATE poles SET commune = $2, code_commune = $3, departement = $4, region = $5
         WHERE id = $1",
        &valeurs![
            pole,
            lieu.commune,
            code,
            lieu.departement,
            lieu.region.map(Region::code)
        ],
    )
    .await
}

/// The structure that is just this one, or a new one: a structure already known
/// otherwise is left as its dossiers found it. The legal person of this pole,
/// said better, keeps the quality it had.
async fn trouver_ou_inscrire(tx: &mut Tx, pole: Uuid, porteuse: &Porteuse) -> Result<Uuid, Panne> {
    let siret = porteuse
        .siret
        .as_ref()
        .map(|siret| siret.as_str().to_owned());
    let rna = porteuse.rna.as_ref().map(|rna| rna.as_str().to_owned());
    let forme = porteuse.forme.map(FormeJuridique::code);
    let commune = porteuse.commune.clone();
    let connue: Option<(Uuid,)> = tx
        .fetch_optional(
            "SELECT id FROM structures
             WHERE nom = $1 AND COALESCE(siret, '') = COALESCE($2, '') AND COALESCE(rna, '') = COALESCE($3, '')
               AND COALESCE(forme, '') = COALESCE($4, '') AND COALESCE(code_commune, '') = COALESCE($5, '')
             ORDER BY id LIMIT 1",
            &valeurs![&porteuse.nom, siret.clone(), rna.clone(), forme, commune.clone()],
        )
        .await?;
    if let Some((id,)) = connue {
        return Ok(id);
    }
    let region = commune.as_deref().and_then(Region::par_commune);
    let siege = commune.as_deref().and_then(communes::par_code);
    let qualite = qualite_de_la_meme_personne(tx, pole, porteuse).await?;
    let id = alea::id();
    tx.execute(
        "INSERT INTO structures (id, nom, forme, qualite_ess, siret, rna, commune, code_commune,
                                 departement, region)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &valeurs![
            id,
            &porteuse.nom,
            forme,
            qualite,
            siret,
            rna,
            siege.map(|commune| commune.nom),
            commune,
            siege.map(|commune| commune.departement()),
            region.map(Region::code)
        ],
    )
    .await?;
    Ok(id)
}

/// The quality known of the structure that carries the pole, if it is the same
/// legal person: by its SIREN, else by its RNA.
async fn qualite_de_la_meme_personne(
    tx: &mut Tx,
    pole: Uuid,
    porteuse: &Porteuse,
) -> Result<Option<String>, Panne> {
    let siren = porteuse.siret.as_ref().map(|siret| siret.siren());
    let siren = siren.as_ref().map_or("", |siren| siren.as_str());
    let rna = porteuse.rna.as_ref().map_or("", |rna| rna.as_str());
    let connue: Option<(Option<String>,)> = tx
        .fetch_optional(
            "SELECT s.qualite_ess FROM poles p JOIN structures s ON s.id = p.porteuse
             WHERE p.id = $1 AND (($2 <> '' AND substr(s.siret, 1, 9) = $2) OR ($3 <> '' AND s.rna = $3))",
            &valeurs![pole, siren, rna],
        )
        .await?;
    Ok(connue.and_then(|(qualite,)| qualite))
}

/// How a value of the record is read by people; « non connu » when there is
/// none.
pub fn en_mots(information: Information, valeur: Option<&str>) -> String {
    let Some(valeur) = valeur else {
        return "non connu".to_owned();
    };
    match information {
        Information::Commune => match communes::par_code(valeur) {
            Some(_) => communes::lisible(valeur),
            None => Emplacement::lire(valeur).lieu.en_mots(),
        },
        Information::Porteuse => valeur
            .parse()
            .map_or_else(|_| valeur.to_owned(), |p: Porteuse| p.en_mots()),
        Information::Membres => {
            let noms: Vec<String> = membres(valeur)
                .unwrap_or_default()
                .into_iter()
                .map(|membre| match membre.quand() {
                    quand if quand.is_empty() => membre.nom,
                    quand => format!("{} ({quand})", membre.nom),
                })
                .collect();
            noms.join(" ; ")
        }
        Information::Themes => {
            let libelles: Vec<&str> = themes(valeur).map(metier::poles::Theme::libelle).collect();
            libelles.join(", ")
        }
        Information::Maturite => metier::poles::Maturite::par_code(valeur).map_or_else(
            || valeur.to_owned(),
            |maturite| maturite.libelle().to_owned(),
        ),
        _ => valeur.to_owned(),
    }
}

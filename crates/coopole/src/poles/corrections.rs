//! What people propose to correct in the records, what was decided on it, and
//! each change a record went through. People stay in their tables: nothing
//! here that a public page reads names one.

use jiff::Timestamp;
use metier::{
    commun::Region,
    poles::{
        Correction, FormeJuridique, Information, Membre, NON, OUI, Porteuse, Sort, membres, themes,
    },
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{mots, store::cle_de_tri};
use crate::{
    socle::{
        alea, communes,
        db::{Lecture, Tx},
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
    pub region: Option<String>,
    pub themes: String,
    pub maturite: Option<String>,
    pub rural: Option<bool>,
    pub qpv: Option<bool>,
    pub site: Option<String>,
    /// The public page the pole was found in, if it was.
    pub source_du_pole: Option<String>,
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
            Information::Commune => self.code_commune.clone(),
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

    /// The members, by kind then by name.
    pub fn membres(&self) -> Vec<Membre> {
        let texte = self.membres.as_deref().unwrap_or_default();
        membres(texte).unwrap_or_default()
    }

    /// The region whose cell answers for this record, if it is known.
    pub fn region(&self) -> Option<Region> {
        self.region.as_deref().and_then(Region::par_code)
    }
}

/// What the record says, read for a page or under the lock of an act.
pub async fn etat(base: &mut Lecture, pole: Uuid) -> Result<Etat, Panne> {
    base.fetch_optional(
        "SELECT p.id AS pole, p.nom, p.presentation, p.commune, p.code_commune, p.region, p.themes,
                p.maturite, p.rural, p.qpv, p.site, p.territoire, p.membres, p.emplois, p.europe,
                p.source AS source_du_pole, p.invente,
                s.nom AS porteuse, s.forme, s.siret, s.rna, s.code_commune AS siege
         FROM poles p LEFT JOIN structures s ON s.id = p.porteuse
         WHERE p.id = $1 AND p.fusionne_dans IS NULL",
        &valeurs![pole],
    )
    .await?
    .ok_or(Panne::Introuvable)
}

/// A proposal as it was made.
#[derive(Debug, Clone)]
pub struct Proposee {
    pub id: Uuid,
    pub pole: Uuid,
    pub correction: Correction,
    /// The account that proposed it.
    pub par: Uuid,
    pub le: Timestamp,
    pub tranchee: bool,
    /// Whoever proposed it was of the pole's team.
    pub par_l_equipe: bool,
}

#[derive(FromRow)]
struct LigneProposee {
    id: Uuid,
    pole: Uuid,
    information: String,
    valeur: Option<String>,
    source: String,
    par: Uuid,
    le: i64,
    sort: Option<String>,
    par_l_equipe: bool,
}

impl TryFrom<LigneProposee> for Proposee {
    type Error = Panne;

    fn try_from(l: LigneProposee) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            pole: l.pole,
            correction: Correction {
                information: information(&l.information)?,
                valeur: l.valeur,
                source: l.source,
            },
            par: l.par,
            le: instant(l.le)?,
            tranchee: l.sort.is_some(),
            par_l_equipe: l.par_l_equipe,
        })
    }
}

fn information(code: &str) -> Result<Information, Panne> {
    Information::par_code(code).ok_or_else(|| Panne::Ligne(format!("no information is {code}")))
}

fn instant(ms: i64) -> Result<Timestamp, Panne> {
    Timestamp::from_millisecond(ms).map_err(|e| Panne::Ligne(e.to_string()))
}

/// A proposal by its identifier.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Proposee, Panne> {
    let ligne: Option<LigneProposee> = base
        .fetch_optional(
            "SELECT c.id, c.pole, c.information, c.valeur, c.source, c.par, c.le, c.sort,
                    EXISTS (SELECT 1 FROM habilitations h WHERE h.pole = c.pole AND h.compte = c.par
                            AND h.role = 'porteur' AND h.du <= c.le AND (h.au IS NULL OR h.au > c.le)) AS par_l_equipe
             FROM corrections c WHERE c.id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

#[derive(FromRow)]
struct LigneEnAttente {
    #[sqlx(flatten)]
    proposee: LigneProposee,
    #[sqlx(flatten)]
    etat: Etat,
}

/// The proposals nobody answered yet, the oldest first, of every region, each
/// with what the record says meanwhile.
pub async fn en_attente(base: &mut Lecture, au_plus: i64) -> Result<Vec<(Proposee, Etat)>, Panne> {
    let lignes: Vec<LigneEnAttente> = base
        .fetch_all(
            "SELECT c.id, c.information, c.valeur, c.source, c.par, c.le, c.sort,
                    EXISTS (SELECT 1 FROM habilitations h WHERE h.pole = c.pole AND h.compte = c.par
                            AND h.role = 'porteur' AND h.du <= c.le AND (h.au IS NULL OR h.au > c.le)) AS par_l_equipe,
                    p.id AS pole, p.nom, p.presentation, p.commune, p.code_commune, p.region, p.themes,
                    p.maturite, p.rural, p.qpv, p.site, p.territoire, p.membres, p.emplois, p.europe,
                    p.source AS source_du_pole, p.invente,
                    s.nom AS porteuse, s.forme, s.siret, s.rna, s.code_commune AS siege
             FROM corrections c JOIN poles p ON p.id = c.pole
             LEFT JOIN structures s ON s.id = p.porteuse
             WHERE c.sort IS NULL ORDER BY c.le, c.id LIMIT $1",
            &valeurs![au_plus],
        )
        .await?;
    lignes
        .into_iter()
        .map(|ligne| Ok((ligne.proposee.try_into()?, ligne.etat)))
        .collect()
}

/// What this person proposed for this record, the latest first, with what
/// became of it.
#[derive(Debug, Clone, FromRow)]
pub struct Mienne {
    pub information: String,
    pub valeur: Option<String>,
    pub le: i64,
    pub sort: Option<String>,
    pub motif: Option<String>,
}

/// What this person proposed for this record.
pub async fn miennes(base: &mut Lecture, pole: Uuid, par: Uuid) -> Result<Vec<Mienne>, Panne> {
    base.fetch_all(
        "SELECT information, valeur, le, sort, motif FROM corrections
         WHERE pole = $1 AND par = $2 ORDER BY le DESC, id DESC LIMIT 20",
        &valeurs![pole, par],
    )
    .await
}

pub async fn record_correction(
    tx: &mut Tx,
    pole: Uuid,
    correction: &Correction,
    par: Uuid,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    tx.execute(
        "INSERT INTO corrections (id, pole, information, valeur, source, par, le)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &valeurs![
            id,
            pole,
            correction.information.code(),
            correction.valeur.clone(),
            &correction.source,
            par,
            le
        ],
    )
    .await?;
    Ok(id)
}

pub async fn record_sort(
    tx: &mut Tx,
    id: Uuid,
    sort: &Sort,
    par: Uuid,
    le: Timestamp,
) -> Result<(), Panne> {
    let (sort, motif) = match sort {
        Sort::Retenue => ("retenue", None),
        Sort::Refusee { motif } => ("refusee", Some(motif.as_str())),
    };
    tx.execute_one(
        "UPDATE corrections SET sort = $2, motif = $3, tranchee_le = $4, tranchee_par = $5
         WHERE id = $1",
        &valeurs![id, sort, motif, le, par],
    )
    .await
}

/// A change of a record, as anyone reads it.
#[derive(Debug, Clone)]
pub struct Modification {
    pub id: Uuid,
    pub pole: Uuid,
    pub information: Information,
    pub avant: Option<String>,
    pub apres: Option<String>,
    pub source: String,
    pub le: Timestamp,
    /// Put back since, by another change.
    pub annulee: bool,
}

#[derive(FromRow)]
struct LigneModification {
    id: Uuid,
    pole: Uuid,
    information: String,
    avant: Option<String>,
    apres: Option<String>,
    source: String,
    le: i64,
    annulee: bool,
}

impl TryFrom<LigneModification> for Modification {
    type Error = Panne;

    fn try_from(l: LigneModification) -> Result<Self, Panne> {
        Ok(Self {
            id: l.id,
            pole: l.pole,
            information: information(&l.information)?,
            avant: l.avant,
            apres: l.apres,
            source: l.source,
            le: instant(l.le)?,
            annulee: l.annulee,
        })
    }
}

/// The changes of a record, and of those merged into it, the latest first.
pub async fn modifications(base: &mut Lecture, pole: Uuid) -> Result<Vec<Modification>, Panne> {
    let lignes: Vec<LigneModification> = base
        .fetch_all(
            "SELECT id, pole, information, avant, apres, source, le,
                    EXISTS (SELECT 1 FROM modifications a WHERE a.annule = m.id) AS annulee
             FROM modifications m
             WHERE pole = $1 OR pole IN (SELECT p.id FROM poles p WHERE p.fusionne_dans = $1)
             ORDER BY le DESC, id DESC LIMIT 200",
            &valeurs![pole],
        )
        .await?;
    lignes.into_iter().map(Modification::try_from).collect()
}

/// A change by its identifier.
pub async fn modification(base: &mut Lecture, id: Uuid) -> Result<Modification, Panne> {
    let ligne: Option<LigneModification> = base
        .fetch_optional(
            "SELECT id, pole, information, avant, apres, source, le,
                    EXISTS (SELECT 1 FROM modifications a WHERE a.annule = m.id) AS annulee
             FROM modifications m WHERE id = $1",
            &valeurs![id],
        )
        .await?;
    ligne.ok_or(Panne::Introuvable)?.try_into()
}

/// What a change comes from: a proposal, an earlier change put back, or the
/// merge of two records.
#[derive(Debug, Clone, Copy)]
pub enum Origine {
    Correction(Uuid),
    Annulation(Uuid),
    Fusion(Uuid),
}

/// Makes the record say this from now on, and keeps what it said before.
pub async fn record_modification(
    tx: &mut Tx,
    avant: &Etat,
    correction: &Correction,
    origine: Origine,
    le: Timestamp,
) -> Result<Uuid, Panne> {
    let id = alea::id();
    let (de, annule, fusion) = match origine {
        Origine::Correction(correction) => (Some(correction), None, None),
        Origine::Annulation(modification) => (None, Some(modification), None),
        Origine::Fusion(fusion) => (None, None, Some(fusion)),
    };
    tx.execute(
        "INSERT INTO modifications (id, pole, information, avant, apres, source, le, correction,
                                    annule, fusion)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &valeurs![
            id,
            avant.pole,
            correction.information.code(),
            avant.valeur(correction.information),
            correction.valeur.clone(),
            &correction.source,
            le,
            de,
            annule,
            fusion
        ],
    )
    .await?;
    let valeur = correction.valeur.clone();
    ecrire(tx, avant.pole, correction.information, valeur).await?;
    mots::reindexer(tx, &[avant.pole]).await?;
    Ok(id)
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

pub(super) async fn ecrire(
    tx: &mut Tx,
    pole: Uuid,
    information: Information,
    valeur: Option<String>,
) -> Result<(), Panne> {
    let vrai = valeur.as_deref().map(|dit| dit == OUI);
    match information {
        Information::Nom => {
            let nom = valeur.unwrap_or_default();
            tx.execute_one(
                "UPDATE poles SET nom = $2, cle_tri = $3 WHERE id = $1",
                &valeurs![pole, &nom, cle_de_tri(&nom)],
            )
            .await
        }
        Information::Presentation => {
            tx.execute_one(
                "UPDATE poles SET presentation = $2 WHERE id = $1",
                &valeurs![pole, valeur],
            )
            .await
        }
        Information::Porteuse => {
            let porteuse = valeur.as_deref().and_then(|ligne| ligne.parse().ok());
            let structure = match &porteuse {
                Some(porteuse) => Some(trouver_ou_inscrire(tx, porteuse).await?),
                None => None,
            };
            tx.execute_one(
                "UPDATE poles SET porteuse = $2 WHERE id = $1",
                &valeurs![pole, structure],
            )
            .await
        }
        Information::Territoire => {
            tx.execute_one(
                "UPDATE poles SET territoire = $2 WHERE id = $1",
                &valeurs![pole, valeur],
            )
            .await
        }
        Information::Membres => {
            tx.execute_one(
                "UPDATE poles SET membres = $2 WHERE id = $1",
                &valeurs![pole, valeur],
            )
            .await
        }
        Information::Emplois => {
            let combien: Option<i64> = valeur.and_then(|dit| dit.parse().ok());
            tx.execute_one(
                "UPDATE poles SET emplois = $2 WHERE id = $1",
                &valeurs![pole, combien],
            )
            .await
        }
        Information::Europe => {
            tx.execute_one(
                "UPDATE poles SET europe = $2 WHERE id = $1",
                &valeurs![pole, valeur],
            )
            .await
        }
        // What is derived from a commune goes with it; not known, the region
        // stays: it is what says which cell answers for the record.
        Information::Commune => match valeur.as_deref().and_then(communes::par_code) {
            Some(commune) => {
                let region = Region::par_commune(commune.code);
                tx.execute_one(
                    "UPDATE poles SET commune = $2, code_commune = $3, departement = $4, region = $5
                     WHERE id = $1",
                    &valeurs![
                        pole,
                        commune.nom,
                        commune.code,
                        commune.departement(),
                        region.map(Region::code)
                    ],
                )
                .await
            }
            None => {
                tx.execute_one(
                    "UPDATE poles SET commune = NULL, code_commune = NULL WHERE id = $1",
                    &valeurs![pole],
                )
                .await
            }
        },
        Information::Themes => {
            tx.execute_one(
                "UPDATE poles SET themes = $2 WHERE id = $1",
                &valeurs![pole, valeur.unwrap_or_default()],
            )
            .await
        }
        Information::Maturite => {
            tx.execute_one(
                "UPDATE poles SET maturite = $2 WHERE id = $1",
                &valeurs![pole, valeur],
            )
            .await
        }
        Information::Rural => {
            tx.execute_one(
                "UPDATE poles SET rural = $2 WHERE id = $1",
                &valeurs![pole, vrai],
            )
            .await
        }
        Information::Qpv => {
            tx.execute_one(
                "UPDATE poles SET qpv = $2 WHERE id = $1",
                &valeurs![pole, vrai],
            )
            .await
        }
        Information::Site => {
            tx.execute_one(
                "UPDATE poles SET site = $2 WHERE id = $1",
                &valeurs![pole, valeur],
            )
            .await
        }
    }
}

/// The structure that is just this one, or a new one: a structure already known
/// otherwise is left as its dossiers found it.
async fn trouver_ou_inscrire(tx: &mut Tx, porteuse: &Porteuse) -> Result<Uuid, Panne> {
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
    let id = alea::id();
    tx.execute(
        "INSERT INTO structures (id, nom, forme, siret, rna, commune, code_commune, departement, region)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &valeurs![
            id,
            &porteuse.nom,
            forme,
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

/// How a value of the record is read by people; « non connu » when there is
/// none.
pub fn en_mots(information: Information, valeur: Option<&str>) -> String {
    let Some(valeur) = valeur else {
        return "non connu".to_owned();
    };
    match information {
        Information::Commune => communes::lisible(valeur),
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

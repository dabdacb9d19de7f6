//! The records as anyone reads them: the view `fiches`, by name.

use std::{collections::HashMap, fmt};

use metier::{
    commun::Region,
    poles::{Lieu, Maturite, Moment, Signe, Theme, themes},
};
use sqlx_macros::FromRow;
use uuid::Uuid;

use super::{Retenu, mots::MotCherche};
use crate::{
    socle::{
        db::{Enonce, Lecture, Valeur},
        epci::{self, Epci},
        erreurs::Panne,
        feuilles::{Cote, Vers},
    },
    valeurs,
};

/// Rows of a page; one more is read, to know that there are others.
pub const PAR_PAGE: usize = 25;

/// Records of a lot: what a file is written from, one lot after the other.
pub const LOT: usize = 500;

/// Nothing is counted further: « plus de 10 000 ».
pub const COMPTE_AU_PLUS: u64 = 10_000;
const LUES_AU_PLUS: usize = COMPTE_AU_PLUS as usize + 1;

/// What the public reads of a pole.
#[derive(Debug, Clone)]
pub struct Fiche {
    pub id: Uuid,
    pub nom: String,
    /// Its place in the list it was read in.
    pub repere: Repere,
    pub lieu: Lieu,
    pub porteuse: Option<String>,
    pub siret: Option<String>,
    pub maturite: Option<Maturite>,
    pub themes: Vec<Theme>,
    pub rural: Option<bool>,
    pub qpv: Option<bool>,
    /// What it does, in its own words.
    pub presentation: Option<String>,
    /// Its own site.
    pub site: Option<String>,
    pub signes: Vec<Signe>,
    /// The public page it was found in; none in the invented world.
    pub source: Option<String>,
    pub invente: bool,
}

/// What the map reads of a pole: where it stands, and how it is called.
#[derive(Debug, Clone)]
pub struct Jalon {
    pub id: Uuid,
    pub nom: String,
    /// Its place in the list it was read in.
    pub repere: Repere,
    pub lieu: Lieu,
    pub invente: bool,
}

#[derive(FromRow)]
struct LigneDeJalon {
    id: Uuid,
    rang: i64,
    nom: String,
    cle_tri: String,
    commune: Option<String>,
    departement: Option<String>,
    region: Option<String>,
    invente: bool,
}

impl From<LigneDeJalon> for Jalon {
    fn from(l: LigneDeJalon) -> Self {
        Self {
            id: l.id,
            nom: l.nom,
            repere: Repere {
                rang: l.rang,
                cle_tri: l.cle_tri,
                id: l.id,
            },
            lieu: Lieu {
                region: l.region.as_deref().and_then(Region::par_code),
                commune: l.commune,
                departement: l.departement,
            },
            invente: l.invente,
        }
    }
}

#[derive(FromRow)]
struct Ligne {
    id: Uuid,
    rang: i64,
    nom: String,
    cle_tri: String,
    commune: Option<String>,
    departement: Option<String>,
    region: Option<String>,
    porteuse: Option<String>,
    siret: Option<String>,
    maturite: Option<String>,
    themes: String,
    rural: Option<bool>,
    qpv: Option<bool>,
    presentation: Option<String>,
    site: Option<String>,
    charte: bool,
    accompagnement: bool,
    financement: bool,
    source: Option<String>,
    invente: bool,
}

impl From<Ligne> for Fiche {
    fn from(l: Ligne) -> Self {
        let signes = [
            (Signe::Charte, l.charte),
            (Signe::Accompagnement, l.accompagnement),
            (Signe::Financement, l.financement),
        ];
        Self {
            id: l.id,
            nom: l.nom,
            repere: Repere {
                rang: l.rang,
                cle_tri: l.cle_tri,
                id: l.id,
            },
            lieu: Lieu {
                region: l.region.as_deref().and_then(Region::par_code),
                commune: l.commune,
                departement: l.departement,
            },
            porteuse: l.porteuse,
            siret: l.siret,
            maturite: l.maturite.as_deref().and_then(Maturite::par_code),
            themes: themes(&l.themes).collect(),
            rural: l.rural,
            qpv: l.qpv,
            presentation: l.presentation,
            site: l.site,
            signes: signes
                .into_iter()
                .filter_map(|(signe, vu)| vu.then_some(signe))
                .collect(),
            source: l.source,
            invente: l.invente,
        }
    }
}

/// What every list is read from: the records that stand.
const INSCRITS: &str = " AS rang FROM poles p WHERE p.fusionne_dans IS NULL AND p.sorti_le IS NULL";

/// What is asked about something that a record may not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dit<T> {
    Est(T),
    NonConnu,
}

impl<T> Dit<T> {
    pub fn map<U>(self, autre: impl FnOnce(T) -> U) -> Dit<U> {
        match self {
            Self::Est(valeur) => Dit::Est(autre(valeur)),
            Self::NonConnu => Dit::NonConnu,
        }
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tri {
    /// By name.
    #[default]
    Nom,
    /// The latest sign first; then the poles whose signs no source dates, by
    /// name.
    Signe,
    /// The latest to be known first; then those that never were new, by name.
    Arrivee,
}

impl Tri {
    /// What the pole `p` is placed by, before its name: the less the later.
    const fn rang(self) -> &'static str {
        match self {
            Self::Nom => " CAST(0 AS BIGINT)",
            Self::Signe => {
                " (SELECT COALESCE(MIN(-d.le), 0) FROM dates_des_signes d
                  WHERE d.pole = p.id AND d.retiree_le IS NULL)"
            }
            Self::Arrivee => {
                " (SELECT COALESCE(MIN(-a.le), 0) FROM arrivees a WHERE a.pole = p.id)"
            }
        }
    }
}

/// What is asked of the directory; nothing is asked by default.
#[derive(Debug, Clone, Default)]
pub struct Demande {
    pub mots: Vec<MotCherche>,
    pub region: Option<Dit<Region>>,
    pub departement: Option<Dit<&'static str>>,
    pub epci: Option<Dit<&'static Epci>>,
    pub theme: Option<Dit<Theme>>,
    pub maturite: Option<Dit<Maturite>>,
    /// A sign; or that nothing says whether the Charter is signed.
    pub signe: Option<Dit<Signe>>,
    pub rural: Option<Dit<bool>>,
    pub qpv: Option<Dit<bool>>,
    /// Leaves the invented world out.
    pub reels: bool,
    pub tri: Tri,
}

/// A place in a list: the record one stands after, or before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repere {
    /// By name, the same for all; by sign, the less the later.
    pub rang: i64,
    pub cle_tri: String,
    pub id: Uuid,
}

impl Repere {
    /// What is not of ours is no place.
    pub fn lire(texte: &str) -> Option<Self> {
        let (place, id) = texte.rsplit_once('~')?;
        let datee = place
            .split_once('~')
            .and_then(|(rang, cle_tri)| Some((rang.parse().ok()?, cle_tri)));
        let (rang, cle_tri) = datee.unwrap_or((0, place));
        Some(Self {
            rang,
            cle_tri: cle_tri.to_owned(),
            id: id.parse().ok()?,
        })
    }
}

/// « pole des rives~018f… », or « -1625000000000~pole des rives~018f… » in an
/// order that is not that of names.
impl fmt::Display for Repere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rang, cle_tri, id } = self;
        match rang {
            0 => write!(f, "{cle_tri}~{id}"),
            rang => write!(f, "{rang}~{cle_tri}~{id}"),
        }
    }
}

/// How the words are looked for: among the records, in the order of the list,
/// or all the records of each at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lit {
    Page,
    Tout,
}

impl Demande {
    /// The words asked for, each of them held by the pole `p`.
    fn des_mots(&self, enonce: &mut Enonce, lit: Lit) {
        // A rare word leads: the others are asked of the few records it has.
        let menes = self.mots.iter().any(|mot| mot.rare);
        for mot in &self.mots {
            if mot.rare || (lit == Lit::Tout && !menes) {
                enonce.suite(" AND p.id IN (", []);
                mot.places(enonce);
                enonce.suite(")", []);
            } else {
                mot.porte(enonce);
            }
        }
    }

    /// The filters in force, on the pole `p`.
    fn des_filtres(&self, enonce: &mut Enonce, lit: Lit) {
        match self.signe {
            Some(Dit::Est(Signe::Charte)) => {
                let signataire = " AND EXISTS (SELECT 1 FROM signatures_charte c
                                   WHERE c.pole = p.id AND c.retiree_le IS NULL)";
                enonce.suite(signataire, []);
            }
            Some(Dit::Est(signe)) => {
                let laureat =
                    " AND EXISTS (SELECT 1 FROM laureats l WHERE l.pole = p.id AND l.genre = ?)";
                enonce.suite(laureat, valeurs![signe.code()]);
            }
            Some(Dit::NonConnu) => {
                let tue =
                    " AND NOT EXISTS (SELECT 1 FROM signatures_connues k WHERE k.pole = p.id)";
                enonce.suite(tue, []);
            }
            None => {}
        }
        if self.reels {
            enonce.suite(" AND NOT p.invente", []);
        }
        let mut dit =
            |dit: Option<Dit<Valeur>>, est: &'static str, non_connu: &'static str| match dit {
                Some(Dit::Est(valeur)) => {
                    enonce.suite(est, [valeur]);
                }
                Some(Dit::NonConnu) => {
                    enonce.suite(non_connu, []);
                }
                None => {}
            };
        dit(
            self.region.map(|r| r.map(|r| r.code().into())),
            " AND p.region = ?",
            " AND p.region IS NULL",
        );
        dit(
            self.epci.map(|e| e.map(|e| e.siren.into())),
            " AND p.epci = ?",
            " AND p.epci IS NULL",
        );
        dit(
            self.theme.map(|t| t.map(|t| t.code().into())),
            match lit {
                Lit::Page => {
                    " AND EXISTS (SELECT 1 FROM themes_des_poles t WHERE t.theme = ? AND t.pole = p.id)"
                }
                Lit::Tout => {
                    " AND p.id IN (SELECT t.pole FROM themes_des_poles t WHERE t.theme = ?)"
                }
            },
            " AND p.themes = ''",
        );
        dit(
            self.departement.map(|d| d.map(Valeur::from)),
            " AND p.departement = ?",
            " AND p.departement IS NULL",
        );
        dit(
            self.maturite.map(|m| m.map(|m| m.code().into())),
            " AND p.maturite = ?",
            " AND p.maturite IS NULL",
        );
        dit(
            self.rural.map(|r| r.map(Valeur::from)),
            " AND p.rural = ?",
            " AND p.rural IS NULL",
        );
        dit(
            self.qpv.map(|q| q.map(Valeur::from)),
            " AND p.qpv = ?",
            " AND p.qpv IS NULL",
        );
    }

    /// All the poles that answer, in the order of the list, as the map reads them.
    fn jalonner(&self) -> Enonce {
        let mut enonce = Enonce::new(
            " SELECT p.id, p.nom, p.cle_tri, p.commune, p.departement, p.region, p.invente, ",
        );
        enonce.suite(self.tri.rang(), []).suite(INSCRITS, []);
        self.des_mots(&mut enonce, Lit::Tout);
        self.des_filtres(&mut enonce, Lit::Tout);
        enonce.suite(
            match self.tri {
                Tri::Nom => " ORDER BY p.cle_tri, p.id",
                Tri::Signe | Tri::Arrivee => " ORDER BY rang, p.cle_tri, p.id",
            },
            [],
        );
        enonce
    }

    /// The words, when nothing else is asked: the index answers alone, since it
    /// knows no merged record.
    fn que_des_mots(&self) -> &[MotCherche] {
        let mut filtres = Enonce::default();
        self.des_filtres(&mut filtres, Lit::Tout);
        match filtres.est_vide() {
            true => &self.mots,
            false => &[],
        }
    }

    /// The records that answer, on one side of a place, so many at most.
    fn choisir(&self, cote: &Cote<Repere>, au_plus: usize) -> Enonce {
        let mut enonce = Enonce::new(
            " SELECT f.id, choisis.rang, f.nom, f.cle_tri, f.commune, f.departement, f.region, f.porteuse,
                    f.siret, f.maturite, f.themes, f.rural, f.qpv, f.presentation, f.site, f.charte,
                    f.accompagnement, f.financement, f.source, f.invente
             FROM (SELECT p.id AS choisi, ",
        );
        enonce.suite(self.tri.rang(), []).suite(INSCRITS, []);
        self.des_mots(&mut enonce, Lit::Page);
        self.des_filtres(&mut enonce, Lit::Page);
        if let Some((repere, vers)) = cote {
            if self.tri == Tri::Nom {
                enonce.suite(" AND (p.cle_tri, p.id)", []);
            } else {
                let rang = self.tri.rang();
                enonce
                    .suite(" AND (", [])
                    .suite(rang, [])
                    .suite(", p.cle_tri, p.id)", []);
            }
            enonce.suite(
                match vers {
                    Vers::Apres => " > (",
                    Vers::Avant => " < (",
                },
                [],
            );
            if self.tri != Tri::Nom {
                enonce.suite(" ?,", valeurs![repere.rang]);
            }
            enonce.suite(" ?, ?)", valeurs![&repere.cle_tri, repere.id]);
        }
        enonce.suite(
            match (self.tri, est_a_rebours(cote)) {
                (Tri::Nom, false) => " ORDER BY p.cle_tri, p.id",
                (Tri::Nom, true) => " ORDER BY p.cle_tri DESC, p.id DESC",
                (_, false) => " ORDER BY rang, p.cle_tri, p.id",
                (_, true) => " ORDER BY rang DESC, p.cle_tri DESC, p.id DESC",
            },
            [],
        );
        enonce.au_plus(au_plus);
        // CROSS JOIN: SQLite, which keeps no statistics here, must start from
        // those that were chosen.
        enonce.suite(
            ") AS choisis CROSS JOIN fiches f WHERE f.id = choisis.choisi
             ORDER BY choisis.rang, f.cle_tri, f.id",
            [],
        );
        enonce
    }

    fn compter(&self) -> Enonce {
        let mots = self.que_des_mots();
        if let Some(rare) = mots.iter().position(|mot| mot.rare) {
            let mut enonce = Enonce::new(" SELECT COUNT(DISTINCT p.id) FROM (");
            mots[rare].places(&mut enonce);
            enonce.suite(") AS p WHERE 1 = 1", []);
            let autres = mots.iter().enumerate().filter(|(rang, _)| *rang != rare);
            autres.for_each(|(_, mot)| mot.porte(&mut enonce));
            return enonce;
        }
        let mut enonce = Enonce::new(
            " SELECT COUNT(*) FROM (SELECT p.id FROM poles p
              WHERE p.fusionne_dans IS NULL AND p.sorti_le IS NULL",
        );
        self.des_mots(&mut enonce, Lit::Tout);
        self.des_filtres(&mut enonce, Lit::Tout);
        enonce.au_plus(LUES_AU_PLUS).suite(") AS bornes", []);
        enonce
    }
}

fn est_a_rebours(cote: &Cote<Repere>) -> bool {
    matches!(cote, Some((_, Vers::Avant)))
}

/// The records on that side of a place, away from it: at most one more than
/// [`PAR_PAGE`].
pub async fn page(
    base: &mut Lecture,
    demande: &Demande,
    cote: &Cote<Repere>,
) -> Result<Vec<Fiche>, Panne> {
    let mut lues = lues(base, &demande.choisir(cote, PAR_PAGE + 1)).await?;
    if est_a_rebours(cote) {
        lues.reverse();
    }
    Ok(lues)
}

/// The records after that place, a lot of them, in the order of the list.
pub async fn lot(
    base: &mut Lecture,
    demande: &Demande,
    apres: Option<Repere>,
) -> Result<Vec<Fiche>, Panne> {
    let cote = apres.map(|repere| (repere, Vers::Apres));
    lues(base, &demande.choisir(&cote, LOT)).await
}

/// All the poles that answer, in the order of the list.
pub async fn jalons(base: &mut Lecture, demande: &Demande) -> Result<Vec<Jalon>, Panne> {
    let enonce = demande.jalonner();
    let lignes: Vec<LigneDeJalon> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    Ok(lignes.into_iter().map(Jalon::from).collect())
}

/// The records of these poles, in their order.
pub async fn celles(base: &mut Lecture, jalons: &[&Jalon]) -> Result<Vec<Fiche>, Panne> {
    let ids: Vec<Valeur> = jalons.iter().map(|jalon| Valeur::from(jalon.id)).collect();
    let lignes: Vec<Ligne> = base
        .fetch_parmi(
            "SELECT id, CAST(0 AS BIGINT) AS rang, nom, cle_tri, commune, departement, region, porteuse,
                    siret, maturite, themes, rural, qpv, presentation, site, charte, accompagnement,
                    financement, source, invente
             FROM fiches WHERE id IN ($1)",
            &ids,
        )
        .await?;
    let mut fiches: HashMap<Uuid, Fiche> = lignes
        .into_iter()
        .map(|ligne| (ligne.id, Fiche::from(ligne)))
        .collect();
    let celles = jalons.iter().filter_map(|jalon| {
        let fiche = fiches.remove(&jalon.id)?;
        Some(Fiche {
            repere: jalon.repere.clone(),
            ..fiche
        })
    });
    Ok(celles.collect())
}

async fn lues(base: &mut Lecture, enonce: &Enonce) -> Result<Vec<Fiche>, Panne> {
    let lignes: Vec<Ligne> = base.fetch_all(enonce.texte(), enonce.valeurs()).await?;
    Ok(lignes.into_iter().map(Fiche::from).collect())
}

/// How many records answer, never counted past [`COMPTE_AU_PLUS`] and one.
pub async fn compter(base: &mut Lecture, demande: &Demande) -> Result<u64, Panne> {
    if let [mot] = demande.que_des_mots() {
        return compter_le_mot(base, mot).await;
    }
    let enonce = demande.compter();
    let combien = base.compter(enonce.texte(), enonce.valeurs()).await?;
    Ok(combien.unsigned_abs())
}

/// How many poles one word has. A pole may have several places under a short
/// beginning: more of them are read until the count is true, or beyond its bound.
async fn compter_le_mot(base: &mut Lecture, mot: &MotCherche) -> Result<u64, Panne> {
    let mut au_plus = LUES_AU_PLUS;
    loop {
        let enonce = mot.compter(au_plus);
        let (places, poles): (i64, i64) = base.fetch_one(enonce.texte(), enonce.valeurs()).await?;
        let poles = poles.unsigned_abs();
        if poles > COMPTE_AU_PLUS || places.unsigned_abs() < au_plus as u64 {
            return Ok(poles.min(LUES_AU_PLUS as u64));
        }
        au_plus *= 8;
    }
}

/// The statements of this file that are put together, for a test to prepare:
/// every piece of them is in one.
pub fn enonces() -> Vec<Enonce> {
    let mot = |rare| MotCherche::essai("rivieres", rare);
    let tout = Demande {
        mots: vec![mot(true), mot(false)],
        region: Region::par_code("53").map(Dit::Est),
        departement: Some(Dit::Est("29")),
        epci: epci::de_la_commune("29151").map(Dit::Est),
        theme: Theme::TOUS.first().copied().map(Dit::Est),
        maturite: Maturite::TOUS.first().copied().map(Dit::Est),
        signe: Some(Dit::Est(Signe::Charte)),
        rural: Some(Dit::Est(true)),
        qpv: Some(Dit::Est(true)),
        reels: true,
        tri: Tri::Signe,
    };
    let rien_de_connu = Demande {
        mots: vec![mot(false)],
        region: Some(Dit::NonConnu),
        departement: Some(Dit::NonConnu),
        epci: Some(Dit::NonConnu),
        theme: Some(Dit::NonConnu),
        maturite: Some(Dit::NonConnu),
        signe: Some(Dit::NonConnu),
        rural: Some(Dit::NonConnu),
        qpv: Some(Dit::NonConnu),
        tri: Tri::Arrivee,
        ..Demande::default()
    };
    let un_mot = Demande {
        mots: vec![mot(true)],
        ..Demande::default()
    };
    let laureats = Demande {
        signe: Some(Dit::Est(Signe::Financement)),
        ..Demande::default()
    };
    let repere = Repere {
        rang: 0,
        cle_tri: String::new(),
        id: Uuid::nil(),
    };
    let demandes = [&tout, &rien_de_connu, &un_mot, &laureats];
    let cotes = [
        None,
        Some((repere.clone(), Vers::Apres)),
        Some((repere, Vers::Avant)),
    ];
    demandes
        .iter()
        .flat_map(|demande| {
            let pages = cotes.iter().map(|cote| demande.choisir(cote, 1));
            pages.chain([demande.jalonner(), demande.compter()])
        })
        .chain([mot(true).compter(1)])
        .collect()
}

/// One record.
pub async fn find(base: &mut Lecture, id: Uuid) -> Result<Option<Fiche>, Panne> {
    let ligne: Option<Ligne> = base
        .fetch_optional(
            "SELECT id, CAST(0 AS BIGINT) AS rang, nom, cle_tri, commune, departement, region, porteuse,
                    siret, maturite, themes, rural, qpv, presentation, site, charte, accompagnement,
                    financement, source, invente
             FROM fiches WHERE id = $1",
            &valeurs![id],
        )
        .await?;
    Ok(ligne.map(Fiche::from))
}

/// A call won before this house.
#[derive(Debug, Clone)]
pub struct Laureat {
    /// Code of the call.
    pub campagne: String,
    /// The sign it gives.
    pub signe: Signe,
    /// When, as precisely as a source says it.
    pub le: Option<Moment>,
    /// What it was written here from, when it was afterwards.
    pub source: Option<String>,
}

#[derive(FromRow)]
struct LigneDeLaureat {
    campagne: String,
    genre: String,
    le: Option<i64>,
    annee_du: Option<i64>,
    source: Option<String>,
}

/// The calls that this pole won.
pub async fn laureats(base: &mut Lecture, pole: Uuid) -> Result<Vec<Laureat>, Panne> {
    let lignes: Vec<LigneDeLaureat> = base
        .fetch_all(
            "SELECT l.campagne, l.genre, l.le, l.annee_du,
                    (SELECT c.source FROM consignations c
                     WHERE c.ligne = l.id AND c.genre = 'laureat' AND c.annulee_le IS NULL
                     ORDER BY c.le DESC, c.id DESC LIMIT 1) AS source
             FROM laureats l WHERE l.pole = $1 ORDER BY l.campagne",
            &valeurs![pole],
        )
        .await?;
    let laureats = lignes.into_iter().filter_map(|l| {
        Some(Laureat {
            campagne: l.campagne,
            signe: Signe::par_code(&l.genre)?,
            le: Retenu::lu(l.le, l.annee_du),
            source: l.source,
        })
    });
    Ok(laureats.collect())
}

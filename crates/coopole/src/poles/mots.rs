//! The words by which records are found, as the base keeps them.
//!
//! What is a word, its stem or a mistake is said by `metier::poles::mots`, for
//! both bases. Here they are written with the record, in its transaction, and
//! looked up: nothing is kept in memory, so that no answer is ever late.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use metier::{
    commun::Region,
    poles::{
        Information, Theme, membres,
        mots::{Mot, a_une_faute, extremites, mots, renverser, se_corrige, tous_les_mots},
        themes,
    },
};
use uuid::Uuid;

use crate::{
    socle::{
        communes,
        db::{Enonce, Lecture, Tx, Valeur},
        departements, epci,
        erreurs::Panne,
    },
    valeurs,
};

/// How many of the words typed are looked for, the longest: they say the most.
const MOTS_AU_PLUS: usize = 6;

/// Beyond as many places in the index a word is common: records that hold it
/// are met soon enough by reading them in their order.
const RARE: usize = 3_000;

/// How many of the words one mistake away are weighed.
const VOISINS_AU_PLUS: usize = 20;

/// How many places of the index are written at once.
const PAR_LOT: usize = 10_000;

/// A word asked for, as the index holds it: one of its stems, or a word that
/// begins as typed.
#[derive(Debug, Clone)]
pub struct MotCherche {
    racines: BTreeSet<String>,
    debut: String,
    /// Few records hold it: a list begins with them.
    pub(super) rare: bool,
}

impl MotCherche {
    fn de(mot: &Mot) -> Self {
        Self {
            racines: mot.racines(),
            debut: mot.plie.clone(),
            rare: false,
        }
    }

    /// One for a statement that is only prepared.
    pub(super) fn essai(mot: &str, rare: bool) -> Self {
        let mot = Mot {
            ecrit: mot.to_owned(),
            plie: mot.to_owned(),
        };
        Self {
            rare,
            ..Self::de(&mot)
        }
    }

    /// The poles of the index under this word, some of them twice.
    pub(super) fn places(&self, enonce: &mut Enonce) {
        enonce.suite(
            " SELECT pole AS id FROM mots_des_poles WHERE mot >= ? AND mot < ?",
            valeurs![&self.debut, apres_le_mot(&self.debut)],
        );
        for racine in self.racines_a_part() {
            enonce.suite(
                " UNION ALL SELECT pole FROM mots_des_poles WHERE mot = ?",
                valeurs![racine],
            );
        }
    }

    /// How many places the index has for it, and for how many poles, so many
    /// places being read at most.
    pub(super) fn compter(&self, au_plus: usize) -> Enonce {
        let mut enonce =
            Enonce::new(" SELECT COUNT(*), COUNT(DISTINCT lues.id) FROM (SELECT places.id FROM (");
        self.places(&mut enonce);
        enonce.suite(") AS places", []).au_plus(au_plus);
        enonce.suite(") AS lues", []);
        enonce
    }

    /// Whether the pole `p` is under this word, asked of each pole in turn: one
    /// look at the index for each form, where an `OR` would read all its words,
    /// and a value rather than `EXISTS`, which PostgreSQL would turn into a
    /// reading of all the places of the word.
    pub(super) fn porte(&self, enonce: &mut Enonce) {
        enonce.suite(
            " AND (SELECT m.pole FROM mots_des_poles m WHERE m.pole = p.id AND m.mot >= ? AND m.mot < ?",
            valeurs![&self.debut, apres_le_mot(&self.debut)],
        );
        for racine in self.racines_a_part() {
            enonce.suite(
                " UNION ALL SELECT m.pole FROM mots_des_poles m WHERE m.pole = p.id AND m.mot = ?",
                valeurs![racine],
            );
        }
        enonce.au_plus(1).suite(") IS NOT NULL", []);
    }

    /// The stems that are not met among the words that begin as typed.
    fn racines_a_part(&self) -> impl Iterator<Item = &String> {
        self.racines.iter().filter(|r| !r.starts_with(&self.debut))
    }
}

/// What comes after every word that begins so: the last of all signs.
pub fn apres_le_mot(mot: &str) -> String {
    format!("{mot}\u{10ffff}")
}

/// How many places the index has for words that begin so, counted up to a bound.
pub async fn compter_le_mot(base: &mut Lecture, mot: &str, au_plus: i64) -> Result<i64, Panne> {
    base.compter(
        "SELECT COUNT(*) FROM (
             SELECT 1 FROM mots_des_poles WHERE mot >= $1 AND mot < $2 LIMIT $3) AS bornes",
        &valeurs![mot, apres_le_mot(mot), au_plus],
    )
    .await
}

/// What was typed, once recognised.
#[derive(Debug, Clone, Default)]
pub struct Reconnus {
    pub mots: Vec<MotCherche>,
    /// The words looked for, when one of them is not as typed.
    pub corriges: Option<String>,
}

/// Looks for each word typed, and for one that no record holds, corrects one
/// mistake; `tels_quels` asks not to.
pub async fn reconnaitre(
    base: &mut Lecture,
    tape: &str,
    tels_quels: bool,
) -> Result<Reconnus, Panne> {
    let mut reconnus = Reconnus::default();
    let (mut dits, mut corrige) = (Vec::new(), false);
    for mut mot in a_chercher(tape) {
        let mut cherche = MotCherche::de(&mot);
        let mut places = compter_les_places(base, &cherche).await?;
        if places == 0
            && !tels_quels
            && let Some(connu) = corriger(base, &mot).await?
        {
            (cherche, mot, corrige) = (MotCherche::de(&connu), connu, true);
            places = compter_les_places(base, &cherche).await?;
        }
        cherche.rare = places < RARE as i64;
        reconnus.mots.push(cherche);
        dits.push(mot.ecrit);
    }
    reconnus.corriges = corrige.then(|| dits.join(" "));
    Ok(reconnus)
}

/// The words of a question, in its order: the longest that say something, or
/// what there is.
fn a_chercher(tape: &str) -> Vec<Mot> {
    let mut voulus: Vec<Mot> = mots(tape).collect();
    if voulus.is_empty() {
        voulus = tous_les_mots(tape).collect();
    }
    let mut longueurs: Vec<usize> = voulus.iter().map(|mot| mot.plie.len()).collect();
    longueurs.sort_unstable_by_key(|longueur| std::cmp::Reverse(*longueur));
    let au_moins = longueurs.get(MOTS_AU_PLUS - 1).copied().unwrap_or_default();
    voulus.retain(|mot| mot.plie.len() >= au_moins);
    voulus.truncate(MOTS_AU_PLUS);
    voulus
}

async fn compter_les_places(base: &mut Lecture, mot: &MotCherche) -> Result<i64, Panne> {
    let enonce = mot.compter(RARE);
    let (places, _): (i64, i64) = base.fetch_one(enonce.texte(), enonce.valeurs()).await?;
    Ok(places)
}

/// The word that was meant, if one mistake explains what was typed: that which
/// the most records hold, a first letter being seldom the mistake.
async fn corriger(base: &mut Lecture, tape: &Mot) -> Result<Option<Mot>, Panne> {
    for forme in BTreeSet::from([tape.plie.as_str(), tape.au_singulier()]) {
        let mut meilleur: Option<((bool, i64), Mot)> = None;
        for mot in voisins(base, forme).await? {
            let combien = compter_le_mot_entier(base, &mot.plie).await?;
            let poids = (mot.plie.chars().next() == forme.chars().next(), combien);
            if combien > 0 && meilleur.as_ref().is_none_or(|(autre, _)| poids > *autre) {
                meilleur = Some((poids, mot));
            }
        }
        if let Some((_, mot)) = meilleur {
            return Ok(Some(mot));
        }
    }
    Ok(None)
}

/// The words of the register one mistake away from this one, in the order of
/// their letters. Two stretches of index: one mistake leaves the beginning of a
/// word as it is, or its end.
async fn voisins(base: &mut Lecture, forme: &str) -> Result<Vec<Mot>, Panne> {
    if !se_corrige(forme) {
        return Ok(Vec::new());
    }
    let (debut, fin) = extremites(forme);
    let fin = renverser(fin);
    let lettres = forme.chars().count() as i64;
    let mut connus: Vec<(String, String)> = base
        .fetch_all(
            "SELECT mot, ecrit FROM vocabulaire WHERE mot >= $1 AND mot < $2
             AND LENGTH(mot) BETWEEN CAST($3 AS BIGINT) AND CAST($4 AS BIGINT)",
            &valeurs![debut, apres_le_mot(debut), lettres - 1, lettres + 1],
        )
        .await?;
    let par_la_fin: Vec<(String, String)> = base
        .fetch_all(
            "SELECT mot, ecrit FROM vocabulaire WHERE envers >= $1 AND envers < $2
             AND LENGTH(mot) BETWEEN CAST($3 AS BIGINT) AND CAST($4 AS BIGINT)",
            &valeurs![&fin, apres_le_mot(&fin), lettres - 1, lettres + 1],
        )
        .await?;
    connus.extend(par_la_fin);
    connus.retain(|(mot, _)| a_une_faute(forme, mot));
    connus.sort_unstable();
    connus.dedup();
    connus.truncate(VOISINS_AU_PLUS);
    let voisins = connus.into_iter().map(|(plie, ecrit)| Mot { ecrit, plie });
    Ok(voisins.collect())
}

async fn compter_le_mot_entier(base: &mut Lecture, mot: &str) -> Result<i64, Panne> {
    base.compter(
        "SELECT COUNT(*) FROM (SELECT 1 FROM mots_des_poles WHERE mot = $1 LIMIT 1000) AS bornes",
        &valeurs![mot],
    )
    .await
}

/// Whether what searches and filters begin with depends on this information.
pub(super) const fn se_cherche(information: Information) -> bool {
    match information {
        Information::Nom
        | Information::Presentation
        | Information::Porteuse
        | Information::Territoire
        | Information::Membres
        | Information::Commune
        | Information::Themes => true,
        Information::Emplois
        | Information::Europe
        | Information::Maturite
        | Information::Rural
        | Information::Qpv
        | Information::Site => false,
    }
}

/// Writes again what searches and filters begin with, after a change.
pub(super) async fn reindexer(tx: &mut Tx, poles: &[Uuid]) -> Result<(), Panne> {
    oublier(tx, poles).await?;
    indexer(tx, poles).await
}

/// Takes these records out of what searches and filters begin with.
pub(super) async fn oublier(tx: &mut Tx, poles: &[Uuid]) -> Result<(), Panne> {
    let poles: Vec<Valeur> = poles.iter().map(Valeur::from).collect();
    tx.execute_parmi("DELETE FROM mots_des_poles WHERE pole IN ($1)", &poles)
        .await?;
    tx.execute_parmi("DELETE FROM themes_des_poles WHERE pole IN ($1)", &poles)
        .await
}

#[derive(sqlx_macros::FromRow)]
struct Textes {
    id: Uuid,
    nom: String,
    commune: Option<String>,
    departement: Option<String>,
    region: Option<String>,
    code_commune: Option<String>,
    epci: Option<String>,
    themes: String,
    presentation: Option<String>,
    territoire: Option<String>,
    membres: Option<String>,
    porteuse: Option<String>,
}

impl Textes {
    /// The grouping of the commune, by its code, else by a name that one commune
    /// alone bears there.
    fn epci(&self) -> Option<&'static str> {
        let nommee = || {
            let region = self.region.as_deref().and_then(Region::par_code);
            communes::la_seule(
                self.commune.as_deref()?,
                self.departement.as_deref(),
                region,
            )
        };
        let code = match &self.code_commune {
            Some(code) => code.as_str(),
            None => nommee()?.code,
        };
        epci::de_la_commune(code).map(|epci| epci.siren)
    }

    /// Everything a search reads of the record, its themes in words.
    fn mots(&self, themes: &BTreeSet<Theme>) -> Vec<Mot> {
        let region = self.region.as_deref().and_then(Region::par_code);
        let membres = self.membres.as_deref().map(membres);
        let membres = membres.and_then(Result::ok).unwrap_or_default();
        let dits = [
            Some(self.nom.as_str()),
            self.commune.as_deref(),
            self.departement.as_deref().and_then(departements::nom),
            region.map(Region::nom),
            self.porteuse.as_deref(),
            self.presentation.as_deref(),
            self.territoire.as_deref(),
        ];
        let dits = dits.into_iter().flatten();
        let textes = dits
            .chain(themes.iter().map(|theme| theme.libelle()))
            .chain(membres.iter().map(|membre| membre.nom.as_str()));
        textes.flat_map(mots).collect()
    }
}

/// Writes what searches and filters begin with: the words of these records,
/// their themes, and the grouping of their communes. They have none yet; one
/// that was merged into another is not found.
pub(super) async fn indexer(tx: &mut Tx, poles: &[Uuid]) -> Result<(), Panne> {
    let poles: Vec<Valeur> = poles.iter().map(Valeur::from).collect();
    let fiches: Vec<Textes> = tx
        .fetch_parmi(
            "SELECT p.id, p.nom, p.commune, p.departement, p.region, p.code_commune, p.epci, p.themes,
                    p.presentation, p.territoire, p.membres, s.nom AS porteuse
             FROM poles p LEFT JOIN structures s ON s.id = p.porteuse
             WHERE p.id IN ($1) AND p.fusionne_dans IS NULL AND p.sorti_le IS NULL",
            &poles,
        )
        .await?;
    let (mut glane, mut par_theme) = (Glane::default(), Vec::new());
    for fiche in &fiches {
        if fiche.epci() != fiche.epci.as_deref() {
            tx.execute_one(
                "UPDATE poles SET epci = $2 WHERE id = $1",
                &valeurs![fiche.id, fiche.epci()],
            )
            .await?;
        }
        let siens: BTreeSet<Theme> = themes(&fiche.themes).collect();
        glane.ajouter(fiche.id, fiche.mots(&siens));
        par_theme.extend(siens.iter().map(|t| valeurs![t.code(), fiche.id]));
    }
    glane.ecrire(tx).await?;
    tx.inserer(
        "INSERT INTO themes_des_poles (theme, pole) VALUES ($1, $2)",
        &par_theme,
    )
    .await
}

/// The words of some records, gathered to be written in the order of the index:
/// one word after the other, and not one record after the other.
#[derive(Default)]
struct Glane {
    /// The places in `cles` of what each word is found by: a word that a
    /// thousand records hold is reduced to its stems once.
    connus: HashMap<String, Vec<usize>>,
    places: HashMap<String, usize>,
    /// The records under each key.
    cles: Vec<(String, Vec<Uuid>)>,
    /// Each word as it is first written here.
    vocabulaire: BTreeMap<String, String>,
}

impl Glane {
    fn ajouter(&mut self, pole: Uuid, mots: Vec<Mot>) {
        for mot in mots {
            let places = match self.connus.get(&mot.ecrit) {
                Some(places) => places,
                None => {
                    let mut cles = mot.racines();
                    cles.insert(mot.plie.clone());
                    let places = cles.into_iter().map(|cle| self.place(cle)).collect();
                    self.vocabulaire
                        .entry(mot.plie)
                        .or_insert_with(|| mot.ecrit.clone());
                    self.connus.entry(mot.ecrit).or_insert(places)
                }
            };
            for place in places {
                let portent = &mut self.cles[*place].1;
                // Records come one after the other.
                if portent.last() != Some(&pole) {
                    portent.push(pole);
                }
            }
        }
    }

    fn place(&mut self, cle: String) -> usize {
        if let Some(place) = self.places.get(&cle) {
            return *place;
        }
        self.places.insert(cle.clone(), self.cles.len());
        self.cles.push((cle, Vec::new()));
        self.cles.len() - 1
    }

    /// A word that is already in the vocabulary stays as it was first written.
    async fn ecrire(mut self, tx: &mut Tx) -> Result<(), Panne> {
        self.cles.sort_unstable();
        let mut rangees = Vec::with_capacity(PAR_LOT);
        for (cle, poles) in &mut self.cles {
            poles.sort_unstable();
            for pole in poles {
                rangees.push(valeurs![&*cle, *pole]);
                if rangees.len() == PAR_LOT {
                    ecrire_les_cles(tx, &rangees).await?;
                    rangees.clear();
                }
            }
        }
        ecrire_les_cles(tx, &rangees).await?;
        let mots = self.vocabulaire.into_iter();
        let mots: Vec<_> = mots
            .map(|(mot, ecrit)| valeurs![&mot, renverser(&mot), ecrit])
            .collect();
        tx.inserer(
            "INSERT INTO vocabulaire (mot, envers, ecrit) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            &mots,
        )
        .await
    }
}

async fn ecrire_les_cles(tx: &mut Tx, rangees: &[[Valeur; 2]]) -> Result<(), Panne> {
    tx.inserer(
        "INSERT INTO mots_des_poles (mot, pole) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        rangees,
    )
    .await
}

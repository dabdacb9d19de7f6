//! The words by which records are found, as the base keeps them.
//!
//! What is a word, its stem or a mistake is said by `metier::poles::mots`, for
//! both bases. Here they are written with the record, in its transaction, and
//! looked up: nothing is kept in memory, so that no answer is ever late.

use std::collections::{BTreeMap, BTreeSet};

use metier::{
    commun::Region,
    poles::{
        Theme, membres,
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

    /// The poles of the index under this word, some of them twice; under each of
    /// its forms, as many at most.
    pub(super) fn places(&self, enonce: &mut Enonce, au_plus: Option<usize>) {
        let borner = |enonce: &mut Enonce| {
            if let Some(au_plus) = au_plus {
                enonce.au_plus(au_plus);
            }
            enonce.suite(") AS forme", []);
        };
        enonce.suite(
            " SELECT pole FROM (SELECT pole FROM mots_des_poles WHERE mot >= ? AND mot < ?",
            valeurs![&self.debut, apres_le_mot(&self.debut)],
        );
        borner(enonce);
        for racine in self.racines_a_part() {
            enonce.suite(
                " UNION ALL SELECT pole FROM (SELECT pole FROM mots_des_poles WHERE mot = ?",
                valeurs![racine],
            );
            borner(enonce);
        }
    }

    /// Whether the pole `p` is under this word, asked of each pole in turn: one
    /// look at the index for each form, where an `OR` would read all its words.
    pub(super) fn porte(&self, enonce: &mut Enonce) {
        enonce.suite(
            " AND EXISTS (SELECT 1 FROM mots_des_poles m WHERE m.pole = p.id AND m.mot >= ? AND m.mot < ?",
            valeurs![&self.debut, apres_le_mot(&self.debut)],
        );
        for racine in self.racines_a_part() {
            enonce.suite(
                " UNION ALL SELECT 1 FROM mots_des_poles m WHERE m.pole = p.id AND m.mot = ?",
                valeurs![racine],
            );
        }
        enonce.suite(")", []);
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
    let mut enonce = Enonce::new(" SELECT COUNT(*) FROM (");
    mot.places(&mut enonce, Some(RARE));
    enonce.suite(") AS places", []);
    base.compter(enonce.texte(), enonce.valeurs()).await
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

/// Writes again what searches and filters begin with, after a change.
pub(super) async fn reindexer(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    tx.execute("DELETE FROM mots_des_poles WHERE pole = $1", &valeurs![id])
        .await?;
    tx.execute(
        "DELETE FROM themes_des_poles WHERE pole = $1",
        &valeurs![id],
    )
    .await?;
    indexer(tx, id).await
}

#[derive(sqlx_macros::FromRow)]
struct Textes {
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
}

/// Writes what searches and filters begin with: the words of the record, its
/// themes, and the grouping of its commune.
pub(super) async fn indexer(tx: &mut Tx, id: Uuid) -> Result<(), Panne> {
    let lus: Textes = tx
        .fetch_one(
            "SELECT p.nom, p.commune, p.departement, p.region, p.code_commune, p.epci, p.themes,
                    p.presentation, p.territoire, p.membres, s.nom AS porteuse
             FROM poles p LEFT JOIN structures s ON s.id = p.porteuse WHERE p.id = $1",
            &valeurs![id],
        )
        .await?;
    if lus.epci() != lus.epci.as_deref() {
        tx.execute_one(
            "UPDATE poles SET epci = $2 WHERE id = $1",
            &valeurs![id, lus.epci()],
        )
        .await?;
    }
    let themes: BTreeSet<Theme> = themes(&lus.themes).collect();
    let region = lus.region.as_deref().and_then(Region::par_code);
    let membres = lus.membres.as_deref().map(membres);
    let membres = membres.and_then(Result::ok).unwrap_or_default();
    let dits = [
        Some(lus.nom.as_str()),
        lus.commune.as_deref(),
        lus.departement.as_deref().and_then(departements::nom),
        region.map(Region::nom),
        lus.porteuse.as_deref(),
        lus.presentation.as_deref(),
        lus.territoire.as_deref(),
    ];
    let dits = dits.into_iter().flatten();
    let textes = dits
        .chain(themes.iter().map(|theme| theme.libelle()))
        .chain(membres.iter().map(|membre| membre.nom.as_str()));
    let (mut cles, mut vocabulaire) = (BTreeSet::new(), BTreeMap::new());
    for mot in textes.flat_map(mots) {
        cles.extend(mot.racines());
        cles.insert(mot.plie.clone());
        vocabulaire.entry(mot.plie).or_insert(mot.ecrit);
    }
    ecrire_les_cles(tx, id, &cles.into_iter().collect::<Vec<_>>()).await?;
    ecrire_le_vocabulaire(tx, &vocabulaire.into_iter().collect::<Vec<_>>()).await?;
    for theme in themes {
        tx.execute(
            "INSERT INTO themes_des_poles (theme, pole) VALUES ($1, $2)",
            &valeurs![theme.code(), id],
        )
        .await?;
    }
    Ok(())
}

/// Sixteen at a time: the last ones of a record are written twice over, which
/// does nothing.
async fn ecrire_les_cles(tx: &mut Tx, pole: Uuid, cles: &[String]) -> Result<(), Panne> {
    for lot in cles.chunks(16) {
        let mut valeurs = valeurs![pole].to_vec();
        valeurs.extend(lot.iter().cycle().take(16).map(Valeur::from));
        tx.execute(
            "INSERT INTO mots_des_poles (pole, mot) VALUES
             ($1, $2), ($1, $3), ($1, $4), ($1, $5), ($1, $6), ($1, $7), ($1, $8), ($1, $9),
             ($1, $10), ($1, $11), ($1, $12), ($1, $13), ($1, $14), ($1, $15), ($1, $16), ($1, $17)
             ON CONFLICT DO NOTHING",
            &valeurs,
        )
        .await?;
    }
    Ok(())
}

/// A word that is already there stays as it was first written.
async fn ecrire_le_vocabulaire(tx: &mut Tx, mots: &[(String, String)]) -> Result<(), Panne> {
    for lot in mots.chunks(8) {
        let huit = lot.iter().cycle().take(8);
        let valeurs: Vec<Valeur> = huit
            .flat_map(|(mot, ecrit)| valeurs![mot, renverser(mot), ecrit])
            .collect();
        tx.execute(
            "INSERT INTO vocabulaire (mot, envers, ecrit) VALUES
             ($1, $2, $3), ($4, $5, $6), ($7, $8, $9), ($10, $11, $12),
             ($13, $14, $15), ($16, $17, $18), ($19, $20, $21), ($22, $23, $24)
             ON CONFLICT DO NOTHING",
            &valeurs,
        )
        .await?;
    }
    Ok(())
}

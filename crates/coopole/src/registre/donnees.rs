//! The register as open data: the same files, written the same, whether a page
//! gives them or a command. Every counter shown in public can be counted again
//! from them (`tests/parcours/donnees.rs`).

use jiff::{Timestamp, civil::Date};
use metier::{
    commun::temps,
    instruction::{Competence, cellule_competente},
};

use super::{
    annuaire::Filtre,
    export::{
        self, CHANGEMENTS, Classeur, Csv, Edition, Fichier as AEcrire, GeoJson, Json, LICENCE,
        MEMBRES, SIGNES, Tableur,
    },
    pages,
    recensement::{self, Filtre as FiltreRecensement},
    region, territoire,
};
use crate::{
    charte, instruction,
    poles::{comptes, sorties as store},
    socle::{db::Lecture, erreurs::Panne, tableur},
    urls,
};

/// A file of the register.
pub struct Fichier {
    pub nom: &'static str,
    pub octets: Vec<u8>,
}

/// All of them; they agree when the reading is of one instant.
/// The census may be that of another day, `le`.
pub async fn fichiers(
    base: &mut Lecture,
    edition: Edition<'_>,
    le: Option<Date>,
) -> Result<Vec<Fichier>, Panne> {
    let a_ecrire: [(&str, AEcrire<'_>); 8] = [
        ("poles.csv", Box::new(Csv::des_poles(edition))),
        (
            "poles-membres.csv",
            Box::new(Csv::du_chapitre(edition, &MEMBRES)),
        ),
        (
            "poles-signes.csv",
            Box::new(Csv::du_chapitre(edition, &SIGNES)),
        ),
        (
            "poles-changements.csv",
            Box::new(Csv::du_chapitre(edition, &CHANGEMENTS)),
        ),
        ("poles-tableur.csv", Box::new(Tableur::nouveau(edition))),
        ("poles.xlsx", Box::new(Classeur::nouveau(edition)?)),
        ("poles.json", Box::new(Json::nouveau(edition))),
        ("poles.geojson", Box::new(GeoJson::nouveau(edition))),
    ];
    let (noms, a_ecrire): (Vec<_>, Vec<_>) = a_ecrire.into_iter().unzip();
    let ecrits = export::ecrire(base, &Filtre::default(), a_ecrire).await?;
    let recenses = recensement::exporter(base, &du_recensement(le), edition.le).await?;
    let tableaux = [
        ("recensement.csv", pages::tableur(&recenses)),
        ("regions.csv", regions(base, edition).await?),
        (
            "poles-sortis.csv",
            sorties(base, edition.site, edition.le).await?,
        ),
        (
            "soutiens.csv",
            charte::soutiens(base, edition.site, edition.le).await?,
        ),
    ];
    let tableaux = tableaux.map(|(nom, lignes)| (nom, tableur::csv(&lignes).into_bytes()));
    let fichiers = noms.into_iter().zip(ecrits);
    Ok(fichiers
        .chain(tableaux)
        .map(|(nom, octets)| Fichier { nom, octets })
        .collect())
}

fn du_recensement(le: Option<Date>) -> FiltreRecensement {
    FiltreRecensement {
        le: le.map_or_else(String::new, |le| le.to_string()),
        ..FiltreRecensement::default()
    }
}

/// Why the census of that day cannot be written, if it cannot: a file says
/// nothing of a date it was not asked for.
pub fn refus_du_jour(le: Option<Date>, maintenant: Timestamp) -> Option<&'static str> {
    let (_, ecart) = du_recensement(le).jour(temps::jour_de(maintenant));
    ecart.map(pages::ecart)
}

/// The columns of the regions, and what each says.
pub const REGIONS: [(&str, &str); 6] = [
    ("code_region", "le code officiel de la région"),
    ("region", "son nom"),
    ("cellule", "oui si une cellule y siège"),
    (
        "suppleante",
        "le code de la région dont la cellule supplée ; vide quand l’État donne seul les avis",
    ),
    (
        "courriel",
        "l’adresse publiée de la cellule qui répond, jamais celle d’une personne",
    ),
    ("poles_inscrits", "les lignes de « poles » de cette région"),
];

/// The columns of the poles that left, and what each says.
pub const SORTIES: [(&str, &str); 8] = [
    ("identifiant", "celui de l’adresse de la fiche, qui reste"),
    ("nom", "le nom du pôle"),
    ("adresse", "l’adresse de sa fiche"),
    ("etat", "en_sommeil, radie"),
    ("depuis", "le jour depuis lequel il n’est plus compté"),
    ("motif", "pourquoi"),
    ("source", "d’où vient l’information"),
    ("invente", "oui pour un pôle du monde de démonstration"),
];

/// No register loses so many.
const SORTIES_AU_PLUS: usize = 100_000;

/// Every pole that is asleep or struck off.
pub async fn sorties(
    base: &mut Lecture,
    site: &str,
    le: Timestamp,
) -> Result<Vec<Vec<String>>, Panne> {
    let au = temps::jour_de(le).to_string();
    let titres = SORTIES.iter().map(|(titre, _)| *titre);
    let titres = titres.chain(["licence", "date"]).map(str::to_owned);
    let mut lignes = vec![titres.collect()];
    for lue in store::dehors(base, (&None, SORTIES_AU_PLUS)).await? {
        lignes.push(vec![
            lue.pole.to_string(),
            lue.nom,
            format!("{site}{}", urls::pole(lue.pole)),
            lue.sortie.etat.code().to_owned(),
            lue.sortie.depuis.to_string(),
            lue.sortie.motif,
            lue.sortie.source,
            if lue.invente { "oui" } else { "non" }.to_owned(),
            LICENCE.to_owned(),
            au.clone(),
        ]);
    }
    Ok(lignes)
}

/// Every region as its page shows it: who answers for it, where to write, how
/// many poles it has.
pub async fn regions(base: &mut Lecture, edition: Edition<'_>) -> Result<Vec<Vec<String>>, Panne> {
    let cellules = instruction::cellules(base).await?;
    let comptes = comptes::par_region(base, false).await?;
    let au = temps::jour_de(edition.le).to_string();
    let titres = REGIONS.iter().map(|(titre, _)| *titre);
    let titres = titres.chain(["licence", "date"]).map(str::to_owned);
    let mut lignes = vec![titres.collect()];
    for region in region::par_nom() {
        let competence = cellule_competente(region, &cellules);
        let (siege, suppleante) = match competence {
            Competence::Titulaire(_) => ("oui", ""),
            Competence::Suppleante { cellule, .. } => ("non", cellule.code()),
            Competence::EtatSeul(_) => ("non", ""),
        };
        let courriel = territoire::contact(base, competence).await?;
        let ici = comptes.iter().find(|(ou, _)| *ou == Some(region));
        lignes.push(vec![
            region.code().to_owned(),
            region.nom().to_owned(),
            siege.to_owned(),
            suppleante.to_owned(),
            courriel.unwrap_or_default(),
            ici.map_or(0, |(_, combien)| *combien).to_string(),
            LICENCE.to_owned(),
            au.clone(),
        ]);
    }
    Ok(lignes)
}

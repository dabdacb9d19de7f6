//! Filed dossiers, for the journeys that begin after the filing.

use coopole::{demonstration, dossiers, socle::taches};
use uuid::Uuid;

use crate::banc::Banc;

pub const APPEL: &str = "ami-financement-2024";

/// Opens, fills and files a dossier of the cast, through the acts; its receipt,
/// which nobody here reads, is not printed.
pub async fn deposer(banc: &Banc, pole: &str, le: &str) -> Uuid {
    let le = le.parse().unwrap();
    let dossier = demonstration::deposer(&banc.app, pole, le).await.unwrap();
    let mut tx = banc.app.db.begin().await.unwrap();
    taches::renoncer(&mut tx, dossiers::ACCUSE).await.unwrap();
    tx.commit().await.unwrap();
    dossier.expect("the call is open")
}

/// The Pôle des Rives, in Brittany, filed the day before the closing.
pub async fn rives(banc: &Banc) -> Uuid {
    deposer(banc, "Pôle des Rives", "2024-05-28T10:00:00+02:00").await
}

/// The Atelier du Pays, in Brittany too, filed an hour later.
pub async fn atelier(banc: &Banc) -> Uuid {
    deposer(banc, "Atelier du Pays", "2024-05-28T11:00:00+02:00").await
}

/// The Chantier des Deux Vallées, in Corsica, which has no cell.
pub async fn vallees(banc: &Banc) -> Uuid {
    deposer(
        banc,
        "Chantier des Deux Vallées",
        "2024-05-28T12:00:00+02:00",
    )
    .await
}

/// What a reader says of each rule, all of them holding.
pub const TOUTES_TENUES: [(&str, &str); 10] = [
    ("conclusion", "confirmer"),
    ("R1", "tenue"),
    ("R2", "tenue"),
    ("E1", "tenue"),
    ("E2", "tenue"),
    ("E3", "tenue"),
    ("E4a", "tenue"),
    ("E4b", "tenue"),
    ("E5", "tenue"),
    ("E6", "tenue"),
];

/// The same, with the reason a rule that the machine contradicts wants.
pub fn toutes_tenues() -> Vec<(&'static str, &'static str)> {
    let motifs = ["R1", "R2", "E1", "E2", "E3", "E4a", "E4b", "E5", "E6"];
    let motifs = motifs.map(|code| match code {
        "R1" => ("R1.motif", "Vu par la cellule."),
        "R2" => ("R2.motif", "Vu par la cellule."),
        "E1" => ("E1.motif", "Vu par la cellule."),
        "E2" => ("E2.motif", "Vu par la cellule."),
        "E3" => ("E3.motif", "Vu par la cellule."),
        "E4a" => ("E4a.motif", "Vu par la cellule."),
        "E4b" => ("E4b.motif", "Vu par la cellule."),
        "E5" => ("E5.motif", "Vu par la cellule."),
        _ => ("E6.motif", "Vu par la cellule."),
    });
    TOUTES_TENUES.into_iter().chain(motifs).collect()
}

/// A whole draft of an opinion, as its page sends it.
pub const PROJET: [(&str, &str); 7] = [
    ("version", "0"),
    ("sens", "favorable"),
    ("recherche", "Une thèse est engagée."),
    ("animation", "Les membres se réunissent chaque mois."),
    ("ingenierie", "Les besoins sont bien vus."),
    ("modele_economique", "L’équilibre se tient à deux ans."),
    ("suite", "relire"),
];

/// The cell confirms the eligibility and gives a favourable opinion.
pub async fn instruire(banc: &Banc, courriel: &str, dossier: Uuid) {
    let cellule = banc.personne(courriel).await;
    let lecture = format!("/instruction/{dossier}");
    cellule
        .post(&format!("{lecture}/eligibilite"), &toutes_tenues())
        .await
        .mene_a(&lecture);
    cellule
        .post(&format!("{lecture}/projet"), &PROJET)
        .await
        .mene_a(&format!("{lecture}/avis?relire=oui"));
    cellule
        .post(&format!("{lecture}/avis"), &[("version", "1")])
        .await
        .mene_a(&format!("{lecture}/avis?rendu=oui"));
}

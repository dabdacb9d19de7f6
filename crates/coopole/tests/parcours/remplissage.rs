//! Filling a dossier as its team would, through the same pages: what journeys
//! of later rooms start from.

use coopole::{dossiers::Lecture, valeurs};
use metier::campagnes::formulaire::{Champ, TypeChamp};
use uuid::Uuid;

use crate::banc::{Banc, Visiteur};

pub const APPEL: &str = "/appels/ami-financement-2024";

/// The files the call cannot do without.
pub const PIECES: [&str; 4] = [
    "statuts",
    "organe_dirigeant",
    "schema_gouvernance",
    "synthese",
];

/// What a PDF begins with.
pub const PDF: &[u8] = b"%PDF-1.7\n%essai\n";

/// A draft just opened; its address.
pub async fn brouillon(banc: &Banc, equipe: &Visiteur<'_>, pole: &str) -> String {
    let pole = banc.pole(pole).await;
    equipe
        .post(&format!("{APPEL}/dossiers"), &[("pole", &pole)])
        .await
        .mene_a("/dossiers/")
}

/// A draft in which nothing is missing; its address.
pub async fn complet(banc: &Banc, equipe: &Visiteur<'_>, pole: &str) -> String {
    let dossier = brouillon(banc, equipe, pole).await;
    remplir(banc, equipe, &dossier).await;
    dossier
}

/// A dossier filed; its address.
#[allow(dead_code, reason = "for the journeys of later rooms")]
pub async fn depose(banc: &Banc, equipe: &Visiteur<'_>, pole: &str) -> String {
    let dossier = complet(banc, equipe, pole).await;
    deposer(equipe, &dossier).await.mene_a(&dossier);
    dossier
}

/// The two boxes ticked, the button pressed.
pub async fn deposer(equipe: &Visiteur<'_>, dossier: &str) -> crate::banc::Reponse {
    equipe
        .post(
            &format!("{dossier}/depot"),
            &[("pouvoir", "oui"), ("exactitude", "oui")],
        )
        .await
}

/// Everything the call asks for.
pub async fn remplir(banc: &Banc, equipe: &Visiteur<'_>, dossier: &str) {
    repondre_a_tout(banc, equipe, dossier).await;
    membres(equipe, dossier).await;
    budgets(equipe, dossier).await;
    for piece in PIECES {
        equipe
            .post_fichier(
                &format!("{dossier}/pieces/{piece}"),
                (piece, &format!("{piece}.pdf")),
                PDF,
            )
            .await
            .mene_a(dossier);
    }
}

/// Each rubrique, twice: an answer may open other questions.
pub async fn repondre_a_tout(banc: &Banc, equipe: &Visiteur<'_>, dossier: &str) {
    let campagne = banc.app.campagnes.find("ami-financement-2024").unwrap();
    let id: Uuid = dossier.trim_start_matches("/dossiers/").parse().unwrap();
    for rubrique in &campagne.formulaire.rubriques {
        let adresse = format!("{dossier}/rubriques/{}", rubrique.code);
        for _ in 0..2 {
            let page = equipe.get(&adresse).await;
            page.montre(&rubrique.titre.replace('\u{202f}', " "));
            let mut base = banc.app.db.lecture().await.unwrap();
            let contenu = coopole::dossiers::contenu(&mut base, id).await.unwrap();
            drop(base);
            let siege = siege(banc, id).await;
            let lecture = Lecture::de(&campagne, &contenu.reponses);
            let lue = lecture.rubrique(&rubrique.code).unwrap();
            let version = page.cache("version");
            let reponses: Vec<(String, String)> = lue
                .champs
                .iter()
                .map(|lu| (lu.champ.code.clone(), reponse(lu.champ, &siege)))
                .collect();
            let mut champs = vec![("version", version.as_str())];
            champs.extend(
                reponses
                    .iter()
                    .map(|(nom, texte)| (nom.as_str(), texte.as_str())),
            );
            let reponse = equipe.post(&adresse, &champs).await;
            assert!(
                reponse.statut.is_success() || reponse.statut.is_redirection(),
                "{}",
                reponse.texte
            );
        }
    }
}

/// The number of the structure and the commune of its seat, as the record of the
/// pole says them.
async fn siege(banc: &Banc, dossier: Uuid) -> (String, String) {
    let mut base = banc.app.db.lecture().await.unwrap();
    base.fetch_one(
        "SELECT s.siret, s.code_commune FROM dossiers d
         JOIN poles p ON p.id = d.pole JOIN structures s ON s.id = p.porteuse WHERE d.id = $1",
        &valeurs![dossier],
    )
    .await
    .unwrap()
}

/// An answer of the kind the field takes.
fn reponse(champ: &Champ, (siret, commune): &(String, String)) -> String {
    match &champ.genre {
        TypeChamp::TexteCourt { .. } => "Une réponse courte".into(),
        TypeChamp::TexteLong { .. } => "Une réponse\nsur deux lignes.".into(),
        TypeChamp::Choix(offerts) | TypeChamp::ChoixMultiples(offerts) => offerts[0].code.clone(),
        TypeChamp::OuiNon => "oui".into(),
        TypeChamp::Date => "2024-05-01".into(),
        TypeChamp::Nombre { min, .. } => min.to_string(),
        TypeChamp::Montant => "1 000".into(),
        TypeChamp::Siret => siret.clone(),
        TypeChamp::Rna => "W291000000".into(),
        TypeChamp::Commune => commune.clone(),
        TypeChamp::Courriel => "accueil@rives.example".into(),
        TypeChamp::Telephone => "02 98 00 00 00".into(),
    }
}

/// One member of the social economy, one outside it.
pub async fn membres(equipe: &Visiteur<'_>, dossier: &str) {
    let adresse = format!("{dossier}/membres");
    let version = equipe.get(&adresse).await.cache("version");
    equipe
        .post(
            &adresse,
            &[
                ("version", &version),
                ("membres.0.nom", "Les Rives solidaires"),
                ("membres.0.genre", "association"),
                ("membres.0.qualite_ess", "de_droit"),
                ("membres.0.siret", ""),
                ("membres.1.nom", "Menuiserie du Bac"),
                ("membres.1.genre", "entreprise"),
                ("membres.1.qualite_ess", "hors_ess"),
                ("membres.1.siret", ""),
                ("suite", "oui"),
            ],
        )
        .await
        .mene_a(dossier);
}

/// Two balanced budgets; the aid's own line is the call's.
pub async fn budgets(equipe: &Visiteur<'_>, dossier: &str) {
    let projet = format!("{dossier}/budget");
    let version = equipe.get(&projet).await.cache("version");
    equipe
        .post(
            &projet,
            &[
                ("version", &version),
                ("charges.0.compte", "64"),
                ("charges.0.montant", "120 000"),
                ("charges.0.subvention", "100 000"),
                ("charges.0.emploi", "animation_temps_travail"),
                ("produits.0.compte", "70"),
                ("produits.0.montant", "20 000"),
                ("produits.0.etat", ""),
            ],
        )
        .await
        .mene_a(dossier);
    let structure = format!("{dossier}/budget/structure");
    let version = equipe.get(&structure).await.cache("version");
    equipe
        .post(
            &structure,
            &[
                ("version", &version),
                ("charges.0.compte", "60"),
                ("charges.0.montant", "50 000"),
                ("produits.0.compte", "70"),
                ("produits.0.montant", "50 000"),
            ],
        )
        .await
        .mene_a(dossier);
}

//! The machine that dies in the middle of filings: what was acknowledged is
//! there, nothing is there twice, and the journal still verifies.

use crate::{
    banc::Banc,
    binaire::{Fin, Serveur, commande, post},
    parcours,
    remplissage::complet,
};

/// The six poles of the cast that signed the Charter.
const EQUIPES: [(&str, &str); 6] = [
    ("solene@rives.example", "Pôle des Rives"),
    ("bastien@atelier.example", "Atelier du Pays"),
    ("aline@cirques.example", "Fabrique des Cirques"),
    ("gilles@alizes.example", "Halte des Alizés"),
    ("lesia@vallees.example", "Chantier des Deux Vallées"),
    ("marcu@golfe.example", "Comptoir du Golfe"),
];

const PAR_EQUIPE: usize = 4;

fn servir(banc: &Banc) -> Serveur {
    Serveur::demarrer(regler(banc, commande(banc.donnees(), &["serve", "--demo"])))
}

pub fn regler(banc: &Banc, mut commande: std::process::Command) -> std::process::Command {
    if let Some(base) = banc.base() {
        commande.env("DATABASE_URL", base);
    }
    commande
}

/// Files; what the server answered, if it did.
pub async fn deposer(adresse: &str, dossier: &str, secret: &str) -> String {
    let depot = format!("{dossier}/depot");
    post(adresse, &depot, secret, "pouvoir=oui&exactitude=oui").await
}

/// Led to its receipt: the filing is acknowledged.
pub fn est_accuse(reponse: &str, dossier: &str) -> bool {
    reponse.starts_with("HTTP/1.1 303") && reponse.contains(&format!("location: {dossier}/accuse"))
}

parcours!(un_depot_accuse_survit_a_la_machine_et_aucun_n_est_double(banc) {
    let mut equipes = Vec::new();
    for (courriel, pole) in EQUIPES {
        let equipe = banc.personne(courriel).await;
        let dossier = complet(banc, &equipe, pole).await;
        equipes.push((dossier, banc.secret(courriel).await));
    }
    let mut serveur = servir(banc);
    let adresse = serveur.adresse.clone();
    // Each files several times at once, as an impatient person does.
    let mut essais = tokio::task::JoinSet::new();
    for (dossier, secret) in equipes.iter().cycle().take(EQUIPES.len() * PAR_EQUIPE) {
        let (adresse, dossier, secret) = (adresse.clone(), dossier.clone(), secret.clone());
        essais.spawn(async move {
            let reponse = deposer(&adresse, &dossier, &secret).await;
            let accuse = est_accuse(&reponse, &dossier);
            (dossier, accuse)
        });
    }
    let mut accuses = Vec::new();
    while let Some(Ok((dossier, accuse))) = essais.join_next().await {
        if accuse {
            accuses.push(dossier);
            serveur.tuer();
            break;
        }
    }
    while let Some(essai) = essais.join_next().await {
        // A connection the dead server refuses is no acknowledgement.
        accuses.extend(essai.ok().filter(|(_, accuse)| *accuse).map(|(dossier, _)| dossier));
    }
    assert!(!accuses.is_empty(), "aucun dépôt n’a été accusé avant la mort");

    let mut serveur = servir(banc);
    for dossier in &accuses {
        let id: uuid::Uuid = dossier.trim_start_matches("/dossiers/").parse().unwrap();
        let mut base = banc.app.db.lecture().await.unwrap();
        let gardes = base
            .compter("SELECT COUNT(*) FROM depots WHERE dossier = $1", &coopole::valeurs![id])
            .await
            .unwrap();
        assert_eq!(gardes, 1, "un dépôt accusé n’est pas là");
    }
    // Whoever got no answer tries again.
    for (dossier, secret) in &equipes {
        let reponse = deposer(&serveur.adresse, dossier, secret).await;
        assert!(est_accuse(&reponse, dossier), "{dossier} : {reponse}");
    }
    assert!(serveur.arreter().success());

    for (compte, sql) in [
        (6, "SELECT COUNT(*) FROM depots"),
        (6, "SELECT COUNT(*) FROM dossiers WHERE depose_le IS NOT NULL"),
        (6, "SELECT COUNT(*) FROM journal_entrees WHERE acte = 'depot'"),
        (6, "SELECT COUNT(DISTINCT objet) FROM journal_entrees WHERE acte = 'depot'"),
        // Who filed, and the address the dossier gives.
        (12, "SELECT COUNT(*) FROM courriels WHERE genre = 'accuse'"),
    ] {
        assert_eq!(banc.compter(sql).await, compte, "{sql}");
    }
    let verifier = regler(banc, commande(banc.donnees(), &["journal", "verifier"])).output();
    Fin::de(verifier.unwrap()).finit(0, "Journal intact");
});

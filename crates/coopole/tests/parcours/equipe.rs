//! The team of a pole, which gives its own people their place.

use coopole::valeurs;
use uuid::Uuid;

use crate::{
    banc::Banc,
    parcours,
    remplissage::{brouillon, deposer},
};

const RIVES: &str = "Pôle des Rives";

async fn compte(banc: &Banc, courriel: &str) -> Uuid {
    let mut base = banc.app.db.lecture().await.unwrap();
    let (id,): (Uuid,) = base
        .fetch_one(
            "SELECT id FROM comptes WHERE courriel = $1",
            &valeurs![courriel],
        )
        .await
        .unwrap();
    id
}

parcours!(une_responsable_associe_quelqu_un_qui_entre_aussitot(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let equipe = format!("{dossier}/equipe");
    porteuse.get(&dossier).await.montre(&equipe);
    porteuse.get(&equipe).await
        .montre("Solène Marée").montre("ivan@rives.example").montre("Associer une personne");

    let champs = [("nom", "Maël Chenal"), ("courriel", "Mael@rives.example"), ("place", "contributeur")];
    porteuse.post(&equipe, &champs).await.mene_a(&equipe);

    porteuse.get(&equipe).await.montre("Maël Chenal").montre("mael@rives.example");
    let courriel = banc.dernier_courriel("mael@rives.example").await;
    assert!(courriel.contains("Solène Marée vous associe à l’équipe"), "{courriel}");
    assert!(courriel.contains("http://coopole.example/connexion"), "{courriel}");
    let mael = banc.personne("mael@rives.example").await;
    mael.get(&dossier).await.montre(RIVES);
    mael.get(&equipe).await.montre("demandez à Solène Marée");
    deposer(&mael, &dossier).await.introuvable();
    let actes = "SELECT COUNT(*) FROM journal_entrees WHERE acte = 'habilitation' AND motif = 'contributeur'";
    assert_eq!(banc.compter(actes).await, 1);

    // Twice the same is once.
    porteuse.post(&equipe, &champs).await.refuse("Cette personne est déjà dans l’équipe.");
    assert_eq!(banc.compter(actes).await, 1);
});

parcours!(une_association_dit_tout_ce_qui_lui_manque_et_garde_ce_qui_est_tape(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let comptes = banc.compter("SELECT COUNT(*) FROM comptes").await;

    porteuse.post(&format!("{dossier}/equipe"), &[("courriel", "mael@rives")]).await
        .refuse("À corriger (3)")
        .refuse("Indiquez une adresse complète")
        .refuse("Indiquez le nom de la personne")
        .refuse("Choisissez ce que la personne fera dans l’équipe.")
        .refuse("value=\"mael@rives\"");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM comptes").await, comptes);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels").await, 0);
});

parcours!(une_place_change_puis_prend_fin(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let equipe = format!("{dossier}/equipe");
    let (odile, ivan) = (compte(banc, "odile@rives.example").await, compte(banc, "ivan@rives.example").await);
    let place = format!("place-{odile}");

    porteuse.post(&format!("{equipe}/{odile}"), &[(&place, "contributeur")]).await.mene_a(&equipe);
    porteuse.post(&format!("{equipe}/{odile}"), &[(&place, "contributeur")]).await
        .refuse("Cette personne a déjà cette place.");
    let adresse = format!("{dossier}/rubriques/structure");
    let contributrice = banc.personne("odile@rives.example").await;
    contributrice.get(&adresse).await.montre("name=\"structure_nom\"");
    assert!(banc.dernier_courriel("odile@rives.example").await.contains("change votre place"));

    // One page between the list and the act, and a way back.
    let fin = format!("{equipe}/{ivan}/fin");
    porteuse.get(&equipe).await.montre(&fin);
    porteuse.get(&fin).await.montre("ne verra plus aucun dossier").montre("Ne rien changer").montre(&equipe);
    banc.personne("ivan@rives.example").await.get(&dossier).await.montre(RIVES);
    porteuse.post(&fin, &[]).await.mene_a(&equipe);
    porteuse.get(&fin).await.introuvable();
    let parti = banc.personne("ivan@rives.example").await;
    parti.get(&dossier).await.introuvable();
    assert!(banc.dernier_courriel("ivan@rives.example").await.contains("Vous n’êtes plus dans l’équipe"));
    porteuse.post(&format!("{equipe}/{ivan}/fin"), &[]).await.refuse("Cette personne n’est plus dans l’équipe.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'fin_habilitation'").await, 1);
});

parcours!(un_pole_garde_toujours_quelqu_un_qui_en_repond(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let equipe = format!("{dossier}/equipe");
    let solene = compte(banc, "solene@rives.example").await;
    let ivan = compte(banc, "ivan@rives.example").await;

    porteuse.post(&format!("{equipe}/{solene}/fin"), &[]).await.refuse("Personne d’autre ne répond du pôle");
    porteuse.post(&format!("{equipe}/{solene}"), &[(&format!("place-{solene}"), "lecteur")]).await
        .refuse("Donnez d’abord cette place à une autre personne.");

    porteuse.post(&format!("{equipe}/{ivan}"), &[(&format!("place-{ivan}"), "responsable")]).await.mene_a(&equipe);
    porteuse.post(&format!("{equipe}/{solene}/fin"), &[]).await.mene_a("/espace");
    porteuse.get(&dossier).await.introuvable();
});

parcours!(personne_d_autre_ne_touche_a_l_equipe(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let equipe = format!("{dossier}/equipe");
    let odile = compte(banc, "odile@rives.example").await;
    let place = format!("place-{odile}");
    let associer = [("nom", "Maël Chenal"), ("courriel", "mael@rives.example"), ("place", "responsable")];
    let actes: [(String, Vec<(&str, &str)>); 3] = [
        (equipe.clone(), associer.to_vec()),
        (format!("{equipe}/{odile}"), vec![(&place, "responsable")]),
        (format!("{equipe}/{odile}/fin"), vec![]),
    ];

    banc.public().get(&equipe).await.demande_a_se_connecter();
    banc.public().get(&actes[2].0).await.demande_a_se_connecter();
    for autre in [
        "ivan@rives.example",             // of the team, does not answer for it
        "odile@rives.example",            // reads
        "bastien@atelier.example",        // another pole
        "gwenn@cellule-bretagne.example", // the cell
        "claire@tresor.example",          // the pilot
        "samir@coopole.example",          // the machine
    ] {
        let personne = banc.personne(autre).await;
        for (adresse, champs) in &actes {
            personne.post(adresse, champs).await.introuvable();
        }
        personne.get(&actes[2].0).await.introuvable();
        let vue = personne.get(&equipe).await;
        match autre.ends_with("@rives.example") {
            true => assert!(!vue.montre("Odile Relecture").texte.contains("Associer une personne")),
            false => { vue.introuvable(); }
        }
    }
    for (adresse, champs) in &actes {
        banc.public().post(adresse, champs).await.demande_a_se_connecter();
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE genre = 'compte'").await, 0);
});

parcours!(qui_ne_fait_que_lire_n_est_appele_a_rien(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, RIVES).await;
    let champs = [("nom", "Maël Chenal"), ("courriel", "mael@rives.example"), ("place", "lecteur")];
    porteuse.post(&format!("{dossier}/equipe"), &champs).await.mene_a(&format!("{dossier}/equipe"));
    let mael = banc.personne("mael@rives.example").await;

    let espace = mael.get("/espace").await;
    espace.montre("En cours : le dossier de votre pôle (Pôle des Rives)").montre("Lire le dossier");
    let sommaire = mael.get(&dossier).await;
    sommaire.montre("Voir ce qui manque");
    let appel = mael.get("/appels/ami-financement-2024").await;
    appel.montre("Votre pôle a un brouillon").montre("Lire le dossier");
    for page in [espace, sommaire, appel] {
        for mot in ["À faire : ", "Reprendre", "Vérifier et déposer"] {
            assert!(!page.texte.contains(mot), "{mot}");
        }
    }
    porteuse.get("/espace").await.montre("À faire : compléter le dossier (Pôle des Rives)");
});

//! The proof of a filing: from the page to a file that anybody checks alone.

use axum::http::header;
use coopole::socle::journal::{preuve::Preuve, scellement};

use crate::{
    banc::Banc,
    parcours,
    remplissage::{complet, deposer},
};

async fn sceller(banc: &Banc) {
    let app = &banc.app;
    scellement::sceller(&app.db, &app.cle, &app.horloge)
        .await
        .unwrap();
}

/// The value that follows this text on a page, up to the next sign `fin`.
fn apres<'t>(texte: &'t str, debut: &str, fin: char) -> &'t str {
    let (_, suite) = texte.split_once(debut).expect(debut);
    suite.split(fin).next().unwrap()
}

parcours!(scelle_le_depot_porte_une_preuve_que_chacun_verifie(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, "Pôle des Rives").await;
    // A first head before, so that the path leans on an edge.
    sceller(banc).await;
    deposer(&porteuse, &dossier).await.mene_a(&dossier);
    let accuse = format!("{dossier}/accuse");
    let page = porteuse.get(&accuse).await;
    page.montre("attend son sceau");
    let code = apres(&page.texte, "/verification?code=", '"').to_owned();
    let (privee, publique) = (format!("{accuse}/preuve"), format!("/verification/preuve?code={code}"));
    porteuse.get(&privee).await.introuvable();
    banc.public().get(&publique).await.introuvable();

    sceller(banc).await;

    porteuse.get(&accuse).await.montre("Rang au journal").montre("Télécharger la preuve d’inscription");
    let fichier = porteuse.get(&privee).await;
    assert_eq!(fichier.entetes[header::CONTENT_TYPE], "application/json");
    let prouvee = Preuve::verifier(&fichier.texte).unwrap();
    assert_eq!((prouvee.acte.as_str(), prouvee.objet.to_string()), ("depot", dossier["/dossiers/".len()..].to_owned()));
    let empreinte = apres(&page.texte, "co-empreinte\">", '<');
    assert_eq!(prouvee.empreinte.as_deref(), Some(empreinte));
    assert!(prouvee.place + 1 == prouvee.taille && prouvee.place > 0, "{prouvee:?}");
    let cle = banc.public().get_avec("/journal/tete", &[("accept", "text/plain")]).await;
    assert!(cle.texte.contains(&prouvee.cle_publique), "{}", cle.texte);

    // One sign changed anywhere and the file proves nothing.
    for (vrai, faux) in [
        ("\"depot\"", "\"retrait\""),
        ("Pôle des Rives", "Pôle des Rires"),
        ("\"place\": ", "\"place\": 1"),
        ("\"scelle_le\": ", "\"scelle_le\": 1"),
        (empreinte_du_chemin(&fichier.texte), &"0".repeat(64)),
    ] {
        assert!(fichier.texte.contains(vrai), "{vrai}");
        let change = fichier.texte.replace(vrai, faux);
        assert!(Preuve::verifier(&change).is_err(), "« {faux} » passe pour vrai");
    }

    // The file does not change when the journal grows.
    porteuse.post(&format!("{dossier}/retrait"), &[("confirmation", "oui")]).await.mene_a(&dossier);
    sceller(banc).await;
    assert_eq!(porteuse.get(&privee).await.texte, fichier.texte);
});

fn empreinte_du_chemin(json: &str) -> &str {
    let chemin = json.split_once("\"chemin\": [").unwrap().1;
    apres(chemin, "\"", '"')
}

parcours!(la_preuve_publique_ne_dit_rien_du_dossier(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = complet(banc, &porteuse, "Pôle des Rives").await;
    deposer(&porteuse, &dossier).await.mene_a(&dossier);
    let page = porteuse.get(&format!("{dossier}/accuse")).await;
    let code = apres(&page.texte, "/verification?code=", '"').to_owned();
    sceller(banc).await;

    banc.public().get(&format!("/verification?code={code}")).await.montre("Rang au journal");
    let fichier = banc.public().get(&format!("/verification/preuve?code={code}")).await;

    assert_eq!(Preuve::verifier(&fichier.texte).unwrap().empreinte, None);
    for secret in ["Rives", "Solène", "contenu", "sel"] {
        assert!(!fichier.texte.contains(secret), "« {secret} » se lit : {}", fichier.texte);
    }
    banc.public().get("/verification/preuve?code=AAAA-BBBB-CCCC-DDDD").await.introuvable();
    banc.public().get("/verification/preuve").await.introuvable();
});

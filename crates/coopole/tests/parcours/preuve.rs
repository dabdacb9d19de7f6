//! The proof of a filing: from the page to a file that anybody checks alone.

use axum::http::header;
use coopole::socle::journal::{preuve::Preuve, scellement};

use crate::{
    banc::{Banc, Reponse, Visiteur},
    cave::lever_la_garde,
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

const VERIFICATION: &str = "/verification";

/// A dossier filed and sealed: the code of its receipt, its proof with the text.
async fn prouve(banc: &Banc, porteuse: &Visiteur<'_>) -> (String, String, String) {
    let dossier = complet(banc, porteuse, "Pôle des Rives").await;
    deposer(porteuse, &dossier).await.mene_a(&dossier);
    sceller(banc).await;
    let page = porteuse.get(&format!("{dossier}/accuse")).await;
    let code = apres(&page.texte, "/verification?code=", '"').to_owned();
    let preuve = porteuse.get(&format!("{dossier}/accuse/preuve")).await;
    (
        dossier,
        code,
        String::from_utf8(preuve.octets.to_vec()).unwrap(),
    )
}

/// Sends a file to the public page, with a code or none.
async fn comparer(banc: &Banc, code: &str, nom: &str, octets: &[u8]) -> Reponse {
    let mut corps = format!(
        "--limite\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\n{code}\r\n\
         --limite\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{nom}\"\r\n\r\n"
    )
    .into_bytes();
    corps.extend_from_slice(octets);
    corps.extend_from_slice(b"\r\n--limite--\r\n");
    let genre = "multipart/form-data; boundary=limite";
    banc.public()
        .post_brut(VERIFICATION, genre, corps.into())
        .await
}

/// The parts said to differ, and no other.
#[track_caller]
fn differe(page: &Reponse, parties: &[&str]) {
    for partie in [
        "Faits de l’acte",
        "Inscription au journal",
        "Chemin jusqu’à la tête",
        "Tête signée",
        "Clé publique",
    ] {
        let (_, suite) = page
            .montre("Partie par partie")
            .texte
            .split_once(&format!("<dt>{partie}</dt>"))
            .expect(partie);
        let etat = suite.split("</dd>").next().unwrap();
        assert_eq!(
            etat.contains("Diffère"),
            parties.contains(&partie),
            "{partie} : {etat}"
        );
        assert_eq!(
            etat.contains("Concorde"),
            !parties.contains(&partie),
            "{partie} : {etat}"
        );
    }
}

/// The JSON with one field changed.
fn changer(preuve: &str, faire: impl FnOnce(&mut serde_json::Value)) -> String {
    let mut valeur = serde_json::from_str(preuve).unwrap();
    faire(&mut valeur);
    valeur.to_string()
}

parcours!(une_preuve_changee_dit_quelle_partie_differe(banc) {
    let porteuse = banc.porteuse().await;
    let (_, _, preuve) = prouve(banc, &porteuse).await;

    let page = comparer(banc, "", "preuve.json", preuve.as_bytes()).await;
    page.montre("cette preuve concorde avec le journal").montre("Numéro du dossier");
    differe(&page, &[]);
    let publique = changer(&preuve, |p| drop(p.as_object_mut().unwrap().remove("texte")));
    differe(&comparer(banc, "", "preuve.json", publique.as_bytes()).await, &[]);

    let faux = "0".repeat(64);
    for (partie, changee) in [
        ("Faits de l’acte", preuve.replace("Pôle des Rives", "Pôle des Rires")),
        ("Faits de l’acte", changer(&preuve, |p| p["texte"]["sel"] = faux.clone().into())),
        ("Inscription au journal", changer(&preuve, |p| p["entree"]["acte"] = "retrait".into())),
        ("Inscription au journal", changer(&preuve, |p| p["entree"]["le"] = 1.into())),
        ("Inscription au journal", changer(&preuve, |p| p["entree"]["engagement"] = faux.clone().into())),
        ("Chemin jusqu’à la tête", changer(&preuve, |p| p["chemin"][0] = faux.clone().into())),
        ("Chemin jusqu’à la tête", changer(&preuve, |p| p["place"] = 0.into())),
        ("Tête signée", changer(&preuve, |p| p["racine"] = faux.clone().into())),
        ("Tête signée", changer(&preuve, |p| p["scelle_le"] = 1.into())),
        ("Tête signée", changer(&preuve, |p| p["signature"] = "AAAA".into())),
        ("Tête signée", changer(&preuve, |p| p["taille"] = 99.into())),
        ("Clé publique", changer(&preuve, |p| p["cle_publique"] = "une autre".into())),
    ] {
        assert_ne!(changee, preuve, "{partie}");
        let page = comparer(banc, "", "preuve.json", changee.as_bytes()).await;
        page.montre("cette preuve a été modifiée").montre("Téléchargez-la de nouveau");
        differe(&page, &[partie]);
        assert!(!page.texte.contains("Numéro du dossier"), "{partie}");
    }
    let rires = preuve.replace("Pôle des Rives", "Pôle des Rires");
    comparer(banc, "", "preuve.json", rires.as_bytes()).await.montre("Lignes en cause : <code>pole</code>.");
    // Two parts at once are both named.
    let deux = changer(&rires, |p| p["scelle_le"] = 1.into());
    differe(&comparer(banc, "", "preuve.json", deux.as_bytes()).await, &["Faits de l’acte", "Tête signée"]);
    // An entry the journal has not: changed if it names our key, else of elsewhere.
    let inconnue = changer(&preuve, |p| p["entree"]["id"] = uuid::Uuid::nil().to_string().into());
    differe(&comparer(banc, "", "preuve.json", inconnue.as_bytes()).await, &["Inscription au journal"]);
    let ailleurs = changer(&inconnue, |p| p["cle_publique"] = "une autre".into());
    comparer(banc, "", "preuve.json", ailleurs.as_bytes()).await.montre("cette preuve ne vient pas d’ici");
});

parcours!(un_journal_change_derriere_une_preuve_signee_se_dit(banc) {
    let porteuse = banc.porteuse().await;
    let (dossier, _, preuve) = prouve(banc, &porteuse).await;
    let id: uuid::Uuid = dossier["/dossiers/".len()..].parse().unwrap();
    let mut tx = banc.app.db.begin().await.unwrap();
    lever_la_garde(banc, &mut tx).await;
    let change = "UPDATE journal_entrees SET le = le + 1 WHERE acte = 'depot'";
    tx.execute(change, &[]).await.unwrap();
    tx.commit().await.unwrap();

    let page = comparer(banc, "", "preuve.json", preuve.as_bytes()).await;
    page.montre("cette preuve est signée ici, et le journal dit autre chose").montre("Ce n’est pas votre fichier");
    differe(&page, &["Inscription au journal"]);

    let mut tx = banc.app.db.begin().await.unwrap();
    let remis = "UPDATE journal_entrees SET le = le - 1 WHERE acte = 'depot'";
    tx.execute(remis, &[]).await.unwrap();
    let faits = "UPDATE depots SET faits = faits || 'x' WHERE dossier = $1";
    tx.execute(faits, &coopole::valeurs![id]).await.unwrap();
    tx.commit().await.unwrap();
    let page = comparer(banc, "", "preuve.json", preuve.as_bytes()).await;
    page.montre("le journal dit autre chose");
    differe(&page, &["Faits de l’acte"]);
});

parcours!(un_accuse_se_compare_a_l_octet_et_son_code_dit_a_quoi(banc) {
    let porteuse = banc.porteuse().await;
    let (dossier, code, preuve) = prouve(banc, &porteuse).await;
    let pdf = porteuse.get(&format!("{dossier}/accuse.pdf")).await.octets.to_vec();
    comparer(banc, &code, "accuse.pdf", &pdf).await.montre("n’est pas encore imprimé");
    banc.taches().await;

    comparer(banc, &code, "accuse.pdf", &pdf).await.montre("l’accusé délivré ici, à l’octet près").montre("Rang au journal");
    let retouche = [&pdf[..], b"\n% annote"].concat();
    let page = comparer(banc, &code, "accuse.pdf", &retouche).await;
    page.montre("n’est pas l’accusé délivré avec ce code").montre("Ce qui diffère : l’empreinte du fichier");
    page.montre("Numéro du dossier").montre("Empreinte de votre fichier");
    comparer(banc, "AAAA-BBBB-CCCC-DDDD", "accuse.pdf", &pdf).await.montre("rien de ce qui est délivré ici, accusé ou signature, ne porte ce code");
    comparer(banc, "AAAA-BBBB-CCCC-DDDD", "preuve.json", preuve.as_bytes()).await.montre("n’est pas celui de ce code");
    // What cannot be compared is said beside its field.
    comparer(banc, "", "accuse.pdf", &pdf).await.refuse("Donnez aussi le code");
    comparer(banc, "", "rien", b"").await.refuse("Donnez un code, ou un fichier");
    for illisible in [&b"bonjour"[..], b"\xff\xfe", b"{}", &preuve.as_bytes()[..preuve.len() / 2]] {
        comparer(banc, &code, "preuve.json", illisible).await.refuse("ni une preuve entière");
    }
    // A code alone leads to its own page; nothing of all this is kept.
    assert_eq!(comparer(banc, &code.to_lowercase(), "", b"").await.mene_a(VERIFICATION), format!("{VERIFICATION}?code={code}"));
    assert_eq!(banc.fichiers(), 5, "quatre pièces et un accusé");
});

//! The register as open data: what the pages count is counted again from the
//! files, and a command writes the same files.

use std::collections::BTreeMap;

use futures_util::StreamExt;

use crate::{
    banc::Banc,
    binaire::{Dossier, Serveur, commande, executer, get},
    parcours,
};

/// The rows of a file, by the titles of its columns.
fn rangees(texte: &str, separateur: u8) -> Vec<BTreeMap<String, String>> {
    let texte = texte.trim_start_matches('\u{feff}');
    let mut lecteur = csv::ReaderBuilder::new()
        .delimiter(separateur)
        .from_reader(texte.as_bytes());
    lecteur.deserialize().map(Result::unwrap).collect()
}

async fn poles(banc: &Banc) -> Vec<BTreeMap<String, String>> {
    rangees(&banc.public().get("/poles.csv").await.texte, b',')
}

parcours!(chaque_compte_public_se_refait_depuis_les_fichiers(banc) {
    let public = banc.public();
    let poles = poles(banc).await;
    public.get("/poles").await.montre(&format!("{} pôles inscrits", poles.len()));
    let ou = |colonne: &str, valeur: &str| poles.iter().filter(|p| p[colonne] == valeur).count();
    let regions = public.get("/regions").await;
    for region in metier::commun::Region::TOUTES {
        let ligne = regions.texte.split("<tr").find(|l| l.contains(&format!("href=\"/regions/{}\"", region.code())));
        let combien = match ou("region", region.code()) {
            0 => ">aucun<".to_owned(),
            n => format!(">{n}<"),
        };
        assert!(ligne.unwrap().contains(&combien), "{} : {combien}", region.nom());
    }
    let avec = |signe: &str| poles.iter().filter(|p| p["signes"].split('|').any(|s| s == signe)).count();
    for signe in ["charte", "accompagnement", "financement"] {
        public.get(&format!("/poles?signe={signe}")).await.montre(&format!("{} pôle", avec(signe)));
    }
    assert!(avec("charte") > 0 && ou("invente", "oui") > 0);

    // Each department of a region, then each grouping of a department.
    for (code, nom) in [("29", "Finistère"), ("35", "Ille-et-Vilaine")] {
        let combien = ou("departement", code);
        let region = public.get("/regions/53").await.texte;
        let ligne = region.split("<tr").find(|l| l.contains(&format!("href=\"/departements/{code}\""))).unwrap();
        assert!(ligne.contains(&format!(">{combien}<")), "{nom} : {combien}");
        let page = public.get(&format!("/departements/{code}")).await;
        page.montre(&format!("{combien} pôle"));
        let siens: std::collections::BTreeSet<&str> = poles.iter()
            .filter(|p| p["departement"] == code && !p["epci"].is_empty()).map(|p| p["epci"].as_str()).collect();
        for siren in siens {
            let ligne = page.texte.split("<tr").find(|l| l.contains(&format!("href=\"/epci/{siren}\""))).unwrap();
            let combien = poles.iter().filter(|p| p["departement"] == code && p["epci"] == siren).count();
            assert!(ligne.contains(&format!(">{combien}<")), "{siren} : {combien}");
            public.get(&format!("/epci/{siren}")).await.montre(&format!("{} pôle", ou("epci", siren)));
        }
    }
    assert!(poles.iter().any(|p| !p["epci"].is_empty()));
    // « Not signed » is not « not known ».
    assert_eq!((ou("charte", ""), ou("charte", "oui")), (75, avec("charte")));
    assert!(ou("charte", "non") > 0);
    let soutiens = rangees(&public.get("/charte/signataires.csv?qualite=soutien").await.texte, b';');
    public.get("/charte/signataires?qualite=soutien").await.montre(&format!("{} organisation", soutiens.len()));
    let regions_en_fichier = rangees(&public.get("/regions.csv").await.texte, b';');
    assert_eq!(regions_en_fichier.len(), 18);
    for r in &regions_en_fichier {
        assert_eq!(r["poles_inscrits"], ou("region", &r["code_region"]).to_string());
        let page = public.get(&format!("/regions/{}", r["code_region"])).await;
        match r["courriel"].as_str() {
            "" => page.montre("adresse non publiée"),
            courriel => page.montre(courriel),
        };
        page.montre(if r["cellule"] == "oui" { "Oui" } else { "Non : " });
    }

    let recenses = rangees(&public.get("/recensement/export").await.texte, b';');
    assert_eq!(recenses.len(), poles.len(), "chaque pôle, recensé ou non");
    let combien = |signataire: &str, laureat: &str| recenses.iter()
        .filter(|p| p["signataire_charte"] == signataire && p["laureat_accompagnement"] == laureat).count();
    let recensement = public.get("/recensement").await;
    let (les_deux, seule, seuls) = (combien("oui", "oui"), combien("oui", "non"), combien("non", "oui"));
    // On one list, when the other says nothing.
    let non_croises = combien("non connu", "oui") + combien("oui", "non connu");
    recensement.montre(&format!("{} pôles recensés", les_deux + seule + seuls + non_croises));
    let inconnues = recenses.iter().filter(|p| p["signataire_charte"] == "non connu").count();
    recensement.montre(&format!(">{inconnues} pôles</a>"));
    // The file says what it counts, when, and under what licence.
    for p in &recenses {
        assert_eq!((&*p["date"], &*p["licence"]), ("26/03/2024", "Licence Ouverte 2.0 (Etalab)"));
        assert!(p["definition"].starts_with("Pôles inscrits à ce registre"));
    }
});

parcours!(la_page_des_donnees_dit_chaque_colonne_du_fichier(banc) {
    let public = banc.public();
    let page = public.get("/donnees").await;
    for colonne in poles(banc).await[0].keys().filter(|c| !["definition", "licence", "date"].contains(&c.as_str())) {
        page.montre(&format!("<code>{colonne}</code>"));
    }
    page.montre("Licence Ouverte 2.0").montre("coopole registre exporter").montre("/poles.atom");
    public.get("/plan").await.montre("/donnees");
    // No person, no address of one.
    for chapitre in ["/poles-membres.csv", "/poles-signes.csv", "/poles-changements.csv"] {
        let titres = public.get(chapitre).await;
        page.montre(&format!("href=\"{chapitre}\""));
        for colonne in titres.texte.lines().next().unwrap().split(',').filter(|c| !["definition", "licence", "date"].contains(c)) {
            page.montre(&format!("<code>{colonne}</code>"));
        }
    }
    for fichier in ["/poles.csv", "/poles-membres.csv", "/poles-signes.csv", "/poles-changements.csv",
                    "/poles.json", "/poles.geojson", "/recensement/export"] {
        let fichier = public.get(fichier).await;
        for personne in ["Solène", "solene@", "gwenn@"] {
            assert!(!fichier.texte.contains(personne), "{personne}");
        }
    }
});

/// The text of a piece of page, without its tags.
fn nu(html: &str) -> String {
    let textes = html
        .split('<')
        .map(|morceau| morceau.split_once('>').map_or(morceau, |(_, texte)| texte));
    textes
        .collect::<String>()
        .replace("&amp;", "&")
        .trim()
        .to_owned()
}

/// What stands between two marks, as many times as they come.
fn entre<'a>(texte: &'a str, debut: &str, fin: &str) -> Vec<&'a str> {
    let suites = texte.split(debut).skip(1);
    suites
        .filter_map(|suite| Some(suite.split_once(fin)?.0))
        .collect()
}

/// The facts of a page: each name with what is said of it.
fn faits(texte: &str) -> Vec<(String, String)> {
    let faits = entre(texte, "<div class=\"co-fait\"><dt>", "</dd>");
    faits
        .iter()
        .map(|fait| {
            let (quoi, dit) = fait.split_once("</dt>").unwrap();
            (nu(quoi), nu(dit))
        })
        .collect()
}

/// What a file says, read as the page writes it; « non connu » for nothing.
fn dit(champ: &serde_json::Value) -> String {
    match champ {
        serde_json::Value::Null => "non connu".to_owned(),
        serde_json::Value::Bool(oui) => if *oui { "oui" } else { "non" }.to_owned(),
        serde_json::Value::String(texte) => {
            metier::commun::typographie(texte).replace(['\u{a0}', '\u{202f}'], " ")
        }
        autre => autre.to_string(),
    }
}

parcours!(tout_ce_que_montre_une_fiche_est_dans_les_fichiers_et_personne_n_y_est(banc) {
    let public = banc.public();
    let rives = banc.pole("Pôle des Rives").await;
    // One of each: a change answered by the cell, then what the page tells of it.
    let solene = banc.porteuse().await;
    solene.post(&format!("/poles/{rives}/corrections/territoire"), &[
        ("valeur", "Le pays de Morlaix et ses îles."), ("source", "Délibération du 3 mai 2024"),
    ]).await;
    let propositions = banc.compter("SELECT COUNT(*) FROM corrections WHERE sort IS NULL").await;
    assert_eq!(propositions, 1);
    let (id,): (uuid::Uuid,) = banc.app.db.lecture().await.unwrap()
        .fetch_one("SELECT id FROM corrections WHERE sort IS NULL", &[]).await.unwrap();
    banc.personne("gwenn@cellule-bretagne.example").await
        .post(&format!("/corrections/{id}/moderation"), &[("sort", "retenue")]).await;

    let page = public.get(&format!("/poles/{rives}")).await;
    let objets: serde_json::Value =
        serde_json::from_slice(&public.get("/poles.json?region=53").await.octets).unwrap();
    let objet = objets["poles"].as_array().unwrap().iter()
        .find(|pole| pole["identifiant"] == rives.as_str()).unwrap();

    // Each fact of the page, from the files alone; one more fact of the page
    // must find its field.
    // Where each fact comes from is folded under them, and told by its own file.
    let (page_des_faits, _) = page.texte.split_once("La source de chaque information").unwrap();
    let faits = faits(page_des_faits);
    assert_eq!(faits.len(), 13, "{faits:?}");
    for (quoi, lu) in faits {
        let siret: metier::commun::Siret = objet["siret"].as_str().unwrap().parse().unwrap();
        let region = metier::commun::Region::par_code(objet["region"].as_str().unwrap()).unwrap();
        let attendus = match quoi.as_str() {
            "Structure porteuse" => vec![
                dit(&objet["structure_porteuse"]), dit(&objet["forme"]), siret.lisible().replace('\u{202f}', " "),
            ],
            "Famille de l’ESS" => {
                let qualite = metier::poles::QualiteEss::par_code(objet["qualite_ess"].as_str().unwrap()).unwrap();
                vec![qualite.libelle().to_owned()]
            }
            "Lieu" => vec![dit(&objet["commune"]), dit(&objet["departement"]), region.nom().to_owned()],
            "Territoire" => vec![dit(&objet["territoire"])],
            "Maturité" => vec![dit(&objet["maturite"])],
            "Territoire rural" => vec![dit(&objet["rural"])],
            "Quartier prioritaire (QPV)" => vec![dit(&objet["qpv"])],
            "Emplois des membres" => vec![dit(&objet["emplois"])],
            "Europe" => vec![dit(&objet["europe"])],
            "Site internet" => vec![dit(&objet["site"])],
            // By their titles, their days and their proofs: below.
            "Charte" | "Accompagnement" | "Financement" => Vec::new(),
            autre => panic!("« {autre} » est sur la page et dans aucun fichier"),
        };
        for attendu in attendus {
            assert!(lu.contains(&attendu), "{quoi} : « {lu} » sur la page, « {attendu} » dans le fichier");
        }
    }
    page.montre(&dit(&objet["presentation"]));
    for theme in objet["themes"].as_array().unwrap() {
        page.montre(metier::poles::Theme::par_code(theme.as_str().unwrap()).unwrap().libelle());
    }

    // Members by kind, each with its dates, and the count the page gives.
    let membres = objet["membres"].as_array().unwrap();
    let presents: Vec<_> = membres.iter().filter(|m| m["present"] == true).collect();
    let ess = presents.iter().filter(|m| m["nature"] == "ess").count();
    page.montre(&format!("{} membres connus, dont {ess} de l’économie sociale", presents.len()));
    assert_eq!(objet["nombre_de_membres"], presents.len());
    let lignes = entre(&page.texte, "<tr", "</tr>");
    let lignes: Vec<String> = lignes.iter().map(|ligne| nu(ligne)).collect();
    for membre in membres {
        let nature = metier::poles::NatureMembre::par_code(membre["nature"].as_str().unwrap()).unwrap();
        let ligne = lignes.iter().find(|ligne| ligne.starts_with(&dit(&membre["membre"])));
        let ligne = ligne.unwrap_or_else(|| panic!("{membre} dans {lignes:?}"));
        assert!(ligne.contains(nature.libelle()), "{ligne}");
        assert_eq!(ligne.contains("Tiers-lieu"), membre["tiers_lieu"] == true, "{ligne}");
    }
    assert_eq!(lignes.len(), membres.len() + 1, "{lignes:?}");
    let partie = membres.iter().find(|m| m["membre"] == "Ressourcerie des Monts").unwrap();
    assert_eq!((&partie["depuis"], &partie["jusqu_a"]), (&"2020".into(), &"2023".into()));
    page.montre("de 2020 à 2023");
    assert_eq!((&objet["emplois"], &objet["rna"]), (&64.into(), &serde_json::Value::Null));

    // Its signs, by their titles, their days and their proofs.
    let signes = objet["detail_des_signes"].as_array().unwrap();
    assert_eq!(signes.len(), 2, "{signes:?}");
    for signe in signes {
        page.montre(signe["titre"].as_str().unwrap());
        let jour: jiff::civil::Date = signe["le"].as_str().unwrap().parse().unwrap();
        page.montre(&metier::commun::temps::jour_simple_de(jour));
        if let Some(preuve) = signe["preuve"].as_str() {
            page.montre(preuve.split_once("/charte/").unwrap().1);
        }
    }

    // How it changed.
    let changements = objet["changements"].as_array().unwrap();
    assert_eq!(changements.len(), 1);
    for champ in ["avant", "apres", "origine"] {
        page.montre(changements[0][champ].as_str().unwrap().trim_end_matches('.'));
    }

    // Each chapter as a file says the same.
    for (fichier, chapitre) in [("membres", "membres"), ("signes", "detail_des_signes"), ("changements", "changements")] {
        let texte = public.get(&format!("/poles-{fichier}.csv?region=53")).await.texte;
        let lignes = rangees(&texte, b',');
        let siennes = lignes.iter().filter(|ligne| ligne["pole"] == rives);
        assert_eq!(siennes.count(), objet[chapitre].as_array().unwrap().len(), "{fichier}");
    }
    for fichier in ["/poles.csv", "/poles-tableur.csv", "/poles.json", "/poles.geojson", "/poles-membres.csv",
                    "/poles-signes.csv", "/poles-changements.csv"] {
        let texte = public.get(fichier).await.texte;
        for personne in ["Solène", "Marée", "Gwenn", "Balise", "@rives", "@cellule"] {
            assert!(!texte.contains(personne), "{personne} dans {fichier}");
        }
    }
});

parcours!(un_registre_de_plusieurs_lots_s_emporte_entier_et_sans_repetition(banc) {
    let mut tx = banc.app.db.begin().await.unwrap();
    for rang in 0..2_600 {
        coopole::poles::create(&mut tx, &pole(rang)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let tous = banc.compter("SELECT COUNT(*) FROM poles").await as usize;
    for tri in ["", "?tri=signe"] {
        let texte = banc.public().get(&format!("/poles.csv{tri}")).await.texte;
        let ids: std::collections::BTreeSet<String> =
            rangees(&texte, b',').into_iter().map(|p| p["identifiant"].clone()).collect();
        assert_eq!((ids.len(), texte.lines().count()), (tous, tous + 1), "{tri}");
    }
    let points: serde_json::Value =
        serde_json::from_slice(&banc.public().get("/poles.geojson").await.octets).unwrap();
    assert_eq!(points["features"].as_array().unwrap().len(), tous);

    // What is written leaves before the rest is read: a pole that comes after
    // the first bytes, at the end of the list, is in the file.
    for fichier in ["/poles.csv", "/poles-tableur.csv", "/poles.json", "/poles.geojson"] {
        let mut flux = banc.public().flux(fichier).await;
        let premiers = flux.next().await.unwrap().unwrap();
        let nom = format!("Zzz venu après {fichier}");
        let mut tx = banc.app.db.begin().await.unwrap();
        let dernier = coopole::poles::NouveauPole { nom: nom.clone(), ..pole(0) };
        coopole::poles::create(&mut tx, &dernier).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!String::from_utf8_lossy(&premiers).contains(&nom));
        let mut octets = premiers.to_vec();
        while let Some(morceau) = flux.next().await {
            octets.extend_from_slice(&morceau.unwrap());
        }
        let texte = String::from_utf8(octets).unwrap();
        assert!(texte.contains(&nom), "{fichier} : lu d’avance");
        if fichier.ends_with("json") {
            serde_json::from_str::<serde_json::Value>(&texte).unwrap();
        }
    }
});

/// One of many.
fn pole(rang: usize) -> coopole::poles::NouveauPole {
    coopole::poles::NouveauPole {
        nom: format!("Lot {rang}"),
        porteuse: None,
        commune: None,
        code_commune: None,
        departement: None,
        region: metier::commun::Region::par_code("53"),
        themes: String::new(),
        source: None,
        invente: true,
    }
}

#[tokio::test]
async fn la_commande_ecrit_les_fichiers_que_la_page_donne() {
    let dossier = Dossier::neuf();
    let mut serveur = Serveur::demarrer(commande(
        &dossier.0,
        &["serve", "--demo", "--jeu", "distribution"],
    ));
    let servi = get(&serveur.adresse, "/poles.csv", "").await;
    let ailleurs = dossier.0.join("ouvertes");
    executer(
        &dossier.0,
        &["registre", "exporter", ailleurs.to_str().unwrap()],
    )
    .finit(0, "poles.csv")
    .finit(0, "poles-membres.csv")
    .finit(0, "recensement.csv")
    .finit(0, "Fichiers : 12.");
    let autre_jour = dossier.0.join("2022");
    executer(
        &dossier.0,
        &[
            "registre",
            "exporter",
            autre_jour.to_str().unwrap(),
            "--le",
            "2022-12-31",
        ],
    )
    .finit(0, "recensement.csv");
    let recensement = std::fs::read_to_string(autre_jour.join("recensement.csv")).unwrap();
    assert!(
        recensement
            .lines()
            .skip(1)
            .all(|ligne| ligne.ends_with("31/12/2022"))
    );
    executer(
        &dossier.0,
        &[
            "registre",
            "exporter",
            autre_jour.to_str().unwrap(),
            "--le",
            "2999-01-01",
        ],
    )
    .finit(1, "Cette date n’est pas venue.");
    assert!(serveur.arreter().success());
    // All but where addresses begin, which is that of each process.
    let nu = |texte: &str| -> Vec<String> {
        let lignes = texte
            .lines()
            .filter(|ligne| ligne.contains("Licence Ouverte"));
        lignes
            .map(|ligne| ligne.split("/poles/").last().unwrap().to_owned())
            .collect()
    };
    let ecrit = std::fs::read_to_string(ailleurs.join("poles.csv")).unwrap();
    assert!(nu(&ecrit).len() > 75);
    assert_eq!(nu(&ecrit), nu(&servi));
    let classeur = std::fs::read(ailleurs.join("poles.xlsx")).unwrap();
    assert!(classeur.starts_with(b"PK"));
}

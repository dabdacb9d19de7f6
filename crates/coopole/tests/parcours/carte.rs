//! A visitor sees where the poles are, how surely, and takes the map away.

use axum::http::header;
use serde_json::Value;

use crate::parcours;

parcours!(la_carte_garde_les_filtres_de_la_liste_et_la_liste_ceux_de_la_carte(banc) {
    let public = banc.public();
    let liste = public.get("/poles?region=53&monde=reels").await;
    liste.montre("href=\"/carte?region=53&amp;monde=reels\"");
    let carte = public.get("/carte?region=53&monde=reels").await;
    carte
        .montre("7 pôles inscrits")
        .montre("href=\"/poles?region=53&amp;monde=reels\"")
        .montre("action=\"/carte\"");
    assert!(!carte.texte.contains("Pôle des Rives"));
});

parcours!(chaque_pole_est_a_sa_commune_ou_dit_qu_il_n_y_est_pas(banc) {
    let public = banc.public();
    public.get("/carte?q=morlaix").await
        .montre("<title>Pôle des Rives, Morlaix (29), Bretagne, inventé</title>")
        .montre("href=\"#un-commune\"")
        .montre("1 à la commune");
    // Known to the region, whatever the name of the hamlet.
    public.get("/carte?q=tracols").await
        .montre("placé au centre de la région</title>")
        .montre("href=\"#un-region\"")
        .montre("1 au centre de la région, faute de mieux");
});

parcours!(un_pole_sans_lieu_connu_n_est_que_dans_la_liste_et_la_carte_le_compte(banc) {
    let carte = banc.public().get("/carte?monde=reels").await;
    carte.montre("1 pôle sans lieu connu : ").montre("<a class=\"fr-link\" href=\"/poles?monde=reels\">dans la liste</a> seulement.");
});

parcours!(les_cinq_outre_mer_ont_leur_encart_et_leurs_poles(banc) {
    let carte = banc.public().get("/carte").await;
    for nom in ["Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"] {
        carte.montre(&format!(">{nom}</figcaption>"));
    }
    assert_eq!(carte.texte.matches("class=\"co-carte__terre\"").count(), 6);
    banc.public().get("/carte?region=04").await.montre("Fabrique des Cirques").montre("La Réunion");
});

parcours!(des_poles_proches_font_un_nombre_qui_mene_a_leur_liste(banc) {
    let public = banc.public();
    let carte = public.get("/carte?monde=reels").await;
    let (_, suite) = carte.texte.split_once("autour=ecran").unwrap();
    let (valeur, suite) = suite.split_once("#liste\"").unwrap();
    let (_, suite) = suite.split_once("<title>").unwrap();
    let (dit, _) = suite.split_once("</title>").unwrap();
    let combien: usize = dit.split_once(' ').unwrap().0.parse().unwrap();
    assert!(combien > 1 && dit.contains("pôles proches : "), "{dit}");

    let ouverte = public.get(&format!("/carte?monde=reels&autour=ecran{valeur}")).await;
    ouverte.montre(dit).montre("Revenir à toute la liste");
    let (_, liste) = ouverte.texte.split_once("id=\"liste\"").unwrap();
    let (liste, _) = liste.split_once("</ol>").unwrap();
    assert_eq!(liste.matches("<li>").count(), combien.min(25));
    // Another word names no marker: the whole list.
    public.get("/carte?monde=reels&autour=ecran~x").await.montre("1 à 25 sur ");
});

parcours!(la_liste_de_la_carte_se_feuillette_comme_l_annuaire(banc) {
    let public = banc.public();
    let page = |texte: &str, cote: &str| {
        let (_, suite) = texte.split_once(&format!("href=\"/carte?{cote}=")).unwrap();
        format!("/carte?{cote}={}", suite.split_once('"').unwrap().0)
    };
    let premiere = public.get("/carte").await;
    premiere.montre("1 à 25 sur ");
    let deuxieme = public.get(&page(&premiere.texte, "apres")).await;
    deuxieme.montre("26 à 50 sur ").montre("<ol start=\"26\">");
    public.get(&page(&deuxieme.texte, "avant")).await.montre("1 à 25 sur ");
});

parcours!(une_carte_vide_dit_quel_filtre_retirer(banc) {
    banc.public().get("/carte?region=53&monde=reels&signe=charte").await
        .montre("Aucun pôle avec ces 3 filtres")
        .montre("href=\"/carte?region=53&amp;monde=reels\"")
        .montre("il y en a 7.");
});

parcours!(la_carte_s_integre_dans_un_autre_site_sans_temoin_ni_script(banc) {
    let public = banc.public();
    public.get("/carte?region=53").await
        .montre("Intégrer cette carte")
        .montre("/carte/integrer?region=53&quot; title=");
    let integree = public.get("/carte/integrer?region=53").await;
    integree.montre("pôles inscrits").montre("<base target=\"_blank\">");
    let politique = integree.entetes[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(politique.contains("frame-ancestors *") && !politique.contains("script-src"));
    for absent in [header::SET_COOKIE, header::X_FRAME_OPTIONS] {
        assert!(!integree.entetes.contains_key(&absent), "{absent}");
    }
    assert!(!integree.texte.contains("<script") && !integree.texte.contains("<form"));
    // Every other page refuses to be framed.
    let carte = public.get("/carte").await;
    assert_eq!(carte.entetes[header::X_FRAME_OPTIONS], "DENY");
    assert!(carte.entetes[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("frame-ancestors 'none'"));
});

parcours!(la_liste_filtree_s_emporte_en_geojson_avec_sa_licence_et_sa_date(banc) {
    let public = banc.public();
    public.get("/poles?region=53&monde=reels").await.montre("href=\"/poles.geojson?region=53&amp;monde=reels\"");
    let reponse = public.get("/poles.geojson?region=53&monde=reels").await;
    assert_eq!(reponse.entetes[header::CONTENT_TYPE], "application/geo+json");
    let lu: Value = serde_json::from_slice(&reponse.octets).unwrap();
    assert_eq!(lu["type"], "FeatureCollection");
    assert_eq!(lu["licence"], "Licence Ouverte 2.0 (Etalab)");
    assert!(lu["date"].as_str().unwrap().starts_with("2024-"));
    let traits = lu["features"].as_array().unwrap();
    assert_eq!(traits.len(), 7);
    for un in traits {
        let [longitude, latitude] = [0, 1].map(|axe| un["geometry"]["coordinates"][axe].as_f64().unwrap());
        assert!((-5.2..-1.0).contains(&longitude) && (47.2..49.0).contains(&latitude), "{un}");
        assert!(un["properties"]["precision_du_point"].is_string());
        assert_eq!(un["properties"]["region"], "53");
    }

    // A pole without any place is kept, without a point.
    let reels = public.get("/poles.geojson?monde=reels").await;
    let lu: Value = serde_json::from_slice(&reels.octets).unwrap();
    let sans_point = lu["features"].as_array().unwrap().iter().filter(|un| un["geometry"].is_null());
    assert_eq!(sans_point.count(), 1);
});

parcours!(la_liste_filtree_s_emporte_en_csv_et_ne_nomme_personne(banc) {
    let public = banc.public();
    public.get("/poles?region=53").await.montre("href=\"/poles-tableur.csv?region=53\"");
    let csv = public.get("/poles-tableur.csv?region=53").await;
    assert!(csv.entetes[header::CONTENT_DISPOSITION].to_str().unwrap().contains("filename=\"poles-2024-"));
    csv.montre("\u{feff}identifiant;nom;adresse;structure_porteuse")
        .montre(";Pôle des Rives;").montre(";oui;").montre(";26/03/2024");
    assert!(!csv.texte.contains("La Place des Possibles"), "another region");
    let geojson = public.get("/poles.geojson").await;
    for personne in ["Solène", "solene@"] {
        assert!(!csv.texte.contains(personne) && !geojson.texte.contains(personne), "{personne}");
    }
});

parcours!(la_liste_s_emporte_en_donnees_ouvertes_en_objets_et_en_classeur(banc) {
    let public = banc.public();
    let rives = banc.pole("Pôle des Rives").await;
    let ouvert = public.get("/poles.csv?region=53&monde=").await;
    ouvert.montre("identifiant,nom,adresse,").montre(&format!("{rives},Pôle des Rives,")).montre(",2024-03-26\r\n");
    assert!(!ouvert.octets.starts_with("\u{feff}".as_bytes()));

    let objets: Value = serde_json::from_slice(&public.get("/poles.json?region=53").await.octets).unwrap();
    assert_eq!(objets["licence"], "Licence Ouverte 2.0 (Etalab)");
    assert!(objets["definition"].as_str().unwrap().starts_with("Pôles inscrits à ce registre"));
    let poles = objets["poles"].as_array().unwrap();
    let lue = poles.iter().find(|pole| pole["identifiant"] == rives.as_str()).unwrap();
    assert_eq!((&lue["siret"], &lue["invente"], &lue["maturite"]), (&"90000001900019".into(), &true.into(), &Value::Null));
    assert_eq!(ouvert.texte.trim_end().lines().count(), poles.len() + 1, "une ligne par pôle");

    let classeur = public.get("/poles.xlsx?region=53").await;
    assert!(classeur.entetes[header::CONTENT_DISPOSITION].to_str().unwrap().ends_with(".xlsx\""));
    assert!(classeur.octets.starts_with(b"PK\x03\x04"));
});

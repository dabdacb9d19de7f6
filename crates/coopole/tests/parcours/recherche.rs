//! A visitor looks for a pole with the words they have: the same lists on both
//! bases, a mistake corrected, what is not known counted apart.

use crate::{
    banc::{Banc, Visiteur},
    parcours,
};

const GWENN: &str = "gwenn@cellule-bretagne.example";

/// The poles of a list, in its order.
fn noms(texte: &str) -> Vec<String> {
    let fiches = texte.split("href=\"/poles/").skip(1);
    fiches
        // A record is named by its identifier: other pages stand beside.
        .filter(|suite| suite.find('"') == Some(36))
        .filter_map(|suite| suite.split_once("\">")?.1.split_once("</a>"))
        .map(|(nom, _)| nom.to_owned())
        .collect()
}

/// What this address lists.
async fn liste(public: &Visiteur<'_>, adresse: &str) -> Vec<String> {
    noms(&public.get(adresse).await.texte)
}

fn chercher(q: &str) -> String {
    format!("/poles?q={}&monde=reels", coopole::urls::encoder(q))
}

/// Corrects the record of an invented pole of Brittany.
async fn corriger(banc: &Banc, nom: &str, information: &str, valeur: &str) {
    let adresse = format!("/poles/{}/corrections/{information}", banc.pole(nom).await);
    let champs = [("valeur", valeur), ("source", "Le pôle")];
    banc.personne(GWENN)
        .await
        .post(&adresse, &champs)
        .await
        .mene_a("/poles/");
}

parcours!(les_memes_mots_donnent_les_memes_poles_sur_les_deux_bases(banc) {
    let public = banc.public();
    let territoriale = [
        "Pôle de coopération territorial et économique de la Cartoucherie",
        "Pôle territorial de coopération économique Sud Aquitaine",
    ];
    let table: [(&str, &[&str]); 13] = [
        ("coopérations territoriales", &territoriale),
        ("COOPERATION TERRITORIALE", &territoriale),
        ("énergies", &["Énergies Citoyennes en Pays de Vilaine", "Figeacteurs"]),
        ("energie", &["Énergies Citoyennes en Pays de Vilaine", "Figeacteurs"]),
        ("musique actuelle", &["Pôle régional des musiques actuelles de Poitou-Charentes"]),
        ("les emplois", &["GEIQ Sport et Loisirs", "Pôle territorial de coopération économique Sud Aquitaine"]),
        ("laines", &["Pôle Laine du Pays de Saugues"]),
        ("morbihan", &["Néo56"]),
        ("transitions coat", &["Coat&amp;co - Le village des transitions"]),
        // As far as it is typed.
        ("figea", &["Figeacteurs"]),
        ("peti enf", &["PôPE - Pôle Petite Enfance"]),
        // One mistake: two letters the wrong way round, one changed.
        ("cartoucheire", &["Pôle de coopération territorial et économique de la Cartoucherie"]),
        ("xarascon", &[]),
    ];
    for (q, attendus) in table {
        assert_eq!(liste(&public, &chercher(q)).await, attendus, "{q}");
    }
});

parcours!(une_faute_de_frappe_se_corrige_et_la_page_le_dit(banc) {
    let public = banc.public();
    let corrigee = public.get(&chercher("filière textille")).await;
    corrigee
        .montre("Résultats pour « filière textile » ; ")
        .montre("chercher « filière textille » exactement")
        .montre("href=\"/poles?q=fili%C3%A8re%20textille&amp;exact=oui&amp;monde=reels\"");
    let exacte = public.get("/poles?q=textille&exact=oui").await;
    exacte.montre("Aucun pôle avec ce filtre");
    assert!(!exacte.texte.contains("Résultats pour"));

    // The map corrects as the list does; a word known to the register is kept.
    public.get("/carte?q=textille").await.montre("Résultats pour « textile »");
    assert!(!public.get("/poles?q=textiles").await.texte.contains("Résultats pour"));
    // The first letter too; three letters are too few.
    public.get("/poles?q=mextile").await.montre("Résultats pour « textile »");
    public.get("/poles?q=lxi").await.montre("Aucun pôle");
    // Neither « de » nor « la » say anything; alone, they are the beginning of something.
    assert_eq!(liste(&public, &chercher("la laine de la")).await, ["Pôle Laine du Pays de Saugues"]);
    public.get("/poles?q=la").await.montre("Pôle Laine du Pays de Saugues");
    public.get("/poles?q=%27%3B--%25_~%00").await.montre("pôles inscrits");
});

parcours!(une_presentation_se_cherche_aussitot_ecrite_et_plus_une_fois_retiree(banc) {
    let public = banc.public();
    let rives = ["Pôle des Rives"];
    corriger(banc, "Pôle des Rives", "presentation",
        "L’animation d’un verger, l’évaluation de nos œuvres, des créneaux juridiques pour l’emploi.").await;
    for q in ["animer un pôle", "évaluations", "créneau juridique", "oeuvre", "l'œuvre", "VERGERS", "vergerr", "verge"] {
        let adresse = format!("/poles?q={}", coopole::urls::encoder(q));
        assert_eq!(liste(&public, &adresse).await, rives, "{q}");
    }
    corriger(banc, "Pôle des Rives", "presentation", "").await;
    let vide = public.get("/poles?q=verger").await;
    vide.montre("Aucun pôle avec ce filtre");
    // No record holds the word any more: it is not offered either.
    assert!(!public.get("/poles?q=vergerr").await.texte.contains("Résultats pour"));
});

parcours!(ce_qu_une_fiche_ne_dit_pas_est_compte_a_part(banc) {
    let public = banc.public();
    corriger(banc, "Pôle des Rives", "rural", "oui").await;
    corriger(banc, "Pôle des Rives", "qpv", "non").await;
    corriger(banc, "Pôle des Rives", "maturite", "emergent").await;

    assert_eq!(liste(&public, "/poles?rural=oui&maturite=emergent").await, ["Pôle des Rives"]);
    public.get("/poles?rural=oui").await
        .montre("1 pôle inscrit")
        .montre("Pôle des Rives")
        .montre("Comptés à part, faute de le savoir")
        .montre("dont la ruralité n’est pas connue</a>")
        .montre(" (retirer ce filtre)");
    // A no is not an unknown.
    let prioritaires = public.get("/poles?region=53&qpv=oui").await;
    prioritaires.montre("Aucun pôle avec ces 2 filtres").montre("Sans « QPV »");
    let inconnus = public.get("/poles?region=53&qpv=inconnu").await;
    inconnus.montre("QPV non connu");
    assert!(!inconnus.texte.contains("Pôle des Rives"));

    let reels = public.get("/poles?region=53&monde=reels&rural=oui").await;
    reels
        .montre("Aucun pôle avec ces 3 filtres")
        .montre("Sans « Rural »</a>, il y en a 7.")
        .montre("href=\"/poles?region=53&amp;rural=inconnu&amp;monde=reels\">7 pôles dont la ruralité n’est pas connue</a>");
    public.get("/poles?region=53&rural=inconnu&monde=reels").await
        .montre("7 pôles inscrits").montre("Ruralité non connue");
    public.get("/carte?region=53&rural=inconnu&monde=reels").await.montre("7 pôles inscrits");
    public.get("/poles.csv?rural=oui").await.montre("Pôle des Rives,");
});

parcours!(les_departements_offerts_sont_ceux_de_la_region(banc) {
    let public = banc.public();
    assert_eq!(liste(&public, "/poles?departement=56&monde=reels").await, ["Néo56"]);
    let bretagne = public.get("/poles?region=53&departement=56").await;
    bretagne
        .montre("<option value=\"56\" selected>Morbihan (56)</option>")
        .montre(">Finistère (29)<")
        .montre("dont le département n’est pas connu</a>");
    assert!(!bretagne.texte.contains(">Paris (75)<"));
    public.get("/poles").await.montre(">Paris (75)<");
    // Another region chosen, the department of the former one is forgotten.
    let ailleurs = public.get("/poles?region=52&departement=56").await;
    ailleurs.montre("PTCE du Pays du Mans");
    assert!(!ailleurs.texte.contains("Morbihan (56)"));
    public.get("/poles?departement=inconnu&monde=reels&region=44").await.montre("PTCE Stras Eco Renov");
});

parcours!(l_intercommunalite_choisie_reste_quand_on_filtre_encore(banc) {
    let public = banc.public();
    let siren = coopole::socle::epci::de_la_commune("29151").unwrap().siren;
    let liste = public.get(&format!("/poles?epci={siren}")).await;
    liste
        .montre("Pôle des Rives")
        .montre(&format!("<input type=\"hidden\" name=\"epci\" value=\"{siren}\">"));
    assert!(!public.get("/poles").await.texte.contains("name=\"epci\""));
});

/// Every page of a list, forward; then back from the last one to the first.
async fn feuilleter(public: &Visiteur<'_>, depart: &str) -> Vec<String> {
    let page = |texte: &str, cote: &str| {
        let marque = format!("{cote}=");
        let mut liens = texte
            .split("href=\"/poles?")
            .skip(1)
            .filter_map(|suite| suite.split_once('"'));
        let lien =
            liens.find(|(lien, _)| lien.split("&amp;").any(|champ| champ.starts_with(&marque)));
        lien.map(|(lien, _)| format!("/poles?{}", lien.replace("&amp;", "&")))
    };
    let (mut pages, mut adresse) = (Vec::new(), depart.to_owned());
    loop {
        let lue = public.get(&adresse).await.texte;
        pages.push(noms(&lue));
        match page(&lue, "apres") {
            Some(suivante) => adresse = suivante,
            None => break,
        }
    }
    for attendue in pages.iter().rev().skip(1) {
        let lue = public.get(&adresse).await.texte;
        adresse = page(&lue, "avant").unwrap();
        assert_eq!(&liste(public, &adresse).await, attendue, "{adresse}");
    }
    pages.concat()
}

parcours!(chaque_ordre_montre_chaque_pole_une_fois_dans_les_deux_sens(banc) {
    let public = banc.public();
    let par_nom = feuilleter(&public, "/poles").await;
    let par_signe = feuilleter(&public, "/poles?tri=signe").await;
    assert!(par_nom.len() > 75, "{}", par_nom.len());
    let tries = |noms: &[String]| {
        let mut noms = noms.to_vec();
        noms.sort_unstable();
        noms
    };
    assert_eq!(tries(&par_nom), tries(&par_signe));
    assert_ne!(par_nom, par_signe);
    // Who signed comes first; whose signs no source dates, by name.
    let signataires = par_signe.iter().position(|nom| nom == "Pôle des Rives").unwrap();
    let reel = par_signe.iter().position(|nom| nom == "Pôle Sud").unwrap();
    assert!(signataires < reel);
    public.get("/carte?tri=signe").await.montre("href=\"/poles?tri=signe\"");
});

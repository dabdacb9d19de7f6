//! A visitor finds a pole: by its name, its place, its theme, its signs.

use crate::parcours;

/// The address of the record the list names so.
fn adresse_de(texte: &str, nom: &str) -> String {
    let (avant, _) = texte.split_once(&format!(">{nom}</a>")).unwrap();
    let (_, adresse) = avant.rsplit_once("href=\"").unwrap();
    adresse.trim_end_matches('"').to_owned()
}

parcours!(un_pole_se_trouve_par_son_nom_sans_accent_par_son_lieu_ou_par_son_theme(banc) {
    let public = banc.public();
    for (cherche, trouve) in [
        ("emergence henin", "Émergence Hénin-Carvin"),
        ("petite enfance", "PôPE - Pôle Petite Enfance"),
        ("morlaix", "Pôle des Rives"),
        ("tracols", "La Place des Possibles"),
    ] {
        let liste = public.get(&format!("/poles?q={}", cherche.replace(' ', "+"))).await;
        liste.montre(trouve);
    }
});

parcours!(les_filtres_sont_dans_l_adresse_et_une_liste_vide_dit_lequel_retirer(banc) {
    let public = banc.public();
    let bretagne = public.get("/poles?region=53&monde=reels").await;
    bretagne.montre("7 pôles inscrits").montre("Bretagne").montre("Pôles réels");
    assert!(!bretagne.texte.contains("Pôle des Rives"));

    // No public list tells who signed the Charter: none of the real poles.
    let vide = public.get("/poles?region=53&monde=reels&signe=charte").await;
    vide.montre("Aucun pôle avec ces 3 filtres")
        .montre("/poles?region=53&amp;monde=reels\"")
        .montre("il y en a 7.");

    public.get("/poles?region=53&signe=charte").await.montre("Pôle des Rives").montre("Inventé");
    public.get("/poles?region=zz&theme=%3Cscript%3E").await.montre("pôles inscrits");
});

parcours!(l_annuaire_se_feuillette_par_le_nom_dans_les_deux_sens(banc) {
    let public = banc.public();
    let premiere = public.get("/poles").await;
    premiere.montre("25 pôles affichés");
    let suivante = adresse_de_la_page(&premiere.texte, "apres");
    let deuxieme = public.get(&suivante).await;
    assert_ne!(deuxieme.texte, premiere.texte);
    let retour = public.get(&adresse_de_la_page(&deuxieme.texte, "avant")).await;
    retour.montre("25 pôles affichés");
    let premier = |texte: &str| {
        let (_, suite) = texte.split_once("href=\"/poles/").unwrap();
        suite.chars().take(36).collect::<String>()
    };
    assert_eq!(premier(&retour.texte), premier(&premiere.texte));
});

fn adresse_de_la_page(texte: &str, cote: &str) -> String {
    let (_, suite) = texte.split_once(&format!("href=\"/poles?{cote}=")).unwrap();
    let (valeur, _) = suite.split_once('"').unwrap();
    format!("/poles?{cote}={valeur}")
}

parcours!(la_fiche_d_un_pole_dit_ses_signes_leur_preuve_et_ce_qui_n_est_pas_connu(banc) {
    let public = banc.public();
    let reelle = public.get("/poles?q=tracols").await;
    public.get(&adresse_de(&reelle.texte, "La Place des Possibles")).await
        .montre("Les Tracols")
        .montre("lieu connu à la région")
        .montre("aucune liste publique ne la donne")
        .montre("AMI de financement 2021")
        .montre("15 lauréats pour l’AMI PTCE émergents");

    let inventee = public.get("/poles?q=rives").await;
    let rives = public.get(&adresse_de(&inventee.texte, "Pôle des Rives")).await;
    rives
        .montre("Inventé")
        .montre("Charte du 30 juin 2021 : signature du lundi 5 juillet 2021")
        .montre("sont inventés pour la démonstration");
    // Neither the people of the team nor their addresses are anybody's to read.
    for personne in ["Solène", "solene@"] {
        assert!(!rives.texte.contains(personne), "{personne}");
    }
});

parcours!(un_pole_qui_n_existe_pas_n_a_pas_de_fiche(banc) {
    let public = banc.public();
    for adresse in ["/poles/01a20454-48c0-7087-9993-38922f5f8d86", "/poles/abc"] {
        public.get(adresse).await.introuvable();
    }
});

parcours!(personne_n_est_laureat_d_un_appel_tenu_ici_avant_sa_decision(banc) {
    let laureats = "SELECT COUNT(*) FROM laureats WHERE campagne = 'ami-financement-2024'";
    assert_eq!(banc.compter(laureats).await, 0);
});

parcours!(une_region_dit_ses_poles_qui_en_repond_et_ses_departements_sans_pole(banc) {
    let public = banc.public();
    public.get("/regions").await
        .montre("Mayotte").montre("aucun").montre("Non : suppléée par")
        .montre("/regions/53");
    let bretagne = public.get("/regions/53").await;
    bretagne
        .montre("<h1>Bretagne").montre("Pôle des Rives").montre("Inventé")
        .montre("/poles?region=53&amp;signe=charte")
        .montre("adresse non publiée")
        .montre("Sans pôle connu : Côtes-d’Armor (22).");
    public.get("/regions/94").await.montre("Non : suppléée par la cellule Provence-Alpes-Côte d’Azur");
    public.get("/regions/99").await.introuvable();
    public.get("/plan").await.montre("/regions");
});

parcours!(une_region_d_avant_2016_mene_a_celle_d_aujourd_hui(banc) {
    let public = banc.public();
    let auvergne = public.get("/regions/83").await;
    assert_eq!(auvergne.statut.as_u16(), 301);
    assert_eq!(auvergne.entetes["location"], "/regions/84");
    public.get("/poles?region=83").await.montre("Auvergne-Rhône-Alpes<span").montre("value=\"84\" selected");
});

parcours!(l_accueil_cherche_un_pole_et_dit_ou_ils_sont(banc) {
    let accueil = banc.public().get("/").await;
    accueil
        .montre("action=\"/poles\"")
        .montre("Où sont les pôles")
        .montre("href=\"/regions/53\"")
        .montre("pôles inscrits à ce registre au 26/03/2024 (pôles relevés dans des listes publiques dont chaque fiche dit la source, ou \
                 déclarés ici par leur équipe, ou inventés pour la démonstration ; \
                 sans ceux qui sont en sommeil ou radiés).");
});

parcours!(ce_que_les_fiches_ne_disent_pas_se_compte_a_part_et_se_montre(banc) {
    let public = banc.public();
    let liste = public.get("/poles?theme=alimentation").await;
    liste.montre("dont le thème n’est pas connu").montre("/poles?theme=inconnu");
    public.get("/poles?theme=inconnu&monde=reels").await.montre("27 pôles inscrits").montre("Thème non connu");
    public.get("/poles?region=53&monde=reels").await.montre("dont la région n’est pas connue");
    public.get("/poles?region=inconnu").await.montre("Région non connue");
    public.get("/regions").await.montre("/poles?region=inconnu");
    // A box says what the address asks, and another filter keeps it.
    public.get("/poles?rural=inconnu").await.montre("value=\"inconnu\" checked").montre("Ruralité non connue");
});

parcours!(un_flux_se_trouve_depuis_la_page_qu_il_suit(banc) {
    let public = banc.public();
    for (page, flux) in [
        ("/poles", "/poles.atom"),
        ("/regions/53", "/poles.atom?region=53"),
        ("/departements/29", "/poles.atom?departement=29"),
        ("/epci/242900835", "/poles.atom?epci=242900835"),
    ] {
        let lien = format!("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Nouveaux pôles\" href=\"{flux}\">");
        public.get(page).await.montre(&lien);
        assert_eq!(public.get(flux).await.statut.as_u16(), 200);
    }
});

parcours!(la_fiche_dit_aux_autres_sites_et_aux_machines_ce_que_le_pole_est(banc) {
    let public = banc.public();
    let liste = public.get("/poles?q=rives").await;
    let adresse = adresse_de(&liste.texte, "Pôle des Rives");
    let fiche = public.get(&adresse).await;
    let ici = format!("{}{adresse}", banc.app.reglages.url);
    fiche
        .montre(&format!("<link rel=\"canonical\" href=\"{ici}\">"))
        .montre("property=\"og:description\" content=\"Pôle territorial de coopération économique, Morlaix (29), Bretagne.")
        .montre("co-carte__vue--seule");
    let (_, suite) = fiche.texte.split_once("<script type=\"application/ld+json\">").unwrap();
    let (faits, _) = suite.split_once("</script>").unwrap();
    let faits: serde_json::Value = serde_json::from_str(faits).unwrap();
    assert_eq!(faits["@id"], ici.as_str());
    assert_eq!(faits["location"]["address"]["addressLocality"], "Morlaix");
    assert!(faits["location"]["geo"]["latitude"].is_number());
    assert_eq!(faits["disambiguatingDescription"], "Pôle inventé pour une démonstration");
    assert!(faits.get("additionalType").is_none(), "une adresse, ou rien");
    // The carrying structure, then the members of today.
    let membres = faits["member"].as_array().unwrap();
    assert_eq!(membres[0]["name"], "Les Rives solidaires");
    assert_eq!(membres[0]["identifier"]["propertyID"], "SIRET");
    assert!(membres.len() > 2 && membres.iter().all(|m| m["@type"] == "Organization"));
    assert!(membres.iter().all(|m| m["name"] != "Ressourcerie des Monts"), "partie en 2023");
    // What is not known is not said.
    let reel = public.get("/poles.csv?monde=reels").await.texte;
    for id in reel.lines().skip(1).map(|ligne| ligne.split(',').next().unwrap()) {
        let fiche = public.get(&format!("/poles/{id}")).await;
        let (_, suite) = fiche.texte.split_once("<script type=\"application/ld+json\">").unwrap();
        let (faits, _) = suite.split_once("</script>").unwrap();
        assert!(!faits.contains("null"), "{faits}");
    }
});

parcours!(le_registre_et_une_fiche_se_lisent_en_anglais(banc) {
    let public = banc.public();
    public.get("/poles").await.montre("hreflang=\"en\" href=\"/en/poles\"").montre("In English");
    let liste = public.get("/en/poles?region=53&q=rives").await;
    liste
        .montre("<html lang=\"en\">")
        .montre("social and ecological innovation cluster")
        .montre("Morlaix (29), Brittany")
        .montre("1 cluster in this register as of ");
    assert!(!liste.texte.contains("Lieu"), "no French word is left");
    let fiche = public.get(&adresse_de(&liste.texte, "Pôle des Rives")).await;
    fiche
        .montre("signed on 5 July 2021")
        .montre("Invented")
        .montre("En français");
    for personne in ["Solène", "solene@"] {
        assert!(!fiche.texte.contains(personne), "{personne}");
    }
    fiche.montre("Its members").montre("Jobs of its members").montre("Territory").montre("Europe: partners");
    public.get("/en/poles?q=zzzz").await.montre("No cluster answers this filter.").montre("Without “zzzz”");
    public.get("/en/poles?departement=29&maturite=emergent&rural=inconnu").await
        .montre("Finistère (29)<span").montre("Emerging<span").montre("Rural or not: not known<span")
        .montre("name=\"departement\" value=\"29\"")
        .montre("href=\"/poles?departement=29&amp;maturite=emergent&amp;rural=inconnu\"");
    public.get("/en/poles/01a20454-48c0-7087-9993-38922f5f8d86").await.introuvable();
});

parcours!(un_departement_et_une_intercommunalite_disent_leurs_poles_et_ou_il_n_y_en_a_pas(banc) {
    let public = banc.public();
    public.get("/regions/53").await.montre("Finistère (29)").montre("/departements/29").montre("D’une année à l’autre");
    let finistere = public.get("/departements/29").await;
    finistere
        .montre("<h1>Finistère (29)")
        .montre("Pôle des Rives")
        .montre("Cellule d’animation")
        .montre("Communauté d’agglomération Morlaix Communauté")
        .montre("Sans pôle connu : ")
        .montre("/poles?region=53&amp;departement=29");
    let morlaix = public.get("/epci/242900835").await;
    morlaix
        .montre("<h1>Communauté d’agglomération Morlaix Communauté")
        .montre("1 pôle inscrit")
        .montre("Pôle des Rives")
        .montre("/poles?epci=242900835");
    public.get("/poles?epci=242900835").await.montre("1 pôle inscrit").montre("Morlaix Communauté");

    // Two regions answer for a grouping that stands on both.
    public.get("/epci/243500741").await.montre("Elle s’étend sur").montre("Ille-et-Vilaine (35)").montre("Loire-Atlantique (44)");
    for adresse in ["/departements/20", "/departements/99", "/epci/123456789"] {
        public.get(adresse).await.introuvable();
    }
});

parcours!(l_intercommunalite_suit_la_commune_de_la_fiche(banc) {
    let rives = banc.pole("Pôle des Rives").await;
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    let commune = format!("/poles/{rives}/corrections/commune");
    gwenn.post(&commune, &[("valeur", "Brest"), ("source", "Le siège a changé")]).await.mene_a(&format!("/poles/{rives}"));
    let public = banc.public();
    assert!(!public.get("/poles?epci=242900835").await.texte.contains("Pôle des Rives"));
    public.get("/poles?epci=242900314").await.montre("Pôle des Rives");
});

parcours!(les_poles_inventes_se_cachent_sur_la_page_d_un_lieu_comme_dans_l_annuaire(banc) {
    let public = banc.public();
    for lieu in ["/regions/53", "/departements/29", "/epci/242900835"] {
        public.get(lieu).await
            .montre("Pôle des Rives").montre("Réels et inventés").montre("D’une année à l’autre");
        public.get(&format!("{lieu}?monde=reels")).await
            .montre("value=\"reels\" selected").tait("Pôle des Rives").tait("D’une année à l’autre")
            .montre("&amp;monde=reels");
    }
    public.get("/regions").await.montre("Réels et inventés");
    public.get("/regions?monde=reels").await
        .montre("75 pôles inscrits").montre("href=\"/regions/53?monde=reels\"");
    // Elsewhere there is one world.
    let service = banc.en_service().await;
    service.public().get("/regions/53").await.tait("Réels et inventés");
});

parcours!(ceux_dont_la_signature_n_est_pas_connue_sont_comptes_a_part(banc) {
    let public = banc.public();
    public.get("/poles?signe=charte").await
        .montre("75 pôles dont la signature n’est pas connue").montre("href=\"/poles?signe=inconnu\"");
    public.get("/poles?signe=inconnu").await
        .montre("75 pôles inscrits").montre("Signature de la Charte non connue").tait("Pôle des Rives");
    public.get("/poles?region=53&signe=charte&monde=reels").await
        .montre("7 pôles dont la signature n’est pas connue");
    public.get("/carte?signe=charte").await.montre("75 pôles dont la signature n’est pas connue");
    public.get("/en/poles?signe=charte").await.montre("75 clusters whose signature is not known");
    public.get("/regions/53").await
        .montre("href=\"/poles?region=53&amp;signe=inconnu\"").montre("7 pôles dont la signature n’est pas connue");
});

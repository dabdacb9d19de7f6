//! Anyone counts the poles: how many, by which sign, at any past date.

use coopole::demonstration::{self, Jeu};

use crate::{banc::Banc, parcours};

/// The register of the 2022 figures, on the day of the networks' note.
async fn bilan_2022(banc: &Banc) {
    banc.il_est("2023-03-27T09:00:00+02:00");
    demonstration::recommencer_en(&banc.app, Jeu::Bilan2022)
        .await
        .unwrap();
}

/// What the page writes for that list, in its table of definitions.
fn compte(page: &str, liste: &str) -> String {
    let (_, suite) = page.split_once(&format!(">{liste}</th>")).unwrap();
    let (cellule, _) = suite.split_once("</td>").unwrap();
    let cellule = cellule.trim_end_matches("</a>");
    let compte = cellule.rsplit_once('>').unwrap().1;
    // Said to be a floor or not: what each page owes is asked beside.
    compte.trim_start_matches("au moins ").to_owned()
}

const LISTES: [&str; 6] = [
    "Pôles recensés",
    "Signataires de la Charte",
    "Lauréats de l’accompagnement",
    "Les deux",
    "Charte seule",
    "Lauréats seuls",
];

parcours!(les_nombres_publies_ailleurs_sont_dates_definis_et_jamais_additionnes(banc) {
    let public = banc.public();
    public.get("/recensement").await
        .montre("mai 2023").montre("répertoriés par l’État")
        .montre("Objectif déclaré pour 2024 : 300 pôles")
        .montre("218 (octobre 2023), en fait 72,7 %");
    let avant = public.get("/recensement?le=2023-03-31").await;
    avant.montre("203 (27 mars 2023), en fait 67,7 %");
    assert!(!avant.texte.contains("mai 2023"));
    public.get("/recensement?le=2020-01-01").await.montre("Rien n’était encore publié à cette date.");
    public.get("/recensement?le=2021-06-30").await.montre("56").tait("Objectif déclaré");
});

parcours!(le_registre_de_2022_compte_203_poles_122_signataires_135_laureats_54_68_81(banc) {
    bilan_2022(banc).await;
    let public = banc.public();
    for adresse in ["/recensement?le=2022-12-31", "/recensement"] {
        let page = public.get(adresse).await;
        let comptes = LISTES.map(|liste| compte(&page.texte, liste));
        assert_eq!(comptes, ["203", "122", "135", "54", "68", "81"], "{adresse}");
    }
    public.get("/recensement?le=2022-12-31").await
        .montre("203 pôles recensés au 31 décembre 2022")
        .montre("Lauréats qui n’ont pas signé la Charte : 81 sur 135, soit 60 %");
});

parcours!(de_56_a_203_en_deux_ans_la_hausse_est_calculee_et_vaut_262_et_demi_pour_cent(banc) {
    bilan_2022(banc).await;
    banc.public().get("/recensement").await
        .montre("27/03/2021")
        .montre("+147, soit +262,5 %")
        .montre("Sans pôle recensé : Mayotte.");
    // Fifty-six signatories, before there was a laureate.
    // Nothing is unknown there: no floor is said.
    banc.public().get("/recensement").await.tait("Au moins").tait("au moins 203").tait("non calculable").tait("sous réserve");
    let avant = banc.public().get("/recensement?le=2021-03-27").await;
    let comptes = LISTES.map(|liste| compte(&avant.texte, liste));
    assert_eq!(comptes, ["56", "56", "0", "0", "56", "0"]);
});

parcours!(les_regions_avec_et_sans_cellule_sont_cote_a_cote_sans_cause(banc) {
    bilan_2022(banc).await;
    banc.public().get("/recensement").await
        .montre("14 régions avec cellule")
        .montre("4 régions sans cellule")
        .montre("+145, soit +273,6 %")
        .montre("+2, soit +66,7 %")
        .montre("sans rien dire d’une cause");
});

parcours!(derriere_chaque_nombre_il_y_a_les_poles_et_leur_fichier(banc) {
    bilan_2022(banc).await;
    let public = banc.public();
    let premiere = public.get("/recensement/poles?liste=charte-seule&le=2022-12-31").await;
    premiere.montre("68 pôles au 31 décembre 2022").montre("50 pôles affichés sur 68");
    let (_, suite) = premiere.texte.split_once("apres=").unwrap();
    let apres = suite.split_once('"').unwrap().0;
    let liste = "/recensement/poles?liste=charte-seule&le=2022-12-31";
    let seconde = public.get(&format!("{liste}&apres={apres}")).await;
    seconde.montre("18 pôles affichés sur 68");
    let (_, suite) = seconde.texte.split_once("avant=").unwrap();
    let avant = suite.split_once('"').unwrap().0;
    let retour = public.get(&format!("{liste}&avant={avant}")).await;
    retour.montre("50 pôles affichés sur 68");
    assert_eq!(retour.texte.split("<table").nth(1), premiere.texte.split("<table").nth(1));

    public.get("/recensement/poles?liste=recenses&region=03").await
        .montre("2 pôles au 27 mars 2023 (tout le registre, Guyane).").montre("Guyane");
    public.get("/recensement/poles?liste=tous").await.introuvable();

    // Each counter is to be counted again from the file of the whole register.
    let fichier = public.get("/recensement/export?le=2022-12-31").await.texte;
    let poles = |signataire: &str, laureat: &str| {
        fichier.lines().filter(|ligne| ligne.contains(&format!(";{signataire};{laureat};oui;"))).count()
    };
    assert_eq!((poles("oui", "non"), poles("oui", "oui"), poles("non", "oui")), (68, 54, 81));
    let les_deux = public.get("/recensement/export?liste=les-deux").await.texte;
    assert_eq!(les_deux.lines().count(), 1 + 54);
    public.get("/recensement/export?liste=tous").await.introuvable();
});

parcours!(toutes_les_pages_du_registre_de_2022_tiennent_debout(banc) {
    bilan_2022(banc).await;
    let public = banc.public();
    for adresse in ["/", "/poles", "/appels", "/plan", "/aide", "/connexion", "/appels/ami-financement-2024"] {
        let page = public.get(adresse).await;
        assert_eq!(page.statut, 200, "{adresse}");
        assert!(!page.texte.contains("Avancer l’horloge"), "{adresse}");
    }
    public.get("/poles").await.montre("203 pôles inscrits");
    public.get("/demonstration").await
        .montre("203 pôles inventés").montre("le lundi 27 mars 2023");
    let pilote = banc.personne("claire@tresor.example").await;
    assert_eq!(pilote.get("/pilotage").await.statut, 200);
    let cellule = banc.personne("gwenn@cellule-bretagne.example").await;
    assert_eq!(cellule.get("/cellule?region=53").await.statut, 200);
});

parcours!(sur_les_poles_reels_le_croisement_dit_qu_il_ne_se_calcule_pas(banc) {
    let public = banc.public();
    public.get("/recensement?monde=reels").await
        .montre("Au moins 22 pôles recensés au 26 mars 2024")
        .montre("non calculable : signature non connue pour 75 pôles")
        .tait(">égal<").tait("+22").tait("+0")
        .montre("Croisement non calculable : signature non connue pour")
        .montre(">75 pôles</a>")
        .montre("La part des lauréats qui n’ont pas signé la Charte est non calculable : signature non connue pour")
        .montre(">22 lauréats</a>")
        .montre("Sans pôle recensé : Corse, Guyane, Martinique, sous réserve de ")
        .montre("dont la région n’est pas connue.")
        .montre("Lauréats ou non, non connu : <a class=\"fr-link\" href=\"/recensement/poles?liste=laureat-non-connu&amp;monde=reels\">53 pôles</a>")
        .tait("soit 0 %")
        .tait("date que la source ne donne pas");

    // The seven invented ones are counted beside, one of each case at least.
    let page = public.get("/recensement").await;
    page.montre("Croisement non calculable pour ces pôles : signature non connue pour").montre(">75 pôles</a>");
    let comptes = LISTES.map(|liste| compte(&page.texte, liste));
    assert_eq!(comptes, ["29", "6", "28", "5", "1", "1"]);
    page.montre("Au moins 29 pôles recensés").montre("non calculable : signature non connue pour 75 pôles")
        .montre("chaque pôle est compté dans la région où sa fiche le situe aujourd’hui");
    public.get("/recensement/poles?liste=laureat-non-connu&monde=reels").await
        .montre("53 pôles au 26 mars 2024").montre("non connu");
    public.get("/recensement/poles?monde=reels").await
        .montre("Au moins 22 pôles au 26 mars 2024 (réels seulement, toutes régions) : pour 53 de plus, les listes \
                 publiées ne le disent pas.");
    // The growth of a territory says the same.
    public.get("/regions/53").await.montre("au moins").montre("La hausse est non calculable : signature non connue pour");
    public.get("/recensement/poles?liste=signature-non-connue").await
        .montre("75 pôles au 26 mars 2024 (tout le registre, toutes régions).");
    public.get("/recensement/poles?liste=laureats-signature-non-connue&monde=reels").await
        .montre("22 pôles au 26 mars 2024 (réels seulement, toutes régions).")
        .montre("oui, retenu en 2021");
});

parcours!(un_laureat_dont_seule_l_annee_est_connue_compte_des_l_annee_suivante(banc) {
    let public = banc.public();
    public.get("/recensement?le=2020-12-31&monde=reels").await
        .montre("Aucun pôle recensé à cette date, pour ce que l’on en sait.").tait("Lauréats dans l’année");
    let pendant = public.get("/recensement?le=2021-06-30&monde=reels").await;
    pendant.montre("Aucun pôle recensé à cette date, pour ce que l’on en sait.")
        .montre("avant ou après cette date");
    assert_eq!(compte(&pendant.texte, "Lauréats dans l’année"), "22");
    public.get("/recensement/poles?liste=dans-l-annee&le=2021-06-30").await
        .montre("22 pôles au 30 juin 2021").montre("dans l’année, jour non connu, retenu en 2021");
    public.get("/recensement?le=2022-01-01&monde=reels").await.montre("22 pôles recensés au 1er janvier 2022");

    let pole = banc.pole("La Place des Possibles").await;
    public.get(&format!("/poles/{pole}")).await
        .montre("AMI d’accompagnement 2021, lauréat en 2021")
        .montre("AMI de financement 2021, lauréat en 2021")
        .tait("date que la source ne donne pas");
    public.get(&format!("/en/poles/{pole}")).await.montre("selected in 2021");
    let fichier = public.get("/recensement/export?le=2022-01-01&monde=reels").await.texte;
    assert!(fichier.contains("La Place des Possibles"), "{fichier}");
    assert_eq!(fichier.matches(";non;2021;").count(), 22, "l’année de chacun");
    assert!(fichier.lines().skip(1).all(|ligne| ligne.ends_with(";Licence Ouverte 2.0 (Etalab);01/01/2022")));
});

/// Takes away what the sources say of the date of a laureate.
async fn sans_date(banc: &Banc) -> uuid::Uuid {
    let mut tx = banc.app.db.begin().await.unwrap();
    let (pole,): (uuid::Uuid,) = tx
        .fetch_one(
            "SELECT id FROM poles WHERE nom = 'La Place des Possibles'",
            &[],
        )
        .await
        .unwrap();
    tx.execute(
        "UPDATE laureats SET annee_du = NULL, annee_au = NULL WHERE pole = $1",
        &coopole::valeurs![pole],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    pole
}

parcours!(un_laureat_sans_date_compte_aujourd_hui_et_se_dit_a_part(banc) {
    let pole = sans_date(banc).await;
    let public = banc.public();
    let aujourd_hui = public.get("/recensement?monde=reels").await;
    aujourd_hui.montre("22 pôles recensés");
    assert_eq!(compte(&aujourd_hui.texte, "Lauréats, jour non connu"), "1");
    let hier = public.get("/recensement?monde=reels&le=2024-03-25").await;
    hier.montre("21 pôles recensés");
    assert_eq!(compte(&hier.texte, "Lauréats sans date"), "1");

    // The true date, said later, stands; a year never replaces it.
    let mut tx = banc.app.db.begin().await.unwrap();
    let (campagne, genre) = ("ami-accompagnement", metier::campagnes::Genre::Accompagnement);
    let le: jiff::Timestamp = "2021-07-19T10:00:00+02:00".parse().unwrap();
    coopole::poles::record_laureat(&mut tx, pole, campagne, genre, coopole::poles::Retenu::En(2021)).await.unwrap();
    coopole::poles::record_laureat(&mut tx, pole, campagne, genre, Some(le)).await.unwrap();
    coopole::poles::record_laureat(&mut tx, pole, campagne, genre, coopole::poles::Retenu::En(2022)).await.unwrap();
    tx.commit().await.unwrap();
    public.get("/recensement?monde=reels&le=2021-07-19").await.montre("1 pôle recensé au 19 juillet 2021");
    public.get("/recensement?monde=reels&le=2021-07-18").await.montre("Aucun pôle recensé");
});

parcours!(trois_laureats_reels_qui_signent_ici_ne_font_pas_un_taux(banc) {
    let mut tx = banc.app.db.begin().await.unwrap();
    let poles: Vec<(uuid::Uuid,)> = tx
        .fetch_all(
            "SELECT l.pole FROM laureats l JOIN poles p ON p.id = l.pole
             WHERE l.genre = 'accompagnement' AND NOT p.invente ORDER BY l.pole LIMIT 3",
            &[],
        )
        .await
        .unwrap();
    let le: jiff::Timestamp = "2024-03-20T10:00:00+01:00".parse().unwrap();
    for (pole,) in poles {
        coopole::poles::record_signature(&mut tx, pole, "2021-06-30", le).await.unwrap();
    }
    tx.commit().await.unwrap();
    let public = banc.public();
    let apres = public.get("/recensement?le=2024-03-20&monde=reels").await;
    apres.montre("22 pôles recensés au 20 mars 2024").montre(">72 pôles</a>")
        .montre("non calculable : signature non connue pour").montre(">19 lauréats</a>")
        .tait("sur 3").tait("0 %");
    assert_eq!(compte(&apres.texte, "Les deux"), "3");
    public.get("/recensement?le=2024-03-19&monde=reels").await.montre(">75 pôles</a>");
    let remi = banc.personne("remi@labo.example").await;
    remi.get("/charte/gestion").await.montre("signature non connue pour 19 lauréats").montre("signataires, 8");
    public.get("/charte").await.montre("Pour 72 pôles réels");
});

parcours!(un_pole_importe_dans_la_demonstration_est_invente_et_sa_signature_est_connue(banc) {
    // What comes in by a list has a source, even invented: that is not what says
    // whether its signature is known.
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE poles SET source = 'Une liste apportée' WHERE nom = 'Terre commune'", &[]).await.unwrap();
    tx.commit().await.unwrap();
    let public = banc.public();
    let page = public.get("/recensement").await;
    assert_eq!(compte(&page.texte, "Lauréats seuls"), "1");
    page.montre(">75 pôles</a>");
    public.get("/charte").await.montre("Pour 75 pôles réels");
    let remi = banc.personne("remi@labo.example").await;
    remi.get("/charte/gestion").await.montre("1 lauréat n’a pas signé").montre("Terre commune");
});

parcours!(une_region_se_recense_seule_et_un_nombre_a_toujours_sa_liste(banc) {
    bilan_2022(banc).await;
    let public = banc.public();
    let bretagne = public.get("/recensement?region=53&le=2022-12-31").await;
    bretagne.montre("Recensement – Bretagne").montre("16 pôles recensés au 31 décembre 2022")
        .montre("tous les pôles de ce registre, Bretagne")
        .montre("/recensement/poles?liste=recenses&amp;le=2020-12-31&amp;region=53")
        .tait(">Normandie</a>").tait("Avec et sans cellule");
    let seule = compte(&bretagne.texte, "Charte seule");
    public.get("/recensement/poles?liste=charte-seule&le=2022-12-31&region=53").await
        .montre(&format!("{seule} pôles au 31 décembre 2022 (tout le registre, Bretagne)."));
    public.get("/recensement").await.montre(">Signataires</th>").montre(">Lauréats</th>")
        .montre("/recensement/poles?liste=recenses&amp;le=2021-03-27&amp;region=53");

    // The growth of a territory is the census of it.
    public.get("/regions/53").await.montre("Pôles recensés").montre(">16<");

    for (cellule, combien) in [("avec", "198"), ("sans", "5")] {
        public.get(&format!("/recensement/poles?cellule={cellule}&le=2022-12-31")).await
            .montre(&format!("{combien} pôles au 31 décembre 2022"));
    }
    public.get("/recensement").await
        .montre("/recensement/poles?liste=recenses&amp;le=2023-03-27&amp;cellule=sans");
    for adresse in ["/recensement", "/recensement/poles", "/recensement/export", "/poles.atom"] {
        public.get(&format!("{adresse}?region=zz")).await.introuvable();
        // Auvergne, before 2016.
        let ailleurs = public.get(&format!("{adresse}?region=83")).await;
        assert_eq!(ailleurs.statut, 301);
        assert_eq!(ailleurs.entetes["location"], format!("{adresse}?region=84").as_str());
    }
    let ailleurs = public.get("/recensement?le=2022-12-31&region=83").await;
    assert_eq!(ailleurs.entetes["location"], "/recensement?le=2022-12-31&region=84");
});

parcours!(la_croissance_d_un_territoire_est_celle_du_recensement(banc) {
    // Withdrawn in February: a sign until then, for the territory as for the census.
    let mut tx = banc.app.db.begin().await.unwrap();
    let (depuis, le): (jiff::Timestamp, jiff::Timestamp) =
        ("2022-02-01T10:00:00+01:00".parse().unwrap(), "2024-02-01T10:00:00+01:00".parse().unwrap());
    let pole = uuid::Uuid::parse_str(&banc.pole("Comptoir du Golfe").await).unwrap();
    tx.execute("DELETE FROM laureats WHERE pole = $1", &coopole::valeurs![pole]).await.unwrap();
    tx.execute(
        "UPDATE signatures_charte SET signee_le = $2, retiree_le = $3 WHERE pole = $1",
        &coopole::valeurs![pole, depuis, le],
    ).await.unwrap();
    tx.commit().await.unwrap();
    let public = banc.public();
    let le_26_mars = |annee: i16| format!("/recensement?region=94&le={annee}-03-26");
    let region = public.get("/regions/94").await;
    let mut comptes = Vec::new();
    for annee in [2021, 2022, 2023, 2024] {
        let recenses = compte(&public.get(&le_26_mars(annee)).await.texte, "Pôles recensés");
        let barre = format!("26/03/{annee}</span><span class=\"co-barre__valeur\">{recenses}<");
        region.montre(&barre);
        comptes.push(recenses.parse::<u64>().unwrap());
    }
    let [_, en_2022, en_2023, en_2024] = comptes[..] else { panic!("{comptes:?}") };
    assert_eq!((en_2022, en_2023), (en_2024 + 1, en_2024 + 1));
    // It signs again: known since 2022, it is no new pole.
    let mut tx = banc.app.db.begin().await.unwrap();
    let a_nouveau: jiff::Timestamp = "2024-03-20T10:00:00+01:00".parse().unwrap();
    coopole::poles::record_signature(&mut tx, pole, "2021-06-30", a_nouveau).await.unwrap();
    tx.commit().await.unwrap();
    let flux = public.get("/poles.atom?region=94").await;
    flux.montre("Comptoir du Golfe").tait("2024-03-20");
});

parcours!(une_signature_retiree_compte_jusqu_a_son_retrait(banc) {
    let mut tx = banc.app.db.begin().await.unwrap();
    let le: jiff::Timestamp = "2024-02-01T10:00:00+01:00".parse().unwrap();
    tx.execute(
        "UPDATE signatures_charte SET retiree_le = $1
         WHERE pole = (SELECT id FROM poles WHERE nom = 'Comptoir du Golfe')",
        &coopole::valeurs![le],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let public = banc.public();
    let avant = public.get("/recensement?le=2024-01-31").await;
    assert_eq!(compte(&avant.texte, "Signataires de la Charte"), "6");
    let apres = public.get("/recensement?le=2024-02-01").await;
    assert_eq!(compte(&apres.texte, "Signataires de la Charte"), "5");
    // It won no call either: known, in the register, and counted nowhere.
    assert_eq!(compte(&apres.texte, "Ni l’un ni l’autre"), "1");
});

parcours!(une_date_qui_ne_se_compte_pas_se_dit_et_montre_aujourd_hui(banc) {
    let public = banc.public();
    public.get("/recensement?le=2031-01-01").await
        .montre("Cette date n’est pas venue").montre("au 26 mars 2024");
    public.get("/recensement?le=hier").await.montre("Cette date ne se lit pas");
    public.get("/recensement?le=1914-08-02").await.montre("n’existait pas encore");
    public.get("/recensement/poles?le=hier").await
        .montre("Cette date ne se lit pas : voici la liste d’aujourd’hui.");
    public.get("/recensement/export?le=hier").await.refuse("Cette date ne se lit pas");
    // An invented world before anything was signed: nothing to count, no rate.
    public.get("/recensement?le=2012-01-01").await.montre("Aucun pôle recensé à cette date, pour ce que l’on en sait.");
});

parcours!(aucune_page_du_recensement_ne_nomme_personne(banc) {
    let public = banc.public();
    for adresse in ["/recensement", "/recensement/poles", "/recensement/export"] {
        let page = public.get(adresse).await;
        for personne in ["Solène", "solene@"] {
            assert!(!page.texte.contains(personne), "{adresse} {personne}");
        }
    }
});

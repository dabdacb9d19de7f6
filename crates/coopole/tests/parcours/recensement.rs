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
    cellule.rsplit_once('>').unwrap().1.to_owned()
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
        .montre("2 pôles au 27 mars 2023").montre("Guyane");
    public.get("/recensement/poles?liste=tous").await.introuvable();

    // Each counter is to be counted again from the file of the whole register.
    let fichier = public.get("/recensement/export?le=2022-12-31").await.texte;
    let poles = |signataire: &str, laureat: &str| {
        fichier.lines().filter(|ligne| ligne.contains(&format!(";{signataire};{laureat};"))).count()
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
        .montre("Aucun pôle recensé à cette date.")
        .montre("Croisement non calculable : signature non connue pour")
        .montre(">75 pôles</a>")
        .montre(">22 lauréats</a>")
        .montre("Sans pôle recensé : Corse, Guyane, Martinique.")
        .montre("On ne sait pas, faute de connaître les signatures : Auvergne-Rhône-Alpes");

    // The seven invented ones are counted beside, one of each case at least.
    let page = public.get("/recensement").await;
    page.montre(">75 pôles</a>");
    let comptes = LISTES.map(|liste| compte(&page.texte, liste));
    assert_eq!(comptes, ["7", "6", "6", "5", "1", "1"]);
    public.get("/recensement/poles?liste=signature-non-connue").await.montre("75 pôles au 26 mars 2024");
});

parcours!(un_pole_reel_qui_signe_sort_des_signatures_non_connues(banc) {
    let mut tx = banc.app.db.begin().await.unwrap();
    let (pole,): (uuid::Uuid,) = tx
        .fetch_one("SELECT pole FROM laureats WHERE le IS NULL AND genre = 'accompagnement' ORDER BY pole LIMIT 1", &[])
        .await
        .unwrap();
    let le: jiff::Timestamp = "2024-03-20T10:00:00+01:00".parse().unwrap();
    coopole::poles::record_signature(&mut tx, pole, "2021-06-30", le).await.unwrap();
    tx.commit().await.unwrap();
    let public = banc.public();
    let apres = public.get("/recensement?le=2024-03-20&monde=reels").await;
    apres.montre("1 pôle recensé au 20 mars 2024").montre(">74 pôles</a>");
    // A laureate without a date: counted by its signature, crossed with nothing.
    assert_eq!(compte(&apres.texte, "Recensés non croisés"), "1");
    public.get("/recensement?le=2024-03-19&monde=reels").await.montre(">75 pôles</a>");
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
    // An invented world before anything was signed: nothing to count, no rate.
    public.get("/recensement?le=2012-01-01").await.montre("Aucun pôle recensé à cette date.");
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

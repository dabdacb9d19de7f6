//! Anyone, without an account.

use std::io::Read;

use axum::http::{StatusCode, header};

use crate::parcours;

const APPEL: &str = "/appels/ami-financement-2024";
const ELIGIBILITE: &str = "/appels/ami-financement-2024/eligibilite";

parcours!(l_accueil_dit_l_appel_ouvert_et_son_heure(banc) {
    let accueil = banc.public().get("/").await;
    accueil
        .montre("Financer le développement (2024)")
        .montre("Ouvert jusqu’au mercredi 29 mai 2024 à 12 h 00 (heure de Paris).")
        .montre("100 000 € sur 2 ans")
        .montre("Accessibilité : non conforme")
        .montre("Cette instance n’est pas un site officiel de l’État.");
    // No figure without what it counts and its date.
    accueil.montre("pôles recensés").montre("Au 27/03/2023.");
});

parcours!(sans_appel_ouvert_l_accueil_montre_le_dernier(banc) {
    banc.il_est("2024-05-29T12:00:01+02:00");
    let accueil = banc.public().get("/").await;
    accueil.montre("Aucun appel ouvert").montre("Le dernier : ");
    // Nobody is a laureate before the notification.
    assert!(!accueil.texte.contains("Ses lauréats"));
    let appels = banc.public().get("/appels").await;
    appels
        .montre("Aucun appel n’est ouvert")
        .montre("Appels clos")
        .montre("Clos depuis le mercredi 29 mai 2024 à 12 h 00 (heure de Paris).");
});

parcours!(les_appels_passes_disent_ce_que_les_sources_donnent_et_ce_qu_elles_taisent(banc) {
    let appels = banc.public().get("/appels").await;
    appels
        .montre("Les appels passés")
        .montre("AMI de financement 2023")
        .montre("Clôture : lundi 31 juillet 2023 à midi")
        .montre("67 ou 72")
        .montre("72 selon l’Avise")
        .montre("Enveloppe : 1 500 000 €")
        .montre("AMI de financement 2022")
        .montre("Enveloppe : non donné par les sources")
        .montre("AMI PTCE phase 2 saison 3 (CRESS Nouvelle-Aquitaine)")
        .montre("Appel à projets 2013");
    assert_eq!(appels.texte.matches(">Sources : ").count(), 6);

    banc.il_est("2023-10-17T12:00:00+02:00");
    let avant = banc.public().get("/appels").await;
    assert!(!avant.texte.contains("AMI de financement 2023"), "ses lauréats ne sont pas encore connus");
});

parcours!(avant_l_ouverture_l_appel_dit_quand_il_ouvre(banc) {
    banc.il_est("2024-03-24T23:59:59+01:00");
    banc.public().get(APPEL).await.montre("À venir").montre("Ouvre le lundi 25 mars 2024 à 0 h 00");
    banc.public().get("/appels").await.montre("Appels à venir");
});

parcours!(la_page_d_un_appel_dit_tout_ce_que_dit_son_document(banc) {
    let page = banc.public().get(APPEL).await;
    page.montre("Ouvert");
    let appel = banc.app.campagnes.find("ami-financement-2024").unwrap();
    let dits = appel.regles.iter().map(|regle| (&regle.enonce, &regle.source))
        .chain(appel.criteres.iter().map(|critere| (&critere.enonce, &critere.source)))
        .chain(appel.bonus.iter().map(|bonus| (&bonus.enonce, &bonus.source)))
        .chain(appel.emplois.permis.iter().chain(&appel.emplois.exclus).map(|e| (&e.libelle, &e.source)));
    for (enonce, source) in dits {
        let plat = |texte: &str| texte.replace(['\u{a0}', '\u{202f}'], " ");
        page.montre(&plat(enonce));
        // At the start of a line a reference has its capital.
        page.montre(plat(source).trim_start_matches('n'));
    }
    for piece in &appel.pieces {
        page.montre(&piece.libelle.replace(['\u{a0}', '\u{202f}'], " "));
    }
    for point in &appel.non_precise {
        page.montre(&point.sujet.replace(['\u{a0}', '\u{202f}'], " "));
    }
    page.montre("(date de la notice)").montre("1 500 000 €").montre("Non précisé par la notice");
});

parcours!(l_heure_de_la_cloture_se_lit_aussi_outre_mer(banc) {
    banc.public().get(APPEL).await
        .montre("6 h 00 en Guadeloupe")
        .montre("7 h 00 en Guyane")
        .montre("14 h 00 à La Réunion")
        .montre("13 h 00 à Mayotte");
});

parcours!(a_la_seconde_de_la_cloture_l_appel_est_encore_ouvert(banc) {
    banc.il_est("2024-05-29T12:00:00+02:00");
    banc.public().get(APPEL).await.montre("Commencer un dossier");
    banc.il_est("2024-05-29T12:00:01+02:00");
    let close = banc.public().get(APPEL).await;
    close.montre("Clos depuis le mercredi 29 mai 2024 à 12 h 00");
    assert!(!close.texte.contains("Commencer un dossier"));
});

parcours!(commencer_sans_compte_mene_a_la_connexion_puis_ramene_ici(banc) {
    banc.public().get(APPEL).await.montre("/connexion?suite=/appels/ami-financement-2024");
});

parcours!(une_responsable_commence_puis_reprend_et_n_a_jamais_deux_brouillons(banc) {
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;
    let avant = porteuse.get(APPEL).await;
    avant.montre("Au nom de <strong>Pôle des Rives</strong>").montre(&pole);

    let dossier = porteuse.post(&format!("{APPEL}/dossiers"), &[("pole", &pole)]).await.mene_a("/dossiers/");

    let apres = porteuse.get(APPEL).await;
    apres.montre("Vous avez un brouillon").montre("Reprendre").montre(&dossier);
    assert!(!apres.texte.contains("Commencer un dossier"), "un second brouillon serait proposé");
});

parcours!(qui_lit_seulement_ne_se_voit_rien_proposer(banc) {
    let lectrice = banc.personne("odile@rives.example").await.get(APPEL).await;
    lectrice.montre("Suis-je éligible");
    assert!(!lectrice.texte.contains("Commencer un dossier"));
    let agent = banc.personne("gwenn@cellule-bretagne.example").await.get(APPEL).await;
    agent.montre("Votre compte ne tient le dossier d’aucun pôle");
    assert!(!agent.texte.contains("Commencer un dossier"));
});

parcours!(apres_la_cloture_un_brouillon_est_dit_jamais_depose(banc) {
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;
    porteuse.post(&format!("{APPEL}/dossiers"), &[("pole", &pole)]).await.mene_a("/dossiers/");
    banc.il_est("2024-05-29T12:00:01+02:00");
    porteuse.get(APPEL).await.montre("Jamais déposé (appel clos)").montre("Voir le dossier");
});

parcours!(les_reponses_de_l_eligibilite_passent_dans_le_brouillon(banc) {
    let reponses = "forme=societe_commerciale&mention_ess=oui&charte=non";
    let page = banc.public().get(&format!("{ELIGIBILITE}?{reponses}")).await;
    page.montre("Commencer avec ces réponses").montre("sera repris dans le dossier");
    let suite = page.texte.split("href=\"").find(|lien| lien.starts_with(&format!("{APPEL}?"))).unwrap();
    let suite = suite.split('"').next().unwrap().replace("&amp;", "&");
    // Without an account: to the sign-in page, which leads back with the answers.
    banc.public().get(&suite).await.montre(&format!("/connexion?suite={APPEL}%3Fforme%3Dsociete_commerciale"));
    let porteuse = banc.porteuse().await;
    let appel = porteuse.get(&suite).await;
    let (forme, mention) = (appel.cache("forme"), appel.cache("mention_ess"));
    let pole = appel.cache("pole");

    let champs = [("pole", pole.as_str()), ("forme", &forme), ("mention_ess", &mention), ("forme_le", "x")];
    let dossier = porteuse.post(&format!("{APPEL}/dossiers"), &champs).await.mene_a("/dossiers/");

    let rubrique = porteuse.get(&format!("{dossier}/rubriques/structure")).await;
    rubrique.montre("value=\"societe_commerciale\" checked");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM reponses").await, 2);
    assert_eq!(
        banc.compter("SELECT COUNT(*) FROM reponses WHERE champ = 'structure_qualite_ess' AND valeur = 'societe_ess'").await,
        1,
    );
});

parcours!(une_reponse_inventee_n_entre_pas_dans_le_brouillon(banc) {
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;
    let champs = [("pole", pole.as_str()), ("forme", "royaume"), ("structure_nom", "Autre"), ("charte", "oui")];
    porteuse.post(&format!("{APPEL}/dossiers"), &champs).await.mene_a("/dossiers/");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM reponses").await, 0);
});

parcours!(les_dates_d_un_appel_se_mettent_dans_un_agenda(banc) {
    banc.public().get(APPEL).await.montre("Ajouter ces dates à mon agenda");
    let agenda = banc.public().get(&format!("{APPEL}/agenda.ics")).await;
    assert_eq!(agenda.entetes[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    let texte = agenda.texte.replace("\r\n ", "");
    for ligne in [
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
        // The closing, at its second; noon in Paris is ten o'clock in UTC.
        "UID:cloture.ami-financement-2024@coopole\r\n",
        "DTSTART:20240529T100000Z\r\n",
        "mercredi 29 mai 2024 à 12 h 00 min 00 s (heure de Paris)",
        // Opinions before 31 July: the last day is the 30th.
        "UID:avis.ami-financement-2024@coopole\r\n",
        "DTSTART;VALUE=DATE:20240730\r\nDTEND;VALUE=DATE:20240731\r\n",
        "URL:http://coopole.example/appels/ami-financement-2024\r\n",
        "END:VCALENDAR\r\n",
    ] {
        assert!(texte.contains(ligne), "{ligne:?} manque :\n{texte}");
    }
    assert_eq!(texte.matches("BEGIN:VEVENT").count(), texte.matches("END:VEVENT").count());
});

parcours!(un_appel_inconnu_n_existe_pas(banc) {
    for suite in ["", "/notice", "/eligibilite", "/agenda.ics"] {
        banc.public().get(&format!("/appels/ami-qui-n-existe-pas{suite}")).await.introuvable();
    }
});

parcours!(la_notice_s_imprime_depuis_le_document_et_se_garde(banc) {
    let notice = banc.public().get(&format!("{APPEL}/notice")).await;
    assert_eq!(notice.statut, StatusCode::OK);
    assert_eq!(notice.entetes[header::CONTENT_TYPE], "application/pdf");
    assert!(notice.texte.starts_with("%PDF-1."));
    let etiquette = notice.entetes[header::ETAG].to_str().unwrap().to_owned();
    let encore = banc.public().get_avec(&format!("{APPEL}/notice"), &[("if-none-match", &etiquette)]).await;
    assert_eq!(encore.statut, StatusCode::NOT_MODIFIED);
});

parcours!(sans_reponse_la_page_d_eligibilite_ne_juge_rien(banc) {
    let page = banc.public().get(ELIGIBILITE).await;
    page.montre("Rien n’est conservé.").montre("Quelle est la forme de la structure");
    assert!(!page.texte.contains("Pas encore :") && !page.texte.contains("id=\"bilan\""));
});

parcours!(quand_tout_est_rempli_rien_ne_s_oppose_au_depot_et_personne_n_est_dit_eligible(banc) {
    let page = banc.public()
        .get(&format!("{ELIGIBILITE}?forme=association&accompagnement=oui&charte=oui&aide=non&hors_ess=oui"))
        .await;
    page.montre("Aucune condition de l’appel ne s’oppose au dépôt : 5 remplies, 2 à apprécier.")
        .montre("Une personne l’appréciera")
        .montre("Commencer avec ces réponses");
    assert!(!page.texte.contains("Vous êtes éligible"));
});

parcours!(une_regle_non_remplie_dit_ce_qu_elle_a_trouve_sa_source_et_que_faire(banc) {
    let page = banc.public().get(&format!("{ELIGIBILITE}?forme=collectivite&hors_ess=non")).await;
    page.montre("Pas encore : 2 non remplies, 3 à préciser, 2 à apprécier.")
        .montre("Trouvé : collectivité ou organisme public")
        .montre("Notice 2024, § 3.a, note 2")
        .montre("Faites porter le dossier par un membre du pôle qui relève de l’ESS.")
        .montre("Ajoutez au moins un membre hors ESS.")
        .montre("Pas encore connu : indiquez");
});

parcours!(une_subvention_recente_dit_le_jour_ou_candidater_redevient_possible(banc) {
    for date in ["2021-12-15", "15/12/2021"] {
        banc.public().get(&format!("{ELIGIBILITE}?aide=oui&aide_le={date}")).await
            .montre("Candidature possible dès le 15 décembre 2026.");
    }
    banc.public().get(&format!("{ELIGIBILITE}?aide=oui&aide_le=2019-05-29")).await.montre("1 remplie");
});

parcours!(une_date_illisible_est_dite_a_cote_de_son_champ_et_reste_inconnue(banc) {
    let page = banc.public().get(&format!("{ELIGIBILITE}?aide=oui&aide_le=hier")).await;
    page.montre("À corriger (1)").montre("Une date est attendue, par exemple 15/12/2021.");
    assert!(!page.texte.contains("Non remplie"));
});

parcours!(une_adresse_hostile_ne_casse_ni_n_injecte_rien(banc) {
    let tres_longue = format!("?forme={}", "a".repeat(20_000));
    for suite in [
        "?forme=<script>alert(1)</script>&aide=oui&aide_le=%22%3E%3Cscript%3E",
        "?forme=association&forme=collectivite&forme[]=x&=&&&=x",
        "?forme=%FF%FE&charte=%00",
        "?questions=oui&E1=remplie",
        &tres_longue,
    ] {
        let suite = suite.replace('<', "%3C").replace('>', "%3E");
        let page = banc.public().get(&format!("{ELIGIBILITE}{suite}")).await;
        page.montre("Suis-je éligible");
        assert!(!page.texte.contains("<script>"), "{suite}");
    }
    for adresse in ["/?a=<b>", "/appels?x=%27%22", "/journal?objet=x", "/appels/..%2f..%2fetc"] {
        let adresse = adresse.replace('<', "%3C").replace('>', "%3E");
        let statut = banc.public().get(&adresse).await.statut;
        assert!(statut.is_success() || statut.is_redirection() || statut == StatusCode::NOT_FOUND, "{adresse} : {statut}");
    }
});

parcours!(ce_qu_on_repond_n_est_garde_nulle_part(banc) {
    let page = banc.public().get(&format!("{ELIGIBILITE}?forme=association")).await;
    assert_eq!(page.entetes[header::CACHE_CONTROL], "no-store");
    assert!(page.texte.contains("name=\"robots\" content=\"noindex\""));
    let vierge = banc.public().get(ELIGIBILITE).await;
    assert!(!vierge.texte.contains("noindex"));
});

parcours!(une_page_demandee_sans_son_corps_se_garde_entiere(banc) {
    let tete = banc.public().head("/aide").await;
    assert!(tete.texte.is_empty());
    let page = banc.public().get("/aide").await;
    page.montre("Comment vérifier un accusé de réception").montre("href=\"/verification\"");
    assert_eq!(tete.entetes[header::ETAG], page.entetes[header::ETAG]);
});

parcours!(une_page_publique_se_garde_et_se_reconnait(banc) {
    for adresse in ["/", "/appels", APPEL, "/aide", "/plan", "/accessibilite", "/mentions-legales", "/donnees-personnelles"] {
        let premiere = banc.public().get(adresse).await;
        premiere.montre("Coopôle");
        assert!(!premiere.texte.contains("noindex"), "{adresse} doit pouvoir se chercher");
        let etiquette = premiere.entetes[header::ETAG].to_str().unwrap().to_owned();
        let seconde = banc.public().get_avec(adresse, &[("if-none-match", &etiquette)]).await;
        assert_eq!(seconde.statut, StatusCode::NOT_MODIFIED, "{adresse}");
        let tete = banc.public().head(adresse).await;
        assert_eq!(tete.entetes[header::ETAG], etiquette.as_str(), "{adresse}");
        assert!(tete.texte.is_empty(), "{adresse}");
    }
});

parcours!(la_page_gardee_n_est_jamais_celle_d_une_personne_connectee(banc) {
    let porteuse = banc.porteuse().await;
    for adresse in ["/", APPEL, "/aide"] {
        // Each comes first in turn: neither leaves its page to the other.
        porteuse.get(adresse).await.montre("Solène Marée");
        let publique = banc.public().get(adresse).await;
        assert!(!publique.texte.contains("Solène Marée"), "{adresse}");
        let sienne = porteuse.get(adresse).await;
        sienne.montre("Solène Marée");
        assert_eq!(sienne.entetes[header::CACHE_CONTROL], "no-store");
        assert!(!banc.public().get(adresse).await.texte.contains("Solène Marée"), "{adresse}");
    }
});

parcours!(une_page_comprimee_est_la_meme_page(banc) {
    let lire = |reponse: &crate::banc::Reponse, codage: &str| {
        assert_eq!(reponse.entetes[header::CONTENT_ENCODING], codage);
        assert_eq!(reponse.entetes[header::VARY], "accept-encoding");
        let longueur = reponse.entetes[header::CONTENT_LENGTH].to_str().unwrap();
        assert_eq!(longueur, reponse.octets.len().to_string());
        let mut page = Vec::new();
        match codage {
            "br" => brotli::BrotliDecompress(&mut &*reponse.octets, &mut page).unwrap(),
            _ => drop(flate2::read::GzDecoder::new(&*reponse.octets).read_to_end(&mut page).unwrap()),
        }
        page
    };
    let porteuse = banc.porteuse().await;
    let public = banc.public();
    // Kept for the one, rendered for the other, and neither in the other's hands.
    for (visiteur, adresse, codages) in [
        (&public, "/", [("gzip, deflate, br", "br"), ("gzip", "gzip")]),
        (&porteuse, "/", [("br", "br"), ("gzip;q=1, br;q=0", "gzip")]),
        (&porteuse, "/espace", [("br", "br"), ("gzip", "gzip")]),
        (&public, "/adresse-inconnue", [("br", "br"), ("gzip", "gzip")]),
    ] {
        for (accepte, codage) in codages {
            let comprimee = visiteur.get_avec(adresse, &[("accept-encoding", accepte)]).await;
            let brute = visiteur.get(adresse).await;
            assert!(brute.entetes.get(header::CONTENT_ENCODING).is_none());
            assert_eq!(brute.entetes[header::VARY], "accept-encoding");
            assert_eq!(lire(&comprimee, codage), brute.octets, "{adresse} {codage}");
            assert!(comprimee.octets.len() < brute.octets.len() / 2, "{adresse} {codage}");
        }
    }
});

parcours!(une_page_gardee_se_reconnait_dans_chaque_codage(banc) {
    let mut etiquettes = std::collections::BTreeSet::new();
    for codage in ["br", "gzip", "identity"] {
        let accepte = ("accept-encoding", codage);
        let premiere = banc.public().get_avec("/", &[accepte]).await;
        let etiquette = premiere.entetes[header::ETAG].to_str().unwrap().to_owned();
        let seconde = banc.public().get_avec("/", &[accepte, ("if-none-match", &etiquette)]).await;
        assert_eq!(seconde.statut, StatusCode::NOT_MODIFIED, "{codage}");
        etiquettes.insert(etiquette);
    }
    assert_eq!(etiquettes.len(), 3, "two encodings share an ETag");
});

parcours!(une_liste_en_fichier_et_un_actif_ne_sont_pas_comprimes_une_seconde_fois(banc) {
    let accepte = ("accept-encoding", "br");
    let agente = banc.personne("gwenn@cellule-bretagne.example").await;
    let liste = agente.get_avec("/cellule/export?region=53", &[accepte]).await;
    assert_eq!(liste.statut, StatusCode::OK);
    assert!(liste.entetes.get(header::CONTENT_ENCODING).is_none());
    let feuille = banc.public().get_avec(coopole::socle::actifs::chemin("app.css"), &[accepte]).await;
    let mut lue = Vec::new();
    brotli::BrotliDecompress(&mut &*feuille.octets, &mut lue).unwrap();
    let brute = banc.public().get(coopole::socle::actifs::chemin("app.css")).await;
    assert_eq!(lue, brute.octets);
});

parcours!(une_page_gardee_est_oubliee_apres_un_acte(banc) {
    let avant = banc.public().get("/mentions-legales").await;
    avant.montre("À compléter par l’exploitant");
    std::fs::write(banc.app.reglages.donnees.join("mentions-legales.txt"), "Éditeur : la coopérative <d’essai>\n\nHébergement : ici").unwrap();
    // Kept for a moment; an act empties the shelf at once.
    let pole = banc.pole("Pôle des Rives").await;
    banc.porteuse().await.post(&format!("{APPEL}/dossiers"), &[("pole", &pole)]).await.mene_a("/dossiers/");

    let apres = banc.public().get("/mentions-legales").await;
    apres.montre("Éditeur : la coopérative &lt;d’essai&gt;").montre("<p class=\"co-lignes\">Hébergement : ici</p>");
    assert!(!apres.texte.contains("À compléter par l’exploitant"));
});

parcours!(les_durees_de_conservation_sont_celles_que_les_champs_declarent(banc) {
    let page = banc.public().get("/donnees-personnelles").await;
    let appel = banc.app.campagnes.find("ami-financement-2024").unwrap();
    let mut declares = 0;
    let champs = appel.formulaire.champs().filter_map(|c| Some((&c.libelle, c.donnees_personnelles.as_ref()?)));
    let pieces = appel.pieces.iter().filter_map(|p| Some((&p.libelle, p.donnees_personnelles.as_ref()?)));
    for (libelle, donnees) in champs.chain(pieces) {
        declares += 1;
        let plat = |texte: &str| texte.replace(['\u{a0}', '\u{202f}'], " ");
        page.montre(&plat(libelle)).montre(&plat(&donnees.finalite));
        page.montre(&plat(&appel.conservation(&donnees.conservation).unwrap().duree));
    }
    assert!(declares >= 4);
});

parcours!(l_accessibilite_est_dite_non_conforme_et_se_signale(banc) {
    banc.public().get("/accessibilite").await
        .montre("Accessibilité : non conforme")
        .montre("Signaler un obstacle")
        .montre("Défenseur des droits");
});

parcours!(le_plan_ne_mene_a_aucune_page_absente(banc) {
    let plan = banc.public().get("/plan").await;
    let contenu = plan.texte.split("id=\"contenu\"").nth(1).unwrap().split("<footer").next().unwrap();
    let liens: Vec<&str> = contenu.split("href=\"").skip(1).map(|r| r.split('"').next().unwrap()).collect();
    assert!(liens.len() > 10, "{liens:?}");
    for lien in liens {
        let statut = banc.public().get(lien).await.statut;
        assert!(statut.is_success() || statut == StatusCode::SEE_OTHER, "{lien} : {statut}");
    }
});

parcours!(une_adresse_inconnue_n_existe_pas(banc) {
    banc.public().get("/nulle-part").await.introuvable();
});

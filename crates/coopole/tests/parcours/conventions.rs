//! Agreements and payments: proposed by the Trésor, signed on both sides, paid
//! by two persons.

use coopole::{
    conventions,
    dossiers::{LigneBudget, record_lignes, record_reponse},
    valeurs,
};
use documents::{Document, MentionLigne};
use sha2::Digest;
use uuid::Uuid;

use crate::{
    banc::{Banc, Reponse},
    parcours,
    tresor::{
        CAMPAGNE, CLAIRE, ETIENNE, INSTANT, Table, VEILLE, cache, decider_et_programmer, habiliter,
    },
};

const AGNES: &str = "agnes@tresor.example";
const IBAN: &str = "FR14 2004 1010 0505 0001 3M02 606";

/// The decisions are known and the agreements proposed, their text printed.
async fn proposer(banc: &Banc) -> Table {
    let table = Table::dresser(banc).await;
    decider_et_programmer(banc, &table).await;
    banc.il_est("2024-10-01T09:00:00+02:00");
    banc.taches().await;
    let claire = banc.personne(CLAIRE).await;
    claire
        .post(&format!("{CAMPAGNE}/conventions"), &[])
        .await
        .mene_a(CAMPAGNE);
    banc.taches().await;
    table
}

async fn convention_de(banc: &Banc, dossier: Uuid) -> String {
    let mut base = banc.app.db.lecture().await.unwrap();
    let (id,): (Uuid,) = base
        .fetch_one(
            "SELECT id FROM conventions WHERE dossier = $1",
            &valeurs![dossier],
        )
        .await
        .unwrap();
    format!("/conventions/{id}")
}

/// Signs for the Pôle des Rives, with these fields instead of the right ones.
async fn signer(banc: &Banc, convention: &str, autres: &[(&str, &str)]) -> Reponse {
    let porteuse = banc.porteuse().await;
    let page = porteuse.get(convention).await;
    let empreinte = cache(&page.texte, "empreinte");
    let mut champs = vec![
        ("nom", "Solène Marée"),
        ("qualite", "présidente"),
        ("titulaire", "Les Rives solidaires"),
        ("iban", IBAN),
        ("pouvoir", "oui"),
        ("engagement_republicain", "oui"),
        ("empreinte", empreinte.as_str()),
    ];
    champs.retain(|(nom, _)| !autres.iter().any(|(autre, _)| autre == nom));
    champs.extend(autres);
    porteuse
        .post(&format!("{convention}/signature"), &champs)
        .await
}

async fn valider(banc: &Banc, qui: &str, convention: &str) -> Reponse {
    let personne = banc.personne(qui).await;
    let page = personne.get(convention).await;
    let empreinte = cache(&page.texte, "empreinte");
    let champs = [
        ("qualite", "cheffe de bureau"),
        ("pouvoir", "oui"),
        ("empreinte", empreinte.as_str()),
    ];
    personne
        .post(&format!("{convention}/validation"), &champs)
        .await
}

async fn preparer_l_ordre(banc: &Banc, convention: &str, montant: &str) -> Reponse {
    let champs = [("montant", montant), ("titulaire_verifie", "oui")];
    banc.personne(CLAIRE)
        .await
        .post(&format!("{convention}/versement"), &champs)
        .await
}

/// The dossier and the space of its team both say this word of it.
async fn dit_partout(banc: &Banc, courriel: &str, dossier: Uuid, mot: &str) {
    let equipe = banc.personne(courriel).await;
    let badge = format!("\">{mot}</p>");
    for page in [format!("/dossiers/{dossier}"), "/espace".to_owned()] {
        equipe.get(&page).await.montre(&badge);
    }
}

parcours!(le_dossier_dit_ou_en_est_sa_convention(banc) {
    let table = proposer(banc).await;
    let rives = table.dossier("Pôle des Rives");
    let convention = convention_de(banc, rives).await;
    let porteuse = banc.porteuse().await;
    let solene = "solene@rives.example";
    dit_partout(banc, solene, rives, "Convention à signer").await;
    porteuse.get("/espace").await.montre("À faire : signer la convention (Pôle des Rives)").montre(&convention);
    banc.personne(CLAIRE).await.get("/journal").await.montre("Convention n° C-2024-0001");
    porteuse.get(&format!("/dossiers/{rives}")).await.montre("À faire : signer la convention (Pôle des Rives)").montre(&convention);

    signer(banc, &convention, &[]).await.mene_a(&convention);
    dit_partout(banc, solene, rives, "Convention signée").await;
    valider(banc, ETIENNE, &convention).await.mene_a(&convention);
    dit_partout(banc, solene, rives, "Convention signée").await;
    assert!(!porteuse.get("/espace").await.texte.contains("À faire"));
    preparer_l_ordre(banc, &convention, "100 000").await.mene_a(&convention);
    banc.personne(AGNES).await.post(&format!("{convention}/versement/validation"), &[]).await
        .mene_a(&convention);
    dit_partout(banc, solene, rives, "Versée").await;

    // The others: signed by nobody yet, or not retained at all.
    dit_partout(banc, "bastien@atelier.example", table.dossier("Atelier du Pays"), "Convention à signer").await;
    let vallees = table.dossier("Chantier des Deux Vallées");
    dit_partout(banc, "lesia@vallees.example", vallees, "Non retenu").await;
    // Back before the instant, the word is what it always was.
    banc.il_est(VEILLE);
    dit_partout(banc, solene, rives, "En cours d’examen").await;
    dit_partout(banc, "lesia@vallees.example", vallees, "En cours d’examen").await;
});

/// What the team of the Rives had written before it filed.
async fn rediger(banc: &Banc, dossier: Uuid) {
    let le = banc.app.horloge.now();
    let mut tx = banc.app.db.begin().await.unwrap();
    let (par,): (Uuid,) = tx
        .fetch_one(
            "SELECT id FROM comptes WHERE courriel = $1",
            &valeurs!["solene@rives.example"],
        )
        .await
        .unwrap();
    for reponse in [
        ("projet_titre", "Une conserverie partagée"),
        ("projet_resume", "Réunir une conserverie et un atelier."),
        ("representant_nom", "Solène Marée"),
        ("representant_fonction", "présidente"),
        ("besoins", "Les surplus de légumes se perdent."),
        ("retombees_sociales", "Former vingt personnes."),
        ("indicateurs_familles", "sociales"),
        ("indicateurs_choisis", "Le nombre de personnes formées."),
        ("personnes_accompagnees", "40"),
        // Asked only of those who measure the economy: a leftover, not quoted.
        ("emplois_crees", "6"),
    ] {
        record_reponse(&mut tx, dossier, reponse, par, le)
            .await
            .unwrap();
    }
    let ligne = |charge, compte: &str, montant: &str, subvention: &str, emploi: &str| LigneBudget {
        compte: compte.into(),
        libelle: format!("Ligne {compte}"),
        montant: montant.into(),
        subvention: subvention.into(),
        emploi: emploi.into(),
        ..LigneBudget::nouvelle(charge)
    };
    let lignes = [
        ligne(true, "64", "90 000", "75 000", "animation_temps_travail"),
        ligne(true, "62", "50 000", "25 000", "modele_economique"),
        ligne(true, "864", "3 000", "", ""),
        ligne(false, "70", "40 000", "", ""),
        ligne(false, "870", "3 000", "", ""),
    ];
    record_lignes(&mut tx, dossier, "projet", &lignes)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

parcours!(la_convention_reprend_les_faits_du_dossier(banc) {
    let table = proposer(banc).await;
    let rives = table.dossier("Pôle des Rives");
    rediger(banc, rives).await;
    let convention = convention_de(banc, rives).await;
    let id: Uuid = convention["/conventions/".len()..].parse().unwrap();

    let Document::Convention(texte) = conventions::texte(&banc.app, id).await.unwrap() else {
        panic!("an agreement")
    };

    assert_eq!(texte.projet, ["Une conserverie partagée", "Réunir une conserverie et un atelier."]);
    assert_eq!(texte.pour_beneficiaire.nom, "Solène Marée");
    assert_eq!(texte.pour_beneficiaire.qualite, "présidente");
    let besoins = &texte.description[0];
    assert_eq!((besoins.titre.as_str(), besoins.texte.as_str()), ("Besoins observés et réponses", "Les surplus de légumes se perdent."));
    assert_eq!(texte.objectifs[0].texte, "Former vingt personnes.");
    assert_eq!(texte.suivi[0].texte, "Le nombre de personnes formées.");
    let indicateurs: Vec<&str> = texte.indicateurs.iter().map(|i| i.cible.as_str()).collect();
    assert_eq!(indicateurs, ["40"]);

    // The subsidy stands in its own budget, which is then balanced.
    let budget = &texte.budget;
    let plat = |texte: &str| texte.replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(plat(&budget.total_charges), "140 000 €");
    assert_eq!(plat(&budget.total_produits), "140 000 €");
    assert!(budget.ecart.is_none());
    let aide = budget.produits.iter().flat_map(|compte| &compte.lignes)
        .find(|ligne| matches!(ligne.mention, Some(MentionLigne::Appel))).unwrap();
    assert_eq!(plat(&aide.montant), "100 000 €");
    let parts: Vec<String> = budget.emplois.iter().map(|emploi| plat(&emploi.part)).collect();
    assert_eq!(parts, ["75 %", "25 %"]);
    assert_eq!(budget.part.as_deref().map(plat).as_deref(), Some("71 %"));
    assert_eq!(plat(&budget.contributions.as_ref().unwrap().total_ressources), "3 000 €");
    let pdf = banc.app.presse.imprimer(Document::Convention(texte)).await.unwrap();
    assert!(pdf.starts_with(b"%PDF"));
});

parcours!(une_convention_va_de_la_proposition_au_versement(banc) {
    let table = proposer(banc).await;
    let rives = table.dossier("Pôle des Rives");
    let convention = convention_de(banc, rives).await;
    let porteuse = banc.porteuse().await;
    let courriel = banc.dernier_courriel("solene@rives.example").await;
    assert!(courriel.contains(&convention), "{courriel}");
    porteuse.get(&format!("/dossiers/{rives}/decision")).await.montre("Ouvrir la convention");
    porteuse.get(&convention).await.montre("Convention à signer").montre("C-2024-0001");
    let texte = porteuse.get(&format!("{convention}/texte")).await;
    assert_eq!(texte.entetes["content-type"], "application/pdf");
    assert!(texte.texte.starts_with("%PDF"));

    signer(banc, &convention, &[]).await.mene_a(&convention);
    porteuse.get(&convention).await
        .montre("Signée par le bénéficiaire")
        .montre("IBAN se terminant par 2606")
        .montre("Solène Marée, présidente, le mardi 1er octobre 2024 à 9 h 00");
    valider(banc, ETIENNE, &convention).await.mene_a(&convention);
    porteuse.get(&convention).await.montre("du 1er octobre 2024 au 30 septembre 2026");
    preparer_l_ordre(banc, &convention, "100 000").await.mene_a(&convention);
    banc.personne(AGNES).await.post(&format!("{convention}/versement/validation"), &[]).await
        .mene_a(&convention);

    porteuse.get(&convention).await.montre("Versée");
    banc.personne(CLAIRE).await.get(&format!("{CAMPAGNE}/conventions")).await
        .montre("2 conventions, 200 000 € ; versé : 100 000 €.");
    let ordres = banc.personne(AGNES).await.get(&format!("{CAMPAGNE}/ordres")).await;
    ordres.montre("FR1420041010050500013M02606").montre("\"100000,00\"");
    for acte in ["proposition", "signature", "ordre", "versement"] {
        let mut base = banc.app.db.lecture().await.unwrap();
        let compte = base
            .compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = $1", &valeurs![acte])
            .await
            .unwrap();
        assert!(compte > 0, "{acte} n’est pas au journal");
    }
});

parcours!(signee_des_deux_parts_la_convention_a_son_exemplaire(banc) {
    let table = proposer(banc).await;
    let rives = table.dossier("Pôle des Rives");
    let convention = convention_de(banc, rives).await;
    let id: Uuid = convention["/conventions/".len()..].parse().unwrap();
    let (texte, exemplaire) = (format!("{convention}/texte"), format!("{convention}/exemplaire"));
    let porteuse = banc.porteuse().await;
    let propose = porteuse.get(&texte).await.octets;
    signer(banc, &convention, &[]).await.mene_a(&convention);
    // One signature is not two.
    porteuse.get(&exemplaire).await.introuvable();
    assert!(!porteuse.get(&convention).await.texte.contains(&exemplaire));
    valider(banc, ETIENNE, &convention).await.mene_a(&convention);

    // It never waits for its job, and the job keeps the same bytes.
    let sans_attendre = porteuse.get(&exemplaire).await;
    assert!(sans_attendre.texte.starts_with("%PDF-"));
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM documents WHERE genre = 'exemplaire'").await, 1);
    assert_eq!(porteuse.get(&exemplaire).await.octets, sans_attendre.octets);
    for qui in ["solene@rives.example", CLAIRE, ETIENNE] {
        banc.personne(qui).await.get(&convention).await.montre(&exemplaire).montre(&texte);
    }

    let Document::Convention(signee) = conventions::exemplaire(&banc.app, id).await.unwrap() else {
        panic!("an agreement")
    };
    let plat = |texte: &str| texte.replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!((signee.pour_beneficiaire.nom.as_str(), signee.pour_beneficiaire.qualite.as_str()), ("Solène Marée", "présidente"));
    assert_eq!(signee.pour_administration.qualite, "cheffe de bureau");
    assert_eq!(signee.periode.as_deref(), Some("du 1er octobre 2024 au 30 septembre 2026"));
    assert_eq!(signee.versement.titulaire, "Les Rives solidaires");
    assert_eq!(plat(&signee.versement.compte), "IBAN se terminant par 2606");
    assert_eq!(signee.engagement_republicain.as_deref(), Some("mardi 1er octobre 2024"));
    // What both signed has not changed, and its mark is the one they signed.
    let signe = porteuse.get(&texte).await.octets;
    assert_eq!(signe, propose);
    let empreinte = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(&signe));
    for signature in &signee.signatures {
        let enregistree = signature.enregistree.as_ref().unwrap();
        assert_eq!(plat(&enregistree.le), "mardi 1er octobre 2024 à 9 h 00");
        assert_eq!(enregistree.empreinte, empreinte);
    }
    let noms: Vec<&str> = signee.signatures.iter().map(|s| s.signataire.nom.as_str()).collect();
    assert_eq!(noms, [signee.pour_beneficiaire.nom.as_str(), &signee.pour_administration.nom]);
});

parcours!(un_exemplaire_signe_n_existe_que_pour_ses_deux_parties(banc) {
    let table = proposer(banc).await;
    let convention = convention_de(banc, table.dossier("Pôle des Rives")).await;
    signer(banc, &convention, &[]).await.mene_a(&convention);
    valider(banc, ETIENNE, &convention).await.mene_a(&convention);
    let exemplaire = format!("{convention}/exemplaire");
    for qui in [
        "bastien@atelier.example",
        "gwenn@cellule-bretagne.example",
        "jeanne@comite.example",
        "samir@coopole.example",
        "louise@audit.example",
    ] {
        let personne = banc.personne(qui).await;
        let nul = format!("/conventions/{}/exemplaire", coopole::socle::alea::id());
        let refus = personne.get(&exemplaire).await.introuvable().texte.replace(&exemplaire, "");
        assert_eq!(refus, personne.get(&nul).await.introuvable().texte.replace(&nul, ""));
    }
    banc.public().get(&exemplaire).await.demande_a_se_connecter();
});

parcours!(rien_ne_se_propose_avant_la_notification_ni_deux_fois(banc) {
    let table = Table::dresser(banc).await;
    decider_et_programmer(banc, &table).await;
    banc.il_est(VEILLE);
    let claire = banc.personne(CLAIRE).await;
    let page = format!("{CAMPAGNE}/conventions");
    claire.post(&page, &[]).await.refuse("Aucune convention ne s’établit avant la notification.");
    banc.il_est(INSTANT);
    claire.post(&page, &[]).await.mene_a(CAMPAGNE);
    claire.post(&page, &[]).await.refuse("Chaque lauréat a déjà sa convention.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM conventions").await, 2);
});

parcours!(ce_qui_manque_a_la_signature_est_dit_en_une_fois(banc) {
    let table = proposer(banc).await;
    let convention = convention_de(banc, table.dossier("Pôle des Rives")).await;
    let refus = signer(banc, &convention, &[
        ("nom", ""), ("qualite", ""), ("titulaire", ""), ("iban", "FR14 2004 1010 0505 0001 3M02 607"),
        ("pouvoir", ""), ("engagement_republicain", ""),
    ]).await;
    for phrase in [
        "Indiquez qui signe.",
        "Indiquez en quelle qualité vous signez.",
        "Indiquez le titulaire du compte.",
        "Cet IBAN contient un signe inexact",
        "Déclarez que vous avez pouvoir de signer.",
        "Souscrivez le contrat d’engagement républicain avant de signer.",
    ] {
        refus.refuse(phrase);
    }
    signer(banc, &convention, &[("empreinte", "00")]).await.refuse("Le texte a changé");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM signatures_convention").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM comptes_bancaires").await, 0);
    valider(banc, ETIENNE, &convention).await.refuse("Le bénéficiaire signe d’abord");
});

parcours!(un_compte_a_un_autre_nom_est_dit_puis_se_confirme(banc) {
    let table = proposer(banc).await;
    let convention = convention_de(banc, table.dossier("Pôle des Rives")).await;
    let autre = ("titulaire", "Quelqu’un d’autre");
    signer(banc, &convention, &[autre]).await
        .refuse("Le compte doit être celui de « Les Rives solidaires » ; vous indiquez « Quelqu’un d’autre ».");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM comptes_bancaires").await, 0);
    signer(banc, &convention, &[autre, ("titulaire_confirme", "oui")]).await.mene_a(&convention);
    valider(banc, ETIENNE, &convention).await.mene_a(&convention);
    preparer_l_ordre(banc, &convention, "100 000").await.mene_a(&convention);
    // Whoever validates the order reads both names too.
    banc.personne("agnes@tresor.example").await.get(&convention).await
        .montre("Quelqu’un d’autre").montre("Bénéficiaire").montre("Les Rives solidaires");
});

parcours!(un_nom_ecrit_en_capitales_est_le_meme_nom(banc) {
    let table = proposer(banc).await;
    let convention = convention_de(banc, table.dossier("Pôle des Rives")).await;
    signer(banc, &convention, &[("titulaire", "LES RIVES-SOLIDAIRES")]).await.mene_a(&convention);
});

parcours!(une_cooperative_ne_souscrit_pas_l_engagement_republicain(banc) {
    let table = proposer(banc).await;
    let convention = convention_de(banc, table.dossier("Atelier du Pays")).await;
    let bastien = banc.personne("bastien@atelier.example").await;
    let page = bastien.get(&convention).await;
    assert!(!page.texte.contains("engagement_republicain"));
    let empreinte = cache(&page.texte, "empreinte");
    bastien.post(&format!("{convention}/signature"), &[
        ("nom", "Bastien Établi"), ("qualite", "gérant"), ("pouvoir", "oui"),
        ("titulaire", "COOPERATIVE DE L ATELIER"), ("iban", IBAN), ("empreinte", &empreinte),
    ]).await.mene_a(&convention);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM engagements_republicains").await, 0);
});

parcours!(l_iban_n_est_en_clair_ni_dans_la_base_ni_sur_une_page(banc) {
    let table = proposer(banc).await;
    let convention = convention_de(banc, table.dossier("Pôle des Rives")).await;
    signer(banc, &convention, &[]).await.mene_a(&convention);
    let mut base = banc.app.db.lecture().await.unwrap();
    let (ferme, fin): (Vec<u8>, String) = base
        .fetch_one("SELECT iban_chiffre, fin_iban FROM comptes_bancaires", &[])
        .await
        .unwrap();
    drop(base);
    assert!(!ferme.windows(8).any(|fenetre| fenetre == b"20041010"));
    assert_eq!(fin, "2606");
    for qui in ["solene@rives.example", CLAIRE, ETIENNE, AGNES] {
        let page = banc.personne(qui).await.get(&convention).await;
        assert!(!page.texte.contains("20041010") && !page.texte.contains("2004 1010"), "{qui}");
    }
});

parcours!(qui_prepare_l_ordre_ne_le_valide_pas_meme_avec_les_deux_qualites(banc) {
    let table = proposer(banc).await;
    let convention = convention_de(banc, table.dossier("Pôle des Rives")).await;
    preparer_l_ordre(banc, &convention, "100 000").await.refuse("rien ne se verse");
    signer(banc, &convention, &[]).await.mene_a(&convention);
    valider(banc, ETIENNE, &convention).await.mene_a(&convention);
    habiliter(banc, CLAIRE, "ordonnateur").await;
    for montant in ["100 001", "99 999"] {
        preparer_l_ordre(banc, &convention, montant).await
            .refuse("la convention se verse en une fois, 100 000 €");
    }
    preparer_l_ordre(banc, &convention, "100 000").await.mene_a(&convention);
    preparer_l_ordre(banc, &convention, "100 000").await.refuse("il attend sa validation");

    let adresse = format!("{convention}/versement/validation");
    banc.personne(CLAIRE).await.post(&adresse, &[]).await
        .refuse("Vous avez préparé cet ordre : une autre personne doit le valider.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM versements WHERE valide_le IS NOT NULL").await, 0);
    let agnes = banc.personne(AGNES).await;
    let (un, deux) = tokio::join!(agnes.post(&adresse, &[]), agnes.post(&adresse, &[]));
    let mut statuts = [un.statut.as_u16(), deux.statut.as_u16()];
    statuts.sort_unstable();
    assert_eq!(statuts, [303, 422]);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'versement'").await, 1);
    agnes.post(&adresse, &[]).await.refuse("Cette convention est déjà versée en totalité.");
});

parcours!(l_alerte_des_soixante_jours_se_voit_et_se_leve(banc) {
    proposer(banc).await;
    let claire = banc.personne(CLAIRE).await;
    let page = format!("{CAMPAGNE}/conventions");
    assert!(!claire.get(&page).await.texte.contains("reste"), "trop tôt");
    banc.il_est("2024-11-10T12:00:00+01:00");
    claire.get(&page).await
        .montre("2 aides restent à verser.")
        .montre("L’aide est à verser jusqu’au lundi 25 novembre 2024.");
    banc.il_est("2024-11-26T12:00:00+01:00");
    claire.get(&page).await.montre("L’aide devait être versée jusqu’au lundi 25 novembre 2024.");
});

parcours!(une_convention_n_existe_que_pour_ses_deux_parties(banc) {
    let table = proposer(banc).await;
    let convention = convention_de(banc, table.dossier("Pôle des Rives")).await;
    let actes = ["/signature", "/validation", "/versement", "/versement/validation"]
        .map(|acte| format!("{convention}{acte}"));
    for qui in [
        "bastien@atelier.example",
        "gwenn@cellule-bretagne.example",
        "jeanne@comite.example",
        "samir@coopole.example",
        "louise@audit.example",
    ] {
        let personne = banc.personne(qui).await;
        for page in [convention.clone(), format!("{convention}/texte"), format!("{CAMPAGNE}/conventions"), format!("{CAMPAGNE}/ordres")] {
            personne.get(&page).await.introuvable();
        }
        for acte in &actes {
            personne.post(acte, &[]).await.introuvable();
        }
        personne.post(&format!("{CAMPAGNE}/conventions"), &[]).await.introuvable();
    }
    for acte in &actes {
        banc.public().post(acte, &[]).await.demande_a_se_connecter();
    }
    banc.public().get(&convention).await.demande_a_se_connecter();
    // Each party has its own acts and no other's.
    for (qui, les_siens) in [
        ("solene@rives.example", &actes[..1]),
        ("ivan@rives.example", &actes[..0]),
        (ETIENNE, &actes[1..2]),
        (CLAIRE, &actes[2..3]),
        (AGNES, &actes[3..]),
    ] {
        let personne = banc.personne(qui).await;
        for acte in actes.iter().filter(|acte| !les_siens.contains(acte)) {
            personne.post(acte, &[]).await.introuvable();
        }
    }
    banc.personne("ivan@rives.example").await.get(&convention).await
        .montre("la personne responsable du pôle signe la convention");
    banc.personne(CLAIRE).await.get(&format!("{CAMPAGNE}/ordres")).await.introuvable();
});

parcours!(la_decision_connue_est_a_lire_et_le_dossier_ne_se_retire_plus(banc) {
    let table = Table::dresser(banc).await;
    decider_et_programmer(banc, &table).await;
    let lesia = banc.personne("lesia@vallees.example").await;
    let porteuse = banc.porteuse().await;
    let [vallees, rives] = ["Chantier des Deux Vallées", "Pôle des Rives"]
        .map(|pole| format!("/dossiers/{}", table.dossier(pole)));

    // Until the instant, the two read the same: nothing to do, a way back.
    banc.il_est(VEILLE);
    for (equipe, dossier) in [(&lesia, &vallees), (&porteuse, &rives)] {
        for page in [dossier.as_str(), "/espace"] {
            assert!(!equipe.get(page).await.texte.contains("À faire :"), "{page}");
        }
        equipe.get(dossier).await.montre("Retirer le dossier");
    }

    banc.il_est(INSTANT);
    banc.taches().await;
    for (equipe, dossier) in [(&lesia, &vallees), (&porteuse, &rives)] {
        for page in [dossier.as_str(), "/espace"] {
            equipe.get(page).await.montre("À faire : lire la décision").montre("Elle peut être contestée jusqu’au");
        }
        assert!(!equipe.get(dossier).await.texte.contains("Retirer le dossier"));
        let retrait = format!("{dossier}/retrait");
        let page = equipe.get(&retrait).await;
        page.montre("le dossier ne se retire plus").montre("renoncer à l’aide").montre("Lire la décision");
        assert!(!page.texte.contains("name=\"confirmation\""));
        equipe.post(&retrait, &[("confirmation", "oui")]).await.refuse("le dossier ne se retire plus");
    }
});

parcours!(une_convention_validee_est_une_aide_pour_le_dossier_suivant(banc) {
    // Another pole, carried by the same structure, has its draft since the spring.
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("INSERT INTO numeros (millesime, dernier) VALUES (2024, 100)", &[])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let marcu = banc.personne("marcu@golfe.example").await;
    let pole = banc.pole("Comptoir du Golfe").await;
    let brouillon = marcu
        .post("/appels/ami-financement-2024/dossiers", &[("pole", &pole)])
        .await
        .mene_a("/dossiers/");
    let mut tx = banc.app.db.begin().await.unwrap();
    // The others take the first numbers.
    tx.execute("UPDATE dossiers SET numero = '2024-0900'", &[]).await.unwrap();
    tx.execute(
        "UPDATE poles SET porteuse = (SELECT p.porteuse FROM poles p WHERE p.nom = 'Pôle des Rives')
         WHERE nom = 'Comptoir du Golfe'",
        &[],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let table = proposer(banc).await;
    let rives = table.dossier("Pôle des Rives");
    let convention = convention_de(banc, rives).await;
    let possible = "Candidature possible dès le 1er octobre 2029.";
    let aides = "SELECT COUNT(*) FROM aides WHERE campagne = 'ami-financement-2024'
                 AND siren = '900000019' AND montant = 10000000";

    signer(banc, &convention, &[]).await.mene_a(&convention);
    marcu.get(&brouillon).await.tait(possible);
    assert_eq!(banc.compter(aides).await, 0);

    valider(banc, ETIENNE, &convention).await.mene_a(&convention);
    marcu.get(&brouillon).await
        .montre("E3 · Notice 2024, § 3.a")
        .montre("Non remplie")
        .montre(possible);
    assert_eq!(banc.compter(aides).await, 1);

    // It is no past of the dossier that won it, and is written once.
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    let lecture = gwenn.get(&format!("/instruction/{rives}")).await;
    lecture.montre("Pôle des Rives").tait(possible);
    valider(banc, ETIENNE, &convention).await;
    assert_eq!(banc.compter(aides).await, 1);
});

//! A pole is taken in hand by its own people: by the domain of their address,
//! by the code of a letter, or by the word of the cell, which takes back what
//! was wrongly given.

use coopole::{
    comptes::store as comptes,
    poles::{self, NouveauPole},
    valeurs,
};
use metier::commun::Region;

use crate::{banc::Banc, parcours};

const GWENN: &str = "gwenn@cellule-bretagne.example";
const KELIA: &str = "kelia@cellule-reunion.example";
const MAEL: &str = "mael@chenal.example";

/// An invented pole of Brittany that nobody answers for, and somebody new.
async fn pole_sans_equipe(banc: &Banc, site: Option<&str>) -> String {
    let mut tx = banc.app.db.begin().await.unwrap();
    let pole = NouveauPole {
        nom: "Pôle du Chenal".into(),
        porteuse: None,
        commune: Some("Morlaix".into()),
        code_commune: Some("29151".into()),
        departement: None,
        region: Some(Region::Bretagne),
        themes: String::new(),
        source: None,
        invente: true,
    };
    let id = poles::create(&mut tx, &pole).await.unwrap();
    tx.execute(
        "UPDATE poles SET site = $2 WHERE id = $1",
        &valeurs![id, site],
    )
    .await
    .unwrap();
    let le = banc.app.horloge.now();
    for (courriel, nom) in [(MAEL, "Maël Chenal"), ("lou@gmail.com", "Lou Rade")] {
        comptes::create(&mut tx, courriel, nom, le).await.unwrap();
    }
    tx.commit().await.unwrap();
    format!("/poles/{id}")
}

/// The first address of the page that begins so and ends so.
fn adresse(texte: &str, fin: &str) -> String {
    let debut = "/revendications/";
    texte
        .split('"')
        .find(|morceau| morceau.starts_with(debut) && morceau.ends_with(fin))
        .unwrap_or_else(|| panic!("aucune adresse en {fin}"))
        .to_owned()
}

fn motif(acte: &str) -> String {
    let id = acte.split('/').nth(2).unwrap();
    format!("motif-{id}")
}

/// Asks by the cell's word; gives the address of the claim's acts.
async fn demander(banc: &Banc, pole: &str, courriel: &str, preuve: &str) -> String {
    let page = format!("{pole}/revendication");
    let personne = banc.personne(courriel).await;
    personne
        .post(&page, &[("fonction", "Présidence"), ("preuve", preuve)])
        .await
        .mene_a(&page);
    let retrait = adresse(&personne.get(&page).await.texte, "/retrait");
    retrait.trim_end_matches("/retrait").to_owned()
}

parcours!(l_adresse_au_domaine_du_site_donne_le_pole_a_son_equipe(banc) {
    let pole = pole_sans_equipe(banc, Some("https://www.chenal.example/accueil")).await;
    let page = format!("{pole}/revendication");
    banc.public().get(&pole).await.montre("Ce pôle est le vôtre ?");
    banc.public().get(&page).await.demande_a_se_connecter();
    banc.public().post(&page, &[("fonction", "x"), ("preuve", "domaine")]).await.demande_a_se_connecter();

    let lou = banc.personne("lou@gmail.com").await;
    lou.post(&page, &[]).await.refuse("À corriger (2)").refuse("Choisissez une preuve.");
    lou.post(&page, &[("fonction", "Bénévole"), ("preuve", "domaine")]).await
        .refuse("N’importe qui peut avoir une adresse").refuse("value=\"Bénévole\"");
    let bastien = banc.personne("bastien@atelier.example").await;
    bastien.post(&page, &[("fonction", "Voisin"), ("preuve", "domaine")]).await
        .refuse("n’est pas au nom de domaine du site");

    let mael = banc.personne(MAEL).await;
    mael.get(&page).await.montre("mael@chenal.example").montre("chenal.example. Vérifié aussitôt.");
    mael.post(&page, &[("fonction", "Présidence"), ("preuve", "domaine")]).await.mene_a(&page);
    mael.get(&page).await.montre("Vous êtes dans l’équipe de ce pôle.");
    mael.get("/espace").await.montre("Pôle du Chenal").montre("Acceptée");
    assert!(banc.dernier_courriel(MAEL).await.contains("Vous répondez de ce pôle"));
    mael.post(&page, &[("fonction", "Présidence"), ("preuve", "domaine")]).await
        .refuse("Vous êtes déjà dans l’équipe");
    for acte in ["revendication", "habilitation"] {
        let mut base = banc.app.db.lecture().await.unwrap();
        let inscrits = base
            .compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = $1", &valeurs![acte])
            .await
            .unwrap();
        assert_eq!(inscrits, 1, "{acte}");
    }

    // What the team corrects, the cell validates, knowing whom it comes from.
    let champs = [("valeur", "Des ateliers de voile."), ("source", "Le pôle")];
    mael.post(&format!("{pole}/corrections/presentation"), &champs).await
        .mene_a(&format!("{pole}/corrections"));
    let gwenn = banc.personne(GWENN).await;
    gwenn.get("/corrections").await.montre("Des ateliers de voile.").montre("Par l’équipe du pôle");
    // Nobody is named where anyone reads.
    let fiche = banc.public().get(&pole).await;
    assert!(!fiche.texte.contains("Maël") && !fiche.texte.contains("mael@"));
});

parcours!(la_cellule_refuse_avec_un_motif_accepte_et_reprend(banc) {
    let pole = pole_sans_equipe(banc, None).await;
    let page = format!("{pole}/revendication");
    let mael = banc.personne(MAEL).await;
    mael.post(&page, &[("fonction", "x"), ("preuve", "domaine")]).await.refuse("ne dit pas le site du pôle");
    let acte = demander(banc, &pole, MAEL, "cellule").await;
    mael.post(&page, &[("fonction", "x"), ("preuve", "cellule")]).await.refuse("attend déjà une réponse");

    let reponse = format!("{acte}/reponse");
    for autre in [KELIA, "bastien@atelier.example", MAEL] {
        let autre = banc.personne(autre).await;
        autre.post(&reponse, &[("issue", "acceptee")]).await.introuvable();
        assert!(!autre.get("/revendications").await.texte.contains("Maël Chenal, Présidence"));
    }
    banc.public().get("/revendications").await.demande_a_se_connecter();
    banc.public().post(&reponse, &[("issue", "acceptee")]).await.demande_a_se_connecter();
    mael.get("/revendications").await.introuvable();

    let gwenn = banc.personne(GWENN).await;
    gwenn.get("/revendications").await.montre("Maël Chenal, Présidence").montre("mael@chenal.example");
    gwenn.post(&reponse, &[("issue", "refusee")]).await.refuse("Donnez le motif").refuse("Pôle du Chenal");
    gwenn.post(&reponse, &[("issue", "refusee"), (&motif(&acte), "Inconnu au pôle.")]).await
        .mene_a("/revendications");
    gwenn.post(&reponse, &[("issue", "acceptee")]).await.refuse("n’attend plus de réponse");
    assert!(banc.dernier_courriel(MAEL).await.contains("Inconnu au pôle."));
    mael.get(&page).await.montre("Inconnu au pôle.").montre("Revendiquer ce pôle");

    let acte = demander(banc, &pole, MAEL, "cellule").await;
    gwenn.post(&format!("{acte}/reponse"), &[("issue", "acceptee")]).await.mene_a("/revendications");
    mael.get(&page).await.montre("Vous êtes dans l’équipe");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM habilitations WHERE au IS NULL AND role = 'porteur'").await, 10);

    let reprise = format!("{acte}/reprise");
    for autre in [KELIA, "bastien@atelier.example", MAEL] {
        banc.personne(autre).await.post(&reprise, &[(&motif(&acte), "x")]).await.introuvable();
    }
    gwenn.get("/revendications").await.montre("Pôles donnés à leur équipe").montre("Pôle du Chenal");
    gwenn.post(&reprise, &[]).await.refuse("Donnez le motif");
    gwenn.post(&reprise, &[(&motif(&acte), "Donnée par erreur.")]).await.mene_a("/revendications");
    gwenn.post(&reprise, &[(&motif(&acte), "encore")]).await.refuse("ne donne plus aucun droit");
    mael.get(&page).await.montre("Donnée par erreur.").montre("Revendiquer ce pôle");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM habilitations WHERE au IS NULL AND role = 'porteur'").await, 9);
    let fins = "SELECT COUNT(*) FROM journal_entrees WHERE acte = 'fin_habilitation'";
    assert_eq!(banc.compter(fins).await, 1);
});

parcours!(le_code_de_la_lettre_ne_sert_qu_une_fois_a_qui_l_attend(banc) {
    let pole = pole_sans_equipe(banc, None).await;
    let page = format!("{pole}/revendication");
    let mael = banc.personne(MAEL).await;
    let acte = demander(banc, &pole, MAEL, "courrier").await;
    let (lettre, envoi, code) = (format!("{acte}/lettre"), format!("{acte}/envoi"), format!("{acte}/code"));
    mael.post(&code, &[("code", "ABC")]).await.refuse("Aucune lettre n’est encore écrite.");
    for autre in [KELIA, "bastien@atelier.example", MAEL] {
        let autre = banc.personne(autre).await;
        autre.get(&lettre).await.introuvable();
        autre.post(&lettre, &[("adresse", "1 quai")]).await.introuvable();
        autre.post(&envoi, &[]).await.introuvable();
    }

    let gwenn = banc.personne(GWENN).await;
    gwenn.get("/revendications").await.montre("à écrire").montre(&lettre);
    gwenn.post(&envoi, &[]).await.refuse("Aucune lettre n’est encore écrite.");
    gwenn.post(&lettre, &[("adresse", " ")]).await.refuse("Indiquez l’adresse de la structure");
    let adresse = "Le Chenal\n1 quai des Brumes\n29600 Morlaix";
    let ecrite = gwenn.post(&lettre, &[("adresse", adresse)]).await;
    ecrite.montre("1 quai des Brumes").montre("Maël Chenal (Présidence)");
    let lu = |texte: &str| {
        let (_, suite) = texte.split_once("fr-text--lead\"><strong>").unwrap();
        suite.split_once("</strong>").unwrap().0.to_owned()
    };
    let perime = lu(&ecrite.texte);
    // On paper while it is there, for who wrote it, and for no other code.
    let papier = format!("{lettre}/pdf");
    ecrite.montre(&format!("action=\"{papier}\"")).montre("Télécharger la lettre (PDF)");
    let pdf = gwenn.post(&papier, &[("code", &perime)]).await;
    assert_eq!(pdf.entetes["content-type"], "application/pdf");
    assert!(pdf.octets.starts_with(b"%PDF-1.7"));
    assert_eq!(pdf.octets, gwenn.post(&papier, &[("code", &perime)]).await.octets, "les mêmes faits, les mêmes octets");
    gwenn.post(&papier, &[("code", "22222 22222")]).await.introuvable();
    for autre in [KELIA, "bastien@atelier.example", MAEL] {
        banc.personne(autre).await.post(&papier, &[("code", &perime)]).await.introuvable();
    }
    banc.public().post(&papier, &[("code", &perime)]).await.demande_a_se_connecter();
    let bon = lu(&gwenn.post(&lettre, &[("adresse", adresse)]).await.texte);
    assert_ne!(perime, bon);
    gwenn.post(&papier, &[("code", &perime)]).await.introuvable();
    gwenn.get("/revendications").await.montre("à poster");
    gwenn.post(&envoi, &[]).await.mene_a("/revendications");
    assert!(banc.dernier_courriel(MAEL).await.contains("Une lettre part"));
    // Kept nowhere: neither in the page of the cell, nor in the mail, nor in the base.
    assert!(!gwenn.get("/revendications").await.texte.contains(&bon));
    assert!(!banc.dernier_courriel(MAEL).await.contains(&bon));

    // The code of the first letter is worth nothing; another person's try does not exist.
    mael.post(&code, &[("code", &perime)]).await.refuse("Ce n’est pas le code").refuse("Il reste 4 essais.");
    for autre in [GWENN, "lou@gmail.com"] {
        banc.personne(autre).await.post(&code, &[("code", &bon)]).await.introuvable();
    }
    mael.get(&page).await.montre("il en reste 4");
    mael.post(&code, &[("code", &bon.to_lowercase().replace(' ', "-"))]).await.mene_a(&page);
    mael.get(&page).await.montre("Vous êtes dans l’équipe");
    mael.post(&code, &[("code", &bon)]).await.refuse("n’attend plus de réponse");
});

parcours!(un_code_s_use_en_cinq_essais_et_vieillit_en_soixante_jours(banc) {
    let pole = pole_sans_equipe(banc, None).await;
    let acte = demander(banc, &pole, MAEL, "courrier").await;
    let (lettre, code) = (format!("{acte}/lettre"), format!("{acte}/code"));
    let (mael, gwenn) = (banc.personne(MAEL).await, banc.personne(GWENN).await);
    let ecrire = async || {
        let texte = gwenn.post(&lettre, &[("adresse", "1 quai")]).await.texte;
        let (_, suite) = texte.split_once("fr-text--lead\"><strong>").unwrap();
        suite.split_once("</strong>").unwrap().0.to_owned()
    };
    let bon = ecrire().await;
    for _ in 0..5 {
        mael.post(&code, &[("code", "")]).await.refuse("Ce n’est pas le code");
    }
    mael.post(&code, &[("code", &bon)]).await.refuse("Ce code ne vaut plus");
    gwenn.get("/revendications").await.montre("Son code ne vaut plus");
    let essais = "SELECT COUNT(*) FROM journal_entrees WHERE motif = 'code_faux'";
    assert_eq!(banc.compter(essais).await, 5);

    let bon = ecrire().await;
    banc.il_est("2024-05-25T10:00:01+02:00");
    mael.post(&code, &[("code", &bon)]).await.refuse("Ce code ne vaut plus");
    mael.get(&format!("{pole}/revendication")).await.montre("ne vaut plus");
    mael.post(&format!("{acte}/retrait"), &[]).await.mene_a(&pole);
    mael.post(&format!("{acte}/retrait"), &[]).await.refuse("n’attend plus de réponse");
    gwenn.get("/revendications").await.montre("Aucune revendication n’attend");
});

parcours!(un_pole_qui_a_une_equipe_ne_se_donne_que_par_la_cellule(banc) {
    let rives = format!("/poles/{}", banc.pole("Pôle des Rives").await);
    let page = format!("{rives}/revendication");
    let bastien = banc.personne("bastien@atelier.example").await;
    bastien.get(&page).await.montre("ce pôle a déjà une équipe");
    for preuve in ["domaine", "courrier"] {
        bastien.post(&page, &[("fonction", "Trésorier"), ("preuve", preuve)]).await
            .refuse("seule à pouvoir vous y ajouter");
    }
    let acte = demander(banc, &rives, "bastien@atelier.example", "cellule").await;
    let prevenue = banc.dernier_courriel("solene@rives.example").await;
    assert!(prevenue.contains("Bastien Établi (Présidence) demande à répondre de ce pôle"), "{prevenue}");
    // The team of the pole does not decide.
    banc.porteuse().await.post(&format!("{acte}/reponse"), &[("issue", "acceptee")]).await.introuvable();
    banc.personne(GWENN).await.post(&format!("{acte}/reponse"), &[("issue", "acceptee")]).await
        .mene_a("/revendications");
    bastien.get(&page).await.montre("Vous êtes dans l’équipe").montre("Retirer la revendication");
    // Taken back by its author; those who were there stay.
    bastien.post(&format!("{acte}/retrait"), &[]).await.mene_a(&page);
    bastien.get(&page).await.montre("Revendiquer ce pôle");
    banc.porteuse().await.get(&page).await.montre("Vous êtes dans l’équipe");
});

parcours!(ce_qui_est_repris_emporte_ceux_que_l_equipe_avait_associes(banc) {
    let pole = pole_sans_equipe(banc, None).await;
    let acte = demander(banc, &pole, MAEL, "cellule").await;
    let gwenn = banc.personne(GWENN).await;
    gwenn.post(&format!("{acte}/reponse"), &[("issue", "acceptee")]).await.mene_a("/revendications");
    // Lou joins by a claim of her own; Ivan is brought in by the team.
    let sienne = demander(banc, &pole, "lou@gmail.com", "cellule").await;
    gwenn.post(&format!("{sienne}/reponse"), &[("issue", "acceptee")]).await.mene_a("/revendications");
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO habilitations (id, compte, role, qualite, pole, du)
         SELECT $1, id, 'porteur', 'lecteur', $2, 0 FROM comptes WHERE courriel = 'ivan@rives.example'",
        &valeurs![coopole::socle::alea::id(), pole.trim_start_matches("/poles/").parse::<uuid::Uuid>().unwrap()],
    ).await.unwrap();
    tx.commit().await.unwrap();

    gwenn.post(&format!("{acte}/reprise"), &[(&motif(&acte), "Ce n’était pas lui.")]).await
        .mene_a("/revendications");

    let page = format!("{pole}/revendication");
    banc.personne("lou@gmail.com").await.get(&page).await.montre("Vous êtes dans l’équipe");
    for parti in [MAEL, "ivan@rives.example"] {
        banc.personne(parti).await.get(&page).await.montre("ce pôle a déjà une équipe");
        assert!(banc.dernier_courriel(parti).await.contains("Ce n’était pas lui."));
    }
});

parcours!(rien_ne_s_obtient_d_un_site_que_l_on_a_indique_soi_meme(banc) {
    let pole = pole_sans_equipe(banc, None).await;
    let (mael, gwenn) = (banc.personne(MAEL).await, banc.personne(GWENN).await);
    let champs = [("valeur", "https://chenal.example"), ("source", "Je le sais")];
    mael.post(&format!("{pole}/corrections/site"), &champs).await.mene_a(&pole);
    let texte = gwenn.get("/corrections").await.texte;
    let (_, suite) = texte.split_once("\"/corrections/").unwrap();
    let moderation = format!("/corrections/{}", suite.split_once('"').unwrap().0);
    gwenn.post(&moderation, &[("sort", "retenue")]).await.mene_a("/corrections");

    let page = format!("{pole}/revendication");
    mael.post(&page, &[("fonction", "Présidence"), ("preuve", "domaine")]).await
        .refuse("C’est vous qui avez indiqué ce site");
});

parcours!(une_revendication_hostile_ne_casse_rien(banc) {
    let pole = pole_sans_equipe(banc, Some("https://chenal.example")).await;
    let page = format!("{pole}/revendication");
    let mael = banc.personne(MAEL).await;
    mael.post(&page, &[("fonction", &"é".repeat(121)), ("preuve", "cellule")]).await.refuse("120 signes");
    mael.post(&page, &[("fonction", "x"), ("preuve", "parole")]).await.refuse("Choisissez une preuve.");
    mael.get("/poles/00000000-0000-0000-0000-000000000000/revendication").await.introuvable();
    mael.post("/poles/00000000-0000-0000-0000-000000000000/revendication", &[]).await.introuvable();
    mael.get("/poles/rien/revendication").await.introuvable();
    mael.post("/revendications/00000000-0000-0000-0000-000000000000/code", &[("code", "x")]).await.introuvable();

    mael.post(&page, &[("fonction", "<script>alert(1)</script>"), ("preuve", "cellule")]).await.mene_a(&page);
    let gwenn = banc.personne(GWENN).await;
    let montree = gwenn.get("/revendications").await;
    montree.montre("&lt;script&gt;");
    assert!(!montree.texte.contains("<script>alert"));
    // Somebody of the cell does not answer themselves.
    let acte = demander(banc, &pole, GWENN, "cellule").await;
    gwenn.post(&format!("{acte}/reponse"), &[("issue", "acceptee")]).await.introuvable();
    gwenn.post_d_ailleurs(&format!("{acte}/retrait")).await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM revendications WHERE issue IS NULL").await, 2);
});

parcours!(rien_d_invente_ne_se_revendique_d_un_pole_reel(banc) {
    let page = format!("/poles/{}/revendication", banc.pole("La Place des Possibles").await);
    let solene = banc.porteuse().await;
    solene.get(&page).await.montre("il ne se revendique pas");
    solene.post(&page, &[("fonction", "x"), ("preuve", "cellule")]).await.refuse("Ce pôle existe");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM revendications").await, 0);
});

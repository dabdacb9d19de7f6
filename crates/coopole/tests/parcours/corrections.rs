//! The register is corrected by those who know: proposed by anyone signed in,
//! decided by the cell of the region, kept with its source, and put back.

use crate::{banc::Banc, parcours};

const GWENN: &str = "gwenn@cellule-bretagne.example";
const KELIA: &str = "kelia@cellule-reunion.example";

async fn fiche(banc: &Banc, nom: &str) -> String {
    format!("/poles/{}", banc.pole(nom).await)
}

/// The address of the first form that answers a proposal, or puts back a change.
fn adresse(texte: &str, debut: &str) -> String {
    let (_, suite) = texte.split_once(&format!("\"{debut}")).expect(debut);
    let (fin, _) = suite.split_once('"').unwrap();
    format!("{debut}{fin}")
}

parcours!(une_correction_se_propose_se_retient_et_se_lit_avec_sa_source(banc) {
    let (public, rives) = (banc.public(), fiche(banc, "Pôle des Rives").await);
    public.get(&format!("{rives}/corrections")).await.demande_a_se_connecter();
    public.get(&rives).await.montre("Proposer une correction");

    // The team of another pole may propose: it decides nothing.
    let bastien = banc.personne("bastien@atelier.example").await;
    let formulaire = format!("{rives}/corrections/site");
    bastien.get(&format!("{rives}/corrections")).await.montre(&formulaire).montre("non connu");
    bastien.post(&formulaire, &[("valeur", "rives"), ("source", "")]).await
        .refuse("À corriger (2)")
        .refuse("Indiquez une adresse entière")
        .refuse("Dites d’où vient l’information")
        .refuse("value=\"rives\"");
    bastien.post(&formulaire, &[("valeur", "https://rives.example"), ("source", "Le site du pôle")]).await
        .mene_a(&format!("{rives}/corrections"));
    bastien.get(&format!("{rives}/corrections")).await.montre("En attente de réponse");
    assert!(!public.get(&rives).await.texte.contains("https://rives.example"));
    bastien.get("/corrections").await.introuvable();

    let gwenn = banc.personne(GWENN).await;
    let attente = gwenn.get("/corrections").await;
    attente.montre("Pôle des Rives").montre("Site internet").montre("Le site du pôle");
    let reponse = adresse(&attente.texte, "/corrections/");
    banc.personne(KELIA).await.post(&reponse, &[("sort", "retenue")]).await.introuvable();
    bastien.post(&reponse, &[("sort", "retenue")]).await.introuvable();
    gwenn.post(&reponse, &[("sort", "retenue")]).await.mene_a("/corrections");
    gwenn.get("/corrections").await.montre("Aucune correction n’attend");
    gwenn.post(&reponse, &[("sort", "retenue")]).await.refuse("Quelqu’un a déjà répondu");

    let lue = public.get(&rives).await;
    lue.montre("href=\"https://rives.example\"").montre("auparavant « non connu »").montre("Le site du pôle");
    for personne in ["Bastien", "bastien@", "Gwenn"] {
        assert!(!lue.texte.contains(personne), "{personne}");
    }
    assert!(banc.dernier_courriel("bastien@atelier.example").await.contains("est retenue"));
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'moderation'").await, 1);
});

parcours!(un_refus_se_motive_et_la_personne_le_lit(banc) {
    let atelier = fiche(banc, "Atelier du Pays").await;
    let solene = banc.porteuse().await;
    let champs = [("valeur", "mature"), ("source", "Une visite")];
    solene.post(&format!("{atelier}/corrections/maturite"), &champs).await.mene_a(&atelier);

    let gwenn = banc.personne(GWENN).await;
    let reponse = adresse(&gwenn.get("/corrections").await.texte, "/corrections/");
    gwenn.post(&reponse, &[("sort", "refusee")]).await.refuse("Donnez le motif");
    let id = reponse.trim_start_matches("/corrections/").trim_end_matches("/moderation");
    let motif = format!("motif-{id}");
    gwenn.post(&reponse, &[("sort", "refusee"), (&motif, "Le pôle a un an.")]).await.mene_a("/corrections");

    solene.get(&format!("{atelier}/corrections")).await.montre("Non retenue").montre("Le pôle a un an.");
    assert!(banc.dernier_courriel("solene@rives.example").await.contains("Le pôle a un an."));
    assert_eq!(banc.compter("SELECT COUNT(*) FROM modifications").await, 0);
});

parcours!(qui_repond_de_la_fiche_la_corrige_et_annule(banc) {
    let rives = fiche(banc, "Pôle des Rives").await;
    let (public, gwenn) = (banc.public(), banc.personne(GWENN).await);
    let nom = format!("{rives}/corrections/nom");
    gwenn.post(&nom, &[("valeur", ""), ("source", "x")]).await.refuse("Un pôle a toujours un nom");
    gwenn.post(&nom, &[("valeur", "Pôle des Trois Rives"), ("source", "Ses statuts")]).await.mene_a(&rives);
    gwenn.post(&nom, &[("valeur", "Pôle des Trois Rives"), ("source", "x")]).await.refuse("La fiche dit déjà cela.");

    // Found by its new name, no more by what it lost.
    public.get("/poles?q=trois+rives").await.montre("Pôle des Trois Rives");
    let lue = gwenn.get(&rives).await;
    assert!(!public.get(&rives).await.texte.contains("Annuler cette modification"));
    let annulation = adresse(&lue.texte, "/modifications/");
    for autre in [KELIA, "bastien@atelier.example"] {
        let autre = banc.personne(autre).await;
        autre.get(&annulation).await.introuvable();
        autre.post(&annulation, &[("motif", "x")]).await.introuvable();
    }
    gwenn.get(&annulation).await.montre("Pôle des Rives").montre("Ne rien changer");
    gwenn.post(&annulation, &[]).await.refuse("Donnez le motif");
    gwenn.post(&annulation, &[("motif", "Les statuts étaient un projet")]).await.mene_a(&rives);
    gwenn.post(&annulation, &[("motif", "encore")]).await.refuse("La fiche a changé depuis");

    public.get(&rives).await
        .montre("<h1>Pôle des Rives").montre("Annulée depuis").montre("Les statuts étaient un projet");
    public.get("/poles?q=trois+rives").await.montre("Aucun pôle");
});

parcours!(une_commune_mene_le_departement_et_la_region_avec_elle(banc) {
    let rives = fiche(banc, "Pôle des Rives").await;
    let gwenn = banc.personne(GWENN).await;
    let commune = format!("{rives}/corrections/commune");
    gwenn.get(&commune).await.montre("Morlaix (29151)");
    gwenn.post(&commune, &[("valeur", "Saint-Denis"), ("source", "x")]).await.refuse("Plusieurs communes portent ce nom");
    gwenn.post(&commune, &[("valeur", "Ville imaginaire"), ("source", "x")]).await.refuse("Aucune commune ne porte ce nom");
    gwenn.post(&commune, &[("valeur", "Saint-Denis (974)"), ("source", "Le siège a changé")]).await.mene_a(&rives);

    banc.public().get(&rives).await.montre("Saint-Denis (974), La Réunion");
    // Both may put it back: the cell of the region it left, and that of the new one.
    let retour = adresse(&banc.personne(KELIA).await.get(&rives).await.texte, "/modifications/");
    gwenn.post(&retour, &[("motif", "Le siège est resté")]).await.mene_a(&rives);
    banc.public().get(&rives).await.montre("Morlaix (29), Bretagne");
});

parcours!(rien_d_invente_ne_se_dit_d_un_pole_reel(banc) {
    let reel = fiche(banc, "La Place des Possibles").await;
    let gwenn = banc.personne(GWENN).await;
    gwenn.post(&format!("{reel}/corrections/rural"), &[("valeur", "oui"), ("source", "x")]).await
        .refuse("Ce pôle existe : dans cette démonstration, sa fiche ne se corrige pas.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM corrections").await, 0);
});

parcours!(les_themes_corriges_menent_a_l_annuaire(banc) {
    let rives = fiche(banc, "Pôle des Rives").await;
    let gwenn = banc.personne(GWENN).await;
    let themes = format!("{rives}/corrections/themes");
    gwenn.post(&themes, &[("valeur", "laine"), ("valeur", "bois"), ("source", "Le pôle")]).await.mene_a(&rives);
    banc.public().get("/poles?theme=laine&region=53").await.montre("Pôle des Rives");
    gwenn.post(&themes, &[("source", "Le pôle")]).await.mene_a(&rives);
    let liste = banc.public().get("/poles?theme=laine&region=53").await;
    assert!(!liste.texte.contains("Pôle des Rives"));
});

parcours!(les_membres_se_lisent_par_nature_avec_leurs_dates(banc) {
    let rives = fiche(banc, "Pôle des Rives").await;
    let (public, gwenn) = (banc.public(), banc.personne(GWENN).await);
    public.get(&rives).await
        .montre("9 membres connus, dont 3 de l’économie sociale et solidaire.")
        .montre("Entreprise hors ESS")
        .montre("La Manufacture du Port <p class=\"fr-badge\">Tiers-lieu")
        .montre("de 2020 à 2023");

    let membres = format!("{rives}/corrections/membres");
    gwenn.get(&membres).await.montre("value=\"Vélos de la Baie\"").montre("value=\"2020-09-01\"");
    let deux = [
        ("membre-0", "Les Rives solidaires"), ("nature-0", "ess"), ("depuis-0", "2019"),
        ("membre-1", "Ville du Port"), ("nature-1", ""), ("depuis-1", "hier"),
        ("source", "Le compte rendu de l’assemblée"),
    ];
    gwenn.post(&membres, &deux).await.refuse("Dites de quelle nature est « Ville du Port »").refuse("value=\"hier\"");
    let justes = [
        ("membre-0", "Les Rives solidaires"), ("nature-0", "ess"), ("depuis-0", "2019"),
        ("membre-1", "Ville du Port"), ("nature-1", "collectivite"), ("depuis-1", "15/03/2024"), ("tiers_lieu-1", "oui"),
        ("membre-2", ""), ("nature-2", "ess"),
        ("source", "Le compte rendu de l’assemblée"),
    ];
    gwenn.post(&membres, &justes).await.mene_a(&rives);
    let lue = public.get(&rives).await;
    lue.montre("2 membres connus").montre("depuis le 15 mars 2024")
        .montre("Le compte rendu de l’assemblée");

    let annulation = adresse(&gwenn.get(&rives).await.texte, "/modifications/");
    gwenn.post(&annulation, &[("motif", "Mauvais compte rendu")]).await.mene_a(&rives);
    public.get(&rives).await.montre("9 membres connus");
});

parcours!(la_structure_change_le_pole_reste(banc) {
    let rives = fiche(banc, "Pôle des Rives").await;
    let (public, gwenn) = (banc.public(), banc.personne(GWENN).await);
    let porteuse = format!("{rives}/corrections/porteuse");
    gwenn.get(&porteuse).await.montre("value=\"Les Rives solidaires\"").montre("value=\"Morlaix (29151)\"");
    let nouvelle = |siret| [
        ("nom", "Coopérative des Rives"), ("forme", "cooperative"), ("siret", siret),
        ("siege", "Morlaix"), ("source", "Ses statuts"),
    ];
    gwenn.post(&porteuse, &nouvelle("900 000 019 00018")).await.refuse("Ce SIRET contient un chiffre inexact");
    gwenn.post(&porteuse, &nouvelle("900 000 027 00012")).await.mene_a(&rives);
    public.get(&rives).await
        .montre("<h1>Pôle des Rives")
        .montre("Coopérative des Rives, coopérative, SIRET 900 000 027 00012")
        .montre("auparavant « Les Rives solidaires, association, SIRET 900 000 019 00019 »");
    public.get("/poles?q=cooperative+rives").await.montre("Pôle des Rives");

    let annulation = adresse(&gwenn.get(&rives).await.texte, "/modifications/");
    gwenn.post(&annulation, &[("motif", "Les statuts étaient un projet")]).await.mene_a(&rives);
    // The very structure comes back, not a copy of it.
    let copies = "SELECT COUNT(*) FROM structures WHERE nom = 'Les Rives solidaires'";
    assert_eq!(banc.compter(copies).await, 1);
    public.get(&rives).await.montre("Les Rives solidaires, association");
});

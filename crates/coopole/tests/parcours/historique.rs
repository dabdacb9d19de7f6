//! The history of a record: all of it, page by page, with who and where it
//! comes from, and nobody's name in public.

use coopole::{socle::alea, valeurs};
use uuid::Uuid;

use crate::{banc::Banc, parcours};

const GWENN: &str = "gwenn@cellule-bretagne.example";

async fn corriger(banc: &Banc, fiche: &str, information: &str, valeur: &str, source: &str) {
    let champs = [("valeur", valeur), ("source", source)];
    let adresse = format!("{fiche}/corrections/{information}");
    let gwenn = banc.personne(GWENN).await;
    gwenn.post(&adresse, &champs).await.mene_a(fiche);
}

/// Where the link of these words leads, if the page has one.
fn suite(texte: &str, mots: &str) -> Option<String> {
    let (avant, _) = texte.split_once(mots)?;
    // The link of these very words: the last page has them without an address.
    let (_, balise) = avant.rsplit_once("<a ")?;
    let (_, adresse) = balise.split_once("href=\"")?;
    let (adresse, _) = adresse.split_once('"')?;
    Some(adresse.replace("&amp;", "&"))
}

/// As many changes of the members, each as long as a record allows, written at
/// once: what a busy record holds after years.
async fn ecrire_des_annees(banc: &Banc, pole: &str, combien: usize) {
    let pole: Uuid = pole.parse().unwrap();
    let membres = |tour: usize| {
        let lignes = (0..200).map(|n| format!("ess||||Membre {n:03} {} {tour}", "x".repeat(60)));
        lignes.collect::<Vec<_>>().join("\n")
    };
    let mut tx = banc.app.db.begin().await.unwrap();
    for tour in 0..combien {
        tx.execute(
            "INSERT INTO modifications (id, pole, information, avant, apres, source, le)
             VALUES ($1, $2, 'membres', $3, $4, $5, $6)",
            &valeurs![
                alea::id(),
                pole,
                membres(tour),
                membres(tour + 1),
                format!("Assemblée {tour}"),
                1_600_000_000_000_i64 + i64::try_from(tour).unwrap() * 86_400_000
            ],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

parcours!(une_fiche_tres_corrigee_se_lit_et_toute_son_histoire_aussi(banc) {
    let id = banc.pole("Pôle des Rives").await;
    let fiche = format!("/poles/{id}");
    ecrire_des_annees(banc, &id, 120).await;
    corriger(banc, &fiche, "rural", "oui", "Le pôle").await;
    corriger(banc, &fiche, "qpv", "non", "La carte des quartiers").await;

    let public = banc.public();
    let lue = public.get(&fiche).await;
    assert_eq!(lue.statut.as_u16(), 200);
    lue.montre("La carte des quartiers").montre("Toutes les modifications de cette fiche")
        .montre("La source de chaque information");
    assert!(!lue.texte.contains("Assemblée 3."), "seules les dernières se lisent sur la fiche");
    // The whole history, the oldest change included, nothing twice.
    let (mut page, mut vues) = (format!("{fiche}/historique"), 0);
    for feuille in 0.. {
        assert!(feuille < 10, "{page} revient");
        let lue = public.get(&page).await;
        assert_eq!(lue.statut.as_u16(), 200, "{page}");
        vues += lue.texte.matches("Source : ").count();
        match suite(&lue.texte, "Suivant") {
            Some(suite) => page = suite,
            None => break,
        }
    }
    assert_eq!(vues, 122);
    public.get(&page).await.montre("Assemblée 0.");
    public.get(&format!("/poles/{}/historique", Uuid::nil())).await.introuvable();
});

parcours!(une_page_trop_lourde_pour_etre_gardee_est_servie_quand_meme(banc) {
    let id = banc.pole("Pôle des Rives").await;
    ecrire_des_annees(banc, &id, 60).await;
    let page = format!("/poles/{id}/historique");
    for _ in 0..2 {
        let lue = banc.public().get(&page).await;
        assert_eq!(lue.statut.as_u16(), 200);
        assert!(lue.texte.len() > 1 << 20, "{}", lue.texte.len());
    }
});

parcours!(les_membres_changes_se_disent_par_ce_qui_vient_et_ce_qui_part(banc) {
    let id = banc.pole("Pôle des Rives").await;
    let fiche = format!("/poles/{id}");
    let gwenn = banc.personne(GWENN).await;
    let deux = |second| [
        ("membre-0", "Les Rives solidaires"), ("nature-0", "ess"),
        ("membre-1", second), ("nature-1", "collectivite"), ("source", "L’assemblée"),
    ];
    let formulaire = format!("{fiche}/corrections/membres");
    gwenn.post(&formulaire, &deux("Ville du Port")).await.mene_a(&fiche);
    gwenn.post(&formulaire, &deux("Ville des Dunes")).await.mene_a(&fiche);
    banc.public().get(&fiche).await.montre("Membres : ajouté : Ville des Dunes – retiré : Ville du Port.");
});

parcours!(qui_a_change_la_fiche_se_dit_et_se_nomme_a_qui_en_repond(banc) {
    let fiche = format!("/poles/{}", banc.pole("Pôle des Rives").await);
    let (public, gwenn) = (banc.public(), banc.personne(GWENN).await);
    let solene = banc.porteuse().await;
    corriger(banc, &fiche, "qpv", "non", "La carte des quartiers").await;
    let proposition = [("valeur", "oui"), ("source", "Notre territoire")];
    solene.post(&format!("{fiche}/corrections/rural"), &proposition).await.mene_a(&fiche);
    let attente = gwenn.get("/corrections").await;
    let acte = attente.texte.split('"').find(|m| m.ends_with("/moderation")).unwrap().to_owned();
    gwenn.post(&acte, &[("sort", "retenue")]).await.mene_a("/corrections");

    for page in [fiche.clone(), format!("{fiche}/historique")] {
        let lue = public.get(&page).await;
        lue.montre("proposé par l’équipe du pôle, retenu par la cellule Bretagne").montre("par la cellule Bretagne – Quartier prioritaire");
        for nom in ["Gwenn", "Solène"] { assert!(!lue.texte.contains(nom), "{page} nomme {nom}"); }
        let paul = banc.personne("paul@cellule-sud.example").await;
        assert!(!paul.get(&page).await.texte.contains("Gwenn"), "{page}");
        gwenn.get(&page).await.montre("la cellule Bretagne (Gwenn").montre("l’équipe du pôle (Solène");
    }
});

parcours!(une_adresse_de_courriel_ne_s_ecrit_pas_dans_un_texte_public(banc) {
    let fiche = format!("/poles/{}", banc.pole("Pôle des Rives").await);
    let gwenn = banc.personne(GWENN).await;
    let presentation = format!("{fiche}/corrections/presentation");
    let adresse = "Écrire à lea@rives.example";
    gwenn.post(&presentation, &[("valeur", adresse), ("source", "Le pôle")]).await.refuse("n’y laissez pas d’adresse de courriel");
    gwenn.post(&presentation, &[("valeur", "Un pôle"), ("source", adresse)]).await.refuse("sans adresse de courriel");
    corriger(banc, &fiche, "presentation", "Un pôle", "Le pôle").await;
    let lue = gwenn.get(&fiche).await;
    let acte = lue.texte.split('"').find(|m| m.starts_with("/modifications/")).unwrap().to_owned();
    gwenn.post(&acte, &[("motif", adresse)]).await.refuse("sans adresse de courriel");
    assert!(!banc.public().get(&fiche).await.texte.contains("lea@"));
});

parcours!(une_cellule_lit_sa_file_meme_derriere_deux_cents_autres(banc) {
    let (rives, cirques) = (banc.pole("Pôle des Rives").await, banc.pole("Fabrique des Cirques").await);
    let solene = banc.compter("SELECT COUNT(*) FROM comptes WHERE courriel = 'solene@rives.example'").await;
    assert_eq!(solene, 1);
    let mut tx = banc.app.db.begin().await.unwrap();
    for n in 0..230_i64 {
        tx.execute(
            "INSERT INTO corrections (id, pole, information, valeur, source, par, le)
             SELECT $1, $2, 'rural', 'oui', $3, id, $4 FROM comptes WHERE courriel = 'solene@rives.example'",
            &valeurs![alea::id(), cirques.parse::<Uuid>().unwrap(), format!("Source {n}"), 1_700_000_000_000_i64 + n],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let bastien = banc.personne("bastien@atelier.example").await;
    bastien.post(&format!("/poles/{rives}/corrections/rural"), &[("valeur", "oui"), ("source", "Une visite")]).await
        .mene_a("/poles/");

    let file = banc.personne(GWENN).await.get("/corrections").await;
    file.montre("Une visite");
    assert!(!file.texte.contains("Fabrique des Cirques"));
    let kelia = banc.personne("kelia@cellule-reunion.example").await;
    let (mut page, mut vues, mut derniere) = ("/corrections".to_owned(), 0, String::new());
    for feuille in 0.. {
        assert!(feuille < 10, "{page} revient");
        let lue = kelia.get(&page).await;
        vues += lue.texte.matches("id=\"proposition-").count();
        if let Some(acte) = lue.texte.split('"').rfind(|m| m.ends_with("/moderation")) {
            acte.clone_into(&mut derniere);
        }
        match suite(&lue.texte, "Suivant") {
            Some(suite) => page = suite,
            None => break,
        }
    }
    assert_eq!(vues, 230);
    // Refused without a reason, the proposal is on the page that says so.
    let id = derniere.split('/').nth(2).unwrap().to_owned();
    kelia.post(&derniere, &[("sort", "refusee")]).await
        .refuse("Donnez le motif").refuse(&format!("id=\"proposition-{id}\""));
});

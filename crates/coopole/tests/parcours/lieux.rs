//! The place of a record, as precisely as it is known, and what putting a
//! change of it back gives again: all that was there.

use coopole::{
    poles::{self, NouveauPole},
    valeurs,
};
use metier::commun::Region;
use uuid::Uuid;

use crate::{banc::Banc, parcours};

const GWENN: &str = "gwenn@cellule-bretagne.example";
const KELIA: &str = "kelia@cellule-reunion.example";

/// An invented pole of Brittany whose place is only known so.
async fn pole(banc: &Banc, nom: &str, commune: Option<&str>, departement: Option<&str>) -> Uuid {
    let mut tx = banc.app.db.begin().await.unwrap();
    let pole = NouveauPole {
        nom: nom.to_owned(),
        porteuse: None,
        commune: commune.map(str::to_owned),
        code_commune: None,
        departement: departement.map(str::to_owned),
        region: Some(Region::Bretagne),
        themes: String::new(),
        source: None,
        invente: true,
    };
    let id = poles::create(&mut tx, &pole).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// « Morlaix|29151|29|53 », as the base keeps it.
async fn lieu(banc: &Banc, pole: Uuid) -> String {
    let mut base = banc.app.db.lecture().await.unwrap();
    let lue: [Option<String>; 4] = {
        let (commune, code, departement, region) = base
            .fetch_one(
                "SELECT commune, code_commune, departement, region FROM poles WHERE id = $1",
                &valeurs![pole],
            )
            .await
            .unwrap();
        [commune, code, departement, region]
    };
    lue.map(Option::unwrap_or_default).join("|")
}

fn annulation(texte: &str) -> String {
    let (_, suite) = texte
        .split_once("\"/modifications/")
        .expect("un changement");
    let (fin, _) = suite.split_once('"').unwrap();
    format!("/modifications/{fin}")
}

parcours!(annuler_une_correction_du_lieu_rend_tout_ce_que_l_on_en_savait(banc) {
    let gwenn = banc.personne(GWENN).await;
    let connus = [
        ("Pôle du Nom", Some("Montfort"), Some("35"), "Montfort||35|53", "Montfort (35), Bretagne"),
        ("Pôle du Département", None, Some("22"), "||22|53", "département 22, Bretagne"),
        ("Pôle de la Région", None, None, "|||53", "Bretagne"),
    ];
    for (nom, commune, departement, avant, dit) in connus {
        let id = pole(banc, nom, commune, departement).await;
        assert_eq!(lieu(banc, id).await, avant);
        let fiche = format!("/poles/{id}");
        let faux = [("valeur", "Saint-Denis (974)"), ("source", "Une carte")];
        gwenn.post(&format!("{fiche}/corrections/commune"), &faux).await.mene_a(&fiche);
        assert_eq!(lieu(banc, id).await, "Saint-Denis|97411|974|04");
        // The cell of the region it left puts it back alone.
        banc.public().get(&fiche).await.montre(&format!("auparavant « {dit} »"));
        let acte = annulation(&gwenn.get(&fiche).await.texte);
        gwenn.get(&acte).await.montre(dit);
        gwenn.post(&acte, &[("motif", "Une homonyme")]).await.mene_a(&fiche);
        assert_eq!(lieu(banc, id).await, avant, "{nom}");
        banc.public().get(&fiche).await.montre(dit).montre("Annulée depuis");
        banc.public().get("/poles?region=53&q=pole").await.montre(nom);
    }
});

parcours!(un_lieu_est_une_commune_sinon_un_departement_sinon_une_region(banc) {
    let id = pole(banc, "Pôle de la Région", None, None).await;
    let (fiche, gwenn) = (format!("/poles/{id}"), banc.personne(GWENN).await);
    let formulaire = format!("{fiche}/corrections/commune");
    gwenn.get(&formulaire).await.montre("Finistère (29)").montre("<option value=\"53\" selected");
    let dire = |commune, departement, region| {
        [("valeur", commune), ("departement", departement), ("region", region), ("source", "Le pôle")]
    };
    gwenn.post(&formulaire, &dire("", "999", "53")).await.refuse("Choisissez le département");
    gwenn.post(&formulaire, &dire("", "29", "")).await.mene_a(&fiche);
    assert_eq!(lieu(banc, id).await, "||29|53");
    banc.public().get(&fiche).await.montre("lieu connu au département").montre("placé au département");
    gwenn.post(&formulaire, &dire("Ville imaginaire", "29", "")).await
        .refuse("Aucune commune ne porte ce nom").refuse("value=\"Ville imaginaire\"").refuse("<option value=\"29\" selected");
    gwenn.post(&formulaire, &dire("Morlaix", "22", "")).await.mene_a(&fiche);
    assert_eq!(lieu(banc, id).await, "Morlaix|29151|29|53");
    gwenn.post(&formulaire, &dire("", "", "53")).await.mene_a(&fiche);
    assert_eq!(lieu(banc, id).await, "|||53");
    gwenn.post(&formulaire, &dire("", "", "53")).await.refuse("La fiche dit déjà cela.");
});

parcours!(une_fusion_prend_le_lieu_entier_et_le_rend_entier(banc) {
    let garde = pole(banc, "Pôle du Chenal", None, Some("22")).await;
    let fondu = pole(banc, "PTCE Chenal", Some("Montfort"), Some("35")).await;
    let gwenn = banc.personne(GWENN).await;
    let page = format!("/doublons/{garde}/{fondu}");
    gwenn.get(&page).await.montre("Montfort (35), Bretagne").montre("département 22, Bretagne");
    let choix = [("commune", "autre"), ("motif", "Un seul pôle")];
    gwenn.post(&page, &choix).await.mene_a("/poles/");
    assert_eq!(lieu(banc, garde).await, "Montfort||35|53");

    // What the place came from before the merge is not lost.
    banc.public().get(&format!("/poles/{garde}")).await
        .montre("inventé pour la démonstration ; fusion avec « PTCE Chenal » : Un seul pôle");
    let texte = gwenn.get("/doublons").await.texte;
    let acte = texte.split('"').find(|m| m.starts_with("/fusions/")).unwrap().to_owned();
    let motif = format!("motif-{}", acte.split('/').nth(2).unwrap());
    gwenn.post(&acte, &[(&motif, "Deux pôles")]).await.mene_a("/doublons/");
    assert_eq!(lieu(banc, garde).await, "||22|53");
    assert_eq!(lieu(banc, fondu).await, "Montfort||35|53");
});

parcours!(la_region_quittee_reprend_et_la_nouvelle_aussi(banc) {
    let id = pole(banc, "Pôle du Département", None, Some("29")).await;
    let (fiche, gwenn) = (format!("/poles/{id}"), banc.personne(GWENN).await);
    let rural = [("valeur", "oui"), ("source", "Le pôle")];
    gwenn.post(&format!("{fiche}/corrections/rural"), &rural).await.mene_a(&fiche);
    let parti = [("valeur", "Saint-Denis (974)"), ("source", "Le siège a changé")];
    gwenn.post(&format!("{fiche}/corrections/commune"), &parti).await.mene_a(&fiche);

    let paul = banc.personne("paul@cellule-sud.example").await;
    let acte = annulation(&gwenn.get(&fiche).await.texte);
    paul.get(&acte).await.introuvable();
    paul.post(&acte, &[("motif", "x")]).await.introuvable();
    banc.personne(KELIA).await.get(&acte).await.montre("département 29, Bretagne");
    // Of the rest the region it left answers no more.
    assert_eq!(gwenn.get(&fiche).await.texte.matches("Annuler cette modification").count(), 1);
    gwenn.post(&acte, &[("motif", "Le siège est resté")]).await.mene_a(&fiche);
    banc.public().get(&fiche).await.montre("département 29, Bretagne").montre("par la cellule Bretagne");
});

//! Where the public writes to a cell: the cell says it, its pages give it.

use crate::parcours;

const GWENN: &str = "gwenn@cellule-bretagne.example";
const ETIENNE: &str = "etienne@tresor.example";
const ACTE: &str = "/cellules/53/contact";

parcours!(une_cellule_publie_son_adresse_la_change_et_la_reprend(banc) {
    let (public, gwenn) = (banc.public(), banc.personne(GWENN).await);
    public.get("/regions/53").await.montre("adresse non publiée").tait("Changer l’adresse");
    gwenn.get("/regions/53").await.montre(ACTE);
    gwenn.get(ACTE).await.montre("Écrire à la cellule");

    gwenn.post(ACTE, &[("courriel", "cellule@bretagne.example")]).await.mene_a("/regions/53");
    for page in ["/regions/53", "/departements/29", "/epci/242900835"] {
        public.get(page).await.montre("mailto:cellule@bretagne.example");
    }
    let etienne = banc.personne(ETIENNE).await;
    etienne.get("/cellules/53").await.montre(ACTE);
    etienne.post(ACTE, &[("courriel", "ptce@bretagne.example")]).await.mene_a("/regions/53");
    gwenn.get(ACTE).await.montre("value=\"ptce@bretagne.example\"");
    gwenn.post(ACTE, &[("courriel", " ")]).await.mene_a("/regions/53");
    public.get("/regions/53").await.montre("adresse non publiée");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM contacts_de_cellules").await, 3);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'contact_de_cellule'").await, 3);
});

parcours!(l_adresse_d_une_cellule_suppleante_vaut_pour_la_region_suppleee(banc) {
    let paul = banc.personne("paul@cellule-sud.example").await;
    paul.post("/cellules/93/contact", &[("courriel", "cellule@sud.example")]).await.mene_a("/regions/93");
    banc.public().get("/regions/94").await.montre("mailto:cellule@sud.example");
});

parcours!(ni_l_adresse_d_une_personne_ni_n_importe_quoi_ne_se_publie(banc) {
    let gwenn = banc.personne(GWENN).await;
    let refus = gwenn.post(ACTE, &[("courriel", "la cellule")]).await;
    refus.refuse("Ce n’est pas une adresse électronique.");
    assert!(refus.texte.contains("value=\"la cellule\""), "la saisie revient");
    gwenn.post(ACTE, &[("courriel", "Gwenn@cellule-bretagne.example")]).await
        .refuse("Cette adresse est celle d’une personne qui a un compte ici.");
    banc.personne(ETIENNE).await.post("/cellules/94/contact", &[("courriel", "cellule@corse.example")]).await
        .refuse("La région Corse n’a pas de cellule à qui écrire.");
    banc.public().get("/regions/53").await.montre("adresse non publiée");
});

parcours!(personne_d_autre_ne_publie_l_adresse_d_une_cellule(banc) {
    banc.public().get(ACTE).await.demande_a_se_connecter();
    banc.public().post(ACTE, &[("courriel", "a@b.example")]).await.demande_a_se_connecter();
    for autre in ["solene@rives.example", "paul@cellule-sud.example", "jeanne@comite.example", "samir@coopole.example"] {
        let autre = banc.personne(autre).await;
        autre.get(ACTE).await.introuvable();
        autre.post(ACTE, &[("courriel", "a@b.example")]).await.introuvable();
        autre.get("/regions/53").await.tait("Changer l’adresse");
    }
    banc.personne(GWENN).await.get("/cellules/nulle-part/contact").await.introuvable();
});

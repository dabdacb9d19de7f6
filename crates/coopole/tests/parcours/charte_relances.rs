//! Those expected to sign are reminded when somebody asks for it: once, by the
//! keeper or by the cell of their region, and never against their will.

use coopole::valeurs;

use crate::{
    banc::{Banc, Reponse, Visiteur},
    parcours,
};

const NOUR: &str = "nour@terre.example";
const LAUREATS: &str = "/charte/relances?cible=laureats";
const EN_BRETAGNE: &str = "/charte/gestion/regions/53";

async fn gardien(banc: &Banc) -> Visiteur<'_> {
    banc.personne("remi@labo.example").await
}

/// What the button of this page sends: the word last, as it was read.
fn bouton(page: &Reponse) -> Vec<(String, String)> {
    let caches = ["cible", "region", "mot_lu", "lot", "lue"];
    let mut champs = caches.map(|nom| (nom.to_owned(), page.cache(nom))).to_vec();
    champs.push(("mot".to_owned(), champs[2].1.clone()));
    champs
}

async fn envoyer(visiteur: &Visiteur<'_>, champs: &[(String, String)]) -> Reponse {
    let champs: Vec<(&str, &str)> = champs.iter().map(|(n, v)| (&**n, &**v)).collect();
    visiteur.post("/charte/relances", &champs).await
}

/// Reads the batch, then sends it; the address where it stands.
async fn relancer(visiteur: &Visiteur<'_>, adresse: &str) -> String {
    let champs = bouton(&visiteur.get(adresse).await);
    envoyer(visiteur, &champs).await.mene_a("/charte/relances/")
}

/// The address by which the reader of the latest mail asks for no more.
async fn lien(banc: &Banc, a: &str) -> String {
    let courriel = banc.dernier_courriel(a).await;
    let (_, jeton) = courriel.rsplit_once("/charte/oppositions/").unwrap();
    format!("/charte/oppositions/{}", jeton.trim())
}

async fn relances(banc: &Banc) -> i64 {
    banc.compter("SELECT COUNT(*) FROM relances").await
}

parcours!(le_gardien_lit_la_relance_avant_qu_elle_parte_et_elle_ne_part_qu_une_fois(banc) {
    let remi = gardien(banc).await;
    remi.get("/charte/gestion").await
        .montre("Préparer une relance des lauréats")
        .montre("Part non calculable au 26/03/2024 : signature non connue pour 22 lauréats.")
        .montre("Parmi les autres : 1 lauréat n’a pas signé ; signataires, 5.")
        .montre("comptait 81 lauréats sans signature sur 135, soit 60 %");
    let lue = remi.get(&format!("{LAUREATS}&mot=On+se+voit+en+mai+%3F")).await;
    lue.montre("1 courriel partira, un seul par pôle.")
        .montre("nour@terre.example")
        .montre("Le pôle « Terre commune » est lauréat de l’appel d’accompagnement")
        .montre("On se voit en mai ?")
        .montre("par le gardien de la Charte");
    banc.taches().await;
    assert_eq!(relances(banc).await, 0, "lire n’envoie rien");

    let champs = bouton(&lue);
    // Pressed twice at once, then once more.
    let (un, deux) = tokio::join!(envoyer(&remi, &champs), envoyer(&remi, &champs));
    let lot = un.mene_a("/charte/relances/");
    deux.mene_a(&lot);
    envoyer(&remi, &champs).await.mene_a(&lot);

    assert_eq!(relances(banc).await, 1);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels WHERE genre = 'relance'").await, 1);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE genre = 'lot_de_relance'").await, 1);
    let terre = banc.pole("Terre commune").await;
    let courriel = banc.dernier_courriel(NOUR).await;
    assert!(courriel.contains(&format!("/charte/signature?pole={terre}")), "{courriel}");
    assert!(courriel.contains("On se voit en mai"), "{courriel}");
    remi.get(&lot).await.montre("En attente").montre("Rémi Parchemin").montre("1, aucun n’a signé depuis");
    banc.taches().await;
    remi.get(&lot).await.montre("Gardé ici : aucun envoi n’est réglé").montre("On se voit en mai ?");
    remi.get(&format!("/charte/gestion/poles/{terre}")).await.montre("Nour Sillon").montre(&lot);
    remi.get("/charte/gestion").await.montre(&lot).montre("26/03/2024");
});

parcours!(un_pole_relance_est_laisse_en_paix_trente_jours(banc) {
    let remi = gardien(banc).await;
    let mut champs = bouton(&remi.get(LAUREATS).await);
    envoyer(&remi, &champs).await.mene_a("/charte/relances/");

    remi.get(LAUREATS).await
        .montre("Aucun courriel ne partirait.")
        .montre("A reçu un rappel le 26/03/2024, il y a moins de 30 jours.");
    // Another batch, with the list as it was read before.
    champs[3].1 = "018f0000-0000-7000-8000-000000000000".into();
    envoyer(&remi, &champs).await.refuse("La liste a changé depuis que vous l’avez lue");
    assert_eq!(relances(banc).await, 1);

    banc.il_est("2024-04-25T10:00:00+02:00");
    let lue = remi.get(LAUREATS).await;
    lue.montre("1 courriel partira");
    let mut bavard = bouton(&lue);
    bavard[5].1 = "a".repeat(601);
    envoyer(&remi, &bavard).await.refuse("Votre mot compte 601 signes");
    // A word typed, and not read again in the mail, is neither sent nor lost.
    bavard[5].1 = "Venez nombreux !".into();
    let relue = envoyer(&remi, &bavard).await;
    relue.refuse("Votre mot a changé depuis que vous avez lu le courriel").refuse("Venez nombreux !");
    assert_eq!((relue.cache("mot_lu").as_str(), relances(banc).await), ("Venez nombreux !", 1));
    let mut relire = bouton(&lue);
    relire[5].1 = "Un mot à relire".into();
    relire.push(("relire".into(), "oui".into()));
    let relue = envoyer(&remi, &relire).await;
    relue.montre("Un mot à relire");
    assert_eq!(relances(banc).await, 1, "relire n’envoie rien");
    envoyer(&remi, &bouton(&relue)).await.mene_a("/charte/relances/");
    assert_eq!(relances(banc).await, 2);
});

parcours!(le_lien_d_un_rappel_suffit_pour_n_en_plus_recevoir_et_pour_en_recevoir_de_nouveau(banc) {
    let (remi, public) = (gardien(banc).await, banc.public());
    relancer(&remi, LAUREATS).await;
    let lien = lien(banc, NOUR).await;

    // Mail programs follow links by themselves: reading changes nothing.
    public.get(&lien).await.montre("Ne plus recevoir ces rappels");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM oppositions_aux_relances").await, 0);
    public.post(&lien, &[("choix", "aucun")]).await.mene_a(&lien);
    public.post(&lien, &[("choix", "aucun")]).await.mene_a(&lien);
    let dite = public.get(&lien).await;
    dite.montre("vous ne recevez plus ces rappels depuis le mardi 26 mars 2024.");
    assert!(!dite.texte.contains("Nour") && !dite.texte.contains(NOUR), "{}", dite.texte);

    banc.il_est("2024-05-26T10:00:00+02:00");
    remi.get(LAUREATS).await
        .montre("Aucun courriel ne partirait.")
        .montre("a demandé de ne plus recevoir ces rappels");
    public.post(&lien, &[("choix", "rappels")]).await.mene_a(&lien);
    remi.get(LAUREATS).await.montre("1 courriel partira");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte IN ('opposition', 'levee')").await, 2);

    public.get("/charte/oppositions/inconnu").await.introuvable();
    public.post("/charte/oppositions/inconnu", &[("choix", "aucun")]).await.introuvable();
    // The secret of the link is nowhere in the table of reminders.
    let jeton = lien.rsplit_once('/').unwrap().1.to_owned();
    let mut base = banc.app.db.lecture().await.unwrap();
    let gardes: Vec<(Vec<u8>,)> = base.fetch_all("SELECT empreinte FROM relances", &[]).await.unwrap();
    assert!(gardes.iter().all(|(octets,)| octets != jeton.as_bytes()));
});

parcours!(la_cellule_relaie_la_charte_dans_sa_region_et_pas_ailleurs(banc) {
    let erwan = banc.personne("erwan@cellule-bretagne.example").await;
    let page = erwan.get(EN_BRETAGNE).await;
    page.montre("Signatures attendues – Bretagne")
        .montre("1 lauréat n’a pas signé")
        .montre("Terre commune")
        .montre("Cellule Bretagne");
    let adresse = format!("{LAUREATS}&region=53");
    erwan.get(&adresse).await.montre("par la cellule Bretagne, qui relaie la Charte");
    let champs = bouton(&erwan.get(&adresse).await);
    let terre = format!("/charte/gestion/poles/{}", banc.pole("Terre commune").await);

    for qui in ["kelia@cellule-reunion.example", "nour@terre.example", "claire@tresor.example", "jeanne@comite.example"] {
        let autre = banc.personne(qui).await;
        for page in [EN_BRETAGNE, &adresse, &terre, "/charte/gestion", LAUREATS] {
            autre.get(page).await.introuvable();
        }
        envoyer(&autre, &champs).await.introuvable();
    }
    for page in [EN_BRETAGNE, &adresse, &terre] {
        banc.public().get(page).await.demande_a_se_connecter();
    }
    envoyer(&banc.public(), &champs).await.demande_a_se_connecter();
    // Its region, and no other; not the nation either.
    erwan.get("/charte/gestion/regions/04").await.introuvable();
    erwan.get("/charte/gestion/regions/99").await.introuvable();
    erwan.get(LAUREATS).await.introuvable();
    let mut ailleurs = champs.clone();
    ailleurs[1].1 = String::new();
    envoyer(&erwan, &ailleurs).await.introuvable();
    assert_eq!(relances(banc).await, 0);

    let lot = envoyer(&erwan, &champs).await.mene_a("/charte/relances/");
    assert!(banc.dernier_courriel(NOUR).await.contains("par la cellule Bretagne"));
    banc.personne("gwenn@cellule-bretagne.example").await.get(&lot).await.montre("Erwan Repère");
    erwan.get(&terre).await.montre(&lot);
    gardien(banc).await.get(&lot).await.montre("Terre commune");
    for qui in ["kelia@cellule-reunion.example", "nour@terre.example"] {
        banc.personne(qui).await.get(&lot).await.introuvable();
    }
    banc.public().get(&lot).await.demande_a_se_connecter();
    // A batch of the whole country is not the business of one cell.
    banc.il_est("2024-05-26T10:00:00+02:00");
    let national = relancer(&gardien(banc).await, LAUREATS).await;
    erwan.get(&national).await.introuvable();
    erwan.get(&terre).await.montre("26/05/2024").tait(&national);
});

parcours!(une_cellule_suppleante_relaie_aussi_la_charte_ou_elle_supplee(banc) {
    let paul = banc.personne("paul@cellule-sud.example").await;
    paul.get("/charte/gestion/regions/93").await.montre("/charte/gestion/regions/94");
    paul.get("/charte/gestion/regions/94").await.montre("Signatures attendues – Corse");
    paul.get("/charte/gestion/regions/53").await.introuvable();
});

parcours!(un_pole_sans_responsable_ou_qui_s_est_retire_n_est_pas_relance(banc) {
    let remi = gardien(banc).await;
    let solene = banc.porteuse().await;
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE signatures_charte SET retiree_le = 1711440000000 WHERE pole = (SELECT id FROM poles WHERE nom = 'Pôle des Rives')", &valeurs![]).await.unwrap();
    tx.execute("UPDATE habilitations SET au = 1711440000000 WHERE pole = (SELECT id FROM poles WHERE nom = 'Terre commune')", &valeurs![]).await.unwrap();
    // A real laureate that signed here and withdrew: a demonstration leaves it alone.
    tx.execute(
        "INSERT INTO signatures_charte (id, pole, version, signee_le, retiree_le)
         SELECT p.id, p.id, '2021-06-30', 1, 2 FROM poles p WHERE NOT p.invente AND p.nom = 'La Place des Possibles'",
        &valeurs![],
    ).await.unwrap();
    tx.commit().await.unwrap();

    let page = remi.get(LAUREATS).await;
    page.montre("Aucun courriel ne partirait.")
        .montre("A retiré sa signature : c’est une réponse.")
        .montre("Personne n’en répond ici : aucune adresse à qui écrire.");
    assert!(!page.texte.contains("La Place des Possibles"), "{}", page.texte);
    solene.get("/charte/signature").await.montre("Signer au nom du pôle");
});

parcours!(un_rappel_en_attente_n_est_pas_envoye_a_qui_s_oppose_ou_a_signe(banc) {
    let remi = gardien(banc).await;
    let lot = relancer(&remi, LAUREATS).await;
    remi.get(&lot).await.montre("En attente");
    let lien = lien(banc, NOUR).await;
    banc.public().post(&lien, &[("choix", "aucun")]).await.mene_a(&lien);
    banc.taches().await;
    remi.get(&lot).await.montre("Pas envoyé : la personne n’en veut plus").tait("Gardé ici");
    // The secret of the link went with the text.
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels WHERE genre = 'relance' AND texte <> ''").await, 0);
    // What never left is no reminder: the pole is not left alone for it.
    banc.public().post(&lien, &[("choix", "rappels")]).await.mene_a(&lien);
    remi.get(LAUREATS).await.montre("1 courriel partira");

    let lot = relancer(&remi, LAUREATS).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO signatures_charte (id, pole, version, signee_le)
         SELECT r.courriel, r.pole, '2021-06-30', l.le FROM relances r JOIN lots_de_relance l ON l.id = r.lot
         WHERE r.retenue IS NULL",
        &valeurs![],
    ).await.unwrap();
    tx.execute("UPDATE comptes SET courriel = 'nouvelle@terre.example' WHERE courriel = 'nour@terre.example'", &valeurs![]).await.unwrap();
    tx.commit().await.unwrap();
    banc.taches().await;
    // Where it was written to then, whatever the account became.
    remi.get(&lot).await.montre("Pas envoyé : le pôle a signé entre-temps").montre(NOUR).tait("nouvelle@terre.example");
});

parcours!(apres_une_fusion_le_silence_de_trente_jours_suit_la_fiche_gardee(banc) {
    let remi = gardien(banc).await;
    relancer(&remi, LAUREATS).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    // Another laureate without signature is kept; the one reminded goes into it.
    tx.execute("UPDATE signatures_charte SET pole = (SELECT id FROM poles WHERE nom LIKE 'Terre commune%') WHERE pole = (SELECT id FROM poles WHERE nom = 'Pôle des Rives')", &valeurs![]).await.unwrap();
    tx.execute("UPDATE poles SET fusionne_dans = (SELECT id FROM poles WHERE nom = 'Pôle des Rives') WHERE nom LIKE 'Terre commune%'", &valeurs![]).await.unwrap();
    tx.commit().await.unwrap();
    remi.get(LAUREATS).await
        .montre("Pôle des Rives")
        .montre("A reçu un rappel le 26/03/2024, il y a moins de 30 jours.");
});

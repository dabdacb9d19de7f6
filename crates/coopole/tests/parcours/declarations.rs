//! A pole that the register does not know declares itself; a pole that does
//! nothing any more leaves the register, and comes back.

use crate::{banc::Banc, parcours};

const GWENN: &str = "gwenn@cellule-bretagne.example";
/// Another region's cell.
const PAUL: &str = "paul@cellule-sud.example";
/// Somebody who answers for no pole yet.
const MAEL: &str = "mael@genets.example";

async fn mael(banc: &Banc) -> crate::banc::Visiteur<'_> {
    let mut tx = banc.app.db.begin().await.unwrap();
    let le = banc.app.horloge.now();
    coopole::comptes::store::create(&mut tx, MAEL, "Maël Genêt", le)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    banc.personne(MAEL).await
}

/// What a declaration says, its name apart.
fn champs<'a>(nom: &'a str, autres: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("pole", nom),
        ("commune", "Morlaix"),
        ("presentation", "Un atelier de laine et de bois."),
        ("site", "https://genets.example"),
        ("nom", "Coopérative des Genêts"),
        ("forme", "association"),
        ("siret", ""),
        ("siege", "29151"),
        ("fonction", "Animateur"),
        ("autres", autres),
    ]
}

fn id_dans(texte: &str, debut: &str) -> String {
    let (_, suite) = texte
        .split_once(debut)
        .unwrap_or_else(|| panic!("{debut} : {texte}"));
    suite.split(['/', '"']).next().unwrap().to_owned()
}

async fn inscrits(banc: &Banc) -> usize {
    banc.public().get("/poles.csv").await.texte.lines().count() - 1
}

parcours!(un_pole_se_declare_sa_cellule_l_inscrit_et_son_equipe_en_repond(banc) {
    banc.public().get("/poles/declarer").await.demande_a_se_connecter();
    banc.public().get("/poles").await.montre("Votre pôle n’y est pas");
    let avant = inscrits(banc).await;
    let mael = mael(banc).await;
    mael.get("/poles/declarer").await.montre("Votre pôle n’est pas au registre");
    let refus = mael.post("/poles/declarer", &[("pole", ""), ("commune", "Nulle-Part-sur-Mer"), ("fonction", "")]).await;
    refus.refuse("Un pôle a toujours un nom");
    assert!(refus.texte.contains("Aucune commune ne porte ce nom"), "{}", refus.texte);
    assert!(refus.texte.contains("Dites ce que vous faites pour le pôle"));

    mael.post("/poles/declarer", &champs("Les Genêts de Maël Genêt", "")).await.refuse("n’y nommez personne");
    mael.post("/poles/declarer", &champs("Les Genêts du Léon", "")).await.mene_a("/poles/declarer");
    mael.get("/poles/declarer").await.montre("Les Genêts du Léon").montre("En attente");
    // Nothing is public before an answer.
    assert_eq!(inscrits(banc).await, avant);
    banc.personne(PAUL).await.get("/declarations").await.tait("Genêts");
    mael.get("/declarations").await.introuvable();

    let gwenn = banc.personne(GWENN).await;
    let bureau = gwenn.get("/declarations").await;
    bureau.montre("Les Genêts du Léon").montre("Maël Genêt, Animateur").montre("Coopérative des Genêts")
        .montre("aucune");
    let id = id_dans(&bureau.texte, "action=\"/declarations/");
    let reponse = format!("/declarations/{id}/reponse");
    // Nobody answers their own, nor those of another region.
    mael.post(&reponse, &[("issue", "acceptee")]).await.introuvable();
    banc.personne(PAUL).await.post(&reponse, &[("issue", "acceptee")]).await.introuvable();
    let fiche = gwenn.post(&reponse, &[("issue", "acceptee")]).await.mene_a("/poles/");
    gwenn.post(&reponse, &[("issue", "acceptee")]).await.refuse("a déjà sa réponse");

    assert_eq!(inscrits(banc).await, avant + 1);
    banc.public().get(&fiche).await
        .montre("Les Genêts du Léon").montre("Coopérative des Genêts").montre("Morlaix")
        .montre("Un atelier de laine et de bois.").tait("Maël");
    banc.public().get("/poles?q=genêts").await.montre("Les Genêts du Léon");
    // It is new, for its territory and for the feed.
    banc.public().get("/poles.atom?region=53").await.montre("Les Genêts du Léon");
    mael.get("/poles/declarer").await.montre("Inscrit").montre(&fiche);
    mael.get(&format!("{fiche}/revendication")).await.montre("Vous êtes dans l’équipe de ce pôle.");
    banc.taches().await;
    let courriel = banc.dernier_courriel(MAEL).await;
    assert!(courriel.contains("Votre pôle est inscrit au registre. Vous en répondez"), "{courriel}");
    for acte in ["declaration", "reponse_a_une_declaration", "inscription"] {
        assert_eq!(banc.compter(&format!("SELECT COUNT(*) FROM journal_entrees WHERE acte = '{acte}'")).await, 1, "{acte}");
    }
});

parcours!(un_pole_qui_ressemble_a_un_autre_se_compare_avant_d_etre_declare(banc) {
    let mael = mael(banc).await;
    let rives = banc.pole("Pôle des Rives").await;
    let page = mael.post("/poles/declarer", &champs("Pôle des Rives", "")).await;
    page.refuse("Ce pôle existe peut-être déjà");
    assert!(page.texte.contains(&format!("href=\"/poles/{rives}/revendication\"")), "{}", page.texte);
    assert!(page.texte.contains("Coopérative des Genêts"), "rien de ce qui fut tapé n’est perdu");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM declarations").await, 0);

    mael.post("/poles/declarer", &champs("Pôle des Rives", "oui")).await.mene_a("/poles/declarer");
    let bureau = banc.personne(GWENN).await.get("/declarations").await;
    bureau.montre(&format!("href=\"/poles/{rives}\"")).montre("même nom, même département");
});

parcours!(une_declaration_se_refuse_avec_un_motif_ou_se_retire(banc) {
    let mael = mael(banc).await;
    mael.post("/poles/declarer", &champs("Les Genêts du Léon", "")).await.mene_a("/poles/declarer");
    let gwenn = banc.personne(GWENN).await;
    let id = id_dans(&gwenn.get("/declarations").await.texte, "action=\"/declarations/");
    let reponse = format!("/declarations/{id}/reponse");
    gwenn.post(&reponse, &[("issue", "refusee")]).await.refuse("Donnez le motif");
    let motif = format!("motif-{id}");
    gwenn.post(&reponse, &[("issue", "refusee"), (&motif, "Une seule association")]).await.mene_a("/declarations");
    mael.get("/poles/declarer").await.montre("Non retenu").montre("Une seule association");
    banc.taches().await;
    assert!(banc.dernier_courriel(MAEL).await.contains("Une seule association"));

    for nom in ["Les Ajoncs", "La Bruyère", "Le Talus"] {
        mael.post("/poles/declarer", &champs(nom, "oui")).await.mene_a("/poles/declarer");
    }
    mael.post("/poles/declarer", &champs("La Lande", "oui")).await
        .refuse("Trois de vos déclarations attendent déjà une réponse");
    let id = id_dans(&mael.get("/poles/declarer").await.texte, "action=\"/declarations/");
    gwenn.post(&format!("/declarations/{id}/retrait"), &[]).await.introuvable();
    mael.post(&format!("/declarations/{id}/retrait"), &[]).await.mene_a("/poles/declarer");
    mael.get("/poles/declarer").await.montre("Retiré");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM declarations WHERE issue IS NULL").await, 2);
});

const DORT: [(&str, &str); 4] = [
    ("etat", "en_sommeil"),
    ("depuis", "2024-03-01"),
    ("motif", "Plus d’activité depuis l’hiver"),
    ("source", "Courrier du pôle"),
];

/// How many poles the census counts, by its file.
async fn recenses(banc: &Banc, le: &str) -> usize {
    let fichier = format!("/recensement/export?liste=recenses&le={le}");
    banc.public().get(&fichier).await.texte.lines().count() - 1
}

parcours!(un_pole_en_sommeil_ne_compte_plus_depuis_ce_jour_et_se_retrouve(banc) {
    let (public, gwenn) = (banc.public(), banc.personne(GWENN).await);
    let rives = banc.pole("Pôle des Rives").await;
    let fiche = format!("/poles/{rives}");
    let sortie = format!("{fiche}/sortie");
    let avant = (inscrits(banc).await, recenses(banc, "2024-02-29").await, recenses(banc, "2024-03-01").await);
    gwenn.get(&fiche).await.montre("Le mettre en sommeil, ou le radier");
    public.get(&fiche).await.tait("Le mettre en sommeil");
    let solene = banc.porteuse().await;
    for autre in [&solene, &banc.personne(PAUL).await] {
        autre.get(&sortie).await.introuvable();
        autre.post(&sortie, &DORT).await.introuvable();
    }
    public.post(&sortie, &DORT).await.demande_a_se_connecter();
    let mut demain = DORT;
    demain[1].1 = "2024-03-27";
    gwenn.post(&sortie, &demain).await.refuse("un jour passé, ou aujourd’hui");
    let mut nommee = DORT;
    nommee[3].1 = "Appel de Solène MARÉE";
    gwenn.post(&sortie, &nommee).await.refuse("n’y nommez personne");
    gwenn.post(&sortie, &DORT).await.mene_a(&fiche);
    gwenn.post(&sortie, &DORT).await.refuse("Ce pôle est déjà sorti du registre.");

    // Its record stays, and says so; its history too.
    public.get(&fiche).await.montre("ce pôle est en sommeil.").montre("Plus d’activité depuis l’hiver")
        .montre("Courrier du pôle").montre("1er mars 2024").tait("Gwenn");
    assert_eq!(inscrits(banc).await, avant.0 - 1);
    public.get("/poles?q=rives").await.tait(&format!("href=\"{fiche}\""));
    public.get("/poles?region=53").await.tait(&format!("href=\"{fiche}\""));
    public.get("/carte?region=53").await.tait(&format!("href=\"{fiche}\""));
    public.get("/poles.atom").await.tait(&rives);
    assert_eq!(recenses(banc, "2024-02-29").await, avant.1, "il comptait encore");
    assert_eq!(recenses(banc, "2024-03-01").await, avant.2 - 1);
    public.get("/poles/sortis").await.montre("Pôle des Rives").montre("En sommeil").montre("01/03/2024");
    public.get("/poles-sortis.csv").await.montre("en_sommeil;2024-03-01").montre(&rives);

    let id = id_dans(&gwenn.get(&sortie).await.texte, "action=\"/sorties/");
    let retour = format!("/sorties/{id}/annulation");
    solene.post(&retour, &[("annulation", "Il vit")]).await.introuvable();
    gwenn.post(&retour, &[("annulation", "")]).await.refuse("Donnez le motif");
    // The keeper of the Charter answers for all of them.
    banc.personne("remi@labo.example").await.post(&retour, &[("annulation", "Le pôle écrit qu’il vit")]).await.mene_a(&fiche);
    gwenn.post(&retour, &[("annulation", "Encore")]).await.refuse("Cette sortie est déjà annulée.");
    public.get(&fiche).await.tait("ce pôle est en sommeil").montre("Annulée depuis").montre("Le pôle écrit qu’il vit");
    assert_eq!((inscrits(banc).await, recenses(banc, "2024-02-29").await, recenses(banc, "2024-03-01").await), avant);
    public.get("/poles?q=rives").await.montre(&format!("href=\"{fiche}\""));
    public.get("/poles/sortis").await.montre("Aucun pôle n’est sorti du registre.");
});

parcours!(un_pole_reel_ne_sort_pas_du_registre_d_une_demonstration(banc) {
    let remi = banc.personne("remi@labo.example").await;
    let reel = banc.pole("La Place des Possibles").await;
    let sortie = format!("/poles/{reel}/sortie");
    remi.get(&sortie).await.montre("Ce pôle existe");
    remi.post(&sortie, &DORT).await.refuse("Ce pôle existe");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM sorties").await, 0);
});

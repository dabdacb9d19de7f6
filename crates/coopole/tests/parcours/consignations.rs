//! What happened before this house: the keeper consigns signatures, the pilot
//! calls won, each says a list was whole, and each may undo it.

use coopole::{
    poles::{self, NouveauPole},
    valeurs,
};
use metier::commun::Region;
use uuid::Uuid;

use crate::{
    banc::{Banc, Visiteur},
    parcours,
};

const SIGNATURES: &str = "/consignations/signature";
const LAUREATS: &str = "/consignations/laureat";
const SOURCE: &str = "Fichier du gardien, mars 2023";
const REEL: &str = "La Place des Possibles";

async fn consigner(
    qui: &Visiteur<'_>,
    liste: &str,
    objet: &str,
    lignes: &str,
) -> crate::banc::Reponse {
    let champs = [("objet", objet), ("source", SOURCE), ("lignes", lignes)];
    qui.post(liste, &champs).await
}

async fn attester(qui: &Visiteur<'_>, liste: &str, jour: &str) -> crate::banc::Reponse {
    let champs = [
        ("jour", jour),
        ("source_liste", SOURCE),
        ("confirmation", "oui"),
    ];
    qui.post(&format!("{liste}/attestation"), &champs).await
}

/// The address where the latest of the page is undone.
async fn annulation(qui: &Visiteur<'_>, liste: &str) -> String {
    let page = qui.get(liste).await;
    let (_, suite) = page
        .texte
        .rsplit_once(&format!("href=\"{liste}/annulation?"))
        .unwrap();
    format!("{liste}/annulation?{}", suite.split_once('"').unwrap().0)
}

parcours!(le_gardien_consigne_une_signature_d_avant_et_chacun_en_lit_la_source(banc) {
    let service = banc.en_service().await;
    let (remi, public) = (service.personne("remi@labo.example").await, service.public());
    remi.get("/charte/gestion").await.montre("Consigner des signatures");
    remi.get(SIGNATURES).await.montre("Rien n’est encore consigné.").montre("Charte du 30 juin 2021");

    // All that is to be mended at once, and nothing written.
    let lignes = format!("{REEL} ; hier\nPersonne ; 12/09/2021\n{REEL} ; 01/06/2021");
    consigner(&remi, SIGNATURES, "2021-06-30", &lignes).await
        .refuse("Ligne 1 : « hier » n’est pas un jour (JJ/MM/AAAA).")
        .refuse("Ligne 2 : aucun pôle du registre n’a ce nom, ce SIRET ou cet identifiant (« Personne »).")
        .refuse("Ligne 3 : rien ne pouvait l’être avant le 30 juin 2021.");
    remi.post(SIGNATURES, &[("lignes", "")]).await
        .refuse("Choisissez ce qui fut signé ou gagné.")
        .refuse("Dites d’où vient cette liste.")
        .refuse("Écrivez au moins une ligne : un pôle et une date.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM consignations").await, 0);

    let ligne = format!("{REEL}\t12/09/2021");
    consigner(&remi, SIGNATURES, "2021-06-30", &ligne).await.mene_a(SIGNATURES);
    consigner(&remi, SIGNATURES, "2021-06-30", &ligne).await
        .refuse("a déjà signé cette version, le 12 septembre 2021.");
    let pole = format!("/poles/{}", banc.pole(REEL).await);
    let fiche = public.get(&pole).await;
    fiche.montre("Charte du 30 juin 2021 : signature du dimanche 12 septembre 2021")
        .montre("consignée d’après : Fichier du gardien, mars 2023");
    let (_, preuve) = fiche.texte.split_once("/charte/signatures/").unwrap();
    let preuve = format!("/charte/signatures/{}", &preuve[..36]);
    public.get(&preuve).await
        .montre("sans code ni empreinte").montre("Consignée d’après : Fichier du gardien, mars 2023.")
        .tait("Code de vérification</");
    for (le, combien) in [("2021-09-11", "0 pôle"), ("2021-09-12", "1 pôle au 12 septembre 2021")] {
        let liste = public.get(&format!("/recensement/poles?liste=signataires&monde=reels&le={le}")).await;
        match combien {
            "0 pôle" => liste.montre("Aucun pôle à cette date."),
            phrase => liste.montre(phrase),
        };
    }

    let annulation = annulation(&remi, SIGNATURES).await;
    remi.get(&annulation).await.montre(REEL).montre(SOURCE);
    remi.post(&annulation, &[("motif", " ")]).await.refuse("Dites pourquoi.");
    remi.post(&annulation, &[("motif", "Erreur de pôle")]).await.mene_a(SIGNATURES);
    remi.post(&annulation, &[("motif", "Encore")]).await.refuse("C’est déjà annulé.");
    remi.get(SIGNATURES).await.montre("Annulée le 26/03/2024").montre("Erreur de pôle");
    public.get(&preuve).await.introuvable();
    public.get("/recensement/poles?liste=signataires&monde=reels").await.montre("Aucun pôle à cette date.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE genre = 'consignation'").await, 2);
});

parcours!(d_une_liste_attestee_complete_les_absents_ne_sont_pas_signataires(banc) {
    let service = banc.en_service().await;
    let (remi, public) = (service.personne("remi@labo.example").await, service.public());
    consigner(&remi, SIGNATURES, "2021-06-30", &format!("{REEL} ; 12/09/2021")).await.mene_a(SIGNATURES);
    attester(&remi, SIGNATURES, "2031-01-01").await.refuse("Cette date n’est pas venue.");
    remi.post(&format!("{SIGNATURES}/attestation"), &[]).await
        .refuse("Donnez le jour auquel la liste est complète.")
        .refuse("Dites d’où vient la liste.")
        .refuse("Confirmez que la liste enregistrée ici est complète.");
    remi.get(SIGNATURES).await.montre("1 pôle est enregistré sur cette liste ; de 74 autres, on ne sait rien");

    attester(&remi, SIGNATURES, "2023-03-27").await.mene_a(SIGNATURES);

    let reels = "/recensement?monde=reels&le=2023-03-27";
    public.get(reels).await
        .montre("Lauréats qui n’ont pas signé la Charte : 21 sur 22, soit 95,5 %.")
        .montre("Liste attestée complète au 27/03/2023 : les signataires de la Charte");
    // Before that day nothing more is known.
    public.get("/recensement?monde=reels&le=2023-03-26").await
        .montre("signature non connue pour").montre(">21 lauréats</a>");
    public.get(&format!("/poles/{}", banc.pole("PTCE Turfu Productions en Val d'Allier").await)).await
        .montre("non signataire selon la liste complète au 27/03/2023 (Fichier du gardien, mars 2023)");
    remi.get("/charte/gestion").await.montre("lauréats n’ont pas signé, sur").tait("non calculable");
    remi.get("/charte/relances?cible=laureats").await.montre("PTCE Turfu Productions en Val d'Allier");
    // The register says who signed; it does not say whether they are laureates.
    public.get(reels).await.montre("22 pôles recensés");

    let annulation = annulation(&remi, SIGNATURES).await;
    let attestation = banc.compter("SELECT COUNT(*) FROM attestations").await;
    assert_eq!(attestation, 1);
    let page = remi.get(SIGNATURES).await;
    let (_, suite) = page.texte.split_once("Complète au").unwrap();
    let (_, suite) = suite.split_once(&format!("{SIGNATURES}/annulation?")).unwrap();
    let la = format!("{SIGNATURES}/annulation?{}", suite.split_once('"').unwrap().0);
    assert_ne!(la, annulation, "la consignation, elle, est plus bas");
    remi.post(&la, &[("motif", "Il en manquait")]).await.mene_a(SIGNATURES);
    public.get(reels).await.montre("signature non connue pour").montre(">21 lauréats</a>");
    remi.get("/charte/relances?cible=laureats").await.tait("PTCE Turfu Productions");
});

parcours!(le_pilote_consigne_les_laureats_et_precise_une_annee(banc) {
    let service = banc.en_service().await;
    let (claire, public) = (service.personne("claire@tresor.example").await, service.public());
    claire.get(LAUREATS).await.montre("AMI d’accompagnement 2021").montre("AMI de financement 2023");
    let (reels, le) = ("/recensement/poles?liste=laureats&monde=reels", "&le=2021-07-19");
    public.get(&format!("{reels}{le}")).await.montre("Aucun pôle à cette date.");
    let pole = format!("/poles/{}", banc.pole(REEL).await);
    consigner(&claire, LAUREATS, "ami-accompagnement", &format!("{REEL} ; 2022")).await
        .refuse("est déjà lauréat de cet appel, en 2021.");

    consigner(&claire, LAUREATS, "ami-accompagnement", &format!("{REEL} ; 19/07/2021")).await.mene_a(LAUREATS);
    public.get(&format!("{reels}{le}")).await.montre("1 pôle au 19 juillet 2021");
    public.get(&pole).await.montre("AMI d’accompagnement 2021, lauréat le lundi 19 juillet 2021");

    let defaire = annulation(&claire, LAUREATS).await;
    claire.post(&defaire, &[("motif", "C’est la date de l’annonce")]).await.mene_a(LAUREATS);
    public.get(&pole).await.montre("AMI d’accompagnement 2021, lauréat en 2021");
    public.get(&format!("{reels}{le}")).await.montre("Aucun pôle à cette date.");

    // Whole, this list makes « the Charter alone » countable.
    let remi = service.personne("remi@labo.example").await;
    let autre = "SELECT COUNT(*) FROM laureats l JOIN poles p ON p.id = l.pole WHERE p.nom = 'Terre commune'";
    assert!(banc.compter(autre).await > 0);
    let (seul,): (String,) = banc.app.db.lecture().await.unwrap()
        .fetch_one(
            "SELECT p.nom FROM poles p WHERE NOT p.invente AND NOT EXISTS
                 (SELECT 1 FROM laureats l WHERE l.pole = p.id AND l.genre = 'accompagnement') ORDER BY p.cle_tri LIMIT 1",
            &[],
        ).await.unwrap();
    consigner(&remi, SIGNATURES, "premiere", &format!("{seul} ; 01/02/2020")).await.mene_a(SIGNATURES);
    let seuls = "/recensement/poles?liste=charte-seule&monde=reels";
    public.get(seuls).await.montre("Aucun pôle à cette date.");
    attester(&claire, LAUREATS, "2023-12-31").await.mene_a(LAUREATS);
    public.get(seuls).await.montre("1 pôle au 26 mars 2024");
});

parcours!(dans_une_demonstration_rien_ne_se_consigne_d_un_pole_reel(banc) {
    let remi = banc.personne("remi@labo.example").await;
    let claire = banc.personne("claire@tresor.example").await;
    consigner(&remi, SIGNATURES, "2021-06-30", &format!("{REEL} ; 12/09/2021")).await
        .refuse("est un pôle réel : une démonstration n’inscrit rien à son sujet.");
    consigner(&claire, LAUREATS, "ami-financement-2023", &format!("{REEL} ; 2023")).await
        .refuse("est un pôle réel");
    consigner(&remi, SIGNATURES, "demonstration", "Terre commune ; 12/09/2021").await
        .refuse("Choisissez ce qui fut signé ou gagné.");
    consigner(&remi, SIGNATURES, "2021-06-30", "Terre commune ; 12/09/2021").await.mene_a(SIGNATURES);
    // Said whole, the lists of a demonstration say nothing of a real pole.
    attester(&remi, SIGNATURES, "2023-03-27").await.mene_a(SIGNATURES);
    attester(&claire, LAUREATS, "2023-03-27").await.mene_a(LAUREATS);
    let public = banc.public();
    public.get("/recensement?monde=reels").await.montre(">75 pôles</a>").montre("non calculable").tait("attestée");
    let pole = banc.pole(REEL).await;
    public.get(&format!("/poles/{pole}")).await.montre("aucune liste publique ne la donne");
});

parcours!(ce_qui_fut_ne_se_consigne_que_par_qui_en_repond(banc) {
    let remi = banc.personne("remi@labo.example").await;
    let claire = banc.personne("claire@tresor.example").await;
    consigner(&remi, SIGNATURES, "2021-06-30", "Terre commune ; 12/09/2021").await.mene_a(SIGNATURES);
    let annulation = annulation(&remi, SIGNATURES).await;
    let public = banc.public();
    for liste in [SIGNATURES, LAUREATS] {
        public.get(liste).await.demande_a_se_connecter();
        consigner(&public, liste, "2021-06-30", "Terre commune ; 2021").await.demande_a_se_connecter();
        attester(&public, liste, "2023-03-27").await.demande_a_se_connecter();
    }
    public.get(&annulation).await.demande_a_se_connecter();
    public.post(&annulation, &[("motif", "m")]).await.demande_a_se_connecter();
    for qui in ["nour@terre.example", "gwenn@cellule-bretagne.example", "jeanne@comite.example", "samir@coopole.example", "etienne@tresor.example"] {
        let autre = banc.personne(qui).await;
        for liste in [SIGNATURES, LAUREATS] {
            autre.get(liste).await.introuvable();
            consigner(&autre, liste, "2021-06-30", "Terre commune ; 2021").await.introuvable();
            attester(&autre, liste, "2023-03-27").await.introuvable();
        }
        autre.get(&annulation).await.introuvable();
        autre.post(&annulation, &[("motif", "m")]).await.introuvable();
    }
    // Each its own: the pilot does not keep the Charter, nor its keeper the calls.
    claire.get(SIGNATURES).await.introuvable();
    attester(&claire, SIGNATURES, "2023-03-27").await.introuvable();
    claire.post(&annulation, &[("motif", "m")]).await.introuvable();
    remi.get(LAUREATS).await.introuvable();
    consigner(&remi, LAUREATS, "ami-accompagnement", "Terre commune ; 2021").await.introuvable();
    remi.get(&annulation.replace("signature/", "laureat/")).await.introuvable();
    claire.get(&annulation.replace("signature/", "laureat/")).await.introuvable();
    remi.get("/consignations/autre").await.introuvable();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM attestations").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM consignations WHERE annulee_le IS NULL").await, 1);
});

parcours!(une_liste_consignee_s_annule_d_un_acte_et_sa_source_ne_donne_pas_d_adresse(banc) {
    let service = banc.en_service().await;
    let (remi, public) = (service.personne("remi@labo.example").await, service.public());
    let lignes = format!("{REEL} ; 12/09/2021\nÉmergence Hénin-Carvin ; 13/09/2021\n\
                          PTCE Turfu Productions en Val d'Allier ; 14/09/2021");
    let publique = [("objet", "2021-06-30"), ("source", "Écrivez à a@b.example"), ("lignes", &lignes)];
    remi.post(SIGNATURES, &publique).await.refuse("n’y laissez pas d’adresse de courriel");
    consigner(&remi, SIGNATURES, "2021-06-30", &lignes).await.mene_a(SIGNATURES);
    remi.get(SIGNATURES).await.montre("3 consignations affichées");

    // One line goes alone; the others, together.
    let une = annulation(&remi, SIGNATURES).await;
    remi.get(&une).await.montre("Elle fut inscrite avec 2 autres.");
    remi.post(&une, &[("motif", "Erreur de pôle")]).await.mene_a(SIGNATURES);
    remi.get(&une).await.tait("Annuler toute la liste");
    let (objet,): (Uuid,) = service.app.db.lecture().await.unwrap()
        .fetch_one("SELECT DISTINCT liste FROM consignations", &[]).await.unwrap();
    let liste = format!("{SIGNATURES}/annulation?objet={objet}");
    remi.get(&liste).await.montre("Annuler une liste consignée").montre("Lignes qui valent encore").montre(SOURCE);
    remi.post(&liste, &[("motif", "")]).await.refuse("Dites pourquoi.");
    remi.post(&liste, &[("motif", "Voir a@b.example")]).await.refuse("n’y laissez pas d’adresse de courriel");

    // What changed since is named, and nothing is undone.
    let mut tx = service.app.db.begin().await.unwrap();
    tx.execute("UPDATE signatures_charte SET retiree_le = signee_le", &[]).await.unwrap();
    tx.commit().await.unwrap();
    remi.post(&liste, &[("motif", "Mauvaise liste")]).await
        .refuse("ce que cette consignation avait écrit a changé depuis")
        .refuse("Lignes qui valent encore");
    assert_eq!(service.compter("SELECT COUNT(*) FROM consignations WHERE annulee_le IS NULL").await, 2);
    let mut tx = service.app.db.begin().await.unwrap();
    tx.execute("UPDATE signatures_charte SET retiree_le = NULL", &[]).await.unwrap();
    tx.commit().await.unwrap();

    service.public().post(&liste, &[("motif", "m")]).await.demande_a_se_connecter();
    let claire = service.personne("claire@tresor.example").await;
    claire.post(&liste, &[("motif", "m")]).await.introuvable();
    remi.get(&liste.replace("signature/", "laureat/")).await.introuvable();
    remi.post(&liste, &[("motif", "Mauvaise liste")]).await.mene_a(SIGNATURES);
    remi.post(&liste, &[("motif", "Encore")]).await.refuse("C’est déjà annulé.");
    remi.get(SIGNATURES).await.montre("Mauvaise liste").montre("Erreur de pôle").tait(">Annuler</a>");
    let reelles = "SELECT COUNT(*) FROM signatures_charte s JOIN poles p ON p.id = s.pole WHERE NOT p.invente";
    assert_eq!(service.compter(reelles).await, 0);
    assert_eq!(service.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'annulation'").await, 2);
    public.get("/recensement/poles?liste=signataires&monde=reels").await.montre("Aucun pôle à cette date.");
});

/// Two invented records that signed on these two days, as the keeper consigned
/// it, and that are one pole since.
async fn fondus(banc: &Banc, noms: [&str; 2]) -> [Uuid; 2] {
    let mut tx = banc.app.db.begin().await.unwrap();
    let mut ids = Vec::new();
    for nom in noms {
        let pole = NouveauPole {
            nom: nom.to_owned(),
            porteuse: None,
            commune: None,
            code_commune: None,
            departement: None,
            region: Some(Region::Bretagne),
            themes: String::new(),
            source: None,
            invente: true,
        };
        ids.push(poles::create(&mut tx, &pole).await.unwrap());
    }
    tx.commit().await.unwrap();
    let remi = banc.personne("remi@labo.example").await;
    let lignes = format!("{} ; 12/09/2021\n{} ; 14/09/2021", ids[0], ids[1]);
    consigner(&remi, SIGNATURES, "2021-06-30", &lignes)
        .await
        .mene_a(SIGNATURES);
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    let doublon = format!("/doublons/{}/{}", ids[0], ids[1]);
    gwenn
        .post(&doublon, &[("motif", "Un seul pôle")])
        .await
        .mene_a("/poles/");
    [ids[0], ids[1]]
}

/// The days on which this record signed, by a signature that stands.
async fn jours(banc: &Banc, pole: Uuid) -> Vec<String> {
    let mut base = banc.app.db.lecture().await.unwrap();
    let lignes: Vec<(i64,)> = base
        .fetch_all(
            "SELECT signee_le FROM signatures_charte WHERE pole = $1 AND retiree_le IS NULL",
            &valeurs![pole],
        )
        .await
        .unwrap();
    let jour = |(ms,): (i64,)| jiff::Timestamp::from_millisecond(ms).unwrap();
    let jours = lignes.into_iter().map(jour);
    jours
        .map(|le| metier::commun::temps::jour_de(le).to_string())
        .collect()
}

/// Undoes what was consigned of that record on that day.
async fn annuler(banc: &Banc, noms: &'static str, moment: &'static str) {
    let (id,): (Uuid,) = banc
        .app
        .db
        .lecture()
        .await
        .unwrap()
        .fetch_one(
            "SELECT c.id FROM consignations c JOIN poles p ON p.id = c.pole
             WHERE p.nom = $1 AND c.moment = $2",
            &valeurs![noms, moment],
        )
        .await
        .unwrap();
    let remi = banc.personne("remi@labo.example").await;
    let adresse = format!("{SIGNATURES}/annulation?objet={id}");
    remi.post(&adresse, &[("motif", "Erreur de source")])
        .await
        .mene_a(SIGNATURES);
}

parcours!(une_signature_doublee_prend_la_place_de_celle_qui_n_aurait_pas_du_etre_consignee(banc) {
    let [garde, fondu] = fondus(banc, ["Moulin des Vents", "PTCE Moulin des Vents"]).await;
    assert_eq!(jours(banc, garde).await, ["2021-09-12"], "la plus ancienne compte");
    annuler(banc, "Moulin des Vents", "2021-09-12").await;
    assert_eq!(jours(banc, garde).await, ["2021-09-14"], "l’autre prend sa place");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM signatures_doublees").await, 0);
    banc.public().get(&format!("/poles/{garde}")).await.montre("signature du mardi 14 septembre 2021");
    // The merge undone, each record has what was said of it.
    let (fusion,): (Uuid,) = banc.app.db.lecture().await.unwrap()
        .fetch_one("SELECT id FROM fusions", &[]).await.unwrap();
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    gwenn.post(&format!("/fusions/{fusion}/annulation"), &[(&format!("motif-{fusion}"), "Deux moulins")]).await
        .mene_a("/doublons/");
    assert_eq!(jours(banc, garde).await, [""; 0]);
    assert_eq!(jours(banc, fondu).await, ["2021-09-14"]);

    // The one that did not count may go as well: nothing else moves.
    let [garde, _] = fondus(banc, ["Halle aux Grains", "PTCE Halle aux Grains"]).await;
    annuler(banc, "Halle aux Grains", "2021-09-14").await;
    assert_eq!(jours(banc, garde).await, ["2021-09-12"]);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM signatures_doublees").await, 0);
    banc.public().get(&format!("/poles/{garde}")).await.montre("signature du dimanche 12 septembre 2021");
});

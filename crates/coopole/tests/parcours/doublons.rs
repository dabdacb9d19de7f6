//! Two records of one pole: found, compared, merged without losing anything,
//! put back; or told apart for good.

use coopole::{
    comptes::store as comptes,
    poles::{self, NouveauPole, NouvelleStructure},
    socle::alea,
    valeurs,
};
use metier::{campagnes::Genre, commun::Region};
use uuid::Uuid;

use crate::{
    banc::Banc,
    parcours,
    remplissage::brouillon,
    tresor::{ECARTE, INSTANT, Table, decider_et_programmer},
};

const GWENN: &str = "gwenn@cellule-bretagne.example";
const KELIA: &str = "kelia@cellule-reunion.example";
const MAEL: &str = "mael@chenal.example";
const VERSION: &str = "2021-06-30";

struct Fiche {
    nom: &'static str,
    siret: Option<&'static str>,
    commune: &'static str,
    signee_le: &'static str,
    invente: bool,
}

const CHENAL: Fiche = Fiche {
    nom: "Pôle du Chenal",
    siret: None,
    commune: "29151",
    signee_le: "2021-09-01T10:00:00Z",
    invente: true,
};
const AUTRE_CHENAL: Fiche = Fiche {
    nom: "PTCE Chenal",
    signee_le: "2021-07-05T10:00:00Z",
    ..CHENAL
};

async fn fiche(banc: &Banc, fiche: &Fiche) -> Uuid {
    let mut tx = banc.app.db.begin().await.unwrap();
    let structure = NouvelleStructure {
        nom: format!("Structure {}", fiche.nom),
        forme: Some("association".into()),
        qualite_ess: Some("de_droit"),
        siret: fiche.siret.map(str::to_owned),
        commune: None,
        code_commune: Some(fiche.commune.into()),
        region: Some(Region::Bretagne),
    };
    let porteuse = poles::create_structure(&mut tx, &structure).await.unwrap();
    let pole = NouveauPole {
        nom: fiche.nom.into(),
        porteuse: Some(porteuse),
        commune: Some("Morlaix".into()),
        code_commune: Some(fiche.commune.into()),
        departement: None,
        region: Some(Region::Bretagne),
        themes: String::new(),
        source: (!fiche.invente).then(|| "Une page".into()),
        invente: fiche.invente,
    };
    let id = poles::create(&mut tx, &pole).await.unwrap();
    if fiche.invente {
        let le = fiche.signee_le.parse().unwrap();
        poles::record_signature(&mut tx, id, VERSION, le)
            .await
            .unwrap();
        poles::record_laureat(
            &mut tx,
            id,
            "ami-accompagnement",
            Genre::Accompagnement,
            None,
        )
        .await
        .unwrap();
        let aide = poles::AideVersee {
            pole: id,
            siren: Some("900000019"),
            campagne: "ami-financement-2021",
            montant: metier::commun::Montant::euros(100_000),
        };
        poles::record_aide(&mut tx, &aide, le).await.unwrap();
    }
    tx.commit().await.unwrap();
    id
}

/// Two records of one invented pole: the first is the oldest.
async fn chenaux(banc: &Banc) -> (Uuid, Uuid) {
    (fiche(banc, &CHENAL).await, fiche(banc, &AUTRE_CHENAL).await)
}

/// Somebody in the team of a pole.
async fn dans_l_equipe(banc: &Banc, pole: Uuid, courriel: &str, qualite: &str) {
    let mut tx = banc.app.db.begin().await.unwrap();
    let le = banc.app.horloge.now();
    if comptes::find_by_courriel(&mut tx, courriel)
        .await
        .unwrap()
        .is_none()
    {
        comptes::create(&mut tx, courriel, "Maël Chenal", le)
            .await
            .unwrap();
    }
    tx.execute(
        "INSERT INTO habilitations (id, compte, role, qualite, pole, du)
         SELECT $1, id, 'porteur', $2, $3, 0 FROM comptes WHERE courriel = $4",
        &valeurs![alea::id(), qualite, pole, courriel],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn compter(banc: &Banc, sql: &'static str, pole: Uuid) -> i64 {
    banc.app
        .db
        .lecture()
        .await
        .unwrap()
        .compter(sql, &valeurs![pole])
        .await
        .unwrap()
}

fn comparer(garde: Uuid, fondu: Uuid) -> String {
    format!("/doublons/{garde}/{fondu}")
}

/// The act that undoes the latest merge, and the name of its reason.
fn defaire(texte: &str) -> (String, String) {
    let acte = texte
        .split('"')
        .find(|morceau| morceau.starts_with("/fusions/"))
        .expect("une fusion à défaire");
    let id = acte.split('/').nth(2).unwrap();
    (acte.to_owned(), format!("motif-{id}"))
}

parcours!(deux_fiches_qui_se_ressemblent_sont_proposees_a_qui_en_repond(banc) {
    let gwenn = banc.personne(GWENN).await;
    gwenn.get("/doublons").await.montre("Aucune fiche ne ressemble à une autre.");
    let (garde, fondu) = chenaux(banc).await;
    let page = comparer(garde, fondu);

    gwenn.get("/doublons").await
        .montre("1 paire de fiches se ressemble").montre("même nom, même département").montre("PTCE Chenal");
    gwenn.get(&page).await.montre("Fusionner ces deux fiches").montre("Structure PTCE Chenal");
    for national in ["claire@tresor.example", "remi@labo.example"] {
        let national = banc.personne(national).await;
        national.get("/doublons").await.montre("PTCE Chenal");
        national.get(&page).await.montre("Fusionner");
    }

    banc.public().get("/doublons").await.demande_a_se_connecter();
    banc.public().get(&page).await.demande_a_se_connecter();
    let kelia = banc.personne(KELIA).await;
    assert!(!kelia.get("/doublons").await.texte.contains("Chenal"));
    let bastien = banc.personne("bastien@atelier.example").await;
    bastien.get("/doublons").await.introuvable();
    for autre in [&kelia, &bastien] {
        autre.get(&page).await.introuvable();
        for acte in ["", "/distinction", "/rapprochement"] {
            autre.post(&format!("{page}{acte}"), &[("motif", "x"), ("pourquoi", "x")]).await.introuvable();
        }
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM fusions").await, 0);
});

parcours!(une_fusion_garde_tout_et_l_adresse_mene_a_la_fiche_gardee(banc) {
    let (garde, fondu) = chenaux(banc).await;
    dans_l_equipe(banc, fondu, MAEL, "responsable").await;
    dans_l_equipe(banc, garde, MAEL, "lecteur").await;
    let mael = banc.personne(MAEL).await;
    let dossier = brouillon(banc, &mael, "PTCE Chenal").await;
    for (pole, site) in [(garde, "https://un.example"), (fondu, "https://deux.example")] {
        let champs = [("valeur", site), ("source", "Le pôle")];
        banc.personne(GWENN).await.post(&format!("/poles/{pole}/corrections/site"), &champs).await
            .mene_a("/poles/");
    }
    let champs = [("valeur", "oui"), ("source", "Le pôle")];
    mael.post(&format!("/poles/{fondu}/corrections/rural"), &champs).await.mene_a("/poles/");
    let fiches = banc.compter("SELECT COUNT(*) FROM fiches").await;

    let (gwenn, public) = (banc.personne(GWENN).await, banc.public());
    let page = comparer(garde, fondu);
    let choix = [("nom", "gardee"), ("site", "autre"), ("porteuse", "autre"), ("motif", "")];
    gwenn.post(&page, &choix).await.refuse("Donnez le motif");
    let choix = [("nom", "gardee"), ("site", "autre"), ("porteuse", "autre"), ("motif", "Un seul pôle, deux listes")];
    gwenn.post(&page, &choix).await.mene_a(&format!("/poles/{garde}"));

    // One record, the values chosen, both histories, and the old address.
    let ailleurs = public.get(&format!("/poles/{fondu}")).await;
    assert_eq!(ailleurs.statut.as_u16(), 301);
    assert_eq!(ailleurs.entetes["location"], format!("/poles/{garde}").as_str());
    let anglaise = public.get(&format!("/en/poles/{fondu}")).await;
    assert_eq!(anglaise.entetes["location"], format!("/en/poles/{garde}").as_str());
    public.get(&format!("/poles/{garde}")).await
        .montre("href=\"https://deux.example\"").montre("Structure PTCE Chenal")
        .montre("Fusion avec « PTCE Chenal »").montre("Un seul pôle, deux listes").montre("Avant la fusion");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM fiches").await, fiches - 1);
    for liste in ["/poles?q=chenal", "/poles.csv?q=chenal", "/poles.geojson?q=chenal", "/carte?q=chenal",
                  "/recensement/poles?region=53", "/regions/53", "/charte/signataires"] {
        let lue = public.get(liste).await;
        lue.montre("Chenal");
        assert!(!lue.texte.contains("PTCE Chenal<") && !lue.texte.contains("\"PTCE Chenal\""), "{liste}");
    }
    gwenn.get(&format!("/poles/{fondu}/corrections")).await.introuvable();
    gwenn.get("/doublons").await.montre("Aucune fiche ne ressemble");
    gwenn.post(&page, &choix).await.introuvable();

    // Every link followed; what stood twice stands once.
    mael.get(&dossier).await.montre("Pôle du Chenal");
    for (table, combien) in [
        ("SELECT COUNT(*) FROM dossiers WHERE pole = $1", 1),
        ("SELECT COUNT(*) FROM aides WHERE pole = $1", 2),
        ("SELECT COUNT(*) FROM laureats WHERE pole = $1", 1),
        ("SELECT COUNT(*) FROM signatures_charte WHERE pole = $1", 1),
        ("SELECT COUNT(*) FROM signatures_doublees WHERE pole = $1", 1),
        ("SELECT COUNT(*) FROM signatures_charte WHERE pole = $1 AND retiree_le IS NULL", 1),
        ("SELECT COUNT(*) FROM habilitations WHERE pole = $1 AND au IS NULL AND qualite = 'responsable'", 1),
        ("SELECT COUNT(*) FROM habilitations WHERE pole = $1 AND au IS NULL", 1),
        ("SELECT COUNT(*) FROM corrections WHERE pole = $1 AND sort IS NULL", 1),
    ] {
        assert_eq!(compter(banc, table, garde).await, combien, "{table}");
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'fusion'").await, 2);

    // Undone: each has its own again.
    let (acte, motif) = defaire(&gwenn.get("/doublons").await.texte);
    for autre in [KELIA, MAEL] {
        banc.personne(autre).await.post(&acte, &[(&motif, "x")]).await.introuvable();
    }
    gwenn.post(&acte, &[]).await.refuse("Donnez le motif");
    gwenn.post(&acte, &[(&motif, "Ce sont deux lieux")]).await.mene_a("/doublons/");
    gwenn.post(&acte, &[(&motif, "encore")]).await.refuse("déjà défaite");
    public.get(&format!("/poles/{fondu}")).await.montre("https://deux.example").montre("PTCE Chenal");
    public.get(&format!("/poles/{garde}")).await
        .montre("https://un.example").montre("Structure Pôle du Chenal").montre("Ce sont deux lieux");
    public.get("/poles?q=ptce+chenal").await.montre("PTCE Chenal");
    for (table, combien) in [
        ("SELECT COUNT(*) FROM dossiers WHERE pole = $1", 1),
        ("SELECT COUNT(*) FROM aides WHERE pole = $1", 1),
        ("SELECT COUNT(*) FROM laureats WHERE pole = $1", 1),
        ("SELECT COUNT(*) FROM signatures_charte WHERE pole = $1 AND retiree_le IS NULL", 1),
        ("SELECT COUNT(*) FROM habilitations WHERE pole = $1 AND au IS NULL AND qualite = 'responsable'", 1),
        ("SELECT COUNT(*) FROM corrections WHERE pole = $1 AND sort IS NULL", 1),
    ] {
        assert_eq!(compter(banc, table, fondu).await, combien, "{table}");
    }
    let lecture = "SELECT COUNT(*) FROM habilitations WHERE pole = $1 AND au IS NULL AND qualite = 'lecteur'";
    assert_eq!(compter(banc, lecture, garde).await, 1);
});

parcours!(une_fusion_ne_se_defait_plus_une_fois_que_la_fiche_a_vecu(banc) {
    let (garde, fondu) = chenaux(banc).await;
    let gwenn = banc.personne(GWENN).await;
    gwenn.post(&comparer(garde, fondu), &[("motif", "Un seul pôle")]).await.mene_a("/poles/");
    let champs = [("valeur", "oui"), ("source", "Le pôle")];
    gwenn.post(&format!("/poles/{garde}/corrections/rural"), &champs).await.mene_a("/poles/");
    dans_l_equipe(banc, garde, MAEL, "responsable").await;

    let (acte, motif) = defaire(&gwenn.get("/doublons").await.texte);
    gwenn.post(&acte, &[(&motif, "erreur")]).await
        .refuse("La fiche gardée a changé depuis la fusion : Territoire rural.")
        .refuse("une personne dans son équipe");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE fusionne_dans IS NULL AND nom = 'PTCE Chenal'").await, 0);
});

parcours!(deux_fiches_distinguees_ne_sont_plus_proposees(banc) {
    let (garde, fondu) = chenaux(banc).await;
    let gwenn = banc.personne(GWENN).await;
    let acte = format!("{}/distinction", comparer(garde, fondu));
    gwenn.post(&acte, &[]).await.refuse("Donnez le motif");
    gwenn.post(&acte, &[("pourquoi", "L’un est à l’est, l’autre à l’ouest")]).await.mene_a("/doublons");
    gwenn.post(&acte, &[("pourquoi", "encore")]).await.refuse("Il est déjà dit");
    gwenn.get("/doublons").await
        .montre("Aucune fiche ne ressemble").montre("Le motif : L’un est à l’est");
    let revoir = format!("{}/rapprochement", comparer(fondu, garde));
    gwenn.post(&revoir, &[]).await.mene_a("/doublons/");
    gwenn.get("/doublons").await.montre("1 paire de fiches se ressemble");
});

parcours!(ni_le_reel_ni_deux_dossiers_d_un_appel_ne_se_fusionnent(banc) {
    let (garde, fondu) = chenaux(banc).await;
    let reel = fiche(banc, &Fiche { nom: "Chenal réel", invente: false, ..CHENAL }).await;
    let autre_reel = fiche(banc, &Fiche { nom: "PTCE Chenal réel", invente: false, ..CHENAL }).await;
    let gwenn = banc.personne(GWENN).await;
    assert!(!gwenn.get("/doublons").await.texte.contains("réel"));
    gwenn.post(&comparer(garde, reel), &[("motif", "x")]).await.refuse("ce sont deux pôles");
    gwenn.post(&comparer(reel, autre_reel), &[("motif", "x")]).await.refuse("Ces pôles existent");
    gwenn.post(&comparer(garde, garde), &[("motif", "x")]).await.refuse("une seule et même fiche");
    gwenn.post(&comparer(garde, Uuid::nil()), &[("motif", "x")]).await.introuvable();
    gwenn.get("/doublons/rien/rien").await.introuvable();

    deux_dossiers(banc, garde, fondu).await;
    gwenn.post(&comparer(garde, fondu), &[("motif", "x")]).await
        .refuse("ont chacun un dossier sur un appel encore ouvert");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM fusions").await, 0);
});

/// A draft of each on the open call; their addresses.
async fn deux_dossiers(banc: &Banc, garde: Uuid, fondu: Uuid) -> [String; 2] {
    let mut dossiers = Vec::new();
    for (pole, nom) in [(garde, "Pôle du Chenal"), (fondu, "PTCE Chenal")] {
        dans_l_equipe(banc, pole, MAEL, "responsable").await;
        dossiers.push(brouillon(banc, &banc.personne(MAEL).await, nom).await);
    }
    dossiers.try_into().unwrap()
}

parcours!(deux_dossiers_d_un_appel_ouvert_se_fusionnent_des_que_l_un_est_retire(banc) {
    let (garde, fondu) = chenaux(banc).await;
    let [_, en_trop] = deux_dossiers(banc, garde, fondu).await;
    let gwenn = banc.personne(GWENN).await;
    gwenn.post(&comparer(garde, fondu), &[("motif", "x")]).await.refuse("retirer le sien, à la page du dossier");
    banc.personne(MAEL).await.post(&format!("{en_trop}/retrait"), &[("confirmation", "oui")]).await.mene_a(&en_trop);
    gwenn.post(&comparer(garde, fondu), &[("motif", "Un seul pôle")]).await.mene_a(&format!("/poles/{garde}"));
    assert_eq!(compter(banc, "SELECT COUNT(*) FROM dossiers WHERE pole = $1", garde).await, 2);
});

parcours!(deux_brouillons_jamais_deposes_n_empechent_plus_rien_apres_la_cloture(banc) {
    let (garde, fondu) = chenaux(banc).await;
    let dossiers = deux_dossiers(banc, garde, fondu).await;
    banc.il_est("2024-05-30T09:00:00+02:00");
    let (gwenn, mael) = (banc.personne(GWENN).await, banc.personne(MAEL).await);
    gwenn.post(&comparer(garde, fondu), &[("motif", "Un seul pôle")]).await.mene_a(&format!("/poles/{garde}"));
    for dossier in &dossiers {
        mael.get(dossier).await.montre("Pôle du Chenal");
    }
    let (acte, motif) = defaire(&gwenn.get("/doublons").await.texte);
    gwenn.post(&acte, &[(&motif, "Ce sont deux lieux")]).await.mene_a("/doublons/");
    mael.get(&dossiers[1]).await.montre("PTCE Chenal");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM dossiers WHERE venu_par IS NOT NULL").await, 0);
});

parcours!(deux_dossiers_deposes_attendent_la_notification(banc) {
    let (garde, fondu) = chenaux(banc).await;
    deux_dossiers(banc, garde, fondu).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE dossiers SET depose_le = ouvert_le", &[]).await.unwrap();
    tx.commit().await.unwrap();
    banc.il_est("2024-05-30T09:00:00+02:00");
    let gwenn = banc.personne(GWENN).await;
    gwenn.post(&comparer(garde, fondu), &[("motif", "x")]).await
        .refuse("dont la décision n’est pas notifiée").refuse("Attendez la notification");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM fusions").await, 0);
});

parcours!(une_fiche_deja_fondue_se_fond_encore_et_son_adresse_suit(banc) {
    let (garde, fondu) = chenaux(banc).await;
    let troisieme = fiche(banc, &Fiche { nom: "Le Chenal", ..CHENAL }).await;
    let gwenn = banc.personne(GWENN).await;
    gwenn.post(&comparer(garde, fondu), &[("motif", "Un seul pôle")]).await.mene_a("/poles/");
    let (premiere, motif) = defaire(&gwenn.get("/doublons").await.texte);
    gwenn.post(&comparer(troisieme, garde), &[("motif", "Un seul pôle <b>")]).await.mene_a("/poles/");
    gwenn.post(&premiere, &[(&motif, "erreur")]).await.refuse("fusionnée avec une autre");

    let suivante = banc.public().get(&format!("/poles/{fondu}")).await;
    assert_eq!(suivante.entetes["location"], format!("/poles/{garde}").as_str());
    let suivante = banc.public().get(&format!("/poles/{garde}")).await;
    assert_eq!(suivante.entetes["location"], format!("/poles/{troisieme}").as_str());
    banc.public().get(&format!("/poles/{troisieme}")).await.montre("Un seul pôle &lt;b&gt;");
    assert_eq!(compter(banc, "SELECT COUNT(*) FROM aides WHERE pole = $1", troisieme).await, 3);
});

async fn ecrire(banc: &Banc, sql: &'static str, pole: Uuid) {
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(sql, &valeurs![pole]).await.unwrap();
    tx.commit().await.unwrap();
}

parcours!(une_signature_doublee_par_une_fusion_n_est_pas_dite_retiree(banc) {
    let (garde, fondu) = chenaux(banc).await;
    let (gwenn, public) = (banc.personne(GWENN).await, banc.public());
    let signataires = banc.compter("SELECT COUNT(DISTINCT pole) FROM signatures_charte WHERE retiree_le IS NULL").await;
    gwenn.post(&comparer(garde, fondu), &[("motif", "Un seul pôle")]).await.mene_a("/poles/");
    let fiche = public.get(&format!("/poles/{garde}")).await;
    fiche.montre("même pôle, signature doublée").tait("retirée le");
    public.get(&format!("/en/poles/{garde}")).await.montre("same cluster, signed twice").tait("withdrawn");
    let preuves: Vec<&str> = fiche.texte.split('"').filter(|m| m.starts_with("/charte/signatures/")).collect();
    let [premiere, doublee] = preuves[..] else { panic!("{preuves:?}") };
    public.get(premiere).await.montre("Signée");
    public.get(doublee).await.montre("Doublée").montre(premiere).tait("Retirée");
    public.get("/charte/signataires").await.tait("septembre 2021").tait("01/09/2021").montre("05/07/2021");
    assert_eq!(banc.compter("SELECT COUNT(DISTINCT pole) FROM signatures_charte WHERE retiree_le IS NULL").await, signataires - 1);
    // Whoever answers for the pole withdraws the one that stands, never its double.
    dans_l_equipe(banc, garde, MAEL, "responsable").await;
    let mael = banc.personne(MAEL).await;
    mael.get(&format!("{premiere}/retrait")).await.montre("Retirer la signature");
    mael.get(&format!("{doublee}/retrait")).await.introuvable();
    mael.post(&format!("{doublee}/retrait"), &[("confirmation", "oui")]).await.introuvable();
});

parcours!(la_signature_prouvee_est_celle_qui_reste(banc) {
    let (garde, fondu) = chenaux(banc).await;
    ecrire(
        banc,
        "INSERT INTO preuves_charte (signature, code, faits, par)
         SELECT s.id, 'K7QM3D2FXA', 'coopole signature 1
version=2021-06-30
texte=ab
nom=Pôle des Chenaux
personne=Solène Marée
fonction=présidente
mandat=representation
reference=
signee_le=2021-07-05T08:00:00Z
', c.id
         FROM signatures_charte s, comptes c
         WHERE s.pole = $1 AND c.courriel = 'solene@rives.example'",
        garde,
    )
    .await;
    let gwenn = banc.personne(GWENN).await;
    gwenn.post(&comparer(garde, fondu), &[("motif", "Un seul pôle")]).await.mene_a("/poles/");
    let debout = "SELECT COUNT(*) FROM signatures_charte s JOIN preuves_charte p ON p.signature = s.id WHERE s.pole = $1";
    assert_eq!(compter(banc, debout, garde).await, 1);
    let (acte, motif) = defaire(&gwenn.get("/doublons").await.texte);
    gwenn.post(&acte, &[(&motif, "Deux pôles")]).await.mene_a("/doublons/");
    for pole in [garde, fondu] {
        assert_eq!(compter(banc, "SELECT COUNT(*) FROM signatures_charte WHERE pole = $1", pole).await, 1);
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM signatures_doublees").await, 0);
});

parcours!(un_appel_gagne_deux_fois_garde_sa_premiere_date_connue(banc) {
    let (garde, fondu) = chenaux(banc).await;
    ecrire(banc, "UPDATE laureats SET le = 1638403200000 WHERE pole = $1", fondu).await;
    let date = "SELECT COUNT(*) FROM laureats WHERE pole = $1 AND le = 1638403200000 AND annee_du IS NULL";
    let gwenn = banc.personne(GWENN).await;
    // Undated, then known by its year alone: the day is carried over, and given back.
    for (avant, reste) in [
        ("UPDATE laureats SET le = NULL WHERE pole = $1",
         "SELECT COUNT(*) FROM laureats WHERE pole = $1 AND le IS NULL AND annee_du IS NULL"),
        ("UPDATE laureats SET annee_du = 1609455600000, annee_au = 1640991599999 WHERE pole = $1",
         "SELECT COUNT(*) FROM laureats WHERE pole = $1 AND le IS NULL AND annee_au = 1640991599999"),
    ] {
        ecrire(banc, avant, garde).await;
        gwenn.post(&comparer(garde, fondu), &[("motif", "Un seul pôle")]).await.mene_a("/poles/");
        assert_eq!(compter(banc, date, garde).await, 1, "{avant}");
        banc.public().get(&format!("/poles/{garde}")).await.montre("lauréat le jeudi 2 décembre 2021");
        let (acte, motif) = defaire(&gwenn.get("/doublons").await.texte);
        gwenn.post(&acte, &[(&motif, "Deux pôles")]).await.mene_a("/doublons/");
        assert_eq!(compter(banc, reste, garde).await, 1, "{avant}");
        assert_eq!(compter(banc, date, fondu).await, 1, "{avant}");
    }
});

parcours!(ce_qui_fut_remis_en_place_depuis_n_empeche_pas_de_defaire(banc) {
    let (garde, fondu) = chenaux(banc).await;
    let gwenn = banc.personne(GWENN).await;
    let page = format!("/poles/{garde}");
    let champs = [("valeur", "https://deux.example"), ("source", "Le pôle")];
    gwenn.post(&format!("/poles/{fondu}/corrections/site"), &champs).await.mene_a("/poles/");
    gwenn.post(&comparer(garde, fondu), &[("site", "autre"), ("motif", "Un seul pôle")]).await.mene_a(&page);
    let (acte, motif) = defaire(&gwenn.get("/doublons").await.texte);

    let annuler = async || {
        let texte = gwenn.get(&page).await.texte;
        let derniere = texte.split('"').find(|m| m.starts_with("/modifications/")).unwrap().to_owned();
        gwenn.post(&derniere, &[("motif", "Erreur")]).await.mene_a(&page);
    };
    let champs = [("valeur", "oui"), ("source", "Le pôle")];
    gwenn.post(&format!("{page}/corrections/rural"), &champs).await.mene_a(&page);
    gwenn.post(&acte, &[(&motif, "x")]).await.refuse("La fiche gardée a changé depuis la fusion : Territoire rural.");
    annuler().await;
    // What the merge itself took is put back by hand, too.
    let historique = gwenn.get(&format!("{page}/historique")).await;
    historique.montre("Source : Le pôle, le ");
    let du_site = historique.texte.split("<li>").find(|li| li.contains("Un seul pôle")).unwrap();
    let du_site = du_site.split('"').find(|m| m.starts_with("/modifications/")).unwrap();
    gwenn.post(du_site, &[("motif", "Pas le bon site")]).await.mene_a(&page);

    gwenn.post(&acte, &[(&motif, "Deux pôles")]).await.mene_a("/doublons/");
    banc.public().get(&page).await.tait("href=\"https://deux.example\"");
    banc.public().get(&format!("/poles/{fondu}")).await.montre("href=\"https://deux.example\"");
});

parcours!(apres_la_notification_une_fusion_mene_a_chacun_ce_qui_fut_decide(banc) {
    let table = Table::dresser(banc).await;
    decider_et_programmer(banc, &table).await;
    banc.il_est(INSTANT);
    banc.taches().await;
    let decision = |pole| format!("/dossiers/{}/decision", table.dossier(pole));
    let [rives, terre] = ["Pôle des Rives", ECARTE].map(|nom| banc.pole(nom));
    let (rives, terre): (Uuid, Uuid) = (rives.await.parse().unwrap(), terre.await.parse().unwrap());
    let retenu = "Votre dossier est retenu. L’aide est de 100 000 €.";
    let motif = "E2 : La Charte n’est pas signée.";
    const NOUR: &str = "nour@terre.example";
    banc.porteuse().await.get(&decision(ECARTE)).await.introuvable();

    // The laureate and the one that was not retained were one pole: its team has
    // both decisions, with their reasons; the call has as many laureates.
    let gwenn = banc.personne(GWENN).await;
    gwenn.post(&comparer(rives, terre), &[("motif", "Un seul pôle")]).await.mene_a(&format!("/poles/{rives}"));
    for qui in [banc.porteuse().await, banc.personne(NOUR).await] {
        qui.get(&decision("Pôle des Rives")).await.montre(retenu);
        qui.get(&decision(ECARTE)).await.montre(motif).montre("Non remplie");
    }
    let laureat = "Financer le développement (2024)</a>, lauréat le jeudi 26 septembre 2024";
    let public = banc.public();
    public.get(&format!("/poles/{rives}")).await.montre(laureat);
    let laureats = "/appels/ami-financement-2024/laureats";
    public.get(laureats).await.montre("2 pôles retenus, pour 200 000 €.").montre("Pôle des Rives").tait(ECARTE);

    // Merged again, into a record that never applied: the award follows.
    let garde = fiche(banc, &CHENAL).await;
    gwenn.post(&comparer(garde, rives), &[("motif", "Un seul pôle")]).await.mene_a(&format!("/poles/{garde}"));
    public.get(&format!("/poles/{garde}")).await.montre(laureat);
    public.get("/poles?signe=financement&region=53").await.montre("Pôle du Chenal").tait(">Pôle des Rives</a>");
    public.get(laureats).await.montre("2 pôles retenus, pour 200 000 €.").montre("Pôle du Chenal");
    banc.porteuse().await.get(&decision("Pôle des Rives")).await.montre(retenu);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM laureats WHERE campagne = 'ami-financement-2024'").await, 2);

    // Undone, the last first: each has its own again, and nothing of the other.
    for gardee in [garde, rives] {
        let page = gwenn.get("/doublons").await;
        let (acte, motif) = defaire(&page.texte);
        gwenn.post(&acte, &[(&motif, "Deux pôles")]).await.mene_a(&format!("/doublons/{gardee}/"));
    }
    public.get(&format!("/poles/{rives}")).await.montre(laureat);
    public.get(&format!("/poles/{garde}")).await.tait(laureat);
    let nour = banc.personne(NOUR).await;
    nour.get(&decision(ECARTE)).await.montre(motif);
    nour.get(&decision("Pôle des Rives")).await.introuvable();
    banc.porteuse().await.get(&decision(ECARTE)).await.introuvable();
});

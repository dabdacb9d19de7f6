//! The keeper of the Charter brings a text in a file, reads it again as it will
//! be signed, presents a new version: what was signed before stays.

use axum::body::Body;

use crate::{
    banc::{Banc, Reponse, Visiteur},
    charte::relire,
    parcours,
    remplissage::brouillon,
};

const NOUVELLE: &str = "/charte/gestion/versions/nouvelle";
const VERSIONS: &str = "/charte/gestion/versions";
const CHAMPS: [(&str, &str); 4] = [
    ("titre", "Charte d’essai"),
    ("jour", "2024-03-25"),
    ("occasion", "à la journée nationale des PTCE"),
    ("texte", "# Essai\n\nUn texte que personne n’a adopté."),
];

async fn gardien(banc: &Banc) -> Visiteur<'_> {
    banc.personne("remi@labo.example").await
}

/// The form as a browser sends it, with its file left blank.
async fn envoyer(gardien: &Visiteur<'_>, champs: &[(&str, &str)]) -> Reponse {
    let mut corps = String::new();
    for (nom, valeur) in champs {
        corps.push_str(&format!(
            "--limite\r\nContent-Disposition: form-data; name=\"{nom}\"\r\n\r\n{valeur}\r\n"
        ));
    }
    corps.push_str("--limite\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"\"\r\n\r\n\r\n--limite--\r\n");
    gardien
        .post_brut(
            NOUVELLE,
            "multipart/form-data; boundary=limite",
            Body::from(corps),
        )
        .await
}

/// Presses the button of the page where the version is read again.
async fn presenter(gardien: &Visiteur<'_>, lue: &Reponse) -> Reponse {
    let champs =
        ["titre", "code", "jour", "occasion", "texte", "relue"].map(|nom| (nom, lue.cache(nom)));
    let champs: Vec<(&str, &str)> = champs.iter().map(|(n, v)| (*n, v.as_str())).collect();
    gardien.post(VERSIONS, &champs).await
}

parcours!(un_texte_vient_d_un_fichier_et_se_relit_avant_d_etre_verse(banc) {
    let remi = gardien(banc).await;
    // As a French Windows machine writes it.
    relire(&remi, b"# Valeurs\r\n\r\nL\x92\x9cuvre commune.\r\n").await
        .montre("Relire avant de verser")
        .montre("L’œuvre commune.")
        .montre("Verser ce texte");
    for (octets, refus) in [
        (&b"PK\x03\x04word/document.xml"[..], "enregistrez-le en texte (.txt)"),
        (b"%PDF-1.7", "enregistrez-le en texte (.txt)"),
        (b"a\0b", "Ce fichier n’est pas du texte"),
        (b"", "Collez le texte de cette version."),
        (b" \n ", "Collez le texte de cette version."),
    ] {
        relire(&remi, octets).await.refuse(refus);
    }
    relire(&remi, &vec![b'a'; 64_001]).await.refuse("Ce fichier dépasse 64 ko.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM versions_charte WHERE texte IS NOT NULL").await, 1, "relire ne verse rien");
});

parcours!(une_nouvelle_version_se_signe_a_son_tour_et_n_efface_aucune_signature(banc) {
    let (remi, public, solene) = (gardien(banc).await, banc.public(), banc.porteuse().await);
    remi.get(VERSIONS).await.montre(NOUVELLE);
    remi.get(NOUVELLE).await.montre("personne ne reçoit de courriel");
    envoyer(&remi, &[]).await
        .refuse("Donnez le titre de cette version.")
        .refuse("Donnez le jour où elle fut présentée.")
        .refuse("Collez le texte de cette version.");
    let mut tot = CHAMPS;
    tot[1].1 = "2021-06-30";
    envoyer(&remi, &tot).await.refuse("La version en vigueur fut présentée le 30 juin 2021");

    let lue = envoyer(&remi, &CHAMPS).await;
    lue.montre("6 pôles signataires la liront « à signer à nouveau ».")
        .montre("le lundi 25 mars 2024, à la journée nationale des PTCE")
        .montre("Un texte que personne n’a adopté.");
    let versions = "SELECT COUNT(*) FROM versions_charte";
    assert_eq!(banc.compter(versions).await, 3, "relire ne présente rien");
    presenter(&remi, &lue).await.mene_a("/charte/gestion/versions/2024-03-25");
    presenter(&remi, &lue).await.refuse("Une autre version porte déjà ce titre.");
    assert_eq!(banc.compter(versions).await, 4);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM courriels WHERE genre = 'relance'").await, 0);

    // The old signature stays, with its version; the new one is asked for.
    public.get("/charte").await.montre("Un texte que personne n’a adopté.");
    public.get("/charte/signataires").await.montre("6 pôles signataires").montre("Charte du 30 juin 2021");
    solene.get("/charte/signature").await
        .montre("Charte d’essai")
        .montre("Votre pôle a signé « Charte du 30 juin 2021 » le lundi 5 juillet 2021. Cette signature reste.");
    solene.get("/espace").await.montre("À signer à nouveau").montre("Charte d’essai");
    banc.personne("nour@terre.example").await.get("/espace").await.tait("À signer à nouveau");
    remi.get("/charte/gestion").await
        .montre("Préparer une relance des signataires")
        .montre("« Charte du 30 juin 2021 », le 05/07/2021");

    // Reminded when the keeper asks for it; who signs leaves the list.
    let adresse = "/charte/relances?cible=anciens";
    remi.get(adresse).await
        .montre("6 courriels partiront, un seul par pôle.")
        .montre("Une autre version, « Charte d’essai », se signe à son tour.");
    let page = solene.get("/charte/signature").await;
    let caches = ["pole", "version", "empreinte"].map(|nom| page.cache(nom));
    let champs = [
        ("pole", caches[0].as_str()),
        ("version", &caches[1]),
        ("empreinte", &caches[2]),
        ("fonction", "présidente"),
        ("mandat", "representation"),
        ("pouvoir", "oui"),
        ("acceptation", "oui"),
    ];
    solene.post("/charte/signature", &champs).await.mene_a("/charte/signatures/");
    remi.get(adresse).await.montre("5 courriels partiront");
    solene.get("/espace").await.tait("À signer à nouveau");
    let rives = banc.pole("Pôle des Rives").await;
    public.get(&format!("/poles/{rives}")).await
        .montre("Charte d’essai")
        .montre("Charte du 30 juin 2021");
});

parcours!(la_version_qu_un_appel_ouvert_demande_se_signe_encore_apres_une_nouvelle(banc) {
    let remi = gardien(banc).await;
    let nour = banc.personne("nour@terre.example").await;
    let mut champs_codes = CHAMPS.to_vec();
    champs_codes.push(("code", "essai"));
    let lue = envoyer(&remi, &champs_codes).await;
    presenter(&remi, &lue).await.mene_a("/charte/gestion/versions/essai");
    let dossier = brouillon(banc, &nour, "Terre commune").await;
    let conditions = format!("{dossier}/verification");
    let page = nour.get(&conditions).await;
    let (_, suite) = page.texte.split_once("href=\"/charte/signature?pole=").unwrap();
    let lien = format!("/charte/signature?pole={}", suite.split('"').next().unwrap().replace("&amp;", "&"));
    assert!(lien.ends_with("&version=2021-06-30"), "{lien}");

    // The version of the day first; the one that the call demands, all the same.
    nour.get("/charte/signature").await.montre("Charte d’essai").montre("Un appel dit, par sa date, la version qu’il demande");
    let page = nour.get(&lien).await;
    assert_eq!(page.cache("version"), "demonstration");
    let caches = ["pole", "version", "empreinte"].map(|nom| (nom, page.cache(nom)));
    let mut champs: Vec<(&str, &str)> = caches.iter().map(|(n, v)| (*n, v.as_str())).collect();
    champs.extend([("fonction", "présidente"), ("mandat", "representation"), ("pouvoir", "oui"), ("acceptation", "oui")]);
    nour.post("/charte/signature", &champs).await.mene_a("/charte/signatures/");
    nour.get(&conditions).await.tait("Signez la Charte au nom du pôle");

    // The filing is over: only the last one presented is signed.
    banc.il_est("2024-05-29T12:00:01+02:00");
    let solene = banc.porteuse().await;
    let page = solene.get("/charte/signature?version=2021-06-30").await;
    assert_eq!(page.cache("version"), "essai");
});

//! The Charter: its text is poured in by its keeper, a pole signs it, anyone
//! verifies the proof, and no person is named.

use sha2::{Digest, Sha256};

use crate::{
    banc::{Banc, Reponse, Visiteur},
    parcours,
    remplissage::brouillon,
};

const SIGNER: &str = "/charte/signature";
const VERSION: &str = "/charte/gestion/versions/2021-06-30";
const TEXTE: &str = "# Essai\n\nUn texte d’essai, que personne n’a adopté.\n";

/// What the form of this page sends once it is filled.
async fn remplie(visiteur: &Visiteur<'_>, adresse: &str) -> Vec<(String, String)> {
    let page = visiteur.get(adresse).await;
    let caches = ["pole", "version", "empreinte"].map(|nom| (nom.to_owned(), page.cache(nom)));
    let dits = [
        ("fonction", "présidente"),
        ("mandat", "representation"),
        ("pouvoir", "oui"),
        ("acceptation", "oui"),
    ];
    let dits = dits.map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned()));
    caches.into_iter().chain(dits).collect()
}

async fn envoyer(visiteur: &Visiteur<'_>, champs: &[(String, String)]) -> Reponse {
    let champs: Vec<(&str, &str)> = champs.iter().map(|(n, v)| (&**n, &**v)).collect();
    visiteur.post(SIGNER, &champs).await
}

/// Signs for the only pole of this person; the address of the proof.
pub async fn signer(visiteur: &Visiteur<'_>) -> String {
    let champs = remplie(visiteur, SIGNER).await;
    envoyer(visiteur, &champs)
        .await
        .mene_a("/charte/signatures/")
}

/// The code of verification the page shows.
fn code(preuve: &Reponse) -> String {
    let (_, suite) = preuve.texte.split_once("Code de vérification").unwrap();
    let (_, suite) = suite.split_once("<code>").unwrap();
    suite[..19].to_owned()
}

/// Nour answers for Terre commune, the one laureate who has not signed.
async fn nour(banc: &Banc) -> Visiteur<'_> {
    banc.personne("nour@terre.example").await
}

async fn gardien(banc: &Banc) -> Visiteur<'_> {
    banc.personne("remi@labo.example").await
}

/// The text read again as it would be signed, before it is poured in.
pub async fn relire(gardien: &Visiteur<'_>, octets: &[u8]) -> Reponse {
    let apercu = format!("{VERSION}/apercu");
    gardien
        .post_fichier(&apercu, ("fichier", "charte.txt"), octets)
        .await
}

/// Read again, then poured in.
async fn verser(gardien: &Visiteur<'_>, texte: &str) -> Reponse {
    let relue = relire(gardien, texte.as_bytes()).await;
    let champs = [("texte", texte), ("relue", &relue.cache("relue"))];
    gardien.post(VERSION, &champs).await
}

parcours!(un_pole_signe_la_charte_et_n_importe_qui_verifie_sa_preuve(banc) {
    let nour = nour(banc).await;
    let public = banc.public();
    public.get("/charte").await
        .montre("Texte de démonstration, sans valeur")
        .montre("compte pour « Charte du 30 juin 2021 »")
        .montre("Pour 75 pôles réels");
    nour.get(SIGNER).await.montre("Signer au nom du pôle").montre("Terre commune en partage");

    let preuve = signer(&nour).await;

    let lue = public.get(&preuve).await;
    lue.montre("Terre commune").montre("Représentation légale").montre("mardi 26 mars 2024 à 9 h 00 min 00 s");
    for personne in ["Nour", "nour@", "présidente"] {
        assert!(!lue.texte.contains(personne), "{personne}");
    }
    let code = code(&lue);
    public.get(&format!("/verification?code={}", code.to_lowercase())).await.mene_a(&preuve);
    nour.get(&preuve).await.montre("Nour Sillon").montre("présidente");
    let certificat = format!("{preuve}/certificat");
    public.get(&certificat).await.demande_a_se_connecter();
    banc.personne("bastien@atelier.example").await.get(&certificat).await.introuvable();
    let avant_le_travail = nour.get(&certificat).await.octets;
    assert!(avant_le_travail.starts_with(b"%PDF-"));
    public.get("/charte/signataires").await.montre("Terre commune").montre("7 pôles signataires");
    let pole = banc.pole("Terre commune").await;
    public.get(&format!("/poles/{pole}")).await
        .montre("Texte de démonstration, sans valeur : signature du mardi 26 mars 2024")
        .montre(&preuve);
    banc.taches().await;
    assert_eq!(nour.get(&certificat).await.octets, avant_le_travail, "le même papier, imprimé une fois");
    assert!(banc.dernier_courriel("nour@terre.example").await.contains(&code));
});

/// A file beside a code, on the page where anyone verifies.
async fn comparer(banc: &Banc, code: &str, nom: &str, octets: &[u8]) -> Reponse {
    let mut corps = format!(
        "--limite\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\n{code}\r\n\
         --limite\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{nom}\"\r\n\r\n"
    )
    .into_bytes();
    corps.extend_from_slice(octets);
    corps.extend_from_slice(b"\r\n--limite--\r\n");
    let genre = "multipart/form-data; boundary=limite";
    banc.public()
        .post_brut("/verification", genre, corps.into())
        .await
}

parcours!(la_preuve_et_le_certificat_disent_les_faits_signes_apres_un_changement_de_nom(banc) {
    let nour = nour(banc).await;
    let preuve = signer(&nour).await;
    let certificat = format!("{preuve}/certificat");
    let avant = nour.get(&certificat).await.octets;
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE poles SET nom = 'Terre neuve' WHERE nom LIKE 'Terre commune%'", &[]).await.unwrap();
    tx.execute("UPDATE comptes SET nom = 'Un autre nom' WHERE courriel = 'nour@terre.example'", &[]).await.unwrap();
    tx.execute("UPDATE structures SET nom = 'Une autre structure', siret = NULL WHERE nom LIKE '%'", &[]).await.unwrap();
    tx.commit().await.unwrap();

    let lue = banc.public().get(&preuve).await;
    lue.montre("Terre commune en partage").montre("(aujourd’hui : Terre neuve)")
        .montre("Personne morale engagée").montre("SIRET 900 000 0")
        .montre("J’ai pouvoir d’engager la structure qui porte le pôle")
        .montre("le pôle en accepte les principes")
        .tait("Une autre structure");
    nour.get(&preuve).await.montre("Nour Sillon").tait("Un autre nom</dd>");
    assert_eq!(nour.get(&certificat).await.octets, avant, "le certificat imprimé plus tard dit la même chose");
    banc.public().get("/charte/signataires").await.montre("Terre neuve");
});

parcours!(un_certificat_se_compare_a_celui_delivre_et_la_signature_se_prouve_au_journal(banc) {
    let nour = nour(banc).await;
    let preuve = signer(&nour).await;
    let code = code(&banc.public().get(&preuve).await);
    let pdf = nour.get(&format!("{preuve}/certificat")).await.octets;
    comparer(banc, &code, "certificat.pdf", &pdf).await.montre("n’est pas encore imprimé");
    banc.taches().await;

    comparer(banc, &code, "certificat.pdf", &pdf).await
        .montre("ce fichier est le certificat délivré ici, à l’octet près.")
        .montre("<dd>Terre commune</dd>")
        .montre(&preuve);
    let faux = [&pdf[..], b"\n% annote"].concat();
    let page = comparer(banc, &code, "certificat.pdf", &faux).await;
    page.montre("ce fichier n’est pas le certificat délivré avec ce code.")
        .montre("Empreinte de votre fichier")
        .tait("Nour");

    coopole::socle::journal::scellement::sceller(&banc.app.db, &banc.app.cle, &banc.app.horloge).await.unwrap();
    let adresse = format!("/verification/preuve?code={code}");
    banc.public().get(&preuve).await.montre("Rang au journal").montre(&adresse);
    let fichier = banc.public().get(&adresse).await;
    let prouvee = coopole::socle::journal::preuve::Preuve::verifier(&fichier.texte).unwrap();
    assert_eq!((prouvee.acte.as_str(), format!("/charte/signatures/{}", prouvee.objet)), ("signature", preuve.clone()));
    for secret in ["Nour", "Terre", "contenu", "sel\""] {
        assert!(!fichier.texte.contains(secret), "« {secret} » se lit : {}", fichier.texte);
    }
    comparer(banc, "", "preuve.json", &fichier.octets).await
        .montre("cette preuve concorde avec le journal.")
        .montre("<dd>Terre commune</dd>")
        .tait("Nour");
    // Whoever guesses at the facts is told nothing of them.
    let devine = fichier.texte.replacen("\"cle_publique\"", "\"texte\": {\"contenu\": \"personne=Nour Sillon\", \"sel\": \"00\"}, \"cle_publique\"", 1);
    comparer(banc, &code, "preuve.json", devine.as_bytes()).await
        .montre("cette preuve a été modifiée.")
        .tait("Lignes en cause");
    banc.public().get("/verification?code=AAAA-BBBB-CCCC-DDDD").await
        .montre("Vérifier un accusé ou une signature")
        .montre("rien de ce qui est délivré ici, accusé ou signature, ne porte ce code");
});

parcours!(la_structure_que_le_registre_ne_dit_pas_est_demandee_avant_de_signer(banc) {
    let nour = nour(banc).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE poles SET porteuse = NULL WHERE nom LIKE 'Terre commune%'", &[]).await.unwrap();
    tx.commit().await.unwrap();
    let mut champs = remplie(&nour, SIGNER).await;
    envoyer(&nour, &champs).await
        .refuse("Dites quelle structure porte le pôle : c’est elle que la signature engage.");
    champs.push(("structure".into(), "Terre solidaire".into()));
    champs.push(("siret".into(), "900 000 019".into()));
    envoyer(&nour, &champs).await.refuse("SIRET").refuse("value=\"Terre solidaire\"");
    champs.last_mut().unwrap().1 = "900 000 019 00019".into();
    let preuve = envoyer(&nour, &champs).await.mene_a("/charte/signatures/");
    banc.public().get(&preuve).await.montre("Terre solidaire, SIRET 900 000 019 00019");
});

parcours!(signer_remplit_la_regle_e2_et_retirer_la_defait(banc) {
    let nour = nour(banc).await;
    let dossier = brouillon(banc, &nour, "Terre commune").await;
    let (conditions, pieces) = (format!("{dossier}/verification"), format!("{dossier}/pieces"));
    nour.get(&conditions).await.montre("Signez la Charte au nom du pôle").montre(">Signer la Charte</a>");

    let preuve = signer(&nour).await;

    let remplie = nour.get(&conditions).await;
    assert!(!remplie.texte.contains("Signez la Charte au nom du pôle"), "{}", remplie.texte);
    nour.get(&pieces).await.montre("Charte signée le mardi 26 mars 2024");

    let retrait = format!("{preuve}/retrait");
    nour.post(&retrait, &[]).await.refuse("Cochez la case pour confirmer le retrait.");
    banc.il_est("2024-04-02T10:00:00+02:00");
    nour.post(&retrait, &[("confirmation", "oui")]).await.mene_a(&preuve);

    nour.get(&conditions).await.montre("Signez la Charte au nom du pôle");
    let public = banc.public();
    public.get(&preuve).await.montre("cette signature a été retirée le mardi 2 avril 2024.");
    let liste = public.get("/charte/signataires").await;
    assert!(!liste.texte.contains("Terre commune"));
    nour.post(&retrait, &[("confirmation", "oui")]).await
        .refuse("Cette signature est retirée depuis le mardi 2 avril 2024.");
    assert_ne!(signer(&nour).await, preuve);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE genre = 'signature_charte'").await, 3);
});

parcours!(ce_qui_manque_pour_signer_est_dit_d_un_coup_et_rien_n_est_coche_d_avance(banc) {
    let nour = nour(banc).await;
    let page = nour.get(SIGNER).await;
    assert!(!page.texte.contains(" checked"), "{}", page.texte);
    let caches = ["pole", "version", "empreinte"].map(|nom| (nom.to_owned(), page.cache(nom)));
    envoyer(&nour, &caches).await
        .refuse("Indiquez en quelle qualité vous signez.")
        .refuse("Dites d’où vient votre pouvoir de signer.")
        .refuse("Indiquez que vous avez pouvoir d’engager le signataire.")
        .refuse("Indiquez que vous acceptez les principes de la Charte.");

    let un_seul_manque = [&caches[..], &[("pouvoir".to_owned(), "oui".to_owned())]].concat();
    let reprise = envoyer(&nour, &un_seul_manque).await;
    assert_eq!(reprise.texte.matches(" checked").count(), 1, "ce qui est coché le reste, sous le même texte");

    let mut autre_texte = remplie(&nour, SIGNER).await;
    autre_texte[2].1 = "00".repeat(32);
    let change = envoyer(&nour, &autre_texte).await;
    change.refuse("Le texte a changé depuis que vous l’avez lu.");
    for case in ["pouvoir", "acceptation"] {
        let (_, suite) = change.texte.split_once(&format!("id=\"{case}\"")).unwrap();
        assert!(!suite.split('>').next().unwrap().contains("checked"), "{case} reste cochée sous un autre texte");
    }
    let mut longs = remplie(&nour, SIGNER).await;
    longs[3].1 = "é".repeat(161);
    envoyer(&nour, &longs).await.refuse("Votre qualité compte 161 signes : 160 au plus.");

    let champs = remplie(&nour, SIGNER).await;
    envoyer(&nour, &champs).await.mene_a("/charte/signatures/");
    envoyer(&nour, &champs).await.refuse("Cette version est signée depuis le mardi 26 mars 2024.");
    nour.get(SIGNER).await.montre("Lire la preuve");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM preuves_charte").await, 1);
});

parcours!(personne_ne_signe_ni_ne_retire_au_nom_du_pole_d_un_autre(banc) {
    let nour = nour(banc).await;
    let champs = remplie(&nour, SIGNER).await;
    let preuve = signer(&nour).await;
    let retrait = format!("{preuve}/retrait");
    let terre = format!("{SIGNER}?pole={}", banc.pole("Terre commune").await);

    let public = banc.public();
    public.get(SIGNER).await.demande_a_se_connecter();
    envoyer(&public, &champs).await.demande_a_se_connecter();
    public.post(&retrait, &[("confirmation", "oui")]).await.demande_a_se_connecter();
    for qui in [
        "bastien@atelier.example",
        "gwenn@cellule-bretagne.example",
        "claire@tresor.example",
        "remi@labo.example",
    ] {
        let autre = banc.personne(qui).await;
        autre.get(&terre).await.introuvable();
        envoyer(&autre, &champs).await.introuvable();
        autre.get(&retrait).await.introuvable();
        autre.post(&retrait, &[("confirmation", "oui")]).await.introuvable();
    }
    // Writing in the dossier of a pole is not answering for it.
    let ivan = banc.personne("ivan@rives.example").await;
    let rives = banc.pole("Pôle des Rives").await;
    ivan.get(&format!("{SIGNER}?pole={rives}")).await.introuvable();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM preuves_charte").await, 1);
});

parcours!(le_gardien_verse_un_texte_qui_se_signe_puis_ne_change_plus(banc) {
    let (remi, nour, public) = (gardien(banc).await, nour(banc).await, banc.public());
    public.get("/charte?version=2021-06-30").await
        .montre("Texte à verser par le Labo de l’ESS.")
        .montre("nous n’en montrons pas d’autre à sa place");
    remi.get("/charte/gestion/versions").await.montre("À verser").montre(VERSION);
    remi.post(VERSION, &[("texte", "  ")]).await.refuse("Collez le texte de cette version.");
    remi.post(VERSION, &[("texte", TEXTE)]).await.refuse("Relisez ce texte tel qu’il sera signé");
    verser(&remi, "Un brouillon").await.mene_a(VERSION);
    relire(&remi, TEXTE.as_bytes()).await
        .montre("Ce qui change depuis « Charte du 30 juin 2021 »")
        .montre("Lignes ajoutées : 2. Lignes retirées : 1.")
        .montre("Ajouté : </span>Un texte d’essai, que personne n’a adopté.</ins>");
    verser(&remi, TEXTE).await.mene_a(VERSION);
    relire(&remi, TEXTE.as_bytes()).await.refuse("Ce texte est déjà là depuis le mardi 26 mars 2024.");

    let octets = public.get("/charte/versions/2021-06-30/texte").await.octets;
    assert_eq!(octets, TEXTE.as_bytes());
    let empreinte = data_encoding::HEXLOWER.encode(&Sha256::digest(&octets));
    public.get("/charte").await.montre("que personne n’a adopté").montre(&empreinte);

    // The text of demonstration withdraws before the true one.
    let page = nour.get(SIGNER).await;
    assert_eq!((page.cache("version").as_str(), page.cache("empreinte")), ("2021-06-30", empreinte.clone()));
    let preuve = signer(&nour).await;
    public.get(&preuve).await.montre(&empreinte).montre("Charte du 30 juin 2021");
    relire(&remi, b"Autre").await.refuse("Ce texte porte une signature : il ne change plus.");
    remi.post(VERSION, &[("texte", "Autre")]).await
        .refuse("Ce texte porte une signature : il ne change plus.");
    remi.get(VERSION).await.montre("un autre texte est une autre version");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'publication'").await, 2);
});

parcours!(les_pages_du_gardien_n_existent_pour_personne_d_autre(banc) {
    let pages = [
        "/charte/gestion",
        "/charte/gestion/versions",
        "/charte/gestion/versions/nouvelle",
        "/charte/gestion/signatures",
        VERSION,
    ];
    for page in pages {
        banc.public().get(page).await.demande_a_se_connecter();
    }
    banc.public().post(VERSION, &[("texte", TEXTE)]).await.demande_a_se_connecter();
    for qui in ["nour@terre.example", "gwenn@cellule-bretagne.example", "etienne@tresor.example", "samir@coopole.example"] {
        let autre = banc.personne(qui).await;
        for page in pages {
            autre.get(page).await.introuvable();
        }
        autre.post(VERSION, &[("texte", TEXTE)]).await.introuvable();
        autre.post("/charte/gestion/versions", &[("texte", TEXTE)]).await.introuvable();
        relire(&autre, TEXTE.as_bytes()).await.introuvable();
        autre.post_fichier("/charte/gestion/versions/nouvelle", ("fichier", "c.txt"), b"a").await.introuvable();
    }
    let remi = gardien(banc).await;
    // The text of demonstration is nobody's to change.
    remi.post("/charte/gestion/versions/demonstration", &[("texte", TEXTE)]).await.introuvable();
    remi.post_fichier("/charte/gestion/versions/demonstration/apercu", ("fichier", "c.txt"), b"a").await.introuvable();
    remi.get("/charte/gestion/versions/inconnue").await.introuvable();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM versions_charte WHERE texte IS NOT NULL").await, 1);
});

/// Signs in support; the address of the proof.
async fn soutenir(visiteur: &Visiteur<'_>, nom: &str, siren: &str) -> String {
    let mut champs = remplie(visiteur, &format!("{SIGNER}?soutien=oui")).await;
    assert_eq!(champs[0], ("pole".to_owned(), String::new()));
    champs.push(("nom".into(), nom.into()));
    champs.push(("siren".into(), siren.into()));
    envoyer(visiteur, &champs)
        .await
        .mene_a("/charte/signatures/")
}

parcours!(une_organisation_signe_en_soutien_et_le_gardien_la_publie(banc) {
    let (remi, public) = (gardien(banc).await, banc.public());
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    let mut champs = remplie(&gwenn, &format!("{SIGNER}?soutien=oui")).await;
    envoyer(&gwenn, &champs).await.refuse("Indiquez le nom de l’organisation.");
    champs.push(("nom".into(), "é".repeat(161)));
    champs.push(("siren".into(), "900 000 018".into()));
    envoyer(&gwenn, &champs).await
        .refuse("Le nom de l’organisation compte 161 signes : 160 au plus.")
        .refuse("Ce SIREN contient un chiffre inexact");

    let preuve = soutenir(&gwenn, "Les Amis des pôles", "900 000 019").await;

    // Nothing is published, told or delivered before the keeper confirms it.
    let sienne = gwenn.get(&preuve).await;
    sienne.montre("attend d’être confirmée par le gardien").montre("SIREN 900 000 019").tait("Certificat de signature");
    let code = code(&sienne);
    public.get(&preuve).await.introuvable();
    public.get(&format!("/verification?code={code}")).await.montre("attend d’être confirmée").tait("Les Amis");
    public.get(&format!("/verification/preuve?code={code}")).await.introuvable();
    gwenn.get(&format!("{preuve}/certificat")).await.introuvable();
    public.get("/charte/signataires?qualite=soutien").await.montre("Aucune signature enregistrée ici");
    public.get("/charte").await.montre("organisation en soutien").tait("Les Amis");
    banc.taches().await;
    assert!(banc.dernier_courriel("gwenn@cellule-bretagne.example").await.contains("doit la confirmer"));

    remi.get("/charte/gestion").await.montre("Signatures en soutien à confirmer").montre(&preuve).montre("900000019");
    remi.get(&preuve).await.montre("Confirmer et publier").montre("Écarter cette signature");
    remi.post(&format!("{preuve}/confirmation"), &[]).await.mene_a(&preuve);
    remi.post(&format!("{preuve}/confirmation"), &[]).await.refuse("Cette signature est déjà publiée.");

    public.get(&preuve).await.montre("Les Amis des pôles").montre("En soutien aux pôles").montre("inventé")
        .montre("Personne morale engagée").tait("Gwenn");
    public.get(&format!("/verification?code={code}")).await.mene_a(&preuve);
    public.get("/charte/signataires?qualite=soutien").await
        .montre("1 organisation en soutien")
        .montre("Les Amis des pôles");
    public.get("/charte/signataires").await.montre("6 pôles signataires");
    banc.taches().await;
    let pdf = gwenn.get(&format!("{preuve}/certificat")).await.octets;
    assert!(pdf.starts_with(b"%PDF-"));
    assert!(banc.dernier_courriel("gwenn@cellule-bretagne.example").await.contains("est confirmée"));
    let erwan = banc.personne("erwan@cellule-bretagne.example").await;
    let deuxieme = remplie(&erwan, &format!("{SIGNER}?soutien=oui")).await;
    let deuxieme = [deuxieme, vec![("nom".into(), "Les Amis".into()), ("siren".into(), "900000019".into())]].concat();
    envoyer(&erwan, &deuxieme).await.refuse("Cette version est signée depuis");
    erwan.post(&format!("{preuve}/retrait"), &[("confirmation", "oui")]).await.introuvable();
    gwenn.post(&format!("{preuve}/retrait"), &[("confirmation", "oui")]).await.mene_a(&preuve);
    public.get("/charte/signataires?qualite=soutien").await.montre("Aucune signature enregistrée ici en cette qualité.");
});

parcours!(un_imposteur_ne_barre_personne_et_le_gardien_ecarte_sa_signature(banc) {
    let (remi, public) = (gardien(banc).await, banc.public());
    let bastien = banc.personne("bastien@atelier.example").await;
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    let fausse = soutenir(&bastien, "Les Amis des pôles", "900 000 019").await;
    let vraie = soutenir(&gwenn, "Les Amis des pôles", "900 000 019").await;
    assert_ne!(fausse, vraie, "la signature d’un autre n’empêche pas de signer");
    remi.post(&format!("{vraie}/confirmation"), &[]).await.mene_a(&vraie);
    remi.post(&format!("{fausse}/confirmation"), &[]).await
        .refuse("Cette organisation a déjà une signature publiée, du mardi 26 mars 2024.");

    let ecartement = format!("{fausse}/ecartement");
    remi.get(&ecartement).await.montre("lira votre motif");
    remi.post(&ecartement, &[("motif", " ")]).await.refuse("Dites pourquoi");
    remi.post(&ecartement, &[("motif", &"a".repeat(601))]).await.refuse("Ce motif compte 601 signes");
    remi.post(&ecartement, &[("motif", "L’association ne connaît pas cette personne.")]).await.mene_a(&fausse);
    remi.post(&ecartement, &[("motif", "Encore")]).await.refuse("Cette signature ne vaut plus depuis le mardi 26 mars 2024.");
    banc.taches().await;
    let courriel = banc.dernier_courriel("bastien@atelier.example").await;
    assert!(courriel.contains("ne connaît pas cette personne"), "{courriel}");
    bastien.get(&fausse).await.montre("écartée par le gardien").montre("ne connaît pas cette personne");
    public.get(&fausse).await.introuvable();

    // A pole's, published long since, that nobody is left to withdraw.
    let nour = nour(banc).await;
    let de_terre = signer(&nour).await;
    remi.post(&format!("{de_terre}/ecartement"), &[("motif", "La présidente est partie.")]).await.mene_a(&de_terre);
    public.get(&de_terre).await.montre("écartée par le gardien de la Charte le mardi 26 mars 2024").tait("présidente est partie");
    public.get("/charte/signataires").await.tait("Terre commune");
    remi.get("/charte/gestion/signatures").await.montre("Écartée le 26/03/2024");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM preuves_charte").await, 3, "aucune preuve n’est effacée");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'ecartement'").await, 2);
    assert_ne!(signer(&nour).await, de_terre, "le pôle peut signer de nouveau");
});

parcours!(confirmer_et_ecarter_ne_sont_qu_au_gardien(banc) {
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    let preuve = soutenir(&gwenn, "Les Amis des pôles", "900 000 019").await;
    let (confirmation, ecartement) = (format!("{preuve}/confirmation"), format!("{preuve}/ecartement"));
    banc.public().get(&ecartement).await.demande_a_se_connecter();
    for acte in [&confirmation, &ecartement] {
        banc.public().post(acte, &[("motif", "Non")]).await.demande_a_se_connecter();
    }
    for qui in ["gwenn@cellule-bretagne.example", "nour@terre.example", "claire@tresor.example", "samir@coopole.example"] {
        let autre = banc.personne(qui).await;
        autre.get(&ecartement).await.introuvable();
        for acte in [&confirmation, &ecartement] {
            autre.post(acte, &[("motif", "Non")]).await.introuvable();
        }
    }
    banc.personne("erwan@cellule-bretagne.example").await.get(&preuve).await.introuvable();
    let remi = gardien(banc).await;
    remi.post("/charte/signatures/018f0000-0000-7000-8000-000000000000/confirmation", &[]).await.introuvable();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM soutiens_charte WHERE confirmee_le IS NULL AND retiree_le IS NULL").await, 1);
});

parcours!(l_espace_d_un_laureat_propose_de_signer_et_se_tait_ensuite(banc) {
    let nour = nour(banc).await;
    nour.get("/espace").await
        .montre("Signer la Charte des PTCE (Terre commune")
        .montre("Lire la Charte et la signer");
    banc.porteuse().await.get("/espace").await.tait("Lire la Charte et la signer");
    let preuve = signer(&nour).await;
    nour.get("/espace").await.tait("Lire la Charte et la signer");
    // Who withdrew gave an answer: nobody asks again.
    nour.post(&format!("{preuve}/retrait"), &[("confirmation", "oui")]).await.mene_a(&preuve);
    nour.get("/espace").await.tait("Lire la Charte et la signer");
});

parcours!(les_laureats_sans_signature_se_voient_seulement_ou_elle_est_connue(banc) {
    let (remi, nour) = (gardien(banc).await, nour(banc).await);
    let liste = remi.get("/charte/gestion").await;
    liste.montre("1 lauréat n’a pas signé ; signataires, 5").montre("Terre commune").montre("Jamais signée");
    // Of the real laureates nobody knows: none is held to anything.
    let inventes = liste.texte.matches(">Inventé<").count();
    assert_eq!(inventes, 1, "{}", liste.texte);
    liste.montre("signature non connue pour 22 lauréats");

    let preuve = signer(&nour).await;
    remi.get("/charte/gestion").await.montre("Aucun lauréat connu n’est sans signature.");
    nour.post(&format!("{preuve}/retrait"), &[("confirmation", "oui")]).await.mene_a(&preuve);
    remi.get("/charte/gestion").await.montre("Signature retirée");
    remi.get("/charte/gestion/signatures").await.montre("Retirée le 26/03/2024");
});

parcours!(la_liste_des_signataires_se_cherche_se_feuillette_dans_les_deux_sens_et_se_telecharge(banc) {
    let (remi, public) = (gardien(banc).await, banc.public());
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    // More than a page: sixty organisations, one a minute.
    let preuve = soutenir(&gwenn, "Les Amis des pôles", "900 000 019").await;
    remi.post(&format!("{preuve}/confirmation"), &[]).await.mene_a(&preuve);
    let mut tx = banc.app.db.begin().await.unwrap();
    for rang in 0..119_i64 {
        let nom = format!("=Organisation {rang:03}");
        tx.execute(
            "INSERT INTO soutiens_charte (id, nom, cle_tri, siren, inventee, version, signee_le, confirmee_le)
             VALUES ($1, $2, $3, $4, $5, 'demonstration', $6, $6)",
            &coopole::valeurs![coopole::socle::alea::id(), &nom, nom.to_lowercase(), format!("{rang:09}"), true, 1_600_000_000_000 + rang * 60_000],
        ).await.unwrap();
    }
    tx.commit().await.unwrap();
    const LISTE: &str = "/charte/signataires?qualite=soutien";
    // A link: the banner of the demonstration holds the address of this very page.
    let lien = |sens: &str| format!("href=\"/charte/signataires?qualite=soutien&amp;{sens}=");
    let vers = |page: &Reponse, sens: &str| {
        let (_, suite) = page.texte.split_once(&lien(sens)).unwrap_or_else(|| panic!("pas de lien {sens}"));
        format!("{LISTE}&{sens}={}", suite.split('"').next().unwrap())
    };
    let une = public.get(LISTE).await;
    une.montre("Les Amis des pôles").montre("Organisation 118").tait("Organisation 069").tait(&lien("avant"));
    let deux = public.get(&vers(&une, "apres")).await;
    deux.montre("Organisation 069").montre("Organisation 020").tait("Organisation 070");
    let trois = public.get(&vers(&deux, "apres")).await;
    trois.montre("Organisation 019").montre("Organisation 000").tait(&lien("apres"));
    let retour = public.get(&vers(&trois, "avant")).await;
    retour.montre("Organisation 069").montre("Organisation 020").tait("Organisation 019").tait("Organisation 070");
    public.get(&vers(&retour, "avant")).await.montre("Les Amis des pôles").tait(&lien("avant"));

    public.get(&format!("{LISTE}&nom=AMIS+des+poles")).await.montre("Les Amis des pôles").tait("Organisation 0");
    public.get(&format!("{LISTE}&nom=zz")).await.montre("Aucun signataire dont le nom contienne « zz ».");
    // A sign that is no letter stands for nothing, least of all for any other.
    public.get(&format!("{LISTE}&nom=A%25s")).await.montre("Aucun signataire dont le nom contienne");
    let fichier = public.get("/charte/signataires.csv?qualite=soutien").await;
    assert_eq!(fichier.texte.lines().count(), 121, "{}", fichier.texte);
    fichier.montre("Les Amis des pôles;900000019;demonstration;2024-03-26").montre("2024-03-26;Licence Ouverte 2.0 (Etalab)")
        .montre(";'=Organisation 000;").tait("Gwenn");
    let poles = public.get("/charte/signataires.csv").await;
    poles.montre("pole;Pôle des Rives;;2021-06-30;2021-07-05;").tait("Solène");
});

parcours!(les_signataires_se_feuillettent_et_une_adresse_abimee_montre_le_debut(banc) {
    let public = banc.public();
    let premiere = public.get("/charte/signataires").await;
    premiere.montre("6 signatures affichées").montre("Inventé").montre("05/07/2021");
    for abimee in ["?apres=%00", "?apres=1~2", "?qualite=reine", "?apres=~", "?qualite=%FF"] {
        public.get(&format!("/charte/signataires{abimee}")).await.montre("Signataires de la Charte");
    }
    let avant_tout = public.get("/charte/signataires?apres=0~018f0000-0000-7000-8000-000000000000").await;
    avant_tout.montre("Aucune signature enregistrée ici en cette qualité.");
    public.get("/charte/signatures/018f0000-0000-7000-8000-000000000000").await.introuvable();
    public.get("/charte/versions/premiere/texte").await.introuvable();
    public.get("/charte/versions/inconnue/texte").await.introuvable();
});

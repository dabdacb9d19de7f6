//! Who may not, cannot: each act of the register and of the procedure is tried by
//! those it is closed to, and each public page is read for the name of anybody.

use std::collections::HashMap;

use coopole::{
    comptes::store as comptes,
    poles::{self, NouveauPole},
    socle::alea,
    valeurs,
};
use metier::commun::Region;
use uuid::Uuid;

use crate::{
    banc::Banc,
    deposes::rives,
    parcours,
    portes::{ACTES, PROCEDURE, PUBLIQUES},
};

const GWENN: &str = "gwenn@cellule-bretagne.example";
const MAEL: &str = "mael@chenal.example";
/// Another pole's team, another region's cell.
const AUTRES: [&str; 2] = ["bastien@atelier.example", "paul@cellule-sud.example"];

async fn pole(banc: &Banc, nom: &str) -> Uuid {
    let mut tx = banc.app.db.begin().await.unwrap();
    let pole = NouveauPole {
        nom: nom.to_owned(),
        porteuse: None,
        commune: None,
        code_commune: Some("29151".into()),
        departement: None,
        region: Some(Region::Bretagne),
        themes: String::new(),
        source: None,
        invente: true,
    };
    let id = poles::create(&mut tx, &pole).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn entre<'t>(texte: &'t str, debut: &str) -> &'t str {
    let (_, suite) = texte.split_once(debut).unwrap_or_else(|| panic!("{debut}"));
    suite.split(['/', '"']).next().unwrap()
}

/// One object of each kind, all of Brittany.
async fn objets(banc: &Banc) -> HashMap<&'static str, String> {
    let rives = banc.pole("Pôle des Rives").await;
    let (gwenn, solene) = (banc.personne(GWENN).await, banc.porteuse().await);
    let fiche = format!("/poles/{rives}");
    let dire = [("valeur", "oui"), ("source", "Le pôle")];
    gwenn
        .post(&format!("{fiche}/corrections/qpv"), &dire)
        .await
        .mene_a(&fiche);
    let modification = entre(&gwenn.get(&fiche).await.texte, "\"/modifications/").to_owned();
    solene
        .post(&format!("{fiche}/corrections/rural"), &dire)
        .await
        .mene_a(&fiche);
    let correction = entre(
        &gwenn.get("/corrections").await.texte,
        "action=\"/corrections/",
    )
    .to_owned();

    let garde = pole(banc, "Pôle du Chenal").await;
    let fondu = pole(banc, "PTCE Chenal").await;
    let ancien = pole(banc, "Le Chenal").await;
    let fusion = format!("/doublons/{garde}/{ancien}");
    gwenn
        .post(&fusion, &[("motif", "Un seul pôle")])
        .await
        .mene_a("/poles/");
    let fusion = entre(&gwenn.get("/doublons").await.texte, "action=\"/fusions/").to_owned();

    let mut tx = banc.app.db.begin().await.unwrap();
    let le = banc.app.horloge.now();
    comptes::create(&mut tx, MAEL, "Maël Chenal", le)
        .await
        .unwrap();
    let (suivi, import) = (alea::id(), alea::id());
    tx.execute(
        "INSERT INTO suivis (id, compte, genre, code, depuis, dit_le)
         SELECT $1, id, 'region', '53', $2, $2 FROM comptes WHERE courriel = $3",
        &valeurs![suivi, le, MAEL],
    )
    .await
    .unwrap();
    tx.execute(
        "INSERT INTO imports (id, nom, poids, empreinte, source, du, par, depose_le, etat, lues,
                              avancement, vides, prises)
         SELECT $1, 'liste.csv', 1, $2, 'Relevé', '2024-03-12', id, $3, 'a_lire', 0, 0, 0, 0
         FROM comptes WHERE courriel = 'remi@labo.example'",
        &valeurs![import, vec![0_u8], le],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let mael = banc.personne(MAEL).await;
    let page = format!("/poles/{fondu}/revendication");
    mael.post(&page, &[("fonction", "Présidence"), ("preuve", "courrier")])
        .await
        .mene_a(&page);
    let revendication = entre(&mael.get(&page).await.texte, "\"/revendications/").to_owned();

    mael.post(
        "/poles/declarer",
        &[
            ("pole", "Les Genêts du Léon"),
            ("commune", "29151"),
            ("fonction", "Animateur"),
        ],
    )
    .await
    .mene_a("/poles/declarer");
    let declaration = entre(
        &mael.get("/poles/declarer").await.texte,
        "action=\"/declarations/",
    )
    .to_owned();
    let dormant = pole(banc, "Halle endormie").await;
    gwenn
        .post(
            &format!("/poles/{dormant}/sortie"),
            &[
                ("etat", "en_sommeil"),
                ("depuis", "2024-03-01"),
                ("motif", "Plus d’activité"),
                ("source", "Courrier du pôle"),
            ],
        )
        .await
        .mene_a("/poles/");
    let sortie = entre(
        &gwenn.get(&format!("/poles/{dormant}/sortie")).await.texte,
        "action=\"/sorties/",
    )
    .to_owned();

    HashMap::from([
        ("{declaration}", declaration),
        ("{sortie}", sortie),
        ("{pole}", rives),
        ("{modification}", modification),
        ("{correction}", correction),
        ("{garde}", garde.to_string()),
        ("{fondu}", fondu.to_string()),
        ("{fusion}", fusion),
        ("{suivi}", suivi.to_string()),
        ("{import}", import.to_string()),
        ("{revendication}", revendication),
    ])
}

/// All that a workbook holds: the texts of its archive, as they are written.
fn classeur(octets: &[u8]) -> String {
    let deux = |ici: usize| usize::from(u16::from_le_bytes([octets[ici], octets[ici + 1]]));
    let quatre = |ici: usize| deux(ici) + (deux(ici + 2) << 16);
    let fin = octets
        .windows(4)
        .rposition(|quatre| quatre == b"PK\x05\x06")
        .unwrap();
    let (combien, mut fiche) = (deux(fin + 10), quatre(fin + 16));
    assert!(combien > 5);
    let mut texte = String::new();
    for _ in 0..combien {
        let (pese, debut) = (quatre(fiche + 20), quatre(fiche + 42));
        let donnees = debut + 30 + deux(debut + 26) + deux(debut + 28);
        let plie = &octets[donnees..donnees + pese];
        match deux(fiche + 10) {
            0 => texte.push_str(&String::from_utf8_lossy(plie)),
            _ => {
                let mut deplie = Vec::new();
                let mut lecteur = flate2::read::DeflateDecoder::new(plie);
                std::io::Read::read_to_end(&mut lecteur, &mut deplie).unwrap();
                texte.push_str(&String::from_utf8_lossy(&deplie));
            }
        }
        fiche += 46 + deux(fiche + 28) + deux(fiche + 30) + deux(fiche + 32);
    }
    assert!(texte.contains("Pôle des Rives"));
    texte
}

fn remplir(adresse: &str, objets: &HashMap<&'static str, String>) -> String {
    let adresse = objets
        .iter()
        .fold(adresse.to_owned(), |adresse, (nom, id)| {
            adresse.replace(nom, id)
        });
    assert!(!adresse.contains('{'), "{adresse}");
    adresse
}

parcours!(chaque_acte_du_registre_se_ferme_a_qui_n_en_repond_pas(banc) {
    let objets = objets(banc).await;
    let champs = [("sort", "retenue"), ("issue", "acceptee"), ("motif", "x"), ("valeur", "non"), ("source", "x")];
    let autres = [banc.personne(AUTRES[0]).await, banc.personne(AUTRES[1]).await];
    let ecrits = "SELECT COUNT(*) FROM journal_entrees";
    let avant = banc.compter(ecrits).await;
    for acte in ACTES {
        let adresse = remplir(acte.adresse, &objets);
        let envoyer = async |qui: &crate::banc::Visiteur<'_>| match acte.route {
            "create_import" => qui.post_fichier(&adresse, ("fichier", "liste.csv"), b"nom\n").await,
            _ => qui.post(&adresse, &champs).await,
        };
        envoyer(&banc.public()).await.demande_a_se_connecter();
        if acte.a_tous {
            continue;
        }
        for autre in &autres {
            envoyer(autre).await.introuvable();
        }
    }
    assert_eq!(banc.compter(ecrits).await, avant, "rien n’est écrit");
});

/// A dossier of Brittany with its agreement, and a member of its team.
async fn objets_de_la_procedure(banc: &Banc) -> HashMap<&'static str, String> {
    let rives = rives(banc).await;
    let convention = alea::id();
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO conventions (id, dossier, campagne, numero, montant, duree_mois, notifiee_le,
                                  proposee_le, par, prises)
         SELECT $1, $2, 'ami-financement-2024', 'C-2024-0001', 10000000, 24, 0, 0, id, 0
         FROM comptes WHERE courriel = 'claire@tresor.example'",
        &valeurs![convention, rives],
    )
    .await
    .unwrap();
    let (piece,): (Uuid,) = tx
        .fetch_one(
            "SELECT id FROM pieces WHERE dossier = $1 AND genre = 'statuts'",
            &valeurs![rives],
        )
        .await
        .unwrap();
    let (ivan,): (Uuid,) = tx
        .fetch_one(
            "SELECT id FROM comptes WHERE courriel = 'ivan@rives.example'",
            &[],
        )
        .await
        .unwrap();
    tx.commit().await.unwrap();
    HashMap::from([
        ("{dossier}", rives.to_string()),
        ("{convention}", convention.to_string()),
        ("{piece}", piece.to_string()),
        ("{compte}", ivan.to_string()),
        ("{genre}", "signature".to_owned()),
    ])
}

parcours!(chaque_acte_de_la_procedure_se_ferme_a_qui_n_y_a_pas_part(banc) {
    let objets = objets_de_la_procedure(banc).await;
    banc.il_est("2024-06-03T09:00:00+02:00");
    let champs = [
        ("version", "1"), ("conclusion", "confirmer"), ("pouvoir", "oui"), ("exactitude", "oui"),
        ("confirmation", "oui"), ("cellule", "53"), ("note", "x"), ("montant", "100 000"),
    ];
    // Another team, another cell, the machine, the audit.
    let mut autres = Vec::new();
    for qui in ["bastien@atelier.example", "kelia@cellule-reunion.example", "samir@coopole.example", "louise@audit.example"] {
        autres.push(banc.personne(qui).await);
    }
    let ecrits = "SELECT COUNT(*) FROM journal_entrees";
    let avant = banc.compter(ecrits).await;
    for acte in PROCEDURE.iter().filter(|acte| !acte.a_tous) {
        let adresse = remplir(acte.adresse, &objets);
        let envoyer = async |qui: &crate::banc::Visiteur<'_>| match acte.route {
            "create_piece" => qui.post_fichier(&adresse, ("statuts", "statuts.pdf"), b"%PDF-1.7\n").await,
            _ => qui.post(&adresse, &champs).await,
        };
        envoyer(&banc.public()).await.demande_a_se_connecter();
        for autre in &autres {
            let reponse = envoyer(autre).await;
            assert_eq!(reponse.statut, axum::http::StatusCode::NOT_FOUND, "{adresse}");
        }
    }
    assert_eq!(banc.compter(ecrits).await, avant, "rien n’est écrit");
    let mut base = banc.app.db.lecture().await.unwrap();
    let (retire,): (Option<i64>,) =
        base.fetch_one("SELECT retire_le FROM dossiers WHERE numero = '2024-0001'", &[]).await.unwrap();
    assert_eq!(retire, None);
});

parcours!(aucune_page_publique_ne_nomme_personne(banc) {
    let objets = objets(banc).await;
    banc.personne(GWENN).await
        .post(&remplir("/corrections/{correction}/moderation", &objets), &[("sort", "retenue")]).await
        .mene_a("/corrections");
    let comptes: Vec<(String, String)> = {
        let mut base = banc.app.db.lecture().await.unwrap();
        base.fetch_all("SELECT nom, courriel FROM comptes ORDER BY nom", &[]).await.unwrap()
    };
    assert!(comptes.len() > 20);
    let fiches: Vec<(Uuid,)> = {
        let mut base = banc.app.db.lecture().await.unwrap();
        base.fetch_all("SELECT id FROM poles WHERE invente AND fusionne_dans IS NULL ORDER BY id", &[]).await.unwrap()
    };
    // What no table of the router says to be public, and anyone reads: a signature
    // of the Charter and its files, a sitting, the laureates, the head of the journal.
    let preuve = crate::charte::signer(&banc.personne("nour@terre.example").await).await;
    let (_, seance) = crate::charte_seances::annoncer(&banc.personne("remi@labo.example").await).await;
    let ailleurs = [
        preuve,
        seance,
        "/verification".to_owned(),
        "/charte/signataires.csv".to_owned(),
        "/charte/signataires.csv?qualite=soutien".to_owned(),
        "/appels/ami-financement-2024/laureats".to_owned(),
        "/journal/tete".to_owned(),
    ];
    let pages = PUBLIQUES.iter().map(|(_, adresse)| remplir(adresse, &objets));
    let fiches = fiches.iter().map(|(id,)| format!("/poles/{id}"));
    let mut lus = Vec::new();
    for page in pages.chain(fiches).chain(ailleurs) {
        let lue = banc.public().get(&page).await;
        assert!(lue.statut.is_success(), "{page} : {}", lue.statut);
        lus.push((page, lue.texte));
    }
    lus.push(("le classeur".to_owned(), classeur(&banc.public().get("/poles.xlsx").await.octets)));
    for (page, texte) in &lus {
        for (nom, courriel) in &comptes {
            assert!(!texte.contains(nom.as_str()), "{page} nomme {nom}");
            assert!(!texte.contains(courriel.as_str()), "{page} dit {courriel}");
        }
    }
});

//! The register as open data: what the pages count is counted again from the
//! files, and a command writes the same files.

use std::collections::BTreeMap;

use crate::{
    banc::Banc,
    binaire::{Dossier, Serveur, commande, executer, get},
    parcours,
};

/// The rows of a file, by the titles of its columns.
fn rangees(texte: &str, separateur: u8) -> Vec<BTreeMap<String, String>> {
    let texte = texte.trim_start_matches('\u{feff}');
    let mut lecteur = csv::ReaderBuilder::new()
        .delimiter(separateur)
        .from_reader(texte.as_bytes());
    lecteur.deserialize().map(Result::unwrap).collect()
}

async fn poles(banc: &Banc) -> Vec<BTreeMap<String, String>> {
    rangees(&banc.public().get("/poles.csv").await.texte, b',')
}

parcours!(chaque_compte_public_se_refait_depuis_les_fichiers(banc) {
    let public = banc.public();
    let poles = poles(banc).await;
    public.get("/poles").await.montre(&format!("{} pôles inscrits", poles.len()));
    let ou = |colonne: &str, valeur: &str| poles.iter().filter(|p| p[colonne] == valeur).count();
    let regions = public.get("/regions").await;
    for region in metier::commun::Region::TOUTES {
        let ligne = regions.texte.split("<tr").find(|l| l.contains(&format!("href=\"/regions/{}\"", region.code())));
        let combien = match ou("region", region.code()) {
            0 => ">aucun<".to_owned(),
            n => format!(">{n}<"),
        };
        assert!(ligne.unwrap().contains(&combien), "{} : {combien}", region.nom());
    }
    let avec = |signe: &str| poles.iter().filter(|p| p["signes"].split('|').any(|s| s == signe)).count();
    for signe in ["charte", "accompagnement", "financement"] {
        public.get(&format!("/poles?signe={signe}")).await.montre(&format!("{} pôle", avec(signe)));
    }
    assert!(avec("charte") > 0 && ou("invente", "oui") > 0);

    let recenses = rangees(&public.get("/recensement/export").await.texte, b';');
    assert_eq!(recenses.len(), poles.len(), "chaque pôle, recensé ou non");
    let combien = |signataire: &str, laureat: &str| recenses.iter()
        .filter(|p| p["signataire_charte"] == signataire && p["laureat_accompagnement"] == laureat).count();
    let recensement = public.get("/recensement").await;
    let (les_deux, seule, seuls) = (combien("oui", "oui"), combien("oui", "non"), combien("non", "oui"));
    recensement.montre(&format!("{} pôles recensés", les_deux + seule + seuls));
    let inconnues = recenses.iter().filter(|p| p["signataire_charte"] == "non connu").count();
    recensement.montre(&format!(">{inconnues} pôles</a>"));
});

parcours!(la_page_des_donnees_dit_chaque_colonne_du_fichier(banc) {
    let public = banc.public();
    let page = public.get("/donnees").await;
    for colonne in poles(banc).await[0].keys().filter(|c| !["definition", "licence", "date"].contains(&c.as_str())) {
        page.montre(&format!("<code>{colonne}</code>"));
    }
    page.montre("Licence Ouverte 2.0").montre("coopole registre exporter").montre("/poles.atom");
    public.get("/plan").await.montre("/donnees");
    // No person, no address of one.
    for fichier in ["/poles.csv", "/poles.json", "/poles.geojson", "/recensement/export"] {
        let fichier = public.get(fichier).await;
        for personne in ["Solène", "solene@", "gwenn@"] {
            assert!(!fichier.texte.contains(personne), "{personne}");
        }
    }
});

#[tokio::test]
async fn la_commande_ecrit_les_fichiers_que_la_page_donne() {
    let dossier = Dossier::neuf();
    let mut serveur = Serveur::demarrer(commande(
        &dossier.0,
        &["serve", "--demo", "--jeu", "distribution"],
    ));
    let servi = get(&serveur.adresse, "/poles.csv", "").await;
    let ailleurs = dossier.0.join("ouvertes");
    executer(
        &dossier.0,
        &["registre", "exporter", ailleurs.to_str().unwrap()],
    )
    .finit(0, "poles.csv")
    .finit(0, "recensement.csv")
    .finit(0, "Fichiers : 6.");
    assert!(serveur.arreter().success());
    // All but where addresses begin, which is that of each process.
    let nu = |texte: &str| -> Vec<String> {
        let lignes = texte
            .lines()
            .filter(|ligne| ligne.contains("Licence Ouverte"));
        lignes
            .map(|ligne| ligne.split("/poles/").last().unwrap().to_owned())
            .collect()
    };
    let ecrit = std::fs::read_to_string(ailleurs.join("poles.csv")).unwrap();
    assert!(nu(&ecrit).len() > 75);
    assert_eq!(nu(&ecrit), nu(&servi));
    let classeur = std::fs::read(ailleurs.join("poles.xlsx")).unwrap();
    assert!(classeur.starts_with(b"PK"));
}

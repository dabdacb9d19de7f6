//! What is measured, in the order it is printed.

use std::{sync::Arc, time::Duration};

use crate::{
    Demande,
    client::{self, Charge, Mesure, Reponse, Source},
    limites::Nu,
    monde::{self, APPEL, BROUILLONS, CELLULE, Monde, requete},
    rapport::Rapport,
};

/// How many clients ask at once.
pub const SIMULTANES: [usize; 3] = [1, 16, 64];
/// What a browser accepts.
pub const CODAGES: &str = "Accept-Encoding: gzip, deflate, br";
/// HTML, style and script, as sent.
const POIDS_AU_PLUS: usize = 60 * 1024;

/// A page of the measure.
pub struct Page {
    pub nom: &'static str,
    pub chemin: String,
    /// Rendered once and kept: the aim is for these.
    pub gardee: bool,
    pub temoin: Option<String>,
}

impl Page {
    fn publique(nom: &'static str, chemin: String, gardee: bool) -> Self {
        Self {
            nom,
            chemin,
            gardee,
            temoin: None,
        }
    }

    pub fn requete(&self, codages: Option<&str>) -> Arc<[u8]> {
        let mut lignes = vec![format!("GET {} HTTP/1.1", self.chemin)];
        lignes.extend(codages.map(str::to_owned));
        lignes.extend(
            self.temoin
                .as_ref()
                .map(|temoin| format!("Cookie: {temoin}")),
        );
        requete(&lignes, "")
    }
}

/// The whole measure of one base.
pub fn jouer(monde: &Monde, demande: Demande, rapport: &mut Rapport) {
    let base = monde.app.db.nom();
    pages(monde, demande, rapport);
    let nues = monde.validations_nues(demande.duree);
    rapport.titre(&format!(
        "{base} : une ligne validée sur disque, l’une après l’autre : {nues:.0} par seconde"
    ));
    brouillons(monde, demande, rapport, nues);
    liste(monde, demande, rapport);
    depots(monde, demande, rapport);
}

fn pages(monde: &Monde, demande: Demande, rapport: &mut Rapport) {
    let eligibilite = coopole::urls::eligibilite(APPEL);
    let pages = [
        Page::publique("accueil", "/".into(), true),
        Page::publique("les appels", "/appels".into(), true),
        Page::publique("un appel", coopole::urls::appel(APPEL), true),
        Page::publique("éligibilité, vierge", eligibilite.clone(), false),
        Page::publique(
            "éligibilité, remplie",
            format!("{eligibilite}?forme=association&pole=oui"),
            false,
        ),
    ];
    let base = monde.app.db.nom();
    rapport.tete(&format!(
        "{base} : pages publiques, en Brotli ; rapport à un service nu qui envoie les mêmes octets"
    ));
    for page in &pages {
        let au_plus_bas = mesurer(monde, demande, rapport, page);
        if page.gardee {
            rapport.but(
                &format!("{base}, {} : au moins la moitié du service nu", page.nom),
                au_plus_bas >= 0.5,
                &format!("{au_plus_bas:.2} au plus bas"),
            );
        }
    }
    rapport.titre(&format!("{base} : poids des pages, en octets"));
    rapport.ligne(&format!(
        "  {:<34} {:>10} {:>10} {:>22}",
        "", "brute", "Brotli", "avec style et script"
    ));
    for page in &pages {
        let octets = peser(monde, rapport, page);
        limiter(base, rapport, page, octets);
    }
}

/// One page at each concurrency, each time beside the bare handler; gives the
/// lowest ratio.
fn mesurer(monde: &Monde, demande: Demande, rapport: &mut Rapport, page: &Page) -> f64 {
    let requete = page.requete(Some(CODAGES));
    let reponse = client::demander(monde.adresse, &requete);
    assert_eq!(reponse.statut, 200, "{}", page.chemin);
    let nu = Nu::servir(monde.moteur.handle(), &reponse);
    let mut au_plus_bas = f64::MAX;
    for clients in SIMULTANES {
        let charge = |adresse, duree| Charge {
            adresse,
            source: toujours(&requete),
            statut: 200,
            clients,
            duree,
        };
        client::charger(&charge(monde.adresse, demande.duree / 5));
        let limite = client::charger(&charge(nu.adresse, demande.duree));
        let mesure = client::charger(&charge(monde.adresse, demande.duree));
        let rapport_au_nu = mesure.par_seconde() / limite.par_seconde();
        rapport.mesure(page.nom, &mesure, Some(rapport_au_nu));
        rapport.mesure("  service nu", &limite, None);
        au_plus_bas = au_plus_bas.min(rapport_au_nu);
    }
    au_plus_bas
}

pub fn toujours(requete: &Arc<[u8]>) -> Source {
    let requete = Arc::clone(requete);
    Arc::new(move |_, _| Some(Arc::clone(&requete)))
}

/// What a page may weigh, all included.
pub fn limiter(base: &str, rapport: &mut Rapport, page: &Page, octets: usize) {
    rapport.but(
        &format!(
            "{base}, {} : 60 Kio au plus, style et script compris",
            page.nom
        ),
        octets <= POIDS_AU_PLUS,
        &format!("{octets} octets"),
    );
}

/// A page as it is, as it is sent, and with the files it asks for: the last is
/// what it weighs.
pub fn peser(monde: &Monde, rapport: &mut Rapport, page: &Page) -> usize {
    let brute = client::demander(monde.adresse, &page.requete(None));
    let envoyee = client::demander(monde.adresse, &page.requete(Some(CODAGES)));
    verifier(&brute, &envoyee);
    let texte = String::from_utf8_lossy(&brute.corps);
    let actifs: usize = texte
        .split(['"', '\''])
        .filter(|adresse| adresse.starts_with("/actifs/"))
        .filter(|adresse| adresse.ends_with(".css") || adresse.ends_with(".js"))
        // Read by browsers without script only.
        .filter(|adresse| !adresse.contains("sans-script"))
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .map(|adresse| {
            let lignes = [format!("GET {adresse} HTTP/1.1"), CODAGES.to_owned()];
            client::demander(monde.adresse, &requete(&lignes, ""))
                .corps
                .len()
        })
        .sum();
    let total = envoyee.corps.len() + actifs;
    rapport.ligne(&format!(
        "  {:<34} {:>10} {:>10} {total:>22}",
        page.nom,
        brute.corps.len(),
        envoyee.corps.len()
    ));
    total
}

/// What was measured compressed is the page, to the byte.
fn verifier(brute: &Reponse, envoyee: &Reponse) {
    assert!(
        envoyee
            .entetes()
            .any(|(nom, valeur)| (nom, valeur) == ("content-encoding", "br"))
    );
    let mut relue = Vec::new();
    brotli::BrotliDecompress(&mut &*envoyee.corps, &mut relue).unwrap();
    assert_eq!(relue.len(), brute.corps.len());
}

/// The script saves one answer after the other, each in its own draft.
fn brouillons(monde: &Monde, demande: Demande, rapport: &mut Rapport, nues: f64) {
    let base = monde.app.db.nom();
    rapport.tete(&format!(
        "{base} : un brouillon enregistré par le script ; rapport à une validation nue"
    ));
    let envois: Vec<[Arc<[u8]>; 2]> = (0..BROUILLONS)
        .map(|rang| aller_retour(monde, rang))
        .collect();
    let source: Source = Arc::new(move |client, rang| Some(Arc::clone(&envois[client][rang % 2])));
    for clients in SIMULTANES {
        // An even number of saves leaves each draft as the next load expects it.
        let mesure = client::charger(&Charge {
            adresse: monde.adresse,
            source: Arc::clone(&source),
            statut: 200,
            clients,
            duree: demande.duree,
        });
        rapport.mesure("brouillon", &mesure, Some(mesure.par_seconde() / nues));
        remettre(monde);
    }
}

const RUBRIQUE: &str = "pole";

/// Two saves, each of which undoes the other, with the marks their page shows.
pub fn aller_retour(monde: &Monde, rang: usize) -> [Arc<[u8]>; 2] {
    let chemin = coopole::urls::rubrique(monde::dossier(rang), RUBRIQUE);
    let temoin = format!("Cookie: {}", monde::temoin(rang));
    let lignes = [format!("GET {chemin} HTTP/1.1"), temoin.clone()];
    let page = client::demander(monde.adresse, &requete(&lignes, ""));
    assert_eq!(page.statut, 200);
    let page = String::from_utf8(page.corps).unwrap();
    let version = entre(&page, "name=\"version\" value=\"", "\"");
    let champ = champ_libre(monde);
    let envoyer = |version: &str, texte: &str| {
        let corps = format!(
            "version={}&{champ}={}",
            coopole::urls::encoder(version),
            coopole::urls::encoder(texte)
        );
        let lignes = [
            format!("POST {chemin} HTTP/1.1"),
            temoin.clone(),
            "Accept: application/json".to_owned(),
        ];
        requete(&lignes, &corps)
    };
    let avant = client::demander(monde.adresse, &envoyer(version, TEXTES[0]));
    assert_eq!(
        avant.statut,
        200,
        "{}",
        String::from_utf8_lossy(&avant.corps)
    );
    let avant = String::from_utf8(avant.corps).unwrap();
    let marques = entre(&avant, "\"version\":\"", "\"").to_owned();
    let aller = envoyer(&marques, TEXTES[1]);
    let apres = client::demander(monde.adresse, &aller);
    let apres = String::from_utf8(apres.corps).unwrap();
    let retour = envoyer(entre(&apres, "\"version\":\"", "\""), TEXTES[0]);
    assert_eq!(client::demander(monde.adresse, &retour).statut, 200);
    [aller, retour]
}

const TEXTES: [&str; 2] = [
    "Ce que fait le pôle, dit en une phrase.",
    "Ce que fait le pôle, dit en une autre phrase, un peu plus longue.",
];

/// The first question of the rubrique that takes a free text.
fn champ_libre(monde: &Monde) -> String {
    use metier::campagnes::formulaire::TypeChamp;
    let campagne = monde.app.campagnes.find(APPEL).unwrap();
    let rubrique = campagne.formulaire.rubrique(RUBRIQUE).unwrap();
    let champ = rubrique.champs.iter().find(|champ| {
        matches!(
            champ.genre,
            TypeChamp::TexteCourt { .. } | TypeChamp::TexteLong { .. }
        )
    });
    champ.unwrap().code.clone()
}

/// Puts every draft back to the text its first save expects.
fn remettre(monde: &Monde) {
    let champ = champ_libre(monde);
    monde.moteur.block_on(async {
        let mut tx = monde.app.db.begin().await.unwrap();
        for rang in 0..BROUILLONS {
            let valeurs = coopole::valeurs![TEXTES[0], monde::dossier(rang), champ.as_str()];
            tx.execute(
                "UPDATE reponses SET valeur = $1 WHERE dossier = $2 AND champ = $3",
                &valeurs,
            )
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
    });
}

fn entre<'t>(texte: &'t str, debut: &str, fin: &str) -> &'t str {
    let suite = texte
        .split_once(debut)
        .unwrap_or_else(|| panic!("{debut} manque :\n{texte}"))
        .1;
    suite.split_once(fin).unwrap().0
}

/// The list of a cell at a thousand dossiers, then at a hundred thousand.
fn liste(monde: &Monde, demande: Demande, rapport: &mut Rapport) {
    let base = monde.app.db.nom();
    let liste = |nom: &'static str, suite: &str| Page {
        nom,
        chemin: format!("/cellule?region={CELLULE}&quand=tard{suite}"),
        gardee: false,
        temoin: Some(monde.agent.clone()),
    };
    let pages = [
        liste("première page", ""),
        liste(
            "page du milieu",
            "&apres=1711883200000.00000000-0000-0000-0000-000000000000",
        ),
        liste("étape de l’avis", "&etape=avis"),
        liste("recherche d’un pôle", "&q=lieu+1000777"),
        liste("recherche d’un mot courant", "&q=lieu"),
        liste("recherche d’un numéro", "&q=2024-1000777"),
    ];
    let mut temps = Vec::new();
    for (de, a) in [(0, 1_000), (1_000, 100_000)] {
        monde.remplir_la_cellule(de, a);
        rapport.tete(&format!(
            "{base} : la liste d’une cellule à {a} dossiers ; rapport à un service nu"
        ));
        for page in &pages {
            let requete = page.requete(Some(CODAGES));
            let reponse = client::demander(monde.adresse, &requete);
            assert_eq!(reponse.statut, 200, "{}", page.chemin);
            let nu = Nu::servir(monde.moteur.handle(), &reponse);
            for clients in SIMULTANES {
                let charge = |adresse| Charge {
                    adresse,
                    source: toujours(&requete),
                    statut: 200,
                    clients,
                    duree: demande.duree / 2,
                };
                let limite = client::charger(&charge(nu.adresse));
                let mesure = client::charger(&charge(monde.adresse));
                rapport.mesure(
                    page.nom,
                    &mesure,
                    Some(mesure.par_seconde() / limite.par_seconde()),
                );
                if clients == 1 {
                    temps.push(mesure.centile(0.5));
                }
            }
        }
    }
    for (rang, page) in pages.iter().enumerate() {
        let (petite, grande) = (temps[rang], temps[pages.len() + rang]);
        rapport.but(
            &format!("{base}, liste d’une cellule, {} : à 100 000 dossiers, 1,5 fois son temps à 1 000 au plus", page.nom),
            grande <= petite * 1.5,
            &format!("{:.2} fois ({petite:.2} puis {grande:.2} ms)", grande / petite),
        );
    }
}

/// The act itself, over HTTP: a complete dossier, by the person who answers
/// for its pole, while the jobs it leaves are done beside.
fn depots(monde: &Monde, demande: Demande, rapport: &mut Rapport) {
    let base = monde.app.db.nom();
    // The limit again, in the minute of the filings.
    let nues = monde.validations_nues(demande.duree);
    rapport.tete(&format!(
        "{base} : un dossier complet déposé (quatre pièces, deux budgets) ; rapport à {nues:.0} validations nues par seconde"
    ));
    let mut premier = BROUILLONS;
    let essai = client::demander(monde.adresse, &depot(premier));
    assert_eq!(
        essai.statut,
        303,
        "{}",
        String::from_utf8_lossy(&essai.corps)
    );
    premier += 1;
    let imprimes = monde.compter("SELECT COUNT(*) FROM documents");
    let mut deposes = 1;
    for clients in SIMULTANES {
        let combien = if clients == 1 {
            demande.depots / 5
        } else {
            demande.depots
        };
        let requetes: Vec<Arc<[u8]>> = (premier..premier + combien).map(depot).collect();
        premier += combien;
        let file = std::sync::atomic::AtomicUsize::new(0);
        let source: Source = Arc::new(move |_, _| {
            let rang = file.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            requetes.get(rang).cloned()
        });
        let validations = monde.compteur("coopole_validations_d_actes");
        let mesure = client::charger(&Charge {
            adresse: monde.adresse,
            source,
            statut: 303,
            clients,
            duree: demande.duree * 3,
        });
        deposes += mesure.nombre() - mesure.refusees;
        let validations = monde.compteur("coopole_validations_d_actes") - validations;
        conclure_les_depots(monde, rapport, &mesure, validations, nues);
    }
    assert!(premier <= BROUILLONS + monde.deposables);
    let imprimes = monde.compter("SELECT COUNT(*) FROM documents") - imprimes;
    rapport.ligne(&format!(
        "  pendant ces dépôts, {imprimes} accusés ont été imprimés en PDF par les travaux"
    ));
    let gardes = monde.compter("SELECT COUNT(*) FROM depots");
    assert_eq!(gardes, deposes as i64, "chaque dépôt répondu est en base");
    monde.renoncer_aux_travaux();
    monde.finir_les_travaux(Duration::from_secs(10));
    assert!(monde.journal_intact(), "le journal se vérifie");
    rapport.ligne(&format!("  {deposes} dépôts répondus, {gardes} en base, journal vérifié de sa première entrée à sa dernière"));
}

fn conclure_les_depots(
    monde: &Monde,
    rapport: &mut Rapport,
    mesure: &Mesure,
    validations: f64,
    nues: f64,
) {
    let base = monde.app.db.nom();
    let rapport_au_nu = mesure.par_seconde() / nues;
    rapport.mesure("dépôt", mesure, Some(rapport_au_nu));
    let par_validation = mesure.nombre() as f64 / validations.max(1.0);
    rapport.ligne(
        &format!("  {:<34} {par_validation:.1} dépôts par validation", "").replace('.', ","),
    );
    if mesure.clients == 64 {
        rapport.but(
            &format!(
                "{base}, dépôts à 64 clients : au moins le quart d’une validation nue par dépôt"
            ),
            rapport_au_nu >= 0.25,
            &format!(
                "{rapport_au_nu:.2} ({:.0} par seconde, pour {nues:.0})",
                mesure.par_seconde()
            ),
        );
    }
}

fn depot(rang: usize) -> Arc<[u8]> {
    let chemin = coopole::urls::du_dossier(monde::dossier(rang), "depot");
    let lignes = [
        format!("POST {chemin} HTTP/1.1"),
        CODAGES.to_owned(),
        format!("Cookie: {}", monde::temoin(rang)),
    ];
    requete(&lignes, "pouvoir=oui&exactitude=oui")
}

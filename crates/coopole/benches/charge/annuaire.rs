//! The directory at three sizes: its page, its filters, its searches; the map
//! at two. Each beside a bare handler that sends the same bytes.

use coopole::{socle::db::Tx, valeurs};
use metier::{
    commun::Region,
    poles::{Theme, mots::renverser},
};

use crate::{
    Demande,
    client::{self, Charge},
    limites::Nu,
    monde::{Genre, MOTS, Monde, SYLLABES, Semis, communes, mot, statistiques},
    rapport::Rapport,
    scenes::{CODAGES, Page, SIMULTANES, limiter, peser, toujours},
};

/// How many poles the register has, one after the other.
const TAILLES: [usize; 3] = [300, 10_000, 100_000];

/// Up to how many poles the map is measured.
const SUR_LA_CARTE: usize = 10_000;

/// Far from the ranks of those who file.
const PREMIER: usize = 3_000_000;

/// How many of them the presentation of a pole holds.
const PAR_POLE: usize = 12;

/// The word of that rank ([`mot`]), told to a base.
fn mot_en_sql(rang: &str) -> String {
    let syllabe = |diviseur: usize| {
        format!("SUBSTR('{SYLLABES}', CAST((({rang}) / {diviseur}) % 12 * 2 + 1 AS INTEGER), 2)")
    };
    [1, 12, 144].map(syllabe).join(" || ")
}

pub fn jouer(monde: &Monde, demande: Demande, rapport: &mut Rapport) {
    let base = monde.app.db.nom();
    let (pages, cartes) = (pages(monde), cartes(monde));
    let mut temps = Vec::new();
    let mut deja = 0;
    for taille in TAILLES {
        remplir(monde, deja, taille);
        deja = taille;
        rapport.tete(&format!(
            "{base} : l’annuaire à {taille} pôles ; rapport à un service nu"
        ));
        for page in &pages {
            temps.push(mesurer(monde, demande, rapport, page));
        }
        if taille <= SUR_LA_CARTE {
            rapport.tete(&format!(
                "{base} : la carte à {taille} pôles, chacun à sa commune ; rapport à un service nu"
            ));
            for page in &cartes {
                mesurer(monde, demande, rapport, page);
            }
            rapport.titre(&format!(
                "{base} : poids de la carte à {taille} pôles, en octets"
            ));
            peser(monde, rapport, &cartes[0]);
        }
    }
    rapport.titre(&format!(
        "{base} : poids de l’annuaire à {deja} pôles, en octets"
    ));
    let octets = peser(monde, rapport, &pages[0]);
    limiter(base, rapport, &pages[0], octets);
    let dernieres = &temps[temps.len() - 2 * pages.len()..];
    for (rang, page) in pages.iter().enumerate().filter(|(_, page)| !page.gardee) {
        let (petite, grande) = (dernieres[rang], dernieres[pages.len() + rang]);
        rapport.but(
            &format!(
                "{base}, annuaire, {} : à 100 000 pôles, moins de 3 fois son p99 à 10 000",
                page.nom
            ),
            grande < petite * 3.0,
            &format!(
                "{:.2} fois ({petite:.2} puis {grande:.2} ms)",
                grande / petite
            ),
        );
    }
}

/// The first is served as visitors are; the others are rendered each time.
fn pages(monde: &Monde) -> Vec<Page> {
    let rendue = |nom: &'static str, suite: &str| Page {
        nom,
        chemin: format!("{}{suite}", coopole::urls::POLES),
        gardee: false,
        temoin: Some(monde.agent.clone()),
    };
    let mut faute = mot(777);
    faute.replace_range(2..3, "z");
    vec![
        Page {
            gardee: true,
            temoin: None,
            ..rendue("première page, gardée", "")
        },
        rendue("première page, rendue", ""),
        rendue(
            "page du milieu",
            "?apres=bourg+30001~00000000-0000-0000-0000-000000000000",
        ),
        rendue("une région et un thème", "?region=53&theme=bois"),
        rendue("recherche d’un mot", &format!("?q={}", mot(777))),
        rendue("recherche de deux mots", &format!("?q={}+bourg", mot(777))),
        rendue(
            "recherche du début d’un mot",
            &format!("?q={}", &mot(777)[..5]),
        ),
        rendue("recherche d’un mot courant", "?q=bourg"),
        rendue("recherche avec une faute", &format!("?q={faute}")),
    ]
}

/// The map of all of them, as visitors are served, then rendered; and that of
/// a region.
fn cartes(monde: &Monde) -> Vec<Page> {
    let carte = |nom: &'static str, suite: &str, temoin: Option<&String>| Page {
        nom,
        chemin: format!("{}{suite}", coopole::urls::CARTE),
        gardee: temoin.is_none(),
        temoin: temoin.cloned(),
    };
    vec![
        carte("carte, gardée", "", None),
        carte("carte, rendue", "", Some(&monde.agent)),
        carte("carte d’une région", "?region=53", Some(&monde.agent)),
    ]
}

/// One page at each concurrency, each time beside the bare handler; gives the
/// 99th centile of a client alone.
fn mesurer(monde: &Monde, demande: Demande, rapport: &mut Rapport, page: &Page) -> f64 {
    let requete = page.requete(Some(CODAGES));
    let reponse = client::demander(monde.adresse, &requete);
    assert_eq!(reponse.statut, 200, "{}", page.chemin);
    let nu = Nu::servir(monde.moteur.handle(), &reponse);
    let mut seul = 0.0;
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
            seul = mesure.centile(0.99);
        }
    }
    seul
}

fn remplir(monde: &Monde, de: usize, a: usize) {
    monde.moteur.block_on(async {
        let mut tx = monde.app.db.begin().await.unwrap();
        if de == 0 {
            semer_le_vocabulaire(&mut tx).await;
            semer_les_communes(&mut tx).await;
        }
        semer(&mut tx, Semis::sur(&monde.app), (PREMIER + de, PREMIER + a)).await;
        tx.commit().await.unwrap();
        statistiques(&monde.app).await;
    });
}

/// Poles of as many communes, one in two rural, two themes and a dozen words each;
/// all hold « bourg », a third signed the Charter.
async fn semer(tx: &mut Tx, semis: Semis, tous: (usize, usize)) {
    let structure = semis.id(Genre::Structure, "n.i");
    let pole = semis.id(Genre::Pole, "n.i");
    semis
        .semer(
            tx,
            tous,
            "structures (id, nom)",
            &format!("{structure}, 'Structure ' || n.i FROM n"),
        )
        .await;
    let communes = communes().len();
    let presentation = "Ce que fait le pôle, dit en quelques phrases. ".repeat(8);
    semis
        .semer(
            tx,
            tous,
            "poles (id, nom, cle_tri, porteuse, commune, departement, region, maturite, themes, rural, \
             presentation, invente)",
            &format!(
                "{pole}, 'Bourg ' || n.i, 'bourg ' || n.i, {structure}, c.nom, c.departement, c.region, \
                 'emergent', 'bois;laine', (n.i % 2 = 0), '{presentation}', (1 = 1) \
                 FROM n JOIN communes_du_banc c ON c.rang = n.i * 7919 % {communes}"
            ),
        )
        .await;
    let themes = Theme::TOUS.len();
    for rang in 0..2 {
        let code = Theme::TOUS
            .iter()
            .enumerate()
            .fold(String::new(), |cas, (place, theme)| {
                format!("{cas} WHEN {place} THEN '{}'", theme.code())
            });
        let lignes = format!("CASE (n.i * 7 + {rang} * 11) % {themes}{code} END, {pole} FROM n");
        semis
            .semer(tx, tous, "themes_des_poles (theme, pole)", &lignes)
            .await;
    }
    semis
        .semer(
            tx,
            tous,
            "signatures_charte (id, pole, version, signee_le)",
            &format!(
                "{}, {pole}, '2021-06-30', 1625000000000 + n.i FROM n WHERE n.i % 3 = 0",
                semis.id_neuf()
            ),
        )
        .await;
    let communs = ["'bourg'".to_owned(), "CAST(n.i AS TEXT)".to_owned()];
    let presentes =
        (0..PAR_POLE).map(|rang| mot_en_sql(&format!("(n.i * 31 + {}) % {MOTS}", rang * 139)));
    for mot in communs.into_iter().chain(presentes) {
        let lignes = format!("{mot}, {pole} FROM n");
        semis
            .semer(tx, tous, "mots_des_poles (mot, pole)", &lignes)
            .await;
    }
}

async fn semer_le_vocabulaire(tx: &mut Tx) {
    for mot in (0..MOTS).map(mot) {
        tx.execute(
            "INSERT INTO vocabulaire (mot, envers, ecrit) VALUES ($1, $2, $1)",
            &valeurs![&mot, renverser(&mot)],
        )
        .await
        .unwrap();
    }
}

/// Where the poles stand: every commune, in an order that keeps no two near
/// ones together.
async fn semer_les_communes(tx: &mut Tx) {
    tx.execute(
        "CREATE TABLE communes_du_banc (rang BIGINT PRIMARY KEY, nom TEXT NOT NULL, departement TEXT NOT NULL, \
         region TEXT NOT NULL)",
        &[],
    )
    .await
    .unwrap();
    let rangees: Vec<_> = communes()
        .iter()
        .enumerate()
        .map(|(rang, commune)| {
            let signes = if commune.code.starts_with("97") { 3 } else { 2 };
            let region = Region::par_commune(commune.code).unwrap();
            valeurs![
                rang as i64,
                commune.nom,
                &commune.code[..signes],
                region.code()
            ]
        })
        .collect();
    tx.inserer(
        "INSERT INTO communes_du_banc (rang, nom, departement, region) VALUES ($1, $2, $3, $4)",
        &rangees,
    )
    .await
    .unwrap();
}

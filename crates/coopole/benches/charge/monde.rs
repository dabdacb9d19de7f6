//! The world of the bench: a real instance, filled by its own SQL.
//!
//! Rows are made in bulk by the database itself, which no room of the product
//! does; a template dossier is filled through the product's own functions and
//! then copied, each copy with its pole, its structure and its person.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use axum::serve;
use coopole::{
    app::App,
    demonstration,
    dossiers::{self, LigneBudget, Membre, Piece},
    router,
    socle::{
        alea,
        db::Tx,
        journal::{
            scellement,
            verification::{self, Verdict},
        },
        reglages::{Marque, Reglages},
        session, taches,
    },
    valeurs,
};
use jiff::Timestamp;
use metier::{
    campagnes::formulaire::{Champ, TypeChamp},
    commun::Region,
};
use sqlx::AssertSqlSafe;
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
    task::JoinSet,
    time::Instant,
};
use uuid::Uuid;

use crate::{limites, machine};

pub const APPEL: &str = "ami-financement-2024";
/// Between the opening of the call and its closing.
const MAINTENANT: &str = "2024-05-28T10:00:00+02:00";
const MAINTENANT_MS: i64 = 1_716_883_200_000;
/// How many people write drafts at once, at most.
pub const BROUILLONS: usize = 64;
/// The cell whose list is measured, and the region of those who file.
pub const CELLULE: &str = "53";
const AILLEURS: &str = "84";

/// Where the house keeps its rows.
#[derive(Clone)]
pub enum Base {
    Sqlite,
    /// The address of the server.
    Postgres(String),
}

/// One instance, served on the loopback as `coopole serve` does.
pub struct Monde {
    pub moteur: Runtime,
    pub app: App,
    pub adresse: SocketAddr,
    /// The cookie of the agent of the cell.
    pub agent: String,
    /// The cookie of the keeper of the register.
    pub gardien: String,
    /// How many complete dossiers wait to be filed, after the drafts.
    pub deposables: usize,
    pub donnees: PathBuf,
    travaux: JoinSet<()>,
}

/// What the rows of the bench are, in the first half of their identifiers.
#[derive(Clone, Copy)]
pub enum Genre {
    Compte = 1,
    Structure = 2,
    Pole = 3,
    Dossier = 4,
    Habilitation = 5,
    Signature = 6,
}

/// The identifier of the nth row of that kind.
fn id(genre: Genre, rang: usize) -> Uuid {
    Uuid::from_u128(((genre as u128) << 96) | rang as u128)
}

/// Of the dossier that person files.
pub fn dossier(rang: usize) -> Uuid {
    id(Genre::Dossier, rang)
}

/// The cookie of that person.
pub fn temoin(rang: usize) -> String {
    format!("coopole_session=personne-{rang}")
}

impl Monde {
    pub fn ouvrir(base: Base, depots: usize) -> Self {
        let moteur = Builder::new_multi_thread().enable_all().build().unwrap();
        let donnees = machine::dossier("instance");
        let adresse = match base {
            Base::Sqlite => None,
            Base::Postgres(serveur) => {
                Some(moteur.block_on(limites::creer_une_base_postgres(&serveur)))
            }
        };
        let reglages = Reglages {
            port: 0,
            url: "http://coopole.example".into(),
            donnees: donnees.clone(),
            base: adresse,
            marque: Marque::Neutre,
            smtp: None,
            mandataires: Vec::new(),
            assistance: None,
            demonstration: false,
        };
        // A template, the drafts, one filing to try, then one load after the other.
        let deposables = 1 + depots / 5 + 2 * depots;
        let (app, agent, gardien) = moteur.block_on(async {
            let app = App::ouvrir(reglages).await.unwrap();
            demonstration::refuser_hors_demonstration(&app)
                .await
                .unwrap()
                .unwrap();
            app.horloge.figer(MAINTENANT.parse().unwrap());
            let agent = semer_les_porteurs(&app, BROUILLONS + deposables).await;
            let mut tx = app.db.begin().await.unwrap();
            let gardien = semer_le_gardien(&mut tx).await;
            tx.commit().await.unwrap();
            (app, agent, gardien)
        });
        let (adresse, travaux) = moteur.block_on(servir(&app));
        Self {
            moteur,
            app,
            adresse,
            agent,
            gardien,
            deposables,
            donnees,
            travaux,
        }
    }

    /// One commit after the other on the base of this world, alone.
    pub fn validations_nues(&self, duree: Duration) -> f64 {
        self.moteur.block_on(async {
            match &self.app.reglages.base {
                None => limites::validations_sqlite(&self.donnees, duree).await,
                Some(adresse) => limites::validations_postgres(adresse, duree).await,
            }
        })
    }

    /// Filed dossiers in the region of the cell, from that rank to that one.
    pub fn remplir_la_cellule(&self, de: usize, a: usize) {
        self.moteur.block_on(async {
            let mut tx = self.app.db.begin().await.unwrap();
            semer_la_cellule(&mut tx, Semis::sur(&self.app), de, a).await;
            tx.commit().await.unwrap();
            statistiques(&self.app).await;
        });
    }

    /// What the counter of that name stands at.
    pub fn compteur(&self, nom: &str) -> f64 {
        let texte = self.app.mesures.render();
        let ligne = texte.lines().find(|ligne| ligne.starts_with(nom));
        ligne.map_or(0.0, |ligne| {
            ligne.rsplit_once(' ').unwrap().1.parse().unwrap()
        })
    }

    pub fn compter(&self, sql: &'static str) -> i64 {
        self.moteur.block_on(async {
            let mut base = self.app.db.lecture().await.unwrap();
            base.compter(sql, &[]).await.unwrap()
        })
    }

    /// Seals what waits, then checks the journal from its first entry.
    pub fn journal_intact(&self) -> bool {
        self.moteur.block_on(async {
            let app = &self.app;
            while scellement::sceller(&app.db, &app.cle, &app.horloge)
                .await
                .unwrap()
                > 0
            {}
            let mut base = app.db.lecture().await.unwrap();
            let verdict = verification::verifier(&mut base, &app.cle).await.unwrap();
            matches!(verdict, Verdict::Intact { en_attente: 0, .. })
        })
    }

    /// Waits until no job is left, or that long.
    pub fn finir_les_travaux(&self, au_plus: Duration) -> Option<Duration> {
        let debut = Instant::now();
        while debut.elapsed() < au_plus {
            if self.compter("SELECT COUNT(*) FROM taches WHERE faite_le IS NULL") == 0 {
                return Some(debut.elapsed());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        None
    }

    /// Forgets the receipts still to be printed: other measures follow.
    pub fn renoncer_aux_travaux(&self) {
        self.moteur.block_on(async {
            let mut tx = self.app.db.begin().await.unwrap();
            taches::renoncer(&mut tx, dossiers::ACCUSE).await.unwrap();
            tx.commit().await.unwrap();
        });
    }

    pub fn fermer(mut self) {
        self.moteur.block_on(self.travaux.shutdown());
        drop(self.app);
        self.moteur.shutdown_timeout(Duration::from_secs(5));
        let _ = std::fs::remove_dir_all(self.donnees);
    }
}

/// What `coopole serve` starts: the site, the jobs, the sealing.
async fn servir(app: &App) -> (SocketAddr, JoinSet<()>) {
    let guichet = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let adresse = guichet.local_addr().unwrap();
    let mut travaux = JoinSet::new();
    let service = router::service(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    travaux.spawn(async move { serve(guichet, service).await.unwrap() });
    travaux.spawn(taches::tourner(app.clone(), router::faire));
    let app = app.clone();
    travaux.spawn(async move {
        loop {
            scellement::sceller(&app.db, &app.cle, &app.horloge)
                .await
                .unwrap();
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    });
    (adresse, travaux)
}

/// The two dialects of making rows out of nothing.
#[derive(Clone, Copy)]
pub struct Semis {
    postgres: bool,
}

impl Semis {
    pub fn sur(app: &App) -> Self {
        Self {
            postgres: app.reglages.base.is_some(),
        }
    }

    /// The identifier of the row that this expression numbers.
    pub fn id(self, genre: Genre, rang: &str) -> String {
        let genre = genre as u32;
        match self.postgres {
            true => format!(
                "CAST(lpad(to_hex({genre}), 8, '0') || lpad(to_hex({rang}), 24, '0') AS UUID)"
            ),
            false => format!("unhex(printf('%08x%024x', {genre}, {rang}))"),
        }
    }

    pub fn id_neuf(self) -> &'static str {
        match self.postgres {
            true => "gen_random_uuid()",
            false => "randomblob(16)",
        }
    }

    /// Runs `INSERT INTO … SELECT … FROM n`, where `n.i` counts.
    pub async fn semer(self, tx: &mut Tx, (de, a): (usize, usize), colonnes: &str, lignes: &str) {
        if de >= a {
            return;
        }
        let sql = format!(
            "INSERT INTO {colonnes} WITH RECURSIVE n(i) AS (SELECT CAST({de} AS BIGINT) UNION ALL \
             SELECT i + 1 FROM n WHERE i + 1 < {a}) SELECT {lignes}"
        );
        tx.execute(AssertSqlSafe(sql), &[]).await.unwrap();
    }
}

/// PostgreSQL gathers its statistics by itself within a minute; the bench does
/// not wait. SQLite gathers none, here as in the house.
pub async fn statistiques(app: &App) {
    if app.reglages.base.is_some() {
        let mut tx = app.db.begin().await.unwrap();
        tx.execute("ANALYZE", &[]).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// The agent of the cell, then as many people as asked, each answering for a
/// pole with a complete dossier to file; gives the cookie of the agent.
async fn semer_les_porteurs(app: &App, combien: usize) -> String {
    let semis = Semis::sur(app);
    let mut tx = app.db.begin().await.unwrap();
    let tous = (0, combien);
    let compte = semis.id(Genre::Compte, "n.i");
    let structure = semis.id(Genre::Structure, "n.i");
    let pole = semis.id(Genre::Pole, "n.i");
    let dossier = semis.id(Genre::Dossier, "n.i");
    let campagne = app.campagnes.find(APPEL).unwrap();
    let (genre, version) = (campagne.identite.genre.code(), campagne.version);
    semis
        .semer(
            &mut tx,
            tous,
            "comptes (id, courriel, nom, cree_le)",
            &format!(
                "{compte}, 'personne-' || n.i || '@banc.example', 'Personne ' || n.i, 0 FROM n"
            ),
        )
        .await;
    semis
        .semer(
            &mut tx,
            tous,
            "structures (id, nom, siret, region)",
            &format!("{structure}, 'Structure ' || n.i, '90000001900019', '{AILLEURS}' FROM n"),
        )
        .await;
    semis
        .semer(
            &mut tx,
            tous,
            "poles (id, nom, cle_tri, porteuse, region, invente)",
            &format!(
                "{pole}, 'Pôle ' || n.i, 'pole ' || n.i, {structure}, '{AILLEURS}', (1 = 1) FROM n"
            ),
        )
        .await;
    semis
        .semer(
            &mut tx,
            tous,
            "habilitations (id, compte, role, qualite, pole, du)",
            &format!(
                "{}, {compte}, 'porteur', 'responsable', {pole}, 0 FROM n",
                semis.id(Genre::Habilitation, "n.i")
            ),
        )
        .await;
    let charte = campagne.charte.as_ref().unwrap().version;
    semis
        .semer(
            &mut tx,
            tous,
            "signatures_charte (id, pole, version, signee_le)",
            &format!(
                "{}, {pole}, '{charte}', 1625000000000 FROM n",
                semis.id(Genre::Signature, "n.i")
            ),
        )
        .await;
    semis
        .semer(&mut tx, tous,
            "dossiers (id, numero, campagne, genre, version, pole, structure, region, ouvert_le, ouvert_par, modifie_le, prises)",
            &format!(
                "{dossier}, '2024-' || (5000000 + n.i), '{APPEL}', '{genre}', {version}, {pole}, {structure}, \
                 '{AILLEURS}', {MAINTENANT_MS}, {compte}, {MAINTENANT_MS}, 0 FROM n"
            ))
        .await;
    remplir_le_modele(&mut tx, app).await;
    copier_le_modele(&mut tx, semis, combien).await;
    for rang in 0..combien {
        ouvrir_une_session(
            &mut tx,
            &format!("personne-{rang}"),
            id(Genre::Compte, rang),
        )
        .await;
    }
    let agent = semer_l_agent(&mut tx).await;
    tx.commit().await.unwrap();
    statistiques(app).await;
    agent
}

async fn ouvrir_une_session(tx: &mut Tx, secret: &str, compte: Uuid) {
    tx.execute(
        "INSERT INTO sessions (empreinte, compte, ouverte, fin) VALUES ($1, $2, 0, $3)",
        &valeurs![session::empreinte(secret), compte, i64::MAX],
    )
    .await
    .unwrap();
}

/// Whoever brings lists into the register.
async fn semer_le_gardien(tx: &mut Tx) -> String {
    let compte = alea::id();
    tx.execute(
        "INSERT INTO comptes (id, courriel, nom, cree_le) VALUES ($1, 'gardien@banc.example', 'Gardien du banc', 0)",
        &valeurs![compte],
    )
    .await
    .unwrap();
    tx.execute(
        "INSERT INTO habilitations (id, compte, role, du) VALUES ($1, $2, 'charte', 0)",
        &valeurs![alea::id(), compte],
    )
    .await
    .unwrap();
    ouvrir_une_session(tx, "gardien", compte).await;
    "coopole_session=gardien".to_owned()
}

async fn semer_l_agent(tx: &mut Tx) -> String {
    let compte = alea::id();
    tx.execute(
        "INSERT INTO comptes (id, courriel, nom, cree_le) VALUES ($1, 'agent@banc.example', 'Agent du banc', 0)",
        &valeurs![compte],
    )
    .await
    .unwrap();
    tx.execute(
        "INSERT INTO habilitations (id, compte, role, qualite, region, du) VALUES ($1, $2, 'cra', 'instructeur', $3, 0)",
        &valeurs![alea::id(), compte, CELLULE],
    )
    .await
    .unwrap();
    ouvrir_une_session(tx, "agent", compte).await;
    "coopole_session=agent".to_owned()
}

/// The dossier of rank zero, complete, written as its pages would.
async fn remplir_le_modele(tx: &mut Tx, app: &App) {
    let (modele, par) = (dossier(0), id(Genre::Compte, 0));
    let le: Timestamp = MAINTENANT.parse().unwrap();
    let campagne = app.campagnes.find(APPEL).unwrap();
    for champ in campagne.formulaire.champs() {
        let reponse = reponse(champ);
        dossiers::record_reponse(tx, modele, (&champ.code, &reponse), par, le)
            .await
            .unwrap();
    }
    let membre = |nom: &str, genre: &str, qualite: &str| Membre {
        nom: nom.into(),
        genre: genre.into(),
        qualite_ess: qualite.into(),
        siret: String::new(),
    };
    let membres = [
        membre("Les Rives solidaires", "association", "de_droit"),
        membre("Menuiserie du Bac", "entreprise", "hors_ess"),
    ];
    dossiers::record_membres(tx, modele, &membres)
        .await
        .unwrap();
    let ligne = |charge, compte: &str, montant: &str| LigneBudget {
        charge,
        compte: compte.into(),
        montant: montant.into(),
        ..LigneBudget::default()
    };
    let aidee = LigneBudget {
        subvention: "100 000".into(),
        emploi: "animation_temps_travail".into(),
        ..ligne(true, "64", "120 000")
    };
    let projet = [aidee, ligne(false, "70", "20 000")];
    dossiers::record_lignes(tx, modele, "projet", &projet)
        .await
        .unwrap();
    let structure = [ligne(true, "60", "50 000"), ligne(false, "70", "50 000")];
    dossiers::record_lignes(tx, modele, "structure", &structure)
        .await
        .unwrap();
    for genre in [
        "statuts",
        "organe_dirigeant",
        "schema_gouvernance",
        "synthese",
    ] {
        let piece = Piece {
            id: alea::id(),
            genre: genre.into(),
            nom: format!("{genre}.pdf"),
            type_media: "application/pdf".into(),
            poids: 250_000,
            empreinte: alea::octets::<32>().to_vec(),
            recue_le: le,
        };
        dossiers::record_piece(tx, modele, &piece, par)
            .await
            .unwrap();
    }
}

/// An answer of the kind the field takes, as long as people write.
fn reponse(champ: &Champ) -> String {
    match &champ.genre {
        TypeChamp::TexteCourt { .. } => "Une réponse courte".into(),
        TypeChamp::TexteLong { .. } => "Une phrase de plus sur ce que fait le pôle. ".repeat(12),
        TypeChamp::Choix(offerts) | TypeChamp::ChoixMultiples(offerts) => offerts[0].code.clone(),
        TypeChamp::OuiNon => "oui".into(),
        TypeChamp::Date => "2024-05-01".into(),
        TypeChamp::Nombre { min, .. } => min.to_string(),
        TypeChamp::Montant => "1 000".into(),
        TypeChamp::Siret => "90000001900019".into(),
        TypeChamp::Rna => "W291000000".into(),
        TypeChamp::Commune => "69123".into(),
        TypeChamp::Courriel => "accueil@rives.example".into(),
        TypeChamp::Telephone => "02 98 00 00 00".into(),
    }
}

/// Gives every other dossier what the template holds.
async fn copier_le_modele(tx: &mut Tx, semis: Semis, combien: usize) {
    let autres = (1, combien);
    let dossier = semis.id(Genre::Dossier, "n.i");
    let compte = semis.id(Genre::Compte, "n.i");
    let neuf = semis.id_neuf();
    let modele = semis.id(Genre::Dossier, "0");
    for (colonnes, lignes, table) in [
        (
            "reponses (dossier, champ, valeur, modifiee_le, par)",
            format!("{dossier}, m.champ, m.valeur, m.modifiee_le, {compte}"),
            "reponses",
        ),
        (
            "membres (id, dossier, rang, nom, genre, qualite_ess, siret)",
            format!("{neuf}, {dossier}, m.rang, m.nom, m.genre, m.qualite_ess, m.siret"),
            "membres",
        ),
        (
            "lignes_budget (id, dossier, genre, rang, sens, compte, libelle, montant, subvention, emploi, amortissable, etat)",
            format!(
                "{neuf}, {dossier}, m.genre, m.rang, m.sens, m.compte, m.libelle, m.montant, m.subvention, \
                     m.emploi, m.amortissable, m.etat"
            ),
            "lignes_budget",
        ),
        (
            "pieces (id, dossier, genre, nom, type_media, poids, empreinte, recue_le, par)",
            format!(
                "{neuf}, {dossier}, m.genre, m.nom, m.type_media, m.poids, m.empreinte, m.recue_le, {compte}"
            ),
            "pieces",
        ),
    ] {
        let lignes = format!("{lignes} FROM n CROSS JOIN {table} m WHERE m.dossier = {modele}");
        semis.semer(tx, autres, colonnes, &lignes).await;
    }
}

/// Far from the ranks of those who file.
const RANG_DE_LA_CELLULE: usize = 1_000_000;

/// Filed dossiers of the cell: one in three found eligible, one in ten done.
async fn semer_la_cellule(tx: &mut Tx, semis: Semis, de: usize, a: usize) {
    let tous = (RANG_DE_LA_CELLULE + de, RANG_DE_LA_CELLULE + a);
    let structure = semis.id(Genre::Structure, "n.i");
    let pole = semis.id(Genre::Pole, "n.i");
    let dossier = semis.id(Genre::Dossier, "n.i");
    let compte = semis.id(Genre::Compte, "0");
    semis
        .semer(
            tx,
            tous,
            "structures (id, nom, region)",
            &format!("{structure}, 'Structure ' || n.i, '{CELLULE}' FROM n"),
        )
        .await;
    semis
        .semer(tx, tous, "poles (id, nom, cle_tri, porteuse, region, invente)",
            &format!("{pole}, 'Pôle du Lieu ' || n.i, 'pole du lieu ' || n.i, {structure}, '{CELLULE}', (1 = 1) FROM n"))
        .await;
    for mot in ["'pole'", "'du'", "'lieu'", "CAST(n.i AS TEXT)"] {
        let lignes = format!("{mot}, {pole} FROM n");
        semis
            .semer(tx, tous, "mots_des_poles (mot, pole)", &lignes)
            .await;
    }
    semis
        .semer(tx, tous,
            "dossiers (id, numero, campagne, genre, version, pole, structure, region, ouvert_le, ouvert_par, \
             modifie_le, depose_le, prises, instruit, confirme)",
            &format!(
                "{dossier}, '2024-' || n.i, '{APPEL}', 'financement', 1, {pole}, {structure}, '{CELLULE}', \
                 0, {compte}, 0, {MAINTENANT_MS} - 9000000000 + (n.i * 7919) % 8000000000, 0, \
                 CASE WHEN n.i % 10 = 0 THEN 1 ELSE 0 END, CASE WHEN n.i % 3 = 0 THEN 1 ELSE 0 END FROM n"
            ))
        .await;
    semis
        .semer(tx, tous, "eligibilites (dossier, region, issue, verdict, le, par)",
            &format!("{dossier}, '{CELLULE}', 'confirmee', 'eligible', {MAINTENANT_MS}, {compte} FROM n WHERE n.i % 3 = 0"))
        .await;
}

/// A commune of the official list.
pub struct Commune {
    pub code: &'static str,
    pub nom: &'static str,
}

/// All those of a region, in the order of their codes: Saint-Pierre-et-Miquelon and
/// the Pacific have none.
pub fn communes() -> Vec<Commune> {
    let lignes = include_str!("../../../../donnees/communes.csv").lines();
    let communes = lignes.skip(1).filter_map(|ligne| ligne.split_once(','));
    communes
        .filter(|(code, _)| Region::par_commune(code).is_some())
        .map(|(code, nom)| Commune { code, nom })
        .collect()
}

/// Twelve syllables make 1 728 words of three.
pub const SYLLABES: &str = "bacodufegihojukelimonupa";
pub const MOTS: usize = 12 * 12 * 12;

/// One of them.
pub fn mot(rang: usize) -> String {
    let syllabe = |rang: usize| {
        let place = rang % 12 * 2;
        &SYLLABES[place..place + 2]
    };
    [rang, rang / 12, rang / 144].map(syllabe).concat()
}

/// Keeps a template of requests readable: one a line, then the body.
pub fn requete(lignes: &[String], corps: &str) -> Arc<[u8]> {
    let mut texte = lignes.join("\r\n");
    texte.push_str("\r\nHost: coopole.example\r\nUser-Agent: charge\r\nAccept-Language: fr\r\n");
    if !corps.is_empty() {
        texte.push_str(&format!(
            "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\nContent-Length: {}\r\n",
            corps.len()
        ));
    } else if lignes[0].starts_with("POST") {
        texte.push_str("Content-Length: 0\r\n");
    }
    texte.push_str("\r\n");
    texte.push_str(corps);
    texte.into_bytes().into()
}

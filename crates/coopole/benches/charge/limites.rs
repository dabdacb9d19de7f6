//! The limits of this machine, measured like the rest and in the same run.

pub mod nues;

use std::{net::SocketAddr, path::Path, time::Duration};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue},
    routing::get,
};
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use tokio::{net::TcpListener, runtime::Handle, task::JoinHandle, time::Instant};

use crate::client::Reponse;

/// A server that does nothing but send these bytes under these headers.
pub struct Nu {
    pub adresse: SocketAddr,
    service: JoinHandle<()>,
}

impl Nu {
    pub fn servir(moteur: &Handle, reponse: &Reponse) -> Self {
        let entetes: HeaderMap = reponse
            .entetes()
            // The server itself writes these two.
            .filter(|(nom, _)| !matches!(*nom, "date" | "content-length"))
            .map(|(nom, valeur)| {
                (
                    nom.parse::<HeaderName>().unwrap(),
                    HeaderValue::from_str(valeur).unwrap(),
                )
            })
            .collect();
        let corps = Bytes::from(reponse.corps.clone());
        let routeur = Router::new().fallback(get(move || async move { (entetes, corps) }));
        let guichet = moteur
            .block_on(TcpListener::bind(("127.0.0.1", 0)))
            .unwrap();
        let adresse = guichet.local_addr().unwrap();
        let service = routeur.into_make_service_with_connect_info::<SocketAddr>();
        let service = moteur.spawn(async move { axum::serve(guichet, service).await.unwrap() });
        Self { adresse, service }
    }
}

impl Drop for Nu {
    fn drop(&mut self) {
        self.service.abort();
    }
}

/// About what a filing writes in one row.
const OCTETS: usize = 400;

/// Commits a second, one after the other, each on the disk before the next.
pub async fn validations_sqlite(dossier: &Path, duree: Duration) -> f64 {
    let options = SqliteConnectOptions::new()
        .filename(dossier.join("nu.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut base = SqliteConnection::connect_with(&options).await.unwrap();
    base.execute("CREATE TABLE IF NOT EXISTS nu (id INTEGER PRIMARY KEY, octets BLOB NOT NULL)")
        .await
        .unwrap();
    let mut combien = 0_u32;
    let debut = Instant::now();
    while debut.elapsed() < duree {
        sqlx::query("INSERT INTO nu (octets) VALUES ($1)")
            .bind(vec![7_u8; OCTETS])
            .execute(&mut base)
            .await
            .unwrap();
        combien += 1;
    }
    let rythme = f64::from(combien) / debut.elapsed().as_secs_f64();
    base.close().await.unwrap();
    rythme
}

/// The same on PostgreSQL, in the base that the house uses.
pub async fn validations_postgres(adresse: &str, duree: Duration) -> f64 {
    let mut base = PgConnection::connect(adresse).await.unwrap();
    base.execute("CREATE TABLE nu (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, octets BYTEA NOT NULL)")
        .await
        .unwrap();
    let mut combien = 0_u32;
    let debut = Instant::now();
    while debut.elapsed() < duree {
        sqlx::query("INSERT INTO nu (octets) VALUES ($1)")
            .bind(vec![7_u8; OCTETS])
            .execute(&mut base)
            .await
            .unwrap();
        combien += 1;
    }
    let rythme = f64::from(combien) / debut.elapsed().as_secs_f64();
    base.execute("DROP TABLE nu").await.unwrap();
    base.close().await.unwrap();
    rythme
}

/// A database of one's own in the server that the script started, beside any
/// other of it.
pub async fn creer_une_base_postgres(serveur: &str) -> String {
    let nom = format!("charge_{}", coopole::socle::alea::id().simple());
    let mut connexion = PgConnection::connect(serveur)
        .await
        .expect("PostgreSQL répond");
    // Measures are of writes that reach the disk, or they are of nothing.
    for reglage in ["SHOW fsync", "SHOW synchronous_commit"] {
        let (valeur,): (String,) = sqlx::query_as(reglage)
            .fetch_one(&mut connexion)
            .await
            .unwrap();
        assert_eq!(valeur, "on", "{reglage} : relancez avec PG_DURABLE=1");
    }
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {nom}")))
        .execute(&mut connexion)
        .await
        .unwrap();
    let (avant, _) = serveur.rsplit_once('/').expect("une adresse de PostgreSQL");
    format!("{avant}/{nom}")
}

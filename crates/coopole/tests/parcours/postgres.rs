//! A database of one's own in the server `make test` started.

use coopole::socle::alea;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// Creates an empty database; its server disappears with the test run.
pub async fn creer_une_base() -> String {
    creer("").await
}

/// Creates a database that begins as this one is, which nobody uses any more.
#[allow(dead_code, reason = "the house rules begin with empty bases")]
pub async fn copier_une_base(adresse: &str) -> String {
    creer(&format!(" TEMPLATE {}", nom_de(adresse))).await
}

async fn creer(modele: &str) -> String {
    let serveur = std::env::var("COOPOLE_PG_TEST").expect(
        "COOPOLE_PG_TEST manque : lancez `make test`, qui démarre un PostgreSQL et le donne ici",
    );
    let nom = format!("essai_{}", alea::id().simple());
    let mut connexion = PgConnection::connect(&serveur)
        .await
        .expect("PostgreSQL répond");
    // Copied as files: three times faster than through the log, which nobody reads here.
    let ordre = format!("CREATE DATABASE {nom}{modele} STRATEGY FILE_COPY");
    sqlx::raw_sql(AssertSqlSafe(ordre))
        .execute(&mut connexion)
        .await
        .unwrap();
    let (avant, apres) = serveur.rsplit_once('/').expect("une adresse de PostgreSQL");
    match apres.split_once('?') {
        Some((_, options)) => format!("{avant}/{nom}?{options}"),
        None => format!("{avant}/{nom}"),
    }
}

/// Throws everybody out of the database and lets nobody in, whoever asks.
#[allow(dead_code, reason = "the house rules create bases and break none")]
pub async fn fermer_une_base(adresse: &str) {
    let nom = nom_de(adresse);
    ordonner(&format!(
        "ALTER DATABASE {nom} ALLOW_CONNECTIONS false;
         SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{nom}'"
    ))
    .await;
}

/// Lets them in again.
#[allow(dead_code, reason = "the house rules create bases and break none")]
pub async fn rouvrir_une_base(adresse: &str) {
    let nom = nom_de(adresse);
    ordonner(&format!("ALTER DATABASE {nom} ALLOW_CONNECTIONS true")).await;
}

#[allow(dead_code, reason = "the house rules create bases and break none")]
async fn ordonner(sql: &str) {
    let serveur = std::env::var("COOPOLE_PG_TEST").expect("the base was created there");
    let mut connexion = PgConnection::connect(&serveur).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut connexion)
        .await
        .unwrap();
}

fn nom_de(adresse: &str) -> &str {
    let fin = adresse.rsplit('/').next();
    let nom = fin.and_then(|nom| nom.split('?').next());
    nom.expect("une adresse de PostgreSQL")
}

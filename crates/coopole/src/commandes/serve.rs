//! `coopole serve`: migrates, then serves until told to stop.

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use clap::Args;
use jiff::Timestamp;
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    app::App,
    demonstration::{self, Demande, Jeu},
    router,
    socle::{erreurs::Panne, journal::scellement, reglages::Reglages, taches, traces},
};

#[derive(Args)]
pub struct Options {
    /// Ouvre un monde inventé, avec sa bannière et son horloge que l’on avance
    #[arg(long)]
    demo: bool,
    /// Le monde à construire : monde (par défaut : tout), distribution (les pôles nommés seuls),
    /// bilan-2022 (203 pôles, mars 2023). Un monde déjà là reste ce qu’il est
    #[arg(long, requires = "demo")]
    jeu: Option<Jeu>,
    /// L’instant où commence l’histoire d’un monde neuf ; en démonstration seulement
    #[arg(long, requires = "demo", value_parser = super::lire_instant)]
    horloge: Option<Timestamp>,
}

impl Options {
    fn monde(&self) -> Demande {
        Demande {
            jeu: self.jeu,
            debut: self.horloge,
        }
    }
}

pub async fn migrer() -> Result<ExitCode, Panne> {
    let app = App::ouvrir(Reglages::lire(false)?).await?;
    println!("La base {} est à jour.", app.db.nom());
    Ok(ExitCode::SUCCESS)
}

pub async fn servir(options: Options) -> Result<ExitCode, Panne> {
    let app = App::ouvrir(Reglages::lire(options.demo)?).await?;
    let naissance = match options.demo {
        true => demonstration::ouvrir(&app, options.monde())
            .await?
            .map(drop),
        false => demonstration::refuser_hors_demonstration(&app).await?,
    };
    if let Err(refus) = naissance {
        eprintln!("{refus}");
        return Ok(ExitCode::from(1));
    }

    // The loopback and nothing else: a demonstration must not be reachable,
    // and a production instance stands behind a proxy.
    let adresse = SocketAddr::from(([127, 0, 0, 1], app.reglages.port));
    let guichet = TcpListener::bind(adresse).await?;
    println!("À l’écoute sur http://{}", guichet.local_addr()?);

    let mut arriere_boutique = JoinSet::new();
    arriere_boutique.spawn(taches::tourner(app.clone(), router::faire));
    arriere_boutique.spawn(sceller_toujours(app.clone()));
    if options.demo {
        arriere_boutique.spawn(tenir_l_horloge(app.clone()));
    }
    let service = router::service(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(guichet, service)
        .with_graceful_shutdown(arret_demande())
        .await?;
    arriere_boutique.shutdown().await;
    if options.demo {
        app.horloge.promettre(&app.db, true).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Seals the journal within a second of each act.
async fn sceller_toujours(app: App) {
    loop {
        let monde = app.chantier.read().await;
        if let Err(panne) = scellement::sceller(&app.db, &app.cle, &app.horloge).await {
            tracing::error!(error = traces::causes(&panne), "journal: cannot seal");
        }
        drop(monde);
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Promises the demonstration's next seconds, and follows a time another
/// process moved.
async fn tenir_l_horloge(app: App) {
    loop {
        let monde = app.chantier.read().await;
        if let Err(panne) = app.horloge.promettre(&app.db, false).await {
            tracing::error!(error = traces::causes(&panne), "clock: cannot promise");
        }
        drop(monde);
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}

async fn arret_demande() {
    let interruption = tokio::signal::ctrl_c();
    let mut terminaison = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("a process can listen to its own signals");
    tokio::select! {
        _ = interruption => {}
        _ = terminaison.recv() => {}
    }
}

//! The job that applies a list, or puts it back: one act, one transaction.
//! Refused, or the machine failing again and again, it gives the import back as
//! it stood, with the reason. Cut in the middle, nothing of it was written, and
//! it begins again.

use metier::poles::import::{EtatImport, RefusImport};
use uuid::Uuid;

use super::{
    ESSAIS_AU_PLUS,
    actes::{Annuler, Appliquer, Ordre},
    store,
};
use crate::{
    app::App,
    socle::{
        erreurs::{Echec, Panne},
        session,
        taches::Tache,
        traces,
    },
};

/// The job that writes a list in the register.
pub const ECRITURE: &str = "ecriture_import";

/// Does what somebody asked, if it still waits to be done.
pub async fn ecrire(app: &App, tache: &Tache) -> Result<(), Panne> {
    let mut base = app.db.lecture().await?;
    let import = store::find(&mut base, tache.objet).await?;
    let avant = match import.etat {
        EtatImport::EnApplication => EtatImport::ALire,
        EtatImport::EnAnnulation => EtatImport::Applique,
        _ => return tache.achever_seule(app).await,
    };
    let Some((par, le)) = import.ordre else {
        return tache.achever_seule(app).await;
    };
    // It killed the process each time.
    if tache.essais > ESSAIS_AU_PLUS {
        drop(base);
        return rendre(app, tache, (import.id, avant, &RefusImport::Interrompu)).await;
    }
    // Whoever asked had the right to, and that is what counts.
    let par = session::personne(&mut base, par, le).await?;
    drop(base);
    let ordre = Ordre {
        par,
        le,
        tache: tache.clone(),
        avancements: app.avancements.clone(),
    };
    let demonstration = app.reglages.demonstration;
    let issue = match import.etat {
        EtatImport::EnAnnulation => app.accomplir(Annuler(ordre)).await,
        _ => {
            let acte = Appliquer {
                ordre,
                demonstration,
            };
            app.accomplir(acte).await
        }
    };
    app.avancements.oublier(import.id);
    let refus = match issue {
        Ok(_) => return Ok(()),
        Err(Echec::Refus(refus)) => refus,
        Err(Echec::Panne(panne)) if tache.essais < ESSAIS_AU_PLUS => return Err(panne),
        Err(Echec::Panne(panne)) => {
            tracing::error!(id = %import.id, error = traces::causes(&panne), "import given up");
            RefusImport::Interrompu
        }
    };
    rendre(app, tache, (import.id, avant, &refus)).await
}

async fn rendre(
    app: &App,
    tache: &Tache,
    (import, etat, refus): (Uuid, EtatImport, &RefusImport),
) -> Result<(), Panne> {
    let mut tx = app.db.begin().await?;
    tache.achever(&mut tx).await?;
    store::rendre(&mut tx, import, (etat, refus)).await?;
    tx.commit().await
}

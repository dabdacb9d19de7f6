//! The two budgets as documents: made on request from what the dossier holds,
//! which no longer changes once it is filed. Whoever may read the dossier may
//! read them; the room that asks has checked that right. Nothing is kept: the
//! same lines give the same bytes.

use axum::response::Response;
use documents::{BudgetPresente, Document, NatureBudget};
use metier::{
    campagnes::{BudgetDemande, Preuve},
    commun::{temps, typographie},
    dossiers::ReglesAide,
};
use uuid::Uuid;

use super::{
    contenu::{Contenu, LigneBudget, Piece},
    store::{self, Dossier},
    sur_papier,
};
use crate::{
    app::App,
    campagnes::Campagne,
    socle::{erreurs::Panne, papier},
};

/// Whether this budget makes a document: it has lines, and each can be read.
pub fn est_imprimable(lignes: &[LigneBudget]) -> bool {
    !lignes.is_empty() && lignes.iter().all(|ligne| ligne.corrections().is_empty())
}

/// The document of the budget of this name, as a download; one without lines
/// does not exist.
pub async fn servir(app: &App, dossier: Uuid, genre: &str) -> Result<Response, Panne> {
    let genre = BudgetDemande::par_code(genre).ok_or(Panne::Introuvable)?;
    let budget = document(app, dossier, genre).await?;
    let nom = format!("budget-{}-{}", genre.code(), budget.numero);
    let octets = app.presse.imprimer(Document::from(budget)).await?;
    Ok(papier::telechargement(octets, &nom))
}

/// Everything the document says.
pub async fn document(
    app: &App,
    dossier: Uuid,
    genre: BudgetDemande,
) -> Result<BudgetPresente, Panne> {
    let mut base = app.db.lecture().await?;
    let dossier = store::find(&mut base, dossier).await?;
    let campagne = app.campagnes.find(&dossier.campagne)?;
    let contenu = store::contenu(&mut base, dossier.id).await?;
    match est_imprimable(contenu.lignes(genre)) {
        true => Ok(presente(&campagne, &dossier, &contenu, genre)),
        false => Err(Panne::Introuvable),
    }
}

fn presente(
    campagne: &Campagne,
    dossier: &Dossier,
    contenu: &Contenu,
    genre: BudgetDemande,
) -> BudgetPresente {
    let budget = contenu.budget(campagne, genre);
    let demandee = budget.aide.as_ref().and_then(ReglesAide::montant_demande);
    let (nature, periode) = match genre {
        BudgetDemande::Structure => (NatureBudget::Structure, None),
        BudgetDemande::Projet => (
            NatureBudget::Projet,
            campagne.subvention.as_ref().map(|s| s.duree()),
        ),
    };
    let etat = match dossier.depose_le {
        Some(le) => format!("déposé le {}", temps::instant_long(le)),
        None => format!(
            "brouillon non déposé, enregistré le {}",
            temps::instant_long(dossier.modifie_le)
        ),
    };
    BudgetPresente {
        nature,
        numero: dossier.numero.clone(),
        etabli_le: dossier.depose_le.unwrap_or(dossier.modifie_le),
        etat: typographie(&etat),
        structure: sur_papier::structure(dossier, contenu),
        pole: dossier.nom_du_pole.clone(),
        appel: sur_papier::appel(campagne),
        piece: fichier_joint(campagne, contenu, genre)
            .map(|piece| sur_papier::piece(campagne, piece)),
        tableau: sur_papier::budget::tableau(&budget, demandee, periode),
    }
}

/// The file the team sent beside that table, if it did.
fn fichier_joint<'c>(
    campagne: &Campagne,
    contenu: &'c Contenu,
    genre: BudgetDemande,
) -> Option<&'c Piece> {
    let piece = campagne
        .pieces
        .iter()
        .find(|piece| matches!(piece.preuve, Preuve::Tableau { budget, .. } if budget == genre))?;
    contenu.piece(&piece.code)
}

//! Writing a draft: what is common to answers, members, budgets and files.
//!
//! Not acts: nothing is decided and nothing follows. Each takes the dossier
//! first, so that a filing and a save never cross.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{
    contenu::{LigneBudget, Membre, Piece},
    saisie::{self, Bilan, Divergence, Marques},
    store,
    vue::Vue,
};
use crate::{
    app::App,
    socle::{droits::Personne, erreurs::Panne, fichiers},
};

/// What became of a save.
pub enum Sauvegarde<T> {
    Faite(T),
    /// The dossier was filed or taken back meanwhile.
    Fermee,
}

/// Saves the answers of a rubrique that changed since the page was shown.
pub async fn repondre(
    app: &App,
    vue: &Vue,
    par: &Personne,
    montrees: &Marques,
    recues: &[(&str, String)],
) -> Result<Sauvegarde<Bilan>, Panne> {
    let mut tx = app.db.begin().await?;
    let id = vue.dossier.id;
    if !store::prendre_brouillon(&mut tx, id, vue.maintenant).await? {
        return Ok(Sauvegarde::Fermee);
    }
    let actuelles = store::reponses(&mut tx, id).await?;
    let bilan = saisie::comparer(montrees, recues, &actuelles);
    for (champ, texte) in &bilan.ecrire {
        store::record_reponse(&mut tx, id, (champ, texte), par.compte, vue.maintenant).await?;
    }
    // A save that changes nothing does not date the draft anew.
    if !bilan.ecrire.is_empty() {
        tx.commit().await?;
    }
    Ok(Sauvegarde::Faite(bilan))
}

/// Names of those who wrote the other texts.
pub async fn auteurs(
    app: &App,
    divergences: &[Divergence],
) -> Result<BTreeMap<Uuid, String>, Panne> {
    let mut base = app.db.lecture().await?;
    let mut noms = BTreeMap::new();
    for divergence in divergences {
        if let std::collections::btree_map::Entry::Vacant(place) = noms.entry(divergence.par) {
            place.insert(store::nom_du_compte(&mut base, divergence.par).await?);
        }
    }
    Ok(noms)
}

/// Saves the list of members unless somebody changed it since the page was
/// shown; returns what stands then.
pub async fn ecrire_membres(
    app: &App,
    vue: &Vue,
    montree: &str,
    membres: &[Membre],
) -> Result<Sauvegarde<Result<(), Vec<Membre>>>, Panne> {
    let mut tx = app.db.begin().await?;
    let id = vue.dossier.id;
    if !store::prendre_brouillon(&mut tx, id, vue.maintenant).await? {
        return Ok(Sauvegarde::Fermee);
    }
    let actuels = store::membres(&mut tx, id).await?;
    if actuels == membres {
        return Ok(Sauvegarde::Faite(Ok(())));
    }
    if marque_membres(&actuels) != montree {
        return Ok(Sauvegarde::Faite(Err(actuels)));
    }
    store::record_membres(&mut tx, id, membres).await?;
    tx.commit().await?;
    Ok(Sauvegarde::Faite(Ok(())))
}

/// Saves the lines of a budget, on the same terms.
pub async fn ecrire_budget(
    app: &App,
    vue: &Vue,
    genre: &str,
    montree: &str,
    lignes: &[LigneBudget],
) -> Result<Sauvegarde<Result<(), Vec<LigneBudget>>>, Panne> {
    let mut tx = app.db.begin().await?;
    let id = vue.dossier.id;
    if !store::prendre_brouillon(&mut tx, id, vue.maintenant).await? {
        return Ok(Sauvegarde::Fermee);
    }
    let (projet, structure) = store::lignes(&mut tx, id).await?;
    let actuelles = if genre == "projet" { projet } else { structure };
    if actuelles == lignes {
        return Ok(Sauvegarde::Faite(Ok(())));
    }
    if marque_lignes(&actuelles) != montree {
        return Ok(Sauvegarde::Faite(Err(actuelles)));
    }
    store::record_lignes(&mut tx, id, genre, lignes).await?;
    tx.commit().await?;
    Ok(Sauvegarde::Faite(Ok(())))
}

/// Keeps a file already received, in place of the one that served; else the
/// file leaves.
pub async fn recevoir_piece(
    app: &App,
    vue: &Vue,
    par: &Personne,
    piece: &Piece,
) -> Result<Sauvegarde<()>, Panne> {
    let inscrite = async {
        let mut tx = app.db.begin().await?;
        let id = vue.dossier.id;
        if !store::prendre_brouillon(&mut tx, id, vue.maintenant).await? {
            return Ok(None);
        }
        store::record_piece(&mut tx, id, piece, par.compte).await?;
        Ok(Some(tx))
    };
    match fichiers::retenir(&*app.fichiers, piece.id, inscrite.await).await? {
        true => Ok(Sauvegarde::Faite(())),
        false => Ok(Sauvegarde::Fermee),
    }
}

/// The file given for this piece serves no more.
pub async fn oter_piece(app: &App, vue: &Vue, genre: &str) -> Result<Sauvegarde<()>, Panne> {
    let mut tx = app.db.begin().await?;
    let id = vue.dossier.id;
    if !store::prendre_brouillon(&mut tx, id, vue.maintenant).await? {
        return Ok(Sauvegarde::Fermee);
    }
    store::remplacer_piece(&mut tx, id, genre, vue.maintenant).await?;
    tx.commit().await?;
    Ok(Sauvegarde::Faite(()))
}

/// The mark of a list of members, as its page carries it.
pub fn marque_membres(membres: &[Membre]) -> String {
    saisie::marque(&membres_canoniques(membres))
}

/// The same bytes for the same members: what a filing hashes too.
pub fn membres_canoniques(membres: &[Membre]) -> String {
    serde_json::json!(
        membres
            .iter()
            .map(|m| [&m.nom, &m.genre, &m.qualite_ess, &m.siret])
            .collect::<Vec<_>>()
    )
    .to_string()
}

/// The mark of the lines of a budget.
pub fn marque_lignes(lignes: &[LigneBudget]) -> String {
    saisie::marque(&lignes_canoniques(lignes))
}

/// The same bytes for the same lines.
pub fn lignes_canoniques(lignes: &[LigneBudget]) -> String {
    serde_json::json!(
        lignes
            .iter()
            .map(|l| {
                [
                    l.cote(),
                    &l.compte,
                    &l.libelle,
                    &l.montant,
                    &l.subvention,
                    &l.emploi,
                    if l.amortissable { "oui" } else { "" },
                    &l.etat,
                ]
                .map(str::to_owned)
            })
            .collect::<Vec<_>>()
    )
    .to_string()
}

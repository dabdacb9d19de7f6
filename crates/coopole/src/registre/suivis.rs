//! Following a territory: anyone with an account (a council, first of all) is
//! told each Monday, by mail, which poles are new there, when there are any.

mod store;

use jiff::{SignedDuration, Span, Timestamp, civil::Weekday};
use metier::commun::{temps, typographie};
use uuid::Uuid;

pub use store::{Suivi, du_compte, sien};

use super::annuaire::Filtre;
use crate::{
    app::App,
    poles::{
        arrivees::{Arrivee, Arrivees, arrivees},
        comptes::Lieu,
    },
    socle::{
        acte::Acte,
        courriels::{self, Courriel},
        db::Tx,
        droits::{Perimetre, Personne},
        erreurs::{Echec, Panne},
        horloge::RecuLe,
        journal::Entree,
        taches::{self, Tache},
    },
    urls,
};

/// The job that tells one person what is new in one territory.
pub const NOUVELLES: &str = "nouvelles";

/// Poles named in a mail; the page has them all.
const NOMMES_AU_PLUS: i64 = 50;

/// Follows a territory: `POST /suivis`. Asked twice, done once.
pub struct Suivre {
    pub par: Personne,
    pub lieu: Lieu,
    pub recu_le: RecuLe,
}

/// Follows it no more: `POST /suivis/{id}/fin`.
pub struct NePlusSuivre {
    pub par: Personne,
    pub suivi: Uuid,
    pub recu_le: RecuLe,
}

/// What follows, now or already.
async fn suivre(tx: &mut Tx, compte: Uuid, lieu: Lieu, le: Timestamp) -> Result<Uuid, Panne> {
    if let Some(suivi) = sien(tx, compte, lieu).await? {
        return Ok(suivi);
    }
    let suivi = store::record(tx, compte, lieu, le).await?;
    taches::enqueue(tx, NOUVELLES, suivi, lundi_suivant(le)).await?;
    Ok(suivi)
}

/// A council follows its territory from the day its account is one's; it may
/// follow it no more, as anyone.
pub async fn suivre_d_office(
    tx: &mut Tx,
    compte: Uuid,
    perimetre: Perimetre,
    le: Timestamp,
) -> Result<(), Panne> {
    match Lieu::du_perimetre(perimetre) {
        Some(lieu) => suivre(tx, compte, lieu, le).await.map(drop),
        None => Ok(()),
    }
}

impl Acte for Suivre {
    /// What follows, now or already.
    type Fait = Uuid;
    type Refus = ();

    async fn accomplir(&self, tx: &mut Tx) -> Result<Uuid, Echec<()>> {
        Ok(suivre(tx, self.par.compte, self.lieu, self.recu_le.0).await?)
    }

    fn entrees(&self, suivi: &Uuid) -> Vec<Entree> {
        vec![Entree::new("suivi", "suivi", *suivi, self.recu_le.0).par(self.par.compte)]
    }
}

impl Acte for NePlusSuivre {
    type Fait = ();
    type Refus = ();

    async fn accomplir(&self, tx: &mut Tx) -> Result<(), Echec<()>> {
        match store::delete(tx, self.suivi, self.par.compte).await? {
            true => Ok(()),
            false => Err(Panne::Introuvable.into()),
        }
    }

    fn entrees(&self, (): &()) -> Vec<Entree> {
        vec![Entree::new("fin_de_suivi", "suivi", self.suivi, self.recu_le.0).par(self.par.compte)]
    }
}

/// Tells what is new since the last time, and comes back the Monday after. A
/// week without anything new sends nothing.
pub async fn dire_les_nouvelles(app: &App, tache: &Tache) -> Result<(), Panne> {
    let le = app.horloge.now();
    let mut base = app.db.lecture().await?;
    let Some(suivi) = store::find(&mut base, tache.objet).await? else {
        drop(base);
        return tache.achever_seule(app).await;
    };
    let depuis = (suivi.dit_le, le);
    let nouvelles = arrivees(&mut base, suivi.lieu, depuis, NOMMES_AU_PLUS).await?;
    drop(base);
    let mut tx = app.db.begin().await?;
    tache.achever(&mut tx).await?;
    if nouvelles.combien > 0 {
        let courriel = courriel(&suivi, &nouvelles, &app.reglages.url);
        courriels::enqueue(&mut tx, &courriel, le).await?;
    }
    store::record_dit(&mut tx, suivi.id, le).await?;
    taches::enqueue(&mut tx, NOUVELLES, suivi.id, lundi_suivant(le)).await?;
    tx.commit().await
}

fn courriel(suivi: &Suivi, nouvelles: &Arrivees, url: &str) -> Courriel {
    let nom = suivi.lieu.nom();
    let combien = match nouvelles.combien {
        1 => "Un pôle est nouveau".to_owned(),
        n => format!("{n} pôles sont nouveaux"),
    };
    let lignes: String = nouvelles.dernieres.iter().map(|a| ligne(a, url)).collect();
    let suite = match nouvelles.autres() {
        0 => String::new(),
        autres => {
            let dits = if autres == 1 { "autre" } else { "autres" };
            let tous = Filtre::derniers_venus(suivi.lieu).adresse(urls::POLES);
            let dit = typographie(&format!("- et {autres} {dits}, dans la liste :"));
            format!("{dit} {url}{tous}\n")
        }
    };
    let debut = typographie(&format!(
        "Bonjour,\n\n{combien} au registre depuis le {}, dans ce territoire : {nom}.\n\n",
        temps::jour_simple_de(temps::jour_de(suivi.dit_le))
    ));
    let fin = typographie("Vous suivez ce territoire. Pour ne plus le suivre :");
    Courriel {
        genre: "nouvelles",
        a: suivi.courriel.clone(),
        objet: typographie(&format!("Nouveaux pôles : {nom}")),
        texte: format!("{debut}{lignes}{suite}\n{fin}\n{url}{}\n", urls::SUIVIS),
    }
}

fn ligne(arrivee: &Arrivee, url: &str) -> String {
    let invente = if arrivee.invente { " (inventé)" } else { "" };
    let lieu = match arrivee.lieu.en_mots() {
        lieu if lieu.is_empty() => "lieu non connu".to_owned(),
        lieu => lieu,
    };
    let dit = typographie(&format!(
        "- {}{invente}, {lieu}, {} le {} :",
        arrivee.nom,
        arrivee.quoi(),
        temps::jour_simple_de(temps::jour_de(arrivee.le))
    ));
    format!("{dit} {url}{}\n", urls::pole(arrivee.pole))
}

/// The Monday after that day, at eight in Paris.
fn lundi_suivant(le: Timestamp) -> Timestamp {
    let demain = temps::jour_de(le).saturating_add(Span::new().days(1));
    let jours = (0..7).map(|jours| demain.saturating_add(Span::new().days(jours)));
    let lundi = jours
        .into_iter()
        .find(|jour| jour.weekday() == Weekday::Monday);
    let matin = lundi.unwrap_or(demain).at(8, 0, 0, 0);
    matin
        .to_zoned(temps::paris())
        .map_or(le, |matin| matin.timestamp())
}

/// The Monday before that day, at eight in Paris: what came since is new.
pub fn lundi_precedent(le: Timestamp) -> Timestamp {
    let semaine = SignedDuration::from_hours(7 * 24);
    let hier = temps::jour_de(le).saturating_sub(Span::new().days(1));
    // Counted by days: a week may have an hour more or less.
    let debut = hier.at(12, 0, 0, 0).to_zoned(temps::paris());
    debut.map_or(le - semaine, |hier| {
        lundi_suivant(hier.timestamp() - semaine)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ce_qui_est_nouveau_l_est_depuis_le_lundi_d_avant() {
        for (le, lundi) in [
            // A Monday, a Tuesday, a Sunday.
            ("2024-05-27T09:00:00+02:00", "2024-05-20T06:00:00Z"),
            ("2024-05-28T09:00:00+02:00", "2024-05-27T06:00:00Z"),
            ("2024-06-02T23:00:00+02:00", "2024-05-27T06:00:00Z"),
            ("2024-10-29T12:00:00+01:00", "2024-10-28T07:00:00Z"),
            ("2024-11-03T12:00:00+01:00", "2024-10-28T07:00:00Z"),
        ] {
            let le: Timestamp = le.parse().unwrap();
            assert_eq!(lundi_precedent(le).to_string(), lundi);
        }
    }

    #[test]
    fn les_nouvelles_viennent_le_lundi_a_huit_heures_de_paris() {
        for (le, lundi) in [
            ("2024-05-27T09:00:00+02:00", "2024-06-03T06:00:00Z"),
            ("2024-05-26T23:59:59+02:00", "2024-05-27T06:00:00Z"),
            ("2024-10-26T12:00:00+02:00", "2024-10-28T07:00:00Z"),
        ] {
            let le: Timestamp = le.parse().unwrap();
            assert_eq!(lundi_suivant(le).to_string(), lundi);
        }
    }
}

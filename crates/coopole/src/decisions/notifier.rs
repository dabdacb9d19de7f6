//! The job at the instant: it writes what follows, once. Decisions are visible
//! without it; late, it changes nothing but the hour of the mails and of the
//! sign that the register gives to those retained.

use jiff::Timestamp;
use metier::{campagnes::Genre, commun::typographie, decisions::Notification, dossiers::Issue};
use uuid::Uuid;

use super::{
    lettre::LETTRE,
    store::{self, DecisionANotifier},
};
use crate::{
    app::App,
    poles,
    socle::{
        acte::Acte,
        courriels::{self, Courriel},
        db::Tx,
        erreurs::{Echec, Panne},
        journal::Entree,
        taches::{self, Tache},
    },
    urls,
};

/// The job that notifies the decisions of a call.
pub const NOTIFICATION: &str = "notification";

/// Notifies, if this very instant still is the one planned.
pub async fn notifier(app: &App, tache: &Tache) -> Result<(), Panne> {
    let le = app.horloge.now();
    let mut base = app.db.lecture().await?;
    let campagne = store::campagne_de(&mut base, tache.objet).await?;
    let prevue = store::notification(&mut base, &campagne).await?;
    drop(base);
    if !prevue.is_some_and(|(notification, faite)| a_faire(&notification, faite, le)) {
        // Suspended, moved to another instant, or done by an earlier job.
        return tache.achever_seule(app).await;
    }
    let acte = Notifier {
        tache: tache.clone(),
        genre: app.campagnes.find(&campagne)?.identite.genre,
        campagne,
        le,
        url: app.reglages.url.clone(),
    };
    match app.accomplir(acte).await {
        Ok(_) => Ok(()),
        Err(Echec::Panne(panne)) => Err(panne),
        Err(Echec::Refus(())) => Err(Panne::Conflit("the notification was moved meanwhile")),
    }
}

fn a_faire(notification: &Notification, faite: Option<Timestamp>, le: Timestamp) -> bool {
    faite.is_none() && notification.est_visible(le)
}

/// What the clock does at the instant: nobody signs it.
struct Notifier {
    tache: Tache,
    campagne: String,
    genre: Genre,
    le: Timestamp,
    url: String,
}

impl Acte for Notifier {
    /// The dossiers notified.
    type Fait = Vec<Uuid>;
    type Refus = ();

    async fn accomplir(&self, tx: &mut Tx) -> Result<Vec<Uuid>, Echec<()>> {
        store::prendre(tx, &self.campagne).await?;
        let prevue = store::notification(tx, &self.campagne).await?;
        let Some((notification, _)) = prevue.filter(|(n, faite)| a_faire(n, *faite, self.le))
        else {
            return Err(Echec::Refus(()));
        };
        let decisions = store::a_notifier(tx, &self.campagne).await?;
        let responsables = store::responsables(tx, &self.campagne, self.le).await?;
        for decision in &decisions {
            for (_, a) in responsables
                .iter()
                .filter(|(pole, _)| *pole == decision.pole)
            {
                let courriel = self.courriel(decision, &notification, a);
                courriels::enqueue(tx, &courriel, self.le).await?;
            }
        }
        for laureat in decisions
            .iter()
            .filter(|d| d.decision.issue == Issue::Retenu)
        {
            let depuis = Some(notification.visible_le);
            poles::record_laureat(tx, laureat.pole, &self.campagne, self.genre, depuis).await?;
        }
        // After the mails: nobody waits for paper to be told.
        for decision in &decisions {
            taches::enqueue(tx, LETTRE, decision.decision.dossier, self.le).await?;
        }
        store::record_faite(tx, &self.campagne, self.le).await?;
        self.tache.achever(tx).await?;
        Ok(decisions.iter().map(|d| d.decision.dossier).collect())
    }

    fn entrees(&self, fait: &Vec<Uuid>) -> Vec<Entree> {
        let par_dossier = fait
            .iter()
            .map(|dossier| Entree::new("notification", "dossier", *dossier, self.le));
        let generale = Entree::new("notification", "decision", self.tache.objet, self.le);
        [generale].into_iter().chain(par_dossier).collect()
    }
}

impl Notifier {
    fn courriel(&self, d: &DecisionANotifier, notification: &Notification, a: &str) -> Courriel {
        let annonce = d.decision.annonce(notification.visible_le, Some(d.region));
        let motifs = d.decision.motifs.iter();
        let motifs: String = motifs
            .map(|motif| format!("\n- {}", motif.en_mots()))
            .collect();
        let suite = match d.decision.issue {
            Issue::Retenu => "La suite est sur la page de la décision :",
            _ => "La page de la décision dit les règles appliquées et comment contester :",
        };
        let page = urls::du_dossier(d.decision.dossier, "decision");
        Courriel {
            genre: "decision",
            a: a.to_owned(),
            objet: typographie(&format!("Décision sur le dossier n° {}", d.numero)),
            texte: typographie(&format!(
                "Bonjour,\n\nDossier n° {}, {}.\n\n{annonce}{motifs}\n\n{suite}\n",
                d.numero, d.nom_du_pole
            )) + &format!("{}{page}\n", self.url),
        }
    }
}

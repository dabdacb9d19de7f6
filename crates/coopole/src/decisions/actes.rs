//! The acts of a selection: to close the list, to plan its notification, to
//! suspend it. Each loads, asks the rule, records, and enqueues what follows.

use std::sync::Arc;

use jiff::Timestamp;
use metier::{
    commun::{Raison, Refus},
    decisions::{
        Motif, Notification, RefusNotification, RefusSelection, RefusSuspension, Selection,
    },
};
use uuid::Uuid;

use super::{appel::Appel, liste::Liste, notifier::NOTIFICATION, store};
use crate::socle::{
    acte::Acte,
    db::Tx,
    droits::{Droit, Perimetre, Personne},
    erreurs::{Echec, Panne, Refusable},
    horloge::RecuLe,
    journal::Entree,
    taches,
};

/// Closes the list: `POST /campagnes/{code}/decision`.
pub struct Arreter {
    pub par: Personne,
    pub appel: Arc<Appel>,
    /// The mark of the list that was read.
    pub lue: String,
    pub recu_le: RecuLe,
}

/// The list, closed.
pub struct Arretee {
    id: Uuid,
    selection: Selection,
}

/// Why a list is not closed.
#[derive(Debug)]
pub enum RefusArret {
    Regle(RefusSelection),
    /// Somebody wrote in it after it was shown.
    Changee,
}

impl Refus for RefusArret {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::Regle(refus) => refus.raisons(),
            Self::Changee => vec![
                Raison::new(
                    "liste_changee",
                    "La liste a changé depuis que vous l’avez ouverte.",
                )
                .remede("Relisez-la ci-dessous, puis arrêtez-la."),
            ],
        }
    }
}

impl Acte for Arreter {
    type Fait = Arretee;
    type Refus = RefusArret;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Arretee, Echec<RefusArret>> {
        self.par
            .exiger(Droit::ArreterDecision, Perimetre::National)?;
        store::prendre(tx, &self.appel.code).await?;
        let dossiers = store::dossiers(tx, &self.appel.code).await?;
        let liste = Liste::new(&self.appel, &dossiers);
        let (contexte, le) = (liste.contexte(), self.recu_le.0);
        contexte.ouverte(le).map_err(RefusArret::Regle).refuse()?;
        if liste.empreinte() != self.lue {
            return Err(Echec::Refus(RefusArret::Changee));
        }
        let selection = liste
            .preparee(self.par.compte)
            .arreter(&contexte, self.par.compte, le)
            .map_err(RefusArret::Regle)
            .refuse()?;
        let code = &self.appel.code;
        let id = store::record_decision(tx, code, &selection, &liste.rangs()).await?;
        Ok(Arretee { id, selection })
    }

    /// One entry, whatever the list holds: its length would tell a count.
    fn entrees(&self, fait: &Arretee) -> Vec<Entree> {
        vec![
            Entree::new("decision", "decision", fait.id, self.recu_le.0)
                .par(self.par.compte)
                .engageant(enonce(&fait.selection)),
        ]
    }
}

/// The decisions in a form anybody can write again from their rows.
fn enonce(selection: &Selection) -> String {
    let lignes = selection.decisions.iter().map(|d| {
        let montant = d.montant.map_or(0, |montant| montant.en_centimes());
        let motifs: Vec<String> = d.motifs.iter().map(Motif::en_mots).collect();
        format!(
            "{} {} {montant} {}",
            d.dossier,
            d.issue.code(),
            motifs.join("\n")
        )
    });
    lignes.collect::<Vec<_>>().join("\n")
}

/// Plans the instant: `POST /campagnes/{code}/notification`.
pub struct Programmer {
    pub par: Personne,
    pub appel: Arc<Appel>,
    pub visible_le: Timestamp,
    pub recu_le: RecuLe,
}

/// What an act on a notification did: the decision it is about.
pub struct Programmee {
    decision: Uuid,
}

impl Acte for Programmer {
    type Fait = Programmee;
    type Refus = RefusNotification;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Programmee, Echec<RefusNotification>> {
        self.par
            .exiger(Droit::ArreterDecision, Perimetre::National)?;
        let code = &self.appel.code;
        store::prendre(tx, code).await?;
        let arretee = store::decision(tx, code).await?;
        let selection = match &arretee {
            Some(arretee) => Some(selection(tx, code, arretee).await?),
            None => None,
        };
        let deja = store::notification(tx, code).await?.map(|(n, _)| n);
        let notification = Notification::programmer(
            selection.as_ref(),
            self.appel.seance(store::seance_close_le(tx, code).await?),
            deja.as_ref(),
            self.visible_le,
            (self.par.compte, self.recu_le.0),
        )
        .refuse()?;
        let decision = arretee.ok_or(Panne::Introuvable)?.id;
        store::record_programmation(tx, code, &notification).await?;
        taches::enqueue(tx, NOTIFICATION, decision, notification.visible_le).await?;
        Ok(Programmee { decision })
    }

    fn entrees(&self, fait: &Programmee) -> Vec<Entree> {
        vec![
            Entree::new("programmation", "decision", fait.decision, self.recu_le.0)
                .par(self.par.compte)
                .engageant(self.visible_le.to_string()),
        ]
    }
}

/// The selection as its rows tell it again.
async fn selection(
    tx: &mut Tx,
    campagne: &str,
    arretee: &store::DecisionInscrite,
) -> Result<Selection, Panne> {
    let decisions: Vec<_> = store::a_notifier(tx, campagne).await?;
    let decisions: Vec<_> = decisions.into_iter().map(|d| d.decision).collect();
    Ok(Selection {
        total: metier::commun::Montant::somme(decisions.iter().filter_map(|d| d.montant)),
        decisions,
        preparee_par: arretee.par,
        arretee_par: arretee.par,
        arretee_le: arretee.le,
        ecarts: Vec::new(),
        signalements: Vec::new(),
    })
}

/// Suspends what was planned: `POST /campagnes/{code}/suspension`.
pub struct Suspendre {
    pub par: Personne,
    pub appel: Arc<Appel>,
    pub recu_le: RecuLe,
}

impl Acte for Suspendre {
    type Fait = Programmee;
    type Refus = RefusSuspension;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Programmee, Echec<RefusSuspension>> {
        self.par
            .exiger(Droit::ArreterDecision, Perimetre::National)?;
        let code = &self.appel.code;
        store::prendre(tx, code).await?;
        let decision = store::decision(tx, code)
            .await?
            .ok_or(Panne::Introuvable)?
            .id;
        let (notification, _) = store::notification(tx, code)
            .await?
            .ok_or(Panne::Introuvable)?;
        // Twice is once: the first suspension keeps its instant.
        if notification.suspendue_le.is_some() {
            return Err(Panne::Conflit("the notification is suspended already").into());
        }
        notification.suspendre(self.recu_le.0).refuse()?;
        store::record_suspension(tx, code, self.recu_le.0).await?;
        Ok(Programmee { decision })
    }

    fn entrees(&self, fait: &Programmee) -> Vec<Entree> {
        vec![
            Entree::new("suspension", "decision", fait.decision, self.recu_le.0)
                .par(self.par.compte),
        ]
    }
}

//! What every page of a dossier needs, loaded once, by the right asked.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use metier::{
    campagnes::conditions::Constat,
    commun::{Raison, temps, typographie},
    dossiers::{Completude, FaitsDuStatut, Issue, RefusRetrait, Statut, Suite, statut},
};
use uuid::Uuid;

use super::{
    contenu::Contenu,
    depot, faits,
    store::{self, Dossier},
    suivi,
};
use crate::{
    app::App,
    campagnes::Campagne,
    conventions, decisions,
    socle::{
        db::Lecture,
        droits::{Droit, Personne},
        erreurs::Panne,
    },
};

/// A dossier as somebody of its team has it before them.
pub struct Vue {
    pub dossier: Dossier,
    pub campagne: Arc<Campagne>,
    pub contenu: Contenu,
    pub completude: Completude,
    /// Who answers for the pole: may file, gives rights.
    pub responsables: Vec<String>,
    /// Why nothing is written any more, by anyone or by this person.
    pub fermeture: Option<Fermeture>,
    pub peut_deposer: bool,
    pub peut_signer: bool,
    /// What was decided, if it may be known at this instant.
    pub decision: Option<Connue>,
    pub maintenant: Timestamp,
}

/// A decision that may be known, and what followed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connue {
    issue: Issue,
    notifiee_le: Timestamp,
    /// Last day on which it may be contested.
    pub contestable_jusqu_au: Date,
    suite: Option<Suite>,
    /// The agreement, once proposed.
    pub convention: Option<Uuid>,
}

impl Connue {
    /// The agreement that waits for the team's signature.
    pub fn a_signer(&self) -> Option<Uuid> {
        let attendue = self.suite == Some(Suite::ConventionASigner);
        self.convention.filter(|_| attendue)
    }

    /// Whether reading it is what the team has to do: nothing came after it,
    /// and the time to contest a refusal runs.
    pub fn a_lire(&self, le: Timestamp) -> bool {
        let court = temps::jour_de(le) <= self.contestable_jusqu_au;
        self.convention.is_none() && (self.issue == Issue::Retenu || court)
    }
}

/// Why a dossier is shown and not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fermeture {
    Retire(Timestamp),
    Depose(Timestamp),
    Clos(Timestamp),
    /// The person only reads; who can give more.
    LectureSeule(Vec<String>),
}

impl Vue {
    /// For anyone else than the team, the dossier does not exist.
    pub async fn charger(
        app: &App,
        personne: &Personne,
        id: Uuid,
        le: Timestamp,
    ) -> Result<Self, Panne> {
        let mut base = app.db.lecture().await?;
        Self::lire(app, &mut base, personne, id, le).await
    }

    /// Same, on a connection one already holds.
    pub async fn lire(
        app: &App,
        base: &mut Lecture,
        personne: &Personne,
        id: Uuid,
        le: Timestamp,
    ) -> Result<Self, Panne> {
        let dossier = store::find_pour(base, id, personne, Droit::LireDossier).await?;
        let campagne = app.campagnes.find(&dossier.campagne)?;
        let contenu = store::contenu(base, id).await?;
        let responsables = store::responsables(base, dossier.pole, le).await?;
        let decision = decision_connue(base, &dossier, le).await?;
        let ecrit = personne.peut(Droit::RemplirDossier, dossier.perimetre());
        Ok(Self {
            completude: suivi::completude(&campagne, &contenu),
            fermeture: fermeture(&dossier, &campagne, le)
                .or_else(|| (!ecrit).then(|| Fermeture::LectureSeule(responsables.clone()))),
            peut_deposer: personne.peut(Droit::DeposerDossier, dossier.perimetre()),
            peut_signer: personne.peut(Droit::SignerConvention, dossier.perimetre()),
            responsables,
            decision,
            maintenant: le,
            dossier,
            campagne,
            contenu,
        })
    }

    /// Where a draft stands with the conditions of its call. Filed, it is for
    /// people to judge, and nothing is computed for its team any more.
    pub async fn eligibilite(&self, base: &mut Lecture) -> Result<Vec<Constat>, Panne> {
        if self.dossier.depose_le.is_some() || self.dossier.retire_le.is_some() {
            return Ok(Vec::new());
        }
        faits::eligibilite(base, &self.dossier, &self.campagne, &self.contenu).await
    }

    /// Why the dossier cannot be taken back any more, if so.
    pub fn retrait_ferme(&self) -> Option<RefusRetrait> {
        let notifie_le = self.decision.map(|connue| connue.notifiee_le);
        depot::etat(&self.dossier)
            .retirer(
                &self.campagne.fenetre,
                notifie_le,
                Uuid::nil(),
                self.maintenant,
            )
            .err()
    }

    /// The word for its state, the only one an applicant reads.
    pub fn statut(&self) -> Statut {
        statut_de(
            &self.dossier,
            &self.campagne,
            self.decision,
            self.maintenant,
        )
    }
}

/// The decision on a filed dossier and what followed; nothing before its
/// instant, decided or not.
pub async fn decision_connue(
    base: &mut Lecture,
    dossier: &Dossier,
    le: Timestamp,
) -> Result<Option<Connue>, Panne> {
    if dossier.depose_le.is_none() {
        return Ok(None);
    }
    let Some(decision) = decisions::visible(base, dossier.id, le).await? else {
        return Ok(None);
    };
    let convention = match decision.issue() {
        Issue::Retenu => conventions::suite(base, dossier.id).await?,
        _ => None,
    };
    Ok(Some(Connue {
        issue: decision.issue(),
        notifiee_le: decision.notifiee_le(),
        contestable_jusqu_au: decision.recours().jusqu_au,
        suite: convention.and_then(|(_, suite)| suite),
        convention: convention.map(|(id, _)| id),
    }))
}

/// The state of a dossier for its team.
pub fn statut_de(
    dossier: &Dossier,
    campagne: &Campagne,
    decision: Option<Connue>,
    le: Timestamp,
) -> Statut {
    let faits = FaitsDuStatut {
        fenetre: &campagne.fenetre,
        depose_le: dossier.depose_le,
        retire_le: dossier.retire_le,
        reponse_attendue_jusqu_au: None,
        examen_ouvert_le: None,
        issue: decision.map(|connue| connue.issue),
        notification_le: decision.map(|connue| connue.notifiee_le),
        suite: decision.and_then(|connue| connue.suite),
    };
    statut(&faits, le)
}

/// Why nobody writes in this dossier any more, if so.
pub fn fermeture(dossier: &Dossier, campagne: &Campagne, le: Timestamp) -> Option<Fermeture> {
    if let Some(retire_le) = dossier.retire_le {
        return Some(Fermeture::Retire(retire_le));
    }
    if let Some(depose_le) = dossier.depose_le {
        return Some(Fermeture::Depose(depose_le));
    }
    let cloture = campagne.fenetre.cloture?;
    campagne
        .fenetre
        .est_close(le)
        .then_some(Fermeture::Clos(cloture))
}

impl Fermeture {
    pub fn raison(&self) -> Raison {
        match self {
            Self::Retire(le) => Raison::new(
                "dossier_retire",
                format!(
                    "Ce dossier est retiré depuis le {}.",
                    temps::instant_long(*le)
                ),
            )
            .remede("Il reste lisible."),
            Self::Depose(le) => Raison::new(
                "deja_depose",
                format!(
                    "Ce dossier est déposé depuis le {} : il ne change plus.",
                    temps::instant_long(*le)
                ),
            )
            .remede("Il reste lisible, avec son accusé de réception."),
            Self::Clos(le) => Raison::new(
                "appel_clos",
                format!("L’appel a clos le {}.", temps::instant_long(*le)),
            )
            .remede("Votre brouillon reste lisible ; il ne se modifie plus."),
            Self::LectureSeule(responsables) => Raison::new(
                "lecture_seule",
                format!(
                    "Lecture seule : demandez un droit à {}.",
                    noms(responsables)
                ),
            ),
        }
    }
}

/// « Solène Marée et Ivan Écluse »; the team when nobody is named.
pub fn noms(noms: &[String]) -> String {
    match noms.split_last() {
        None => "votre équipe".to_owned(),
        Some((seul, [])) => seul.clone(),
        Some((dernier, autres)) => format!("{} et {dernier}", autres.join(", ")),
    }
}

/// « Enregistré à 14 h 05. Dossier non déposé. »: saved is not filed, and one
/// line says both.
pub fn ligne_enregistre(vue: &Vue, fin: &str) -> String {
    if vue.contenu.est_vide() {
        return typographie(&format!("Rien n’est encore enregistré. {fin}"));
    }
    let enregistre = enregistre_a(vue.dossier.modifie_le, vue.maintenant);
    typographie(&format!("{enregistre} {fin}"))
}

/// « Enregistré à 14 h 05. », with the day when it is another one.
fn enregistre_a(quand: Timestamp, maintenant: Timestamp) -> String {
    if temps::jour_de(quand) == temps::jour_de(maintenant) {
        return format!("Enregistré à {}.", temps::heure(quand));
    }
    format!("Enregistré le {}.", temps::instant_long(quand))
}

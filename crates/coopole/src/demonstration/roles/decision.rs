//! Two deputies at the Trésor: what the visitor left undone between the sitting
//! and the notification, they do, so that nothing blocks the story. One closes
//! the sitting and prepares; the other closes the list and plans the instant.

use std::{collections::HashSet, sync::Arc, time::Duration};

use metier::instruction::Verdict;
use uuid::Uuid;

use super::Scene;
use crate::{
    comite::CloreSeance,
    decisions::{self, Appel, Arreter, Candidature, LigneSaisie, Liste, Programmer},
    demonstration::store,
    socle::{
        db::Tx,
        droits::{Habilitation, Perimetre, Qualite, Role},
        erreurs::{Echec, Panne},
        horloge::RecuLe,
    },
};

/// How long the letters are looked for.
const REGARDS: usize = 40;
const REPOS: Duration = Duration::from_millis(50);

/// Prepares, as Claire Minute does.
pub(super) const MISSION: (&str, &str) = ("relais@figurants.example", "Héloïse Relais");
/// Decides and signs, as Étienne Sceau does.
pub(super) const DECISION: (&str, &str) = ("interim@figurants.example", "Melchior Intérim");
/// Validates orders, as Agnès Grandlivre does.
pub(super) const ORDONNANCEMENT: (&str, &str) =
    ("quittance@figurants.example", "Rosalie Quittance");

pub async fn installer(tx: &mut Tx) -> Result<(), Panne> {
    let qualites = [
        (MISSION, Qualite::ChargeMission),
        (DECISION, Qualite::Decideur),
        (ORDONNANCEMENT, Qualite::Ordonnateur),
    ];
    for (personne, qualite) in qualites {
        let habilitation = Habilitation {
            role: Role::Pilote,
            qualite: Some(qualite),
            perimetre: Perimetre::National,
        };
        super::installer(tx, personne, &[habilitation]).await?;
    }
    Ok(())
}

pub async fn clore(scene: &Scene<'_>) -> Result<(), Panne> {
    let cloture = CloreSeance {
        par: scene.personne(MISSION.0).await?,
        campagne: Arc::clone(&scene.campagne),
        malgre_tout: true,
        recu_le: RecuLe(scene.le),
    };
    scene.accomplir(cloture).await
}

fn appel(scene: &Scene<'_>) -> Result<Arc<Appel>, Panne> {
    Ok(Arc::new(Appel::new(Arc::clone(&scene.campagne))?))
}

/// Completes the list, then says why wherever it leaves the ranking.
pub async fn preparer(scene: &Scene<'_>) -> Result<(), Panne> {
    let appel = appel(scene)?;
    let par = scene.personne(MISSION.0).await?;
    for etape in [completer, motiver] {
        let table = decisions::dossiers(&mut scene.app.db.lecture().await?, &appel.code).await?;
        if table.decision.is_some() {
            return Ok(());
        }
        let lignes = etape(&Liste::new(&appel, &table));
        match decisions::enregistrer(scene.app, &appel, &par, lignes, RecuLe(scene.le)).await {
            Ok(_) => {}
            Err(Echec::Refus(refus)) => super::refuse(&refus),
            Err(Echec::Panne(panne)) => return Err(panne),
        }
    }
    Ok(())
}

/// A line for each dossier: what the visitor chose stands while it can, then
/// the first of the ranking take the places left.
fn completer(liste: &Liste<'_>) -> Vec<LigneSaisie> {
    let places = liste.appel.montant_fixe().map_or(0, |montant| {
        liste.appel.regles.enveloppe.en_centimes() / montant.en_centimes().max(1)
    });
    let en_ordre: Vec<&Candidature> = liste
        .en_ordre()
        .into_iter()
        .filter(|c| !liste.est_ecarte(c))
        .collect();
    let choix = |c: &Candidature| liste.proposition(c).and_then(|p| p.retenu);
    let eligibles = || {
        let eligible = |c: &&&Candidature| c.verdict() == Some(Verdict::Eligible);
        en_ordre.iter().filter(eligible)
    };
    let voulus = eligibles().filter(|c| choix(c) == Some(true));
    let classes =
        eligibles().filter(|c| choix(c).is_none() && liste.classement.contains(&c.dossier));
    let retenus: HashSet<Uuid> = voulus
        .chain(classes)
        .take(usize::try_from(places).unwrap_or_default())
        .map(|c| c.dossier)
        .collect();
    let ligne = |c: &&Candidature| {
        let mut ligne = reprise(liste, c);
        let retenu = retenus.contains(&c.dossier);
        ligne.issue = if retenu { "retenu" } else { "non_retenu" }.to_owned();
        if !retenu && ligne.motif.trim().is_empty() {
            ligne.motif = motif(liste, c).to_owned();
        }
        ligne
    };
    en_ordre.iter().map(ligne).collect()
}

/// Why a dossier that nobody spoke of is not retained.
fn motif(liste: &Liste<'_>, candidature: &Candidature) -> &'static str {
    if candidature.verdict().is_none() {
        "L’éligibilité du dossier n’a pas été confirmée avant la sélection."
    } else if !liste.classement.contains(&candidature.dossier) {
        "Le dossier n’a reçu aucune note avant la clôture de la séance du comité."
    } else {
        "Le rang du dossier au classement ne permet pas de le retenir dans l’enveloppe de l’appel."
    }
}

/// The lines that leave the ranking without a word.
fn motiver(liste: &Liste<'_>) -> Vec<LigneSaisie> {
    let ecarts = liste.preparee(Uuid::nil()).ecarts(&liste.contexte());
    let concernees = liste.dossiers.candidatures.iter();
    concernees
        .filter(|c| ecarts.contains(&c.dossier) && !liste.est_ecarte(c))
        .map(|c| reprise(liste, c))
        .filter(|ligne| ligne.ecart.trim().is_empty())
        .map(|ligne| LigneSaisie {
            ecart: "Suit les choix déjà portés sur la liste.".to_owned(),
            ..ligne
        })
        .collect()
}

/// The line as it stands.
fn reprise(liste: &Liste<'_>, candidature: &Candidature) -> LigneSaisie {
    let tenue = liste.proposition(candidature).cloned().unwrap_or_default();
    let issue = match tenue.retenu {
        Some(true) => "retenu",
        Some(false) => "non_retenu",
        None => "",
    };
    LigneSaisie {
        dossier: candidature.dossier,
        lue: decisions::empreinte(liste.proposition(candidature)),
        issue: issue.to_owned(),
        montant: tenue.montant.map(|m| m.to_string()).unwrap_or_default(),
        motif: tenue.motif,
        ecart: tenue.ecart,
    }
}

pub async fn arreter(scene: &Scene<'_>) -> Result<(), Panne> {
    let appel = appel(scene)?;
    let table = decisions::dossiers(&mut scene.app.db.lecture().await?, &appel.code).await?;
    let arret = Arreter {
        par: scene.personne(DECISION.0).await?,
        lue: Liste::new(&appel, &table).empreinte(),
        appel: Arc::clone(&appel),
        recu_le: RecuLe(scene.le),
    };
    scene.accomplir(arret).await
}

/// Plans the instant of the calendar, unless one is planned and stands.
pub async fn programmer(scene: &Scene<'_>) -> Result<(), Panne> {
    let appel = appel(scene)?;
    let mut base = scene.app.db.lecture().await?;
    let prevue = decisions::notification(&mut base, &appel.code).await?;
    drop(base);
    let tient = prevue.is_some_and(|(notification, _)| notification.suspendue_le.is_none());
    let Some(prevu) = appel.notification_prevue().filter(|_| !tient) else {
        return Ok(());
    };
    let programmation = Programmer {
        par: scene.personne(DECISION.0).await?,
        appel,
        visible_le: prevu.debut(),
        recu_le: RecuLe(scene.le),
    };
    scene.accomplir(programmation).await
}

/// Dozens of letters nobody waits for: each is printed when asked. They are
/// planned by the notification, which may be under way in another loop.
pub async fn renoncer_aux_lettres(scene: &Scene<'_>) -> Result<(), Panne> {
    for _ in 0..REGARDS {
        let mut base = scene.app.db.lecture().await?;
        let prevue = decisions::notification(&mut base, &scene.campagne.code).await?;
        drop(base);
        match prevue {
            Some((notification, None)) if notification.est_visible(scene.le) => {
                tokio::time::sleep(REPOS).await;
            }
            _ => break,
        }
    }
    let mut tx = scene.app.db.begin().await?;
    store::renoncer(&mut tx, decisions::LETTRE).await?;
    tx.commit().await
}

//! The letter of a decision: the same facts as its page, on paper. Its job is
//! written by the notification, never before the instant.

use documents::{
    Autorite, AvisNotifie, DecisionNotifiee, Document, Issue, MotifAxe, MotifNotifie,
    RegleAppliquee, Signataire, TraitementAlgorithmique,
};
use jiff::Timestamp;
use metier::{
    commun::{temps, typographie},
    dossiers as regles,
};
use uuid::Uuid;

use super::rendue::{CE_QUI_RESTE, FINALITE, Rendue};
use crate::{
    app::App,
    dossiers::{self, Contenu, Dossier, sur_papier},
    instruction::AvisRendu,
    socle::{erreurs::Panne, papier, taches::Tache},
    urls,
};

/// The job that prints the letter, and the kind of paper it leaves.
pub const LETTRE: &str = "lettre";

/// The job: prints the letter and keeps it.
pub async fn imprimer(app: &App, tache: &Tache) -> Result<(), Panne> {
    let document = document(app, tache.objet, app.horloge.now()).await?;
    papier::imprimer_et_garder(app, tache, LETTRE, document).await
}

/// Everything the letter says; before the instant there is none.
pub async fn document(app: &App, dossier: Uuid, le: Timestamp) -> Result<Document, Panne> {
    let mut base = app.db.lecture().await?;
    let rendue = Rendue::du_dossier(app, &mut base, dossier, le).await?;
    let dossier = dossiers::find(&mut base, dossier).await?;
    let contenu = dossiers::contenu(&mut base, dossier.id).await?;
    Ok(lettre(&app.reglages.url, &rendue, &dossier, &contenu).into())
}

fn lettre(url: &str, rendue: &Rendue, dossier: &Dossier, contenu: &Contenu) -> DecisionNotifiee {
    let campagne = &rendue.appel.document;
    let notifiee_le = rendue.visible.notifiee_le();
    DecisionNotifiee {
        reference: format!("D-{}", dossier.numero),
        numero: dossier.numero.clone(),
        etabli_le: notifiee_le,
        fait: typographie(&format!("Le {}", temps::jour_long(notifiee_le))),
        service: sur_papier::service(campagne),
        structure: sur_papier::structure(dossier, contenu),
        attention: Some("la personne qui représente la structure".into()),
        pole: dossier.nom_du_pole.clone(),
        appel: sur_papier::appel(campagne),
        depose_le: dossier
            .depose_le
            .map(|le| typographie(&temps::jour_long(le)))
            .unwrap_or_default(),
        issue: match rendue.visible.issue() {
            regles::Issue::Retenu => retenu(rendue),
            issue => non_retenu(rendue, issue),
        },
        recours: sur_papier::recours(campagne, temps::jour_de(notifiee_le), dossier.region),
        traitement: Some(TraitementAlgorithmique {
            finalite: FINALITE.into(),
            regles: format!("{url}{}", urls::appel(&campagne.code)),
            service: Autorite {
                nom: typographie(&campagne.identite.service.nom),
                adresse: Vec::new(),
            },
        }),
        signataire: Signataire {
            nom: rendue.liste.par_qui.clone(),
            qualite: "personne habilitée à arrêter la liste".into(),
            delegation: Some(typographie(&format!(
                "Liste arrêtée le {}",
                temps::jour_long(rendue.liste.le)
            ))),
        },
    }
}

fn retenu(rendue: &Rendue) -> Issue {
    let subvention = rendue.appel.document.subvention.as_ref();
    Issue::Retenu {
        montant: rendue
            .visible
            .decision
            .montant
            .map(|montant| montant.to_string())
            .unwrap_or_default(),
        duree: subvention.map(|s| s.duree()).unwrap_or_default(),
        suite: vec![
            "La convention vous est proposée sur la page de la décision : vous la lisez, puis la personne responsable du pôle la signe.",
            "La direction générale du Trésor la valide.",
            "L’aide est versée en une fois.",
        ]
        .into_iter()
        .map(typographie)
        .collect(),
    }
}

fn non_retenu(rendue: &Rendue, issue: regles::Issue) -> Issue {
    let motifs = rendue.visible.decision.motifs.iter();
    let regles = rendue.appel.document.regles.iter();
    Issue::NonRetenu {
        annonce: match issue {
            regles::Issue::Irrecevable => "Votre dossier est irrecevable.",
            _ => "Votre dossier n’est pas retenu.",
        }
        .into(),
        motifs: motifs
            .map(|motif| MotifNotifie {
                phrase: typographie(&motif.en_mots()),
                source: None,
            })
            .collect(),
        regles: regles
            .map(|regle| RegleAppliquee {
                code: regle.code.clone(),
                enonce: typographie(&regle.enonce),
                constat: typographie(&rendue.constat(regle).1),
                source: Some(typographie(&regle.source)),
            })
            .collect(),
        avis: rendue.avis.as_ref().map(|avis| avis_notifie(rendue, avis)),
        services: CE_QUI_RESTE.map(str::to_owned).into(),
    }
}

fn avis_notifie(rendue: &Rendue, rendu: &AvisRendu) -> AvisNotifie {
    let avis = &rendu.avis;
    let motifs = avis.motifs.iter();
    AvisNotifie {
        cellule: avis.instance.en_mots(),
        rendu_le: typographie(&temps::jour_long(avis.rendu_le)),
        sens: avis.sens.libelle().to_lowercase(),
        motifs: motifs
            .map(|motif| MotifAxe {
                axe: typographie(&rendue.axe(&motif.axe)),
                texte: typographie(&motif.texte),
            })
            .collect(),
    }
}

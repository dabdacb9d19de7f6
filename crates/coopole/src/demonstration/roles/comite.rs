//! The examiners: they declare their interests, then mark the extras'
//! dossiers, three of them each. The cast's dossiers they leave to the visitor.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use metier::comite::{Acces, Reponse};
use uuid::Uuid;

use super::{Scene, avis, instant};
use crate::{
    campagnes::Campagne,
    comite::{self, Declarer, Notes, RendreExamen},
    demonstration::store::DossierDepose,
    socle::{
        db::Tx,
        droits::{Habilitation, Perimetre, Personne, Qualite, Role},
        erreurs::Panne,
        horloge::RecuLe,
    },
};

const DECLARATIONS: &str = "2024-06-10T10:00:00+02:00";

const EXAMINATEURS: [(&str, &str); 5] = [
    ("ambre@figurants.example", "Ambre Curseur"),
    ("basile@figurants.example", "Basile Étalon"),
    ("colombe@figurants.example", "Colombe Jauge"),
    ("dimitri@figurants.example", "Dimitri Boulier"),
    ("esther@figurants.example", "Esther Mesure"),
];
/// How many of them mark a dossier.
const LECTURES: usize = 3;

/// Whose pole the first examiner belongs to: the machine finds that link.
const LIEN_CALCULE: usize = 6;
/// Who declares a link, on which dossier, and what it is.
const LIENS_DECLARES: [(usize, usize, &str); 2] = [
    (
        1,
        2,
        "J’ai accompagné ce pôle en 2022, contre rémunération.",
    ),
    (
        3,
        11,
        "Un proche siège au conseil de la structure porteuse.",
    ),
];

pub async fn installer(tx: &mut Tx, dossiers: &[DossierDepose]) -> Result<(), Panne> {
    for (rang, personne) in EXAMINATEURS.iter().enumerate() {
        let mut habilitations = vec![Habilitation {
            role: Role::Cna,
            qualite: None,
            perimetre: Perimetre::National,
        }];
        if let Some(dossier) = dossiers.get(LIEN_CALCULE).filter(|_| rang == 0) {
            habilitations.push(Habilitation {
                role: Role::Porteur,
                qualite: Some(Qualite::Lecteur),
                perimetre: Perimetre::Pole(dossier.pole),
            });
        }
        super::installer(tx, *personne, &habilitations).await?;
    }
    Ok(())
}

/// A third of the marks, on what the cells have answered.
pub async fn commencer(scene: &Scene<'_>) -> Result<(), Panne> {
    jouer(scene, |rang| rang % 3 == 0).await
}

/// All the others, before the sitting.
pub async fn finir(scene: &Scene<'_>) -> Result<(), Panne> {
    jouer(scene, |_| true).await
}

async fn jouer(scene: &Scene<'_>, a_noter: fn(usize) -> bool) -> Result<(), Panne> {
    let tous = scene.dossiers().await?;
    let figurants = scene.figurants().await?;
    let mut examinateurs = Vec::new();
    for (rang, (courriel, _)) in EXAMINATEURS.iter().enumerate() {
        let par = scene.personne(courriel).await?;
        declarer(scene, (rang, &par), &tous, &figurants).await?;
        examinateurs.push(par);
    }
    for (rang, dossier) in figurants
        .iter()
        .enumerate()
        .filter(|(rang, _)| a_noter(*rang))
    {
        let le = scene.le - SignedDuration::from_mins(11 * (figurants.len() - rang) as i64);
        for lecture in 0..LECTURES {
            let qui = (rang + 2 * lecture) % EXAMINATEURS.len();
            let notes = notes(&scene.campagne, rang, qui);
            noter(scene, dossier.id, &examinateurs[qui], &notes, le).await?;
        }
    }
    Ok(())
}

/// Answers for every dossier at once, the cast's too: until then none opens.
async fn declarer(
    scene: &Scene<'_>,
    (rang, par): (usize, &Personne),
    tous: &[DossierDepose],
    figurants: &[DossierDepose],
) -> Result<(), Panne> {
    let reponse = |dossier: &DossierDepose| {
        let lien = LIENS_DECLARES.iter().find(|(qui, sur, _)| {
            *qui == rang && figurants.get(*sur).is_some_and(|f| f.id == dossier.id)
        });
        match lien {
            Some((.., nature)) => (dossier.id, Reponse::Un((*nature).to_owned())),
            None => (dossier.id, Reponse::Aucun),
        }
    };
    let declaration = Declarer {
        par: par.clone(),
        campagne: Arc::clone(&scene.campagne),
        reponses: tous.iter().map(reponse).collect(),
        recu_le: RecuLe(instant(DECLARATIONS) + SignedDuration::from_hours(rang as i64)),
    };
    scene.accomplir(declaration).await
}

/// Drafts the marks and gives them, unless the wall or an earlier play says no.
async fn noter(
    scene: &Scene<'_>,
    dossier: Uuid,
    par: &Personne,
    notes: &Notes,
    le: Timestamp,
) -> Result<(), Panne> {
    let campagne = &scene.campagne;
    let echus = comite::avis_echus(campagne, le);
    let mut base = scene.app.db.lecture().await?;
    let acces = comite::acces(&mut base, &campagne.code, dossier, par.compte, echus).await?;
    let examen = comite::examen(&mut base, dossier, par.compte).await?;
    drop(base);
    if acces != Acces::Ouvert || examen.rendu_le.is_some() {
        return Ok(());
    }
    let mut tx = scene.app.db.begin().await?;
    let (qui, lue) = ((dossier, par.compte), examen.version);
    let version = comite::record_brouillon(&mut tx, qui, notes, lue, le).await?;
    tx.commit().await?;
    let Some(version) = version else {
        return Ok(());
    };
    let rendre = RendreExamen {
        par: par.clone(),
        campagne: Arc::clone(campagne),
        dossier,
        version,
        recu_le: RecuLe(le),
    };
    scene.accomplir(rendre).await
}

/// Marks near what the cell thought, each examiner with a hand of their own.
fn notes(campagne: &Campagne, rang: usize, qui: usize) -> Notes {
    let (min, max) = campagne
        .grille
        .as_ref()
        .map_or((0, 0), |g| (i64::from(g.note_min), i64::from(g.note_max)));
    let niveau = match avis::sens(rang) {
        "favorable" => 3,
        "favorable_avec_reserve" => 2,
        _ => 1,
    };
    let de_critere = |code: &str| campagne.criteres.iter().any(|c| c.code == code);
    let note = |(place, code): (usize, &str)| {
        let ecart = (5 * rang + 3 * place + 7 * qui + rang * place) % 4;
        let valeur = match de_critere(code) {
            true => (niveau + ecart as i64 - 1).clamp(min, max),
            false => i64::from(ecart == 0),
        };
        let commentaire = match de_critere(code) && valeur < 2 {
            true => "Peu d’éléments au dossier.",
            false => "",
        };
        (code.to_owned(), (Some(valeur), commentaire.to_owned()))
    };
    comite::codes(campagne)
        .into_iter()
        .enumerate()
        .map(note)
        .collect()
}

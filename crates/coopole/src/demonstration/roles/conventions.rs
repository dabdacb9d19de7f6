//! The agreements of the extras: proposed, signed, validated, ordered and paid,
//! each stopping where it should so that every state is to be seen. Those of
//! the cast are proposed and wait for the visitor.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{
    Scene,
    decision::{DECISION, MISSION, ORDONNANCEMENT},
    instant,
};
use crate::{
    conventions::{
        self, Coffre, Inscrite, PreparerVersement, Proposer, Signature, Signer, Valider,
        ValiderVersement,
    },
    demonstration::{projets::de, store},
    socle::{erreurs::Panne, horloge::RecuLe, taches},
};

/// When they are signed, validated, ordered and paid.
const HEURES: [&str; 4] = [
    "2024-10-02T17:00:00+02:00",
    "2024-10-03T17:00:00+02:00",
    "2024-10-04T12:00:00+02:00",
    "2024-10-04T17:00:00+02:00",
];

/// After how many of [`HEURES`] the agreement of each rank stops: half of them
/// wait for their pole, since the text of each costs a second to print.
const ETATS: [usize; 8] = [4, 0, 0, 1, 0, 2, 0, 3];

/// The number of every textbook: no account of anybody is ever made up here.
const IBAN: &str = "FR14 2004 1010 0505 0001 3M02 606";

/// All of them are proposed; the texts of the extras' own make way for what is
/// to be signed, and are planned again after it.
pub async fn proposer(scene: &Scene<'_>) -> Result<(), Panne> {
    let proposition = Proposer {
        par: scene.personne(MISSION.0).await?,
        campagne: scene.campagne.code.clone(),
        url: scene.app.reglages.url.clone(),
        recu_le: RecuLe(scene.le),
    };
    scene.accomplir(proposition).await?;
    let mut tx = scene.app.db.begin().await?;
    store::renoncer(&mut tx, conventions::TEXTE).await?;
    tx.commit().await
}

pub async fn signer_et_verser(scene: &Scene<'_>) -> Result<(), Panne> {
    imprimer(scene).await?;
    for (pas, heure) in (1..).zip(HEURES) {
        let conventions = des_figurants(scene).await?;
        for (rang, inscrite) in conventions.iter().enumerate() {
            if va_jusqu_a(rang) < pas {
                continue;
            }
            let le =
                instant(heure) - SignedDuration::from_mins(9 * (conventions.len() - rang) as i64);
            let convention = &inscrite.convention;
            match pas {
                1 if convention.beneficiaire.is_none() => signer(scene, inscrite, le).await?,
                2 if convention.validation.is_none() => valider(scene, inscrite, le).await?,
                3 if inscrite.ordre.is_none() => preparer(scene, inscrite, le).await?,
                4 if !convention.est_versee() => verser(scene, inscrite, le).await?,
                _ => {}
            }
        }
    }
    remettre_les_textes(scene).await
}

async fn remettre_les_textes(scene: &Scene<'_>) -> Result<(), Panne> {
    let mut tx = scene.app.db.begin().await?;
    // A signed copy is printed when somebody asks for it.
    store::renoncer(&mut tx, conventions::EXEMPLAIRE).await?;
    for inscrite in conventions::de_la_campagne(&mut tx, &scene.campagne.code).await? {
        if inscrite.convention.texte.is_none() {
            let id = inscrite.convention.id;
            taches::enqueue(&mut tx, conventions::TEXTE, id, scene.le).await?;
        }
    }
    tx.commit().await
}

fn va_jusqu_a(rang: usize) -> usize {
    ETATS[rang % ETATS.len()]
}

/// The texts about to be signed, two at a time: no signature waits for a job.
async fn imprimer(scene: &Scene<'_>) -> Result<(), Panne> {
    let conventions = des_figurants(scene).await?;
    let a_signer = conventions.iter().enumerate();
    let a_signer: Vec<Uuid> = a_signer
        .filter(|(rang, _)| va_jusqu_a(*rang) > 0)
        .map(|(_, inscrite)| inscrite.convention.id)
        .collect();
    for paire in a_signer.chunks(2) {
        let imprimer = |id| conventions::imprimer_sans_attendre(scene.app, id);
        match paire {
            [une, autre] => drop(tokio::try_join!(imprimer(*une), imprimer(*autre))?),
            seule => imprimer(seule[0]).await?,
        }
    }
    Ok(())
}

async fn des_figurants(scene: &Scene<'_>) -> Result<Vec<Inscrite>, Panne> {
    let figurants = scene.figurants().await?;
    let mut base = scene.app.db.lecture().await?;
    let mut inscrites = conventions::de_la_campagne(&mut base, &scene.campagne.code).await?;
    inscrites.retain(|i| figurants.iter().any(|f| f.id == i.convention.dossier));
    Ok(inscrites)
}

fn coffre(scene: &Scene<'_>) -> Result<Coffre, Panne> {
    Coffre::ouvrir(&scene.app.reglages.donnees)
}

async fn signer(scene: &Scene<'_>, inscrite: &Inscrite, le: Timestamp) -> Result<(), Panne> {
    let id = inscrite.convention.id;
    let mut base = scene.app.db.lecture().await?;
    let equipe = conventions::responsables(&mut base, inscrite.pole, le).await?;
    drop(base);
    let Some(courriel) = equipe.first() else {
        return Ok(());
    };
    let signature = Signer {
        par: scene.personne(courriel).await?,
        convention: id,
        saisie: Signature {
            nom: format!("Présidence {}", de(&inscrite.structure)),
            qualite: "présidence".into(),
            pouvoir: true,
            engagement: true,
            titulaire: inscrite.structure.clone(),
            titulaire_confirme: false,
            iban: IBAN.into(),
            empreinte: inscrite.convention.texte.clone().unwrap_or_default(),
        },
        coffre: coffre(scene)?,
        recu_le: RecuLe(le),
    };
    scene.accomplir(signature).await
}

async fn valider(scene: &Scene<'_>, inscrite: &Inscrite, le: Timestamp) -> Result<(), Panne> {
    let validation = Valider {
        par: scene.personne(DECISION.0).await?,
        convention: inscrite.convention.id,
        qualite: "adjoint au chef de bureau".into(),
        pouvoir: true,
        empreinte: inscrite.convention.texte.clone().unwrap_or_default(),
        recu_le: RecuLe(le),
    };
    scene.accomplir(validation).await
}

async fn preparer(scene: &Scene<'_>, inscrite: &Inscrite, le: Timestamp) -> Result<(), Panne> {
    let ordre = PreparerVersement {
        par: scene.personne(MISSION.0).await?,
        convention: inscrite.convention.id,
        montant: inscrite.convention.montant,
        titulaire_verifie: true,
        coffre: coffre(scene)?,
        recu_le: RecuLe(le),
    };
    scene.accomplir(ordre).await
}

async fn verser(scene: &Scene<'_>, inscrite: &Inscrite, le: Timestamp) -> Result<(), Panne> {
    let versement = ValiderVersement {
        par: scene.personne(ORDONNANCEMENT.0).await?,
        convention: inscrite.convention.id,
        coffre: coffre(scene)?,
        recu_le: RecuLe(le),
    };
    scene.accomplir(versement).await
}

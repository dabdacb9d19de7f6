//! `coopole journal verifier`: rows, tree, signatures, and the unsealed tail.
//! Reads by pages, so that memory stays bounded whatever the journal's length.

use uuid::Uuid;

use super::{LigneJournal, arbre::Arbre, cle::Cle, scellement::Tete};
use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

const PAGE: i64 = 1_000;

/// What a verification says.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All is as it was written: `scellees` entries sealed, `en_attente` not yet.
    Intact { scellees: i64, en_attente: i64 },
    /// The first entry that is not what was recorded, and how that is known.
    Rompu {
        place: Option<i64>,
        entree: Option<Uuid>,
        constat: String,
    },
}

/// Verifies the whole journal.
pub async fn verifier(base: &mut Lecture, cle: &Cle) -> Result<Verdict, Panne> {
    let mut arbre = Arbre::default();
    for tete in tetes(base).await? {
        if let Some(rompu) = avancer_jusqu_a(base, &mut arbre, &tete, cle).await? {
            return Ok(rompu);
        }
    }
    let scellees = arbre.taille() as i64;
    let orphelines = base
        .compter(
            "SELECT COUNT(*) FROM journal_entrees WHERE place >= $1",
            &valeurs![scellees],
        )
        .await?;
    if orphelines > 0 {
        return Ok(rompu(
            Some(scellees),
            None,
            "une entrée porte une place que nulle tête ne signe",
        ));
    }
    let attente: Vec<LigneJournal> = base
        .fetch_all(
            "SELECT id, acte, genre, objet, par, le, motif, engagement, empreinte, place
             FROM journal_entrees WHERE place IS NULL ORDER BY id",
            &[],
        )
        .await?;
    if let Some(fausse) = attente.iter().find(|ligne| !est_fidele(ligne)) {
        return Ok(rompu(
            None,
            Some(fausse.id),
            "ses colonnes ne sont plus celles inscrites",
        ));
    }
    Ok(Verdict::Intact {
        scellees,
        en_attente: attente.len() as i64,
    })
}

/// Reads the entries a head covers and compares the root it signed.
async fn avancer_jusqu_a(
    base: &mut Lecture,
    arbre: &mut Arbre,
    tete: &Tete,
    cle: &Cle,
) -> Result<Option<Verdict>, Panne> {
    let debut = arbre.taille() as i64;
    while (arbre.taille() as i64) < tete.taille {
        let place = arbre.taille() as i64;
        let lignes: Vec<LigneJournal> = base
            .fetch_all(
                "SELECT id, acte, genre, objet, par, le, motif, engagement, empreinte, place
                 FROM journal_entrees WHERE place >= $1 AND place < $2 ORDER BY place LIMIT $3",
                &valeurs![place, tete.taille, PAGE],
            )
            .await?;
        if lignes.is_empty() {
            return Ok(Some(rompu(Some(place), None, "l’entrée a disparu")));
        }
        for ligne in &lignes {
            let place = arbre.taille() as i64;
            if ligne.place != Some(place) {
                return Ok(Some(rompu(Some(place), None, "l’entrée a disparu")));
            }
            if !est_fidele(ligne) {
                let constat = "ses colonnes ne sont plus celles inscrites";
                return Ok(Some(rompu(Some(place), Some(ligne.id), constat)));
            }
            arbre.ajouter(&ligne.empreinte);
        }
    }
    let racine = arbre.racine();
    if racine.as_slice() != tete.racine {
        let constat = format!(
            "les entrées {debut} à {} ne redonnent pas la racine scellée",
            tete.taille - 1
        );
        return Ok(Some(rompu(Some(debut), None, &constat)));
    }
    if !cle.verifier(arbre.taille(), &racine, tete.scelle_le, &tete.signature) {
        let constat = "la signature de la tête n’est pas celle de cette instance";
        return Ok(Some(rompu(Some(debut), None, constat)));
    }
    Ok(None)
}

fn est_fidele(ligne: &LigneJournal) -> bool {
    ligne.recalculer().as_slice() == ligne.empreinte
}

fn rompu(place: Option<i64>, entree: Option<Uuid>, constat: &str) -> Verdict {
    Verdict::Rompu {
        place,
        entree,
        constat: constat.to_owned(),
    }
}

async fn tetes(base: &mut Lecture) -> Result<Vec<Tete>, Panne> {
    base.fetch_all(
        "SELECT taille, racine, bord, signature, scelle_le FROM journal_tetes ORDER BY taille",
        &[],
    )
    .await
}

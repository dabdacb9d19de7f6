//! What the pilot types before anything is decided: a draft, saved line by
//! line. A line that somebody else changed meanwhile is never overwritten;
//! both texts come back and nothing is lost.

use std::collections::HashMap;

use metier::{
    commun::{Montant, typographie},
    decisions::RefusSelection,
};
use uuid::Uuid;

use super::{
    appel::Appel,
    liste::{Liste, empreinte},
    store::{self, Proposition},
};
use crate::{
    app::App,
    socle::{
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        requete::Saisie,
    },
};

/// More than any reason needs, and far under the size of a form.
const SIGNES_AU_PLUS: usize = 2_000;

/// A line as typed, with the mark of what it said when it was shown.
#[derive(Debug, Clone)]
pub struct LigneSaisie {
    pub dossier: Uuid,
    pub lue: String,
    pub issue: String,
    pub montant: String,
    pub motif: String,
    pub ecart: String,
}

/// What became of the lines sent.
#[derive(Debug, Default)]
pub struct Enregistrement {
    /// Changed by somebody else since they were shown; as typed.
    pub conflits: HashMap<Uuid, LigneSaisie>,
    /// Not readable: as typed, and what is expected.
    pub fautes: HashMap<Uuid, (LigneSaisie, String)>,
}

impl Enregistrement {
    pub fn est_entier(&self) -> bool {
        self.conflits.is_empty() && self.fautes.is_empty()
    }
}

/// The lines of the form, by dossier.
pub fn lignes(saisie: &Saisie) -> Vec<LigneSaisie> {
    let texte = |nom: &str, dossier: &str| {
        saisie
            .texte(&format!("{nom}.{dossier}"))
            .replace("\r\n", "\n")
    };
    saisie
        .iter()
        .filter_map(|(nom, lue)| {
            let cle = nom.strip_prefix("lue.")?;
            Some(LigneSaisie {
                dossier: cle.parse().ok()?,
                lue: lue.to_owned(),
                issue: texte("issue", cle),
                montant: texte("montant", cle),
                motif: texte("motif", cle),
                ecart: texte("ecart", cle),
            })
        })
        .collect()
}

/// Saves what may be saved; says what became of the rest.
pub async fn enregistrer(
    app: &App,
    appel: &Appel,
    par: &Personne,
    lignes: Vec<LigneSaisie>,
    recu_le: RecuLe,
) -> Result<Enregistrement, Echec<RefusSelection>> {
    par.exiger(Droit::PreparerDecision, Perimetre::National)?;
    let mut tx = app.db.begin().await?;
    store::prendre(&mut tx, &appel.code).await?;
    let dossiers = store::dossiers(&mut tx, &appel.code).await?;
    let liste = Liste::new(appel, &dossiers);
    liste.contexte().ouverte(recu_le.0).refuse()?;
    let mut issue = Enregistrement::default();
    for ligne in lignes {
        let candidature = dossiers
            .candidatures
            .iter()
            .find(|c| c.dossier == ligne.dossier);
        let candidature = candidature
            .filter(|c| !liste.est_ecarte(c))
            .ok_or(Panne::Introuvable)?;
        let proposee = match ligne.lire(appel) {
            Ok(proposee) => proposee,
            Err(attendu) => {
                issue.fautes.insert(ligne.dossier, (ligne, attendu));
                continue;
            }
        };
        let tenue = empreinte(liste.proposition(candidature));
        let nouvelle = empreinte(Some(&proposee));
        if nouvelle == ligne.lue || nouvelle == tenue {
            continue;
        }
        if tenue != ligne.lue {
            issue.conflits.insert(ligne.dossier, ligne);
            continue;
        }
        let ou = (appel.code.as_str(), ligne.dossier);
        store::record_proposition(&mut tx, ou, &proposee, (par.compte, recu_le.0)).await?;
        store::record_preparateur(&mut tx, &appel.code, par.compte, recu_le.0).await?;
    }
    tx.commit().await?;
    Ok(issue)
}

impl LigneSaisie {
    fn lire(&self, appel: &Appel) -> Result<Proposition, String> {
        let retenu = match self.issue.as_str() {
            "retenu" => Some(true),
            "non_retenu" => Some(false),
            _ => None,
        };
        for texte in [&self.motif, &self.ecart] {
            let signes = texte.chars().count();
            if signes > SIGNES_AU_PLUS {
                return Err(typographie(&format!(
                    "Ce texte compte {signes} signes ; la limite est de {SIGNES_AU_PLUS}."
                )));
            }
        }
        let montant = match (retenu, appel.montant_fixe()) {
            (Some(true), Some(fixe)) => Some(fixe),
            (Some(true), None) => Some(self.montant.parse::<Montant>().map_err(|e| e.to_string())?),
            _ => None,
        };
        Ok(Proposition {
            retenu,
            montant,
            motif: self.motif.clone(),
            ecart: self.ecart.clone(),
        })
    }
}

//! The list on the table, as the rule of `metier::decisions` reads it.

use std::collections::HashMap;

use metier::{
    decisions::{
        Candidat, Choix, ContexteSelection, LigneSelection, ListePreparee, Motif, PhaseUne, Seance,
    },
    instruction::Verdict,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    appel::Appel,
    store::{Candidature, Dossiers, Proposition},
};

/// The list of a call with what the rule needs to judge it.
pub struct Liste<'a> {
    pub appel: &'a Appel,
    pub dossiers: &'a Dossiers,
    pub candidats: Vec<Candidat>,
    pub classement: Vec<Uuid>,
}

impl<'a> Liste<'a> {
    pub fn new(appel: &'a Appel, dossiers: &'a Dossiers) -> Self {
        let candidats = dossiers
            .candidatures
            .iter()
            .map(|candidature| Candidat {
                dossier: candidature.dossier,
                numero: candidature.numero,
                verdict: candidature.verdict(),
                // This house holds no accompaniment call yet: a twin dossier
                // is what the cell confirmed when it confirmed E1.
                phase_une: match candidature.laureat {
                    true => PhaseUne::Acquise,
                    false => PhaseUne::SansObjet,
                },
            })
            .collect();
        Self {
            appel,
            dossiers,
            candidats,
            classement: dossiers
                .classement
                .rangs
                .iter()
                .map(|r| r.dossier)
                .collect(),
        }
    }

    pub fn contexte(&self) -> ContexteSelection<'_> {
        ContexteSelection {
            regles: &self.appel.regles,
            candidats: &self.candidats,
            classement: &self.classement,
            seance: self.appel.seance(self.dossiers.seance_close_le),
            deja_arretee_le: self.dossiers.decision.as_ref().map(|d| d.le),
        }
    }

    /// The committee has not sat: there is nothing to choose from yet.
    pub fn attend_la_seance(&self) -> bool {
        matches!(self.contexte().seance, Seance::Attendue(_))
    }

    /// The prepared list. `par` is about to close it: whoever had a hand in it
    /// counts as its author.
    pub fn preparee(&self, par: Uuid) -> ListePreparee {
        let preparateurs = &self.dossiers.preparateurs;
        let auteur = match preparateurs.contains(&par) {
            true => Some(par),
            false => preparateurs.first().copied(),
        };
        ListePreparee {
            par: auteur.unwrap_or_default(),
            lignes: self
                .dossiers
                .candidatures
                .iter()
                .filter_map(|candidature| self.ligne(candidature))
                .collect(),
        }
    }

    /// Rows in the order of the ranking, then those without a rank.
    pub fn en_ordre(&self) -> Vec<&'a Candidature> {
        let rangs = self.rangs();
        let mut lignes: Vec<&Candidature> = self.dossiers.candidatures.iter().collect();
        lignes.sort_by_key(|c| {
            (
                rangs.get(&c.dossier).copied().unwrap_or(usize::MAX),
                c.numero,
            )
        });
        lignes
    }

    pub fn rangs(&self) -> HashMap<Uuid, usize> {
        let rangs = &self.dossiers.classement.rangs;
        rangs.iter().map(|r| (r.dossier, r.rang)).collect()
    }

    /// Set aside by its cell: its issue follows, nobody chooses it.
    pub fn est_ecarte(&self, candidature: &Candidature) -> bool {
        matches!(
            candidature.verdict(),
            Some(Verdict::Ineligible | Verdict::Irrecevable)
        )
    }

    /// What stands for the whole list: whoever closes it closes what was read.
    pub fn empreinte(&self) -> String {
        let mut hache = Sha256::new();
        for candidature in &self.dossiers.candidatures {
            hache.update(candidature.dossier);
            hache.update(empreinte(self.proposition(candidature)));
            hache.update(format!("{:?}", candidature.eligibilite));
        }
        hache.update(format!("{:?}", self.classement));
        abreger(&hache.finalize())
    }

    pub fn proposition(&self, candidature: &Candidature) -> Option<&Proposition> {
        self.dossiers.propositions.get(&candidature.dossier)
    }

    fn ligne(&self, candidature: &Candidature) -> Option<LigneSelection> {
        let proposition = self.proposition(candidature);
        let choix = if self.est_ecarte(candidature) {
            let eligibilite = candidature.eligibilite.as_ref()?;
            Choix::NonRetenu(eligibilite.motifs.clone())
        } else {
            match proposition?.retenu? {
                true => Choix::Retenu(proposition?.montant.unwrap_or_default()),
                false => Choix::NonRetenu(vec![Motif {
                    au_titre_de: None,
                    texte: proposition?.motif.clone(),
                }]),
            }
        };
        let raison = proposition.map(|p| p.ecart.trim().to_owned());
        Some(LigneSelection {
            dossier: candidature.dossier,
            choix,
            raison_de_l_ecart: raison.filter(|raison| !raison.is_empty()),
        })
    }
}

/// What a line said when it was shown: a line changed since is never
/// overwritten by somebody who has not read it.
pub fn empreinte(proposition: Option<&Proposition>) -> String {
    let Some(proposition) = proposition.filter(|p| **p != Proposition::default()) else {
        return "vide".to_owned();
    };
    abreger(&Sha256::digest(format!("{proposition:?}")))
}

fn abreger(hache: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&hache[..8])
}

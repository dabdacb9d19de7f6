//! What a dossier holds, as it was typed, and how the rules read it.
//!
//! Nothing typed is lost: an answer that cannot be read stays as it is, beside
//! what is expected. Never done here: SQL, HTML.

use std::collections::BTreeMap;

use jiff::Timestamp;
use metier::{
    campagnes::{BudgetDemande, MONTANT_DEMANDE},
    commun::{Montant, Siret},
    dossiers::{
        self as regles, Compte, EtatFinancement, GenreMembre, PorteuseDeLaFiche, QualiteEss,
    },
};
use uuid::Uuid;

use crate::campagnes::Campagne;

/// What the form calls the number of the structure.
pub const STRUCTURE_SIRET: &str = "structure_siret";
/// What it calls the commune of its seat.
pub const STRUCTURE_COMMUNE: &str = "structure_commune";

/// Everything the team of a pole wrote and sent.
#[derive(Debug, Clone, Default)]
pub struct Contenu {
    pub dossier: Uuid,
    /// By code of field.
    pub reponses: BTreeMap<String, Reponse>,
    /// In the order of the page.
    pub membres: Vec<Membre>,
    /// Lines of the project's budget.
    pub projet: Vec<LigneBudget>,
    /// Lines of the structure's.
    pub structure: Vec<LigneBudget>,
    /// The files that serve today, one a kind at most.
    pub pieces: Vec<Piece>,
    /// Versions of the Charter the pole signed, and when.
    pub signatures: Vec<(String, Timestamp)>,
    /// What the record of the pole says of its structure, while the dossier is a
    /// draft: filed, it is what it was.
    pub fiche: Option<PorteuseDeLaFiche>,
}

/// An answer as typed; the codes of boxes ticked stand one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reponse {
    pub valeur: String,
    pub modifiee_le: Timestamp,
    pub par: Uuid,
}

/// A member as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Membre {
    pub nom: String,
    pub genre: String,
    pub qualite_ess: String,
    pub siret: String,
}

/// A line of a budget as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LigneBudget {
    pub charge: bool,
    pub compte: String,
    pub libelle: String,
    pub montant: String,
    pub subvention: String,
    pub emploi: String,
    pub amortissable: bool,
    pub etat: String,
}

/// A file that serves for one of the pieces of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub id: Uuid,
    /// Code of the piece in the call.
    pub genre: String,
    /// The name it came with, cleaned.
    pub nom: String,
    pub type_media: String,
    pub poids: u64,
    /// SHA-256 of its bytes.
    pub empreinte: Vec<u8>,
    pub recue_le: Timestamp,
}

impl Contenu {
    /// Nobody wrote or sent anything yet.
    pub fn est_vide(&self) -> bool {
        self.reponses.is_empty()
            && self.membres.is_empty()
            && self.projet.is_empty()
            && self.structure.is_empty()
            && self.pieces.is_empty()
    }

    /// What was answered to that field; empty if nothing was.
    pub fn reponse(&self, champ: &str) -> &str {
        self.reponses
            .get(champ)
            .map_or("", |reponse| reponse.valeur.as_str())
    }

    /// The number of the structure, as typed.
    pub fn siret(&self) -> &str {
        self.reponse(STRUCTURE_SIRET)
    }

    /// The file that serves for that piece.
    pub fn piece(&self, genre: &str) -> Option<&Piece> {
        self.pieces.iter().find(|piece| piece.genre == genre)
    }

    /// When the pole signed that version of the Charter.
    pub fn charte_signee_le(&self, campagne: &Campagne) -> Option<Timestamp> {
        let version = campagne.charte?.version.to_string();
        self.signatures
            .iter()
            .find(|(signee, _)| *signee == version)
            .map(|(_, le)| *le)
    }

    /// The lines of that budget.
    pub fn lignes(&self, genre: BudgetDemande) -> &[LigneBudget] {
        match genre {
            BudgetDemande::Projet => &self.projet,
            BudgetDemande::Structure => &self.structure,
        }
    }

    /// That budget, as the rules read it. The aid asked for is the call's own:
    /// its line is added, never typed.
    pub fn budget(&self, campagne: &Campagne, genre: BudgetDemande) -> regles::Budget {
        let demande = self.reponse(MONTANT_DEMANDE).parse().ok();
        budget(campagne, genre, self.lignes(genre), demande)
    }

    /// The members the rules can count: those whose kind is known.
    pub fn membres_lus(&self) -> Vec<regles::Membre> {
        self.membres
            .iter()
            .enumerate()
            .filter_map(|(rang, membre)| membre.lire(rang))
            .collect()
    }
}

impl Membre {
    /// Nothing was typed in it.
    pub fn est_vide(&self) -> bool {
        *self == Self::default()
    }

    fn lire(&self, rang: usize) -> Option<regles::Membre> {
        Some(regles::Membre {
            repere: repere_membre(rang, "nom"),
            nom: self.nom.clone(),
            genre: GenreMembre::par_code(&self.genre)?,
            qualite_ess: QualiteEss::par_code(&self.qualite_ess),
            siret: self.siret.parse().ok(),
        })
    }

    /// What is to be mended in it, by name of column.
    pub fn corrections(&self) -> Vec<(&'static str, String)> {
        let mut corrections = Vec::new();
        if self.nom.is_empty() {
            corrections.push(("nom", "Indiquez le nom de ce membre.".to_owned()));
        }
        if GenreMembre::par_code(&self.genre).is_none() {
            corrections.push(("genre", "Choisissez ce qu’est ce membre.".to_owned()));
        }
        if !self.siret.is_empty()
            && let Err(illisible) = self.siret.parse::<Siret>()
        {
            corrections.push(("siret", illisible.to_string()));
        }
        corrections
    }
}

/// Name of a field of the table of members, which is its anchor too.
pub fn repere_membre(rang: usize, colonne: &str) -> String {
    format!("membres.{rang}.{colonne}")
}

impl LigneBudget {
    /// A blank line of that side.
    pub fn nouvelle(charge: bool) -> Self {
        Self {
            charge,
            ..Self::default()
        }
    }

    /// Nothing was typed in it.
    pub fn est_vide(&self) -> bool {
        *self == Self::nouvelle(self.charge)
    }

    /// The side it stands on, which names its table on the page.
    pub fn cote(&self) -> &'static str {
        if self.charge { "charges" } else { "produits" }
    }

    /// What is to be mended before the rules can read it, by name of column.
    pub fn corrections(&self) -> Vec<(&'static str, String)> {
        let mut corrections = Vec::new();
        if Compte::par_code(&self.compte).is_none() {
            corrections.push(("compte", "Choisissez le compte de cette ligne.".to_owned()));
        }
        for (colonne, saisie) in [("montant", &self.montant), ("subvention", &self.subvention)] {
            if !saisie.is_empty()
                && let Err(illisible) = saisie.parse::<Montant>()
            {
                corrections.push((colonne, illisible.to_string()));
            }
        }
        corrections
    }

    fn lire(&self, campagne: &Campagne, repere: String) -> Option<regles::LigneBudget> {
        let mut ligne = regles::LigneBudget::nouvelle(repere, Compte::par_code(&self.compte)?);
        ligne.libelle.clone_from(&self.libelle);
        ligne.montant = self.montant.parse().ok();
        ligne.subvention = self.subvention.parse().ok();
        ligne.emploi = campagne.emplois.par_code(&self.emploi).cloned();
        ligne.amortissable = self.amortissable;
        ligne.etat = EtatFinancement::par_code(&self.etat);
        Some(ligne)
    }
}

/// Each line with the name its fields have on the page: « charges.2 ».
pub fn reperes(lignes: &[LigneBudget]) -> impl Iterator<Item = (String, &LigneBudget)> {
    let (mut charges, mut produits) = (0, 0);
    lignes.iter().map(move |ligne| {
        let compteur = if ligne.charge {
            &mut charges
        } else {
            &mut produits
        };
        let repere = format!("{}.{}", ligne.cote(), *compteur);
        *compteur += 1;
        (repere, ligne)
    })
}

fn budget(
    campagne: &Campagne,
    genre: BudgetDemande,
    lignes: &[LigneBudget],
    demande: Option<Montant>,
) -> regles::Budget {
    let mut lues: Vec<regles::LigneBudget> = reperes(lignes)
        .filter_map(|(repere, ligne)| ligne.lire(campagne, repere))
        .collect();
    let subvention = match (genre, &campagne.subvention) {
        (BudgetDemande::Projet, Some(subvention)) => subvention,
        _ => return regles::Budget::de_la_structure(lues),
    };
    let aide = regles::ReglesAide {
        regle: subvention.regle,
        demande,
        emplois: campagne.emplois.clone(),
        source: campagne
            .emplois
            .permis
            .first()
            .map_or_else(|| subvention.source.clone(), |emploi| emploi.source.clone()),
    };
    if let Some(montant) = aide.montant_demande() {
        let compte = Compte::par_code("74").expect("an account of the form");
        let mut ligne = regles::LigneBudget::nouvelle("produits-aide", compte);
        ligne.libelle.clone_from(&campagne.identite.titre_court);
        ligne.montant = Some(montant);
        ligne.aide_demandee = true;
        lues.push(ligne);
    }
    regles::Budget::du_projet(lues, aide)
}

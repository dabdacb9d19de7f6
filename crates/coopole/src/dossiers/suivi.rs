//! What is there and what is missing, page by page of the summary.

use metier::{
    campagnes::{
        BudgetDemande, Nature, PieceDemandee, Preuve,
        formulaire::{Champ, Page},
    },
    campagnes::{
        MembreConnu,
        conditions::{Constat, Faits, Origine, Valeur},
    },
    commun::{Raison, Region},
    dossiers::{
        self as regles, Completude, EtatPiece, GenreMembre, Manque, QualiteEss, RubriqueSuivie,
    },
};

use super::{
    contenu::{Contenu, STRUCTURE_COMMUNE, STRUCTURE_SIRET, repere_membre, reperes},
    lecture::{Lecture, RubriqueLue},
};
use crate::campagnes::Campagne;

/// Codes of the three pages that are not rubriques of the form.
pub const MEMBRES: &str = "membres";
pub const BUDGET: &str = "budget";
pub const PIECES: &str = "pieces";

/// Where a remark on the structure's budget leads.
pub const BUDGET_STRUCTURE: &str = "budget-structure";

/// The whole dossier, in the order of the summary of its call.
pub fn completude(campagne: &Campagne, contenu: &Contenu) -> Completude {
    let lecture = Lecture::de(campagne, &contenu.reponses);
    let pages = campagne.formulaire.sommaire.iter();
    let rubriques = pages.filter_map(|page| match page {
        Page::Rubrique(code) => lecture.rubrique(code).map(|lue| rubrique(lue, contenu)),
        Page::Membres => Some(membres(contenu)),
        Page::Budget => Some(budgets(campagne, contenu)),
        Page::Pieces => Some(pieces(campagne, contenu, &lecture.faits)),
    });
    Completude::de(rubriques.collect())
}

fn rubrique(lue: &RubriqueLue<'_>, contenu: &Contenu) -> RubriqueSuivie {
    let suivie = RubriqueSuivie::nouvelle(&lue.rubrique.code, &lue.rubrique.titre);
    lue.champs.iter().fold(suivie, |suivie, lu| {
        let champ = lu.champ;
        match &lu.valeur {
            Err(refus) => suivie.corrige(
                &champ.libelle,
                Raison::new("reponse_inattendue", refus.to_string()).ancre(&champ.code),
            ),
            Ok(valeur) => match ecart_avec_la_fiche(contenu, champ, valeur.as_ref()) {
                Some(manque) => suivie.corrige(&manque.intitule, manque.raison.ancre(&champ.code)),
                None if champ.obligatoire => {
                    suivie.exige(&champ.code, &champ.libelle, valeur.is_some())
                }
                None => suivie.admet(valeur.is_some()),
            },
        }
    })
}

/// What the record of the pole says otherwise than this answer.
fn ecart_avec_la_fiche(
    contenu: &Contenu,
    champ: &Champ,
    valeur: Option<&Valeur>,
) -> Option<Manque> {
    let fiche = contenu.fiche.as_ref()?;
    let Valeur::Texte(repondu) = valeur? else {
        return None;
    };
    match champ.code.as_str() {
        STRUCTURE_SIRET => fiche.contredit_le_siret(&repondu.parse().ok()?),
        STRUCTURE_COMMUNE => fiche.contredit_le_siege(Region::par_commune(repondu)?),
        _ => None,
    }
}

fn membres(contenu: &Contenu) -> RubriqueSuivie {
    let mut suivie = RubriqueSuivie::nouvelle(MEMBRES, "Membres").exige(
        MEMBRES,
        "Membres du pôle",
        !contenu.membres.is_empty(),
    );
    for (rang, membre) in contenu.membres.iter().enumerate() {
        for (colonne, phrase) in membre.corrections() {
            let raison =
                Raison::new("membre_a_corriger", &phrase).ancre(repere_membre(rang, colonne));
            suivie = suivie.corrige(phrase.trim_end_matches('.'), raison);
        }
    }
    suivie
}

/// The conditions of the call that the list of members alone settles.
pub fn regles_des_membres(campagne: &Campagne, contenu: &Contenu) -> Vec<Constat> {
    let mut faits = campagne.faits();
    faits.membres(&membres_connus(contenu), Origine::Dossier);
    campagne
        .regles
        .iter()
        .filter(|regle| regle.nature == Nature::Eligibilite)
        .filter(|regle| {
            let termes = regle.expression.as_ref().map(|e| e.termes());
            termes.is_some_and(|termes| termes.eq([MEMBRES]))
        })
        .map(|regle| regle.examiner(&faits))
        .collect()
}

/// The members as the rules of eligibility know them.
pub fn membres_connus(contenu: &Contenu) -> Vec<MembreConnu> {
    let connu = |membre: &super::contenu::Membre| {
        let genre = GenreMembre::par_code(&membre.genre);
        MembreConnu {
            nom: membre.nom.clone(),
            genre: genre.map(|genre| genre.code().to_owned()),
            qualite_ess: QualiteEss::par_code(&membre.qualite_ess),
            personne_morale: genre.map(GenreMembre::est_personne_morale),
        }
    };
    contenu.membres.iter().map(connu).collect()
}

fn budgets(campagne: &Campagne, contenu: &Contenu) -> RubriqueSuivie {
    let mut suivie = RubriqueSuivie::nouvelle(BUDGET, "Budget");
    for genre in budgets_demandes(campagne) {
        let avant = suivie.manques.len();
        for (repere, ligne) in reperes(contenu.lignes(genre)) {
            for (colonne, phrase) in ligne.corrections() {
                let ancre = format!("{repere}.{colonne}");
                let raison = Raison::new("ligne_a_corriger", &phrase).ancre(ancre);
                suivie = suivie.corrige(phrase.trim_end_matches('.'), raison);
            }
        }
        let analyse = contenu.budget(campagne, genre).analyser();
        suivie = suivie.budget(!contenu.lignes(genre).is_empty(), &analyse);
        for manque in &mut suivie.manques[avant..] {
            placer(manque, genre);
        }
    }
    suivie
}

/// A remark on a line leads to its amount; one on the structure's budget says
/// so, and leads to the other page.
fn placer(manque: &mut regles::Manque, genre: BudgetDemande) {
    let ancre = manque.raison.ancre.as_deref().unwrap_or(BUDGET);
    let ancre = match ancre.matches('.').count() {
        1 => format!("{ancre}.montant"),
        _ => ancre.to_owned(),
    };
    manque.raison.ancre = Some(match genre {
        BudgetDemande::Projet => ancre,
        BudgetDemande::Structure => format!("{BUDGET_STRUCTURE}#{ancre}"),
    });
    if genre == BudgetDemande::Structure {
        manque.intitule.push_str(", budget de la structure");
    }
}

/// The budgets this call asks for, the project's first.
pub fn budgets_demandes(campagne: &Campagne) -> Vec<BudgetDemande> {
    BudgetDemande::TOUS
        .iter()
        .copied()
        .filter(|genre| {
            campagne.pieces.iter().any(
                |piece| matches!(piece.preuve, Preuve::Tableau { budget, .. } if budget == *genre),
            )
        })
        .collect()
}

/// Whether a piece is asked for, given the answers.
pub fn est_demandee(piece: &PieceDemandee, faits: &Faits) -> bool {
    piece.si.as_ref().is_none_or(|si| si.est_vraie(faits))
}

fn pieces(campagne: &Campagne, contenu: &Contenu, faits: &Faits) -> RubriqueSuivie {
    let donnees = pieces_lues(contenu);
    let mut suivie = RubriqueSuivie::nouvelle(PIECES, "Pièces");
    for piece in campagne.pieces.iter().filter(|p| est_demandee(p, faits)) {
        let fichier = contenu.piece(&piece.code).is_some();
        suivie = match piece.preuve {
            _ if !piece.obligatoire => suivie.admet(fichier),
            Preuve::Fichier => suivie.piece(&piece.code, &piece.libelle, &donnees),
            Preuve::Signature { .. } => {
                let signee = contenu.charte_signee_le(campagne).is_some();
                suivie.exige(&piece.code, &piece.libelle, signee || fichier)
            }
            // What is wrong in a table is told with the budget, once.
            Preuve::Tableau { budget, .. } => {
                let analyse = contenu.budget(campagne, budget).analyser();
                suivie.attendus += 1;
                suivie.presents += usize::from(analyse.bloquantes().next().is_none());
                suivie
            }
        };
    }
    suivie
}

/// The files as the rules read them.
fn pieces_lues(contenu: &Contenu) -> Vec<regles::Piece> {
    contenu
        .pieces
        .iter()
        .map(|piece| regles::Piece {
            genre: piece.genre.clone(),
            nom: piece.nom.clone(),
            octets: piece.poids,
            empreinte: data_encoding::HEXLOWER.encode(&piece.empreinte),
            recue_le: piece.recue_le,
            etat: EtatPiece::Recue,
        })
        .collect()
}

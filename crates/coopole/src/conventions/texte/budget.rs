//! The project's budget in an agreement: as filed, the subsidy's own line
//! included, account by account.

use documents::{
    CompteBudget, Contributions, EmploiBudget, LignePresentee, MentionLigne, TableauBudget,
};
use metier::{
    campagnes::BudgetDemande,
    commun::Montant,
    dossiers::{Analyse, Compte, EtatFinancement, LigneBudget, Sens},
};

use crate::{campagnes::Campagne, dossiers::Contenu};

pub fn annexe(campagne: &Campagne, contenu: &Contenu, subvention: Montant) -> TableauBudget {
    let budget = contenu.budget(campagne, BudgetDemande::Projet);
    let analyse = budget.analyser();
    let ecart = analyse.ecart();
    TableauBudget {
        periode: "durée de la convention".into(),
        charges: comptes(&budget.lignes, Sens::Charge),
        produits: comptes(&budget.lignes, Sens::Produit),
        total_charges: analyse.charges.to_string(),
        total_produits: analyse.produits.to_string(),
        ecart: (ecart > Montant::ZERO).then(|| ecart.to_string()),
        contributions: contributions(&budget.lignes, &analyse),
        emplois: emplois(&analyse),
        subvention: Some(subvention.to_string()),
        part: (analyse.charges > Montant::ZERO).then(|| part(subvention, analyse.charges)),
    }
}

fn cote(lignes: &[LigneBudget], sens: Sens, volontariat: bool) -> Vec<&LigneBudget> {
    lignes
        .iter()
        .filter(|l| l.compte.sens() == sens && l.compte.est_volontariat() == volontariat)
        .collect()
}

fn comptes(lignes: &[LigneBudget], sens: Sens) -> Vec<CompteBudget> {
    let lignes = cote(lignes, sens, false);
    let compte = |ligne: &LigneBudget| ligne.compte.code().get(..2).unwrap_or_default();
    let mut codes: Vec<&str> = lignes.iter().map(|l| compte(l)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
        .into_iter()
        .map(|code| {
            let du_compte = || lignes.iter().filter(|l| compte(l) == code);
            CompteBudget {
                compte: code.to_owned(),
                intitule: Compte::par_code(code)
                    .map_or("", Compte::libelle)
                    .to_owned(),
                total: Montant::somme(du_compte().filter_map(|l| l.montant)).to_string(),
                lignes: du_compte().map(|l| presentee(l)).collect(),
            }
        })
        .collect()
}

fn presentee(ligne: &LigneBudget) -> LignePresentee {
    let subvention = ligne.subvention.filter(|part| *part > Montant::ZERO);
    let mention = match (ligne.etat, subvention) {
        _ if ligne.aide_demandee => Some(MentionLigne::Appel),
        (_, Some(part)) => Some(MentionLigne::Subvention {
            montant: part.to_string(),
            emploi: ligne
                .emploi
                .map(|emploi| emploi.libelle().to_lowercase())
                .unwrap_or_default(),
        }),
        (Some(EtatFinancement::Obtenue), _) => Some(MentionLigne::Obtenue),
        (Some(EtatFinancement::Deposee), _) => Some(MentionLigne::Deposee),
        (None, None) => None,
    };
    LignePresentee {
        libelle: ligne.nom(),
        montant: ligne.montant.unwrap_or_default().to_string(),
        mention,
    }
}

fn contributions(lignes: &[LigneBudget], analyse: &Analyse) -> Option<Contributions> {
    let presentees = |sens| -> Vec<LignePresentee> {
        let volontaires = cote(lignes, sens, true);
        volontaires.into_iter().map(presentee).collect()
    };
    let (emplois, ressources) = (presentees(Sens::Charge), presentees(Sens::Produit));
    (!emplois.is_empty() || !ressources.is_empty()).then(|| Contributions {
        emplois,
        ressources,
        total_emplois: analyse.emplois_volontaires.to_string(),
        total_ressources: analyse.ressources_volontaires.to_string(),
    })
}

fn emplois(analyse: &Analyse) -> Vec<EmploiBudget> {
    let servis = analyse.par_emploi.iter();
    servis
        .filter(|(_, somme)| *somme > Montant::ZERO)
        .map(|(emploi, somme)| EmploiBudget {
            intitule: emploi.libelle().to_owned(),
            montant: somme.to_string(),
            part: part(*somme, analyse.subvention_affectee),
        })
        .collect()
}

/// « 90 % », to the nearest.
fn part(somme: Montant, total: Montant) -> String {
    let total = total.en_centimes().max(1);
    let part = (somme.en_centimes().saturating_mul(100) + total / 2) / total;
    format!("{part}\u{202f}%")
}

//! A budget as papers print it, alone or in an agreement: account by account,
//! the subsidy's own line included.

use documents::{
    CompteBudget, Contributions, EmploiBudget, LignePresentee, MentionLigne, TableauBudget,
};
use metier::{
    commun::Montant,
    dossiers::{Analyse, Budget, Compte, EtatFinancement, LigneBudget, Sens},
};

/// What the shared indirect charges are called: they have no account.
const INDIRECTES: &str = "Charges indirectes réparties";

/// The two columns and what follows them; the subsidy asked for or granted, on
/// the project's alone.
pub fn tableau(
    budget: &Budget,
    subvention: Option<Montant>,
    periode: Option<String>,
) -> TableauBudget {
    let analyse = budget.analyser();
    TableauBudget {
        periode,
        charges: comptes(&budget.lignes, Sens::Charge),
        produits: comptes(&budget.lignes, Sens::Produit),
        total_charges: analyse.charges.to_string(),
        total_produits: analyse.produits.to_string(),
        ecart: ecart(&analyse),
        contributions: contributions(&budget.lignes, &analyse),
        emplois: emplois(&analyse),
        subvention: subvention.map(|montant| montant.to_string()),
        part: subvention
            .filter(|_| analyse.charges > Montant::ZERO)
            .map(|montant| part(montant, analyse.charges)),
    }
}

fn ecart(analyse: &Analyse) -> Option<String> {
    let ecart = analyse.ecart();
    let sens = match analyse.charges > analyse.produits {
        true => "les charges dépassent les produits",
        false => "les produits dépassent les charges",
    };
    (ecart > Montant::ZERO).then(|| format!("{sens} de {ecart}"))
}

fn cote(lignes: &[LigneBudget], sens: Sens, volontariat: bool) -> Vec<&LigneBudget> {
    lignes
        .iter()
        .filter(|l| l.compte.sens() == sens && l.compte.est_volontariat() == volontariat)
        .collect()
}

/// One heading a two-figure account, in the order of the form.
fn comptes(lignes: &[LigneBudget], sens: Sens) -> Vec<CompteBudget> {
    let lignes = cote(lignes, sens, false);
    let mut familles: Vec<Option<&str>> = Compte::TOUS
        .iter()
        .filter(|compte| compte.sens() == sens)
        .map(|compte| compte.famille())
        .collect();
    familles.dedup();
    familles
        .into_iter()
        .filter_map(|famille| {
            let du_compte: Vec<&LigneBudget> = lignes
                .iter()
                .copied()
                .filter(|ligne| ligne.compte.famille() == famille)
                .collect();
            let compte = famille.and_then(Compte::par_code);
            (!du_compte.is_empty()).then(|| CompteBudget {
                compte: famille.map(str::to_owned),
                intitule: compte.map_or(INDIRECTES, Compte::libelle).to_owned(),
                total: Montant::somme(du_compte.iter().filter_map(|l| l.montant)).to_string(),
                lignes: du_compte.into_iter().map(presentee).collect(),
            })
        })
        .collect()
}

/// A blank is not 0, on paper either.
fn presentee(ligne: &LigneBudget) -> LignePresentee {
    let subvention = ligne.subvention.filter(|part| *part > Montant::ZERO);
    let mention = match (ligne.etat, subvention) {
        _ if ligne.aide_demandee => Some(MentionLigne::Appel),
        (_, Some(part)) => Some(MentionLigne::Subvention {
            montant: part.to_string(),
            emploi: ligne
                .emploi
                .as_ref()
                .map(|emploi| emploi.libelle.to_lowercase()),
        }),
        (Some(EtatFinancement::Obtenue), _) => Some(MentionLigne::Obtenue),
        (Some(EtatFinancement::Deposee), _) => Some(MentionLigne::Deposee),
        (None, None) => None,
    };
    LignePresentee {
        libelle: ligne.nom(),
        montant: ligne
            .montant
            .map_or_else(|| "non renseigné".to_owned(), |m| m.to_string()),
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
            intitule: emploi.libelle.clone(),
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

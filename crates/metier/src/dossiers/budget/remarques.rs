//! What can be said of one line, or of the line of the aid itself.

use super::{Budget, LigneBudget, ReglesAide, Sens};
use crate::commun::{Montant, Raison, typographie};

/// How heavy a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gravite {
    /// The dossier cannot be filed as it is.
    Bloquante,
    /// Pointed out to the applicant and to those who read, never refused.
    Signalement,
}

/// Something to say about the budget, with the place where to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remarque {
    /// Blocking or merely pointed out.
    pub gravite: Gravite,
    /// A few words for a list of what is missing: « Écart de 2 400 € ».
    pub intitule: String,
    /// The sentence, its source, its remedy, its anchor.
    pub raison: Raison,
}

pub(super) fn bloquante(intitule: impl AsRef<str>, raison: Raison) -> Remarque {
    Remarque {
        gravite: Gravite::Bloquante,
        intitule: typographie(intitule.as_ref()),
        raison,
    }
}

pub(super) fn montant_present(ligne: &LigneBudget, remarques: &mut Vec<Remarque>) {
    let nom = ligne.nom();
    match ligne.montant {
        Some(montant) if !montant.est_negatif() => {}
        Some(_) => remarques.push(bloquante(
            format!("Montant de « {nom} »"),
            Raison::new(
                "montant_negatif",
                format!("Le montant de « {nom} » s’écrit sans signe moins."),
            )
            .ancre(&ligne.repere),
        )),
        None => remarques.push(bloquante(
            format!("Montant de « {nom} »"),
            Raison::new(
                "montant_absent",
                format!("Le montant de « {nom} » n’est pas renseigné."),
            )
            .remede("Indiquez-le, 0 compris, ou retirez la ligne.")
            .ancre(&ligne.repere),
        )),
    }
}

/// Wanted on the project's budget, pointed out on the structure's.
pub(super) fn financement_situe(
    budget: &Budget,
    ligne: &LigneBudget,
    remarques: &mut Vec<Remarque>,
) {
    if !ligne.compte.est_cofinancement() || ligne.aide_demandee || ligne.etat.is_some() {
        return;
    }
    let nom = ligne.nom();
    let remarque = bloquante(
        format!("État du financement « {nom} »"),
        Raison::new(
            "financement_sans_etat",
            format!("L’état du financement « {nom} » n’est pas renseigné."),
        )
        .remede("Indiquez s’il est obtenu ou seulement déposé.")
        .ancre(&ligne.repere),
    );
    let gravite = match budget.aide {
        Some(_) => Gravite::Bloquante,
        None => Gravite::Signalement,
    };
    remarques.push(Remarque {
        gravite,
        ..remarque
    });
}

/// What the subsidy may pay for on this charge.
pub(super) fn emploi_permis(ligne: &LigneBudget, aide: &ReglesAide, remarques: &mut Vec<Remarque>) {
    let Some(part) = ligne.subvention.filter(|p| *p != Montant::ZERO) else {
        return;
    };
    if !ligne.est(Sens::Charge) {
        return;
    }
    let nom = ligne.nom();
    let interdit = |code, phrase: &str| {
        bloquante(
            format!("« {nom} » : non finançable"),
            Raison::new(code, phrase)
                .source(&aide.source)
                .remede("Affectez cette dépense à un autre financement.")
                .ancre(&ligne.repere),
        )
    };
    if ligne.compte.famille() == Some("68") {
        remarques.push(interdit(
            "subvention_sur_amortissement",
            "La subvention ne finance pas un amortissement.",
        ));
    } else if ligne.amortissable {
        remarques.push(interdit(
            "subvention_sur_amortissable",
            "La subvention ne finance pas un bien amortissable.",
        ));
    } else if ligne.compte.est_volontariat() {
        remarques.push(interdit(
            "subvention_sur_volontariat",
            "La subvention ne finance pas une contribution volontaire.",
        ));
    } else if ligne.emploi.is_none() {
        remarques.push(bloquante(
            format!("Emploi de la subvention sur « {nom} »"),
            Raison::new(
                "emploi_absent",
                format!("L’emploi de la subvention sur « {nom} » n’est pas renseigné."),
            )
            .source(&aide.source)
            .remede("Choisissez-le dans la liste.")
            .ancre(&ligne.repere),
        ));
    }
    let hors_bornes = part.est_negatif() || ligne.montant.is_some_and(|total| part > total);
    if hors_bornes {
        remarques.push(bloquante(
            format!("Subvention sur « {nom} »"),
            Raison::new(
                "subvention_hors_bornes",
                format!("La subvention affectée à « {nom} » ({part}) sort de son montant."),
            )
            .remede("Affectez au plus le montant de la ligne.")
            .ancre(&ligne.repere),
        ));
    }
}

/// The line of the aid itself: once, on account 74, for the exact amount.
pub(super) fn ligne_de_l_aide(budget: &Budget, aide: &ReglesAide, remarques: &mut Vec<Remarque>) {
    let Some(demandee) = aide.montant_demande() else {
        remarques.push(bloquante(
            "Montant de l’aide demandée",
            Raison::new(
                "aide_non_chiffree",
                format!(
                    "Indiquez le montant de l’aide demandée, {}.",
                    aide.regle.en_mots()
                ),
            )
            .remede("Une question du formulaire le demande.")
            .ancre("budget"),
        ));
        return;
    };
    if !aide.regle.admet(demandee) {
        remarques.push(bloquante(
            "Montant de l’aide demandée",
            aide.regle.raison(demandee).ancre("budget"),
        ));
    }
    let lignes: Vec<&LigneBudget> = budget.lignes.iter().filter(|l| l.aide_demandee).collect();
    match lignes.as_slice() {
        [] => remarques.push(bloquante(
            "Ligne de l’aide demandée",
            Raison::new(
                "aide_absente",
                format!("L’aide demandée, {demandee}, ne figure pas aux produits."),
            )
            .remede("Ajoutez-la au compte 74.")
            .ancre("budget"),
        )),
        [ligne] => aide_exacte(ligne, demandee, remarques),
        [_, double, ..] => remarques.push(bloquante(
            "Ligne de l’aide demandée",
            Raison::new(
                "aide_en_double",
                "L’aide demandée figure plusieurs fois aux produits.",
            )
            .remede("Gardez une seule ligne.")
            .ancre(&double.repere),
        )),
    }
}

fn aide_exacte(ligne: &LigneBudget, demandee: Montant, remarques: &mut Vec<Remarque>) {
    if ligne.compte.famille() != Some("74") {
        remarques.push(bloquante(
            "Ligne de l’aide demandée",
            Raison::new(
                "aide_hors_74",
                format!("L’aide demandée figure au compte {}.", ligne.compte),
            )
            .remede("Inscrivez-la au compte 74.")
            .ancre(&ligne.repere),
        ));
    }
    if let Some(montant) = ligne.montant.filter(|montant| *montant != demandee) {
        remarques.push(bloquante(
            "Ligne de l’aide demandée",
            Raison::new(
                "aide_inexacte",
                format!("La ligne de l’aide porte {montant} ; l’aide demandée est de {demandee}."),
            )
            .remede(format!("Inscrivez {demandee}."))
            .ancre(&ligne.repere),
        ));
    }
}

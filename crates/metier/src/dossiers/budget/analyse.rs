//! Reading a budget: totals, gap, and every remark at once.

use super::remarques::{
    Gravite, Remarque, bloquante, emploi_permis, financement_situe, ligne_de_l_aide,
    montant_present,
};
use super::{Budget, ReglesAide, Sens};
use crate::campagnes::Emploi;
use crate::commun::{Montant, Raison, Refus, parle_par_ses_raisons, typographie};

/// What can be said of a budget in any state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analyse {
    /// Total of charges, contributions in kind aside.
    pub charges: Montant,
    /// Total of produits, contributions in kind aside.
    pub produits: Montant,
    /// Total of 86.
    pub emplois_volontaires: Montant,
    /// Total of 87.
    pub ressources_volontaires: Montant,
    /// How much of the subsidy is laid on charges.
    pub subvention_affectee: Montant,
    /// How much is asked for, once known; nothing on the structure's budget.
    pub subvention_demandee: Option<Montant>,
    /// The subsidy by use, in the order of the call.
    pub par_emploi: Vec<(Emploi, Montant)>,
    /// Everything to say, in the order of the page.
    pub remarques: Vec<Remarque>,
}

impl Analyse {
    pub(super) fn de(budget: &Budget) -> Self {
        let mut analyse = Self::totaux(budget);
        let mut remarques = Vec::new();
        for ligne in &budget.lignes {
            montant_present(ligne, &mut remarques);
            financement_situe(budget, ligne, &mut remarques);
            if let Some(aide) = &budget.aide {
                emploi_permis(ligne, aide, &mut remarques);
            }
        }
        if let Some(aide) = &budget.aide {
            ligne_de_l_aide(budget, aide, &mut remarques);
            analyse.affectation(&mut remarques);
            analyse.priorite(aide, &mut remarques);
        }
        analyse.equilibre(&mut remarques);
        analyse.remarques = remarques;
        analyse
    }

    fn totaux(budget: &Budget) -> Self {
        let total = |sens: Sens, volontariat: bool| {
            Montant::somme(
                budget
                    .lignes
                    .iter()
                    .filter(|l| l.est(sens) && l.compte.est_volontariat() == volontariat)
                    .filter_map(|l| l.montant),
            )
        };
        let affecte = |emploi: Option<&Emploi>| {
            Montant::somme(
                budget
                    .lignes
                    .iter()
                    .filter(|l| l.est(Sens::Charge))
                    .filter(|l| emploi.is_none() || l.emploi.as_ref() == emploi)
                    .filter_map(|l| l.subvention),
            )
        };
        let emplois = budget.aide.iter().flat_map(|aide| &aide.emplois.permis);
        Self {
            charges: total(Sens::Charge, false),
            produits: total(Sens::Produit, false),
            emplois_volontaires: total(Sens::Charge, true),
            ressources_volontaires: total(Sens::Produit, true),
            subvention_affectee: affecte(None),
            subvention_demandee: budget.aide.as_ref().and_then(ReglesAide::montant_demande),
            par_emploi: emplois
                .map(|emploi| (emploi.clone(), affecte(Some(emploi))))
                .collect(),
            remarques: Vec::new(),
        }
    }

    /// The distance between charges and produits, never negative.
    pub fn ecart(&self) -> Montant {
        self.charges.ecart(self.produits)
    }

    /// Share of the subsidy laid on the uses that come first, in whole
    /// percents; nothing while no subsidy is laid anywhere.
    pub fn part_prioritaire(&self) -> Option<i64> {
        let total = self.subvention_affectee.en_centimes();
        let prioritaires = self
            .par_emploi
            .iter()
            .filter(|(emploi, _)| emploi.prioritaire);
        let servi = Montant::somme(prioritaires.map(|(_, montant)| *montant)).en_centimes();
        (total > 0).then(|| servi.saturating_mul(100) / total)
    }

    /// What forbids filing.
    pub fn bloquantes(&self) -> impl Iterator<Item = &Remarque> {
        self.remarques
            .iter()
            .filter(|r| r.gravite == Gravite::Bloquante)
    }

    /// What is pointed out and forbids nothing.
    pub fn signalements(&self) -> impl Iterator<Item = &Remarque> {
        self.remarques
            .iter()
            .filter(|r| r.gravite == Gravite::Signalement)
    }

    fn equilibre(&self, remarques: &mut Vec<Remarque>) {
        if self.charges == Montant::ZERO && self.produits == Montant::ZERO {
            remarques.push(bloquante(
                "Aucun montant",
                Raison::new("budget_vide", "Le budget ne porte encore aucun montant.")
                    .remede("Ajoutez les charges, puis les produits.")
                    .ancre("budget"),
            ));
        }
        let ecart = self.ecart();
        if ecart != Montant::ZERO {
            let (phrase, remede) = if self.charges > self.produits {
                (
                    format!("Les charges dépassent les produits de {ecart}."),
                    "Ajoutez un financement ou réduisez une charge.",
                )
            } else {
                (
                    format!("Les produits dépassent les charges de {ecart}."),
                    "Ajoutez une charge ou réduisez un financement.",
                )
            };
            remarques.push(bloquante(
                format!("Écart de {ecart}"),
                Raison::new("desequilibre", phrase)
                    .remede(remede)
                    .ancre("budget"),
            ));
        }
        let volontaire = self.emplois_volontaires.ecart(self.ressources_volontaires);
        if volontaire != Montant::ZERO {
            remarques.push(bloquante(
                format!("Volontariat : écart de {volontaire}"),
                Raison::new(
                    "volontariat_desequilibre",
                    format!("Les comptes 86 et 87 diffèrent de {volontaire}."),
                )
                .remede("Inscrivez le même total aux emplois (86) et aux ressources (87).")
                .ancre("budget"),
            ));
        }
    }

    fn affectation(&self, remarques: &mut Vec<Remarque>) {
        let Some(demandee) = self.subvention_demandee else {
            return;
        };
        let reste = self.subvention_affectee.ecart(demandee);
        if reste == Montant::ZERO {
            return;
        }
        let remede = match self.subvention_affectee < demandee {
            true => format!("Affectez encore {reste} à des charges."),
            false => format!("Retirez {reste} des charges où elle est affectée."),
        };
        let affectee = self.subvention_affectee;
        remarques.push(bloquante(
            format!("Subvention affectée : {affectee} sur {demandee}"),
            Raison::new(
                "affectation_inexacte",
                format!("La subvention est affectée à hauteur de {affectee} sur {demandee}."),
            )
            .remede(remede)
            .ancre("budget"),
        ));
    }

    /// The notice fixes no figure: under the share the call has pointed out, it
    /// is said, never refused.
    fn priorite(&self, aide: &ReglesAide, remarques: &mut Vec<Remarque>) {
        let signalee = aide.emplois.part_signalee.map_or(0, i64::from);
        let Some(part) = self.part_prioritaire().filter(|part| *part < signalee) else {
            return;
        };
        let prioritaires = aide
            .emplois
            .permis
            .iter()
            .filter(|emploi| emploi.prioritaire);
        let noms: Vec<&str> = prioritaires.map(|emploi| emploi.libelle.as_str()).collect();
        let noms = noms.join(", ");
        remarques.push(Remarque {
            gravite: Gravite::Signalement,
            intitule: typographie(&format!("{noms} : {part} % de la subvention")),
            raison: Raison::new(
                "priorite_minoritaire",
                format!("L’emploi prioritaire reçoit {part} % de la subvention : {noms}."),
            )
            .source(&aide.source)
            .remede("Vous pouvez déposer ainsi ; expliquez ce choix dans la synthèse.")
            .ancre("budget"),
        });
    }
}

/// A budget to which nothing is left to mend.
///
/// Whoever holds one has no check left to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equilibre {
    budget: Budget,
    analyse: Analyse,
}

impl Equilibre {
    pub(super) fn prouver(budget: Budget) -> Result<Self, RefusBudget> {
        let analyse = budget.analyser();
        let raisons: Vec<Raison> = analyse.bloquantes().map(|r| r.raison.clone()).collect();
        match raisons.is_empty() {
            true => Ok(Self { budget, analyse }),
            false => Err(RefusBudget(raisons)),
        }
    }

    /// The lines.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// Its totals, and what was pointed out without being refused.
    pub fn analyse(&self) -> &Analyse {
        &self.analyse
    }
}

/// Everything that keeps a budget from being balanced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusBudget(Vec<Raison>);

impl Refus for RefusBudget {
    fn raisons(&self) -> Vec<Raison> {
        self.0.clone()
    }
}

parle_par_ses_raisons!(RefusBudget);

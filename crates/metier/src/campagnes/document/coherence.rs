//! What one part of a document says of another.

use super::releve::{Fautes, Lu};
use crate::campagnes::formulaire::FormulaireBrut;
use crate::campagnes::grille::Evaluation;
use crate::campagnes::identite::{Conservation, Genre};
use crate::campagnes::pieces::{PieceBrute, Preuve};
use crate::campagnes::regles::Regle;
use crate::campagnes::subvention::{RegleMontant, Subvention};
use crate::campagnes::voisin;

/// The parts that cite one another.
pub(super) struct Citations<'c> {
    pub evaluation: &'c Evaluation,
    pub pieces: &'c [PieceBrute],
    pub formulaire: &'c FormulaireBrut,
    pub conservations: &'c [Lu<Conservation>],
    pub genre: Genre,
    pub subvention: Option<&'c Subvention>,
    pub adresse_du_service: bool,
    pub charte: bool,
}

impl Citations<'_> {
    pub(super) fn verifier(&self, fautes: &Fautes) {
        self.sans_doublon(fautes);
        let axes = codes(&self.evaluation.axes, |axe| &axe.code);
        let criteres = codes(&self.evaluation.criteres, |critere| &critere.code);
        let bonus = codes(&self.evaluation.bonus, |bonus| &bonus.code);
        let conservations = codes(self.conservations, |c| &c.code);
        let notes: Vec<&str> = criteres.iter().chain(&bonus).copied().collect();
        let (du_formulaire, gardees) = self.formulaire.citations();
        let des_pieces = || self.pieces.iter();

        connus("L'axe", &self.evaluation.axes_cites, &axes, fautes);
        connus(
            "Le critère",
            &self.evaluation.criteres_cites,
            &criteres,
            fautes,
        );
        connus("Le critère", du_formulaire, &notes, fautes);
        connus(
            "Le critère",
            des_pieces().flat_map(|p| &p.criteres),
            &notes,
            fautes,
        );
        connus("La conservation", gardees, &conservations, fautes);
        let des_pieces = des_pieces().filter_map(|p| p.conservation.as_ref());
        connus("La conservation", des_pieces, &conservations, fautes);
        self.sections_attendues(fautes);
    }

    fn sans_doublon(&self, fautes: &Fautes) {
        uniques("L'axe", &self.evaluation.axes, |axe| &axe.code, fautes);
        let criteres = self
            .evaluation
            .criteres
            .iter()
            .map(|lu| (&lu.valeur.code, lu.place));
        let bonus = self
            .evaluation
            .bonus
            .iter()
            .map(|lu| (&lu.valeur.code, lu.place));
        doublons("Le critère", criteres.chain(bonus), fautes);
        uniques("La conservation", self.conservations, |c| &c.code, fautes);
        let pieces = self.pieces.iter().map(|p| (&p.piece.code, p.place));
        doublons("La pièce", pieces, fautes);
        let (rubriques, champs) = self.formulaire.codes();
        doublons("La rubrique", paires(&rubriques), fautes);
        doublons("Le champ", paires(&champs), fautes);
    }

    /// What the kind of the call makes necessary.
    fn sections_attendues(&self, fautes: &Fautes) {
        if self.genre == Genre::Financement && self.subvention.is_none() {
            let message = "Un appel de financement dit combien il donne.";
            fautes.signaler_absence(0, message, "une table [subvention]");
        }
        let fourchette = self
            .subvention
            .is_some_and(|s| matches!(s.regle, RegleMontant::Fourchette { .. }));
        if fourchette && !self.formulaire.demande_un_montant() {
            let message =
                "L'aide varie d'un dossier à l'autre, et le formulaire ne demande pas laquelle.";
            let attendu = "un champ obligatoire « montant_demande », de type montant";
            fautes.signaler_absence(0, message, attendu);
        }
        if self.genre == Genre::Financement && !self.adresse_du_service {
            let message = "L'accusé de dépôt doit l'adresse du service (CRPA, R112-5, 2°).";
            fautes.signaler_absence(0, message, "« service_adresse » dans [appel]");
        }
        if !self.evaluation.criteres.is_empty() && self.evaluation.grille.is_none() {
            let message = "Des critères sont notés, et l'échelle manque.";
            fautes.signaler_absence(0, message, "une table [grille]");
        }
        for brute in self.pieces {
            if matches!(brute.piece.preuve, Preuve::Signature { .. }) && !self.charte {
                let message = "La signature de la Charte est demandée, et sa version manque.";
                fautes.signaler_absence(brute.place, message, "une table [charte]");
            }
        }
    }
}

/// A rule that names the version of the Charter needs a call that says it:
/// otherwise it would stay « à préciser » for ever.
pub(super) fn charte_nommee(regles: &[Lu<Regle>], charte: bool, fautes: &Fautes) {
    for regle in regles.iter().filter(|_| !charte) {
        let mut termes = regle.valeur.expression.iter().flat_map(|e| e.termes());
        if termes.any(|terme| terme == "version_charte") {
            let message = format!(
                "La règle « {} » cite la version de la Charte, qui manque.",
                regle.valeur.code
            );
            fautes.signaler_absence(regle.place, &message, "une table [charte]");
        }
    }
}

fn codes<'l, T>(lus: &'l [Lu<T>], code: impl Fn(&'l T) -> &'l String) -> Vec<&'l str> {
    lus.iter().map(|lu| code(&lu.valeur).as_str()).collect()
}

fn paires(lus: &[Lu<String>]) -> impl Iterator<Item = (&String, usize)> {
    lus.iter().map(|lu| (&lu.valeur, lu.place))
}

/// Each code is written once.
pub(super) fn uniques<'l, T>(
    quoi: &str,
    lus: &'l [Lu<T>],
    code: impl Fn(&'l T) -> &'l String,
    fautes: &Fautes,
) {
    doublons(
        quoi,
        lus.iter().map(|lu| (code(&lu.valeur), lu.place)),
        fautes,
    );
}

fn doublons<'l>(quoi: &str, codes: impl Iterator<Item = (&'l String, usize)>, fautes: &Fautes) {
    let mut vus = std::collections::BTreeSet::new();
    for (code, place) in codes {
        if !code.is_empty() && !vus.insert(code) {
            let message = format!("{quoi} « {code} » apparaît deux fois.");
            fautes.signaler(place, &message, "un autre code");
        }
    }
}

fn connus<'l>(
    quoi: &str,
    cites: impl IntoIterator<Item = &'l Lu<String>>,
    connus: &[&str],
    fautes: &Fautes,
) {
    for cite in cites {
        if !cite.valeur.is_empty() && !connus.contains(&cite.valeur.as_str()) {
            let message = format!("{quoi} « {} » n'est pas dans le document.", cite.valeur);
            let attendu = if connus.is_empty() {
                "un code écrit dans le document".to_owned()
            } else {
                voisin::attendu(&cite.valeur, connus.iter().copied())
            };
            fautes.signaler_absence(cite.place, &message, &attendu);
        }
    }
}

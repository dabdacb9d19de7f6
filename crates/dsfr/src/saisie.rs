//! Repeated lines to fill in, with their totals: a budget, a list of members.
//!
//! Without script, « Ajouter » and « Retirer » send the whole form with
//! `ajouter=<tableau>` or `retirer=<ligne>`, and the server shows it again. With
//! the script the line comes or goes at once, through the same buttons. Totals
//! shown while typing are only an echo: the server counts.

use maud::{Markup, Render, html};

use crate::{Colonne, Repli, Tableau, Texte};

/// A table whose lines the person adds and removes.
///
/// Fields of a line are named `<id>.<n>.<champ>`; `n` never serves twice in a
/// page, so that a removed line leaves a gap rather than another's place.
#[derive(Debug, Clone)]
pub struct TableauSaisie<'a> {
    id: &'a str,
    legende: Texte<'a>,
    colonnes: Vec<Colonne<'a>>,
    lignes: Vec<LigneSaisie<'a>>,
    modele: Vec<Markup>,
    ajouter: Texte<'a>,
    pied: Option<Vec<Markup>>,
    deux_rangs: bool,
}

/// One line of a [`TableauSaisie`].
#[derive(Debug, Clone)]
pub struct LigneSaisie<'a> {
    /// Its number in the names of its fields.
    pub numero: usize,
    /// What names it in « Retirer Achats ».
    pub nom: Texte<'a>,
    /// Its fields, one per column.
    pub cellules: Vec<Markup>,
}

/// What stands for the number of a line in the model of a new one.
pub const NUMERO_A_VENIR: &str = "__n__";

impl<'a> TableauSaisie<'a> {
    /// An empty table. `modele` holds the cells of a new line, their fields
    /// named with [`NUMERO_A_VENIR`]; `ajouter` is the button's words.
    pub fn nouveau(
        id: &'a str,
        legende: impl Into<Texte<'a>>,
        colonnes: Vec<Colonne<'a>>,
        modele: Vec<Markup>,
        ajouter: impl Into<Texte<'a>>,
    ) -> Self {
        Self {
            id,
            legende: legende.into(),
            colonnes,
            lignes: Vec::new(),
            modele,
            ajouter: ajouter.into(),
            pied: None,
            deux_rangs: false,
        }
    }

    /// Adds the lines there are.
    #[must_use]
    pub fn lignes(mut self, lignes: impl IntoIterator<Item = LigneSaisie<'a>>) -> Self {
        self.lignes.extend(lignes);
        self
    }

    /// Sets the fields of a line on two rows, each under its words: for lines
    /// that hold more than a row can, a budget.
    #[must_use]
    pub fn sur_deux_rangs(mut self) -> Self {
        self.deux_rangs = true;
        self
    }

    /// The last row: totals, one cell per column.
    #[must_use]
    pub fn pied(mut self, cellules: Vec<Markup>) -> Self {
        self.pied = Some(cellules);
        self
    }

    fn cellules(&self, numero: &str, nom: &str, cellules: &[Markup]) -> Vec<Markup> {
        let retirer = html! {
            button.fr-btn.fr-btn--tertiary-no-outline.fr-btn--sm type="submit"
                name="retirer" value={ (self.id) "." (numero) } data-co-retirer {
                "Retirer" span.fr-sr-only { " " (nom) }
            }
        };
        cellules.iter().cloned().chain([retirer]).collect()
    }

    fn suivant(&self) -> usize {
        let dernier = self.lignes.iter().map(|ligne| ligne.numero).max();
        dernier.map_or(0, |numero| numero + 1)
    }
}

impl Render for TableauSaisie<'_> {
    fn render(&self) -> Markup {
        let mut colonnes = self.colonnes.clone();
        colonnes.push(Colonne::texte("Retirer").masquee());
        let lignes = self
            .lignes
            .iter()
            .map(|ligne| self.cellules(&ligne.numero.to_string(), &ligne.nom, &ligne.cellules));
        let mut tableau = Tableau::nouveau(self.legende.clone(), colonnes.clone())
            .repli(Repli::Blocs)
            .lignes(lignes);
        if let Some(pied) = &self.pied {
            let pied = pied.iter().cloned().chain([Markup::default()]);
            tableau = tableau.pied(pied.collect());
        }
        let modele = Tableau::nouveau(self.legende.clone(), colonnes).rangee(&self.cellules(
            NUMERO_A_VENIR,
            "cette ligne",
            &self.modele,
        ));
        html! {
            div.co-saisie.co-saisie--rangs[self.deux_rangs] data-co-lignes=(self.id) data-co-suivant=(self.suivant()) {
                (tableau)
                template { (modele) }
                button.fr-btn.fr-btn--secondary.fr-btn--sm type="submit" name="ajouter" value=(self.id)
                    data-co-ajouter { (self.ajouter) }
                div role="status" data-co-annonce {}
            }
        }
    }
}

/// The total of the amounts marked `Champ::somme(somme)`, as the server counted it.
pub fn total(somme: &str, texte: &str) -> Markup {
    html! { output data-co-total=(somme) { (texte) } }
}

/// The gap between two totals, as the server counted it; the script follows it
/// while one types.
pub fn ecart(somme: &str, moins: &str, texte: &str) -> Markup {
    html! { output data-co-ecart=(somme) data-co-moins=(moins) { (texte) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Champ;

    fn ligne(numero: usize) -> LigneSaisie<'static> {
        let nom = format!("charges.{numero}.montant");
        LigneSaisie {
            numero,
            nom: "Achats".into(),
            cellules: vec![Champ::montant(nom, "Montant").somme("charges").render()],
        }
    }

    fn tableau() -> TableauSaisie<'static> {
        let modele = vec![Champ::montant("charges.__n__.montant", "Montant").render()];
        let colonnes = vec![Colonne::nombre("Montant")];
        TableauSaisie::nouveau("charges", "Charges", colonnes, modele, "Ajouter une charge")
    }

    #[test]
    fn une_ligne_s_ajoute_et_se_retire_sans_script() {
        let html = tableau()
            .lignes([ligne(0), ligne(4)])
            .render()
            .into_string();
        assert!(html.contains("name=\"ajouter\" value=\"charges\""));
        assert!(html.contains("name=\"retirer\" value=\"charges.4\""));
        assert!(html.contains("Retirer<span class=\"fr-sr-only\"> Achats</span>"));
    }

    #[test]
    fn un_numero_de_ligne_ne_sert_pas_deux_fois() {
        let html = tableau()
            .lignes([ligne(0), ligne(4)])
            .render()
            .into_string();
        assert!(html.contains("data-co-suivant=\"5\""));
        assert!(tableau().render().0.contains("data-co-suivant=\"0\""));
    }
}

//! Small charts: bars and stacked bars, drawn by the server, values written,
//! each followed by its table.
//!
//! Words are HTML, so that they keep their size on a phone; only the marks are
//! SVG, measured in percent. The baseline is zero. Colours follow the theme
//! through classes; neighbours differ by a pattern too.

use maud::{Markup, Render, html};

use crate::{Colonne, Tableau, Texte};

/// A value to draw and how it is written.
type Mesure<'a> = (Texte<'a>, u64, Texte<'a>);

/// Bars, one per line.
#[derive(Debug, Clone)]
pub struct Barres<'a> {
    titre: Texte<'a>,
    quoi: Texte<'a>,
    combien: Texte<'a>,
    mesures: Vec<Mesure<'a>>,
    /// Where each value leads, when they lead somewhere.
    adresses: Vec<Texte<'a>>,
}

impl<'a> Barres<'a> {
    /// A chart; `quoi` and `combien` head the two columns of its table
    /// (« Région », « Dossiers »). The title carries the date.
    pub fn nouvelles(
        titre: impl Into<Texte<'a>>,
        quoi: impl Into<Texte<'a>>,
        combien: impl Into<Texte<'a>>,
    ) -> Self {
        Self {
            titre: titre.into(),
            quoi: quoi.into(),
            combien: combien.into(),
            mesures: Vec::new(),
            adresses: Vec::new(),
        }
    }

    /// Adds a bar; `ecrit` is the value as it is read (« 12 », « 1,5 M€ »).
    #[must_use]
    pub fn barre(
        mut self,
        libelle: impl Into<Texte<'a>>,
        valeur: u64,
        ecrit: impl Into<Texte<'a>>,
    ) -> Self {
        self.mesures.push((libelle.into(), valeur, ecrit.into()));
        self
    }

    /// Adds a bar whose value leads to the list of what it counts: all of them
    /// do, or none.
    #[must_use]
    pub fn barre_vers(
        mut self,
        libelle: impl Into<Texte<'a>>,
        valeur: u64,
        ecrit: impl Into<Texte<'a>>,
        adresse: impl Into<Texte<'a>>,
    ) -> Self {
        self.adresses.push(adresse.into());
        self.barre(libelle, valeur, ecrit)
    }
}

impl Render for Barres<'_> {
    fn render(&self) -> Markup {
        let max = self.mesures.iter().map(|m| m.1).max().unwrap_or(0);
        let lignes = self
            .mesures
            .iter()
            .map(|(libelle, _, ecrit)| vec![html! { (libelle) }, html! { (ecrit) }]);
        let colonnes = vec![
            Colonne::cle(self.quoi.clone()),
            Colonne::nombre(self.combien.clone()),
        ];
        let marques = html! {
            @for (rang, (libelle, valeur, ecrit)) in self.mesures.iter().enumerate() {
                div.co-barre {
                    span.co-barre__libelle { (libelle) }
                    span.co-barre__valeur {
                        @match self.adresses.get(rang) {
                            Some(adresse) => a href=(adresse) { (ecrit) span.fr-sr-only { ", " (libelle) } },
                            None => (ecrit),
                        }
                    }
                    svg.co-barre__marque width="100%" height="16" {
                        rect.co-serie-1 width=(pourcent(*valeur, max)) height="16" {}
                    }
                }
            }
        };
        figure(
            &self.titre,
            "Diagramme en barres",
            // An image holds no link.
            if self.adresses.is_empty() {
                "img"
            } else {
                "group"
            },
            &marques,
            Tableau::nouveau(self.titre.clone(), colonnes).lignes(lignes),
        )
    }
}

/// How many series a stacked bar may show: as many as there are patterns.
pub const SERIES_MAX: usize = 5;

/// One bar cut in parts of a whole.
#[derive(Debug, Clone)]
pub struct BarresEmpilees<'a> {
    id: &'a str,
    titre: Texte<'a>,
    quoi: Texte<'a>,
    combien: Texte<'a>,
    parts: Vec<Mesure<'a>>,
    /// Where each part leads, when they lead somewhere.
    adresses: Vec<Texte<'a>>,
}

impl<'a> BarresEmpilees<'a> {
    /// A chart; `id` is unique in the page and heads the names of its patterns.
    pub fn nouvelles(
        id: &'a str,
        titre: impl Into<Texte<'a>>,
        quoi: impl Into<Texte<'a>>,
        combien: impl Into<Texte<'a>>,
    ) -> Self {
        Self {
            id,
            titre: titre.into(),
            quoi: quoi.into(),
            combien: combien.into(),
            parts: Vec::new(),
            adresses: Vec::new(),
        }
    }

    /// Adds a part; beyond [`SERIES_MAX`] parts, the last pattern is shared: group
    /// the small ones before.
    #[must_use]
    pub fn part(
        mut self,
        libelle: impl Into<Texte<'a>>,
        valeur: u64,
        ecrit: impl Into<Texte<'a>>,
    ) -> Self {
        self.parts.push((libelle.into(), valeur, ecrit.into()));
        self
    }

    /// Adds a part that leads to the list of what it counts: all of them do, or
    /// none. The keyboard meets the link once, in the legend.
    #[must_use]
    pub fn part_vers(
        mut self,
        libelle: impl Into<Texte<'a>>,
        valeur: u64,
        ecrit: impl Into<Texte<'a>>,
        adresse: impl Into<Texte<'a>>,
    ) -> Self {
        self.adresses.push(adresse.into());
        self.part(libelle, valeur, ecrit)
    }

    /// The bar; a part gets its value above it when it is wide enough for it.
    fn barre(&self) -> Markup {
        let total = self.parts.iter().map(|p| p.1).sum();
        let mut avant = 0;
        html! {
            svg.co-empilee width="100%" height="56" aria-hidden=[self.mene().then_some("true")] {
                @for (rang, (_, valeur, ecrit)) in self.parts.iter().enumerate() {
                    @if valeur * 12 >= total {
                        text.co-empilee__valeur x=(pourcent(avant, total)) y="14" { (ecrit) }
                    }
                    (self.menant(rang, Some("-1"), html! {
                        rect class=(classe(rang)) x=(pourcent(avant, total)) y="22" height="32"
                            width=(pourcent(*valeur, total)) fill=(self.motif(rang)) {}
                    }))
                    ({ avant += valeur; "" })
                }
            }
        }
    }

    fn legende(&self) -> Markup {
        html! {
            ul.co-legende {
                @for (rang, (libelle, _, ecrit)) in self.parts.iter().enumerate() {
                    li {
                        svg.co-legende__cle width="20" height="20" {
                            rect class=(classe(rang)) x="1" y="1" width="18" height="18" fill=(self.motif(rang)) {}
                        }
                        (self.menant(rang, None, html! { (libelle) " " strong { (ecrit) } }))
                    }
                }
            }
        }
    }

    fn mene(&self) -> bool {
        !self.adresses.is_empty()
    }

    /// This mark as a link, if its part leads somewhere.
    fn menant(&self, rang: usize, tabindex: Option<&str>, marque: Markup) -> Markup {
        match self.adresses.get(rang) {
            Some(adresse) => html! { a href=(adresse) tabindex=[tabindex] { (marque) } },
            None => marque,
        }
    }

    fn motif(&self, rang: usize) -> String {
        format!("url(#{}-{})", self.id, serie(rang))
    }

    /// Plain, diagonal, dots, grid, hollow.
    fn motifs(&self) -> Markup {
        let motif = |rang: usize, dessin: Markup| {
            html! {
                pattern id={ (self.id) "-" (serie(rang)) } width="8" height="8" patternUnits="userSpaceOnUse" {
                    rect class=(couleur(rang)) width="8" height="8" {}
                    (dessin)
                }
            }
        };
        html! {
            svg.co-motifs width="0" height="0" aria-hidden="true" {
                defs {
                    (motif(0, Markup::default()))
                    (motif(1, html! { path.co-motif-trait d="M-2 2l4-4M0 8l8-8M6 10l4-4" {} }))
                    (motif(2, html! { circle.co-motif-point cx="4" cy="4" r="1.6" {} }))
                    (motif(3, html! { path.co-motif-trait d="M0 4h8M4 0v8" {} }))
                    (motif(4, html! { rect.co-motif-creux width="8" height="8" {} }))
                }
            }
        }
    }
}

impl Render for BarresEmpilees<'_> {
    fn render(&self) -> Markup {
        let colonnes = vec![
            Colonne::cle(self.quoi.clone()),
            Colonne::nombre(self.combien.clone()),
        ];
        let lignes = self
            .parts
            .iter()
            .map(|(libelle, _, ecrit)| vec![html! { (libelle) }, html! { (ecrit) }]);
        let marques = html! { (self.motifs()) (self.barre()) (self.legende()) };
        figure(
            &self.titre,
            "Barre empilée",
            // An image holds no link.
            if self.mene() { "group" } else { "img" },
            &marques,
            Tableau::nouveau(self.titre.clone(), colonnes).lignes(lignes),
        )
    }
}

/// The chart, read as one image unless it holds links, then the same values as
/// a table.
fn figure(titre: &str, genre: &str, role: &str, marques: &Markup, tableau: Tableau<'_>) -> Markup {
    let dit = format!("{genre}\u{202f}: {titre}. Les valeurs sont dans le tableau qui suit.");
    html! {
        figure.co-graphique {
            figcaption.co-graphique__titre { (titre) }
            div.co-graphique__dessin role=(role) aria-label=(dit) { (marques) }
            details.co-depliant.co-graphique__tableau {
                summary { "Voir les valeurs en tableau" }
                (tableau.legende_masquee())
            }
        }
    }
}

fn serie(rang: usize) -> usize {
    rang.min(SERIES_MAX - 1) + 1
}

fn classe(rang: usize) -> &'static str {
    match serie(rang) {
        1 => "co-serie-1",
        2 => "co-serie-2",
        3 => "co-serie-3",
        4 => "co-serie-4",
        _ => "co-serie-5",
    }
}

fn couleur(rang: usize) -> &'static str {
    match serie(rang) {
        1 => "co-couleur-1",
        2 => "co-couleur-2",
        3 => "co-couleur-3",
        4 => "co-couleur-4",
        _ => "co-couleur-5",
    }
}

/// `valeur` over `total`, in percent with one decimal; zero when there is nothing.
fn pourcent(valeur: u64, total: u64) -> String {
    if total == 0 {
        return "0%".to_owned();
    }
    let pour_mille = u128::from(valeur) * 1_000 / u128::from(total);
    format!("{}.{}%", pour_mille / 10, pour_mille % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn les_barres_partent_de_zero_et_sont_suivies_de_leur_tableau() {
        let html = Barres::nouvelles("Dossiers au 31/07/2024", "Région", "Dossiers")
            .barre("Bretagne", 8, "8")
            .barre("Normandie", 2, "2")
            .render()
            .into_string();
        assert!(html.contains("width=\"100.0%\"") && html.contains("width=\"25.0%\""));
        assert!(html.contains("<th scope=\"row\" role=\"rowheader\">Bretagne</th>"));
    }

    #[test]
    fn une_barre_qui_mene_a_sa_liste_n_est_plus_une_image() {
        let html = Barres::nouvelles("T", "Q", "C")
            .barre_vers("Au 27/03/2021", 56, "56", "/liste")
            .render()
            .into_string();
        assert_eq!(html.matches("href=\"/liste\"").count(), 1);
        assert!(html.contains("role=\"group\"") && !html.contains("role=\"img\""));
    }

    #[test]
    fn sans_valeur_rien_ne_divise_par_zero() {
        let barres = Barres::nouvelles("T", "Q", "C").barre("A", 0, "0");
        assert!(barres.render().into_string().contains("width=\"0%\""));
        assert_eq!(pourcent(u64::MAX, u64::MAX), "100.0%");
    }

    #[test]
    fn une_part_mene_a_sa_liste_et_le_clavier_n_y_passe_qu_une_fois() {
        let html = BarresEmpilees::nouvelles("signes", "Pôles", "Signe", "Pôles")
            .part_vers("Charte seule", 68, "68", "/liste")
            .render()
            .into_string();
        assert_eq!(html.matches("href=\"/liste\"").count(), 2);
        assert_eq!(html.matches("tabindex=\"-1\"").count(), 1);
        assert!(!html.contains("role=\"img\""));
    }

    #[test]
    fn les_parts_se_suivent_et_different_par_leur_motif() {
        let html = BarresEmpilees::nouvelles("signes", "Pôles", "Signe", "Pôles")
            .part("Charte seule", 68, "68")
            .part("Les deux", 54, "54")
            .part("Lauréats seuls", 81, "81")
            .render()
            .into_string();
        assert!(html.contains("x=\"0.0%\"") && html.contains("x=\"33.4%\""));
        for motif in ["signes-1", "signes-2", "signes-3"] {
            assert!(html.contains(&format!("fill=\"url(#{motif})\"")));
        }
    }
}

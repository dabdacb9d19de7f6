//! Tables: to compare. A caption, headers tied to their cells, numbers on the
//! right; on a phone, either blocks with their labels or a region that scrolls.

use maud::{Markup, Render, html};

use crate::Texte;

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Colonne<'a> {
    titre: Texte<'a>,
    genre: Genre,
    tri: Option<(Texte<'a>, Tri)>,
    masquee: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Genre {
    Texte,
    Nombre,
    Cle,
}

/// How a list is sorted by a column now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tri {
    /// Not by this column.
    Aucun,
    /// From the least to the greatest.
    Croissant,
    /// From the greatest to the least.
    Decroissant,
}

impl<'a> Colonne<'a> {
    /// A column of words.
    pub fn texte(titre: impl Into<Texte<'a>>) -> Self {
        Self {
            titre: titre.into(),
            genre: Genre::Texte,
            tri: None,
            masquee: false,
        }
    }

    /// A column of figures: on the right, digits of one width.
    pub fn nombre(titre: impl Into<Texte<'a>>) -> Self {
        Self {
            genre: Genre::Nombre,
            ..Self::texte(titre)
        }
    }

    /// The column that names its row: one a table.
    pub fn cle(titre: impl Into<Texte<'a>>) -> Self {
        Self {
            genre: Genre::Cle,
            ..Self::texte(titre)
        }
    }

    /// Makes the title a link that sorts; `adresse` is the list as it would be
    /// after the click, `tri` as it is now.
    #[must_use]
    pub fn triable(mut self, adresse: impl Into<Texte<'a>>, tri: Tri) -> Self {
        self.tri = Some((adresse.into(), tri));
        self
    }

    /// Keeps the title for screen readers only: boxes to tick, actions.
    #[must_use]
    pub fn masquee(mut self) -> Self {
        self.masquee = true;
        self
    }

    fn classe(&self) -> Option<&'static str> {
        (self.genre == Genre::Nombre).then_some("co-nombre")
    }

    fn tete(&self, role: Option<&str>) -> Markup {
        let tri_dit = match &self.tri {
            Some((_, Tri::Croissant)) => Some("ascending"),
            Some((_, Tri::Decroissant)) => Some("descending"),
            _ => None,
        };
        html! {
            th scope="col" role=[role] class=[self.classe()] aria-sort=[tri_dit] {
                @if let Some((adresse, tri)) = &self.tri {
                    a.co-tri href=(adresse) {
                        (self.titre)
                        @match tri {
                            Tri::Croissant => span.co-tri__sens aria-hidden="true" { " ↑" },
                            Tri::Decroissant => span.co-tri__sens aria-hidden="true" { " ↓" },
                            Tri::Aucun => span.co-tri__sens aria-hidden="true" { " ↕" },
                        }
                    }
                } @else if self.masquee {
                    span.fr-sr-only { (self.titre) }
                } @else {
                    (self.titre)
                }
            }
        }
    }
}

/// What becomes of a table on a narrow screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repli {
    /// Each row becomes a block of labelled lines: lists.
    #[default]
    Blocs,
    /// The table scrolls in a named region, its first column staying: comparisons.
    Defilement,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Tableau<'a> {
    legende: Texte<'a>,
    legende_masquee: bool,
    colonnes: Vec<Colonne<'a>>,
    lignes: Vec<Vec<Markup>>,
    pied: Option<Vec<Markup>>,
    repli: Repli,
    grand: bool,
    serre: bool,
}

impl<'a> Tableau<'a> {
    /// A table; `legende` says what it holds, with its date if it has figures.
    pub fn nouveau(legende: impl Into<Texte<'a>>, colonnes: Vec<Colonne<'a>>) -> Self {
        Self {
            legende: legende.into(),
            legende_masquee: false,
            colonnes,
            lignes: Vec::new(),
            pied: None,
            repli: Repli::Blocs,
            grand: false,
            serre: false,
        }
    }

    /// Adds a row: a cell per column, in their order.
    #[must_use]
    pub fn ligne(mut self, cellules: Vec<Markup>) -> Self {
        self.lignes.push(cellules);
        self
    }

    /// Adds all rows.
    #[must_use]
    pub fn lignes(mut self, lignes: impl IntoIterator<Item = Vec<Markup>>) -> Self {
        self.lignes.extend(lignes);
        self
    }

    /// The last row: totals.
    #[must_use]
    pub fn pied(mut self, cellules: Vec<Markup>) -> Self {
        self.pied = Some(cellules);
        self
    }

    /// What becomes of it on a narrow screen; blocks unless told.
    #[must_use]
    pub fn repli(mut self, repli: Repli) -> Self {
        self.repli = repli;
        self
    }

    /// Keeps the caption for screen readers, when a title just above says it.
    #[must_use]
    pub fn legende_masquee(mut self) -> Self {
        self.legende_masquee = true;
        self
    }

    /// Taller rows, for tables of a few lines read by the public.
    #[must_use]
    pub fn grand(mut self) -> Self {
        self.grand = true;
        self
    }

    /// On a narrow screen, the values of a row follow one another under its name,
    /// each after the words of its column: for long lists that are only read.
    #[must_use]
    pub fn serre(mut self) -> Self {
        self.serre = true;
        self
    }

    /// Cells set as blocks lose their meaning for some browsers: roles give it back.
    fn role(&self, role: &'static str) -> Option<&'static str> {
        (self.repli == Repli::Blocs).then_some(role)
    }

    pub(crate) fn rangee(&self, cellules: &[Markup]) -> Markup {
        html! {
            tr role=[self.role("row")] {
                @for (colonne, cellule) in self.colonnes.iter().zip(cellules) {
                    @let etiquette = self.role("cell").map(|_| colonne.titre.as_ref()).filter(|_| !colonne.masquee);
                    @match colonne.genre {
                        Genre::Cle => th scope="row" role=[self.role("rowheader")] { (cellule) },
                        _ => {
                            td role=[self.role("cell")] class=[colonne.classe()] data-label=[etiquette] { (cellule) }
                        }
                    }
                }
            }
        }
    }
}

impl Render for Tableau<'_> {
    fn render(&self) -> Markup {
        let defile = self.repli == Repli::Defilement;
        html! {
            div.fr-table.co-tableau.fr-table--sm[!self.grand].fr-table--no-caption[self.legende_masquee]
                .co-tableau--blocs[!defile].co-tableau--serre[!defile && self.serre].co-tableau--defile[defile] {
                div.fr-table__wrapper {
                    div.fr-table__container {
                        div.fr-table__content tabindex=[defile.then_some("0")] role=[defile.then_some("region")]
                            aria-label=[defile.then_some(self.legende.as_ref())] {
                            table role=[self.role("table")] {
                                caption { (self.legende) }
                                thead role=[self.role("rowgroup")] {
                                    tr role=[self.role("row")] {
                                        @for colonne in &self.colonnes { (colonne.tete(self.role("columnheader"))) }
                                    }
                                }
                                tbody role=[self.role("rowgroup")] {
                                    @for ligne in &self.lignes { (self.rangee(ligne)) }
                                }
                                @if let Some(pied) = &self.pied {
                                    tfoot role=[self.role("rowgroup")] { (self.rangee(pied)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tableau() -> Tableau<'static> {
        Tableau::nouveau(
            "Dossiers au 31/07/2024",
            vec![Colonne::cle("Dossier"), Colonne::nombre("Montant")],
        )
        .ligne(vec![html! { "Pôle des Rives" }, html! { "100 000 €" }])
    }

    #[test]
    fn chaque_cellule_a_ses_en_tetes() {
        let html = tableau().repli(Repli::Defilement).render().into_string();
        assert!(html.contains("<caption>Dossiers au 31/07/2024</caption>"));
        assert!(html.contains("<th scope=\"col\">Dossier</th>"));
        assert!(html.contains("<th scope=\"row\">Pôle des Rives</th>"));
        assert!(html.contains("<td class=\"co-nombre\">100 000 €</td>"));
    }

    #[test]
    fn une_comparaison_defile_dans_une_region_nommee_et_focalisable() {
        let html = tableau().repli(Repli::Defilement).render().into_string();
        assert!(
            html.contains("tabindex=\"0\" role=\"region\" aria-label=\"Dossiers au 31/07/2024\"")
        );
    }

    #[test]
    fn en_blocs_chaque_valeur_garde_son_libelle() {
        let html = tableau().render().into_string();
        assert!(html.contains("data-label=\"Montant\""));
        assert!(html.contains("role=\"rowheader\""));
    }

    #[test]
    fn le_tri_en_vigueur_est_dit() {
        let colonne = Colonne::texte("Échéance").triable("?tri=-echeance", Tri::Croissant);
        let html = Tableau::nouveau("L", vec![colonne]).render().into_string();
        assert!(html.contains("aria-sort=\"ascending\""));
        assert!(html.contains("href=\"?tri=-echeance\""));
    }
}

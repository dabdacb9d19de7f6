//! Tiles and cards: to choose, or to read a figure with its definition.

use maud::{Markup, Render, html};

use crate::{Niveau, Texte};

/// A way in: a title that is a link, a line under it.
#[derive(Debug, Clone)]
pub struct Tuile<'a> {
    titre: Texte<'a>,
    adresse: Texte<'a>,
    texte: Option<Texte<'a>>,
    detail: Option<Texte<'a>>,
    niveau: Niveau,
}

impl<'a> Tuile<'a> {
    /// A tile that leads to `adresse`.
    pub fn nouvelle(titre: impl Into<Texte<'a>>, adresse: impl Into<Texte<'a>>) -> Self {
        Self {
            titre: titre.into(),
            adresse: adresse.into(),
            texte: None,
            detail: None,
            niveau: Niveau::H3,
        }
    }

    /// A line under the title.
    #[must_use]
    pub fn texte(mut self, texte: impl Into<Texte<'a>>) -> Self {
        self.texte = Some(texte.into());
        self
    }

    /// A small line at the bottom: a date, a count.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Texte<'a>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The depth of its title; `h3` unless told.
    #[must_use]
    pub fn niveau(mut self, niveau: Niveau) -> Self {
        self.niveau = niveau;
        self
    }
}

impl Render for Tuile<'_> {
    fn render(&self) -> Markup {
        let titre = html! { a href=(self.adresse) { (self.titre) } };
        html! {
            div.fr-tile.fr-tile--sm.fr-tile--horizontal.fr-enlarge-link {
                div.fr-tile__body {
                    div.fr-tile__content {
                        (self.niveau.titre("fr-tile__title", &titre))
                        @if let Some(texte) = &self.texte { p.fr-tile__desc { (texte) } }
                        @if let Some(detail) = &self.detail { p.fr-tile__detail { (detail) } }
                    }
                }
            }
        }
    }
}

/// A figure that carries its definition and its date, and opens its records.
#[derive(Debug, Clone)]
pub struct Chiffre<'a> {
    valeur: Texte<'a>,
    libelle: Texte<'a>,
    definition: Texte<'a>,
    date: Texte<'a>,
    adresse: Option<Texte<'a>>,
}

impl<'a> Chiffre<'a> {
    /// A value, what it counts, exactly, and when it was counted (« au
    /// 27/03/2023 »). A figure without definition or date is not shown at all.
    pub fn nouveau(
        valeur: impl Into<Texte<'a>>,
        libelle: impl Into<Texte<'a>>,
        definition: impl Into<Texte<'a>>,
        date: impl Into<Texte<'a>>,
    ) -> Self {
        Self {
            valeur: valeur.into(),
            libelle: libelle.into(),
            definition: definition.into(),
            date: date.into(),
            adresse: None,
        }
    }

    /// The list of what is counted.
    #[must_use]
    pub fn adresse(mut self, adresse: impl Into<Texte<'a>>) -> Self {
        self.adresse = Some(adresse.into());
        self
    }
}

impl Render for Chiffre<'_> {
    fn render(&self) -> Markup {
        let dit = html! {
            span.co-chiffre__valeur { (self.valeur) }
            " " span.co-chiffre__libelle { (self.libelle) }
        };
        html! {
            div.co-chiffre.fr-enlarge-link[self.adresse.is_some()] {
                p.co-chiffre__tete {
                    @match &self.adresse {
                        Some(adresse) => a href=(adresse) { (dit) },
                        None => (dit),
                    }
                }
                p.co-chiffre__definition { (self.definition) }
                p.co-chiffre__date { (self.date) }
            }
        }
    }
}

/// A choice among several: a call, a service.
#[derive(Debug, Clone)]
pub struct Carte<'a> {
    titre: Texte<'a>,
    adresse: Texte<'a>,
    avant: Option<Markup>,
    texte: Option<Texte<'a>>,
    detail: Option<Texte<'a>>,
    niveau: Niveau,
}

impl<'a> Carte<'a> {
    /// A card that leads to `adresse`.
    pub fn nouvelle(titre: impl Into<Texte<'a>>, adresse: impl Into<Texte<'a>>) -> Self {
        Self {
            titre: titre.into(),
            adresse: adresse.into(),
            avant: None,
            texte: None,
            detail: None,
            niveau: Niveau::H3,
        }
    }

    /// What is read before the title: a badge.
    #[must_use]
    pub fn avant(mut self, avant: Markup) -> Self {
        self.avant = Some(avant);
        self
    }

    /// Two or three lines.
    #[must_use]
    pub fn texte(mut self, texte: impl Into<Texte<'a>>) -> Self {
        self.texte = Some(texte.into());
        self
    }

    /// The last line: a date, an access.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Texte<'a>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The depth of its title; `h3` unless told.
    #[must_use]
    pub fn niveau(mut self, niveau: Niveau) -> Self {
        self.niveau = niveau;
        self
    }
}

impl Render for Carte<'_> {
    fn render(&self) -> Markup {
        let titre = html! { a href=(self.adresse) { (self.titre) } };
        html! {
            div.fr-card.fr-card--sm.fr-enlarge-link {
                div.fr-card__body {
                    div.fr-card__content {
                        (self.niveau.titre("fr-card__title", &titre))
                        @if let Some(texte) = &self.texte { p.fr-card__desc { (texte) } }
                        @if let Some(avant) = &self.avant { div.fr-card__start { (avant) } }
                        @if let Some(detail) = &self.detail {
                            div.fr-card__end { p.fr-card__detail { (detail) } }
                        }
                    }
                }
            }
        }
    }
}

/// Tiles, cards or figures side by side: three a row, two on a tablet, one on a phone.
pub fn grille(elements: impl IntoIterator<Item = impl Render>) -> Markup {
    html! {
        div.fr-grid-row.fr-grid-row--gutters.co-grille {
            @for element in elements {
                div.fr-col-12.fr-col-sm-6.fr-col-lg-4.co-grille__case { (element) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_chiffre_porte_sa_definition_et_sa_date() {
        let html = Chiffre::nouveau("203", "pôles recensés", "Charte ou appel.", "au 27/03/2023")
            .adresse("/poles")
            .render()
            .into_string();
        assert!(html.contains("Charte ou appel.") && html.contains("au 27/03/2023"));
        assert!(html.contains("<a href=\"/poles\">"));
    }

    #[test]
    fn une_carte_n_a_qu_un_lien() {
        let carte = Carte::nouvelle("Appel 2024", "/appels/2024").detail("Jusqu’au 29 mai");
        assert_eq!(carte.render().into_string().matches("<a ").count(), 1);
    }
}

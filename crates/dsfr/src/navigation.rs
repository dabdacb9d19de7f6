//! Finding one's way: breadcrumb, side menu, tabs, pages of a list, summary.

use maud::{Markup, Render, html};

use crate::Texte;

/// An entry of a menu.
#[derive(Debug, Clone)]
pub struct Entree<'a> {
    libelle: Texte<'a>,
    adresse: Texte<'a>,
    detail: Option<Texte<'a>>,
    courante: bool,
}

impl<'a> Entree<'a> {
    /// An entry that leads to `adresse`.
    pub fn nouvelle(libelle: impl Into<Texte<'a>>, adresse: impl Into<Texte<'a>>) -> Self {
        Self {
            libelle: libelle.into(),
            adresse: adresse.into(),
            detail: None,
            courante: false,
        }
    }

    /// Whether the page shown is this one.
    #[must_use]
    pub fn courante(mut self, courante: bool) -> Self {
        self.courante = courante;
        self
    }

    /// A word on its state: « Complet », « À compléter (1) », a count.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Texte<'a>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    pub(crate) fn lien(&self, classe: &str) -> Markup {
        html! {
            a class=(classe) href=(self.adresse) aria-current=[self.courante.then_some("page")] {
                (self.libelle)
                @if let Some(detail) = &self.detail { " " span.co-entree__detail { (detail) } }
            }
        }
    }
}

/// The breadcrumb: list, object, page. `ancetres` are (words, address), from
/// the home page down; the last is the page itself and has no link.
pub fn fil_d_ariane(ancetres: &[(&str, &str)], page: &str) -> Markup {
    html! {
        nav.fr-breadcrumb aria-label="Vous êtes ici\u{202f}:" {
            button.fr-breadcrumb__button type="button" aria-expanded="false" aria-controls="fil" {
                "Voir le fil d’Ariane"
            }
            div.fr-collapse id="fil" {
                ol.fr-breadcrumb__list {
                    @for (libelle, adresse) in ancetres {
                        li { a.fr-breadcrumb__link href=(adresse) { (libelle) } }
                    }
                    li { a.fr-breadcrumb__link aria-current="page" { (page) } }
                }
            }
        }
    }
}

/// The side menu: the parts of one object, each with its state.
#[derive(Debug, Clone)]
pub struct MenuLateral<'a> {
    titre: Texte<'a>,
    entrees: Vec<Entree<'a>>,
}

impl<'a> MenuLateral<'a> {
    /// A side menu; one a page, since its `id` is its own.
    pub fn nouveau(titre: impl Into<Texte<'a>>, entrees: Vec<Entree<'a>>) -> Self {
        Self {
            titre: titre.into(),
            entrees,
        }
    }
}

impl Render for MenuLateral<'_> {
    fn render(&self) -> Markup {
        html! {
            nav.fr-sidemenu aria-labelledby="menu-lateral-titre" {
                div.fr-sidemenu__inner {
                    button.fr-sidemenu__btn type="button" aria-expanded="false" aria-controls="menu-lateral" {
                        (self.titre)
                    }
                    div.fr-collapse id="menu-lateral" {
                        p.fr-sidemenu__title id="menu-lateral-titre" { (self.titre) }
                        ul.fr-sidemenu__list {
                            @for entree in &self.entrees {
                                li.fr-sidemenu__item.fr-sidemenu__item--active[entree.courante] {
                                    (entree.lien("fr-sidemenu__link"))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Tabs that are addresses: they can be sent, and Back works.
#[derive(Debug, Clone)]
pub struct Onglets<'a> {
    etiquette: Texte<'a>,
    entrees: Vec<Entree<'a>>,
}

impl<'a> Onglets<'a> {
    /// Tabs; `etiquette` names them for screen readers (« Parties du dossier »).
    pub fn nouveaux(etiquette: impl Into<Texte<'a>>, entrees: Vec<Entree<'a>>) -> Self {
        Self {
            etiquette: etiquette.into(),
            entrees,
        }
    }
}

impl Render for Onglets<'_> {
    fn render(&self) -> Markup {
        html! {
            nav.co-onglets aria-label=(self.etiquette) {
                ul { @for entree in &self.entrees { li { (entree.lien("co-onglet")) } } }
            }
        }
    }
}

/// The pages of a list read by keyset: before, after, and where one stands.
/// There are no numbers, because the list may move meanwhile.
#[derive(Debug, Clone, Default)]
pub struct Pagination<'a> {
    /// The page before, if there is one.
    pub precedente: Option<Texte<'a>>,
    /// The page after, if there is one.
    pub suivante: Option<Texte<'a>>,
    /// « 26 à 50 sur 3 102 dossiers »
    pub ou: Texte<'a>,
}

impl Render for Pagination<'_> {
    fn render(&self) -> Markup {
        let lien = |adresse: &Option<Texte<'_>>, classe: &str, libelle: &str| {
            html! {
                @match adresse {
                    Some(adresse) => a class=(classe) href=(adresse) { (libelle) },
                    None => a class=(classe) aria-disabled="true" role="link" { (libelle) },
                }
            }
        };
        html! {
            div.co-pagination {
                p.co-pagination__ou { (self.ou) }
                @if self.precedente.is_some() || self.suivante.is_some() {
                    nav.fr-pagination aria-label={ "Pages de la liste, " (self.ou) } {
                        ul.fr-pagination__list {
                            li { (lien(&self.precedente, "fr-pagination__link fr-pagination__link--prev fr-pagination__link--label", "Précédent")) }
                            li { (lien(&self.suivante, "fr-pagination__link fr-pagination__link--next fr-pagination__link--label", "Suivant")) }
                        }
                    }
                }
            }
        }
    }
}

/// The summary of a long page: (words, anchor of this page).
pub fn sommaire(entrees: &[(&str, &str)]) -> Markup {
    html! {
        nav.fr-summary aria-labelledby="sommaire-titre" {
            h2.fr-summary__title id="sommaire-titre" { "Sommaire" }
            ol {
                @for (libelle, ancre) in entrees {
                    li { a.fr-summary__link href={ "#" (ancre) } { (libelle) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_entree_courante_se_dit_sans_couleur() {
        let menu = MenuLateral::nouveau(
            "Dossier",
            vec![
                Entree::nouvelle("Structure", "/s").detail("Complet"),
                Entree::nouvelle("Budget", "/b").courante(true),
            ],
        );
        let html = menu.render().into_string();
        assert_eq!(html.matches("aria-current=\"page\"").count(), 1);
        assert!(html.contains("href=\"/b\" aria-current=\"page\""));
    }

    #[test]
    fn les_onglets_sont_des_adresses() {
        let html = Onglets::nouveaux("Vues", vec![Entree::nouvelle("Liste", "/poles")]).render();
        assert_eq!(
            html.into_string(),
            "<nav class=\"co-onglets\" aria-label=\"Vues\"><ul><li>\
             <a class=\"co-onglet\" href=\"/poles\">Liste</a></li></ul></nav>"
        );
    }

    #[test]
    fn une_seule_page_n_a_pas_de_pagination() {
        let seule = Pagination {
            ou: "12 pôles".into(),
            ..Pagination::default()
        };
        assert!(!seule.render().into_string().contains("<nav"));
    }

    #[test]
    fn la_premiere_page_n_a_pas_de_lien_precedent() {
        let premiere = Pagination {
            suivante: Some("?apres=a".into()),
            ou: "1 à 25".into(),
            precedente: None,
        };
        let html = premiere.render().into_string();
        assert_eq!(html.matches("href=").count(), 1);
    }
}

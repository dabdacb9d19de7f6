//! Lists that are not tables: facts, tasks, documents; and what is said when a
//! list is empty.

use maud::{Markup, Render, html};

use crate::{Texte, Ton, badge, poids};

/// One fact: what, and its value.
pub type Fait<'a> = (&'a str, Markup);

/// Facts of one object, each with its name. A blank value reads « non renseigné »:
/// the caller says so.
pub fn faits(faits: &[Fait<'_>]) -> Markup {
    html! {
        dl.co-faits {
            @for (quoi, valeur) in faits {
                div.co-fait { dt { (quoi) } dd { (valeur) } }
            }
        }
    }
}

/// Parts of an object to go through, each a link with its state: the summary of
/// a dossier.
#[derive(Debug, Clone, Default)]
pub struct Taches<'a> {
    taches: Vec<(Texte<'a>, Texte<'a>, Ton, Texte<'a>)>,
}

impl<'a> Taches<'a> {
    /// An empty list.
    pub fn nouvelles() -> Self {
        Self::default()
    }

    /// Adds a part: its name, its address, its state in words.
    #[must_use]
    pub fn tache(
        mut self,
        libelle: impl Into<Texte<'a>>,
        adresse: impl Into<Texte<'a>>,
        ton: Ton,
        etat: impl Into<Texte<'a>>,
    ) -> Self {
        self.taches
            .push((libelle.into(), adresse.into(), ton, etat.into()));
        self
    }
}

impl Render for Taches<'_> {
    fn render(&self) -> Markup {
        html! {
            ol.co-taches {
                @for (libelle, adresse, ton, etat) in &self.taches {
                    li.co-tache.fr-enlarge-link {
                        a href=(adresse) { (libelle) }
                        (badge(*ton, etat))
                    }
                }
            }
        }
    }
}

/// A document to download, with its type and weight, so that nobody fetches
/// 20 Mo by surprise.
#[derive(Debug, Clone)]
pub struct Telechargement<'a> {
    libelle: Texte<'a>,
    adresse: Texte<'a>,
    format: &'a str,
    octets: Option<u64>,
}

impl<'a> Telechargement<'a> {
    /// A document of `format` (`pdf`, `csv`); `octets` is left out when it is
    /// made on request and not weighed yet.
    pub fn nouveau(
        libelle: impl Into<Texte<'a>>,
        adresse: impl Into<Texte<'a>>,
        format: &'a str,
        octets: Option<u64>,
    ) -> Self {
        Self {
            libelle: libelle.into(),
            adresse: adresse.into(),
            format,
            octets,
        }
    }
}

impl Render for Telechargement<'_> {
    fn render(&self) -> Markup {
        html! {
            a.fr-link.fr-link--download href=(self.adresse) download {
                (self.libelle)
                span.fr-link__detail {
                    (self.format.to_uppercase())
                    @if let Some(octets) = self.octets { " – " (poids(octets)) }
                }
            }
        }
    }
}

/// Why a list is empty, and what one can do.
pub fn vide(pourquoi: &str, suite: &Markup) -> Markup {
    html! {
        div.co-vide {
            p.co-vide__pourquoi { (pourquoi) }
            (suite)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_telechargement_dit_son_type_et_son_poids() {
        let html =
            Telechargement::nouveau("Notice", "/notice.pdf", "pdf", Some(1_240_000)).render();
        assert!(html.into_string().contains("PDF – 1,2\u{a0}Mo"));
    }

    #[test]
    fn une_tache_est_un_lien_et_un_etat_en_mots() {
        let html = Taches::nouvelles()
            .tache("Budget", "/budget", Ton::Attention, "À compléter (2)")
            .render()
            .into_string();
        assert!(html.contains("<a href=\"/budget\">Budget</a>"));
        assert!(html.contains("À compléter (2)"));
    }

    #[test]
    fn les_faits_sont_une_liste_de_definitions() {
        let html = faits(&[("Numéro", html! { "2024-0137" })]).into_string();
        assert!(html.contains("<dt>Numéro</dt><dd>2024-0137</dd>"));
    }
}

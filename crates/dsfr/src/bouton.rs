//! Buttons and links that act. One filled button a page: the next thing to do.

use maud::{Markup, Render, html};

use crate::Texte;

/// A button, or a link that looks like one.
///
/// Its words are a verb and its object (« Enregistrer la rubrique »). It is
/// never disabled: the server answers with the reason.
#[derive(Debug, Clone)]
pub struct Bouton<'a> {
    libelle: Texte<'a>,
    cible: Cible<'a>,
    rang: Rang,
    petit: bool,
}

#[derive(Debug, Clone)]
enum Cible<'a> {
    Formulaire { nom: Option<(&'a str, &'a str)> },
    Adresse(Texte<'a>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rang {
    Principal,
    Secondaire,
    Tertiaire,
}

impl<'a> Bouton<'a> {
    /// The action of the page: filled, one a page. Sends the form it is in.
    pub fn principal(libelle: impl Into<Texte<'a>>) -> Self {
        Self {
            libelle: libelle.into(),
            cible: Cible::Formulaire { nom: None },
            rang: Rang::Principal,
            petit: false,
        }
    }

    /// Another action: outlined.
    pub fn secondaire(libelle: impl Into<Texte<'a>>) -> Self {
        Self {
            rang: Rang::Secondaire,
            ..Self::principal(libelle)
        }
    }

    /// A discreet action, in a row or beside a title: bordered by nothing.
    pub fn tertiaire(libelle: impl Into<Texte<'a>>) -> Self {
        Self {
            rang: Rang::Tertiaire,
            ..Self::principal(libelle)
        }
    }

    /// Leads to an address instead of sending a form.
    #[must_use]
    pub fn vers(mut self, adresse: impl Into<Texte<'a>>) -> Self {
        self.cible = Cible::Adresse(adresse.into());
        self
    }

    /// Says to the server which button was pressed.
    #[must_use]
    pub fn envoie(mut self, nom: &'a str, valeur: &'a str) -> Self {
        self.cible = Cible::Formulaire {
            nom: Some((nom, valeur)),
        };
        self
    }

    /// A smaller one, for rows and dense pages.
    #[must_use]
    pub fn petit(mut self) -> Self {
        self.petit = true;
        self
    }

    fn classe(&self) -> String {
        let rang = match self.rang {
            Rang::Principal => "",
            Rang::Secondaire => " fr-btn--secondary",
            Rang::Tertiaire => " fr-btn--tertiary-no-outline",
        };
        let taille = if self.petit { " fr-btn--sm" } else { "" };
        format!("fr-btn{rang}{taille}")
    }
}

impl Render for Bouton<'_> {
    fn render(&self) -> Markup {
        let classe = self.classe();
        html! {
            @match &self.cible {
                Cible::Adresse(adresse) => a class=(classe) href=(adresse) { (self.libelle) },
                Cible::Formulaire { nom } => {
                    button class=(classe) type="submit" name=[nom.map(|n| n.0)] value=[nom.map(|n| n.1)] {
                        (self.libelle)
                    }
                },
            }
        }
    }
}

/// Several buttons in a row, one under the other on a phone.
pub fn boutons(boutons: &[Bouton<'_>]) -> Markup {
    html! {
        ul.fr-btns-group.fr-btns-group--inline-md {
            @for bouton in boutons { li { (bouton) } }
        }
    }
}

/// A plain link, standing alone.
pub fn lien(adresse: &str, libelle: &str) -> Markup {
    html! { a.fr-link href=(adresse) { (libelle) } }
}

/// « Copier le lien » on a rule, an answer, a figure; hidden without script,
/// where the title itself is a link.
pub fn copier_le_lien(adresse: &str) -> Markup {
    html! {
        button.fr-btn.fr-btn--tertiary-no-outline.fr-btn--sm.co-avec-script type="button"
            data-co-copier=(adresse) { "Copier le lien" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_bouton_envoie_le_formulaire_ou_mene_a_une_adresse() {
        assert_eq!(
            Bouton::principal("Déposer le dossier")
                .render()
                .into_string(),
            "<button class=\"fr-btn\" type=\"submit\">Déposer le dossier</button>"
        );
        assert_eq!(
            Bouton::secondaire("Revenir")
                .vers("/a")
                .render()
                .into_string(),
            "<a class=\"fr-btn fr-btn--secondary\" href=\"/a\">Revenir</a>"
        );
    }

    #[test]
    fn un_bouton_anime_se_cache_sans_script() {
        let html = copier_le_lien("/appels/2024").into_string();
        assert!(html.contains("co-avec-script") && html.contains("type=\"button\""));
        assert!(html.contains("data-co-copier=\"/appels/2024\""));
    }
}

//! The footer: what must be one click away from every page.

use maud::{Markup, Render, html};

use crate::{Langue, Texte};

/// The footer of every page.
#[derive(Debug, Clone)]
pub struct Pied<'a> {
    service: Texte<'a>,
    description: Option<Texte<'a>>,
    mention: Option<Texte<'a>>,
    liens: Vec<(Texte<'a>, Texte<'a>)>,
    imprime: Option<Texte<'a>>,
    langue: Langue,
}

impl<'a> Pied<'a> {
    /// The footer of `service`, without any link yet.
    pub fn nouveau(service: impl Into<Texte<'a>>) -> Self {
        Self {
            service: service.into(),
            description: None,
            mention: None,
            liens: Vec::new(),
            imprime: None,
            langue: Langue::Francais,
        }
    }

    /// The language of what it says by itself.
    #[must_use]
    pub fn langue(mut self, langue: Langue) -> Self {
        self.langue = langue;
        self
    }

    /// A sentence on what the service is.
    #[must_use]
    pub fn description(mut self, description: impl Into<Texte<'a>>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// A line that must be read on every page: « Cette instance n’est pas un
    /// site officiel de l’État. »
    #[must_use]
    pub fn mention(mut self, mention: Option<impl Into<Texte<'a>>>) -> Self {
        self.mention = mention.map(Into::into);
        self
    }

    /// A link of the bottom list; « Accessibilité : non conforme » comes first.
    #[must_use]
    pub fn lien(mut self, libelle: impl Into<Texte<'a>>, adresse: impl Into<Texte<'a>>) -> Self {
        self.liens.push((libelle.into(), adresse.into()));
        self
    }

    /// What paper says and the screen does not: « Imprimé le …, état au … ».
    #[must_use]
    pub fn imprime(mut self, phrase: impl Into<Texte<'a>>) -> Self {
        self.imprime = Some(phrase.into());
        self
    }
}

impl Render for Pied<'_> {
    fn render(&self) -> Markup {
        html! {
            footer.fr-footer role="contentinfo" id="pied" {
                div.fr-container {
                    div.fr-footer__body {
                        div.fr-footer__brand {
                            a.co-pied__service href="/" title={ (self.langue.mots().accueil) " – " (self.service) } { (self.service) }
                        }
                        div.fr-footer__content {
                            @if let Some(description) = &self.description {
                                p.fr-footer__content-desc { (description) }
                            }
                            @if let Some(mention) = &self.mention { p.co-pied__mention { (mention) } }
                        }
                    }
                    div.fr-footer__bottom {
                        ul.fr-footer__bottom-list {
                            @for (libelle, adresse) in &self.liens {
                                li.fr-footer__bottom-item {
                                    a.fr-footer__bottom-link href=(adresse) { (libelle) }
                                }
                            }
                        }
                    }
                }
            }
            @if let Some(phrase) = &self.imprime { p.co-imprime { (phrase) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_pied_garde_l_ordre_des_liens_et_la_mention() {
        let html = Pied::nouveau("Coopôle")
            .mention(Some("Cette instance n’est pas un site officiel de l’État."))
            .lien("Accessibilité : non conforme", "/accessibilite")
            .lien("Mentions légales", "/mentions-legales")
            .render()
            .into_string();
        assert!(html.find("/accessibilite") < html.find("/mentions-legales"));
        assert!(html.contains("pas un site officiel"));
    }
}

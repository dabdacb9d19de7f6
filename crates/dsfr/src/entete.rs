//! The header: whose service this is, where one may go, for whom one acts.

use maud::{Markup, Render, html};

use crate::{Entree, Langue, Texte};

/// An image of the operator's, who answers for the right to show it. None is
/// shown by default: neither the State's logo nor Marianne come with this crate.
#[derive(Debug, Clone)]
pub struct Logo<'a> {
    /// Where the image is served, on our own address.
    pub adresse: &'a str,
    /// What it says, for those who do not see it.
    pub alternative: &'a str,
}

/// The header of every page.
#[derive(Debug, Clone)]
pub struct Entete<'a> {
    service: Texte<'a>,
    devise: Option<Texte<'a>>,
    logo: Option<Logo<'a>>,
    navigation: Vec<Entree<'a>>,
    acces: Vec<(Texte<'a>, Texte<'a>)>,
    agit_pour: Option<(Texte<'a>, Option<Texte<'a>>)>,
    deconnexion: Option<(Texte<'a>, Texte<'a>)>,
    langue: Langue,
}

impl<'a> Entete<'a> {
    /// The header of `service`, whose name leads home.
    pub fn nouveau(service: impl Into<Texte<'a>>) -> Self {
        Self {
            service: service.into(),
            devise: None,
            logo: None,
            navigation: Vec::new(),
            acces: Vec::new(),
            agit_pour: None,
            deconnexion: None,
            langue: Langue::Francais,
        }
    }

    /// A line under the name: what the service is for.
    #[must_use]
    pub fn devise(mut self, devise: impl Into<Texte<'a>>) -> Self {
        self.devise = Some(devise.into());
        self
    }

    /// The operator's image, on the left of the name.
    #[must_use]
    pub fn logo(mut self, logo: Option<Logo<'a>>) -> Self {
        self.logo = logo;
        self
    }

    /// The main navigation: five entries at most.
    #[must_use]
    pub fn navigation(mut self, entrees: Vec<Entree<'a>>) -> Self {
        self.navigation = entrees;
        self
    }

    /// A quick link on the right: « Se connecter », « Aide ».
    #[must_use]
    pub fn acces(mut self, libelle: impl Into<Texte<'a>>, adresse: impl Into<Texte<'a>>) -> Self {
        self.acces.push((libelle.into(), adresse.into()));
        self
    }

    /// « Vous agissez pour : Cellule Bretagne », with the address where to
    /// change it when the person has several roles.
    #[must_use]
    pub fn agit_pour(
        mut self,
        qui: impl Into<Texte<'a>>,
        changer: Option<impl Into<Texte<'a>>>,
    ) -> Self {
        self.agit_pour = Some((qui.into(), changer.map(Into::into)));
        self
    }

    /// A button that signs out: it acts, so it is a form.
    #[must_use]
    pub fn deconnexion(
        mut self,
        libelle: impl Into<Texte<'a>>,
        adresse: impl Into<Texte<'a>>,
    ) -> Self {
        self.deconnexion = Some((libelle.into(), adresse.into()));
        self
    }

    /// The language of what it says by itself.
    #[must_use]
    pub fn langue(mut self, langue: Langue) -> Self {
        self.langue = langue;
        self
    }

    fn a_un_menu(&self) -> bool {
        !self.navigation.is_empty() || !self.acces.is_empty() || self.deconnexion.is_some()
    }

    fn marque(&self) -> Markup {
        html! {
            div.fr-header__brand.fr-enlarge-link {
                div.fr-header__brand-top {
                    @if let Some(logo) = &self.logo {
                        div.fr-header__operator { img.co-logo src=(logo.adresse) alt=(logo.alternative); }
                    }
                    @if self.a_un_menu() {
                        div.fr-header__navbar {
                            button.fr-btn--menu.fr-btn type="button" id="menu-bouton" data-fr-opened="false"
                                aria-controls="menu" aria-haspopup="dialog" title=(self.langue.mots().menu) { (self.langue.mots().menu) }
                        }
                    }
                }
                div.fr-header__service {
                    a href="/" title={ (self.langue.mots().accueil) " – " (self.service) } {
                        p.fr-header__service-title { (self.service) }
                    }
                    @if let Some(devise) = &self.devise { p.fr-header__service-tagline { (devise) } }
                }
            }
        }
    }

    fn outils(&self) -> Markup {
        html! {
            div.fr-header__tools {
                div.fr-header__tools-links {
                    ul.fr-btns-group {
                        @for (libelle, adresse) in &self.acces {
                            li { a.fr-btn href=(adresse) { (libelle) } }
                        }
                        @if let Some((libelle, adresse)) = &self.deconnexion {
                            li {
                                form action=(adresse) method="post" data-co-oublier {
                                    button.fr-btn type="submit" { (libelle) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Outside the mobile menu: for whom one acts stays in sight.
    fn lunette(&self) -> Markup {
        html! {
            @if let Some((qui, changer)) = &self.agit_pour {
                div.co-lunette {
                    div.fr-container {
                        p {
                            "Vous agissez pour\u{202f}: " strong { (qui) }
                            @if let Some(changer) = changer {
                                " " a.fr-link.fr-link--sm href=(changer) { "Changer" }
                            }
                        }
                    }
                }
            }
        }
    }

    fn menu(&self) -> Markup {
        html! {
            div.fr-header__menu.fr-modal id="menu" aria-labelledby="menu-bouton" {
                div.fr-container {
                    button.fr-btn--close.fr-btn type="button" aria-controls="menu" title=(self.langue.mots().fermer) { (self.langue.mots().fermer) }
                    div.fr-header__menu-links {}
                    @if !self.navigation.is_empty() {
                        nav.fr-nav id="navigation" aria-label=(self.langue.mots().menu_principal) {
                            ul.fr-nav__list {
                                @for entree in &self.navigation {
                                    li.fr-nav__item { (entree.lien("fr-nav__link")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

impl Render for Entete<'_> {
    fn render(&self) -> Markup {
        html! {
            header.fr-header role="banner" id="entete" {
                div.fr-header__body {
                    div.fr-container {
                        div.fr-header__body-row {
                            (self.marque())
                            (self.outils())
                        }
                    }
                }
                @if self.a_un_menu() { (self.menu()) }
                (self.lunette())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_entete_neutre_ne_porte_aucune_marque_de_l_etat() {
        let html = Entete::nouveau("Coopôle")
            .acces("Se connecter", "/connexion")
            .render()
            .into_string();
        assert!(!html.contains("fr-logo") && !html.contains("<img"));
        assert!(html.contains("title=\"Accueil – Coopôle\""));
    }

    #[test]
    fn on_lit_pour_qui_l_on_agit_et_ou_en_changer() {
        let html = Entete::nouveau("Coopôle")
            .agit_pour("Cellule Bretagne", Some("/espace/roles"))
            .render()
            .into_string();
        assert!(html.contains("Vous agissez pour\u{202f}: <strong>Cellule Bretagne</strong>"));
        assert!(html.contains("href=\"/espace/roles\""));
    }

    #[test]
    fn se_deconnecter_est_un_acte() {
        let html = Entete::nouveau("C")
            .deconnexion("Se déconnecter", "/deconnexion")
            .render();
        assert!(html.into_string().contains("method=\"post\""));
    }
}

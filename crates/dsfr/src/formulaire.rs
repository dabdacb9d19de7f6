//! A form: where it goes, what it carries unseen, what the script may do for it.

use maud::{Markup, Render, html};

use crate::Texte;

/// A form that posts to its own address.
///
/// With or without script the same fields go to the same address: the script asks
/// it for JSON (`Accept: application/json`), a button asks it for a page. The
/// JSON has a `phrase` finished by the server, and:
/// - autosave: 200 with the new `version`; 409 when somebody else saved meanwhile
///   (the button then shows both texts); 422 with `erreurs`, a sentence by field;
///   401, 403 or a page when the session has ended; anything over 499 is tried again;
/// - files: 2xx with the `adresse` to go to, or a redirection; 4xx with `erreurs`.
#[derive(Debug, Clone)]
pub struct Formulaire<'a> {
    action: Texte<'a>,
    methode: &'static str,
    caches: Vec<(&'a str, Texte<'a>)>,
    automatique: bool,
    oublieux: bool,
    fichiers: bool,
    fichier_lu: bool,
    etiquette: Option<&'a str>,
    en_ligne: bool,
    contenu: Markup,
}

impl<'a> Formulaire<'a> {
    /// A form that acts: POST.
    pub fn acte(action: impl Into<Texte<'a>>, contenu: Markup) -> Self {
        Self {
            action: action.into(),
            methode: "post",
            caches: Vec::new(),
            automatique: false,
            oublieux: false,
            fichiers: false,
            fichier_lu: false,
            etiquette: None,
            en_ligne: false,
            contenu,
        }
    }

    /// A form that asks, its answer having an address of its own: GET.
    pub fn recherche(action: impl Into<Texte<'a>>, contenu: Markup) -> Self {
        Self {
            methode: "get",
            ..Self::acte(action, contenu)
        }
    }

    /// Adds a value the person does not see.
    #[must_use]
    pub fn cache(mut self, nom: &'a str, valeur: impl Into<Texte<'a>>) -> Self {
        self.caches.push((nom, valeur.into()));
        self
    }

    /// Lets the script save after a second of quiet. `version` is the mark the
    /// server gave with these values: it refuses an older one, so that nobody
    /// overwrites what another person wrote.
    #[must_use]
    pub fn enregistrement_automatique(mut self, version: impl std::fmt::Display) -> Self {
        self.automatique = true;
        self.cache("version", version.to_string())
    }

    /// The form carries files: the script shows their progress and offers to resume.
    #[must_use]
    pub fn avec_fichiers(mut self) -> Self {
        self.fichiers = true;
        self
    }

    /// The form carries a file that the server reads and answers about: the script
    /// leaves it alone.
    #[must_use]
    pub fn avec_un_fichier_a_lire(mut self) -> Self {
        self.fichier_lu = true;
        self
    }

    /// Makes the script erase what it kept of drafts on this device: signing out.
    #[must_use]
    pub fn qui_oublie(mut self) -> Self {
        self.oublieux = true;
        self
    }

    /// Names the form for screen readers, when a page has several.
    #[must_use]
    pub fn etiquette(mut self, etiquette: &'a str) -> Self {
        self.etiquette = Some(etiquette);
        self
    }

    /// Sets its fields and its button side by side: a search, a filter.
    #[must_use]
    pub fn en_ligne(mut self) -> Self {
        self.en_ligne = true;
        self
    }
}

impl Render for Formulaire<'_> {
    fn render(&self) -> Markup {
        let role = (self.methode == "get").then_some("search");
        html! {
            form class=[self.en_ligne.then_some("co-recherche")] action=(self.action) method=(self.methode) role=[role]
                enctype=[(self.fichiers || self.fichier_lu).then_some("multipart/form-data")]
                // A browser that restores forms would bring an older version back.
                autocomplete=[self.automatique.then_some("off")]
                aria-label=[self.etiquette] novalidate[self.methode == "post"]
                data-co-enregistrement[self.automatique] data-co-televersement[self.fichiers]
                data-co-oublier[self.oublieux] {
                @for (nom, valeur) in &self.caches {
                    input type="hidden" name=(nom) value=(valeur);
                }
                (self.contenu)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_formulaire_suivi_porte_sa_version() {
        let html = Formulaire::acte("/dossiers/1/rubriques/projet", Markup::default())
            .enregistrement_automatique(7)
            .render()
            .into_string();
        assert_eq!(
            html,
            "<form action=\"/dossiers/1/rubriques/projet\" method=\"post\" autocomplete=\"off\" \
             novalidate data-co-enregistrement><input type=\"hidden\" name=\"version\" value=\"7\"></form>"
        );
    }

    #[test]
    fn une_recherche_se_lit_dans_l_adresse() {
        let html = Formulaire::recherche("/poles", Markup::default()).render();
        assert!(
            html.into_string()
                .contains("method=\"get\" role=\"search\"")
        );
    }
}

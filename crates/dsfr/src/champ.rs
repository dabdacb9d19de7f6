//! A field on one line: text, e-mail, amount, date. Its label, its hint, its
//! error beside it and tied to it; the error belongs to the field, never to a
//! group, because the design system paints a whole group red.

use maud::{Markup, Render, html};

use crate::{Texte, accordeon::depliant};

/// A field on one line.
///
/// No field carries `required` or `maxlength`: a draft is saved incomplete, and
/// the server says what is missing, all at once. A field one may leave blank is
/// marked « (facultatif) ».
#[derive(Debug, Clone)]
pub struct Champ<'a> {
    commun: Commun<'a>,
    valeur: Texte<'a>,
    genre: &'static str,
    clavier: Option<&'static str>,
    completion: Option<&'static str>,
    largeur: Largeur,
    unite: Option<&'static str>,
    somme: Option<Texte<'a>>,
}

/// What every field has, whatever its control.
#[derive(Debug, Clone)]
pub(crate) struct Commun<'a> {
    pub nom: Texte<'a>,
    /// Its anchor, when another field of the page bears its name.
    pub id: Option<Texte<'a>>,
    pub libelle: Texte<'a>,
    pub aide: Option<Texte<'a>>,
    pub erreur: Option<Texte<'a>>,
    pub pourquoi: Option<Texte<'a>>,
    pub facultatif: bool,
    pub lecture_seule: bool,
    pub libelle_masque: bool,
}

/// How wide a field is: its width tells what is expected in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Largeur {
    /// The whole column.
    #[default]
    Pleine,
    /// An amount, a date, a SIRET.
    Moyenne,
    /// A few digits: a postcode, a count.
    Courte,
}

/// Methods shared by all fields, so that they read the same everywhere.
macro_rules! methodes_communes {
    () => {
        /// Adds a hint under the label: the format expected, an example.
        #[must_use]
        pub fn aide(mut self, aide: impl Into<crate::Texte<'a>>) -> Self {
            self.commun.aide = Some(aide.into());
            self
        }

        /// Shows why the field cannot be taken as it is, beside it; `None` leaves
        /// it in peace.
        #[must_use]
        pub fn erreur(mut self, erreur: Option<impl Into<crate::Texte<'a>>>) -> Self {
            self.commun.erreur = erreur.map(Into::into);
            self
        }

        /// Says, in a fold under the field, why this is asked and how long it is kept.
        #[must_use]
        pub fn pourquoi(mut self, raison: impl Into<crate::Texte<'a>>) -> Self {
            self.commun.pourquoi = Some(raison.into());
            self
        }

        /// Marks the field as one that may stay blank.
        #[must_use]
        pub fn facultatif(mut self) -> Self {
            self.commun.facultatif = true;
            self
        }
    };
}
pub(crate) use methodes_communes;

impl<'a> Champ<'a> {
    methodes_communes!();

    /// A line of text. `nom` is sent with the form and is the field's anchor.
    pub fn texte(nom: impl Into<Texte<'a>>, libelle: impl Into<Texte<'a>>) -> Self {
        Self {
            commun: Commun::nouveau(nom, libelle),
            valeur: Texte::Borrowed(""),
            genre: "text",
            clavier: None,
            completion: None,
            largeur: Largeur::Pleine,
            unite: None,
            somme: None,
        }
    }

    /// An e-mail address.
    pub fn courriel(nom: impl Into<Texte<'a>>, libelle: impl Into<Texte<'a>>) -> Self {
        let mut champ = Self::texte(nom, libelle);
        champ.genre = "email";
        champ.completion = Some("email");
        champ
    }

    /// A day, `AAAA-MM-JJ` once sent.
    pub fn date(nom: impl Into<Texte<'a>>, libelle: impl Into<Texte<'a>>) -> Self {
        let mut champ = Self::texte(nom, libelle);
        champ.genre = "date";
        champ.largeur(Largeur::Moyenne)
    }

    /// An amount in euros, typed freely (« 12 000 », « 12000,50 »): text, so that
    /// the server can say what is wrong with it.
    pub fn montant(nom: impl Into<Texte<'a>>, libelle: impl Into<Texte<'a>>) -> Self {
        let mut champ = Self::texte(nom, libelle).clavier("decimal");
        champ.unite = Some("€");
        champ.largeur(Largeur::Moyenne)
    }

    /// A whole number.
    pub fn entier(nom: impl Into<Texte<'a>>, libelle: impl Into<Texte<'a>>) -> Self {
        Self::texte(nom, libelle)
            .clavier("numeric")
            .largeur(Largeur::Courte)
    }

    /// What the field already holds.
    #[must_use]
    pub fn valeur(mut self, valeur: impl Into<Texte<'a>>) -> Self {
        self.valeur = valeur.into();
        self
    }

    /// The keyboard a phone should show: `numeric`, `decimal`, `tel`.
    #[must_use]
    pub fn clavier(mut self, clavier: &'static str) -> Self {
        self.clavier = Some(clavier);
        self
    }

    /// What the browser may fill in (HTML `autocomplete`): fields about the
    /// person herself say it (RGAA 11.13).
    #[must_use]
    pub fn completion(mut self, jeton: &'static str) -> Self {
        self.completion = Some(jeton);
        self
    }

    /// Sets the width.
    #[must_use]
    pub fn largeur(mut self, largeur: Largeur) -> Self {
        self.largeur = largeur;
        self
    }

    /// Counts the amount in a total followed while typing ([`crate::total`]).
    #[must_use]
    pub fn somme(mut self, somme: impl Into<Texte<'a>>) -> Self {
        self.somme = Some(somme.into());
        self
    }

    /// Shows the value without letting it change; say why in the hint.
    #[must_use]
    pub fn lecture_seule(mut self) -> Self {
        self.commun.lecture_seule = true;
        self
    }

    /// Keeps the label for screen readers only: in a table, the column says it.
    #[must_use]
    pub fn libelle_masque(mut self) -> Self {
        self.commun.libelle_masque = true;
        self
    }
}

impl Render for Champ<'_> {
    fn render(&self) -> Markup {
        let commun = &self.commun;
        html! {
            div.fr-input-group.fr-input-group--error[commun.erreur.is_some()] {
                (commun.libelle())
                div.fr-input-wrap.co-largeur-moyenne[self.largeur == Largeur::Moyenne]
                    .co-largeur-courte[self.largeur == Largeur::Courte]
                    .co-unite[self.unite.is_some()] {
                    input.fr-input.fr-input--error[commun.erreur.is_some()] type=(self.genre)
                        id=(commun.nom) name=(commun.nom) value=(self.valeur)
                        inputmode=[self.clavier] autocomplete=[self.completion]
                        readonly[commun.lecture_seule] data-co-somme=[&self.somme]
                        aria-describedby=(commun.id_messages()) aria-invalid=[commun.invalide()];
                    @if let Some(unite) = self.unite {
                        span.co-unite__signe aria-hidden="true" { (unite) }
                    }
                }
                (commun.messages())
                (commun.pliage())
            }
        }
    }
}

impl<'a> Commun<'a> {
    pub fn nouveau(nom: impl Into<Texte<'a>>, libelle: impl Into<Texte<'a>>) -> Self {
        Self {
            nom: nom.into(),
            id: None,
            libelle: libelle.into(),
            aide: None,
            erreur: None,
            pourquoi: None,
            facultatif: false,
            lecture_seule: false,
            libelle_masque: false,
        }
    }

    /// What the label and the problem list lead to: the name, unless told.
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.nom)
    }

    pub fn id_messages(&self) -> String {
        format!("{}-messages", self.id())
    }

    pub fn invalide(&self) -> Option<&'static str> {
        self.erreur.is_some().then_some("true")
    }

    pub fn libelle(&self) -> Markup {
        html! {
            label.fr-label.fr-sr-only[self.libelle_masque] for=(self.id()) { (self.intitule()) }
        }
    }

    /// Label and hint, for a `label` or a `legend`.
    pub fn intitule(&self) -> Markup {
        html! {
            (self.libelle)
            @if self.facultatif { " (facultatif)" }
            @if let Some(aide) = &self.aide {
                span.fr-hint-text { (aide) }
            }
        }
    }

    /// The zone that the control is described by; empty when all is well, because
    /// a script may fill it.
    pub fn messages(&self) -> Markup {
        html! {
            div.fr-messages-group id=(self.id_messages()) aria-live="polite" {
                @if let Some(erreur) = &self.erreur {
                    p.fr-message.fr-message--error {
                        span.fr-sr-only { "À corriger\u{202f}: " }
                        (erreur)
                    }
                }
            }
        }
    }

    pub fn pliage(&self) -> Markup {
        html! {
            @if let Some(raison) = &self.pourquoi {
                (depliant("Pourquoi cette question\u{202f}?", &html! { p { (raison) } }))
            }
        }
    }
}

/// Several fields under one legend. A group never carries an error: each of its
/// fields does.
pub fn groupe(legende: &str, aide: Option<&str>, champs: &Markup) -> Markup {
    html! {
        fieldset.fr-fieldset.co-groupe {
            legend.fr-fieldset__legend {
                (legende)
                @if let Some(aide) = aide { span.fr-hint-text { (aide) } }
            }
            div.fr-fieldset__element { (champs) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_champ_est_relie_a_son_libelle_et_a_ses_messages() {
        let html = Champ::texte("siret", "SIRET").render().into_string();
        assert_eq!(
            html,
            "<div class=\"fr-input-group\"><label class=\"fr-label\" for=\"siret\">SIRET</label>\
             <div class=\"fr-input-wrap\"><input class=\"fr-input\" type=\"text\" id=\"siret\" \
             name=\"siret\" value=\"\" aria-describedby=\"siret-messages\"></div>\
             <div class=\"fr-messages-group\" id=\"siret-messages\" aria-live=\"polite\"></div></div>"
        );
    }

    #[test]
    fn l_erreur_est_dite_a_cote_du_champ_et_le_marque_lui_seul() {
        let html = Champ::montant("achats", "Achats")
            .erreur(Some("Écrivez un montant."))
            .render()
            .into_string();
        assert!(html.contains("fr-input-group fr-input-group--error"));
        assert!(html.contains("aria-invalid=\"true\""));
        assert!(html.contains("Écrivez un montant."));
    }

    #[test]
    fn la_valeur_saisie_est_echappee() {
        let html = Champ::texte("nom", "Nom")
            .valeur("\"><script>")
            .render()
            .into_string();
        assert!(html.contains("value=\"&quot;&gt;&lt;script&gt;\""));
    }

    #[test]
    fn un_groupe_ne_porte_jamais_d_erreur() {
        let champ = Champ::texte("a", "A").erreur(Some("Non.")).render();
        let html = groupe("Adresse", None, &champ).into_string();
        assert!(!html.contains("fr-fieldset--error"));
    }
}

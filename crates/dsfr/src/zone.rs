//! A text of several lines, with its count of signs.

use maud::{Markup, Render, html};

use crate::champ::{Commun, methodes_communes};
use crate::{Texte, nombre};

/// A text of several lines.
///
/// Its limit is in signs (Unicode characters, a line break counting for one).
/// Nothing is cut: a text too long is kept, counted, and refused in words by
/// the server.
#[derive(Debug, Clone)]
pub struct Zone<'a> {
    commun: Commun<'a>,
    valeur: Texte<'a>,
    lignes: u8,
    limite: Option<u32>,
}

impl<'a> Zone<'a> {
    methodes_communes!();

    /// A text area of six lines.
    pub fn nouvelle(nom: impl Into<Texte<'a>>, libelle: impl Into<Texte<'a>>) -> Self {
        Self {
            commun: Commun::nouveau(nom, libelle),
            valeur: Texte::Borrowed(""),
            lignes: 6,
            limite: None,
        }
    }

    /// What the field already holds.
    #[must_use]
    pub fn valeur(mut self, valeur: impl Into<Texte<'a>>) -> Self {
        self.valeur = valeur.into();
        self
    }

    /// Its height, in lines of text.
    #[must_use]
    pub fn lignes(mut self, lignes: u8) -> Self {
        self.lignes = lignes;
        self
    }

    /// Shows « 412 sur 1 500 signes » under the field.
    #[must_use]
    pub fn limite(mut self, signes: Option<u32>) -> Self {
        self.limite = signes;
        self
    }

    fn compteur(&self, limite: u32) -> Markup {
        let signes = self.valeur.chars().filter(|signe| *signe != '\r').count();
        html! {
            p.fr-hint-text.co-compteur id={ (self.commun.nom) "-compteur" }
                data-co-compteur=(self.commun.nom) data-co-limite=(limite) {
                (nombre(signes as u64)) " sur " (nombre(u64::from(limite))) " signes"
            }
        }
    }
}

impl Render for Zone<'_> {
    fn render(&self) -> Markup {
        let commun = &self.commun;
        let decrit_par = match self.limite {
            Some(_) => format!("{} {}-compteur", commun.id_messages(), commun.nom),
            None => commun.id_messages(),
        };
        html! {
            div.fr-input-group.fr-input-group--error[commun.erreur.is_some()] {
                (commun.libelle())
                // The parser drops a line break right after the tag: one is given
                // to it, so that a text beginning with one keeps its own.
                textarea.fr-input.fr-input--error[commun.erreur.is_some()] id=(commun.nom) name=(commun.nom)
                    rows=(self.lignes) readonly[commun.lecture_seule]
                    aria-describedby=(decrit_par) aria-invalid=[commun.invalide()] { "\n" (self.valeur) }
                @if let Some(limite) = self.limite { (self.compteur(limite)) }
                (commun.messages())
                (commun.pliage())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_compteur_compte_les_signes_et_non_les_octets() {
        let zone = Zone::nouvelle("projet", "Projet")
            .valeur("été\r\n")
            .limite(Some(1_500));
        let html = zone.render().into_string();
        assert!(html.contains("4 sur 1\u{202f}500 signes"), "{html}");
        assert!(html.contains("aria-describedby=\"projet-messages projet-compteur\""));
    }

    #[test]
    fn un_retour_a_la_ligne_initial_est_garde() {
        let html = Zone::nouvelle("n", "N")
            .valeur("\nsuite")
            .render()
            .into_string();
        assert!(html.contains(">\n\nsuite</textarea>"), "{html}");
    }
}

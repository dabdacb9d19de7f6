//! A file to send, with what is taken and how much it may weigh, said before.

use maud::{Markup, Render, html};

use crate::champ::{Commun, methodes_communes};
use crate::{Texte, poids};

/// A file field. One field per document asked for: never one drop zone for all.
///
/// Types and weight are announced and checked early by the script; the server
/// remains the judge of the content.
#[derive(Debug, Clone)]
pub struct ChampFichier<'a> {
    commun: Commun<'a>,
    formats: &'a [&'a str],
    octets_max: u64,
}

impl<'a> ChampFichier<'a> {
    methodes_communes!();

    /// A file of one of `formats` (extensions: `pdf`, `odt`), of at most
    /// `octets_max`.
    pub fn nouveau(
        nom: impl Into<Texte<'a>>,
        libelle: impl Into<Texte<'a>>,
        formats: &'a [&'a str],
        octets_max: u64,
    ) -> Self {
        Self {
            commun: Commun::nouveau(nom, libelle),
            formats,
            octets_max,
        }
    }

    /// « PDF, ODT ou DOCX, 20 Mo au plus »
    fn attendu(&self) -> String {
        let formats: Vec<String> = self.formats.iter().map(|f| f.to_uppercase()).collect();
        let formats = match formats.split_last() {
            Some((dernier, [])) => dernier.clone(),
            Some((dernier, autres)) => format!("{} ou {dernier}", autres.join(", ")),
            None => "Tout format".to_owned(),
        };
        format!("{formats}, {} au plus.", poids(self.octets_max))
    }
}

impl Render for ChampFichier<'_> {
    fn render(&self) -> Markup {
        let accepte: Vec<String> = self.formats.iter().map(|f| format!(".{f}")).collect();
        let mut commun = self.commun.clone();
        commun.aide = Some(match &self.commun.aide {
            Some(aide) => format!("{aide} {}", self.attendu()).into(),
            None => self.attendu().into(),
        });
        html! {
            div.fr-upload-group.fr-upload-group--error[commun.erreur.is_some()] {
                (commun.libelle())
                input.fr-upload type="file" id=(commun.nom) name=(commun.nom) accept=(accepte.join(","))
                    data-co-octets-max=(self.octets_max)
                    aria-describedby=(commun.id_messages()) aria-invalid=[commun.invalide()];
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
    fn les_formats_et_le_poids_sont_dits_avant_l_envoi() {
        let champ = ChampFichier::nouveau("statuts", "Statuts", &["pdf", "odt"], 20_000_000);
        let html = champ.render().into_string();
        assert!(html.contains("PDF ou ODT, 20\u{a0}Mo au plus."));
        assert!(html.contains("accept=\".pdf,.odt\""));
    }
}

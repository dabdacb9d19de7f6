//! Badges say a state, tags say a filter or a kind. Words first: a badge's
//! colour and icon only repeat what it says.

use maud::{Markup, html};

use crate::langue::Langue;

/// What a badge's colour repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ton {
    /// Neither good nor bad: a draft, a kind.
    Neutre,
    /// Met, filed, paid.
    Favorable,
    /// Not met, inadmissible.
    Defavorable,
    /// To do, to check, close to its date.
    Attention,
    /// In progress, to be judged by people.
    Information,
}

/// The state of a thing, in the words of the procedure.
pub fn badge(ton: Ton, texte: &str) -> Markup {
    let classe = match ton {
        Ton::Neutre => "fr-badge",
        Ton::Favorable => "fr-badge fr-badge--success",
        Ton::Defavorable => "fr-badge fr-badge--error",
        Ton::Attention => "fr-badge fr-badge--warning",
        Ton::Information => "fr-badge fr-badge--info",
    };
    html! { p class=(classe) { (texte) } }
}

/// Several badges in a row.
pub fn badges(badges: &[(Ton, &str)]) -> Markup {
    html! {
        ul.fr-badges-group {
            @for (ton, texte) in badges { li { (badge(*ton, texte)) } }
        }
    }
}

/// Kinds or themes, each a link when it leads to all that share it.
pub fn etiquettes(etiquettes: &[(&str, Option<&str>)]) -> Markup {
    html! {
        ul.fr-tags-group {
            @for (texte, adresse) in etiquettes {
                li {
                    @match adresse {
                        Some(adresse) => a.fr-tag.fr-tag--sm href=(adresse) { (texte) },
                        None => p.fr-tag.fr-tag--sm { (texte) },
                    }
                }
            }
        }
    }
}

/// The filters in force: each link leads to the same list without it, and
/// `tout_effacer` to the list without any. Nothing is shown when none is in force.
pub fn filtres_actifs(filtres: &[(&str, &str)], tout_effacer: &str) -> Markup {
    filtres_actifs_en(Langue::Francais, filtres, tout_effacer)
}

/// The same, on a page in that language.
pub fn filtres_actifs_en(langue: Langue, filtres: &[(&str, &str)], tout_effacer: &str) -> Markup {
    let mots = langue.mots();
    html! {
        @if !filtres.is_empty() {
            div.co-filtres {
                p.co-filtres__titre id="filtres-actifs" { (mots.filtres_actifs) }
                ul.fr-tags-group aria-labelledby="filtres-actifs" {
                    @for (texte, sans) in filtres {
                        li {
                            a.fr-tag.fr-tag--sm.co-tag-retirer href=(sans) {
                                (texte) span.fr-sr-only { " (" (mots.retirer_ce_filtre) ")" }
                            }
                        }
                    }
                }
                a.fr-link.fr-link--sm href=(tout_effacer) { (mots.tout_effacer) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_badge_dit_son_etat_en_toutes_lettres() {
        assert_eq!(
            badge(Ton::Favorable, "Remplie").into_string(),
            "<p class=\"fr-badge fr-badge--success\">Remplie</p>"
        );
    }

    #[test]
    fn sans_filtre_rien_ne_s_affiche() {
        assert_eq!(filtres_actifs(&[], "/poles").into_string(), "");
    }

    #[test]
    fn un_filtre_se_retire_par_un_lien() {
        let html = filtres_actifs(&[("Rural", "/poles?region=53")], "/poles").into_string();
        assert!(html.contains("href=\"/poles?region=53\">Rural<span"));
    }
}

//! Choosing among answers: a drop-down list, radio buttons, boxes.
//!
//! The first control of a group bears the name of its field as `id`, so that
//! the problem list leads to it. No box is ever ticked beforehand by us: what
//! is ticked is what the person answered.

use maud::{Markup, Render, html};

use crate::Texte;
use crate::champ::{Commun, methodes_communes};

/// One possible answer.
#[derive(Debug, Clone)]
pub struct Choix<'a> {
    valeur: Texte<'a>,
    libelle: Texte<'a>,
    aide: Option<Texte<'a>>,
}

impl<'a> Choix<'a> {
    /// The value sent, the words shown.
    pub fn nouveau(valeur: impl Into<Texte<'a>>, libelle: impl Into<Texte<'a>>) -> Self {
        Self {
            valeur: valeur.into(),
            libelle: libelle.into(),
            aide: None,
        }
    }

    /// A line under the answer (not shown in a drop-down list, which has none).
    #[must_use]
    pub fn aide(mut self, aide: impl Into<Texte<'a>>) -> Self {
        self.aide = Some(aide.into());
        self
    }
}

/// A drop-down list: for more than six answers; below, prefer [`Radios`].
#[derive(Debug, Clone)]
pub struct ListeDeroulante<'a> {
    commun: Commun<'a>,
    choix: Vec<Choix<'a>>,
    valeur: Option<Texte<'a>>,
    invite: Option<Texte<'a>>,
}

impl<'a> ListeDeroulante<'a> {
    methodes_communes!();

    /// A list of `choix`, none of them chosen.
    pub fn nouvelle(
        nom: impl Into<Texte<'a>>,
        libelle: impl Into<Texte<'a>>,
        choix: Vec<Choix<'a>>,
    ) -> Self {
        Self {
            commun: Commun::nouveau(nom, libelle),
            choix,
            valeur: None,
            invite: Some(Texte::Borrowed("Choisir")),
        }
    }

    /// The answer already given.
    #[must_use]
    pub fn valeur(mut self, valeur: Option<impl Into<Texte<'a>>>) -> Self {
        self.valeur = valeur.map(Into::into);
        self
    }

    /// An anchor of its own, when two lists of a page bear the same name: that of
    /// a filter and that of the banner.
    #[must_use]
    pub fn identifiant(mut self, id: impl Into<Texte<'a>>) -> Self {
        self.commun.id = Some(id.into());
        self
    }

    /// The words of the empty answer: « Toutes » in a filter, « Choisir » in a
    /// form; `None` when an answer is always there.
    #[must_use]
    pub fn invite(mut self, invite: Option<&'a str>) -> Self {
        self.invite = invite.map(Texte::Borrowed);
        self
    }

    /// Keeps the label for screen readers only: in a table, the column says it.
    #[must_use]
    pub fn libelle_masque(mut self) -> Self {
        self.commun.libelle_masque = true;
        self
    }
}

impl Render for ListeDeroulante<'_> {
    fn render(&self) -> Markup {
        let commun = &self.commun;
        let choisie = self.valeur.as_deref().unwrap_or_default();
        html! {
            div.fr-select-group.fr-select-group--error[commun.erreur.is_some()] {
                (commun.libelle())
                select.fr-select.fr-select--error[commun.erreur.is_some()] id=(commun.id()) name=(commun.nom)
                    aria-describedby=(commun.id_messages()) aria-invalid=[commun.invalide()] {
                    @if let Some(invite) = &self.invite {
                        option value="" selected[choisie.is_empty()] { (invite) }
                    }
                    @for choix in &self.choix {
                        option value=(choix.valeur) selected[choix.valeur == choisie] { (choix.libelle) }
                    }
                }
                (commun.messages())
                (commun.pliage())
            }
        }
    }
}

/// Radio buttons: one answer among a few, all in sight.
#[derive(Debug, Clone)]
pub struct Radios<'a> {
    commun: Commun<'a>,
    choix: Vec<Choix<'a>>,
    valeur: Option<Texte<'a>>,
    en_ligne: bool,
}

impl<'a> Radios<'a> {
    methodes_communes!();

    /// The answers one may give to `libelle`, none of them given.
    pub fn nouveaux(
        nom: impl Into<Texte<'a>>,
        libelle: impl Into<Texte<'a>>,
        choix: Vec<Choix<'a>>,
    ) -> Self {
        Self {
            commun: Commun::nouveau(nom, libelle),
            choix,
            valeur: None,
            en_ligne: false,
        }
    }

    /// The answer already given.
    #[must_use]
    pub fn valeur(mut self, valeur: Option<impl Into<Texte<'a>>>) -> Self {
        self.valeur = valeur.map(Into::into);
        self
    }

    /// Puts short answers side by side (« oui », « non », a scale).
    #[must_use]
    pub fn en_ligne(mut self) -> Self {
        self.en_ligne = true;
        self
    }
}

impl Render for Radios<'_> {
    fn render(&self) -> Markup {
        let commun = &self.commun;
        let elements = html! {
            @for (rang, choix) in self.choix.iter().enumerate() {
                @let id = id_de_choix(&commun.nom, rang, &choix.valeur);
                div.fr-fieldset__element.fr-fieldset__element--inline[self.en_ligne] {
                    div.fr-radio-group {
                        input type="radio" id=(id) name=(commun.nom) value=(choix.valeur)
                            checked[self.valeur.as_ref() == Some(&choix.valeur)];
                        (libelle_de_choix(&id, choix))
                    }
                }
            }
        };
        ensemble(commun, &elements)
    }
}

/// A box to tick, alone: a consent, a declaration. Several boxes of one
/// question go into [`Case::ensemble`].
#[derive(Debug, Clone)]
pub struct Case<'a> {
    commun: Commun<'a>,
    valeur: Texte<'a>,
    cochee: bool,
}

impl<'a> Case<'a> {
    methodes_communes!();

    /// A box that sends `nom=oui` when ticked, and nothing when not.
    pub fn nouvelle(nom: impl Into<Texte<'a>>, libelle: impl Into<Texte<'a>>) -> Self {
        Self {
            commun: Commun::nouveau(nom, libelle),
            valeur: Texte::Borrowed("oui"),
            cochee: false,
        }
    }

    /// What it sends when ticked, instead of « oui ».
    #[must_use]
    pub fn valant(mut self, valeur: impl Into<Texte<'a>>) -> Self {
        self.valeur = valeur.into();
        self
    }

    /// Whether the person ticked it.
    #[must_use]
    pub fn cochee(mut self, cochee: bool) -> Self {
        self.cochee = cochee;
        self
    }

    /// Several boxes that answer one question: `nom` is sent once per box
    /// ticked, with its value. `erreur` is about the question as a whole.
    pub fn ensemble(
        nom: &str,
        legende: &str,
        choix: &[Choix<'_>],
        cochees: &[&str],
        erreur: Option<&str>,
    ) -> Markup {
        let mut commun = Commun::nouveau(nom, legende);
        commun.erreur = erreur.map(Texte::Borrowed);
        let elements = html! {
            @for (rang, choix) in choix.iter().enumerate() {
                @let id = id_de_choix(nom, rang, &choix.valeur);
                div.fr-fieldset__element {
                    div.fr-checkbox-group {
                        input type="checkbox" id=(id) name=(nom) value=(choix.valeur)
                            checked[cochees.contains(&choix.valeur.as_ref())];
                        (libelle_de_choix(&id, choix))
                    }
                }
            }
        };
        ensemble(&commun, &elements)
    }
}

impl Render for Case<'_> {
    fn render(&self) -> Markup {
        let commun = &self.commun;
        html! {
            div.fr-checkbox-group.fr-checkbox-group--error[commun.erreur.is_some()] {
                input type="checkbox" id=(commun.nom) name=(commun.nom) value=(self.valeur) checked[self.cochee]
                    aria-describedby=(commun.id_messages()) aria-invalid=[commun.invalide()];
                (commun.libelle())
                (commun.messages())
                (commun.pliage())
            }
        }
    }
}

/// The box at the head of a table's row: its label is read, not shown, and
/// names the row (« Cocher Pôle des Rives »).
pub fn case_de_ligne(nom: &str, valeur: &str, libelle: &str, cochee: bool) -> Markup {
    let id = format!("{nom}-{valeur}");
    html! {
        div.fr-checkbox-group.fr-checkbox-group--sm {
            input type="checkbox" id=(id) name=(nom) value=(valeur) checked[cochee];
            label.fr-label for=(id) { span.fr-sr-only { (libelle) } }
        }
    }
}

/// One question and its controls. The error is the question's: its legend and
/// its message carry it, and the answers keep their colour, since the design
/// system's own mark would paint the good ones red too.
fn ensemble(commun: &Commun<'_>, elements: &Markup) -> Markup {
    let legende = format!("{}-legende", commun.nom);
    html! {
        fieldset.fr-fieldset.co-question--erreur[commun.erreur.is_some()]
            aria-labelledby={ (legende) " " (commun.id_messages()) } {
            legend.fr-fieldset__legend.fr-fieldset__legend--regular id=(legende) { (commun.intitule()) }
            (elements)
            (commun.messages())
            @if commun.pourquoi.is_some() { div.fr-fieldset__element { (commun.pliage()) } }
        }
    }
}

fn id_de_choix(nom: &str, rang: usize, valeur: &str) -> String {
    if rang == 0 {
        nom.to_owned()
    } else {
        format!("{nom}-{valeur}")
    }
}

fn libelle_de_choix(id: &str, choix: &Choix<'_>) -> Markup {
    html! {
        label.fr-label for=(id) {
            (choix.libelle)
            @if let Some(aide) = &choix.aide { span.fr-hint-text { (aide) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn avis() -> Vec<Choix<'static>> {
        vec![
            Choix::nouveau("favorable", "Favorable"),
            Choix::nouveau("defavorable", "Défavorable").aide("Motivez par axe."),
        ]
    }

    #[test]
    fn le_sommaire_des_erreurs_mene_au_premier_choix() {
        let html = Radios::nouveaux("sens", "Avis", avis())
            .render()
            .into_string();
        assert!(html.contains("id=\"sens\" name=\"sens\" value=\"favorable\""));
        assert!(html.contains("id=\"sens-defavorable\""));
    }

    #[test]
    fn rien_n_est_coche_d_avance() {
        let radios = Radios::nouveaux("sens", "Avis", avis())
            .render()
            .into_string();
        let case = Case::nouvelle("pouvoir", "J’ai pouvoir")
            .render()
            .into_string();
        assert!(!radios.contains("checked") && !case.contains("checked"));
    }

    #[test]
    fn la_reponse_donnee_revient_cochee() {
        let html = Radios::nouveaux("sens", "Avis", avis())
            .valeur(Some("defavorable"))
            .render()
            .into_string();
        assert!(html.contains("value=\"defavorable\" checked"));
        assert_eq!(html.matches("checked").count(), 1);
    }

    #[test]
    fn deux_listes_du_meme_nom_ont_chacune_leur_ancre() {
        let html = ListeDeroulante::nouvelle("etape", "Étape", avis())
            .identifiant("filtre-etape")
            .render()
            .into_string();
        assert!(html.contains("for=\"filtre-etape\""));
        assert!(html.contains("id=\"filtre-etape\" name=\"etape\""));
        assert!(html.contains("id=\"filtre-etape-messages\""));
    }

    #[test]
    fn une_liste_sans_reponse_montre_son_invite() {
        let html = ListeDeroulante::nouvelle("region", "Région", avis())
            .invite(Some("Toutes"))
            .render()
            .into_string();
        assert!(html.contains("<option value=\"\" selected>Toutes</option>"));
    }
}

//! How a rule says no: a sentence, the rule it comes from, what to do next.

use super::typographie;

/// One reason why an act is refused, as it is shown to the person.
///
/// `phrase`, `source` and `remede` are French sentences, already passed
/// through [`typographie`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raison {
    /// Stable word for tests, logs and the API (`piece_manquante`).
    pub code: &'static str,
    /// What is refused, with the figure or the date that explains it.
    pub phrase: String,
    /// The rule it comes from (« notice 2024, § 5 »).
    pub source: Option<String>,
    /// What the person can do now.
    pub remede: Option<String>,
    /// Code of the field or rubrique to link to.
    pub ancre: Option<String>,
}

impl Raison {
    /// A reason with its sentence; the rest is added by the methods below.
    pub fn new(code: &'static str, phrase: impl AsRef<str>) -> Self {
        Self {
            code,
            phrase: typographie(phrase.as_ref()),
            source: None,
            remede: None,
            ancre: None,
        }
    }

    /// The whole of it in one go, for a mail or a plain page: « La subvention
    /// ne finance pas un bien amortissable (notice, § 5). Affectez cette
    /// dépense à un autre financement. »
    pub fn entiere(&self) -> String {
        let mut texte = match (&self.source, self.phrase.strip_suffix('.')) {
            (Some(source), Some(debut)) => format!("{debut} ({source})."),
            (Some(source), None) => format!("{} ({source})", self.phrase),
            (None, _) => self.phrase.clone(),
        };
        if let Some(remede) = &self.remede {
            texte.push(' ');
            texte.push_str(remede);
        }
        texte
    }

    /// Says which text the rule comes from.
    #[must_use]
    pub fn source(mut self, source: impl AsRef<str>) -> Self {
        self.source = Some(typographie(source.as_ref()));
        self
    }

    /// Says what can be done now.
    #[must_use]
    pub fn remede(mut self, remede: impl AsRef<str>) -> Self {
        self.remede = Some(typographie(remede.as_ref()));
        self
    }

    /// Says where it can be done: the code of a field or of a rubrique.
    #[must_use]
    pub fn ancre(mut self, ancre: impl Into<String>) -> Self {
        self.ancre = Some(ancre.into());
        self
    }
}

/// What every refusal of an act can tell.
///
/// All the reasons the person can still act upon come at once; a closed door
/// (deadline, act already done) stops the list: no one late is told about a
/// missing annex.
pub trait Refus {
    /// The reasons, in the order in which they should be read.
    fn raisons(&self) -> Vec<Raison>;
}

/// The sentences of these reasons, one after the other.
pub fn phrases(raisons: &[Raison]) -> String {
    let phrases: Vec<&str> = raisons.iter().map(|r| r.phrase.as_str()).collect();
    phrases.join(" ")
}

/// Gives a refusal its `Display` (its sentences) and makes it an error.
macro_rules! parle_par_ses_raisons {
    ($($refus:ty),+ $(,)?) => {$(
        impl std::fmt::Display for $refus {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::commun::phrases(&$crate::commun::Refus::raisons(self)))
            }
        }
        impl std::error::Error for $refus {}
    )+};
}
pub(crate) use parle_par_ses_raisons;

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct RefusEssai;
    impl Refus for RefusEssai {
        fn raisons(&self) -> Vec<Raison> {
            vec![
                Raison::new("budget", "Il manque 2400 € : ajoutez un financement.")
                    .source("notice 2024, § 5")
                    .remede("Ajoutez un produit.")
                    .ancre("budget"),
                Raison::new("piece", "Il manque les statuts."),
            ]
        }
    }

    #[test]
    fn un_refus_dit_toutes_ses_phrases() {
        assert_eq!(
            phrases(&RefusEssai.raisons()),
            "Il manque 2400\u{a0}€\u{202f}: ajoutez un financement. Il manque les statuts."
        );
    }

    #[test]
    fn une_raison_porte_sa_source_son_remede_et_son_lien() {
        let raison = &RefusEssai.raisons()[0];
        assert_eq!(raison.source.as_deref(), Some("notice 2024, § 5"));
        assert!(
            raison
                .entiere()
                .ends_with("ajoutez un financement (notice 2024, § 5). Ajoutez un produit.")
        );
        assert_eq!(raison.remede.as_deref(), Some("Ajoutez un produit."));
        assert_eq!(raison.ancre.as_deref(), Some("budget"));
    }
}

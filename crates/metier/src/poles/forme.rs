//! Legal forms, grouped as the procedure needs them.
//!
//! Source: catégories juridiques of the INSEE, third level (four figures).
//! A company « par actions simplifiée » may be a cooperative without its code
//! saying so (5710): then nothing is guessed, the structure declares and an
//! agent judges (droit-et-normes, A1).

use super::QualiteEss;
use crate::commun::liste_fermee;

liste_fermee! {
    /// The families of legal forms that change something in the procedure.
    pub enum FormeJuridique {
        /// Also those of Alsace-Moselle.
        Association = "association", "Association";
        /// Foundation or endowment fund.
        Fondation = "fondation", "Fondation";
        /// Mutual or mutual insurance.
        Mutuelle = "mutuelle", "Mutuelle";
        /// SCOP, SCIC, CUMA, agricultural or craft cooperative...
        Cooperative = "cooperative", "Coopérative";
        /// SAS, SARL, SA... that no code says cooperative.
        SocieteCommerciale = "societe_commerciale", "Société commerciale";
        /// Local authority or public body.
        Collectivite = "collectivite", "Collectivité ou organisme public";
        /// Any other form.
        Autre = "autre", "Autre forme";
    }
}

impl FormeJuridique {
    /// The family of an INSEE code; nothing when the code has not four figures.
    pub fn par_categorie(code: &str) -> Option<Self> {
        if code.len() != 4 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let numero: u16 = code.parse().ok()?;
        Some(match numero {
            // 9224 is a lawyers' partnership, 9240 a religious congregation.
            9224 | 9240 => Self::Autre,
            9200..=9299 => Self::Association,
            9300..=9399 => Self::Fondation,
            6411 | 8200..=8299 => Self::Mutuelle,
            n if est_cooperative(n) => Self::Cooperative,
            5000..=5999 => Self::SocieteCommerciale,
            4000..=4999 | 7000..=7999 => Self::Collectivite,
            _ => Self::Autre,
        })
    }

    /// The quality this form settles by itself, if it does.
    pub const fn qualite_ess(self) -> Option<QualiteEss> {
        match self {
            Self::Association | Self::Fondation | Self::Mutuelle | Self::Cooperative => {
                Some(QualiteEss::DeDroit)
            }
            Self::Collectivite => Some(QualiteEss::HorsEss),
            Self::SocieteCommerciale | Self::Autre => None,
        }
    }

    /// Whether it signs the contrat d’engagement républicain: associations
    /// and foundations only, not cooperatives nor companies (loi 2000-321,
    /// art. 10-1).
    pub const fn souscrit_l_engagement_republicain(self) -> bool {
        matches!(self, Self::Association | Self::Fondation)
    }
}

/// Cooperative codes among companies (51 to 56), agricultural cooperatives
/// (63) and civil companies (65).
const fn est_cooperative(numero: u16) -> bool {
    matches!(
        numero,
        5192..=5196
            | 5203
            | 5307
            | 5309
            | 5443
            | 5451..=5460
            | 5543
            | 5547
            | 5551..=5560
            | 5643
            | 5647
            | 5651..=5660
            | 6316..=6318
            | 6543
            | 6551..=6560
    )
}

#[cfg(test)]
mod tests {
    use super::FormeJuridique as F;

    #[test]
    fn le_code_mene_a_la_famille() {
        for (code, famille) in [
            ("9220", F::Association),
            ("9260", F::Association),
            ("9300", F::Fondation),
            ("8210", F::Mutuelle),
            ("5458", F::Cooperative),
            ("5560", F::Cooperative),
            ("6316", F::Cooperative),
            ("5499", F::SocieteCommerciale),
            ("7210", F::Collectivite),
            ("9240", F::Autre),
            ("1000", F::Autre),
        ] {
            assert_eq!(F::par_categorie(code), Some(famille), "{code}");
        }
        assert_eq!(F::par_categorie("92"), None);
        assert_eq!(F::par_categorie("92A0"), None);
    }

    #[test]
    fn une_sas_peut_etre_une_scic_alors_on_ne_devine_pas() {
        let sas = F::par_categorie("5710").unwrap();
        assert_eq!(sas, F::SocieteCommerciale);
        assert_eq!(sas.qualite_ess(), None);
    }

    #[test]
    fn seules_associations_et_fondations_signent_l_engagement_republicain() {
        let signataires: Vec<_> = F::TOUS
            .iter()
            .filter(|f| f.souscrit_l_engagement_republicain())
            .collect();
        assert_eq!(signataires, [&F::Association, &F::Fondation]);
    }
}

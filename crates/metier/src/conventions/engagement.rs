//! The contrat d’engagement républicain.
//!
//! Source: loi 2021-1109, art. 12; loi 2000-321, art. 10-1; décret 2021-1947
//! (droit-et-normes, B4). Associations and foundations only: asking a
//! cooperative or a company for it would be asking for more than the law.

use jiff::Timestamp;
use uuid::Uuid;

use crate::poles::FormeJuridique;

/// The dated subscription to the seven commitments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngagementRepublicain {
    /// The person who subscribed for the structure.
    pub par: Uuid,
    /// When.
    pub souscrit_le: Timestamp,
}

/// Whether this form of structure must subscribe before it signs.
pub fn engagement_exige(forme: FormeJuridique) -> bool {
    forme.souscrit_l_engagement_republicain()
}

#[cfg(test)]
mod tests {
    use super::engagement_exige;
    use crate::poles::FormeJuridique as F;

    #[test]
    fn une_scic_n_a_pas_a_souscrire_l_engagement_republicain() {
        assert!(engagement_exige(F::Association));
        assert!(engagement_exige(F::Fondation));
        assert!(!engagement_exige(F::Cooperative));
        assert!(!engagement_exige(F::SocieteCommerciale));
    }
}

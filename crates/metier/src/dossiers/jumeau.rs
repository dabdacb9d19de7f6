//! Filing on both calls at once.
//!
//! Source: notice 2024, FAQ 1: a pole that is not yet a laureate of the
//! accompaniment call files both dossiers together. They are examined by the
//! same process; the second can only be retained if the first is.

use jiff::Timestamp;
use uuid::Uuid;

use crate::campagnes::Fenetre;
use crate::commun::temps;

/// The other dossier of a « double candidature ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jumeau {
    /// The dossier on the accompaniment call.
    pub dossier: Uuid,
    /// When it was filed, if it was.
    pub depose_le: Option<Timestamp>,
    /// When it was taken back, if it was.
    pub retire_le: Option<Timestamp>,
}

impl Jumeau {
    /// Whether it makes the « double candidature » hold, judged at that instant
    /// against the window of the funding call.
    ///
    /// `None` while the window is open and the twin is still a draft: nothing
    /// is lost yet.
    pub fn est_simultane(&self, fenetre: &Fenetre, le: Timestamp) -> Option<bool> {
        let le = temps::a_la_seconde(le);
        if self.retire_le.is_some_and(|retrait| retrait <= le) {
            return Some(false);
        }
        match self.depose_le {
            Some(depose_le) => Some(!fenetre.est_close(depose_le)),
            None if fenetre.est_close(le) => Some(false),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    fn fenetre() -> Fenetre {
        Fenetre {
            ouverture: t("2024-03-24T23:00:00Z"),
            cloture: Some(t("2024-05-29T10:00:00Z")),
            borne_incluse: true,
        }
    }

    fn jumeau(depose_le: Option<&str>) -> Jumeau {
        Jumeau {
            dossier: Uuid::from_u128(2),
            depose_le: depose_le.map(t),
            retire_le: None,
        }
    }

    #[test]
    fn le_jumeau_depose_avant_la_meme_cloture_compte() {
        let depose = jumeau(Some("2024-05-29T10:00:00Z"));
        let plus_tard = t("2024-06-15T08:00:00Z");
        assert_eq!(depose.est_simultane(&fenetre(), plus_tard), Some(true));
        let en_retard = jumeau(Some("2024-05-29T10:00:01Z"));
        assert_eq!(en_retard.est_simultane(&fenetre(), plus_tard), Some(false));
    }

    #[test]
    fn tant_que_l_appel_est_ouvert_on_ne_sait_pas_encore() {
        let brouillon = jumeau(None);
        assert_eq!(
            brouillon.est_simultane(&fenetre(), t("2024-05-29T10:00:00.5Z")),
            None
        );
        assert_eq!(
            brouillon.est_simultane(&fenetre(), t("2024-05-29T10:00:01Z")),
            Some(false)
        );
    }

    #[test]
    fn un_jumeau_retire_ne_compte_plus() {
        let mut retire = jumeau(Some("2024-05-20T08:00:00Z"));
        retire.retire_le = Some(t("2024-06-01T08:00:00Z"));
        assert_eq!(
            retire.est_simultane(&fenetre(), t("2024-06-01T07:59:59Z")),
            Some(true)
        );
        assert_eq!(
            retire.est_simultane(&fenetre(), t("2024-06-01T08:00:00Z")),
            Some(false)
        );
    }
}

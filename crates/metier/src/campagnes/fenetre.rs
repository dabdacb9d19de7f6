//! When a call receives dossiers.

use jiff::Timestamp;

use crate::commun::temps::a_la_seconde;

/// The time during which a call receives dossiers.
///
/// Bounds are instants, never dates: a date would leave a day of doubt
/// (« avant le 31 juillet », notice 2024, § 6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fenetre {
    /// First instant at which a dossier is received.
    pub ouverture: Timestamp,
    /// The closing; `None` for a permanent call to which no end was given.
    pub cloture: Option<Timestamp>,
    /// Whether the second of the closing is still in time: yes for « jusqu’à
    /// 12 h », no for « avant le ».
    pub borne_incluse: bool,
}

impl Fenetre {
    /// Whether a dossier received at that instant is in time.
    ///
    /// The server's arrival stamp is the only judge, to the second: 12:00:00.999
    /// is 12:00:00.
    pub fn est_ouverte(&self, recu_le: Timestamp) -> bool {
        recu_le >= self.ouverture && !self.est_close(recu_le)
    }

    /// Whether the closing has passed at that instant.
    pub fn est_close(&self, recu_le: Timestamp) -> bool {
        let recu_le = a_la_seconde(recu_le);
        self.cloture
            .is_some_and(|cloture| recu_le > cloture || (recu_le == cloture && !self.borne_incluse))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    fn fenetre_2024(borne_incluse: bool) -> Fenetre {
        Fenetre {
            ouverture: a("2024-03-24T23:00:00Z"),
            cloture: Some(a("2024-05-29T10:00:00Z")),
            borne_incluse,
        }
    }

    #[test]
    fn a_midi_pile_la_fenetre_est_encore_ouverte() {
        let fenetre = fenetre_2024(true);
        assert!(fenetre.est_ouverte(a("2024-05-29T10:00:00Z")));
        assert!(fenetre.est_ouverte(a("2024-05-29T10:00:00.999Z")));
    }

    #[test]
    fn une_seconde_apres_midi_elle_est_close() {
        assert!(fenetre_2024(true).est_close(a("2024-05-29T10:00:01Z")));
    }

    #[test]
    fn avant_midi_exclut_la_seconde_de_midi() {
        let fenetre = fenetre_2024(false);
        assert!(fenetre.est_ouverte(a("2024-05-29T09:59:59.999Z")));
        assert!(fenetre.est_close(a("2024-05-29T10:00:00Z")));
    }

    #[test]
    fn avant_l_ouverture_elle_n_est_ni_ouverte_ni_close() {
        let fenetre = fenetre_2024(true);
        assert!(!fenetre.est_ouverte(a("2024-03-24T22:59:59Z")));
        assert!(!fenetre.est_close(a("2024-03-24T22:59:59Z")));
    }

    #[test]
    fn un_appel_permanent_sans_fin_ne_clot_pas() {
        let fenetre = Fenetre {
            cloture: None,
            ..fenetre_2024(true)
        };
        assert!(fenetre.est_ouverte(a("2099-01-01T00:00:00Z")));
    }
}

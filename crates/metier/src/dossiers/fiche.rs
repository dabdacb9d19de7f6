//! The carrying structure as the record of the pole says it, beside what the
//! dossier answers of it: the same legal person, in the same region.
//!
//! The record says which cell is competent and whose past is looked at (notice
//! 2024, § 3.a and 6.2): a dossier that says otherwise would be read by another
//! cell than its own, or judged on somebody else's aid.

use super::completude::Manque;
use crate::commun::{Raison, Region, Siret};

/// What both reasons below are known by: one of the two texts is to be mended.
pub const AUTRE_QUE_LA_FICHE: &str = "autre_que_la_fiche";

/// What the record of the pole says of its carrying structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PorteuseDeLaFiche {
    /// Number of its seat, if it is known.
    pub siret: Option<Siret>,
    /// Region of its seat.
    pub region: Region,
}

impl PorteuseDeLaFiche {
    /// Says that the answer names another structure, if it does.
    pub fn contredit_le_siret(&self, repondu: &Siret) -> Option<Manque> {
        let siret = self.siret.as_ref().filter(|siret| *siret != repondu)?;
        let raison = Raison::new(
            AUTRE_QUE_LA_FICHE,
            format!(
                "La fiche du pôle donne à la structure porteuse le SIRET {}, et votre réponse est {}.",
                siret.lisible(),
                repondu.lisible()
            ),
        );
        Some(Manque {
            intitule: "Numéro SIRET autre que celui de la fiche du pôle".to_owned(),
            raison: raison.remede(REMEDE),
        })
    }

    /// Says that the answer puts its seat in another region, if it does.
    pub fn contredit_le_siege(&self, repondu: Region) -> Option<Manque> {
        if repondu == self.region {
            return None;
        }
        let raison = Raison::new(
            AUTRE_QUE_LA_FICHE,
            format!(
                "La fiche du pôle place la structure porteuse en région {}, et votre réponse en région {} : \
                 sa région désigne la cellule qui lit le dossier.",
                self.region.nom(),
                repondu.nom()
            ),
        );
        Some(Manque {
            intitule: "Siège dans une autre région que celle de la fiche du pôle".to_owned(),
            raison: raison.source("notice 2024, § 6.2").remede(REMEDE),
        })
    }
}

const REMEDE: &str = "Corrigez la réponse, ou proposez la correction de la fiche.";

#[cfg(test)]
mod tests {
    use super::*;

    fn fiche(siret: Option<&str>) -> PorteuseDeLaFiche {
        PorteuseDeLaFiche {
            siret: siret.map(|siret| siret.parse().unwrap()),
            region: Region::Bretagne,
        }
    }

    #[test]
    fn un_autre_siret_se_dit_et_le_meme_ne_dit_rien() {
        let (rives, atelier) = ("90000001900019", "90000002700012");
        let fiche_des_rives = fiche(Some(rives));
        assert_eq!(
            fiche_des_rives.contredit_le_siret(&rives.parse().unwrap()),
            None
        );
        let manque = fiche_des_rives
            .contredit_le_siret(&atelier.parse().unwrap())
            .unwrap();
        assert_eq!(manque.raison.code, AUTRE_QUE_LA_FICHE);
        assert!(
            manque
                .raison
                .phrase
                .contains("900\u{202f}000\u{202f}019\u{202f}00019")
        );
    }

    #[test]
    fn une_fiche_qui_ne_dit_pas_le_siret_ne_contredit_rien() {
        let repondu = "90000001900019".parse().unwrap();
        assert_eq!(fiche(None).contredit_le_siret(&repondu), None);
    }

    #[test]
    fn un_siege_d_une_autre_region_se_dit() {
        assert_eq!(fiche(None).contredit_le_siege(Region::Bretagne), None);
        let manque = fiche(None).contredit_le_siege(Region::LaReunion).unwrap();
        assert!(manque.raison.phrase.contains("en région Bretagne"));
        assert!(
            manque
                .raison
                .remede
                .unwrap()
                .contains("correction de la fiche")
        );
    }
}

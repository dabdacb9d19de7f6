//! The receipt: facts recorded with the filing, from which page, PDF and
//! fingerprint are made.
//!
//! Source: CRPA, L112-3, L112-11, R112-5 and L231-4 3° (droit-et-normes, D1
//! and D2). The fingerprint itself is computed outside: here are only the
//! bytes it covers, the same for ever for the same facts.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::recours::VoiesDeRecours;
use crate::commun::{Raison, Refus, Region, Siret, parle_par_ses_raisons, temps, typographie};

/// The number people quote: « 2024-0137 ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Numero {
    /// Label of the call's year (P-22: distinct from its dates).
    pub millesime: u16,
    /// Rank of filing in that year, from 1.
    pub rang: u32,
}

impl fmt::Display for Numero {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:04}", self.millesime, self.rang)
    }
}

/// What was typed is no number of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumeroIllisible;

impl Refus for NumeroIllisible {
    fn raisons(&self) -> Vec<Raison> {
        vec![Raison::new(
            "numero_inattendu",
            "Un numéro de dossier s’écrit comme 2024-0137.",
        )]
    }
}

parle_par_ses_raisons!(NumeroIllisible);

impl FromStr for Numero {
    type Err = NumeroIllisible;

    fn from_str(saisie: &str) -> Result<Self, NumeroIllisible> {
        let (millesime, rang) = saisie.trim().split_once('-').ok_or(NumeroIllisible)?;
        let en_chiffres = |s: &str| s.len() >= 4 && s.bytes().all(|b| b.is_ascii_digit());
        if millesime.len() != 4 || !en_chiffres(millesime) || !en_chiffres(rang) {
            return Err(NumeroIllisible);
        }
        Ok(Self {
            millesime: millesime.parse().map_err(|_| NumeroIllisible)?,
            rang: rang.parse().map_err(|_| NumeroIllisible)?,
        })
    }
}

/// The facts of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accuse {
    /// Number given at filing.
    pub numero: Numero,
    /// The dossier.
    pub dossier: Uuid,
    /// Code of the call, and the version the dossier is bound to.
    pub appel: String,
    /// Version of the call.
    pub version: u32,
    /// Name of the pole.
    pub pole: String,
    /// Name of the structure that files.
    pub structure: String,
    /// Its number, when known.
    pub siret: Option<Siret>,
    /// Its region: competent cell, and time of appeal.
    pub region: Option<Region>,
    /// The service that received it, as the call names it.
    pub service: String,
    /// When the request arrived, to the second.
    pub depose_le: Timestamp,
    /// Fingerprints of what was filed (answers, budgets, pieces), each under
    /// its label.
    pub empreintes: Vec<(String, String)>,
}

/// A legal mention to be printed on the receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its title.
    pub titre: &'static str,
    /// Its text.
    pub texte: String,
    /// Where it comes from.
    pub source: &'static str,
}

impl Accuse {
    /// « Dossier n° 2024-0137 déposé le mercredi 29 mai 2024 à 11 h 58 min
    /// 41 s (heure de Paris). »
    pub fn phrase(&self) -> String {
        typographie(&format!(
            "Dossier n° {} déposé le {} (heure de Paris).",
            self.numero,
            temps::instant_a_la_seconde(self.depose_le)
        ))
    }

    /// The day at the end of which silence becomes a refusal.
    pub fn rejet_implicite_le(&self) -> Date {
        temps::deux_mois_apres(self.depose_le)
    }

    /// What the law wants said on the receipt, in order.
    pub fn mentions(&self) -> Vec<Mention> {
        let rejet = self.rejet_implicite_le();
        let recours = VoiesDeRecours::depuis(rejet, self.region);
        vec![
            Mention {
                titre: "Réception",
                texte: typographie(&format!(
                    "Ce dossier a été reçu le {} (heure de Paris) par : {}.",
                    temps::instant_a_la_seconde(self.depose_le),
                    self.service
                )),
                source: "CRPA, L112-3, L112-11 et R112-5",
            },
            Mention {
                titre: "Silence du service",
                texte: typographie(&format!(
                    "Sans décision notifiée d’ici là, le silence gardé jusqu’au {} inclus vaut rejet. Une décision favorable reste possible après cette date.",
                    temps::jour_long_de(rejet)
                )),
                source: "CRPA, L231-4, 3°",
            },
            Mention {
                titre: "Voies et délais de recours",
                texte: recours.texte(),
                source: VoiesDeRecours::SOURCE,
            },
        ]
    }

    /// The facts covered by the fingerprint, in their order for ever. A new
    /// fact means a new first line.
    pub fn faits(&self) -> Vec<(String, String)> {
        let mut faits: Vec<(String, String)> = [
            ("numero", self.numero.to_string()),
            ("dossier", self.dossier.to_string()),
            ("appel", self.appel.clone()),
            ("version", self.version.to_string()),
            ("pole", self.pole.clone()),
            ("structure", self.structure.clone()),
            (
                "siret",
                self.siret
                    .as_ref()
                    .map(Siret::to_string)
                    .unwrap_or_default(),
            ),
            (
                "region",
                self.region.map(Region::code).unwrap_or_default().to_owned(),
            ),
            ("service", self.service.clone()),
            ("depose_le", self.depose_le.to_string()),
        ]
        .into_iter()
        .map(|(libelle, valeur)| (libelle.to_owned(), valeur))
        .collect();
        let mut empreintes = self.empreintes.clone();
        empreintes.sort();
        faits.extend(
            empreintes
                .into_iter()
                .map(|(libelle, valeur)| (format!("empreinte.{libelle}"), valeur)),
        );
        faits
    }

    /// The bytes to be hashed: a text file of one fact a line, that anyone can
    /// rebuild by hand and give to `sha256sum`.
    ///
    /// A backslash, an equals sign or a line break inside a fact is escaped,
    /// so that two different receipts never give the same bytes.
    pub fn octets_canoniques(&self) -> Vec<u8> {
        let mut texte = String::from("coopole accuse 1\n");
        for (libelle, valeur) in self.faits() {
            echapper(&libelle, &mut texte);
            texte.push('=');
            echapper(&valeur, &mut texte);
            texte.push('\n');
        }
        texte.into_bytes()
    }
}

fn echapper(brut: &str, texte: &mut String) {
    for signe in brut.chars() {
        match signe {
            '\\' => texte.push_str("\\\\"),
            '\n' => texte.push_str("\\n"),
            '\r' => texte.push_str("\\r"),
            '=' => texte.push_str("\\="),
            autre => texte.push(autre),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn accuse() -> Accuse {
        Accuse {
            numero: Numero {
                millesime: 2024,
                rang: 137,
            },
            dossier: Uuid::from_u128(1),
            appel: "ami-financement-2024".into(),
            version: 3,
            pole: "Pôle des Rives".into(),
            structure: "Les Rives solidaires".into(),
            siret: None,
            region: Some(Region::Bretagne),
            service: "Direction générale du Trésor".into(),
            depose_le: "2024-05-29T09:58:41Z".parse().unwrap(),
            empreintes: vec![
                ("synthese".into(), "bb".into()),
                ("budget".into(), "aa".into()),
            ],
        }
    }

    #[test]
    fn l_accuse_se_dit_en_une_phrase() {
        assert_eq!(
            accuse().phrase(),
            "Dossier n°\u{a0}2024-0137 déposé le mercredi 29 mai 2024 à 11\u{a0}h\u{a0}58\u{a0}min\u{a0}41\u{a0}s (heure de Paris)."
        );
    }

    #[test]
    fn l_accuse_dit_la_date_du_rejet_implicite_et_le_recours() {
        let mentions = accuse().mentions();
        assert_eq!(accuse().rejet_implicite_le(), date(2024, 7, 29));
        assert!(mentions[0].texte.contains("Direction générale du Trésor"));
        assert!(mentions[1].texte.contains("lundi 29 juillet 2024"));
        assert!(mentions[2].texte.contains("dimanche 29 septembre 2024"));
    }

    #[test]
    fn a_la_reunion_le_recours_dure_un_mois_de_plus() {
        let reunion = Accuse {
            region: Some(Region::LaReunion),
            ..accuse()
        };
        assert!(reunion.mentions()[2].texte.contains("29 octobre 2024"));
    }

    #[test]
    fn les_memes_faits_donnent_les_memes_octets_quel_que_soit_l_ordre() {
        let mut autre = accuse();
        autre.empreintes.reverse();
        assert_eq!(accuse().octets_canoniques(), autre.octets_canoniques());
        let texte = String::from_utf8(accuse().octets_canoniques()).unwrap();
        assert!(texte.starts_with("coopole accuse 1\nnumero=2024-0137\n"));
        assert!(texte.ends_with("empreinte.budget=aa\nempreinte.synthese=bb\n"));
        assert!(texte.contains("\ndepose_le=2024-05-29T09:58:41Z\n"));
    }

    #[test]
    fn un_retour_a_la_ligne_ne_fabrique_pas_un_fait() {
        let forge = Accuse {
            pole: "Pôle\nstructure=Autre".into(),
            ..accuse()
        };
        let texte = String::from_utf8(forge.octets_canoniques()).unwrap();
        assert!(texte.contains("pole=Pôle\\nstructure\\=Autre\n"));
        assert_eq!(texte.lines().count(), 13);
    }

    #[test]
    fn un_numero_se_relit() {
        assert_eq!("2024-0137".parse(), Ok(accuse().numero));
        assert_eq!(
            "2024-12345".parse::<Numero>().unwrap().to_string(),
            "2024-12345"
        );
        for saisie in ["2024-137", "24-0137", "20240137", "2024-01a7", "2024--137"] {
            assert_eq!(saisie.parse::<Numero>(), Err(NumeroIllisible), "{saisie}");
        }
    }
}

//! Correcting a record, field by field: somebody proposes a value and says
//! where it comes from, those who answer for the territory keep or refuse it,
//! and what was changed can be put back.
//!
//! Not known is a value like another: a blank says it. Nothing here reads the
//! list of communes; the commune comes as its code, checked before.

use std::borrow::Cow;

use super::{Emplacement, Maturite, Membre, Porteuse, membres, themes};
use crate::{
    commun::{
        Raison, Refus, Region, SANS_ADRESSE, SANS_NOM, parle_par_ses_raisons, porte_une_adresse,
    },
    liste_fermee,
};

liste_fermee! {
    /// What people may correct in a record.
    pub enum Information {
        /// The name it goes by.
        Nom = "nom", "Nom du pôle";
        /// What it does, in a few lines.
        Presentation = "presentation", "Présentation";
        /// Who files and signs for it, as [`Porteuse`] writes it.
        Porteuse = "porteuse", "Structure porteuse";
        /// Where it stands, as [`Emplacement`] writes it: a commune, else a
        /// department, else a region.
        Commune = "commune", "Lieu";
        /// The territory it works on, in its own words.
        Territoire = "territoire", "Territoire";
        /// Its members, as [`membres`] reads them.
        Membres = "membres", "Membres";
        /// What it works on.
        Themes = "themes", "Thèmes";
        /// How far it has come.
        Maturite = "maturite", "Maturité";
        /// Whether its territory is rural.
        Rural = "rural", "Territoire rural";
        /// Whether it works in a priority district.
        Qpv = "qpv", "Quartier prioritaire (QPV)";
        /// The jobs of its members, in full time equivalents.
        Emplois = "emplois", "Emplois des membres";
        /// Partners in Europe, Erasmus+ mobilities.
        Europe = "europe", "Europe : partenaires, mobilités Erasmus+";
        /// Its own site.
        Site = "site", "Site internet";
    }
}

/// How long a name may be, in signs.
pub const NOM_AU_PLUS: usize = 160;
/// How long the presentation may be, in signs.
pub const PRESENTATION_AU_PLUS: usize = 1_200;
/// How long the territory, or the links with Europe, may be, in signs.
pub const ALINEA_AU_PLUS: usize = 600;
/// How long a source or a reason may be, in signs.
pub const PHRASE_AU_PLUS: usize = 400;

/// No pole has more.
const EMPLOIS_AU_PLUS: u32 = 100_000;

/// The words of a yes and of a no, where a record keeps one.
pub const OUI: &str = "oui";
/// See [`OUI`].
pub const NON: &str = "non";

impl Information {
    /// The value as the record keeps it; a blank is « not known ». Refuses, in
    /// a sentence, what this field cannot hold.
    pub fn lire(self, saisi: &str) -> Result<Option<String>, Cow<'static, str>> {
        let saisi = saisi.trim();
        if porte_une_adresse(saisi) {
            return Err(SANS_ADRESSE.into());
        }
        if saisi.is_empty() {
            return match self {
                Self::Nom => Err("Un pôle a toujours un nom : indiquez-le.".into()),
                _ => Ok(None),
            };
        }
        let signes = saisi.chars().count();
        match self {
            Self::Nom if signes > NOM_AU_PLUS => Err("Le nom tient en 160 signes au plus.".into()),
            Self::Presentation if signes > PRESENTATION_AU_PLUS => {
                Err("La présentation tient en 1 200 signes au plus.".into())
            }
            Self::Territoire | Self::Europe if signes > ALINEA_AU_PLUS => {
                Err("Cela tient en 600 signes au plus.".into())
            }
            Self::Nom | Self::Presentation | Self::Territoire | Self::Europe => {
                Ok(Some(saisi.to_owned()))
            }
            Self::Commune => lire_le_lieu(saisi),
            Self::Porteuse => {
                let vide = saisi.split('|').all(|champ| champ.trim().is_empty());
                match vide {
                    true => Ok(None),
                    false => Ok(Some(saisi.parse::<Porteuse>()?.ecrire())),
                }
            }
            Self::Membres => {
                let lignes: Vec<String> = membres(saisi)?.iter().map(Membre::ecrire).collect();
                Ok((!lignes.is_empty()).then(|| lignes.join("\n")))
            }
            Self::Emplois => match saisi
                .replace(['\u{a0}', '\u{202f}', ' '], "")
                .parse::<u32>()
            {
                Ok(combien) if combien <= EMPLOIS_AU_PLUS => Ok(Some(combien.to_string())),
                _ => Err("Donnez un nombre entier d’emplois, en équivalents temps plein.".into()),
            },
            Self::Themes => {
                let codes: Vec<&str> = themes(saisi).map(super::Theme::code).collect();
                let attendus = saisi.split(';').filter(|mot| !mot.trim().is_empty());
                match codes.len() == attendus.count() {
                    true => Ok(Some(codes.join(";"))),
                    false => Err("Choisissez les thèmes dans la liste.".into()),
                }
            }
            Self::Maturite => Maturite::par_code(saisi)
                .map(|maturite| Some(maturite.code().to_owned()))
                .ok_or("Choisissez la maturité dans la liste.".into()),
            Self::Rural | Self::Qpv => match saisi {
                OUI | NON => Ok(Some(saisi.to_owned())),
                _ => Err("Répondez oui, non, ou laissez « non connu ».".into()),
            },
            Self::Site => {
                let hote = saisi
                    .strip_prefix("https://")
                    .or_else(|| saisi.strip_prefix("http://"))
                    .and_then(|reste| reste.split(['/', '?', '#']).next());
                let lisible = hote.is_some_and(|hote| {
                    hote.contains('.') && !hote.contains('@') && !hote.starts_with('.')
                }) && signes <= 300
                    && !saisi.contains(|signe: char| signe.is_whitespace() || signe.is_control());
                match lisible {
                    true => Ok(Some(saisi.to_owned())),
                    false => Err(
                        "Indiquez une adresse entière, par exemple https://pole.example.".into(),
                    ),
                }
            }
        }
    }
}

/// A commune by its code, or what is known of the place without one.
fn lire_le_lieu(saisi: &str) -> Result<Option<String>, Cow<'static, str>> {
    if !saisi.contains('|') {
        return Ok(Some(saisi.to_owned()));
    }
    let dit = Emplacement::lire(saisi);
    let region = dit.lieu.departement.as_deref().map(Region::par_departement);
    match region {
        Some(None) => Err("Choisissez le département dans la liste.".into()),
        Some(Some(la_sienne)) if dit.lieu.region.is_some_and(|dite| dite != la_sienne) => {
            Err("Ce département n’est pas dans cette région.".into())
        }
        _ => Ok(dit.ecrire()),
    }
}

/// A value proposed for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The field.
    pub information: Information,
    /// What it should say; nothing when it should be « not known ».
    pub valeur: Option<String>,
    /// Where that comes from.
    pub source: String,
}

/// What becomes of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sort {
    /// The record now says so.
    Retenue,
    /// It does not, for this reason, which the person reads.
    Refusee {
        /// The reason.
        motif: String,
    },
}

/// Why a record is not corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusCorrection {
    /// The text of that field names somebody, and everybody would read it.
    NommeQuelquUn(&'static str),
    /// The value or its source is missing or unreadable, both said at once.
    Illisible {
        /// What is wrong with the value.
        valeur: Option<Cow<'static, str>>,
        /// No source, or one too long.
        source: bool,
    },
    /// The record says so already.
    DejaDit,
    /// A real pole, in an invented world: nothing invented is said of it.
    PoleReel,
    /// Somebody decided on it before.
    DejaTranchee,
    /// A refusal without its reason, or with one too long.
    MotifAttendu,
    /// The field was changed since: the later change is put back first.
    ChangeeDepuis,
}

impl Correction {
    /// Decides whether this may be proposed, where the record says `actuelle`.
    pub fn proposer(
        information: Information,
        (saisi, source): (Result<&str, Cow<'static, str>>, &str),
        actuelle: Option<&str>,
    ) -> Result<Self, RefusCorrection> {
        let source = source.trim();
        let source_illisible = phrase_illisible(source);
        let valeur = match saisi.and_then(|saisi| information.lire(saisi)) {
            Ok(valeur) if !source_illisible => valeur,
            lue => {
                return Err(RefusCorrection::Illisible {
                    valeur: lue.err(),
                    source: source_illisible,
                });
            }
        };
        match valeur.as_deref() == actuelle {
            true => Err(RefusCorrection::DejaDit),
            false => Ok(Self {
                information,
                valeur,
                source: source.to_owned(),
            }),
        }
    }
}

/// Decides on a proposal: kept, or refused with a reason.
pub fn trancher(tranchee: bool, retenir: bool, motif: &str) -> Result<Sort, RefusCorrection> {
    let motif = motif.trim();
    match (tranchee, retenir) {
        (true, _) => Err(RefusCorrection::DejaTranchee),
        (false, true) => Ok(Sort::Retenue),
        (false, false) if phrase_illisible(motif) => Err(RefusCorrection::MotifAttendu),
        (false, false) => Ok(Sort::Refusee {
            motif: motif.to_owned(),
        }),
    }
}

/// Decides whether a change is put back: only where the record still says what
/// that change made it say.
pub fn annuler(
    apres: Option<&str>,
    actuelle: Option<&str>,
    motif: &str,
) -> Result<String, RefusCorrection> {
    let motif = motif.trim();
    match (apres == actuelle, phrase_illisible(motif)) {
        (false, _) => Err(RefusCorrection::ChangeeDepuis),
        (true, true) => Err(RefusCorrection::MotifAttendu),
        (true, false) => Ok(motif.to_owned()),
    }
}

/// Whether a public sentence cannot be kept: empty, too long, or one that gives
/// the address of somebody.
pub(super) fn phrase_illisible(phrase: &str) -> bool {
    phrase.is_empty() || phrase.chars().count() > PHRASE_AU_PLUS || porte_une_adresse(phrase)
}

impl Refus for RefusCorrection {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::NommeQuelquUn(ancre) => vec![Raison::new("nomme", SANS_NOM).ancre(*ancre)],
            Self::Illisible { valeur, source } => {
                let valeur = valeur
                    .as_ref()
                    .map(|phrase| Raison::new("valeur", phrase.clone()).ancre("valeur"));
                let source = source.then(|| {
                    Raison::new(
                        "source",
                        "Dites d’où vient l’information, en 400 signes au plus et sans adresse de courriel.",
                    )
                    .ancre("source")
                });
                valeur.into_iter().chain(source).collect()
            }
            Self::DejaDit => vec![
                Raison::new("deja_dit", "La fiche dit déjà cela.")
                    .remede("Changez la valeur, ou revenez à la fiche.")
                    .ancre("valeur"),
            ],
            Self::PoleReel => vec![
                Raison::new(
                    "pole_reel",
                    "Ce pôle existe : dans cette démonstration, sa fiche ne se corrige pas.",
                )
                .remede("Essayez sur un pôle marqué « Inventé »."),
            ],
            Self::DejaTranchee => vec![Raison::new(
                "deja_tranchee",
                "Quelqu’un a déjà répondu à cette proposition.",
            )],
            Self::MotifAttendu => vec![
                Raison::new(
                    "motif",
                    "Donnez le motif, en 400 signes au plus et sans adresse de courriel : il sera lu.",
                )
                .ancre("motif"),
            ],
            Self::ChangeeDepuis => vec![
                Raison::new(
                    "changee_depuis",
                    "La fiche a changé depuis cette modification.",
                )
                .remede("Annulez d’abord la plus récente."),
            ],
        }
    }
}

parle_par_ses_raisons!(RefusCorrection);

#[cfg(test)]
mod tests {
    use super::*;

    fn proposer(
        information: Information,
        saisi: &str,
        source: &str,
    ) -> Result<Correction, RefusCorrection> {
        Correction::proposer(information, (Ok(saisi), source), None)
    }

    #[test]
    fn une_valeur_se_lit_comme_la_fiche_la_garde() {
        let lus = [
            (Information::Nom, " Pôle des Rives ", Some("Pôle des Rives")),
            (Information::Themes, "laine; bois;", Some("laine;bois")),
            (Information::Maturite, "emergent", Some("emergent")),
            (Information::Rural, "oui", Some("oui")),
            (
                Information::Site,
                "https://rives.example/a",
                Some("https://rives.example/a"),
            ),
            (Information::Commune, "", None),
            (Information::Commune, "29151", Some("29151")),
            (Information::Commune, "||85|52", Some("||85|52")),
            (Information::Commune, "|||", None),
            (Information::Qpv, " ", None),
            (Information::Emplois, "1 240", Some("1240")),
            (Information::Porteuse, "||||", None),
            (
                Information::Membres,
                "ess||||Les Rives",
                Some("ess||||Les Rives"),
            ),
        ];
        for (information, saisi, garde) in lus {
            assert_eq!(
                information.lire(saisi),
                Ok(garde.map(str::to_owned)),
                "{saisi}"
            );
        }
    }

    #[test]
    fn ce_qu_une_rubrique_ne_peut_pas_tenir_est_refuse_en_une_phrase() {
        let refuses = [
            (Information::Nom, ""),
            (Information::Themes, "laine;soie"),
            (Information::Maturite, "vieux"),
            (Information::Rural, "peut-être"),
            (Information::Site, "rives.example"),
            (Information::Commune, "||99|"),
            (Information::Commune, "||29|52"),
            (Information::Emplois, "beaucoup"),
            (Information::Membres, "ess|hier|||Les Rives"),
            (Information::Porteuse, "|12|||Les Rives"),
            (Information::Site, "javascript:alert(1)"),
            (Information::Site, "https://moi@rives.example"),
        ];
        for (information, saisi) in refuses {
            assert!(information.lire(saisi).is_err(), "{saisi}");
        }
        assert!(Information::Nom.lire(&"é".repeat(161)).is_err());
    }

    #[test]
    fn une_proposition_dit_d_un_coup_ce_qui_lui_manque() {
        let refus = proposer(Information::Site, "rives", " ").unwrap_err();
        let ancres: Vec<_> = refus
            .raisons()
            .into_iter()
            .filter_map(|r| r.ancre)
            .collect();
        assert_eq!(ancres, ["valeur", "source"]);
    }

    #[test]
    fn aucune_adresse_de_courriel_ne_se_publie() {
        let adresse = "Écrire à lea@rives.example pour en savoir plus";
        for information in [
            Information::Presentation,
            Information::Territoire,
            Information::Nom,
        ] {
            assert!(information.lire(adresse).is_err());
        }
        assert!(proposer(Information::Rural, "oui", adresse).is_err());
        assert_eq!(
            annuler(None, None, adresse),
            Err(RefusCorrection::MotifAttendu)
        );
    }

    #[test]
    fn on_ne_propose_pas_ce_que_la_fiche_dit_deja() {
        let deja = Correction::proposer(Information::Rural, (Ok("oui"), "le pôle"), Some("oui"));
        assert_eq!(deja, Err(RefusCorrection::DejaDit));
        assert_eq!(
            proposer(Information::Rural, "", "le pôle"),
            Err(RefusCorrection::DejaDit),
            "non connu l’était déjà"
        );
    }

    #[test]
    fn un_refus_se_motive_et_ne_se_donne_qu_une_fois() {
        assert_eq!(trancher(false, true, ""), Ok(Sort::Retenue));
        assert_eq!(
            trancher(false, false, " "),
            Err(RefusCorrection::MotifAttendu)
        );
        assert_eq!(trancher(true, true, ""), Err(RefusCorrection::DejaTranchee));
    }

    #[test]
    fn on_n_annule_que_ce_que_la_fiche_dit_encore() {
        assert_eq!(
            annuler(Some("oui"), Some("oui"), "erreur"),
            Ok("erreur".into())
        );
        assert_eq!(
            annuler(Some("oui"), None, "erreur"),
            Err(RefusCorrection::ChangeeDepuis)
        );
    }
}

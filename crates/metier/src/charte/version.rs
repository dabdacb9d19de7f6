//! The versions of the Charter, and the text of each once it is poured in.

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::commun::{Raison, Refus, parle_par_ses_raisons, temps};

/// A version of the Charter, in the order of their presentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its code: the day it was presented (« 2021-06-30 »), or a word.
    pub code: String,
    /// « Charte du 30 juin 2021 »
    pub titre: String,
    /// When it was presented, in words, as far as the sources say it.
    pub presentation: String,
    /// The day it was presented, when the sources say it.
    pub jour: Option<Date>,
    /// The version it stands for in the invented world of a demonstration.
    pub vaut: Option<String>,
    /// Its text, once its keeper poured it in.
    pub texte: Option<TextePublie>,
}

/// The text of a version, as it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextePublie {
    /// SHA-256 of its bytes, in hexadecimal: what a signature is about.
    pub empreinte: String,
    /// Since when it is here.
    pub publie_le: Timestamp,
}

/// All the versions, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Charte {
    /// The versions, in the order of their presentation.
    pub versions: Vec<Version>,
}

/// The act of pouring in the text of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Which version.
    pub version: String,
    /// SHA-256 of the text, in hexadecimal.
    pub empreinte: String,
    /// Who did it.
    pub par: Uuid,
    /// When.
    pub publie_le: Timestamp,
}

/// How much a text may weigh, in bytes: some forty pages.
pub const TEXTE_AU_PLUS: usize = 64_000;

/// A text as it was received.
#[derive(Debug, Clone, Copy)]
pub struct TexteRecu<'a> {
    /// The text.
    pub texte: &'a str,
    /// SHA-256 of its bytes, in hexadecimal.
    pub empreinte: &'a str,
    /// The fingerprint of the text that was read again before this one came.
    pub relue: &'a str,
}

impl TexteRecu<'_> {
    /// Whether it may become the text of a version: there is one, it is not too
    /// long, and somebody read it as it will be signed.
    fn examiner(&self) -> Result<(), RefusPublication> {
        if self.texte.trim().is_empty() {
            return Err(RefusPublication::TexteVide);
        }
        match self.texte.len() {
            octets if octets > TEXTE_AU_PLUS => Err(RefusPublication::TropLong { octets }),
            _ if self.relue != self.empreinte => Err(RefusPublication::NonRelu),
            _ => Ok(()),
        }
    }
}

/// Why a text is not poured in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusPublication {
    /// Nothing was given.
    TexteVide,
    /// It is longer than [`TEXTE_AU_PLUS`].
    TropLong {
        /// How much it weighs.
        octets: usize,
    },
    /// It is not the text that was read again.
    NonRelu,
    /// It is the text already there.
    MemeTexte {
        /// Since when.
        depuis: Timestamp,
    },
    /// Somebody signed the text that is there: it does not change any more.
    DejaSignee {
        /// How many signatures it bears, withdrawn or not.
        signatures: u64,
    },
}

impl Charte {
    /// The version of that code.
    pub fn version(&self, code: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.code == code)
    }

    /// The last version presented: the one that is asked for now. A text of
    /// demonstration is none.
    pub fn reference(&self) -> Option<&Version> {
        let mut presentees = self
            .versions
            .iter()
            .filter(|version| version.vaut.is_none());
        presentees.next_back()
    }

    /// The version one read before that one, if its text is here: what a new
    /// text is compared with. Without a code, before the one to come.
    pub fn precedente(&self, code: Option<&str>) -> Option<&Version> {
        let avant = self.versions.iter().filter(|v| v.vaut.is_none());
        let avant = avant.take_while(|v| Some(v.code.as_str()) != code);
        avant.filter(|version| version.texte.is_some()).last()
    }

    /// The version one may sign today: the last one presented, once its text
    /// is here; else the text that stands for it in a demonstration.
    pub fn a_signer(&self) -> Option<&Version> {
        self.avec_son_texte(self.reference()?)
    }

    /// All those one may sign today: the one of [`Self::a_signer`] first, then
    /// those that calls name whose filing is not closed, by their days.
    ///
    /// A call names one version and its rule demands that one (notice 2024,
    /// § 3.a; dispositif, E2): no source says that a later text counts for it,
    /// and a pole cannot be asked for what nobody lets it sign. So the version
    /// that is demanded stays signable, rather than another counting in its
    /// place: each signature remains the acceptance of one text.
    pub fn signables(&self, exigees: &[Date]) -> Vec<&Version> {
        let presentees = self.versions.iter().filter(|v| v.vaut.is_none());
        let exigees = presentees.filter(|v| v.jour.is_some_and(|jour| exigees.contains(&jour)));
        let toutes = self.reference().into_iter().chain(exigees);
        let mut signables: Vec<&Version> = Vec::new();
        for version in toutes.filter_map(|version| self.avec_son_texte(version)) {
            if !signables.contains(&version) {
                signables.push(version);
            }
        }
        signables
    }

    /// The version once its text is here; else the text that stands for it in a
    /// demonstration.
    fn avec_son_texte<'c>(&'c self, version: &'c Version) -> Option<&'c Version> {
        let tient_lieu = |autre: &&Version| autre.vaut.as_ref() == Some(&version.code);
        [Some(version), self.versions.iter().find(tient_lieu)]
            .into_iter()
            .flatten()
            .find(|version| version.texte.is_some())
    }
}

impl Version {
    /// Whether it is the one of that code or of that day; or stands for it in a
    /// demonstration.
    pub fn repond_a(&self, voulue: &str) -> bool {
        self.code == voulue
            || self.vaut.as_deref() == Some(voulue)
            || self.jour.is_some_and(|jour| jour.to_string() == voulue)
    }

    /// Decides whether that text becomes the text of this version.
    ///
    /// `signatures` counts those made here on the text that is there now.
    pub fn publier(
        &self,
        recu: TexteRecu<'_>,
        signatures: u64,
        par: Uuid,
        le: Timestamp,
    ) -> Result<Publication, RefusPublication> {
        if let (true, Some(_)) = (signatures > 0, &self.texte) {
            return Err(RefusPublication::DejaSignee { signatures });
        }
        let deja = self.texte.as_ref();
        if let Some(deja) = deja.filter(|t| t.empreinte == recu.empreinte) {
            return Err(RefusPublication::MemeTexte {
                depuis: deja.publie_le,
            });
        }
        recu.examiner()?;
        Ok(Publication {
            version: self.code.clone(),
            empreinte: recu.empreinte.to_owned(),
            par,
            publie_le: le,
        })
    }
}

impl Refus for RefusPublication {
    fn raisons(&self) -> Vec<Raison> {
        let raison = match self {
            Self::TexteVide => {
                Raison::new("texte_vide", "Collez le texte de cette version.").ancre("texte")
            }
            Self::TropLong { octets } => Raison::new(
                "texte_trop_long",
                format!(
                    "Ce texte pèse {} ko : {} ko au plus.",
                    octets.div_ceil(1000),
                    TEXTE_AU_PLUS / 1000
                ),
            )
            .ancre("texte"),
            Self::NonRelu => Raison::new(
                "texte_non_relu",
                "Relisez ce texte tel qu’il sera signé avant de le verser.",
            ),
            Self::MemeTexte { depuis } => Raison::new(
                "meme_texte",
                format!(
                    "Ce texte est déjà là depuis le {}.",
                    temps::jour_long(*depuis)
                ),
            )
            .ancre("texte"),
            Self::DejaSignee { signatures } => Raison::new(
                "texte_signe",
                match signatures {
                    1 => "Ce texte porte une signature : il ne change plus.".to_owned(),
                    n => format!("Ce texte porte {n} signatures : il ne change plus."),
                },
            )
            .remede("Un autre texte est une autre version : chacun la signe à son tour."),
        };
        vec![raison]
    }
}

parle_par_ses_raisons!(RefusPublication);

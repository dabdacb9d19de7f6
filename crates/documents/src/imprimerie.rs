//! The press: facts in, PDF out. Built once, shared by all threads; it prints
//! one document at a time, so that its memory has a bound. It blocks for some
//! tens of milliseconds: an async caller goes through `spawn_blocking`.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::json;
use typst::World;
use typst::WorldExt;
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::alphabet::Alphabet;
use crate::monde::{Atelier, Monde};
use crate::panne::Remarques;
use crate::{Document, PannePapier, lecture, polices};

/// Facts heavier than this are refused: it is already a hundred pages, ten times
/// the longest paper of ours, and some 100 MB of memory while they are set.
const LIMITE: usize = 256 * 1024;

/// Facts heavier than this are set in lines less carefully chosen, in a time
/// that stays in proportion to them; ours weigh less than half of it.
const LOURD: usize = 40 * 1024;

/// How many papers ago a piece of composition was last of use before it is
/// forgotten: forty letters of one kind are composed on what the first worked
/// out, and the memory of a press stays that of a few papers.
const TIRAGES_EN_MEMOIRE: usize = 3;

/// Who issues the papers: printed at their head and foot.
///
/// Neutral by default: no State logo, no State font.
#[derive(Debug, Clone, Serialize)]
pub struct Marque {
    /// Name of the house.
    pub nom: String,
    /// What it does, under the name.
    pub devise: String,
    /// A sentence at the foot of every page, e.g. that this is not an official
    /// site.
    pub mention: Option<String>,
}

impl Default for Marque {
    fn default() -> Self {
        Self {
            nom: "Coopôle".into(),
            devise: "Soutien aux pôles territoriaux de coopération économique".into(),
            mention: Some("Cette instance n’est pas un site officiel de l’État.".into()),
        }
    }
}

/// What an operator may choose.
#[derive(Debug, Clone, Default)]
pub struct Reglages {
    /// The name on the paper.
    pub marque: Marque,
    /// A folder of fonts to add to those of the house.
    pub polices: Option<PathBuf>,
    /// The family of texts; must be found in the folder. Libertinus by default.
    pub famille: Option<String>,
}

/// The press.
pub struct Imprimerie {
    atelier: Atelier,
    alphabet: Alphabet,
    marque: Marque,
    famille: String,
    normes: PdfStandards,
    presse: Mutex<()>,
}

impl Imprimerie {
    /// Sets up a press: reads the fonts once, which takes some milliseconds.
    ///
    /// Refuses a folder that cannot be read and a family that is nowhere.
    pub fn nouvelle(reglages: Reglages) -> Result<Self, PannePapier> {
        let polices = polices::charger(reglages.polices.as_deref())?;
        let famille = reglages
            .famille
            .unwrap_or_else(|| polices::TEXTE.to_owned());
        let alphabet =
            Alphabet::de(&famille, &polices).ok_or_else(|| PannePapier::FamilleAbsente {
                famille: famille.clone(),
            })?;
        let normes = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
            .expect("PDF/A-3a and PDF/UA-1 share PDF 1.7");
        Ok(Self {
            atelier: Atelier::nouveau(polices),
            alphabet,
            marque: reglages.marque,
            famille,
            normes,
            presse: Mutex::new(()),
        })
    }

    /// Prints a document: PDF/A-3a and PDF/UA-1, the same bytes for the same
    /// facts.
    pub fn imprimer(&self, document: &Document) -> Result<Vec<u8>, PannePapier> {
        self.composer(document, |monde, pages| self.ecrire(document, monde, pages))
    }

    /// What a person reads, page by page, heads and feet included: for tests
    /// and for search, not for display.
    pub fn lire(&self, document: &Document) -> Result<Vec<String>, PannePapier> {
        self.composer(document, |_, pages| Ok(lecture::pages(pages)))
    }

    /// Both at once, since composing is what takes time.
    #[cfg(test)]
    pub(crate) fn epreuve(
        &self,
        document: &Document,
    ) -> Result<(Vec<u8>, Vec<String>), PannePapier> {
        self.composer(document, |monde, pages| {
            Ok((self.ecrire(document, monde, pages)?, lecture::pages(pages)))
        })
    }

    fn ecrire(
        &self,
        document: &Document,
        monde: &Monde<'_>,
        pages: &PagedDocument,
    ) -> Result<Vec<u8>, PannePapier> {
        let options = PdfOptions {
            creator: Smart::Custom(Some(self.marque.nom.clone())),
            timestamp: Some(horodatage(document.etabli_le())),
            standards: self.normes.clone(),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(pages, &options).map_err(|fautes| composition(document, monde, &fautes))
    }

    fn composer<T>(
        &self,
        document: &Document,
        finir: impl FnOnce(&Monde<'_>, &PagedDocument) -> Result<T, PannePapier>,
    ) -> Result<T, PannePapier> {
        let monde = self.atelier.monde(document.modele(), self.faits(document)?);
        let _tour = self.presse.lock().unwrap_or_else(PoisonError::into_inner);
        let Warned { output, warnings }: Warned<SourceResult<PagedDocument>> =
            typst::compile(&monde);
        let resultat = output
            .map_err(|fautes| composition(document, &monde, &fautes))
            .and_then(|pages| {
                if warnings.is_empty() {
                    Ok(pages)
                } else {
                    Err(composition(document, &monde, &warnings))
                }
            })
            .and_then(|pages| finir(&monde, &pages));
        typst::comemo::evict(TIRAGES_EN_MEMOIRE);
        resultat
    }

    /// The one file a template reads.
    pub(crate) fn faits(&self, document: &Document) -> Result<String, PannePapier> {
        let mut corps = serde_json::to_value(document)?;
        let joints = document
            .faits_joints()
            .map(|nom| json!({ "nom": nom, "contenu": corps.to_string() }));
        let octets = corps.to_string().len();
        if octets > LIMITE {
            return Err(PannePapier::TropLourd {
                octets,
                limite: LIMITE,
            });
        }
        let mut marque = serde_json::to_value(&self.marque)?;
        self.alphabet.adapter(&mut corps);
        self.alphabet.adapter(&mut marque);
        let faits = json!({
            "corps": corps,
            "joints": joints,
            "titre": self.alphabet.imprimable(&document.titre()),
            "lourd": octets > LOURD,
            "marque": marque,
            "famille": self.famille,
        });
        Ok(faits.to_string())
    }
}

fn horodatage(instant: Timestamp) -> typst_pdf::Timestamp {
    let civil = instant.to_zoned(TimeZone::UTC).datetime();
    let octet = |n: i8| u8::try_from(n).expect("months, days and hours are positive");
    let date = Datetime::from_ymd_hms(
        i32::from(civil.year()),
        octet(civil.month()),
        octet(civil.day()),
        octet(civil.hour()),
        octet(civil.minute()),
        octet(civil.second()),
    );
    typst_pdf::Timestamp::new_utc(date.expect("an instant of jiff is a date"))
}

fn composition(document: &Document, monde: &Monde<'_>, fautes: &[SourceDiagnostic]) -> PannePapier {
    PannePapier::Composition {
        modele: document.modele(),
        cause: Remarques(fautes.iter().map(|faute| remarque(monde, faute)).collect()),
    }
}

/// « recours.typ, ligne 12 : unknown variable: delai (…) ».
fn remarque(monde: &Monde<'_>, faute: &SourceDiagnostic) -> String {
    let lieu = faute.span.id().and_then(|id| {
        let source = monde.source(id).ok()?;
        let ligne = source
            .lines()
            .byte_to_line(monde.range(faute.span)?.start)?;
        Some(format!(
            "{}, ligne {}\u{202f}: ",
            id.get().vpath().get_without_slash(),
            ligne + 1
        ))
    });
    let pistes: String = faute
        .hints
        .iter()
        .map(|piste| format!(" ({})", piste.v))
        .collect();
    format!("{}{}{pistes}", lieu.unwrap_or_default(), faute.message)
}

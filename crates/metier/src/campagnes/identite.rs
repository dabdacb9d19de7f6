//! What a call is: its name, its kind, the texts it stands on.

use jiff::civil::Date;

use super::document::{Lu, Section};
use crate::commun::liste_fermee;

liste_fermee! {
    /// What a call opens.
    pub enum Genre {
        /// The community and the services: « phase 1 » until 2023.
        Accompagnement = "accompagnement", "AMI d’accompagnement";
        /// A subsidy: « phase 2 » until 2023.
        Financement = "financement", "AMI de financement";
    }
}

/// Who a call is and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identite {
    /// Its word in addresses: « ami-financement-2024 ».
    pub code: String,
    /// Its whole title.
    pub titre: String,
    /// Its title on a card or in a list.
    pub titre_court: String,
    /// The year it goes by, which is not when it takes place: the call « 2026 »
    /// was held in 2025 (dispositif, P-22).
    pub millesime: String,
    /// What it opens.
    pub genre: Genre,
    /// Other names it goes by.
    pub alias: Vec<String>,
    /// The office in charge.
    pub service: Service,
    /// What the call is for, in one or two sentences.
    pub objet: String,
    /// Whether a dossier can only be filed here: what makes a limit in hours
    /// tenable (droit-et-normes, D14).
    pub teleservice_exclusif: bool,
    /// The notice this document follows.
    pub notice: Notice,
}

/// The office in charge of a call, as a receipt must name it: its name and
/// postal address and, if it has them, its e-mail and telephone (CRPA, R112-5,
/// 2°). Without them the time of appeal does not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its own name (P-19).
    pub nom: String,
    /// Its postal address, a line each.
    pub adresse: Vec<String>,
    /// Where to write to it.
    pub courriel: Option<String>,
    /// Where to call it.
    pub telephone: Option<String>,
}

impl Service {
    /// Name, address, e-mail and telephone, in one sentence's end.
    pub fn en_mots(&self) -> String {
        let suite = self.adresse.iter().map(String::as_str);
        let suite = suite.chain(self.courriel.as_deref());
        let suite = suite.chain(self.telephone.as_deref());
        [self.nom.as_str()]
            .into_iter()
            .chain(suite)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// The official text a document follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it is cited: « notice 2024 ».
    pub reference: String,
    /// Its own title.
    pub titre: String,
    /// Its date.
    pub du: Date,
}

/// A legal text the call stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseLegale {
    /// « article 9 de la loi n° 2014-856 du 31 juillet 2014 ».
    pub texte: String,
    /// What it says, in a few words.
    pub objet: String,
}

/// One aim of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objectif {
    /// Its title.
    pub titre: String,
    /// Our wording.
    pub texte: String,
    /// Where the notice says it.
    pub source: String,
}

/// Something the notice does not say, and what the instance does about it.
///
/// Shown « Non précisé par la notice »; nothing is invented in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NonPrecise {
    /// What is not said.
    pub sujet: String,
    /// What is done here, if anything has to be.
    pub retenu: Option<String>,
}

/// How long a kind of data is kept, declared once and cited by the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conservation {
    /// Its code in the document.
    pub code: String,
    /// The duration and what it runs from, in words.
    pub duree: String,
    /// Where it comes from; « proposition » until the archives have agreed.
    pub source: String,
}

/// Why a personal datum is asked for, and how long it is kept: written beside
/// the field that asks, read by the page « Données personnelles ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonneesPersonnelles {
    /// What it is used for.
    pub finalite: String,
    /// Code of its [`Conservation`].
    pub conservation: String,
}

fn lire_service(appel: &mut Section<'_, '_>) -> Service {
    Service {
        nom: appel.texte("service"),
        adresse: appel.textes("service_adresse"),
        courriel: appel.texte_si("service_courriel"),
        telephone: appel.texte_si("service_telephone"),
    }
}

pub(super) fn lire_identite(racine: &mut Section<'_, '_>) -> (Identite, usize) {
    let mut appel = racine.section("appel");
    let mut notice = racine.section("notice");
    let place = appel.place_de("code");
    let identite = Identite {
        code: appel.code("code").valeur,
        titre: appel.texte("titre"),
        titre_court: appel.texte("titre_court"),
        millesime: appel.texte("millesime"),
        genre: appel.parmi("genre", &mots(Genre::TOUS, Genre::code)),
        alias: appel.textes("alias"),
        service: lire_service(&mut appel),
        objet: appel.texte("objet"),
        teleservice_exclusif: appel.booleen("teleservice_exclusif", true),
        notice: Notice {
            reference: notice.texte("reference"),
            titre: notice.texte("titre"),
            du: notice.date("du"),
        },
    };
    appel.clore();
    notice.clore();
    (identite, place)
}

/// The words of a closed list, to be read by [`Section::parmi`].
pub(super) fn mots<T: Copy>(tous: &[T], code: fn(T) -> &'static str) -> Vec<(&'static str, T)> {
    tous.iter().map(|valeur| (code(*valeur), *valeur)).collect()
}

pub(super) fn lire_bases(racine: &mut Section<'_, '_>) -> Vec<BaseLegale> {
    let lire = |mut section: Section<'_, '_>| {
        let base = BaseLegale {
            texte: section.texte("texte"),
            objet: section.texte("objet"),
        };
        section.clore();
        base
    };
    racine
        .sections("bases_legales")
        .into_iter()
        .map(lire)
        .collect()
}

pub(super) fn lire_objectifs(racine: &mut Section<'_, '_>) -> Vec<Objectif> {
    let lire = |mut section: Section<'_, '_>| {
        let objectif = Objectif {
            titre: section.texte("titre"),
            texte: section.texte("texte"),
            source: section.texte("source"),
        };
        section.clore();
        objectif
    };
    racine.sections("objectifs").into_iter().map(lire).collect()
}

pub(super) fn lire_non_precise(racine: &mut Section<'_, '_>) -> Vec<NonPrecise> {
    let lire = |mut section: Section<'_, '_>| {
        let non_precise = NonPrecise {
            sujet: section.texte("sujet"),
            retenu: section.texte_si("retenu"),
        };
        section.clore();
        non_precise
    };
    racine
        .sections("non_precise")
        .into_iter()
        .map(lire)
        .collect()
}

pub(super) fn lire_conservations(racine: &mut Section<'_, '_>) -> Vec<Lu<Conservation>> {
    let lire = |mut section: Section<'_, '_>| {
        let code = section.code("code");
        let conservation = Conservation {
            code: code.valeur,
            duree: section.texte("duree"),
            source: section.texte("source"),
        };
        section.clore();
        Lu {
            valeur: conservation,
            place: code.place,
        }
    };
    racine
        .sections("conservations")
        .into_iter()
        .map(lire)
        .collect()
}

/// The declaration beside a field or a piece, with the place of its code.
pub(super) fn lire_donnees(section: &mut Section<'_, '_>) -> Option<Lu<DonneesPersonnelles>> {
    let mut donnees = section.section_si("donnees_personnelles")?;
    let conservation = donnees.code("conservation");
    let valeur = DonneesPersonnelles {
        finalite: donnees.texte("finalite"),
        conservation: conservation.valeur,
    };
    donnees.clore();
    Some(Lu {
        valeur,
        place: conservation.place,
    })
}

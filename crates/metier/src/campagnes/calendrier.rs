//! When a call opens, closes, and what comes after.
//!
//! Limits are instants of Paris; the rest are forecasts, which may slip: the
//! dates of what really happened are read from acts, never from here (P-35).

use jiff::Timestamp;
use jiff::civil::Date;

use super::Fenetre;
use super::document::{Lu, Section};
use super::identite::mots;
use crate::commun::{liste_fermee, temps, typographie};

/// The calendar of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendrier {
    /// Whether dossiers are taken as they come; a closing may still be set.
    pub permanente: bool,
    /// When dossiers start being received.
    pub ouverture: Timestamp,
    /// What that date is, when the notice does not call it an opening.
    pub ouverture_dite: Option<String>,
    /// When they stop being received; none for a permanent call without end.
    pub cloture: Option<Timestamp>,
    /// Whether the second of the closing is still in time.
    pub borne_incluse: bool,
    /// What comes after, in the order of the procedure.
    pub etapes: Vec<Echeance>,
}

liste_fermee! {
    /// The steps after the closing.
    pub enum Etape {
        /// One opinion for each dossier.
        Avis = "avis", "Avis régional";
        /// The national examination.
        Examen = "examen", "Examen national";
        /// The choice, within the envelope.
        Selection = "selection", "Sélection";
        /// The decisions made known, all at once.
        Notification = "notification", "Notification";
        /// Agreements and payments.
        Convention = "convention", "Convention et versement";
    }
}

liste_fermee! {
    /// Who does a step.
    pub enum Acteur {
        /// The carrying structure.
        Porteur = "porteur", "Structure porteuse";
        /// The regional cell.
        Cra = "cra", "Cellule régionale";
        /// The national cell.
        Cna = "cna", "Cellule nationale";
        /// The State, which decides.
        Pilote = "pilote", "État";
    }
}

/// One step of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Echeance {
    /// Which one.
    pub etape: Etape,
    /// Its name in this call.
    pub libelle: String,
    /// Who does it.
    pub acteur: Acteur,
    /// When.
    pub moment: Moment,
    /// Where the notice says it.
    pub source: String,
    /// What is the instance's own choice in it (« heure fixée par l’instance »).
    pub precision: Option<String>,
}

/// When a step takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A legal limit, excluded: « avant le 31 juillet ».
    Avant(Timestamp),
    /// An appointment.
    Le(Timestamp),
    /// A forecast, in days of Paris, both included.
    Prevu {
        /// First day.
        du: Date,
        /// Last day.
        au: Date,
    },
}

impl Moment {
    /// First instant at which the step may take place; the limit itself for a
    /// limit, which has no beginning.
    pub fn debut(self) -> Timestamp {
        match self {
            Self::Avant(instant) | Self::Le(instant) => instant,
            Self::Prevu { du, .. } => temps::debut_de_jour(du),
        }
    }

    /// First instant at which the step is over, by the calendar.
    pub fn fin(self) -> Timestamp {
        match self {
            Self::Avant(instant) | Self::Le(instant) => instant,
            Self::Prevu { au, .. } => temps::fin_de_jour(au),
        }
    }

    /// In words: « jusqu’au mardi 30 juillet 2024 à 23 h 59 », « octobre 2024 ».
    ///
    /// Never « avant le », which reads two ways a day apart (P-11).
    pub fn en_mots(self) -> String {
        match self {
            Self::Avant(limite) => jusqu_a(limite),
            Self::Le(instant) => format!("le {}", temps::instant_long(instant)),
            Self::Prevu { du, au } if du == au => format!("le {}", temps::jour_long_de(du)),
            Self::Prevu { du, au } if est_un_mois(du, au) => mois(du),
            Self::Prevu { du, au } => {
                let (debut, fin) = (temps::jour_simple_de(du), temps::jour_simple_de(au));
                let meme_mois = du.first_of_month() == au.first_of_month();
                let debut = match debut.split_once(' ') {
                    Some((jour, _)) if meme_mois => jour,
                    _ => &debut,
                };
                format!("du {debut} au {fin}")
            }
        }
    }

    /// After a verb: « prévu en octobre 2024 », « prévu du 2 au 6 septembre 2024 ».
    pub fn en_phrase(self) -> String {
        match self {
            Self::Prevu { du, au } if est_un_mois(du, au) => format!("en {}", mois(du)),
            _ => self.en_mots(),
        }
    }
}

/// The last minute before a limit that is excluded.
fn jusqu_a(limite: Timestamp) -> String {
    let derniere_minute = Timestamp::from_second(limite.as_second() - 60);
    let derniere_minute = derniere_minute.unwrap_or(limite);
    format!("jusqu’au {}", temps::instant_long(derniere_minute))
}

fn est_un_mois(du: Date, au: Date) -> bool {
    du == du.first_of_month() && au == du.last_of_month()
}

/// « octobre 2024 »: a day without its number.
fn mois(jour: Date) -> String {
    let complet = temps::jour_simple_de(jour);
    let sans_numero = complet.split_once(' ').map(|(_, reste)| reste.to_owned());
    sans_numero.unwrap_or(complet)
}

/// The acts that end the steps of a call, as far as the reader may know them.
///
/// Before the notification a list closed is known to the State alone: for
/// everybody else `liste_arretee` stays false, and the selection in progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ActesTenus {
    /// The committee's sitting is closed.
    pub seance_close: bool,
    /// The list is closed.
    pub liste_arretee: bool,
    /// The decisions are known to all.
    pub notifiee: bool,
}

/// Where a call stands by its calendar alone.
///
/// What comes after the closing is read from acts, which may be early or late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EtatCampagne {
    /// Published, not open yet.
    Publiee,
    /// Dossiers are received.
    Ouverte,
    /// Dossiers are not received any more.
    Close,
}

impl EtatCampagne {
    /// The word shown on the badge.
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Publiee => "À venir",
            Self::Ouverte => "Ouvert",
            Self::Close => "Clos",
        }
    }
}

impl Calendrier {
    /// When dossiers are received.
    pub fn fenetre(&self) -> Fenetre {
        Fenetre {
            ouverture: self.ouverture,
            cloture: self.cloture,
            borne_incluse: self.borne_incluse,
        }
    }

    /// Where the call stands at that instant.
    pub fn etat(&self, le: Timestamp) -> EtatCampagne {
        let fenetre = self.fenetre();
        if fenetre.est_close(le) {
            EtatCampagne::Close
        } else if le < self.ouverture {
            EtatCampagne::Publiee
        } else {
            EtatCampagne::Ouverte
        }
    }

    /// That step, if this call has it.
    pub fn etape(&self, etape: Etape) -> Option<&Echeance> {
        self.etapes.iter().find(|echeance| echeance.etape == etape)
    }

    /// The step in progress at that instant; none while dossiers are received.
    ///
    /// Whoever shows where a call stands asks here, the State and the public
    /// alike. Late opinions never hold the committee back: their step ends with
    /// its date. Each of the others ends with its act, early or late (P-35).
    pub fn etape_en_cours(&self, le: Timestamp, actes: ActesTenus) -> Option<Etape> {
        if !self.fenetre().est_close(le) {
            return None;
        }
        let passee = |echeance: &Echeance| match echeance.etape {
            Etape::Avis => actes.seance_close || le >= echeance.moment.fin(),
            Etape::Examen => actes.seance_close,
            Etape::Selection => actes.liste_arretee,
            Etape::Notification => actes.notifiee,
            Etape::Convention => false,
        };
        let derniere = self.etapes.iter().rposition(passee);
        let suivante = derniere.map_or(0, |rang| rang + 1);
        let en_cours = self.etapes.get(suivante).or(self.etapes.last());
        en_cours.map(|echeance| echeance.etape)
    }
}

pub(super) fn lire(racine: &mut Section<'_, '_>) -> Calendrier {
    let mut section = racine.section("calendrier");
    section.parmi("fuseau", &[("Europe/Paris", ())]);
    let permanente = section.booleen("permanente", false);
    let ouverture = section.instant("ouverture");
    let cloture = if permanente {
        section.instant_si("cloture")
    } else {
        Some(section.instant("cloture"))
    };
    let mut precedent = ouverture.valeur;
    if let Some(cloture) = &cloture {
        dans_l_ordre(&section, cloture, &mut precedent, "l'ouverture");
    }
    let calendrier = Calendrier {
        permanente,
        ouverture: ouverture.valeur,
        ouverture_dite: section.texte_si("ouverture_dite"),
        cloture: cloture.map(|lu| lu.valeur),
        borne_incluse: section.booleen("borne_incluse", true),
        etapes: lire_etapes(&mut section, precedent),
    };
    section.clore();
    calendrier
}

fn dans_l_ordre(
    section: &Section<'_, '_>,
    moment: &Lu<Timestamp>,
    precedent: &mut Timestamp,
    quoi: &str,
) {
    // An instant that could not be read was told already.
    let lisibles = moment.valeur != Timestamp::MIN && *precedent != Timestamp::MIN;
    if lisibles && moment.valeur < *precedent {
        let apres = temps::instant_long(*precedent);
        section.fautes.signaler(
            moment.place,
            &format!("Cette date précède {quoi}."),
            &format!("au plus tôt le {apres}"),
        );
    }
    *precedent = moment.valeur;
}

fn lire_etapes(section: &mut Section<'_, '_>, cloture: Timestamp) -> Vec<Echeance> {
    let mut precedent = cloture;
    let mut etapes: Vec<Echeance> = Vec::new();
    for mut table in section.sections("etapes") {
        let place = table.place_de("etape");
        let etape = table.parmi("etape", &mots(Etape::TOUS, Etape::code));
        if etapes
            .last()
            .is_some_and(|derniere| derniere.etape >= etape)
        {
            let message = "Cette étape est répétée, ou n'est pas à sa place.";
            let ordre: Vec<&str> = Etape::TOUS.iter().map(|e| e.code()).collect();
            table
                .fautes
                .signaler(place, message, &ordre.join(", puis "));
        }
        let (moment, place) = lire_moment(&mut table);
        if let Some(moment) = moment {
            let debut = Lu {
                valeur: moment.debut(),
                place,
            };
            dans_l_ordre(&table, &debut, &mut precedent, "l'étape d'avant");
        }
        etapes.push(Echeance {
            etape,
            libelle: table.texte("libelle"),
            acteur: table.parmi("acteur", &mots(Acteur::TOUS, Acteur::code)),
            moment: moment.unwrap_or(Moment::Le(Timestamp::MIN)),
            source: table.texte("source"),
            precision: table.texte_si("precision").map(|t| typographie(&t)),
        });
        table.clore();
    }
    etapes
}

/// One way to say when, and one only: `avant`, `le`, or `du` and `au`.
fn lire_moment(table: &mut Section<'_, '_>) -> (Option<Moment>, usize) {
    const ATTENDU: &str =
        "« avant » (limite exclue), « le » (rendez-vous), ou « du » et « au » (prévision)";
    let ecrits: Vec<&str> = ["avant", "le", "du"]
        .into_iter()
        .filter(|cle| table.a(cle))
        .collect();
    let place = ecrits
        .first()
        .map_or(table.place, |cle| table.place_de(cle));
    let moment = match ecrits.as_slice() {
        ["avant"] => Some(Moment::Avant(table.instant("avant").valeur)),
        ["le"] => Some(Moment::Le(table.instant("le").valeur)),
        ["du"] => {
            let fin = table.place_de("au");
            let (du, au) = (table.date("du"), table.date("au"));
            if au < du && au != Date::MIN {
                table
                    .fautes
                    .signaler(fin, "La fin précède le début.", "un jour qui suit « du »");
            }
            (du != Date::MIN && au >= du).then_some(Moment::Prevu { du, au })
        }
        [] => {
            let message = "Il manque à cette étape quand elle a lieu.";
            table.fautes.signaler_absence(place, message, ATTENDU);
            None
        }
        _ => {
            table
                .fautes
                .signaler(place, "Cette étape dit quand de deux façons.", ATTENDU);
            for cle in ["avant", "le"] {
                table.instant_si(cle);
            }
            table.texte_si("du");
            table.texte_si("au");
            None
        }
    };
    (moment, place)
}

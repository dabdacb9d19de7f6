//! A sitting where poles sign, each by its own account: announced with a place
//! and hours, open between them, closed by its keeper. A signature given there
//! is worth what any other is.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};

use crate::commun::{Raison, Refus, parle_par_ses_raisons, temps};

/// How long a name or a place may be, in signs.
const MOTS_AU_PLUS: usize = 120;

/// A sitting, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seance {
    /// « Journée nationale des PTCE »
    pub nom: String,
    /// Where it is held.
    pub lieu: String,
    /// From when on it takes signatures.
    pub du: Timestamp,
    /// Until when, excluded.
    pub au: Timestamp,
    /// When its keeper closed it, if they did.
    pub close_le: Option<Timestamp>,
}

/// Where a sitting stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EtatSeance {
    /// Its hour has not come.
    AVenir,
    /// It takes signatures.
    Ouverte,
    /// Its hour is past, or it was closed.
    Close,
}

/// A sitting as its keeper types it.
#[derive(Debug, Clone, Copy)]
pub struct Annonce<'a> {
    /// Its name.
    pub nom: &'a str,
    /// Its place.
    pub lieu: &'a str,
    /// Its day, `AAAA-MM-JJ`.
    pub jour: &'a str,
    /// Its first hour: « 9 h 30 », « 14:00 ».
    pub de: &'a str,
    /// Its last.
    pub a: &'a str,
}

/// Why a sitting is not opened: everything to mend, at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusSeance(pub Vec<Raison>);

/// Why it is not closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusCloture {
    /// It is closed.
    DejaClose,
}

impl Seance {
    /// Where it stands at that instant.
    pub fn etat(&self, le: Timestamp) -> EtatSeance {
        match self.close_le {
            Some(close) if close <= le => EtatSeance::Close,
            _ if le < self.du => EtatSeance::AVenir,
            _ if le < self.au => EtatSeance::Ouverte,
            _ => EtatSeance::Close,
        }
    }

    /// Whether a signature may be given there; else why not.
    pub fn recevoir(&self, le: Timestamp) -> Result<(), Raison> {
        let phrase = match self.etat(le) {
            EtatSeance::Ouverte => return Ok(()),
            EtatSeance::AVenir => format!(
                "La séance « {} » n’est pas encore ouverte : elle commence le {}.",
                self.nom,
                temps::instant_long(self.du)
            ),
            EtatSeance::Close => format!(
                "La séance « {} » est close : elle ne reçoit plus de signature.",
                self.nom
            ),
        };
        Err(Raison::new("seance_fermee", phrase)
            .remede("Signez ci-dessous hors séance : la signature a la même valeur."))
    }

    /// Decides whether it may be closed, and returns the instant of it.
    pub fn clore(&self, le: Timestamp) -> Result<Timestamp, RefusCloture> {
        match self.etat(le) {
            EtatSeance::Close => Err(RefusCloture::DejaClose),
            _ => Ok(le),
        }
    }
}

impl Annonce<'_> {
    /// Decides whether it is a sitting one may open.
    pub fn lire(&self, le: Timestamp) -> Result<Seance, RefusSeance> {
        let mut raisons = Vec::new();
        let mut mots = |texte: &str, ancre, absent: &str| {
            let phrase = match texte.trim().chars().count() {
                0 => absent.to_owned(),
                n if n > MOTS_AU_PLUS => format!("{MOTS_AU_PLUS} signes au plus."),
                _ => return,
            };
            raisons.push(Raison::new("seance_incomplete", phrase).ancre(ancre));
        };
        mots(self.nom, "nom", "Donnez le nom de la séance.");
        mots(self.lieu, "lieu", "Dites où elle se tient.");
        let jour: Option<Date> = self.jour.trim().parse().ok();
        let heures = [(self.de, "de"), (self.a, "a")].map(|(texte, ancre)| (heure(texte), ancre));
        let mut dire = |phrase: &str, ancre| {
            raisons.push(Raison::new("seance_incomplete", phrase).ancre(ancre));
        };
        if jour.is_none() {
            dire("Donnez le jour de la séance.", "jour");
        }
        for (_, ancre) in heures.iter().filter(|(heure, _)| heure.is_none()) {
            dire("Donnez une heure, par exemple 9 h 30.", *ancre);
        }
        let instant = |heure: Option<Time>| Some(jour?.to_datetime(heure?));
        let bornes = heures.map(|(heure, _)| {
            let zone = instant(heure)?.to_zoned(temps::paris()).ok()?;
            Some(zone.timestamp())
        });
        let [Some(du), Some(au)] = bornes else {
            return Err(RefusSeance(raisons));
        };
        if au <= du {
            dire("La séance finit après avoir commencé.", "a");
        } else if au <= le {
            dire("Cette séance serait déjà finie.", "jour");
        }
        match raisons.is_empty() {
            true => Ok(Seance {
                nom: self.nom.trim().to_owned(),
                lieu: self.lieu.trim().to_owned(),
                du,
                au,
                close_le: None,
            }),
            false => Err(RefusSeance(raisons)),
        }
    }
}

/// « 9 h 30 », « 9h », « 14:00 ».
fn heure(texte: &str) -> Option<Time> {
    let texte: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
    let (heures, minutes) = texte.split_once(['h', 'H', ':'])?;
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    Time::new(heures.parse().ok()?, minutes.parse().ok()?, 0, 0).ok()
}

impl Refus for RefusSeance {
    fn raisons(&self) -> Vec<Raison> {
        self.0.clone()
    }
}

impl Refus for RefusCloture {
    fn raisons(&self) -> Vec<Raison> {
        let Self::DejaClose = self;
        vec![Raison::new("seance_close", "Cette séance est déjà close.")]
    }
}

parle_par_ses_raisons!(RefusSeance, RefusCloture);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commun::typographie;

    const ANNONCE: Annonce<'_> = Annonce {
        nom: "Journée nationale d’essai",
        lieu: "Morlaix",
        jour: "2024-03-26",
        de: "9 h 30",
        a: "17:00",
    };

    fn t(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    fn seance() -> Seance {
        ANNONCE.lire(t("2024-03-20T08:00:00Z")).unwrap()
    }

    #[test]
    fn une_seance_recoit_entre_ses_heures_a_paris() {
        let seance = seance();
        for (instant, etat) in [
            ("2024-03-26T08:29:59Z", EtatSeance::AVenir),
            ("2024-03-26T08:30:00Z", EtatSeance::Ouverte),
            ("2024-03-26T15:59:59Z", EtatSeance::Ouverte),
            ("2024-03-26T16:00:00Z", EtatSeance::Close),
        ] {
            assert_eq!(seance.etat(t(instant)), etat, "{instant}");
            let recue = seance.recevoir(t(instant)).is_ok();
            assert_eq!(recue, etat == EtatSeance::Ouverte, "{instant}");
        }
    }

    #[test]
    fn close_elle_ne_recoit_plus_et_ne_se_clot_pas_deux_fois() {
        let mut seance = seance();
        let le = t("2024-03-26T12:00:00Z");
        seance.close_le = Some(seance.clore(le).unwrap());
        let raison = seance.recevoir(le).unwrap_err();
        assert_eq!(
            raison.phrase,
            typographie(
                "La séance « Journée nationale d’essai » est close : elle ne reçoit plus de signature."
            )
        );
        assert_eq!(seance.clore(le), Err(RefusCloture::DejaClose));
    }

    #[test]
    fn ce_qui_manque_pour_ouvrir_une_seance_est_dit_d_un_coup() {
        let le = t("2024-03-26T08:00:00Z");
        let ancres = |annonce: Annonce<'_>| -> Vec<String> {
            let refus = annonce.lire(le).unwrap_err();
            refus
                .raisons()
                .into_iter()
                .filter_map(|r| r.ancre)
                .collect()
        };
        let vide = Annonce {
            nom: "",
            lieu: " ",
            jour: "demain",
            de: "matin",
            a: "25 h",
        };
        assert_eq!(ancres(vide), ["nom", "lieu", "jour", "de", "a"]);
        let renversee = Annonce {
            de: "17 h",
            a: "9 h",
            ..ANNONCE
        };
        assert_eq!(ancres(renversee), ["a"]);
        let passee = Annonce {
            jour: "2024-03-25",
            ..ANNONCE
        };
        assert_eq!(ancres(passee), ["jour"]);
    }
}

//! Days and hours written in a document.
//!
//! A limit is an instant. The notice of 2024 writes « 12 h (Europe/Paris,
//! CET) », which reads two ways an hour apart, and « avant le 31 juillet »,
//! which reads two ways a day apart: neither can be written here.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset};

use super::releve::Lu;
use crate::campagnes::faute::Ecart;
use crate::commun::temps;

const FORME: &str = "\"2024-05-29 12:00\", heure de Paris";

/// A day, « 2024-09-04 ».
pub(in crate::campagnes) fn date(lu: &Lu<String>) -> Result<Date, Ecart> {
    let texte = lu.valeur.as_str();
    let lue: Option<Date> = texte.parse().ok();
    lue.filter(|jour| jour.to_string() == texte).ok_or_else(|| {
        let message = format!("« {texte} » n'est pas une date.");
        Ecart::new(lu.place, message).attendu("\"2024-09-04\"")
    })
}

/// An instant, written as a local hour of Paris.
///
/// Refused: a day without its hour, an hour that Paris never showed or showed
/// twice, an offset that Paris did not have, an abbreviation like « CET ».
pub(in crate::campagnes) fn instant(lu: &Lu<String>) -> Result<Timestamp, Ecart> {
    let texte = lu.valeur.as_str();
    let refus = |message: String, attendu: &str| Ecart::new(lu.place, message).attendu(attendu);
    if texte
        .parse::<Date>()
        .is_ok_and(|jour| jour.to_string() == texte)
    {
        let message = format!("« {texte} » est un jour : une limite est un instant.");
        return Err(refus(
            message,
            &format!("\"{texte} 12:00\", heure de Paris"),
        ));
    }
    let Some((local, suite)) = heure_locale(texte) else {
        return Err(refus(
            format!("« {texte} » n'est pas un jour suivi d'une heure."),
            FORME,
        ));
    };
    let decalage = match suite.trim() {
        "" => None,
        ecrit => match decalage(ecrit) {
            Some(decalage) => Some(decalage),
            None => {
                let message = format!(
                    "« {ecrit} » ne fixe pas l'heure : seul compte le fuseau Europe/Paris."
                );
                return Err(refus(message, &format!("\"{}\"", ecrire(local))));
            }
        },
    };
    a_paris(local, decalage).map_err(|(message, attendu)| refus(message, &attendu))
}

/// The day and hour, and what follows them.
fn heure_locale(texte: &str) -> Option<(DateTime, &str)> {
    let jour = texte.get(..10)?.parse::<Date>().ok()?;
    let reste = texte.get(10..)?.strip_prefix([' ', 'T'])?;
    let (heure, suite) = match (reste.get(..8), reste.get(..5)) {
        (Some(heure), _) if heure.as_bytes()[5] == b':' => (heure, reste.get(8..)?),
        (_, Some(heure)) => (heure, reste.get(5..)?),
        _ => return None,
    };
    if heure.as_bytes().get(2) != Some(&b':') {
        return None;
    }
    let heure: Time = heure.parse().ok()?;
    Some((jour.to_datetime(heure), suite))
}

/// « +02:00 » or « Z ».
fn decalage(ecrit: &str) -> Option<Offset> {
    if ecrit == "Z" {
        return Some(Offset::UTC);
    }
    let (heures, minutes) = ecrit.get(1..)?.split_once(':')?;
    let deux_chiffres = |n: &str| n.len() == 2 && n.bytes().all(|b| b.is_ascii_digit());
    if !deux_chiffres(heures) || !deux_chiffres(minutes) {
        return None;
    }
    let secondes = heures.parse::<i32>().ok()? * 3_600 + minutes.parse::<i32>().ok()? * 60;
    match ecrit.as_bytes()[0] {
        b'+' => Offset::from_seconds(secondes).ok(),
        b'-' => Offset::from_seconds(-secondes).ok(),
        _ => None,
    }
}

fn ecrire(local: DateTime) -> String {
    format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute())
}

fn en_mots(local: DateTime) -> String {
    let jour = temps::jour_simple_de(local.date());
    format!("{} h {:02} le {jour}", local.hour(), local.minute())
}

fn a_paris(local: DateTime, ecrit: Option<Offset>) -> Result<Timestamp, (String, String)> {
    let instant = |decalage: Offset| {
        decalage.to_timestamp(local).map_err(|_| {
            (
                "Cet instant sort du calendrier.".to_owned(),
                FORME.to_owned(),
            )
        })
    };
    let possible = temps::paris().to_ambiguous_timestamp(local).offset();
    match (possible, ecrit) {
        (AmbiguousOffset::Unambiguous { offset }, None) => instant(offset),
        (AmbiguousOffset::Unambiguous { offset }, Some(ecrit)) if offset == ecrit => {
            instant(offset)
        }
        (AmbiguousOffset::Unambiguous { offset }, Some(ecrit)) => {
            let lu = temps::instant_long(instant(ecrit)?);
            let message =
                format!("Ce décalage contredit l'heure de Paris : ce serait le {lu} à Paris.");
            let attendu = format!("\"{}\", où Paris est à {}", ecrire(local), signe(offset));
            Err((message, attendu))
        }
        (AmbiguousOffset::Fold { before, after }, Some(ecrit))
            if ecrit == before || ecrit == after =>
        {
            instant(ecrit)
        }
        (AmbiguousOffset::Fold { before, after }, _) => {
            let message = format!(
                "À Paris, {} sonne deux fois : l'heure d'hiver commence.",
                en_mots(local)
            );
            let (un, deux) = (signe(before), signe(after));
            let local = ecrire(local);
            Err((message, format!("\"{local}{un}\" ou \"{local}{deux}\"")))
        }
        (AmbiguousOffset::Gap { .. }, _) => {
            let message = format!(
                "À Paris, {} n'existe pas : l'heure d'été commence.",
                en_mots(local)
            );
            Err((message, "une autre heure".to_owned()))
        }
    }
}

/// « +02:00 ».
fn signe(decalage: Offset) -> String {
    let minutes = decalage.seconds() / 60;
    let signe = if minutes < 0 { '-' } else { '+' };
    format!("{signe}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lu(texte: &str) -> Result<String, String> {
        let lu = Lu {
            valeur: texte.to_owned(),
            place: 0,
        };
        instant(&lu).map(|t| t.to_string()).map_err(|e| {
            let attendu = e.attendu.unwrap_or_default();
            format!("{} -> {attendu}", e.message).replace(['\u{202f}', '\u{a0}'], " ")
        })
    }

    #[test]
    fn midi_a_paris_en_mai_est_dix_heures_en_temps_universel() {
        for ecrit in [
            "2024-05-29 12:00",
            "2024-05-29T12:00:00",
            "2024-05-29 12:00+02:00",
            "2024-05-29T12:00:00 +02:00",
        ] {
            assert_eq!(lu(ecrit), Ok("2024-05-29T10:00:00Z".to_owned()), "{ecrit}");
        }
        assert_eq!(
            lu("2024-01-15 12:00"),
            Ok("2024-01-15T11:00:00Z".to_owned())
        );
    }

    #[test]
    fn cet_ne_fixe_pas_l_heure() {
        assert_eq!(
            lu("2024-05-29 12:00 CET"),
            Err("« CET » ne fixe pas l’heure : seul compte le fuseau Europe/Paris. -> \"2024-05-29 12:00\"".to_owned())
        );
        assert_eq!(
            lu("2024-05-29 12:00+01:00"),
            Err("Ce décalage contredit l’heure de Paris : ce serait le mercredi 29 mai 2024 à 13 h 00 à Paris. -> \"2024-05-29 12:00\", où Paris est à +02:00".to_owned())
        );
        assert!(lu("2024-05-29T12:00Z").is_err());
    }

    #[test]
    fn une_limite_n_est_pas_un_jour() {
        assert_eq!(
            lu("2024-07-31"),
            Err("« 2024-07-31 » est un jour : une limite est un instant. -> \"2024-07-31 12:00\", heure de Paris".to_owned())
        );
    }

    #[test]
    fn une_heure_qui_n_existe_pas_ou_sonne_deux_fois_est_refusee() {
        assert_eq!(
            lu("2024-03-31 02:30"),
            Err("À Paris, 2 h 30 le 31 mars 2024 n’existe pas : l’heure d’été commence. -> une autre heure".to_owned())
        );
        assert_eq!(
            lu("2024-10-27 02:30"),
            Err("À Paris, 2 h 30 le 27 octobre 2024 sonne deux fois : l’heure d’hiver commence. -> \"2024-10-27 02:30+02:00\" ou \"2024-10-27 02:30+01:00\"".to_owned())
        );
        assert_eq!(
            lu("2024-10-27 02:30+01:00"),
            Ok("2024-10-27T01:30:00Z".to_owned())
        );
    }

    #[test]
    fn ce_qui_n_est_pas_un_instant_est_refuse() {
        for ecrit in [
            "",
            "midi",
            "29/05/2024 12:00",
            "2024-05-29 24:00",
            "2024-02-30 12:00",
            "2024-05-29 12h",
            "2024-05-29 12:0",
            "2024-05-29é12:00",
            "99999-01-01 00:00",
            "2024-05-29 12:00+99:00",
        ] {
            assert!(lu(ecrit).is_err(), "{ecrit}");
        }
    }
}

//! Time as the procedure counts and writes it: Paris, by its IANA name.
//!
//! Instants are kept in UTC; the zone of reference is always `Europe/Paris`
//! (the notice's « CET » is a slip: on 29 May Paris keeps summer time, so
//! noon is 10:00Z). Nothing here knows what time it is.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

use super::{Region, typographie};

const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// The legal time zone of the scheme.
pub fn paris() -> TimeZone {
    zone("Europe/Paris")
}

fn zone(nom: &str) -> TimeZone {
    TimeZone::get(nom).expect("the zone database is bundled and these names are tested")
}

/// The same instant seen from Paris.
pub fn a_paris(t: Timestamp) -> Zoned {
    t.to_zoned(paris())
}

/// The instant without its fraction of a second.
///
/// A deadline is judged on it: 12:00:00.999 is noon, hence in.
pub fn a_la_seconde(t: Timestamp) -> Timestamp {
    let entamee = i64::from(t.subsec_nanosecond() < 0);
    Timestamp::from_second(t.as_second() - entamee).unwrap_or(t)
}

/// The day it is in Paris at that instant.
pub fn jour_de(t: Timestamp) -> Date {
    a_paris(t).date()
}

/// First instant of that day in Paris, also the excluded end of the day before.
pub fn debut_de_jour(jour: Date) -> Timestamp {
    jour.to_zoned(paris())
        .map_or(Timestamp::MAX, |z| z.timestamp())
}

/// First instant after that day in Paris: « jusqu’au 30 juillet » ends there,
/// excluded.
pub fn fin_de_jour(jour: Date) -> Timestamp {
    jour.tomorrow().map_or(Timestamp::MAX, debut_de_jour)
}

/// The day of the same number, `mois` months later; the last day of the month
/// when there is no such day (31 December and two months: end of February).
/// The shortest of the readings of a term, on purpose: decision 11.
pub fn mois_apres(jour: Date, mois: i32) -> Date {
    jour.saturating_add(mois.months())
}

/// Two months date to date after the day of that instant in Paris.
///
/// Silence kept so long on a request for money is a refusal, born at the end
/// of that day (CRPA, L231-4 3°).
pub fn deux_mois_apres(t: Timestamp) -> Date {
    mois_apres(jour_de(t), 2)
}

/// « mercredi 29 mai 2024 », « samedi 1er juin 2024 ».
pub fn jour_long(t: Timestamp) -> String {
    jour_long_de(jour_de(t))
}

/// Same as [`jour_long`], for a day.
pub fn jour_long_de(jour: Date) -> String {
    format!("{} {}", nom_du_jour(jour), sans_le_nom(jour))
}

/// « 29 mai 2024 », for the middle of a sentence.
pub fn jour_simple_de(jour: Date) -> String {
    sans_le_nom(jour)
}

/// « mercredi 29 mai 2024 à 12 h 00 », in Paris.
pub fn instant_long(t: Timestamp) -> String {
    typographie(&format!("{} à {}", jour_long(t), heure(t)))
}

/// « mercredi 29 mai 2024 à 11 h 58 min 41 s », in Paris.
pub fn instant_a_la_seconde(t: Timestamp) -> String {
    format!("{} à {}", jour_long(t), heure_a_la_seconde(t))
}

/// « 29/05/2024 », for tables.
pub fn jour_court(t: Timestamp) -> String {
    jour_court_de(jour_de(t))
}

/// « 29 May 2024 », in Paris: for the pages in English.
pub fn jour_en_anglais(t: Timestamp) -> String {
    jour_en_anglais_de(jour_de(t))
}

/// Same as [`jour_en_anglais`], for a day.
pub fn jour_en_anglais_de(jour: Date) -> String {
    jour.strftime("%-d %B %Y").to_string()
}

/// Same as [`jour_court`], for a day.
pub fn jour_court_de(jour: Date) -> String {
    format!("{:02}/{:02}/{}", jour.day(), jour.month(), jour.year())
}

/// « 14 h 05 », in Paris.
pub fn heure(t: Timestamp) -> String {
    heure_de(&a_paris(t))
}

/// « 12 h 00 min 04 s », in Paris.
pub fn heure_a_la_seconde(t: Timestamp) -> String {
    let ici = a_paris(t);
    typographie(&format!("{} min {:02} s", heure_de(&ici), ici.second()))
}

/// The hour overseas, to be shown beside that of Paris: « 14 h 00 à La
/// Réunion », with the day when it is another one there.
///
/// Nothing for a region that lives at the hour of Paris.
pub fn heure_locale(region: Region, t: Timestamp) -> Option<String> {
    let lieu = region.lieu_outre_mer()?;
    let la_bas = t.to_zoned(zone(region.fuseau()));
    let heure = heure_de(&la_bas);
    if la_bas.date() == jour_de(t) {
        return Some(format!("{heure} {lieu}"));
    }
    let jour = la_bas.date();
    Some(format!(
        "{} {} {} à {heure} {lieu}",
        nom_du_jour(jour),
        quantieme(jour),
        nom_du_mois(jour)
    ))
}

fn heure_de(ici: &Zoned) -> String {
    typographie(&format!("{} h {:02}", ici.hour(), ici.minute()))
}

fn sans_le_nom(jour: Date) -> String {
    format!("{} {} {}", quantieme(jour), nom_du_mois(jour), jour.year())
}

fn quantieme(jour: Date) -> String {
    match jour.day() {
        1 => "1er".to_owned(),
        autre => autre.to_string(),
    }
}

fn nom_du_mois(jour: Date) -> &'static str {
    let rang = usize::try_from(jour.month()).unwrap_or(1);
    MOIS[rang.saturating_sub(1).min(11)]
}

fn nom_du_jour(jour: Date) -> &'static str {
    match jour.weekday() {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn t(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    #[test]
    fn midi_a_paris_en_mai_est_dix_heures_en_temps_universel() {
        let cloture = t("2024-05-29T10:00:00Z");
        assert_eq!(
            instant_long(cloture),
            "mercredi 29 mai 2024 à 12\u{a0}h\u{a0}00"
        );
        assert_eq!(heure(cloture), "12\u{a0}h\u{a0}00");
        assert_eq!(jour_court(cloture), "29/05/2024");
    }

    #[test]
    fn l_heure_du_depot_se_dit_a_la_seconde() {
        assert_eq!(
            instant_a_la_seconde(t("2024-05-29T09:58:41.7Z")),
            "mercredi 29 mai 2024 à 11\u{a0}h\u{a0}58\u{a0}min\u{a0}41\u{a0}s"
        );
        assert_eq!(
            heure_a_la_seconde(t("2024-05-29T10:00:04Z")),
            "12\u{a0}h\u{a0}00\u{a0}min\u{a0}04\u{a0}s"
        );
    }

    #[test]
    fn la_fraction_de_seconde_ne_compte_pas() {
        assert_eq!(
            a_la_seconde(t("2024-05-29T10:00:00.999Z")),
            t("2024-05-29T10:00:00Z")
        );
        assert_eq!(
            a_la_seconde(t("1969-12-31T23:59:58.5Z")),
            t("1969-12-31T23:59:58Z")
        );
    }

    #[test]
    fn au_passage_a_l_heure_d_ete_deux_heures_n_existent_pas() {
        assert_eq!(heure(t("2024-03-31T00:59:59Z")), "1\u{a0}h\u{a0}59");
        assert_eq!(heure(t("2024-03-31T01:00:00Z")), "3\u{a0}h\u{a0}00");
    }

    #[test]
    fn au_passage_a_l_heure_d_hiver_une_heure_se_lit_deux_fois() {
        assert_eq!(heure(t("2024-10-27T00:30:00Z")), "2\u{a0}h\u{a0}30");
        assert_eq!(heure(t("2024-10-27T01:30:00Z")), "2\u{a0}h\u{a0}30");
    }

    #[test]
    fn un_jour_de_changement_d_heure_garde_ses_bornes() {
        let ete = date(2024, 3, 31);
        assert_eq!(debut_de_jour(ete), t("2024-03-30T23:00:00Z"));
        assert_eq!(fin_de_jour(ete), t("2024-03-31T22:00:00Z"));
        let hiver = date(2024, 10, 27);
        assert_eq!(debut_de_jour(hiver), t("2024-10-26T22:00:00Z"));
        assert_eq!(fin_de_jour(hiver), t("2024-10-27T23:00:00Z"));
    }

    #[test]
    fn avant_le_31_juillet_finit_avec_le_30() {
        assert_eq!(fin_de_jour(date(2024, 7, 30)), t("2024-07-30T22:00:00Z"));
    }

    #[test]
    fn le_premier_du_mois_se_dit_1er() {
        assert_eq!(jour_long_de(date(2024, 6, 1)), "samedi 1er juin 2024");
        assert_eq!(jour_simple_de(date(2021, 12, 15)), "15 décembre 2021");
    }

    #[test]
    fn l_heure_d_outre_mer_est_dite_a_cote() {
        let cloture = t("2024-05-29T10:00:00Z");
        assert_eq!(
            heure_locale(Region::LaReunion, cloture).as_deref(),
            Some("14\u{a0}h\u{a0}00 à La Réunion")
        );
        assert_eq!(
            heure_locale(Region::Guadeloupe, cloture).as_deref(),
            Some("6\u{a0}h\u{a0}00 en Guadeloupe")
        );
        assert_eq!(
            heure_locale(Region::Mayotte, cloture).as_deref(),
            Some("13\u{a0}h\u{a0}00 à Mayotte")
        );
        assert_eq!(heure_locale(Region::Bretagne, cloture), None);
    }

    #[test]
    fn l_heure_d_outre_mer_dit_le_jour_quand_il_differe() {
        let tard = t("2024-05-31T21:30:00Z");
        assert_eq!(
            heure_locale(Region::LaReunion, tard).as_deref(),
            Some("samedi 1er juin à 1\u{a0}h\u{a0}30 à La Réunion")
        );
    }

    #[test]
    fn deux_mois_se_comptent_de_date_a_date() {
        assert_eq!(
            deux_mois_apres(t("2024-05-29T09:58:41Z")),
            date(2024, 7, 29)
        );
        assert_eq!(mois_apres(date(2023, 12, 31), 2), date(2024, 2, 29));
        assert_eq!(mois_apres(date(2024, 12, 31), 2), date(2025, 2, 28));
    }

    #[test]
    fn les_deux_mois_partent_du_jour_de_paris() {
        // 30 May at half past midnight in Paris, still the 29th in UTC.
        assert_eq!(
            deux_mois_apres(t("2024-05-29T22:30:00Z")),
            date(2024, 7, 30)
        );
    }

    #[test]
    fn chaque_region_a_une_heure() {
        for region in Region::TOUTES {
            assert!(TimeZone::get(region.fuseau()).is_ok(), "{region:?}");
        }
    }
}

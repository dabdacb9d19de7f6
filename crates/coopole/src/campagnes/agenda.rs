//! The dates of a call as a diary reads them (iCalendar, RFC 5545): the limit
//! of the filing at its instant, the steps that follow at their days.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use metier::{
    campagnes::{Campagne, Moment},
    commun::temps,
};

/// The longest line of the format, in bytes; a longer one is folded.
const LIGNE_AU_PLUS: usize = 74;

/// Everything the calendar of the call tells; `adresse` is that of its page.
pub fn agenda(campagne: &Campagne, adresse: &str) -> String {
    let calendrier = &campagne.calendrier;
    let titre = &campagne.identite.titre_court;
    let mut agenda = Agenda::nouveau(&campagne.identite.code, adresse, calendrier.ouverture);
    agenda.instant(
        "ouverture",
        &format!("Ouverture : {titre}"),
        calendrier.ouverture,
        "",
    );
    if let Some(cloture) = calendrier.cloture {
        let borne = match calendrier.borne_incluse {
            true => "cette seconde comprise",
            false => "cette seconde exclue",
        };
        let detail = format!(
            "Dernier instant pour déposer : {} (heure de Paris), {borne}.",
            temps::instant_a_la_seconde(cloture)
        );
        agenda.instant("cloture", &format!("Clôture : {titre}"), cloture, &detail);
    }
    for echeance in &calendrier.etapes {
        let code = echeance.etape.code();
        let resume = format!("{} : {titre}", echeance.libelle);
        let detail = format!(
            "Prévu {} ({}).",
            echeance.moment.en_phrase(),
            echeance.source
        );
        match echeance.moment {
            Moment::Le(instant) => agenda.instant(code, &resume, instant, &detail),
            Moment::Prevu { du, au } => agenda.jours(code, &resume, (du, au), &detail),
            Moment::Avant(limite) => match dernier_jour(limite) {
                Some(jour) => agenda.jours(code, &resume, (jour, jour), &detail),
                None => agenda.instant(code, &resume, limite, &detail),
            },
        }
    }
    agenda.finir()
}

/// The last whole day before a limit that falls on midnight in Paris.
fn dernier_jour(limite: Timestamp) -> Option<Date> {
    let jour = temps::jour_de(limite);
    match limite == temps::debut_de_jour(jour) {
        true => jour.yesterday().ok(),
        false => None,
    }
}

struct Agenda<'a> {
    appel: &'a str,
    adresse: &'a str,
    /// When these dates were made known, the same at each reading.
    du: Timestamp,
    texte: String,
}

impl<'a> Agenda<'a> {
    fn nouveau(appel: &'a str, adresse: &'a str, du: Timestamp) -> Self {
        let texte = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Coopôle//appels//FR\r\n";
        Self {
            appel,
            adresse,
            du,
            texte: texte.to_owned(),
        }
    }

    fn instant(&mut self, code: &str, resume: &str, instant: Timestamp, detail: &str) {
        let quand = [format!("DTSTART:{}", utc(instant))];
        self.evenement(code, resume, &quand, detail);
    }

    /// Whole days; the format wants the day after the last one.
    fn jours(&mut self, code: &str, resume: &str, (du, au): (Date, Date), detail: &str) {
        let lendemain = au.tomorrow().unwrap_or(au);
        let quand = [
            format!("DTSTART;VALUE=DATE:{}", du.strftime("%Y%m%d")),
            format!("DTEND;VALUE=DATE:{}", lendemain.strftime("%Y%m%d")),
        ];
        self.evenement(code, resume, &quand, detail);
    }

    fn evenement(&mut self, code: &str, resume: &str, quand: &[String], detail: &str) {
        self.ligne("BEGIN:VEVENT");
        self.ligne(&format!("UID:{code}.{}@coopole", self.appel));
        self.ligne(&format!("DTSTAMP:{}", utc(self.du)));
        for ligne in quand {
            self.ligne(ligne);
        }
        self.ligne(&format!("SUMMARY:{}", echapper(resume)));
        if !detail.is_empty() {
            self.ligne(&format!("DESCRIPTION:{}", echapper(detail)));
        }
        self.ligne(&format!("URL:{}", self.adresse));
        self.ligne("TRANSP:TRANSPARENT");
        self.ligne("END:VEVENT");
    }

    fn finir(mut self) -> String {
        self.ligne("END:VCALENDAR");
        self.texte
    }

    /// One line, folded between two characters where it is too long.
    fn ligne(&mut self, ligne: &str) {
        let mut large = 0;
        for signe in ligne.chars() {
            if large + signe.len_utf8() > LIGNE_AU_PLUS {
                self.texte.push_str("\r\n ");
                large = 1;
            }
            self.texte.push(signe);
            large += signe.len_utf8();
        }
        self.texte.push_str("\r\n");
    }
}

fn utc(instant: Timestamp) -> String {
    let instant = instant.to_zoned(TimeZone::UTC);
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn echapper(texte: &str) -> String {
    let mut sur = String::with_capacity(texte.len());
    for signe in texte.chars() {
        match signe {
            '\\' | ';' | ',' => sur.extend(['\\', signe]),
            '\n' => sur.push_str("\\n"),
            signe if signe.is_control() => {}
            signe => sur.push(signe),
        }
    }
    sur
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_ligne_longue_se_plie_entre_deux_lettres() {
        let mut agenda = Agenda::nouveau("essai", "http://coopole.example", Timestamp::UNIX_EPOCH);
        agenda.ligne(&"é".repeat(200));
        for ligne in agenda.texte.split("\r\n") {
            assert!(ligne.len() <= 75, "{} octets", ligne.len());
        }
        let deplie = agenda.finir().replace("\r\n ", "");
        assert!(deplie.contains(&"é".repeat(200)));
    }

    #[test]
    fn ce_que_le_format_emploie_est_echappe() {
        assert_eq!(echapper("a, b; c\\d\ne\r"), r"a\, b\; c\\d\ne");
    }
}

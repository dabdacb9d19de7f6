//! What happened before this house, written here afterwards as a source tells
//! it: a signature of the Charter, a call won; and that a list was whole on a
//! day, so that whoever is not on it is known not to be (dispositif, P-09,
//! P-14).
//!
//! Never done here: a proof made after the fact (a signature consigned has
//! none), or anything invented said of a real pole.

use jiff::civil::Date;
use uuid::Uuid;

use super::Moment;
use crate::commun::{
    Raison, Refus, SANS_ADRESSE, liste_fermee, parle_par_ses_raisons, porte_une_adresse, temps,
};

/// Lines of a list, at most.
pub const LIGNES_AU_PLUS: usize = 500;
/// How long a source or a reason may be, in signs.
pub const MOTS_AU_PLUS: usize = 300;

/// Before the first of the scheme's texts and calls there was nothing to sign
/// and nothing to win.
const PREMIER_JOUR: Date = Date::constant(2009, 1, 1);

liste_fermee! {
    /// What is consigned.
    pub enum Anterieur {
        /// A pole signed a version of the Charter.
        Signature = "signature", "Signatures antérieures";
        /// A call retained a pole.
        Laureat = "laureat", "Lauréats antérieurs";
    }
}

/// A line of a list: a pole, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dite {
    /// Its number, from one.
    pub ligne: usize,
    /// The pole as it was named: identifier, SIRET or name.
    pub pole: String,
    /// A day; for a call, a year will do.
    pub quand: Moment,
}

/// What the register says already of that version, or that call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deja {
    /// Nothing.
    Rien,
    /// It is there, without a date.
    SansDate,
    /// It is there, and when.
    Quand(Moment),
}

/// A pole that a line may speak of.
#[derive(Debug, Clone)]
pub struct Connu {
    /// Which.
    pub pole: Uuid,
    /// Its name.
    pub nom: String,
    /// Whether it belongs to the invented world.
    pub invente: bool,
    /// What is said of it already.
    pub deja: Deja,
}

/// What a line is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Regles {
    /// What is consigned.
    pub genre: Anterieur,
    /// The day it is consigned.
    pub aujourd_hui: Date,
    /// The day the version was presented, if it is known.
    pub pas_avant: Option<Date>,
    /// In an invented world, real poles are left alone.
    pub demonstration: bool,
}

/// Why nothing is written: everything to mend, at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusConsignation(pub Vec<Raison>);

impl Refus for RefusConsignation {
    fn raisons(&self) -> Vec<Raison> {
        self.0.clone()
    }
}

parle_par_ses_raisons!(RefusConsignation);

fn raison(ancre: &str, phrase: impl AsRef<str>) -> Raison {
    Raison::new("consignation_a_reprendre", phrase).ancre(ancre)
}

/// Reads a list, one pole a line: « Pôle des Rives ; 12/09/2021 ». The date is
/// after the last semicolon, or the last tabulation of a spreadsheet.
pub fn lire(texte: &str, genre: Anterieur) -> (Vec<Dite>, Vec<Raison>) {
    let (mut dites, mut raisons) = (Vec::new(), Vec::new());
    let lignes = texte.lines().enumerate();
    for (rang, ligne) in lignes.filter(|(_, ligne)| !ligne.trim().is_empty()) {
        match lire_une_ligne(rang + 1, ligne, genre) {
            Ok(dite) => dites.push(dite),
            Err(raison) => raisons.push(raison),
        }
    }
    if dites.is_empty() && raisons.is_empty() {
        raisons.push(raison(
            "lignes",
            "Écrivez au moins une ligne : un pôle et une date.",
        ));
    }
    if dites.len() > LIGNES_AU_PLUS {
        raisons.push(raison(
            "lignes",
            format!("{LIGNES_AU_PLUS} lignes au plus à la fois."),
        ));
    }
    (dites, raisons)
}

fn lire_une_ligne(ligne: usize, texte: &str, genre: Anterieur) -> Result<Dite, Raison> {
    let Some((pole, quand)) = texte.rsplit_once(['\t', ';']) else {
        let phrase = "séparez le pôle et la date par un point-virgule ou une tabulation.";
        return Err(raison("lignes", format!("Ligne {ligne} : {phrase}")));
    };
    let lu = quand.trim().parse::<Moment>().ok();
    let attendu = match genre {
        Anterieur::Signature => "un jour (JJ/MM/AAAA)",
        Anterieur::Laureat => "un jour (JJ/MM/AAAA) ni une année",
    };
    match lu.filter(|lu| genre == Anterieur::Laureat || matches!(lu, Moment::Jour(_))) {
        Some(quand) => Ok(Dite {
            ligne,
            pole: pole.trim().trim_end_matches(';').trim().to_owned(),
            quand,
        }),
        None => Err(raison(
            "lignes",
            format!("Ligne {ligne} : « {} » n’est pas {attendu}.", quand.trim()),
        )),
    }
}

/// A source, or the reason of an undoing: read by anyone, it gives no address.
pub fn mots<'a>(texte: &'a str, ancre: &str, absent: &str) -> Result<&'a str, Raison> {
    match texte.trim() {
        "" => Err(raison(ancre, absent)),
        mots if porte_une_adresse(mots) => Err(raison(ancre, SANS_ADRESSE)),
        mots if mots.chars().count() > MOTS_AU_PLUS => {
            Err(raison(ancre, format!("{MOTS_AU_PLUS} signes au plus.")))
        }
        mots => Ok(mots),
    }
}

impl Regles {
    /// Of the poles that answer to what a line says, the one it is about, if
    /// that may be written of it.
    pub fn accepter<'a>(&self, dite: &Dite, connus: &'a [Connu]) -> Result<&'a Connu, Raison> {
        let non =
            |phrase: String| Err(raison("lignes", format!("Ligne {} : {phrase}", dite.ligne)));
        let connu = match connus {
            [connu] => connu,
            [] => {
                return non(format!(
                    "aucun pôle du registre n’a ce nom, ce SIRET ou cet identifiant (« {} »).",
                    dite.pole
                ));
            }
            _ => {
                return non(format!(
                    "plusieurs pôles répondent à « {} » : donnez l’identifiant de l’un.",
                    dite.pole
                ));
            }
        };
        let nom = &connu.nom;
        if self.demonstration && !connu.invente {
            return non(format!(
                "« {nom} » est un pôle réel : une démonstration n’inscrit rien à son sujet."
            ));
        }
        let trop_tard = match dite.quand {
            Moment::Jour(jour) => jour > self.aujourd_hui,
            Moment::Annee(annee) => annee > self.aujourd_hui.year(),
        };
        if trop_tard {
            return non("cette date n’est pas venue.".to_owned());
        }
        let premier = self.pas_avant.unwrap_or(PREMIER_JOUR);
        let trop_tot = match dite.quand {
            Moment::Jour(jour) => jour < premier,
            Moment::Annee(annee) => annee < premier.year(),
        };
        if trop_tot {
            let premier = temps::jour_simple_de(premier);
            return non(format!("rien ne pouvait l’être avant le {premier}."));
        }
        match (connu.deja, dite.quand) {
            (Deja::Rien | Deja::SansDate, _) => Ok(connu),
            (Deja::Quand(Moment::Annee(annee)), Moment::Jour(jour)) if jour.year() == annee => {
                Ok(connu)
            }
            (Deja::Quand(quand), _) => {
                let fait = match self.genre {
                    Anterieur::Signature => "a déjà signé cette version",
                    Anterieur::Laureat => "est déjà lauréat de cet appel",
                };
                non(format!("« {nom} » {fait}, {}.", quand.quand()))
            }
        }
    }
}

/// Decides whether a list may be said whole on that day.
pub fn attester<'a>(
    jour: &str,
    source: &'a str,
    confirme: bool,
    aujourd_hui: Date,
) -> Result<(Date, &'a str), RefusConsignation> {
    let mut raisons = Vec::new();
    let lu = match jour.trim().parse::<Moment>() {
        Ok(Moment::Jour(jour)) if jour > aujourd_hui => Err("Cette date n’est pas venue."),
        Ok(Moment::Jour(jour)) if jour < PREMIER_JOUR => {
            Err("Il n’y avait rien encore à cette date.")
        }
        Ok(Moment::Jour(jour)) => Ok(jour),
        _ => Err("Donnez le jour auquel la liste est complète."),
    };
    let lu = lu.map_err(|phrase| raisons.push(raison("jour", phrase)));
    let source = mots(source, "source_liste", "Dites d’où vient la liste.")
        .map_err(|refus| raisons.push(refus));
    if !confirme {
        raisons.push(raison(
            "confirmation",
            "Confirmez que la liste enregistrée ici est complète.",
        ));
    }
    match (lu, source) {
        (Ok(jour), Ok(source)) if raisons.is_empty() => Ok((jour, source)),
        _ => Err(RefusConsignation(raisons)),
    }
}

/// Decides whether what was consigned or attested may be undone, and why it is:
/// so many lines stand; `changees` are the poles of which a line wrote something
/// that changed since.
pub fn annuler<'a>(
    debout: usize,
    changees: &[String],
    motif: &'a str,
) -> Result<&'a str, RefusConsignation> {
    let close = |phrase: String| Raison::new("annulation_close", phrase);
    if debout == 0 {
        let deja = close("C’est déjà annulé.".to_owned());
        return Err(RefusConsignation(vec![deja]));
    }
    if !changees.is_empty() {
        let changee = |nom: &String| {
            close(format!(
                "« {nom} » : ce que cette consignation avait écrit a changé depuis. Défaites d’abord ce qui l’a changé."
            ))
        };
        return Err(RefusConsignation(changees.iter().map(changee).collect()));
    }
    mots(motif, "motif", "Dites pourquoi.").map_err(|refus| RefusConsignation(vec![refus]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGLES: Regles = Regles {
        genre: Anterieur::Laureat,
        aujourd_hui: Date::constant(2024, 3, 26),
        pas_avant: None,
        demonstration: false,
    };

    fn connu(deja: Deja) -> Connu {
        Connu {
            pole: Uuid::nil(),
            nom: "Pôle d’essai".to_owned(),
            invente: false,
            deja,
        }
    }

    fn dite(quand: &str) -> Dite {
        Dite {
            ligne: 1,
            pole: "Pôle d’essai".to_owned(),
            quand: quand.parse().unwrap(),
        }
    }

    fn dit(regles: &Regles, quand: &str, deja: Deja) -> Option<String> {
        let issue = regles.accepter(&dite(quand), &[connu(deja)]).map(drop);
        issue.err().map(|refus| refus.phrase)
    }

    #[test]
    fn une_liste_se_colle_d_un_tableur_ou_se_tape() {
        let texte = "Pôle ; Rives;12/09/2021\n\n90000001900019\t2021-09-14";
        let (dites, raisons) = lire(texte, Anterieur::Signature);
        assert_eq!(raisons, []);
        let lues: Vec<_> = dites.iter().map(|d| (d.ligne, d.pole.as_str())).collect();
        assert_eq!(lues, [(1, "Pôle ; Rives"), (3, "90000001900019")]);
    }

    #[test]
    fn une_signature_a_un_jour_un_appel_peut_n_avoir_qu_une_annee() {
        let annee = "Pôle d’essai ; 2021";
        assert_eq!(lire(annee, Anterieur::Laureat).1, []);
        let refus = &lire(annee, Anterieur::Signature).1[0];
        assert!(
            refus.phrase.contains("« 2021 »") || refus.phrase.contains("2021"),
            "{refus:?}"
        );
        assert_eq!(lire("Pôle d’essai", Anterieur::Laureat).1.len(), 1);
        assert_eq!(lire(" \n", Anterieur::Laureat).1.len(), 1);
    }

    #[test]
    fn une_annee_se_precise_par_un_jour_de_cette_annee_et_par_nul_autre() {
        let deja = Deja::Quand(Moment::Annee(2021));
        assert_eq!(dit(&REGLES, "2021-07-19", deja), None);
        for autre in ["2022-07-19", "2021", "2022"] {
            assert!(dit(&REGLES, autre, deja).is_some(), "{autre}");
        }
        assert_eq!(dit(&REGLES, "2021", Deja::SansDate), None);
    }

    #[test]
    fn une_date_a_venir_ou_trop_ancienne_est_refusee() {
        for quand in ["2024-03-27", "2025", "1999", "2008-12-31"] {
            assert!(dit(&REGLES, quand, Deja::Rien).is_some(), "{quand}");
        }
        assert_eq!(dit(&REGLES, "2024-03-26", Deja::Rien), None);
    }

    #[test]
    fn dans_une_demonstration_un_pole_reel_reste_tel_qu_il_est() {
        let regles = Regles {
            demonstration: true,
            ..REGLES
        };
        assert!(
            dit(&regles, "2021", Deja::Rien)
                .unwrap()
                .contains("pôle réel")
        );
    }

    #[test]
    fn un_nom_de_personne_ou_de_plusieurs_ne_se_devine_pas() {
        let deux = [connu(Deja::Rien), connu(Deja::Rien)];
        assert!(REGLES.accepter(&dite("2021"), &[]).is_err());
        assert!(REGLES.accepter(&dite("2021"), &deux).is_err());
    }

    #[test]
    fn une_liste_ne_s_atteste_qu_a_un_jour_passe_avec_sa_source_et_en_le_confirmant() {
        let le = REGLES.aujourd_hui;
        assert!(attester("2022-12-31", "Une liste", true, le).is_ok());
        for (jour, source, confirme) in [
            ("2024-03-27", "Une liste", true),
            ("2022", "Une liste", true),
            ("2022-12-31", " ", true),
            ("2022-12-31", "Une liste", false),
        ] {
            let refus = attester(jour, source, confirme, le).unwrap_err();
            assert_eq!(refus.0.len(), 1, "{jour} {source} {confirme}");
        }
    }

    #[test]
    fn une_annulation_a_un_motif_et_ne_defait_que_ce_qui_tient_encore() {
        let changees = ["Pôle d’essai".to_owned(), "Autre pôle".to_owned()];
        assert!(annuler(3, &[], "Erreur de pôle").is_ok());
        for (debout, motif) in [(0, "m"), (1, ""), (1, "Voir a@b.example")] {
            assert!(annuler(debout, &[], motif).is_err(), "{debout} {motif}");
        }
        let refus = annuler(3, &changees, "m").unwrap_err();
        assert_eq!(refus.0.len(), 2, "chacun est nommé");
    }

    #[test]
    fn une_source_publique_ne_donne_pas_d_adresse() {
        let refus = mots("Liste de l’an passé, a@b.example", "source", "").unwrap_err();
        assert!(refus.phrase.contains("adresse"), "{refus:?}");
        assert!(mots("Liste de l’an passé", "source", "").is_ok());
    }
}

//! The members of a pole as its record says them: organisations, by kind, each
//! with the dates between which it was one.
//!
//! Never a natural person: people who take part are a group. What a dossier
//! declares, and what a call counts, is in `dossiers`.

use std::{borrow::Cow, fmt, str::FromStr};

use jiff::civil::Date;

use crate::commun::{liste_fermee, plier, temps};

/// Members a record may name.
pub const MEMBRES_AU_PLUS: usize = 200;

/// How long a name may be, in signs.
const NOM_AU_PLUS: usize = 160;

liste_fermee! {
    /// What a member is, to the pole.
    pub enum NatureMembre {
        /// Of the social economy, by its form or its approval.
        Ess = "ess", "Structure de l’ESS";
        /// A company outside it.
        EntrepriseHorsEss = "entreprise_hors_ess", "Entreprise hors ESS";
        /// Council or grouping of them.
        Collectivite = "collectivite", "Collectivité";
        /// Laboratory, institute.
        Recherche = "recherche", "Recherche";
        /// School, university, training body.
        Formation = "formation", "Formation";
        /// People of the territory, as a group.
        Citoyens = "citoyens", "Groupe de citoyens";
        /// Anything else.
        Autre = "autre", "Autre organisation";
    }
}

/// A date as precisely as it is known: a year, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// « 2021 ».
    Annee(i16),
    /// « 2021-03-15 ».
    Jour(Date),
}

impl Moment {
    /// Its year.
    pub fn annee(self) -> i16 {
        match self {
            Self::Annee(annee) => annee,
            Self::Jour(jour) => jour.year(),
        }
    }

    /// « en 2021 », « le 15 mars 2021 ».
    pub fn quand(self) -> String {
        self.apres("en", "le")
    }

    /// Whether it surely comes before: two moments of one year, one of which is
    /// only a year, are not told apart.
    fn precede(self, autre: Self) -> bool {
        match (self, autre) {
            (Self::Jour(un), Self::Jour(autre)) => un < autre,
            _ => self.annee() < autre.annee(),
        }
    }

    /// After « depuis », « de » or « jusqu’à », which a day contracts: « depuis
    /// 2021 », « depuis le 15 mars 2021 », « du 15 mars 2021 ».
    fn apres(self, devant_annee: &str, devant_jour: &str) -> String {
        match self {
            Self::Annee(annee) => format!("{devant_annee} {annee}"),
            Self::Jour(jour) => format!("{devant_jour} {}", temps::jour_simple_de(jour)),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Annee(annee) => write!(f, "{annee}"),
            Self::Jour(jour) => write!(f, "{jour}"),
        }
    }
}

impl FromStr for Moment {
    type Err = ();

    /// A year of this century or the last, or a day: « 2021 », « 15/03/2021 »,
    /// « 2021-03-15 ».
    fn from_str(texte: &str) -> Result<Self, ()> {
        let plausible = |annee: i16| (1900..=2100).contains(&annee);
        if texte.len() == 4 {
            let annee = texte.parse().map_err(|_| ())?;
            return plausible(annee).then_some(Self::Annee(annee)).ok_or(());
        }
        let jour = match texte.split('/').collect::<Vec<_>>()[..] {
            [jour, mois, annee] => Date::new(
                annee.parse().map_err(|_| ())?,
                mois.parse().map_err(|_| ())?,
                jour.parse().map_err(|_| ())?,
            ),
            _ => texte.parse(),
        };
        let jour: Date = jour.map_err(|_| ())?;
        plausible(jour.year()).then_some(Self::Jour(jour)).ok_or(())
    }
}

/// A member, as a record says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membre {
    /// Its name.
    pub nom: String,
    /// What it is.
    pub nature: NatureMembre,
    /// Since when, if that is known.
    pub depuis: Option<Moment>,
    /// Until when; still a member when blank.
    pub jusqu_a: Option<Moment>,
    /// Whether it runs a tiers-lieu.
    pub tiers_lieu: bool,
}

impl Membre {
    /// In one line, as [`membres`] reads it back.
    pub fn ecrire(&self) -> String {
        let moment = |m: Option<Moment>| m.map(|m| m.to_string()).unwrap_or_default();
        let tiers_lieu = if self.tiers_lieu { "oui" } else { "" };
        format!(
            "{}|{}|{}|{tiers_lieu}|{}",
            self.nature.code(),
            moment(self.depuis),
            moment(self.jusqu_a),
            self.nom
        )
    }

    /// Whether it is a member on that day: a departure to come is none yet. Of a
    /// year, only its end is sure.
    pub fn l_est(&self, jour: Date) -> bool {
        self.jusqu_a.is_none_or(|fin| match fin {
            Moment::Annee(annee) => jour.year() < annee,
            Moment::Jour(fin) => jour < fin,
        })
    }

    /// « depuis 2021 », « de 2021 au 3 mai 2023 »; blank when no date is known.
    pub fn quand(&self) -> String {
        match (self.depuis, self.jusqu_a) {
            (None, None) => String::new(),
            (Some(depuis), None) => depuis.apres("depuis", "depuis le"),
            (None, Some(fin)) => fin.apres("jusqu’en", "jusqu’au"),
            (Some(depuis), Some(fin)) => {
                format!("{} {}", depuis.apres("de", "du"), fin.apres("à", "au"))
            }
        }
    }
}

impl FromStr for Membre {
    type Err = Cow<'static, str>;

    fn from_str(ligne: &str) -> Result<Self, Self::Err> {
        let mut champs = ligne.splitn(5, '|').map(str::trim);
        let mut suivant = || champs.next().unwrap_or_default();
        let (nature, depuis, jusqu_a, tiers_lieu, nom) =
            (suivant(), suivant(), suivant(), suivant(), suivant());
        if nom.is_empty() || nom.chars().count() > NOM_AU_PLUS {
            return Err("Donnez le nom de chaque membre, en 160 signes au plus.".into());
        }
        let nature = NatureMembre::par_code(nature)
            .ok_or_else(|| format!("Dites de quelle nature est « {nom} »."))?;
        let moment = |dit: &str| {
            match dit.is_empty() {
            true => Ok(None),
            false => dit.parse::<Moment>().map(Some).map_err(|()| {
                Cow::from(format!(
                    "Pour « {nom} », « {dit} » n’est ni une année ni un jour : écrivez 2021 ou 15/03/2021."
                ))
            }),
        }
        };
        let (depuis, jusqu_a) = (moment(depuis)?, moment(jusqu_a)?);
        if let (Some(depuis), Some(jusqu_a)) = (depuis, jusqu_a)
            && jusqu_a.precede(depuis)
        {
            return Err(format!("« {nom} » ne peut partir avant d’être venue.").into());
        }
        Ok(Self {
            nom: nom.to_owned(),
            nature,
            depuis,
            jusqu_a,
            tiers_lieu: tiers_lieu == "oui",
        })
    }
}

/// The members of a record, one a line, by kind then by name. Refuses a line
/// that cannot be read, two lines of the same name, and too many of them.
pub fn membres(texte: &str) -> Result<Vec<Membre>, Cow<'static, str>> {
    let lignes = texte.lines().filter(|ligne| !ligne.trim().is_empty());
    let mut lus = lignes
        .map(str::parse::<Membre>)
        .collect::<Result<Vec<_>, _>>()?;
    lus.sort_by_cached_key(|membre| (membre.nature, plier(&membre.nom)));
    if lus.len() > MEMBRES_AU_PLUS {
        return Err("Une fiche nomme 200 membres au plus.".into());
    }
    let mut noms: Vec<String> = lus.iter().map(|membre| plier(&membre.nom)).collect();
    noms.sort_unstable();
    match noms.windows(2).find(|deux| deux[0] == deux[1]) {
        Some(deux) => {
            let double = lus.iter().find(|membre| plier(&membre.nom) == deux[0]);
            let nom = double.map_or("", |membre| membre.nom.as_str());
            Err(format!("« {nom} » est nommé deux fois : gardez une ligne.").into())
        }
        None => Ok(lus),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn les_membres_se_relisent_par_nature_puis_par_nom() {
        let lus = membres("collectivite|2021||| Ville de Morlaix\n\ness|15/03/2020|2023|oui|Les Rives\ness||||Atelier").unwrap();
        let lignes: Vec<String> = lus.iter().map(Membre::ecrire).collect();
        assert_eq!(
            lignes,
            [
                "ess||||Atelier",
                "ess|2020-03-15|2023|oui|Les Rives",
                "collectivite|2021|||Ville de Morlaix",
            ]
        );
        assert_eq!(membres(&lignes.join("\n")).unwrap(), lus);
        assert_eq!(lus[1].quand(), "du 15 mars 2020 à 2023");
        assert_eq!(lus[0].quand(), "");
    }

    #[test]
    fn ce_qui_ne_se_lit_pas_est_dit_avec_le_nom_du_membre() {
        for (texte, attendu) in [
            ("ess||||", "le nom de chaque membre"),
            (
                "banque||||Crédit local",
                "de quelle nature est « Crédit local »",
            ),
            (
                "ess|hier|||Les Rives",
                "« hier » n’est ni une année ni un jour",
            ),
            (
                "ess|31/02/2021|||Les Rives",
                "n’est ni une année ni un jour",
            ),
            ("ess|2023|2021||Les Rives", "ne peut partir avant"),
            (
                "ess||||Les Rives\nautre||||les rives",
                "est nommé deux fois",
            ),
        ] {
            let refus = membres(texte).unwrap_err();
            assert!(refus.contains(attendu), "{texte} : {refus}");
        }
    }

    #[test]
    fn un_depart_a_venir_laisse_membre() {
        let le = |jour: &str| jour.parse::<Date>().unwrap();
        let parti = |ligne: &str, jour| !ligne.parse::<Membre>().unwrap().l_est(le(jour));
        assert!(!parti("ess|||oui|Les Rives", "2024-05-29"));
        assert!(!parti("ess||2024-06-01||Les Rives", "2024-05-29"));
        assert!(parti("ess||2024-05-29||Les Rives", "2024-05-29"));
        assert!(parti("ess||2024||Les Rives", "2024-05-29"));
        assert!(!parti("ess||2025||Les Rives", "2024-05-29"));
    }

    #[test]
    fn une_annee_et_un_jour_de_cette_annee_ne_se_contredisent_pas() {
        assert!(membres("ess|15/03/2021|2021||Les Rives").is_ok());
    }
}

//! The register of the 2022 figures: 203 invented poles, from a fixed seed,
//! signatories of the Charter (122), laureates of the accompaniment call (135)
//! or both (54), as the networks counted them on 27 March 2023 (dispositif,
//! P-03). No pole of it is real, so that every number of the site is theirs.

use jiff::{SignedDuration, Timestamp};
use metier::{campagnes::Genre, commun::Region, poles::Theme};

use super::{
    distribution::{CHARTE, instant},
    figurants::{COMMUNES, FINS, siret},
    projets::Graine,
};
use crate::{
    app::App,
    poles::{self, NouveauPole, NouvelleStructure},
    socle::{db::Tx, erreurs::Panne},
};

/// Monday 27 March 2023, the day of the networks' note.
pub const PREMIER_JOUR: &str = "2023-03-27T09:00:00+02:00";

/// By the end of 2022 all is said.
const DERNIER_SIGNE: &str = "2022-12-12T10:00:00+01:00";

/// The first version of the Charter, before that of 30 June 2021.
const PREMIERE_CHARTE: &str = "premiere";

/// How many poles of each region were counted two years before, and how many
/// are: 56, then 203. Of the four regions without a cell, two gained one pole
/// and two none (P-32).
const REGIONS: [(&str, usize, usize); 18] = [
    ("01", 2, 7),
    ("02", 1, 2),
    ("03", 1, 2),
    ("04", 3, 13),
    ("06", 0, 0),
    ("11", 6, 22),
    ("24", 3, 11),
    ("27", 3, 11),
    ("28", 3, 10),
    ("32", 6, 19),
    ("44", 3, 12),
    ("52", 5, 17),
    ("53", 5, 16),
    ("75", 4, 19),
    ("76", 4, 19),
    ("84", 4, 14),
    ("93", 2, 8),
    ("94", 1, 1),
];

const DEBUTS: [&str; 14] = [
    "Pôle",
    "Grange",
    "Quai",
    "Ruche",
    "Verger",
    "Atelier",
    "Chantier",
    "Carrefour",
    "Maison",
    "Escale",
    "Moisson",
    "Relais",
    "Serre",
    "Tissage",
];

/// An invented pole of this register.
struct PoleRecense {
    rang: usize,
    region: &'static str,
    /// Already counted two years before: it had signed the first Charter.
    ancien: bool,
    signataire: bool,
    laureat: bool,
}

/// All of them, region by region.
fn poles() -> Vec<PoleRecense> {
    let mut poles = Vec::new();
    let (mut anciens, mut nouveaux) = (0, 0);
    for (region, avant, apres) in REGIONS {
        for rang_regional in 0..apres {
            let ancien = rang_regional < avant;
            let (signataire, laureat) = match ancien {
                true => {
                    anciens += 1;
                    // 16 of the 56 became laureates.
                    (true, matches!(anciens % 7, 1 | 4))
                }
                false => {
                    nouveaux += 1;
                    // Dealt out over the regions: 28, 38 and 81 of the 147.
                    match nouveaux * 37 % 147 {
                        0..28 => (true, false),
                        28..66 => (true, true),
                        _ => (false, true),
                    }
                }
            };
            poles.push(PoleRecense {
                rang: poles.len(),
                region,
                ancien,
                signataire,
                laureat,
            });
        }
    }
    poles
}

impl PoleRecense {
    fn nom(&self) -> String {
        let (debut, fin) = (self.rang / FINS.len(), self.rang % FINS.len());
        format!("{} {}", DEBUTS[debut], FINS[fin])
    }

    fn graine(&self) -> Graine {
        Graine(1_000 + self.rang)
    }

    /// A day between the two, both included, at office hours.
    fn jour(&self, question: &str, du: &str, au: &str) -> Timestamp {
        let (du, au) = (instant(du), instant(au));
        let jours = du.duration_until(au).as_hours() / 24;
        du + SignedDuration::from_hours(24 * self.graine().entre(question, 0, jours))
    }

    fn themes(&self) -> String {
        let dernier = Theme::TOUS.len() as i64 - 1;
        let place = self.graine().entre("theme", 0, dernier);
        Theme::TOUS[place as usize].code().to_owned()
    }
}

/// Builds the register.
pub async fn installer(app: &App) -> Result<(), Panne> {
    let mut tx = app.db.begin().await?;
    for pole in poles() {
        installer_un_pole(&mut tx, &pole).await?;
    }
    tx.commit().await
}

async fn installer_un_pole(tx: &mut Tx, pole: &PoleRecense) -> Result<(), Panne> {
    let region = Region::par_code(pole.region).expect("one of the eighteen");
    let (_, commune, code_commune) = COMMUNES
        .into_iter()
        .find(|(code, _, _)| *code == pole.region)
        .expect("a commune of each region");
    let structure = poles::create_structure(
        tx,
        &NouvelleStructure {
            nom: format!("Association {}", pole.nom()),
            forme: Some("association".into()),
            qualite_ess: Some("de_droit"),
            siret: Some(siret(pole.rang)),
            commune: Some(commune.into()),
            code_commune: Some(code_commune.into()),
            region: Some(region),
        },
    )
    .await?;
    let id = poles::create(
        tx,
        &NouveauPole {
            nom: pole.nom(),
            porteuse: Some(structure),
            commune: Some(commune.into()),
            code_commune: Some(code_commune.into()),
            departement: None,
            region: Some(region),
            themes: pole.themes(),
            source: None,
            invente: true,
        },
    )
    .await?;
    if pole.ancien {
        let (du, au) = ("2016-01-04T10:00:00+01:00", "2020-12-14T10:00:00+01:00");
        let le = pole.jour("premiere charte", du, au);
        poles::record_signature(tx, id, PREMIERE_CHARTE, le).await?;
    }
    if pole.signataire {
        let le = pole.jour("charte", "2021-07-05T10:00:00+02:00", DERNIER_SIGNE);
        poles::record_signature(tx, id, CHARTE, le).await?;
    }
    if pole.laureat {
        let le = pole.jour("laureat", "2021-07-19T10:00:00+02:00", DERNIER_SIGNE);
        let genre = Genre::Accompagnement;
        poles::record_laureat(tx, id, "ami-accompagnement", genre, Some(le)).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn combien(garder: impl Fn(&PoleRecense) -> bool) -> usize {
        poles().iter().filter(|pole| garder(pole)).count()
    }

    #[test]
    fn les_203_poles_sont_ceux_de_la_note_122_135_54_68_81() {
        assert_eq!(combien(|_| true), 203);
        assert_eq!(combien(|p| p.signataire), 122);
        assert_eq!(combien(|p| p.laureat), 135);
        assert_eq!(combien(|p| p.signataire && p.laureat), 54);
        assert_eq!(combien(|p| p.signataire && !p.laureat), 68);
        assert_eq!(combien(|p| !p.signataire && p.laureat), 81);
    }

    #[test]
    fn deux_ans_plus_tot_ils_etaient_56_et_tous_signataires() {
        assert_eq!(combien(|p| p.ancien), 56);
        assert_eq!(combien(|p| p.ancien && !p.signataire), 0);
    }

    #[test]
    fn les_quatre_regions_sans_cellule_ont_deux_poles_de_plus_sur_147() {
        let sans = ["02", "03", "06", "94"];
        let nouveaux = |p: &PoleRecense| !p.ancien && sans.contains(&p.region);
        assert_eq!((combien(nouveaux), combien(|p| !p.ancien)), (2, 147));
    }

    #[test]
    fn chacun_a_son_nom() {
        let noms: BTreeSet<String> = poles().iter().map(PoleRecense::nom).collect();
        assert_eq!(noms.len(), 203);
    }
}

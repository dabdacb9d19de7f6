//! What the address of a list asks: the same words for the directory, the map
//! and the files.

use metier::{
    commun::Region,
    poles::{Maturite, Signe, Theme, anglais},
};
use serde::Deserialize;

use crate::{
    poles::{
        comptes::Lieu,
        fiches::{Demande, Dit, Fiche, Repere, Tri},
        mots::MotCherche,
    },
    socle::{
        departements,
        epci::{self, Epci},
        feuilles::{Cote, Vers, cote},
    },
    urls,
};

/// The word of the address that leaves the invented world out.
pub const REELS: &str = "reels";

/// That asks for the words as they were typed.
pub const OUI: &str = "oui";

/// That asks for what records do not say.
pub const NON_CONNU: &str = "inconnu";

/// That asks for the latest signs first.
pub const PAR_SIGNE: &str = "signe";

/// That asks for the latest to be known first.
pub const PAR_ARRIVEE: &str = "arrivee";

/// Which world a page shows, as its address says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Monde {
    monde: String,
}

impl Monde {
    pub fn reels(&self) -> bool {
        self.monde == REELS
    }

    /// What the address says of it.
    pub fn dit(&self) -> &'static str {
        if self.reels() { REELS } else { "" }
    }

    /// That page, in the same world.
    pub fn vers(&self, page: &str) -> String {
        urls::avec(page, &[("monde", self.dit())])
    }
}

/// The address of a list, as typed. What is not of our words asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filtre {
    pub q: String,
    /// The words are not to be corrected.
    pub exact: String,
    pub region: String,
    pub departement: String,
    /// The SIREN of a grouping of communes.
    pub epci: String,
    pub theme: String,
    pub maturite: String,
    pub signe: String,
    pub rural: String,
    pub qpv: String,
    pub monde: String,
    pub tri: String,
    pub apres: String,
    pub avant: String,
    /// On the map: the marker whose poles are listed.
    pub autour: String,
}

/// One filter in force: what it says, and the list without it.
pub struct Actif {
    pub dit: String,
    /// The same, for partners abroad.
    pub en_anglais: String,
    pub sans: Filtre,
}

/// What a record may not say, and is asked of it: the list of those that do
/// not, so that they are counted apart.
pub struct Tu {
    /// « dont la ruralité n’est pas connue »
    pub dit: &'static str,
    /// « rural situation is not known », after « whose ».
    pub en_anglais: &'static str,
    pub ceux_la: Filtre,
}

impl Filtre {
    /// The poles of that place, in that world.
    pub fn du_lieu(lieu: Lieu, monde: &Monde) -> Self {
        let code = lieu.code().to_owned();
        let tous = Self {
            monde: monde.dit().to_owned(),
            ..Self::default()
        };
        match lieu {
            Lieu::Region(_) => Self {
                region: code,
                ..tous
            },
            Lieu::Departement(_) => Self {
                departement: code,
                ..tous
            },
            Lieu::Epci(_) => Self { epci: code, ..tous },
        }
    }

    /// The poles of that place, the latest to be known first.
    pub fn derniers_venus(lieu: Lieu) -> Self {
        Self {
            tri: PAR_ARRIVEE.to_owned(),
            ..Self::du_lieu(lieu, &Monde::default())
        }
    }

    /// The address of this list in that form: directory, map, file.
    pub fn adresse(&self, forme: &str) -> String {
        urls::avec(
            forme,
            &[
                ("q", &self.q),
                ("exact", &self.exact),
                ("region", &self.region),
                ("departement", &self.departement),
                ("epci", &self.epci),
                ("theme", &self.theme),
                ("maturite", &self.maturite),
                ("signe", &self.signe),
                ("rural", &self.rural),
                ("qpv", &self.qpv),
                ("monde", &self.monde),
                ("tri", &self.tri),
                ("apres", &self.apres),
                ("avant", &self.avant),
                ("autour", &self.autour),
            ],
        )
    }

    /// The same filters, from the first page: all that a change of form keeps.
    pub fn du_debut(&self) -> Self {
        Self {
            apres: String::new(),
            avant: String::new(),
            autour: String::new(),
            ..self.clone()
        }
    }

    /// Where its page is read from.
    pub fn cote(&self) -> Cote<Repere> {
        cote(&self.apres, &self.avant, Repere::lire)
    }

    /// The page on that side of this record.
    pub fn voisine(&self, fiche: &Fiche, vers: Vers) -> Self {
        let place = fiche.repere.to_string();
        let (apres, avant) = match vers {
            Vers::Apres => (place, String::new()),
            Vers::Avant => (String::new(), place),
        };
        Self {
            apres,
            avant,
            ..self.clone()
        }
    }

    /// The region asked for; one of before 2016 is that of today.
    pub fn region(&self) -> Option<Region> {
        Region::lue(&self.region)
    }

    /// What it asks of the register, its words being these.
    pub fn demande(&self, mots: Vec<MotCherche>) -> Demande {
        let region = self.region();
        Demande {
            mots,
            region: dit(&self.region, |_| region),
            departement: dit(&self.departement, |code| departement(region, code)),
            epci: dit(&self.epci, epci::par_siren),
            theme: dit(&self.theme, Theme::par_code),
            maturite: dit(&self.maturite, Maturite::par_code),
            signe: dit(&self.signe, Signe::par_code),
            rural: dit(&self.rural, oui_non),
            qpv: dit(&self.qpv, oui_non),
            reels: self.monde == REELS,
            tri: match self.tri.as_str() {
                PAR_SIGNE => Tri::Signe,
                PAR_ARRIVEE => Tri::Arrivee,
                _ => Tri::Nom,
            },
        }
    }

    /// The filters in force, in the order of the form.
    pub fn actifs(&self) -> Vec<Actif> {
        let d = self.demande(Vec::new());
        let mut actifs = Vec::new();
        let mut actif = |dit: Option<(String, String)>, oter: fn(&mut Self)| {
            if let Some((dit, en_anglais)) = dit {
                let mut sans = self.du_debut();
                oter(&mut sans);
                actifs.push(Actif {
                    dit,
                    en_anglais,
                    sans,
                });
            }
        };
        let cherche = Some(self.q.trim()).filter(|q| !q.is_empty());
        let cherche = cherche.map(|q| (format!("« {q} »"), format!("“{q}”")));
        actif(cherche, |f| {
            f.q.clear();
            f.exact.clear();
        });
        let regions = ["Région non connue", "Region not known"];
        let region = deux_mots(d.region, Region::nom, anglais::region, regions);
        actif(region, |f| f.region.clear());
        let departements = ["Département non connu", "Department not known"];
        let nom = departements::lisible;
        let departement = deux_mots(d.departement, nom, nom, departements);
        actif(departement, |f| f.departement.clear());
        let nom = |epci: &'static Epci| epci.nom;
        let groupements = [
            "Intercommunalité non connue",
            "Grouping of communes not known",
        ];
        let epci = deux_mots(d.epci, nom, nom, groupements);
        actif(epci, |f| f.epci.clear());
        let themes = ["Thème non connu", "Theme not known"];
        let theme = deux_mots(d.theme, Theme::libelle, anglais::theme, themes);
        actif(theme, |f| f.theme.clear());
        let niveaux = ["Maturité non connue", "Stage not known"];
        let maturite = deux_mots(d.maturite, Maturite::libelle, anglais::maturite, niveaux);
        actif(maturite, |f| f.maturite.clear());
        let signatures = [
            "Signature de la Charte non connue",
            "Signature of the Charter not known",
        ];
        let signe = deux_mots(d.signe, Signe::libelle, anglais::signe, signatures);
        actif(signe, |f| f.signe.clear());
        let rural = |oui| if oui { "Rural" } else { "Non rural" };
        let ruraux = ["Ruralité non connue", "Rural or not: not known"];
        let en_anglais = |oui| if oui { "Rural" } else { "Not rural" };
        let rural = deux_mots(d.rural, rural, en_anglais, ruraux);
        actif(rural, |f| f.rural.clear());
        let qpv = |oui| if oui { "QPV" } else { "Hors QPV" };
        let quartier = |oui| match oui {
            true => "Priority urban neighbourhood",
            false => "No priority urban neighbourhood",
        };
        let quartiers = ["QPV non connu", "Priority neighbourhood or not: not known"];
        let qpv = deux_mots(d.qpv, qpv, quartier, quartiers);
        actif(qpv, |f| f.qpv.clear());
        let reels = || ("Pôles réels".to_owned(), "Real clusters".to_owned());
        actif(d.reels.then(reels), |f| f.monde.clear());
        actifs
    }

    /// What these filters ask and that a record may not say.
    pub fn tus(&self) -> Vec<Tu> {
        let d = self.demande(Vec::new());
        let mut tus = Vec::new();
        let mut tu = |demande: bool, [dit, en_anglais]: [&'static str; 2], taire: fn(&mut Self)| {
            if demande {
                let mut ceux_la = self.du_debut();
                taire(&mut ceux_la);
                tus.push(Tu {
                    dit,
                    en_anglais,
                    ceux_la,
                });
            }
        };
        tu(
            matches!(d.region, Some(Dit::Est(_))),
            ["dont la région n’est pas connue", "region is not known"],
            // Its department would be known.
            |f| {
                f.region = NON_CONNU.to_owned();
                f.departement.clear();
            },
        );
        tu(
            matches!(d.departement, Some(Dit::Est(_))),
            [
                "dont le département n’est pas connu",
                "department is not known",
            ],
            |f| f.departement = NON_CONNU.to_owned(),
        );
        tu(
            matches!(d.epci, Some(Dit::Est(_))),
            [
                "dont l’intercommunalité n’est pas connue",
                "grouping of communes is not known",
            ],
            |f| f.epci = NON_CONNU.to_owned(),
        );
        tu(
            matches!(d.theme, Some(Dit::Est(_))),
            ["dont le thème n’est pas connu", "theme is not known"],
            |f| f.theme = NON_CONNU.to_owned(),
        );
        tu(
            matches!(d.maturite, Some(Dit::Est(_))),
            ["dont la maturité n’est pas connue", "stage is not known"],
            |f| f.maturite = NON_CONNU.to_owned(),
        );
        tu(
            d.signe == Some(Dit::Est(Signe::Charte)),
            [
                "dont la signature n’est pas connue",
                "signature is not known",
            ],
            |f| f.signe = NON_CONNU.to_owned(),
        );
        tu(
            matches!(d.rural, Some(Dit::Est(_))),
            [
                "dont la ruralité n’est pas connue",
                "rural situation is not known",
            ],
            |f| f.rural = NON_CONNU.to_owned(),
        );
        tu(
            matches!(d.qpv, Some(Dit::Est(_))),
            [
                "dont la situation en QPV n’est pas connue",
                "situation in priority neighbourhoods is not known",
            ],
            |f| f.qpv = NON_CONNU.to_owned(),
        );
        tus
    }
}

/// What is asked, in both languages; or that it is what records do not say.
fn deux_mots<T: Copy, F: Into<String>, A: Into<String>>(
    dit: Option<Dit<T>>,
    francais: impl FnOnce(T) -> F,
    anglais: impl FnOnce(T) -> A,
    [inconnu, not_known]: [&str; 2],
) -> Option<(String, String)> {
    dit.map(|dit| match dit {
        Dit::Est(valeur) => (francais(valeur).into(), anglais(valeur).into()),
        Dit::NonConnu => (inconnu.to_owned(), not_known.to_owned()),
    })
}

fn dit<T>(mot: &str, lire: impl FnOnce(&str) -> Option<T>) -> Option<Dit<T>> {
    match mot {
        NON_CONNU => Some(Dit::NonConnu),
        mot => lire(mot).map(Dit::Est),
    }
}

fn oui_non(mot: &str) -> Option<bool> {
    match mot {
        OUI => Some(true),
        "non" => Some(false),
        _ => None,
    }
}

/// A department of the region: once another region is chosen, that of the
/// former one asks for nothing.
fn departement(region: Option<Region>, code: &str) -> Option<&'static str> {
    let sienne = Region::par_departement(code)?;
    let connus = sienne.departements().iter().copied();
    let connu = connus.into_iter().find(|connu| *connu == code);
    connu.filter(|_| region.is_none_or(|region| region == sienne))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn un_filtre_en_vigueur_se_retire_seul_et_garde_les_autres() {
        let filtre = Filtre {
            region: "53".into(),
            signe: "charte".into(),
            rural: "oui".into(),
            apres: "a~b".into(),
            ..Filtre::default()
        };
        let actifs = filtre.actifs();
        let dits: Vec<&str> = actifs.iter().map(|actif| actif.dit.as_str()).collect();
        assert_eq!(dits, ["Bretagne", "Charte signée", "Rural"]);
        let anglais: Vec<&str> = actifs.iter().map(|a| a.en_anglais.as_str()).collect();
        assert_eq!(anglais, ["Brittany", "Signed the Charter", "Rural"]);
        assert_eq!(
            actifs[0].sans.adresse(urls::POLES),
            "/poles?signe=charte&rural=oui"
        );
    }

    #[test]
    fn une_valeur_inconnue_ne_filtre_rien_et_ne_se_montre_pas() {
        let filtre = Filtre {
            region: "999".into(),
            departement: "20".into(),
            theme: "<script>".into(),
            maturite: "grand".into(),
            rural: "peut-être".into(),
            ..Filtre::default()
        };
        assert!(filtre.actifs().is_empty());
    }

    #[test]
    fn le_departement_d_une_autre_region_ne_filtre_rien() {
        let filtre = |region: &str| Filtre {
            region: region.into(),
            departement: "29".into(),
            ..Filtre::default()
        };
        let dits = |region| filtre(region).demande(Vec::new()).departement;
        assert_eq!(dits("53"), Some(Dit::Est("29")));
        assert_eq!(dits(""), Some(Dit::Est("29")));
        assert_eq!(dits("52"), None);
    }

    #[test]
    fn ce_qu_une_fiche_ne_dit_pas_se_demande_a_part() {
        let filtre = Filtre {
            rural: "oui".into(),
            maturite: "inconnu".into(),
            apres: "a~b".into(),
            ..Filtre::default()
        };
        let tus = filtre.tus();
        assert_eq!(tus.len(), 1);
        assert_eq!(
            tus[0].ceux_la.adresse(urls::POLES),
            "/poles?maturite=inconnu&rural=inconnu"
        );
    }

    #[test]
    fn une_place_se_relit_dans_chaque_ordre() {
        for rang in [0, -1_625_000_000_000] {
            let place = Repere {
                rang,
                cle_tri: "pole ~ des rives".into(),
                id: Uuid::from_u128(7),
            };
            assert_eq!(Repere::lire(&place.to_string()), Some(place));
        }
        for texte in ["", "a", "a~b", "1~a~b"] {
            assert_eq!(Repere::lire(texte), None, "{texte}");
        }
    }
}

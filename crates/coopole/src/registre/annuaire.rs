//! The directory: filters that live in the address, one page at a time, by name.

use metier::{
    commun::Region,
    poles::{Signe, Theme},
};
use serde::Deserialize;

use crate::{
    poles::{
        fiches::{self, Demande, Fiche, MOTS_AU_PLUS, Repere},
        mots,
    },
    socle::{db::Lecture, erreurs::Panne},
    urls,
};

/// Rows of a page.
pub const PAR_PAGE: usize = 25;

/// The word of the address that leaves the invented world out.
pub const REELS: &str = "reels";

/// The address of a list, as typed. What is not of our words asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filtre {
    pub q: String,
    pub region: String,
    pub theme: String,
    pub signe: String,
    pub monde: String,
    pub apres: String,
    pub avant: String,
    /// On the map: the marker whose poles are listed.
    pub autour: String,
}

/// One filter in force: what it says, and the list without it.
pub struct Actif {
    pub dit: String,
    pub sans: Filtre,
}

impl Filtre {
    /// The address of this list in that form: directory, map, file.
    pub fn adresse(&self, forme: &str) -> String {
        urls::avec(
            forme,
            &[
                ("q", &self.q),
                ("region", &self.region),
                ("theme", &self.theme),
                ("signe", &self.signe),
                ("monde", &self.monde),
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

    /// The page that ends before this record.
    pub fn jusqu_a(&self, fiche: &Fiche) -> Self {
        Self {
            avant: format!("{}~{}", fiche.cle_tri, fiche.id),
            apres: String::new(),
            ..self.clone()
        }
    }

    /// The page that begins after this record.
    pub fn a_partir_de(&self, fiche: &Fiche) -> Self {
        Self {
            apres: format!("{}~{}", fiche.cle_tri, fiche.id),
            avant: String::new(),
            ..self.clone()
        }
    }

    /// The filters in force, in the order of the form.
    pub fn actifs(&self) -> Vec<Actif> {
        let d = self.demande();
        let mut actifs = Vec::new();
        let mut actif = |dit: Option<String>, oter: fn(&mut Self)| {
            if let Some(dit) = dit {
                let mut sans = self.du_debut();
                oter(&mut sans);
                actifs.push(Actif { dit, sans });
            }
        };
        let cherche = Some(self.q.trim()).filter(|q| !q.is_empty());
        actif(cherche.map(|q| format!("« {q} »")), |f| f.q.clear());
        actif(d.region.map(|r| r.nom().to_owned()), |f| f.region.clear());
        actif(d.theme.map(|t| t.libelle().to_owned()), |f| f.theme.clear());
        actif(d.signe.map(|s| s.libelle().to_owned()), |f| f.signe.clear());
        actif(d.reels.then(|| "Pôles réels".to_owned()), |f| {
            f.monde.clear()
        });
        actifs
    }

    /// What it asks of the register.
    pub fn demande(&self) -> Demande {
        let mut cherches: [String; MOTS_AU_PLUS] = Default::default();
        // The longest say the most.
        let mut tapes: Vec<String> = mots(self.q.trim()).collect();
        tapes.sort_by_key(|mot| std::cmp::Reverse(mot.chars().count()));
        for (place, mot) in cherches.iter_mut().zip(tapes) {
            *place = mot;
        }
        Demande {
            region: Region::par_code(&self.region),
            theme: Theme::par_code(&self.theme),
            signe: Signe::par_code(&self.signe),
            reels: self.monde == REELS,
            mots: cherches,
        }
    }
}

/// A page of the directory.
pub struct Annuaire {
    pub filtre: Filtre,
    pub fiches: Vec<Fiche>,
    /// How many records answer, all pages together.
    pub combien: u64,
    pub precedente: Option<Filtre>,
    pub suivante: Option<Filtre>,
    /// When nothing answers: each list with one filter less, and its count.
    pub sans: Vec<(Actif, u64)>,
}

/// Reads the page that the address asks for.
pub async fn lire(base: &mut Lecture, filtre: Filtre) -> Result<Annuaire, Panne> {
    let demande = filtre.demande();
    let combien = fiches::compter(base, &demande).await?;
    let (apres, avant) = (repere(&filtre.apres), repere(&filtre.avant));
    let une_de_plus = PAR_PAGE as i64 + 1;
    let mut lues = match &avant {
        Some(avant) => fiches::avant(base, &demande, avant, une_de_plus).await?,
        None => fiches::apres(base, &demande, apres.as_ref(), une_de_plus).await?,
    };
    let il_en_reste = lues.len() > PAR_PAGE;
    if il_en_reste {
        match avant {
            Some(_) => drop(lues.remove(0)),
            None => lues.truncate(PAR_PAGE),
        }
    }
    let (a_gauche, a_droite) = match avant {
        Some(_) => (il_en_reste, true),
        None => (apres.is_some(), il_en_reste),
    };
    let sans = match combien {
        0 => sans(base, &filtre).await?,
        _ => Vec::new(),
    };
    let debut = filtre.du_debut();
    let (premiere, derniere) = (lues.first(), lues.last());
    Ok(Annuaire {
        precedente: premiere.filter(|_| a_gauche).map(|f| debut.jusqu_a(f)),
        suivante: derniere.filter(|_| a_droite).map(|f| debut.a_partir_de(f)),
        fiches: lues,
        combien: combien.unsigned_abs(),
        sans,
        filtre,
    })
}

/// Each list with one filter less, and how many records it has.
pub async fn sans(base: &mut Lecture, filtre: &Filtre) -> Result<Vec<(Actif, u64)>, Panne> {
    let mut sans = Vec::new();
    for actif in filtre.actifs() {
        let combien = fiches::compter(base, &actif.sans.demande()).await?;
        sans.push((actif, combien.unsigned_abs()));
    }
    Ok(sans)
}

/// « pole des rives~018f… »: what is not of ours is no place.
pub fn repere(texte: &str) -> Option<Repere> {
    let (cle_tri, id) = texte.rsplit_once('~')?;
    Some(Repere {
        cle_tri: cle_tri.to_owned(),
        id: id.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_filtre_en_vigueur_se_retire_seul_et_garde_les_autres() {
        let filtre = Filtre {
            region: "53".into(),
            signe: "charte".into(),
            apres: "a~b".into(),
            ..Filtre::default()
        };
        let actifs = filtre.actifs();
        let dits: Vec<&str> = actifs.iter().map(|actif| actif.dit.as_str()).collect();
        assert_eq!(dits, ["Bretagne", "Charte signée"]);
        assert_eq!(actifs[0].sans.adresse(urls::POLES), "/poles?signe=charte");
    }

    #[test]
    fn une_valeur_inconnue_ne_filtre_rien_et_ne_se_montre_pas() {
        let filtre = Filtre {
            region: "999".into(),
            theme: "<script>".into(),
            ..Filtre::default()
        };
        assert!(filtre.actifs().is_empty());
    }

    #[test]
    fn on_cherche_les_mots_les_plus_longs() {
        let filtre = Filtre {
            q: "Pôle de l’Économie à Morlaix".into(),
            ..Filtre::default()
        };
        assert_eq!(filtre.demande().mots, ["economie", "morlaix", "pole"]);
    }
}

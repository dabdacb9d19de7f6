//! The directory: filters that live in the address, one page at a time.

mod filtre;

pub use filtre::{Actif, Filtre, Monde, NON_CONNU, OUI, PAR_ARRIVEE, PAR_SIGNE, REELS, Tu};

use metier::poles::Signe;

use crate::{
    consignations::{self, Attestation},
    poles::{
        fiches::{self, Demande, Fiche},
        mots,
    },
    socle::{db::Lecture, erreurs::Panne, feuilles::Feuille},
};

pub use crate::poles::fiches::PAR_PAGE;

/// What an address asks, once its words are recognised.
pub struct Recherche {
    pub demande: Demande,
    /// The words looked for, when one of them is not as typed.
    pub corriges: Option<String>,
}

/// A page of the directory.
pub struct Annuaire {
    pub filtre: Filtre,
    /// The words looked for, when one of them is not as typed.
    pub corriges: Option<String>,
    pub fiches: Vec<Fiche>,
    /// How many records answer, all pages together; past
    /// [`fiches::COMPTE_AU_PLUS`], only that there are more.
    pub combien: u64,
    pub precedente: Option<Filtre>,
    pub suivante: Option<Filtre>,
    /// Those that a filter leaves out for want of knowing, counted apart.
    pub tus: Vec<(Tu, u64)>,
    /// When nothing answers: each list with one filter less, and its count.
    pub sans: Vec<(Actif, u64)>,
    /// The list of signatories that was said whole last, where it bears on what
    /// is asked.
    pub liste_attestee: Option<Attestation>,
}

/// Recognises what the address asks.
pub async fn chercher(base: &mut Lecture, filtre: &Filtre) -> Result<Recherche, Panne> {
    let reconnus = mots::reconnaitre(base, &filtre.q, filtre.exact == OUI).await?;
    Ok(Recherche {
        demande: filtre.demande(reconnus.mots),
        corriges: reconnus.corriges,
    })
}

/// Reads the page that the address asks for.
pub async fn lire(base: &mut Lecture, filtre: Filtre) -> Result<Annuaire, Panne> {
    let Recherche { demande, corriges } = chercher(base, &filtre).await?;
    let combien = fiches::compter(base, &demande).await?;
    let cote = filtre.cote();
    let lues = fiches::page(base, &demande, &cote).await?;
    let debut = filtre.du_debut();
    let voisine = |fiche: &Fiche, vers| debut.voisine(fiche, vers);
    let feuille = Feuille::couper(lues, (&cote, PAR_PAGE), voisine);
    let sans = match combien {
        0 => sans(base, &filtre, &demande).await?,
        _ => Vec::new(),
    };
    Ok(Annuaire {
        precedente: feuille.precedente,
        suivante: feuille.suivante,
        tus: tus(base, &filtre, &demande).await?,
        liste_attestee: attestee(base, &filtre).await?,
        fiches: feuille.lignes,
        combien,
        corriges,
        sans,
        filtre,
    })
}

/// The list of signatories that was said whole, when signatories are asked for.
pub async fn attestee(base: &mut Lecture, filtre: &Filtre) -> Result<Option<Attestation>, Panne> {
    match filtre.signe == Signe::Charte.code() {
        true => consignations::liste_des_signataires(base).await,
        false => Ok(None),
    }
}

/// Each list with one filter less, and how many records it has.
pub async fn sans(
    base: &mut Lecture,
    filtre: &Filtre,
    demande: &Demande,
) -> Result<Vec<(Actif, u64)>, Panne> {
    let mut sans = Vec::new();
    for actif in filtre.actifs() {
        let combien = compter_autrement(base, &actif.sans, demande).await?;
        sans.push((actif, combien));
    }
    Ok(sans)
}

/// The records that these filters leave out for want of knowing.
pub async fn tus(
    base: &mut Lecture,
    filtre: &Filtre,
    demande: &Demande,
) -> Result<Vec<(Tu, u64)>, Panne> {
    let mut tus = Vec::new();
    for tu in filtre.tus() {
        match compter_autrement(base, &tu.ceux_la, demande).await? {
            0 => {}
            combien => tus.push((tu, combien)),
        }
    }
    Ok(tus)
}

/// How many records answer another filter, for the same words if it has any.
async fn compter_autrement(
    base: &mut Lecture,
    autre: &Filtre,
    demande: &Demande,
) -> Result<u64, Panne> {
    let mots = match autre.q.is_empty() {
        true => Vec::new(),
        false => demande.mots.clone(),
    };
    fiches::compter(base, &autre.demande(mots)).await
}

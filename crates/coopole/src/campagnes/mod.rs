//! The calls: their documents, embedded in the binary, and their public pages.
//!
//! Other rooms ask the door for a call by its code and read everything from
//! its document (`metier::campagnes::Campagne`, to which ours derefs). Never
//! done here: a rule of a call (it is in its document) or a dossier (they come
//! later).

mod agenda;
mod notice;
mod pages;
pub mod phrases;
mod reponses;
pub mod routes;
mod store;

pub use pages::{appel_ouvert, constat};
pub use reponses::Reponses;

use std::{ops::Deref, sync::Arc};

use jiff::Timestamp;
use metier::campagnes::{EtatCampagne, Faute, Fenetre, lire};
use tokio::sync::OnceCell;

use crate::socle::{
    actifs::{self, Texte},
    erreurs::Panne,
};

/// A call: its document, and what the base needs to name it.
pub struct Campagne {
    pub code: String,
    pub millesime: i32,
    /// Published versions are immutable, and a dossier stays bound to the one
    /// it was started on. An embedded document is the first.
    pub version: u32,
    pub fenetre: Fenetre,
    document: metier::campagnes::Campagne,
    /// Its notice, printed at the first request.
    notice: OnceCell<notice::Imprimee>,
}

impl Deref for Campagne {
    type Target = metier::campagnes::Campagne;
    fn deref(&self) -> &Self::Target {
        &self.document
    }
}

impl Campagne {
    fn embarquee(texte: &Texte) -> Result<Self, Panne> {
        let document = lire(texte.texte).map_err(|fautes| en_panne(texte.nom, &fautes))?;
        let Ok(millesime) = document.identite.millesime.parse() else {
            let panne = format!("{}: its vintage is not a year", texte.nom);
            return Err(Panne::Appel(panne));
        };
        Ok(Self {
            code: document.identite.code.clone(),
            millesime,
            version: 1,
            fenetre: document.fenetre(),
            document,
            notice: OnceCell::new(),
        })
    }
}

/// All the faults of a document, each at its place.
fn en_panne(nom: &str, fautes: &[Faute]) -> Panne {
    let fautes: Vec<String> = fautes
        .iter()
        .map(|faute| format!("{nom}:{}:{}: {}", faute.ligne, faute.colonne, faute.message))
        .collect();
    Panne::Appel(fautes.join("\n"))
}

/// Every call this binary carries, the newest opening first.
pub struct Campagnes(Vec<Arc<Campagne>>);

impl Campagnes {
    /// Reads the embedded documents. A faulty one stops the start: what the
    /// text says and what the machine enforces cannot drift apart.
    pub fn embarquees() -> Result<Self, Panne> {
        Self::lues(actifs::APPELS)
    }

    fn lues(textes: &[Texte]) -> Result<Self, Panne> {
        let lues = textes.iter().map(Campagne::embarquee);
        let mut toutes: Vec<_> = lues
            .map(|lue| lue.map(Arc::new))
            .collect::<Result<_, _>>()?;
        toutes.sort_by_key(|campagne| std::cmp::Reverse(campagne.fenetre.ouverture));
        Ok(Self(toutes))
    }

    pub fn toutes(&self) -> impl Iterator<Item = &Arc<Campagne>> {
        self.0.iter()
    }

    /// The calls that stand there at that instant, by their calendars.
    pub fn dans_l_etat(
        &self,
        etat: EtatCampagne,
        le: Timestamp,
    ) -> impl Iterator<Item = &Arc<Campagne>> {
        self.toutes()
            .filter(move |campagne| campagne.etat(le) == etat)
    }

    /// The call of that code, or a page that does not exist.
    pub fn find(&self, code: &str) -> Result<Arc<Campagne>, Panne> {
        self.0
            .iter()
            .find(|campagne| campagne.code == code)
            .cloned()
            .ok_or(Panne::Introuvable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_document_fautif_arrete_le_demarrage_avec_toutes_ses_fautes() {
        let texte = "format = 1\n[appel]\ncode = \"essai\"\nmillesime = 2024\n";
        let panne = Campagnes::lues(&[Texte {
            nom: "essai",
            texte,
        }])
        .err()
        .expect("le document est fautif")
        .to_string();
        assert!(panne.contains("essai:4:"), "{panne}");
        assert!(panne.lines().count() > 3, "{panne}");
    }
}

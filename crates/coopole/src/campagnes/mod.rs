//! The calls: their documents, embedded in the binary, and their public pages.
//!
//! Other rooms ask the door for a call by its code and read everything from
//! its document (`metier::campagnes::Campagne`, to which ours derefs). Never
//! done here: a rule of a call (it is in its document) or a dossier (they come
//! later).

mod agenda;
mod anciens;
mod notice;
mod officiels;
mod pages;
pub mod phrases;
mod reponses;
pub mod routes;
mod store;

pub use anciens::{AppelGagne, a_laureats as appels_a_laureats, titre as titre_d_un_appel_passe};
pub use pages::{appel_ouvert, constat};
pub use reponses::Reponses;

use std::{ops::Deref, path::Path, sync::Arc};

use jiff::Timestamp;
use metier::campagnes::{EtatCampagne, Faute, Fenetre, lire};
use tokio::sync::OnceCell;

use officiels::Officiels;

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
    /// The wording of its notice, where the operator poured it in.
    pub officiels: Officiels,
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
    fn embarquee(texte: &Texte, donnees: &Path) -> Result<Self, Panne> {
        let document = lire(texte.texte).map_err(|fautes| en_panne(texte.nom, &fautes))?;
        let officiels = Officiels::lire(donnees, &document)?;
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
            officiels,
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
    /// text says and what the machine enforces cannot drift apart. Beside them,
    /// the official texts of the data folder.
    pub fn embarquees(donnees: &Path) -> Result<Self, Panne> {
        Self::lues(actifs::APPELS, donnees)
    }

    fn lues(textes: &[Texte], donnees: &Path) -> Result<Self, Panne> {
        let lues = textes
            .iter()
            .map(|texte| Campagne::embarquee(texte, donnees));
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

    /// The title by which a call is known, held here or before; its code when
    /// nothing names it.
    pub fn titre<'a>(&'a self, code: &'a str) -> &'a str {
        let ici = self.0.iter().find(|campagne| campagne.code == code);
        ici.map(|campagne| campagne.identite.titre_court.as_str())
            .or_else(|| anciens::titre(code))
            .unwrap_or(code)
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
        let essai = Texte {
            nom: "essai",
            texte,
        };
        let panne = Campagnes::lues(&[essai], Path::new("/nulle-part"))
            .err()
            .expect("le document est fautif")
            .to_string();
        assert!(panne.contains("essai:4:"), "{panne}");
        assert!(panne.lines().count() > 3, "{panne}");
    }

    #[test]
    fn un_texte_officiel_sans_regle_ou_vide_arrete_le_demarrage() {
        let donnees = std::env::temp_dir().join(format!("officiels-{}", std::process::id()));
        let dossier = donnees.join("textes/ami-financement-2024");
        std::fs::create_dir_all(&dossier).unwrap();
        let ouvrir = || {
            Campagnes::embarquees(&donnees)
                .map(drop)
                .map_err(|p| p.to_string())
        };
        std::fs::write(dossier.join("E1.txt"), "Être lauréat.\n").unwrap();
        assert_eq!(ouvrir(), Ok(()));
        std::fs::write(dossier.join("E99.txt"), "Une règle inconnue.").unwrap();
        assert!(ouvrir().unwrap_err().contains("E99.txt"));
        std::fs::remove_file(dossier.join("E99.txt")).unwrap();
        std::fs::write(dossier.join("E1.txt"), " \n").unwrap();
        assert!(ouvrir().unwrap_err().contains("vide"));
        std::fs::remove_dir_all(donnees).unwrap();
    }
}

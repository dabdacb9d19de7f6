//! The official wording beside ours. The rules of a call are written here in
//! plain words, with their exact reference; whoever runs the instance may pour
//! the text of the notice in, one file a rule, and it is shown as a quotation:
//! `textes/<appel>/<règle>.txt` in the data folder.
//!
//! Refused at the start: a file that names no rule of the call, or is empty.
//! Silence would leave a text nobody reads.

use std::{collections::BTreeMap, fs, io::ErrorKind, path::Path};

use dsfr::Citation;
use maud::{Markup, html};
use metier::{campagnes, commun::typographie};

use crate::{campagnes::phrases, socle::erreurs::Panne};

/// The official text of each rule that has one, by the rule's code.
#[derive(Default)]
pub struct Officiels(BTreeMap<String, String>);

impl Officiels {
    /// Reads what the operator poured in for this call; nothing is fine.
    pub fn lire(donnees: &Path, campagne: &campagnes::Campagne) -> Result<Self, Panne> {
        let dossier = donnees.join("textes").join(&campagne.identite.code);
        let fichiers = match fs::read_dir(&dossier) {
            Ok(fichiers) => fichiers,
            Err(absent) if absent.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(panne) => return Err(panne.into()),
        };
        let mut textes = BTreeMap::new();
        for fichier in fichiers {
            let chemin = fichier?.path();
            let faute = |quoi: &str| Panne::Appel(format!("{} : {quoi}", chemin.display()));
            let code = chemin
                .file_stem()
                .and_then(|nom| nom.to_str())
                .unwrap_or_default();
            let est_texte = chemin.extension().is_some_and(|suffixe| suffixe == "txt");
            if !est_texte || !campagne.regles.iter().any(|regle| regle.code == code) {
                let regles: Vec<&str> = campagne.regles.iter().map(|r| r.code.as_str()).collect();
                return Err(faute(&format!(
                    "ce nom n’est pas celui d’une règle de l’appel. Attendu : {}, suivi de « .txt ».",
                    regles.join(", ")
                )));
            }
            let texte = fs::read_to_string(&chemin)?.trim().to_owned();
            if texte.is_empty() {
                return Err(faute(
                    "ce fichier est vide. Attendu : le texte de la notice.",
                ));
            }
            textes.insert(code.to_owned(), texte);
        }
        Ok(Self(textes))
    }

    /// The quotation to show under our wording of this rule, if there is one.
    pub fn citation(&self, regle: &str, source: &str) -> Markup {
        html! {
            @if let Some(texte) = self.0.get(regle) {
                (Citation::nouvelle(
                    typographie(texte),
                    format!("Texte officiel, {}", phrases::reference(source)),
                ))
            }
        }
    }
}

//! The only world a template sees: its own sources, the fonts on the shelf and
//! one file, the facts. No other file, no package, and no date of today, so
//! that paper depends on nothing but what is printed on it.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

/// Every template, carried by the binary.
const MODELES: &[(&str, &str)] = &[
    ("gabarit.typ", include_str!("../modeles/gabarit.typ")),
    ("recours.typ", include_str!("../modeles/recours.typ")),
    (
        "tableau-budget.typ",
        include_str!("../modeles/tableau-budget.typ"),
    ),
    ("accuse.typ", include_str!("../modeles/accuse.typ")),
    ("notice.typ", include_str!("../modeles/notice.typ")),
    ("budget.typ", include_str!("../modeles/budget.typ")),
    ("decision.typ", include_str!("../modeles/decision.typ")),
    ("convention.typ", include_str!("../modeles/convention.typ")),
    ("certificat.typ", include_str!("../modeles/certificat.typ")),
    ("lettre.typ", include_str!("../modeles/lettre.typ")),
];

/// What does not change from one document to the next.
pub(crate) struct Atelier {
    bibliotheque: LazyHash<Library>,
    catalogue: LazyHash<FontBook>,
    polices: Vec<Font>,
    modeles: HashMap<FileId, Source>,
    faits: FileId,
}

impl Atelier {
    pub(crate) fn nouveau(polices: Vec<Font>) -> Self {
        // Row headers of tables are said to screen readers only through these
        // extras, which Typst still calls provisional.
        let bibliotheque = Library::builder()
            .with_features([Feature::A11yExtras].into_iter().collect())
            .build();
        Self {
            bibliotheque: LazyHash::new(bibliotheque),
            catalogue: LazyHash::new(FontBook::from_fonts(&polices)),
            polices,
            modeles: MODELES
                .iter()
                .map(|(nom, texte)| (fichier(nom), Source::new(fichier(nom), (*texte).into())))
                .collect(),
            faits: fichier("faits.json"),
        }
    }

    /// The world of one document.
    pub(crate) fn monde(&self, modele: &str, faits: String) -> Monde<'_> {
        Monde {
            atelier: self,
            principal: fichier(modele),
            faits: Bytes::from_string(faits),
        }
    }
}

/// The workshop, and the facts of one document.
pub(crate) struct Monde<'a> {
    atelier: &'a Atelier,
    principal: FileId,
    faits: Bytes,
}

impl World for Monde<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.atelier.bibliotheque
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.atelier.catalogue
    }

    fn main(&self) -> FileId {
        self.principal
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.atelier
            .modeles
            .get(&id)
            .cloned()
            .ok_or_else(|| inconnu(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.atelier.faits {
            Ok(self.faits.clone())
        } else {
            Err(inconnu(id))
        }
    }

    fn font(&self, rang: usize) -> Option<Font> {
        self.atelier.polices.get(rang).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn fichier(nom: &str) -> FileId {
    let chemin = VirtualPath::new(nom).expect("the names of our templates are plain");
    RootedPath::new(VirtualRoot::Project, chemin).intern()
}

fn inconnu(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use typst::syntax::package::PackageSpec;

    #[test]
    fn un_modele_ne_voit_ni_fichier_ni_paquet_ni_date_du_jour() {
        let atelier = Atelier::nouveau(Vec::new());
        let monde = atelier.monde("accuse.typ", "{}".into());
        let paquet: PackageSpec = "@preview/example:0.1.0".parse().expect("a package name");
        let chemin = VirtualPath::new("lib.typ").expect("a plain name");
        let du_paquet = RootedPath::new(VirtualRoot::Package(paquet), chemin).intern();
        for id in [fichier("etc/passwd"), fichier("Cargo.toml"), du_paquet] {
            assert!(monde.file(id).is_err());
            assert!(monde.source(id).is_err());
        }
        assert!(monde.file(fichier("faits.json")).is_ok());
        assert!(monde.today(None).is_none());
    }
}

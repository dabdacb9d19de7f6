//! The fonts on the shelf: Libertinus and DejaVu Mono, carried by the binary,
//! and those of a folder an operator may add. System fonts are never looked
//! at: the same facts must give the same pages everywhere.

use std::path::Path;

use typst::foundations::Bytes;
use typst::text::Font;

use crate::PannePapier;

/// The family of texts when the operator names none.
pub(crate) const TEXTE: &str = "Libertinus Serif";
/// The family of fingerprints and codes.
pub(crate) const CHIFFRE: &str = "DejaVu Sans Mono";

/// The fonts of the house, and those of the folder.
pub(crate) fn charger(dossier: Option<&Path>) -> Result<Vec<Font>, PannePapier> {
    let mut polices: Vec<Font> = typst_assets::fonts()
        .flat_map(|octets| Font::iter(Bytes::new(octets)))
        .filter(|police| [TEXTE, CHIFFRE].contains(&police.info().family.as_str()))
        .collect();
    if let Some(dossier) = dossier {
        polices.extend(du_dossier(dossier).map_err(|cause| PannePapier::Polices {
            dossier: dossier.to_owned(),
            cause,
        })?);
    }
    Ok(polices)
}

/// Sorted by name, so that the choice between twins never depends on the disk.
fn du_dossier(dossier: &Path) -> std::io::Result<Vec<Font>> {
    let mut chemins = std::fs::read_dir(dossier)?
        .map(|entree| entree.map(|entree| entree.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    chemins.retain(|chemin| {
        chemin.extension().is_some_and(|fin| {
            ["ttf", "otf", "ttc"]
                .iter()
                .any(|connue| fin.eq_ignore_ascii_case(connue))
        })
    });
    chemins.sort();
    let mut polices = Vec::new();
    for chemin in chemins {
        polices.extend(Font::iter(Bytes::new(std::fs::read(chemin)?)));
    }
    Ok(polices)
}

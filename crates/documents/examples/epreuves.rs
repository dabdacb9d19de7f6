//! Prints one of each paper into a folder, to look at them:
//! `cargo run -p documents --example epreuves -- FOLDER [TIMES [NAME]]`.

#[path = "../src/essais/monde.rs"]
mod monde;
#[path = "../src/essais/monde_appel.rs"]
mod monde_appel;
#[path = "../src/essais/monde_argent.rs"]
mod monde_argent;

use std::error::Error;
use std::path::PathBuf;

use documents::{Document, Imprimerie, Reglages};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let dossier = PathBuf::from(arguments.next().ok_or("dossier\u{202f}?")?);
    let fois: usize = arguments.next().map_or(Ok(1), |nombre| nombre.parse())?;
    let seul = arguments.next();
    std::fs::create_dir_all(&dossier)?;
    let presse = Imprimerie::nouvelle(Reglages::default())?;
    let epreuves: [(&str, Document); 8] = [
        ("accuse", monde::accuse().into()),
        ("notice", monde_appel::notice().into()),
        ("budget", monde_argent::budget().into()),
        ("decision-retenu", monde_argent::retenu().into()),
        ("decision-non-retenu", monde_argent::non_retenu().into()),
        ("convention", monde_argent::convention().into()),
        ("certificat", monde::certificat().into()),
        ("lettre", monde::lettre_de_code().into()),
    ];
    for (nom, document) in epreuves
        .iter()
        .filter(|(nom, _)| seul.as_deref().is_none_or(|seul| seul == *nom))
    {
        for _ in 0..fois {
            std::fs::write(
                dossier.join(nom).with_extension("pdf"),
                presse.imprimer(document)?,
            )?;
        }
    }
    Ok(())
}

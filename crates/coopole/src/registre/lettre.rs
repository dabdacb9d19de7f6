//! The letter of a claim on paper. Its code is kept nowhere: it comes back from
//! the page that shows it, is checked against its hash, and is printed with the
//! facts that the act recorded.

use axum::response::Response;
use documents::{Document, LettreDeCode};
use metier::{
    commun::{temps, typographie},
    poles::revendication::{code_saisi, validite_du_code},
};

use super::revendications::empreinte;
use crate::{
    app::App,
    poles::revendications::Demande,
    socle::{erreurs::Panne, papier},
    urls,
};

/// The letter as a download. Another code than that of the latest letter has no
/// paper.
pub async fn telecharger(app: &App, demande: &Demande, code: &str) -> Result<Response, Panne> {
    let document = document(&app.reglages.url, demande, &code_saisi(code))?;
    let octets = app.presse.imprimer(document).await?;
    Ok(papier::telechargement(octets, "lettre-de-code"))
}

fn document(url: &str, demande: &Demande, code: &str) -> Result<Document, Panne> {
    let lettre = demande.lettre.as_ref().ok_or(Panne::Introuvable)?;
    if demande.tranchee() || lettre.empreinte != empreinte(demande.id, code) {
        return Err(Panne::Introuvable);
    }
    let (debut, fin) = code.split_at(code.len() / 2);
    let service = match demande.region {
        Some(region) => format!("Cellule {}", region.nom()),
        None => "Pilotage national".to_owned(),
    };
    Ok(Document::from(LettreDeCode {
        service,
        adresse: lettre.adresse.lines().map(str::to_owned).collect(),
        ecrite_le: typographie(&temps::jour_long(lettre.ecrite_le)),
        etabli_le: lettre.ecrite_le,
        pole: typographie(&demande.nom_du_pole),
        personne: demande.nom.clone(),
        fonction: typographie(&demande.fonction),
        code: vec![debut.to_owned(), fin.to_owned()],
        jusqu_au: typographie(&temps::jour_long(lettre.ecrite_le + validite_du_code())),
        page: format!("{url}{}", urls::revendication(demande.pole)),
    }))
}

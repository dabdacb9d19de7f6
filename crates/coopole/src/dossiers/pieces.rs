//! Files: taking one for a piece of the call, and handing it over.
//!
//! A file is known by its content, kept under an identifier of ours and always
//! handed over as a download, never shown in the page's own origin.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use metier::dossiers::TypeFichier;
use uuid::Uuid;

use super::{contenu::Piece, store};
use crate::{
    app::App,
    socle::{erreurs::Panne, fichiers},
    urls,
};

/// The file, as a download. The caller has checked the right to read it.
pub async fn servir(app: &App, dossier: Uuid, piece: Uuid) -> Result<Response, Panne> {
    let piece = store::find_piece(&mut app.db.lecture().await?, dossier, piece).await?;
    let octets = fichiers::lire_intact(&*app.fichiers, piece.id, &piece.empreinte).await?;
    let mut reponse = Body::from(octets).into_response();
    let entetes = [
        (header::CONTENT_TYPE, piece.type_media.clone()),
        (header::CONTENT_DISPOSITION, disposition(&piece)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox".to_owned(),
        ),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    for (nom, valeur) in entetes {
        let valeur = HeaderValue::from_str(&valeur)
            .map_err(|_| Panne::Ligne(format!("piece {} : {nom}", piece.id)))?;
        reponse.headers_mut().insert(nom, valeur);
    }
    Ok(reponse)
}

fn disposition(piece: &Piece) -> String {
    let simple: String = piece
        .nom
        .chars()
        .map(|signe| match signe {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' | ' ' => signe,
            _ => '_',
        })
        .collect();
    let exact = urls::encoder(&piece.nom).replace('/', "%2F");
    format!("attachment; filename=\"{simple}\"; filename*=UTF-8''{exact}")
}

/// What the content says the file is, from its first bytes.
pub fn reconnaitre(debut: &[u8]) -> Option<TypeFichier> {
    let genre = infer::get(debut)?;
    match genre.mime_type() {
        "application/pdf" => Some(TypeFichier::Pdf),
        "application/vnd.oasis.opendocument.text" => Some(TypeFichier::Odt),
        "application/vnd.oasis.opendocument.spreadsheet" => Some(TypeFichier::Ods),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => {
            Some(TypeFichier::Docx)
        }
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => {
            Some(TypeFichier::Xlsx)
        }
        "image/jpeg" => Some(TypeFichier::Jpeg),
        "image/png" => Some(TypeFichier::Png),
        "application/zip" => bureautique(debut),
        _ => None,
    }
}

/// Office files whose archive opens in another order than usual.
fn bureautique(debut: &[u8]) -> Option<TypeFichier> {
    let contient = |marque: &[u8]| debut.windows(marque.len()).any(|octets| octets == marque);
    if !contient(b"[Content_Types].xml") {
        return None;
    }
    match (contient(b"word/"), contient(b"xl/")) {
        (true, false) => Some(TypeFichier::Docx),
        (false, true) => Some(TypeFichier::Xlsx),
        _ => None,
    }
}

/// The media type under which a file is handed over.
pub fn type_media(genre: TypeFichier) -> &'static str {
    match genre {
        TypeFichier::Pdf => "application/pdf",
        TypeFichier::Odt => "application/vnd.oasis.opendocument.text",
        TypeFichier::Docx => {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        }
        TypeFichier::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        TypeFichier::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        TypeFichier::Jpeg => "image/jpeg",
        TypeFichier::Png => "image/png",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_contenu_dit_le_type() {
        assert_eq!(reconnaitre(b"%PDF-1.7\n"), Some(TypeFichier::Pdf));
        assert_eq!(reconnaitre(b"MZ\x90\x00programme"), None);
        assert_eq!(reconnaitre(b"<html>"), None);
        assert_eq!(reconnaitre(b""), None);
    }
}

//! What the world may send, on purpose or not: each time an answer in words, and
//! nothing half-written.

use axum::body::{Body, Bytes};
use futures_util::{StreamExt, stream};

use crate::{
    binaire::{Dossier, Serveur, commande, demander, get},
    parcours,
    remplissage::{PDF, brouillon},
};

/// The beginning of a form that carries a file, up to its bytes.
pub fn debut_de_formulaire(nom: &str) -> Bytes {
    Bytes::from(format!(
        "--limite\r\nContent-Disposition: form-data; name=\"statuts\"; filename=\"{nom}\"\r\n\
         Content-Type: application/pdf\r\n\r\n%PDF-1.7\n"
    ))
}

pub const FORMULAIRE: &str = "multipart/form-data; boundary=limite";

parcours!(un_envoi_coupe_au_milieu_ne_laisse_rien(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, "Pôle des Rives").await;
    let adresse = format!("{dossier}/pieces/statuts");
    let rompu = stream::iter([
        Ok(debut_de_formulaire("statuts.pdf")),
        Ok(Bytes::from(vec![b'a'; 100_000])),
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
    ]);
    let reponse = porteuse.post_brut(&adresse, FORMULAIRE, Body::from_stream(rompu)).await;
    assert_eq!(reponse.statut.as_u16(), 400, "{}", reponse.texte);
    // Ended without its closing line, by a network that says nothing.
    let court = stream::iter([Ok::<_, std::io::Error>(debut_de_formulaire("statuts.pdf"))]);
    let reponse = porteuse.post_brut(&adresse, FORMULAIRE, Body::from_stream(court)).await;
    assert_eq!(reponse.statut.as_u16(), 400, "{}", reponse.texte);
    // Not a form at all.
    porteuse.post_brut(&adresse, FORMULAIRE, Body::from("rien")).await;

    assert_eq!(banc.fichiers(), 0, "un morceau de fichier est resté");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM pieces").await, 0);
});

parcours!(deux_gigaoctets_sont_refuses_sans_etre_lus_en_entier(banc) {
    use std::sync::{Arc, atomic::{AtomicUsize, Ordering}};
    const MORCEAU: usize = 1 << 20;
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, "Pôle des Rives").await;
    let adresse = format!("{dossier}/pieces/statuts");
    let lus = Arc::new(AtomicUsize::new(0));
    let compteur = lus.clone();
    let octets = Bytes::from(vec![b'a'; MORCEAU]);
    let debut = stream::iter([Ok::<_, std::io::Error>(debut_de_formulaire("statuts.pdf"))]);
    let suite = stream::iter(0..2_048).map(move |_| {
        compteur.fetch_add(1, Ordering::Relaxed);
        Ok(octets.clone())
    });

    let reponse = porteuse.post_brut(&adresse, FORMULAIRE, Body::from_stream(debut.chain(suite))).await;

    assert!(matches!(reponse.statut.as_u16(), 413 | 422), "{} {}", reponse.statut, reponse.texte);
    let lus = lus.load(Ordering::Relaxed);
    assert!(lus < 130, "{lus} Mo lus");
    assert_eq!(banc.fichiers(), 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM pieces").await, 0);
});

parcours!(une_archive_piegee_n_est_jamais_depliee(banc) {
    // An office file by its first entries, whose next one claims 4 GB in a few
    // bytes: it is weighed as it came, and handed over as it came.
    let mut bombe = Vec::new();
    for nom in ["[Content_Types].xml", "word/document.xml"] {
        bombe.extend_from_slice(b"PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00");
        bombe.extend_from_slice(&8_u32.to_le_bytes());
        bombe.extend_from_slice(&u32::MAX.to_le_bytes());
        bombe.extend_from_slice(&u16::try_from(nom.len()).unwrap().to_le_bytes());
        bombe.extend_from_slice(&[0, 0]);
        bombe.extend_from_slice(nom.as_bytes());
        bombe.extend_from_slice(&[0; 8]);
    }
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, "Pôle des Rives").await;
    let debut = std::time::Duration::from_secs(5);
    let adresse = format!("{dossier}/pieces/synthese");
    let envoi = porteuse.post_fichier(&adresse, ("synthese", "synthese.docx"), &bombe);
    let reponse = tokio::time::timeout(debut, envoi).await.expect("elle a été dépliée");
    assert!(reponse.statut.as_u16() < 500, "{}", reponse.texte);
    if reponse.statut.is_redirection() {
        assert_eq!(std::fs::read(&banc.noms_des_fichiers()[0]).unwrap(), bombe);
    } else {
        assert_eq!(banc.fichiers(), 0);
    }
});

parcours!(un_nom_de_fichier_piege_n_ecrit_nulle_part_ailleurs(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, "Pôle des Rives").await;
    let adresse = format!("{dossier}/pieces/statuts");
    for nom in [
        "../../../../tmp/coopole-piege.pdf",
        "..\\..\\coopole-piege.pdf",
        "/etc/coopole-piege.pdf",
        "coopole-piege\u{202e}fdp.pdf",
        "coopole-<script>alert(1).pdf",
    ] {
        porteuse.post_fichier(&adresse, ("statuts", nom), PDF).await.mene_a(&dossier);
        let page = porteuse.get(&format!("{dossier}/pieces")).await;
        page.montre("coopole-");
        for piege in ["..", "<script>alert", "\u{202e}", "/etc"] {
            assert!(!page.texte.contains(piege), "{nom:?} laisse {piege:?}");
        }
    }
    // A control sign is no header at all.
    let nom = "coopole-\u{7}piege\u{1b}[31m.pdf";
    let reponse = porteuse.post_fichier(&adresse, ("statuts", nom), PDF).await;
    assert_eq!(reponse.statut.as_u16(), 400, "{}", reponse.texte);
    for ailleurs in ["/tmp/coopole-piege.pdf", "/etc/coopole-piege.pdf"] {
        assert!(!std::path::Path::new(ailleurs).exists());
    }
    for nom in banc.noms_des_fichiers() {
        let nom = nom.file_name().unwrap().to_str().unwrap();
        assert!(nom.len() == 32 && nom.chars().all(|c| c.is_ascii_hexdigit()), "{nom}");
    }
});

parcours!(cent_mille_champs_ne_retiennent_pas_la_machine(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, "Pôle des Rives").await;
    let formulaires = ["a=1&".repeat(100_000), (0..30_000).map(|n| format!("membres.{n}.nom=x&")).collect()];
    for page in ["membres", "budget", "rubriques/structure", "depot"] {
        for corps in &formulaires {
            let genre = "application/x-www-form-urlencoded";
            let adresse = format!("{dossier}/{page}");
            let envoi = porteuse.post_brut(&adresse, genre, Body::from(corps.clone()));
            let attente = std::time::Duration::from_secs(5);
            let reponse = tokio::time::timeout(attente, envoi).await.expect(page);
            assert_eq!(reponse.statut.as_u16(), 413, "{page} {}", reponse.texte);
            assert!(reponse.texte.contains("C’est trop lourd"), "{}", reponse.texte);
        }
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM membres").await, 0);
});

#[tokio::test]
async fn un_flot_d_en_tetes_est_refuse_et_le_service_continue() {
    let dossier = Dossier::neuf();
    let serveur = Serveur::demarrer(commande(
        &dossier.0,
        &["serve", "--demo", "--jeu", "distribution"],
    ));
    let nombreux: String = (0..5_000).map(|n| format!("X-Flot-{n}: {n}\r\n")).collect();
    let lourd = format!("X-Flot: {}\r\n", "x".repeat(2_000_000));
    let temoins: String = (0..90)
        .map(|_| format!("Cookie: coopole_session={}\r\n", "x".repeat(4_000)))
        .collect();
    for entetes in [nombreux, lourd, temoins] {
        let requete =
            format!("GET /espace HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{entetes}\r\n");
        let adresse = serveur.adresse.clone();
        let attente = std::time::Duration::from_secs(20);
        // Refused, or cut: what matters is that nobody else waits.
        let essai = tokio::spawn(async move { demander(&adresse, &requete).await });
        let reponse = tokio::time::timeout(attente, essai)
            .await
            .expect("elle attend encore");
        if let Ok(reponse) = reponse {
            let refusee = ["", "HTTP/1.1 431", "HTTP/1.1 400", "HTTP/1.1 303"];
            assert!(
                refusee
                    .iter()
                    .any(|debut| reponse.get(..12).unwrap_or("") == *debut),
                "{reponse:.200}"
            );
        }
        assert!(
            get(&serveur.adresse, "/healthz", "")
                .await
                .contains("en service")
        );
    }
}

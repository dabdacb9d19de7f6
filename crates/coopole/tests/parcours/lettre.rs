//! The letter of a decision: the page on paper, from the instant and not before.

use axum::http::{StatusCode, header};
use coopole::decisions;
use documents::{Document, Issue};

use crate::{
    banc::Visiteur,
    parcours,
    tresor::{CLAIRE, INSTANT, Table, VEILLE, decider_et_programmer},
};

const RETENUE: (&str, &str) = ("solene@rives.example", "Pôle des Rives");
const REFUSEE: (&str, &str) = ("lesia@vallees.example", "Chantier des Deux Vallées");

fn adresse(table: &Table, pole: &str) -> String {
    format!("/dossiers/{}/decision/lettre", table.dossier(pole))
}

parcours!(a_l_instant_chaque_equipe_telecharge_sa_lettre(banc) {
    let table = Table::dresser(banc).await;
    decider_et_programmer(banc, &table).await;
    banc.il_est(INSTANT);

    for (qui, pole) in [RETENUE, REFUSEE] {
        let equipe = banc.personne(qui).await;
        // The paper never waits for its job.
        let avant = equipe.get(&adresse(&table, pole)).await;
        assert_eq!(avant.statut, StatusCode::OK);
        assert_eq!(avant.entetes[header::CONTENT_TYPE], "application/pdf");
        let page = format!("/dossiers/{}/decision", table.dossier(pole));
        equipe.get(&page).await.montre("Télécharger la décision");
    }
    assert_eq!(banc.compter("SELECT COUNT(*) FROM documents").await, 0);
    banc.taches().await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM documents WHERE genre = 'lettre'").await, 5);

    let porteuse = banc.personne(RETENUE.0).await;
    let gardee = porteuse.get(&adresse(&table, RETENUE.1)).await;
    assert!(gardee.texte.starts_with("%PDF-"), "un PDF");
    let disposition = gardee.entetes[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert_eq!(disposition, "attachment; filename=\"decision-2024-0001.pdf\"");
    porteuse.get(&format!("/dossiers/{}/decision", table.dossier(RETENUE.1))).await
        .montre("PDF – ").montre(" ko");
    // Reading a team's paper is a member's right, not only the responsible's.
    let lectrice = banc.personne("odile@rives.example").await.get(&adresse(&table, RETENUE.1)).await;
    assert_eq!(lectrice.statut, StatusCode::OK);
});

parcours!(la_lettre_dit_ce_que_dit_la_page(banc) {
    let table = Table::dresser(banc).await;
    decider_et_programmer(banc, &table).await;
    banc.il_est(INSTANT);
    for (qui, pole) in [RETENUE, REFUSEE, ("nour@terre.example", "Terre commune")] {
        let dossier = table.dossier(pole);
        let page = banc.personne(qui).await.get(&format!("/dossiers/{dossier}/decision")).await;
        let lettre = decisions::lettre(&banc.app, dossier, banc.app.horloge.now()).await.unwrap();
        let Document::DecisionNotifiee(lettre) = lettre else { panic!("a letter") };
        let mut dits = vec![
            lettre.recours.dernier_jour.clone(),
            lettre.recours.delai.clone(),
            lettre.signataire.nom.clone(),
            lettre.numero.clone(),
            lettre.traitement.unwrap().finalite,
        ];
        match lettre.issue {
            Issue::Retenu { montant, .. } => dits.push(montant),
            Issue::NonRetenu { annonce, motifs, regles, services, .. } => {
                assert!(!motifs.is_empty() && regles.len() > 5);
                dits.push(annonce);
                dits.extend(motifs.into_iter().map(|motif| motif.phrase));
                dits.extend(regles.into_iter().flat_map(|r| [r.enonce, r.constat]));
                dits.extend(services);
            }
        }
        for dit in dits {
            page.montre(&dit.replace(['\u{a0}', '\u{202f}'], " ").replace('"', "&quot;"));
        }
    }
});

/// The bytes of « not found », where only the address asked for may differ.
async fn introuvable(personne: &Visiteur<'_>, adresse: &str) -> String {
    personne
        .get(adresse)
        .await
        .introuvable()
        .texte
        .replace(adresse, "")
}

parcours!(avant_l_instant_la_lettre_n_existe_pas_et_pour_les_autres_jamais(banc) {
    let table = Table::dresser(banc).await;
    let rives = adresse(&table, RETENUE.1);
    let nulle = format!("/dossiers/{}/decision/lettre", coopole::socle::alea::id());
    decider_et_programmer(banc, &table).await;
    banc.il_est(VEILLE);
    banc.taches().await;
    let porteuse = banc.personne(RETENUE.0).await;
    assert_eq!(introuvable(&porteuse, &rives).await, introuvable(&porteuse, &nulle).await);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM documents").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM taches WHERE genre = 'lettre'").await, 0);
    let dossier = table.dossier(RETENUE.1);
    let lettre = decisions::lettre(&banc.app, dossier, VEILLE.parse().unwrap()).await;
    assert!(lettre.is_err(), "nulle lettre avant l’instant");

    banc.il_est(INSTANT);
    banc.public().get(&rives).await.demande_a_se_connecter();
    for autre in ["bastien@atelier.example", "gwenn@cellule-bretagne.example", "samir@coopole.example", CLAIRE] {
        let autre = banc.personne(autre).await;
        assert_eq!(introuvable(&autre, &rives).await, introuvable(&autre, &nulle).await);
    }
});

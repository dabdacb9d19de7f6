//! The two budgets as documents, for whoever may read the dossier.

use axum::http::header;
use coopole::{dossiers::budgets, socle::alea};
use documents::BudgetPresente;
use metier::campagnes::BudgetDemande;
use uuid::Uuid;

use crate::{
    banc::{Banc, Reponse, Visiteur},
    comite::{declarer, trois},
    deposes::rives,
    parcours,
    remplissage::{self, PDF, brouillon},
};

const GWENN: &str = "gwenn@cellule-bretagne.example";
const JEANNE: &str = "jeanne@comite.example";
const KARIM: &str = "karim@comite.example";

async fn document(banc: &Banc, dossier: Uuid, genre: BudgetDemande) -> BudgetPresente {
    budgets::document(&banc.app, dossier, genre).await.unwrap()
}

fn plat(texte: &str) -> String {
    texte.replace(['\u{a0}', '\u{202f}'], " ")
}

#[track_caller]
fn est_un_pdf(reponse: &Reponse, nom: &str) {
    assert!(reponse.texte.starts_with("%PDF-"), "{}", reponse.statut);
    let disposition = reponse.entetes[header::CONTENT_DISPOSITION]
        .to_str()
        .unwrap();
    assert_eq!(disposition, format!("attachment; filename=\"{nom}.pdf\""));
}

parcours!(un_brouillon_donne_ses_budgets_des_que_leurs_lignes_se_lisent(banc) {
    let porteuse = banc.porteuse().await;
    let dossier = brouillon(banc, &porteuse, "Pôle des Rives").await;
    let papier = format!("{dossier}/budgets/structure");
    porteuse.get(&papier).await.introuvable();
    assert!(!porteuse.get(&format!("{dossier}/pieces")).await.texte.contains(&papier));

    remplissage::budgets(&porteuse, &dossier).await;
    for page in ["/pieces", "/budget/structure", "/verification"] {
        porteuse.get(&format!("{dossier}{page}")).await.montre(&papier);
    }
    est_un_pdf(&porteuse.get(&papier).await, "budget-structure-2024-0001");
    let id: Uuid = dossier["/dossiers/".len()..].parse().unwrap();
    let budget = document(banc, id, BudgetDemande::Structure).await;
    assert!(budget.etat.starts_with("brouillon non déposé, enregistré le"), "{}", budget.etat);
    assert!(budget.piece.is_none());

    // The team's own file stands beside the table, and the document says so.
    let piece = format!("{dossier}/pieces/budget_structure");
    porteuse.post_fichier(&piece, ("budget_structure", "comptes.pdf"), PDF).await.mene_a(&dossier);
    let piece = document(banc, id, BudgetDemande::Structure).await.piece.unwrap();
    assert_eq!((piece.fichier.as_str(), piece.empreinte.len()), ("comptes.pdf", 64));
    assert!(document(banc, id, BudgetDemande::Projet).await.piece.is_none());

    // A line that cannot be read makes no document, rather than a false one.
    let adresse = format!("{dossier}/budget/structure");
    let version = porteuse.get(&adresse).await.cache("version");
    porteuse.post(&adresse, &[
        ("version", &version), ("charges.0.compte", "60"), ("charges.0.montant", "beaucoup"),
    ]).await;
    porteuse.get(&papier).await.introuvable();
    assert!(!porteuse.get(&adresse).await.texte.contains(&papier));
});

parcours!(le_pole_la_cellule_et_l_examinatrice_lisent_les_memes_budgets(banc) {
    let [rives, atelier, vallees] = trois(banc).await;
    let jeanne = banc.personne(JEANNE).await;
    let papier = format!("/examens/{rives}/budgets/projet");
    // As the pieces, they wait for the interests.
    jeanne.get(&papier).await.introuvable();
    declarer(&jeanne, &[(rives, ""), (atelier, ""), (vallees, "")]).await;

    let lectures = [
        (banc.porteuse().await, format!("/dossiers/{rives}"), "/verification"),
        (banc.personne(GWENN).await, format!("/instruction/{rives}"), ""),
        (jeanne, format!("/examens/{rives}"), ""),
    ];
    for genre in ["projet", "structure"] {
        let mut lus = Vec::new();
        for (qui, lecture, page) in &lectures {
            let papier = format!("{lecture}/budgets/{genre}");
            qui.get(&format!("{lecture}{page}")).await.montre(&papier);
            let lu = qui.get(&papier).await;
            est_un_pdf(&lu, &format!("budget-{genre}-2024-0001"));
            lus.push(lu.octets);
        }
        assert!(lus.windows(2).all(|deux| deux[0] == deux[1]), "les mêmes octets");
    }

    let projet = document(banc, rives, BudgetDemande::Projet).await;
    assert_eq!(plat(&projet.etat), "déposé le mardi 28 mai 2024 à 10 h 00");
    assert_eq!(projet.tableau.periode.as_deref().map(plat).as_deref(), Some("2 ans"));
    assert_eq!(projet.tableau.subvention.as_deref().map(plat).as_deref(), Some("100 000 €"));
    assert_eq!(projet.tableau.total_charges, projet.tableau.total_produits);
    let structure = document(banc, rives, BudgetDemande::Structure).await;
    assert!(structure.tableau.subvention.is_none() && structure.tableau.emplois.is_empty());
});

/// The bytes of « not found », where only the address asked for may differ.
async fn introuvable(qui: &Visiteur<'_>, adresse: &str) -> String {
    let page = qui.get(adresse).await;
    page.introuvable();
    page.texte.replace(adresse, "")
}

parcours!(pour_les_autres_aucun_budget_n_existe(banc) {
    let depose = rives(banc).await;
    banc.il_est("2024-09-04T09:00:00+02:00");
    let karim = banc.personne(KARIM).await;
    declarer(&karim, &[(depose, "Ancien salarié")]).await;
    for (qui, racine) in [
        ("bastien@atelier.example", "dossiers"),
        (GWENN, "dossiers"),
        ("kelia@cellule-reunion.example", "instruction"),
        ("solene@rives.example", "instruction"),
        (KARIM, "examens"),
        (GWENN, "examens"),
        ("samir@coopole.example", "dossiers"),
    ] {
        let personne = banc.personne(qui).await;
        let nul = introuvable(&personne, &format!("/{racine}/{}/budgets/projet", alea::id())).await;
        for genre in ["projet", "structure"] {
            let adresse = format!("/{racine}/{depose}/budgets/{genre}");
            assert_eq!(introuvable(&personne, &adresse).await, nul, "{qui} {adresse}");
        }
    }
    for racine in ["dossiers", "instruction", "examens"] {
        let adresse = format!("/{racine}/{depose}/budgets/projet");
        banc.public().get(&adresse).await.demande_a_se_connecter();
    }
    let porteuse = banc.porteuse().await;
    porteuse.get(&format!("/dossiers/{depose}/budgets/tresorerie")).await.introuvable();
    porteuse.get(&format!("/dossiers/{depose}/budget/projet")).await.introuvable();
});

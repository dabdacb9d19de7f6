//! The national committee: interests, the wall, marks, the sitting.

use axum::http::StatusCode;
use coopole::{comite, valeurs};
use uuid::Uuid;

use crate::{
    banc::{Banc, Visiteur},
    deposes::{APPEL, PROJET, atelier, instruire, rives, vallees},
    parcours,
};

const JEANNE: &str = "jeanne@comite.example";
const KARIM: &str = "karim@comite.example";
const CLAIRE: &str = "claire@tresor.example";
const GWENN: &str = "gwenn@cellule-bretagne.example";
const PAUL: &str = "paul@cellule-sud.example";
const INTERETS: &str = "/interets/ami-financement-2024";
const SEANCE: &str = "/seances/ami-financement-2024";

/// Three dossiers with their opinions, on the day of the committee.
pub async fn trois(banc: &Banc) -> [Uuid; 3] {
    let tous = [rives(banc).await, atelier(banc).await, vallees(banc).await];
    banc.il_est("2024-07-12T09:00:00+02:00");
    instruire(banc, GWENN, tous[0]).await;
    instruire(banc, GWENN, tous[1]).await;
    instruire(banc, PAUL, tous[2]).await;
    banc.il_est("2024-09-04T09:00:00+02:00");
    tous
}

pub async fn declarer(qui: &Visiteur<'_>, reponses: &[(Uuid, &str)]) {
    let champs: Vec<(String, String)> = reponses
        .iter()
        .flat_map(|(id, lien)| {
            let sans = lien.is_empty();
            [
                (id.to_string(), if sans { "aucun" } else { "un" }.to_owned()),
                (format!("{id}.lien"), (*lien).to_owned()),
            ]
        })
        .collect();
    let champs: Vec<(&str, &str)> = champs
        .iter()
        .map(|(nom, valeur)| (nom.as_str(), valeur.as_str()))
        .collect();
    qui.post(INTERETS, &champs).await.mene_a(INTERETS);
}

/// The same mark everywhere, every merit acquired or none.
fn grille(banc: &Banc, note: &str, version: &str, acquis: bool) -> Vec<(String, String)> {
    let campagne = banc.app.campagnes.find(APPEL).unwrap();
    let mut champs: Vec<(String, String)> = vec![
        ("version".into(), version.into()),
        ("suite".into(), "relire".into()),
    ];
    champs.extend(
        campagne
            .criteres
            .iter()
            .map(|c| (c.code.clone(), note.to_owned())),
    );
    let acquis = if acquis { "1" } else { "0" };
    for bonus in &campagne.bonus {
        match bonus.cases.as_slice() {
            [] => champs.push((bonus.code.clone(), acquis.into())),
            cases => champs.extend(cases.iter().map(|c| (c.code.clone(), acquis.into()))),
        }
    }
    champs
}

async fn noter(banc: &Banc, qui: &Visiteur<'_>, dossier: Uuid, note: &str) {
    let champs = grille(banc, note, "0", false);
    let champs: Vec<(&str, &str)> = champs
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let adresse = format!("/examens/{dossier}");
    qui.post(&adresse, &champs)
        .await
        .mene_a(&format!("{adresse}?relire=oui"));
    qui.get(&format!("{adresse}?relire=oui"))
        .await
        .montre("Rendre mes notes");
    qui.post(&format!("{adresse}/rendu"), &[("version", "1")])
        .await
        .mene_a(&adresse);
}

async fn clore(banc: &Banc) {
    let claire = banc.personne(CLAIRE).await;
    claire
        .post(&format!("{SEANCE}/cloture"), &[("malgre_tout", "oui")])
        .await
        .mene_a(SEANCE);
}

parcours!(rien_ne_s_ouvre_avant_que_les_interets_soient_declares(banc) {
    let [rives, atelier, vallees] = trois(banc).await;
    let jeanne = banc.personne(JEANNE).await;

    let accueil = jeanne.get("/comite").await;
    accueil.montre("Il reste 3 dossiers sans déclaration.");
    assert!(!accueil.texte.contains("Pôle des Rives"));
    jeanne.get(&format!("/examens/{rives}")).await.mene_a(INTERETS);
    jeanne.get(SEANCE).await.mene_a(INTERETS);
    jeanne.post(&format!("/examens/{rives}"), &[("version", "0"), ("A1", "5")]).await.mene_a(INTERETS);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM examens").await, 0);

    declarer(&jeanne, &[(rives, "")]).await;
    jeanne.get(&format!("{INTERETS}?fait=oui")).await.montre("Il reste 2 dossiers.");
    declarer(&jeanne, &[(atelier, ""), (vallees, "")]).await;
    jeanne.get("/comite").await.montre("Pôle des Rives").montre("Notes rendues : 0 sur 3.");
    jeanne.get(&format!("/examens/{rives}")).await.montre("Une thèse est engagée.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'interet'").await, 3);
});

parcours!(un_lien_se_decrit(banc) {
    let [rives, ..] = trois(banc).await;
    let jeanne = banc.personne(JEANNE).await;
    let id = rives.to_string();
    jeanne.post(INTERETS, &[]).await.refuse("Dites si vous avez un lien avec « Pôle des Rives ».");
    jeanne.post(INTERETS, &[(&id, "un")]).await.refuse("Dites quel est le lien avec « Pôle des Rives ».");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM interets").await, 0);
});

parcours!(un_bouton_dit_aucun_lien_avec_tous_les_autres(banc) {
    let [rives, atelier, vallees] = trois(banc).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO habilitations (id, compte, role, qualite, pole, du)
         SELECT $1, c.id, 'porteur', 'lecteur', d.pole, 0 FROM comptes c, dossiers d
         WHERE c.courriel = 'karim@comite.example' AND d.id = $2",
        &valeurs![coopole::socle::alea::id(), atelier],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let (jeanne, karim) = (banc.personne(JEANNE).await, banc.personne(KARIM).await);
    let id = rives.to_string();
    let lien = format!("{id}.lien");

    jeanne
        .post(INTERETS, &[(&id, "un"), (&lien, "Un parent y entre."), ("autres", "aucun")])
        .await
        .mene_a(INTERETS);
    jeanne.get(INTERETS).await.montre("Lien déclaré : Un parent y entre.");
    jeanne.get("/comite").await.montre("Notes rendues : 0 sur 2.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'interet'").await, 3);

    // A link already known is not waved away with the others: it is answered by itself.
    karim.post(INTERETS, &[("autres", "aucun")]).await.mene_a(INTERETS);
    karim.get(&format!("{INTERETS}?fait=oui")).await.montre("Il reste 1 dossier.");
    declarer(&karim, &[(atelier, "")]).await;
    karim.get(&format!("/examens/{atelier}")).await.introuvable();
    karim.get(&format!("/examens/{vallees}")).await.montre("Noter");
});

parcours!(un_dossier_ferme_est_absent_de_partout_au_bit_pres(banc) {
    let [rives, atelier, vallees] = trois(banc).await;
    let (jeanne, karim) = (banc.personne(JEANNE).await, banc.personne(KARIM).await);
    declarer(&jeanne, &[(rives, ""), (atelier, ""), (vallees, "")]).await;
    declarer(&karim, &[(rives, ""), (atelier, ""), (vallees, "J’y ai travaillé.")]).await;
    karim.get(INTERETS).await.montre("Lien déclaré : J’y ai travaillé.");

    let ferme = format!("/examens/{vallees}");
    karim.get(&ferme).await.introuvable();
    karim.get(&format!("{ferme}/pieces/{vallees}")).await.introuvable();
    karim.post(&ferme, &[("version", "0"), ("A1", "5")]).await.introuvable();
    karim.post(&format!("{ferme}/rendu"), &[("version", "0")]).await.introuvable();

    // The closed dossier takes the best mark: it would be first.
    noter(banc, &jeanne, vallees, "5").await;
    noter(banc, &jeanne, atelier, "4").await;
    noter(banc, &jeanne, rives, "3").await;
    noter(banc, &karim, rives, "3").await;
    let pages = async || {
        let mut textes = Vec::new();
        for adresse in ["/comite".to_owned(), format!("/examens/{rives}"), format!("/examens/{atelier}"), SEANCE.into(), format!("{SEANCE}/export")] {
            let reponse = karim.get(&adresse).await;
            textes.push((adresse, reponse.statut, reponse.texte));
        }
        textes
    };
    let ouverte = pages().await;
    clore(banc).await;
    let close = pages().await;
    assert!(close[3].2.contains("Atelier du Pays") && !close[3].2.contains("Deux Vallées"));
    assert!(close[4].2.contains("1;2024-0002;Atelier du Pays;"), "{}", close[4].2);
    assert!(jeanne.get(&format!("{SEANCE}/export")).await.texte.contains("1;2024-0003;Chantier des Deux Vallées;"));

    // The same world without the dossier: the same bytes, open then closed.
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("UPDATE dossiers SET retire_le = depose_le + 1 WHERE id = $1", &valeurs![vallees]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(pages().await, close);
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("DELETE FROM seances", &[]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(pages().await, ouverte);
});

parcours!(un_dossier_ferme_au_comite_l_est_aussi_dans_sa_cellule(banc) {
    let (rives, _) = (rives(banc).await, atelier(banc).await);
    banc.il_est("2024-06-03T09:00:00+02:00");
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO habilitations (id, compte, role, qualite, region, du)
         SELECT $1, id, 'cra', 'instructeur', '53', 0 FROM comptes WHERE courriel = $2",
        &valeurs![coopole::socle::alea::id(), KARIM],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let (karim, gwenn) = (banc.personne(KARIM).await, banc.personne(GWENN).await);
    let lecture = format!("/instruction/{rives}");
    let listes = ["", "&q=rives", "&q=2024-0001", "&etape=eligibilite", "&territoire=53"];
    let listes = listes.map(|filtre| format!("/cellule?region=53{filtre}"));
    for liste in &listes {
        karim.get(liste).await.montre("Pôle des Rives");
    }
    karim.get(&listes[0]).await.montre("2 dossiers affichés sur 2");
    karim.get(&lecture).await.montre("Pôle des Rives");

    karim
        .post(INTERETS, &[(&rives.to_string(), "un"), (&format!("{rives}.lien"), "J’y ai travaillé."), ("autres", "aucun")])
        .await
        .mene_a(INTERETS);

    for liste in &listes {
        karim.get(liste).await.tait("Pôle des Rives");
    }
    karim.get(&listes[0]).await.montre("Atelier du Pays").montre("1 dossier affiché sur 1");
    let export = karim.get("/cellule/export?region=53").await;
    export.montre("Atelier du Pays").tait("Pôle des Rives");
    for page in ["", "/avis", "/budgets/projet", "/pieces/018f0000-0000-7000-8000-000000000000"] {
        karim.get(&format!("{lecture}{page}")).await.introuvable();
    }
    karim.post(&format!("{lecture}/eligibilite"), &[("conclusion", "confirmer")]).await.introuvable();
    karim.post(&format!("{lecture}/constats/A1"), &[("version", "0"), ("A1.texte", "X")]).await.introuvable();
    karim.post(&format!("{lecture}/notes"), &[("note", "X")]).await.introuvable();
    karim.post(&format!("{lecture}/projet"), &PROJET).await.introuvable();
    karim.post(&format!("{lecture}/avis"), &[("version", "1")]).await.introuvable();

    // It is closed to one person, not to the cell.
    gwenn.get(&listes[0]).await.montre("Pôle des Rives").montre("2 dossiers affichés sur 2");
    gwenn.get(&lecture).await.montre("Pôle des Rives");
});

parcours!(un_lien_calcule_ferme_le_dossier_sans_rien_dire(banc) {
    let [rives, atelier, vallees] = trois(banc).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO habilitations (id, compte, role, qualite, pole, du)
         SELECT $1, c.id, 'porteur', 'lecteur', d.pole, 0 FROM comptes c, dossiers d
         WHERE c.courriel = 'karim@comite.example' AND d.id = $2",
        &valeurs![coopole::socle::alea::id(), rives],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let karim = banc.personne(KARIM).await;
    karim.get(INTERETS).await.montre("Lien calculé : vous êtes rattaché à ce pôle.");

    declarer(&karim, &[(rives, ""), (atelier, ""), (vallees, "")]).await;

    karim.get(&format!("/examens/{rives}")).await.introuvable();
    karim.get(INTERETS).await.montre("Dossiers qui vous sont fermés").montre("votre organisation porte ce pôle");
    karim.get("/comite").await.montre("Notes rendues : 0 sur 2.");
});

parcours!(un_lien_tardif_retire_les_notes_deja_donnees(banc) {
    let [rives, atelier, vallees] = trois(banc).await;
    let (jeanne, karim) = (banc.personne(JEANNE).await, banc.personne(KARIM).await);
    for qui in [&jeanne, &karim] {
        declarer(qui, &[(rives, ""), (atelier, ""), (vallees, "")]).await;
    }
    noter(banc, &jeanne, rives, "2").await;
    noter(banc, &karim, rives, "4").await;

    declarer(&karim, &[(rives, "Un parent y entre.")]).await;

    let mut base = banc.app.db.lecture().await.unwrap();
    let classement = comite::classement(&mut base, APPEL).await.unwrap();
    assert_eq!(classement.rangs.len(), 1);
    assert_eq!(classement.rangs[0].ecart.examens, 1, "la note de Karim ne compte plus");
    let karim_id: (Uuid,) = base
        .fetch_one("SELECT id FROM comptes WHERE courriel = $1", &valeurs![KARIM])
        .await
        .unwrap();
    assert!(comite::est_deporte(&mut base, rives, karim_id.0).await.unwrap());
});

parcours!(les_notes_se_gardent_se_relisent_puis_ne_changent_plus(banc) {
    let [rives, atelier, vallees] = trois(banc).await;
    let (jeanne, karim) = (banc.personne(JEANNE).await, banc.personne(KARIM).await);
    for qui in [&jeanne, &karim] {
        declarer(qui, &[(rives, ""), (atelier, ""), (vallees, "")]).await;
    }
    let adresse = format!("/examens/{rives}");

    let refus = jeanne
        .post(&adresse, &[("version", "0"), ("A1", "9"), ("A1.commentaire", "Très bien."), ("suite", "relire")])
        .await;
    refus
        .refuse("« Organisation et gouvernance » se note de 0 à 5, non 9.")
        .refuse("Notez « Coopérations ».")
        .refuse("Très bien.");
    let perdu = jeanne.post(&adresse, &[("version", "0"), ("A1", "2")]).await;
    assert_eq!(perdu.statut, StatusCode::CONFLICT);
    let champs = grille(banc, "3", "1", true);
    let champs: Vec<(&str, &str)> = champs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    jeanne.post(&adresse, &champs).await.mene_a(&adresse);
    let autre = karim.get(&adresse).await;
    autre.montre("Votre total : 0 sur");
    jeanne.post(&format!("{adresse}/rendu"), &[("version", "2")]).await.mene_a(&adresse);

    let encore = jeanne.post(&adresse, &[("version", "2"), ("A1", "1")]).await;
    assert_eq!(encore.statut, StatusCode::CONFLICT);
    let deux_fois = jeanne.post(&format!("{adresse}/rendu"), &[("version", "2")]).await;
    assert_eq!(deux_fois.statut, StatusCode::CONFLICT);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'examen'").await, 1);
    assert_eq!(autre.texte, karim.get(&adresse).await.texte, "les notes d’autrui ne se voient pas");
});

parcours!(la_seance_se_clot_a_son_jour_et_dit_ce_qui_manque(banc) {
    let [rives, atelier, vallees] = trois(banc).await;
    let claire = banc.personne(CLAIRE).await;
    let cloture = format!("{SEANCE}/cloture");
    banc.il_est("2024-09-03T18:00:00+02:00");
    claire.post(&cloture, &[]).await.refuse("La séance se tient le mercredi 4 septembre 2024");
    let page = claire.get(SEANCE).await;
    page.montre("elle ne se clôt pas avant");
    assert!(!page.texte.contains("Clore la séance"), "{}", page.texte);
    banc.il_est("2024-09-04T18:00:00+02:00");
    claire.post(&cloture, &[]).await.refuse("Aucune note n’est rendue");
    let jeanne = banc.personne(JEANNE).await;
    declarer(&jeanne, &[(rives, ""), (atelier, ""), (vallees, "")]).await;
    noter(banc, &jeanne, rives, "4").await;
    claire.post(&cloture, &[]).await.refuse("2 dossiers n’ont reçu aucune note.");
    claire.get(&format!("{SEANCE}/export")).await.introuvable();

    clore(banc).await;

    claire.get(SEANCE).await.montre("Close le mercredi 4 septembre 2024 à 18 h 00").montre("Dossiers sans note");
    jeanne.get(&format!("/examens/{atelier}")).await.montre("La séance est close");
    let tard = jeanne.post(&format!("/examens/{atelier}"), &[("version", "0"), ("A1", "5")]).await;
    assert_eq!(tard.statut, StatusCode::CONFLICT);
    claire.post(&cloture, &[]).await.refuse("La séance est close depuis le");
});

parcours!(un_avis_en_retard_ne_bloque_pas_le_comite(banc) {
    let rives = rives(banc).await;
    let jeanne = banc.personne(JEANNE).await;
    banc.il_est("2024-07-12T09:00:00+02:00");
    declarer(&jeanne, &[(rives, "")]).await;
    jeanne.get(&format!("/examens/{rives}")).await.introuvable();

    banc.il_est("2024-07-31T00:00:00+02:00");

    jeanne.get("/comite").await.montre("En retard");
    jeanne.get(&format!("/examens/{rives}")).await.montre("Avis en retard");
});

parcours!(personne_d_autre_n_entre_au_comite(banc) {
    let [rives, ..] = trois(banc).await;
    let examen = format!("/examens/{rives}");
    let pages = ["/comite".to_owned(), INTERETS.into(), examen.clone(), format!("{examen}/pieces/{rives}")];
    let actes = [INTERETS.to_owned(), examen.clone(), format!("{examen}/rendu")];
    let public = banc.public();
    for page in pages.iter().chain([&SEANCE.to_owned(), &format!("{SEANCE}/export")]) {
        public.get(page).await.demande_a_se_connecter();
    }
    for acte in actes.iter().chain([&format!("{SEANCE}/cloture")]) {
        public.post(acte, &[]).await.demande_a_se_connecter();
    }
    for autre in [GWENN, "solene@rives.example", CLAIRE, "samir@coopole.example", "louise@audit.example"] {
        let visiteur = banc.personne(autre).await;
        for page in &pages {
            visiteur.get(page).await.introuvable();
        }
        for acte in &actes {
            visiteur.post(acte, &[("version", "0"), ("A1", "5")]).await.introuvable();
        }
        if autre != CLAIRE {
            visiteur.get(SEANCE).await.introuvable();
            visiteur.get(&format!("{SEANCE}/export")).await.introuvable();
            visiteur.post(&format!("{SEANCE}/cloture"), &[]).await.introuvable();
        }
    }
    // Examiners do not close the sitting: what it waits for would betray a wall.
    banc.personne(JEANNE).await.post(&format!("{SEANCE}/cloture"), &[]).await.introuvable();
    banc.personne("agnes@tresor.example").await.post(&format!("{SEANCE}/cloture"), &[]).await.introuvable();
    assert_eq!(banc.compter("SELECT COUNT(*) FROM examens").await, 0);
});

//! The Trésor: the list prepared and closed, the notification at its instant.

use axum::http::StatusCode;
use coopole::{socle::alea, valeurs};
use uuid::Uuid;

use crate::{
    banc::{Banc, Reponse},
    embargo::NON_INITIES,
    parcours,
};

pub const CAMPAGNE: &str = "/campagnes/ami-financement-2024";
pub const CLAIRE: &str = "claire@tresor.example";
pub const ETIENNE: &str = "etienne@tresor.example";
pub const APRES_LA_SEANCE: &str = "2024-09-20T10:00:00+02:00";
pub const VEILLE: &str = "2024-09-26T13:59:59+02:00";
pub const INSTANT: &str = "2024-09-26T14:00:00+02:00";

/// Poles of the cast with a filed dossier, their score, best first.
const CLASSES: [(&str, i64); 4] = [
    ("Pôle des Rives", 44),
    ("Atelier du Pays", 40),
    ("Fabrique des Cirques", 36),
    ("Chantier des Deux Vallées", 20),
];
/// Filed, then set aside by its cell: it never signed the Charter.
pub const ECARTE: &str = "Terre commune";

/// The world once the committee has sat: written as rows, whatever the rooms
/// that come before do of their pages.
pub struct Table {
    pub dossiers: Vec<(&'static str, Uuid)>,
}

impl Table {
    pub async fn dresser(banc: &Banc) -> Self {
        let mut dossiers = Vec::new();
        for (rang, (pole, note)) in CLASSES.iter().enumerate() {
            let id = deposer(banc, pole, rang + 1).await;
            confirmer(banc, id).await;
            examiner(banc, id, *note).await;
            dossiers.push((*pole, id));
        }
        let ecarte = deposer(banc, ECARTE, CLASSES.len() + 1).await;
        ecarter(banc, ecarte).await;
        dossiers.push((ECARTE, ecarte));
        clore_la_seance(banc).await;
        banc.il_est(APRES_LA_SEANCE);
        Self { dossiers }
    }

    pub fn dossier(&self, pole: &str) -> Uuid {
        self.dossiers
            .iter()
            .find(|(nom, _)| *nom == pole)
            .unwrap()
            .1
    }

    /// The two first retained, the two others not.
    pub async fn preparer(&self, banc: &Banc) -> Reponse {
        self.envoyer(banc, CLAIRE, |pole| match pole {
            "Pôle des Rives" | "Atelier du Pays" => ("retenu", "", ""),
            _ => ("non_retenu", "Gouvernance à préciser.", ""),
        })
        .await
    }

    /// Sends the form as shown, with these choices: issue, motif, écart.
    async fn envoyer<'a>(
        &self,
        banc: &Banc,
        qui: &str,
        choix: impl Fn(&str) -> (&'a str, &'a str, &'a str),
    ) -> Reponse {
        let personne = banc.personne(qui).await;
        let page = personne.get(&format!("{CAMPAGNE}/decision")).await;
        let mut champs = Vec::new();
        for (pole, id) in self.dossiers.iter().filter(|(pole, _)| *pole != ECARTE) {
            let (issue, motif, ecart) = choix(pole);
            champs.push((
                format!("lue.{id}"),
                cache(&page.texte, &format!("lue.{id}")),
            ));
            champs.push((format!("issue.{id}"), issue.to_owned()));
            champs.push((format!("motif.{id}"), motif.to_owned()));
            champs.push((format!("ecart.{id}"), ecart.to_owned()));
        }
        let champs: Vec<(&str, &str)> = champs
            .iter()
            .map(|(nom, valeur)| (nom.as_str(), valeur.as_str()))
            .collect();
        personne
            .post(&format!("{CAMPAGNE}/preparation"), &champs)
            .await
    }
}

/// Closes the list as read by this person.
pub async fn arreter(banc: &Banc, qui: &str) -> Reponse {
    let personne = banc.personne(qui).await;
    let page = personne.get(&format!("{CAMPAGNE}/decision")).await;
    let lue = cache(&page.texte, "lue");
    personne
        .post(&format!("{CAMPAGNE}/decision"), &[("lue", &lue)])
        .await
}

pub async fn programmer(banc: &Banc, jour: &str, heure: &str) -> Reponse {
    let champs = [("jour", jour), ("heure", heure)];
    banc.personne(ETIENNE)
        .await
        .post(&format!("{CAMPAGNE}/notification"), &champs)
        .await
}

pub async fn decider(banc: &Banc, table: &Table) {
    table.preparer(banc).await.mene_a(CAMPAGNE);
    arreter(banc, ETIENNE).await.mene_a(CAMPAGNE);
}

pub async fn decider_et_programmer(banc: &Banc, table: &Table) {
    decider(banc, table).await;
    programmer(banc, "2024-09-26", "14:00")
        .await
        .mene_a(CAMPAGNE);
}

/// The value of a hidden field of the page; empty when it is not there.
pub fn cache(page: &str, nom: &str) -> String {
    let debut = format!("name=\"{nom}\" value=\"");
    let Some((_, suite)) = page.split_once(&debut) else {
        return String::new();
    };
    suite.split('"').next().unwrap().to_owned()
}

async fn ecrire(banc: &Banc, sql: &'static str, valeurs: &[coopole::socle::db::Valeur]) {
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute_one(sql, valeurs).await.unwrap();
    tx.commit().await.unwrap();
}

async fn deposer(banc: &Banc, pole: &str, rang: usize) -> Uuid {
    let id = alea::id();
    let depose_le = 1_716_000_000_000_i64 + rang as i64;
    ecrire(
        banc,
        "INSERT INTO dossiers (id, numero, campagne, genre, version, pole, structure, region,
                               ouvert_le, ouvert_par, modifie_le, depose_le, prises)
         SELECT $1, $2, 'ami-financement-2024', 'financement', 1, p.id, s.id, s.region,
                $3, (SELECT c.id FROM comptes c WHERE c.courriel = 'solene@rives.example'),
                $3, $3, 0
         FROM poles p JOIN structures s ON s.id = p.porteuse WHERE p.nom = $4",
        &valeurs![id, format!("2024-{rang:04}"), depose_le, pole],
    )
    .await;
    id
}

pub async fn confirmer(banc: &Banc, dossier: Uuid) {
    ecrire(
        banc,
        "INSERT INTO eligibilites (dossier, region, issue, verdict, le, par)
         SELECT $1, '53', 'confirmee', 'eligible', $2, id FROM comptes
         WHERE courriel = 'gwenn@cellule-bretagne.example'",
        &valeurs![dossier, 1_718_000_000_000_i64],
    )
    .await;
}

async fn ecarter(banc: &Banc, dossier: Uuid) {
    ecrire(
        banc,
        "INSERT INTO eligibilites (dossier, region, issue, verdict, le, par)
         SELECT $1, '53', 'ecartee', 'ineligible', $2, id FROM comptes
         WHERE courriel = 'gwenn@cellule-bretagne.example'",
        &valeurs![dossier, 1_718_000_000_000_i64],
    )
    .await;
    for (regle, motif) in [
        ("E2", "La Charte n’est pas signée."),
        ("E5", "Le pôle n’en est pas au développement."),
    ] {
        ecrire(
            banc,
            "INSERT INTO appreciations (dossier, regle, tenue, motif) VALUES ($1, $2, $3, $4)",
            &valeurs![dossier, regle, false, motif],
        )
        .await;
    }
}

pub async fn examiner(banc: &Banc, dossier: Uuid, note: i64) {
    ecrire(
        banc,
        "INSERT INTO examens (id, dossier, compte, version, rendu_le, modifie_le, base, bonus)
         SELECT $1, $2, id, 1, $3, $3, $4, 0 FROM comptes WHERE courriel = 'jeanne@comite.example'",
        &valeurs![alea::id(), dossier, 1_725_000_000_000_i64, note * 1000],
    )
    .await;
}

async fn clore_la_seance(banc: &Banc) {
    ecrire(
        banc,
        "INSERT INTO seances (id, campagne, close_le, par)
         SELECT $2, 'ami-financement-2024', $1, id FROM comptes WHERE courriel = 'claire@tresor.example'",
        &valeurs![1_725_451_200_000_i64, alea::id()],
    )
    .await;
}

/// Gives this account the quality as well, at once.
pub async fn habiliter(banc: &Banc, courriel: &str, qualite: &str) {
    ecrire(
        banc,
        "INSERT INTO habilitations (id, compte, role, qualite, du)
         SELECT $1, id, 'pilote', $2, 0 FROM comptes WHERE courriel = $3",
        &valeurs![alea::id(), qualite, courriel],
    )
    .await;
}

// ── The list ────────────────────────────────────────────────────────────────

parcours!(une_liste_se_prepare_s_arrete_et_ne_change_plus(banc) {
    let table = Table::dresser(banc).await;
    let claire = banc.personne(CLAIRE).await;
    claire.get("/pilotage").await.montre("À faire : préparer la liste");
    banc.personne(ETIENNE).await.get("/pilotage").await.montre("À faire : arrêter la liste");
    banc.personne("agnes@tresor.example").await.get("/pilotage").await
        .montre("En attente : arrêter la liste").montre("Cet acte revient à : Pilotage national (décision).");
    claire.get(&format!("{CAMPAGNE}/decision")).await
        .montre("0 € sur une enveloppe de 1 500 000 €")
        .montre("Inéligible")
        .montre("La Charte n’est pas signée.");

    table.preparer(banc).await.mene_a(CAMPAGNE);

    claire.get(&format!("{CAMPAGNE}/decision")).await
        .montre("200 000 € sur une enveloppe de 1 500 000 €")
        .montre("2 lauréats pour une cible de 15.")
        .montre("Liste non arrêtée.");
    arreter(banc, ETIENNE).await.mene_a(CAMPAGNE);
    claire.get(&format!("{CAMPAGNE}/decision")).await
        .montre("Liste arrêtée le vendredi 20 septembre 2024 à 10 h 00 par Étienne Sceau.");
    table.preparer(banc).await.refuse("La liste est arrêtée depuis le vendredi 20 septembre 2024");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM decisions_dossiers").await, 5);
    let ineligibles = "SELECT COUNT(*) FROM decisions_dossiers WHERE issue = 'ineligible'";
    assert_eq!(banc.compter(ineligibles).await, 1);
});

parcours!(arreter_deux_fois_n_arrete_qu_une_fois(banc) {
    let table = Table::dresser(banc).await;
    table.preparer(banc).await.mene_a(CAMPAGNE);
    let etienne = banc.personne(ETIENNE).await;
    let page = etienne.get(&format!("{CAMPAGNE}/decision")).await;
    let lue = cache(&page.texte, "lue");
    let adresse = format!("{CAMPAGNE}/decision");
    let champs = [("lue", lue.as_str())];
    let (un, deux) = tokio::join!(etienne.post(&adresse, &champs), etienne.post(&adresse, &champs));

    let mut statuts = [un.statut.as_u16(), deux.statut.as_u16()];
    statuts.sort_unstable();
    assert_eq!(statuts, [303, 422]);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM decisions").await, 1);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM journal_entrees WHERE acte = 'decision'").await, 1);
});

parcours!(l_enveloppe_depassee_est_refusee_avec_ses_chiffres(banc) {
    let mut table = Table::dresser(banc).await;
    for rang in 10..23_usize {
        let nom: &'static str = format!("Pôle d’essai {rang}").leak();
        inventer_un_pole(banc, nom).await;
        let id = deposer(banc, nom, rang).await;
        confirmer(banc, id).await;
        examiner(banc, id, 30).await;
        table.dossiers.push((nom, id));
    }
    let tous = |_: &str| ("retenu", "", "");
    table.envoyer(banc, CLAIRE, tous).await.mene_a(CAMPAGNE);

    banc.personne(CLAIRE).await.get(&format!("{CAMPAGNE}/decision")).await
        .montre("Enveloppe dépassée");
    let refus = arreter(banc, ETIENNE).await;
    refus.refuse("Les montants retenus totalisent 1 700 000 € ; l’enveloppe est de 1 500 000 €.");
    refus.refuse("Retirez au moins 200 000 €.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM decisions").await, 0);
});

async fn inventer_un_pole(banc: &Banc, nom: &str) {
    ecrire(
        banc,
        "INSERT INTO poles (id, nom, cle_tri, porteuse, region, themes, invente)
         SELECT $1, $2, $2, p.porteuse, p.region, '', $3 FROM poles p
         WHERE p.nom = 'Pôle des Rives'",
        &valeurs![alea::id(), nom, true],
    )
    .await;
}

parcours!(un_dossier_non_retenu_attend_son_motif_et_un_ecart_sa_raison(banc) {
    let table = Table::dresser(banc).await;
    table.envoyer(banc, CLAIRE, |pole| match pole {
        "Pôle des Rives" | "Fabrique des Cirques" => ("retenu", "", ""),
        _ => ("non_retenu", "", ""),
    }).await.mene_a(CAMPAGNE);

    banc.personne(CLAIRE).await.get(&format!("{CAMPAGNE}/decision")).await
        .montre("S’écarte du classement");
    let refus = arreter(banc, ETIENNE).await;
    refus.refuse("Le dossier n° 2024-0002 n’est pas retenu sans motif.");
    refus.refuse("Le dossier n° 2024-0002 s’écarte du classement sans dire pourquoi.");
    refus.refuse("Le dossier n° 2024-0003 s’écarte du classement sans dire pourquoi.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM decisions").await, 0);

    table.envoyer(banc, CLAIRE, |pole| match pole {
        "Pôle des Rives" => ("retenu", "", ""),
        "Fabrique des Cirques" => ("retenu", "", "Seul pôle d’outre-mer."),
        "Atelier du Pays" => ("non_retenu", "Budget incertain.", "Région déjà servie."),
        _ => ("non_retenu", "Besoins peu étayés.", ""),
    }).await.mene_a(CAMPAGNE);
    arreter(banc, ETIENNE).await.mene_a(CAMPAGNE);
});

parcours!(qui_a_prepare_n_arrete_pas_meme_avec_les_deux_qualites(banc) {
    let table = Table::dresser(banc).await;
    habiliter(banc, CLAIRE, "decideur").await;
    table.preparer(banc).await.mene_a(CAMPAGNE);

    arreter(banc, CLAIRE).await
        .refuse("Vous avez préparé cette liste : une autre personne doit l’arrêter.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM decisions").await, 0);
    arreter(banc, ETIENNE).await.mene_a(CAMPAGNE);
});

parcours!(toute_main_dans_la_liste_compte_pas_seulement_la_derniere(banc) {
    let table = Table::dresser(banc).await;
    habiliter(banc, ETIENNE, "charge_mission").await;
    // Étienne touches one line, then Claire writes after him.
    table.envoyer(banc, ETIENNE, |pole| match pole {
        "Pôle des Rives" => ("retenu", "", ""),
        _ => ("", "", ""),
    }).await.mene_a(CAMPAGNE);
    table.preparer(banc).await.mene_a(CAMPAGNE);

    arreter(banc, ETIENNE).await.refuse("une autre personne doit l’arrêter");
});

parcours!(deux_personnes_qui_preparent_ne_s_effacent_pas(banc) {
    let table = Table::dresser(banc).await;
    let claire = banc.personne(CLAIRE).await;
    let rives = table.dossier("Pôle des Rives");
    let atelier = table.dossier("Atelier du Pays");
    // Claire has shown the page; somebody else saves a line; then Claire sends.
    habiliter(banc, ETIENNE, "charge_mission").await;
    table.envoyer(banc, ETIENNE, |pole| match pole {
        "Pôle des Rives" => ("non_retenu", "Le texte d’Étienne.", ""),
        _ => ("", "", ""),
    }).await.mene_a(CAMPAGNE);
    let envoi = claire.post(&format!("{CAMPAGNE}/preparation"), &[
        (&format!("lue.{rives}"), "vide"),
        (&format!("issue.{rives}"), "retenu"),
        (&format!("motif.{rives}"), "Le texte de Claire."),
        (&format!("lue.{atelier}"), "vide"),
        (&format!("issue.{atelier}"), "retenu"),
    ]).await;

    assert_eq!(envoi.statut, StatusCode::CONFLICT);
    assert!(envoi.texte.contains("Le texte d’Étienne."), "{}", envoi.texte);
    assert!(envoi.texte.contains("Le texte de Claire."), "{}", envoi.texte);
    // Her other line was saved, and his was not overwritten.
    let retenus = "SELECT COUNT(*) FROM propositions WHERE issue = 'retenu'";
    assert_eq!(banc.compter(retenus).await, 1);
});

parcours!(la_liste_s_arrete_telle_qu_elle_a_ete_lue(banc) {
    let table = Table::dresser(banc).await;
    table.preparer(banc).await.mene_a(CAMPAGNE);
    let etienne = banc.personne(ETIENNE).await;
    let page = etienne.get(&format!("{CAMPAGNE}/decision")).await;
    let lue = cache(&page.texte, "lue");
    table.envoyer(banc, CLAIRE, |pole| match pole {
        "Pôle des Rives" => ("retenu", "", ""),
        _ => ("non_retenu", "Budget incertain.", ""),
    }).await.mene_a(CAMPAGNE);

    etienne.post(&format!("{CAMPAGNE}/decision"), &[("lue", &lue)]).await
        .refuse("La liste a changé depuis que vous l’avez ouverte.");
});

parcours!(avant_la_seance_du_comite_la_liste_ne_s_arrete_pas(banc) {
    let table = Table::dresser(banc).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("DELETE FROM seances", &[]).await.unwrap();
    tx.commit().await.unwrap();
    let claire = banc.personne(CLAIRE).await;
    let page = claire.get(&format!("{CAMPAGNE}/decision")).await;
    page.montre("la sélection s’ouvre quand la séance du comité est close")
        .montre("Ouvrir la séance du comité");
    // Neither rank nor mark nor form: the ranking is the committee's until then.
    assert!(!page.texte.contains("<table"), "{}", page.texte);
    let rives = table.dossier("Pôle des Rives");
    let (lue, issue) = (format!("lue.{rives}"), format!("issue.{rives}"));
    claire.post(&format!("{CAMPAGNE}/preparation"), &[(&lue, ""), (&issue, "retenu")]).await
        .refuse("La liste s’arrête après la séance du comité");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM propositions").await, 0);
    arreter(banc, ETIENNE).await.refuse("La liste s’arrête après la séance du comité");
});

// ── Who may not ─────────────────────────────────────────────────────────────

parcours!(qui_n_est_pas_du_pilotage_ne_trouve_rien(banc) {
    let table = Table::dresser(banc).await;
    let (pages, actes) = adresses();
    for qui in NON_INITIES {
        let personne = banc.personne(qui).await;
        for page in &pages {
            personne.get(page).await.introuvable();
        }
        for acte in &actes {
            personne.post(acte, &[]).await.introuvable();
        }
    }
    for page in &pages {
        banc.public().get(page).await.demande_a_se_connecter();
    }
    for acte in &actes {
        banc.public().post(acte, &[]).await.demande_a_se_connecter();
    }
    let decision = format!("/dossiers/{}/decision", table.dossier("Pôle des Rives"));
    banc.public().get(&decision).await.demande_a_se_connecter();
    for autre in ["bastien@atelier.example", "samir@coopole.example", CLAIRE] {
        banc.personne(autre).await.get(&decision).await.introuvable();
    }
});

fn adresses() -> (Vec<String>, Vec<String>) {
    let pages = ["", "/dossiers", "/decision", "/notification"].map(|p| format!("{CAMPAGNE}{p}"));
    let actes = ["/preparation", "/decision", "/notification", "/suspension"]
        .map(|p| format!("{CAMPAGNE}{p}"));
    let mut pages: Vec<String> = pages.into();
    pages.push("/pilotage".into());
    (pages, actes.into())
}

parcours!(chaque_qualite_du_pilotage_a_son_acte_et_lui_seul(banc) {
    let table = Table::dresser(banc).await;
    table.preparer(banc).await.mene_a(CAMPAGNE);
    // Who decides does not prepare, who prepares does not decide.
    let refus = table.envoyer(banc, ETIENNE, |_| ("retenu", "", "")).await;
    refus.introuvable();
    arreter(banc, CLAIRE).await.introuvable();
    for qui in [CLAIRE, "agnes@tresor.example"] {
        let personne = banc.personne(qui).await;
        personne.post(&format!("{CAMPAGNE}/notification"), &[]).await.introuvable();
        personne.post(&format!("{CAMPAGNE}/suspension"), &[]).await.introuvable();
    }
    banc.personne("agnes@tresor.example").await.get(&format!("{CAMPAGNE}/decision")).await
        .montre("une autre personne arrête la liste");
});

parcours!(un_brouillon_n_a_pas_de_decision(banc) {
    let porteuse = banc.porteuse().await;
    let pole = banc.pole("Pôle des Rives").await;
    let dossier = porteuse
        .post("/appels/ami-financement-2024/dossiers", &[("pole", &pole)])
        .await
        .mene_a("/dossiers/");
    porteuse.get(&format!("{dossier}/decision")).await.introuvable();
});

parcours!(chaque_compte_ouvre_sa_liste(banc) {
    let table = Table::dresser(banc).await;
    let claire = banc.personne(CLAIRE).await;
    claire.get(CAMPAGNE).await.montre("Dossiers déposés");
    claire.get(&format!("{CAMPAGNE}/dossiers?part=deposes")).await
        .montre("Pôle des Rives").montre("5 dossiers sur cette page");
    claire.get(&format!("{CAMPAGNE}/dossiers?part=ecartes")).await
        .montre(ECARTE).montre("1 dossier sur cette page");
    claire.get(&format!("{CAMPAGNE}/dossiers?part=sans_avis")).await.montre("4 dossiers");
    claire.get(&format!("{CAMPAGNE}/dossiers?part=brouillons")).await.montre("Aucun dossier ici.");
    claire.get(&format!("{CAMPAGNE}/dossiers?part=retenus")).await.introuvable();
    let _ = table;
});

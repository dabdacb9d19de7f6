//! Every long list is read to its end and back: nothing is cut, nothing comes
//! twice, and the other lists of the page stay where they are.

use coopole::{
    poles::{self, NouveauPole},
    socle::alea,
    valeurs,
};
use metier::{campagnes::Genre, commun::Region};
use uuid::Uuid;

use crate::{
    banc::{Banc, Visiteur},
    parcours,
};

/// The page of that list on that side, if the page has a link to it.
fn voisine(texte: &str, page: &str, liste: &str, cote: &str) -> Option<String> {
    let debut = match liste {
        "" => format!("href=\"{page}?{cote}="),
        liste => format!("href=\"{page}?liste={liste}&amp;{cote}="),
    };
    let (_, suite) = texte.split_once(&debut)?;
    let (place, _) = suite.split_once('"')?;
    let debut = debut.trim_start_matches("href=\"").replace("&amp;", "&");
    let (place, _) = place.split_once('#').unwrap_or((place, ""));
    Some(format!("{debut}{place}"))
}

/// Reads a list to its end, then back to its beginning: how many times the mark
/// was seen each way, and on how many pages.
async fn feuilleter(
    qui: &Visiteur<'_>,
    (page, liste): (&str, &str),
    marque: &str,
) -> [(usize, usize); 2] {
    let mut adresse = page.to_owned();
    let mut vues = [(0, 0); 2];
    for (sens, cote) in ["apres", "avant"].into_iter().enumerate() {
        loop {
            assert!(vues[sens].1 < 20, "{adresse} revient");
            let lue = qui.get(&adresse).await;
            lue.montre(marque);
            vues[sens].0 += lue.texte.matches(marque).count();
            vues[sens].1 += 1;
            match voisine(&lue.texte, page, liste, cote) {
                Some(suite) => adresse = suite,
                None => break,
            }
        }
    }
    vues
}

/// So many invented poles of Bretagne, none of which is like another.
async fn creer(banc: &Banc, combien: u32) -> Vec<Uuid> {
    let mut tx = banc.app.db.begin().await.unwrap();
    let mut ids = Vec::new();
    for rang in 0..combien {
        let pole = NouveauPole {
            nom: format!("Feuille {:08x}", rang.wrapping_mul(2_654_435_761)),
            porteuse: None,
            commune: None,
            code_commune: None,
            departement: None,
            region: Some(Region::Bretagne),
            themes: String::new(),
            source: None,
            invente: true,
        };
        ids.push(poles::create(&mut tx, &pole).await.unwrap());
    }
    tx.commit().await.unwrap();
    ids
}

async fn compte(banc: &Banc, courriel: &str) -> Uuid {
    let mut base = banc.app.db.lecture().await.unwrap();
    let (id,): (Uuid,) = base
        .fetch_one(
            "SELECT id FROM comptes WHERE courriel = $1",
            &valeurs![courriel],
        )
        .await
        .unwrap();
    id
}

const DEUX_SENS: [(usize, usize); 2] = [(120, 3), (120, 3)];

parcours!(les_attendus_les_relances_et_les_seances_se_feuillettent(banc) {
    let remi = banc.personne("remi@labo.example").await;
    let par = compte(banc, "remi@labo.example").await;
    let deja = remi.get("/charte/gestion").await.texte.matches("href=\"/poles/").count();
    let poles = creer(banc, 120).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    for pole in &poles {
        let genre = Genre::Accompagnement;
        poles::record_laureat(&mut tx, *pole, "ami-accompagnement", genre, None).await.unwrap();
    }
    for rang in 0..120_i64 {
        // Two at each instant: a place is more than an hour.
        let le = 1_600_000_000_000 + rang / 2;
        tx.execute(
            "INSERT INTO lots_de_relance (id, cible, version, region, mot, par, le)
             VALUES ($1, 'laureats', 'demonstration', '53', '', $2, $3)",
            &valeurs![alea::id(), par, le],
        ).await.unwrap();
        tx.execute(
            "INSERT INTO seances_de_signature (id, nom, lieu, du, au, ouverte_par, ouverte_le)
             VALUES ($1, 'Journée', 'Rennes', $2, $3, $4, $2)",
            &valeurs![alea::id(), le, le + 1, par],
        ).await.unwrap();
    }
    tx.commit().await.unwrap();

    let gestion = remi.get("/charte/gestion").await;
    gestion.montre("50 lauréats affichés sur").montre("50 relances affichées");
    let vues = feuilleter(&remi, ("/charte/gestion", "laureats"), ">Feuille ").await;
    assert_eq!(vues[0].0, 120, "{deja} autres");
    assert_eq!(vues[0], vues[1]);
    assert_eq!(feuilleter(&remi, ("/charte/gestion", "lots"), "href=\"/charte/relances/").await, DEUX_SENS);
    // One list turned, the others stand at their beginning.
    let suite = voisine(&gestion.texte, "/charte/gestion", "lots", "apres").unwrap();
    remi.get(&suite).await.montre("50 lauréats affichés sur").tait("liste=laureats&amp;avant=");
    // The cell of a region has the same, in its region.
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    let ici = "/charte/gestion/regions/53";
    assert_eq!(feuilleter(&gwenn, (ici, "lots"), "href=\"/charte/relances/").await, DEUX_SENS);
    assert_eq!(feuilleter(&gwenn, (ici, "laureats"), ">Feuille ").await[1].0, 120);
    let seances = ("/charte/gestion/seances", "");
    assert_eq!(feuilleter(&remi, seances, "href=\"/charte/gestion/seances/").await, DEUX_SENS);
    for abimee in ["liste=lots&apres=%00", "liste=laureats&avant=a~b", "liste=autre&apres=1~2"] {
        remi.get(&format!("/charte/gestion?{abimee}")).await.montre("50 relances affichées");
    }
});

parcours!(les_doublons_les_fusions_et_les_revendications_se_feuillettent(banc) {
    let gwenn = banc.personne("gwenn@cellule-bretagne.example").await;
    let bastien = compte(banc, "bastien@atelier.example").await;
    let poles = creer(banc, 240).await;
    let mut tx = banc.app.db.begin().await.unwrap();
    for (rang, deux) in (0_i64..).zip(poles.chunks(2)) {
        let le = 1_600_000_000_000 + rang / 2;
        // As many pairs of the same name in the same place.
        tx.execute("UPDATE poles SET departement = '29', cle_tri = 'paire ' || cle_tri WHERE id = $1", &valeurs![deux[0]]).await.unwrap();
        tx.execute(
            "UPDATE poles SET departement = '29', cle_tri = (SELECT p.cle_tri FROM poles p WHERE p.id = $2) WHERE id = $1",
            &valeurs![deux[1], deux[0]],
        ).await.unwrap();
        tx.execute(
            "INSERT INTO fusions (id, garde, fondu, motif, le, par, defaite_le, defaite_par, defaite_motif)
             VALUES ($1, $2, $3, 'Un seul pôle', $4, $5, $4, $5, 'Deux')",
            &valeurs![alea::id(), deux[0], deux[1], le, bastien],
        ).await.unwrap();
        tx.execute(
            "INSERT INTO revendications (id, pole, par, fonction, preuve, le, essais)
             VALUES ($1, $2, $3, 'Présidente', 'cellule', $4, 0)",
            &valeurs![alea::id(), deux[0], bastien, le],
        ).await.unwrap();
        tx.execute(
            "INSERT INTO revendications (id, pole, par, fonction, preuve, le, essais, issue, tranchee_le, tranchee_par, premiere)
             VALUES ($1, $2, $3, 'Présidente', 'cellule', $4, 0, 'acceptee', $4, $3, $5)",
            &valeurs![alea::id(), deux[1], bastien, le, true],
        ).await.unwrap();
    }
    tx.commit().await.unwrap();

    let doublons = gwenn.get("/doublons").await;
    doublons.montre("120 paires de fiches se ressemblent").montre("50 paires affichées").montre("50 fusions affichées");
    assert_eq!(feuilleter(&gwenn, ("/doublons", "paires"), "id=\"paire-").await, DEUX_SENS);
    assert_eq!(feuilleter(&gwenn, ("/doublons", "fusions"), "id=\"fusion-").await, DEUX_SENS);
    assert_eq!(feuilleter(&gwenn, ("/revendications", ""), "id=\"revendication-").await[0], (120, 3));
    let donnes = feuilleter(&gwenn, ("/revendications", "acceptees"), "/reprise\"").await;
    assert_eq!(donnes, DEUX_SENS);

    // Told apart, the pairs leave one list for another.
    let mut tx = banc.app.db.begin().await.unwrap();
    for deux in poles.chunks(2) {
        let (un, autre) = (deux[0].min(deux[1]), deux[0].max(deux[1]));
        tx.execute(
            "INSERT INTO distinctions (un, autre, motif, le, par) VALUES ($1, $2, 'Deux villes', 1600000000000, $3)",
            &valeurs![un, autre, bastien],
        ).await.unwrap();
    }
    tx.commit().await.unwrap();
    gwenn.get("/doublons").await.montre("Aucune fiche ne ressemble à une autre.");
    assert_eq!(feuilleter(&gwenn, ("/doublons", "distinctes"), "id=\"distinction-").await, DEUX_SENS);

    // What is not of one's region is on no page: another cell reads none.
    let kelia = banc.personne("kelia@cellule-reunion.example").await;
    kelia.get("/doublons").await.tait("id=\"fusion-").tait("id=\"distinction-");
    kelia.get("/revendications").await.tait("id=\"revendication-").tait("/reprise\"");
});

//! What an import may still be put back from, and what it may not; where the
//! lines lead when records merged, and what they say of a place.

use coopole::{poles, socle::alea, valeurs};
use metier::campagnes::Genre;
use uuid::Uuid;

use crate::{
    banc::{Banc, Visiteur},
    imports::{GWENN, REMI, apporter, demander},
    parcours,
};

/// A list applied: its address.
async fn appliquer(banc: &Banc, liste: &str) -> String {
    let import = apporter(banc, liste.as_bytes()).await;
    demander(banc, &import, "application").await;
    banc.personne(REMI)
        .await
        .get(&import)
        .await
        .montre("Annuler cet import");
    import
}

async fn est_annule(banc: &Banc, import: &str) {
    demander(banc, import, "annulation").await;
    banc.personne(REMI)
        .await
        .get(import)
        .await
        .montre("annulé en entier");
}

/// The first address of the page that begins so.
fn adresse(texte: &str, debut: &str) -> String {
    let trouvee = texte.split('"').find(|morceau| morceau.starts_with(debut));
    trouvee
        .unwrap_or_else(|| panic!("aucune adresse {debut}"))
        .to_owned()
}

async fn corriger(qui: &Visiteur<'_>, pole: &str, information: &str, valeur: &str) {
    let champs = [("valeur", valeur), ("source", "Une visite")];
    qui.post(&format!("/poles/{pole}/corrections/{information}"), &champs)
        .await
        .mene_a("/poles/");
}

/// Puts back the latest change of the record.
async fn remettre(qui: &Visiteur<'_>, pole: &str) {
    let annulation = adresse(
        &qui.get(&format!("/poles/{pole}")).await.texte,
        "/modifications/",
    );
    qui.post(&annulation, &[("motif", "Une erreur")])
        .await
        .mene_a("/poles/");
}

async fn fusionner(qui: &Visiteur<'_>, garde: &str, fondu: &str) {
    qui.post(
        &format!("/doublons/{garde}/{fondu}"),
        &[("motif", "Un seul pôle")],
    )
    .await
    .mene_a("/poles/");
}

async fn defaire(qui: &Visiteur<'_>) {
    let acte = adresse(&qui.get("/doublons").await.texte, "/fusions/");
    let motif = format!("motif-{}", acte.split('/').nth(2).unwrap());
    qui.post(&acte, &[(&motif, "Deux pôles")]).await.mene_a("");
}

parcours!(ce_qui_fut_refuse_ou_remis_ne_retient_pas_un_import(banc) {
    let gwenn = banc.personne(GWENN).await;
    let rives = banc.pole("Pôle des Rives").await;
    let poles = banc.compter("SELECT COUNT(*) FROM poles").await;
    let import = appliquer(banc, "nom;insee;maturite;rural\nPôle des Rives;29151;mature;oui\nGrange;29151;;\n").await;
    let grange = banc.pole("Grange").await;

    // Somebody proposed, and was refused; the cell changed, and put back.
    corriger(&banc.porteuse().await, &grange, "rural", "oui").await;
    let remi = banc.personne(REMI).await;
    demander(banc, &import, "annulation").await;
    remi.get(&import).await
        .montre("rien n’est écrit.")
        .montre("Depuis l’import, la fiche « Grange » a reçu : une proposition à trancher.")
        .montre(&format!("href=\"/poles/{grange}\""))
        .montre("Défaites d’abord ce qui a suivi");
    let reponse = adresse(&gwenn.get("/corrections").await.texte, "/corrections/");
    let id = reponse.trim_start_matches("/corrections/").trim_end_matches("/moderation");
    let motif = format!("motif-{id}");
    gwenn.post(&reponse, &[("sort", "refusee"), (&motif, "Rien ne le dit.")]).await.mene_a("/corrections");
    corriger(&gwenn, &grange, "maturite", "emergent").await;
    demander(banc, &import, "annulation").await;
    remi.get(&import).await.montre("la fiche « Grange » a reçu : une modification.");
    remettre(&gwenn, &grange).await;
    // Of what it changed, one is put back already; the other was, then said again.
    for information in ["rural", "maturite"] {
        let mut base = banc.app.db.lecture().await.unwrap();
        let (id,): (Uuid,) = base
            .fetch_one(
                "SELECT id FROM modifications WHERE information = $1 AND import IS NOT NULL",
                &valeurs![information],
            )
            .await
            .unwrap();
        drop(base);
        let champs = [("motif", "Une erreur")];
        gwenn.post(&format!("/modifications/{id}/annulation"), &champs).await.mene_a("/poles/");
    }
    corriger(&gwenn, &rives, "maturite", "mature").await;

    est_annule(banc, &import).await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles").await, poles);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM corrections WHERE sort = 'refusee'").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Pôle des Rives' AND maturite IS NULL AND rural IS NULL").await, 1);
    banc.public().get(&format!("/poles/{grange}")).await.introuvable();
});

parcours!(ce_qui_tient_a_une_fiche_retient_l_import_qui_l_a_creee(banc) {
    let import = appliquer(banc, "nom;insee\nGrange;29151\nHalle;29151\n").await;
    let grange: Uuid = banc.pole("Grange").await.parse().unwrap();
    let le = banc.app.horloge.now();
    let mut tx = banc.app.db.begin().await.unwrap();
    poles::record_signature(&mut tx, grange, "2021-06-30", le).await.unwrap();
    poles::record_laureat(&mut tx, grange, "ami-accompagnement", Genre::Accompagnement, None).await.unwrap();
    let aide = poles::AideVersee {
        pole: grange,
        siren: Some("900000019"),
        campagne: "ami-financement-2021",
        montant: metier::commun::Montant::euros(100_000),
    };
    poles::record_aide(&mut tx, &aide, le).await.unwrap();
    tx.execute(
        "INSERT INTO habilitations (id, compte, role, qualite, pole, du)
         SELECT $1, id, 'porteur', 'lecteur', $2, 0 FROM comptes WHERE courriel = 'solene@rives.example'",
        &valeurs![alea::id(), grange]).await.unwrap();
    tx.execute(
        "INSERT INTO revendications (id, pole, par, fonction, preuve, le, essais)
         SELECT $1, $2, id, 'Coordination', 'cellule', 0, 0 FROM comptes WHERE courriel = 'solene@rives.example'",
        &valeurs![alea::id(), grange]).await.unwrap();
    tx.commit().await.unwrap();
    demander(banc, &import, "annulation").await;
    banc.personne(REMI).await.get(&import).await.montre(
        "la fiche « Grange » a reçu : une signature de la Charte, un appel gagné, une aide, une personne dans son équipe, une revendication.")
        .tait("la fiche « Halle »");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Halle'").await, 1, "rien n’est annulé");

    // The claim refused, the place given back: the rest still stands.
    let mut tx = banc.app.db.begin().await.unwrap();
    for sql in [
        "UPDATE revendications SET issue = 'refusee', tranchee_le = 1",
        "UPDATE habilitations SET au = 1 WHERE qualite = 'lecteur' AND du = 0",
        "DELETE FROM aides WHERE siren = '900000019'",
        "DELETE FROM laureats WHERE pole = (SELECT id FROM poles WHERE nom = 'Grange')",
    ] {
        tx.execute(sql, &[]).await.unwrap();
    }
    tx.commit().await.unwrap();
    demander(banc, &import, "annulation").await;
    banc.personne(REMI).await.get(&import).await.montre("la fiche « Grange » a reçu : une signature de la Charte.");
    let mut tx = banc.app.db.begin().await.unwrap();
    tx.execute("DELETE FROM signatures_charte WHERE pole = (SELECT id FROM poles WHERE nom = 'Grange')", &[]).await.unwrap();
    tx.commit().await.unwrap();
    est_annule(banc, &import).await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom IN ('Grange', 'Halle')").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM revendications").await, 0);
});

parcours!(une_fusion_ne_bloque_un_import_que_s_il_y_tient(banc) {
    let gwenn = banc.personne(GWENN).await;
    let premier = appliquer(banc, "nom;insee\nGrange;29151\nHalle;29151\n").await;
    let (grange, halle) = (banc.pole("Grange").await, banc.pole("Halle").await);
    let second = appliquer(banc, "nom;insee;maturite;site\nHalle;29151;mature;https://halle.example\nMoulin;29151;;\n").await;
    let moulin = banc.pole("Moulin").await;

    // A record it changed was merged since: what it said is put back there.
    fusionner(&gwenn, &grange, &halle).await;
    // One it created was merged into another: it is told, until it is undone.
    fusionner(&gwenn, &grange, &moulin).await;
    demander(banc, &second, "annulation").await;
    banc.personne(REMI).await.get(&second).await
        .montre("la fiche « Moulin » a reçu : une fusion avec une autre fiche.")
        .tait("la fiche « Halle »");
    defaire(&gwenn).await;
    est_annule(banc, &second).await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Moulin'").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Halle' AND maturite IS NULL AND site IS NULL").await, 1);
    // Merged, it is not found by its words.
    banc.public().get("/poles?q=halle&exact=oui").await.montre("Aucun pôle");

    // Two records of one import, merged together, go together.
    est_annule(banc, &premier).await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom IN ('Grange', 'Halle')").await, 0);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM fusions").await, 0);
});

parcours!(une_valeur_reprise_par_une_fusion_retient_l_import_qui_l_a_dite(banc) {
    let gwenn = banc.personne(GWENN).await;
    appliquer(banc, "nom;insee\nGrange;29151\nHalle;29151\n").await;
    let (grange, halle) = (banc.pole("Grange").await, banc.pole("Halle").await);
    let second = appliquer(banc, "nom;insee;site\nHalle;29151;https://halle.example\n").await;
    let choix = [("site", "autre"), ("motif", "Un seul pôle")];
    gwenn.post(&format!("/doublons/{grange}/{halle}"), &choix).await.mene_a("/poles/");
    demander(banc, &second, "annulation").await;
    banc.personne(REMI).await.get(&second).await
        .montre("la fiche « Halle » a reçu : une fusion, qui l’a reprise (Site internet).");
    defaire(&gwenn).await;
    est_annule(banc, &second).await;
});

parcours!(une_ligne_suit_la_fiche_fusionnee_jusqu_a_celle_qui_reste(banc) {
    let (remi, gwenn) = (banc.personne(REMI).await, banc.personne(GWENN).await);
    appliquer(banc, "nom;insee\nGrange;29151\nHalle;29151\n").await;
    let (grange, halle) = (banc.pole("Grange").await, banc.pole("Halle").await);
    fusionner(&gwenn, &grange, &halle).await;

    let import = apporter(banc, format!("identifiant;maturite\n{halle};mature\n").as_bytes()).await;
    remi.get(&import).await
        .montre("La fiche de cet identifiant a été fusionnée avec celle-ci : la ligne parle désormais d’elle.")
        .montre(&format!("href=\"/poles/{grange}\""))
        .montre("« Mature », auparavant « non connu »");
    demander(banc, &import, "application").await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Grange' AND maturite = 'mature'").await, 1);
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Halle' AND maturite IS NOT NULL").await, 0);

    // By its name, it is a question; and a record that merges meanwhile is not written.
    let import = apporter(banc, b"nom;insee;qpv\nHalle;29151;oui\nGrange;29151;oui\n").await;
    remi.get(&format!("{import}?sort=ambigue")).await.montre("Ligne 2 – « Halle » : de quelle fiche s’agit-il ?");
    let rives = banc.pole("Pôle des Rives").await;
    fusionner(&gwenn, &rives, &grange).await;
    let choix = format!("{import}/lignes/2/choix");
    remi.post(&choix, &[("choix-2", &grange)]).await.refuse("Le registre a changé depuis la relecture, pour la ligne 2.");
    demander(banc, &import, "application").await;
    remi.get(&import).await.montre("Le registre a changé depuis la relecture, pour la ligne 3.");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE qpv").await, 0);
});

parcours!(un_departement_sans_commune_se_change_et_se_reprend(banc) {
    let (remi, public) = (banc.personne(REMI).await, banc.public());
    let liste = "nom;departement;region\nGrange;29;\nHalle;;Bretagne\nVague;;\nGrange;35;\nHalle;;Corse\nVague;29;\n";
    let import = apporter(banc, liste.as_bytes()).await;
    remi.get(&import).await
        .montre("Appliquer 5 lignes")
        .montre("Lieu : département 29, Bretagne")
        .montre("La ligne 4 porte le même nom, et rien ne dit que c’est un autre pôle : donnez le lieu de chacun.");
    demander(banc, &import, "application").await;

    let rives = banc.pole("Pôle des Rives").await;
    let grange = {
        let mut base = banc.app.db.lecture().await.unwrap();
        let (id,): (Uuid,) = base
            .fetch_one("SELECT id FROM poles WHERE nom = 'Grange' AND departement = '29'", &[]).await.unwrap();
        id
    };
    let vague = banc.pole("Vague").await;
    let liste = format!("identifiant;departement\n{grange};22\n{vague};56\n{rives};35\n");
    let import = apporter(banc, liste.as_bytes()).await;
    remi.get(&import).await
        .montre("« département 22, Bretagne », auparavant « département 29, Bretagne »")
        .montre("« département 56, Bretagne », auparavant « non connu »")
        .montre("Cette ligne dit « département 35, Bretagne », et la fiche « Morlaix (29), Bretagne » : le lieu de la fiche ne change pas.")
        .montre("La fiche dit déjà tout cela.");
    demander(banc, &import, "application").await;
    public.get(&format!("/poles/{grange}")).await
        .montre("département 22, Bretagne").montre("auparavant « département 29, Bretagne »");
    public.get("/poles?departement=22&q=grange").await.montre("Grange");
    public.get(&format!("/poles/{rives}")).await.montre("Morlaix");
    est_annule(banc, &import).await;
    public.get(&format!("/poles/{grange}")).await.montre("département 29, Bretagne").montre("Annulée depuis");
    assert_eq!(banc.compter("SELECT COUNT(*) FROM poles WHERE nom = 'Vague' AND departement IS NULL AND region IS NULL").await, 1);
});

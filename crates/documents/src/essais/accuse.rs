//! The receipt.

use super::{HOSTILE, contient, feuillets, hostiles, imprime, long, lu, monde};

#[test]
fn l_accuse_porte_les_mentions_de_la_loi() {
    let texte = lu(monde::accuse());
    for mention in [
        "mercredi 29 mai 2024 à 11 h 58 min 41 s (heure de Paris)",
        "Heure locale : 13 h 58 min 41 s à La Réunion",
        "Bureau de l’économie sociale et solidaire",
        "1 place des Essais, 75000 Villefictive",
        "bureau@ess.example",
        "Téléphone : 01 00 00 00 00",
        "rejeté le lundi 29 juillet 2024",
        "L. 231-4, 3°",
        "deux mois",
        "jusqu’au lundi 30 septembre 2024 inclus",
        "recours gracieux",
        "recours hiérarchique",
        "tribunal administratif de Villefictive",
    ] {
        assert!(
            texte.contains(mention),
            "il manque « {mention} » dans : {texte}"
        );
    }
}

#[test]
fn chaque_piece_a_son_empreinte_entiere_et_son_poids() {
    let texte = lu(monde::accuse());
    for piece in monde::accuse().pieces {
        assert!(texte.contains(&piece.empreinte), "{}", piece.genre);
        assert!(texte.contains(&piece.fichier));
        assert!(texte.contains(&piece.poids.replace('\u{a0}', " ")));
    }
}

#[test]
fn avant_le_sceau_l_accuse_dit_que_la_preuve_manque() {
    let mut accuse = monde::accuse();
    let identifiant = accuse.inscription.identifiant.clone();
    accuse.inscription.preuve = None;
    let texte = lu(accuse);
    assert!(texte.contains(&identifiant));
    assert!(texte.contains("n’était pas encore scellée"));
}

#[test]
fn apres_le_sceau_l_accuse_donne_le_chemin_jusqu_a_la_racine() {
    let texte = lu(monde::accuse());
    let preuve = monde::accuse().inscription.preuve.unwrap();
    assert!(texte.contains("au rang 4127 d’un journal de 4131 inscriptions"));
    assert!(preuve.chemin.iter().all(|noeud| texte.contains(noeud)));
    assert!(texte.contains(&preuve.racine));
}

#[test]
fn les_faits_voyagent_dans_le_fichier() {
    let pdf = imprime(monde::accuse());
    assert!(contient(&pdf, "accuse.json"));
    assert!(contient(&pdf, "/AFRelationship/Data"));
}

#[test]
fn un_texte_hostile_est_imprime_tel_quel() {
    let mut accuse = monde::accuse();
    accuse.pole = HOSTILE.into();
    accuse.structure.nom = HOSTILE.into();
    accuse.pieces[0].fichier = HOSTILE.into();
    accuse.verification.adresse = HOSTILE.into();
    accuse.numero = HOSTILE.into();
    assert!(hostiles(accuse) >= 5);
}

#[test]
fn un_nom_sans_fin_passe_a_la_ligne_et_reste_entier() {
    let mut accuse = monde::accuse();
    accuse.pole = long();
    accuse.pieces[0].fichier = long();
    let colle: String = lu(accuse).split_whitespace().collect();
    assert!(colle.matches("anticonstitutionnel").count() > 5_000);
}

#[test]
fn un_dossier_sans_piece_s_imprime() {
    let mut accuse = monde::accuse();
    accuse.pieces.clear();
    accuse.heure_locale = None;
    accuse.structure.adresse.clear();
    accuse.service.adresse.clear();
    accuse.recours.superieur = None;
    accuse.recours.teleservice = None;
    assert!(lu(accuse).contains("Aucune pièce n’accompagne ce dossier."));
}

#[test]
fn un_accuse_ordinaire_tient_en_deux_pages() {
    assert_eq!(feuillets(monde::accuse()).len(), 2);
}

//! Lists as people bring them, hostile ones included.

use uuid::Uuid;

use super::*;
use crate::{
    commun::{Refus, Region},
    poles::{Emplacement, Information},
};

fn textes(cellules: &[&str]) -> Vec<String> {
    cellules.iter().map(|c| (*c).to_owned()).collect()
}

/// A few communes of the tests.
fn lieu(texte: &str) -> LieuDit {
    let une = |code: &str, departement: &str| LieuDit::Une {
        code: code.to_owned(),
        departement: departement.to_owned(),
    };
    match texte {
        "29151" | "Morlaix" | "Morlaix (29)" => une("29151", "29"),
        "01004" => une("01004", "01"),
        "2A004" | "Ajaccio" => une("2A004", "2A"),
        "97411" | "Saint-Denis (974)" => une("97411", "974"),
        "Saint-Denis" => LieuDit::Plusieurs,
        _ => LieuDit::Aucune,
    }
}

fn une_ligne(titres: &[&str], cellules: &[&str]) -> Lue {
    let en_tete = EnTete::lire(&textes(titres)).unwrap();
    lire(&en_tete, &textes(cellules), &lieu)
}

fn dite(titres: &[&str], cellules: &[&str]) -> (Dite, Vec<String>) {
    match une_ligne(titres, cellules) {
        Lue::Dite(dite, remarques) => (dite, remarques),
        autre => panic!("{cellules:?} : {autre:?}"),
    }
}

fn fautes(titres: &[&str], cellules: &[&str]) -> Vec<Faute> {
    match une_ligne(titres, cellules) {
        Lue::Refusee(fautes) => fautes,
        autre => panic!("{cellules:?} : {autre:?}"),
    }
}

#[test]
fn les_titres_se_reconnaissent_sous_leurs_noms_usuels() {
    let cas = [
        ("Nom", Colonne::Nom),
        ("NOM DU PÔLE", Colonne::Nom),
        ("Code INSEE", Colonne::CodeCommune),
        ("ville", Colonne::Commune),
        ("N° SIRET", Colonne::Siret),
        ("Région ", Colonne::Region),
        ("structure_porteuse", Colonne::Structure),
        ("\u{feff}nom", Colonne::Nom),
    ];
    for (titre, colonne) in cas {
        assert_eq!(Colonne::par_titre(titre), Some(colonne), "{titre}");
    }
    for colonne in Colonne::TOUS {
        assert_eq!(Colonne::par_titre(colonne.libelle()), Some(*colonne));
        assert_eq!(Colonne::par_titre(colonne.code()), Some(*colonne));
    }
}

#[test]
fn aucun_titre_ne_mene_a_deux_colonnes() {
    for colonne in Colonne::TOUS {
        for autre in Colonne::TOUS {
            let trouvee = Colonne::par_titre(autre.libelle());
            assert_eq!(trouvee == Some(*colonne), colonne == autre, "{autre}");
        }
    }
}

#[test]
fn une_colonne_inconnue_se_dit_et_s_ignore() {
    let en_tete = EnTete::lire(&textes(&["nom", "Couleur", "", "commune"])).unwrap();
    assert_eq!(en_tete.ignorees, ["Couleur"]);
    assert_eq!(
        en_tete.colonnes().collect::<Vec<_>>(),
        [Colonne::Nom, Colonne::Commune]
    );
}

#[test]
fn un_en_tete_qui_ne_dit_rien_ou_deux_fois_est_refuse() {
    assert_eq!(EnTete::lire(&textes(&["", " "])), Err(RefusEnTete::Vide));
    assert_eq!(EnTete::lire(&[]), Err(RefusEnTete::Vide));
    assert_eq!(
        EnTete::lire(&textes(&["commune", "thèmes"])),
        Err(RefusEnTete::SansNom)
    );
    let refus = EnTete::lire(&textes(&["nom", "Commune", "ville"])).unwrap_err();
    assert_eq!(
        refus.to_string(),
        "Des colonnes disent deux fois la même information : « Commune » (« Commune », « ville »). Gardez-en une seule."
    );
}

#[test]
fn une_ligne_dit_ce_qu_elle_porte_et_rien_de_plus() {
    let (dite, remarques) = dite(
        &[
            "nom",
            "code_commune",
            "themes",
            "maturite",
            "rural",
            "site",
            "presentation",
        ],
        &[
            " Pôle des  Rives ",
            "29151",
            "Laine, Déchets",
            "émergent",
            "Oui",
            "",
            "Deux\nlignes",
        ],
    );
    assert_eq!(
        dite.informations,
        [
            (Information::Nom, "Pôle des Rives".to_owned()),
            (Information::Presentation, "Deux\nlignes".to_owned()),
            (Information::Commune, "29151".to_owned()),
            (Information::Themes, "laine;dechets".to_owned()),
            (Information::Maturite, "emergent".to_owned()),
            (Information::Rural, "oui".to_owned()),
        ]
    );
    assert_eq!(dite.region, Some(Region::Bretagne));
    assert_eq!(dite.departement.as_deref(), Some("29"));
    assert!(remarques.is_empty());
}

#[test]
fn une_cellule_vide_ou_qui_dit_ne_pas_savoir_ne_dit_rien() {
    for muette in [
        "",
        "  ",
        "-",
        "–",
        "?",
        "Non connu",
        "n.c.",
        "N/A",
        "inconnue",
        "\u{a0}",
    ] {
        let (dite, _) = dite(&["nom", "maturite", "rural"], &["Pôle", muette, muette]);
        assert_eq!(dite.informations.len(), 1, "{muette}");
    }
    assert_eq!(une_ligne(&["nom", "ville"], &["", "  "]), Lue::Vide);
    assert_eq!(une_ligne(&["nom", "ville"], &[]), Lue::Vide);
}

#[test]
fn l_outre_mer_et_la_corse_ont_leurs_codes() {
    let cas = [
        ("97411", "974", Region::LaReunion),
        ("2a004", "2A", Region::Corse),
        ("29151", "29", Region::Bretagne),
    ];
    for (code, departement, region) in cas {
        let (dite, _) = dite(&["nom", "insee"], &["Pôle", code]);
        assert_eq!(dite.departement.as_deref(), Some(departement));
        assert_eq!(dite.region, Some(region));
    }
}

#[test]
fn un_zero_perdu_par_le_tableur_se_retrouve_et_se_dit() {
    let (dite, remarques) = dite(&["nom", "code insee", "region"], &["Pôle", "1004", "84"]);
    assert_eq!(dite.valeur(Information::Commune), Some("01004"));
    assert_eq!(remarques, ["Code de commune « 1004 » lu « 01004 »."]);
}

#[test]
fn une_ancienne_region_mene_a_celle_d_aujourd_hui_et_cela_se_dit() {
    for ancienne in ["Auvergne", "83", "rhône alpes", "82"] {
        let (dite, remarques) = dite(&["nom", "region"], &["Pôle", ancienne]);
        assert_eq!(dite.region, Some(Region::AuvergneRhoneAlpes), "{ancienne}");
        assert_eq!(remarques.len(), 1, "{ancienne}");
    }
    for actuelle in ["Auvergne-Rhône-Alpes", "84", "auvergne rhone alpes"] {
        let (dite, remarques) = dite(&["nom", "region"], &["Pôle", actuelle]);
        assert_eq!(dite.region, Some(Region::AuvergneRhoneAlpes), "{actuelle}");
        assert!(remarques.is_empty(), "{actuelle}");
    }
}

#[test]
fn ce_qui_ne_va_pas_se_dit_sous_sa_colonne() {
    use Colonne as C;
    let cas = [
        (C::Siret, "siret", "73282932000075", "chiffre inexact"),
        (C::Siret, "siret", "7,32829E+13", "a arrondi ce SIRET"),
        (C::Siret, "siret", "7328293200007", "14 chiffres"),
        (C::Rna, "rna", "751000001", "W suivi de neuf"),
        (C::CodeCommune, "code_commune", "35000", "code postal"),
        (C::CodeCommune, "code_commune", "=1+1", "aucune commune"),
        (C::Commune, "commune", "Saint-Denis", "Plusieurs communes"),
        (C::Commune, "commune", "Ville imaginaire", "Aucune commune"),
        (C::Departement, "departement", "20", "aucun département"),
        (C::Region, "region", "Savoie", "ni le nom ni le code"),
        (C::Themes, "themes", "laine;soie", "« soie »"),
        (C::Maturite, "maturite", "vieux", "n’est pas une maturité"),
        (C::Rural, "rural", "peut-être", "oui ou non"),
        (C::Site, "site", "javascript:alert(1)", "adresse entière"),
        (C::Site, "site", "@SOMME(A1)", "adresse entière"),
        (C::Identifiant, "id", "12", "n’est pas un identifiant"),
        (
            C::Presentation,
            "description",
            "a\u{7}b",
            "signe de commande",
        ),
        (C::Presentation, "description", "Caf\u{fffd}", "illisible"),
    ];
    for (colonne, titre, cellule, attendu) in cas {
        let fautes = fautes(&["nom", titre], &["Pôle", cellule]);
        assert_eq!(fautes.len(), 1, "{cellule} : {fautes:?}");
        assert_eq!(fautes[0].colonne, Some(colonne), "{cellule}");
        assert!(fautes[0].phrase.contains(attendu), "{}", fautes[0].phrase);
    }
}

#[test]
fn tout_ce_qui_ne_va_pas_se_dit_d_un_coup() {
    let fautes = fautes(
        &["nom", "siret", "rural", "maturite"],
        &["Pôle", "12", "bof", "vieux"],
    );
    assert_eq!(fautes.len(), 3);
}

#[test]
fn une_ligne_qui_se_contredit_est_refusee() {
    let region = fautes(&["nom", "insee", "region"], &["Pôle", "29151", "Occitanie"]);
    assert_eq!(
        region[0].phrase,
        "Le lieu donné est dans la Bretagne : les deux se contredisent."
    );
    let commune = fautes(&["nom", "insee", "commune"], &["Pôle", "29151", "Ajaccio"]);
    assert_eq!(
        commune[0].phrase,
        "« Ajaccio » n’est pas la commune du code 29151."
    );
    let departement = fautes(&["nom", "insee", "departement"], &["Pôle", "29151", "35"]);
    assert_eq!(departement[0].colonne, Some(Colonne::Departement));
}

#[test]
fn le_departement_tranche_entre_deux_communes_du_meme_nom() {
    let (dite, _) = dite(
        &["nom", "commune", "departement"],
        &["Pôle", "Saint-Denis", "974 - La Réunion"],
    );
    assert_eq!(dite.valeur(Information::Commune), Some("97411"));
}

#[test]
fn une_formule_reste_un_texte_et_la_garde_de_nos_fichiers_s_ote() {
    let (dite, _) = dite(&["nom", "description"], &["'=Pôle+", "=1+1"]);
    assert_eq!(dite.valeur(Information::Nom), Some("=Pôle+"));
    assert_eq!(dite.valeur(Information::Presentation), Some("=1+1"));
}

#[test]
fn une_ligne_trop_large_ou_demesuree_dit_pourquoi() {
    let large = fautes(&["nom", "ville"], &["Pôle", "Morlaix", "de trop"]);
    assert!(large[0].phrase.contains("plus de cellules"));
    assert!(matches!(
        une_ligne(&["nom", "ville"], &["Pôle", "Morlaix", " "]),
        Lue::Dite(..)
    ));
    let avale = fautes(&["nom"], &[&"x;\n".repeat(4_000)]);
    assert!(avale[0].phrase.contains("guillemet"));
    let long = fautes(&["nom"], &[&"é".repeat(161)]);
    assert!(long[0].phrase.contains("160 signes"));
}

#[test]
fn une_ligne_qui_ne_nomme_aucun_pole_est_refusee() {
    let fautes = fautes(&["nom", "commune"], &["", "Morlaix"]);
    assert!(fautes[0].phrase.contains("de quel pôle"));
}

fn connue(n: u128, nom: &str, siret: Option<&str>, commune: Option<&str>) -> Connue {
    Connue {
        pole: Uuid::from_u128(n),
        nom: nom.to_owned(),
        siret: siret.map(str::to_owned),
        commune: commune.map(str::to_owned),
        nom_de_commune: None,
        departement: commune.map(|code| code[..2].to_owned()),
        region: commune.and_then(Region::par_commune),
    }
}

const SIRET: &str = "73282932000074";

fn registre() -> Registre {
    let mut registre = Registre::default();
    for connue in [
        connue(1, "L’Atelier", Some(SIRET), Some("29151")),
        connue(2, "Les Rives", None, Some("29151")),
        connue(3, "Les Rives", None, Some("2A004")),
        connue(4, "Sans lieu", None, None),
    ] {
        registre.ajouter(connue);
    }
    registre
}

fn rapproche(titres: &[&str], cellules: &[&str]) -> Rapprochement {
    registre().rapprocher(&dite(titres, cellules).0, None)
}

#[test]
fn une_ligne_se_rapproche_par_identifiant_puis_siret_puis_nom_et_commune() {
    use Rapprochement as R;
    let id = |n| Uuid::from_u128(n);
    let trois = id(3).to_string();
    let neuf = id(9).to_string();
    let cas: Vec<(&[&str], Vec<&str>, R)> = vec![
        (&["id", "nom"], vec![&trois, "Autre nom"], R::Une(id(3))),
        (&["id"], vec![&neuf], R::IdentifiantInconnu),
        (&["siret"], vec![SIRET], R::Une(id(1))),
        (&["nom", "siret"], vec!["l'atelier", SIRET], R::Une(id(1))),
        (
            &["nom", "siret"],
            vec!["Autre pôle", SIRET],
            R::Plusieurs(vec![id(1)]),
        ),
        (&["nom"], vec!["L'ATELIER"], R::Une(id(1))),
        (
            &["nom"],
            vec!["les rives"],
            R::Plusieurs(vec![id(2), id(3)]),
        ),
        (&["nom", "insee"], vec!["les rives", "2A004"], R::Une(id(3))),
        (
            &["nom", "region"],
            vec!["les rives", "Bretagne"],
            R::Une(id(2)),
        ),
        (
            &["nom", "insee"],
            vec!["les rives", "97411"],
            R::Plusieurs(vec![id(2), id(3)]),
        ),
        (
            &["nom", "departement"],
            vec!["l'atelier", "35"],
            R::Plusieurs(vec![id(1)]),
        ),
        (
            &["nom", "departement"],
            vec!["l'atelier", "29"],
            R::Une(id(1)),
        ),
        (&["nom", "insee"], vec!["Sans lieu", "97411"], R::Une(id(4))),
        (&["nom"], vec!["Tout neuf"], R::Aucune),
    ];
    for (titres, cellules, attendu) in cas {
        assert_eq!(rapproche(titres, &cellules), attendu, "{cellules:?}");
    }
}

#[test]
fn une_commune_connue_par_son_seul_nom_suffit_a_rapprocher() {
    let mut registre = Registre::default();
    registre.ajouter(Connue {
        nom_de_commune: Some("Morlaix".to_owned()),
        ..connue(7, "Les Rives", None, None)
    });
    let (dite, _) = dite(&["nom", "insee"], &["Les Rives", "29151"]);
    let une = Rapprochement::Une(Uuid::from_u128(7));
    assert_eq!(registre.rapprocher(&dite, Some("Morlaix")), une);
    assert_ne!(registre.rapprocher(&dite, Some("Brest")), une);
}

#[test]
fn l_identifiant_d_une_fiche_fusionnee_mene_a_celle_qui_reste() {
    let id = |n| Uuid::from_u128(n);
    let mut registre = registre();
    registre.fondre(id(8), "L’Échoppe", id(9));
    registre.fondre(id(9), "Vieil Atelier", id(1));
    registre.fondre(id(11), "Boucle", id(12));
    registre.fondre(id(12), "Boucle", id(11));
    let de = |cellules: &[&str]| registre.rapprocher(&dite(&["id", "nom"], cellules).0, None);
    for fondue in [8, 9] {
        let fondue = id(fondue).to_string();
        assert_eq!(de(&[&fondue, ""]), Rapprochement::Une(id(1)));
    }
    let boucle = id(11).to_string();
    assert_eq!(de(&[&boucle, ""]), Rapprochement::IdentifiantInconnu);
    // By its name alone, it may be another pole.
    let demande = Rapprochement::Plusieurs(vec![id(1)]);
    assert_eq!(de(&["", "l’échoppe"]), demande);
    assert_eq!(de(&["", "L’Atelier"]), Rapprochement::Une(id(1)));
}

#[test]
fn deux_lignes_sur_la_meme_fiche_ne_passent_pas_toutes_deux() {
    let mut vues = Vues::default();
    let pole = Uuid::from_u128(2);
    assert_eq!(vues.fiche(pole, 2), None);
    assert_eq!(vues.fiche(pole, 5), Some(2));
}

#[test]
fn deux_lignes_du_meme_nom_ne_creent_deux_poles_qu_en_deux_lieux() {
    let titres = ["nom", "insee", "departement", "region"];
    let cas: [(&[[&str; 4]], Option<Deja>); 8] = [
        (
            &[
                ["Les Rives", "29151", "", ""],
                ["les  RIVES", "29151", "29", ""],
            ],
            Some(Deja::Nomme(0)),
        ),
        (
            &[
                ["Les Rives", "29151", "", ""],
                ["Les Rives", "2A004", "", ""],
            ],
            None,
        ),
        (
            &[["Les Rives", "", "29", ""], ["Les Rives", "", "35", ""]],
            None,
        ),
        (
            &[["Les Rives", "", "", ""], ["Les Rives", "", "", ""]],
            Some(Deja::Nomme(0)),
        ),
        // One of the two does not say where: nobody can tell them apart.
        (
            &[["Les Rives", "", "", ""], ["Les Rives", "29151", "", ""]],
            Some(Deja::PeutEtre(0)),
        ),
        (
            &[
                ["Les Rives", "29151", "", ""],
                ["Les Rives", "", "", "Bretagne"],
            ],
            Some(Deja::PeutEtre(0)),
        ),
        (
            &[
                ["Les Rives", "2A004", "", ""],
                ["Les Rives", "", "", "Bretagne"],
            ],
            None,
        ),
        (
            &[
                ["Les Rives", "2A004", "", ""],
                ["Les Rives", "", "29", ""],
                ["Les Rives", "29151", "", ""],
            ],
            Some(Deja::PeutEtre(1)),
        ),
    ];
    for (lignes, attendu) in cas {
        let mut vues = Vues::default();
        let mut derniere = None;
        for (rang, cellules) in lignes.iter().enumerate() {
            assert_eq!(derniere, None, "{lignes:?}");
            derniere = vues.nomme(&dite(&titres, cellules).0, rang as i64);
        }
        assert_eq!(derniere, attendu, "{lignes:?}");
    }
}

#[test]
fn une_ligne_sans_commune_precise_un_lieu_et_ne_le_rend_jamais_plus_vague() {
    let devient = |ligne: &str| Place::Dite(Emplacement::lire(ligne));
    let contredit = |dit: &str, su: &str| Place::Contredite {
        dit: dit.to_owned(),
        su: su.to_owned(),
    };
    // What the record says, the department then the region of the line.
    let cas = [
        ("", ["29", ""], devient("||29|53")),
        ("", ["", "Bretagne"], devient("|||53")),
        ("", ["", ""], Place::Sue),
        ("|||53", ["29", ""], devient("||29|53")),
        ("|||53", ["", "Bretagne"], Place::Sue),
        ("|||53", ["", "Corse"], devient("|||94")),
        ("||29|53", ["29", "Bretagne"], Place::Sue),
        ("||29|53", ["", "Bretagne"], Place::Sue),
        ("||29|53", ["35", ""], devient("||35|53")),
        ("||29|", ["", "Corse"], contredit("Corse", "département 29")),
        ("|Montaigu||", ["85", ""], devient("|Montaigu|85|52")),
        (
            "|Montaigu|85|52",
            ["29", ""],
            contredit(
                "département 29, Bretagne",
                "Montaigu (85), Pays de la Loire",
            ),
        ),
        ("29151|Morlaix|29|53", ["29", "Bretagne"], Place::Sue),
        (
            "29151|Morlaix|29|53",
            ["35", ""],
            contredit("département 35, Bretagne", "Morlaix (29), Bretagne"),
        ),
    ];
    for (fiche, cellules, attendu) in cas {
        let (dite, _) = dite(
            &["nom", "departement", "region"],
            &["Pôle", cellules[0], cellules[1]],
        );
        let place = place(&dite, &Emplacement::lire(fiche));
        assert_eq!(place, attendu, "{fiche} {cellules:?}");
    }
    // A commune is an information like another: it replaces the place.
    let (dite, _) = dite(&["nom", "insee"], &["Pôle", "2A004"]);
    assert_eq!(
        place(&dite, &Emplacement::lire("29151|Morlaix|29|53")),
        Place::Sue
    );
    let changes = changements(&dite, |_| Some("29151".to_owned()));
    assert_eq!(changes[1].apres, "2A004");
}

#[test]
fn une_ligne_ne_change_que_ce_qu_elle_dit_autrement() {
    let (dite, _) = dite(
        &["nom", "themes", "maturite", "rural"],
        &["Les Rives", "bois;laine", "mature", "non"],
    );
    let fiche = |information| match information {
        Information::Nom => Some("Les Rives".to_owned()),
        Information::Themes => Some("laine;bois".to_owned()),
        Information::Maturite => Some("emergent".to_owned()),
        Information::Site => Some("https://rives.example".to_owned()),
        _ => None,
    };
    let changes = changements(&dite, fiche);
    let dits: Vec<_> = changes
        .iter()
        .map(|c| (c.information, c.avant.as_deref(), c.apres.as_str()))
        .collect();
    assert_eq!(
        dits,
        [
            (Information::Maturite, Some("emergent"), "mature"),
            (Information::Rural, None, "non"),
        ]
    );
}

#[test]
fn un_import_ne_s_applique_qu_une_fois_lu_et_si_le_registre_n_a_pas_bouge() {
    use EtatImport as E;
    assert_eq!(peut_appliquer(E::ALire, 3), Ok(()));
    assert_eq!(peut_appliquer(E::ALire, 0), Err(RefusImport::RienAEcrire));
    for ailleurs in [E::EnApplication, E::Applique] {
        let refus = peut_appliquer(ailleurs, 3);
        assert_eq!(refus, Err(RefusImport::PasLa(ailleurs)));
    }
    assert_eq!(est_a_jour(&[]), Ok(()));
    let refus = est_a_jour(&[4, 12]).unwrap_err();
    assert_eq!(
        refus.raisons()[0].phrase,
        "Le registre a changé depuis la relecture, pour les lignes 4, 12."
    );
}

#[test]
fn un_import_ne_s_annule_qu_en_entier() {
    use EtatImport as E;
    assert_eq!(peut_annuler(E::Applique), Ok(()));
    for ailleurs in [E::ALire, E::EnAnnulation] {
        let refus = peut_annuler(ailleurs);
        assert_eq!(refus, Err(RefusImport::PasLa(ailleurs)));
    }
    assert_eq!(peut_relire(E::Interrompu), Ok(()));
    assert_eq!(est_intact(Vec::new()), Ok(()));
    let suivies = (1..=12).map(|n| Suivie {
        pole: Uuid::from_u128(n),
        nom: format!("Pôle {n}"),
        par: vec!["un dossier".to_owned(), "une revendication".to_owned()],
    });
    let raisons = est_intact(suivies.collect()).unwrap_err().raisons();
    assert_eq!(
        raisons[0].phrase,
        "Depuis l’import, la fiche «\u{a0}Pôle 1\u{a0}» a reçu\u{202f}: un dossier, une revendication."
    );
    assert_eq!(raisons[0].ancre, Some(Uuid::from_u128(1).to_string()));
    assert_eq!(raisons[10].phrase, "2 autres fiches aussi.");
    assert!(raisons[10].remede.is_some());
}

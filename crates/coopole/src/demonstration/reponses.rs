//! Every answer the form of 2024 asks for, as a pole's team would write it.

use super::{
    modele::Auteur,
    projets::{Projet, de},
};
use crate::socle::droits::Personne;

type Reponse = (&'static str, String);

/// The answers, rubrique by rubrique; an empty one is not asked.
pub fn toutes(auteur: &Auteur<'_>, par: &Personne) -> Vec<Reponse> {
    let projet = auteur.projet();
    let parties = [
        structure(auteur, par),
        pole(auteur, projet),
        animation(auteur),
        besoins(auteur, projet),
        retombees(auteur, projet),
        modele_economique(auteur, projet),
        recherche(auteur),
        synthese(auteur, projet),
    ];
    let reponses = parties.into_iter().flatten();
    reponses
        .filter(|(_, reponse)| !reponse.is_empty())
        .collect()
}

fn structure(auteur: &Auteur<'_>, par: &Personne) -> Vec<Reponse> {
    let (organe, motif) = match auteur.forme {
        "cooperative" => (
            "autre",
            "La coopérative est dirigée par un directoire de trois personnes, élu par les associés.",
        ),
        _ => ("conseil", ""),
    };
    vec![
        ("structure_nom", auteur.structure.to_owned()),
        ("structure_siret", auteur.siret.to_owned()),
        ("structure_forme", auteur.forme.to_owned()),
        ("structure_organe", organe.to_owned()),
        ("structure_organe_motif", motif.to_owned()),
        ("structure_commune", auteur.code_commune.to_owned()),
        ("representant_nom", par.nom.clone()),
        ("representant_fonction", "Présidence".into()),
        ("contact_courriel", par.courriel.clone()),
    ]
}

fn pole(auteur: &Auteur<'_>, projet: &Projet) -> Vec<Reponse> {
    let graine = auteur.graine;
    let habitants = graine.entre("habitants", 9, 86);
    let communes = graine.entre("communes", 6, 41);
    let en_place = graine.entre("etape", 0, 4) > 0;
    vec![
        ("pole_nom", auteur.pole.to_owned()),
        ("pole_maturite", graine.choisir("maturite", &["en_developpement", "en_developpement", "mature", "emergent"]).to_owned()),
        ("pole_territoire", format!(
            "{} et {communes} communes voisines, {habitants} 000 habitants : un bassin de vie d’un seul tenant.",
            auteur.commune
        )),
        ("pole_enjeux", format!("{} Le pôle y répond avec ceux qui vivent et travaillent ici.", projet.besoin)),
        ("gouvernance_etape", if en_place { "en_place" } else { "en_preparation" }.to_owned()),
        ("gouvernance", graine.choisir("gouvernance", &[
            "Une assemblée des membres se réunit chaque trimestre, une voix par membre. Elle élit un comité de pilotage de sept personnes, qui suit l’animation et rend compte.",
            "Quatre collèges – structures de l’ESS, entreprises, collectivités, habitants – ont chacun le quart des voix. Un bureau tournant prépare les décisions, prises en assemblée tous les deux mois.",
            "Les décisions se prennent par consentement, en cercle des membres. Chaque groupe de travail y envoie deux personnes ; les comptes rendus sont publics.",
        ]).to_owned()),
        ("gouvernance_echeance", match en_place {
            true => String::new(),
            false => "Une charte de gouvernance, votée à l’assemblée de décembre 2024.".into(),
        }),
        ("charte_principes", graine.choisir("charte", &[
            "Coopération d’abord, décisions partagées, ancrage local, résultats rendus publics.",
            "Chaque projet réunit au moins trois membres ; aucun n’en tire seul le bénéfice ; les résultats se présentent chaque année aux habitants.",
            "Une voix par membre, des outils mis en commun, des excédents gardés pour les projets suivants.",
        ]).to_owned()),
    ]
}

fn animation(auteur: &Auteur<'_>) -> Vec<Reponse> {
    let graine = auteur.graine;
    let methode = graine.entre("methode", 0, 5) > 0;
    let si_methode = |texte: &str| match methode {
        true => texte.to_owned(),
        false => String::new(),
    };
    let membres: Vec<String> = auteur.membres().into_iter().map(|m| m.nom).collect();
    vec![
        ("cooperations", graine.choisir("cooperations", &[
            "Les membres partagent un local, deux véhicules et un poste d’animation. Chaque projet précise qui apporte quoi : compétences, matériel, temps, argent.",
            "Un groupement d’employeurs partage trois salariés. Les achats sont groupés et un fonds commun avance les premières dépenses de chaque projet.",
            "Chaque membre donne six jours par an au pôle. Une convention par projet dit les apports, les risques et le partage des résultats.",
        ]).to_owned()),
        ("parties_prenantes", format!(
            "{}. Nous souhaitons accueillir {}.",
            membres.join(", "),
            graine.choisir("accueillir", &["un bailleur social et une mutuelle", "deux exploitations agricoles et la chambre de métiers", "le lycée professionnel et un laboratoire"])
        )),
        ("animation_missions", graine.choisir("missions", &[
            "Préparer les rencontres, relier les projets, chercher les financements, suivre les indicateurs.",
            "Une personne coordonne, une autre suit les projets : accueil des nouveaux membres, appui au montage, comptes communs.",
            "Faire se rencontrer les membres, tenir l’agenda commun, former les bénévoles, rendre compte aux financeurs.",
        ]).to_owned()),
        ("animation_jours", auteur.jours_d_animation().to_string()),
        ("animation_methode", if methode { "oui" } else { "non" }.to_owned()),
        ("animation_methodologie", si_methode(graine.choisir("methodologie", &[
            "Un cycle par trimestre : écoute des membres, choix de deux chantiers, point d’étape, bilan partagé.",
            "Chaque projet a un parrain hors de son métier, une fiche d’une page et trois rendez-vous dans l’année.",
            "Des matinées mensuelles ouvertes, un carnet de besoins tenu à jour, un appel aux idées chaque automne.",
        ]))),
        ("animation_calendrier", si_methode(graine.choisir("calendrier", &[
            "Janvier : choix des chantiers. Avril et septembre : points d’étape. Décembre : bilan et plan de l’année suivante.",
            "Février : assemblée. De mars à juin : ateliers. Septembre : journée ouverte. Novembre : budget.",
            "Une matinée le premier mardi de chaque mois, sauf en août ; bilan public en octobre.",
        ]))),
    ]
}

fn besoins(auteur: &Auteur<'_>, projet: &Projet) -> Vec<Reponse> {
    let graine = auteur.graine;
    let personnes = graine.entre("enquete", 6, 31) * 10;
    let entretiens = graine.entre("entretiens", 8, 24);
    let partenaire = graine.choisir(
        "partenaire",
        &[
            "la mission locale",
            "le lycée professionnel",
            "l’agence de l’eau",
            "la chambre d’agriculture",
        ],
    );
    vec![
        ("besoins", format!("{} L’enquête menée auprès de {personnes} personnes l’a confirmé.", projet.besoin)),
        ("besoins_methode", format!("Questionnaire, {entretiens} entretiens, trois réunions publiques, données de l’observatoire local.")),
        ("developpement_durable", projet.durable.to_owned()),
        ("complementarite", format!("{} Le pôle occupe la place restée vide, et chacun garde la sienne.", projet.existant)),
        ("partenariats", format!("Conventions signées avec {} et {partenaire}.", auteur.collectivite())),
        ("politiques", projet.politique.to_owned()),
        ("politiques_contribution", match projet.politique {
            "pat" => "Le projet porte deux fiches du projet alimentaire territorial.",
            "qpv" => "La moitié des personnes accompagnées habitent un quartier prioritaire.",
            "frr" => "Le territoire est classé France ruralités revitalisation ; le projet y rouvre un service.",
            _ => "Le projet est inscrit au contrat de relance et de transition écologique du territoire.",
        }.to_owned()),
    ]
}

fn retombees(auteur: &Auteur<'_>, projet: &Projet) -> Vec<Reponse> {
    let graine = auteur.graine;
    let (emplois, maintenus) = (
        graine.entre("emplois", 2, 9),
        graine.entre("maintenus", 3, 22),
    );
    let accompagnees = graine.entre("accompagnees", 3, 24) * 5;
    let insertion = accompagnees / 3;
    let (mesure, au_moins) = projet.mesure;
    let vise = au_moins + au_moins * graine.entre("mesure", 0, 12) / 10;
    vec![
        ("retombees_economiques", format!("{emplois} emplois créés en deux ans, {maintenus} maintenus chez les membres.")),
        ("retombees_sociales", format!("{accompagnees} personnes accompagnées, dont {insertion} en insertion.")),
        ("retombees_ecologiques", format!("{vise} {mesure}, en deux ans.")),
        ("realisation", graine.choisir("realisation", &[
            "Première année : le lieu et l’équipe. Seconde année : montée en charge et premiers clients réguliers.",
            "Six mois pour essayer à petite échelle, six pour corriger, douze pour étendre à tout le territoire.",
            "Trois chantiers menés ensemble, chacun confié à deux membres ; l’animation tient le calendrier et les comptes.",
        ]).to_owned()),
        ("indicateurs_familles", "economiques\nsociales\necologiques".into()),
        ("indicateurs_choisis", format!("Emplois, personnes accompagnées, {mesure}, part de l’autofinancement.")),
        ("indicateurs_precis", format!("Relevés chaque semestre. {mesure} : 0 au départ, {vise} visés ; emplois en équivalent temps plein : {emplois} visés.")),
        ("emplois_crees", emplois.to_string()),
        ("emplois_maintenus", maintenus.to_string()),
        ("personnes_accompagnees", accompagnees.to_string()),
    ]
}

fn modele_economique(auteur: &Auteur<'_>, projet: &Projet) -> Vec<Reponse> {
    let graine = auteur.graine;
    let part = graine.entre("part", 22, 41);
    vec![
        ("modele_perspectives", format!(
            "{} : {part} % des charges couvertes la première année, {} % la deuxième.",
            projet.ventes,
            part + graine.entre("hausse", 9, 24)
        )),
        ("modele_equilibre", graine.choisir("equilibre", &[
            "Équilibre à deux ans par les ventes, les cotisations des membres et deux cofinancements.",
            "Les membres prennent le relais de la moitié du poste d’animation ; le reste vient des ventes.",
            "Un service facturé aux collectivités, et une cotisation selon la taille de chaque membre.",
        ]).to_owned()),
        ("modele_besoins", graine.choisir("investir", &[
            "Un local à aménager et un fonds de roulement de trois mois.",
            "Un prêt de 40 000 €, demandé à un financeur solidaire, pour la trésorerie.",
            "Des parts sociales ouvertes aux habitants : 150 souscriptions attendues.",
        ]).to_owned()),
        ("modele_leviers", graine.choisir("leviers", &[
            "publics\nautofinancement",
            "publics\nprives\nautofinancement",
            "publics\nautofinancement\nmecenat",
        ]).to_owned()),
    ]
}

fn recherche(auteur: &Auteur<'_>) -> Vec<Reponse> {
    let (demarche, formes, description, equipes) = match auteur.graine.entre("recherche", 0, 7) {
        0 => (
            "oui",
            "innovation\nscientifiques",
            "Mesurer ce que la coopération change aux revenus et aux trajets, sur deux ans, avec un groupe témoin.",
            "Une unité de recherche en économie sociale de l’université voisine : une thèse et deux stages.",
        ),
        1 | 2 => (
            "oui",
            "innovation",
            "Essayer une organisation nouvelle : un planning et une caisse communs à tous les membres, évalués chaque semestre.",
            "",
        ),
        _ => ("non", "", "", ""),
    };
    vec![
        ("rd_demarche", demarche.to_owned()),
        ("rd_formes", formes.to_owned()),
        ("rd_description", description.to_owned()),
        ("rd_scientifiques", equipes.to_owned()),
    ]
}

fn synthese(auteur: &Auteur<'_>, projet: &Projet) -> Vec<Reponse> {
    let resume = format!(
        "{} {} y consacre deux ans, autour {}, avec {} membres.",
        projet.objet,
        auteur.pole,
        de(auteur.commune),
        auteur.membres().len()
    );
    vec![
        ("projet_titre", projet.titre.to_owned()),
        ("projet_resume", resume),
        ("projet_objet", projet.objet.to_owned()),
    ]
}

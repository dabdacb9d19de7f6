//! A complete dossier, as a pole's team would write it: what the extras file,
//! what the cast's drafts are cut from, and what journeys fill in one go.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{
    app::App,
    campagnes::Campagne,
    dossiers::{self, LigneBudget, Membre, Ouvrir, Piece},
    socle::{
        alea,
        droits::Personne,
        erreurs::{Echec, Panne},
        horloge::RecuLe,
    },
};

/// The limit of a piece, in bytes; ours weigh under a kilobyte.
const LIMITE: u64 = 1 << 20;

/// Who answers, and what sets the answers apart.
pub struct Auteur<'a> {
    pub pole: &'a str,
    pub structure: &'a str,
    pub forme: &'a str,
    pub siret: &'a str,
    pub commune: &'a str,
    pub code_commune: &'a str,
    /// What the project is about: one of [`THEMES`].
    pub theme: usize,
    /// Whether a member outside the social economy is declared (E4b).
    pub hors_ess: bool,
    /// What is left for the visitor to finish.
    pub reste: Reste,
}

/// What a draft lacks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reste {
    /// Nothing: it only has to be filed.
    Rien,
    /// A piece, and a gap of 2 400 € in the project's budget.
    PieceEtEcart,
}

/// Title, object and need of a project.
pub const THEMES: [(&str, &str, &str); 6] = [
    (
        "Une filière de réemploi de matériaux",
        "Collecter, remettre en état et revendre les matériaux des chantiers du territoire.",
        "Trois mille tonnes de matériaux partent chaque année en décharge alors que les artisans en manquent.",
    ),
    (
        "Une légumerie partagée",
        "Transformer les légumes du pays pour les cantines et l’épicerie solidaire.",
        "Les cantines n’achètent que 8 % de produits locaux, faute d’un lieu qui les prépare.",
    ),
    (
        "Une mobilité solidaire en campagne",
        "Réunir garages solidaires, covoiturage et transport à la demande en une seule offre.",
        "Un habitant sur cinq renonce à un emploi ou à des soins parce qu’il ne peut s’y rendre.",
    ),
    (
        "Une rénovation de l’habitat par les habitants",
        "Organiser les chantiers d’autoréhabilitation accompagnée et la commande groupée.",
        "Quatre logements sur dix sont des passoires, et les ménages n’ont pas d’interlocuteur.",
    ),
    (
        "Une filière de bois de proximité",
        "Relier propriétaires, scieries et menuiseries autour d’un bois vendu à moins de 50 km.",
        "Le bois du massif part brut à 800 km et revient en meubles.",
    ),
    (
        "Des services numériques coopératifs",
        "Mutualiser les outils et l’accompagnement numérique des structures du pôle.",
        "Les structures paient quinze abonnements différents et n’ont personne pour s’en occuper.",
    ),
];

/// Opens a draft a week before `le` and fills it; nothing if the call refuses.
pub async fn ecrire(
    app: &App,
    campagne: &Arc<Campagne>,
    (pole, par): (Uuid, &Personne),
    auteur: &Auteur<'_>,
    le: Timestamp,
) -> Result<Option<Uuid>, Panne> {
    let ouvrir = Ouvrir {
        par: par.clone(),
        campagne: Arc::clone(campagne),
        pole,
        reponses: Vec::new(),
        recu_le: RecuLe(le - SignedDuration::from_hours(7 * 24)),
    };
    match app.accomplir(ouvrir).await {
        Ok(ouvert) => {
            remplir(app, ouvert.id, par, auteur, le).await?;
            Ok(Some(ouvert.id))
        }
        Err(Echec::Refus(_)) => Ok(None),
        Err(Echec::Panne(panne)) => Err(panne),
    }
}

/// Fills the whole draft: answers, members, both budgets, pieces.
pub async fn remplir(
    app: &App,
    dossier: Uuid,
    par: &Personne,
    auteur: &Auteur<'_>,
    le: Timestamp,
) -> Result<(), Panne> {
    let pieces = envoyer_les_pieces(app, auteur, le).await?;
    let mut tx = app.db.begin().await?;
    let reponses = reponses(auteur, par).into_iter();
    for (champ, valeur) in reponses.filter(|(_, valeur)| !valeur.is_empty()) {
        dossiers::record_reponse(&mut tx, dossier, (champ, &valeur), par.compte, le).await?;
    }
    dossiers::record_membres(&mut tx, dossier, &membres(auteur)).await?;
    dossiers::record_lignes(&mut tx, dossier, "projet", &budget_du_projet(auteur.reste)).await?;
    dossiers::record_lignes(&mut tx, dossier, "structure", &budget_de_la_structure()).await?;
    for piece in &pieces {
        dossiers::record_piece(&mut tx, dossier, piece, par.compte).await?;
    }
    tx.commit().await
}

/// Every answer the form of 2024 asks for.
fn reponses(auteur: &Auteur<'_>, par: &Personne) -> Vec<(&'static str, String)> {
    let (titre, objet, besoin) = THEMES[auteur.theme % THEMES.len()];
    let pole = auteur.pole;
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
        ("pole_nom", pole.to_owned()),
        ("pole_maturite", "en_developpement".into()),
        ("pole_territoire", format!("{} et les communes voisines, soit un bassin de vie d’un seul tenant.", auteur.commune)),
        ("pole_enjeux", format!("{besoin} Le pôle y répond avec ceux qui vivent et travaillent ici.")),
        ("gouvernance_etape", "en_place".into()),
        ("gouvernance", "Une assemblée des membres se réunit chaque trimestre, une voix par membre. Elle élit un comité de pilotage de sept personnes, qui suit l’animation et rend compte.".into()),
        ("charte_principes", "Coopération d’abord, décisions partagées, ancrage local, résultats rendus publics.".into()),
        ("cooperations", "Les membres partagent un local, deux véhicules et un poste d’animation. Chaque projet précise qui apporte quoi : compétences, matériel, temps, argent.".into()),
        ("parties_prenantes", "Associations, coopérative, entreprises artisanales, communauté de communes, lycée professionnel et habitants.".into()),
        ("animation_missions", "Préparer les rencontres, relier les projets, chercher les financements, suivre les indicateurs.".into()),
        ("animation_jours", "180".into()),
        ("animation_methode", "oui".into()),
        ("animation_methodologie", "Un cycle par trimestre : écoute des membres, choix de deux chantiers, point d’étape, bilan partagé.".into()),
        ("animation_calendrier", "Janvier : choix des chantiers. Avril et septembre : points d’étape. Décembre : bilan et plan de l’année suivante.".into()),
        ("besoins", format!("{besoin} L’enquête menée auprès de 140 personnes l’a confirmé.")),
        ("besoins_methode", "Questionnaire, douze entretiens, trois réunions publiques, données de l’observatoire local.".into()),
        ("developpement_durable", "Moins de transports, des matières qui servent plusieurs fois, des emplois qui restent ici.".into()),
        ("complementarite", "Aucune structure du territoire ne tient cette place ; l’offre existante est décrite et chacun y garde la sienne.".into()),
        ("partenariats", "Conventions signées avec la communauté de communes et le lycée professionnel.".into()),
        ("politiques", "crte".into()),
        ("politiques_contribution", "Le projet est inscrit au contrat de relance et de transition écologique du territoire.".into()),
        ("retombees_economiques", "Quatre emplois créés en deux ans, six maintenus chez les membres.".into()),
        ("retombees_sociales", "Soixante personnes accompagnées, dont vingt en insertion.".into()),
        ("retombees_ecologiques", "Quatre cents tonnes de matières détournées de la décharge.".into()),
        ("realisation", "Première année : le lieu et l’équipe. Seconde année : montée en charge et premiers clients réguliers.".into()),
        ("indicateurs_familles", "economiques\nsociales\necologiques".into()),
        ("indicateurs_choisis", "Emplois, personnes accompagnées, tonnes détournées, part de l’autofinancement.".into()),
        ("indicateurs_precis", "Relevés chaque semestre : emplois en équivalent temps plein, tonnes pesées, euros de ventes.".into()),
        ("emplois_crees", "4".into()),
        ("emplois_maintenus", "6".into()),
        ("personnes_accompagnees", "60".into()),
        ("modele_perspectives", "Les ventes couvrent le tiers des charges la première année, la moitié la deuxième.".into()),
        ("modele_equilibre", "Équilibre à deux ans par les ventes, les cotisations des membres et deux cofinancements.".into()),
        ("modele_besoins", "Un local à aménager et un fonds de roulement de trois mois.".into()),
        ("modele_leviers", "publics\nautofinancement".into()),
        ("rd_demarche", "non".into()),
        ("projet_titre", titre.to_owned()),
        ("projet_resume", format!("{objet} {pole} y consacre deux ans, avec ses membres.")),
        ("projet_objet", objet.to_owned()),
    ]
}

fn membres(auteur: &Auteur<'_>) -> Vec<Membre> {
    let membre = |nom: &str, genre: &str, qualite: &str| Membre {
        nom: nom.into(),
        genre: genre.into(),
        qualite_ess: qualite.into(),
        siret: String::new(),
    };
    let mut membres = vec![
        membre(auteur.structure, auteur.forme_de_membre(), "de_droit"),
        membre("La Ressourcerie du bassin", "association", "de_droit"),
        membre("La Coopérative des jardins", "cooperative", "de_droit"),
    ];
    if auteur.hors_ess {
        membres.push(membre("Menuiserie du canal", "entreprise", "hors_ess"));
        membres.push(membre("Communauté de communes", "collectivite", "hors_ess"));
    }
    membres
}

impl Auteur<'_> {
    fn forme_de_membre(&self) -> &str {
        match self.forme {
            "cooperative" => "cooperative",
            "collectivite" => "collectivite",
            _ => "association",
        }
    }
}

/// 182 400 € on both sides, the 100 000 € of the call given to animation first.
fn budget_du_projet(reste: Reste) -> Vec<LigneBudget> {
    let ventes = match reste {
        Reste::Rien => "52 400",
        Reste::PieceEtEcart => "50 000",
    };
    vec![
        charge("60", "Achats et fournitures", "12 000", "", ""),
        charge(
            "62",
            "Déplacements et réunions",
            "10 400",
            "10 000",
            "actions_mutualisees",
        ),
        charge(
            "64",
            "Poste d’animation",
            "120 000",
            "70 000",
            "animation_temps_travail",
        ),
        charge(
            "64",
            "Coordination du pôle",
            "40 000",
            "20 000",
            "fonctionnement_permanent",
        ),
        produit("70", "Ventes", ventes, ""),
        produit("74", "Région", "20 000", "obtenue"),
        produit("74", "Communauté de communes", "10 000", "deposee"),
    ]
}

fn budget_de_la_structure() -> Vec<LigneBudget> {
    vec![
        charge("60", "Achats", "40 000", "", ""),
        charge("64", "Personnel", "210 000", "", ""),
        produit("70", "Ventes", "130 000", ""),
        produit("74", "Subventions d’exploitation", "110 000", "obtenue"),
        produit("75", "Cotisations", "10 000", "obtenue"),
    ]
}

fn charge(
    compte: &str,
    libelle: &str,
    montant: &str,
    subvention: &str,
    emploi: &str,
) -> LigneBudget {
    LigneBudget {
        charge: true,
        compte: compte.into(),
        libelle: libelle.into(),
        montant: montant.into(),
        subvention: subvention.into(),
        emploi: emploi.into(),
        ..LigneBudget::default()
    }
}

fn produit(compte: &str, libelle: &str, montant: &str, etat: &str) -> LigneBudget {
    LigneBudget {
        compte: compte.into(),
        libelle: libelle.into(),
        montant: montant.into(),
        etat: etat.into(),
        ..LigneBudget::default()
    }
}

/// The files the notice asks for; the Charter is proved by its signature.
async fn envoyer_les_pieces(
    app: &App,
    auteur: &Auteur<'_>,
    le: Timestamp,
) -> Result<Vec<Piece>, Panne> {
    const PIECES: [(&str, &str); 5] = [
        ("statuts", "Statuts"),
        ("organe_dirigeant", "Conseil d’administration"),
        ("schema_gouvernance", "Schéma de gouvernance"),
        ("synthese", "Synthèse du dossier"),
        ("charte", "Charte signée"),
    ];
    let mut pieces = Vec::new();
    for (genre, titre) in PIECES {
        if genre == "synthese" && auteur.reste == Reste::PieceEtEcart {
            continue;
        }
        let id = alea::id();
        let octets = pdf(&format!("{titre} - {} - document invente", auteur.pole));
        let flux = Box::pin(futures_util::stream::iter([Ok(octets.into())]));
        let recu = app.fichiers.deposer(id, flux, LIMITE).await?;
        pieces.push(Piece {
            id,
            genre: genre.into(),
            nom: format!("{genre}.pdf"),
            type_media: "application/pdf".into(),
            poids: recu.poids,
            empreinte: recu.empreinte.to_vec(),
            recue_le: le,
        });
    }
    Ok(pieces)
}

/// The smallest true PDF: one page, one line of plain letters.
fn pdf(texte: &str) -> Vec<u8> {
    let texte: String = texte
        .chars()
        .filter(|c| c.is_ascii() && !"()\\".contains(*c))
        .collect();
    let flux = format!("BT /F1 18 Tf 60 760 Td ({texte}) Tj ET");
    let objets = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{flux}\nendstream", flux.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (rang, objet) in objets.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{} 0 obj\n{objet}\nendobj\n", rang + 1));
    }
    let debut = pdf.len();
    let taille = objets.len() + 1;
    pdf.push_str(&format!(
        "xref\n0 {taille}\n{table}trailer\n<< /Size {taille} /Root 1 0 R >>\nstartxref\n{debut}\n%%EOF\n"
    ));
    pdf.into_bytes()
}

//! The papers a pole joins: small true PDFs, with what such a paper would say.

use super::{
    modele::Auteur,
    projets::{Graine, de},
};

/// How many letters a line holds, how many lines a page does.
const LARGEUR: usize = 84;
const LIGNES: usize = 46;

/// Kind, days before the filing when it was sent, title.
pub const PIECES: [(&str, i64, &str); 5] = [
    ("statuts", 6, "Statuts"),
    ("organe_dirigeant", 5, "Organe dirigeant"),
    ("charte", 5, "Charte des PTCE, signée"),
    ("schema_gouvernance", 3, "Schéma de gouvernance"),
    ("synthese", 1, "Synthèse du dossier"),
];

/// The paper of that kind.
pub fn pdf(genre: &str, titre: &str, auteur: &Auteur<'_>) -> Vec<u8> {
    let mut lignes = vec![titre.to_owned(), auteur.structure.to_owned(), String::new()];
    for paragraphe in texte(genre, auteur) {
        lignes.extend(plier(&paragraphe));
        lignes.push(String::new());
    }
    lignes.push("Document inventé pour la démonstration.".to_owned());
    composer(&lignes)
}

fn texte(genre: &str, auteur: &Auteur<'_>) -> Vec<String> {
    let structure = auteur.structure;
    let projet = auteur.projet();
    let membres: Vec<String> = auteur.membres().into_iter().map(|m| m.nom).collect();
    match genre {
        "statuts" => statuts(auteur),
        "organe_dirigeant" => vec![
            format!("Membres de l’organe dirigeant {}, élus par l’assemblée du {}.", de(structure), assemblee(auteur.graine)),
            "Présidence ; vice-présidence ; trésorerie ; secrétariat.".into(),
            format!("{} autres sièges, dont {} pour les salariés et {} pour les habitants. Aucun mandat n’est rémunéré.",
                auteur.graine.entre("sieges", 3, 9), auteur.graine.entre("salaries", 1, 2), auteur.graine.entre("usagers", 1, 3)),
        ],
        "charte" => vec![
            format!("{} suit la Charte des pôles territoriaux de coopération économique présentée le 30 juin 2021.", auteur.pole),
            format!("Fait {}, le 5 juillet 2021. Pour le pôle : la présidence {}.", a(auteur.commune), de(structure)),
        ],
        "schema_gouvernance" => vec![
            "Assemblée des membres : une voix chacun. Elle vote le budget et les chantiers de l’année.".into(),
            "Comité de pilotage, élu par l’assemblée : il suit l’animation et rend compte chaque trimestre.".into(),
            "Groupes de travail : un par chantier, ouverts aux habitants et aux partenaires.".into(),
            format!("Membres du pôle : {}.", membres.join(" ; ")),
        ],
        _ => vec![
            projet.titre.to_owned(),
            format!("{} {}", projet.objet, projet.besoin),
            format!("Ce qui existe : {} Le pôle, autour {}, réunit {}.", projet.existant, de(auteur.commune), membres.join(", ")),
            format!("Animation : {} jours chaque mois. Budget du projet : {} € sur deux ans, dont 100 000 € demandés à l’État.",
                auteur.jours_d_animation(), super::modele::euros(auteur.total_du_projet())),
        ],
    }
}

fn statuts(auteur: &Auteur<'_>) -> Vec<String> {
    let genre = match auteur.forme {
        "cooperative" => "une société coopérative d’intérêt collectif",
        "collectivite" => "un syndicat mixte",
        _ => "une association régie par la loi du 1er juillet 1901",
    };
    vec![
        format!("Article 1. Il est formé {genre}, dénommée « {} », dont le siège est {}.", auteur.structure, a(auteur.commune)),
        format!("Article 2. Objet : porter et animer le pôle « {} », et tout projet utile à ses membres et à son territoire.", auteur.pole),
        "Article 3. Peuvent être membres les personnes physiques et morales qui partagent cet objet. L’organe dirigeant reçoit les demandes.".into(),
        "Article 4. L’assemblée réunit tous les membres au moins une fois l’an ; chacun y a une voix.".into(),
        format!("Article 5. L’organe dirigeant est élu pour {} ans.", auteur.graine.entre("mandat", 2, 4)),
        "Article 6. Les excédents vont aux réserves et aux projets ; ils ne sont pas distribués.".into(),
        format!("Statuts adoptés par l’assemblée du {}.", assemblee(auteur.graine)),
    ]
}

fn assemblee(graine: Graine) -> String {
    let mois = graine.choisir("mois", &["mars", "avril", "mai", "juin", "octobre"]);
    format!(
        "{} {mois} {}",
        graine.entre("jour", 2, 28),
        graine.entre("an", 2015, 2020)
    )
}

/// « à Guéret », « au Lamentin », « aux Abymes ».
fn a(lieu: &str) -> String {
    if let Some(reste) = lieu.strip_prefix("Les ") {
        return format!("aux {reste}");
    }
    match lieu.strip_prefix("Le ") {
        Some(reste) => format!("au {reste}"),
        None => format!("à {lieu}"),
    }
}

/// Lines that hold in the page.
fn plier(paragraphe: &str) -> Vec<String> {
    let mut lignes = vec![String::new()];
    for mot in paragraphe.split(' ') {
        let derniere = lignes.last_mut().expect("never empty");
        if derniere.chars().count() + mot.chars().count() >= LARGEUR {
            lignes.push(mot.to_owned());
        } else {
            if !derniere.is_empty() {
                derniere.push(' ');
            }
            derniere.push_str(mot);
        }
    }
    lignes
}

/// A page as a PDF draws it: the letters of French, nothing else.
fn dessiner(lignes: &[String]) -> String {
    let mut flux = "BT /F1 11 Tf 60 780 Td 15 TL\n".to_owned();
    for ligne in lignes {
        flux.push('(');
        for lettre in ligne.chars() {
            match lettre {
                '(' | ')' | '\\' => flux.extend(['\\', lettre]),
                ' '..='~' => flux.push(lettre),
                '’' => flux.push_str("\\222"),
                '–' => flux.push_str("\\226"),
                '€' => flux.push_str("\\200"),
                'œ' => flux.push_str("\\234"),
                '\u{a1}'..='\u{ff}' => flux.push_str(&format!("\\{:03o}", u32::from(lettre))),
                _ => flux.push(' '),
            }
        }
        flux.push_str(") Tj T*\n");
    }
    flux + "ET"
}

fn composer(lignes: &[String]) -> Vec<u8> {
    let pages: Vec<&[String]> = lignes.chunks(LIGNES).collect();
    let renvois: Vec<String> = (0..pages.len())
        .map(|page| format!("{} 0 R", 4 + 2 * page))
        .collect();
    let mut objets = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} >>",
            renvois.join(" "),
            pages.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    for (rang, page) in pages.iter().enumerate() {
        let flux = dessiner(page);
        objets.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * rang
        ));
        objets.push(format!(
            "<< /Length {} >>\nstream\n{flux}\nendstream",
            flux.len()
        ));
    }
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

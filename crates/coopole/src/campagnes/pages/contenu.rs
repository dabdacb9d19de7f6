//! The sections of a call's page, in the order one asks for them.

use dsfr::{
    Colonne, Frise, Jalon, Moment as Place, Tableau, Telechargement, Ton, badge, copier_le_lien,
    faits, lien,
};
use jiff::Timestamp;
use maud::{Markup, html};
use metier::{
    campagnes::{
        ActesTenus, Bonus, BudgetDemande, CasesRequises, Controle, Critere, Emploi, Nature,
        PieceDemandee, Preuve, Regle,
    },
    commun::{temps, typographie},
};

use super::appel::NON_PRECISE;
use crate::{
    campagnes::{Campagne, phrases},
    urls,
};

pub struct Section {
    pub titre: &'static str,
    pub ancre: &'static str,
    pub contenu: Markup,
}

/// The sections read beside their summary, those that have something to say.
pub fn sections(campagne: &Campagne) -> Vec<Section> {
    let section = |titre, ancre, contenu| Section {
        titre,
        ancre,
        contenu,
    };
    let toutes = [
        section("Objectifs", "objectifs", objectifs(campagne)),
        section("Qui peut candidater", "regles", regles(campagne)),
        section("Critères d’évaluation", "criteres", criteres(campagne)),
        section("Pièces à préparer", "pieces", pieces(campagne)),
        section("Emploi de la subvention", "emplois", emplois(campagne)),
        section("Qui lit votre dossier", "lecture", lecture(campagne)),
        section(
            "Ce que la notice ne précise pas",
            "non-precise",
            non_precise(campagne),
        ),
        section("Notice et textes", "textes", textes(campagne)),
    ];
    toutes
        .into_iter()
        .filter(|section| !section.contenu.0.is_empty())
        .collect()
}

fn objectifs(campagne: &Campagne) -> Markup {
    let lignes: Vec<(&str, Markup)> = campagne
        .objectifs
        .iter()
        .map(|o| {
            let texte = html! { (o.texte) " " (source(&o.source)) };
            (o.titre.as_str(), texte)
        })
        .collect();
    html! { @if !lignes.is_empty() { (faits(&lignes)) } }
}

fn source(texte: &str) -> Markup {
    html! { span.co-source { "(" (texte) ")" } }
}

/// The dates, what each step is, and where the notice says so.
pub fn calendrier(campagne: &Campagne, le: Timestamp, actes: ActesTenus) -> Markup {
    let calendrier = &campagne.calendrier;
    let ouverture = temps::instant_long(calendrier.ouverture);
    let ouverture = match &calendrier.ouverture_dite {
        Some(dite) => format!("le {ouverture} ({dite})"),
        None => format!("le {ouverture}"),
    };
    let depot = calendrier
        .cloture
        .map_or(NON_PRECISE.to_owned(), |cloture| {
            phrases::jusqu_a(campagne, cloture)
        });
    let attendue = calendrier.etape_en_cours(le, actes);
    let close = campagne.fenetre.est_close(le);
    let mut jalons = vec![
        Jalon::nouveau(
            "Ouverture",
            ouverture,
            place(le >= calendrier.ouverture, false),
        ),
        Jalon::nouveau(
            "Dépôt",
            depot,
            place(close, campagne.fenetre.est_ouverte(le)),
        ),
    ];
    jalons.extend(calendrier.etapes.iter().map(|echeance| {
        let etape = Some(echeance.etape);
        Jalon::nouveau(
            echeance.etape.libelle(),
            typographie(&echeance.moment.en_mots()),
            place(etape < attendue, etape == attendue),
        )
    }));
    html! {
        (Frise::nouvelle("Calendrier de l’appel", jalons))
        p { "Les dates qui suivent le dépôt sont celles que l’appel annonce\u{202f}; elles peuvent glisser." }
        ul {
            @for echeance in &calendrier.etapes {
                li {
                    strong { (echeance.libelle) } " – " (echeance.acteur.libelle()) " "
                    (source(&echeance.source))
                    @if let Some(precision) = &echeance.precision { ". " (precision) }
                }
            }
        }
    }
}

fn place(passe: bool, en_cours: bool) -> Place {
    match (en_cours, passe) {
        (true, _) => Place::EnCours,
        (false, true) => Place::Passe,
        (false, false) => Place::AVenir,
    }
}

fn regles(campagne: &Campagne) -> Markup {
    let de = |nature| campagne.regles.iter().filter(move |r| r.nature == nature);
    html! {
        p { "Toutes ces conditions doivent être remplies." }
        (liste_de_regles(campagne, de(Nature::Eligibilite)))
        h3 { "Pour que le dossier soit reçu" }
        (liste_de_regles(campagne, de(Nature::Recevabilite)))
    }
}

fn liste_de_regles<'r>(campagne: &Campagne, regles: impl Iterator<Item = &'r Regle>) -> Markup {
    html! {
        ul.co-regles {
            @for regle in regles {
                li.co-regle id=(regle.code) {
                    p.co-regle__enonce { (regle.enonce) }
                    (campagne.officiels.citation(&regle.code, &regle.source))
                    div.co-regle__pied {
                        p.co-regle__detail {
                            (regle.code) " · " (phrases::reference(&regle.source)) " · " (qui_juge(regle.controle))
                        }
                        (copier_le_lien(&format!("#{}", regle.code)))
                    }
                }
            }
        }
    }
}

fn qui_juge(controle: Controle) -> &'static str {
    match controle {
        Controle::Automatique => "vérifié à partir de vos réponses",
        Controle::Mixte => "vérifié, puis confirmé par une personne",
        Controle::Appreciation => "apprécié par une personne",
    }
}

fn criteres(campagne: &Campagne) -> Markup {
    html! {
        @for axe in &campagne.axes {
            h3 { (axe.titre) }
            ul.co-regles {
                @for critere in campagne.criteres_de(&axe.code) { (un_critere(critere)) }
                @for bonus in campagne.bonus_de(&axe.code) { (un_bonus(bonus)) }
            }
        }
        @if let Some(grille) = &campagne.grille {
            p {
                "Chaque critère est noté de " (grille.note_min) " à " (grille.note_max)
                "\u{202f}; chaque élément valorisé et acquis ajoute "
                (grille.points_bonus) (if grille.points_bonus > 1 { " points" } else { " point" }) ". "
                span.co-source { (grille.origine) "." }
            }
        }
    }
}

fn un_critere(critere: &Critere) -> Markup {
    html! {
        li.co-regle id=(critere.code) {
            p.co-regle__enonce { strong { (critere.titre) "." } " " (critere.enonce) }
            @if !critere.volets.is_empty() {
                ul { @for volet in &critere.volets { li { (volet.enonce) } } }
            }
            p.co-regle__detail {
                (critere.code) " · " (phrases::reference(&critere.source))
                @if critere.poids > 1 { " · compte " (critere.poids) " fois" }
            }
        }
    }
}

fn un_bonus(bonus: &Bonus) -> Markup {
    html! {
        li.co-regle id=(bonus.code) {
            (badge(Ton::Neutre, "Valorisé, non exigé"))
            p.co-regle__enonce { strong { (bonus.titre) "." } " " (bonus.enonce) }
            @if !bonus.cases.is_empty() {
                ul { @for case in &bonus.cases { li { (case.enonce) } } }
                p.co-regle__detail {
                    @match bonus.cases_requises {
                        CasesRequises::Une => "L’une des deux suffit.",
                        CasesRequises::Toutes => "Toutes sont nécessaires.",
                    }
                }
            }
            p.co-regle__detail {
                (phrases::reference(&bonus.source))
                @if bonus.eligibilite_exigee { " · compté si toutes les conditions d’éligibilité sont remplies" }
            }
        }
    }
}

fn pieces(campagne: &Campagne) -> Markup {
    let (exigees, facultatives): (Vec<_>, Vec<_>) =
        campagne.pieces.iter().partition(|piece| piece.obligatoire);
    let combien = format!("Les {} pièces demandées", exigees.len());
    html! {
        @if !exigees.is_empty() { (table_des_pieces(&combien, &exigees)) }
        @if !facultatives.is_empty() { (table_des_pieces("Pièces facultatives", &facultatives)) }
    }
}

fn table_des_pieces(legende: &str, pieces: &[&PieceDemandee]) -> Markup {
    let colonnes = vec![
        Colonne::cle("Pièce"),
        Colonne::texte("À savoir"),
        Colonne::texte("Comment la donner"),
    ];
    let lignes = pieces.iter().map(|piece| {
        vec![
            html! { (piece.libelle) },
            html! { @if let Some(aide) = &piece.aide { (aide) } },
            html! { (comment_donner(piece)) },
        ]
    });
    html! { (Tableau::nouveau(legende.to_owned(), colonnes).lignes(lignes).grand()) }
}

fn comment_donner(piece: &PieceDemandee) -> String {
    let fichier = || {
        let formats: Vec<String> = piece.formats.iter().map(|f| f.to_uppercase()).collect();
        format!("{}, {} Mo au plus", formats.join(", "), piece.poids_max_mo)
    };
    let phrase = match piece.preuve {
        Preuve::Fichier => format!("Fichier : {}.", fichier()),
        Preuve::Tableau {
            budget,
            fichier_admis,
        } => {
            let page = match budget {
                BudgetDemande::Structure => "Tableau de la structure, rempli sur ce site",
                BudgetDemande::Projet => "Tableau du projet, rempli sur ce site",
            };
            match fichier_admis {
                true => format!("{page} ; un fichier peut s’y ajouter ({}).", fichier()),
                false => format!("{page}."),
            }
        }
        Preuve::Signature {
            fichier_admis: true,
        } => {
            format!(
                "Signature enregistrée sur ce site, ou fichier signé ({}).",
                fichier()
            )
        }
        Preuve::Signature {
            fichier_admis: false,
        } => "Signature enregistrée sur ce site.".into(),
    };
    typographie(&phrase)
}

fn emplois(campagne: &Campagne) -> Markup {
    let emplois = &campagne.emplois;
    html! {
        @if !emplois.permis.is_empty() {
            h3 { "Ce que la subvention finance" }
            (liste_d_emplois(&emplois.permis))
        }
        @if !emplois.exclus.is_empty() {
            h3 { "Ce qu’elle ne finance pas" }
            (liste_d_emplois(&emplois.exclus))
        }
    }
}

fn liste_d_emplois(emplois: &[Emploi]) -> Markup {
    html! {
        ul.co-regles {
            @for emploi in emplois {
                li.co-regle {
                    @if emploi.prioritaire { (badge(Ton::Information, "En priorité")) }
                    p.co-regle__enonce {
                        strong { (emploi.libelle) "." }
                        @if let Some(aide) = &emploi.aide { " " (aide) }
                    }
                    p.co-regle__detail { (phrases::reference(&emploi.source)) }
                }
            }
        }
    }
}

fn lecture(campagne: &Campagne) -> Markup {
    let avis = &campagne.avis;
    html! {
        p {
            "La cellule de la région où la structure porteuse a son siège rend un avis sur chaque dossier "
            (source(&avis.source)) ". "
            "Là où il n’y a pas de cellule, celle que l’État nomme pour la suppléer le lit, "
            "et à défaut le service qui conduit l’appel\u{202f}: "
            (lien(urls::REGIONS, "qui donne les avis, région par région")) "."
        }
        p {
            "La cellule nationale examine ensuite les dossiers, et l’État décide. "
            @if avis.communique { "L’avis est communiqué au pôle avec la décision." }
        }
    }
}

fn non_precise(campagne: &Campagne) -> Markup {
    html! {
        @if !campagne.non_precise.is_empty() {
            p { "Rien n’est inventé en silence\u{202f}: voici ce que la notice laisse ouvert, et ce que cette instance a retenu." }
            ul.co-regles {
                @for point in &campagne.non_precise {
                    li.co-regle {
                        p.co-regle__enonce { strong { (point.sujet) "." } }
                        p.co-regle__detail { (NON_PRECISE) "." }
                        @if let Some(retenu) = &point.retenu {
                            p.co-regle__enonce { "Retenu ici\u{202f}: " (retenu) }
                        }
                    }
                }
            }
        }
    }
}

/// The same call on paper, and where it comes from.
fn textes(campagne: &Campagne) -> Markup {
    let notice = &campagne.identite.notice;
    let du = temps::jour_simple_de(notice.du);
    html! {
            ul {
                @for base in &campagne.bases_legales {
                    li { (phrases::reference(&base.texte)) ". " (base.objet) }
                }
                li { (typographie(&format!("{}, du {du}.", notice.titre))) }
            }
            p { (Telechargement::nouveau("Notice à imprimer", urls::notice(&campagne.code), "pdf", None)) }
            p.fr-hint-text {
                (typographie(&format!("Règles de l’appel : version {}. ", campagne.version)))
                "Les phrases de cette page sont les nôtres\u{202f}; chacune donne sa référence dans la notice. "
                (lien(&urls::eligibilite(&campagne.code), "Suis-je éligible\u{202f}?"))
            }
    }
}

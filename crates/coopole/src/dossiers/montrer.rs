//! A dossier to be read: section by section, each answer under its question,
//! with anchors that other rooms can lead to.

use dsfr::{Colonne, Repli, Tableau, Telechargement, faits, pli, poids};
use maud::{Markup, Render, html};
use metier::{
    campagnes::{
        BudgetDemande, Emplois, PieceDemandee, Preuve,
        formulaire::{Page, TypeChamp},
    },
    commun::{Montant, Siret, temps, typographie},
    dossiers::{Compte, EtatFinancement, GenreMembre, LectureHorsEss, QualiteEss},
};

use super::{
    budgets,
    contenu::{Contenu, LigneBudget, Piece},
    lecture::{ChampLu, Lecture, RubriqueLue},
    suivi,
};
use crate::{campagnes::Campagne, socle::communes, urls};

const NON_RENSEIGNE: &str = "non renseigné";

/// Where an answer stands on the page of a dossier.
pub fn ancre_champ(code: &str) -> String {
    format!("champ-{code}")
}

/// The codes of the questions this dossier answers: those its conditions show.
pub fn champs_montres(campagne: &Campagne, contenu: &Contenu) -> Vec<String> {
    let lecture = Lecture::de(campagne, &contenu.reponses);
    let champs = lecture.rubriques.iter().flat_map(|lue| &lue.champs);
    champs.map(|lu| lu.champ.code.clone()).collect()
}

/// The whole dossier, read only, each section folded on a narrow screen.
/// `ici` is the address where its reader reads it: its files and its budgets
/// stand under it, by a right of the room that shows them.
pub fn montrer(campagne: &Campagne, contenu: &Contenu, ici: &str) -> Markup {
    let lecture = Lecture::de(campagne, &contenu.reponses);
    html! {
        @for page in &campagne.formulaire.sommaire {
            @match page {
                Page::Rubrique(code) => @if let Some(lue) = lecture.rubrique(code) {
                    @let resume = lire_les(lue.champs.len());
                    (section(&lue.rubrique.code, &lue.rubrique.titre, &pli(&resume, &reponses(lue))))
                },
                Page::Membres => {
                    (section(suivi::MEMBRES, "Membres", &pli("Voir les membres", &liste_des_membres(contenu))))
                },
                Page::Budget => (budgets(campagne, contenu, ici)),
                Page::Pieces => (pieces(campagne, contenu, &lecture, ici)),
            }
        }
    }
}

fn lire_les(combien: usize) -> String {
    match combien {
        0 | 1 => "Lire la réponse".to_owned(),
        n => format!("Lire les {n} réponses"),
    }
}

fn section(code: &str, titre: &str, corps: &Markup) -> Markup {
    html! {
        section.co-section id={ "section-" (code) } aria-labelledby={ "section-" (code) "-titre" } {
            h2 id={ "section-" (code) "-titre" } { (titre) }
            (corps)
        }
    }
}

/// The answers of one rubrique.
pub fn rubrique(lue: &RubriqueLue<'_>) -> Markup {
    section(&lue.rubrique.code, &lue.rubrique.titre, &reponses(lue))
}

fn reponses(lue: &RubriqueLue<'_>) -> Markup {
    html! {
        @for lu in &lue.champs {
            div.co-reponse id=(ancre_champ(&lu.champ.code)) {
                h3.co-reponse__question { (lu.champ.libelle) }
                (reponse(lu))
            }
        }
    }
}

fn reponse(lu: &ChampLu<'_>) -> Markup {
    if lu.saisie.is_empty() {
        return html! { p.fr-hint-text { (NON_RENSEIGNE) } };
    }
    html! {
        @match &lu.champ.genre {
            TypeChamp::TexteLong { .. } => @for paragraphe in paragraphes(&lu.saisie) { p { (paragraphe) } },
            TypeChamp::ChoixMultiples(offerts) => ul {
                @for offert in offerts.iter().filter(|o| lu.saisie.lines().any(|code| code == o.code)) {
                    li { (offert.libelle) }
                }
            },
            _ => p { (lisible(lu)) },
        }
    }
}

fn paragraphes(texte: &str) -> impl Iterator<Item = &str> {
    texte.split('\n').map(str::trim).filter(|p| !p.is_empty())
}

/// The answer in words: labels for codes, days and amounts as people read them.
fn lisible(lu: &ChampLu<'_>) -> String {
    let brut = || lu.saisie.clone();
    let libelle = |code: &str| match &lu.champ.genre {
        TypeChamp::Choix(offerts) => offerts
            .iter()
            .find(|offert| offert.code == code)
            .map_or_else(brut, |offert| offert.libelle.clone()),
        _ => brut(),
    };
    use metier::campagnes::conditions::Valeur;
    match lu.valeur.as_ref().ok().and_then(Option::as_ref) {
        Some(Valeur::Choix(code)) => libelle(code),
        Some(Valeur::Booleen(oui)) => if *oui { "Oui" } else { "Non" }.to_owned(),
        Some(Valeur::Date(jour)) => temps::jour_long_de(*jour),
        Some(Valeur::Montant(montant)) => montant.to_string(),
        Some(Valeur::Texte(texte)) if lu.champ.genre == TypeChamp::Siret => texte
            .parse::<Siret>()
            .map_or_else(|_| texte.clone(), |siret| siret.lisible()),
        Some(Valeur::Texte(code)) if lu.champ.genre == TypeChamp::Commune => {
            communes::lisible(code)
        }
        _ => brut(),
    }
}

/// The members, as a section.
pub fn membres(contenu: &Contenu) -> Markup {
    section(suivi::MEMBRES, "Membres", &liste_des_membres(contenu))
}

fn liste_des_membres(contenu: &Contenu) -> Markup {
    html! {
        @if contenu.membres.is_empty() { p.fr-hint-text { (NON_RENSEIGNE) } }
        @else { p { (compte_des_membres(contenu)) } (tableau_des_membres(contenu)) }
    }
}

/// The members, as a table.
pub fn tableau_des_membres(contenu: &Contenu) -> Markup {
    let rangs = contenu.membres.iter().map(|membre| {
        vec![
            html! { (membre.nom) },
            html! { (GenreMembre::par_code(&membre.genre).map_or(NON_RENSEIGNE, GenreMembre::libelle)) },
            html! { (QualiteEss::par_code(&membre.qualite_ess).map_or("—", QualiteEss::libelle)) },
            html! { (membre.siret.parse::<Siret>().map_or_else(|_| "—".to_owned(), |s| s.lisible())) },
        ]
    });
    Tableau::nouveau(
        "Membres du pôle",
        vec![
            Colonne::cle("Nom"),
            Colonne::texte("Genre"),
            Colonne::texte("Qualité ESS"),
            Colonne::texte("SIRET"),
        ],
    )
    .legende_masquee()
    .lignes(rangs)
    .render()
}

/// « ESS : 4, hors ESS : 2 »
pub fn compte_des_membres(contenu: &Contenu) -> String {
    use metier::dossiers::Composition;
    let compte = Composition::de(&contenu.membres_lus(), LectureHorsEss::ToutGenre);
    let mut phrase = format!("ESS : {}, hors ESS : {}", compte.ess, compte.hors_ess);
    if compte.inconnus > 0 {
        phrase.push_str(&format!(", à préciser : {}", compte.inconnus));
    }
    if compte.personnes > 0 {
        phrase.push_str(&format!(", personnes : {}", compte.personnes));
    }
    typographie(&phrase)
}

fn budgets(campagne: &Campagne, contenu: &Contenu, ici: &str) -> Markup {
    let corps = html! {
        @for genre in suivi::budgets_demandes(campagne) {
            (budget(campagne, contenu, genre))
            (imprime(contenu, genre, ici))
        }
    };
    section(suivi::BUDGET, "Budget", &pli("Voir les budgets", &corps))
}

/// The same budget as a document, once its lines make one.
pub fn imprime(contenu: &Contenu, genre: BudgetDemande, ici: &str) -> Markup {
    html! {
        @if budgets::est_imprimable(contenu.lignes(genre)) {
            p { (Telechargement::nouveau(genre.libelle(), urls::budget_imprime(ici, genre), "pdf", None)) }
        }
    }
}

/// One budget: its two sides, its totals, what there is to say of it.
pub fn budget(campagne: &Campagne, contenu: &Contenu, genre: BudgetDemande) -> Markup {
    let lignes = contenu.lignes(genre);
    let analyse = contenu.budget(campagne, genre).analyser();
    let projet = genre == BudgetDemande::Projet;
    let aide = analyse.subvention_demandee.filter(|_| projet);
    html! {
        h3 id={ "budget-" (genre.code()) } { (genre.libelle()) }
        @if lignes.is_empty() {
            p.fr-hint-text { (NON_RENSEIGNE) }
        } @else {
            (charges(lignes, projet.then_some(&campagne.emplois), analyse.charges))
            (produits(lignes, aide.map(|m| (campagne.identite.titre_court.as_str(), m)), analyse.produits))
            @if projet {
                (faits(&analyse.par_emploi.iter()
                    .map(|(emploi, montant)| (emploi.libelle.as_str(), html! { (montant) }))
                    .collect::<Vec<_>>()))
            }
            @if !analyse.remarques.is_empty() {
                ul { @for remarque in &analyse.remarques { li { (remarque.raison.entiere()) } } }
            }
        }
    }
}

fn nom_de_ligne(ligne: &LigneBudget) -> Markup {
    let compte = Compte::par_code(&ligne.compte);
    html! {
        (compte.map_or_else(|| "Compte non choisi".to_owned(), |compte| compte.to_string()))
        @if !ligne.libelle.is_empty() { " · " (ligne.libelle) }
    }
}

fn montant(saisie: &str) -> String {
    match (saisie.parse::<Montant>(), saisie) {
        (Ok(montant), _) => montant.to_string(),
        (Err(_), "") => "—".to_owned(),
        (Err(_), autre) => autre.to_owned(),
    }
}

/// `emplois`: what the subsidy may pay for, on the project's.
fn charges(lignes: &[LigneBudget], emplois: Option<&Emplois>, total: Montant) -> Markup {
    let mut colonnes = vec![Colonne::cle("Charge"), Colonne::nombre("Montant")];
    if emplois.is_some() {
        colonnes.push(Colonne::nombre("Part de la subvention"));
        colonnes.push(Colonne::texte("Emploi"));
    }
    let rangs = lignes.iter().filter(|ligne| ligne.charge).map(|ligne| {
        let mut cellules = vec![
            html! { (nom_de_ligne(ligne)) @if ligne.amortissable { " (bien amortissable)" } },
            html! { (montant(&ligne.montant)) },
        ];
        if let Some(emplois) = emplois {
            let emploi = emplois.par_code(&ligne.emploi);
            cellules.push(html! { (montant(&ligne.subvention)) });
            cellules.push(html! { (emploi.map_or("—", |emploi| emploi.libelle.as_str())) });
        }
        cellules
    });
    let mut pied = vec![html! { "Total des charges" }, html! { (total) }];
    pied.resize_with(colonnes.len(), Markup::default);
    Tableau::nouveau("Charges", colonnes)
        .repli(Repli::Blocs)
        .lignes(rangs)
        .pied(pied)
        .render()
}

fn produits(lignes: &[LigneBudget], aide: Option<(&str, Montant)>, total: Montant) -> Markup {
    let rangs = lignes.iter().filter(|ligne| !ligne.charge).map(|ligne| {
        vec![
            nom_de_ligne(ligne),
            html! { (montant(&ligne.montant)) },
            html! { (EtatFinancement::par_code(&ligne.etat).map_or("—", EtatFinancement::libelle)) },
        ]
    });
    let aide = aide.map(|(titre, montant)| {
        vec![
            html! { "74 " (titre) },
            html! { (montant) },
            html! { "Demandée ici" },
        ]
    });
    Tableau::nouveau(
        "Produits",
        vec![
            Colonne::cle("Produit"),
            Colonne::nombre("Montant"),
            Colonne::texte("État"),
        ],
    )
    .lignes(aide)
    .lignes(rangs)
    .pied(vec![
        html! { "Total des produits" },
        html! { (total) },
        Markup::default(),
    ])
    .render()
}

fn pieces(campagne: &Campagne, contenu: &Contenu, lecture: &Lecture<'_>, ici: &str) -> Markup {
    let rangs = campagne
        .pieces
        .iter()
        .filter(|piece| suivi::est_demandee(piece, &lecture.faits))
        .map(|piece| {
            vec![
                html! { span id={ "piece-" (piece.code) } { (piece.libelle) } },
                fichier(contenu.piece(&piece.code), ici),
                html! {
                    (preuve(campagne, contenu, piece))
                    @if let Preuve::Tableau { budget, .. } = piece.preuve { (imprime(contenu, budget, ici)) }
                },
            ]
        });
    let tableau = Tableau::nouveau(
        "Pièces du dossier",
        vec![
            Colonne::cle("Pièce"),
            Colonne::texte("Fichier"),
            Colonne::texte("Preuve"),
        ],
    )
    .legende_masquee()
    .lignes(rangs);
    section(
        suivi::PIECES,
        "Pièces",
        &pli("Voir les pièces", &tableau.render()),
    )
}

fn fichier(piece: Option<&Piece>, ici: &str) -> Markup {
    html! {
        @match piece {
            Some(piece) => {
                a.fr-link href=(urls::piece(ici, piece.id)) { (piece.nom) }
                " (" (poids(piece.poids)) ", reçue le " (temps::jour_court(piece.recue_le)) ")"
            },
            None => "—",
        }
    }
}

/// Whether nothing of this budget keeps the dossier from being filed.
pub fn tableau_rempli(campagne: &Campagne, contenu: &Contenu, budget: BudgetDemande) -> bool {
    let analyse = contenu.budget(campagne, budget).analyser();
    analyse.bloquantes().next().is_none()
}

/// How a piece that is not a file is proved, said as a fact.
pub fn preuve(campagne: &Campagne, contenu: &Contenu, piece: &PieceDemandee) -> Markup {
    html! {
        @match piece.preuve {
            Preuve::Fichier => @match contenu.piece(&piece.code) {
                Some(_) => "Fichier",
                None => "—",
            },
            Preuve::Tableau { budget, .. } => {
                @if contenu.lignes(budget).is_empty() { "Tableau à remplir" }
                @else if tableau_rempli(campagne, contenu, budget) { "Tableau rempli" }
                @else { "Tableau commencé" }
                "\u{202f}: " (budget.libelle())
            },
            Preuve::Signature { .. } => @match contenu.charte_signee_le(campagne) {
                Some(le) => { "Charte signée le " (temps::jour_long(le)) },
                None => "Charte non signée sur ce site",
            },
        }
    }
}

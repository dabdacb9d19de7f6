//! The journal, for auditors and the pilot: who, act, object, when, why.

use dsfr::{
    Alerte, Bouton, Colonne, Gravite, Pagination, Tableau, boutons, faits, filtres_actifs, lien,
    vide,
};
use maud::{Markup, html};
use metier::{
    commun::{temps, typographie},
    conventions::Cote,
};

use crate::{
    registre::{
        journal::TetePubliee,
        store::{Inscription, Recherche},
    },
    socle::{
        droits::Role,
        journal::verification::Verdict,
        mise_en_page::{Cadre, Lentille, Page},
    },
    urls,
};

/// One page of the journal.
pub struct Feuillet {
    pub recherche: Recherche,
    pub inscriptions: Vec<Inscription>,
    /// Whether older entries follow.
    pub suite: bool,
    pub tete: Option<TetePubliee>,
    /// Set when the whole chain was just verified.
    pub verdict: Option<Verdict>,
    pub lentille: Lentille,
}

/// Whoever reads the journal learns that an act took place, never its content.
const AVANT_L_INSTANT: &str = "Un acte est ici dès qu’il est accompli : une décision y paraît donc avant \
    d’être notifiée, sans ce qu’elle décide, à l’audit et au pilotage seulement.";

/// `/journal`
pub fn journal(cadre: &Cadre, feuillet: &Feuillet) -> Markup {
    Page::new("Journal")
        .sous(&[])
        .lentille(feuillet.lentille.clone())
        .montrer(
            cadre,
            html! {
                @if let Some(verdict) = &feuillet.verdict { (constat(cadre, verdict)) }
                p { (typographie(AVANT_L_INSTANT)) }
                (tete(feuillet.tete.as_ref()))
                (filtres(&feuillet.recherche))
                @if feuillet.inscriptions.is_empty() {
                    (vide("Aucun acte inscrit.", &html! {
                        p { (lien(urls::JOURNAL, "Voir tout le journal")) }
                    }))
                } @else {
                    (table(&feuillet.inscriptions))
                    (pagination(feuillet))
                }
            },
        )
}

/// « Chaîne vérifiée au … », or the first broken entry.
fn constat(cadre: &Cadre, verdict: &Verdict) -> Markup {
    let maintenant = temps::instant_a_la_seconde(cadre.maintenant);
    match verdict {
        Verdict::Intact {
            scellees,
            en_attente,
        } => html! {
            (Alerte::nouvelle(Gravite::CestFait, format!("chaîne vérifiée au {maintenant}."))
                .suite(html! {
                    p { (intactes(*scellees)) "\u{202f}; " (en_attente) " en attente de scellement." }
                })
                .apres_un_acte())
        },
        Verdict::Rompu {
            place,
            entree,
            constat,
        } => html! {
            (Alerte::nouvelle(Gravite::ACorriger, "la chaîne est rompue.").suite(html! {
                p {
                    "Première entrée rompue\u{202f}: "
                    @if let Some(place) = place { "place " (place) " " }
                    @if let Some(entree) = entree { "(entrée " (entree) ") " }
                    "– " (constat) "."
                }
                p { "Vérification du " (maintenant) "." }
            }).apres_un_acte())
        },
    }
}

fn intactes(combien: i64) -> String {
    match combien {
        0 | 1 => format!("{combien} entrée scellée et intacte"),
        _ => format!("{combien} entrées scellées et intactes"),
    }
}

fn tete(tete: Option<&TetePubliee>) -> Markup {
    html! {
        @match tete {
            Some(tete) => (faits(&[
                ("Entrées scellées", html! { (tete.taille) }),
                ("Dernière tête signée", html! {
                    (temps::instant_a_la_seconde(tete.scelle_le)) " · "
                    (lien(urls::TETE_DU_JOURNAL, "tête publiée"))
                }),
            ])),
            None => p { "Aucun acte n’est encore scellé." },
        }
        (boutons(&[Bouton::principal("Vérifier toute la chaîne").vers(urls::verification_du_journal())]))
    }
}

fn filtres(recherche: &Recherche) -> Markup {
    let mut actifs: Vec<(String, String)> = Vec::new();
    if let Some(acte) = &recherche.acte {
        let sans = urls::journal(None, recherche.objet, None);
        actifs.push((format!("Acte\u{202f}: {}", nom_de_l_acte(acte)), sans));
    }
    if recherche.objet.is_some() {
        let sans = urls::journal(recherche.acte.as_deref(), None, None);
        actifs.push(("Un seul objet".to_owned(), sans));
    }
    let actifs: Vec<(&str, &str)> = actifs.iter().map(|(a, b)| (&**a, &**b)).collect();
    filtres_actifs(&actifs, urls::JOURNAL)
}

fn table(inscriptions: &[Inscription]) -> Markup {
    let colonnes = vec![
        Colonne::cle("Quand"),
        Colonne::texte("Acte"),
        Colonne::texte("Objet"),
        Colonne::texte("Qui"),
        Colonne::texte("Pourquoi"),
        Colonne::nombre("Place"),
    ];
    let lignes = inscriptions.iter().map(|i| {
        let acte = urls::journal(Some(&i.acte), None, None);
        let objet = urls::journal(None, Some(i.objet), None);
        vec![
            html! { (temps::jour_court(i.le)) " " (temps::heure_a_la_seconde(i.le)) },
            html! { (lien(&acte, &nom_de_l_acte(&i.acte))) },
            html! { (lien(&objet, &nom_de_l_objet(i))) },
            html! { @match &i.par { Some(nom) => (nom), None => "L’horloge" } },
            html! { @match &i.motif { Some(motif) => (nom_du_motif(motif)), None => "—" } },
            html! { @match i.place { Some(place) => (place), None => "À sceller" } },
        ]
    });
    html! { (Tableau::nouveau("Actes inscrits, du plus récent au plus ancien", colonnes).serre().lignes(lignes)) }
}

fn pagination(feuillet: &Feuillet) -> Markup {
    let recherche = &feuillet.recherche;
    let acte = recherche.acte.as_deref();
    let suivante = feuillet
        .suite
        .then_some(())
        .and(feuillet.inscriptions.last());
    html! {
        (Pagination {
            precedente: recherche.avant.map(|_| urls::journal(acte, recherche.objet, None).into()),
            suivante: suivante.map(|i| urls::journal(acte, recherche.objet, Some(i.id)).into()),
            ou: match feuillet.inscriptions.len() {
                1 => "1 acte".into(),
                n => format!("{n} actes").into(),
            },
        })
    }
}

/// « depot » is « Dépôt »: codes carry no accent, people read them.
fn nom_de_l_acte(code: &str) -> String {
    const ACCENTUES: [(&str, &str); 23] = [
        ("depot", "Dépôt"),
        ("deport", "Déport"),
        ("declaration_interet", "Déclaration d’intérêt"),
        ("decision", "Décision"),
        ("eligibilite", "Éligibilité"),
        ("selection", "Sélection"),
        ("numero", "Numéro"),
        ("seance", "Séance"),
        ("suppleance", "Suppléance"),
        ("contact_de_cellule", "Adresse d’une cellule"),
        ("interet", "Intérêt"),
        ("fin_habilitation", "Fin d’habilitation"),
        ("creation", "Création"),
        ("signature_charte", "Signature de la Charte"),
        ("version_charte", "Version de la Charte"),
        ("lot_de_relance", "Relances de la Charte"),
        ("seance_charte", "Séance de signature"),
        ("presentation", "Présentation"),
        ("levee", "Levée d’opposition"),
        ("cloture", "Clôture"),
        ("laureats", "Lauréats"),
        ("laureat", "Lauréat"),
        ("pole", "Pôle"),
    ];
    if let Some((_, nom)) = ACCENTUES.iter().find(|(connu, _)| *connu == code) {
        return (*nom).to_owned();
    }
    let mots = code.replace('_', " ");
    let mut lettres = mots.chars();
    match lettres.next() {
        Some(premiere) => premiere.to_uppercase().chain(lettres).collect(),
        None => String::new(),
    }
}

/// The word of a signature's side, of a role, or of a place in a team.
fn nom_du_motif(code: &str) -> String {
    let cote = Cote::par_code(code).map(Cote::libelle);
    match cote.or_else(|| Role::par_code(code).map(Role::libelle)) {
        Some(libelle) => libelle.to_owned(),
        None => nom_de_l_acte(code),
    }
}

fn nom_de_l_objet(inscription: &Inscription) -> String {
    let genre = nom_de_l_acte(&inscription.genre);
    match (&inscription.dossier, &inscription.nom) {
        (Some(numero), _) => format!("Dossier n°\u{a0}{numero}"),
        (None, Some(numero)) if inscription.genre == "convention" => {
            format!("{genre} n°\u{a0}{numero}")
        }
        // A pole and a person are called by their name.
        (None, Some(nom)) => nom.clone(),
        (None, None) => {
            let complet = inscription.objet.simple().to_string();
            format!("{genre} {}", &complet[24..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_motif_se_lit_en_francais() {
        let dits = ["tresor", "beneficiaire", "cra", "cna", "responsable"].map(nom_du_motif);
        assert_eq!(
            dits,
            [
                "Direction générale du Trésor",
                "Bénéficiaire",
                "Cellule régionale",
                "Cellule nationale",
                "Responsable",
            ]
        );
    }
}

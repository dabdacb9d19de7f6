//! One import: where it stands, the fate of its lines, what may be done.

use std::collections::HashMap;

use dsfr::{
    Alerte, Bouton, Choix, Colonne, Etapes, Formulaire, Gravite, Onglets, Pagination, Radios,
    Tableau, Telechargement, Ton, badge, boutons, faits, lien, nombre, poids, vide,
};
use maud::{Markup, html};
use metier::{
    commun::{Raison, temps, typographie},
    poles::{
        Information, Lieu,
        import::{Changement, EtatImport, SortLigne},
    },
};
use uuid::Uuid;

use super::{etat, lentille};
use crate::{
    imports::{
        depot::CREER,
        store::{Import, Ligne},
    },
    poles::{etat::en_mots, lot::Fiche},
    socle::{
        droits::Personne,
        mise_en_page::{Cadre, Page},
        reprise,
    },
    urls,
};

const ETAPES: [&str; 3] = ["Fichier", "Relecture", "Application"];

/// An import and one page of its lines.
pub struct Relue<'a> {
    pub import: &'a Import,
    /// How many lines are written or put back so far, if this process does it.
    pub ecrites: Option<i64>,
    /// How many lines have each fate.
    pub comptes: &'a [(SortLigne, i64)],
    /// The fate asked for; any, when none is.
    pub sort: Option<SortLigne>,
    pub lignes: &'a [Ligne],
    /// The records these lines speak of, as they stand now.
    pub fiches: &'a HashMap<Uuid, Fiche>,
    pub precedente: Option<String>,
    pub suivante: Option<String>,
    /// The line whose choice is to be made again.
    pub fautive: Option<i64>,
    pub raisons: &'a [Raison],
}

/// The name of the field by which somebody chooses for this line.
pub fn nom_du_choix(ligne: i64) -> String {
    format!("choix-{ligne}")
}

impl Relue<'_> {
    fn combien(&self, sort: SortLigne) -> i64 {
        let compte = self.comptes.iter().find(|(autre, _)| *autre == sort);
        compte.map_or(0, |(_, combien)| *combien)
    }

    fn toutes(&self) -> i64 {
        self.comptes.iter().map(|(_, combien)| combien).sum()
    }

    /// How many lines would write something.
    fn a_appliquer(&self) -> i64 {
        let ecrivent = self.comptes.iter().filter(|(sort, _)| sort.s_applique());
        ecrivent.map(|(_, combien)| combien).sum()
    }

    fn adresse(&self, sort: &str) -> String {
        urls::avec(&urls::import(self.import.id), &[("sort", sort)])
    }
}

fn n(combien: i64) -> String {
    nombre(combien.unsigned_abs())
}

/// « 1 ligne », « 127 lignes »
fn lignes(combien: i64) -> String {
    match combien {
        0 | 1 => format!("{combien} ligne"),
        autre => format!("{} lignes", n(autre)),
    }
}

/// `/imports/{id}`
pub fn import(cadre: &Cadre, personne: &Personne, vue: &Relue<'_>) -> Markup {
    let import = vue.import;
    let etape = match import.etat {
        EtatImport::EnLecture | EtatImport::Illisible | EtatImport::Interrompu => 1,
        EtatImport::ALire => 2,
        EtatImport::EnApplication
        | EtatImport::Applique
        | EtatImport::EnAnnulation
        | EtatImport::Annule => 3,
    };
    Page::new("Import")
        .nomme(&import.nom)
        .sous(&[(urls::IMPORTS, "Imports du registre")])
        .lentille(lentille(personne))
        .etat(etat(import.etat))
        .corrections(vue.raisons.len())
        .montrer(
            cadre,
            html! {
                (reprise::sommaire_vers("rien n’est écrit.", vue.raisons, lieu_de_la_raison))
                (Etapes::nouvelles(&ETAPES, etape))
                @match import.etat {
                    EtatImport::EnLecture => (suivre(import, &en_lecture(import))),
                    EtatImport::Illisible => (illisible(import)),
                    EtatImport::Interrompu => (interrompu(import)),
                    EtatImport::ALire => (a_lire(vue)),
                    EtatImport::EnApplication | EtatImport::EnAnnulation => (suivre(import, &en_ecriture(vue))),
                    EtatImport::Applique => (applique(vue)),
                    EtatImport::Annule => (annule(import)),
                }
                (du_fichier(import))
                @if etape > 1 { (relecture(vue)) }
            },
        )
}

/// A reason that names a record leads to it.
fn lieu_de_la_raison(ancre: &str) -> String {
    match ancre.parse() {
        Ok(pole) => urls::pole(pole),
        Err(_) => "#lignes".to_owned(),
    }
}

fn en_lecture(import: &Import) -> String {
    format!(
        "Lecture en cours : {} lues, {} % du fichier. Rien n’est écrit dans le registre.",
        lignes(import.lues),
        import.avancement
    )
}

fn en_ecriture(vue: &Relue<'_>) -> String {
    let combien = match vue.ecrites {
        Some(ecrites) => format!(" : {} sur {}", lignes(ecrites), n(vue.a_appliquer())),
        None => String::new(),
    };
    format!(
        "{}{combien}. Le registre change d’un coup, à la fin.",
        vue.import.etat.libelle()
    )
}

/// A job is at work: with the script the page follows it, without it a link
/// asks again.
fn suivre(import: &Import, phrase: &str) -> Markup {
    html! {
        div data-co-suivi {
            p role="status" data-co-suivi-etat { (typographie(phrase)) }
            p.co-sans-script { (lien(&urls::import(import.id), "Actualiser")) }
        }
    }
}

fn illisible(import: &Import) -> Markup {
    let faute = import.faute.as_deref().unwrap_or_default();
    html! {
        (Alerte::nouvelle(Gravite::ACorriger, "ce fichier ne peut pas être lu.").suite(html! {
            p { (typographie(faute)) }
        }))
        (boutons(&[Bouton::principal("Apporter un autre fichier").vers(urls::IMPORTS)]))
    }
}

fn interrompu(import: &Import) -> Markup {
    html! {
        (Alerte::nouvelle(Gravite::Attention, "la lecture de ce fichier s’est arrêtée.").suite(html! {
            p { (typographie("Une panne l’a interrompue plusieurs fois de suite. Rien n’est écrit dans le registre.")) }
        }))
        (Formulaire::acte(urls::de_l_import(import.id, "relecture"), html! {
            (boutons(&[Bouton::principal("Relire le fichier")]))
            p.fr-hint-text { "Si elle s’arrête encore, dites-le à qui tient le service, ou enregistrez la liste en CSV." }
        }))
        p { (lien(urls::IMPORTS, "Apporter un autre fichier")) }
    }
}

fn a_lire(vue: &Relue<'_>) -> Markup {
    let (import, a_appliquer) = (vue.import, vue.a_appliquer());
    let ambigues = vue.combien(SortLigne::Ambigue);
    html! {
        p.fr-text--lead { (typographie(&format!(
            "Rien n’est encore écrit dans le registre. {}", pretes(a_appliquer)))) }
        @if ambigues > 0 {
            p { (typographie(&format!("Pour {}, dites de quelle fiche il s’agit ; sinon elles sont laissées de côté.", lignes(ambigues))))
                " " (lien(&vue.adresse(SortLigne::Ambigue.code()), "Choisir")) }
        }
        p { "Une cellule vide ne dit rien\u{202f}: elle n’efface rien. Tout s’applique d’un coup ou pas du tout, et tout peut être annulé ensuite." }
        @if a_appliquer > 0 {
            (Formulaire::acte(urls::de_l_import(import.id, "application"), html! {
                (boutons(&[Bouton::principal(format!("Appliquer {}", lignes(a_appliquer)))]))
            }))
        }
        (Formulaire::acte(urls::de_l_import(import.id, "relecture"), html! {
            (boutons(&[Bouton::secondaire("Relire le fichier")]))
            p.fr-hint-text { "Chaque ligne est comparée de nouveau au registre d’aujourd’hui\u{202f}; vos choix sont oubliés." }
        }))
    }
}

fn pretes(combien: i64) -> String {
    match combien {
        0 => "Aucune ligne n’a rien à y écrire.".to_owned(),
        1 => "1 ligne se tient prête.".to_owned(),
        autre => format!("{} se tiennent prêtes.", lignes(autre)),
    }
}

fn applique(vue: &Relue<'_>) -> Markup {
    let import = vue.import;
    let le = import
        .applique_le
        .map(temps::instant_long)
        .unwrap_or_default();
    html! {
        p.fr-text--lead { (typographie(&format!(
            "{} le {le}. Chaque fiche dit d’où vient ce qui a changé.", appliquees(vue.a_appliquer())))) }
        (Formulaire::acte(urls::de_l_import(import.id, "annulation"), html! {
            (boutons(&[Bouton::secondaire("Annuler cet import")]))
            p.fr-hint-text { "Les fiches disent de nouveau ce qu’elles disaient, et celles qu’il a créées sont ôtées. Si l’une a reçu autre chose depuis, rien n’est annulé, et la page dit laquelle et quoi." }
        }))
    }
}

fn appliquees(combien: i64) -> String {
    match combien {
        1 => "1 ligne appliquée".to_owned(),
        autre => format!("{} appliquées", lignes(autre)),
    }
}

fn annule(import: &Import) -> Markup {
    let le = import
        .annule_le
        .map(temps::instant_long)
        .unwrap_or_default();
    html! { p.fr-text--lead { (typographie(&format!("Cet import a été annulé en entier le {le}."))) } }
}

fn du_fichier(import: &Import) -> Markup {
    let colonnes: Vec<&str> = import.colonnes.iter().map(|c| c.libelle()).collect();
    let ignorees: Vec<String> = import.ignorees.iter().map(|t| format!("« {t} »")).collect();
    let mut dits = vec![
        (
            "Source",
            html! { (typographie(&import.source)) ", à jour au " (temps::jour_court_de(import.du)) },
        ),
        (
            "Fichier",
            html! {
                @if let Some(format) = &import.format { (typographie(format)) ", " }
                (poids(import.poids.unsigned_abs())) ", apporté le " (temps::jour_court(import.depose_le))
            },
        ),
    ];
    if !colonnes.is_empty() {
        dits.push(("Colonnes lues", html! { (colonnes.join(", ")) }));
    }
    if !ignorees.is_empty() {
        dits.push((
            "Colonnes ignorées",
            html! { (typographie(&ignorees.join(", "))) },
        ));
    }
    if import.vides > 0 {
        dits.push(("Lignes vides", html! { (n(import.vides)) ", passées" }));
    }
    faits(&dits)
}

fn relecture(vue: &Relue<'_>) -> Markup {
    let onglet = |sort: Option<SortLigne>, libelle: &'static str, combien: i64| {
        dsfr::Entree::nouvelle(libelle, vue.adresse(sort.map_or("", SortLigne::code)))
            .detail(format!("({})", n(combien)))
            .courante(vue.sort == sort)
    };
    let mut onglets = vec![onglet(None, "Toutes", vue.toutes())];
    onglets.extend(SortLigne::TOUS.iter().map(|sort| {
        let libelle = match sort {
            SortLigne::Creee => "Créées",
            SortLigne::MiseAJour => "Mises à jour",
            SortLigne::Inchangee => "Inchangées",
            SortLigne::Ambigue => "Ambiguës",
            SortLigne::Refusee => "Refusées",
        };
        onglet(Some(*sort), libelle, vue.combien(*sort))
    }));
    html! {
        section #lignes aria-labelledby="titre-lignes" {
            h2 #titre-lignes { "Ce que devient chaque ligne" }
            (Onglets::nouveaux("Lignes par sort", onglets))
            @if vue.combien(SortLigne::Refusee) > 0 {
                p { (Telechargement::nouveau("Télécharger les refus", urls::de_l_import(vue.import.id, "refus"), "csv", None)) }
            }
            @if vue.lignes.is_empty() {
                (vide("Aucune ligne ici.", &html! { p { (lien(&vue.adresse(""), "Voir toutes les lignes")) } }))
            } @else {
                (table(vue))
                @if vue.import.etat == EtatImport::ALire {
                    @for ligne in vue.lignes.iter().filter(|l| !l.candidates.is_empty()) { (choix(vue, ligne)) }
                }
                (Pagination {
                    precedente: vue.precedente.clone().map(Into::into),
                    suivante: vue.suivante.clone().map(Into::into),
                    ou: lignes(vue.lignes.len() as i64).into(),
                })
            }
        }
    }
}

fn table(vue: &Relue<'_>) -> Markup {
    let rangees = vue.lignes.iter().map(|ligne| {
        vec![
            html! { (ligne.ligne) },
            html! { (pole(vue, ligne)) },
            html! { (sort(ligne)) },
            html! { (devenir(vue, ligne)) },
        ]
    });
    html! {
        (Tableau::nouveau("Lignes du fichier", vec![
            Colonne::cle("Ligne"),
            Colonne::texte("Pôle"),
            Colonne::texte("Sort"),
            Colonne::texte("Ce qui change, ou pourquoi"),
        ]).legende_masquee().lignes(rangees))
    }
}

fn pole(vue: &Relue<'_>, ligne: &Ligne) -> Markup {
    let fiche = ligne.pole.and_then(|pole| vue.fiches.get(&pole));
    let nom = ligne.dite.valeur(Information::Nom);
    let brut = ligne
        .cellules
        .iter()
        .find(|(c, _)| *c == metier::poles::import::Colonne::Nom);
    html! {
        @match (fiche, nom, brut) {
            (Some(fiche), ..) => (lien(&urls::pole(fiche.etat.pole), &fiche.etat.nom)),
            (None, Some(nom), _) => (typographie(nom)),
            (None, None, Some((_, nom))) => (typographie(nom)),
            (None, None, None) => "—",
        }
    }
}

fn sort(ligne: &Ligne) -> Markup {
    let ton = match ligne.sort {
        SortLigne::Creee | SortLigne::MiseAJour => Ton::Favorable,
        SortLigne::Inchangee => Ton::Neutre,
        SortLigne::Ambigue => Ton::Attention,
        SortLigne::Refusee => Ton::Defavorable,
    };
    html! {
        (badge(ton, ligne.sort.libelle()))
        @if ligne.choisie { " " (badge(Ton::Information, "Choisie")) }
    }
}

fn devenir(vue: &Relue<'_>, ligne: &Ligne) -> Markup {
    html! {
        @match ligne.sort {
            SortLigne::Creee => (nouvelle(ligne)),
            SortLigne::MiseAJour => ul { @for c in &ligne.changements { li { (changement(c)) } } },
            SortLigne::Inchangee => "La fiche dit déjà tout cela.",
            SortLigne::Ambigue => {
                (typographie("Plusieurs fiches, ou une fiche d’un autre lieu ou d’un autre nom, peuvent y répondre."))
                @if vue.import.etat == EtatImport::ALire {
                    " " a.fr-link href={ "#" (nom_du_choix(ligne.ligne)) } { "Choisir" span.fr-sr-only { ", ligne " (ligne.ligne) } }
                }
            },
            SortLigne::Refusee => ul {
                @for faute in &ligne.fautes {
                    li {
                        @if let Some(colonne) = faute.colonne { strong { (colonne.libelle()) } "\u{202f}: " }
                        (typographie(&faute.phrase))
                    }
                }
            },
        }
        @for remarque in &ligne.remarques { p.fr-hint-text { (typographie(remarque)) } }
    }
}

/// Everything that a new record will say, its name apart.
fn nouvelle(ligne: &Ligne) -> Markup {
    let dites = ligne.dite.informations.iter();
    let dites = dites.filter(|(information, _)| *information != Information::Nom);
    let mut textes: Vec<String> = dites
        .map(|(information, valeur)| {
            format!(
                "{} : {}",
                information.libelle(),
                en_mots(*information, Some(valeur))
            )
        })
        .collect();
    if let Some(structure) = &ligne.dite.structure {
        textes.push(format!("Structure porteuse : {structure}"));
    }
    let lieu = Lieu {
        commune: None,
        departement: ligne.dite.departement.clone(),
        region: ligne.dite.region,
    };
    if ligne.dite.valeur(Information::Commune).is_none() && lieu != Lieu::default() {
        let libelle = Information::Commune.libelle();
        textes.push(format!("{libelle} : {}", lieu.en_mots()));
    }
    html! {
        @if textes.is_empty() { "Une nouvelle fiche, dont rien d’autre n’est connu." }
        @else { ul { @for texte in &textes { li { (typographie(texte)) } } } }
    }
}

fn changement(c: &Changement) -> Markup {
    html! {
        strong { (c.information.libelle()) } "\u{202f}: "
        (typographie(&format!(
            "« {} », auparavant « {} »",
            en_mots(c.information, Some(&c.apres)),
            en_mots(c.information, c.avant.as_deref()))))
    }
}

/// The form by which somebody says of which record an ambiguous line speaks.
fn choix(vue: &Relue<'_>, ligne: &Ligne) -> Markup {
    let nom = nom_du_choix(ligne.ligne);
    let titre = ligne.dite.valeur(Information::Nom).unwrap_or("sans nom");
    let libelle = format!(
        "Ligne {} – « {titre} » : de quelle fiche s’agit-il ?",
        ligne.ligne
    );
    let mut offertes: Vec<Choix<'_>> = ligne
        .candidates
        .iter()
        .filter_map(|pole| vue.fiches.get(pole))
        .map(|fiche| {
            let lieu = match fiche.etat.lieu().lieu.en_mots() {
                inconnu if inconnu.is_empty() => "lieu non connu".to_owned(),
                lieu => lieu,
            };
            let structure = fiche
                .etat
                .porteuse
                .as_deref()
                .unwrap_or("structure non connue");
            Choix::nouveau(fiche.etat.pole.to_string(), typographie(&fiche.etat.nom))
                .aide(typographie(&format!("{lieu} ; {structure}")))
        })
        .collect();
    offertes.push(Choix::nouveau(CREER, "Créer une fiche"));
    let valeur = match (ligne.choisie, ligne.sort) {
        (false, _) => None,
        (true, SortLigne::Creee) => Some(CREER.to_owned()),
        (true, _) => ligne.pole.map(|pole| pole.to_string()),
    };
    let erreur = match vue.fautive == Some(ligne.ligne) {
        true => vue.raisons.first().map(|raison| raison.phrase.as_str()),
        false => None,
    };
    html! {
        (Formulaire::acte(urls::choix_de_ligne(vue.import.id, ligne.ligne), html! {
            (Radios::nouveaux(nom, typographie(&libelle), offertes).valeur(valeur).erreur(erreur))
            (boutons(&[Bouton::secondaire(format!("Retenir ce choix (ligne {})", ligne.ligne)).petit()]))
        }))
    }
}

//! The register and a record in English, for partners abroad: the same facts,
//! from the same reading, in the cluster vocabulary. What a pole says of itself
//! stays in its own words, and says that they are French.

use dsfr::{
    Apercu, Bouton, Champ, Choix, Colonne, Formulaire, Langue, ListeDeroulante, Tableau, Ton,
    badge, badges, faits, filtres_actifs_en, lien, nombre,
};
use maud::{Markup, html};
use metier::{
    commun::{Region, plier, temps},
    poles::{Lieu, Maturite, Moment, Precision, Signe, Theme, anglais, sortie::EtatDeSortie},
};

use super::{
    carte::vignette,
    historique::{changements, sources},
    sorties::histoire,
};
use crate::{
    campagnes::Campagnes,
    poles::fiches::{COMPTE_AU_PLUS, Fiche},
    registre::{
        annuaire::{Annuaire, Filtre, NON_CONNU, OUI, PAR_ARRIVEE, PAR_SIGNE, REELS},
        carte::{self, Place},
        fiche::{FicheLue, faits_lies},
        sorties::en_cours,
    },
    socle::mise_en_page::{Cadre, Page},
    urls,
};

const NOT_KNOWN: &str = "not known";

/// `/en/poles`
pub fn clusters(cadre: &Cadre, vue: &Annuaire, site: &str) -> Markup {
    Page::new("Clusters")
        .indexable()
        .en_anglais(&vue.filtre.du_debut().adresse(urls::POLES))
        .apercu(Apercu {
            adresse: format!("{site}{}", urls::CLUSTERS).into(),
            description: "The register of the French territorial clusters for economic cooperation (PTCE).".into(),
            faits_lies: None,
        })
        .montrer(
            cadre,
            html! {
                p.fr-text--lead {
                    "A " i lang="fr" { "pôle territorial de coopération économique" } " (PTCE) is a "
                    (anglais::POLE) ": in one territory, social economy organisations, other firms, local \
                     authorities, research and training bodies work together on lasting projects. French law \
                     defines it (Act 2014-856 on the social and solidarity economy, article 9); no official \
                     title makes one."
                }
                (recherche(cadre, vue))
                (filtres(vue))
                (corrigee(vue))
                @if vue.fiches.is_empty() {
                    (personne(vue))
                    (a_part(vue))
                } @else {
                    p { (combien(cadre, vue)) }
                    (a_part(vue))
                    (tableau(vue))
                    (feuilleter(vue))
                }
            },
        )
}

fn recherche<'a>(cadre: &Cadre, vue: &'a Annuaire) -> Formulaire<'a> {
    let f = &vue.filtre;
    let mut regions = Region::TOUTES.to_vec();
    regions.sort_by_key(|region| plier(anglais::region(*region)));
    let regions = regions
        .into_iter()
        .map(|r| Choix::nouveau(r.code(), anglais::region(r)));
    let mut themes = Theme::TOUS.to_vec();
    themes.sort_by_key(|theme| anglais::theme(*theme));
    let themes = themes
        .into_iter()
        .map(|t| Choix::nouveau(t.code(), anglais::theme(t)));
    let signes = Signe::TOUS
        .iter()
        .map(|s| Choix::nouveau(s.code(), anglais::signe(*s)))
        .chain([Choix::nouveau(NON_CONNU, "Signature not known")]);
    let liste = |nom: &'static str, libelle, choix: Vec<Choix<'static>>, valeur: &'a str| {
        ListeDeroulante::nouvelle(nom, libelle, choix)
            .identifiant(format!("filtre-{nom}"))
            .valeur(Some(valeur))
            .invite(Some("All"))
    };
    let inconnu = || [Choix::nouveau(NON_CONNU, "Not known")];
    let maturites = Maturite::TOUS
        .iter()
        .map(|m| Choix::nouveau(m.code(), anglais::maturite(*m)));
    let tris = vec![
        Choix::nouveau(PAR_SIGNE, "Latest sign"),
        Choix::nouveau(PAR_ARRIVEE, "Latest to come"),
    ];
    let reels = vec![Choix::nouveau(REELS, "Real clusters")];
    let oui_ou_non = |nom, libelle, valeur: &'a str| {
        let choix = [("oui", "Yes"), ("non", "No"), (NON_CONNU, "Not known")];
        let choix = choix.map(|(valeur, dit)| Choix::nouveau(valeur, dit));
        liste(nom, libelle, choix.to_vec(), valeur)
    };
    let formulaire = Formulaire::recherche(
        urls::CLUSTERS,
        html! {
            div.co-recherche {
                (Champ::texte("q", "Name, place or theme, in French").valeur(f.q.as_str()))
                (Bouton::principal("Search"))
            }
            div.co-recherche.co-recherche--filtres {
                (liste("region", "Region", regions.chain(inconnu()).collect(), f.region().map_or(f.region.as_str(), |region| region.code())))
                (liste("theme", "Theme", themes.chain(inconnu()).collect(), &f.theme))
                (liste("maturite", "Stage", maturites.chain(inconnu()).collect(), &f.maturite))
                (liste("signe", "Known by", signes.collect(), &f.signe))
                (oui_ou_non("rural", "Rural area", &f.rural))
                (oui_ou_non("qpv", "Priority urban neighbourhood", &f.qpv))
                @if cadre.demonstration.is_some() {
                    (liste("monde", "World", reels, &f.monde).invite(Some("Real and invented")))
                }
                (liste("tri", "Sort by", tris, &f.tri).invite(Some("Name")))
                (Bouton::secondaire("Apply"))
            }
        },
    );
    // Chosen from pages in French: kept all the same.
    let gardes = [("departement", &f.departement), ("epci", &f.epci)];
    let gardes = gardes.into_iter().filter(|(_, valeur)| !valeur.is_empty());
    gardes.fold(formulaire, |formulaire, (nom, valeur)| {
        formulaire.cache(nom, valeur.as_str())
    })
}

fn filtres(vue: &Annuaire) -> Markup {
    let actifs = vue.filtre.actifs();
    let actifs: Vec<(&str, String)> = actifs
        .iter()
        .map(|actif| {
            (
                actif.en_anglais.as_str(),
                actif.sans.adresse(urls::CLUSTERS),
            )
        })
        .collect();
    let paires: Vec<(&str, &str)> = actifs
        .iter()
        .map(|(dit, sans)| (*dit, sans.as_str()))
        .collect();
    filtres_actifs_en(Langue::Anglais, &paires, urls::CLUSTERS)
}

/// Why nothing is there, and the lists with one filter less.
fn personne(vue: &Annuaire) -> Markup {
    html! {
        p { "No cluster answers " @if vue.sans.len() == 1 { "this filter." } @else { "these filters together." } }
        ul {
            @for (actif, combien) in &vue.sans {
                li {
                    (lien(&actif.sans.adresse(urls::CLUSTERS), &format!("Without {}", actif.en_anglais)))
                    ": " (compte(*combien))
                }
            }
            li { (lien(urls::CLUSTERS, "See all clusters")) }
        }
    }
}

/// Those whose record does not say what a filter asks: neither in, nor out.
fn a_part(vue: &Annuaire) -> Markup {
    html! {
        @if !vue.tus.is_empty() {
            p {
                "Counted apart, for want of knowing: "
                @for (rang, (tu, combien)) in vue.tus.iter().enumerate() {
                    @if rang > 0 { ", " }
                    @let clusters = if *combien > 1 { "clusters" } else { "cluster" };
                    (lien(&tu.ceux_la.adresse(urls::CLUSTERS), &format!("{} {clusters} whose {}", compte(*combien), tu.en_anglais)))
                }
                "."
            }
        }
    }
}

/// What was looked for instead of what was typed, and how to insist.
fn corrigee(vue: &Annuaire) -> Markup {
    let insister = Filtre {
        exact: OUI.to_owned(),
        ..vue.filtre.du_debut()
    };
    html! {
        @if let Some(corriges) = &vue.corriges {
            p {
                "Results for “" span lang="fr" { (corriges) } "”; "
                (lien(&insister.adresse(urls::CLUSTERS), &format!("search for “{}” exactly", vue.filtre.q.trim())))
                "."
            }
        }
    }
}

/// The count, what it counts, and when.
fn combien(cadre: &Cadre, vue: &Annuaire) -> String {
    let mot = if vue.combien > 1 {
        "clusters"
    } else {
        "cluster"
    };
    let invented = match cadre.demonstration.is_some() && vue.filtre.monde != REELS {
        true => ", or invented for this demonstration",
        false => "",
    };
    format!(
        "{} {mot} in this register as of {}: found in public lists that each record names, or declared here by \
         their team{invented}; without those asleep or struck off.",
        compte(vue.combien),
        temps::jour_en_anglais(cadre.maintenant)
    )
}

/// A count, as English writes it, and what is said past what is counted.
fn compte(combien: u64) -> String {
    match combien {
        exact if exact <= COMPTE_AU_PLUS => milliers(exact),
        _ => format!("more than {}", milliers(COMPTE_AU_PLUS)),
    }
}

/// « 10,000 ».
fn milliers(combien: u64) -> String {
    nombre(combien).replace('\u{202f}', ",")
}

fn tableau(vue: &Annuaire) -> Tableau<'_> {
    let colonnes = vec![
        Colonne::cle("Cluster"),
        Colonne::texte("Place"),
        Colonne::texte("Themes"),
        Colonne::texte("Known by"),
    ];
    let lignes = vue.fiches.iter().map(|fiche| {
        vec![
            html! {
                (lien(&urls::cluster(fiche.id), &fiche.nom))
                @if fiche.invente { " " (invented()) }
            },
            html! { (lieu(&fiche.lieu)) },
            html! { (themes(fiche)) },
            signes(fiche),
        ]
    });
    Tableau::nouveau("Clusters of the register", colonnes)
        .legende_masquee()
        .lignes(lignes)
}

fn feuilleter(vue: &Annuaire) -> Markup {
    let page = |dit: &str, filtre: &Filtre| lien(&filtre.adresse(urls::CLUSTERS), dit);
    html! {
        @if vue.precedente.is_some() || vue.suivante.is_some() {
            nav aria-label="Pages of the list" {
                @if let Some(precedente) = &vue.precedente { (page("Previous", precedente)) " " }
                @if let Some(suivante) = &vue.suivante { (page("Next", suivante)) }
            }
        }
    }
}

fn invented() -> Markup {
    badge(Ton::Neutre, "Invented")
}

/// « Morlaix (29), Brittany ».
fn lieu(lieu: &Lieu) -> String {
    let local = match (&lieu.commune, &lieu.departement) {
        (Some(commune), Some(departement)) => Some(format!("{commune} ({departement})")),
        (Some(commune), None) => Some(commune.clone()),
        (None, Some(departement)) => Some(format!("department {departement}")),
        (None, None) => None,
    };
    let region = lieu.region.map(|region| anglais::region(region).to_owned());
    let dits: Vec<String> = local.into_iter().chain(region).collect();
    match dits.is_empty() {
        true => NOT_KNOWN.to_owned(),
        false => dits.join(", "),
    }
}

fn themes(fiche: &Fiche) -> String {
    let dits: Vec<&str> = fiche.themes.iter().map(|t| anglais::theme(*t)).collect();
    match dits.is_empty() {
        true => NOT_KNOWN.to_owned(),
        false => dits.join(", "),
    }
}

fn signes(fiche: &Fiche) -> Markup {
    let dits: Vec<(Ton, &str)> = fiche
        .signes
        .iter()
        .map(|signe| (Ton::Information, anglais::signe(*signe)))
        .collect();
    match dits.is_empty() {
        true => html! { "none known" },
        false => badges(&dits),
    }
}

/// `/en/poles/{id}`
pub fn cluster(cadre: &Cadre, vue: &FicheLue, campagnes: &Campagnes, site: &str) -> Markup {
    let fiche = &vue.fiche;
    let place = carte::placer(&fiche.lieu);
    let francais = urls::pole(fiche.id);
    let mut page = Page::new(&fiche.nom)
        .indexable()
        .en_anglais(&francais)
        .apercu(Apercu {
            adresse: format!("{site}{}", urls::cluster(fiche.id)).into(),
            description: format!("A {} in France: {}.", anglais::POLE, lieu(&fiche.lieu)).into(),
            faits_lies: Some(faits_lies(vue, site, temps::jour_de(cadre.maintenant)).to_string()),
        });
    if fiche.invente {
        page = page.etat(invented());
    }
    page.montrer(
        cadre,
        html! {
            (sorti(vue))
            p.fr-text--lead { "A " (anglais::POLE) " (" i lang="fr" { "pôle territorial de coopération économique" } ")." }
            @if let Some(presentation) = &fiche.presentation {
                section aria-labelledby="words" {
                    h2 #words { "In its own words" }
                    div lang="fr" { @for alinea in presentation.lines().filter(|l| !l.trim().is_empty()) {
                        p { (alinea) }
                    } }
                }
            }
            div.co-fiche {
                (faits(&[
                    ("Carrying organisation", en_francais(vue.etat().porteuse().map(|p| p.en_mots()).as_deref())),
                    ("Place", lieu_et_precision(fiche)),
                    ("Territory", en_francais(vue.etat().territoire.as_deref())),
                    ("Themes", html! { (themes(fiche)) }),
                    ("Stage", html! { (dit(fiche.maturite.map(anglais::maturite))) }),
                    ("Rural area", html! { (yes_or_no(fiche.rural)) }),
                    ("Priority urban neighbourhood", html! { (yes_or_no(fiche.qpv)) }),
                    ("Jobs of its members", html! { (emplois(vue)) }),
                    ("Europe: partners, Erasmus+ mobilities", en_francais(vue.etat().europe.as_deref())),
                    ("Website", html! {
                        @match &fiche.site {
                            Some(site) => a.fr-link href=(site) rel="nofollow noopener" { (site) },
                            None => (NOT_KNOWN),
                        }
                    }),
                ]))
                @if let Some(place) = &place { (vignette(fiche, place, dessinee(place).as_ref())) }
            }
            section aria-labelledby="members" {
                h2 #members { "Its members" }
                (membres(vue))
            }
            section aria-labelledby="signs" {
                h2 #signs { "How it is known" }
                p.fr-text--sm { "None of these is a title: any group that meets the definition of the Act may call itself a PTCE." }
                (faits(&[
                    ("Charter", charte(vue)),
                    ("Support call", appels(vue, Signe::Accompagnement, campagnes)),
                    ("Funding call", appels(vue, Signe::Financement, campagnes)),
                ]))
            }
            section aria-labelledby="origin" {
                h2 #origin { "Where this comes from" }
                @match &fiche.source {
                    Some(source) => p { "Found in: " span lang="fr" { (source) } ". What this page does not say, the source does not say." },
                    None if fiche.invente => p { "This cluster and its organisation are invented, for a demonstration." },
                    None => p { "Declared here by its team." },
                }
                p { "The source of each line, and its date, in the words of the French record:" }
                div lang="fr" { (sources(vue.etat(), &vue.dernieres)) }
            }
            (changes(vue))
        },
    )
}

/// The cluster is out of the register.
fn sorti(vue: &FicheLue) -> Markup {
    html! {
        @if let Some(lue) = en_cours(&vue.sorties) {
            p {
                strong { @match lue.sortie.etat {
                    EtatDeSortie::EnSommeil => "Asleep",
                    EtatDeSortie::Radie => "Struck off the register",
                } }
                " since " (temps::jour_en_anglais_de(lue.sortie.depuis)) ": "
                span lang="fr" { (lue.sortie.motif) }
            }
        }
    }
}

/// How the record changed, in the words of its French page.
fn changes(vue: &FicheLue) -> Markup {
    html! {
        @if !vue.historique.feuille.lignes.is_empty() || !vue.sorties.is_empty() {
            section aria-labelledby="changes" {
                h2 #changes { "What changed in this record" }
                div lang="fr" {
                    (histoire(&vue.sorties))
                    (changements(vue.fiche.id, &vue.historique.feuille.lignes))
                }
                p { a.fr-link href=(urls::historique(vue.fiche.id)) hreflang="fr" { "All changes (in French)" } }
            }
        }
    }
}

/// What the pole says of itself, in its own language.
fn en_francais(valeur: Option<&str>) -> Markup {
    html! {
        @match valeur {
            Some(texte) => span lang="fr" { (texte) },
            None => (NOT_KNOWN),
        }
    }
}

fn emplois(vue: &FicheLue) -> String {
    match vue.etat().emplois {
        Some(combien) => format!(
            "{}, full-time equivalents",
            milliers(combien.unsigned_abs())
        ),
        None => NOT_KNOWN.to_owned(),
    }
}

/// The members, those who left included.
fn membres(vue: &FicheLue) -> Markup {
    let colonnes = vec![
        Colonne::cle("Member"),
        Colonne::texte("Kind"),
        Colonne::texte("When"),
    ];
    let lignes: Vec<Vec<Markup>> = vue
        .etat()
        .membres()
        .iter()
        .map(|membre| {
            let quand = anglais::quand(membre);
            vec![
                html! {
                    span lang="fr" { (membre.nom) }
                    @if membre.tiers_lieu { " " (badge(Ton::Neutre, "Third place")) }
                },
                html! { (anglais::nature(membre.nature)) },
                html! { @if quand.is_empty() { (NOT_KNOWN) } @else { (quand) } },
            ]
        })
        .collect();
    html! {
        @if lignes.is_empty() {
            p { "Members not known: no source gives them." }
        } @else {
            (Tableau::nouveau("Members of the cluster", colonnes).legende_masquee().lignes(lignes))
        }
    }
}

fn dit(valeur: Option<&str>) -> &str {
    valeur.unwrap_or(NOT_KNOWN)
}

const fn yes_or_no(valeur: Option<bool>) -> &'static str {
    match valeur {
        Some(true) => "yes",
        Some(false) => "no",
        None => NOT_KNOWN,
    }
}

fn lieu_et_precision(fiche: &Fiche) -> Markup {
    let precision = match fiche.lieu.precision() {
        Precision::Commune | Precision::Inconnue => "",
        Precision::Departement => ", known to the department",
        Precision::Region => ", known to the region",
    };
    html! { (lieu(&fiche.lieu)) (precision) }
}

/// How precisely the small map draws the place, when it is no commune.
fn dessinee(place: &Place) -> Option<Markup> {
    let quoi = match place.situation.precision {
        Precision::Commune | Precision::Inconnue => return None,
        Precision::Departement => "department",
        Precision::Region => "region",
    };
    Some(html! { "Placed at the " (quoi) })
}

fn charte(vue: &FicheLue) -> Markup {
    html! {
        @if vue.signatures.is_empty() {
            @if vue.fiche.invente {
                "no signature recorded"
            } @else if let Some(liste) = &vue.liste_attestee {
                "not among the signatories listed as of " (temps::jour_en_anglais_de(liste.jour))
            } @else { "not known: no public list tells who signed" }
        }
        @for signature in &vue.signatures {
            p {
                span lang="fr" { (signature.titre) } ": signed on " (temps::jour_en_anglais(signature.signee_le))
                @if let Some(le) = signature.retiree_le { ", withdrawn on " (temps::jour_en_anglais(le)) }
                @if signature.doublon_de.is_some() { ", same cluster, signed twice" }
                ". "
                a.fr-link href=(urls::signature_de_la_charte(signature.id)) hreflang="fr" { "Proof (in French)" }
            }
        }
    }
}

fn appels(vue: &FicheLue, signe: Signe, campagnes: &Campagnes) -> Markup {
    let gagnes: Vec<_> = vue.laureats.iter().filter(|l| l.signe == signe).collect();
    html! {
        @if gagnes.is_empty() { "no call known" }
        @for laureat in gagnes {
            p {
                span lang="fr" { (campagnes.titre(&laureat.campagne)) }
                @match laureat.le {
                    Some(Moment::Jour(le)) => { ", selected on " (temps::jour_en_anglais_de(le)) }
                    Some(Moment::Annee(annee)) => { ", selected in " (annee) }
                    None => ", selected on a date that the source does not give",
                }
            }
        }
    }
}

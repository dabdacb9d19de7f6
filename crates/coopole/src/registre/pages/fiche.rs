//! The public record of a pole: what it does, where, by which signs it is
//! known, and where each fact comes from. No person is named.

use dsfr::{
    Apercu, Bouton, Colonne, Tableau, Ton, badge, boutons, etiquettes, faits, lien, nombre,
};
use jiff::civil::Date;
use maud::{Markup, html};
use metier::{
    commun::{temps, typographie},
    poles::{Membre, Moment, NatureMembre, Precision, Signe, Theme},
};

use super::{
    annuaire::invente,
    carte::vignette,
    fusions::fusionnees,
    historique::{changements, sources},
    sorties::{histoire, sorti},
};
use crate::{
    campagnes::Campagnes,
    poles::{etat::Etat, fiches::Fiche},
    registre::{
        carte::{self, Place},
        fiche::{FicheLue, faits_lies, resume},
        sorties::en_cours,
    },
    socle::mise_en_page::{Cadre, Page},
    urls,
};

/// Said of what no source gives: a value like another.
const NON_CONNU: &str = "non connu";

/// `/poles/{id}`; `site` is where the addresses given to others begin.
pub fn fiche(cadre: &Cadre, vue: &FicheLue, campagnes: &Campagnes, site: &str) -> Markup {
    let fiche = &vue.fiche;
    let nom = typographie(&fiche.nom);
    let anglais = urls::cluster(fiche.id);
    let place = carte::placer(&fiche.lieu);
    let jour = temps::jour_de(cadre.maintenant);
    let mut page = Page::new(&nom)
        .indexable()
        .sous(&[(urls::POLES, "Pôles")])
        .traduite(&anglais)
        .apercu(Apercu {
            adresse: format!("{site}{}", urls::pole(fiche.id)).into(),
            description: typographie(&resume(fiche)).into(),
            faits_lies: Some(faits_lies(vue, site, jour).to_string()),
        });
    if fiche.invente {
        page = page.etat(invente());
    }
    page.montrer(
        cadre,
        html! {
            (sorti(&vue.sorties))
            @if let Some(presentation) = &fiche.presentation {
                div.fr-text--lead { @for alinea in presentation.lines().filter(|l| !l.trim().is_empty()) {
                    p { (typographie(alinea)) }
                } }
            }
            @if !fiche.themes.is_empty() { (themes(fiche)) }
            div.co-fiche {
                (faits(&[
                    ("Structure porteuse", porteuse(vue.etat())),
                    ("Famille de l’ESS", dit(vue.etat().qualite_ess().map(|qualite| qualite.libelle().to_owned()))),
                    ("Lieu", lieu(fiche)),
                    ("Territoire", dit(vue.etat().territoire.clone())),
                    ("Maturité", dit(fiche.maturite.map(|maturite| maturite.libelle().to_owned()))),
                    ("Territoire rural", oui_ou_non(fiche.rural)),
                    ("Quartier prioritaire (QPV)", oui_ou_non(fiche.qpv)),
                    ("Emplois des membres", dit(emplois(vue.etat()))),
                    ("Europe", dit(vue.etat().europe.clone())),
                    ("Site internet", site_du_pole(fiche)),
                ]))
                @if let Some(place) = &place { (vignette(fiche, place, Some(&sur_la_carte(place)))) }
            }
            section aria-labelledby="membres" {
                h2 #membres { "Ses membres" }
                (membres(vue.etat(), jour))
            }
            section aria-labelledby="signes" {
                h2 #signes { "Ce qui le fait connaître" }
                p.fr-text--sm {
                    (typographie("Aucun de ces signes n’est un titre : toute dynamique qui répond à la définition \
                                  de la loi peut se dire pôle territorial de coopération économique."))
                }
                (faits(&[
                    ("Charte", charte(vue)),
                    ("Accompagnement", appels(vue, Signe::Accompagnement, campagnes)),
                    ("Financement", appels(vue, Signe::Financement, campagnes)),
                ]))
            }
            section aria-labelledby="origine" {
                h2 #origine { "D’où viennent ces informations" }
                (origine(fiche))
                (sources(vue.etat(), &vue.dernieres))
                (boutons(&[Bouton::secondaire("Proposer une correction").vers(urls::correctifs(fiche.id))]))
                p { (lien(&urls::revendication(fiche.id), "Ce pôle est le vôtre\u{202f}?")) }
                @if vue.se_sort {
                    p { (lien(&urls::sortie(fiche.id), match en_cours(&vue.sorties) {
                        Some(_) => "Annuler sa sortie du registre",
                        None => "Le mettre en sommeil, ou le radier",
                    })) }
                }
            }
            @if !vue.historique.feuille.lignes.is_empty() || !vue.sorties.is_empty() || vue.fusions.iter().any(|f| f.defaite_le.is_none()) {
                section aria-labelledby="historique" {
                    h2 #historique { "Ce qui a changé sur cette fiche" }
                    (histoire(&vue.sorties))
                    (fusionnees(&vue.fusions))
                    (changements(fiche.id, &vue.historique.feuille.lignes))
                    @if vue.historique.feuille.suivante.is_some() {
                        p { (lien(&urls::historique(fiche.id), "Toutes les modifications de cette fiche")) }
                    }
                }
            }
        },
    )
}

fn themes(fiche: &Fiche) -> Markup {
    let liens: Vec<(&str, String)> = fiche
        .themes
        .iter()
        .map(|theme: &Theme| {
            (
                theme.libelle(),
                urls::avec(urls::POLES, &[("theme", theme.code())]),
            )
        })
        .collect();
    let liens: Vec<(&str, Option<&str>)> = liens
        .iter()
        .map(|(dit, adresse)| (*dit, Some(adresse.as_str())))
        .collect();
    etiquettes(&liens)
}

/// The map says how precisely it draws: a commune that it cannot place stands at
/// its department.
fn sur_la_carte(place: &Place) -> Markup {
    let (region, precision) = (place.situation.region.code(), place.situation.precision);
    html! {
        (lien(&urls::avec(urls::CARTE, &[("region", region)]), "Sur la carte"))
        @if precision != Precision::Commune { ", placé " (precision.a_quoi()) }
    }
}

fn porteuse(etat: &Etat) -> Markup {
    let porteuse = etat.porteuse().map(|porteuse| porteuse.en_mots());
    html! { (dit(porteuse)) }
}

fn emplois(etat: &Etat) -> Option<String> {
    let combien = etat.emplois?.unsigned_abs();
    Some(format!("{}, en équivalents temps plein", nombre(combien)))
}

/// Those who are members, by kind, then those who were.
fn membres(etat: &Etat, jour: Date) -> Markup {
    let (presents, partis): (Vec<Membre>, Vec<Membre>) = etat
        .membres()
        .into_iter()
        .partition(|membre| membre.l_est(jour));
    let colonnes = vec![
        Colonne::cle("Membre"),
        Colonne::texte("Nature"),
        Colonne::texte("Quand"),
    ];
    html! {
        @if presents.is_empty() {
            p { "Membres non connus\u{202f}: aucune source ne les donne." }
        } @else {
            p { (typographie(&combien_de_membres(&presents))) }
        }
        @if !presents.is_empty() || !partis.is_empty() {
            (Tableau::nouveau("Membres du pôle", colonnes)
                .legende_masquee()
                .lignes(presents.iter().chain(&partis).map(un_membre)))
        }
    }
}

fn combien_de_membres(presents: &[Membre]) -> String {
    let ess = presents
        .iter()
        .filter(|m| m.nature == NatureMembre::Ess)
        .count();
    match presents.len() {
        1 => "1 membre connu.".to_owned(),
        n => format!("{n} membres connus, dont {ess} de l’économie sociale et solidaire."),
    }
}

fn un_membre(membre: &Membre) -> Vec<Markup> {
    let quand = match membre.quand() {
        quand if quand.is_empty() => NON_CONNU.to_owned(),
        quand => quand,
    };
    vec![
        html! {
            (typographie(&membre.nom))
            @if membre.tiers_lieu { " " (badge(Ton::Neutre, "Tiers-lieu")) }
        },
        html! { (membre.nature.libelle()) },
        html! { (quand) },
    ]
}

fn site_du_pole(fiche: &Fiche) -> Markup {
    html! {
        @match &fiche.site {
            Some(site) => a.fr-link href=(site) rel="nofollow noopener" { (site) },
            None => (NON_CONNU),
        }
    }
}

fn lieu(fiche: &Fiche) -> Markup {
    let precision = fiche.lieu.precision();
    html! {
        @if precision == Precision::Inconnue {
            (NON_CONNU)
        } @else {
            (typographie(&fiche.lieu.en_mots()))
            @if precision != Precision::Commune { ", lieu " (precision.en_mots()) }
            @if let Some(region) = fiche.lieu.region {
                br;
                (lien(&urls::region(region), "Les pôles de cette région"))
            }
        }
    }
}

fn charte(vue: &FicheLue) -> Markup {
    html! {
        @if vue.signatures.is_empty() {
            @if vue.fiche.invente {
                "aucune signature enregistrée"
            } @else if let Some(liste) = &vue.liste_attestee {
                (typographie(&format!(
                    "non signataire selon la liste complète au {} ({})",
                    temps::jour_court_de(liste.jour), liste.source)))
            } @else {
                "signature " (NON_CONNU) "e\u{202f}: aucune liste publique ne la donne"
            }
        }
        @for signature in &vue.signatures {
            p {
                (typographie(&format!("{} : signature du {}", signature.titre, temps::jour_long(signature.signee_le))))
                @if let Some(le) = signature.retiree_le {
                    (typographie(&format!(", retirée le {}", temps::jour_long(le))))
                }
                @if let Some(source) = &signature.source { (typographie(&format!(", consignée d’après : {source}"))) }
                @if signature.doublon_de.is_some() { ", même pôle, signature doublée" }
                " " a.fr-link href=(urls::signature_de_la_charte(signature.id)) {
                    "Preuve" span.fr-sr-only { " de la signature, " (signature.titre) }
                }
            }
        }
    }
}

/// The calls of that kind this pole won, each by its title and its source's date.
fn appels(vue: &FicheLue, signe: Signe, campagnes: &Campagnes) -> Markup {
    let gagnes: Vec<_> = vue.laureats.iter().filter(|l| l.signe == signe).collect();
    html! {
        @if gagnes.is_empty() { "aucun appel connu" }
        @for laureat in gagnes {
            @let titre = typographie(campagnes.titre(&laureat.campagne));
            p {
                @match campagnes.find(&laureat.campagne) {
                    Ok(appel) => (lien(&urls::appel(&appel.code), &titre)),
                    Err(_) => (titre),
                }
                @match laureat.le {
                    Some(Moment::Jour(le)) => { ", lauréat le " (temps::jour_long_de(le)) }
                    Some(Moment::Annee(annee)) => { ", lauréat en " (annee) }
                    None => ", lauréat à une date que la source ne donne pas",
                }
                @match (campagnes.find(&laureat.campagne), laureat.source.as_ref().or(vue.fiche.source.as_ref())) {
                    (Ok(appel), _) => { ". " (lien(&urls::laureats(&appel.code), "Liste des lauréats")) }
                    (Err(_), Some(source)) => (typographie(&format!(", d’après : {}", source.trim_end_matches('.')))),
                    (Err(_), None) => "",
                }
            }
        }
    }
}

fn origine(fiche: &Fiche) -> Markup {
    html! {
        @match &fiche.source {
            Some(source) => {
                p { (typographie("Relevé dans : ")) (typographie(source)) "." }
                p { (typographie("Ce que cette page ne dit pas, la source ne le dit pas.")) }
            }
            None if fiche.invente => p {
                "Ce pôle et sa structure sont inventés pour la démonstration."
            },
            None => p { "Déclaré ici par son équipe." },
        }
    }
}

fn dit(valeur: Option<String>) -> Markup {
    html! { (valeur.map_or_else(|| NON_CONNU.to_owned(), |texte| typographie(&texte))) }
}

fn oui_ou_non(valeur: Option<bool>) -> Markup {
    html! {
        @match valeur {
            Some(true) => "oui",
            Some(false) => "non",
            None => (NON_CONNU),
        }
    }
}

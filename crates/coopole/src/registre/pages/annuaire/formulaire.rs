//! What the directory and the map are asked: words first, then the filters.

use dsfr::{Bouton, Case, Champ, Choix, Formulaire, ListeDeroulante};
use maud::{Markup, html};
use metier::{
    commun::{Region, plier, typographie},
    poles::{Maturite, Signe, Theme},
};

use crate::{
    registre::{
        annuaire::{Annuaire, Monde, NON_CONNU, OUI, PAR_ARRIVEE, PAR_SIGNE, REELS},
        region,
    },
    socle::{departements, mise_en_page::Cadre},
};

/// The form; its answer has an address of its own.
pub fn recherche<'a>(cadre: &Cadre, vue: &'a Annuaire, ici: &'a str) -> Formulaire<'a> {
    let (q, epci) = (vue.filtre.q.as_str(), vue.filtre.epci.as_str());
    let formulaire = Formulaire::recherche(
        ici,
        html! {
            div.co-recherche {
                (Champ::texte("q", "Commune, pôle, structure, thème ou mot de sa présentation").valeur(q))
                (Bouton::principal("Rechercher"))
            }
            (filtres(cadre, vue))
        },
    );
    // Chosen from its page, not from a list of a thousand: kept all the same.
    match epci {
        "" => formulaire,
        epci => formulaire.cache("epci", epci),
    }
}

fn filtres(cadre: &Cadre, vue: &Annuaire) -> Markup {
    let f = &vue.filtre;
    let region = f.region();
    let liste = |nom: &'static str, libelle, choix: Vec<Choix<'static>>, valeur: &str| {
        ListeDeroulante::nouvelle(nom, libelle, choix)
            .identifiant(format!("filtre-{nom}"))
            .valeur(Some(valeur.to_owned()))
            .invite(Some("Tous"))
    };
    html! {
        div.co-recherche.co-recherche--filtres {
            (liste("region", "Région", regions(), region.map_or(f.region.as_str(), |region| region.code())).invite(Some("Toutes")))
            (liste("departement", "Département", departements(region), &f.departement))
            (liste("theme", "Thème", themes(), &f.theme))
            (liste("maturite", "Maturité", maturites(), &f.maturite).invite(Some("Toutes")))
            (liste("signe", "Signe", signes(), &f.signe))
            @if cadre.demonstration.is_some() {
                (monde(&f.monde).identifiant("filtre-monde"))
            }
            (liste("tri", "Trier par", vec![
                Choix::nouveau(PAR_SIGNE, "Signe le plus récent"),
                Choix::nouveau(PAR_ARRIVEE, "Dernier venu"),
            ], &f.tri)
                .invite(Some("Nom")))
            div.co-recherche__cases {
                (case("rural", &f.rural, ["Rural", "Non rural", "Ruralité non connue"]))
                (case("qpv", &f.qpv, ["Quartier prioritaire (QPV)", "Hors QPV", "QPV non connu"]))
            }
            (Bouton::secondaire("Appliquer"))
        }
    }
}

/// With or without the invented poles.
pub fn monde<'a>(dit: &str) -> ListeDeroulante<'a> {
    ListeDeroulante::nouvelle("monde", "Monde", vec![Choix::nouveau(REELS, "Pôles réels")])
        .valeur(Some(dit.to_owned()))
        .invite(Some("Réels et inventés"))
}

/// The same choice, alone on the page of a place: only a demonstration has two
/// worlds.
pub fn choisir_le_monde(cadre: &Cadre, ici: &str, choisi: &Monde) -> Markup {
    html! {
        @if cadre.demonstration.is_some() {
            (Formulaire::recherche(ici, html! {
                (monde(choisi.dit()))
                (Bouton::secondaire("Appliquer"))
            }).en_ligne().etiquette("Pôles réels ou inventés"))
        }
    }
}

/// A box to tick; where the address asks for the contrary, or for what is not
/// known, the box says so and is ticked: another filter leaves it there.
fn case(nom: &'static str, valeur: &str, [oui, non, inconnu]: [&'static str; 3]) -> Case<'static> {
    match valeur {
        "non" => Case::nouvelle(nom, non).valant("non").cochee(true),
        NON_CONNU => Case::nouvelle(nom, inconnu).valant(NON_CONNU).cochee(true),
        valeur => Case::nouvelle(nom, oui).cochee(valeur == OUI),
    }
}

fn regions() -> Vec<Choix<'static>> {
    let regions = region::par_nom().into_iter();
    regions
        .map(|r| Choix::nouveau(r.code(), r.nom()))
        .chain([Choix::nouveau(NON_CONNU, "Non connue")])
        .collect()
}

/// Those of the region chosen, or all, in the order of their names.
fn departements(region: Option<Region>) -> Vec<Choix<'static>> {
    let regions = match region {
        Some(region) => vec![region],
        None => Region::TOUTES.to_vec(),
    };
    let codes = regions.iter().flat_map(|region| region.departements());
    let mut codes: Vec<&'static str> = codes.copied().collect();
    codes.sort_by_cached_key(|code| departements::nom(code).map(plier));
    let connus = codes
        .into_iter()
        .map(|code| Choix::nouveau(code, typographie(&departements::lisible(code))));
    connus
        .chain([Choix::nouveau(NON_CONNU, "Non connu")])
        .collect()
}

fn themes() -> Vec<Choix<'static>> {
    let themes = Theme::TOUS.iter();
    themes
        .map(|t| Choix::nouveau(t.code(), t.libelle()))
        .chain([Choix::nouveau(NON_CONNU, "Non connu")])
        .collect()
}

fn maturites() -> Vec<Choix<'static>> {
    let niveaux = Maturite::TOUS.iter();
    niveaux
        .map(|niveau| Choix::nouveau(niveau.code(), niveau.libelle()))
        .chain([Choix::nouveau(NON_CONNU, "Non connue")])
        .collect()
}

fn signes() -> Vec<Choix<'static>> {
    let signes = Signe::TOUS.iter();
    signes
        .map(|s| Choix::nouveau(s.code(), s.libelle()))
        .chain([Choix::nouveau(NON_CONNU, "Signature non connue")])
        .collect()
}

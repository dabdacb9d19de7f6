//! The map of the poles: the same filters as the directory, the list, then the
//! drawing, what its shapes say, and how to take it elsewhere.

mod dessin;

pub use dessin::{par_region, vignette};

use dsfr::{depliant, lien};
use maud::{Markup, html};
use metier::{commun::typographie, poles::Precision};

use super::annuaire::{
    a_part, combien, corrigee, feuilleter, filtres, formes, invente, personne, recherche, reserve,
};
use crate::{
    poles::fiches::Fiche,
    registre::carte::{Carte, Choisie},
    socle::mise_en_page::{self, Cadre, Page},
    urls,
};

/// `/carte`; `site` is where the addresses given to others begin.
pub fn carte(cadre: &Cadre, vue: &Carte, site: &str) -> Markup {
    let liste = &vue.liste;
    Page::new("Carte des pôles")
        .indexable()
        .sous(&[(urls::POLES, "Pôles")])
        .montrer(
            cadre,
            html! {
                (formes(liste, urls::CARTE))
                (recherche(cadre, liste, urls::CARTE))
                (filtres(liste, urls::CARTE))
                (corrigee(liste, urls::CARTE))
                @if vue.jalons.is_empty() {
                    (personne(liste, urls::CARTE))
                    (a_part(liste, urls::CARTE))
                } @else {
                    p { (typographie(&combien(cadre, liste))) }
                    (reserve(liste))
                    (a_part(liste, urls::CARTE))
                    (sans_lieu(vue))
                    div.co-carte {
                        (a_cote(vue))
                        section.co-carte__dessin aria-labelledby="dessin" {
                            h2 #dessin .fr-sr-only { "Carte" }
                            (dessin::dessin(vue))
                            (legende(vue))
                        }
                    }
                    (super::exports(&liste.filtre))
                    (integrer(vue, site))
                    (credits())
                }
            },
        )
}

/// `/carte/integrer`
pub fn integree(cadre: &Cadre, vue: &Carte) -> Markup {
    let liste = &vue.liste;
    let filtre = liste.filtre.du_debut();
    mise_en_page::integree(
        cadre,
        "Carte des pôles",
        &html! {
            h1.fr-h6 { "Pôles territoriaux de coopération économique" }
            @if vue.jalons.is_empty() {
                p { "Aucun pôle avec ces filtres." }
            } @else {
                p.fr-text--sm { (typographie(&combien(cadre, liste))) }
                (dessin::dessin(vue))
                (legende(vue))
            }
            p.fr-text--sm {
                (lien(&filtre.adresse(urls::CARTE), "La carte et sa liste sur Coopôle"))
                " (nouvel onglet, comme tous les liens de cette carte)"
            }
            (credits())
        },
    )
}

/// The poles that no point shows.
fn sans_lieu(vue: &Carte) -> Markup {
    let adresse = vue.liste.filtre.du_debut().adresse(urls::POLES);
    html! {
        @match vue.places(Precision::Inconnue) {
            0 => "",
            1 => p { (typographie("1 pôle sans lieu connu : ")) (lien(&adresse, "dans la liste")) " seulement." },
            n => p { (typographie(&format!("{n} pôles sans lieu connu : "))) (lien(&adresse, "dans la liste")) " seulement." },
        }
    }
}

/// The list beside the map: a page of all, or the poles of one marker.
fn a_cote(vue: &Carte) -> Markup {
    let liste = &vue.liste;
    html! {
        section #liste .co-carte__liste.co-carte__liste--choisie[vue.choisie.is_some()]
            aria-labelledby="titre-liste" {
            @match &vue.choisie {
                Some(choisie) => {
                    h2 #titre-liste .fr-h6 { (typographie(&titre(choisie))) }
                    p { (lien(&liste.filtre.du_debut().adresse(urls::CARTE), "Revenir à toute la liste")) }
                }
                None => h2 #titre-liste .fr-sr-only { "Liste" },
            }
            ol start=(vue.premier) {
                @for (rang, fiche) in liste.fiches.iter().enumerate() { (une_ligne(rang + 1, fiche)) }
            }
            (feuilleter(liste, urls::CARTE, ou(vue)))
        }
    }
}

fn titre(choisie: &Choisie) -> String {
    format!("{} pôles proches : {}", choisie.combien, choisie.lieu)
}

fn une_ligne(rang: usize, fiche: &Fiche) -> Markup {
    let lieu = fiche.lieu.en_mots();
    let signes: Vec<&str> = fiche.signes.iter().map(|signe| signe.libelle()).collect();
    html! {
        li {
            a.fr-link href=(urls::pole(fiche.id)) data-co-rang=(rang) { (typographie(&fiche.nom)) }
            @if fiche.invente { " " (invente()) }
            div.fr-text--sm {
                @if lieu.is_empty() { "lieu non connu" } @else { (typographie(&lieu)) }
                @if !signes.is_empty() { br; (signes.join(", ")) }
            }
        }
    }
}

fn ou(vue: &Carte) -> String {
    let tous = vue
        .choisie
        .as_ref()
        .map_or(vue.jalons.len(), |choisie| choisie.combien);
    match vue.liste.fiches.len() {
        _ if tous == 1 => "1 pôle".to_owned(),
        montres if montres == tous => format!("{tous} pôles"),
        montres => format!(
            "{} à {} sur {} pôles",
            vue.premier,
            vue.premier + montres - 1,
            dsfr::nombre(tous as u64)
        ),
    }
}

/// What each shape says, and how many stand so.
fn legende(vue: &Carte) -> Markup {
    let cas = [
        ("#un-commune", Precision::Commune, "à la commune"),
        (
            "#un-departement",
            Precision::Departement,
            "au centre du département, faute de mieux",
        ),
        (
            "#un-region",
            Precision::Region,
            "au centre de la région, faute de mieux",
        ),
    ];
    html! {
        ul.co-carte__legende.fr-text--sm {
            @for (forme, precision, dit) in cas {
                @if vue.places(precision) > 0 {
                    li { (cle(forme, false)) (vue.places(precision)) " " (dit) }
                }
            }
            @if vue.jalons.iter().any(|jalon| jalon.invente) {
                li { (cle("#un-commune", true)) "contour seul\u{202f}: pôle inventé pour la démonstration" }
            }
            li { (typographie("Un nombre réunit des pôles proches : il mène à leur liste. Sa forme est celle du lieu le moins précis.")) }
        }
    }
}

fn cle(forme: &str, invente: bool) -> Markup {
    html! {
        svg.co-carte__cle.co-carte__invente[invente] viewBox="-12 -12 24 24" width="24" height="24" aria-hidden="true" {
            use href=(forme) {}
        }
    }
}

/// The frame to copy into another site, with the filters in force.
fn integrer(vue: &Carte, site: &str) -> Markup {
    let adresse = vue.liste.filtre.du_debut().adresse(urls::CARTE_INTEGREE);
    let cadre = format!(
        "<iframe src=\"{site}{}\" title=\"Carte des pôles territoriaux de coopération économique\" \
         width=\"100%\" height=\"1000\" loading=\"lazy\"></iframe>",
        adresse.replace('&', "&amp;")
    );
    depliant(
        "Intégrer cette carte",
        &html! {
            p { (typographie("Copiez ce cadre dans une page de votre site. Il montre la carte avec les filtres choisis ici, \
                              tenue à jour, sans témoin (cookie) ni script.")) }
            pre.co-brut tabindex="0" role="region" aria-label="Cadre à copier" { code { (cadre) } }
            p { (lien(&adresse, "Voir cette carte seule")) }
        },
    )
}

/// Whose work the ground and the places are.
pub fn credits() -> Markup {
    html! {
        p.co-source {
            (typographie("Contours : Natural Earth (domaine public). Coordonnées des communes : "))
            (lien("https://www.geonames.org/", "GeoNames")) " ("
            (lien("https://creativecommons.org/licenses/by/4.0/deed.fr", "CC BY 4.0")) ")."
        }
    }
}

//! Screens of invented content that show every component at work, looked at in
//! a browser while drawing. They hold no rule and serve nobody else.

mod agents;
mod porteur;
mod public;

use maud::{Markup, Render, html};

use crate::*;

const ACTIFS: Actifs<'static> = Actifs {
    feuille: "/actifs/app.css",
    feuille_de_marque: None,
    feuille_sans_script: "/actifs/sans-script.css",
    script: "/actifs/app.js",
    favicon: "/actifs/favicon.svg",
};

/// Every screen: its name, its page.
pub fn galerie() -> Vec<(&'static str, Markup)> {
    vec![
        ("appel", public::appel()),
        ("rubrique", porteur::rubrique()),
        ("verification", porteur::verification()),
        ("budget", porteur::budget()),
        ("a-faire", agents::a_faire()),
        ("lecture", agents::lecture()),
        ("chiffres", public::chiffres()),
        ("composants", public::composants()),
    ]
}

fn page<'a>(titre: &'a str, contenu: Markup) -> Page<'a> {
    let entete = entete(&["Pôles", "Appels", "Services", "Agenda", "Chiffres"])
        .acces("Aide", "/aide")
        .acces("Se connecter", "/connexion");
    page_sous(entete, titre, contenu)
}

fn page_d_agente<'a>(titre: &'a str, contenu: Markup) -> Page<'a> {
    let entete = entete(&["À faire", "Dossiers", "Pôles", "Accompagnements", "Agenda"])
        .acces("Aide", "/aide")
        .acces("Mon espace", "/espace")
        .acces("Maëlle Kerbrat", "/compte")
        .deconnexion("Se déconnecter", "/deconnexion")
        .agit_pour("Cellule Bretagne", Some("/espace"));
    page_sous(entete, titre, contenu).densite(Densite::Dense)
}

fn entete(entrees: &[&'static str]) -> Entete<'static> {
    let entrees = entrees.iter().enumerate();
    let navigation =
        entrees.map(|(rang, nom)| Entree::nouvelle(*nom, format!("/{rang}")).courante(rang == 1));
    Entete::nouveau("Coopôle")
        .devise("Le service des pôles territoriaux de coopération économique")
        .navigation(navigation.collect())
}

fn page_sous<'a>(entete: Entete<'a>, titre: &'a str, contenu: Markup) -> Page<'a> {
    let pied = Pied::nouveau("Coopôle")
        .description("De l’appel au versement, le soutien de l’État aux pôles, au même endroit.")
        .mention(Some("Cette instance n’est pas un site officiel de l’État."))
        .lien("Accessibilité\u{202f}: non conforme", "/accessibilite")
        .lien("Mentions légales", "/mentions-legales")
        .lien("Données personnelles", "/donnees-personnelles")
        .lien("Plan du site", "/plan")
        .imprime("Imprimé le 29/05/2024 à 11 h 58, état au même instant.");
    let bandeau = Bandeau::nouveau("Démonstration")
        .texte("Monde inventé, où il est lundi 27 mai 2024 à 9 h 00 à Paris.")
        .suite(html! {
            (Formulaire::acte("/demonstration/horloge", Bouton::tertiaire("Avancer l’horloge").petit().render()))
            (lien("/courriels", "Courriels"))
            (lien("/demonstration", "Visite guidée"))
        });
    Page::nouvelle(titre, "Coopôle", ACTIFS, entete, pied, contenu).bandeau(bandeau)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn valeurs<'h>(html: &'h str, attribut: &str) -> Vec<&'h str> {
        let debut = format!(" {attribut}=\"");
        html.split(debut.as_str())
            .skip(1)
            .filter_map(|suite| suite.split('"').next())
            .collect()
    }

    #[test]
    fn un_id_ne_sert_qu_une_fois_par_page() {
        for (nom, page) in galerie() {
            let html = page.into_string();
            let mut vus = HashSet::new();
            for id in valeurs(&html, "id") {
                assert!(vus.insert(id), "{nom}: {id} twice");
            }
        }
    }

    #[test]
    fn tout_ce_qui_designe_un_id_le_trouve() {
        for (nom, page) in galerie() {
            let html = page.into_string();
            let ids: HashSet<_> = valeurs(&html, "id").into_iter().collect();
            for attribut in [
                "for",
                "aria-describedby",
                "aria-labelledby",
                "aria-controls",
            ] {
                for id in valeurs(&html, attribut).iter().flat_map(|v| v.split(' ')) {
                    assert!(ids.contains(id), "{nom}: {attribut}={id}");
                }
            }
        }
    }

    #[test]
    fn une_page_n_a_qu_un_titre_un_bouton_plein_et_pas_de_style() {
        for (nom, page) in galerie() {
            let html = page.into_string();
            assert_eq!(html.matches("<h1").count(), 1, "{nom}");
            assert!(
                html.matches("class=\"fr-btn\" type=\"submit\"").count() <= 2,
                "{nom}"
            );
            assert!(
                !html.contains(" style=") && !html.contains(" onclick"),
                "{nom}"
            );
        }
    }
}

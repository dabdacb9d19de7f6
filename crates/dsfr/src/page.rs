//! The page: what surrounds every content, and how a content is laid out.

use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

use crate::{Bandeau, Bouton, Entete, Langue, Pied, Texte, boutons};

/// Where the browser finds our files. This crate draws; it serves nothing.
#[derive(Debug, Clone, Copy)]
pub struct Actifs<'a> {
    /// `app.css`
    pub feuille: &'a str,
    /// The operator's own sheet (a typeface), read after ours; none by default.
    pub feuille_de_marque: Option<&'a str>,
    /// `sans-script.css`, asked for only by a browser without script
    pub feuille_sans_script: &'a str,
    /// `app.js`
    pub script: &'a str,
    /// `favicon.svg`
    pub favicon: &'a str,
}

/// What another site shows of the page when somebody gives its address.
#[derive(Debug, Clone)]
pub struct Apercu<'a> {
    /// The whole address of the page, the one to keep.
    pub adresse: Texte<'a>,
    /// A sentence or two.
    pub description: Texte<'a>,
    /// The same facts for machines: a JSON-LD document, written as it is but
    /// for `<`, so that no name closes its element.
    pub faits_lies: Option<String>,
}

/// How tight a page is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Densite {
    /// For the public and applicants: one thing at a time.
    #[default]
    Calme,
    /// For agents: 25 rows in sight, up to 1 440 px.
    Dense,
}

/// A whole page.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    titre: Texte<'a>,
    service: Texte<'a>,
    actifs: Actifs<'a>,
    entete: Entete<'a>,
    pied: Pied<'a>,
    bandeaux: Vec<Bandeau<'a>>,
    fil: Option<Markup>,
    contenu: Markup,
    a_corriger: usize,
    densite: Densite,
    indexable: bool,
    apercu: Option<Apercu<'a>>,
    langue: Langue,
    traduction: Option<(Langue, Texte<'a>)>,
    flux: Option<(Texte<'a>, Texte<'a>)>,
}

impl<'a> Page<'a> {
    /// A page whose title is « tâche – objet » (the name of the service is
    /// added) and whose `contenu` holds the only `h1`.
    pub fn nouvelle(
        titre: impl Into<Texte<'a>>,
        service: impl Into<Texte<'a>>,
        actifs: Actifs<'a>,
        entete: Entete<'a>,
        pied: Pied<'a>,
        contenu: Markup,
    ) -> Self {
        Self {
            titre: titre.into(),
            service: service.into(),
            actifs,
            entete,
            pied,
            bandeaux: Vec::new(),
            fil: None,
            contenu,
            a_corriger: 0,
            densite: Densite::Calme,
            indexable: false,
            apercu: None,
            langue: Langue::Francais,
            traduction: None,
            flux: None,
        }
    }

    /// Adds a banner under the header.
    #[must_use]
    pub fn bandeau(mut self, bandeau: Bandeau<'a>) -> Self {
        self.bandeaux.push(bandeau);
        self
    }

    /// The breadcrumb ([`crate::fil_d_ariane`]); the home page has none.
    #[must_use]
    pub fn fil(mut self, fil: Markup) -> Self {
        self.fil = Some(fil);
        self
    }

    /// How many things are to be changed: the title opens with it, so that it is
    /// the first thing a screen reader says.
    #[must_use]
    pub fn a_corriger(mut self, problemes: usize) -> Self {
        self.a_corriger = problemes;
        self
    }

    /// Sets the density.
    #[must_use]
    pub fn densite(mut self, densite: Densite) -> Self {
        self.densite = densite;
        self
    }

    /// Lets search engines keep the page: public pages only.
    #[must_use]
    pub fn indexable(mut self) -> Self {
        self.indexable = true;
        self
    }

    /// The language of its content; its banners stay in French.
    #[must_use]
    pub fn langue(mut self, langue: Langue) -> Self {
        self.langue = langue;
        self.entete = self.entete.langue(langue);
        self.pied = self.pied.langue(langue);
        self
    }

    /// Where the same page is in another language.
    #[must_use]
    pub fn traduction(mut self, langue: Langue, adresse: impl Into<Texte<'a>>) -> Self {
        self.traduction = Some((langue, adresse.into()));
        self
    }

    /// The feed (Atom) that tells what is new here: its title, its address.
    #[must_use]
    pub fn flux(mut self, titre: impl Into<Texte<'a>>, adresse: impl Into<Texte<'a>>) -> Self {
        self.flux = Some((titre.into(), adresse.into()));
        self
    }

    /// Says what other sites show of it.
    #[must_use]
    pub fn apercu(mut self, apercu: Apercu<'a>) -> Self {
        self.apercu = Some(apercu);
        self
    }

    fn tete(&self) -> Markup {
        html! {
            head {
                meta charset="utf-8";
                title {
                    @if self.a_corriger > 0 { "À corriger (" (self.a_corriger) ") – " }
                    (self.titre) " – " (self.service)
                }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="format-detection" content="telephone=no,date=no,address=no,email=no";
                @if !self.indexable { meta name="robots" content="noindex"; }
                @if let Some((langue, adresse)) = &self.traduction {
                    link rel="alternate" hreflang=(langue.code()) href=(adresse);
                }
                @if let Some((titre, adresse)) = &self.flux {
                    link rel="alternate" type="application/atom+xml" title=(titre) href=(adresse);
                }
                @if let Some(apercu) = &self.apercu { (self.partage(apercu)) }
                link rel="icon" type="image/svg+xml" href=(self.actifs.favicon);
                link rel="stylesheet" href=(self.actifs.feuille);
                @if let Some(feuille) = self.actifs.feuille_de_marque {
                    link rel="stylesheet" href=(feuille);
                }
                noscript { link rel="stylesheet" href=(self.actifs.feuille_sans_script); }
                script src=(self.actifs.script) defer {}
            }
        }
    }
}

impl Page<'_> {
    fn partage(&self, apercu: &Apercu<'_>) -> Markup {
        html! {
            link rel="canonical" href=(apercu.adresse);
            meta name="description" content=(apercu.description);
            meta property="og:type" content="website";
            meta property="og:locale" content=(self.langue.usage());
            meta property="og:site_name" content=(self.service);
            meta property="og:title" content=(self.titre);
            meta property="og:description" content=(apercu.description);
            meta property="og:url" content=(apercu.adresse);
            meta name="twitter:card" content="summary";
            @if let Some(faits) = &apercu.faits_lies {
                script type="application/ld+json" { (PreEscaped(faits.replace('<', "\\u003c"))) }
            }
        }
    }
}

impl Render for Page<'_> {
    fn render(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.langue.code()) {
                (self.tete())
                body class=[(self.densite == Densite::Dense).then_some("co-dense")] {
                    (liens_d_evitement(self.langue))
                    (self.entete)
                    @if !self.bandeaux.is_empty() {
                        section lang="fr" aria-label="Informations importantes" {
                            @for bandeau in &self.bandeaux { (bandeau) }
                        }
                    }
                    main.co-page id="contenu" tabindex="-1" {
                        div.fr-container {
                            @if let Some(fil) = &self.fil { (fil) }
                            (self.contenu)
                        }
                    }
                    (self.pied)
                }
            }
        }
    }
}

/// A page for the frame of another site: the content alone, without script. Its
/// links open beside, for a frame is too small to read a site in.
pub fn page_integree(titre: &str, service: &str, actifs: Actifs<'_>, contenu: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                title { (titre) " – " (service) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                base target="_blank";
                link rel="icon" type="image/svg+xml" href=(actifs.favicon);
                link rel="stylesheet" href=(actifs.feuille);
                @if let Some(feuille) = actifs.feuille_de_marque {
                    link rel="stylesheet" href=(feuille);
                }
            }
            body { main.co-integree { (contenu) } }
        }
    }
}

fn liens_d_evitement(langue: Langue) -> Markup {
    let mots = langue.mots();
    html! {
        div.fr-skiplinks {
            nav.fr-container aria-label=(mots.acces_rapide) {
                ul.fr-skiplinks__list {
                    li { a.fr-link href="#contenu" { (mots.contenu) } }
                    li { a.fr-link href="#entete" { (mots.menu) } }
                    li { a.fr-link href="#pied" { (mots.pied) } }
                }
            }
        }
    }
}

/// A narrow column beside a wide one: side menu and content. On a phone, one
/// under the other, in the order given.
pub fn colonnes(etroite: &Markup, large: &Markup) -> Markup {
    html! {
        div.fr-grid-row.fr-grid-row--gutters {
            div.fr-col-12.fr-col-md-4.fr-col-lg-3 { (etroite) }
            div.fr-col-12.fr-col-md-8.fr-col-lg-9 { (large) }
        }
    }
}

/// A column of eight out of twelve: what is read or filled in, one thing at a time.
pub fn lecture(contenu: &Markup) -> Markup {
    html! { div.co-lecture { (contenu) } }
}

/// Two halves, one under the other below 992 px: charges and produits.
pub fn moities(gauche: &Markup, droite: &Markup) -> Markup {
    html! { div.co-comptes { (gauche) (droite) } }
}

/// The bar at the bottom of a form: the save line and its buttons, in sight
/// while one writes. It stops sticking on a low or narrow screen.
pub fn barre_d_actions(etat: &Markup, actions: &[Bouton<'_>]) -> Markup {
    html! { div.co-barre-actions { (etat) (boutons(actions)) } }
}

/// Which pane a narrow screen shows first, when the address names none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Volet {
    /// What is read.
    Gauche,
    /// What is written.
    Droite,
}

/// Two panes read together, each with its title: the dossier and the criteria.
///
/// From 992 px each scrolls by itself; below, one is shown at a time, the one
/// the address names (`#volet-2`, or any place inside), and two tabs lead from
/// one to the other. Without script too: the style sheet follows the address.
pub fn panneaux(gauche: (&str, &Markup), droite: (&str, &Markup), premier: Volet) -> Markup {
    html! {
        div.co-panneaux.co-panneaux--droite[premier == Volet::Droite] data-co-volets {
            nav.co-onglets.co-panneaux__liens aria-label="Volets" {
                ul {
                    li { a.co-onglet.co-onglet--gauche href="#volet-1" { (gauche.0) } }
                    li { a.co-onglet.co-onglet--droite href="#volet-2" { (droite.0) } }
                }
            }
            (volet("volet-1", "co-volet--gauche", gauche))
            (volet("volet-2", "co-volet--droite", droite))
        }
    }
}

fn volet(id: &str, cote: &str, (titre, contenu): (&str, &Markup)) -> Markup {
    html! {
        section.co-panneaux__volet.(cote) id=(id) tabindex="0" aria-labelledby={ (id) "-titre" } {
            h2.co-panneaux__titre id={ (id) "-titre" } { (titre) }
            (contenu)
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Addresses of a build that the gallery and the tests share.
    pub const ACTIFS: Actifs<'static> = Actifs {
        feuille: "/app.css",
        feuille_de_marque: None,
        feuille_sans_script: "/sans-script.css",
        script: "/app.js",
        favicon: "/favicon.svg",
    };

    fn page(contenu: Markup) -> Page<'static> {
        let (entete, pied) = (Entete::nouveau("Coopôle"), Pied::nouveau("Coopôle"));
        Page::nouvelle(
            "Budget – Pôle des Rives",
            "Coopôle",
            ACTIFS,
            entete,
            pied,
            contenu,
        )
    }

    #[test]
    fn le_titre_commence_par_ce_qu_il_y_a_a_corriger() {
        let html = page(Markup::default()).a_corriger(2).render().into_string();
        assert!(html.contains("<title>À corriger (2) – Budget – Pôle des Rives – Coopôle</title>"));
    }

    #[test]
    fn une_page_n_a_ni_style_ni_script_en_ligne() {
        let html = page(Markup::default()).render().into_string();
        assert!(!html.contains("style=") && !html.contains("<style"));
        assert!(html.contains("<script src=\"/app.js\" defer></script>"));
        assert_eq!(html.matches("<script").count(), 1);
    }

    #[test]
    fn chaque_onglet_mene_a_son_volet() {
        let html = panneaux(
            ("Dossier", &Markup::default()),
            ("Critères", &Markup::default()),
            Volet::Droite,
        );
        let html = html.into_string();
        for volet in ["volet-1", "volet-2"] {
            assert!(html.contains(&format!("href=\"#{volet}\"")));
            assert_eq!(html.matches(&format!("id=\"{volet}\"")).count(), 1);
        }
        assert!(html.contains("co-panneaux--droite"));
    }

    #[test]
    fn une_page_privee_ne_se_laisse_pas_indexer() {
        let privee = page(Markup::default()).render().into_string();
        let publique = page(Markup::default()).indexable().render().into_string();
        assert!(privee.contains("noindex") && !publique.contains("noindex"));
    }

    #[test]
    fn chaque_lien_d_evitement_a_son_but() {
        let html = page(Markup::default()).render().into_string();
        for but in ["contenu", "entete", "pied"] {
            assert!(html.contains(&format!("href=\"#{but}\"")));
            assert_eq!(html.matches(&format!("id=\"{but}\"")).count(), 1, "{but}");
        }
    }
}

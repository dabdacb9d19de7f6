//! The frame of every page: header, navigation of the role one acts in,
//! breadcrumb, footer, the banner of a demonstration, and the page of a
//! failure. Rooms give a title and a content.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{Uri, request::Parts},
};
use dsfr::{
    Actifs, Apercu, Bandeau, Bouton, Choix, Densite, Entete, Entree, Formulaire, Langue,
    ListeDeroulante, Logo, Pied, boutons, fil_d_ariane,
};
use jiff::Timestamp;
use maud::{Markup, Render, html};
use metier::{
    commun::{Region, temps, typographie},
    poles::consignation::Anterieur,
};

use super::{
    actifs,
    droits::{Perimetre, Personne, Role},
    erreurs::Panne,
    marque::Bloc,
    reglages::Marque,
};
use crate::{app::App, urls};

const SERVICE: &str = "Coopôle";

/// The entry of those who answer for the register: it opens on one of its
/// doors, and stands for all.
const REGISTRE: &str = "Registre";

/// What every page needs to know of its request.
#[derive(Clone)]
pub struct Cadre {
    pub personne: Option<Personne>,
    /// The address asked for, with its parameters.
    pub chemin: String,
    /// The legal time at which the page is shown.
    pub maintenant: Timestamp,
    pub marque: Marque,
    /// The operator's image and sheet, if it brought them.
    pub bloc: Option<Bloc>,
    pub demonstration: Option<Demonstration>,
}

/// The doors of a demonstration; none of them exists elsewhere.
#[derive(Clone)]
pub struct Demonstration {
    /// Where the clock may be moved: the word of the form, and what is read.
    pub etapes: Vec<(&'static str, &'static str)>,
}

impl Cadre {
    pub fn new(app: &App, personne: Option<Personne>, uri: &Uri) -> Self {
        let maintenant = app.horloge.now();
        Self {
            personne,
            chemin: uri
                .path_and_query()
                .map_or("/", |chemin| chemin.as_str())
                .to_owned(),
            maintenant,
            marque: app.reglages.marque,
            bloc: app.marque.as_ref().map(|marque| marque.bloc.clone()),
            demonstration: app.reglages.demonstration.then(|| Demonstration {
                etapes: (app.etapes)(maintenant),
            }),
        }
    }
}

impl FromRequestParts<App> for Cadre {
    type Rejection = Panne;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Panne> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(Panne::Programme("no frame: the outer layer is missing"))
    }
}

/// For whom one acts on this page: the lens is in the address, so two roles of
/// one person never mix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Lentille {
    #[default]
    Public,
    /// A pole team.
    Pole(String),
    Cellule(Region),
    Comite,
    Pilotage,
    Charte,
    Animation,
    /// A council, for its territory.
    Territoire(Perimetre),
    Audit,
    Administration,
}

impl Lentille {
    pub fn agit_pour(&self) -> Option<String> {
        match self {
            Self::Public => None,
            Self::Pole(nom) => Some(nom.clone()),
            Self::Cellule(region) => Some(format!("Cellule {}", region.nom())),
            Self::Comite => Some("Cellule nationale".into()),
            Self::Pilotage => Some("Pilotage national".into()),
            Self::Charte => Some("Charte des PTCE".into()),
            Self::Animation => Some("Animation nationale".into()),
            Self::Territoire(perimetre) => perimetre.territoire().map(|(.., nom)| nom),
            Self::Audit => Some("Audit".into()),
            Self::Administration => Some("Administration".into()),
        }
    }

    /// The main navigation of this role: five entries at most, each existing.
    fn navigation(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Public => vec![
                ("Pôles", urls::POLES.into()),
                ("Recensement", urls::RECENSEMENT.into()),
                ("Charte", urls::CHARTE.into()),
                ("Appels", urls::APPELS.into()),
            ],
            Self::Pole(_) => {
                vec![
                    ("À faire", urls::ESPACE.into()),
                    ("Appels", urls::APPELS.into()),
                ]
            }
            Self::Cellule(region) => vec![
                ("À faire", urls::cellule(*region)),
                (REGISTRE, urls::CORRECTIONS.into()),
                ("Charte", urls::charte_en_region(*region)),
            ],
            Self::Comite => vec![("À faire", urls::COMITE.into())],
            Self::Pilotage => {
                vec![
                    ("Campagnes", urls::PILOTAGE.into()),
                    ("Cellules", urls::CELLULES.into()),
                    ("Lauréats", urls::consignations(Anterieur::Laureat)),
                    (REGISTRE, urls::CORRECTIONS.into()),
                    ("Journal", urls::JOURNAL.into()),
                ]
            }
            Self::Charte => {
                vec![
                    ("Versions", urls::VERSIONS_CHARTE.into()),
                    ("Signatures", urls::SIGNATURES_CHARTE.into()),
                    ("Relances", urls::GESTION_CHARTE.into()),
                    ("Séances", urls::SEANCES_CHARTE.into()),
                    (REGISTRE, urls::IMPORTS.into()),
                ]
            }
            Self::Animation => vec![(REGISTRE, urls::IMPORTS.into())],
            Self::Territoire(perimetre) => match perimetre.territoire() {
                Some((genre, code, _)) => vec![
                    ("Mon territoire", urls::mon_territoire(genre, code)),
                    ("Pôles", urls::avec(urls::POLES, &[(genre, code)])),
                    ("Carte", urls::avec(urls::CARTE, &[(genre, code)])),
                    ("Suivis", urls::SUIVIS.into()),
                ],
                None => Vec::new(),
            },
            Self::Audit => vec![("Journal", urls::JOURNAL.into())],
            Self::Administration => vec![("Santé", urls::ADMIN.into())],
        }
    }

    fn est_un_bureau(&self) -> bool {
        !matches!(self, Self::Public | Self::Pole(_) | Self::Territoire(_))
    }
}

/// A page: its title, where it stands, what it holds.
#[derive(Default)]
pub struct Page<'a> {
    titre: &'a str,
    objet: Option<&'a str>,
    objet_au_titre: bool,
    etat: Option<Markup>,
    sous: Vec<(&'a str, &'a str)>,
    lentille: Lentille,
    corrections: usize,
    indexable: bool,
    apercu: Option<Apercu<'a>>,
    /// Its language, and where it is in the other one.
    langue: Langue,
    traduction: Option<&'a str>,
    /// The feed of what is new here.
    flux: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// A page whose `h1` is this title (« Budget du projet »).
    pub fn new(titre: &'a str) -> Self {
        Self {
            titre,
            ..Self::default()
        }
    }

    /// What the task is about, for the title of the window (« Pôle des Rives »).
    #[must_use]
    pub fn objet(mut self, objet: &'a str) -> Self {
        self.objet = Some(objet);
        self
    }

    /// The same, said by the `h1` too: « Noter – Pôle des Rives ».
    #[must_use]
    pub fn nomme(mut self, objet: &'a str) -> Self {
        self.objet_au_titre = true;
        self.objet(objet)
    }

    /// The state beside the `h1`, as a badge.
    #[must_use]
    pub fn etat(mut self, etat: Markup) -> Self {
        self.etat = Some(etat);
        self
    }

    /// The pages above this one: address and name, the highest first.
    #[must_use]
    pub fn sous(mut self, ancetres: &[(&'a str, &'a str)]) -> Self {
        self.sous.extend_from_slice(ancetres);
        self
    }

    /// For whom one acts here.
    #[must_use]
    pub fn lentille(mut self, lentille: Lentille) -> Self {
        self.lentille = lentille;
        self
    }

    /// How many things are to be corrected; the title opens with it.
    #[must_use]
    pub fn corrections(mut self, combien: usize) -> Self {
        self.corrections = combien;
        self
    }

    /// Search engines may keep it: public pages only.
    #[must_use]
    pub fn indexable(mut self) -> Self {
        self.indexable = true;
        self
    }

    /// A page in English, and where it is in French.
    #[must_use]
    pub fn en_anglais(mut self, francais: &'a str) -> Self {
        self.langue = Langue::Anglais;
        self.traduction = Some(francais);
        self
    }

    /// Where it is in English.
    #[must_use]
    pub fn traduite(mut self, anglais: &'a str) -> Self {
        self.traduction = Some(anglais);
        self
    }

    /// Where its new poles are fed from.
    #[must_use]
    pub fn flux(mut self, adresse: &'a str) -> Self {
        self.flux = Some(adresse);
        self
    }

    /// What other sites show of it, when somebody gives its address.
    #[must_use]
    pub fn apercu(mut self, apercu: Apercu<'a>) -> Self {
        self.apercu = Some(apercu);
        self
    }

    /// The whole page.
    pub fn montrer(self, cadre: &Cadre, contenu: Markup) -> Markup {
        let titre = match self.objet {
            Some(objet) => format!("{} – {objet}", self.titre),
            None => self.titre.to_owned(),
        };
        let contenu = html! {
            div.co-titre {
                h1 {
                    (self.titre)
                    @if let Some(objet) = self.objet.filter(|_| self.objet_au_titre) {
                        " – " span.co-titre__objet { (objet) }
                    }
                }
                @if let Some(etat) = &self.etat { (etat) }
                @if let Some(adresse) = self.traduction { (traduction(self.langue, adresse)) }
            }
            (contenu)
        };
        let mut page = dsfr::Page::nouvelle(
            titre,
            SERVICE,
            fichiers(cadre),
            match self.langue {
                Langue::Francais => entete(cadre, &self.lentille),
                Langue::Anglais => entete_anglaise(cadre),
            },
            match self.langue {
                Langue::Francais => pied(cadre),
                Langue::Anglais => pied_anglais(cadre),
            },
            contenu,
        )
        .langue(self.langue)
        .a_corriger(self.corrections);
        if let Some(adresse) = self.traduction {
            page = page.traduction(autre(self.langue), adresse);
        }
        if let Some(adresse) = self.flux {
            page = page.flux("Nouveaux pôles", adresse);
        }
        if let Some(demonstration) = &cadre.demonstration {
            page = page.bandeau(bandeau_de_demonstration(cadre, demonstration));
        }
        if self.lentille.est_un_bureau() {
            page = page.densite(Densite::Dense);
        }
        if !self.sous.is_empty() {
            let mut ancetres = vec![("Accueil", urls::ACCUEIL)];
            ancetres.extend(self.sous.iter().map(|(adresse, nom)| (*nom, *adresse)));
            page = page.fil(fil_d_ariane(&ancetres, self.titre));
        }
        if self.indexable {
            page = page.indexable();
        }
        if let Some(apercu) = self.apercu {
            page = page.apercu(apercu);
        }
        page.render()
    }
}

const fn autre(langue: Langue) -> Langue {
    match langue {
        Langue::Francais => Langue::Anglais,
        Langue::Anglais => Langue::Francais,
    }
}

/// The same page in the other language, said in that language.
fn traduction(langue: Langue, adresse: &str) -> Markup {
    let autre = autre(langue);
    let dit = match autre {
        Langue::Francais => "En français",
        Langue::Anglais => "In English",
    };
    html! { a.fr-link href=(adresse) lang=(autre.code()) hreflang=(autre.code()) { (dit) } }
}

/// A page for the frame of another site: no header, no footer, no script, and
/// the same for all.
pub fn integree(cadre: &Cadre, titre: &str, contenu: &Markup) -> Markup {
    dsfr::page_integree(titre, SERVICE, fichiers(cadre), contenu)
}

fn fichiers(cadre: &Cadre) -> Actifs<'_> {
    Actifs {
        feuille: actifs::chemin("app.css"),
        feuille_de_marque: cadre.bloc.as_ref().and_then(|bloc| bloc.feuille.as_deref()),
        feuille_sans_script: actifs::chemin("sans-script.css"),
        script: actifs::chemin("app.js"),
        favicon: actifs::chemin("favicon.svg"),
    }
}

fn entete<'a>(cadre: &'a Cadre, lentille: &Lentille) -> Entete<'a> {
    let courant = cadre.chemin.split('?').next().unwrap_or_default();
    let navigation = lentille
        .navigation()
        .into_iter()
        .map(|(libelle, adresse)| {
            let ici = adresse.split('?').next() == Some(courant)
                || (libelle == REGISTRE && urls::est_du_registre(courant));
            Entree::nouvelle(libelle, adresse).courante(ici)
        })
        .collect();
    let mut entete = Entete::nouveau(SERVICE)
        .logo(logo(cadre))
        .devise("Le service des pôles territoriaux de coopération économique")
        .navigation(navigation)
        .acces("Aide", urls::AIDE);
    if let Some(qui) = lentille.agit_pour() {
        entete = entete.agit_pour(qui, Some(urls::ESPACE));
    }
    match &cadre.personne {
        None => entete.acces("Se connecter", urls::CONNEXION),
        Some(personne) => entete
            .acces("Mon espace", urls::ESPACE)
            .acces(personne.nom.as_str(), urls::COMPTE)
            .deconnexion("Se déconnecter", urls::DECONNEXION),
    }
}

fn logo(cadre: &Cadre) -> Option<Logo<'_>> {
    cadre.bloc.as_ref().map(|bloc| Logo {
        adresse: &bloc.adresse,
        alternative: &bloc.alternative,
    })
}

/// Of a page in English: what else is in English, and the way back.
fn entete_anglaise(cadre: &Cadre) -> Entete<'_> {
    let ici = cadre.chemin.split('?').next() == Some(urls::CLUSTERS);
    Entete::nouveau(SERVICE)
        .logo(logo(cadre))
        .devise("The service of the French territorial clusters for economic cooperation")
        .navigation(vec![
            Entree::nouvelle("Clusters", urls::CLUSTERS).courante(ici),
        ])
        .acces("Français", urls::ACCUEIL)
}

fn pied_anglais(cadre: &Cadre) -> Pied<'static> {
    let mention = (cadre.marque == Marque::Neutre)
        .then_some("This site is not an official site of the French State.");
    Pied::nouveau(SERVICE)
        .description(
            "Coopôle runs the public support of the French territorial clusters for economic \
             cooperation, from the call to the payment. Free software, under the Apache 2.0 licence.",
        )
        .mention(mention)
        .lien("Accessibility: not compliant (in French)", urls::ACCESSIBILITE)
        .lien("Legal notice (in French)", urls::MENTIONS_LEGALES)
        .lien("Personal data (in French)", urls::DONNEES_PERSONNELLES)
        .imprime(format!("Printed on {}", temps::jour_en_anglais(cadre.maintenant)))
}

fn pied(cadre: &Cadre) -> Pied<'static> {
    let mention = (cadre.marque == Marque::Neutre)
        .then_some("Cette instance n’est pas un site officiel de l’État.");
    Pied::nouveau(SERVICE)
        .description(
            "Coopôle conduit le soutien public aux pôles territoriaux de coopération économique, \
             de l’appel au versement. Logiciel libre, sous licence Apache 2.0.",
        )
        .mention(mention)
        .lien("Plan du site", urls::PLAN)
        .lien("Accessibilité\u{202f}: non conforme", urls::ACCESSIBILITE)
        .lien("Mentions légales", urls::MENTIONS_LEGALES)
        .lien("Données personnelles", urls::DONNEES_PERSONNELLES)
        .imprime(typographie(&format!(
            "Imprimé le {}, état au {}",
            temps::jour_court(cadre.maintenant),
            temps::instant_long(cadre.maintenant)
        )))
}

/// Says that the world is invented, what time it is there, and moves it on.
fn bandeau_de_demonstration<'a>(cadre: &'a Cadre, demonstration: &'a Demonstration) -> Bandeau<'a> {
    let heure = typographie(&format!(
        "Monde inventé, où il est {} à Paris.",
        temps::instant_long(cadre.maintenant)
    ));
    let etapes = demonstration
        .etapes
        .iter()
        .map(|(code, nom)| Choix::nouveau(*code, typographie(nom)));
    Bandeau::nouveau("Démonstration").texte(heure).suite(html! {
        @if !demonstration.etapes.is_empty() {
            (Formulaire::acte(urls::HORLOGE, html! {
                (ListeDeroulante::nouvelle("etape", "Avancer l’horloge jusqu’à", etapes.collect())
                    .invite(None)
                    .libelle_masque())
                (Bouton::secondaire("Avancer l’horloge").petit())
            }).cache("suite", cadre.chemin.as_str()))
        }
        (dsfr::lien(urls::COURRIELS, "Courriels"))
        (dsfr::lien(urls::DEMONSTRATION, "Visite guidée"))
    })
}

/// The page of a failure: what happened, what is kept, a way forward.
pub fn panne(cadre: &Cadre, panne: &Arc<Panne>, incident: Option<&str>) -> Markup {
    let (titre, phrase) = match panne.as_ref() {
        Panne::Introuvable => (
            "Page introuvable",
            "Cette page n’existe pas, ou votre compte n’y donne pas accès.",
        ),
        Panne::Conflit(_) => (
            "Quelqu’un est passé avant vous",
            "Une autre personne vient de modifier la même chose. Rien de ce que vous avez \
             enregistré auparavant n’est perdu : revenez en arrière et relisez.",
        ),
        Panne::TropGros => (
            "C’est trop lourd",
            "L’envoi dépasse la limite annoncée à côté du champ. Rien n’a été gardé de cet envoi.",
        ),
        Panne::TropDeDemandes => (
            "Un instant",
            "Trop de demandes viennent de cette adresse. Réessayez dans quelques minutes.",
        ),
        Panne::AutreSite => (
            "Demande venue d’un autre site",
            "Pour votre sécurité, un formulaire ne s’envoie que depuis ce site. \
             Ouvrez la page ici, puis recommencez.",
        ),
        Panne::Illisible(_) => (
            "Demande illisible",
            "Ce qui est arrivé ne correspond à aucun de nos formulaires. \
             Revenez en arrière et recommencez.",
        ),
        _ => (
            "Un incident bloque cette page",
            "La machine n’a pas pu répondre. Ce que vous aviez enregistré est conservé. \
             Réessayez dans quelques minutes.",
        ),
    };
    // The same bytes for every address: the page must not tell two apart.
    let cadre = &Cadre {
        chemin: urls::ACCUEIL.to_owned(),
        ..cadre.clone()
    };
    Page::new(titre).montrer(cadre, html! {
        p.fr-text--lead { (typographie(phrase)) }
        @if let Some(incident) = incident {
            p { "Si cela dure, donnez ce numéro à l’assistance\u{202f}: incident " strong { (incident) } "." }
        }
        (boutons(&[Bouton::principal("Revenir à l’accueil").vers(urls::ACCUEIL)]))
    })
}

/// The lenses a person may take, with the address each opens on.
pub fn lentilles(personne: &Personne) -> Vec<(Lentille, String)> {
    let mut lentilles: Vec<(Lentille, String)> = Vec::new();
    for habilitation in &personne.habilitations {
        let lentille = match (habilitation.role, habilitation.perimetre) {
            (Role::Cra, Perimetre::Region(region)) => {
                (Lentille::Cellule(region), urls::cellule(region))
            }
            (Role::Cna, _) => (Lentille::Comite, urls::COMITE.to_owned()),
            (Role::Pilote, _) => (Lentille::Pilotage, urls::PILOTAGE.to_owned()),
            (Role::Charte, _) => (Lentille::Charte, urls::GESTION_CHARTE.to_owned()),
            (Role::Animation, _) => (Lentille::Animation, urls::IMPORTS.to_owned()),
            (Role::Auditeur, _) => (Lentille::Audit, urls::JOURNAL.to_owned()),
            (Role::Admin, _) => (Lentille::Administration, urls::ADMIN.to_owned()),
            _ => continue,
        };
        if !lentilles.contains(&lentille) {
            lentilles.push(lentille);
        }
    }
    lentilles
}

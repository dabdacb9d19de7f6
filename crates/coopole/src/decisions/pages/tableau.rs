//! The board of a call: its steps with their dates, its counts, what blocks.

use dsfr::{
    Bouton, Chiffre, Colonne, Frise, Jalon, MiseEnAvant, Pagination, Tableau, Ton, badge, grille,
    vide,
};
use jiff::Timestamp;
use maud::{Markup, html};
use metier::{
    campagnes::{ActesTenus, Etape, Moment},
    commun::{Montant, Region, temps, typographie},
    decisions::Notification,
};

use crate::{
    conventions::Restent,
    decisions::{
        appel::Appel,
        store::{Avancement, Ligne, Part},
    },
    socle::{
        droits::{Droit, Perimetre, Personne, titulaires},
        mise_en_page::{Cadre, Lentille, Page},
    },
    urls,
};

/// What is known of a call when its board is shown.
pub struct Vue<'a> {
    pub appel: &'a Appel,
    /// Who looks at it: what they may do is called for.
    pub lecteur: &'a Personne,
    pub avancement: Avancement,
    pub seance_close_le: Option<Timestamp>,
    pub arretee_le: Option<Timestamp>,
    pub notification: Option<Notification>,
    /// What the agreements still ask; none while nobody may have one.
    pub restent: Option<Restent>,
    /// The regions without anybody to read their dossiers, and how many wait.
    pub sans_cellule: Vec<(Region, i64)>,
    pub le: Timestamp,
}

impl Vue<'_> {
    /// The step in progress; none while dossiers are received.
    pub fn etape(&self) -> Option<Etape> {
        let actes = ActesTenus {
            seance_close: self.seance_close_le.is_some(),
            liste_arretee: self.arretee_le.is_some(),
            notifiee: self.notifiee(),
        };
        let calendrier = &self.appel.document.calendrier;
        calendrier.etape_en_cours(self.le, actes)
    }

    pub fn notifiee(&self) -> bool {
        let notification = self.notification.as_ref();
        notification.is_some_and(|n| n.est_visible(self.le))
    }

    /// The day of the sitting has come.
    pub fn seance_venue(&self) -> bool {
        let examen = self.appel.document.calendrier.etape(Etape::Examen);
        examen.is_some_and(|examen| examen.moment.debut() <= self.le)
    }

    fn depots_clos(&self) -> bool {
        self.appel.document.fenetre().est_close(self.le)
    }

    fn nom(&self) -> &'static str {
        match self.etape() {
            None => "dépôt",
            Some(Etape::Avis) => "avis",
            Some(Etape::Examen) => "comité",
            Some(Etape::Selection) => "sélection",
            Some(Etape::Notification) => "notification",
            Some(Etape::Convention) => "convention et versement",
        }
    }

    /// When each step really took place, where an act tells it.
    fn reel(&self, etape: Etape) -> Option<String> {
        match etape {
            Etape::Examen => self.seance_close_le,
            Etape::Selection => self.arretee_le,
            Etape::Notification => self
                .notification
                .as_ref()
                .filter(|_| self.notifiee())
                .map(|n| n.visible_le),
            Etape::Avis | Etape::Convention => None,
        }
        .map(temps::jour_court)
    }
}

/// The calls, and what each is waiting for.
pub fn campagnes(cadre: &Cadre, vues: &[Vue<'_>]) -> Markup {
    Page::new("Campagnes").lentille(Lentille::Pilotage).montrer(
        cadre,
        html! {
            @if vues.is_empty() {
                (vide("Aucun appel de financement n’est publié.", &html! {}))
            }
            @for vue in vues {
                section {
                    h2 { (dsfr::lien(&urls::campagne(&vue.appel.code), vue.appel.titre_court())) }
                    (frise(vue))
                    (vue.a_debloquer().niveau(dsfr::Niveau::H3))
                }
            }
        },
    )
}

/// The board of one call.
pub fn campagne(cadre: &Cadre, vue: &Vue<'_>) -> Markup {
    Page::new(vue.appel.titre_court())
        .objet("tableau de bord")
        .sous(&[(urls::PILOTAGE, "Campagnes")])
        .lentille(Lentille::Pilotage)
        .etat(badge(
            Ton::Information,
            &format!("Étape\u{202f}: {}", vue.nom()),
        ))
        .montrer(
            cadre,
            html! {
                (sans_cellule(vue))
                (vue.a_debloquer())
                (frise(vue))
                h2 { "Où en sont les dossiers" }
                (chiffres(vue))
                @if let Some(demande) = demande(vue) { p { (demande) } }
                h2 { "Prévu et réel" }
                (prevu_et_reel(vue))
                h2 { "Les étapes de l’État" }
                (etapes_de_l_etat(vue))
            },
        )
}

/// The door of each step, with what was done there or what opens it.
fn etapes_de_l_etat(vue: &Vue<'_>) -> Markup {
    let code = &vue.appel.code;
    let fait = |verbe: &str, le: Option<Timestamp>, sinon: &str| match le {
        Some(le) => format!("{verbe} le {}", temps::jour_court(le)),
        None => sinon.to_owned(),
    };
    let programmee = vue.notification.as_ref();
    let programmee = programmee.filter(|n| n.suspendue_le.is_none());
    let notification = match (programmee, vue.notifiee()) {
        (Some(n), true) => fait("notifiée", Some(n.visible_le), ""),
        (Some(n), false) => fait("programmée pour", Some(n.visible_le), ""),
        (None, _) => "s’ouvre une fois la liste arrêtée".to_owned(),
    };
    let conventions = match vue.notifiee() {
        true => "ouvertes",
        false => "s’ouvrent après la notification",
    };
    let grille = vue.appel.document.grille.is_some();
    let portes = [
        (grille && vue.depots_clos()).then(|| {
            let etat = fait("close", vue.seance_close_le, "notes en cours");
            (urls::seance(code), "Séance du comité et classement", etat)
        }),
        Some((
            urls::decision_de_campagne(code),
            "Sélection",
            fait(
                "liste arrêtée",
                vue.arretee_le,
                "s’ouvre à la clôture de la séance",
            ),
        )),
        Some((
            urls::notification_de_campagne(code),
            "Notification",
            notification,
        )),
        Some((
            urls::conventions_de_campagne(code),
            "Conventions et versements",
            conventions.to_owned(),
        )),
    ];
    html! {
        ul {
            @for (adresse, nom, etat) in portes.into_iter().flatten() {
                li { (dsfr::lien(&adresse, nom)) (typographie(" : ")) (typographie(&etat)) }
            }
        }
    }
}

/// Dossiers that no cell reads, and the pilot must: said before anything else.
fn sans_cellule(vue: &Vue<'_>) -> Markup {
    let nomme = vue
        .lecteur
        .peut(Droit::NommerSuppleante, Perimetre::National);
    let combien: i64 = vue.sans_cellule.iter().map(|(_, n)| n).sum();
    let regions: Vec<&str> = vue.sans_cellule.iter().map(|(r, _)| r.nom()).collect();
    html! {
        @if combien > 0 {
            (MiseEnAvant::nouvelle(typographie(&format!(
                "Sans cellule : {}",
                nombre(combien, "dossier dont l’avis revient au pilotage", "dossiers dont l’avis revient au pilotage")
            )))
            .texte(match nomme {
                true => format!(
                    "{}. La préparation du pilotage les instruit, ou vous nommez une cellule qui supplée.",
                    regions.join(", ")
                ),
                false => typographie(&format!(
                    "{}. La préparation du pilotage les instruit ; une cellule qui supplée est nommée par : {}.",
                    regions.join(", "),
                    titulaires(Droit::NommerSuppleante)
                )),
            })
            .bouton(match nomme {
                true => Bouton::principal("Nommer une suppléante"),
                false => Bouton::secondaire("Voir les cellules"),
            }.vers(urls::CELLULES)))
        }
    }
}

fn frise(vue: &Vue<'_>) -> Frise<'static> {
    let en_cours = vue.etape();
    let document = &vue.appel.document;
    let cloture = document
        .calendrier
        .cloture
        .map(temps::jour_court)
        .unwrap_or_default();
    let moment = |etape: Option<Etape>| match etape.cmp(&en_cours) {
        std::cmp::Ordering::Less => dsfr::Moment::Passe,
        std::cmp::Ordering::Equal => dsfr::Moment::EnCours,
        std::cmp::Ordering::Greater => dsfr::Moment::AVenir,
    };
    let mut jalons = vec![Jalon::nouveau("Dépôt", cloture, moment(None))];
    jalons.extend(document.calendrier.etapes.iter().map(|echeance| {
        let date = prevu(echeance.moment);
        Jalon::nouveau(echeance.etape.libelle(), date, moment(Some(echeance.etape)))
    }));
    Frise::nouvelle("Calendrier de l’appel", jalons)
}

/// The day by which a step is planned, for a narrow place.
fn prevu(moment: Moment) -> String {
    match moment {
        Moment::Le(instant) => temps::jour_court(instant),
        Moment::Avant(limite) => {
            let veille = temps::jour_de(limite).yesterday();
            veille
                .map(temps::jour_court_de)
                .unwrap_or_else(|_| temps::jour_court(limite))
        }
        Moment::Prevu { au, .. } => temps::jour_court_de(au),
    }
}

fn chiffres(vue: &Vue<'_>) -> Markup {
    const PARTS: [(Part, &str); 5] = [
        (Part::Brouillons, "Ouverts et non déposés, hors retraits."),
        (Part::Deposes, "Déposés, hors retraits."),
        (Part::Confirmes, "Éligibilité confirmée par une personne."),
        (Part::Avis, "Dossiers déposés qui ont un avis de cellule."),
        (
            Part::Examines,
            "Dossiers déposés qui ont au moins un examen rendu.",
        ),
    ];
    let au = typographie(&format!(
        "au {} à {}",
        temps::jour_court(vue.le),
        temps::heure(vue.le)
    ));
    grille(PARTS.map(|(part, definition)| {
        let compte = vue.avancement.compte(part).unsigned_abs();
        Chiffre::nouveau(dsfr::nombre(compte), part.libelle(), definition, au.clone())
            .adresse(urls::dossiers_de_campagne(&vue.appel.code, part.code()))
    }))
}

fn demande(vue: &Vue<'_>) -> Option<String> {
    let fixe = vue.appel.montant_fixe()?;
    let demande = fixe.en_centimes().checked_mul(vue.avancement.deposes)?;
    Some(typographie(&format!(
        "Demandé par les dossiers déposés : {}, pour une enveloppe de {}.",
        Montant::centimes(demande),
        vue.appel.regles.enveloppe
    )))
}

fn prevu_et_reel(vue: &Vue<'_>) -> Tableau<'static> {
    let colonnes = vec![
        Colonne::cle("Étape"),
        Colonne::texte("Prévu"),
        Colonne::texte("Réel"),
    ];
    let lignes = vue.appel.document.calendrier.etapes.iter().map(|echeance| {
        vec![
            html! { (echeance.etape.libelle()) },
            html! { (typographie(&echeance.moment.en_mots())) },
            html! { (vue.reel(echeance.etape).unwrap_or_else(|| "—".to_owned())) },
        ]
    });
    Tableau::nouveau("Dates prévues par l’appel et dates des actes", colonnes)
        .legende_masquee()
        .lignes(lignes.collect::<Vec<_>>())
}

/// The dossiers behind a count; `instruit`: whoever reads instructs those that
/// no cell does.
pub fn dossiers(
    cadre: &Cadre,
    appel: &Appel,
    part: Part,
    (lignes, sans_cellule, instruit): (&[Ligne], &[Region], bool),
    suivante: Option<&str>,
) -> Markup {
    let tableau = urls::campagne(&appel.code);
    let colonnes = vec![
        Colonne::cle("Dossier"),
        Colonne::texte("Pôle"),
        Colonne::texte("Région"),
        Colonne::texte("Déposé le"),
        Colonne::texte("Éligibilité"),
        Colonne::texte("Avis"),
        Colonne::nombre("Examens"),
    ];
    let rangees = lignes.iter().map(|ligne| {
        vec![
            html! {
                @let numero = format!("n°\u{a0}{}", ligne.numero);
                @if instruit && ligne.depose_le.is_some() && sans_cellule.contains(&ligne.region) {
                    (dsfr::lien(&urls::instruction(ligne.id), &numero))
                } @else { (numero) }
            },
            html! { (ligne.pole) },
            html! {
                (ligne.region.nom())
                @if sans_cellule.contains(&ligne.region) { " " (badge(Ton::Attention, "Sans cellule")) }
            },
            html! { (ligne.depose_le.map_or_else(|| "—".to_owned(), temps::jour_court)) },
            html! { (eligibilite(ligne)) },
            html! { @if ligne.avis { "Rendu" } @else { "—" } },
            html! { (ligne.examens) },
        ]
    });
    Page::new(part.libelle())
        .objet(appel.titre_court())
        .sous(&[(urls::PILOTAGE, "Campagnes"), (&tableau, appel.titre_court())])
        .lentille(Lentille::Pilotage)
        .montrer(cadre, html! {
            @if lignes.is_empty() {
                (vide("Aucun dossier ici.", &dsfr::lien(&tableau, "Revenir au tableau de bord")))
            } @else {
                (Tableau::nouveau(part.libelle(), colonnes)
                    .legende_masquee()
                    .serre()
                    .lignes(rangees.collect::<Vec<_>>()))
                (Pagination {
                    precedente: None,
                    suivante: suivante.map(|apres| {
                        urls::dossiers_de_campagne_apres(&appel.code, part.code(), apres).into()
                    }),
                    ou: nombre(lignes.len() as i64, "dossier sur cette page", "dossiers sur cette page").into(),
                })
            }
        })
}

fn eligibilite(ligne: &Ligne) -> &'static str {
    match ligne.issue.as_deref() {
        Some("confirmee") => "Confirmée",
        Some(_) => "Écartée",
        None => "—",
    }
}

/// « 1 avis attendu », « 3 avis attendus ».
pub fn nombre(n: i64, un: &str, plusieurs: &str) -> String {
    let combien = dsfr::nombre(n.unsigned_abs());
    match n {
        0 | 1 => format!("{combien} {un}"),
        _ => format!("{combien} {plusieurs}"),
    }
}

//! The board of a call: its steps with their dates, its counts, what blocks.

use dsfr::{
    Bouton, Chiffre, Colonne, Frise, Jalon, MiseEnAvant, Pagination, Tableau, Ton, badge, grille,
    vide,
};
use jiff::Timestamp;
use maud::{Markup, html};
use metier::{
    campagnes::{Etape, Moment},
    commun::{Montant, Region, temps, typographie},
    decisions::Notification,
};

use crate::{
    decisions::{
        appel::Appel,
        store::{Avancement, Ligne, Part},
    },
    socle::mise_en_page::{Cadre, Lentille, Page},
    urls,
};

/// What is known of a call when its board is shown.
pub struct Vue<'a> {
    pub appel: &'a Appel,
    pub avancement: Avancement,
    pub seance_close_le: Option<Timestamp>,
    pub arretee_le: Option<Timestamp>,
    pub notification: Option<Notification>,
    /// The regions without anybody to read their dossiers, and how many wait.
    pub sans_cellule: Vec<(Region, i64)>,
    pub le: Timestamp,
}

/// Where the procedure really stands: read from acts, not from the calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ou {
    Depot,
    Etape(Etape),
}

impl Vue<'_> {
    fn ou(&self) -> Ou {
        let reste = |part| self.avancement.compte(part);
        if !self.depots_clos() {
            Ou::Depot
        } else if self
            .notification
            .as_ref()
            .is_some_and(|n| n.est_visible(self.le))
        {
            Ou::Etape(Etape::Convention)
        } else if self.arretee_le.is_some() {
            Ou::Etape(Etape::Notification)
        } else if self.seance_close_le.is_some() {
            Ou::Etape(Etape::Selection)
        } else if reste(Part::AStatuer) + reste(Part::SansAvis) > 0 && !self.seance_venue() {
            Ou::Etape(Etape::Avis)
        } else {
            Ou::Etape(Etape::Examen)
        }
    }

    /// Late opinions never hold the committee back.
    fn seance_venue(&self) -> bool {
        let examen = self.appel.document.calendrier.etape(Etape::Examen);
        examen.is_some_and(|examen| examen.moment.debut() <= self.le)
    }

    fn depots_clos(&self) -> bool {
        self.appel.document.fenetre().est_close(self.le)
    }

    fn nom(&self) -> &'static str {
        match self.ou() {
            Ou::Depot => "dépôt",
            Ou::Etape(Etape::Avis) => "avis",
            Ou::Etape(Etape::Examen) => "comité",
            Ou::Etape(Etape::Selection) => "sélection",
            Ou::Etape(Etape::Notification) => "notification",
            Ou::Etape(Etape::Convention) => "convention et versement",
        }
    }

    /// What stands in the way of the next step, and where to mend it.
    fn a_debloquer(&self) -> MiseEnAvant<'static> {
        let compte = |part| self.avancement.compte(part);
        let code = &self.appel.code;
        let liste = |part: Part| urls::dossiers_de_campagne(code, part.code());
        let (titre, texte, bouton) = match self.ou() {
            Ou::Depot => (
                "Rien à débloquer : l’appel reçoit des dossiers".to_owned(),
                self.cloture(),
                Bouton::principal("Voir les dossiers déposés").vers(liste(Part::Deposes)),
            ),
            Ou::Etape(Etape::Avis) if compte(Part::AStatuer) > 0 => (
                format!(
                    "À débloquer : {}",
                    nombre(
                        compte(Part::AStatuer),
                        "éligibilité à confirmer",
                        "éligibilités à confirmer"
                    )
                ),
                self.echeance(Etape::Avis),
                Bouton::principal("Voir ces dossiers").vers(liste(Part::AStatuer)),
            ),
            Ou::Etape(Etape::Avis) => (
                format!(
                    "À débloquer : {}",
                    nombre(compte(Part::SansAvis), "avis attendu", "avis attendus")
                ),
                self.echeance(Etape::Avis),
                Bouton::principal("Voir ces dossiers").vers(liste(Part::SansAvis)),
            ),
            Ou::Etape(Etape::Examen) if self.seance_venue() => (
                "À faire : clore la séance du comité".to_owned(),
                self.echeance(Etape::Examen),
                Bouton::principal("Ouvrir la séance").vers(urls::seance(code)),
            ),
            Ou::Etape(Etape::Examen) => (
                match compte(Part::SansExamen) {
                    0 => "À débloquer : la séance du comité n’est pas close".to_owned(),
                    n => format!(
                        "À débloquer : {}",
                        nombre(n, "dossier sans examen", "dossiers sans examen")
                    ),
                },
                self.echeance(Etape::Examen),
                match compte(Part::SansExamen) {
                    0 => Bouton::principal("Ouvrir la séance du comité").vers(urls::seance(code)),
                    _ => Bouton::principal("Voir ces dossiers").vers(liste(Part::SansExamen)),
                },
            ),
            Ou::Etape(Etape::Selection) => (
                "À faire : préparer et arrêter la liste".to_owned(),
                self.echeance(Etape::Selection),
                Bouton::principal("Ouvrir la liste").vers(urls::decision_de_campagne(code)),
            ),
            Ou::Etape(Etape::Notification) => (
                match self
                    .notification
                    .as_ref()
                    .filter(|n| n.suspendue_le.is_none())
                {
                    None => "À faire : programmer la notification".to_owned(),
                    Some(_) => "Rien à débloquer : la notification est programmée".to_owned(),
                },
                self.echeance(Etape::Notification),
                Bouton::principal("Ouvrir la notification")
                    .vers(urls::notification_de_campagne(code)),
            ),
            Ou::Etape(Etape::Convention) => (
                "À faire : conventions et versements".to_owned(),
                self.echeance(Etape::Convention),
                Bouton::principal("Ouvrir les conventions")
                    .vers(urls::conventions_de_campagne(code)),
            ),
        };
        MiseEnAvant::nouvelle(typographie(&titre))
            .texte(texte)
            .bouton(bouton)
    }

    fn cloture(&self) -> String {
        match self.appel.document.calendrier.cloture {
            Some(cloture) => typographie(&format!(
                "Jusqu’au {} (heure de Paris).",
                temps::instant_long(cloture)
            )),
            None => "Cet appel n’a pas de clôture.".to_owned(),
        }
    }

    fn echeance(&self, etape: Etape) -> String {
        let Some(echeance) = self.appel.document.calendrier.etape(etape) else {
            return "Le calendrier de l’appel ne donne pas de date.".to_owned();
        };
        let passee = match self.le >= echeance.moment.fin() {
            true => " Cette date est passée.",
            false => "",
        };
        typographie(&format!(
            "Prévu {} ({}).{passee}",
            echeance.moment.en_mots(),
            echeance.source
        ))
    }

    /// When each step really took place, where an act tells it.
    fn reel(&self, etape: Etape) -> Option<String> {
        match etape {
            Etape::Examen => self.seance_close_le,
            Etape::Selection => self.arretee_le,
            Etape::Notification => self
                .notification
                .as_ref()
                .filter(|n| n.est_visible(self.le))
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
    let code = &vue.appel.code;
    Page::new(vue.appel.titre_court())
        .objet("tableau de bord")
        .sous(&[(urls::PILOTAGE, "Campagnes")])
        .lentille(Lentille::Pilotage)
        .etat(badge(Ton::Information, &format!("Étape\u{202f}: {}", vue.nom())))
        .montrer(cadre, html! {
            (sans_cellule(vue))
            (vue.a_debloquer())
            (frise(vue))
            h2 { "Où en sont les dossiers" }
            (chiffres(vue))
            @if let Some(demande) = demande(vue) { p { (demande) } }
            h2 { "Prévu et réel" }
            (prevu_et_reel(vue))
            h2 { "Les étapes de l’État" }
            ul {
                @if vue.appel.document.grille.is_some() && vue.depots_clos() {
                    li { (dsfr::lien(&urls::seance(code), "Séance du comité et classement")) }
                }
                li { (dsfr::lien(&urls::decision_de_campagne(code), "Sélection")) }
                li { (dsfr::lien(&urls::notification_de_campagne(code), "Notification")) }
                li { (dsfr::lien(&urls::conventions_de_campagne(code), "Conventions et versements")) }
            }
        })
}

/// Dossiers nobody is competent for: said before anything else.
fn sans_cellule(vue: &Vue<'_>) -> Markup {
    let combien: i64 = vue.sans_cellule.iter().map(|(_, n)| n).sum();
    let regions: Vec<&str> = vue.sans_cellule.iter().map(|(r, _)| r.nom()).collect();
    html! {
        @if combien > 0 {
            (MiseEnAvant::nouvelle(typographie(&format!(
                "Sans cellule : {}",
                nombre(combien, "dossier que personne n’instruit", "dossiers que personne n’instruit")
            )))
            .texte(format!("{}. Nommez la cellule qui supplée.", regions.join(", ")))
            .bouton(Bouton::principal("Nommer une suppléante").vers(urls::CELLULES)))
        }
    }
}

fn frise(vue: &Vue<'_>) -> Frise<'static> {
    let ou = vue.ou();
    let document = &vue.appel.document;
    let cloture = document
        .calendrier
        .cloture
        .map(temps::jour_court)
        .unwrap_or_default();
    let moment = |etape: Ou| match etape.cmp(&ou) {
        std::cmp::Ordering::Less => dsfr::Moment::Passe,
        std::cmp::Ordering::Equal => dsfr::Moment::EnCours,
        std::cmp::Ordering::Greater => dsfr::Moment::AVenir,
    };
    let mut jalons = vec![Jalon::nouveau("Dépôt", cloture, moment(Ou::Depot))];
    jalons.extend(document.calendrier.etapes.iter().map(|echeance| {
        let date = prevu(echeance.moment);
        Jalon::nouveau(
            echeance.etape.libelle(),
            date,
            moment(Ou::Etape(echeance.etape)),
        )
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

/// The dossiers behind a count.
pub fn dossiers(
    cadre: &Cadre,
    appel: &Appel,
    part: Part,
    (lignes, sans_cellule): (&[Ligne], &[Region]),
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
            html! { "n°\u{a0}" (ligne.numero) },
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

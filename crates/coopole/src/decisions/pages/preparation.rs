//! The list, prepared then closed. Nothing computed decides here: the ranking
//! is shown, people choose, and each step away from it says why.

use dsfr::{
    Alerte, Bouton, Champ, Choix, Colonne, Formulaire, Gravite, ListeDeroulante, Tableau, Ton,
    Zone, badge, boutons, enregistrement, faits, vide,
};
use maud::{Markup, html};
use metier::{
    commun::{Montant, Raison, temps, typographie},
    instruction::Verdict,
};
use uuid::Uuid;

use crate::{
    decisions::{
        liste::{Liste, empreinte},
        preparation::{Enregistrement, LigneSaisie},
        store::{Candidature, Proposition},
    },
    socle::{
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// What the page has to say and to whom.
#[derive(Default)]
pub struct Vue<'a> {
    /// May write in the list.
    pub prepare: bool,
    /// May close it.
    pub arrete: bool,
    /// Why the act just asked was refused.
    pub raisons: Vec<Raison>,
    /// What became of the lines just sent.
    pub envoi: Option<&'a Enregistrement>,
}

/// `GET /campagnes/{code}/decision`
pub fn page(cadre: &Cadre, liste: &Liste<'_>, vue: &Vue<'_>) -> Markup {
    let appel = liste.appel;
    let tableau = urls::campagne(&appel.code);
    let arretee = liste.dossiers.decision.as_ref();
    let modifiable = vue.prepare && arretee.is_none();
    let problemes = vue.raisons.len() + vue.envoi.map_or(0, |e| e.conflits.len() + e.fautes.len());
    Page::new("Sélection")
        .objet(appel.titre_court())
        .sous(&[(urls::PILOTAGE, "Campagnes"), (&tableau, appel.titre_court())])
        .lentille(Lentille::Pilotage)
        .etat(match arretee {
            Some(_) => badge(Ton::Favorable, "Liste arrêtée"),
            None => badge(Ton::Neutre, "En préparation"),
        })
        .corrections(problemes)
        .montrer(cadre, html! {
            (reprise::sommaire_vers("la liste n’est pas arrêtée.", &vue.raisons, |ancre| ancre_de(liste, ancre)))
            @if let Some(envoi) = vue.envoi { (retour(envoi)) }
            (resume(liste))
            @if liste.dossiers.candidatures.is_empty() {
                (vide("Aucun dossier déposé.", &html! {}))
            } @else if liste.attend_la_seance() {
                (seance_attendue(liste))
            } @else if modifiable {
                (Formulaire::acte(urls::preparation_de_campagne(&appel.code), html! {
                    (lignes(liste, vue))
                    (save_line(liste))
                    (boutons(&[Bouton::principal("Enregistrer la préparation")]))
                }).etiquette("Préparation de la liste"))
            } @else {
                (lignes(liste, &Vue::default()))
                (save_line(liste))
            }
            @if arretee.is_none() && !liste.attend_la_seance() && !liste.dossiers.candidatures.is_empty() {
                (arret(liste, vue))
            }
            @if arretee.is_some() {
                (retires(liste))
                (boutons(&[Bouton::principal("Ouvrir la notification")
                    .vers(urls::notification_de_campagne(&appel.code))]))
            }
        })
}

fn ancre_de(liste: &Liste<'_>, ancre: &str) -> String {
    let dossier = ancre.parse::<Uuid>().ok();
    match dossier.filter(|id| liste.candidats.iter().any(|c| c.dossier == *id)) {
        Some(id) => format!("#dossier-{id}"),
        None => "#total".to_owned(),
    }
}

fn retour(envoi: &Enregistrement) -> Markup {
    if envoi.est_entier() {
        return html! {};
    }
    let phrase = "certaines lignes n’ont pas été enregistrées. Votre texte est gardé ci-dessous.";
    let problemes = envoi
        .fautes
        .iter()
        .map(|(id, (_, attendu))| (id, attendu.clone()))
        .chain(envoi.conflits.keys().map(|id| {
            (
                id,
                "Une autre personne a modifié cette ligne. Choisissez le texte à garder."
                    .to_owned(),
            )
        }))
        .map(|(id, phrase)| Raison::new("ligne", phrase).ancre(id.to_string()));
    reprise::sommaire_vers(phrase, &problemes.collect::<Vec<_>>(), |ancre| {
        format!("#dossier-{ancre}")
    })
}

/// Total against the envelope, number against the target, where it stands.
fn resume(liste: &Liste<'_>) -> Markup {
    let contexte = liste.contexte();
    let preparee = liste.preparee(Uuid::nil());
    let total = preparee.total();
    let retenus = preparee.signalements(contexte.regles);
    let depasse = total > contexte.regles.enveloppe;
    let reste = contexte
        .regles
        .enveloppe
        .checked_sub(total)
        .unwrap_or(Montant::ZERO);
    html! {
        div #total {
            (faits(&[
                ("Total retenu", html! {
                    (total) " sur une enveloppe de " (contexte.regles.enveloppe)
                    @if depasse { " " (badge(Ton::Defavorable, "Enveloppe dépassée")) }
                    @else if reste > Montant::ZERO { " – reste " (reste) }
                }),
                ("Dossiers", html! {
                    (liste.candidats.len()) " déposés, " (liste.classement.len()) " classés, "
                    (preparee.lignes.len()) " avec une décision préparée"
                }),
            ]))
        }
        @if !retenus.is_empty() {
            ul { @for signalement in &retenus { li { (typographie(&signalement.phrase)) } } }
        }
        @if let Some(decision) = &liste.dossiers.decision {
            p { (typographie(&format!(
                "Liste arrêtée le {} par {}. Elle ne change plus.",
                temps::instant_long(decision.le), decision.par_qui
            ))) }
        }
    }
}

/// Before the committee has sat, nobody ranks anybody: the way to the sitting.
fn seance_attendue(liste: &Liste<'_>) -> Markup {
    html! {
        (Alerte::nouvelle(
            Gravite::ASavoir,
            "la sélection s’ouvre quand la séance du comité est close. D’ici là, ni notes ni classement.",
        ))
        (boutons(&[Bouton::principal("Ouvrir la séance du comité")
            .vers(urls::seance(&liste.appel.code))]))
    }
}

/// Taken back since the list was closed: nobody is told, the money is free.
fn retires(liste: &Liste<'_>) -> Markup {
    html! {
        @for (numero, pole) in &liste.dossiers.retires_depuis {
            (Alerte::nouvelle(Gravite::ASavoir, typographie(&format!(
                "le dossier n° {numero} ({pole}) a été retiré par son pôle. Sa décision n’est pas \
                 notifiée, et son montant n’est plus compté dans le total."
            ))))
        }
    }
}

fn save_line(liste: &Liste<'_>) -> Markup {
    let suite = match liste.dossiers.decision {
        Some(_) => "Liste arrêtée.",
        None => "Liste non arrêtée.",
    };
    html! {
        @if let Some(le) = liste.dossiers.enregistree_le {
            (enregistrement(&typographie(&format!(
                "Enregistré le {} à {}. {suite}", temps::jour_court(le), temps::heure(le)
            ))))
        }
    }
}

fn lignes(liste: &Liste<'_>, vue: &Vue<'_>) -> Tableau<'static> {
    let rangs = liste.rangs();
    let ecarts = liste.preparee(Uuid::nil()).ecarts(&liste.contexte());
    let colonnes = vec![
        Colonne::nombre("Rang"),
        Colonne::cle("Dossier"),
        Colonne::nombre("Note"),
        Colonne::texte("Décision préparée"),
        Colonne::texte("Motif, lu par le pôle"),
        Colonne::texte("Raison de l’écart au classement"),
    ];
    let rangees = liste.en_ordre().into_iter().map(|candidature| {
        let id = candidature.dossier;
        let note = liste
            .dossiers
            .classement
            .rangs
            .iter()
            .find(|r| r.dossier == id);
        let mut rangee = vec![
            html! { @match rangs.get(&id) { Some(rang) => (rang), None => "—" } },
            html! {
                span id={ "dossier-" (id) } { "n°\u{a0}" (candidature.numero) }
                br; (candidature.pole) br; span.fr-hint-text { (candidature.region.nom()) }
            },
            html! { @match note { Some(rang) => (rang.moyenne), None => "—" } },
        ];
        rangee.extend(choix(liste, candidature, vue, ecarts.contains(&id)));
        rangee
    });
    Tableau::nouveau("Dossiers dans l’ordre du classement", colonnes)
        .legende_masquee()
        .lignes(rangees.collect::<Vec<_>>())
}

/// The three last cells: read, or to fill in.
fn choix(liste: &Liste<'_>, c: &Candidature, vue: &Vue<'_>, ecart: bool) -> [Markup; 3] {
    if liste.est_ecarte(c) {
        return ecarte(c);
    }
    let proposition = liste.proposition(c).cloned().unwrap_or_default();
    let marque = html! {
        @if ecart { (badge(Ton::Attention, "S’écarte du classement")) }
        @if c.eligibilite.is_none() { (badge(Ton::Neutre, "Éligibilité non confirmée")) }
    };
    if vue.prepare && liste.dossiers.decision.is_none() {
        return champs(liste, c, &proposition, vue, &marque);
    }
    let dite = match proposition.retenu {
        Some(true) => html! {
            "Retenu" @if let Some(montant) = proposition.montant { ", " (montant) }
        },
        Some(false) => html! { "Non retenu" },
        None => html! { "À décider" },
    };
    let texte = |texte: &str| match texte.is_empty() {
        true => html! { "—" },
        false => html! { (typographie(texte)) },
    };
    [
        html! { (dite) " " (marque) },
        texte(&proposition.motif),
        texte(&proposition.ecart),
    ]
}

/// Set aside by the cell: the issue follows from it, with its reason.
fn ecarte(c: &Candidature) -> [Markup; 3] {
    let issue = match c.verdict() {
        Some(Verdict::Irrecevable) => "Irrecevable",
        _ => "Inéligible",
    };
    let eligibilite = c.eligibilite.as_ref();
    let motif = eligibilite.and_then(|e| e.motif.as_deref()).unwrap_or("—");
    let regle = eligibilite.and_then(|e| e.regle.as_deref());
    [
        html! { (badge(Ton::Defavorable, issue)) },
        html! { (typographie(motif)) @if let Some(regle) = regle { " (règle " (regle) ")" } },
        html! { "—" },
    ]
}

fn champs(
    liste: &Liste<'_>,
    c: &Candidature,
    tenue: &Proposition,
    vue: &Vue<'_>,
    marque: &Markup,
) -> [Markup; 3] {
    let id = c.dossier;
    let nom = |champ: &str| format!("{champ}.{id}");
    let de = |champ: &str| format!("{champ}, dossier {}", c.numero);
    let conflit = vue.envoi.and_then(|envoi| envoi.conflits.get(&id));
    let faute = vue.envoi.and_then(|envoi| envoi.fautes.get(&id));
    let saisie: Option<&LigneSaisie> = conflit.or(faute.map(|(saisie, _)| saisie));
    let (issue, motif, ecart) = match saisie {
        Some(saisie) => (
            saisie.issue.clone(),
            saisie.motif.clone(),
            saisie.ecart.clone(),
        ),
        None => (
            code(tenue.retenu).to_owned(),
            tenue.motif.clone(),
            tenue.ecart.clone(),
        ),
    };
    let options = vec![
        Choix::nouveau("retenu", "Retenu"),
        Choix::nouveau("non_retenu", "Non retenu"),
    ];
    let erreur = faute.map(|(_, attendu)| attendu.clone());
    [
        html! {
            input type="hidden" name=(nom("lue")) value=(empreinte(liste.proposition(c))) autocomplete="off";
            (ListeDeroulante::nouvelle(nom("issue"), de("Décision préparée"), options)
                .libelle_masque().invite(Some("À décider")).valeur(Some(issue)).erreur(erreur))
            @match liste.appel.montant_fixe() {
                Some(fixe) => span.fr-hint-text { "Montant si retenu\u{202f}: " (fixe) },
                None => {
                    (Champ::montant(nom("montant"), de("Montant")).libelle_masque()
                        .valeur(saisie.map_or_else(|| montant(tenue), |s| s.montant.clone())))
                }
            }
            (marque)
            @if conflit.is_some() { (autre(tenue)) }
        },
        html! { (Zone::nouvelle(nom("motif"), format!("Motif, {}", c.numero)).lignes(2).valeur(motif)) },
        html! { (Zone::nouvelle(nom("ecart"), format!("Raison, {}", c.numero)).lignes(2).valeur(ecart)) },
    ]
}

/// What the other person saved on the same line.
fn autre(tenue: &Proposition) -> Markup {
    let issue = match tenue.retenu {
        Some(true) => "Retenu",
        Some(false) => "Non retenu",
        None => "À décider",
    };
    html! {
        p.fr-hint-text {
            "Enregistré par une autre personne\u{202f}: " (issue)
            @for texte in [&tenue.motif, &tenue.ecart].into_iter().filter(|t| !t.is_empty()) {
                " – «\u{a0}" (texte) "\u{a0}»"
            }
            ". Enregistrez de nouveau pour garder votre texte."
        }
    }
}

fn code(retenu: Option<bool>) -> &'static str {
    match retenu {
        Some(true) => "retenu",
        Some(false) => "non_retenu",
        None => "",
    }
}

fn montant(proposition: &Proposition) -> String {
    proposition
        .montant
        .map(|m| m.to_string())
        .unwrap_or_default()
}

/// The act, for whoever may close the list and had no hand in it.
fn arret(liste: &Liste<'_>, vue: &Vue<'_>) -> Markup {
    let appel = liste.appel;
    html! {
        h2 { "Arrêter la liste" }
        @if vue.arrete {
            p { "Une fois arrêtée, la liste ne change plus. Elle reste sous embargo jusqu’à l’instant de la notification." }
            (Formulaire::acte(urls::decision_de_campagne(&appel.code), html! {
                @if vue.prepare { (Bouton::secondaire("Arrêter la liste")) }
                @else { (Bouton::principal("Arrêter la liste")) }
            }).cache("lue", liste.empreinte()))
        } @else {
            (Alerte::nouvelle(
                Gravite::ASavoir,
                "une autre personne arrête la liste, avec la qualité de décision.",
            ))
        }
    }
}

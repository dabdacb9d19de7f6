//! What every page of a dossier has: its frame, its menu, its save line, the
//! clock of its deadline, the place each remark leads to.

use dsfr::{
    Alerte, Bouton, Entree, Formulaire, Gravite, Horloge, MenuLateral, Probleme, SommaireErreurs,
    Ton, badge, boutons,
};
use maud::{Markup, Render, html};
use metier::{
    campagnes::BudgetDemande,
    commun::{Raison, temps, typographie},
    dossiers::{AUTRE_QUE_LA_FICHE, Avancement, RubriqueSuivie, Statut},
    poles::Information,
};
use uuid::Uuid;

use crate::{
    dossiers::{
        montrer,
        suivi::{self, BUDGET_STRUCTURE},
        vue::Vue,
    },
    socle::mise_en_page::{Cadre, Lentille, Page},
    urls,
};

/// How many days before its closing a dossier shows a running clock.
const VEILLE: i64 = 2;

/// A page of this dossier, under its summary.
pub fn page(cadre: &Cadre, vue: &Vue, titre: &str, corrections: usize, contenu: Markup) -> Markup {
    let dossier = urls::dossier(vue.dossier.id);
    Page::new(titre)
        .objet(&vue.dossier.nom_du_pole)
        .sous(&[
            (urls::ESPACE, "Mon espace"),
            (&dossier, &vue.dossier.nom_du_pole),
        ])
        .lentille(Lentille::Pole(vue.dossier.nom_du_pole.clone()))
        .etat(etat(&vue.statut()))
        .corrections(corrections)
        .montrer(cadre, contenu)
}

/// The state of a dossier, as a badge.
pub fn etat(statut: &Statut) -> Markup {
    let ton = match statut {
        Statut::Brouillon | Statut::Retire | Statut::JamaisDepose => Ton::Neutre,
        Statut::Depose(_) | Statut::Retenu | Statut::Suite(_) => Ton::Favorable,
        Statut::ReponseAttendue(_) => Ton::Attention,
        Statut::EnCoursDExamen => Ton::Information,
        Statut::NonRetenu | Statut::Irrecevable => Ton::Defavorable,
    };
    badge(ton, &statut.en_mots())
}

/// Where a rubrique of the summary stands, in words, with what they repeat.
pub fn avancement(vue: &Vue, rubrique: &RubriqueSuivie) -> (Ton, String) {
    let avancement = rubrique.avancement();
    let mots = match rubrique.code.as_str() {
        suivi::PIECES => format!("{} sur {}", rubrique.presents, rubrique.attendus),
        suivi::MEMBRES if avancement == Avancement::Complet => typographie(&format!(
            "Complet : {}",
            montrer::compte_des_membres(&vue.contenu)
        )),
        _ => avancement.en_mots(),
    };
    let ton = match avancement {
        Avancement::Complet => Ton::Favorable,
        Avancement::ACompleter(_) => Ton::Attention,
        Avancement::ACommencer => Ton::Neutre,
    };
    (ton, mots)
}

/// The pages of the dossier beside the one in hand.
pub fn menu(vue: &Vue, courante: &str) -> Markup {
    let mut entrees: Vec<Entree<'_>> = vue
        .completude
        .rubriques
        .iter()
        .map(|rubrique| {
            Entree::nouvelle(
                &rubrique.titre,
                adresse(vue.dossier.id, &rubrique.code, None),
            )
            .detail(avancement(vue, rubrique).1)
            .courante(rubrique.code == courante)
        })
        .collect();
    if vue.dossier.depose_le.is_none() {
        entrees.push(
            Entree::nouvelle(
                "Vérifier et déposer",
                urls::du_dossier(vue.dossier.id, "verification"),
            )
            .courante(courante == "verification"),
        );
    }
    MenuLateral::nouveau("Votre dossier", entrees).render()
}

/// The address of a page of the summary, and of a place on it.
pub fn adresse(dossier: Uuid, rubrique: &str, ancre: Option<&str>) -> String {
    let page = match (rubrique, ancre) {
        (suivi::BUDGET, Some(ancre)) if ancre.starts_with(BUDGET_STRUCTURE) => {
            urls::budget(dossier, BudgetDemande::Structure)
        }
        (suivi::MEMBRES | suivi::BUDGET | suivi::PIECES, _) => urls::du_dossier(dossier, rubrique),
        (code, _) => urls::rubrique(dossier, code),
    };
    match ancre.map(|ancre| ancre.rsplit('#').next().unwrap_or(ancre)) {
        Some(ancre) => format!("{page}#{ancre}"),
        None => page,
    }
}

/// Everything that is missing, each leading to its place.
pub fn manques(vue: &Vue) -> Vec<Probleme<'static>> {
    vue.completude
        .manques()
        .map(|(rubrique, manque)| {
            let phrase = typographie(&format!("{} ({})", manque.intitule, rubrique.titre));
            let ancre = manque.raison.ancre.as_deref();
            Probleme::nouveau(phrase)
                .lien(Some(adresse(vue.dossier.id, &rubrique.code, ancre)))
                .source(manque.raison.source.clone())
        })
        .collect()
}

/// Where an answer and the record of the pole differ: which, and the way to the
/// record, for one of the two is to be mended.
pub fn ecarts(vue: &Vue, rubrique: Option<&str>) -> Markup {
    let ecarts: Vec<&Raison> = vue
        .completude
        .manques()
        .filter(|(lue, _)| rubrique.is_none_or(|code| lue.code == code))
        .map(|(_, manque)| &manque.raison)
        .filter(|raison| raison.code == AUTRE_QUE_LA_FICHE)
        .collect();
    let fiche = urls::correction(vue.dossier.pole, Information::Porteuse);
    html! {
        @for ecart in &ecarts { (alerte(ecart)) }
        @if !ecarts.is_empty() {
            p { (dsfr::lien(&fiche, "Proposer la correction de la fiche du pôle")) }
        }
    }
}

/// Says why the page is read only; nothing when it is not.
pub fn pourquoi_ferme(vue: &Vue) -> Markup {
    html! {
        @if let Some(fermeture) = &vue.fermeture {
            (alerte(&fermeture.raison()))
        }
    }
}

/// A reason told as something to know.
pub fn alerte(raison: &Raison) -> Alerte<'_> {
    let alerte = Alerte::nouvelle(Gravite::ASavoir, en_minuscule(&raison.phrase));
    match &raison.remede {
        Some(remede) => alerte.suite(html! { p { (remede) } }),
        None => alerte,
    }
}

/// After « À savoir : », a sentence goes on without its capital.
fn en_minuscule(phrase: &str) -> String {
    let mut signes = phrase.chars();
    match signes.next() {
        Some(premier) => premier.to_lowercase().chain(signes).collect(),
        None => String::new(),
    }
}

/// When the call closes: a running clock on the last days, its date before.
pub fn cloture(cadre: &Cadre, vue: &Vue) -> Markup {
    let Some(cloture) = vue.campagne.fenetre.cloture else {
        return html! {};
    };
    let outre_mer = temps::heure_locale(vue.dossier.region, cloture)
        .map(|heure| format!(" ({heure})"))
        .unwrap_or_default();
    let reste = cloture.duration_since(vue.maintenant);
    if reste.as_hours() >= VEILLE * 24 || reste.is_negative() {
        return html! {
            p { (typographie(&format!(
                "Clôture le {}, heure de Paris{outre_mer}.", temps::instant_long(cloture)
            ))) }
        };
    }
    let meme_jour = temps::jour_de(cloture) == temps::jour_de(vue.maintenant);
    let quand = match meme_jour {
        true => format!("à {}", temps::heure(cloture)),
        false => format!("le {}", temps::instant_long(cloture)),
    };
    Horloge {
        maintenant: cadre.maintenant.to_string().into(),
        echeance: cloture.to_string().into(),
        heure: temps::heure_a_la_seconde(cadre.maintenant).into(),
        lieu: "à Paris".into(),
        cloture: typographie(&format!("Clôture {quand}{outre_mer}.")).into(),
        adresse: cadre.chemin.clone().into(),
    }
    .render()
}

/// Two tables that changed on both sides, mine first: which one stays, or both.
pub fn deux_tables(
    cadre: &Cadre,
    vue: &Vue,
    titre: &str,
    (adresse, marque, champs): (&str, &str, &Markup),
    [mienne, autre]: [Markup; 2],
) -> Markup {
    let contenu = html! {
        (SommaireErreurs::nouveau(
            "une autre personne a modifié ce tableau. Choisissez celui à garder\u{202f}; aucun n’est perdu.",
            Vec::new()))
        h2 { "Votre tableau" }
        (mienne)
        h2 { "L’autre tableau" }
        (autre)
        (Formulaire::acte(adresse, html! {
            (champs)
            (boutons(&[
                Bouton::principal("Garder le mien").envoie("choix", "mien"),
                Bouton::secondaire("Garder l’autre").vers(adresse.to_owned()),
                Bouton::secondaire("Réunir").envoie("choix", "reunir"),
            ]))
        }).cache("version", marque.to_owned()))
    };
    page(cadre, vue, titre, 1, contenu)
}

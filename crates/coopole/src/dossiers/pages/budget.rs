//! The two budgets: charges and produits on the accounts of the form, totals
//! and remarks counted by the server.

use std::collections::BTreeMap;

use dsfr::{
    Bouton, Champ, Choix, Colonne, Entree, Formulaire, LigneSaisie, ListeDeroulante,
    NUMERO_A_VENIR, Onglets, Probleme, SommaireErreurs, TableauSaisie, boutons, case_de_ligne,
    colonnes, ecart, enregistrement, total,
};
use maud::{Markup, Render, html};
use metier::{
    campagnes::{BudgetDemande, Emploi},
    commun::{Montant, typographie},
    dossiers::{Analyse, Compte, EtatFinancement, budget::Gravite, budget::Sens},
};

use super::commun::{self, menu, page};
use crate::{
    dossiers::{
        brouillon::marque_lignes,
        contenu::{LigneBudget, reperes},
        montrer, suivi,
        vue::{Vue, ligne_enregistre},
    },
    socle::mise_en_page::Cadre,
    urls,
};

/// Blank lines offered at the end of each side.
#[derive(Debug, Clone, Copy, Default)]
pub struct Blanches {
    pub charges: usize,
    pub produits: usize,
}

/// `GET /dossiers/{id}/budget` and `/budget/structure`
pub fn budget(cadre: &Cadre, vue: &Vue, genre: BudgetDemande, blanches: Blanches) -> Markup {
    let erreurs = corrections(vue.contenu.lignes(genre));
    let analyse = vue.contenu.budget(&vue.campagne, genre).analyser();
    let onglets = Onglets::nouveaux(
        "Budgets",
        suivi::budgets_demandes(&vue.campagne)
            .into_iter()
            .map(|autre| {
                Entree::nouvelle(autre.libelle(), urls::budget(vue.dossier.id, autre))
                    .courante(autre == genre)
            })
            .collect(),
    );
    let corps = html! {
        (onglets)
        @match &vue.fermeture {
            Some(_) => {
                (commun::pourquoi_ferme(vue))
                (montrer::budget(&vue.campagne, &vue.contenu, genre))
            },
            None => {
                @if !erreurs.is_empty() { (a_corriger(&erreurs)) }
                (remarques(vue, genre, &analyse))
                (a_remplir(vue, genre, blanches, &analyse, &erreurs))
            },
        }
        (montrer::imprime(&vue.contenu, genre, &urls::dossier(vue.dossier.id)))
    };
    let contenu = colonnes(&menu(vue, suivi::BUDGET), &corps);
    page(cadre, vue, genre.libelle(), erreurs.len(), contenu)
}

/// What is to be mended before a line can be counted, by name of field.
pub fn corrections(lignes: &[LigneBudget]) -> BTreeMap<String, String> {
    reperes(lignes)
        .flat_map(|(repere, ligne)| {
            ligne
                .corrections()
                .into_iter()
                .map(move |(colonne, phrase)| (format!("{repere}.{colonne}"), phrase))
        })
        .collect()
}

fn a_corriger(erreurs: &BTreeMap<String, String>) -> Markup {
    let problemes = erreurs
        .iter()
        .map(|(champ, phrase)| Probleme::nouveau(phrase.as_str()).lien(Some(format!("#{champ}"))))
        .collect();
    html! {
        (SommaireErreurs::nouveau(
            "le budget est enregistré tel quel, rien n’est perdu.", problemes))
    }
}

/// The gap, the subsidy laid so far, and everything there is to say.
fn remarques(vue: &Vue, genre: BudgetDemande, analyse: &Analyse) -> Markup {
    let vide = vue.contenu.lignes(genre).is_empty();
    html! {
        p.co-ecart #budget {
            (typographie("Écart : ")) strong { (ecart("charges", "produits", &analyse.ecart().to_string())) }
        }
        @if let Some(demandee) = analyse.subvention_demandee {
            p { (typographie(&format!(
                "Subvention affectée : {} sur {demandee}", analyse.subvention_affectee))) }
        }
        @if analyse.emplois_volontaires != Montant::ZERO || analyse.ressources_volontaires != Montant::ZERO {
            p { (typographie(&format!(
                "Contributions volontaires : emplois (86) {}, ressources (87) {}",
                analyse.emplois_volontaires, analyse.ressources_volontaires))) }
        }
        @if !vide && !analyse.remarques.is_empty() {
            section aria-labelledby="a-revoir" {
                h2.fr-h6 id="a-revoir" { "À revoir dans ce budget" }
                ul {
                    @for remarque in &analyse.remarques {
                        @let ancre = remarque.raison.ancre.as_deref().filter(|ancre| ancre.contains('.'));
                        li {
                            @if remarque.gravite == Gravite::Signalement { strong { "À savoir" } (typographie(" : ")) }
                            @match ancre {
                                Some(ancre) => a href={ "#" (ancre) ".montant" } { (remarque.raison.entiere()) },
                                None => (remarque.raison.entiere()),
                            }
                        }
                    }
                }
            }
        }
    }
}

fn a_remplir(
    vue: &Vue,
    genre: BudgetDemande,
    blanches: Blanches,
    analyse: &Analyse,
    erreurs: &BTreeMap<String, String>,
) -> Markup {
    let projet = genre == BudgetDemande::Projet;
    html! {
        p { "Laissez vide ce que vous ne savez pas encore\u{202f}: un blanc n’est pas zéro." }
        (Formulaire::acte(urls::budget(vue.dossier.id, genre), html! {
            (charges(vue, projet, blanches.charges, analyse.charges, erreurs))
            (produits(vue, projet, blanches.produits, analyse, erreurs))
            div.co-barre-actions {
                (enregistrement(&ligne_enregistre(
                vue, "Votre dossier n’est pas encore déposé.")))
                (boutons(&[
                    Bouton::principal("Enregistrer").envoie("suite", "oui"),
                    Bouton::secondaire("Recalculer").envoie("recalculer", "oui"),
                ]))
            }
        }).enregistrement_automatique(marque_lignes(vue.contenu.lignes(genre))))
    }
}

/// The lines of a side, with those left blank to be filled.
fn cote(vue: &Vue, projet: bool, charge: bool, blanches: usize) -> Vec<LigneBudget> {
    let lignes = match projet {
        true => &vue.contenu.projet,
        false => &vue.contenu.structure,
    };
    let mut cote: Vec<LigneBudget> = lignes
        .iter()
        .filter(|ligne| ligne.charge == charge)
        .cloned()
        .collect();
    let en_plus = blanches.max(usize::from(cote.is_empty()));
    cote.extend(std::iter::repeat_n(LigneBudget::nouvelle(charge), en_plus));
    cote
}

fn charges(
    vue: &Vue,
    projet: bool,
    blanches: usize,
    somme: Montant,
    erreurs: &BTreeMap<String, String>,
) -> Markup {
    let mut titres = vec![
        Colonne::texte("Compte"),
        Colonne::texte("Intitulé"),
        Colonne::nombre("Montant"),
    ];
    if projet {
        titres.extend([
            Colonne::nombre("Dont subvention"),
            Colonne::texte("Emploi de la subvention"),
            Colonne::texte("Bien amortissable"),
        ]);
    }
    let mut pied = vec![
        html! { "Total des charges" },
        Markup::default(),
        total("charges", &somme.to_string()),
    ];
    pied.resize_with(titres.len(), Markup::default);
    let lignes = cote(vue, projet, true, blanches);
    let emplois = projet.then_some(vue.campagne.emplois.permis.as_slice());
    TableauSaisie::nouveau(
        "charges",
        "Charges",
        titres,
        cellules(
            NUMERO_A_VENIR,
            &LigneBudget::nouvelle(true),
            emplois,
            erreurs,
        ),
        "Ajouter une charge",
    )
    .sur_deux_rangs()
    .lignes(en_lignes(&lignes, emplois, erreurs))
    .pied(pied)
    .render()
}

fn produits(
    vue: &Vue,
    projet: bool,
    blanches: usize,
    analyse: &Analyse,
    erreurs: &BTreeMap<String, String>,
) -> Markup {
    let titres = vec![
        Colonne::texte("Compte"),
        Colonne::texte("Intitulé"),
        Colonne::nombre("Montant"),
        Colonne::texte("État du financement"),
    ];
    let mut pied = vec![
        html! { "Total des produits" },
        Markup::default(),
        total("produits", &analyse.produits.to_string()),
    ];
    pied.resize_with(titres.len(), Markup::default);
    let lignes = cote(vue, projet, false, blanches);
    let tableau = TableauSaisie::nouveau(
        "produits",
        "Produits",
        titres,
        cellules(NUMERO_A_VENIR, &LigneBudget::nouvelle(false), None, erreurs),
        "Ajouter un produit",
    )
    .sur_deux_rangs()
    .lignes(en_lignes(&lignes, None, erreurs))
    .pied(pied);
    html! {
        (tableau)
        @if let Some(aide) = analyse.subvention_demandee {
            p #produits-aide {
                (typographie(&format!(
                    "L’aide demandée, {aide}, compte déjà dans les produits au compte 74 : {}.",
                    vue.campagne.identite.titre_court)))
                // What the script adds up while one types; the server counts it by itself.
                input type="hidden" value=(aide) data-co-somme="produits";
            }
        }
    }
}

fn en_lignes<'a>(
    lignes: &'a [LigneBudget],
    emplois: Option<&'a [Emploi]>,
    erreurs: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = LigneSaisie<'a>> {
    lignes.iter().enumerate().map(move |(rang, ligne)| {
        let nom = match Compte::par_code(&ligne.compte) {
            Some(compte) => compte.to_string(),
            None => format!("la ligne {}", rang + 1),
        };
        LigneSaisie {
            numero: rang,
            nom: nom.into(),
            cellules: cellules(&rang.to_string(), ligne, emplois, erreurs),
        }
    })
}

/// `emplois`: what the subsidy may pay for, on a charge of the project.
fn cellules(
    numero: &str,
    ligne: &LigneBudget,
    emplois: Option<&[Emploi]>,
    erreurs: &BTreeMap<String, String>,
) -> Vec<Markup> {
    let cote = ligne.cote();
    let nom = |colonne: &str| format!("{cote}.{numero}.{colonne}");
    let erreur = |colonne: &str| erreurs.get(&nom(colonne)).cloned();
    let montant = |colonne: &str, libelle: &'static str, saisie: &str, somme: &str| {
        let champ = Champ::montant(nom(colonne), libelle)
            .valeur(saisie.to_owned())
            .erreur(erreur(colonne))
            .libelle_masque();
        match somme {
            "" => champ.render(),
            somme => champ.somme(somme.to_owned()).render(),
        }
    };
    // Contributions in kind are balanced apart: they enter no total.
    let en_nature = Compte::par_code(&ligne.compte).is_some_and(Compte::est_volontariat);
    let somme = if en_nature { "" } else { cote };
    let mut cellules = vec![
        liste(
            nom("compte"),
            "Compte",
            comptes(ligne.charge),
            &ligne.compte,
        )
        .erreur(erreur("compte"))
        .render(),
        Champ::texte(nom("libelle"), "Intitulé")
            .valeur(ligne.libelle.clone())
            .libelle_masque()
            .render(),
        montant("montant", "Montant en euros", &ligne.montant, somme),
    ];
    if let Some(emplois) = emplois {
        let emplois = emplois
            .iter()
            .map(|emploi| Choix::nouveau(emploi.code.clone(), emploi.libelle.clone()))
            .collect();
        cellules.extend([
            montant(
                "subvention",
                "Dont subvention, en euros",
                &ligne.subvention,
                "",
            ),
            liste(
                nom("emploi"),
                "Emploi de la subvention",
                emplois,
                &ligne.emploi,
            )
            .render(),
            case_de_ligne(
                &nom("amortissable"),
                "oui",
                "Bien amortissable",
                ligne.amortissable,
            ),
        ]);
    } else if !ligne.charge {
        let etats = EtatFinancement::TOUS
            .iter()
            .map(|etat| Choix::nouveau(etat.code(), etat.libelle()))
            .collect();
        cellules.push(liste(nom("etat"), "État du financement", etats, &ligne.etat).render());
    }
    cellules
}

fn comptes(charge: bool) -> Vec<Choix<'static>> {
    let sens = if charge { Sens::Charge } else { Sens::Produit };
    Compte::TOUS
        .iter()
        .filter(|compte| compte.sens() == sens)
        .map(|compte| Choix::nouveau(compte.code(), compte.to_string()))
        .collect()
}

fn liste(
    nom: String,
    libelle: &'static str,
    choix: Vec<Choix<'static>>,
    valeur: &str,
) -> ListeDeroulante<'static> {
    ListeDeroulante::nouvelle(nom, libelle, choix)
        .valeur(Some(valeur.to_owned()).filter(|valeur| !valeur.is_empty()))
        .libelle_masque()
}

/// Two budgets that changed on both sides: which one stays.
pub fn conflit(cadre: &Cadre, vue: &Vue, genre: BudgetDemande, miennes: &[LigneBudget]) -> Markup {
    let tableau = |lignes: &[LigneBudget]| {
        let mut contenu = crate::dossiers::Contenu::default();
        match genre {
            BudgetDemande::Projet => contenu.projet = lignes.to_vec(),
            BudgetDemande::Structure => contenu.structure = lignes.to_vec(),
        }
        montrer::budget(&vue.campagne, &contenu, genre)
    };
    let champs = html! {
        @for (repere, ligne) in reperes(miennes) {
            @for (colonne, texte) in [
                ("compte", ligne.compte.as_str()), ("libelle", &ligne.libelle),
                ("montant", &ligne.montant), ("subvention", &ligne.subvention),
                ("emploi", &ligne.emploi), ("etat", &ligne.etat),
                ("amortissable", if ligne.amortissable { "oui" } else { "" }),
            ] {
                input type="hidden" name={ (repere) "." (colonne) } value=(texte);
            }
        }
    };
    let actuelles = vue.contenu.lignes(genre);
    commun::deux_tables(
        cadre,
        vue,
        genre.libelle(),
        (
            &urls::budget(vue.dossier.id, genre),
            &marque_lignes(actuelles),
            &champs,
        ),
        [tableau(miennes), tableau(actuelles)],
    )
}

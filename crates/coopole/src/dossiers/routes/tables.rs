//! The tables of a dossier, members and budgets: shown, saved whole, a line
//! added or taken away without script.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use maud::Markup;
use metier::{
    campagnes::BudgetDemande,
    commun::{temps, typographie},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{ReponseJson, ferme, rubrique::suivante};
use crate::{
    app::App,
    dossiers::{
        brouillon::{self, Sauvegarde},
        contenu::{LigneBudget, Membre},
        pages, suivi,
        vue::{Vue, ligne_enregistre},
    },
    socle::{
        droits::{Droit, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

/// More lines than any pole or budget has.
const LIGNES_AU_PLUS: usize = 500;

/// Which table asked for one line more.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ajout {
    ajouter: String,
}

/// `GET /dossiers/{id}/membres`
pub async fn membres(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
    Parametres(ajout): Parametres<Ajout>,
) -> Result<Markup, Panne> {
    let vue = Vue::charger(&app, &personne, id, le).await?;
    let blanches = usize::from(ajout.ajouter == suivi::MEMBRES);
    Ok(pages::membres(&cadre, &vue, blanches))
}

/// `POST /dossiers/{id}/membres`: keeps the whole list, as typed.
pub async fn update_membres(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let vue = Vue::charger(&app, &personne, id, le).await?;
    personne.exiger(Droit::RemplirDossier, vue.dossier.perimetre())?;
    let mut membres = lire_membres(&saisie);
    if saisie.texte("choix") == "reunir" {
        let autres: Vec<Membre> = vue
            .contenu
            .membres
            .iter()
            .filter(|membre| !membres.contains(membre))
            .cloned()
            .collect();
        membres.extend(autres);
    }
    let ecriture = Ecriture {
        cadre: &cadre,
        saisie: &saisie,
        json: saisie.par_le_script,
        titre: "Membres",
        adresse: urls::du_dossier(id, suivi::MEMBRES),
    };
    if let Some(fermeture) = &vue.fermeture {
        return Ok(ferme(
            &cadre,
            &vue,
            "Membres",
            &[fermeture.raison()],
            ecriture.json,
        ));
    }
    let montree = saisie.texte("version");
    let issue = brouillon::ecrire_membres(&app, &vue, montree, &membres).await?;
    let vue = Vue::charger(&app, &personne, id, le).await?;
    ecriture.repondre(
        &vue,
        issue,
        (
            |vue: &Vue| brouillon::marque_membres(&vue.contenu.membres),
            |vue: &Vue| pages::corrections_membres(&vue.contenu.membres),
        ),
        (
            |vue: &Vue| pages::membres(&cadre, vue, 0),
            |vue: &Vue| pages::conflit_membres(&cadre, vue, &membres),
        ),
        |vue| suivante(vue, suivi::MEMBRES),
    )
}

/// The lines that came, blank ones and the one taken away left out.
fn lire_membres(saisie: &Saisie) -> Vec<Membre> {
    numeros(saisie, suivi::MEMBRES)
        .into_iter()
        .map(|numero| {
            let champ = |colonne: &str| {
                saisie
                    .texte(&format!("{}.{numero}.{colonne}", suivi::MEMBRES))
                    .to_owned()
            };
            Membre {
                nom: champ("nom"),
                genre: champ("genre"),
                qualite_ess: champ("qualite_ess"),
                siret: champ("siret"),
            }
        })
        .filter(|membre| !membre.est_vide())
        .collect()
}

/// The numbers of the lines of a table, in the order they came.
fn numeros(saisie: &Saisie, table: &str) -> Vec<usize> {
    let retiree = saisie
        .texte("retirer")
        .strip_prefix(table)
        .and_then(|reste| reste.strip_prefix('.'))
        .and_then(|numero| numero.parse::<usize>().ok());
    let mut numeros = Vec::new();
    for (nom, _) in saisie.iter() {
        let numero = nom
            .strip_prefix(table)
            .and_then(|reste| reste.strip_prefix('.'))
            .and_then(|reste| reste.split('.').next())
            .and_then(|numero| numero.parse::<usize>().ok());
        if let Some(numero) = numero
            && Some(numero) != retiree
            && !numeros.contains(&numero)
            && numeros.len() < LIGNES_AU_PLUS
        {
            numeros.push(numero);
        }
    }
    numeros
}

/// The budget of an address: the project's has no name of its own there.
#[derive(Debug, Deserialize)]
pub struct Lequel {
    id: Uuid,
    #[serde(default)]
    genre: String,
}

impl Lequel {
    fn genre(&self) -> Result<BudgetDemande, Panne> {
        match self.genre.as_str() {
            "" => Ok(BudgetDemande::Projet),
            "structure" => Ok(BudgetDemande::Structure),
            _ => Err(Panne::Introuvable),
        }
    }
}

/// `GET /dossiers/{id}/budget` and `/budget/structure`
pub async fn budget(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(lequel): Chemin<Lequel>,
    Parametres(ajout): Parametres<Ajout>,
) -> Result<Markup, Panne> {
    let genre = lequel.genre()?;
    let vue = Vue::charger(&app, &personne, lequel.id, le).await?;
    if !suivi::budgets_demandes(&vue.campagne).contains(&genre) {
        return Err(Panne::Introuvable);
    }
    let blanches = pages::Blanches {
        charges: usize::from(ajout.ajouter == "charges"),
        produits: usize::from(ajout.ajouter == "produits"),
    };
    Ok(pages::budget(&cadre, &vue, genre, blanches))
}

/// `POST /dossiers/{id}/budget` and `/budget/structure`
pub async fn update_budget(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(lequel): Chemin<Lequel>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let genre = lequel.genre()?;
    let vue = Vue::charger(&app, &personne, lequel.id, le).await?;
    personne.exiger(Droit::RemplirDossier, vue.dossier.perimetre())?;
    let mut lignes = lire_lignes(&saisie);
    if saisie.texte("choix") == "reunir" {
        lignes = reunies(lignes, vue.contenu.lignes(genre));
    }
    let ecriture = Ecriture {
        cadre: &cadre,
        saisie: &saisie,
        json: saisie.par_le_script,
        titre: genre.libelle(),
        adresse: urls::budget(lequel.id, genre),
    };
    if let Some(fermeture) = &vue.fermeture {
        return Ok(ferme(
            &cadre,
            &vue,
            ecriture.titre,
            &[fermeture.raison()],
            saisie.par_le_script,
        ));
    }
    let montree = saisie.texte("version");
    let issue = brouillon::ecrire_budget(&app, &vue, genre.code(), montree, &lignes).await?;
    let vue = Vue::charger(&app, &personne, lequel.id, le).await?;
    ecriture.repondre(
        &vue,
        issue,
        (
            |vue: &Vue| brouillon::marque_lignes(vue.contenu.lignes(genre)),
            |vue: &Vue| pages::corrections_budget(vue.contenu.lignes(genre)),
        ),
        (
            |vue: &Vue| pages::budget(&cadre, vue, genre, pages::Blanches::default()),
            |vue: &Vue| pages::conflit_budget(&cadre, vue, genre, &lignes),
        ),
        |_| urls::budget(lequel.id, genre),
    )
}

/// The lines that came: charges, then produits, as the base keeps them.
fn lire_lignes(saisie: &Saisie) -> Vec<LigneBudget> {
    let lire = |charge: bool| {
        let cote = LigneBudget::nouvelle(charge).cote();
        numeros(saisie, cote).into_iter().map(move |numero| {
            let champ = |colonne: &str| {
                saisie
                    .texte(&format!("{cote}.{numero}.{colonne}"))
                    .to_owned()
            };
            LigneBudget {
                charge,
                compte: champ("compte"),
                libelle: champ("libelle"),
                montant: champ("montant"),
                subvention: champ("subvention"),
                emploi: champ("emploi"),
                amortissable: !champ("amortissable").is_empty(),
                etat: champ("etat"),
            }
        })
    };
    lire(true)
        .chain(lire(false))
        .filter(|ligne| !ligne.est_vide())
        .collect()
}

/// Both budgets' lines, none twice, charges first.
fn reunies(mut miennes: Vec<LigneBudget>, autres: &[LigneBudget]) -> Vec<LigneBudget> {
    for ligne in autres {
        if !miennes.contains(ligne) {
            miennes.push(ligne.clone());
        }
    }
    miennes.sort_by_key(|ligne| !ligne.charge);
    miennes
}

/// A table being saved: how it answers is the same for all.
struct Ecriture<'e> {
    cadre: &'e Cadre,
    saisie: &'e Saisie,
    json: bool,
    titre: &'e str,
    adresse: String,
}

type Erreurs = std::collections::BTreeMap<String, String>;

impl Ecriture<'_> {
    fn repondre<T>(
        &self,
        vue: &Vue,
        issue: Sauvegarde<Result<(), T>>,
        (marque, corrections): (impl Fn(&Vue) -> String, impl Fn(&Vue) -> Erreurs),
        (page, conflit): (impl Fn(&Vue) -> Markup, impl Fn(&Vue) -> Markup),
        suite: impl Fn(&Vue) -> String,
    ) -> Result<Response, Panne> {
        match (issue, &vue.fermeture) {
            (Sauvegarde::Fermee, Some(fermeture)) => {
                return Ok(ferme(
                    self.cadre,
                    vue,
                    self.titre,
                    &[fermeture.raison()],
                    self.json,
                ));
            }
            (Sauvegarde::Fermee, None) => {
                return Err(Panne::Conflit("the dossier changed state"));
            }
            (Sauvegarde::Faite(Err(_)), _) if self.json => {
                let reponse = ReponseJson {
                    phrase: typographie(
                        "Ce tableau a été modifié par une autre personne. \
                         Choisissez celui à garder ; aucun n’est perdu.",
                    ),
                    ..ReponseJson::default()
                };
                return Ok(reponse.repondre(StatusCode::CONFLICT));
            }
            (Sauvegarde::Faite(Err(_)), _) => {
                return Ok((StatusCode::CONFLICT, conflit(vue)).into_response());
            }
            (Sauvegarde::Faite(Ok(())), _) => {}
        }
        let erreurs = corrections(vue);
        if self.json {
            let reponse = ReponseJson {
                phrase: ligne_enregistre(vue, "Votre dossier n’est pas encore déposé."),
                enregistre_a: Some(temps::heure(vue.dossier.modifie_le)),
                version: Some(marque(vue)),
                erreurs,
                ..ReponseJson::default()
            };
            return Ok(reponse.repondre(StatusCode::OK));
        }
        let ajouter = self.saisie.texte("ajouter");
        let adresse = match ajouter {
            "" if self.saisie.recu("retirer").is_some() => self.adresse.clone(),
            "" if !erreurs.is_empty() => {
                return Ok(reprise::page(page(vue)));
            }
            "" if self.saisie.coche("suite") => suite(vue),
            "" => self.adresse.clone(),
            table => format!("{}?ajouter={}", self.adresse, urls::encoder(table)),
        };
        Ok(Redirect::to(&adresse).into_response())
    }
}

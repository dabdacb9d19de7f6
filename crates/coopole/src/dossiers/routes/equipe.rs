//! The team of the pole: seen by all of it, changed by who answers for it.

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::{
    commun::{Raison, Refus},
    poles::Place,
};
use uuid::Uuid;

use crate::{
    app::App,
    comptes::{self, DansLEquipe},
    dossiers::{
        pages::{self, AssociationSaisie},
        vue::Vue,
    },
    socle::{
        acte::Acte,
        droits::{Droit, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Saisie},
    },
    urls,
};

/// `GET /dossiers/{id}/equipe`
pub async fn equipe(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let vue = Vue::charger(&app, &personne, id, le).await?;
    montrer(
        &app,
        &cadre,
        (&personne, &vue),
        &AssociationSaisie::default(),
        &[],
    )
    .await
}

/// `POST /dossiers/{id}/equipe`: somebody joins.
pub async fn create_association(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let (vue, equipe) = dans_l_equipe(&app, &par, id, recu_le).await?;
    let saisie = AssociationSaisie {
        courriel: saisie.texte("courriel").to_owned(),
        nom: saisie.texte("nom").to_owned(),
        place: saisie.texte("place").to_owned(),
    };
    let acte = comptes::Associer {
        equipe,
        courriel: saisie.courriel.clone(),
        nom: saisie.nom.clone(),
        place: Place::par_code(&saisie.place),
    };
    tenter(&app, &cadre, (&par, &vue), acte, &saisie).await
}

/// `POST /dossiers/{id}/equipe/{compte}`: another place.
pub async fn update_place(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin((id, compte)): Chemin<(Uuid, Uuid)>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let (vue, equipe) = dans_l_equipe(&app, &par, id, recu_le).await?;
    let acte = comptes::Replacer {
        equipe,
        compte,
        place: Place::par_code(saisie.texte(&format!("place-{compte}"))),
    };
    let saisie = AssociationSaisie::default();
    tenter(&app, &cadre, (&par, &vue), acte, &saisie).await
}

/// `GET /dossiers/{id}/equipe/{compte}/fin`: before somebody leaves.
pub async fn fin_dans_l_equipe(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin((id, compte)): Chemin<(Uuid, Uuid)>,
) -> Result<Markup, Panne> {
    let (vue, _) = dans_l_equipe(&app, &par, id, recu_le).await?;
    let mut base = app.db.lecture().await?;
    let membres = comptes::store::equipe(&mut base, vue.dossier.pole, vue.maintenant).await?;
    let membre = membres.into_iter().find(|m| m.compte == compte);
    let membre = membre.ok_or(Panne::Introuvable)?;
    Ok(pages::fin_dans_l_equipe(
        &cadre,
        &vue,
        &membre,
        compte == par.compte,
    ))
}

/// `POST /dossiers/{id}/equipe/{compte}/fin`: somebody leaves; oneself, and the
/// team is no longer one's own to read.
pub async fn create_fin(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin((id, compte)): Chemin<(Uuid, Uuid)>,
) -> Result<Response, Panne> {
    let (vue, equipe) = dans_l_equipe(&app, &par, id, recu_le).await?;
    let acte = comptes::Congedier { equipe, compte };
    let saisie = AssociationSaisie::default();
    let reponse = tenter(&app, &cadre, (&par, &vue), acte, &saisie).await?;
    match compte == par.compte && reponse.status().is_redirection() {
        true => Ok(reprise::vers(urls::ESPACE)),
        false => Ok(reponse),
    }
}

async fn dans_l_equipe(
    app: &App,
    par: &Personne,
    id: Uuid,
    recu_le: RecuLe,
) -> Result<(Vue, DansLEquipe), Panne> {
    let vue = Vue::charger(app, par, id, recu_le.0).await?;
    par.exiger(Droit::GererEquipe, vue.dossier.perimetre())?;
    let equipe = DansLEquipe {
        par: par.clone(),
        pole: vue.dossier.pole,
        nom_du_pole: vue.dossier.nom_du_pole.clone(),
        recu_le,
        url: app.reglages.url.clone(),
    };
    Ok((vue, equipe))
}

/// The team as the act leaves it, or its page again with what to mend.
async fn tenter<A: Acte<Refus: Refus>>(
    app: &App,
    cadre: &Cadre,
    (par, vue): (&Personne, &Vue),
    acte: A,
    saisie: &AssociationSaisie,
) -> Result<Response, Panne> {
    Ok(match app.tenter(acte).await? {
        Ok(_) => reprise::vers(&urls::du_dossier(vue.dossier.id, "equipe")),
        Err(raisons) => reprise::page(montrer(app, cadre, (par, vue), saisie, &raisons).await?),
    })
}

async fn montrer(
    app: &App,
    cadre: &Cadre,
    (personne, vue): (&Personne, &Vue),
    saisie: &AssociationSaisie,
    raisons: &[Raison],
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let membres = comptes::store::equipe(&mut base, vue.dossier.pole, vue.maintenant).await?;
    let peut_gerer = personne.peut(Droit::GererEquipe, vue.dossier.perimetre());
    Ok(pages::equipe(
        cadre,
        vue,
        &membres,
        peut_gerer,
        (saisie, raisons),
    ))
}

//! Claiming a record, over HTTP: what its own people ask, and what those who
//! answer for the region reply.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use maud::Markup;
use metier::{
    commun::Raison,
    poles::{
        domaine_du_site,
        revendication::{Lecture, Preuve},
    },
};
use uuid::Uuid;

use super::corrections::qui;
use crate::{
    app::App,
    comptes::store as comptes,
    poles::{
        Jalon, etat,
        revendications::{self as store, Demande, Lecteur},
    },
    registre::{
        corrections::{portee, repond},
        historique::PAR_PAGE,
        lettre as papier,
        pages::{self, Bureau, MaRevendication},
        revendications::{Confirmer, Ecrire, Poster, Repondre, Reprendre, Retirer, Revendiquer},
    },
    socle::{
        db::Lecture as Base,
        droits::{Droit, Personne},
        erreurs::Panne,
        feuilles::{self, Feuille, Ici, Vers},
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

async fn montrer(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    pole: Uuid,
    (fonction, preuve, raisons): (&str, &str, &[Raison]),
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let etat = etat::lire(&mut base, pole).await?;
    let equipe = comptes::equipe(&mut base, pole, cadre.maintenant).await?;
    let mut miennes = store::miennes(&mut base, personne.compte).await?;
    miennes.retain(|demande| demande.pole == pole);
    Ok(pages::revendication(
        cadre,
        &MaRevendication {
            reel_en_demonstration: app.reglages.demonstration && !etat.invente,
            domaine: etat.site.as_deref().and_then(domaine_du_site),
            a_une_equipe: !equipe.is_empty(),
            est_de_l_equipe: equipe.iter().any(|m| m.compte == personne.compte),
            derniere: miennes.first(),
            courriel: &personne.courriel,
            etat: &etat,
            fonction,
            preuve,
            raisons,
        },
    ))
}

/// `GET /poles/{id}/revendication`
pub async fn revendication(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    montrer(&app, &cadre, &personne, id, ("", "", &[])).await
}

/// `POST /poles/{id}/revendication`
pub async fn create_revendication(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let (fonction, preuve) = (saisie.texte("fonction"), saisie.texte("preuve"));
    let acte = Revendiquer {
        qui: qui(&app, par.clone(), recu_le),
        pole: id,
        fonction: fonction.to_owned(),
        preuve: Preuve::par_code(preuve),
    };
    app.repondre(
        acte,
        |_| urls::revendication(id),
        async |raisons| {
            let saisi = (fonction, preuve, &*raisons);
            montrer(&app, &cadre, &par, id, saisi).await
        },
    )
    .await
}

/// The page of one's own claim again, with what is wrong.
async fn reprendre_la_mienne(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    id: Uuid,
    raisons: &[Raison],
) -> Result<Markup, Panne> {
    let demande = store::find(&mut app.db.lecture().await?, id).await?;
    montrer(app, cadre, personne, demande.pole, ("", "", raisons)).await
}

/// `POST /revendications/{id}/code`
pub async fn create_code(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let acte = Confirmer {
        qui: qui(&app, par.clone(), recu_le),
        revendication: id,
        code: saisie.texte("code").to_owned(),
    };
    let raisons = match app.tenter(acte).await? {
        Ok(essai) => match essai.lecture {
            Lecture::Juste => {
                return Ok(reprise::vers(&urls::revendication(
                    essai.suite.demande.pole,
                )));
            }
            faux @ Lecture::Faux { .. } => vec![faux.raison()],
        },
        Err(raisons) => raisons,
    };
    let page = reprendre_la_mienne(&app, &cadre, &par, id, &raisons).await?;
    Ok(reprise::page(page))
}

/// `POST /revendications/{id}/retrait`
pub async fn create_retrait(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let acte = Retirer {
        qui: qui(&app, par.clone(), recu_le),
        revendication: id,
    };
    app.repondre(
        acte,
        |suite| urls::revendication(suite.demande.pole),
        async |raisons| reprendre_la_mienne(&app, &cadre, &par, id, &raisons).await,
    )
    .await
}

async fn bureau(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    ici: &Ici,
    (reprise, raisons): (Option<&Demande>, &[Raison]),
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let portee = portee(&mut base, personne).await?;
    let lecteur = Lecteur {
        portee: &portee,
        compte: personne.compte,
    };
    // Its list begins with the claim whose answer has to be mended.
    let [ici, la] = match reprise {
        Some(demande) if demande.tranchee() => {
            let place = demande.jalon_de_la_reponse().juste_apres();
            [None, Some((place, Vers::Apres))]
        }
        Some(demande) => [Some((demande.jalon().juste_avant(), Vers::Apres)), None],
        None => ["", pages::ACCEPTEES].map(|liste| ici.cote(liste, Jalon::lire)),
    };
    let en_attente = store::en_attente(&mut base, &lecteur, (&ici, PAR_PAGE + 1)).await?;
    let acceptees = store::acceptees(&mut base, &lecteur, (&la, PAR_PAGE + 1)).await?;
    let adresse = |liste, place| feuilles::adresse(urls::REVENDICATIONS, liste, place);
    Ok(pages::revendications(
        cadre,
        &Bureau {
            region: personne.regions(Droit::ModererRegistre).first().copied(),
            en_attente: &Feuille::couper(en_attente, (&ici, PAR_PAGE), |demande, vers| {
                adresse("", (demande.jalon(), vers))
            }),
            acceptees: &Feuille::couper(acceptees, (&la, PAR_PAGE), |demande, vers| {
                adresse(pages::ACCEPTEES, (demande.jalon_de_la_reponse(), vers))
            }),
            reprise: reprise.map(|demande| demande.id),
            raisons,
        },
    ))
}

/// The same page again, beginning with the claim that has to be mended.
async fn rendre_le_bureau(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    (id, raisons): (Uuid, &[Raison]),
) -> Result<Markup, Panne> {
    let demande = store::find(&mut app.db.lecture().await?, id).await?;
    let debut = Ici::default();
    bureau(app, cadre, personne, &debut, (Some(&demande), raisons)).await
}

/// `GET /revendications`: who waits for an answer, and who was given one.
pub async fn revendications(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(ici): Parametres<Ici>,
) -> Result<Markup, Panne> {
    bureau(&app, &cadre, &personne, &ici, (None, &[])).await
}

/// `POST /revendications/{id}/reponse`
pub async fn create_reponse(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let acte = Repondre {
        qui: qui(&app, par.clone(), recu_le),
        revendication: id,
        accepter: saisie.texte("issue") == "acceptee",
        motif: saisie.texte(&format!("motif-{id}")).to_owned(),
    };
    app.repondre(
        acte,
        |_| urls::REVENDICATIONS,
        async |raisons| rendre_le_bureau(&app, &cadre, &par, (id, &raisons)).await,
    )
    .await
}

/// `POST /revendications/{id}/reprise`
pub async fn create_reprise(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let acte = Reprendre {
        qui: qui(&app, par.clone(), recu_le),
        revendication: id,
        motif: saisie.texte(&format!("motif-{id}")).to_owned(),
    };
    app.repondre(
        acte,
        |_| urls::REVENDICATIONS,
        async |raisons| rendre_le_bureau(&app, &cadre, &par, (id, &raisons)).await,
    )
    .await
}

/// A claim one answers for; for anyone else it does not exist.
async fn a_moi_de_repondre(
    base: &mut Base,
    personne: &Personne,
    id: Uuid,
) -> Result<Demande, Panne> {
    let demande = store::find(base, id).await?;
    let repond = repond(base, personne, demande.region).await?;
    match repond && demande.par != personne.compte {
        true => Ok(demande),
        false => Err(Panne::Introuvable),
    }
}

/// `GET /revendications/{id}/lettre`: where the letter goes.
pub async fn lettre(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let demande = a_moi_de_repondre(&mut app.db.lecture().await?, &personne, id).await?;
    let deja = demande.lettre.as_ref().map(|lettre| lettre.adresse.clone());
    Ok(pages::adresse_de_la_lettre(
        &cadre,
        &demande,
        &deja.unwrap_or_default(),
        &[],
    ))
}

/// `POST /revendications/{id}/lettre`: the letter, whose code is shown once.
pub async fn create_lettre(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let adresse = saisie.texte("adresse");
    let acte = Ecrire {
        qui: qui(&app, par.clone(), recu_le),
        revendication: id,
        adresse: adresse.to_owned(),
    };
    match app.tenter(acte).await? {
        Ok(lettre) => Ok(pages::lettre(&cadre, &lettre, &app.reglages.url).into_response()),
        Err(raisons) => {
            let demande = a_moi_de_repondre(&mut app.db.lecture().await?, &par, id).await?;
            let page = pages::adresse_de_la_lettre(&cadre, &demande, adresse, &raisons);
            Ok(reprise::page(page))
        }
    }
}

/// `POST /revendications/{id}/lettre/pdf`: the letter on paper, while its code
/// is still before whoever wrote it. Changes nothing.
pub async fn lettre_imprimee(
    State(app): State<App>,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let demande = a_moi_de_repondre(&mut app.db.lecture().await?, &personne, id).await?;
    papier::telecharger(&app, &demande, saisie.texte("code")).await
}

/// `POST /revendications/{id}/envoi`
pub async fn create_envoi(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    let acte = Poster {
        qui: qui(&app, par.clone(), recu_le),
        revendication: id,
    };
    app.repondre(
        acte,
        |_| urls::REVENDICATIONS,
        async |raisons| rendre_le_bureau(&app, &cadre, &par, (id, &raisons)).await,
    )
    .await
}

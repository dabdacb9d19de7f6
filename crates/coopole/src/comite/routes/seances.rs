//! The sitting over HTTP. An examiner reads it through the wall; the pilot
//! closes it.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use maud::Markup;
use metier::{
    campagnes::Etape,
    comite::{Classement, RefusSeance, SeanceAClore},
    commun::Raison,
};
use uuid::Uuid;

use crate::{
    app::App,
    campagnes::Campagne,
    comite::{
        actes::{self, avis_echus},
        pages::{self, RangVu, VueSeance},
        store,
    },
    socle::{
        db::Lecture,
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::{Cadre, Lentille},
        reprise,
        requete::{Chemin, Saisie},
        tableur,
    },
    urls,
};

/// Whoever examines reads through the wall, even if they hold another role.
fn examine(personne: &Personne) -> Result<bool, Panne> {
    if personne.peut(Droit::ExaminerNational, Perimetre::National) {
        return Ok(true);
    }
    personne.exiger(Droit::LireCampagne, Perimetre::National)?;
    Ok(false)
}

async fn classement(
    base: &mut Lecture,
    code: &str,
    personne: &Personne,
) -> Result<Classement, Panne> {
    match examine(personne)? {
        true => store::classement_vu(base, code, personne.compte).await,
        false => store::classement(base, code).await,
    }
}

fn nom(noms: &[(Uuid, String)], id: Uuid) -> String {
    let trouve = noms.iter().find(|(autre, _)| *autre == id);
    trouve.map(|(_, nom)| nom.clone()).unwrap_or_default()
}

fn rangs(classement: &Classement, noms: &[(Uuid, String)]) -> Vec<RangVu> {
    let rangs = classement.rangs.iter();
    rangs
        .map(|rang| RangVu {
            nom: nom(noms, rang.dossier),
            rang: rang.clone(),
        })
        .collect()
}

async fn montrer(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    campagne: &Arc<Campagne>,
    raisons: &[Raison],
) -> Result<Markup, Panne> {
    let examine = examine(personne)?;
    let mut base = app.db.lecture().await?;
    let code = &campagne.identite.code;
    let close = store::seance(&mut base, code).await?;
    let mut vue = VueSeance {
        code,
        titre: &campagne.identite.titre_court,
        lentille: if examine {
            Lentille::Comite
        } else {
            Lentille::Pilotage
        },
        examens: None,
        avancement: None,
        rangs: Vec::new(),
        non_notes: Vec::new(),
        clore: None,
        raisons,
        close,
    };
    if vue.close.is_some() {
        let noms = store::noms(&mut base, code).await?;
        let classement = classement(&mut base, code, personne).await?;
        vue.rangs = rangs(&classement, &noms);
        let sans = classement.non_notes.iter();
        vue.non_notes = sans.map(|id| nom(&noms, *id)).collect();
    } else if examine {
        let echus = avis_echus(campagne, cadre.maintenant);
        let compte = personne.compte;
        vue.avancement = Some(store::avancement(&mut base, code, compte, echus).await?);
    } else {
        let examens = store::examens_rendus(&mut base, code).await?;
        vue.clore = personne
            .peut(Droit::CloreSeance, Perimetre::National)
            .then(|| a_clore(campagne, &examens, cadre.maintenant));
        vue.examens = Some(examens);
    }
    Ok(pages::seance(cadre, &vue))
}

/// How many dossiers would be left without a mark, or why it does not close yet.
fn a_clore(
    campagne: &Campagne,
    examens: &[(String, String, i64)],
    le: Timestamp,
) -> Result<usize, RefusSeance> {
    let examen = campagne.calendrier.etape(Etape::Examen);
    let sans_note = examens.iter().filter(|(.., notes)| *notes == 0).count();
    let seance = SeanceAClore {
        tenue_des: examen.map(|examen| examen.moment.debut()),
        close_le: None,
        notes: examens.len() - sans_note,
        sans_note,
        malgre_tout: true,
    };
    seance.clore(le).map(|_| sans_note)
}

/// Nothing of the sitting opens to an examiner who has interests to declare.
async fn a_declarer(app: &App, personne: &Personne, code: &str) -> Result<bool, Panne> {
    if !examine(personne)? {
        return Ok(false);
    }
    let mut base = app.db.lecture().await?;
    let restants = store::interets::restants(&mut base, code, personne.compte).await?;
    Ok(restants > 0)
}

/// `GET /seances/{campagne}`
pub async fn seance(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Response, Panne> {
    examine(&personne)?;
    let campagne = super::appel_clos(&app, &code, cadre.maintenant)?;
    if a_declarer(&app, &personne, &code).await? {
        return Ok(reprise::vers(&urls::interets(&code)));
    }
    let page = montrer(&app, &cadre, &personne, &campagne, &[]).await?;
    Ok(page.into_response())
}

/// `GET /seances/{campagne}/export`: the ranking as a file, once closed.
pub async fn export(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
) -> Result<Response, Panne> {
    examine(&personne)?;
    super::appel_clos(&app, &code, cadre.maintenant)?;
    if a_declarer(&app, &personne, &code).await? {
        return Ok(reprise::vers(&urls::interets(&code)));
    }
    let mut base = app.db.lecture().await?;
    if store::seance(&mut base, &code).await?.is_none() {
        return Err(Panne::Introuvable);
    }
    let noms = store::noms(&mut base, &code).await?;
    let classement = classement(&mut base, &code, &personne).await?;
    let lignes = pages::tableur(&rangs(&classement, &noms));
    Ok(tableur::telecharger(&format!("classement-{code}"), &lignes))
}

/// `POST /seances/{campagne}/cloture`: the pilot closes the sitting.
pub async fn create_cloture(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(code): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    par.exiger(Droit::CloreSeance, Perimetre::National)?;
    let campagne = super::appel_clos(&app, &code, recu_le.0)?;
    let acte = actes::CloreSeance {
        par: par.clone(),
        campagne: campagne.clone(),
        malgre_tout: saisie.coche("malgre_tout"),
        recu_le,
    };
    app.repondre(
        acte,
        |_| urls::seance(&code),
        async |raisons| montrer(&app, &cadre, &par, &campagne, &raisons).await,
    )
    .await
}

//! Marking over HTTP: the draft, its recap, the act.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use maud::Markup;
use metier::{
    comite::{Acces, ExamenOuvert},
    commun::{Raison, Refus, temps, typographie},
    instruction::Verdict,
};
use uuid::Uuid;

use super::{Suite, exiger};
use crate::{
    app::App,
    campagnes::Campagne,
    comite::{
        actes::{self, avis_echus},
        grille::{self, Notes},
        pages::{self, VueExamen},
        store::{self, examens::ExamenEnCours},
    },
    dossiers::{self, Dossier},
    instruction,
    socle::{
        brouillon::Brouillon,
        db::Lecture,
        droits::Personne,
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

/// The dossier, if it is open to this person; where to go when interests come
/// first. Closed, it does not exist.
async fn trouver(
    app: &App,
    base: &mut Lecture,
    id: Uuid,
    personne: &Personne,
    le: Timestamp,
) -> Result<(Dossier, Arc<Campagne>, Acces), Panne> {
    exiger(personne)?;
    let dossier = dossiers::find(base, id).await?;
    let campagne = super::appel_clos(app, &dossier.campagne, le)?;
    let echus = avis_echus(&campagne, le);
    let code = &campagne.identite.code;
    let acces = store::interets::acces(base, code, id, personne.compte, echus).await?;
    match acces {
        Acces::Ferme => Err(Panne::Introuvable),
        acces => Ok((dossier, campagne, acces)),
    }
}

async fn montrer(
    base: &mut Lecture,
    (cadre, personne): (&Cadre, &Personne),
    (dossier, campagne): (&Dossier, &Campagne),
    (suite, saisi, raisons): (&Suite, Option<ExamenEnCours>, &[Raison]),
) -> Result<Markup, Panne> {
    let id = dossier.id;
    let code = &campagne.identite.code;
    let contenu = dossiers::contenu(base, id).await?;
    let echus = avis_echus(campagne, cadre.maintenant);
    let page = ("", 500);
    let a_noter = store::a_noter(base, code, personne.compte, echus, page).await?;
    let examen = match saisi {
        Some(saisi) => saisi,
        None => store::examens::find(base, id, personne.compte).await?,
    };
    let mut suivants = a_noter
        .iter()
        .filter(|d| d.rendu_le.is_none() && d.id != id);
    let close = store::seance(base, code).await?.is_some();
    let vue = VueExamen {
        contenu: dossiers::montrer(campagne, &contenu, &urls::examen(id)),
        avis: instruction::avis(base, id).await?,
        eligible: instruction::verdict(base, id).await? == Some(Verdict::Eligible),
        relire: !suite.relire.is_empty() && raisons.is_empty(),
        vient_d_etre_rendu: !suite.fait.is_empty(),
        close,
        // Once the sitting is closed, nothing is left to mark.
        suivant: suivants.next().filter(|_| !close).map(|d| d.id),
        grille: &grille::grille(campagne).ok_or(Panne::Introuvable)?,
        dossier,
        campagne,
        examen,
        raisons,
    };
    Ok(pages::examen(cadre, &vue))
}

/// `GET /examens/{id}`: the dossier beside the grid.
pub async fn examen(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
    Parametres(suite): Parametres<Suite>,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let (dossier, campagne, acces) =
        trouver(&app, &mut base, id, &personne, cadre.maintenant).await?;
    if acces != Acces::Ouvert {
        return Ok(reprise::vers(&urls::interets(&dossier.campagne)));
    }
    let qui = (&cadre, &personne);
    let quoi = (&dossier, campagne.as_ref());
    let page = montrer(&mut base, qui, quoi, (&suite, None, &[])).await?;
    Ok(page.into_response())
}

/// `GET /examens/{id}/pieces/{piece}`: a file of the dossier.
pub async fn piece(
    State(app): State<App>,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin((id, piece)): Chemin<(Uuid, Uuid)>,
) -> Result<Response, Panne> {
    ouvert(&app, id, &personne, le).await?;
    dossiers::pieces::servir(&app, id, piece).await
}

/// `GET /examens/{id}/budgets/{genre}`: one of its budgets, as a document.
pub async fn budget(
    State(app): State<App>,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin((id, genre)): Chemin<(Uuid, String)>,
) -> Result<Response, Panne> {
    ouvert(&app, id, &personne, le).await?;
    dossiers::budgets::servir(&app, id, &genre).await
}

/// What comes with a dossier exists once interests are declared.
async fn ouvert(app: &App, id: Uuid, personne: &Personne, le: Timestamp) -> Result<(), Panne> {
    let mut base = app.db.lecture().await?;
    let (.., acces) = trouver(app, &mut base, id, personne, le).await?;
    match acces {
        Acces::Ouvert => Ok(()),
        _ => Err(Panne::Introuvable),
    }
}

fn notes(campagne: &Campagne, saisie: &Saisie) -> Notes {
    let lire = |code: &str| {
        let valeur: Option<i64> = saisie.texte(code).parse().ok();
        let commentaire = saisie.texte(&format!("{code}.commentaire")).to_owned();
        let vide = valeur.is_none() && commentaire.is_empty();
        (!vide).then(|| (code.to_owned(), (valeur, commentaire)))
    };
    grille::codes(campagne)
        .into_iter()
        .filter_map(lire)
        .collect()
}

/// `POST /examens/{id}`: the draft of one's marks.
pub async fn save_examen(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    envoi: Brouillon,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let (dossier, campagne, acces) = trouver(&app, &mut base, id, &par, recu_le.0).await?;
    if acces != Acces::Ouvert {
        return Ok(reprise::vers(&urls::interets(&dossier.campagne)));
    }
    let close = store::seance(&mut base, &dossier.campagne).await?.is_some();
    let eligible = instruction::verdict(&mut base, id).await? == Some(Verdict::Eligible);
    drop(base);
    if close {
        return Err(Panne::Conflit("the sitting is closed"));
    }
    let notes = notes(&campagne, &envoi.saisie);
    let qui = (id, par.compte);
    let mut tx = app.db.begin().await?;
    let version =
        store::examens::record_brouillon(&mut tx, qui, &notes, envoi.version(), recu_le.0).await?;
    tx.commit().await?;
    let mut base = app.db.lecture().await?;
    let (cadre_et, quoi) = ((&cadre, &par), (&dossier, campagne.as_ref()));
    let suite = Suite::default();
    let Some(version) = version else {
        let actuel = store::examens::find(&mut base, id, par.compte).await?;
        if actuel.rendu_le.is_some() {
            return Err(Panne::Conflit("marks already given"));
        }
        let phrase = typographie(&format!(
            "Ces notes ont été modifiées à {} dans une autre fenêtre. Les vôtres sont ci-dessous : \
             relisez, puis enregistrez.",
            actuel.modifie_le.map(temps::heure).unwrap_or_default()
        ));
        let raisons = [Raison::new("notes_modifiees", &phrase)];
        let saisi = Some(ExamenEnCours { notes, ..actuel });
        let page = montrer(&mut base, cadre_et, quoi, (&suite, saisi, &raisons)).await?;
        return Ok(envoi.en_conflit(&phrase, page));
    };
    let total = grille::total(&campagne, &notes, eligible);
    if envoi.saisie.texte("suite") != "relire" {
        let phrase = typographie(&format!(
            "Enregistré à {}. Notes non rendues. Votre total : {total}.",
            temps::heure(recu_le.0)
        ));
        return Ok(envoi.enregistre(version, &phrase, &urls::examen(id)));
    }
    let raisons = a_reprendre(&campagne, &notes, eligible, id, recu_le.0)?;
    if raisons.is_empty() {
        return Ok(reprise::vers(&format!("{}?relire=oui", urls::examen(id))));
    }
    let page = montrer(&mut base, cadre_et, quoi, (&suite, None, &raisons)).await?;
    Ok(reprise::page(page))
}

/// What the marks still lack, read without acting.
fn a_reprendre(
    campagne: &Campagne,
    notes: &Notes,
    eligible: bool,
    dossier: Uuid,
    le: Timestamp,
) -> Result<Vec<Raison>, Panne> {
    let grille = grille::grille(campagne).ok_or(Panne::Introuvable)?;
    let ouvert = ExamenOuvert {
        dossier,
        grille: &grille,
        acces: Acces::Ouvert,
        deliberation_ouverte: false,
    };
    let refus = ouvert.rendre(
        grille::notes(campagne, notes),
        grille::bonus(campagne, notes, eligible),
        Uuid::nil(),
        le,
    );
    Ok(refus.err().map(|refus| refus.raisons()).unwrap_or_default())
}

/// `POST /examens/{id}/rendu`: gives one's marks, for good.
pub async fn create_rendu(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let mut base = app.db.lecture().await?;
    let (dossier, campagne, _) = trouver(&app, &mut base, id, &par, recu_le.0).await?;
    drop(base);
    let acte = actes::RendreExamen {
        par: par.clone(),
        campagne: campagne.clone(),
        dossier: id,
        version: saisie.texte("version").parse().unwrap_or(0),
        recu_le,
    };
    app.repondre(
        acte,
        |_| format!("{}?fait=oui", urls::examen(id)),
        async |raisons| {
            let mut base = app.db.lecture().await?;
            let suite = Suite::default();
            let quoi = (&dossier, campagne.as_ref());
            let etat = (&suite, None, raisons.as_slice());
            montrer(&mut base, (&cadre, &par), quoi, etat).await
        },
    )
    .await
}

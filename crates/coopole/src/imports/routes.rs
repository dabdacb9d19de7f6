//! Imports over HTTP, for the keeper of the register.

use axum::{
    extract::{Multipart, State},
    response::Response,
};
use maud::Markup;
use metier::{
    commun::{Raison, Refus},
    poles::import::{Colonne, EtatImport, SortLigne},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    actes::exiger,
    depot::{self, Saisi},
    pages::{self, Apport, Relue},
    store::{self, Ligne},
};
use crate::{
    app::App,
    poles::lot,
    socle::{
        droits::Personne,
        erreurs::Panne,
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
        tableur,
    },
    urls,
};

/// What the whole form may weigh: over the limit of a list, so that one too
/// heavy gets a page rather than a cut connection.
pub const ENVOI_AU_PLUS: usize = 128_000_000;

/// How many imports are shown, the latest first.
const MONTRES: i64 = 50;

/// Lines of a page.
const PAR_PAGE: usize = 50;

/// How many lines of refusals are read at once.
const PAR_LOT: i64 = 1_000;

async fn montrer_la_liste(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    (saisi, raisons): (&Saisi, &[Raison]),
) -> Result<Markup, Panne> {
    let imports = store::lister(&mut app.db.lecture().await?, MONTRES).await?;
    let apport = Apport {
        imports: &imports,
        saisi,
        raisons,
    };
    Ok(pages::imports(cadre, personne, &apport))
}

/// `GET /imports`
pub async fn imports(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
) -> Result<Markup, Panne> {
    exiger(&personne)?;
    montrer_la_liste(&app, &cadre, &personne, (&Saisi::default(), &[])).await
}

/// `POST /imports`: a file, where it comes from, its day.
pub async fn create_import(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    corps: Multipart,
) -> Result<Response, Panne> {
    exiger(&personne)?;
    match depot::recevoir(&app, &personne, le, corps).await? {
        Ok(id) => Ok(reprise::vers(&urls::import(id))),
        Err((saisi, refus)) => {
            let retour = (&saisi, &*refus.raisons());
            Ok(reprise::page(
                montrer_la_liste(&app, &cadre, &personne, retour).await?,
            ))
        }
    }
}

/// `GET /imports/modele`: the titles, and one line to be erased.
pub async fn modele(personne: Personne) -> Result<Response, Panne> {
    exiger(&personne)?;
    let titres = Colonne::TOUS.iter().map(|c| c.code().to_owned()).collect();
    let exemple = [
        "",
        "Pôle d’exemple (à effacer)",
        "Structure d’exemple",
        "",
        "",
        "29151",
        "Morlaix",
        "29",
        "Bretagne",
        "alimentation, recyclerie",
        "emergent",
        "oui",
        "non",
        "Ce que fait le pôle, en quelques lignes.",
        "https://pole.example",
    ];
    let exemple = exemple.map(str::to_owned).to_vec();
    Ok(tableur::telecharger("modele-import", &[titres, exemple]))
}

/// The address of a page of lines.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Feuillet {
    sort: String,
    apres: String,
    avant: String,
}

impl Feuillet {
    fn sort(&self) -> Option<SortLigne> {
        SortLigne::par_code(&self.sort)
    }

    fn adresse(&self, import: Uuid, (apres, avant): (Option<i64>, Option<i64>)) -> String {
        let nombre = |n: Option<i64>| n.map_or(String::new(), |n| n.to_string());
        urls::avec(
            &urls::import(import),
            &[
                ("sort", self.sort().map_or("", SortLigne::code)),
                ("apres", &nombre(apres)),
                ("avant", &nombre(avant)),
            ],
        )
    }
}

async fn montrer(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    id: Uuid,
    (feuillet, fautive, raisons): (&Feuillet, Option<i64>, &[Raison]),
) -> Result<Markup, Panne> {
    exiger(personne)?;
    let mut base = app.db.lecture().await?;
    let import = store::find(&mut base, id).await?;
    let comptes = store::compter(&mut base, id).await?;
    let une_de_plus = PAR_PAGE as i64 + 1;
    let avant: Option<i64> = feuillet.avant.parse().ok();
    let apres: i64 = feuillet.apres.parse().unwrap_or(0);
    let mut lignes = match avant {
        Some(avant) => store::avant(&mut base, id, feuillet.sort(), (avant, une_de_plus)).await?,
        None => store::apres(&mut base, id, feuillet.sort(), (apres, une_de_plus)).await?,
    };
    let il_en_reste = lignes.len() > PAR_PAGE;
    if il_en_reste {
        match avant {
            Some(_) => drop(lignes.remove(0)),
            None => lignes.truncate(PAR_PAGE),
        }
    }
    let (a_gauche, a_droite) = match avant {
        Some(_) => (il_en_reste, true),
        None => (apres > 0, il_en_reste),
    };
    let bornes = (lignes.first(), lignes.last());
    let precedente = bornes.0.filter(|_| a_gauche);
    let suivante = bornes.1.filter(|_| a_droite);
    let poles = lignes
        .iter()
        .flat_map(|ligne| ligne.candidates.iter().copied().chain(ligne.pole))
        .collect();
    let fiches = lot::fiches(&mut base, &poles).await?;
    // What the job could not do is said until somebody asks for something else.
    let dits = import.refus.as_ref().map(Refus::raisons);
    let raisons = match raisons {
        [] => dits.as_deref().unwrap_or_default(),
        raisons => raisons,
    };
    let relue = Relue {
        ecrites: app.avancements.lire(id),
        precedente: precedente.map(|l| feuillet.adresse(id, (None, Some(l.ligne)))),
        suivante: suivante.map(|l| feuillet.adresse(id, (Some(l.ligne), None))),
        sort: feuillet.sort(),
        import: &import,
        comptes: &comptes,
        lignes: &lignes,
        fiches: &fiches,
        fautive,
        raisons,
    };
    Ok(pages::import(cadre, personne, &relue))
}

/// `GET /imports/{id}`
pub async fn import(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
    Parametres(feuillet): Parametres<Feuillet>,
) -> Result<Markup, Panne> {
    montrer(&app, &cadre, &personne, id, (&feuillet, None, &[])).await
}

/// The page of the import again, with what to mend.
async fn reprendre(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    id: Uuid,
    raisons: &[Raison],
) -> Result<Response, Panne> {
    let feuillet = Feuillet::default();
    let page = montrer(app, cadre, personne, id, (&feuillet, None, raisons)).await?;
    Ok(reprise::page(page))
}

/// `POST /imports/{id}/relecture`
pub async fn create_relecture(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    RecuLe(le): RecuLe,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    exiger(&personne)?;
    match depot::relire(&app, id, le).await? {
        Ok(()) => Ok(reprise::vers(&urls::import(id))),
        Err(refus) => reprendre(&app, &cadre, &personne, id, &refus.raisons()).await,
    }
}

/// `POST /imports/{id}/lignes/{ligne}/choix`
pub async fn create_choix(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin((id, ligne)): Chemin<(Uuid, i64)>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    exiger(&personne)?;
    let choix = saisie.texte(&pages::nom_du_choix(ligne)).to_owned();
    // Whoever chooses goes on to the next that waits.
    let feuillet = Feuillet {
        sort: SortLigne::Ambigue.code().to_owned(),
        ..Feuillet::default()
    };
    match depot::choisir(&app, id, ligne, &choix).await? {
        Ok(()) => Ok(reprise::vers(&feuillet.adresse(id, (None, None)))),
        Err(refus) => {
            let raisons = refus.raisons();
            let retour = (&feuillet, Some(ligne), &*raisons);
            let page = montrer(&app, &cadre, &personne, id, retour).await?;
            Ok(reprise::page(page))
        }
    }
}

/// `POST /imports/{id}/application`
pub async fn create_application(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(import): Chemin<Uuid>,
) -> Result<Response, Panne> {
    ordonner(
        &app,
        &cadre,
        (&par, recu_le),
        (import, EtatImport::EnApplication),
    )
    .await
}

/// `POST /imports/{id}/annulation`
pub async fn create_annulation(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(import): Chemin<Uuid>,
) -> Result<Response, Panne> {
    ordonner(
        &app,
        &cadre,
        (&par, recu_le),
        (import, EtatImport::EnAnnulation),
    )
    .await
}

async fn ordonner(
    app: &App,
    cadre: &Cadre,
    (par, RecuLe(le)): (&Personne, RecuLe),
    (import, voulu): (Uuid, EtatImport),
) -> Result<Response, Panne> {
    exiger(par)?;
    match depot::ordonner(app, import, voulu, (par, le)).await? {
        Ok(()) => Ok(reprise::vers(&urls::import(import))),
        Err(refus) => reprendre(app, cadre, par, import, &refus.raisons()).await,
    }
}

/// `GET /imports/{id}/refus`: the refused lines with their reasons and their
/// columns, and their cells, to be mended and brought back.
pub async fn refus(
    State(app): State<App>,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Response, Panne> {
    exiger(&personne)?;
    let mut base = app.db.lecture().await?;
    let import = store::find(&mut base, id).await?;
    let mut titres = vec!["ligne".to_owned(), "colonne".to_owned(), "motif".to_owned()];
    titres.extend(import.colonnes.iter().map(|c| c.code().to_owned()));
    let mut rangees = vec![titres];
    let mut apres = 0;
    loop {
        let refusee = Some(SortLigne::Refusee);
        let lignes = store::apres(&mut base, id, refusee, (apres, PAR_LOT)).await?;
        let Some(derniere) = lignes.last() else { break };
        apres = derniere.ligne;
        rangees.extend(
            lignes
                .iter()
                .map(|ligne| refusee_en_rangee(ligne, &import.colonnes)),
        );
    }
    Ok(tableur::telecharger("refus-import", &rangees))
}

fn refusee_en_rangee(ligne: &Ligne, colonnes: &[Colonne]) -> Vec<String> {
    let noms = ligne
        .fautes
        .iter()
        .map(|f| f.colonne.map_or("", Colonne::code));
    let motifs: Vec<&str> = ligne.fautes.iter().map(|f| f.phrase.as_str()).collect();
    let mut rangee = vec![
        ligne.ligne.to_string(),
        noms.collect::<Vec<_>>().join(", "),
        motifs.join(" "),
    ];
    rangee.extend(colonnes.iter().map(|colonne| {
        let cellule = ligne.cellules.iter().find(|(c, _)| c == colonne);
        cellule.map_or(String::new(), |(_, cellule)| cellule.clone())
    }));
    rangee
}

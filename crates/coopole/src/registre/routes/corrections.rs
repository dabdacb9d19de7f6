//! Correcting the register, over HTTP: what anyone signed in proposes, and
//! what those who answer for the region decide.

use std::borrow::Cow;

use axum::{extract::State, response::Response};
use maud::Markup;
use metier::{
    commun::{Raison, Region},
    poles::{Information, MEMBRES_AU_PLUS},
};
use uuid::Uuid;

use crate::{
    app::App,
    instruction,
    poles::{Jalon, corrections as store, etat, modifications},
    registre::{
        corrections::{self, Annuler, Moderer, Proposer, Qui},
        historique::{self, PAR_PAGE},
        pages::{self, Formulaire, LIEU, Moderation, STRUCTURE, membre},
    },
    socle::{
        communes::{self, Recherche},
        droits::{Droit, Personne},
        erreurs::Panne,
        feuilles::{self, Cote, Feuille, Ici, Vers},
        horloge::RecuLe,
        mise_en_page::Cadre,
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

/// Who acts on the register, and when.
pub(super) fn qui(app: &App, par: Personne, recu_le: RecuLe) -> Qui {
    Qui {
        par,
        recu_le,
        demonstration: app.reglages.demonstration,
        url: app.reglages.url.clone(),
    }
}

/// `GET /poles/{id}/corrections`: what the record says, and where each line of
/// it comes from.
pub async fn correctifs(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let etat = etat::lire(&mut base, id).await?;
    let dernieres = modifications::dernieres(&mut base, id).await?;
    let miennes = store::miennes(&mut base, id, personne.compte).await?;
    Ok(pages::correctifs(&cadre, &etat, &dernieres, &miennes))
}

async fn montrer(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    (id, information): (Uuid, Information),
    (valeur, source, raisons): (Option<&str>, &str, &[Raison]),
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let etat = etat::lire(&mut base, id).await?;
    let tranche = corrections::repond(&mut base, personne, etat.region()).await?;
    let actuelle = etat.valeur(information);
    Ok(pages::correction(
        cadre,
        &Formulaire {
            etat: &etat,
            information,
            valeur: valeur.or(actuelle.as_deref()).unwrap_or_default(),
            source,
            tranche,
            raisons,
        },
    ))
}

fn information(code: &str) -> Result<Information, Panne> {
    Information::par_code(code).ok_or(Panne::Introuvable)
}

/// `GET /poles/{id}/corrections/{information}`
pub async fn correction(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin((id, code)): Chemin<(Uuid, String)>,
) -> Result<Markup, Panne> {
    let quoi = (id, information(&code)?);
    montrer(&app, &cadre, &personne, quoi, (None, "", &[])).await
}

/// `POST /poles/{id}/corrections/{information}`
pub async fn create_correction(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin((id, code)): Chemin<(Uuid, String)>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let information = information(&code)?;
    let typee = typee(information, &saisie);
    let acte = Proposer {
        qui: qui(&app, par.clone(), recu_le),
        pole: id,
        information,
        saisi: match information {
            Information::Commune => lieu(&saisie),
            Information::Porteuse => porteuse(&saisie),
            _ => Ok(typee.clone()),
        },
        source: saisie.texte("source").to_owned(),
    };
    match app.tenter(acte).await? {
        Ok(fait) if fait.modification.is_some() => Ok(reprise::vers(&urls::pole(id))),
        Ok(_) => Ok(reprise::vers(&urls::correctifs(id))),
        Err(raisons) => {
            let resaisie = (Some(typee.as_str()), saisie.texte("source"), &*raisons);
            let page = montrer(&app, &cadre, &par, (id, information), resaisie).await?;
            Ok(reprise::page(page))
        }
    }
}

/// What was typed, in one text that the form can show again: the values of one
/// field, or the five fields of a structure or of each member.
fn typee(information: Information, saisie: &Saisie) -> String {
    match information {
        Information::Porteuse => ligne(saisie, &STRUCTURE),
        Information::Commune => format!("|{}", ligne(saisie, &LIEU)),
        Information::Membres => {
            let lignes = (0..=MEMBRES_AU_PLUS)
                .map(|rang| membre(rang).map(|champ| saisie.texte(&champ).to_owned()))
                .map(|champs| {
                    champs
                        .map(|champ| champ.replace(['|', '\n', '\r'], " "))
                        .join("|")
                });
            let dites = lignes.filter(|ligne| !ligne.ends_with('|'));
            dites.collect::<Vec<_>>().join("\n")
        }
        _ => {
            let valeurs = saisie.tous("valeur").filter(|valeur| !valeur.is_empty());
            valeurs.collect::<Vec<_>>().join(";")
        }
    }
}

pub(super) fn ligne<const N: usize>(saisie: &Saisie, noms: &[&str; N]) -> String {
    let champs = noms.map(|nom| saisie.texte(nom).replace(['|', '\n', '\r'], " "));
    champs.join("|")
}

/// A structure as typed, the commune of its seat by its code.
pub(super) fn porteuse(saisie: &Saisie) -> Result<String, Cow<'static, str>> {
    let code = commune(saisie.texte("siege"))?;
    let [forme, siret, rna, _, nom] = STRUCTURE.map(|champ| saisie.texte(champ).replace('|', " "));
    Ok([forme, siret, rna, code, nom].join("|"))
}

/// The commune by its code; without one, the department and its region, or the
/// region alone.
fn lieu(saisie: &Saisie) -> Result<String, Cow<'static, str>> {
    let [typee, departement, region] = LIEU.map(|champ| saisie.texte(champ).trim());
    if !typee.is_empty() {
        return commune(typee);
    }
    let region = match departement {
        "" => region,
        departement => Region::par_departement(departement).map_or("", Region::code),
    };
    Ok(format!("||{}|{region}", departement.replace('|', " ")))
}

/// A commune as typed, to the code the record keeps.
pub(super) fn commune(texte: &str) -> Result<String, Cow<'static, str>> {
    if texte.is_empty() {
        return Ok(String::new());
    }
    match communes::chercher(texte) {
        Recherche::Une(commune) => Ok(commune.code.to_owned()),
        Recherche::Plusieurs(_) => Err(
            "Plusieurs communes portent ce nom : ajoutez le département, par exemple « Saint-Denis (974) »."
                .into(),
        ),
        Recherche::Aucune => Err(
            "Aucune commune ne porte ce nom : vérifiez-le, ou donnez son code INSEE.".into(),
        ),
    }
}

async fn moderation(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    cote: &Cote<Jalon>,
    (refusee, raisons): (Option<Uuid>, &[Raison]),
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let portee = corrections::portee(&mut base, personne).await?;
    let lues = store::en_attente(&mut base, &portee, (cote, PAR_PAGE + 1)).await?;
    let a_moderer = Feuille::couper(lues, (cote, PAR_PAGE), |(proposee, _), vers| {
        feuilles::adresse(urls::CORRECTIONS, "", (proposee.jalon(), vers))
    });
    Ok(pages::moderation(
        cadre,
        &Moderation {
            region: personne.regions(Droit::ModererRegistre).first().copied(),
            a_moderer: &a_moderer,
            refusee,
            raisons,
        },
    ))
}

/// `GET /corrections`: what waits for the person's answer.
pub async fn corrections(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(ici): Parametres<Ici>,
) -> Result<Markup, Panne> {
    let cote = ici.cote("", Jalon::lire);
    moderation(&app, &cadre, &personne, &cote, (None, &[])).await
}

/// `GET /poles/{id}/historique`: what changed in the record.
pub async fn historique(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(id): Chemin<Uuid>,
    Parametres(ici): Parametres<Ici>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let page = (&ici.cote("", Jalon::lire), PAR_PAGE);
    let vue = historique::lire(&mut base, id, cadre.personne.as_ref(), page).await?;
    Ok(pages::historique(&cadre, &vue))
}

/// `POST /corrections/{id}/moderation`
pub async fn create_moderation(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let acte = Moderer {
        qui: qui(&app, par.clone(), recu_le),
        correction: id,
        retenir: saisie.texte("sort") == "retenue",
        motif: saisie.texte(&format!("motif-{id}")).to_owned(),
    };
    app.repondre(
        acte,
        |_| urls::CORRECTIONS,
        async |raisons| {
            // The page begins with the proposal whose answer has to be mended.
            let refusee = store::find(&mut app.db.lecture().await?, id).await?;
            let cote = Some((refusee.jalon().juste_avant(), Vers::Apres));
            moderation(&app, &cadre, &par, &cote, (Some(id), &raisons)).await
        },
    )
    .await
}

async fn avant_d_annuler(
    app: &App,
    cadre: &Cadre,
    personne: &Personne,
    id: Uuid,
    (motif, raisons): (&str, &[Raison]),
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let modification = modifications::find(&mut base, id).await?;
    let etat = etat::lire(&mut base, modification.pole).await?;
    let cellules = instruction::cellules(&mut base).await?;
    match corrections::repond_du_changement(personne, &cellules, &etat, &modification) {
        true => Ok(pages::annulation(
            cadre,
            &etat,
            &modification,
            motif,
            raisons,
        )),
        false => Err(Panne::Introuvable),
    }
}

/// `GET /modifications/{id}/annulation`: what would be put back.
pub async fn annulation(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    avant_d_annuler(&app, &cadre, &personne, id, ("", &[])).await
}

/// `POST /modifications/{id}/annulation`
pub async fn create_annulation(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    Chemin(id): Chemin<Uuid>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let motif = saisie.texte("motif");
    let acte = Annuler {
        qui: qui(&app, par.clone(), recu_le),
        modification: id,
        motif: motif.to_owned(),
    };
    app.repondre(
        acte,
        |fait| urls::pole(fait.pole),
        async |raisons| avant_d_annuler(&app, &cadre, &par, id, (motif, &raisons)).await,
    )
    .await
}

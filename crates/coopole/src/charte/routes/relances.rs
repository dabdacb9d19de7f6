//! Those expected to sign, and the reminders: for the keeper everywhere, for a
//! cell in its region. The link of a mail asks for no session.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use maud::Markup;
use metier::{
    charte::{Charte, Cible},
    commun::{Raison, Region},
    instruction::cellule_competente,
};
use serde::Deserialize;
use uuid::Uuid;

use super::PAR_PAGE;
use crate::{
    app::App,
    charte::{
        pages::{self, AVerifier, Apercu, Attendus, Relais},
        relances::{self, Modele, Opposer, Quels, Relancer, attendus as lire_attendus, demandee},
        store::{self, Attendu, Lit, LotLu},
    },
    instruction,
    poles::{
        Jalon,
        fiches::{self, Repere},
    },
    socle::{
        alea,
        db::Lecture,
        droits::{Droit, Perimetre, Personne},
        erreurs::Panne,
        feuilles::{self, Feuille, Ici},
        horloge::RecuLe,
        mise_en_page::{Cadre, Lentille},
        reprise,
        requete::{Chemin, Parametres, Saisie},
    },
    urls,
};

/// For whom one relays the Charter there: its keeper, or the cell.
pub(super) fn relais(personne: &Personne, region: Option<Region>) -> Relais {
    let cellule = personne.regions(Droit::RelayerCharte).first().copied();
    let gardien = personne.peut(Droit::RelayerCharte, Perimetre::National);
    Relais {
        region,
        lentille: match cellule {
            Some(cellule) if !gardien => Lentille::Cellule(cellule),
            _ => Lentille::Charte,
        },
    }
}

/// `GET /charte/gestion`: everyone who is expected to sign.
pub async fn attendus(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(ici): Parametres<Ici>,
) -> Result<Markup, Panne> {
    montrer_les_attendus(&app, (&cadre, &personne), None, &ici).await
}

/// `GET /charte/gestion/regions/{code}`: those of one region.
pub async fn attendus_en_region(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(code): Chemin<String>,
    Parametres(ici): Parametres<Ici>,
) -> Result<Markup, Panne> {
    let region = Region::par_code(&code).ok_or(Panne::Introuvable)?;
    montrer_les_attendus(&app, (&cadre, &personne), Some(region), &ici).await
}

/// A page of those of that kind, and how many there are.
async fn feuille_d_attendus(
    base: &mut Lecture,
    charte: &Charte,
    quels: Quels,
    (ici, le): (&Ici, Timestamp),
) -> Result<(Feuille<Attendu>, u64), Panne> {
    let liste = quels.cible.code();
    let cote = ici.cote(liste, Repere::lire);
    let lit = Lit::Page(&cote, PAR_PAGE + 1);
    let lus = lire_attendus(base, charte, quels, (lit, le)).await?;
    let page = urls::attendus_de_la_charte(quels.region);
    let voisine =
        |attendu: &Attendu, vers| feuilles::adresse(&page, liste, (&attendu.repere, vers));
    let feuille = Feuille::couper(lus, (&cote, PAR_PAGE), voisine);
    let combien = relances::combien_d_attendus(base, charte, quels, le).await?;
    Ok((feuille, combien))
}

/// A page of the batches that left.
async fn feuille_de_lots(
    base: &mut Lecture,
    region: Option<Region>,
    ici: &Ici,
) -> Result<Feuille<LotLu>, Panne> {
    let cote = ici.cote(pages::LOTS, Jalon::lire);
    let lus = store::lots(base, region, (&cote, PAR_PAGE + 1)).await?;
    let page = urls::attendus_de_la_charte(region);
    let voisine = |lot: &LotLu, vers| {
        let place = Jalon::new(lot.le, lot.id);
        feuilles::adresse(&page, pages::LOTS, (place, vers))
    };
    Ok(Feuille::couper(lus, (&cote, PAR_PAGE), voisine))
}

async fn montrer_les_attendus(
    app: &App,
    (cadre, personne): (&Cadre, &Personne),
    region: Option<Region>,
    ici: &Ici,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    relances::exiger_le_relais(&mut base, personne, region).await?;
    let charte = store::lire(&mut base).await?;
    let quels = |cible| Quels {
        cible,
        region,
        demonstration: app.reglages.demonstration,
    };
    let le = cadre.maintenant;
    let (laureats, anciens) = (quels(Cible::Laureats), quels(Cible::Anciens));
    let vue = Attendus {
        relais: relais(personne, region),
        suppleees: suppleees(&mut base, personne, region).await?,
        sans_signature: feuille_d_attendus(&mut base, &charte, laureats, (ici, le)).await?,
        a_resigner: feuille_d_attendus(&mut base, &charte, anciens, (ici, le)).await?,
        laureats: store::compter_les_laureats(&mut base, region).await?,
        lots: feuille_de_lots(&mut base, region, ici).await?,
        seances: match region {
            Some(_) => store::seances_a_tenir(&mut base, le).await?,
            None => Vec::new(),
        },
        titre: demandee(&charte).map(|(version, _)| version.titre.clone()),
        a_verifier: match region {
            None => Some(AVerifier {
                a_confirmer: store::a_confirmer(&mut base).await?,
                soutiens: store::soutiens_porteurs(&mut base).await?,
                versions: store::versions_inconnues(&mut base, app.reglages.demonstration).await?,
            }),
            Some(_) => None,
        },
    };
    Ok(pages::attendus(cadre, &vue))
}

/// The other regions that the cell stands in for.
async fn suppleees(
    base: &mut Lecture,
    personne: &Personne,
    region: Option<Region>,
) -> Result<Vec<Region>, Panne> {
    let siennes = personne.regions(Droit::RelayerCharte);
    if siennes.is_empty() {
        return Ok(Vec::new());
    }
    let cellules = instruction::cellules(base).await?;
    let toutes = Region::TOUTES.iter().copied();
    let autres = toutes.filter(|r| {
        let lieu = instruction::perimetre(cellule_competente(*r, &cellules).instance());
        Some(*r) != region && personne.peut(Droit::RelayerCharte, lieu)
    });
    Ok(autres.collect())
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Demande {
    cible: String,
    region: String,
    mot: String,
    /// The pole whose mail is shown.
    pour: String,
}

/// A blank asks for every region; what is not one does not exist.
fn region(code: &str) -> Result<Option<Region>, Panne> {
    match code {
        "" => Ok(None),
        code => Region::par_code(code).map(Some).ok_or(Panne::Introuvable),
    }
}

/// `GET /charte/relances`: a batch before it leaves.
pub async fn relance(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Parametres(demande): Parametres<Demande>,
) -> Result<Markup, Panne> {
    let quels = Quels {
        cible: Cible::par_code(&demande.cible).ok_or(Panne::Introuvable)?,
        region: region(&demande.region)?,
        demonstration: app.reglages.demonstration,
    };
    let lus = (demande.mot.trim(), demande.pour.as_str());
    montrer_la_relance(&app, (&cadre, &personne), quels, lus, &[]).await
}

async fn montrer_la_relance(
    app: &App,
    (cadre, personne): (&Cadre, &Personne),
    quels: Quels,
    (mot, pour): (&str, &str),
    raisons: &[Raison],
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    relances::exiger_le_relais(&mut base, personne, quels.region).await?;
    let charte = store::lire(&mut base).await?;
    let le: Timestamp = cadre.maintenant;
    let attendus = lire_attendus(&mut base, &charte, quels, (Lit::Lot, le)).await?;
    let (code, titre) = demandee(&charte).map_or(("", ""), |(v, _)| (&v.code, &v.titre));
    let modele = Modele {
        cible: quels.cible,
        region: quels.region,
        titre,
        mot,
        url: &app.reglages.url,
    };
    let choisi = relances::destinataires(&attendus, le)
        .find(|(attendu, _)| attendu.pole.to_string() == pour)
        .or_else(|| relances::destinataires(&attendus, le).next());
    let vue = Apercu {
        relais: relais(personne, quels.region),
        cible: quels.cible,
        mot,
        lot: alea::id(),
        lue: relances::empreinte(code, &attendus, le),
        courriel: choisi.map(|(attendu, qui)| {
            let secret = "…un-secret-propre-à-ce-courriel";
            (attendu.pole, modele.courriel(attendu, qui, secret))
        }),
        attendus: &attendus,
        a_signer: !code.is_empty(),
    };
    Ok(pages::relance(cadre, &vue, raisons))
}

/// `POST /charte/relances`
pub async fn create_relance(
    State(app): State<App>,
    cadre: Cadre,
    par: Personne,
    recu_le: RecuLe,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let quels = Quels {
        cible: Cible::par_code(saisie.texte("cible")).ok_or(Panne::Introuvable)?,
        region: region(saisie.texte("region"))?,
        demonstration: app.reglages.demonstration,
    };
    let lot: Uuid = saisie
        .texte("lot")
        .parse()
        .map_err(|_| Panne::Introuvable)?;
    let (mot, pour) = (saisie.texte("mot"), saisie.texte("pour"));
    // The other button of the form: the mail with this word, and nothing sent.
    if saisie.coche("relire") {
        let page = montrer_la_relance(&app, (&cadre, &par), quels, (mot, pour), &[]).await?;
        return Ok(page.into_response());
    }
    let acte = Relancer {
        par: par.clone(),
        lot,
        quels,
        mot: mot.to_owned(),
        mot_lu: saisie.texte("mot_lu").to_owned(),
        lue: saisie.texte("lue").to_owned(),
        url: app.reglages.url.clone(),
        recu_le,
    };
    match app.tenter(acte).await? {
        Ok(_) => Ok(reprise::vers(&urls::lot_de_relance(lot))),
        // The button was pressed twice: once was enough, and its page says it.
        Err(raisons) if raisons.iter().any(|r| r.code == "relance_deja_partie") => {
            Ok(reprise::vers(&urls::lot_de_relance(lot)))
        }
        Err(raisons) => {
            let page =
                montrer_la_relance(&app, (&cadre, &par), quels, (mot, pour), &raisons).await?;
            Ok(reprise::page(page))
        }
    }
}

/// `GET /charte/relances/{id}`: a batch that left, and where each mail is.
pub async fn lot(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let lot = store::lot(&mut base, id).await?;
    relances::exiger_le_relais(&mut base, &personne, lot.region).await?;
    let relancees = store::du_lot(&mut base, id).await?;
    let relais = relais(&personne, lot.region);
    Ok(pages::lot(&cadre, &relais, &lot, &relancees))
}

/// `GET /charte/gestion/poles/{id}`: the reminders of a pole.
pub async fn relances_du_pole(
    State(app): State<App>,
    cadre: Cadre,
    personne: Personne,
    Chemin(id): Chemin<Uuid>,
) -> Result<Markup, Panne> {
    let mut base = app.db.lecture().await?;
    let fiche = fiches::find(&mut base, id)
        .await?
        .ok_or(Panne::Introuvable)?;
    relances::exiger_le_relais(&mut base, &personne, fiche.lieu.region).await?;
    let relancees = store::relances_du_pole(&mut base, id).await?;
    let relais = relais(&personne, fiche.lieu.region);
    Ok(pages::relances_du_pole(
        &cadre, &relais, &fiche.nom, &relancees,
    ))
}

/// `GET /charte/oppositions/{jeton}`: shows a button and changes nothing.
pub async fn opposition(
    State(app): State<App>,
    cadre: Cadre,
    Chemin(jeton): Chemin<String>,
) -> Result<Markup, Panne> {
    let lien = store::lien(&mut app.db.lecture().await?, &jeton).await?;
    Ok(pages::opposition(&cadre, &jeton, &lien))
}

/// `POST /charte/oppositions/{jeton}`
pub async fn create_opposition(
    State(app): State<App>,
    recu_le: RecuLe,
    Chemin(jeton): Chemin<String>,
    saisie: Saisie,
) -> Result<Response, Panne> {
    let acte = Opposer {
        plus_de_rappels: saisie.texte("choix") != "rappels",
        jeton: jeton.clone(),
        recu_le,
    };
    // Already so: the page says it as well.
    let _ = app.tenter(acte).await?;
    Ok(reprise::vers(&urls::opposition(&jeton)))
}

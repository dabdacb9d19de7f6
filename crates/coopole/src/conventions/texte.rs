//! The text of an agreement: facts in, PDF out, once. What both sides sign is
//! the fingerprint of those bytes, so they are made a single time and kept.

mod exemplaire;
mod projet;

pub use exemplaire::{EXEMPLAIRE, exemplaire, imprimer_l_exemplaire};

use documents::{
    Appel, Autorite, Convention, Document, Excedent, RegleNotice, Signataire, SignatureConvention,
    Structure, VersementPrevu,
};
use metier::{
    campagnes::BudgetDemande,
    commun::{Siret, temps, typographie},
    conventions::{Cote, engagement_exige},
};
use uuid::Uuid;

use super::{
    lettres::en_lettres,
    store::{self, Inscrite},
};
use crate::{
    app::App,
    campagnes::Campagne,
    dossiers::{self, Contenu, sur_papier},
    socle::{erreurs::Panne, papier, taches::Tache},
};

/// The job that prints an agreement, and the kind of paper it leaves.
pub const TEXTE: &str = "convention";

/// The job: prints the text, unless it is there already.
pub async fn imprimer(app: &App, tache: &Tache) -> Result<(), Panne> {
    papier::imprimer_et_garder(app, tache, TEXTE, document(app, tache.objet).await?).await
}

/// The same at once, for somebody about to sign.
pub async fn imprimer_sans_attendre(app: &App, convention: Uuid) -> Result<(), Panne> {
    let inscrite = store::find(&mut app.db.lecture().await?, convention).await?;
    if inscrite.convention.texte.is_some() {
        return Ok(());
    }
    let document = document(app, convention).await?;
    papier::imprimer_sans_attendre(app, (convention, TEXTE), document).await
}

/// Everything the text of an agreement says.
pub async fn document(app: &App, id: Uuid) -> Result<Document, Panne> {
    let mut base = app.db.lecture().await?;
    let inscrite = store::find(&mut base, id).await?;
    let campagne = app.campagnes.find(&inscrite.campagne)?;
    let contenu = dossiers::contenu(&mut base, inscrite.convention.dossier).await?;
    Ok(convention(&campagne, &inscrite, &contenu).into())
}

fn convention(campagne: &Campagne, inscrite: &Inscrite, contenu: &Contenu) -> Convention {
    let montant = inscrite.convention.montant;
    let identite = &campagne.identite;
    let projet = dossiers::Lecture::de(campagne, &contenu.reponses);
    let service = Autorite {
        nom: identite.service.nom.clone(),
        adresse: identite.service.adresse.clone(),
    };
    Convention {
        numero: inscrite.numero.clone(),
        etabli_le: inscrite.proposee_le,
        appel: Appel {
            intitule: identite.titre_court.clone(),
            code: campagne.code.clone(),
            version: format!(
                "version {} du {}",
                campagne.version,
                temps::jour_court_de(identite.notice.du)
            ),
        },
        decision: typographie(&format!(
            "notifiée le {}",
            temps::jour_long(inscrite.convention.notifiee_le)
        )),
        dossier: inscrite.numero_du_dossier.clone(),
        depose_le: temps::instant_long(inscrite.depose_le),
        administration: service,
        pour_administration: signataire(Cote::Tresor, contenu),
        beneficiaire: structure(inscrite),
        pour_beneficiaire: signataire(Cote::Beneficiaire, contenu),
        pole: inscrite.nom_du_pole.clone(),
        projet: projet::en_bref(contenu),
        description: projet::description(&projet),
        montant: montant.to_string(),
        montant_en_lettres: en_lettres(montant),
        duree: campagne
            .subvention
            .as_ref()
            .map(|s| s.duree())
            .unwrap_or_default(),
        periode: None,
        versement: VersementPrevu {
            delai: "soixante jours".into(),
            titulaire: "celui que le bénéficiaire indique en signant".into(),
            compte: "celui que le bénéficiaire indique en signant".into(),
            references: Vec::new(),
        },
        excedent: Excedent::Reverse,
        compte_rendu_avant: None,
        rapport_intermediaire: None,
        objectifs: projet::objectifs(&projet),
        indicateurs: projet::indicateurs(&projet),
        suivi: projet::suivi(&projet),
        engagement_republicain: engagement_exige(inscrite.forme)
            .then(|| "jour de la signature de la présente convention".to_owned()),
        regime_aide: None,
        tribunal: Autorite {
            nom: "tribunal administratif compétent".into(),
            adresse: Vec::new(),
        },
        budget: sur_papier::budget::tableau(
            &contenu.budget(campagne, BudgetDemande::Projet),
            Some(montant),
            Some("durée de la convention".to_owned()),
        ),
        regles: campagne
            .regles
            .iter()
            .map(|regle| RegleNotice {
                code: regle.code.clone(),
                enonce: typographie(&regle.enonce),
                source: Some(typographie(&regle.source)),
                appreciation: regle.appreciation(),
            })
            .collect(),
        signatures: [Cote::Beneficiaire, Cote::Tresor]
            .map(|cote| SignatureConvention {
                partie: match cote {
                    Cote::Beneficiaire => "Pour le bénéficiaire".into(),
                    Cote::Tresor => "Pour l’administration".into(),
                },
                signataire: signataire(cote, contenu),
                enregistree: None,
            })
            .into(),
    }
}

/// The beneficiary's is the person its dossier names for that; the State's is
/// known when they validate. Whoever signs in fact stands in the record of the
/// signature, with the fingerprint of this text.
fn signataire(cote: Cote, contenu: &Contenu) -> Signataire {
    let nomme = |champ: &str, defaut: &str| match contenu.reponse(champ).trim() {
        "" => defaut.to_owned(),
        reponse => reponse.to_owned(),
    };
    let (nom, qualite) = match cote {
        Cote::Beneficiaire => (
            nomme("representant_nom", "la personne qui le signe"),
            nomme("representant_fonction", "ayant pouvoir de l’engager"),
        ),
        Cote::Tresor => (
            "la personne qui la valide".into(),
            "ayant délégation de signature".into(),
        ),
    };
    Signataire {
        nom,
        qualite,
        delegation: None,
    }
}

fn structure(inscrite: &Inscrite) -> Structure {
    let siret = inscrite
        .siret
        .as_deref()
        .and_then(|siret| siret.parse::<Siret>().ok());
    Structure {
        nom: inscrite.structure.clone(),
        forme: inscrite.forme.libelle().to_lowercase(),
        siret: siret.map_or_else(|| "non renseigné".to_owned(), |siret| siret.lisible()),
        adresse: inscrite.commune.iter().cloned().collect(),
    }
}

//! The text of an agreement: facts in, PDF out, once. What both sides sign is
//! the fingerprint of those bytes, so they are made a single time and kept.

use documents::{
    Appel, Autorite, CompteBudget, Convention, Document, EmploiBudget, Excedent, LignePresentee,
    MentionLigne, RegleNotice, Signataire, SignatureConvention, Structure, TableauBudget,
    VersementPrevu,
};
use metier::{
    commun::{Montant, Siret, temps, typographie},
    conventions::{Cote, engagement_exige},
    dossiers::{Compte, Emploi},
};
use uuid::Uuid;

use super::{
    lettres::en_lettres,
    store::{self, Inscrite},
};
use crate::{
    app::App,
    campagnes::Campagne,
    dossiers::{self, Contenu, LigneBudget},
    socle::{erreurs::Panne, papier, taches::Tache},
};

/// The job that prints an agreement, and the kind of paper it leaves.
pub const TEXTE: &str = "convention";

/// The job: prints the text, unless it is there already.
pub async fn imprimer(app: &App, tache: &Tache) -> Result<(), Panne> {
    let inscrite = store::find(&mut app.db.lecture().await?, tache.objet).await?;
    papier::imprimer_et_garder(app, tache, TEXTE, document(app, &inscrite).await?).await
}

/// The same at once, for somebody about to sign.
pub async fn imprimer_sans_attendre(app: &App, convention: Uuid) -> Result<(), Panne> {
    let inscrite = store::find(&mut app.db.lecture().await?, convention).await?;
    if inscrite.convention.texte.is_some() {
        return Ok(());
    }
    let document = document(app, &inscrite).await?;
    papier::imprimer_sans_attendre(app, (convention, TEXTE), document).await
}

async fn document(app: &App, inscrite: &Inscrite) -> Result<Document, Panne> {
    let campagne = app.campagnes.find(&inscrite.campagne)?;
    let dossier = inscrite.convention.dossier;
    let contenu = dossiers::contenu(&mut app.db.lecture().await?, dossier).await?;
    Ok(convention(&campagne, inscrite, &contenu).into())
}

fn convention(campagne: &Campagne, inscrite: &Inscrite, contenu: &Contenu) -> Convention {
    let montant = inscrite.convention.montant;
    let identite = &campagne.identite;
    let service = Autorite {
        nom: identite.service.clone(),
        adresse: Vec::new(),
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
        pour_administration: signataire(Cote::Tresor),
        beneficiaire: structure(inscrite),
        pour_beneficiaire: signataire(Cote::Beneficiaire),
        pole: inscrite.nom_du_pole.clone(),
        projet: Vec::new(),
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
        indicateurs: Vec::new(),
        engagement_republicain: engagement_exige(inscrite.forme)
            .then(|| "jour de la signature de la présente convention".to_owned()),
        regime_aide: None,
        tribunal: Autorite {
            nom: "tribunal administratif compétent".into(),
            adresse: Vec::new(),
        },
        budget: budget(contenu, montant),
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
                signataire: signataire(cote),
                enregistree: None,
            })
            .into(),
    }
}

/// Who signs is known when they sign: their name stands in the record of the
/// signature, with the fingerprint of this text.
fn signataire(cote: Cote) -> Signataire {
    let (nom, qualite) = match cote {
        Cote::Beneficiaire => ("la personne qui le signe", "ayant pouvoir de l’engager"),
        Cote::Tresor => ("la personne qui la valide", "ayant délégation de signature"),
    };
    Signataire {
        nom: nom.into(),
        qualite: qualite.into(),
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
        siret: siret.map_or_else(|| "non renseigné".to_owned(), |siret| siret.to_string()),
        adresse: inscrite.commune.iter().cloned().collect(),
    }
}

/// The project's budget as filed, account by account.
fn budget(contenu: &Contenu, subvention: Montant) -> TableauBudget {
    let cote = |charge: bool| {
        let lignes = contenu
            .projet
            .iter()
            .filter(move |ligne| ligne.charge == charge);
        lignes.filter(|l| !est_volontariat(l)).collect::<Vec<_>>()
    };
    let (charges, produits) = (cote(true), cote(false));
    let total = |lignes: &[&LigneBudget]| Montant::somme(lignes.iter().map(|l| lu(&l.montant)));
    TableauBudget {
        periode: "durée de la convention".into(),
        total_charges: total(&charges).to_string(),
        total_produits: total(&produits).to_string(),
        ecart: None,
        contributions: None,
        emplois: emplois(&charges, subvention),
        subvention: Some(subvention.to_string()),
        part: None,
        charges: comptes(&charges),
        produits: comptes(&produits),
    }
}

/// A filed budget is readable; a blank is nothing.
fn lu(saisie: &str) -> Montant {
    saisie.parse().unwrap_or_default()
}

fn est_volontariat(ligne: &LigneBudget) -> bool {
    Compte::par_code(&ligne.compte).is_some_and(Compte::est_volontariat)
}

fn comptes(lignes: &[&LigneBudget]) -> Vec<CompteBudget> {
    let mut codes: Vec<&str> = lignes
        .iter()
        .map(|l| l.compte.get(..2).unwrap_or(""))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
        .into_iter()
        .map(|code| {
            let du_compte = lignes.iter().filter(|l| l.compte.starts_with(code));
            CompteBudget {
                compte: code.to_owned(),
                intitule: Compte::par_code(code)
                    .map_or("", Compte::libelle)
                    .to_owned(),
                total: Montant::somme(du_compte.clone().map(|l| lu(&l.montant))).to_string(),
                lignes: du_compte.map(|l| presentee(l)).collect(),
            }
        })
        .collect()
}

fn presentee(ligne: &LigneBudget) -> LignePresentee {
    let subvention = lu(&ligne.subvention);
    let mention = match (ligne.charge, ligne.etat.as_str()) {
        (true, _) if subvention > Montant::ZERO => Some(MentionLigne::Subvention {
            montant: subvention.to_string(),
            emploi: Emploi::par_code(&ligne.emploi)
                .map_or("", Emploi::libelle)
                .to_owned(),
        }),
        (false, "obtenue") => Some(MentionLigne::Obtenue),
        (false, "deposee") => Some(MentionLigne::Deposee),
        _ => None,
    };
    LignePresentee {
        libelle: ligne.libelle.clone(),
        montant: lu(&ligne.montant).to_string(),
        mention,
    }
}

fn emplois(charges: &[&LigneBudget], subvention: Montant) -> Vec<EmploiBudget> {
    Emploi::TOUS
        .iter()
        .filter_map(|emploi| {
            let servies = charges.iter().filter(|l| l.emploi == emploi.code());
            let somme = Montant::somme(servies.map(|l| lu(&l.subvention)));
            (somme > Montant::ZERO).then(|| EmploiBudget {
                intitule: emploi.libelle().to_owned(),
                montant: somme.to_string(),
                part: part(somme, subvention),
            })
        })
        .collect()
}

/// « 90 % », to the nearest.
fn part(somme: Montant, total: Montant) -> String {
    let total = total.en_centimes().max(1);
    let part = (somme.en_centimes().saturating_mul(100) + total / 2) / total;
    format!("{part}\u{202f}%")
}

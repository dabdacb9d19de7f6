//! The notice of a call, put on paper from its own document: what is printed
//! and what is shown cannot differ.

use axum::{body::Bytes, http::HeaderValue};
use data_encoding::HEXLOWER;
use documents::{
    Appel, AxeNotice, CritereNotice, EmploiNotice, EtapeNotice, NoticeAppel, PieceNotice,
    RegleNotice, Service,
};
use metier::{
    campagnes::{Acteur, Axe, Bonus, Critere, Emploi, Nature, PieceDemandee, Regle, Volet},
    commun::{temps, typographie},
};

use sha2::{Digest, Sha256};

use super::{Campagne, phrases};
use crate::socle::{erreurs::Panne, papier::Presse};

/// The facts of the notice; `adresse` is where one files.
pub fn notice(campagne: &Campagne, adresse: String) -> NoticeAppel {
    let identite = &campagne.identite;
    let subvention = campagne.subvention.as_ref();
    let regles = |nature: Nature| {
        let regles = campagne.regles.iter().filter(move |r| r.nature == nature);
        regles.map(une_regle).collect()
    };
    NoticeAppel {
        appel: Appel {
            intitule: identite.titre.clone(),
            code: identite.code.clone(),
            version: format!(
                "version {} du {}",
                campagne.version,
                temps::jour_court_de(identite.notice.du)
            ),
        },
        etabli_le: temps::debut_de_jour(identite.notice.du),
        cloture: campagne
            .fenetre
            .cloture
            .map_or_else(|| "sans date de fin".to_owned(), temps::instant_long),
        heures_locales: campagne
            .fenetre
            .cloture
            .map(phrases::heures_outre_mer)
            .unwrap_or_default(),
        presentation: presentation(campagne),
        montant: subvention.map(|s| s.regle.en_mots()),
        duree: subvention.map(|s| s.duree()),
        enveloppe: subvention.map(|s| s.enveloppe.to_string()),
        calendrier: calendrier(campagne),
        eligibilite: regles(Nature::Eligibilite),
        recevabilite: regles(Nature::Recevabilite),
        axes: campagne
            .axes
            .iter()
            .map(|axe| un_axe(campagne, axe))
            .collect(),
        pieces: campagne.pieces.iter().map(une_piece).collect(),
        emplois: campagne.emplois.permis.iter().map(un_emploi).collect(),
        exclusions: campagne.emplois.exclus.iter().map(un_emploi).collect(),
        modalites: modalites(campagne),
        depot: adresse,
        contact: Some(Service {
            nom: identite.service.nom.clone(),
            adresse: identite.service.adresse.clone(),
            courriel: identite.service.courriel.clone(),
            telephone: identite.service.telephone.clone(),
        }),
        changements: Vec::new(),
    }
}

fn presentation(campagne: &Campagne) -> Vec<String> {
    let mut paragraphes = vec![campagne.identite.objet.clone()];
    paragraphes.extend(campagne.objectifs.iter().map(|objectif| {
        typographie(&format!(
            "{} : {} ({})",
            objectif.titre, objectif.texte, objectif.source
        ))
    }));
    paragraphes
}

fn calendrier(campagne: &Campagne) -> Vec<EtapeNotice> {
    let depot = EtapeNotice {
        etape: "Dépôt des dossiers".into(),
        acteur: Acteur::Porteur.libelle().into(),
        echeance: campagne
            .fenetre
            .cloture
            .map(|cloture| phrases::jusqu_a(campagne, cloture)),
    };
    let suite = campagne
        .calendrier
        .etapes
        .iter()
        .map(|echeance| EtapeNotice {
            etape: echeance.libelle.clone(),
            acteur: echeance.acteur.libelle().into(),
            echeance: Some(typographie(&echeance.moment.en_mots())),
        });
    std::iter::once(depot).chain(suite).collect()
}

fn une_regle(regle: &Regle) -> RegleNotice {
    RegleNotice {
        code: regle.code.clone(),
        enonce: regle.enonce.clone(),
        source: Some(regle.source.clone()),
        appreciation: regle.appreciation(),
    }
}

fn un_axe(campagne: &Campagne, axe: &Axe) -> AxeNotice {
    let criteres = campagne.criteres_de(&axe.code).map(un_critere);
    let bonus = campagne.bonus_de(&axe.code).map(un_bonus);
    AxeNotice {
        intitule: axe.titre.clone(),
        criteres: criteres.chain(bonus).collect(),
    }
}

fn un_critere(critere: &Critere) -> CritereNotice {
    CritereNotice {
        code: critere.code.clone(),
        enonce: critere.enonce.clone(),
        source: Some(critere.source.clone()),
        details: enonces(&critere.volets),
        bonus: false,
    }
}

fn un_bonus(bonus: &Bonus) -> CritereNotice {
    CritereNotice {
        code: bonus.critere.clone().unwrap_or_else(|| bonus.code.clone()),
        enonce: bonus.enonce.clone(),
        source: Some(bonus.source.clone()),
        details: enonces(&bonus.cases),
        bonus: true,
    }
}

fn enonces(volets: &[Volet]) -> Vec<String> {
    volets.iter().map(|volet| volet.enonce.clone()).collect()
}

fn une_piece(piece: &PieceDemandee) -> PieceNotice {
    PieceNotice {
        intitule: piece.libelle.clone(),
        obligatoire: piece.obligatoire,
        precision: piece.aide.clone(),
    }
}

fn un_emploi(emploi: &Emploi) -> EmploiNotice {
    EmploiNotice {
        intitule: emploi.libelle.clone(),
        prioritaire: emploi.prioritaire,
        source: Some(emploi.source.clone()),
    }
}

/// How it is paid, and what the official text leaves open.
fn modalites(campagne: &Campagne) -> Vec<String> {
    let versement = campagne.subvention.iter().map(|s| s.versement.clone());
    let ouverts = campagne.non_precise.iter().map(|point| {
        let retenu = point.retenu.as_deref().unwrap_or("rien à retenir ici.");
        typographie(&format!(
            "Non précisé par la notice : {}. Retenu ici : {retenu}",
            phrases::en_incise(&point.sujet)
        ))
    });
    versement.chain(ouverts).collect()
}

/// A notice printed: its bytes, and the tag that says they have not changed.
#[derive(Clone)]
pub struct Imprimee {
    pub octets: Bytes,
    pub etiquette: HeaderValue,
}

impl Imprimee {
    /// Called once a call in the life of the process: its document does not
    /// change, so neither does its paper.
    pub async fn depuis(notice: NoticeAppel, presse: &Presse) -> Result<Self, Panne> {
        let octets = presse.imprimer(notice.into()).await?;
        let etiquette = HEXLOWER.encode(&Sha256::digest(&octets)[..12]);
        Ok(Self {
            octets,
            etiquette: HeaderValue::from_str(&format!("\"{etiquette}\"")).expect("hexadecimal"),
        })
    }
}

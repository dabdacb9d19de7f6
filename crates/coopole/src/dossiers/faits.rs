//! The facts on which the conditions of a call are judged: the answers, the
//! members, and what the register knows of the pole's past.

use jiff::Timestamp;
use metier::{
    campagnes::{
        AideRecue, Genre, Preuve,
        conditions::{Constat, Faits, Origine},
        eligibilite,
    },
    charte::{QualiteSignature, Signature},
    commun::{Siret, temps},
    poles::{FormeJuridique, QualiteEss, Structure},
};
use uuid::Uuid;

use super::{
    contenu::Contenu,
    lecture::Lecture,
    store::{self, Dossier},
    suivi,
};
use crate::{
    campagnes::{self, Campagne},
    poles::{self, Passe},
    socle::{db, erreurs::Panne},
};

/// Every fact known of this dossier. A draft has no instant of reception yet.
pub async fn faits(
    base: &mut db::Lecture,
    dossier: &Dossier,
    campagne: &Campagne,
) -> Result<Faits, Panne> {
    let contenu = store::contenu(base, dossier.id).await?;
    reunir(base, dossier, campagne, &contenu).await
}

/// Where this dossier stands with each condition of eligibility of its call:
/// pointed out to its team, never a reason not to receive it (people decide).
pub async fn eligibilite(
    base: &mut db::Lecture,
    dossier: &Dossier,
    campagne: &Campagne,
    contenu: &Contenu,
) -> Result<Vec<Constat>, Panne> {
    let faits = reunir(base, dossier, campagne, contenu).await?;
    Ok(eligibilite::examiner(campagne, &faits))
}

async fn reunir(
    base: &mut db::Lecture,
    dossier: &Dossier,
    campagne: &Campagne,
    contenu: &Contenu,
) -> Result<Faits, Panne> {
    let dit: Option<Siret> = contenu.siret().parse().ok();
    let dit = dit.map(|siret| siret.siren());
    let passe = poles::passe(base, dossier.pole, dossier.structure, dit.as_ref()).await?;
    let lies = store::dossiers_lies(base, dossier).await?;
    let mut faits = Lecture::de(campagne, &contenu.reponses).faits;
    completer_la_structure(&mut faits, &passe);
    faits.membres(&suivi::membres_connus(contenu), Origine::Dossier);
    du_passe(&mut faits, (&passe, dossier.depose_le), campagne);
    // Where none is recorded but a signed Charter is joined, nobody knows yet:
    // a person reads it, and says.
    if !passe.signatures.is_empty() || !charte_jointe(campagne, contenu) {
        des_signatures(&mut faits, &passe, dossier.pole);
    }
    let lies: Vec<_> = lies
        .iter()
        .filter_map(|(genre, depose_le)| Some((Genre::par_code(genre)?, *depose_le)))
        .collect();
    faits.dossiers_lies(&lies, Origine::Registre);
    let manques = suivi::completude(campagne, contenu).manques().count();
    faits.elements_manquants(manques);
    if let Some(depose_le) = dossier.depose_le {
        faits.recu_le(depose_le);
    }
    Ok(faits)
}

/// What the dossier does not say of its structure, the register may.
fn completer_la_structure(faits: &mut Faits, passe: &Passe) {
    if faits.fait("structure.forme").is_some() {
        return;
    }
    let structure = Structure {
        denomination: String::new(),
        siret: None,
        rna: None,
        forme: passe.forme.as_deref().and_then(FormeJuridique::par_code),
        qualite_declaree: passe.qualite_ess.as_deref().and_then(QualiteEss::par_code),
        region: None,
    };
    faits.structure(&structure, Origine::Registre);
}

fn charte_jointe(campagne: &Campagne, contenu: &Contenu) -> bool {
    let mut chartes = campagne
        .pieces
        .iter()
        .filter(|piece| matches!(piece.preuve, Preuve::Signature { .. }));
    chartes.any(|charte| contenu.pieces.iter().any(|p| p.genre == charte.code))
}

/// What came after the filing is not the past of this dossier: its own aid, for
/// one, is a reason against the next.
fn du_passe(
    faits: &mut Faits,
    (passe, depose_le): (&Passe, Option<Timestamp>),
    campagne: &Campagne,
) {
    let laureats: Vec<_> = passe
        .laureats
        .iter()
        .filter_map(|genre| Some((Genre::par_code(genre)?, "")))
        .collect();
    let aides: Vec<AideRecue> = passe
        .aides
        .iter()
        .filter(|aide| depose_le.is_none_or(|depose_le| aide.convention_le < depose_le))
        .map(|aide| AideRecue {
            appel: match aide.campagne == campagne.identite.code {
                true => &campagne.identite.titre_court,
                false => {
                    campagnes::titre_d_un_appel_passe(&aide.campagne).unwrap_or(&aide.campagne)
                }
            }
            .to_owned(),
            convention_le: Some(temps::jour_de(aide.convention_le)),
            montant: Some(aide.montant),
            par_la_structure: !aide.au_pole,
        })
        .collect();
    faits
        .laureats(&laureats, Origine::Registre)
        .aides(&aides, Origine::Registre);
}

fn des_signatures(faits: &mut Faits, passe: &Passe, pole: Uuid) {
    let signatures: Vec<Signature> = passe
        .signatures
        .iter()
        .map(|(version, le)| Signature {
            version: version.clone(),
            signataire: pole,
            qualite: QualiteSignature::Pole,
            par: Uuid::nil(),
            signee_le: *le,
            retiree_le: None,
        })
        .collect();
    // The register left out those withdrawn: all of these stand.
    faits.signatures(&signatures, Timestamp::MAX, Origine::Registre);
}

//! Interests, declared before anything opens; each closes its dossier.
//!
//! Source: droit-et-normes, D9 (impartiality). Links that can be computed are
//! computed, whatever is declared; a declared link is never taken back. A
//! closed dossier is to be answered as one that does not exist.

use jiff::Timestamp;
use uuid::Uuid;

use crate::commun::{Raison, Refus, Siren, parle_par_ses_raisons, typographie};

/// A person who examines, and the organisation they sit for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examinateur {
    /// The person.
    pub personne: Uuid,
    /// The organisation of the seat.
    pub organisation: String,
    /// Its number, when known.
    pub siren: Option<Siren>,
    /// Poles this person belongs to or works for.
    pub poles: Vec<Uuid>,
}

/// What is shown of a dossier before interests are declared, and no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierAExaminer {
    /// The dossier.
    pub id: Uuid,
    /// Its pole.
    pub pole: Uuid,
    /// The name it is known by: that of its pole.
    pub nom: String,
    /// Name and number of the carrying structure.
    pub structure: (String, Option<Siren>),
    /// Names and numbers of the members.
    pub membres: Vec<(String, Option<Siren>)>,
}

/// What ties a person to a dossier, with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lien {
    /// Said by the person.
    Declare(String),
    /// This person belongs to the pole.
    Pole,
    /// The organisation carries the pole.
    Structure,
    /// The organisation is one of its members, under that name.
    Membre(String),
}

impl Lien {
    /// Where it comes from, in words.
    pub fn origine(&self) -> String {
        typographie(&match self {
            Self::Declare(texte) => format!("Lien déclaré : {texte}"),
            Self::Pole => "Lien calculé : vous êtes rattaché à ce pôle.".to_owned(),
            Self::Structure => {
                "Lien calculé : votre organisation porte ce pôle (même SIREN ou même nom)."
                    .to_owned()
            }
            Self::Membre(nom) => {
                format!("Lien calculé : votre organisation est membre de ce pôle ({nom}).")
            }
        })
    }
}

/// What a person answers for a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reponse {
    /// « Aucun lien ».
    Aucun,
    /// « Un lien : … », with what it is.
    Un(String),
}

/// An answer recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interet {
    /// The dossier.
    pub dossier: Uuid,
    /// The person.
    pub personne: Uuid,
    /// What was answered.
    pub reponse: Reponse,
    /// When.
    pub declare_le: Timestamp,
}

/// A dossier closed to a person, for the whole call and for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deport {
    /// The dossier.
    pub dossier: Uuid,
    /// The person.
    pub personne: Uuid,
    /// Why, in full.
    pub liens: Vec<Lien>,
    /// Since when.
    pub ferme_le: Timestamp,
}

/// What follows from a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interets {
    /// Answers to record.
    pub interets: Vec<Interet>,
    /// Dossiers that close.
    pub deports: Vec<Deport>,
}

/// Why a declaration is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusInterets {
    /// Answers still to give; all of them.
    AReprendre(Vec<Raison>),
}

/// The links that need no declaration.
pub fn liens_calcules(examinateur: &Examinateur, dossier: &DossierAExaminer) -> Vec<Lien> {
    let meme = |(nom, siren): &(String, Option<Siren>)| {
        let meme_numero = siren.is_some() && *siren == examinateur.siren;
        meme_numero || plie(nom) == plie(&examinateur.organisation)
    };
    let mut liens = Vec::new();
    if examinateur.poles.contains(&dossier.pole) {
        liens.push(Lien::Pole);
    }
    if meme(&dossier.structure) {
        liens.push(Lien::Structure);
    }
    let membres = dossier.membres.iter().filter(|membre| meme(membre));
    liens.extend(membres.map(|(nom, _)| Lien::Membre(nom.clone())));
    liens
}

/// Decides what a declaration on these dossiers records and closes.
///
/// `reponses` must answer for each of them: a dossier left without an answer
/// keeps all the others shut. A dossier on which a link was declared before
/// stays closed, whatever is answered now.
pub fn declarer(
    examinateur: &Examinateur,
    dossiers: &[DossierAExaminer],
    reponses: &[(Uuid, Reponse)],
    deja: &[Deport],
    le: Timestamp,
) -> Result<Interets, RefusInterets> {
    let mut acte = Interets::default();
    let mut raisons = Vec::new();
    for dossier in dossiers {
        let ferme = deja
            .iter()
            .any(|d| d.dossier == dossier.id && d.personne == examinateur.personne);
        if ferme {
            continue;
        }
        let reponse = reponses.iter().find(|(id, _)| *id == dossier.id);
        let Some((_, reponse)) = reponse else {
            raisons.push(a_dire(
                dossier,
                "interet_non_declare",
                "Dites si vous avez un lien",
            ));
            continue;
        };
        let mut liens = liens_calcules(examinateur, dossier);
        if let Reponse::Un(texte) = reponse {
            if texte.trim().is_empty() {
                raisons.push(a_dire(dossier, "lien_non_decrit", "Dites quel est le lien"));
                continue;
            }
            liens.push(Lien::Declare(texte.trim().to_owned()));
        }
        acte.interets.push(Interet {
            dossier: dossier.id,
            personne: examinateur.personne,
            reponse: reponse.clone(),
            declare_le: le,
        });
        if !liens.is_empty() {
            acte.deports.push(Deport {
                dossier: dossier.id,
                personne: examinateur.personne,
                liens,
                ferme_le: le,
            });
        }
    }
    match raisons.is_empty() {
        true => Ok(acte),
        false => Err(RefusInterets::AReprendre(raisons)),
    }
}

fn a_dire(dossier: &DossierAExaminer, code: &'static str, quoi: &str) -> Raison {
    Raison::new(code, format!("{quoi} avec « {} ».", dossier.nom)).ancre(dossier.id.to_string())
}

impl Deport {
    /// « Lien déclaré. Ce dossier vous est fermé pour tout l’appel. »
    pub fn phrase(&self) -> &'static str {
        match self.liens.iter().any(|l| matches!(l, Lien::Declare(_))) {
            true => "Lien déclaré. Ce dossier vous est fermé pour tout l’appel.",
            false => "Lien constaté. Ce dossier vous est fermé pour tout l’appel.",
        }
    }
}

/// What a person may do with a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acces {
    /// Read and mark.
    Ouvert,
    /// Nothing of the call opens yet: so many dossiers await an answer.
    InteretsADeclarer(usize),
    /// Nothing at all, as if it did not exist.
    Ferme,
}

/// What this person may do with this dossier, among the dossiers of the call.
///
/// Closed wins over everything: once a link is known, what remains to declare
/// elsewhere changes nothing to it.
pub fn acces(
    dossier: Uuid,
    personne: Uuid,
    de_l_appel: &[Uuid],
    interets: &[Interet],
    deports: &[Deport],
) -> Acces {
    let deporte = |id: Uuid| {
        deports
            .iter()
            .any(|d| d.dossier == id && d.personne == personne)
    };
    if deporte(dossier) || !de_l_appel.contains(&dossier) {
        return Acces::Ferme;
    }
    let restants = de_l_appel.iter().filter(|id| {
        let declare = interets
            .iter()
            .any(|i| i.dossier == **id && i.personne == personne);
        !declare && !deporte(**id)
    });
    match restants.count() {
        0 => Acces::Ouvert,
        n => Acces::InteretsADeclarer(n),
    }
}

/// Names are compared without capitals nor double spaces.
fn plie(nom: &str) -> String {
    let mots: Vec<String> = nom.split_whitespace().map(str::to_lowercase).collect();
    mots.join(" ")
}

impl Refus for RefusInterets {
    fn raisons(&self) -> Vec<Raison> {
        let Self::AReprendre(raisons) = self;
        raisons.clone()
    }
}

parle_par_ses_raisons!(RefusInterets);

#[cfg(test)]
mod tests {
    use super::*;

    const RIVES: Uuid = Uuid::from_u128(1);
    const TERRE: Uuid = Uuid::from_u128(2);
    const MOI: Uuid = Uuid::from_u128(9);

    fn le() -> Timestamp {
        "2024-08-01T08:00:00Z".parse().unwrap()
    }

    fn siren() -> Siren {
        "732829320".parse().unwrap()
    }

    fn examinateur() -> Examinateur {
        Examinateur {
            personne: MOI,
            organisation: "Réseau des Ateliers".into(),
            siren: Some(siren()),
            poles: Vec::new(),
        }
    }

    fn dossier(id: Uuid, structure: &str) -> DossierAExaminer {
        DossierAExaminer {
            id,
            pole: Uuid::from_u128(100 + id.as_u128()),
            nom: format!("Pôle {structure}"),
            structure: (structure.into(), None),
            membres: Vec::new(),
        }
    }

    fn deux() -> [DossierAExaminer; 2] {
        [dossier(RIVES, "Les Rives"), dossier(TERRE, "Terre commune")]
    }

    #[test]
    fn le_meme_siren_ferme_le_dossier_meme_sans_declaration() {
        let mut porte = dossier(RIVES, "Autre nom");
        porte.structure.1 = Some(siren());
        let reponses = [(RIVES, Reponse::Aucun)];
        let acte = declarer(&examinateur(), &[porte], &reponses, &[], le()).unwrap();
        assert_eq!(acte.deports[0].liens, [Lien::Structure]);
        assert!(acte.deports[0].liens[0].origine().contains("SIREN"));
    }

    #[test]
    fn la_meme_organisation_parmi_les_membres_est_un_lien() {
        let mut dossier = dossier(RIVES, "Les Rives");
        dossier.membres = vec![("RÉSEAU des  Ateliers".into(), None)];
        let liens = liens_calcules(&examinateur(), &dossier);
        assert_eq!(liens, [Lien::Membre("RÉSEAU des  Ateliers".into())]);
    }

    #[test]
    fn deux_organisations_sans_siren_ne_sont_pas_la_meme() {
        let inconnue = Examinateur {
            siren: None,
            ..examinateur()
        };
        assert!(liens_calcules(&inconnue, &dossier(RIVES, "Les Rives")).is_empty());
    }

    #[test]
    fn le_pole_dont_on_est_membre_est_ferme() {
        let dossier = dossier(RIVES, "Les Rives");
        let membre = Examinateur {
            poles: vec![dossier.pole],
            ..examinateur()
        };
        assert_eq!(liens_calcules(&membre, &dossier), [Lien::Pole]);
    }

    #[test]
    fn chaque_dossier_attend_sa_reponse() {
        let reponses = [(RIVES, Reponse::Un("  ".into()))];
        let refus = declarer(&examinateur(), &deux(), &reponses, &[], le()).unwrap_err();
        assert_eq!(
            refus.to_string(),
            "Dites quel est le lien avec «\u{a0}Pôle Les Rives\u{a0}». Dites si vous avez un lien avec «\u{a0}Pôle Terre commune\u{a0}»."
        );
    }

    #[test]
    fn un_lien_declare_ferme_le_dossier_pour_tout_l_appel() {
        let reponses = [
            (RIVES, Reponse::Un("J’y ai travaillé.".into())),
            (TERRE, Reponse::Aucun),
        ];
        let acte = declarer(&examinateur(), &deux(), &reponses, &[], le()).unwrap();
        assert_eq!(acte.interets.len(), 2);
        assert_eq!(
            acte.deports[0].phrase(),
            "Lien déclaré. Ce dossier vous est fermé pour tout l’appel."
        );
        let tous = [RIVES, TERRE];
        let acces_a = |id| acces(id, MOI, &tous, &acte.interets, &acte.deports);
        assert_eq!(acces_a(RIVES), Acces::Ferme);
        assert_eq!(acces_a(TERRE), Acces::Ouvert);
    }

    #[test]
    fn un_lien_declare_ne_se_reprend_pas() {
        let premier = [(RIVES, Reponse::Un("J’y ai travaillé.".into()))];
        let acte = declarer(&examinateur(), &deux()[..1], &premier, &[], le()).unwrap();
        let ensuite = [(RIVES, Reponse::Aucun)];
        let second = declarer(&examinateur(), &deux()[..1], &ensuite, &acte.deports, le()).unwrap();
        assert_eq!(second, Interets::default());
    }

    #[test]
    fn rien_ne_s_ouvre_avant_que_tout_soit_declare() {
        let reponses = [(RIVES, Reponse::Aucun)];
        let acte = declarer(&examinateur(), &deux()[..1], &reponses, &[], le()).unwrap();
        let tous = [RIVES, TERRE];
        assert_eq!(
            acces(RIVES, MOI, &tous, &acte.interets, &[]),
            Acces::InteretsADeclarer(1)
        );
        let autre = Uuid::from_u128(77);
        assert_eq!(acces(autre, MOI, &tous, &acte.interets, &[]), Acces::Ferme);
    }
}

//! Who may do what: one table, readable by an auditor, and one question.
//!
//! A person holds habilitations: a role, sometimes a quality, on a scope (a
//! pole, a territory, the nation) and for a period. A right names the holders it
//! accepts. What a person may not see does not exist for them: a room asks its
//! store for « the dossiers of this person », and a refusal here is a 404.

use metier::{commun::Region, liste_fermee};
use uuid::Uuid;

use super::{departements, epci::Epci, erreurs::Panne};

liste_fermee! {
    /// The roles of the glossary; the public is not a role.
    pub enum Role {
        /// A pole's team.
        Porteur = "porteur", "Équipe d’un pôle";
        /// A regional cell.
        Cra = "cra", "Cellule régionale";
        /// The national committee.
        Cna = "cna", "Cellule nationale";
        /// The Trésor.
        Pilote = "pilote", "Pilotage national";
        /// Coorace.
        Animation = "animation", "Animation nationale";
        /// The keeper of the Charter.
        Charte = "charte", "Charte";
        /// A council that follows its territory.
        Collectivite = "collectivite", "Collectivité";
        /// Reads the journal and the decisions.
        Auditeur = "auditeur", "Audit";
        /// Runs the machine; reads no dossier.
        Admin = "admin", "Administration";
    }
}

liste_fermee! {
    /// A quality within a role.
    pub enum Qualite {
        /// Answers for the pole: files and signs.
        Responsable = "responsable", "Responsable";
        /// Writes in the dossier, does not file it.
        Contributeur = "contributeur", "Contribution";
        /// Reads the dossier.
        Lecteur = "lecteur", "Lecture";
        /// Gives the cell's opinion.
        Instructeur = "instructeur", "Instruction";
        /// Runs the cell's events.
        Animateur = "animateur", "Animation";
        /// Writes and prepares.
        ChargeMission = "charge_mission", "Préparation";
        /// Decides and signs.
        Decideur = "decideur", "Décision";
        /// Validates the orders of payment.
        Ordonnateur = "ordonnateur", "Ordonnancement";
    }
}

/// Where a habilitation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Perimetre {
    Pole(Uuid),
    Region(Region),
    Departement(&'static str),
    Epci(&'static Epci),
    National,
}

impl Perimetre {
    /// The territory it is: its kind and its code, as rows and addresses say
    /// them, and its name.
    pub fn territoire(self) -> Option<(&'static str, &'static str, String)> {
        match self {
            Self::Region(region) => Some(("region", region.code(), region.nom().to_owned())),
            Self::Departement(code) => Some(("departement", code, departements::lisible(code))),
            Self::Epci(epci) => Some(("epci", epci.siren, epci.nom.to_owned())),
            Self::Pole(_) | Self::National => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habilitation {
    pub role: Role,
    pub qualite: Option<Qualite>,
    pub perimetre: Perimetre,
}

/// What may be done. One name an act or a private page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Droit {
    LireDossier,
    RemplirDossier,
    DeposerDossier,
    GererEquipe,
    SignerConvention,
    SignerCharte,
    TenirCharte,
    RelayerCharte,
    InstruireRegion,
    RendreAvis,
    ExaminerNational,
    NommerSuppleante,
    PublierContact,
    ModererRegistre,
    ImporterRegistre,
    FusionnerPoles,
    SortirPoles,
    SuivreTerritoire,
    ConsignerLaureats,
    CloreSeance,
    LireCampagne,
    PreparerDecision,
    ArreterDecision,
    PreparerConvention,
    ValiderConvention,
    PreparerVersement,
    ValiderVersement,
    LireJournal,
    Administrer,
}

use Qualite as Q;
use Role as R;

/// Who holds a right: a role, of a quality or of any.
pub type Titulaire = (Role, Option<Qualite>);

/// The table, one line a right.
pub const TABLE: &[(Droit, &[Titulaire])] = &[
    (Droit::LireDossier, &[(R::Porteur, None)]),
    (
        Droit::RemplirDossier,
        &[
            (R::Porteur, Some(Q::Responsable)),
            (R::Porteur, Some(Q::Contributeur)),
        ],
    ),
    (Droit::DeposerDossier, &[(R::Porteur, Some(Q::Responsable))]),
    (Droit::GererEquipe, &[(R::Porteur, Some(Q::Responsable))]),
    (
        Droit::SignerConvention,
        &[(R::Porteur, Some(Q::Responsable))],
    ),
    (Droit::SignerCharte, &[(R::Porteur, Some(Q::Responsable))]),
    (Droit::TenirCharte, &[(R::Charte, None)]),
    (Droit::RelayerCharte, &[(R::Charte, None), (R::Cra, None)]),
    // The pilot holds these on the nation: on the dossiers of a region that has
    // neither cell nor substitute, and on no other (P-20).
    (
        Droit::InstruireRegion,
        &[(R::Cra, None), (R::Pilote, Some(Q::ChargeMission))],
    ),
    (
        Droit::RendreAvis,
        &[
            (R::Cra, Some(Q::Instructeur)),
            (R::Pilote, Some(Q::ChargeMission)),
        ],
    ),
    (Droit::ExaminerNational, &[(R::Cna, None)]),
    (
        Droit::PublierContact,
        &[
            (R::Cra, Some(Q::Instructeur)),
            (R::Pilote, Some(Q::ChargeMission)),
            (R::Pilote, Some(Q::Decideur)),
        ],
    ),
    (
        Droit::NommerSuppleante,
        &[
            (R::Pilote, Some(Q::ChargeMission)),
            (R::Pilote, Some(Q::Decideur)),
        ],
    ),
    (
        Droit::ModererRegistre,
        &[(R::Cra, None), (R::Pilote, Some(Q::ChargeMission))],
    ),
    (
        Droit::ImporterRegistre,
        &[(R::Charte, None), (R::Animation, None)],
    ),
    (
        Droit::FusionnerPoles,
        &[
            (R::Cra, None),
            (R::Pilote, Some(Q::ChargeMission)),
            (R::Charte, None),
        ],
    ),
    (
        Droit::SortirPoles,
        &[
            (R::Cra, None),
            (R::Pilote, Some(Q::ChargeMission)),
            (R::Charte, None),
        ],
    ),
    (Droit::SuivreTerritoire, &[(R::Collectivite, None)]),
    (
        Droit::ConsignerLaureats,
        &[(R::Pilote, Some(Q::ChargeMission))],
    ),
    (
        Droit::CloreSeance,
        &[
            (R::Pilote, Some(Q::ChargeMission)),
            (R::Pilote, Some(Q::Decideur)),
        ],
    ),
    (Droit::LireCampagne, &[(R::Pilote, None)]),
    (
        Droit::PreparerDecision,
        &[(R::Pilote, Some(Q::ChargeMission))],
    ),
    (Droit::ArreterDecision, &[(R::Pilote, Some(Q::Decideur))]),
    (
        Droit::PreparerConvention,
        &[(R::Pilote, Some(Q::ChargeMission))],
    ),
    (Droit::ValiderConvention, &[(R::Pilote, Some(Q::Decideur))]),
    (
        Droit::PreparerVersement,
        &[(R::Pilote, Some(Q::ChargeMission))],
    ),
    (
        Droit::ValiderVersement,
        &[(R::Pilote, Some(Q::Ordonnateur))],
    ),
    (
        Droit::LireJournal,
        &[(R::Auditeur, None), (R::Pilote, None)],
    ),
    (Droit::Administrer, &[(R::Admin, None)]),
];

/// Whom a right belongs to, in words: « Pilotage national (décision) ».
pub fn titulaires(droit: Droit) -> String {
    let siens = TABLE.iter().filter(|(nom, _)| *nom == droit);
    let mots: Vec<String> = siens
        .flat_map(|(_, titulaires)| *titulaires)
        .map(|(role, qualite)| match qualite {
            Some(qualite) => format!("{} ({})", role.libelle(), qualite.libelle().to_lowercase()),
            None => role.libelle().to_owned(),
        })
        .collect();
    mots.join(", ")
}

impl Habilitation {
    /// Whether this habilitation gives the right somewhere.
    pub fn donne(&self, droit: Droit) -> bool {
        TABLE.iter().any(|(nom, titulaires)| {
            *nom == droit
                && titulaires.iter().any(|(role, qualite)| {
                    self.role == *role && (qualite.is_none() || self.qualite == *qualite)
                })
        })
    }

    fn couvre(&self, lieu: Perimetre) -> bool {
        self.perimetre == lieu
    }
}

/// Somebody signed in, with what they hold today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personne {
    pub compte: Uuid,
    pub nom: String,
    pub courriel: String,
    pub habilitations: Vec<Habilitation>,
}

impl Personne {
    /// Whether the person holds this right on this very scope.
    pub fn peut(&self, droit: Droit, lieu: Perimetre) -> bool {
        self.habilitations
            .iter()
            .any(|h| h.donne(droit) && h.couvre(lieu))
    }

    /// The right, or a page that does not exist.
    pub fn exiger(&self, droit: Droit, lieu: Perimetre) -> Result<(), Panne> {
        if self.peut(droit, lieu) {
            Ok(())
        } else {
            Err(Panne::Introuvable)
        }
    }

    /// The scopes on which the person holds this right: what a list shows.
    pub fn perimetres(&self, droit: Droit) -> impl Iterator<Item = Perimetre> {
        self.habilitations
            .iter()
            .filter(move |h| h.donne(droit))
            .map(|h| h.perimetre)
    }

    /// The regions on which the person holds this right.
    pub fn regions(&self, droit: Droit) -> Vec<Region> {
        self.perimetres(droit)
            .filter_map(|lieu| match lieu {
                Perimetre::Region(region) => Some(region),
                _ => None,
            })
            .collect()
    }

    pub fn a_le_role(&self, role: Role) -> bool {
        self.habilitations.iter().any(|h| h.role == role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn personne(role: Role, qualite: Option<Qualite>, perimetre: Perimetre) -> Personne {
        Personne {
            compte: Uuid::nil(),
            nom: "Personne d’essai".into(),
            courriel: "essai@coopole.example".into(),
            habilitations: vec![Habilitation {
                role,
                qualite,
                perimetre,
            }],
        }
    }

    #[test]
    fn chaque_droit_a_une_ligne_et_une_seule() {
        for (droit, titulaires) in TABLE {
            assert_eq!(
                TABLE.iter().filter(|(autre, _)| autre == droit).count(),
                1,
                "{droit:?}"
            );
            assert!(!titulaires.is_empty(), "{droit:?} n’est à personne");
        }
    }

    #[test]
    fn une_contributrice_remplit_mais_ne_depose_pas() {
        let pole = Perimetre::Pole(Uuid::from_u128(1));
        let personne = personne(Role::Porteur, Some(Qualite::Contributeur), pole);
        assert!(personne.peut(Droit::RemplirDossier, pole));
        assert!(!personne.peut(Droit::DeposerDossier, pole));
    }

    #[test]
    fn un_droit_ne_vaut_que_sur_son_perimetre() {
        let sien = Perimetre::Pole(Uuid::from_u128(1));
        let autre = Perimetre::Pole(Uuid::from_u128(2));
        let personne = personne(Role::Porteur, Some(Qualite::Responsable), sien);
        assert!(!personne.peut(Droit::LireDossier, autre));
        assert!(!personne.peut(Droit::LireDossier, Perimetre::National));
    }

    #[test]
    fn l_administration_ne_lit_aucun_dossier() {
        let admin = personne(Role::Admin, None, Perimetre::National);
        for (droit, _) in TABLE
            .iter()
            .filter(|(droit, _)| *droit != Droit::Administrer)
        {
            assert!(!admin.peut(*droit, Perimetre::National), "{droit:?}");
        }
    }
}

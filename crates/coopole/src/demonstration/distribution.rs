//! The cast: seven poles in three regions and one person or more per role,
//! known by name in tests and guides. All invented, none after anybody.

use jiff::Timestamp;
use metier::{
    campagnes::Genre,
    commun::{Montant, Region},
};
use uuid::Uuid;

use super::{
    modele::{Auteur, Reste},
    portraits,
    projets::Graine,
};
use crate::{
    app::App,
    comptes::store as comptes,
    poles::{self, AideVersee, NouveauPole, NouvelleStructure},
    registre,
    socle::{
        db::Tx,
        droits::{Habilitation, Perimetre, Qualite, Role},
        epci,
        erreurs::Panne,
    },
    valeurs,
};

/// A pole of the cast and the structure that carries it.
pub struct PoleInvente {
    pub nom: &'static str,
    pub structure: &'static str,
    pub forme: &'static str,
    pub siret: &'static str,
    pub commune: &'static str,
    pub code_commune: &'static str,
    pub region: &'static str,
    /// Laureate of the accompaniment call (E1).
    pub laureat: bool,
    /// Signatory of the Charter of 30 June 2021 (E2).
    pub signataire: bool,
    /// Date of an earlier State agreement, if any (E3).
    pub aide: Option<&'static str>,
}

/// The seven poles. Each is here for a reason, said beside it.
pub const POLES: [PoleInvente; 7] = [
    // Everything is in order: the dossier of the guide.
    PoleInvente {
        nom: "Pôle des Rives",
        structure: "Les Rives solidaires",
        forme: "association",
        siret: "90000001900019",
        commune: "Morlaix",
        code_commune: "29151",
        region: "53",
        ..EN_ORDRE
    },
    // In order too, and close behind: one of the two is at the edge.
    PoleInvente {
        nom: "Atelier du Pays",
        structure: "Coopérative de l’Atelier",
        forme: "cooperative",
        siret: "90000002700012",
        commune: "Redon",
        code_commune: "35236",
        region: "53",
        ..EN_ORDRE
    },
    // Never signed the Charter: E2 not met.
    PoleInvente {
        nom: "Terre commune",
        structure: "Terre commune en partage",
        forme: "association",
        siret: "90000003500015",
        commune: "Pontivy",
        code_commune: "56178",
        region: "53",
        signataire: false,
        ..EN_ORDRE
    },
    // Overseas: another local hour, one more month to appeal.
    PoleInvente {
        nom: "Fabrique des Cirques",
        structure: "La Fabrique des Cirques",
        forme: "association",
        siret: "90000004300019",
        commune: "Saint-Pierre",
        code_commune: "97416",
        region: "04",
        ..EN_ORDRE
    },
    // Subsidised in December 2021: E3 not met before December 2026.
    PoleInvente {
        nom: "Halte des Alizés",
        structure: "Alizés services",
        forme: "cooperative",
        siret: "90000005000014",
        commune: "Saint-Benoît",
        code_commune: "97410",
        region: "04",
        aide: Some("2021-12-15T10:00:00+01:00"),
        ..EN_ORDRE
    },
    // A region without a cell: another one gives the opinion.
    PoleInvente {
        nom: "Chantier des Deux Vallées",
        structure: "Deux Vallées",
        forme: "association",
        siret: "90000006800016",
        commune: "Corte",
        code_commune: "2B096",
        region: "94",
        ..EN_ORDRE
    },
    // Not laureate of the accompaniment call: E1 not met without a twin dossier.
    PoleInvente {
        nom: "Comptoir du Golfe",
        structure: "Le Comptoir du Golfe",
        forme: "association",
        siret: "90000007600019",
        commune: "Ajaccio",
        code_commune: "2A004",
        region: "94",
        laureat: false,
        ..EN_ORDRE
    },
];

/// A pole against which no rule stands: the others say what differs.
const EN_ORDRE: PoleInvente = PoleInvente {
    nom: "",
    structure: "",
    forme: "association",
    siret: "",
    commune: "",
    code_commune: "",
    region: "53",
    laureat: true,
    signataire: true,
    aide: None,
};

/// Where a person of the cast holds their role.
enum Lieu {
    Pole(usize),
    Region(&'static str),
    Epci(&'static str),
    National,
}

use Lieu::{Epci as EnEpci, National, Pole, Region as EnRegion};
use Qualite as Q;
use Role as R;

/// Name, address, and what they hold.
type Role_ = (Role, Option<Qualite>, Lieu);
const PERSONNES: &[(&str, &str, &[Role_])] = &[
    (
        "Solène Marée",
        "solene@rives.example",
        &[(R::Porteur, Some(Q::Responsable), Pole(0))],
    ),
    (
        "Ivan Écluse",
        "ivan@rives.example",
        &[(R::Porteur, Some(Q::Contributeur), Pole(0))],
    ),
    (
        "Odile Relecture",
        "odile@rives.example",
        &[(R::Porteur, Some(Q::Lecteur), Pole(0))],
    ),
    (
        "Bastien Établi",
        "bastien@atelier.example",
        &[(R::Porteur, Some(Q::Responsable), Pole(1))],
    ),
    (
        "Nour Sillon",
        "nour@terre.example",
        &[(R::Porteur, Some(Q::Responsable), Pole(2))],
    ),
    (
        "Aline Cascade",
        "aline@cirques.example",
        &[(R::Porteur, Some(Q::Responsable), Pole(3))],
    ),
    (
        "Gilles Alizé",
        "gilles@alizes.example",
        &[(R::Porteur, Some(Q::Responsable), Pole(4))],
    ),
    (
        "Lesia Sentier",
        "lesia@vallees.example",
        &[(R::Porteur, Some(Q::Responsable), Pole(5))],
    ),
    (
        "Marcu Comptoir",
        "marcu@golfe.example",
        &[(R::Porteur, Some(Q::Responsable), Pole(6))],
    ),
    (
        "Gwenn Balise",
        "gwenn@cellule-bretagne.example",
        &[(R::Cra, Some(Q::Instructeur), EnRegion("53"))],
    ),
    (
        "Erwan Repère",
        "erwan@cellule-bretagne.example",
        &[(R::Cra, Some(Q::Animateur), EnRegion("53"))],
    ),
    (
        "Kélia Piton",
        "kelia@cellule-reunion.example",
        &[(R::Cra, Some(Q::Instructeur), EnRegion("04"))],
    ),
    (
        "Paul Calanque",
        "paul@cellule-sud.example",
        &[(R::Cra, Some(Q::Instructeur), EnRegion("93"))],
    ),
    (
        "Jeanne Barème",
        "jeanne@comite.example",
        &[(R::Cna, None, National)],
    ),
    (
        "Karim Boussole",
        "karim@comite.example",
        &[(R::Cna, None, National)],
    ),
    (
        "Lucie Balance",
        "lucie@comite.example",
        &[(R::Cna, None, National)],
    ),
    (
        "Claire Minute",
        "claire@tresor.example",
        &[(R::Pilote, Some(Q::ChargeMission), National)],
    ),
    (
        "Étienne Sceau",
        "etienne@tresor.example",
        &[(R::Pilote, Some(Q::Decideur), National)],
    ),
    (
        "Agnès Grandlivre",
        "agnes@tresor.example",
        &[(R::Pilote, Some(Q::Ordonnateur), National)],
    ),
    (
        "Rémi Parchemin",
        "remi@labo.example",
        &[(R::Charte, None, National)],
    ),
    (
        "Inès Traverse",
        "ines@animation.example",
        &[(R::Animation, None, National)],
    ),
    (
        "Maëlle Estran",
        "maelle@communaute.example",
        &[(R::Collectivite, None, EnEpci("242900835"))],
    ),
    (
        "Samir Vigie",
        "samir@coopole.example",
        &[(R::Admin, None, National)],
    ),
    (
        "Louise Preuve",
        "louise@audit.example",
        &[(R::Auditeur, None, National)],
    ),
];

/// The Charter version that counts, and when the invented poles signed it.
pub(super) const CHARTE: &str = "2021-06-30";
pub(super) const SIGNATURE: &str = "2021-07-05T10:00:00+02:00";
pub(super) const LAUREAT: &str = "2021-07-19T10:00:00+02:00";

/// Writes the cast in an empty base.
pub async fn installer(app: &App) -> Result<(), Panne> {
    let mut tx = app.db.begin().await?;
    let mut poles = Vec::new();
    for invente in &POLES {
        poles.push(installer_un_pole(&mut tx, invente).await?);
    }
    installer_les_personnes(&mut tx, &poles, app.horloge.now()).await?;
    tx.commit().await
}

/// Writes only those who act for no pole: cells, committee, Treasury, machine.
pub async fn installer_sans_poles(app: &App) -> Result<(), Panne> {
    let mut tx = app.db.begin().await?;
    installer_les_personnes(&mut tx, &[], app.horloge.now()).await?;
    tx.commit().await
}

/// Writes the people; whoever acts for a pole that is not there stays out.
async fn installer_les_personnes(tx: &mut Tx, poles: &[Uuid], le: Timestamp) -> Result<(), Panne> {
    let absent = |(_, _, lieu): &Role_| matches!(lieu, Pole(rang) if *rang >= poles.len());
    for (rang, (nom, courriel, roles)) in PERSONNES.iter().enumerate() {
        if roles.iter().any(absent) {
            continue;
        }
        let compte = comptes::create(tx, courriel, nom, le).await?;
        for (role, qualite, lieu) in *roles {
            let perimetre = match lieu {
                Pole(rang) => Perimetre::Pole(poles[*rang]),
                EnRegion(code) => Perimetre::Region(region(code)),
                EnEpci(siren) => {
                    Perimetre::Epci(epci::par_siren(siren).expect("a number of the cast"))
                }
                National => Perimetre::National,
            };
            let habilitation = Habilitation {
                role: *role,
                qualite: *qualite,
                perimetre,
            };
            comptes::habiliter(tx, compte, habilitation, Timestamp::UNIX_EPOCH).await?;
            if *role == Role::Collectivite {
                registre::suivre_d_office(tx, compte, perimetre, le).await?;
            }
        }
        tx.execute(
            "INSERT INTO distribution (compte, rang) VALUES ($1, $2)",
            &valeurs![compte, rang as i64],
        )
        .await?;
    }
    Ok(())
}

/// Who answers for the pole of that rank.
pub(super) fn responsable(rang: usize) -> Option<&'static str> {
    let tient = |(_, qualite, lieu): &Role_| {
        *qualite == Some(Q::Responsable) && matches!(lieu, Pole(le_sien) if *le_sien == rang)
    };
    PERSONNES
        .iter()
        .find_map(|(_, courriel, roles)| roles.iter().any(tient).then_some(*courriel))
}

impl PoleInvente {
    pub(super) fn auteur(&self, rang: usize, reste: Reste) -> Auteur<'_> {
        Auteur {
            pole: self.nom,
            structure: self.structure,
            forme: self.forme,
            siret: self.siret,
            commune: self.commune,
            code_commune: self.code_commune,
            theme: rang,
            graine: Graine(rang),
            hors_ess: true,
            reste,
        }
    }
}

async fn installer_un_pole(tx: &mut Tx, invente: &PoleInvente) -> Result<Uuid, Panne> {
    let structure = poles::create_structure(
        tx,
        &NouvelleStructure {
            nom: invente.structure.into(),
            forme: Some(invente.forme.into()),
            qualite_ess: Some("de_droit"),
            siret: Some(invente.siret.into()),
            commune: Some(invente.commune.into()),
            code_commune: Some(invente.code_commune.into()),
            region: Some(region(invente.region)),
        },
    )
    .await?;
    let pole = poles::create(
        tx,
        &NouveauPole {
            nom: invente.nom.into(),
            porteuse: Some(structure),
            commune: Some(invente.commune.into()),
            code_commune: Some(invente.code_commune.into()),
            departement: None,
            region: Some(region(invente.region)),
            themes: String::new(),
            source: None,
            invente: true,
        },
    )
    .await?;
    portraits::dresser(tx, invente.nom, pole).await?;
    if invente.signataire {
        poles::record_signature(tx, pole, CHARTE, instant(SIGNATURE)).await?;
    }
    if invente.laureat {
        let le = Some(instant(LAUREAT));
        poles::record_laureat(tx, pole, "ami-accompagnement", Genre::Accompagnement, le).await?;
    }
    if let Some(convention) = invente.aide {
        let siren = &invente.siret[..9];
        let aide = aide_passee(pole, siren, "ami-financement-2021");
        poles::record_aide(tx, &aide, instant(convention)).await?;
    }
    Ok(pole)
}

/// What an earlier call gave, of the amount it gave to each.
pub(super) fn aide_passee<'a>(pole: Uuid, siren: &'a str, campagne: &'a str) -> AideVersee<'a> {
    AideVersee {
        pole,
        siren: Some(siren),
        campagne,
        montant: Montant::euros(100_000),
    }
}

fn region(code: &str) -> Region {
    Region::par_code(code).expect("a code of the cast")
}

pub(super) fn instant(texte: &str) -> Timestamp {
    texte.parse().expect("an instant of the cast")
}

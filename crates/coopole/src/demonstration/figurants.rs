//! The extras: forty-five more invented poles over the eighteen regions, from
//! a fixed seed. What the past left them is written; what they do on the call
//! they do through the same acts as people.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use metier::{campagnes::Genre, commun::Region, dossiers::Declarations};
use uuid::Uuid;

use super::{
    distribution::{CHARTE, LAUREAT, SIGNATURE, aide_passee, instant},
    modele::{self, Auteur, Reste},
    projets::Graine,
};
use crate::{
    app::App,
    campagnes::Campagne,
    comptes::store as comptes,
    dossiers::{ACCUSE, Deposer},
    poles::{self, NouveauPole, NouvelleStructure},
    socle::{
        db::Tx,
        droits::{Habilitation, Perimetre, Personne, Qualite, Role},
        erreurs::{Echec, Panne},
        horloge::RecuLe,
        taches,
    },
};

/// How many poles, how many of them file, how many only write a draft. Among
/// the thirty-six filed, one fails each condition that is computed.
const POLES: usize = 45;
const DEPOTS: usize = 36;
const BROUILLONS: usize = 4;

/// One commune of each region, real so that the map is, with its code.
pub(super) const COMMUNES: [(&str, &str, &str); 18] = [
    ("01", "Les Abymes", "97101"),
    ("02", "Le Lamentin", "97213"),
    ("03", "Kourou", "97304"),
    ("04", "Le Tampon", "97422"),
    ("06", "Mamoudzou", "97608"),
    ("11", "Montreuil", "93048"),
    ("24", "Vendôme", "41269"),
    ("27", "Autun", "71014"),
    ("28", "Flers", "61169"),
    ("32", "Maubeuge", "59392"),
    ("44", "Épinal", "88160"),
    ("52", "Saumur", "49328"),
    ("53", "Guingamp", "22070"),
    ("75", "Guéret", "23096"),
    ("76", "Rodez", "12202"),
    ("84", "Ambert", "63003"),
    ("93", "Digne-les-Bains", "04070"),
    ("94", "Bastia", "2B033"),
];

const DEBUTS: [&str; 9] = [
    "Pôle",
    "Fabrique",
    "Halle",
    "Grappe",
    "Verger",
    "Atelier",
    "Chantier",
    "Carrefour",
    "Maison",
];
pub(super) const FINS: [&str; 15] = [
    "des Trois Ponts",
    "du Moulin neuf",
    "des Grands Chênes",
    "de la Vallée claire",
    "des Deux Fontaines",
    "du Petit Port",
    "des Tuileries",
    "de la Croix des vents",
    "des Coteaux",
    "du Vieux Lavoir",
    "de la Prairie",
    "des Quatre Saisons",
    "du Plateau",
    "de la Forge",
    "des Passerelles",
];

const STRUCTURES: [&str; 3] = ["Les Ateliers", "L’Union", "Les Compagnons"];

/// What is wrong with an extra, so that each refusal is to be seen once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Defaut {
    Aucun,
    /// Never laureate of the accompaniment call (E1).
    NonLaureat,
    /// Never signed the Charter; a file is joined instead (E2).
    NonSignataire,
    /// Subsidised in 2022 (E3).
    DejaAide,
    /// Carried by a council (E4a).
    PortePublic,
    /// No member outside the social economy (E4b).
    SansHorsEss,
}

impl Defaut {
    fn du(rang: usize) -> Self {
        match rang {
            3 => Self::NonLaureat,
            8 => Self::NonSignataire,
            13 => Self::DejaAide,
            18 => Self::PortePublic,
            23 => Self::SansHorsEss,
            _ => Self::Aucun,
        }
    }
}

/// An invented pole of the generator.
struct Figurant {
    rang: usize,
    nom: String,
    structure: String,
    siret: String,
    region: Region,
    commune: &'static str,
    code_commune: &'static str,
    defaut: Defaut,
}

impl Figurant {
    fn du(rang: usize) -> Self {
        let (region, commune, code_commune) = COMMUNES[rang % COMMUNES.len()];
        let nom = format!(
            "{} {}",
            DEBUTS[rang % DEBUTS.len()],
            FINS[rang % FINS.len()]
        );
        Self {
            rang,
            structure: format!(
                "{} {}",
                STRUCTURES[rang / FINS.len() % STRUCTURES.len()],
                FINS[rang % FINS.len()]
            ),
            siret: siret(rang),
            region: Region::par_code(region).expect("one of the eighteen"),
            commune,
            code_commune,
            defaut: Defaut::du(rang),
            nom,
        }
    }

    fn forme(&self) -> &'static str {
        match (self.defaut, self.rang % 3) {
            (Defaut::PortePublic, _) => "collectivite",
            (_, 0) => "cooperative",
            _ => "association",
        }
    }

    fn courriel(&self) -> String {
        format!("equipe{}@figurants.example", self.rang)
    }

    fn auteur(&self) -> Auteur<'_> {
        Auteur {
            pole: &self.nom,
            structure: &self.structure,
            forme: self.forme(),
            siret: &self.siret,
            commune: self.commune,
            code_commune: self.code_commune,
            theme: self.rang + self.rang / COMMUNES.len(),
            // The cast draws from the first numbers.
            graine: Graine(100 + self.rang),
            hors_ess: self.defaut != Defaut::SansHorsEss,
            reste: Reste::Rien,
        }
    }

    /// When it files: spread over April and May, always before the first day.
    fn depot(&self) -> Timestamp {
        instant("2024-04-15T08:30:00+02:00")
            + SignedDuration::from_hours(25 * self.rang as i64)
            + SignedDuration::from_secs(97 * self.rang as i64)
    }
}

/// Builds the extras and has them open, fill and file.
pub async fn installer(app: &App, campagne: &Arc<Campagne>) -> Result<(), Panne> {
    for rang in 0..POLES {
        let figurant = Figurant::du(rang);
        let mut tx = app.db.begin().await?;
        let pole = installer_le_pole(&mut tx, &figurant).await?;
        let personne = installer_l_equipe(&mut tx, &figurant, pole).await?;
        tx.commit().await?;
        if rang < DEPOTS + BROUILLONS {
            repondre(app, campagne, &figurant, pole, &personne).await?;
        }
    }
    // Thirty-six receipts nobody waits for: each is printed when asked.
    let mut tx = app.db.begin().await?;
    taches::renoncer(&mut tx, ACCUSE).await?;
    tx.commit().await
}

async fn repondre(
    app: &App,
    campagne: &Arc<Campagne>,
    figurant: &Figurant,
    pole: Uuid,
    par: &Personne,
) -> Result<(), Panne> {
    let le = figurant.depot();
    let brouillon = modele::ecrire(app, campagne, (pole, par), &figurant.auteur(), le).await?;
    if let Some(dossier) = brouillon.filter(|_| figurant.rang < DEPOTS) {
        deposer(app, campagne, dossier, par, RecuLe(le)).await?;
    }
    Ok(())
}

/// Files as a person would; a refusal leaves a draft, which is a case too.
pub async fn deposer(
    app: &App,
    campagne: &Arc<Campagne>,
    dossier: Uuid,
    par: &Personne,
    recu_le: RecuLe,
) -> Result<(), Panne> {
    let depot = Deposer {
        par: par.clone(),
        dossier,
        campagne: Arc::clone(campagne),
        declarations: Declarations {
            pouvoir: true,
            exactitude: true,
        },
        recu_le,
        url: app.reglages.url.clone(),
    };
    match app.accomplir(depot).await {
        Ok(_) => Ok(()),
        Err(Echec::Refus(refus)) => {
            tracing::info!(pole = par.nom, %refus, "an extra could not file");
            Ok(())
        }
        Err(Echec::Panne(panne)) => Err(panne),
    }
}

async fn installer_le_pole(tx: &mut Tx, figurant: &Figurant) -> Result<Uuid, Panne> {
    let public = figurant.defaut == Defaut::PortePublic;
    let structure = poles::create_structure(
        tx,
        &NouvelleStructure {
            nom: figurant.structure.clone(),
            forme: Some(figurant.forme().into()),
            qualite_ess: Some(if public { "hors_ess" } else { "de_droit" }),
            siret: Some(figurant.siret.clone()),
            commune: Some(figurant.commune.into()),
            code_commune: Some(figurant.code_commune.into()),
            region: Some(figurant.region),
        },
    )
    .await?;
    let pole = poles::create(
        tx,
        &NouveauPole {
            nom: figurant.nom.clone(),
            porteuse: Some(structure),
            commune: Some(figurant.commune.into()),
            code_commune: Some(figurant.code_commune.into()),
            departement: None,
            region: Some(figurant.region),
            themes: String::new(),
            source: None,
            invente: true,
        },
    )
    .await?;
    if figurant.defaut != Defaut::NonSignataire {
        poles::record_signature(tx, pole, CHARTE, instant(SIGNATURE)).await?;
    }
    if figurant.defaut != Defaut::NonLaureat {
        let le = Some(instant(LAUREAT));
        poles::record_laureat(tx, pole, "ami-accompagnement", Genre::Accompagnement, le).await?;
    }
    if figurant.defaut == Defaut::DejaAide {
        let siren = &figurant.siret[..9];
        let le = instant("2022-12-05T10:00:00+01:00");
        let aide = aide_passee(pole, siren, "ami-financement-2022");
        poles::record_aide(tx, &aide, le).await?;
    }
    Ok(pole)
}

async fn installer_l_equipe(
    tx: &mut Tx,
    figurant: &Figurant,
    pole: Uuid,
) -> Result<Personne, Panne> {
    let nom = format!("Équipe {}", figurant.nom);
    let courriel = figurant.courriel();
    let le = Timestamp::UNIX_EPOCH;
    let compte = comptes::create(tx, &courriel, &nom, le).await?;
    let habilitation = Habilitation {
        role: Role::Porteur,
        qualite: Some(Qualite::Responsable),
        perimetre: Perimetre::Pole(pole),
    };
    comptes::habiliter(tx, compte, habilitation, le).await?;
    Ok(Personne {
        compte,
        nom,
        courriel,
        habilitations: vec![habilitation],
    })
}

/// A number whose keys are right, and that no body bears: it begins with 9.
pub(super) fn siret(rang: usize) -> String {
    let siren = avec_cle(&format!("9100{:04}", rang + 1));
    avec_cle(&format!("{siren}0001"))
}

/// Adds the Luhn key.
fn avec_cle(chiffres: &str) -> String {
    let somme: u32 = chiffres
        .bytes()
        .rev()
        .enumerate()
        .map(|(rang, octet)| {
            let chiffre = u32::from(octet - b'0');
            match rang % 2 {
                0 if chiffre > 4 => chiffre * 2 - 9,
                0 => chiffre * 2,
                _ => chiffre,
            }
        })
        .sum();
    format!("{chiffres}{}", (10 - somme % 10) % 10)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use metier::commun::Siret;

    use super::*;

    #[test]
    fn chaque_figurant_a_un_siret_juste_et_a_lui() {
        let sirets: BTreeSet<String> = (0..POLES).map(siret).collect();
        assert_eq!(sirets.len(), POLES);
        assert!(sirets.iter().all(|siret| siret.parse::<Siret>().is_ok()));
    }

    #[test]
    fn les_figurants_sont_dans_les_dix_huit_regions_et_n_ont_pas_de_nom_commun() {
        let figurants: Vec<Figurant> = (0..POLES).map(Figurant::du).collect();
        let regions: BTreeSet<&str> = figurants.iter().map(|f| f.region.code()).collect();
        let noms: BTreeSet<&str> = figurants.iter().map(|f| f.nom.as_str()).collect();
        let structures: BTreeSet<&str> = figurants.iter().map(|f| f.structure.as_str()).collect();
        assert_eq!((regions.len(), noms.len()), (18, POLES));
        // The wall tells organisations apart by their names too.
        assert_eq!(structures.len(), POLES);
    }

    #[test]
    fn chaque_figurant_a_ses_membres_ses_chiffres_et_des_jours_vraisemblables() {
        let figurants: Vec<Figurant> = (0..POLES).map(Figurant::du).collect();
        let auteurs: Vec<Auteur<'_>> = figurants.iter().map(Figurant::auteur).collect();
        let membres: BTreeSet<String> = auteurs
            .iter()
            .flat_map(|a| a.membres().into_iter().skip(1).take(2).map(|m| m.nom))
            .collect();
        let totaux: BTreeSet<i64> = auteurs.iter().map(Auteur::total_du_projet).collect();
        assert_eq!(membres.len(), 2 * POLES);
        assert!(totaux.len() > 40, "{totaux:?}");
        assert!(
            auteurs
                .iter()
                .all(|a| (15..31).contains(&a.jours_d_animation()))
        );
    }

    #[test]
    fn tous_ecrivent_et_deposent_avant_le_premier_jour() {
        let premier_jour = instant("2024-05-27T09:00:00+02:00");
        let brouillons = DEPOTS + BROUILLONS;
        assert!((0..brouillons).all(|rang| Figurant::du(rang).depot() < premier_jour));
    }
}

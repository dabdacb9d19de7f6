//! When an import may be read again, applied, put back.

use uuid::Uuid;

use crate::{
    commun::{Raison, Refus, liste_fermee, parle_par_ses_raisons, porte_une_adresse},
    poles::PHRASE_AU_PLUS,
};

liste_fermee! {
    /// Where an import stands.
    pub enum EtatImport {
        /// A job is reading the file.
        EnLecture = "en_lecture", "Lecture en cours";
        /// The file cannot be read: nothing can be done but to bring another.
        Illisible = "illisible", "Illisible";
        /// The machine failed each time it read the file: it may be read again.
        Interrompu = "interrompu", "Lecture interrompue";
        /// The fate of every line is told; nothing is written.
        ALire = "a_lire", "À relire";
        /// A job is writing it, all at once: nothing of it shows before its end.
        EnApplication = "en_application", "Application en cours";
        /// The register says it.
        Applique = "applique", "Appliqué";
        /// A job is putting it all back.
        EnAnnulation = "en_annulation", "Annulation en cours";
        /// The register says it no more.
        Annule = "annule", "Annulé";
    }
}

/// Why an act on an import is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusImport {
    /// No file, no source or no date: all said at once.
    Incomplet {
        /// What is wrong with the file.
        fichier: Option<&'static str>,
        /// The sentence that says where the list comes from is missing or too long.
        source: bool,
        /// The date of the list is missing, unreadable or to come.
        date: bool,
    },
    /// The file weighs more than what is announced, in octets.
    TropLourd {
        /// What is announced.
        au_plus: u64,
    },
    /// It is not at the step where this can be done.
    PasLa(EtatImport),
    /// No line has anything to write.
    RienAEcrire,
    /// The register changed since the file was read: those lines.
    RegistreChange(Vec<i64>),
    /// Something followed on some of its records: those.
    Suivies(Vec<Suivie>),
    /// The choice names a record that was not offered.
    ChoixAttendu,
    /// Another line of the file speaks of that record.
    DejaParLaLigne(i64),
    /// The machine failed each time it was tried.
    Interrompu,
}

/// A record of an import on which something followed, and stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suivie {
    /// The record.
    pub pole: Uuid,
    /// Its name.
    pub nom: String,
    /// What followed, in words: « un dossier ».
    pub par: Vec<String>,
}

/// Whether the source of a list can be kept as it is typed.
pub fn source_lisible(source: &str) -> bool {
    // The history also says the date and that it was an import.
    !porte_une_adresse(source)
        && !source.trim().is_empty()
        && source.trim().chars().count() <= PHRASE_AU_PLUS / 2
}

/// Whether the file may be read again.
pub fn peut_relire(etat: EtatImport) -> Result<(), RefusImport> {
    match etat {
        EtatImport::ALire | EtatImport::Illisible | EtatImport::Interrompu => Ok(()),
        autre => Err(RefusImport::PasLa(autre)),
    }
}

/// Whether the import may be applied: read, with something to write.
pub fn peut_appliquer(etat: EtatImport, a_ecrire: i64) -> Result<(), RefusImport> {
    match (etat, a_ecrire) {
        (EtatImport::ALire, 1..) => Ok(()),
        (EtatImport::ALire, _) => Err(RefusImport::RienAEcrire),
        (autre, _) => Err(RefusImport::PasLa(autre)),
    }
}

/// Whether the register still is as it was when the file was read: `perimees`
/// are the lines of which it is not so.
pub fn est_a_jour(perimees: &[i64]) -> Result<(), RefusImport> {
    match perimees {
        [] => Ok(()),
        lignes => Err(RefusImport::RegistreChange(lignes.to_vec())),
    }
}

/// Whether the import may be put back.
pub fn peut_annuler(etat: EtatImport) -> Result<(), RefusImport> {
    match etat {
        EtatImport::Applique => Ok(()),
        autre => Err(RefusImport::PasLa(autre)),
    }
}

/// Whether nothing followed on the records of the import: `suivies` are those
/// of which it is not so. It is put back as a whole, or not at all.
pub fn est_intact(suivies: Vec<Suivie>) -> Result<(), RefusImport> {
    match suivies.is_empty() {
        true => Ok(()),
        false => Err(RefusImport::Suivies(suivies)),
    }
}

impl Refus for RefusImport {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::Incomplet {
                fichier,
                source,
                date,
            } => {
                let fichier = fichier.map(|p| Raison::new("fichier", p).ancre("fichier"));
                let source = source.then(|| {
                    Raison::new(
                        "source",
                        "Dites d’où vient cette liste, en 200 signes au plus et sans adresse de courriel.",
                    )
                    .ancre("source")
                });
                let date = date.then(|| {
                    Raison::new(
                        "date",
                        "Donnez le jour où cette liste était à jour, qui ne peut être à venir.",
                    )
                    .ancre("du")
                });
                fichier.into_iter().chain(source).chain(date).collect()
            }
            Self::TropLourd { au_plus } => vec![
                Raison::new(
                    "trop_lourd",
                    format!("Ce fichier dépasse {} Mo.", au_plus / 1_000_000),
                )
                .remede("Partagez la liste en plusieurs fichiers.")
                .ancre("fichier"),
            ],
            Self::PasLa(etat) => vec![pas_la(*etat)],
            Self::RienAEcrire => vec![Raison::new(
                "rien_a_ecrire",
                "Aucune ligne n’a rien à écrire dans le registre.",
            )],
            Self::RegistreChange(lignes) => vec![
                Raison::new(
                    "registre_change",
                    format!(
                        "Le registre a changé depuis la relecture, pour {}.",
                        en_lignes(lignes)
                    ),
                )
                .remede("Relisez le fichier : rien n’est écrit."),
            ],
            Self::Suivies(fiches) => suivies(fiches),
            Self::ChoixAttendu => vec![Raison::new(
                "choix",
                "Choisissez une fiche, ou « Créer une fiche ».",
            )],
            Self::DejaParLaLigne(ligne) => vec![Raison::new(
                "deja",
                format!("La ligne {ligne} parle déjà de cette fiche."),
            )],
            Self::Interrompu => vec![
                Raison::new(
                    "interrompu",
                    "Une panne a arrêté le travail avant sa fin : le registre n’a pas changé.",
                )
                .remede("Recommencez ; si elle revient, dites-le à qui tient le service."),
            ],
        }
    }
}

fn pas_la(etat: EtatImport) -> Raison {
    let phrase = match etat {
        EtatImport::EnLecture => "Le fichier est en cours de lecture.",
        EtatImport::Illisible => "Ce fichier ne peut pas être lu.",
        EtatImport::Interrompu => "La lecture de ce fichier a été interrompue.",
        EtatImport::ALire => "Cet import n’est pas encore appliqué.",
        EtatImport::EnApplication => "Cet import est en cours d’application.",
        EtatImport::Applique => "Cet import est déjà appliqué.",
        EtatImport::EnAnnulation => "Cet import est en cours d’annulation.",
        EtatImport::Annule => "Cet import est annulé.",
    };
    Raison::new("pas_la", phrase)
}

/// How many are named in a refusal.
const NOMMEES: usize = 10;

/// Each record by its name, with what followed; the reason leads to it.
fn suivies(fiches: &[Suivie]) -> Vec<Raison> {
    let mut raisons: Vec<Raison> = fiches
        .iter()
        .take(NOMMEES)
        .map(|Suivie { pole, nom, par }| {
            let phrase = format!(
                "Depuis l’import, la fiche « {nom} » a reçu : {}.",
                par.join(", ")
            );
            Raison::new("suivie", phrase).ancre(pole.to_string())
        })
        .collect();
    match fiches.len().saturating_sub(NOMMEES) {
        0 => {}
        1 => raisons.push(Raison::new("suivies", "Une autre fiche aussi.")),
        reste => raisons.push(Raison::new(
            "suivies",
            format!("{reste} autres fiches aussi."),
        )),
    }
    let derniere = raisons.pop();
    raisons.extend(derniere.map(|raison| {
        raison.remede("Défaites d’abord ce qui a suivi : l’import ne s’annule qu’en entier.")
    }));
    raisons
}

fn en_lignes(lignes: &[i64]) -> String {
    let dites: Vec<String> = lignes.iter().map(ToString::to_string).collect();
    match dites.as_slice() {
        [seule] => format!("la ligne {seule}"),
        plusieurs => format!("les lignes {}", abregee(plusieurs)),
    }
}

fn abregee(noms: &[String]) -> String {
    let debut = noms.iter().take(NOMMEES).cloned().collect::<Vec<_>>();
    match noms.len().saturating_sub(NOMMEES) {
        0 => debut.join(", "),
        reste => format!("{}, et {reste} autres", debut.join(", ")),
    }
}

parle_par_ses_raisons!(RefusImport);

//! The acts of an import: applying it, all of it or nothing, and putting it
//! back as a whole. Each is one transaction, and one entry of the journal; a
//! part of the list is in memory at a time, and the progress is told after each.

use std::collections::BTreeSet;

use jiff::Timestamp;
use metier::{
    commun::temps,
    poles::import::{
        Changement, EtatImport, Rapprochement, RefusImport, Registre, SortLigne, Suivie,
        est_a_jour, est_intact,
    },
};
use uuid::Uuid;

use super::{
    lecture::rapprochement,
    store::{self, Import, Ligne},
};
use crate::{
    poles::lot::{self, Change, Fiche},
    socle::{
        acte::Acte,
        avancement::Avancements,
        db::Tx,
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        journal::Entree,
        taches::Tache,
    },
};

/// How many lines are read, judged and written at once: their words are written
/// in the order of the index, which many lines together ask for fewer pages of.
const PAR_LOT: i64 = 5_000;

/// How many lines a refusal keeps: it names the first of them.
const NOMMEES: usize = 1_000;

/// What somebody asked of an import, and the job that does it.
pub struct Ordre {
    pub par: Personne,
    pub le: Timestamp,
    pub tache: Tache,
    pub avancements: Avancements,
}

/// Writes what the lines say.
pub struct Appliquer {
    pub ordre: Ordre,
    /// In an invented world, what comes in is invented too.
    pub demonstration: bool,
}

/// Puts it all back.
pub struct Annuler(pub Ordre);

impl Ordre {
    /// Takes the import, if the order still stands.
    async fn prendre(&self, tx: &mut Tx, etat: EtatImport) -> Result<Import, Panne> {
        exiger(&self.par)?;
        // No other process takes the job while its row is held.
        self.tache.prolonger(tx).await?;
        let import = store::prendre(tx, self.tache.objet).await?;
        self.avancements.dire(import.id, 0);
        match import.etat == etat {
            true => Ok(import),
            false => Err(Panne::Conflit("the import was written meanwhile")),
        }
    }

    fn entree(&self, acte: &'static str, import: &Import) -> Vec<Entree> {
        let octets = import.empreinte.iter();
        let empreinte: String = octets.map(|o| format!("{o:02x}")).collect();
        let entree = Entree::new(acte, "import", import.id, self.le)
            .par(self.par.compte)
            .engageant(format!("{} {empreinte} {}", import.id, source(import)));
        vec![entree]
    }
}

/// Who brings lists into the register.
pub fn exiger(personne: &Personne) -> Result<(), Panne> {
    personne.exiger(Droit::ImporterRegistre, Perimetre::National)
}

/// Where a record or a change comes from, as its page says it.
fn source(import: &Import) -> String {
    format!(
        "{} (liste du {})",
        import.source.trim_end_matches('.'),
        temps::jour_court_de(import.du)
    )
}

/// The lines of this fate, part by part, in the order of the file; each time,
/// those before are done.
struct Lots<'o> {
    ordre: &'o Ordre,
    import: Uuid,
    faites: i64,
    en_main: i64,
    apres: i64,
}

impl<'o> Lots<'o> {
    fn de(ordre: &'o Ordre, import: &Import) -> Self {
        Self {
            ordre,
            import: import.id,
            faites: 0,
            en_main: 0,
            apres: 0,
        }
    }

    async fn suivant(&mut self, tx: &mut Tx, sort: SortLigne) -> Result<Option<Vec<Ligne>>, Panne> {
        self.faites += self.en_main;
        self.ordre.avancements.dire(self.import, self.faites);
        let lignes = store::apres(tx, self.import, Some(sort), (self.apres, PAR_LOT)).await?;
        self.en_main = lignes.len() as i64;
        // After the last part, the lines of another fate are read from the first.
        self.apres = lignes.last().map_or(0, |derniere| derniere.ligne);
        Ok((!lignes.is_empty()).then_some(lignes))
    }
}

fn poles(lignes: &[Ligne]) -> BTreeSet<Uuid> {
    lignes.iter().filter_map(|ligne| ligne.pole).collect()
}

impl Acte for Appliquer {
    type Fait = Import;
    type Refus = RefusImport;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Import, Echec<RefusImport>> {
        let import = self.ordre.prendre(tx, EtatImport::EnApplication).await?;
        let mut lots = Lots::de(&self.ordre, &import);
        let mut perimees = self.creer(tx, &import, &mut lots).await?;
        self.modifier(tx, (&import, &mut lots), &mut perimees)
            .await?;
        perimees.sort_unstable();
        perimees.truncate(NOMMEES);
        est_a_jour(&perimees).refuse()?;
        store::record_application(tx, import.id, self.ordre.le).await?;
        self.ordre.tache.achever(tx).await?;
        Ok(import)
    }

    fn entrees(&self, fait: &Import) -> Vec<Entree> {
        self.ordre.entree("application", fait)
    }
}

/// What is written before a line is found of which the register no longer says
/// what it said when the file was read goes with the transaction; such lines,
/// from then on, are only looked for.
impl Appliquer {
    async fn creer(
        &self,
        tx: &mut Tx,
        import: &Import,
        lots: &mut Lots<'_>,
    ) -> Result<Vec<i64>, Panne> {
        let (registre, source) = (lot::registre(tx).await?, source(import));
        let mut perimees = Vec::new();
        while let Some(lignes) = lots.suivant(tx, SortLigne::Creee).await? {
            let doublent = lignes.iter().filter(|l| a_paru_depuis(&registre, l));
            perimees.extend(doublent.map(|ligne| ligne.ligne));
            if perimees.is_empty() {
                let fiches = lignes.into_iter();
                let fiches = fiches.filter_map(|ligne| Some((ligne.pole?, ligne.dite)));
                let fiches = Vec::from_iter(fiches);
                let (d_ou, le) = ((source.as_str(), self.demonstration), self.ordre.le);
                lot::create_plusieurs(tx, &fiches, d_ou, le).await?;
            }
        }
        Ok(perimees)
    }

    async fn modifier(
        &self,
        tx: &mut Tx,
        (import, lots): (&Import, &mut Lots<'_>),
        perimees: &mut Vec<i64>,
    ) -> Result<(), Panne> {
        let source = format!("Import : {}", source(import));
        while let Some(lignes) = lots.suivant(tx, SortLigne::MiseAJour).await? {
            let fiches = lot::fiches(tx, &poles(&lignes)).await?;
            let ont_bouge = lignes.iter().filter(|ligne| {
                let fiche = ligne.pole.and_then(|pole| fiches.get(&pole));
                fiche.is_none_or(|fiche| a_bouge(fiche, ligne))
            });
            perimees.extend(ont_bouge.map(|ligne| ligne.ligne));
            if perimees.is_empty() {
                let changes: Vec<Change> = lignes.into_iter().flat_map(changes).collect();
                lot::record_changes(tx, &changes, (import.id, &source, self.ordre.le)).await?;
            }
        }
        Ok(())
    }
}

/// Merged since, a record is written no more.
fn a_bouge(fiche: &Fiche, ligne: &Ligne) -> bool {
    let mut changements = ligne.changements.iter();
    fiche.fusionne_dans.is_some()
        || changements.any(|c| fiche.etat.valeur(c.information) != c.avant)
}

/// Somebody chose « créer » among candidates: those are known. Any other record
/// that answers now has come since.
fn a_paru_depuis(registre: &Registre, ligne: &Ligne) -> bool {
    match rapprochement(registre, ligne) {
        Rapprochement::Aucune => false,
        Rapprochement::Une(pole) => !ligne.candidates.contains(&pole),
        Rapprochement::Plusieurs(poles) => poles.iter().any(|p| !ligne.candidates.contains(p)),
        Rapprochement::IdentifiantInconnu => true,
    }
}

fn changes(ligne: Ligne) -> Vec<Change> {
    let Some(pole) = ligne.pole else {
        return Vec::new();
    };
    let changements = ligne.changements.into_iter();
    changements
        .map(|c| Change {
            pole,
            information: c.information,
            avant: c.avant,
            apres: Some(c.apres),
            annule: None,
        })
        .collect()
}

impl Acte for Annuler {
    type Fait = Import;
    type Refus = RefusImport;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Import, Echec<RefusImport>> {
        let import = self.0.prendre(tx, EtatImport::EnAnnulation).await?;
        let mut suivies = changees_depuis(tx, &import).await?;
        suivies.extend(lot::retenues(tx, import.id).await?);
        est_intact(suivies).refuse()?;
        let mut lots = Lots::de(&self.0, &import);
        self.remettre(tx, &import, &mut lots).await?;
        lot::detacher(tx, import.id).await?;
        while let Some(lignes) = lots.suivant(tx, SortLigne::Creee).await? {
            lot::delete(tx, &poles(&lignes)).await?;
        }
        lot::delete_structures(tx, import.id).await?;
        store::record_annulation(tx, import.id, self.0.le).await?;
        self.0.tache.achever(tx).await?;
        Ok(import)
    }

    fn entrees(&self, fait: &Import) -> Vec<Entree> {
        self.0.entree("annulation", fait)
    }
}

/// The records that say neither what the import made them say, nor what they
/// said before; and those that lent it to another, by a merge.
async fn changees_depuis(tx: &mut Tx, import: &Import) -> Result<Vec<Suivie>, Panne> {
    let (mut changees, mut apres) = (Vec::new(), 0);
    loop {
        let sort = Some(SortLigne::MiseAJour);
        let lignes = store::apres(tx, import.id, sort, (apres, PAR_LOT)).await?;
        let Some(derniere) = lignes.last().filter(|_| changees.len() < NOMMEES) else {
            return Ok(changees);
        };
        apres = derniere.ligne;
        let fiches = lot::fiches(tx, &poles(&lignes)).await?;
        let fondues = fiches.values().filter(|f| f.fusionne_dans.is_some());
        let reprises = lot::reprises(tx, &fondues.map(|f| f.etat.pole).collect()).await?;
        for ligne in &lignes {
            // Gone with another import that is put back, it says nothing more.
            let Some(fiche) = ligne.pole.and_then(|pole| fiches.get(&pole)) else {
                continue;
            };
            let pole = fiche.etat.pole;
            let mut par = Vec::new();
            for c in &ligne.changements {
                let libelle = c.information.libelle();
                if Etat::de(fiche, c) == Etat::Change {
                    par.push(format!("une modification ({libelle})"));
                } else if reprises.contains(&(pole, c.information)) {
                    par.push(format!("une fusion, qui l’a reprise ({libelle})"));
                }
            }
            if !par.is_empty() {
                let nom = fiche.etat.nom.clone();
                changees.push(Suivie { pole, nom, par });
            }
        }
    }
}

/// What a record says now of what an import changed.
#[derive(PartialEq, Eq)]
enum Etat {
    /// What the import made it say.
    Dit,
    /// What it said before: somebody put it back.
    Remis,
    /// Something else.
    Change,
}

impl Etat {
    fn de(fiche: &Fiche, changement: &Changement) -> Self {
        let valeur = fiche.etat.valeur(changement.information);
        if valeur.as_ref() == Some(&changement.apres) {
            Self::Dit
        } else if valeur == changement.avant {
            Self::Remis
        } else {
            Self::Change
        }
    }
}

impl Annuler {
    async fn remettre(
        &self,
        tx: &mut Tx,
        import: &Import,
        lots: &mut Lots<'_>,
    ) -> Result<(), Panne> {
        let source = format!("Annulation de l’import : {}", source(import));
        while let Some(lignes) = lots.suivant(tx, SortLigne::MiseAJour).await? {
            let poles = poles(&lignes);
            let fiches = lot::fiches(tx, &poles).await?;
            let faites = lot::faites(tx, import.id, &poles).await?;
            let mut changes = Vec::new();
            for ligne in lignes {
                let Some(fiche) = ligne.pole.and_then(|pole| fiches.get(&pole)) else {
                    continue;
                };
                let pole = fiche.etat.pole;
                let dits = ligne.changements.into_iter();
                let dits = dits.filter(|c| Etat::de(fiche, c) == Etat::Dit);
                changes.extend(dits.map(|c| Change {
                    pole,
                    information: c.information,
                    avant: Some(c.apres),
                    apres: c.avant,
                    annule: faites.get(&(pole, c.information)).copied(),
                }));
            }
            lot::record_changes(tx, &changes, (import.id, &source, self.0.le)).await?;
        }
        Ok(())
    }
}

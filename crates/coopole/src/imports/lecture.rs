//! The job that reads a list and tells the fate of each of its lines.
//!
//! The file is parsed on a thread of its own, a few thousand lines at a time; a
//! part is judged, written and its progress told before the next. Nothing of it
//! touches the register. Cut in the middle, it begins again from nothing; cut
//! each time, it is told, and waits for somebody to ask for it again.

use std::collections::BTreeSet;

use axum::body::Bytes;
use metier::poles::{
    Information,
    import::{
        self, Changement, Colonne, Deja, EnTete, EtatImport, Faute, LieuDit, Lue, Place,
        Rapprochement, Registre, SortLigne, Vues, changements,
    },
};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    ESSAIS_AU_PLUS,
    fichier::{self, EN_DESORDRE, RANGEES_AU_PLUS, Rangee, TROP_DE_RANGEES},
    store::{self, Import, Ligne},
};
use crate::{
    app::App,
    poles::{etat::Etat, lot},
    socle::{
        alea,
        communes::{self, Recherche},
        db::Lecture,
        erreurs::Panne,
        fichiers,
        taches::Tache,
        traces,
    },
};

/// The job that reads a list.
pub const LECTURE: &str = "lecture_import";

/// How many lines are judged and written at once.
const PAR_LOT: usize = 2_000;

/// What they may weigh together, in octets.
const POIDS_D_UN_LOT: usize = 4_000_000;

/// Said of a real pole, in an invented world.
const POLE_REEL: &str = "Ce pôle existe : dans cette démonstration, sa fiche ne change pas.";

/// A structure changes by an act of its own: an import only recognises it.
const STRUCTURE: &str = "La structure porteuse d’une fiche qui existe ne change pas par un import : elle reste la même.";

/// The line bears the identifier of a record merged since.
const FONDUE: &str =
    "La fiche de cet identifiant a été fusionnée avec celle-ci : la ligne parle désormais d’elle.";

/// How it is told that a line says a place other than that of the record.
const AUTRE_LIEU: &str = "Cette ligne dit « ";

/// A row once read, with its cells: those of a refused line are kept.
struct LigneLue {
    ligne: i64,
    lue: Lue,
    cellules: Vec<(Colonne, String)>,
}

/// A part of the file, read.
struct Lot {
    lignes: Vec<LigneLue>,
    /// Empty lines among them.
    vides: i64,
    poids: usize,
    avancement: i64,
}

/// What the file is, once read to its end.
struct Bilan {
    format: String,
    en_tete: EnTete,
}

/// Reads the list, if it still waits for it. What fails again and again, or
/// kills the process each time, is given up and said.
pub async fn lire(app: &App, tache: &Tache) -> Result<(), Panne> {
    let liste = store::find(&mut app.db.lecture().await?, tache.objet).await?;
    if liste.etat != EtatImport::EnLecture {
        return tache.achever_seule(app).await;
    }
    if tache.essais > ESSAIS_AU_PLUS {
        return interrompre(app, tache, liste.id).await;
    }
    match relever(app, tache, &liste).await {
        Err(panne) if tache.essais == ESSAIS_AU_PLUS => {
            tracing::error!(id = %liste.id, error = traces::causes(&panne), "list given up");
            interrompre(app, tache, liste.id).await
        }
        issue => issue,
    }
}

async fn interrompre(app: &App, tache: &Tache, import: Uuid) -> Result<(), Panne> {
    let mut tx = app.db.begin().await?;
    tache.achever(&mut tx).await?;
    store::interrompre(&mut tx, import).await?;
    tx.commit().await
}

async fn relever(app: &App, tache: &Tache, liste: &Import) -> Result<(), Panne> {
    let mut tx = app.db.begin().await?;
    store::recommencer(&mut tx, liste.id).await?;
    tx.commit().await?;
    let octets = fichiers::lire_intact(&*app.fichiers, liste.id, &liste.empreinte).await?;

    let (envoi, mut lots) = mpsc::channel(2);
    let lecteur = tokio::task::spawn_blocking(move || parcourir(octets, &envoi));
    let mut jugement = Jugement::commencer(app).await?;
    let (mut lues, mut vides) = (0, 0);
    while let Some(lot) = lots.recv().await {
        vides += lot.vides;
        lues += lot.lignes.len() as i64;
        let mut base = app.db.lecture().await?;
        let lignes = jugement.juger(&mut base, lot.lignes).await?;
        drop(base);
        let mut tx = app.db.begin().await?;
        tache.prolonger(&mut tx).await?;
        store::record_lignes(&mut tx, liste.id, &lignes).await?;
        store::avancer(&mut tx, liste.id, (lues, vides, lot.avancement)).await?;
        tx.commit().await?;
    }
    // A library that panics on a hostile file has read none of it.
    let issue = lecteur.await.unwrap_or_else(|_| {
        Err(
            "Ce fichier est abîmé : ouvrez-le dans un tableur, et enregistrez-le de nouveau."
                .to_owned(),
        )
    });
    let mut tx = app.db.begin().await?;
    match issue {
        Ok(bilan) => {
            let colonnes: Vec<Colonne> = bilan.en_tete.colonnes().collect();
            let lu = (&*bilan.format, &*colonnes, &*bilan.en_tete.ignorees);
            store::record_lecture(&mut tx, liste.id, lu).await?;
        }
        Err(faute) => store::record_faute(&mut tx, liste.id, &faute).await?,
    }
    tache.achever(&mut tx).await?;
    tx.commit().await
}

/// Reads the rows and hands them over part by part; stops when nobody takes
/// them any more.
fn parcourir(octets: Bytes, envoi: &mpsc::Sender<Lot>) -> Result<Bilan, String> {
    let mut parcours = Parcours {
        envoi,
        en_tete: None,
        lot: Lot::vide(),
        combien: 0,
        derniere: 0,
    };
    let format = fichier::lire(octets, &mut |rangee| parcours.prendre(rangee))?;
    parcours.envoyer()?;
    let en_tete = match parcours.en_tete {
        Some(en_tete) => en_tete,
        None => EnTete::lire(&[]).map_err(|refus| refus.to_string())?,
    };
    Ok(Bilan { format, en_tete })
}

/// Where the reading is.
struct Parcours<'e> {
    envoi: &'e mpsc::Sender<Lot>,
    /// The first row that holds something.
    en_tete: Option<EnTete>,
    lot: Lot,
    combien: i64,
    derniere: i64,
}

impl Parcours<'_> {
    fn prendre(&mut self, rangee: Rangee) -> Result<(), String> {
        if rangee.ligne <= self.derniere {
            return Err(EN_DESORDRE.to_owned());
        }
        self.derniere = rangee.ligne;
        let Some(en_tete) = &self.en_tete else {
            let dites = |cellule: &String| !cellule.trim().is_empty();
            if rangee.cellules.iter().any(dites) {
                let en_tete = EnTete::lire(&rangee.cellules).map_err(|refus| refus.to_string())?;
                self.en_tete = Some(en_tete);
            }
            return Ok(());
        };
        self.combien += 1;
        if self.combien > RANGEES_AU_PLUS {
            return Err(TROP_DE_RANGEES.to_owned());
        }
        self.lot.ajouter(en_tete, rangee);
        match self.lot.est_plein() {
            true => self.envoyer(),
            false => Ok(()),
        }
    }

    fn envoyer(&mut self) -> Result<(), String> {
        let lot = std::mem::replace(&mut self.lot, Lot::vide());
        let envoye = self.envoi.blocking_send(lot);
        envoye.map_err(|_| "La lecture s’est arrêtée.".to_owned())
    }
}

impl Lot {
    fn vide() -> Self {
        Self {
            lignes: Vec::with_capacity(PAR_LOT),
            vides: 0,
            poids: 0,
            avancement: 0,
        }
    }

    fn est_plein(&self) -> bool {
        self.lignes.len() >= PAR_LOT || self.poids >= POIDS_D_UN_LOT
    }

    fn ajouter(&mut self, en_tete: &EnTete, rangee: Rangee) {
        self.avancement = rangee.avancement;
        self.poids += rangee.cellules.iter().map(String::len).sum::<usize>();
        let lue = import::lire(en_tete, &rangee.cellules, &lieu_dit);
        let cellules = match lue {
            Lue::Vide => {
                self.vides += 1;
                return;
            }
            Lue::Refusee(_) | Lue::Dite(..) => en_tete.ranger(&rangee.cellules),
        };
        self.lignes.push(LigneLue {
            ligne: rangee.ligne,
            lue,
            cellules,
        });
    }
}

fn lieu_dit(texte: &str) -> LieuDit {
    match communes::chercher(texte) {
        Recherche::Une(commune) => LieuDit::Une {
            code: commune.code.to_owned(),
            departement: commune.departement().to_owned(),
        },
        Recherche::Plusieurs(_) => LieuDit::Plusieurs,
        Recherche::Aucune => LieuDit::Aucune,
    }
}

/// What the fate of a line depends on: the register, and the lines before it.
struct Jugement {
    registre: Registre,
    vues: Vues,
    demonstration: bool,
}

impl Jugement {
    async fn commencer(app: &App) -> Result<Self, Panne> {
        Ok(Self {
            registre: lot::registre(&mut app.db.lecture().await?).await?,
            vues: Vues::default(),
            demonstration: app.reglages.demonstration,
        })
    }

    async fn juger(
        &mut self,
        base: &mut Lecture,
        lues: Vec<LigneLue>,
    ) -> Result<Vec<Ligne>, Panne> {
        let mut lignes: Vec<Ligne> = lues.into_iter().map(|lue| self.rapprocher(lue)).collect();
        let poles = lignes.iter().filter(|l| l.sort == SortLigne::MiseAJour);
        let poles: BTreeSet<Uuid> = poles.filter_map(|ligne| ligne.pole).collect();
        let fiches = lot::fiches(base, &poles).await?;
        for ligne in &mut lignes {
            if let Some(fiche) = ligne.pole.and_then(|pole| fiches.get(&pole)) {
                comparer(ligne, &fiche.etat, self.demonstration);
            }
        }
        Ok(lignes)
    }

    /// Of which record the line speaks; what it changes there comes after.
    fn rapprocher(&mut self, lue: LigneLue) -> Ligne {
        let (dite, remarques) = match lue.lue {
            Lue::Dite(dite, remarques) => (dite, remarques),
            Lue::Refusee(fautes) => {
                return Ligne {
                    cellules: lue.cellules,
                    ..refusee(lue.ligne, fautes)
                };
            }
            Lue::Vide => return refusee(lue.ligne, Vec::new()),
        };
        let mut ligne = Ligne {
            dite,
            remarques,
            cellules: lue.cellules,
            ..refusee(lue.ligne, Vec::new())
        };
        match rapprochement(&self.registre, &ligne) {
            Rapprochement::Une(pole) => self.sur_une_fiche(&mut ligne, pole),
            Rapprochement::Aucune => self.sur_aucune(&mut ligne),
            Rapprochement::Plusieurs(candidates) => self.sur_plusieurs(&mut ligne, candidates),
            Rapprochement::IdentifiantInconnu => refuser(
                &mut ligne,
                Some(Colonne::Identifiant),
                "Aucune fiche du registre n’a cet identifiant : laissez-le vide pour en créer une.",
            ),
        }
        ligne
    }

    fn sur_une_fiche(&mut self, ligne: &mut Ligne, pole: Uuid) {
        ligne.pole = Some(pole);
        ligne.sort = SortLigne::MiseAJour;
        if ligne.dite.identifiant.is_some_and(|dit| dit != pole) {
            ligne.remarques.push(FONDUE.to_owned());
        }
        if let Some(autre) = self.vues.fiche(pole, ligne.ligne) {
            let phrase = format!("La ligne {autre} parle déjà de cette fiche.");
            refuser(ligne, None, &phrase);
        }
    }

    fn sur_aucune(&mut self, ligne: &mut Ligne) {
        creer(ligne);
        if ligne.sort != SortLigne::Creee {
            return;
        }
        match self.vues.nomme(&ligne.dite, ligne.ligne) {
            None => {}
            Some(Deja::Nomme(autre)) => deja_nomme(ligne, autre),
            Some(Deja::PeutEtre(autre)) => refuser(
                ligne,
                None,
                &format!(
                    "La ligne {autre} porte le même nom, et rien ne dit que c’est un autre pôle : donnez le lieu de chacun."
                ),
            ),
        }
    }

    fn sur_plusieurs(&mut self, ligne: &mut Ligne, candidates: Vec<Uuid>) {
        ligne.sort = SortLigne::Ambigue;
        ligne.candidates = candidates;
        if ligne.dite.valeur(Information::Nom).is_some()
            && let Some(Deja::Nomme(autre)) = self.vues.nomme(&ligne.dite, ligne.ligne)
        {
            ligne.candidates = Vec::new();
            deja_nomme(ligne, autre);
        }
    }
}

fn deja_nomme(ligne: &mut Ligne, autre: i64) {
    refuser(
        ligne,
        None,
        &format!("La ligne {autre} nomme déjà ce pôle."),
    );
}

/// Which records this line may speak of, in this register.
pub(super) fn rapprochement(registre: &Registre, ligne: &Ligne) -> Rapprochement {
    let code = ligne.dite.valeur(Information::Commune);
    let commune = code.and_then(communes::par_code);
    registre.rapprocher(&ligne.dite, commune.map(|commune| commune.nom))
}

fn refusee(ligne: i64, fautes: Vec<Faute>) -> Ligne {
    Ligne {
        ligne,
        sort: SortLigne::Refusee,
        pole: None,
        dite: import::Dite::default(),
        cellules: Vec::new(),
        changements: Vec::new(),
        fautes,
        remarques: Vec::new(),
        candidates: Vec::new(),
        choisie: false,
    }
}

fn refuser(ligne: &mut Ligne, colonne: Option<Colonne>, phrase: &str) {
    ligne.sort = SortLigne::Refusee;
    ligne.pole = None;
    ligne.changements = Vec::new();
    ligne.fautes.push(Faute {
        colonne,
        phrase: phrase.to_owned(),
    });
}

/// The line makes a record of its own, when it says enough for one.
pub(super) fn creer(ligne: &mut Ligne) {
    ligne.changements = Vec::new();
    ligne.remarques.retain(|dite| !est_d_une_fiche(dite));
    let dite = &ligne.dite;
    if dite.valeur(Information::Nom).is_none() {
        return refuser(
            ligne,
            Some(Colonne::Nom),
            "Aucune fiche ne correspond, et une nouvelle fiche a besoin d’un nom.",
        );
    }
    if dite.structure.is_none() && (dite.siret.is_some() || dite.rna.is_some()) {
        return refuser(
            ligne,
            Some(Colonne::Structure),
            "Donnez le nom de la structure porteuse avec son numéro.",
        );
    }
    ligne.sort = SortLigne::Creee;
    ligne.pole = Some(alea::id());
}

/// What the line changes in this record, or that it says nothing new.
pub(super) fn comparer(ligne: &mut Ligne, fiche: &Etat, demonstration: bool) {
    let mut changes: Vec<Changement> = changements(&ligne.dite, |i| fiche.valeur(i));
    let mut remarques = Vec::new();
    match import::place(&ligne.dite, &fiche.lieu()) {
        Place::Sue => {}
        Place::Contredite { dit, su } => remarques.push(format!(
            "{AUTRE_LIEU}{dit} », et la fiche « {su} » : le lieu de la fiche ne change pas."
        )),
        Place::Dite(lieu) => changes.extend(lieu.ecrire().map(|apres| Changement {
            information: Information::Commune,
            avant: fiche.valeur(Information::Commune),
            apres,
        })),
    }
    if demonstration && !fiche.invente && !changes.is_empty() {
        return refuser(ligne, None, POLE_REEL);
    }
    ligne.sort = match changes.is_empty() {
        true => SortLigne::Inchangee,
        false => SortLigne::MiseAJour,
    };
    changes.sort_by_key(|change| change.information);
    ligne.changements = changes;
    remarques.extend(sur_la_structure(ligne, fiche));
    ligne.remarques.retain(|dite| !est_d_une_fiche(dite));
    ligne.remarques.extend(remarques);
    ligne.pole = Some(fiche.pole);
}

/// Whether a remark comes from the record a line was compared with, and not from
/// the line.
fn est_d_une_fiche(remarque: &str) -> bool {
    remarque == STRUCTURE || remarque.starts_with(AUTRE_LIEU)
}

fn sur_la_structure(ligne: &Ligne, fiche: &Etat) -> Option<String> {
    let autre = |dite: &Option<String>, connue: &Option<String>| dite.is_some() && dite != connue;
    let dite = &ligne.dite;
    let differe = autre(&dite.siret, &fiche.siret)
        || autre(&dite.rna, &fiche.rna)
        || autre(&dite.structure, &fiche.porteuse);
    differe.then(|| STRUCTURE.to_owned())
}

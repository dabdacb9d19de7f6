//! The job that reads a list and tells the fate of each of its lines.
//!
//! The file is parsed on a thread of its own, a few thousand lines at a time; a
//! part is judged, written and its progress told before the next. Nothing of it
//! touches the register. Cut in the middle, it begins again from nothing.

use std::collections::BTreeSet;

use axum::body::Bytes;
use metier::poles::{
    Information,
    import::{
        self, Changement, Colonne, EnTete, EtatImport, Faute, LieuDit, Lue, Rapprochement,
        Registre, SortLigne, Vues, changements,
    },
};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    fichier::{self, RANGEES_AU_PLUS, Rangee},
    store::{self, Ligne},
};
use crate::{
    app::App,
    poles::lot::{self, Fiche},
    socle::{
        alea,
        communes::{self, Recherche},
        db::Lecture,
        erreurs::Panne,
        fichiers,
        taches::Tache,
    },
};

/// The job that reads a list.
pub const LECTURE: &str = "lecture_import";

/// How many lines are judged and written at once.
const PAR_LOT: usize = 2_000;

/// Said of a real pole, in an invented world.
const POLE_REEL: &str = "Ce pôle existe : dans cette démonstration, sa fiche ne change pas.";

/// A structure changes by an act of its own: an import only recognises it.
const STRUCTURE: &str = "La structure porteuse d’une fiche qui existe ne change pas par un import : elle reste la même.";

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
    avancement: i64,
}

/// What the file is, once read to its end.
struct Bilan {
    format: String,
    en_tete: EnTete,
}

/// Reads the list, if it still waits for it.
pub async fn lire(app: &App, tache: &Tache) -> Result<(), Panne> {
    let liste = store::find(&mut app.db.lecture().await?, tache.objet).await?;
    if liste.etat != EtatImport::EnLecture {
        return tache.achever_seule(app).await;
    }
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
    let liste = fichier::ouvrir(octets)?;
    let mut rangees = liste.rangees;
    let en_tete = titres(&mut rangees)?;
    let mut lot = Lot::vide();
    let mut combien = 0;
    for rangee in rangees {
        let rangee = rangee?;
        combien += 1;
        if combien > RANGEES_AU_PLUS {
            return Err(
                "Ce fichier a plus de 200 000 lignes : partagez-le en plusieurs.".to_owned(),
            );
        }
        lot.avancement = rangee.avancement;
        lot.ajouter(&en_tete, rangee);
        if lot.lignes.len() >= PAR_LOT
            && envoi
                .blocking_send(std::mem::replace(&mut lot, Lot::vide()))
                .is_err()
        {
            return Err("La lecture s’est arrêtée.".to_owned());
        }
    }
    let _ = envoi.blocking_send(lot);
    Ok(Bilan {
        format: liste.format,
        en_tete,
    })
}

/// The first row that holds something.
fn titres(rangees: &mut fichier::Rangees) -> Result<EnTete, String> {
    let mut premiere = Vec::new();
    for rangee in rangees {
        premiere = rangee?.cellules;
        if premiere.iter().any(|cellule| !cellule.trim().is_empty()) {
            break;
        }
    }
    EnTete::lire(&premiere).map_err(|refus| refus.to_string())
}

impl Lot {
    fn vide() -> Self {
        Self {
            lignes: Vec::with_capacity(PAR_LOT),
            vides: 0,
            avancement: 0,
        }
    }

    fn ajouter(&mut self, en_tete: &EnTete, rangee: Rangee) {
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
                comparer(ligne, fiche, self.demonstration);
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
            Rapprochement::Une(pole) => {
                ligne.pole = Some(pole);
                ligne.sort = SortLigne::MiseAJour;
                if let Some(autre) = self.vues.fiche(pole, ligne.ligne) {
                    refuser(
                        &mut ligne,
                        None,
                        &format!("La ligne {autre} parle déjà de cette fiche."),
                    );
                }
            }
            Rapprochement::Aucune => {
                creer(&mut ligne);
                let creee = ligne.sort == SortLigne::Creee;
                if let Some(autre) = creee
                    .then(|| self.vues.creation(&ligne.dite, ligne.ligne))
                    .flatten()
                {
                    refuser(
                        &mut ligne,
                        None,
                        &format!("La ligne {autre} crée déjà ce pôle."),
                    );
                }
            }
            Rapprochement::Plusieurs(candidates) => {
                ligne.sort = SortLigne::Ambigue;
                ligne.candidates = candidates;
            }
            Rapprochement::IdentifiantInconnu => refuser(
                &mut ligne,
                Some(Colonne::Identifiant),
                "Aucune fiche du registre n’a cet identifiant : laissez-le vide pour en créer une.",
            ),
        }
        ligne
    }
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
        lieu: None,
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
    ligne.lieu = None;
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
pub(super) fn comparer(ligne: &mut Ligne, fiche: &Fiche, demonstration: bool) {
    let changes: Vec<Changement> = changements(&ligne.dite, |i| fiche.etat.valeur(i));
    if demonstration && !fiche.etat.invente && !changes.is_empty() {
        return refuser(ligne, None, POLE_REEL);
    }
    ligne.sort = match changes.is_empty() {
        true => SortLigne::Inchangee,
        false => SortLigne::MiseAJour,
    };
    let bouge = changes
        .iter()
        .any(|c| c.information == Information::Commune);
    ligne.lieu = bouge.then(|| fiche.lieu.clone());
    ligne.changements = changes;
    let structure = sur_la_structure(ligne, fiche);
    ligne.remarques.retain(|remarque| remarque != STRUCTURE);
    ligne.remarques.extend(structure);
    ligne.pole = Some(fiche.etat.pole);
}

fn sur_la_structure(ligne: &Ligne, fiche: &Fiche) -> Option<String> {
    let autre = |dite: &Option<String>, connue: &Option<String>| dite.is_some() && dite != connue;
    let dite = &ligne.dite;
    let differe = autre(&dite.siret, &fiche.etat.siret)
        || autre(&dite.rna, &fiche.etat.rna)
        || autre(&dite.structure, &fiche.etat.porteuse);
    differe.then(|| STRUCTURE.to_owned())
}

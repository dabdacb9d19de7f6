//! Duplicates and merges: the pairs that look like one pole, and the acts that
//! tell them apart, merge them, or undo a merge. Whoever answers for both
//! records does it: the cell of their region, the keeper of the Charter, the
//! nation.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use metier::{
    commun::Region,
    instruction::Cellule,
    poles::{
        Correction, Information,
        doublon::{self, Indice, Paire},
        fusion::{self as regle, DossiersEnDouble, Rapprochement, RefusFusion},
    },
};
use uuid::Uuid;

use super::{
    corrections::{Qui, perimetre},
    origine::origine,
};
use crate::{
    campagnes::Campagne,
    comptes::store as comptes,
    decisions, instruction,
    poles::{
        self, Jalon,
        etat::{self, Etat},
        fusions::{self as store, Comparee, Distinction, Fusion},
        modifications::{self, Main, Origine},
    },
    socle::{
        acte::Acte,
        db::{Lecture, Tx},
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        feuilles::{self, Feuille, Ici, Vers},
        journal::Entree,
    },
    urls,
};

/// What a form says where the value of the record that merges is kept.
pub const AUTRE: &str = "autre";

type Refuse = Echec<RefusFusion>;

/// Merges two records: `POST /doublons/{garde}/{fondu}`.
pub struct Fusionner {
    pub qui: Qui,
    pub garde: Uuid,
    pub fondu: Uuid,
    /// What is taken from the record that merges, line by line.
    pub prises: Vec<Information>,
    pub motif: String,
    /// The calls held here: one that is not closed looks at a single dossier.
    pub campagnes: Vec<Arc<Campagne>>,
}

/// Undoes a merge: `POST /fusions/{id}/annulation`.
pub struct Defaire {
    pub qui: Qui,
    pub fusion: Uuid,
    pub motif: String,
}

/// Says that two records are two poles: `POST /doublons/{un}/{autre}/distinction`.
pub struct Distinguer {
    pub qui: Qui,
    pub un: Uuid,
    pub autre: Uuid,
    pub motif: String,
}

/// Says that they may be one after all: `POST /doublons/{un}/{autre}/rapprochement`.
pub struct Rapprocher {
    pub qui: Qui,
    pub un: Uuid,
    pub autre: Uuid,
}

/// The two records an act is about, and what it says of them.
pub struct Deux {
    pub garde: Uuid,
    pub fondu: Uuid,
    engage: String,
}

/// Whether this person answers for both records.
fn repond_des_deux(
    personne: &Personne,
    cellules: &[Cellule],
    regions: [Option<Region>; 2],
) -> bool {
    let droit = Droit::FusionnerPoles;
    personne.peut(droit, Perimetre::National)
        || regions
            .into_iter()
            .all(|region| personne.peut(droit, perimetre(region, cellules)))
}

/// Refuses a reason that everybody would read and that names somebody.
async fn taire_les_noms(tx: &mut Tx, motif: &str) -> Result<(), Refuse> {
    match comptes::nomment(tx, &[motif]).await? {
        Some(_) => Err(Echec::Refus(RefusFusion::NommeQuelquUn)),
        None => Ok(()),
    }
}

async fn exiger(
    base: &mut Lecture,
    personne: &Personne,
    regions: [Option<Region>; 2],
) -> Result<(), Panne> {
    let cellules = instruction::cellules(base).await?;
    match repond_des_deux(personne, &cellules, regions) {
        true => Ok(()),
        false => Err(Panne::Introuvable),
    }
}

/// Two records side by side.
pub struct CoteACote {
    pub garde: Etat,
    pub fondu: Etat,
}

/// The two records, for whoever answers for both.
pub async fn cote_a_cote(
    base: &mut Lecture,
    personne: &Personne,
    garde: Uuid,
    fondu: Uuid,
) -> Result<CoteACote, Panne> {
    let garde = etat::lire(base, garde).await?;
    let fondu = etat::lire(base, fondu).await?;
    exiger(base, personne, [garde.region(), fondu.region()]).await?;
    Ok(CoteACote { garde, fondu })
}

/// A pair as a list shows it.
pub struct PaireLue {
    pub un: Comparee,
    pub autre: Comparee,
    pub indices: Vec<Indice>,
}

/// Two records that people told apart, and why.
pub struct Distincte {
    pub un: Comparee,
    pub autre: Comparee,
    pub motif: String,
    le: i64,
}

/// What those who answer for a territory have before them.
pub struct Doublons {
    pub region: Option<Region>,
    /// How many pairs there are, and a page of them, the surest first.
    pub combien: usize,
    pub paires: Feuille<PaireLue>,
    pub distinctes: Feuille<Distincte>,
    /// The merges, the latest first.
    pub fusions: Feuille<Fusion>,
}

/// What an address calls each of these lists.
pub const PAIRES: &str = "paires";
pub const DISTINCTES: &str = "distinctes";
pub const FUSIONS: &str = "fusions";

/// How many of each a page shows.
const PAR_PAGE: usize = 50;

/// The place of a pair: the surest first.
type PlaceDePaire = (Vec<Indice>, Uuid, Uuid);

impl PaireLue {
    fn place(&self) -> PlaceDePaire {
        let (un, autre) = (self.un.candidat.id, self.autre.candidat.id);
        (self.indices.clone(), un, autre)
    }

    fn adresse(&self, vers: Vers) -> String {
        let (indices, un, autre) = self.place();
        let codes: Vec<&str> = indices.iter().map(|indice| indice.code()).collect();
        let place = format!("{}~{un}~{autre}", codes.join("."));
        feuilles::adresse(urls::DOUBLONS, PAIRES, (place, vers))
    }
}

fn place_de_paire(texte: &str) -> Option<PlaceDePaire> {
    let (indices, deux) = texte.split_once('~')?;
    let (un, autre) = deux.split_once('~')?;
    let indices = indices.split('.').map(Indice::par_code);
    Some((
        indices.collect::<Option<_>>()?,
        un.parse().ok()?,
        autre.parse().ok()?,
    ))
}

/// The place of a pair told apart: the latest first.
type PlaceDistincte = (Reverse<i64>, Uuid, Uuid);

impl Distincte {
    fn place(&self) -> PlaceDistincte {
        (
            Reverse(self.le),
            self.un.candidat.id,
            self.autre.candidat.id,
        )
    }

    fn adresse(&self, vers: Vers) -> String {
        let (Reverse(le), un, autre) = self.place();
        let place = format!("{le}~{un}~{autre}");
        feuilles::adresse(urls::DOUBLONS, DISTINCTES, (place, vers))
    }
}

fn place_distincte(texte: &str) -> Option<PlaceDistincte> {
    let (le, deux) = texte.split_once('~')?;
    let (un, autre) = deux.split_once('~')?;
    Some((
        Reverse(le.parse().ok()?),
        un.parse().ok()?,
        autre.parse().ok()?,
    ))
}

/// The pairs of the territory of this person. `reprise`: the merge whose undoing
/// has to be mended begins its list.
pub async fn doublons(
    base: &mut Lecture,
    personne: &Personne,
    demonstration: bool,
    (ici, reprise): (&Ici, Option<Uuid>),
) -> Result<Doublons, Panne> {
    let droit = Droit::FusionnerPoles;
    if personne.perimetres(droit).next().is_none() {
        return Err(Panne::Introuvable);
    }
    let cellules = instruction::cellules(base).await?;
    let mut regions = Region::TOUTES.to_vec();
    regions.retain(|region| repond_des_deux(personne, &cellules, [Some(*region); 2]));
    let siennes = match personne.peut(droit, Perimetre::National) {
        true => None,
        false => Some(regions.as_slice()),
    };
    let mut comparees = Vec::new();
    match siennes {
        None => comparees.extend(store::comparees(base, None).await?),
        Some(regions) => {
            for region in regions {
                comparees.extend(store::comparees(base, Some(*region)).await?);
            }
        }
    }
    comparees.retain(|comparee| comparee.candidat.invente || !demonstration);
    let distinctions = store::distinctions(base).await?;
    let cote = match reprise {
        Some(id) => {
            let fusion = store::find(base, id).await?;
            Some((fusion.jalon().juste_apres(), Vers::Apres))
        }
        None => ici.cote(FUSIONS, Jalon::lire),
    };
    let fusions = store::lister(base, siennes, (&cote, PAR_PAGE + 1)).await?;
    let fusions = Feuille::couper(fusions, (&cote, PAR_PAGE), |fusion, vers| {
        feuilles::adresse(urls::DOUBLONS, FUSIONS, (fusion.jalon(), vers))
    });
    let (paires, distinctes) = rapprocher(&comparees, &distinctions);
    let combien = paires.len();
    let cote = (&ici.cote(PAIRES, place_de_paire), PAR_PAGE);
    let paires = Feuille::choisir(paires, cote, PaireLue::place, PaireLue::adresse);
    let cote = (&ici.cote(DISTINCTES, place_distincte), PAR_PAGE);
    Ok(Doublons {
        region: personne.regions(droit).first().copied(),
        combien,
        paires,
        distinctes: Feuille::choisir(distinctes, cote, Distincte::place, Distincte::adresse),
        fusions,
    })
}

fn rapprocher(
    comparees: &[Comparee],
    distinctions: &[Distinction],
) -> (Vec<PaireLue>, Vec<Distincte>) {
    let par_id: HashMap<Uuid, &Comparee> = comparees.iter().map(|c| (c.candidat.id, c)).collect();
    let fiches = |un: Uuid, autre: Uuid| {
        let (un, autre) = (par_id.get(&un)?, par_id.get(&autre)?);
        Some(((*un).clone(), (*autre).clone()))
    };
    let ecartees: BTreeSet<(Uuid, Uuid)> = distinctions.iter().map(|d| (d.un, d.autre)).collect();
    let candidats: Vec<doublon::Candidat> = comparees.iter().map(|c| c.candidat.clone()).collect();
    let paires = doublon::paires(&candidats)
        .into_iter()
        .filter(|paire| !ecartees.contains(&(paire.un, paire.autre)))
        .filter_map(|Paire { un, autre, indices }| {
            let (un, autre) = fiches(un, autre)?;
            Some(PaireLue { un, autre, indices })
        })
        .collect();
    let distinctes = distinctions
        .iter()
        .filter_map(|d| {
            let (un, autre) = fiches(d.un, d.autre)?;
            Some(Distincte {
                un,
                autre,
                motif: d.motif.clone(),
                le: d.le,
            })
        })
        .collect();
    (paires, distinctes)
}

impl Qui {
    /// Who merges: the nation, unless the cell of the region does.
    async fn main_de_fusion(&self, tx: &mut Tx, region: Option<Region>) -> Result<Main, Panne> {
        let main = self.main(tx, region).await?;
        let national = self.par.peut(Droit::FusionnerPoles, Perimetre::National);
        Ok(Main {
            cellule: main.cellule.filter(|_| !national),
            ..main
        })
    }

    /// Takes both records, always in the same order: two acts never cross.
    async fn tenir_deux(&self, tx: &mut Tx, un: Uuid, autre: Uuid) -> Result<[Etat; 2], Panne> {
        for pole in [un.min(autre), un.max(autre)] {
            poles::prendre(tx, pole).await?;
        }
        let deux = [etat::lire(tx, un).await?, etat::lire(tx, autre).await?];
        exiger(tx, &self.par, [deux[0].region(), deux[1].region()]).await?;
        Ok(deux)
    }

    fn inscrire_deux(&self, acte: &'static str, deux: &Deux) -> Vec<Entree> {
        let entree = |pole| {
            Entree::new(acte, "pole", pole, self.recu_le.0)
                .par(self.par.compte)
                .engageant(deux.engage.clone())
        };
        vec![entree(deux.garde), entree(deux.fondu)]
    }
}

impl Fusionner {
    /// The calls where both have a dossier, and how far each is.
    async fn dossiers_en_double(&self, tx: &mut Tx) -> Result<Vec<DossiersEnDouble>, Panne> {
        let le = self.qui.recu_le.0;
        let mut doubles = Vec::new();
        for double in store::dossiers_en_double(tx, self.garde, self.fondu).await? {
            let mut decides = true;
            for dossier in [double.un, double.autre] {
                decides &= decisions::visible(tx, dossier, le).await?.is_some();
            }
            let appel = self.campagnes.iter().find(|c| c.code == double.campagne);
            doubles.push(DossiersEnDouble {
                ouvert: appel.is_some_and(|appel| !appel.fenetre.est_close(le)),
                a_decider: double.deposes && !decides,
                appel: match appel {
                    Some(appel) => appel.identite.titre_court.clone(),
                    None => double.campagne,
                },
            });
        }
        Ok(doubles)
    }
}

impl Acte for Fusionner {
    type Fait = Deux;
    type Refus = RefusFusion;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Deux, Refuse> {
        let (qui, le) = (&self.qui, self.qui.recu_le.0);
        let [garde, fondu] = qui.tenir_deux(tx, self.garde, self.fondu).await?;
        let rapprochement = Rapprochement {
            demonstration: qui.demonstration,
            garde_inventee: garde.invente,
            fondue_inventee: fondu.invente,
            la_meme: garde.pole == fondu.pole,
            dossiers_en_double: self.dossiers_en_double(tx).await?,
        };
        let motif = rapprochement.fusionner(&self.motif).refuse()?;
        taire_les_noms(tx, &motif).await?;
        let deux = (garde.pole, fondu.pole);
        let porteuse = store::porteuse(tx, fondu.pole).await?;
        let id = store::record(tx, deux, &motif, qui.par.compte, le).await?;
        let main = qui.main_de_fusion(tx, garde.region()).await?;
        let dernieres = modifications::dernieres(tx, fondu.pole).await?;
        for &information in &self.prises {
            let de_la_fusion = format!("fusion avec « {} » : {motif}", fondu.nom);
            let correction = Correction {
                information,
                valeur: fondu.valeur(information),
                // Where it came from before, and how it came here.
                source: match origine(&fondu, information, &dernieres) {
                    Some(origine) => format!("{} ; {de_la_fusion}", origine.en_mots()),
                    None => de_la_fusion,
                },
            };
            if correction.valeur != garde.valeur(information) {
                let de = Origine::Fusion(id);
                modifications::record(tx, &garde, &correction, de, main).await?;
            }
        }
        // The very structure, not another one that says the same.
        if self.prises.contains(&Information::Porteuse) {
            store::record_porteuse(tx, garde.pole, porteuse).await?;
        }
        Ok(Deux {
            garde: garde.pole,
            fondu: fondu.pole,
            engage: format!("{id} {motif}"),
        })
    }

    fn entrees(&self, fait: &Deux) -> Vec<Entree> {
        self.qui.inscrire_deux("fusion", fait)
    }
}

impl Acte for Defaire {
    type Fait = Deux;
    type Refus = RefusFusion;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Deux, Refuse> {
        let (qui, le) = (&self.qui, self.qui.recu_le.0);
        let lue = store::find(tx, self.fusion).await?;
        for pole in [lue.garde.min(lue.fondu), lue.garde.max(lue.fondu)] {
            poles::prendre(tx, pole).await?;
        }
        exiger(tx, &qui.par, lue.regions()).await?;
        // Under the lock: somebody may have undone it meanwhile.
        let fusion = store::find(tx, self.fusion).await?;
        let depuis = store::depuis(tx, &fusion).await?;
        let motif = regle::defaire(&depuis, &self.motif).refuse()?;
        taire_les_noms(tx, &motif).await?;
        let etat = etat::lire(tx, fusion.garde).await?;
        let main = qui.main_de_fusion(tx, etat.region()).await?;
        for id in store::modifications(tx, fusion.id).await? {
            let modification = modifications::find(tx, id).await?;
            let information = modification.information;
            // Somebody put it back meanwhile: the record says so already.
            if etat.valeur(information) == modification.avant {
                continue;
            }
            let de = match modification.annulee {
                true => Origine::Defaite,
                false => Origine::Annulation(id),
            };
            let correction = Correction {
                information,
                valeur: modification.avant,
                source: format!("Fusion défaite : {motif}"),
            };
            modifications::record(tx, &etat, &correction, de, main).await?;
        }
        store::record_defaite(tx, &fusion, &motif, qui.par.compte, le).await?;
        Ok(Deux {
            garde: fusion.garde,
            fondu: fusion.fondu,
            engage: format!("{} {motif}", fusion.id),
        })
    }

    fn entrees(&self, fait: &Deux) -> Vec<Entree> {
        self.qui.inscrire_deux("fusion_defaite", fait)
    }
}

impl Acte for Distinguer {
    type Fait = Deux;
    type Refus = RefusFusion;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Deux, Refuse> {
        let qui = &self.qui;
        let [un, autre] = qui.tenir_deux(tx, self.un, self.autre).await?;
        if un.pole == autre.pole {
            return Err(Echec::Refus(RefusFusion::MemeFiche));
        }
        let paire = (un.pole.min(autre.pole), un.pole.max(autre.pole));
        let distinctions = store::distinctions(tx).await?;
        let deja = distinctions.iter().any(|d| (d.un, d.autre) == paire);
        let motif = regle::distinguer(deja, &self.motif).refuse()?;
        let (par, le) = (qui.par.compte, qui.recu_le.0);
        store::record_distinction(tx, paire, &motif, par, le).await?;
        Ok(Deux {
            garde: un.pole,
            fondu: autre.pole,
            engage: motif,
        })
    }

    fn entrees(&self, fait: &Deux) -> Vec<Entree> {
        self.qui.inscrire_deux("distinction", fait)
    }
}

impl Acte for Rapprocher {
    type Fait = Deux;
    type Refus = RefusFusion;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Deux, Refuse> {
        let [un, autre] = self.qui.tenir_deux(tx, self.un, self.autre).await?;
        match store::delete_distinction(tx, un.pole, autre.pole).await? {
            true => Ok(Deux {
                engage: format!("{} {}", un.pole, autre.pole),
                garde: un.pole,
                fondu: autre.pole,
            }),
            false => Err(Panne::Introuvable.into()),
        }
    }

    fn entrees(&self, fait: &Deux) -> Vec<Entree> {
        self.qui.inscrire_deux("rapprochement", fait)
    }
}

//! The acts of the committee: to declare, to give one's marks; and of the
//! pilot: to close the sitting.

use std::sync::Arc;

use metier::{
    campagnes::Etape,
    comite::{
        Deport, Examen, ExamenOuvert, Interets, RefusExamen, RefusInterets, RefusSeance, Reponse,
        SeanceAClore, declarer, liens_calcules,
    },
    instruction::Verdict,
};
use uuid::Uuid;

use super::{
    grille,
    store::{self, examens, interets},
};
use crate::{
    campagnes::Campagne,
    dossiers, instruction,
    socle::{
        acte::Acte,
        db::Tx,
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        journal::Entree,
    },
};

/// Whether the opinions of this call are all due at that instant.
pub fn avis_echus(campagne: &Campagne, le: jiff::Timestamp) -> bool {
    let avis = campagne.calendrier.etape(Etape::Avis);
    avis.is_none_or(|avis| avis.moment.fin() <= le)
}

/// Declares interests: `POST /interets/{campagne}`.
pub struct Declarer {
    pub par: Personne,
    pub campagne: Arc<Campagne>,
    pub reponses: Vec<(Uuid, Reponse)>,
    pub recu_le: RecuLe,
}

impl Acte for Declarer {
    type Fait = Interets;
    type Refus = RefusInterets;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Interets, Echec<RefusInterets>> {
        self.par
            .exiger(Droit::ExaminerNational, Perimetre::National)?;
        let code = &self.campagne.identite.code;
        let tous = interets::dossiers(tx, code, self.par.compte).await?;
        // What is answered anew; with nothing answered, everything is missing.
        let repondus: Vec<_> = tous
            .iter()
            .filter(|d| d.origine.is_none())
            .filter(|d| {
                let reponse = self.reponses.iter().find(|(id, _)| *id == d.examine.id);
                match reponse {
                    Some((_, reponse)) => d.reponse.as_ref() != Some(reponse),
                    None => self.reponses.is_empty() && d.reponse.is_none(),
                }
            })
            .map(|d| d.examine.clone())
            .collect();
        let mut ids: Vec<Uuid> = repondus.iter().map(|d| d.id).collect();
        ids.sort();
        for id in ids {
            dossiers::prendre(tx, id).await?;
        }
        let deja = interets::deports(tx, code, self.par.compte).await?;
        let examinateurs = interets::examinateurs(tx, self.par.compte).await?;
        let (premier, autres) = examinateurs
            .split_first()
            .ok_or(Panne::Programme("nobody examines"))?;
        let mut acte =
            declarer(premier, &repondus, &self.reponses, &deja, self.recu_le.0).refuse()?;
        for dossier in &repondus {
            for autre in autres {
                fermer(&mut acte, dossier.id, self, liens_calcules(autre, dossier));
            }
        }
        if acte.interets.is_empty() {
            return Err(Panne::Conflit("interests already declared").into());
        }
        for interet in &acte.interets {
            interets::record_interet(tx, interet).await?;
        }
        for deport in &acte.deports {
            interets::record_deport(tx, deport).await?;
        }
        Ok(acte)
    }

    /// One entry an answer; the link is bound, not shown.
    fn entrees(&self, fait: &Interets) -> Vec<Entree> {
        let entree = |interet: &metier::comite::Interet| {
            Entree::new("interet", "dossier", interet.dossier, interet.declare_le)
                .par(self.par.compte)
                .engageant(format!("{:?}", interet.reponse))
        };
        fait.interets.iter().map(entree).collect()
    }
}

/// Adds links to a deport, or makes one.
fn fermer(
    acte: &mut Interets,
    dossier: Uuid,
    declaration: &Declarer,
    liens: Vec<metier::comite::Lien>,
) {
    if liens.is_empty() {
        return;
    }
    match acte.deports.iter_mut().find(|d| d.dossier == dossier) {
        Some(deport) => {
            let neufs = liens.into_iter().filter(|l| !deport.liens.contains(l));
            let neufs: Vec<_> = neufs.collect();
            deport.liens.extend(neufs);
        }
        None => acte.deports.push(Deport {
            dossier,
            personne: declaration.par.compte,
            liens,
            ferme_le: declaration.recu_le.0,
        }),
    }
}

/// Gives one's marks for good: `POST /examens/{id}/rendu`.
pub struct RendreExamen {
    pub par: Personne,
    pub campagne: Arc<Campagne>,
    pub dossier: Uuid,
    /// The version that was read again.
    pub version: i64,
    pub recu_le: RecuLe,
}

impl Acte for RendreExamen {
    type Fait = Examen;
    type Refus = RefusExamen;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Examen, Echec<RefusExamen>> {
        self.par
            .exiger(Droit::ExaminerNational, Perimetre::National)?;
        dossiers::prendre(tx, self.dossier).await?;
        let code = &self.campagne.identite.code;
        let compte = self.par.compte;
        let echus = avis_echus(&self.campagne, self.recu_le.0);
        let acces = interets::acces(tx, code, self.dossier, compte, echus).await?;
        let encours = examens::find(tx, self.dossier, compte).await?;
        if encours.rendu_le.is_some() || encours.version != self.version {
            return Err(Panne::Conflit("marks already given, or another draft").into());
        }
        let grille = grille::grille(&self.campagne).ok_or(Panne::Introuvable)?;
        let eligible = instruction::verdict(tx, self.dossier).await? == Some(Verdict::Eligible);
        let examen = ExamenOuvert {
            dossier: self.dossier,
            grille: &grille,
            acces,
            deliberation_ouverte: store::seance(tx, code).await?.is_some(),
        }
        .rendre(
            grille::notes(&self.campagne, &encours.notes),
            grille::bonus(&self.campagne, &encours.notes, eligible),
            compte,
            self.recu_le.0,
        )
        .refuse()?;
        examens::record_rendu(tx, &examen).await?;
        Ok(examen)
    }

    fn entrees(&self, fait: &Examen) -> Vec<Entree> {
        vec![
            Entree::new("examen", "dossier", fait.dossier, fait.rendu_le)
                .par(self.par.compte)
                .engageant(format!("{:?} {:?}", fait.notes, fait.bonus)),
        ]
    }
}

/// Closes the sitting: `POST /seances/{campagne}/cloture`.
pub struct CloreSeance {
    pub par: Personne,
    pub campagne: Arc<Campagne>,
    pub malgre_tout: bool,
    pub recu_le: RecuLe,
}

/// A sitting closed, with the identifier it got.
pub struct SeanceClose {
    pub id: Uuid,
    pub le: jiff::Timestamp,
}

impl Acte for CloreSeance {
    type Fait = SeanceClose;
    type Refus = RefusSeance;

    async fn accomplir(&self, tx: &mut Tx) -> Result<SeanceClose, Echec<RefusSeance>> {
        self.par.exiger(Droit::CloreSeance, Perimetre::National)?;
        let code = &self.campagne.identite.code;
        let classement = store::classement(tx, code).await?;
        let examen = self.campagne.calendrier.etape(Etape::Examen);
        let le = SeanceAClore {
            tenue_des: examen.map(|examen| examen.moment.debut()),
            close_le: store::seance(tx, code).await?.map(|(le, _)| le),
            notes: classement.rangs.len(),
            sans_note: classement.non_notes.len(),
            malgre_tout: self.malgre_tout,
        }
        .clore(self.recu_le.0)
        .refuse()?;
        let id = store::record_seance(tx, code, self.par.compte, le).await?;
        Ok(SeanceClose { id, le })
    }

    fn entrees(&self, fait: &SeanceClose) -> Vec<Entree> {
        vec![Entree::new("seance", "seance", fait.id, fait.le).par(self.par.compte)]
    }
}

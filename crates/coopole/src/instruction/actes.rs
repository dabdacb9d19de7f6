//! The acts of a cell: to conclude on the eligibility, to give the opinion.

use std::sync::Arc;

use metier::{
    campagnes::{Nature, conditions::Constat},
    commun::Refus,
    instruction::{
        Appreciation, DossierAInstruire, Eligibilite, ExamenEligibilite, MotifAxe, ProjetAvis,
        RefusAvis, RefusEligibilite, SensAvis, Verdict,
    },
};
use uuid::Uuid;

use super::{
    competence::{self, DossierDeCellule},
    echeances, faits,
    store::{
        self, AvisRendu,
        brouillons::{self, Ebauche},
    },
};
use crate::{
    campagnes::Campagne,
    dossiers,
    socle::{
        acte::Acte,
        db::Tx,
        droits::{Droit, Personne},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        journal::Entree,
    },
};

/// Takes the dossier, then reads it as its cell does. A dossier of another call
/// than the one loaded with it would be a mistake of ours.
async fn prendre(
    tx: &mut Tx,
    id: Uuid,
    par: &Personne,
    droit: Droit,
    campagne: &Campagne,
) -> Result<DossierDeCellule, Panne> {
    dossiers::prendre(tx, id).await?;
    let vu = competence::trouver(tx, id, par, droit).await?;
    match vu.dossier.campagne == campagne.identite.code {
        true => Ok(vu),
        false => Err(Panne::Programme("the act holds another call")),
    }
}

/// Concludes on the eligibility: `POST /instruction/{id}/eligibilite`.
pub struct Statuer {
    pub par: Personne,
    pub dossier: Uuid,
    pub campagne: Arc<Campagne>,
    /// Set aside, or confirm.
    pub ecarter: bool,
    pub appreciations: Vec<Appreciation>,
    pub recu_le: RecuLe,
}

/// What setting aside amounts to: the rules of form first, then those of
/// substance.
fn verdict(campagne: &Campagne, ecarter: bool, appreciations: &[Appreciation]) -> Verdict {
    let de_forme = |a: &&Appreciation| {
        let regle = campagne.regle(&a.regle);
        regle.is_some_and(|regle| regle.nature == Nature::Recevabilite)
    };
    match ecarter {
        false => Verdict::Eligible,
        true if appreciations
            .iter()
            .filter(|a| !a.tenue)
            .any(|a| de_forme(&a)) =>
        {
            Verdict::Irrecevable
        }
        true => Verdict::Ineligible,
    }
}

impl Acte for Statuer {
    type Fait = Eligibilite;
    type Refus = RefusEligibilite;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Eligibilite, Echec<RefusEligibilite>> {
        let vu = prendre(
            tx,
            self.dossier,
            &self.par,
            Droit::RendreAvis,
            &self.campagne,
        )
        .await?;
        let deja = store::eligibilite(tx, self.dossier).await?;
        let constats: Vec<Constat> = faits::examiner(tx, &self.campagne, &vu.dossier).await?;
        let examen = ExamenEligibilite {
            dossier: self.dossier,
            depose: true,
            constats: &constats,
            deja: deja.as_ref().map(|(eligibilite, _)| eligibilite),
        };
        let acte = examen
            .statuer(
                verdict(&self.campagne, self.ecarter, &self.appreciations),
                self.appreciations.clone(),
                self.par.compte,
                self.recu_le.0,
            )
            .refuse()?;
        store::record_eligibilite(tx, &vu, &acte).await?;
        Ok(acte)
    }

    /// The verdict is bound, not shown: the journal is read before decisions
    /// are made known.
    fn entrees(&self, fait: &Eligibilite) -> Vec<Entree> {
        let motifs: Vec<String> = fait
            .appreciations
            .iter()
            .map(|a| format!("{} {} {}", a.regle, a.tenue, a.motif))
            .collect();
        let texte = format!("{} {}", fait.verdict.code(), motifs.join("\n"));
        vec![
            Entree::new("eligibilite", "dossier", fait.dossier, fait.statuee_le)
                .par(self.par.compte)
                .engageant(texte),
        ]
    }
}

/// Gives the opinion as it was drafted and read again:
/// `POST /instruction/{id}/avis`.
pub struct RendreAvis {
    pub par: Personne,
    pub dossier: Uuid,
    pub campagne: Arc<Campagne>,
    /// The version of the draft that was read: another one is a conflict.
    pub version: i64,
    pub recu_le: RecuLe,
}

/// The draft as the rule reads it. A rank that is no number is no rank from 1.
pub fn projet(ebauche: &Ebauche) -> ProjetAvis {
    let rang = match ebauche.rang_regional.trim() {
        "" => None,
        texte => Some(texte.parse().unwrap_or(0)),
    };
    ProjetAvis {
        sens: ebauche.sens.as_deref().and_then(SensAvis::par_code),
        motifs: ebauche
            .motifs
            .iter()
            .map(|(axe, texte)| MotifAxe {
                axe: axe.clone(),
                texte: texte.trim().to_owned(),
            })
            .collect(),
        rang_regional: rang,
    }
}

/// Axes of the call, code and title.
pub fn axes(campagne: &Campagne) -> Vec<(String, String)> {
    let axes = campagne.axes.iter();
    axes.map(|axe| (axe.code.clone(), axe.titre.clone()))
        .collect()
}

impl Acte for RendreAvis {
    type Fait = AvisRendu;
    type Refus = RefusAvis;

    async fn accomplir(&self, tx: &mut Tx) -> Result<AvisRendu, Echec<RefusAvis>> {
        let vu = prendre(
            tx,
            self.dossier,
            &self.par,
            Droit::RendreAvis,
            &self.campagne,
        )
        .await?;
        let deja = store::avis(tx, self.dossier).await?;
        let ebauche = brouillons::ebauche(tx, self.dossier).await?;
        if deja.is_none() && ebauche.version != self.version {
            return Err(Panne::Conflit("the draft of the opinion").into());
        }
        let rangs_pris = store::rangs_pris(tx, &vu.dossier.campagne, vu.dossier.region).await?;
        let avis = DossierAInstruire {
            dossier: self.dossier,
            competence: vu.competence,
            verdict: store::verdict(tx, self.dossier).await?,
            axes: &axes(&self.campagne),
            echeance: echeances::echeance(&self.campagne),
            deja: deja.as_ref().map(|rendu| &rendu.avis),
            rangs_pris: &rangs_pris,
        }
        .rendre(
            projet(&ebauche),
            vu.competence.instance(),
            self.par.compte,
            self.recu_le.0,
        )
        .refuse()?;
        let rendu = AvisRendu {
            avis,
            nom: self.par.nom.clone(),
            signataire_cress: ebauche.signataire_cress,
            signataire_etat: ebauche.signataire_etat,
        };
        store::record_avis(tx, &vu, &rendu).await?;
        Ok(rendu)
    }

    /// Its sense is bound, not shown: nothing of an opinion is told before the
    /// decisions are.
    fn entrees(&self, fait: &AvisRendu) -> Vec<Entree> {
        let avis = &fait.avis;
        let motifs: Vec<String> = avis
            .motifs
            .iter()
            .map(|motif| format!("{} {}", motif.axe, motif.texte))
            .collect();
        let texte = format!(
            "{} {:?} {}",
            avis.sens.code(),
            avis.rang_regional,
            motifs.join("\n")
        );
        vec![
            Entree::new("avis", "dossier", avis.dossier, avis.rendu_le)
                .par(self.par.compte)
                .engageant(texte),
        ]
    }
}

/// What still stands between the draft and the opinion, read without acting.
pub fn a_reprendre(
    vu: &DossierDeCellule,
    campagne: &Campagne,
    verdict: Option<Verdict>,
    ebauche: &Ebauche,
    rangs_pris: &[u32],
    le: jiff::Timestamp,
) -> Vec<metier::commun::Raison> {
    DossierAInstruire {
        dossier: vu.dossier.id,
        competence: vu.competence,
        verdict,
        axes: &axes(campagne),
        echeance: echeances::echeance(campagne),
        deja: None,
        rangs_pris,
    }
    .rendre(projet(ebauche), vu.competence.instance(), Uuid::nil(), le)
    .err()
    .map(|refus| refus.raisons())
    .unwrap_or_default()
}

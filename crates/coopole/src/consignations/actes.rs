//! The acts: consigning a list, attesting that one was whole, undoing either.

use std::collections::BTreeSet;

use jiff::civil::Date;
use metier::{
    campagnes::Genre,
    commun::{Raison, Siret, temps},
    poles::consignation::{
        Anterieur, Connu, Dite, RefusConsignation, Regles, annuler, attester, lire, mots,
    },
};
use uuid::Uuid;

use super::store::{self, AConsigner, Candidat};
use crate::{
    campagnes, charte,
    poles::{self, cle_de_tri},
    socle::{
        acte::Acte,
        alea,
        db::{Tx, Valeur},
        droits::{Droit, Perimetre, Personne},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        journal::Entree,
    },
};

/// Who answers for what was before: the keeper for the Charter, the pilot for
/// the calls.
pub fn exiger(personne: &Personne, genre: Anterieur) -> Result<(), Panne> {
    let droit = match genre {
        Anterieur::Signature => Droit::TenirCharte,
        Anterieur::Laureat => Droit::ConsignerLaureats,
    };
    personne.exiger(droit, Perimetre::National)
}

/// Who does it, when, and in what world.
pub struct Qui {
    pub par: Personne,
    pub recu_le: RecuLe,
    /// In an invented world, real poles are left as they are.
    pub demonstration: bool,
}

/// Writes a list: `POST /consignations/{genre}`. All of it, or nothing.
pub struct Consigner {
    pub qui: Qui,
    pub genre: Anterieur,
    /// The code of the version, or of the call.
    pub objet: String,
    pub source: String,
    pub lignes: String,
}

/// What was consigned, and what the journal binds of each.
pub struct Consignees(pub Vec<(Uuid, String)>);

/// What it is about.
enum Objet {
    Version(Option<Date>),
    Appel(Genre),
}

impl Consigner {
    /// The version or the call, if it is one of those that may be consigned.
    async fn objet(&self, tx: &mut Tx) -> Result<Option<Objet>, Panne> {
        match self.genre {
            Anterieur::Signature => {
                let charte = charte::lire(tx).await?;
                let version = charte.version(&self.objet).filter(|v| v.vaut.is_none());
                Ok(version.map(|version| Objet::Version(version.jour)))
            }
            Anterieur::Laureat => {
                let mut appels = campagnes::appels_a_laureats();
                let appel = appels.find(|appel| appel.code == self.objet);
                Ok(appel.map(|appel| Objet::Appel(appel.genre)))
            }
        }
    }
}

/// Each line, with the poles that answer to it.
async fn rapprocher(tx: &mut Tx, dites: &[Dite]) -> Result<Vec<Vec<Candidat>>, Panne> {
    let cle = |dite: &Dite| match (dite.pole.parse::<Uuid>(), dite.pole.parse::<Siret>()) {
        (Ok(id), _) => (id.to_string(), Valeur::from(id), 0),
        (_, Ok(siret)) => (siret.as_str().to_owned(), siret.as_str().into(), 1),
        _ => {
            let cle = cle_de_tri(&dite.pole);
            (cle.clone(), cle.into(), 2)
        }
    };
    let cles: Vec<_> = dites.iter().map(cle).collect();
    let de = |sorte| -> Vec<Valeur> {
        let siennes = cles.iter().filter(|(_, _, s)| *s == sorte);
        siennes.map(|(_, valeur, _)| valeur.clone()).collect()
    };
    let candidats = store::candidats(tx, &de(0), &de(1), &de(2)).await?;
    let lignes = cles.iter().map(|(cle, ..)| {
        let siens = candidats.iter().filter(|candidat| candidat.cle == *cle);
        let mut vus = BTreeSet::new();
        siens.filter(|c| vus.insert(c.id)).cloned().collect()
    });
    Ok(lignes.collect())
}

impl Consigner {
    /// The lines, each with the pole it is about; or all that is to be mended.
    async fn examiner(
        &self,
        tx: &mut Tx,
        dites: Vec<Dite>,
        (regles, raisons): (Regles, &mut Vec<Raison>),
    ) -> Result<Vec<(Dite, Connu)>, Panne> {
        let candidats = rapprocher(tx, &dites).await?;
        let pris: BTreeSet<Uuid> = candidats.iter().flatten().map(|c| c.id).collect();
        // Always in the same order: two lists at once follow each other.
        for pole in pris {
            poles::prendre(tx, pole).await?;
        }
        let mut retenues = Vec::new();
        let mut vus = BTreeSet::new();
        for (dite, candidats) in dites.into_iter().zip(candidats) {
            let mut connus = Vec::new();
            for candidat in candidats {
                connus.push(Connu {
                    deja: store::deja(tx, self.genre, candidat.id, &self.objet).await?,
                    pole: candidat.id,
                    nom: candidat.nom,
                    invente: candidat.invente,
                });
            }
            match regles.accepter(&dite, &connus) {
                Ok(connu) if vus.insert(connu.pole) => {
                    let connu = connu.clone();
                    retenues.push((dite, connu));
                }
                Ok(connu) => {
                    let phrase = format!(
                        "Ligne {} : « {} » est déjà dans la liste.",
                        dite.ligne, connu.nom
                    );
                    raisons.push(Raison::new("ligne_en_double", phrase).ancre("lignes"));
                }
                Err(raison) => raisons.push(raison),
            }
        }
        Ok(retenues)
    }
}

impl Acte for Consigner {
    type Fait = Consignees;
    type Refus = RefusConsignation;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Consignees, Echec<RefusConsignation>> {
        exiger(&self.qui.par, self.genre)?;
        let (dites, mut raisons) = lire(&self.lignes, self.genre);
        let source = mots(&self.source, "source", "Dites d’où vient cette liste.");
        let source = source.map_err(|raison| raisons.insert(0, raison)).ok();
        let objet = self.objet(tx).await?;
        let pas_avant = match &objet {
            Some(Objet::Version(jour)) => *jour,
            Some(Objet::Appel(_)) => None,
            None => {
                let phrase = "Choisissez ce qui fut signé ou gagné.";
                raisons.insert(0, Raison::new("objet_attendu", phrase).ancre("objet"));
                None
            }
        };
        let regles = Regles {
            genre: self.genre,
            aujourd_hui: temps::jour_de(self.qui.recu_le.0),
            pas_avant,
            demonstration: self.qui.demonstration,
        };
        let retenues = self.examiner(tx, dites, (regles, &mut raisons)).await?;
        let (Some(source), Some(objet), true) = (source, objet, raisons.is_empty()) else {
            return Err(Echec::Refus(RefusConsignation(raisons)));
        };
        let (mut ecrites, liste) = (Vec::new(), alea::id());
        for (dite, connu) in &retenues {
            let a = AConsigner {
                liste,
                connu,
                quand: dite.quand,
                objet: &self.objet,
                source,
                par: self.qui.par.compte,
                le: self.qui.recu_le.0,
            };
            let id = match objet {
                Objet::Version(_) => store::record_signature(tx, &a).await?,
                Objet::Appel(genre) => store::record_laureat(tx, &a, genre).await?,
            };
            let engage = format!("{} {} {}\n{source}", connu.pole, self.objet, dite.quand);
            ecrites.push((id, engage));
        }
        Ok(Consignees(ecrites))
    }

    fn entrees(&self, fait: &Consignees) -> Vec<Entree> {
        let entree = |(id, engage): &(Uuid, String)| {
            Entree::new("consignation", "consignation", *id, self.qui.recu_le.0)
                .par(self.qui.par.compte)
                .motif(self.genre.code())
                .engageant(engage.as_str())
        };
        fait.0.iter().map(entree).collect()
    }
}

/// Says that the list was whole on a day: `POST /consignations/{genre}/attestation`.
pub struct Attester {
    pub qui: Qui,
    pub liste: Anterieur,
    pub jour: String,
    pub source: String,
    pub confirme: bool,
}

impl Acte for Attester {
    /// Which, and what the journal binds of it.
    type Fait = (Uuid, String);
    type Refus = RefusConsignation;

    async fn accomplir(&self, tx: &mut Tx) -> Result<(Uuid, String), Echec<RefusConsignation>> {
        exiger(&self.qui.par, self.liste)?;
        let le = self.qui.recu_le.0;
        let aujourd_hui = temps::jour_de(le);
        let (jour, source) =
            attester(&self.jour, &self.source, self.confirme, aujourd_hui).refuse()?;
        let par = (self.qui.par.compte, le);
        let inventee = self.qui.demonstration;
        let id = store::record_attestation(tx, self.liste, (jour, source), inventee, par).await?;
        Ok((id, format!("{jour}\n{source}")))
    }

    fn entrees(&self, (id, engage): &(Uuid, String)) -> Vec<Entree> {
        vec![
            Entree::new("attestation", "attestation", *id, self.qui.recu_le.0)
                .par(self.qui.par.compte)
                .motif(self.liste.code())
                .engageant(engage.as_str()),
        ]
    }
}

/// Undoes a consignation, all those of a list at once, or an attestation:
/// `POST /consignations/{genre}/annulation`.
pub struct Annuler {
    pub qui: Qui,
    pub genre: Anterieur,
    pub objet: Uuid,
    pub motif: String,
}

impl Annuler {
    /// These lines, if there are any: what they were, in the journal.
    async fn annuler_les_lignes(
        &self,
        tx: &mut Tx,
    ) -> Result<Option<&'static str>, Echec<RefusConsignation>> {
        for lue in store::consignees(tx, self.genre, self.objet).await? {
            store::prendre(tx, lue.id).await?;
        }
        let lues = store::consignees(tx, self.genre, self.objet).await?;
        let Some(premiere) = lues.first() else {
            return Ok(None);
        };
        let seule = premiere.id == self.objet;
        let (mut debout, mut changees) = (Vec::new(), Vec::new());
        for lue in lues.iter().filter(|lue| lue.annulee.is_none()) {
            if !store::intacte(tx, lue).await? {
                changees.push(lue.nom.clone());
            }
            debout.push(lue);
        }
        let motif = annuler(debout.len(), &changees, &self.motif).refuse()?;
        // The last written first, as they would be one by one.
        for lue in debout.into_iter().rev() {
            let (par, le) = (self.qui.par.compte, self.qui.recu_le.0);
            store::record_annulation(tx, lue, motif, par, le).await?;
        }
        Ok(Some(if seule {
            "consignation"
        } else {
            "liste_consignee"
        }))
    }
}

impl Acte for Annuler {
    /// What it was, in the journal.
    type Fait = &'static str;
    type Refus = RefusConsignation;

    async fn accomplir(&self, tx: &mut Tx) -> Result<&'static str, Echec<RefusConsignation>> {
        exiger(&self.qui.par, self.genre)?;
        if let Some(quoi) = self.annuler_les_lignes(tx).await? {
            return Ok(quoi);
        }
        store::attestation(tx, self.genre, self.objet).await?;
        store::prendre_l_attestation(tx, self.objet).await?;
        let lue = store::attestation(tx, self.genre, self.objet).await?;
        let debout = usize::from(lue.annulee.is_none());
        let motif = annuler(debout, &[], &self.motif).refuse()?;
        let (par, le) = (self.qui.par.compte, self.qui.recu_le.0);
        store::record_annulation_de_l_attestation(tx, lue.id, motif, par, le).await?;
        Ok("attestation")
    }

    fn entrees(&self, genre: &&'static str) -> Vec<Entree> {
        vec![
            Entree::new("annulation", genre, self.objet, self.qui.recu_le.0)
                .par(self.qui.par.compte)
                .engageant(self.motif.trim()),
        ]
    }
}

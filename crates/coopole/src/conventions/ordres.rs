//! The payment: an order prepared by one person, validated by another, then
//! exported. Nothing here writes in the State's accounts.

use metier::{
    commun::{Montant, Raison, Refus, temps},
    conventions::{CompteBancaire, OrdreVersement, RefusVersement},
};
use uuid::Uuid;

use super::{
    coffre::Coffre,
    store::{self, Inscrite, OrdreTenu},
};
use crate::socle::{
    acte::Acte,
    db::Tx,
    droits::{Droit, Perimetre, Personne},
    erreurs::{Echec, Panne, Refusable},
    horloge::RecuLe,
    journal::Entree,
};

/// Why an order is neither prepared nor validated.
#[derive(Debug)]
pub enum RefusOrdre {
    Regle(RefusVersement),
    /// One awaits its validation.
    DejaPrepare {
        par_qui: String,
        le: jiff::Timestamp,
    },
    /// None awaits it.
    NonPrepare,
}

impl Refus for RefusOrdre {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::Regle(refus) => refus.raisons(),
            Self::DejaPrepare { par_qui, le } => vec![Raison::new(
                "ordre_deja_prepare",
                format!(
                    "L’ordre a été préparé par {par_qui} le {} : il attend sa validation.",
                    temps::jour_long(*le)
                ),
            )],
            Self::NonPrepare => vec![Raison::new(
                "ordre_non_prepare",
                "Aucun ordre n’attend de validation.",
            )],
        }
    }
}

/// Prepares the order: `POST /conventions/{id}/versement`.
pub struct Preparer {
    pub par: Personne,
    pub convention: Uuid,
    pub montant: Montant,
    pub titulaire_verifie: bool,
    pub coffre: Coffre,
    pub recu_le: RecuLe,
}

impl Acte for Preparer {
    type Fait = Uuid;
    type Refus = RefusOrdre;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Uuid, Echec<RefusOrdre>> {
        self.par
            .exiger(Droit::PreparerVersement, Perimetre::National)?;
        store::prendre(tx, self.convention).await?;
        let inscrite = store::find(tx, self.convention).await?;
        if let Some(ordre) = inscrite
            .ordre
            .as_ref()
            .filter(|ordre| ordre.valide_le.is_none())
        {
            return Err(Echec::Refus(RefusOrdre::DejaPrepare {
                par_qui: ordre.prepare_par_qui.clone(),
                le: ordre.prepare_le,
            }));
        }
        let compte = match compte(&inscrite, &self.coffre, self.titulaire_verifie)? {
            Some(compte) => compte,
            // The beneficiary gives its account when it signs.
            None => {
                return Err(Echec::Refus(RefusOrdre::Regle(
                    RefusVersement::ConventionNonValidee,
                )));
            }
        };
        let (par, le) = (self.par.compte, self.recu_le.0);
        let ordre = OrdreVersement::preparer(&inscrite.convention, self.montant, compte, par, le)
            .map_err(RefusOrdre::Regle)
            .refuse()?;
        Ok(store::record_ordre(tx, &ordre).await?)
    }

    fn entrees(&self, _: &Uuid) -> Vec<Entree> {
        vec![
            Entree::new("ordre", "convention", self.convention, self.recu_le.0)
                .par(self.par.compte),
        ]
    }
}

fn compte(
    inscrite: &Inscrite,
    coffre: &Coffre,
    titulaire_verifie: bool,
) -> Result<Option<CompteBancaire>, Panne> {
    let Some(tenu) = &inscrite.compte else {
        return Ok(None);
    };
    Ok(Some(CompteBancaire {
        iban: coffre.rouvrir(inscrite.convention.id, &tenu.ferme)?,
        titulaire: tenu.titulaire.clone(),
        titulaire_verifie,
    }))
}

/// Validates the order: `POST /conventions/{id}/versement/validation`.
pub struct Valider {
    pub par: Personne,
    pub convention: Uuid,
    pub coffre: Coffre,
    pub recu_le: RecuLe,
}

impl Acte for Valider {
    type Fait = ();
    type Refus = RefusOrdre;

    async fn accomplir(&self, tx: &mut Tx) -> Result<(), Echec<RefusOrdre>> {
        self.par
            .exiger(Droit::ValiderVersement, Perimetre::National)?;
        store::prendre(tx, self.convention).await?;
        let inscrite = store::find(tx, self.convention).await?;
        let ordre = match (&inscrite.ordre, compte(&inscrite, &self.coffre, true)?) {
            (Some(ordre), Some(compte)) => OrdreVersement {
                convention: inscrite.convention.id,
                montant: ordre.montant,
                compte,
                prepare_par: ordre.prepare_par,
                prepare_le: ordre.prepare_le,
            },
            _ => return Err(Echec::Refus(RefusOrdre::NonPrepare)),
        };
        let versement = ordre
            .valider(&inscrite.convention, self.par.compte, self.recu_le.0)
            .map_err(RefusOrdre::Regle)
            .refuse()?;
        store::record_versement(tx, &versement).await?;
        Ok(())
    }

    fn entrees(&self, (): &()) -> Vec<Entree> {
        vec![
            Entree::new("versement", "convention", self.convention, self.recu_le.0)
                .par(self.par.compte),
        ]
    }
}

/// The orders validated, for the accounting software: a table in the flavour
/// of French spreadsheets, with the whole account numbers.
pub fn en_csv(inscrites: &[Inscrite], coffre: &Coffre) -> Result<String, Panne> {
    let mut csv = String::from("\u{feff}");
    csv.push_str(&ligne(&[
        "Convention",
        "Dossier",
        "Pôle",
        "Bénéficiaire",
        "SIRET",
        "Titulaire",
        "IBAN",
        "Montant",
        "Préparé par",
        "Préparé le",
        "Validé par",
        "Validé le",
    ]));
    for inscrite in inscrites {
        let (Some(ordre), Some(compte)) = (&inscrite.ordre, &inscrite.compte) else {
            continue;
        };
        let Some(valide_le) = ordre.valide_le else {
            continue;
        };
        let iban = coffre.rouvrir(inscrite.convention.id, &compte.ferme)?;
        csv.push_str(&ligne(&[
            &inscrite.numero,
            &inscrite.numero_du_dossier,
            &inscrite.nom_du_pole,
            &inscrite.structure,
            inscrite.siret.as_deref().unwrap_or_default(),
            &compte.titulaire,
            iban.en_clair(),
            &euros(ordre),
            &ordre.prepare_par_qui,
            &temps::jour_court(ordre.prepare_le),
            ordre.valide_par_qui.as_deref().unwrap_or_default(),
            &temps::jour_court(valide_le),
        ]));
    }
    Ok(csv)
}

fn euros(ordre: &OrdreTenu) -> String {
    let centimes = ordre.montant.en_centimes();
    format!("{},{:02}", centimes / 100, centimes % 100)
}

fn ligne(cellules: &[&str]) -> String {
    let cellules: Vec<String> = cellules.iter().map(|texte| cellule(texte)).collect();
    cellules.join(";") + "\r\n"
}

/// Always quoted; a text that a spreadsheet would run as a formula is shown as
/// a text.
fn cellule(texte: &str) -> String {
    let formule = texte.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let garde = if formule { "'" } else { "" };
    format!("\"{garde}{}\"", texte.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_tableur_n_execute_rien_de_ce_qui_est_exporte() {
        assert_eq!(cellule("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        for debut in ["+", "-", "@", "\t", "\r"] {
            assert!(cellule(&format!("{debut}1")).starts_with("\"'"));
        }
        assert_eq!(
            cellule("Les Rives; solidaires"),
            "\"Les Rives; solidaires\""
        );
    }
}

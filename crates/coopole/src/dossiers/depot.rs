//! Filing: what stands behind the receipt, written in one transaction.

use std::sync::Arc;

use metier::{
    campagnes::formulaire::TypeChamp,
    dossiers::{Accuse, Declarations, Depot, Dossier as EtatDuDossier, RefusDepot, Retrait},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    contenu::{Contenu, LigneBudget},
    store::{self, Dossier},
    suivi,
};
use crate::{
    campagnes::Campagne,
    socle::{
        acte::Acte,
        codes,
        courriels::{self, Courriel},
        db::Tx,
        droits::{Droit, Personne},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        journal::Entree,
        taches,
    },
    urls,
};

/// The job that prints the receipt from its facts.
pub const ACCUSE: &str = "accuse";

/// Files the draft: `POST /dossiers/{id}/depot`.
pub struct Deposer {
    pub par: Personne,
    pub dossier: Uuid,
    pub campagne: Arc<Campagne>,
    pub declarations: Declarations,
    pub recu_le: RecuLe,
    /// Where the links of the mail lead: `COOPOLE_URL`.
    pub url: String,
}

/// A dossier that is filed.
pub struct Depose {
    pub depot: Depot,
    pub accuse: Accuse,
    /// What anyone may verify the receipt with.
    pub code: String,
}

impl Acte for Deposer {
    type Fait = Depose;
    type Refus = RefusDepot;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Depose, Echec<RefusDepot>> {
        store::prendre(tx, self.dossier).await?;
        let dossier = store::find_pour(tx, self.dossier, &self.par, Droit::LireDossier).await?;
        self.par
            .exiger(Droit::DeposerDossier, dossier.perimetre())?;
        let contenu = store::contenu(tx, self.dossier).await?;
        let completude = suivi::completude(&self.campagne, &contenu);
        let depot = etat(&dossier)
            .deposer(
                &self.campagne.fenetre,
                &completude,
                self.declarations,
                self.par.compte,
                self.recu_le.0,
            )
            .refuse()?;

        let accuse = accuse(&self.campagne, &dossier, &contenu, &depot)?;
        let octets = accuse.octets_canoniques();
        let empreinte: [u8; 32] = Sha256::digest(&octets).into();
        let faits = String::from_utf8(octets)
            .map_err(|_| Panne::Programme("the facts of a receipt are text"))?;
        let code = codes::nouveau(&empreinte);
        store::record_depot(tx, &depot, &dossier, &faits, empreinte, &code).await?;
        for a in self.destinataires(&contenu) {
            courriels::enqueue(tx, &self.courriel(a, &accuse, &code), depot.depose_le).await?;
        }
        taches::enqueue(tx, ACCUSE, self.dossier, depot.depose_le).await?;
        Ok(Depose {
            depot,
            accuse,
            code,
        })
    }

    fn entrees(&self, fait: &Depose) -> Vec<Entree> {
        let depot = &fait.depot;
        vec![
            Entree::new("depot", "dossier", depot.dossier, depot.depose_le)
                .par(depot.par)
                .engageant(String::from_utf8_lossy(&fait.accuse.octets_canoniques())),
        ]
    }
}

impl Deposer {
    /// Who files, and the address the dossier gives, if it is another.
    fn destinataires(&self, contenu: &Contenu) -> Vec<String> {
        let mut adresses = vec![self.par.courriel.clone()];
        let champs = self.campagne.formulaire.champs();
        for champ in champs.filter(|champ| champ.genre == TypeChamp::Courriel) {
            let adresse = contenu.reponse(&champ.code).to_lowercase();
            if matches!(champ.lire(&[&adresse]), Ok(Some(_))) && !adresses.contains(&adresse) {
                adresses.push(adresse);
            }
        }
        adresses
    }

    fn courriel(&self, a: String, accuse: &Accuse, code: &str) -> Courriel {
        let mentions: Vec<String> = accuse
            .mentions()
            .iter()
            .map(|mention| format!("{}\n{}\n({})", mention.titre, mention.texte, mention.source))
            .collect();
        let adresse = format!("{}{}", self.url, urls::du_dossier(self.dossier, "accuse"));
        Courriel {
            genre: "accuse",
            a,
            objet: format!("Accusé de réception du dossier n°\u{a0}{}", accuse.numero),
            texte: format!(
                "Bonjour,\n\n{}\n\nL’accusé de réception, en PDF, est à cette adresse\u{202f}:\n{adresse}\n\nChacun peut le vérifier\u{202f}:\n{}{}\n\n{}\n",
                accuse.phrase(),
                self.url,
                urls::verification(code),
                mentions.join("\n\n")
            ),
        }
    }
}

/// What the rule needs to know of the dossier's past.
pub(super) fn etat(dossier: &Dossier) -> EtatDuDossier {
    EtatDuDossier {
        id: dossier.id,
        depot: dossier.depose_le.map(|depose_le| Depot {
            dossier: dossier.id,
            par: Uuid::nil(),
            depose_le,
        }),
        retrait: dossier.retire_le.map(|retire_le| Retrait {
            dossier: dossier.id,
            par: Uuid::nil(),
            retire_le,
        }),
    }
}

/// The facts of the receipt, fingerprints of all that was filed included.
fn accuse(
    campagne: &Campagne,
    dossier: &Dossier,
    contenu: &Contenu,
    depot: &Depot,
) -> Result<Accuse, Panne> {
    let siret = contenu.siret().parse().ok();
    Ok(Accuse {
        numero: dossier
            .numero
            .parse()
            .map_err(|_| Panne::Ligne(format!("number {}", dossier.numero)))?,
        dossier: dossier.id,
        appel: dossier.campagne.clone(),
        version: campagne.version,
        pole: dossier.nom_du_pole.clone(),
        structure: dossier.nom_de_la_structure.clone(),
        siret,
        region: Some(dossier.region),
        service: campagne.identite.service.en_mots(),
        depose_le: depot.depose_le,
        empreintes: empreintes(contenu),
    })
}

/// One fingerprint for each part of the dossier; a piece has its own.
fn empreintes(contenu: &Contenu) -> Vec<(String, String)> {
    let reponses = contenu
        .reponses
        .iter()
        .flat_map(|(champ, reponse)| [champ.as_str(), reponse.valeur.as_str()]);
    let membres = contenu.membres.iter().flat_map(|membre| {
        [
            &membre.nom,
            &membre.genre,
            &membre.qualite_ess,
            &membre.siret,
        ]
        .map(String::as_str)
    });
    let mut empreintes = vec![
        ("reponses".to_owned(), hacher(reponses)),
        ("membres".to_owned(), hacher(membres)),
        (
            "budget_projet".to_owned(),
            hacher(textes_du_budget(&contenu.projet)),
        ),
        (
            "budget_structure".to_owned(),
            hacher(textes_du_budget(&contenu.structure)),
        ),
    ];
    empreintes.extend(contenu.pieces.iter().map(|piece| {
        (
            format!("piece.{}", piece.genre),
            data_encoding::HEXLOWER.encode(&piece.empreinte),
        )
    }));
    empreintes
}

fn textes_du_budget(lignes: &[LigneBudget]) -> impl Iterator<Item = &str> {
    lignes.iter().flat_map(|ligne| {
        let sens = if ligne.charge { "charge" } else { "produit" };
        let amortissable = if ligne.amortissable {
            "amortissable"
        } else {
            ""
        };
        let saisi = [
            &ligne.compte,
            &ligne.libelle,
            &ligne.montant,
            &ligne.subvention,
            &ligne.emploi,
            &ligne.etat,
        ];
        saisi
            .into_iter()
            .map(String::as_str)
            .chain([sens, amortissable])
    })
}

/// Each text is preceded by its length: two lists never give the same bytes.
fn hacher<'t>(textes: impl IntoIterator<Item = &'t str>) -> String {
    let mut hache = Sha256::new();
    for texte in textes {
        hache.update((texte.len() as u64).to_be_bytes());
        hache.update(texte);
    }
    data_encoding::HEXLOWER.encode(&hache.finalize())
}

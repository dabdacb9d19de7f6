//! What anyone reads of one pole: its record, the Charter it signed, the calls
//! it won. No person is named.

use jiff::civil::Date;
use metier::{commun::typographie, poles::Precision};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    carte::situer,
    historique::{self, DERNIERES, Historique},
    sorties::repond_des_sorties,
};
use crate::{
    charte::{self, SignatureLue},
    consignations::{self, Attestation},
    poles::{
        etat::Etat,
        fiches::{self, Fiche, Laureat},
        fusions::{self, Fusion},
        modifications::{self, Modification},
        sorties::{self, SortieLue},
    },
    socle::{db::Lecture, droits::Personne, erreurs::Panne},
    urls,
};

/// Signs of a description that another site shows, at most.
const RESUME_AU_PLUS: usize = 200;

/// A record and what proves its signs.
pub struct FicheLue {
    pub fiche: Fiche,
    /// Each signature of the Charter, those withdrawn included.
    pub signatures: Vec<SignatureLue>,
    /// The list of signatories that was said whole last, for a real pole.
    pub liste_attestee: Option<Attestation>,
    pub laureats: Vec<Laureat>,
    /// The latest change of each line: where it comes from.
    pub dernieres: Vec<Modification>,
    /// What changed in the record, the latest first: the last few changes.
    pub historique: Historique,
    /// The records merged into this one, those put back since included.
    pub fusions: Vec<Fusion>,
    /// Its departures from the register, those undone since included.
    pub sorties: Vec<SortieLue>,
    /// Whoever reads may take it out of the register, or put it back.
    pub se_sort: bool,
}

impl FicheLue {
    /// What else it says: members, territory, jobs, Europe.
    pub fn etat(&self) -> &Etat {
        &self.historique.etat
    }
}

/// The record of that pole, if there is one, as this person reads it.
pub async fn lire(
    base: &mut Lecture,
    id: Uuid,
    personne: Option<&Personne>,
) -> Result<Option<FicheLue>, Panne> {
    let Some(fiche) = fiches::find(base, id).await? else {
        return Ok(None);
    };
    Ok(Some(FicheLue {
        dernieres: modifications::dernieres(base, id).await?,
        historique: historique::lire(base, id, personne, (&None, DERNIERES)).await?,
        signatures: charte::du_pole(base, id).await?,
        liste_attestee: match fiche.invente {
            true => None,
            false => consignations::liste_des_signataires(base).await?,
        },
        laureats: fiches::laureats(base, id).await?,
        fusions: fusions::du_pole(base, id, 20).await?,
        sorties: sorties::du_pole(base, id).await?,
        se_sort: match personne {
            Some(personne) => repond_des_sorties(base, personne, fiche.lieu.region).await?,
            None => false,
        },
        fiche,
    }))
}

/// What the pole is and where, in a sentence or two: what another site shows
/// when somebody gives its address.
pub fn resume(fiche: &Fiche) -> String {
    let ou = match fiche.lieu.en_mots() {
        lieu if lieu.is_empty() => String::new(),
        lieu => format!(", {lieu}"),
    };
    let invente = if fiche.invente {
        " Pôle inventé pour la démonstration."
    } else {
        ""
    };
    let debut = format!("Pôle territorial de coopération économique{ou}.{invente}");
    match &fiche.presentation {
        Some(presentation) => couper(&format!("{debut} {presentation}")),
        None => debut,
    }
}

/// Cut between two words, on one line.
fn couper(texte: &str) -> String {
    let mut coupe = String::new();
    for mot in texte.split_whitespace() {
        if coupe.chars().count() + mot.chars().count() >= RESUME_AU_PLUS {
            return coupe + "\u{a0}…";
        }
        if !coupe.is_empty() {
            coupe.push(' ');
        }
        coupe.push_str(mot);
    }
    coupe
}

/// The record as linked data (schema.org). The carrying structure is one of
/// the organisations of the pole, never the pole itself.
pub fn faits_lies(vue: &FicheLue, site: &str, jour: Date) -> Value {
    let fiche = &vue.fiche;
    let adresse = format!("{site}{}", urls::pole(fiche.id));
    let themes: Vec<&str> = fiche.themes.iter().map(|theme| theme.libelle()).collect();
    let mut faits = json!({
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": adresse,
        "identifier": fiche.id.to_string(),
        "name": typographie(&fiche.nom),
        "url": adresse,
        "location": lieu_lie(fiche),
    });
    let mut dire = |nom: &str, valeur: Option<Value>| {
        if let Some(valeur) = valeur {
            faits[nom] = valeur;
        }
    };
    dire(
        "description",
        fiche.presentation.as_deref().map(Value::from),
    );
    dire("sameAs", fiche.site.as_deref().map(Value::from));
    dire("knowsAbout", (!themes.is_empty()).then(|| json!(themes)));
    let organisations = organisations(vue.etat(), jour);
    dire(
        "member",
        (!organisations.is_empty()).then(|| json!(organisations)),
    );
    dire(
        "disambiguatingDescription",
        fiche
            .invente
            .then(|| Value::from("Pôle inventé pour une démonstration")),
    );
    faits
}

/// The carrying structure, with its SIRET when it is one, then those who are
/// members on that day.
fn organisations(etat: &Etat, jour: Date) -> Vec<Value> {
    let porteuse = etat.porteuse().map(|porteuse| {
        let mut structure = json!({ "@type": "Organization", "name": porteuse.nom });
        if let Some(siret) = &porteuse.siret {
            structure["identifier"] = json!({
                "@type": "PropertyValue", "propertyID": "SIRET", "value": siret.as_str()
            });
        }
        (porteuse.nom, structure)
    });
    let membres = etat.membres().into_iter().filter(|m| m.l_est(jour));
    let membres = membres
        .filter(|membre| porteuse.as_ref().is_none_or(|(nom, _)| *nom != membre.nom))
        .map(|membre| json!({ "@type": "Organization", "name": membre.nom }));
    let membres: Vec<Value> = membres.collect();
    porteuse
        .into_iter()
        .map(|(_, structure)| structure)
        .chain(membres)
        .collect()
}

/// The point is given to the commune only: a centre of department is no place.
fn lieu_lie(fiche: &Fiche) -> Value {
    let mut adresse = json!({ "@type": "PostalAddress", "addressCountry": "FR" });
    if let Some(commune) = &fiche.lieu.commune {
        adresse["addressLocality"] = json!(commune);
    }
    if let Some(region) = fiche.lieu.region {
        adresse["addressRegion"] = json!(region.nom());
    }
    let mut lieu = json!({ "@type": "Place", "address": adresse });
    if let Some(ici) = situer(&fiche.lieu).filter(|s| s.precision == Precision::Commune) {
        lieu["geo"] = json!({
            "@type": "GeoCoordinates",
            "latitude": ici.coordonnees.latitude,
            "longitude": ici.coordonnees.longitude,
        });
    }
    lieu
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_description_se_coupe_entre_deux_mots() {
        let longue = "pôle ".repeat(80);
        let coupee = couper(&longue);
        assert!(coupee.ends_with("pôle\u{a0}…"), "{coupee}");
        assert!(coupee.chars().count() <= RESUME_AU_PLUS + 2);
        assert_eq!(couper("deux  mots\nici"), "deux mots ici");
    }
}

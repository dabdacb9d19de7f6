//! The facts of a signature, written once as text and read back ever after:
//! what the journal binds, what its code is drawn from, and all that its proof
//! and its certificate say. A pole renamed or merged since changes none of them.

use jiff::Timestamp;
use metier::charte::{Engagements, Mandat, PersonneMorale, Signature};

use crate::socle::erreurs::Panne;

/// What the facts open with: it changes with what they say. The first said
/// neither the legal person engaged nor the two acts.
const FORMATS: [&str; 2] = ["coopole signature 1", "coopole signature 2"];

/// Who signs, by what right, and what.
pub struct Faits<'a> {
    pub signature: &'a Signature,
    /// Name of the pole or of the organisation.
    pub signataire: &'a str,
    /// The legal person that is engaged.
    pub engagee: &'a PersonneMorale,
    /// Fingerprint of the text, in hexadecimal.
    pub texte: &'a str,
    pub personne: &'a str,
    pub fonction: &'a str,
    pub mandat: Mandat,
    /// The decision that gave the mandate, if one did.
    pub reference: &'a str,
    /// The sitting where it was signed, if it was in one.
    pub seance: Option<&'a str>,
}

impl Faits<'_> {
    /// One fact a line, always in this order. A signature is taken with both
    /// boxes ticked: what each said is written beside it.
    pub fn en_texte(&self) -> String {
        let signature = self.signature;
        let (signataire, le) = (
            signature.signataire.to_string(),
            signature.signee_le.to_string(),
        );
        let [pouvoir, acceptation] = Engagements::phrases(signature.qualite);
        let mut lignes = vec![
            ("version", signature.version.as_str()),
            ("texte", self.texte),
            ("qualite", signature.qualite.code()),
            ("signataire", &signataire),
            ("nom", self.signataire),
        ];
        match self.engagee {
            PersonneMorale::Organisation { siren, .. } => lignes.push(("siren", siren.as_str())),
            PersonneMorale::Porteuse { nom, siret } => {
                lignes.extend([("structure", nom.as_str()), ("siret", siret.as_str())]);
            }
        }
        lignes.extend([
            ("personne", self.personne),
            ("fonction", self.fonction),
            ("mandat", self.mandat.code()),
            ("reference", self.reference),
            ("pouvoir", "oui"),
            ("pouvoir.dit", pouvoir),
            ("acceptation", "oui"),
            ("acceptation.dit", acceptation),
            ("signee_le", &le),
        ]);
        lignes.extend(self.seance.map(|seance| ("seance", seance)));
        let mut texte = format!("{}\n", FORMATS[1]);
        for (nom, valeur) in lignes {
            texte.push_str(&format!("{nom}={}\n", sur_une_ligne(valeur)));
        }
        texte
    }
}

/// As a fact is written: a line break in a value would make two facts of one.
pub fn sur_une_ligne(valeur: &str) -> String {
    valeur.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same facts, read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relus {
    pub version: String,
    /// Fingerprint of the text signed, in hexadecimal.
    pub texte: String,
    /// Under what name the pole or the organisation signed.
    pub nom: String,
    /// The structure that carried the pole, and its SIRET.
    pub porteuse: Option<(String, String)>,
    /// The number of an organisation.
    pub siren: Option<String>,
    /// Who signed: never on a public page.
    pub personne: String,
    pub fonction: String,
    pub mandat: Mandat,
    pub reference: String,
    /// What was ticked, in its words; the first facts did not say it.
    pub engagements: Vec<String>,
    pub signee_le: Timestamp,
    pub seance: Option<String>,
}

/// Reads back what [`Faits::en_texte`] wrote, in any of its formats.
pub fn relire(texte: &str) -> Result<Relus, Panne> {
    let illisible = || Panne::Ligne("facts of a signature".into());
    let mut lignes = texte.lines();
    if !lignes
        .next()
        .is_some_and(|format| FORMATS.contains(&format))
    {
        return Err(illisible());
    }
    let faits: Vec<(&str, &str)> = lignes.filter_map(|ligne| ligne.split_once('=')).collect();
    let dit = |nom: &str| {
        let fait = faits.iter().find(|(libelle, _)| *libelle == nom);
        fait.map(|(_, valeur)| (*valeur).to_owned())
    };
    let fait = |nom: &str| dit(nom).ok_or_else(illisible);
    let coches = ["pouvoir", "acceptation"].into_iter();
    Ok(Relus {
        version: fait("version")?,
        texte: fait("texte")?,
        nom: fait("nom")?,
        porteuse: dit("structure").zip(dit("siret")),
        siren: dit("siren"),
        personne: fait("personne")?,
        fonction: fait("fonction")?,
        mandat: Mandat::par_code(&fait("mandat")?).ok_or_else(illisible)?,
        reference: fait("reference")?,
        engagements: coches
            .filter(|acte| dit(acte).as_deref() == Some("oui"))
            .filter_map(|acte| dit(&format!("{acte}.dit")))
            .collect(),
        signee_le: fait("signee_le")?.parse().map_err(|_| illisible())?,
        seance: dit("seance"),
    })
}

#[cfg(test)]
mod tests {
    use metier::charte::QualiteSignature;
    use uuid::Uuid;

    use super::*;

    fn signature(qualite: QualiteSignature) -> Signature {
        Signature {
            version: "2021-06-30".into(),
            signataire: Uuid::from_u128(1),
            qualite,
            par: Uuid::from_u128(2),
            signee_le: "2024-03-26T08:00:00Z".parse().unwrap(),
            retiree_le: None,
        }
    }

    #[test]
    fn les_faits_se_relisent_comme_ils_ont_ete_ecrits() {
        let signature = signature(QualiteSignature::Pole);
        let engagee = PersonneMorale::Porteuse {
            nom: "Les Rives = solidaires".into(),
            siret: "90000001900019".parse().unwrap(),
        };
        let faits = Faits {
            signature: &signature,
            signataire: "Pôle des Rives\nmandat=representation",
            engagee: &engagee,
            texte: "ab",
            personne: "Solène Marée",
            fonction: "présidente",
            mandat: Mandat::Delegation,
            reference: "conseil du 12 mars 2024",
            seance: Some("Journée, Morlaix"),
        };
        let lus = relire(&faits.en_texte()).unwrap();
        assert_eq!(lus.nom, "Pôle des Rives mandat=representation");
        assert_eq!(lus.mandat, Mandat::Delegation);
        assert_eq!(
            lus.porteuse,
            Some(("Les Rives = solidaires".into(), "90000001900019".into()))
        );
        assert_eq!(
            lus.engagements,
            Engagements::phrases(QualiteSignature::Pole)
        );
        assert_eq!(lus.signee_le, signature.signee_le);
        assert_eq!(lus.seance.as_deref(), Some("Journée, Morlaix"));
    }

    #[test]
    fn une_preuve_du_premier_format_se_lit_toujours() {
        let lus = relire(
            "coopole signature 1\nversion=2021-06-30\ntexte=ab\nqualite=soutien\n\
             signataire=00000000-0000-0000-0000-000000000001\nnom=Les Amis des pôles\n\
             personne=Camille Essai\nfonction=gérante\nmandat=representation\nreference=\n\
             signee_le=2024-03-26T08:00:00Z\n",
        )
        .unwrap();
        assert_eq!((lus.nom.as_str(), lus.siren), ("Les Amis des pôles", None));
        assert!(lus.engagements.is_empty() && lus.porteuse.is_none());
        assert!(relire("coopole signature 3\nversion=1\n").is_err());
        assert!(relire("").is_err());
    }
}

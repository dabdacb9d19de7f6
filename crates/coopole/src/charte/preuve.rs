//! The facts of a signature, written once as text: what the journal binds, and
//! what its code is drawn from.

use metier::charte::{Mandat, Signature};

/// Who signs, by what right, and what.
pub struct Faits<'a> {
    pub signature: &'a Signature,
    /// Name of the pole or of the organisation.
    pub signataire: &'a str,
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
    /// One fact a line, always in this order.
    pub fn en_texte(&self) -> String {
        let signature = self.signature;
        let lignes = [
            ("version", signature.version.as_str()),
            ("texte", self.texte),
            ("qualite", signature.qualite.code()),
            ("signataire", &signature.signataire.to_string()),
            ("nom", self.signataire),
            ("personne", self.personne),
            ("fonction", self.fonction),
            ("mandat", self.mandat.code()),
            ("reference", self.reference),
            ("signee_le", &signature.signee_le.to_string()),
        ];
        let seance = self.seance.map(|seance| ("seance", seance));
        let mut texte = "coopole signature 1\n".to_owned();
        for (nom, valeur) in lignes.into_iter().chain(seance) {
            // A line break in a value would make two facts of one.
            let valeur = valeur.split_whitespace().collect::<Vec<_>>().join(" ");
            texte.push_str(&format!("{nom}={valeur}\n"));
        }
        texte
    }
}

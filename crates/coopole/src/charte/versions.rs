//! What the keeper of the Charter does to its versions: pour in the text of one
//! that waits for it, present a new one. Nobody is written to by that alone.

use metier::charte::{
    Presentation, Publication, RefusPresentation, RefusPublication, TexteRecu, Version,
};
use uuid::Uuid;

use super::{store, texte};
use crate::socle::{
    acte::Acte,
    db::Tx,
    droits::{Droit, Perimetre, Personne},
    erreurs::{Echec, Panne, Refusable},
    horloge::RecuLe,
    journal::Entree,
};

/// A text as its keeper sends it, the second time with what they read again.
#[derive(Debug, Clone, Default)]
pub struct TexteEnvoye {
    pub texte: String,
    /// The fingerprint of the text that was read again.
    pub relue: String,
}

/// The same, as it would be kept.
pub struct AuNet {
    pub texte: String,
    pub empreinte: String,
    relue: String,
}

impl TexteEnvoye {
    pub fn au_net(&self) -> AuNet {
        let texte = texte::mettre_au_net(&self.texte);
        let empreinte = texte::en_hexadecimal(&texte::empreinte(&texte));
        AuNet {
            texte,
            empreinte,
            relue: self.relue.clone(),
        }
    }
}

impl AuNet {
    /// As the rule looks at it.
    pub fn recu(&self) -> TexteRecu<'_> {
        TexteRecu {
            texte: &self.texte,
            empreinte: &self.empreinte,
            relue: &self.relue,
        }
    }

    /// As if it had been read again: for the page where it is.
    pub fn comme_relu(self) -> Self {
        Self {
            relue: self.empreinte.clone(),
            ..self
        }
    }
}

/// Pours the text of a version in: `POST /charte/gestion/versions/{code}`.
pub struct Publier {
    pub par: Personne,
    pub version: String,
    pub envoye: TexteEnvoye,
    pub recu_le: RecuLe,
}

/// The text that is now there.
pub struct Publiee {
    version: Uuid,
    publication: Publication,
    texte: String,
}

impl Acte for Publier {
    type Fait = Publiee;
    type Refus = RefusPublication;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Publiee, Echec<RefusPublication>> {
        self.par.exiger(Droit::TenirCharte, Perimetre::National)?;
        let charte = store::lire(tx).await?;
        let version = charte.version(&self.version).ok_or(Panne::Introuvable)?;
        // A text of demonstration is nobody's to change.
        if version.vaut.is_some() {
            return Err(Panne::Introuvable.into());
        }
        let id = store::prendre(tx, &self.version).await?;
        let charte = store::lire(tx).await?;
        let version = charte.version(&self.version).ok_or(Panne::Introuvable)?;
        let signatures = store::signatures_du_texte(tx, &self.version).await?;
        let net = self.envoye.au_net();
        let (par, le) = (self.par.compte, self.recu_le.0);
        let publication = version
            .publier(net.recu(), signatures.unsigned_abs(), par, le)
            .refuse()?;
        store::record_publication(tx, &publication, &net.texte).await?;
        Ok(Publiee {
            version: id,
            publication,
            texte: net.texte,
        })
    }

    fn entrees(&self, fait: &Publiee) -> Vec<Entree> {
        let le = fait.publication.publie_le;
        vec![
            Entree::new("publication", "version_charte", fait.version, le)
                .par(fait.publication.par)
                .engageant(fait.texte.as_str()),
        ]
    }
}

/// What the keeper typed of a new version.
#[derive(Debug, Clone, Default)]
pub struct Saisie {
    pub titre: String,
    pub code: String,
    pub jour: String,
    pub occasion: String,
}

impl Saisie {
    /// As the rule looks at it, with its text.
    pub fn presentation<'a>(&'a self, net: &'a AuNet) -> Presentation<'a> {
        Presentation {
            titre: &self.titre,
            code: &self.code,
            jour: &self.jour,
            occasion: &self.occasion,
            texte: net.recu(),
        }
    }
}

/// Presents a new version, with its text: `POST /charte/gestion/versions`.
pub struct Presenter {
    pub par: Personne,
    pub saisie: Saisie,
    pub envoye: TexteEnvoye,
    pub recu_le: RecuLe,
}

/// The version that is now the one to sign.
pub struct Presentee {
    id: Uuid,
    pub version: Version,
    texte: String,
}

impl Acte for Presenter {
    type Fait = Presentee;
    type Refus = RefusPresentation;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Presentee, Echec<RefusPresentation>> {
        self.par.exiger(Droit::TenirCharte, Perimetre::National)?;
        let avant = store::lire(tx).await?.reference().map(|v| v.code.clone());
        // Taken first: two versions presented at once follow each other.
        if let Some(avant) = avant {
            store::prendre(tx, &avant).await?;
        }
        let charte = store::lire(tx).await?;
        let net = self.envoye.au_net();
        let presentation = self.saisie.presentation(&net);
        let (version, publication) = charte
            .presenter(presentation, self.par.compte, self.recu_le.0)
            .refuse()?;
        let id = store::record_presentation(tx, &version).await?;
        store::record_publication(tx, &publication, &net.texte).await?;
        Ok(Presentee {
            id,
            version,
            texte: net.texte,
        })
    }

    fn entrees(&self, fait: &Presentee) -> Vec<Entree> {
        let engage = format!("{}\n{}", fait.version.titre, fait.texte);
        vec![
            Entree::new("presentation", "version_charte", fait.id, self.recu_le.0)
                .par(self.par.compte)
                .engageant(engage),
        ]
    }
}

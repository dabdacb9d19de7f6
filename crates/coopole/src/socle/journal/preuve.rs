//! The proof that one entry is in the journal: its columns, the path from it to
//! a signed root (RFC 6962), the key. A small file that anybody checks without
//! the base, the network, or us.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    Empreinte, LigneJournal,
    arbre::{Arbre, remonter},
    cle::{self, Cle},
    engagement,
    scellement::Tete,
};
use crate::{
    socle::{db::Lecture, erreurs::Panne},
    valeurs,
};

/// What the file opens with; it changes with what it means.
const FORMAT: &str = "coopole preuve 1";

/// A proof, as its file holds it. Fingerprints are hexadecimal, instants
/// milliseconds UTC, the signature base 64, the key PEM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preuve {
    format: String,
    entree: EntreeProuvee,
    /// Its rank, from 0.
    pub place: u64,
    /// How many entries the signed root covers.
    pub taille: u64,
    chemin: Vec<String>,
    pub racine: String,
    pub scelle_le: i64,
    signature: String,
    cle_publique: String,
    /// The text the entry is bound to, for who may read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    texte: Option<TexteEngage>,
}

/// The columns of the entry, whose hash is the leaf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntreeProuvee {
    id: Uuid,
    acte: String,
    genre: String,
    objet: Uuid,
    par: Option<Uuid>,
    le: i64,
    motif: Option<String>,
    engagement: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TexteEngage {
    contenu: String,
    sel: String,
}

/// The parts of a proof: each may be the one that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partie {
    /// The text the entry is bound to.
    Texte,
    /// The columns of the entry.
    Inscription,
    /// Its rank, and the fingerprints from it up to the root.
    Chemin,
    /// The signed head: size, root, instant, signature.
    Tete,
    /// The key that signed it.
    Cle,
}

impl Partie {
    pub const TOUTES: [Self; 5] = [
        Self::Texte,
        Self::Inscription,
        Self::Chemin,
        Self::Tete,
        Self::Cle,
    ];
}

/// What a file that holds proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prouvee {
    pub acte: String,
    pub objet: Uuid,
    pub le: i64,
    /// Its rank from 0, and how many entries are signed with it.
    pub place: u64,
    pub taille: u64,
    /// SHA-256 of the text the entry is bound to, when the file carries it.
    pub empreinte: Option<String>,
    /// To be compared with the one the instance publishes.
    pub cle_publique: String,
}

/// The proof of an entry under the first head that covers it; nothing while
/// none does.
pub async fn preuve(base: &mut Lecture, cle: &Cle, entree: Uuid) -> Result<Option<Preuve>, Panne> {
    let ligne: Option<LigneJournal> = base
        .fetch_optional(
            "SELECT id, acte, genre, objet, par, le, motif, engagement, empreinte, place
             FROM journal_entrees WHERE id = $1 AND place IS NOT NULL",
            &valeurs![entree],
        )
        .await?;
    let Some((ligne, place)) = ligne.and_then(|ligne| ligne.place.map(|place| (ligne, place)))
    else {
        return Ok(None);
    };
    let tete: Tete = base
        .fetch_one(
            "SELECT taille, racine, bord, signature, scelle_le FROM journal_tetes
             WHERE taille > $1 ORDER BY taille LIMIT 1",
            &valeurs![place],
        )
        .await?;
    let chemin = chemin(base, place, tete.taille).await?;
    let illisible = || Panne::Ligne("the place of an entry".into());
    Ok(Some(Preuve {
        format: FORMAT.to_owned(),
        place: u64::try_from(place).map_err(|_| illisible())?,
        taille: u64::try_from(tete.taille).map_err(|_| illisible())?,
        chemin: chemin.iter().map(|noeud| hexa(noeud)).collect(),
        racine: hexa(&tete.racine),
        scelle_le: tete.scelle_le,
        signature: data_encoding::BASE64.encode(&tete.signature),
        cle_publique: cle.pem(),
        texte: None,
        entree: EntreeProuvee {
            id: ligne.id,
            acte: ligne.acte,
            genre: ligne.genre,
            objet: ligne.objet,
            par: ligne.par,
            le: ligne.le,
            motif: ligne.motif,
            engagement: ligne.engagement.as_deref().map(hexa),
        },
    }))
}

/// Reads the entries of one head at most, whatever the journal's length.
async fn chemin(base: &mut Lecture, place: i64, taille: i64) -> Result<Vec<Empreinte>, Panne> {
    let precedente: Option<Tete> = base
        .fetch_optional(
            "SELECT taille, racine, bord, signature, scelle_le FROM journal_tetes
             WHERE taille <= $1 ORDER BY taille DESC LIMIT 1",
            &valeurs![place],
        )
        .await?;
    let mut avant = match precedente {
        Some(tete) => tete.arbre()?,
        None => Arbre::default(),
    };
    let lignes: Vec<(i64, Vec<u8>)> = base
        .fetch_all(
            "SELECT place, empreinte FROM journal_entrees
             WHERE place >= $1 AND place < $2 ORDER BY place",
            &valeurs![avant.taille() as i64, taille],
        )
        .await?;
    let mut feuilles = Vec::new();
    for (rang, empreinte) in lignes {
        match rang < place {
            true => avant.ajouter(&empreinte),
            false => feuilles.push(
                Empreinte::try_from(empreinte.as_slice())
                    .map_err(|_| Panne::Ligne(format!("fingerprint of entry {rang}")))?,
            ),
        }
    }
    Ok(avant.chemin(&feuilles))
}

impl Preuve {
    /// Adds the text the entry is bound to: only for who may read it.
    pub async fn avec_le_texte(mut self, base: &mut Lecture, texte: &str) -> Result<Self, Panne> {
        let sel: Option<(Vec<u8>,)> = base
            .fetch_optional(
                "SELECT sel FROM journal_sels WHERE entree = $1",
                &valeurs![self.entree.id],
            )
            .await?;
        self.texte = sel.map(|(sel,)| TexteEngage {
            contenu: texte.to_owned(),
            sel: hexa(&sel),
        });
        Ok(self)
    }

    pub fn en_json(&self) -> Result<String, Panne> {
        serde_json::to_string_pretty(self)
            .map(|json| json + "\n")
            .map_err(|_| Panne::Programme("a proof is plain JSON"))
    }

    /// Reads a file back, and checks it whole: what it proves, or what is wrong
    /// in it.
    pub fn verifier(json: &str) -> Result<Prouvee, String> {
        Self::lire(json)?.tenir()
    }

    /// Reads a file back, true or not.
    pub fn lire(json: &str) -> Result<Self, String> {
        let lue: Self = serde_json::from_str(json)
            .map_err(|faute| format!("ce fichier n’est pas une preuve ({faute})"))?;
        match lue.format == FORMAT {
            true => Ok(lue),
            false => Err(format!("le format « {} » n’est pas connu ici", lue.format)),
        }
    }

    /// The entry it speaks of.
    pub fn entree(&self) -> Uuid {
        self.entree.id
    }

    /// The act it proves, and on what, once it is known to hold.
    pub fn sujet(&self) -> (&str, Uuid) {
        (&self.entree.acte, self.entree.objet)
    }

    /// The text it carries, bound or not.
    pub fn texte(&self) -> Option<&str> {
        self.texte.as_ref().map(|texte| texte.contenu.as_str())
    }

    /// Whether it says it is signed by this key.
    pub fn est_de(&self, cle: &Cle) -> bool {
        self.cle_publique == cle.pem()
    }

    /// Whether it holds alone, signed by this key.
    pub fn tient_sous(&self, cle: &Cle) -> bool {
        self.est_de(cle) && self.tenir().is_ok()
    }

    /// The parts that are not those of `vraie`, the proof of the same entry
    /// made from the journal.
    pub fn ecarts(&self, vraie: &Self) -> Vec<Partie> {
        let tete = |p: &Self| (p.taille, p.racine.clone(), p.scelle_le, p.signature.clone());
        let lie = |texte: &TexteEngage| texte.est_lie_par(&vraie.entree);
        let concorde = |partie: &Partie| match partie {
            Partie::Texte => self.texte.as_ref().is_none_or(lie),
            Partie::Inscription => self.entree == vraie.entree,
            Partie::Chemin => (self.place, &self.chemin) == (vraie.place, &vraie.chemin),
            Partie::Tete => tete(self) == tete(vraie),
            Partie::Cle => self.cle_publique == vraie.cle_publique,
        };
        let toutes = Partie::TOUTES.into_iter();
        toutes.filter(|partie| !concorde(partie)).collect()
    }

    fn tenir(&self) -> Result<Prouvee, String> {
        let feuille = self.feuille()?;
        let chemin = self.chemin.iter().map(|noeud| empreinte(noeud));
        let chemin: Vec<Empreinte> = chemin.collect::<Result<_, _>>()?;
        let racine = empreinte(&self.racine)?;
        if remonter(&feuille, self.place, self.taille, &chemin) != Some(racine) {
            return Err("l’inscription et son chemin ne redonnent pas la racine".into());
        }
        let cle = cle::lire_pem(&self.cle_publique).ok_or("la clé publique est illisible")?;
        let signature = data_encoding::BASE64
            .decode(self.signature.as_bytes())
            .map_err(|_| "la signature est illisible")?;
        if !cle::est_signee(&cle, (self.taille, &racine, self.scelle_le), &signature) {
            return Err("la racine n’est pas signée par cette clé".into());
        }
        if !self
            .texte
            .as_ref()
            .is_none_or(|t| t.est_lie_par(&self.entree))
        {
            return Err("le texte n’est pas celui de l’inscription".into());
        }
        Ok(Prouvee {
            empreinte: self.texte().map(|texte| hexa(&Sha256::digest(texte))),
            acte: self.entree.acte.clone(),
            objet: self.entree.objet,
            le: self.entree.le,
            place: self.place,
            taille: self.taille,
            cle_publique: self.cle_publique.clone(),
        })
    }

    fn feuille(&self) -> Result<Empreinte, String> {
        let engagement = self.entree.engagement.as_deref().map(empreinte);
        let ligne = LigneJournal {
            id: self.entree.id,
            acte: self.entree.acte.clone(),
            genre: self.entree.genre.clone(),
            objet: self.entree.objet,
            par: self.entree.par,
            le: self.entree.le,
            motif: self.entree.motif.clone(),
            engagement: engagement.transpose()?.map(|e| e.to_vec()),
            empreinte: Vec::new(),
            place: None,
        };
        Ok(ligne.recalculer())
    }
}

impl TexteEngage {
    fn est_lie_par(&self, entree: &EntreeProuvee) -> bool {
        let sel = data_encoding::HEXLOWER.decode(self.sel.as_bytes());
        sel.is_ok_and(|sel| entree.engagement == Some(hexa(&engagement(&sel, &self.contenu))))
    }
}

fn hexa(octets: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(octets)
}

fn empreinte(texte: &str) -> Result<Empreinte, String> {
    data_encoding::HEXLOWER
        .decode(texte.as_bytes())
        .ok()
        .and_then(|octets| octets.try_into().ok())
        .ok_or_else(|| format!("« {texte} » n’est pas une empreinte"))
}

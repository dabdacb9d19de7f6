//! Pieces: what may be uploaded, and what each one is worth at filing.
//!
//! Source: notice 2024, § 4. The bytes are never here: the caller has looked
//! at the content and says what it found. A piece still being scanned counts
//! at filing, because the scanner's delay is not the applicant's.

use jiff::Timestamp;

use crate::commun::{Raison, Refus, liste_fermee, parle_par_ses_raisons};

liste_fermee! {
    /// Kinds of files taken.
    pub enum TypeFichier {
        /// Portable document.
        Pdf = "pdf", "PDF";
        /// OpenDocument text.
        Odt = "odt", "ODT";
        /// Word.
        Docx = "docx", "DOCX";
        /// OpenDocument sheet.
        Ods = "ods", "ODS";
        /// Excel.
        Xlsx = "xlsx", "XLSX";
        /// Photograph.
        Jpeg = "jpg", "JPG";
        /// Image.
        Png = "png", "PNG";
    }
}

impl TypeFichier {
    /// The type announced by the name of a file, by its extension.
    pub fn annonce_par(nom: &str) -> Option<Self> {
        let extension = nom.rsplit_once('.')?.1.to_ascii_lowercase();
        match extension.as_str() {
            "jpeg" => Some(Self::Jpeg),
            autre => Self::par_code(autre),
        }
    }
}

/// What the call takes for one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitesPiece {
    /// Greatest weight, in bytes.
    pub octets_max: u64,
    /// Types taken, in the order in which they are told.
    pub types: Vec<TypeFichier>,
}

impl Default for LimitesPiece {
    /// 20 Mo, every type of the list.
    fn default() -> Self {
        Self {
            octets_max: 20_000_000,
            types: TypeFichier::TOUS.to_vec(),
        }
    }
}

/// What is known of an uploaded file once it has been received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FichierRecu<'a> {
    /// The name it came with; kept to be shown, never used as a path.
    pub nom: &'a str,
    /// Its weight, in bytes.
    pub octets: u64,
    /// What its content says it is, whatever its name says.
    pub contenu: Option<TypeFichier>,
}

impl LimitesPiece {
    /// Decides whether this file is taken, and as what.
    pub fn accepter(&self, fichier: FichierRecu<'_>) -> Result<TypeFichier, RefusPiece> {
        if fichier.octets == 0 {
            return Err(RefusPiece::Vide);
        }
        let trop_lourd = fichier.octets > self.octets_max;
        let annonce = TypeFichier::annonce_par(fichier.nom);
        let accepte = fichier
            .contenu
            .filter(|t| self.types.contains(t) && annonce == Some(*t));
        match accepte {
            Some(type_fichier) if !trop_lourd => Ok(type_fichier),
            _ => Err(RefusPiece::NonConforme {
                poids: trop_lourd.then_some((fichier.octets, self.octets_max)),
                types: accepte.is_none().then(|| self.types.clone()),
                nom_trompeur: annonce.is_some() && fichier.contenu != annonce,
            }),
        }
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusPiece {
    /// Nothing in it.
    Vide,
    /// Too heavy, of another type, or both.
    NonConforme {
        /// Its weight and the limit, when it is too heavy.
        poids: Option<(u64, u64)>,
        /// The types taken, when it is of none of them.
        types: Option<Vec<TypeFichier>>,
        /// The content is not what the name announces.
        nom_trompeur: bool,
    },
}

impl Refus for RefusPiece {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::Vide => vec![
                Raison::new("fichier_vide", "Ce fichier est vide.")
                    .remede("Ouvrez-le sur votre appareil, puis envoyez-le de nouveau."),
            ],
            Self::NonConforme {
                poids,
                types,
                nom_trompeur,
            } => {
                let poids = poids.map(|(octets, limite)| {
                    Raison::new(
                        "fichier_trop_lourd",
                        format!(
                            "Ce fichier pèse {} ; la limite est de {}.",
                            en_mega(octets),
                            en_mega(limite)
                        ),
                    )
                });
                let types = types.as_ref().map(|types| {
                    let phrase = match nom_trompeur {
                        true => "Le contenu de ce fichier ne correspond pas à son nom.",
                        false => "Ce type de fichier n’est pas reçu ici.",
                    };
                    Raison::new("type_non_recu", phrase)
                        .remede(format!("Types reçus : {}.", enumerer(types)))
                });
                poids.into_iter().chain(types).collect()
            }
        }
    }
}

parle_par_ses_raisons!(RefusPiece);

/// « 34 Mo »; a tenth more when it would otherwise look within the limit.
fn en_mega(octets: u64) -> String {
    let dixiemes = octets.div_ceil(100_000);
    match dixiemes % 10 {
        0 => format!("{} Mo", dixiemes / 10),
        reste => format!("{},{reste} Mo", dixiemes / 10),
    }
}

fn enumerer(types: &[TypeFichier]) -> String {
    let noms: Vec<&str> = types.iter().map(|t| t.libelle()).collect();
    noms.join(", ")
}

/// Where a piece stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EtatPiece {
    /// Received, the scanner has not answered yet.
    AnalyseEnCours,
    /// Received and clean.
    Recue,
    /// Refused after the fact, and why.
    Refusee(String),
}

impl EtatPiece {
    /// Its words: « Reçue », « Analyse en cours », « Refusée : … ».
    pub fn en_mots(&self) -> String {
        let mots = match self {
            Self::AnalyseEnCours => "Analyse en cours".to_owned(),
            Self::Recue => "Reçue".to_owned(),
            Self::Refusee(pourquoi) => format!("Refusée : {pourquoi}"),
        };
        crate::commun::typographie(&mots)
    }
}

/// A file given for one of the pieces of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The piece it answers (« statuts », « synthese »).
    pub genre: String,
    /// The name it came with.
    pub nom: String,
    /// Its weight, in bytes.
    pub octets: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub empreinte: String,
    /// When it was received.
    pub recue_le: Timestamp,
    /// Where it stands.
    pub etat: EtatPiece,
}

impl Piece {
    /// Whether it counts at filing: received, or still being scanned.
    pub fn compte_au_depot(&self) -> bool {
        !matches!(self.etat, EtatPiece::Refusee(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fichier(nom: &str, octets: u64, contenu: Option<TypeFichier>) -> FichierRecu<'_> {
        FichierRecu {
            nom,
            octets,
            contenu,
        }
    }

    #[test]
    fn des_statuts_en_pdf_sont_recus() {
        let recu = fichier("Statuts 2023.PDF", 1_200_000, Some(TypeFichier::Pdf));
        assert_eq!(LimitesPiece::default().accepter(recu), Ok(TypeFichier::Pdf));
    }

    #[test]
    fn un_fichier_trop_lourd_dit_son_poids_et_la_limite() {
        let lourd = fichier("plan.pdf", 34_000_000, Some(TypeFichier::Pdf));
        let refus = LimitesPiece::default().accepter(lourd).unwrap_err();
        assert_eq!(
            refus.to_string(),
            "Ce fichier pèse 34\u{a0}Mo\u{202f}; la limite est de 20\u{a0}Mo."
        );
    }

    #[test]
    fn un_octet_de_trop_se_voit() {
        let limites = LimitesPiece::default();
        let juste = fichier("a.pdf", 20_000_000, Some(TypeFichier::Pdf));
        assert!(limites.accepter(juste).is_ok());
        let trop = fichier("a.pdf", 20_000_001, Some(TypeFichier::Pdf));
        let refus = limites.accepter(trop).unwrap_err();
        assert!(refus.to_string().contains("20,1\u{a0}Mo"));
    }

    #[test]
    fn le_contenu_prime_sur_le_nom() {
        let deguise = fichier("statuts.pdf", 1_000, None);
        let refus = LimitesPiece::default().accepter(deguise).unwrap_err();
        assert_eq!(
            refus.to_string(),
            "Le contenu de ce fichier ne correspond pas à son nom."
        );
        let image = fichier("statuts.pdf", 1_000, Some(TypeFichier::Png));
        assert!(LimitesPiece::default().accepter(image).is_err());
    }

    #[test]
    fn un_programme_n_est_pas_recu_et_les_types_sont_dits() {
        let programme = fichier("statuts.exe", 30_000_000, None);
        let raisons = LimitesPiece::default()
            .accepter(programme)
            .unwrap_err()
            .raisons();
        assert_eq!(raisons.len(), 2);
        assert!(raisons[1].remede.as_ref().unwrap().contains("PDF, ODT"));
    }

    #[test]
    fn un_fichier_vide_n_est_pas_une_piece() {
        let vide = fichier("statuts.pdf", 0, None);
        assert_eq!(
            LimitesPiece::default().accepter(vide),
            Err(RefusPiece::Vide)
        );
    }

    #[test]
    fn une_piece_en_cours_d_analyse_n_empeche_pas_de_deposer() {
        let mut piece = Piece {
            genre: "statuts".into(),
            nom: "statuts.pdf".into(),
            octets: 10,
            empreinte: "00".into(),
            recue_le: Timestamp::UNIX_EPOCH,
            etat: EtatPiece::AnalyseEnCours,
        };
        assert!(piece.compte_au_depot());
        piece.etat = EtatPiece::Refusee("virus trouvé".into());
        assert!(!piece.compte_au_depot());
        assert_eq!(piece.etat.en_mots(), "Refusée\u{202f}: virus trouvé");
    }
}

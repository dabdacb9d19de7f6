//! What can go wrong when printing. Always the machine's fault or ours, never
//! the reader's: a person is shown an incident number, the log has the chain.

use std::path::PathBuf;

/// Why a document could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum PannePapier {
    /// The folder of fonts given by configuration cannot be read.
    #[error("le dossier de polices {} ne se lit pas", dossier.display())]
    Polices {
        /// The folder asked for.
        dossier: PathBuf,
        /// What the disk answered.
        #[source]
        cause: std::io::Error,
    },
    /// The family of fonts given by configuration is in no file.
    #[error("aucune police de la famille « {famille} »")]
    FamilleAbsente {
        /// The family asked for.
        famille: String,
    },
    /// The facts could not be written as JSON.
    #[error("les faits du document ne s’écrivent pas")]
    Faits(#[from] serde_json::Error),
    /// The facts are too heavy: printing them would take the memory of others.
    #[error("le document pèse {octets} octets de faits ; la limite est de {limite}")]
    TropLourd {
        /// Weight of the facts, in bytes of JSON.
        octets: usize,
        /// The limit, in the same unit.
        limite: usize,
    },
    /// Typst refused to compose or to write, or had a remark to make.
    #[error("le modèle {modele} ne s’imprime pas")]
    Composition {
        /// The template at fault.
        modele: &'static str,
        /// What Typst said.
        #[source]
        cause: Remarques,
    },
}

/// The remarks of Typst, each with its place: warnings count as errors, since
/// nobody reads those of a server.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join(" ; "))]
pub struct Remarques(pub Vec<String>);

//! The document of a call: TOML text in, a whole call or all its faults out.
//!
//! A faulty document gives no call at all. Reading follows the text; what one
//! part says of another is checked at the end, in `coherence`.

mod coherence;
mod instants;
mod releve;
mod section;
mod syntaxe;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use toml_span::value::ValueInner;

pub(super) use instants::{date as jour, instant};
pub(super) use releve::{Brut, Fautes, Lu};
pub(super) use section::{Section, genre};
pub(super) use syntaxe::reparer;

use super::conditions::Vocabulaire;
use super::faute::{Faute, Lieux};
use super::pieces::PieceBrute;
use super::{
    Campagne, PieceDemandee, avis, calendrier, conditions::Expression, formulaire, grille,
    identite, pieces, regles, subvention,
};

/// The version of the document's own form.
const FORMAT: i64 = 1;

/// Reads the document of a call.
///
/// Refused with every fault at its line and column: text that is not TOML, a
/// key unknown or missing, a rule that does not hold, a date that reads two
/// ways, a code cited and never written.
pub fn lire(texte: &str) -> Result<Campagne, Vec<Faute>> {
    let lieux = Lieux::new(texte);
    let en_fautes = |ecarts: Vec<_>| {
        let mut fautes: Vec<Faute> = ecarts.into_iter().map(|e| lieux.faute(e)).collect();
        fautes.sort();
        fautes.dedup();
        fautes
    };
    let repare = syntaxe::reparer(texte);
    let Some(lisible) = repare.texte else {
        return Err(en_fautes(repare.ecarts));
    };
    let fautes = Fautes::new(repare.ecarts);
    let campagne = lire_racine(&lisible, &fautes);
    match (campagne, fautes.en_vecteur()) {
        (Some(campagne), ecarts) if ecarts.is_empty() => Ok(campagne),
        (_, ecarts) => Err(en_fautes(ecarts)),
    }
}

/// The faults of a document; none if it is right.
pub fn verifier(texte: &str) -> Vec<Faute> {
    lire(texte).err().unwrap_or_default()
}

/// Reads a valid TOML text into its root table.
pub(super) fn racine<'f, 't>(texte: &'t str, fautes: &'f Fautes) -> Option<Section<'f, 't>> {
    // The text was parsed once already, to be mended.
    let mut valeur = toml_span::parse(texte).ok()?;
    match valeur.take() {
        ValueInner::Table(table) => Some(Section::new(fautes, "document", 0, table)),
        _ => None,
    }
}

fn lire_racine(texte: &str, fautes: &Fautes) -> Option<Campagne> {
    let mut racine = racine(texte, fautes)?;
    racine.entier("format", FORMAT..=FORMAT);
    let (identite, _) = identite::lire_identite(&mut racine);
    let bases_legales = identite::lire_bases(&mut racine);
    let objectifs = identite::lire_objectifs(&mut racine);
    let non_precise = identite::lire_non_precise(&mut racine);
    let conservations = identite::lire_conservations(&mut racine);
    let calendrier = calendrier::lire(&mut racine);
    let subvention = subvention::lire(&mut racine);
    let emplois = subvention::lire_emplois(&mut racine);
    let charte = avis::lire_charte(&mut racine);
    let avis = avis::lire(&mut racine);
    let evaluation = grille::lire(&mut racine);
    let regles = regles::lire(&mut racine, texte);
    let pieces = pieces::lire(&mut racine, texte);
    let formulaire = formulaire::lire(&mut racine, texte);
    racine.clore();

    let mut vocabulaire = Vocabulaire::general().clone();
    formulaire.enrichir(&mut vocabulaire, fautes);
    coherence::Citations {
        evaluation: &evaluation,
        pieces: &pieces,
        formulaire: &formulaire,
        conservations: &conservations,
        genre: identite.genre,
        subvention: subvention.as_ref(),
        adresse_du_service: !identite.service.adresse.is_empty(),
        charte: charte.is_some(),
    }
    .verifier(fautes);
    let regles = regles::compiler(regles, &vocabulaire, fautes);
    coherence::uniques("La règle", &regles, |regle| &regle.code, fautes);
    coherence::charte_nommee(&regles, charte.is_some(), fautes);
    let pieces = compiler_pieces(pieces, &vocabulaire, fautes);
    let formulaire = formulaire.compiler(&vocabulaire, fautes);
    Some(Campagne {
        identite,
        bases_legales,
        objectifs,
        calendrier,
        subvention,
        emplois,
        charte,
        avis,
        regles: valeurs(regles),
        axes: valeurs(evaluation.axes),
        criteres: valeurs(evaluation.criteres),
        bonus: valeurs(evaluation.bonus),
        grille: evaluation.grille,
        pieces,
        formulaire,
        conservations: valeurs(conservations),
        non_precise,
        vocabulaire: Arc::new(vocabulaire),
    })
}

fn valeurs<T>(lus: Vec<Lu<T>>) -> Vec<T> {
    lus.into_iter().map(|lu| lu.valeur).collect()
}

fn compiler_pieces(
    brutes: Vec<PieceBrute>,
    vocabulaire: &Vocabulaire,
    fautes: &Fautes,
) -> Vec<PieceDemandee> {
    let compiler = |brute: PieceBrute| PieceDemandee {
        si: brute
            .si
            .as_ref()
            .and_then(|brut| fautes.expression(brut, Expression::lire(&brut.texte, vocabulaire))),
        ..brute.piece
    };
    brutes.into_iter().map(compiler).collect()
}

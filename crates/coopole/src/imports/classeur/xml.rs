//! A part of a workbook as XML, one sign after the other. What it weighs and
//! what one of its signs weighs are bounded while they are read; an entity that
//! it declares itself is not understood.

use std::io::{BufRead, Error, Read, Result as Lu};

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesStart, Event},
};

use super::{ABIME, DEMESURE, archive::Archive};
use crate::imports::fichier::POIDS_D_UNE_CELLULE;

/// The most a part may hold once unfolded: an archive of a few octets can hold
/// the world.
pub const DEPLIE_AU_PLUS: u64 = 400_000_000;

/// The most a tag, a text or a comment may hold.
const SIGNE_AU_PLUS: u64 = 1_000_000;

/// A part, read sign by sign.
pub struct Xml<'a> {
    lecteur: Reader<Borne<'a>>,
    tampon: Vec<u8>,
    annonce: u64,
}

/// Stops what is measureless.
struct Borne<'a> {
    flux: Box<dyn BufRead + 'a>,
    lus: u64,
    du_signe: u64,
}

impl Borne<'_> {
    fn deborde(&self) -> bool {
        self.lus > DEPLIE_AU_PLUS || self.du_signe > SIGNE_AU_PLUS
    }
}

impl Read for Borne<'_> {
    fn read(&mut self, dans: &mut [u8]) -> Lu<usize> {
        let lus = self.fill_buf()?.read(dans)?;
        self.consume(lus);
        Ok(lus)
    }
}

impl BufRead for Borne<'_> {
    fn fill_buf(&mut self) -> Lu<&[u8]> {
        match self.deborde() {
            true => Err(Error::other("measureless")),
            false => self.flux.fill_buf(),
        }
    }

    fn consume(&mut self, combien: usize) {
        self.lus += combien as u64;
        self.du_signe += combien as u64;
        self.flux.consume(combien);
    }
}

impl<'a> Xml<'a> {
    /// Opens this part of the archive, if it is there.
    pub fn ouvrir(archive: &'a Archive, nom: &str) -> Option<Self> {
        let (flux, annonce) = archive.deplier(nom)?;
        let mut lecteur = Reader::from_reader(Borne {
            flux,
            lus: 0,
            du_signe: 0,
        });
        lecteur.config_mut().expand_empty_elements = true;
        Some(Self {
            lecteur,
            tampon: Vec::new(),
            annonce,
        })
    }

    /// The next sign; its end is an [`Event::Eof`].
    pub fn suivant(&mut self) -> Result<Event<'_>, String> {
        self.lecteur.get_mut().du_signe = 0;
        self.tampon.clear();
        match self.lecteur.read_event_into(&mut self.tampon) {
            Ok(signe) => Ok(signe),
            Err(_) if self.lecteur.get_ref().deborde() => Err(DEMESURE.to_owned()),
            Err(_) => Err(ABIME.to_owned()),
        }
    }

    /// How far it is read, out of a hundred.
    pub fn avancement(&self) -> i64 {
        let lus = self.lecteur.get_ref().lus.min(self.annonce);
        i64::try_from(lus * 100 / self.annonce.max(1)).unwrap_or(0)
    }
}

/// The value of an attribute, by its name with its prefix.
pub fn attribut(balise: &BytesStart<'_>, nom: &str) -> Result<Option<String>, String> {
    let abime = || ABIME.to_owned();
    let Some(attribut) = balise.try_get_attribute(nom).map_err(|_| abime())? else {
        return Ok(None);
    };
    let valeur = attribut.normalized_value(XmlVersion::Implicit1_0);
    Ok(Some(valeur.map_err(|_| abime())?.into_owned()))
}

/// Adds what a sign says to a text. Beyond the weight of a cell it is not kept:
/// such a cell is refused for its length.
pub fn ajouter(signe: &Event<'_>, texte: &mut String) -> Result<(), String> {
    match signe {
        Event::Text(lu) => pousser(&lu.xml10_content(), texte),
        Event::CData(lu) => pousser(&lu.xml10_content(), texte),
        Event::GeneralRef(nom) => match nom.resolve_char_ref() {
            Ok(Some(signe)) => pousser(signe.encode_utf8(&mut [0; 4]), texte),
            Ok(None) => pousser(resolve_xml_entity(nom).ok_or(ABIME)?, texte),
            Err(_) => return Err(ABIME.to_owned()),
        },
        _ => {}
    }
    Ok(())
}

/// Adds to a text, within the weight of a cell.
pub fn pousser(suite: &str, texte: &mut String) {
    if texte.len() < POIDS_D_UNE_CELLULE {
        texte.push_str(suite);
    }
}

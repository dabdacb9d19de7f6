//! What a line of a list says, cell by cell, each checked, every fault told at
//! once. An empty cell says nothing.

use uuid::Uuid;

use super::{Colonne, EnTete, colonne::dense};
use crate::{
    commun::{Region, Rna, SANS_ADRESSE, Siret, porte_une_adresse},
    poles::{Information, Maturite, NOM_AU_PLUS, NON, OUI, Theme},
};

/// More signs than this in a cell, and a quote was left open before it.
pub const CELLULE_AU_PLUS: usize = 10_000;

/// What a line says; what it does not say is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dite {
    /// Our identifier of the record.
    pub identifiant: Option<Uuid>,
    /// The name of the structure that carries it.
    pub structure: Option<String>,
    /// Its SIRET, fourteen figures.
    pub siret: Option<String>,
    /// Its RNA.
    pub rna: Option<String>,
    /// The code of the department, given or derived from the commune.
    pub departement: Option<String>,
    /// The region, given or derived.
    pub region: Option<Region>,
    /// The informations of the record, as it keeps them, in their order.
    pub informations: Vec<(Information, String)>,
}

impl Dite {
    /// What it says of this information.
    pub fn valeur(&self, information: Information) -> Option<&str> {
        let dite = self.informations.iter().find(|(i, _)| *i == information);
        dite.map(|(_, valeur)| valeur.as_str())
    }
}

/// Something wrong in a line, under its column if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faute {
    /// Under which column.
    pub colonne: Option<Colonne>,
    /// What is wrong and what is expected.
    pub phrase: String,
}

impl Faute {
    /// A fault of a cell.
    pub fn de(colonne: Colonne, phrase: impl Into<String>) -> Self {
        Self {
            colonne: Some(colonne),
            phrase: phrase.into(),
        }
    }

    /// A fault of the line as a whole.
    pub fn de_la_ligne(phrase: impl Into<String>) -> Self {
        Self {
            colonne: None,
            phrase: phrase.into(),
        }
    }
}

/// A line, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lue {
    /// No cell holds anything.
    Vide,
    /// What it says, and what was understood rather than read.
    Dite(Dite, Vec<String>),
    /// It cannot be taken: every reason.
    Refusee(Vec<Faute>),
}

/// What a text designates among the communes of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LieuDit {
    /// That commune.
    Une {
        /// Its code.
        code: String,
        /// Its department.
        departement: String,
    },
    /// Several bear this name.
    Plusieurs,
    /// None.
    Aucune,
}

/// Words by which a list says that it does not know.
const SANS_REPONSE: [&str; 9] = [
    "non connu",
    "non connue",
    "inconnu",
    "inconnue",
    "non renseigne",
    "non renseignee",
    "nc",
    "n c",
    "n a",
];

/// Reads a line: its cells under the titles, `lieu` for the communes.
pub fn lire(en_tete: &EnTete, cellules: &[String], lieu: &dyn Fn(&str) -> LieuDit) -> Lue {
    if cellules.iter().all(|cellule| cellule.trim().is_empty()) {
        return Lue::Vide;
    }
    let trop = cellules.iter().skip(en_tete.largeur());
    if trop.clone().any(|cellule| !cellule.trim().is_empty()) {
        return Lue::Refusee(vec![Faute::de_la_ligne(
            "Cette ligne a plus de cellules que le fichier n’a de titres : un séparateur s’y trouve sans guillemets.",
        )]);
    }
    let mut lecture = Lecture::default();
    for (colonne, cellule) in en_tete.ranger(cellules) {
        match propre(colonne, &cellule) {
            Ok(Some(texte)) => lecture.cellule(colonne, &texte, lieu),
            Ok(None) => {}
            Err(phrase) => lecture.faute(colonne, phrase),
        }
    }
    lecture.conclure(lieu)
}

/// The cell without what surrounds it; nothing when it says nothing.
fn propre(colonne: Colonne, cellule: &str) -> Result<Option<String>, &'static str> {
    if cellule.chars().count() > CELLULE_AU_PLUS {
        return Err(
            "Cette cellule est démesurée : un guillemet ouvert avant elle n’est sans doute pas refermé.",
        );
    }
    if cellule.contains('\u{fffd}') {
        return Err("Un signe y est illisible : enregistrez le fichier en UTF-8.");
    }
    let lignes = colonne == Colonne::Presentation;
    let mut propre = String::with_capacity(cellule.len());
    for signe in cellule.chars() {
        match signe {
            '\r' => {}
            '\n' if lignes => propre.push('\n'),
            '\n' | '\t' | '\u{a0}' | '\u{202f}' => propre.push(' '),
            '\u{feff}' | '\u{200b}' | '\u{ad}' => {}
            signe if signe.is_control() => {
                return Err("Un signe de commande s’y cache : ôtez-le.");
            }
            signe => propre.push(signe),
        }
    }
    if !lignes {
        propre = propre.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let texte = sans_garde(propre.trim());
    let muette = texte.is_empty()
        || texte
            .chars()
            .all(|signe| matches!(signe, '-' | '–' | '—' | '?'))
        || (texte.len() <= 16 && SANS_REPONSE.contains(&dense(texte).as_str()));
    match porte_une_adresse(texte) {
        true => Err(SANS_ADRESSE),
        false => Ok((!muette).then(|| texte.to_owned())),
    }
}

/// The apostrophe that our own files put before a would-be formula.
fn sans_garde(texte: &str) -> &str {
    match texte.strip_prefix('\'') {
        Some(reste) if reste.trim_start().starts_with(['=', '+', '-', '@']) => reste,
        _ => texte,
    }
}

#[derive(Default)]
struct Lecture {
    dite: Dite,
    /// What the column of names says, until the code is known.
    ville: Option<String>,
    departement: Option<String>,
    region: Option<Region>,
    fautes: Vec<Faute>,
    remarques: Vec<String>,
}

impl Lecture {
    fn faute(&mut self, colonne: Colonne, phrase: impl Into<String>) {
        self.fautes.push(Faute::de(colonne, phrase));
    }

    fn cellule(&mut self, colonne: Colonne, texte: &str, lieu: &dyn Fn(&str) -> LieuDit) {
        match colonne {
            Colonne::Identifiant => match texte.parse() {
                Ok(id) => self.dite.identifiant = Some(id),
                Err(_) => self.faute(
                    colonne,
                    format!("« {texte} » n’est pas un identifiant du registre : laissez vide si vous ne le connaissez pas."),
                ),
            },
            Colonne::Nom => self.information(colonne, Information::Nom, texte),
            Colonne::Structure if texte.chars().count() > NOM_AU_PLUS => {
                self.faute(colonne, "Le nom tient en 160 signes au plus.");
            }
            Colonne::Structure => self.dite.structure = Some(texte.to_owned()),
            Colonne::Siret => self.siret(texte),
            Colonne::Rna => match texte.parse::<Rna>() {
                Ok(rna) => self.dite.rna = Some(rna.to_string()),
                Err(refus) => self.faute(colonne, refus.to_string()),
            },
            Colonne::CodeCommune => self.code_commune(texte, lieu),
            Colonne::Commune => self.ville = Some(texte.to_owned()),
            Colonne::Departement => self.departement(texte),
            Colonne::Region => self.region(texte),
            Colonne::Themes => self.themes(texte),
            Colonne::Maturite => self.maturite(texte),
            Colonne::Rural => self.oui_non(colonne, Information::Rural, texte),
            Colonne::Qpv => self.oui_non(colonne, Information::Qpv, texte),
            Colonne::Presentation => self.information(colonne, Information::Presentation, texte),
            Colonne::Site => self.site(texte),
        }
    }

    fn information(&mut self, colonne: Colonne, information: Information, texte: &str) {
        match information.lire(texte) {
            Ok(Some(valeur)) => self.dite.informations.push((information, valeur)),
            Ok(None) => {}
            Err(phrase) => self.faute(colonne, phrase),
        }
    }

    /// A spreadsheet rounds a long number and drops its first zeros: what it
    /// lost is never guessed.
    fn siret(&mut self, texte: &str) {
        let arrondi = texte.contains(['E', 'e']) && texte.contains('+');
        if arrondi {
            return self.faute(
                Colonne::Siret,
                "Le tableur a arrondi ce SIRET : mettez la colonne en texte, et recopiez-le.",
            );
        }
        match texte.parse::<Siret>() {
            Ok(siret) => self.dite.siret = Some(siret.to_string()),
            Err(refus) => self.faute(Colonne::Siret, refus.to_string()),
        }
    }

    /// « 1004 » is « 01004 » whose zero a spreadsheet dropped: no other commune
    /// may have four figures.
    fn code_commune(&mut self, texte: &str, lieu: &dyn Fn(&str) -> LieuDit) {
        let code = texte.to_ascii_uppercase();
        let perdu = code.len() == 4 && code.bytes().all(|octet| octet.is_ascii_digit());
        let code = if perdu { format!("0{code}") } else { code };
        let un_code = code.len() == 5 && code.bytes().all(|octet| octet.is_ascii_alphanumeric());
        match un_code.then(|| lieu(&code)) {
            Some(LieuDit::Une { code, .. }) => {
                if perdu {
                    self.remarques
                        .push(format!("Code de commune « {texte} » lu « {code} »."));
                }
                self.dite.informations.push((Information::Commune, code));
            }
            _ => self.faute(
                Colonne::CodeCommune,
                format!("« {texte} » n’est le code INSEE d’aucune commune d’aujourd’hui (un code postal n’en est pas un)."),
            ),
        }
    }

    fn departement(&mut self, texte: &str) {
        let premier = texte
            .split([' ', '-', '(', ')'])
            .find(|mot| !mot.is_empty());
        let code = premier.unwrap_or_default().to_ascii_uppercase();
        let code = match code.len() {
            1 => format!("0{code}"),
            _ => code,
        };
        match Region::par_departement(&code) {
            Some(_) => self.departement = Some(code),
            None => self.faute(
                Colonne::Departement,
                format!("« {texte} » n’est le code d’aucun département : « 29 », « 2A », « 974 »."),
            ),
        }
    }

    fn region(&mut self, texte: &str) {
        let code = match texte.len() {
            1 => format!("0{texte}"),
            _ => texte.to_owned(),
        };
        let actuelle = Region::par_code(&code).or_else(|| Region::par_nom(texte));
        let actuelle_par_son_nom = actuelle.filter(|r| dense(r.nom()) == dense(texte));
        let lue = actuelle.or_else(|| Region::par_ancien_code(&code));
        match lue {
            Some(region) => {
                let ancienne = Region::par_code(&code).is_none() && actuelle_par_son_nom.is_none();
                if ancienne {
                    self.remarques.push(format!(
                        "Ancienne région « {texte} » lue « {} ».",
                        region.nom()
                    ));
                }
                self.region = Some(region);
            }
            None => self.faute(
                Colonne::Region,
                format!("« {texte} » n’est ni le nom ni le code d’une région."),
            ),
        }
    }

    fn themes(&mut self, texte: &str) {
        let mots = texte.split([';', ',', '|', '\n']).map(str::trim);
        let (mut codes, mut inconnus): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
        for mot in mots.filter(|mot| !mot.is_empty()) {
            let plie = dense(mot);
            let theme = Theme::TOUS
                .iter()
                .find(|theme| dense(theme.code()) == plie || dense(theme.libelle()) == plie);
            match theme.map(|theme| theme.code()) {
                Some(code) if codes.contains(&code) => {}
                Some(code) => codes.push(code),
                None => inconnus.push(format!("« {mot} »")),
            }
        }
        match inconnus.is_empty() {
            true => self.information(Colonne::Themes, Information::Themes, &codes.join(";")),
            false => self.faute(
                Colonne::Themes,
                format!("Hors de la liste des thèmes : {}.", inconnus.join(", ")),
            ),
        }
    }

    fn maturite(&mut self, texte: &str) {
        let plie = dense(texte);
        let lue = Maturite::TOUS
            .iter()
            .find(|m| dense(m.code()) == plie || dense(m.libelle()) == plie);
        match lue {
            Some(m) => self.information(Colonne::Maturite, Information::Maturite, m.code()),
            None => {
                let attendues: Vec<&str> = Maturite::TOUS.iter().map(|m| m.libelle()).collect();
                self.faute(
                    Colonne::Maturite,
                    format!(
                        "« {texte} » n’est pas une maturité : {}.",
                        attendues.join(", ")
                    ),
                );
            }
        }
    }

    fn oui_non(&mut self, colonne: Colonne, information: Information, texte: &str) {
        let dit = match dense(texte).as_str() {
            "oui" | "o" | "vrai" | "true" | "1" | "x" => OUI,
            "non" | "n" | "faux" | "false" | "0" => NON,
            _ => return self.faute(colonne, format!("« {texte} » : répondez oui ou non.")),
        };
        self.dite.informations.push((information, dit.to_owned()));
    }

    /// « www.pole.example » is what people write of « https://www.pole.example ».
    fn site(&mut self, texte: &str) {
        match texte.starts_with("www.") {
            true => {
                let entiere = format!("https://{texte}");
                self.remarques
                    .push(format!("Site « {texte} » lu « {entiere} »."));
                self.information(Colonne::Site, Information::Site, &entiere);
            }
            false => self.information(Colonne::Site, Information::Site, texte),
        }
    }

    /// The name of the commune beside its code, or alone; then what follows of it.
    fn commune(&mut self, lieu: &dyn Fn(&str) -> LieuDit) {
        let Some(ville) = self.ville.take() else {
            return;
        };
        let precisee = match (&self.departement, ville.contains(['(', ')'])) {
            (Some(departement), false) => format!("{ville} ({departement})"),
            _ => ville.clone(),
        };
        let trouvee = match lieu(&precisee) {
            LieuDit::Aucune => lieu(&ville),
            trouvee => trouvee,
        };
        let code = self.dite.valeur(Information::Commune).map(str::to_owned);
        let fautif = self
            .fautes
            .iter()
            .any(|f| f.colonne == Some(Colonne::CodeCommune));
        match (code, trouvee) {
            (Some(code), LieuDit::Une { code: autre, .. }) if code != autre => self.faute(
                Colonne::Commune,
                format!("« {ville} » n’est pas la commune du code {code}."),
            ),
            // The code says which one; an unusual name takes nothing away.
            (Some(_), _) => {}
            (None, _) if fautif => {}
            (None, LieuDit::Une { code, .. }) => {
                self.dite.informations.push((Information::Commune, code));
            }
            (None, LieuDit::Plusieurs) => self.faute(
                Colonne::Commune,
                format!("Plusieurs communes s’appellent « {ville} » : donnez le code INSEE, ou le département."),
            ),
            (None, LieuDit::Aucune) => self.faute(
                Colonne::Commune,
                format!("Aucune commune d’aujourd’hui ne s’appelle « {ville} » : donnez le code INSEE."),
            ),
        }
    }

    /// What the commune says of the department and the region, and whether the
    /// line contradicts itself.
    fn lieux(&mut self, lieu: &dyn Fn(&str) -> LieuDit) {
        let commune = self.dite.valeur(Information::Commune).map(str::to_owned);
        let derive = commune.as_deref().map(lieu);
        if let Some(LieuDit::Une { departement, .. }) = derive {
            if self.departement.as_ref().is_some_and(|d| *d != departement) {
                self.faute(
                    Colonne::Departement,
                    format!("La commune est dans le département {departement}."),
                );
            }
            self.departement = Some(departement);
        }
        let derivee = self
            .departement
            .as_deref()
            .and_then(Region::par_departement);
        match (derivee, self.region) {
            (Some(derivee), Some(dite)) if derivee != dite => self.faute(
                Colonne::Region,
                format!(
                    "Le lieu donné est dans {} : les deux se contredisent.",
                    derivee.avec_article()
                ),
            ),
            _ => {}
        }
        self.dite.region = derivee.or(self.region);
        self.dite.departement = self.departement.take();
    }

    fn conclure(mut self, lieu: &dyn Fn(&str) -> LieuDit) -> Lue {
        self.commune(lieu);
        self.lieux(lieu);
        let muette = self.dite.identifiant.is_none()
            && self.dite.siret.is_none()
            && self.dite.valeur(Information::Nom).is_none();
        if muette && self.fautes.is_empty() {
            self.fautes.push(Faute::de_la_ligne(
                "Rien n’y dit de quel pôle elle parle : donnez son nom, son identifiant ou son SIRET.",
            ));
        }
        match self.fautes.is_empty() {
            true => {
                self.dite
                    .informations
                    .sort_by_key(|(information, _)| *information);
                Lue::Dite(self.dite, self.remarques)
            }
            false => Lue::Refusee(self.fautes),
        }
    }
}

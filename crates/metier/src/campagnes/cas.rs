//! Worked cases of a call, written beside its document.
//!
//! A case is a sentence, facts, and what each rule must say of them. All start
//! from one model dossier, and a case says only what differs: any rule it does
//! not name must still answer as for the model. A policy officer can add one;
//! `coopole campagne verifier` and the tests play them all.

use std::collections::BTreeMap;

use jiff::Timestamp;
use toml_span::value::{Value, ValueInner};

use super::conditions::{Constat, Enregistrement, Etat, Faits, Fiche, Origine, Type, Valeur};
use super::document::{Fautes, Lu, Section, genre, instant, jour, racine, reparer};
use super::faute::{Faute, Lieux};
use super::{Campagne, voisin};
use crate::commun::Montant;

/// What playing one case gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasJoue {
    /// Its sentence.
    pub nom: String,
    /// Its line in the file.
    pub ligne: usize,
    /// Where the rules did not answer as written, in French; none if it holds.
    pub ecarts: Vec<String>,
}

/// Plays every case of a text against its call.
///
/// Refused as a document is: with all its faults at their places.
pub fn jouer(campagne: &Campagne, texte: &str) -> Result<Vec<CasJoue>, Vec<Faute>> {
    let lieux = Lieux::new(texte);
    let repare = reparer(texte);
    let lisible = repare.texte.unwrap_or_default();
    let fautes = Fautes::new(repare.ecarts);
    let lus = racine(&lisible, &fautes).map(|racine| Lecture { campagne }.lire(racine));
    let ecarts = fautes.en_vecteur();
    if !ecarts.is_empty() {
        let mut fautes: Vec<Faute> = ecarts.into_iter().map(|e| lieux.faute(e)).collect();
        fautes.sort();
        return Err(fautes);
    }
    let joues = lus.unwrap_or_default().into_iter().map(|cas| CasJoue {
        ecarts: cas.jouer(campagne),
        ligne: lieux.ligne(cas.place),
        nom: cas.nom,
    });
    Ok(joues.collect())
}

/// A case as read.
struct Cas {
    nom: String,
    place: usize,
    faits: Faits,
    attendu: BTreeMap<String, Etat>,
    /// Words that a finding or a remedy must contain, by rule.
    dit: BTreeMap<String, String>,
}

impl Cas {
    fn jouer(&self, campagne: &Campagne) -> Vec<String> {
        let constats = campagne
            .regles
            .iter()
            .map(|regle| regle.examiner(&self.faits));
        constats
            .flat_map(|constat| self.comparer(&constat))
            .collect()
    }

    fn comparer(&self, constat: &Constat) -> Vec<String> {
        let code = &constat.code;
        let mut ecarts = Vec::new();
        let trouve: Vec<String> = constat
            .trouve
            .iter()
            .map(|fait| format!("{} : {}", fait.libelle, fait.lisible()))
            .chain(constat.remede.clone())
            .collect();
        let trouve = trouve.join(" ; ");
        match self.attendu.get(code) {
            Some(attendu) if *attendu != constat.etat => ecarts.push(format!(
                "{code} : {} attendu, {} trouvé ({trouve})",
                attendu.libelle(),
                constat.etat.libelle()
            )),
            Some(_) => {}
            None => ecarts.push(format!(
                "{code} : aucun état attendu ; donnez-le dans [modele.attendu]"
            )),
        }
        match self.dit.get(code) {
            Some(mots) if !nu(&trouve).contains(&nu(mots)) => {
                ecarts.push(format!("{code} : « {mots} » attendu dans « {trouve} »"));
            }
            _ => {}
        }
        ecarts
    }
}

/// Without the no-break spaces nobody types.
fn nu(texte: &str) -> String {
    texte.replace(['\u{202f}', '\u{a0}'], " ").replace('’', "'")
}

struct Lecture<'c> {
    campagne: &'c Campagne,
}

impl Lecture<'_> {
    fn lire(&self, mut racine: Section<'_, '_>) -> Vec<Cas> {
        let mut modele = racine.section("modele");
        let mut faits = self.campagne.faits();
        self.poser(modele.section_si("faits"), &mut faits);
        let attendu = self.etats(modele.section_si("attendu"));
        modele.clore();
        let mut cas = vec![Cas {
            nom: "Le dossier modèle".to_owned(),
            place: 0,
            faits,
            attendu,
            dit: BTreeMap::new(),
        }];
        for section in racine.sections("cas") {
            let suivant = self.lire_cas(section, &cas[0]);
            cas.push(suivant);
        }
        racine.clore();
        cas
    }

    fn lire_cas(&self, mut section: Section<'_, '_>, modele: &Cas) -> Cas {
        let place = section.place;
        let mut faits = modele.faits.clone();
        self.poser(section.section_si("faits"), &mut faits);
        for inconnu in section.codes("inconnus") {
            if faits.vocabulaire().terme(&inconnu.valeur).is_none() {
                self.mot_inconnu(&section, &inconnu);
            }
            faits.oublier(&inconnu.valeur);
        }
        let mut attendu = modele.attendu.clone();
        attendu.extend(self.etats(section.section_si("attendu")));
        let dit = self.paroles(section.section_si("dit"));
        let cas = Cas {
            nom: section.texte("nom"),
            place,
            faits,
            attendu,
            dit,
        };
        section.clore();
        cas
    }

    fn mot_inconnu(&self, section: &Section<'_, '_>, chemin: &Lu<String>) {
        let message = format!("« {} » n'est pas un nom du vocabulaire.", chemin.valeur);
        let connus = self.campagne.vocabulaire().chemins();
        let attendu = voisin::attendu(&chemin.valeur, connus);
        section.fautes.signaler(chemin.place, &message, &attendu);
    }

    fn etats(&self, section: Option<Section<'_, '_>>) -> BTreeMap<String, Etat> {
        const ETATS: [(&str, Etat); 4] = [
            ("remplie", Etat::Remplie),
            ("non_remplie", Etat::NonRemplie),
            ("a_preciser", Etat::NonConnue),
            ("a_apprecier", Etat::AApprecier),
        ];
        let lire = |fautes: &Fautes, place: usize, texte: &str| {
            let trouve = ETATS.iter().find(|(mot, _)| *mot == texte);
            if trouve.is_none() {
                let mots = ETATS.iter().map(|(mot, _)| *mot);
                let message = format!("« {texte} » n'est pas un état.");
                fautes.signaler(place, &message, &voisin::attendu(texte, mots));
            }
            trouve.map(|(_, etat)| *etat)
        };
        self.par_regle(section, lire)
    }

    fn paroles(&self, section: Option<Section<'_, '_>>) -> BTreeMap<String, String> {
        self.par_regle(section, |_, _, texte| Some(texte.to_owned()))
    }

    /// A table whose keys are codes of rules.
    fn par_regle<T>(
        &self,
        section: Option<Section<'_, '_>>,
        lire: impl Fn(&Fautes, usize, &str) -> Option<T>,
    ) -> BTreeMap<String, T> {
        let mut lus = BTreeMap::new();
        let Some(section) = section else {
            return lus;
        };
        let fautes = section.fautes;
        for (code, valeur) in section.reste() {
            if self.campagne.regle(&code.valeur).is_none() {
                let codes = self.campagne.regles.iter().map(|regle| regle.code.as_str());
                let message = format!("La règle « {} » n'est pas dans l'appel.", code.valeur);
                fautes.signaler(code.place, &message, &voisin::attendu(&code.valeur, codes));
            }
            match valeur.as_str() {
                Some(texte) => {
                    if let Some(lu) = lire(fautes, valeur.span.start, texte) {
                        lus.insert(code.valeur, lu);
                    }
                }
                None => fautes.signaler(valeur.span.start, "Ce n'est pas un texte.", "un texte"),
            }
        }
        lus
    }

    fn poser(&self, section: Option<Section<'_, '_>>, faits: &mut Faits) {
        let Some(section) = section else {
            return;
        };
        let fautes = section.fautes;
        for (cle, valeur) in section.reste() {
            self.un_fait(fautes, &cle.valeur, cle.place, valeur, faits);
        }
    }

    /// `structure.forme = "…"`: tables are walked until a word is met.
    fn un_fait(
        &self,
        fautes: &Fautes,
        chemin: &str,
        place: usize,
        mut valeur: Value<'_>,
        faits: &mut Faits,
    ) {
        let terme = self.campagne.vocabulaire().terme(chemin);
        let debut = valeur.span.start;
        match (terme, valeur.take()) {
            (Some(terme), ecrite) => {
                let lue = valeur_de(fautes, debut, ecrite, &terme.genre);
                let refus = lue.and_then(|lue| faits.poser(chemin, lue, Origine::Registre).err());
                if let Some(refus) = refus {
                    fautes.signaler(debut, &refus.to_string(), terme.genre.nom());
                }
            }
            (None, ValueInner::Table(table)) => {
                for (cle, valeur) in table {
                    let suite = format!("{chemin}.{}", cle.name);
                    self.un_fait(fautes, &suite, cle.span.start, valeur, faits);
                }
            }
            (None, _) => {
                let message = format!("« {chemin} » n'est pas un nom du vocabulaire.");
                let connus = self.campagne.vocabulaire().chemins();
                fautes.signaler(place, &message, &voisin::attendu(chemin, connus));
            }
        }
    }
}

fn valeur_de(
    fautes: &Fautes,
    place: usize,
    ecrite: ValueInner<'_>,
    attendue: &Type,
) -> Option<Valeur> {
    let texte = |texte: &str| Lu {
        valeur: texte.to_owned(),
        place,
    };
    let lue = match (attendue, &ecrite) {
        (Type::Booleen, ValueInner::Boolean(vrai)) => Valeur::Booleen(*vrai),
        (Type::Entier, ValueInner::Integer(n)) => Valeur::Entier(*n),
        (Type::Montant, ValueInner::Integer(euros)) => Valeur::Montant(Montant::euros(*euros)),
        (Type::Texte, ValueInner::String(s)) => Valeur::Texte(s.to_string()),
        (Type::Choix(_), ValueInner::String(s)) => Valeur::choix(s.to_string()),
        (Type::Date, ValueInner::String(s)) => match jour(&texte(s)) {
            Ok(jour) => Valeur::Date(jour),
            Err(ecart) => {
                fautes.ajouter(ecart);
                return None;
            }
        },
        (Type::Instant, ValueInner::String(s)) => match instant_lu(&texte(s)) {
            Ok(instant) => Valeur::Instant(instant),
            Err(ecart) => {
                fautes.ajouter(ecart);
                return None;
            }
        },
        (Type::Plusieurs(_), ValueInner::Array(elements)) => {
            let codes = elements.iter().filter_map(Value::as_str);
            Valeur::Plusieurs(codes.map(str::to_owned).collect())
        }
        (Type::Liste(_), ValueInner::Array(_)) => {
            let (Type::Liste(fiche), ValueInner::Array(elements)) = (attendue, ecrite) else {
                return None;
            };
            let fiches = elements.into_iter();
            Valeur::Liste(fiches.filter_map(|e| fiche_de(fautes, e, fiche)).collect())
        }
        _ => {
            let message = format!("C'est {}.", genre(&ecrite));
            fautes.signaler(place, &message, attendue.nom());
            return None;
        }
    };
    Some(lue)
}

/// A local hour of Paris, or an instant in universal time: a case may say what
/// the server's stamp says.
fn instant_lu(lu: &Lu<String>) -> Result<Timestamp, super::faute::Ecart> {
    match lu.valeur.parse::<Timestamp>() {
        Ok(instant) if lu.valeur.ends_with('Z') => Ok(instant),
        _ => instant(lu),
    }
}

fn fiche_de(fautes: &Fautes, mut valeur: Value<'_>, fiche: &Fiche) -> Option<Enregistrement> {
    let place = valeur.span.start;
    let ValueInner::Table(table) = valeur.take() else {
        fautes.signaler(place, "Ce n'est pas une fiche.", "{ champ = valeur, … }");
        return None;
    };
    let mut enregistrement = Enregistrement::new();
    for (cle, mut valeur) in table {
        let debut = valeur.span.start;
        let Some(champ) = fiche.champ(&cle.name) else {
            let message = format!("Cette fiche n'a pas de champ « {} ».", cle.name);
            let champs = fiche.champs.iter().map(|champ| champ.code);
            fautes.signaler(
                cle.span.start,
                &message,
                &voisin::attendu(&cle.name, champs),
            );
            continue;
        };
        let lue = valeur_de(fautes, debut, valeur.take(), &champ.genre);
        enregistrement = enregistrement.avec_si(champ.code, lue);
    }
    Some(enregistrement)
}

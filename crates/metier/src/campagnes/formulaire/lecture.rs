//! Reading a form from a call's document.

use super::{Champ, ChoixOffert, Formulaire, Page, Rubrique, TypeChamp};
use crate::campagnes::conditions::{Ancre, Enumeration, Expression, Terme, Type, Vocabulaire};
use crate::campagnes::document::{Brut, Fautes, Lu, Section};
use crate::campagnes::identite::lire_donnees;
use crate::campagnes::subvention::MONTANT_DEMANDE;
use crate::campagnes::voisin;

/// A form read, its conditions not compiled yet.
pub(in crate::campagnes) struct FormulaireBrut {
    rubriques: Vec<RubriqueBrute>,
    sommaire: Vec<Lu<String>>,
    place: usize,
}

struct RubriqueBrute {
    rubrique: Rubrique,
    place: usize,
    si: Option<Brut>,
    champs: Vec<ChampBrut>,
}

struct ChampBrut {
    champ: Champ,
    place: usize,
    si: Option<Brut>,
    fait: Option<Lu<String>>,
    criteres: Vec<Lu<String>>,
    conservation: Option<Lu<String>>,
}

pub(in crate::campagnes) fn lire(racine: &mut Section<'_, '_>, document: &str) -> FormulaireBrut {
    let mut section = racine.section("formulaire");
    let place = section.place_de("sommaire");
    section.attendre("sommaire", "les pages du dossier, dans leur ordre");
    let sommaire = section.codes("sommaire");
    section.clore();
    let rubriques = racine.sections("rubriques").into_iter();
    FormulaireBrut {
        rubriques: rubriques.map(|s| lire_rubrique(s, document)).collect(),
        sommaire,
        place,
    }
}

fn lire_rubrique(mut section: Section<'_, '_>, document: &str) -> RubriqueBrute {
    let code = section.code("code");
    let champs = section.sections("champs").into_iter();
    let champs: Vec<ChampBrut> = champs.map(|s| lire_champ(s, document)).collect();
    if champs.is_empty() {
        let message = format!("La rubrique « {} » n'a pas de champ.", code.valeur);
        section
            .fautes
            .signaler_absence(code.place, &message, "une table [[rubriques.champs]]");
    }
    let brute = RubriqueBrute {
        si: section.brut_si("si", document),
        place: code.place,
        rubrique: Rubrique {
            code: code.valeur,
            titre: section.texte("titre"),
            aide: section.texte_si("aide"),
            si: None,
            champs: Vec::new(),
        },
        champs,
    };
    section.clore();
    brute
}

fn lire_champ(mut section: Section<'_, '_>, document: &str) -> ChampBrut {
    let code = section.code("code");
    if !se_nomme(&code.valeur) {
        let message = format!(
            "« {} » ne peut pas être nommé dans une expression.",
            code.valeur
        );
        let attendu = "des lettres minuscules sans accent, des chiffres et « _ »";
        section.fautes.signaler(code.place, &message, attendu);
    }
    let donnees = lire_donnees(&mut section);
    let criteres = section.codes("criteres");
    let fait = section.code_si("fait");
    let genre = lire_genre(&mut section);
    if matches!(genre, TypeChamp::Courriel | TypeChamp::Telephone) && donnees.is_none() {
        let message = format!(
            "Le champ « {} » désigne une personne : dites pourquoi, et combien de temps.",
            code.valeur
        );
        let attendu = "donnees_personnelles = { finalite = \"…\", conservation = \"…\" }";
        section
            .fautes
            .signaler_absence(code.place, &message, attendu);
    }
    let champ = Champ {
        code: code.valeur,
        libelle: section.texte("libelle"),
        genre,
        aide: section.texte_si("aide"),
        pourquoi: section.texte_si("pourquoi"),
        obligatoire: section.booleen("obligatoire", true),
        si: None,
        criteres: criteres.iter().map(|lu| lu.valeur.clone()).collect(),
        fait: fait.as_ref().map(|lu| lu.valeur.clone()),
        donnees_personnelles: donnees.as_ref().map(|lu| lu.valeur.clone()),
    };
    let si = section.brut_si("si", document);
    section.clore();
    ChampBrut {
        champ,
        place: code.place,
        si,
        fait,
        criteres,
        conservation: donnees.map(|lu| Lu {
            valeur: lu.valeur.conservation,
            place: lu.place,
        }),
    }
}

/// Whether `champs.<code>` can be written; an empty code was told already.
fn se_nomme(code: &str) -> bool {
    let admis = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    code.chars().all(admis) && !code.starts_with(|c: char| c.is_ascii_digit())
}

fn lire_genre(section: &mut Section<'_, '_>) -> TypeChamp {
    const MOTS: [(&str, u8); 13] = [
        ("texte_court", 0),
        ("texte_long", 1),
        ("choix", 2),
        ("choix_multiples", 3),
        ("nombre", 4),
        ("oui_non", 5),
        ("date", 6),
        ("montant", 7),
        ("siret", 8),
        ("rna", 9),
        ("commune", 10),
        ("courriel", 11),
        ("telephone", 12),
    ];
    match section.parmi("type", &MOTS) {
        0 => TypeChamp::TexteCourt {
            signes_max: signes(section, 200, 500),
        },
        1 => TypeChamp::TexteLong {
            signes_max: signes(section, 1_500, 10_000),
        },
        2 => TypeChamp::Choix(lire_choix(section)),
        3 => TypeChamp::ChoixMultiples(lire_choix(section)),
        4 => lire_nombre(section),
        5 => TypeChamp::OuiNon,
        6 => TypeChamp::Date,
        7 => TypeChamp::Montant,
        8 => TypeChamp::Siret,
        9 => TypeChamp::Rna,
        10 => TypeChamp::Commune,
        11 => TypeChamp::Courriel,
        _ => TypeChamp::Telephone,
    }
}

fn signes(section: &mut Section<'_, '_>, defaut: u32, max: i64) -> u32 {
    let signes = section.entier_si("signes_max", 1..=max);
    signes.and_then(|n| u32::try_from(n).ok()).unwrap_or(defaut)
}

fn lire_nombre(section: &mut Section<'_, '_>) -> TypeChamp {
    const GRAND: i64 = 1_000_000_000;
    let min = section.entier_si("min", -GRAND..=GRAND).unwrap_or(0);
    let place = section.place_de("max");
    let max = section.entier_si("max", -GRAND..=GRAND).unwrap_or(GRAND);
    if max < min {
        section.fautes.signaler(
            place,
            "Le plus grand nombre est plus petit que l'autre.",
            "un nombre plus grand",
        );
    }
    TypeChamp::Nombre { min, max }
}

fn lire_choix(section: &mut Section<'_, '_>) -> Vec<ChoixOffert> {
    let place = section.place_de("choix");
    let mut offerts: Vec<ChoixOffert> = Vec::new();
    for mut table in section.sections("choix") {
        let code = table.code("code");
        if offerts.iter().any(|offert| offert.code == code.valeur) {
            let message = format!("Le choix « {} » est déjà offert.", code.valeur);
            table.fautes.signaler(code.place, &message, "un autre code");
        }
        offerts.push(ChoixOffert {
            code: code.valeur,
            libelle: table.texte("libelle"),
        });
        table.clore();
    }
    if offerts.len() < 2 {
        let attendu = "choix = [{ code = \"…\", libelle = \"…\" }, …]";
        section
            .fautes
            .signaler_absence(place, "Un choix en offre au moins deux.", attendu);
    }
    offerts
}

impl FormulaireBrut {
    /// Whether every dossier says how much it asks for.
    pub fn demande_un_montant(&self) -> bool {
        let mut champs = self.rubriques.iter().flat_map(|brute| &brute.champs);
        champs.any(|brut| {
            brut.champ.code == MONTANT_DEMANDE
                && brut.champ.genre == TypeChamp::Montant
                && brut.champ.obligatoire
                && brut.si.is_none()
        })
    }

    /// The places of the codes of rubriques, then of fields.
    pub(in crate::campagnes) fn codes(&self) -> (Vec<Lu<String>>, Vec<Lu<String>>) {
        let lu = |code: &str, place| Lu {
            valeur: code.to_owned(),
            place,
        };
        let rubriques = self.rubriques.iter();
        let champs = self.rubriques.iter().flat_map(|r| &r.champs);
        (
            rubriques.map(|r| lu(&r.rubrique.code, r.place)).collect(),
            champs.map(|c| lu(&c.champ.code, c.place)).collect(),
        )
    }

    /// What the fields name elsewhere in the document.
    pub(in crate::campagnes) fn citations(&self) -> (Vec<&Lu<String>>, Vec<&Lu<String>>) {
        let champs = || self.rubriques.iter().flat_map(|r| &r.champs);
        (
            champs().flat_map(|c| &c.criteres).collect(),
            champs().filter_map(|c| c.conservation.as_ref()).collect(),
        )
    }

    /// Adds the fields to the words of the call, and says which words they
    /// answer.
    pub(in crate::campagnes) fn enrichir(&self, vocabulaire: &mut Vocabulaire, fautes: &Fautes) {
        for rubrique in &self.rubriques {
            for brut in &rubrique.champs {
                let champ = &brut.champ;
                let ancre = Ancre::Champ {
                    rubrique: rubrique.rubrique.code.clone(),
                    champ: champ.code.clone(),
                };
                if let Some(fait) = &brut.fait {
                    verifier_fait(champ, fait, vocabulaire, fautes);
                    vocabulaire.repondre_par(&fait.valeur, ancre.clone());
                }
                vocabulaire.ajouter(Terme {
                    chemin: format!("champs.{}", champ.code),
                    libelle: champ.libelle.clone(),
                    genre: champ.genre.en_condition(),
                    ancre,
                });
            }
        }
    }

    /// Compiles the conditions of display and orders the summary.
    pub(in crate::campagnes) fn compiler(
        self,
        vocabulaire: &Vocabulaire,
        fautes: &Fautes,
    ) -> Formulaire {
        let sommaire = self.sommaire(fautes);
        // A condition may only look back: what follows is not answered yet.
        let mut connus: Vec<String> = Vec::new();
        let mut rubriques = Vec::new();
        for brute in self.rubriques {
            let mut rubrique = brute.rubrique;
            rubrique.si = condition(brute.si.as_ref(), &connus, vocabulaire, fautes);
            for brut in brute.champs {
                let mut champ = brut.champ;
                champ.si = condition(brut.si.as_ref(), &connus, vocabulaire, fautes);
                connus.push(format!("champs.{}", champ.code));
                rubrique.champs.push(champ);
            }
            rubriques.push(rubrique);
        }
        Formulaire {
            rubriques,
            sommaire,
        }
    }

    fn sommaire(&self, fautes: &Fautes) -> Vec<Page> {
        let codes: Vec<&str> = self
            .rubriques
            .iter()
            .map(|r| r.rubrique.code.as_str())
            .collect();
        let mut pages: Vec<Page> = Vec::new();
        for cite in &self.sommaire {
            let page = match cite.valeur.as_str() {
                "membres" => Page::Membres,
                "budget" => Page::Budget,
                "pieces" => Page::Pieces,
                code if codes.contains(&code) => Page::Rubrique(code.to_owned()),
                code => {
                    let connus = codes.iter().copied().chain(["membres", "budget", "pieces"]);
                    let message = format!("« {code} » n'est pas une page du dossier.");
                    fautes.signaler_absence(cite.place, &message, &voisin::attendu(code, connus));
                    continue;
                }
            };
            if pages.contains(&page) {
                let message = format!("La page « {} » est déjà au sommaire.", cite.valeur);
                fautes.signaler(cite.place, &message, "chaque page une fois");
            } else {
                pages.push(page);
            }
        }
        for code in codes {
            if !pages.contains(&Page::Rubrique(code.to_owned())) {
                let message = format!("La rubrique « {code} » n'est pas au sommaire.");
                fautes.signaler_absence(self.place, &message, "toutes les rubriques");
            }
        }
        pages
    }
}

fn condition(
    brut: Option<&Brut>,
    connus: &[String],
    vocabulaire: &Vocabulaire,
    fautes: &Fautes,
) -> Option<Expression> {
    let brut = brut?;
    let expression = fautes.expression(brut, Expression::lire(&brut.texte, vocabulaire))?;
    let en_avant = expression
        .termes()
        .find(|terme| terme.starts_with("champs.") && !connus.iter().any(|connu| connu == terme));
    if let Some(terme) = en_avant {
        let message = format!("« {terme} » est demandé plus loin, ou ici même.");
        fautes.signaler(brut.place, &message, "un champ qui précède");
    }
    Some(expression)
}

/// A field that answers a word must take its values, and no others.
fn verifier_fait(champ: &Champ, fait: &Lu<String>, vocabulaire: &Vocabulaire, fautes: &Fautes) {
    let Some(terme) = vocabulaire.terme(&fait.valeur) else {
        let message = format!("« {} » n'est pas un nom du vocabulaire.", fait.valeur);
        let attendu = voisin::attendu(&fait.valeur, vocabulaire.chemins());
        return fautes.signaler(fait.place, &message, &attendu);
    };
    let convient = match (&champ.genre.en_condition(), &terme.genre) {
        (Type::Choix(offerts), Type::Choix(connus)) => {
            offerts.codes().all(|code| connus.contient(code))
        }
        (offert, connu) => offert == connu,
    };
    if !convient {
        let message = format!("Ce champ ne peut pas répondre à « {} ».", terme.chemin);
        let attendu = match &terme.genre {
            Type::Choix(connus) => {
                let codes: Vec<&str> = connus.codes().collect();
                format!("un choix parmi : {}", codes.join(", "))
            }
            autre => autre.nom().to_owned(),
        };
        fautes.signaler(fait.place, &message, &attendu);
    }
}

impl TypeChamp {
    /// The type of the answer in a condition.
    pub(in crate::campagnes) fn en_condition(&self) -> Type {
        let liste = |offerts: &[ChoixOffert]| {
            Enumeration::new(offerts.iter().map(|c| (c.code.clone(), c.libelle.clone())))
        };
        match self {
            Self::Choix(offerts) => Type::Choix(liste(offerts)),
            Self::ChoixMultiples(offerts) => Type::Plusieurs(liste(offerts)),
            Self::OuiNon => Type::Booleen,
            Self::Date => Type::Date,
            Self::Nombre { .. } => Type::Entier,
            Self::Montant => Type::Montant,
            _ => Type::Texte,
        }
    }
}

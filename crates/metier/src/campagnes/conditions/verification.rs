//! The check of a parsed condition against the vocabulary.
//!
//! Every fault is kept and the walk goes on: a part that cannot be typed is
//! left out, so that one slip is told once.

use std::collections::BTreeSet;

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, SourceInfo, operators};

use super::arbre::{Comparaison, Expression, Noeud, Variable};
use super::types::Type;
use super::valeurs::Valeur;
use super::vocabulaire::Vocabulaire;
use crate::campagnes::faute::Ecart;
use crate::campagnes::voisin;

/// A checked node and its type.
pub(super) type Typee = (Noeud, Type);

pub(super) struct Verification<'t> {
    texte: &'t str,
    source: &'t SourceInfo,
    pub(super) vocabulaire: &'t Vocabulaire,
    /// Variables in scope, the outermost first.
    pub(super) portee: Vec<Variable>,
    /// Variables bound by an outermost quantifier.
    pub(super) variables: Vec<Variable>,
    termes: BTreeSet<String>,
    ecarts: Vec<Ecart>,
}

impl<'t> Verification<'t> {
    pub(super) fn new(
        texte: &'t str,
        source: &'t SourceInfo,
        vocabulaire: &'t Vocabulaire,
    ) -> Self {
        Self {
            texte,
            source,
            vocabulaire,
            portee: Vec::new(),
            variables: Vec::new(),
            termes: BTreeSet::new(),
            ecarts: Vec::new(),
        }
    }

    pub(super) fn dans(mut self, variable: Variable) -> Self {
        self.portee.push(variable);
        self
    }

    pub(super) fn conclure(
        mut self,
        arbre: &IdedExpr,
        attendu: &Type,
    ) -> Result<Expression, Vec<Ecart>> {
        let racine = self.du_type(arbre, attendu);
        match racine {
            Some(racine) if self.ecarts.is_empty() => Ok(Expression {
                texte: self.texte.to_owned(),
                racine,
                genre: attendu.clone(),
                termes: self.termes,
                variables: self.variables,
            }),
            _ => {
                self.ecarts.sort_by_key(|ecart| ecart.place);
                Err(self.ecarts)
            }
        }
    }

    pub(super) fn refuser<T>(&mut self, place: usize, message: &str, attendu: &str) -> Option<T> {
        self.ecarts
            .push(Ecart::new(place, message).attendu(attendu));
        None
    }

    /// The node, if it has that type.
    pub(super) fn du_type(&mut self, e: &IdedExpr, attendu: &Type) -> Option<Noeud> {
        let (noeud, genre) = self.noeud(e)?;
        if genre == *attendu {
            return Some(noeud);
        }
        let message = format!("C'est {}.", genre.nom());
        self.refuser(self.debut(e), &message, attendu.nom())
    }

    pub(super) fn noeud(&mut self, e: &IdedExpr) -> Option<Typee> {
        match &e.expr {
            Expr::Literal(valeur) => self.litteral(e, valeur),
            Expr::Ident(_) | Expr::Select(_) => self.nom(e),
            Expr::Call(appel) => self.appel(e, appel),
            Expr::List(_) => {
                let message = "Une liste ne s'écrit qu'après « in ».";
                self.refuser(
                    self.debut(e),
                    message,
                    "structure.forme in [\"association\"]",
                )
            }
            _ => self.refuser(
                self.debut(e),
                "Cette construction n'est pas admise.",
                "une comparaison",
            ),
        }
    }

    fn litteral(&mut self, e: &IdedExpr, valeur: &LiteralValue) -> Option<Typee> {
        let (valeur, genre) = match valeur {
            LiteralValue::Boolean(b) => (Valeur::Booleen(*b.inner()), Type::Booleen),
            LiteralValue::Int(n) => (Valeur::Entier(*n.inner()), Type::Entier),
            LiteralValue::String(s) => (Valeur::Texte(s.inner().to_owned()), Type::Texte),
            _ => {
                let message = "Cette valeur n'est pas admise.";
                return self.refuser(self.debut(e), message, "un entier, un texte, true ou false");
            }
        };
        Some((Noeud::Constante(valeur), genre))
    }

    /// A word of the vocabulary, or a field of a record in scope.
    fn nom(&mut self, e: &IdedExpr) -> Option<Typee> {
        let place = self.debut(e);
        let Some(segments) = segments(e) else {
            let message = "Ce champ n'est pas celui d'un nom.";
            return self.refuser(place, message, "un nom du vocabulaire");
        };
        let rang = self.portee.iter().position(|v| v.nom == segments[0]);
        if let Some(rang) = rang {
            return self.champ(place, rang, &segments);
        }
        let chemin = segments.join(".");
        match self.vocabulaire.terme(&chemin) {
            Some(terme) => {
                let genre = terme.genre.clone();
                self.termes.insert(chemin.clone());
                Some((Noeud::Terme(chemin), genre))
            }
            None => {
                let message = format!("« {chemin} » n'est pas un nom du vocabulaire.");
                let attendu = voisin::attendu(&chemin, self.vocabulaire.chemins());
                self.refuser(place, &message, &attendu)
            }
        }
    }

    fn champ(&mut self, place: usize, rang: usize, segments: &[&str]) -> Option<Typee> {
        let fiche = self.portee[rang].fiche.clone();
        let nom = segments[0];
        let [_, code] = segments else {
            let exemple = fiche.champs.first().map_or("nom", |champ| champ.code);
            let message = format!("« {nom} » désigne une fiche : dites lequel de ses champs.");
            return self.refuser(place, &message, &format!("« {nom}.{exemple} »"));
        };
        match fiche.champ(code) {
            Some(champ) => Some((
                Noeud::Champ {
                    rang,
                    champ: champ.code,
                    libelle: champ.libelle,
                },
                champ.genre.clone(),
            )),
            None => {
                let message = format!("« {nom} » n'a pas de champ « {code} ».");
                let codes = fiche.champs.iter().map(|champ| champ.code);
                self.refuser(place, &message, &voisin::attendu(code, codes))
            }
        }
    }

    fn appel(&mut self, e: &IdedExpr, appel: &CallExpr) -> Option<Typee> {
        let nom = appel.func_name.as_str();
        if let Some(cible) = &appel.target {
            return self.parcours(e, cible, nom, &appel.args);
        }
        match (nom, appel.args.as_slice()) {
            (operators::LOGICAL_AND, [a, b]) => self.logique(a, b, Noeud::Et),
            (operators::LOGICAL_OR, [a, b]) => self.logique(a, b, Noeud::Ou),
            (operators::LOGICAL_NOT, [a]) => {
                let a = self.du_type(a, &Type::Booleen)?;
                Some((Noeud::Non(Box::new(a)), Type::Booleen))
            }
            (operators::ADD, [a, b]) => self.somme(e, a, b, Noeud::Plus),
            (operators::SUBSTRACT, [a, b]) => self.somme(e, a, b, Noeud::Moins),
            (operators::IN, [a, b]) => self.appartenance(a, b),
            (_, [a, b]) if Comparaison::de(nom).is_some() => {
                let sens = Comparaison::de(nom)?;
                self.comparaison(e, sens, a, b)
            }
            _ if nom.contains('_') && !nom.starts_with(|c: char| c.is_ascii_alphabetic()) => self
                .refuser(
                    self.debut(e),
                    "Cette opération n'est pas admise.",
                    "« + » ou « - »",
                ),
            (_, args) => self.fonction(self.debut(e), nom, args),
        }
    }

    fn logique(
        &mut self,
        a: &IdedExpr,
        b: &IdedExpr,
        noeud: fn(Box<Noeud>, Box<Noeud>) -> Noeud,
    ) -> Option<Typee> {
        let (a, b) = (
            self.du_type(a, &Type::Booleen),
            self.du_type(b, &Type::Booleen),
        );
        Some((noeud(Box::new(a?), Box::new(b?)), Type::Booleen))
    }

    /// Where an operator or a sign stands.
    pub(super) fn place(&self, e: &IdedExpr) -> usize {
        self.source
            .offset_for(e.id)
            .and_then(|(debut, _)| usize::try_from(debut).ok())
            .unwrap_or(0)
    }

    /// Where the text of a part begins.
    pub(super) fn debut(&self, e: &IdedExpr) -> usize {
        match &e.expr {
            Expr::Select(champ) => self.debut(&champ.operand),
            Expr::Call(appel) => match (&appel.target, appel.args.as_slice()) {
                (Some(cible), _) => self.debut(cible),
                (None, [a, _]) if !self.est_une_fonction(appel) => self.debut(a),
                (None, _) if self.est_une_fonction(appel) => self.nom_avant(self.place(e)),
                _ => self.place(e),
            },
            _ => self.place(e),
        }
    }

    fn est_une_fonction(&self, appel: &CallExpr) -> bool {
        let nom = &appel.func_name;
        nom.starts_with(|c: char| c.is_ascii_alphabetic())
    }

    /// Where the name before an opening parenthesis begins.
    pub(super) fn nom_avant(&self, parenthese: usize) -> usize {
        let avant = self.texte[..parenthese].trim_end();
        let est_du_nom = |c: char| c.is_ascii_alphanumeric() || c == '_';
        avant.trim_end_matches(est_du_nom).len()
    }
}

/// `a.b.c` as three words; nothing when it does not start with a name.
fn segments(e: &IdedExpr) -> Option<Vec<&str>> {
    match &e.expr {
        Expr::Ident(nom) => Some(vec![nom.as_str()]),
        Expr::Select(champ) => {
            let mut debut = segments(&champ.operand)?;
            debut.push(&champ.field);
            Some(debut)
        }
        _ => None,
    }
}

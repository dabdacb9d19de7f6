//! The check of comparisons, sums, functions and quantifiers.

use cel::common::ast::{Expr, IdedExpr, LiteralValue};
use jiff::civil::Date;

use super::arbre::{Comparaison, Noeud, Variable};
use super::types::{Enumeration, Type};
use super::valeurs::{Duree, Valeur};
use super::verification::{Typee, Verification};
use crate::campagnes::voisin;
use crate::commun::Montant;

/// Quantifiers within one another: two lists crossed, no more.
const IMBRICATION_MAX: usize = 2;
const FONCTIONS: [&str; 7] = ["date", "euros", "annees", "mois", "jours", "jour", "size"];
const PARCOURS: [&str; 2] = ["exists", "all"];

impl Verification<'_> {
    pub(super) fn comparaison(
        &mut self,
        e: &IdedExpr,
        sens: Comparaison,
        a: &IdedExpr,
        b: &IdedExpr,
    ) -> Option<Typee> {
        let (gauche, droite) = (self.noeud(a), self.noeud(b));
        let (gauche, droite) = (gauche?, droite?);
        let gauche = self.accorder(a, gauche, &droite.1)?;
        let droite = self.accorder(b, droite, &gauche.1)?;
        let place = self.place(e);
        if gauche.1 != droite.1 {
            let message = format!(
                "On ne compare pas {} et {}.",
                gauche.1.nom(),
                droite.1.nom()
            );
            return self.refuser(place, &message, passage(&gauche.1, &droite.1));
        }
        if !gauche.1.est_comparable() || (sens.est_un_ordre() && !gauche.1.est_ordonne()) {
            let message = format!("Cette comparaison n'a pas de sens pour {}.", gauche.1.nom());
            let attendu = match &gauche.1 {
                Type::Liste(_) => "exists, all ou size",
                Type::Plusieurs(_) | Type::Fenetre => "« in »",
                _ => "« == » ou « != »",
            };
            return self.refuser(place, &message, attendu);
        }
        let noeud = Noeud::Compare(sens, Box::new(gauche.0), Box::new(droite.0));
        Some((noeud, Type::Booleen))
    }

    /// Takes a text for a code where a code is expected.
    fn accorder(&mut self, e: &IdedExpr, (noeud, genre): Typee, autre: &Type) -> Option<Typee> {
        match (&noeud, &genre, autre) {
            (Noeud::Constante(Valeur::Texte(code)), Type::Texte, Type::Choix(liste)) => {
                let code = self.code(e, code, liste)?;
                Some((Noeud::Constante(code), autre.clone()))
            }
            _ => Some((noeud, genre)),
        }
    }

    fn code(&mut self, e: &IdedExpr, code: &str, liste: &Enumeration) -> Option<Valeur> {
        if liste.contient(code) {
            return Some(Valeur::choix(code));
        }
        let codes: Vec<&str> = liste.codes().collect();
        let message = format!("« {code} » n'est pas une valeur possible ici.");
        self.refuser(self.debut(e), &message, &voisin::attendu(code, codes))
    }

    pub(super) fn appartenance(&mut self, a: &IdedExpr, b: &IdedExpr) -> Option<Typee> {
        let gauche = self.noeud(a);
        if let Expr::List(liste) = &b.expr {
            return self.liste(gauche?, &liste.elements, b);
        }
        let (gauche, droite) = (gauche, self.noeud(b));
        let ((noeud, genre), (ensemble, contenant)) = (gauche?, droite?);
        let noeud = match (&noeud, &genre, &contenant) {
            (_, Type::Instant, Type::Fenetre) => noeud,
            (Noeud::Constante(Valeur::Texte(code)), Type::Texte, Type::Plusieurs(liste)) => {
                Noeud::Constante(self.code(a, code, liste)?)
            }
            (_, Type::Choix(code), Type::Plusieurs(liste)) if code == liste => noeud,
            _ => {
                let message = format!(
                    "On ne cherche pas {} dans {}.",
                    genre.nom(),
                    contenant.nom()
                );
                let attendu = match &contenant {
                    Type::Fenetre => "un instant",
                    Type::Plusieurs(_) => "l'un de ses codes",
                    Type::Liste(_) => "exists ou all",
                    _ => "une liste entre crochets",
                };
                return self.refuser(self.debut(b), &message, attendu);
            }
        };
        let noeud = Noeud::Parmi(Box::new(noeud), Box::new(ensemble));
        Some((noeud, Type::Booleen))
    }

    fn liste(&mut self, gauche: Typee, elements: &[IdedExpr], b: &IdedExpr) -> Option<Typee> {
        let (noeud, genre) = gauche;
        if !genre.est_comparable() || elements.is_empty() {
            let message = format!("Cette liste ne peut pas contenir {}.", genre.nom());
            return self.refuser(self.debut(b), &message, "une liste de valeurs comparables");
        }
        let mut valeurs = Vec::new();
        for element in elements {
            if let Some(valeur) = self.element(element, &genre) {
                valeurs.push(valeur);
            }
        }
        let noeud = Noeud::ParmiListe(Box::new(noeud), valeurs);
        Some((noeud, Type::Booleen))
    }

    fn element(&mut self, e: &IdedExpr, genre: &Type) -> Option<Valeur> {
        let lu = self.noeud(e)?;
        match self.accorder(e, lu, genre)? {
            (Noeud::Constante(valeur), g) if g == *genre => Some(valeur),
            _ => {
                let message =
                    "La liste qui suit « in » ne contient que des valeurs écrites, du même genre.";
                self.refuser(self.debut(e), message, genre.nom())
            }
        }
    }

    pub(super) fn somme(
        &mut self,
        e: &IdedExpr,
        a: &IdedExpr,
        b: &IdedExpr,
        noeud: fn(Box<Noeud>, Box<Noeud>) -> Noeud,
    ) -> Option<Typee> {
        let (gauche, droite) = (self.noeud(a), self.noeud(b));
        let ((gauche, genre), (droite, ajout)) = (gauche?, droite?);
        let permis = matches!(
            (&genre, &ajout),
            (Type::Entier, Type::Entier)
                | (Type::Montant, Type::Montant)
                | (Type::Date | Type::Instant, Type::Duree)
        );
        if permis {
            return Some((noeud(Box::new(gauche), Box::new(droite)), genre));
        }
        let message = format!(
            "On n'ajoute ni ne retranche {} à {}.",
            ajout.nom(),
            genre.nom()
        );
        let attendu = match genre {
            Type::Date | Type::Instant => "annees(5), mois(3) ou jours(10)",
            Type::Montant => "euros(1000)",
            _ => "deux nombres, deux montants, ou une date et une durée",
        };
        self.refuser(self.place(e), &message, attendu)
    }

    pub(super) fn fonction(&mut self, place: usize, nom: &str, args: &[IdedExpr]) -> Option<Typee> {
        match (nom, args) {
            ("date", [a]) => self.date(a),
            ("euros", [a]) => {
                let euros = self.entier_ecrit(a, 1_000_000_000)?;
                let montant = Valeur::Montant(Montant::euros(euros.into()));
                Some((Noeud::Constante(montant), Type::Montant))
            }
            ("annees", [a]) => Some(duree(Duree::Mois(12 * self.entier_ecrit(a, 200)?))),
            ("mois", [a]) => Some(duree(Duree::Mois(self.entier_ecrit(a, 2_400)?))),
            ("jours", [a]) => Some(duree(Duree::Jours(self.entier_ecrit(a, 73_000)?))),
            ("jour", [a]) => {
                let instant = self.du_type(a, &Type::Instant)?;
                Some((Noeud::Jour(Box::new(instant)), Type::Date))
            }
            ("size", [a]) => match self.noeud(a)? {
                (noeud, Type::Liste(_) | Type::Plusieurs(_)) => {
                    Some((Noeud::Taille(Box::new(noeud)), Type::Entier))
                }
                (_, genre) => {
                    let message = format!("« size » compte une liste, et c'est {}.", genre.nom());
                    self.refuser(self.debut(a), &message, "une liste")
                }
            },
            _ if FONCTIONS.contains(&nom) => {
                let message = format!("« {nom} » prend une valeur, et une seule.");
                self.refuser(place, &message, &format!("« {nom}(…) »"))
            }
            _ if PARCOURS.contains(&nom) => {
                let message = format!("« {nom} » s'écrit après une liste.");
                self.refuser(place, &message, &format!("« membres.{nom}(m, …) »"))
            }
            _ => {
                let message = format!("La fonction « {nom} » n'est pas admise.");
                self.refuser(place, &message, &voisin::attendu(nom, FONCTIONS))
            }
        }
    }

    fn date(&mut self, a: &IdedExpr) -> Option<Typee> {
        let lue = match &a.expr {
            Expr::Literal(LiteralValue::String(texte)) => jour_ecrit(texte.inner()),
            _ => None,
        };
        match lue {
            Some(jour) => Some((Noeud::Constante(Valeur::Date(jour)), Type::Date)),
            None => {
                let message = "Cette date n'existe pas, ou n'est pas écrite comme il faut.";
                self.refuser(self.debut(a), message, "date(\"2021-06-30\")")
            }
        }
    }

    fn entier_ecrit(&mut self, a: &IdedExpr, max: i32) -> Option<i32> {
        let lu = match &a.expr {
            Expr::Literal(LiteralValue::Int(n)) => i32::try_from(*n.inner()).ok(),
            _ => None,
        };
        match lu {
            Some(n) if (0..=max).contains(&n) => Some(n),
            _ => {
                let attendu = format!("un nombre entier écrit, de 0 à {max}");
                self.refuser(self.debut(a), "Ce nombre ne convient pas.", &attendu)
            }
        }
    }

    pub(super) fn parcours(
        &mut self,
        e: &IdedExpr,
        cible: &IdedExpr,
        nom: &str,
        args: &[IdedExpr],
    ) -> Option<Typee> {
        let place = self.nom_avant(self.place(e));
        let tous = match nom {
            "exists" => false,
            "all" => true,
            _ => {
                let message = format!("« .{nom}(…) » n'est pas admis.");
                return self.refuser(place, &message, &voisin::attendu(nom, PARCOURS));
            }
        };
        let (liste, fiche) = match self.noeud(cible)? {
            (Noeud::Terme(chemin), Type::Liste(fiche)) => (chemin, fiche),
            (_, genre) => {
                let message = format!("« {nom} » parcourt une liste, et c'est {}.", genre.nom());
                return self.refuser(self.debut(cible), &message, "une liste du vocabulaire");
            }
        };
        let [variable, corps] = args else {
            let message = format!("« {nom} » prend un nom, puis une condition.");
            return self.refuser(place, &message, &format!("« {nom}(m, …) »"));
        };
        let variable = Variable {
            nom: self.nom_de_variable(variable)?,
            fiche,
        };
        let rang = self.portee.len();
        if rang >= IMBRICATION_MAX {
            let message = "Pas plus de deux parcours l'un dans l'autre.";
            return self.refuser(place, message, "deux règles");
        }
        if rang == 0 && !self.variables.contains(&variable) {
            self.variables.push(variable.clone());
        }
        self.portee.push(variable);
        let corps = self.du_type(corps, &Type::Booleen);
        self.portee.pop();
        let noeud = Noeud::Quantifie {
            tous,
            liste,
            corps: Box::new(corps?),
        };
        Some((noeud, Type::Booleen))
    }

    fn nom_de_variable(&mut self, e: &IdedExpr) -> Option<String> {
        let place = self.debut(e);
        let Expr::Ident(nom) = &e.expr else {
            let message = "Le premier élément est le nom donné à chaque fiche.";
            return self.refuser(place, message, "une lettre, par exemple m");
        };
        let pris =
            self.vocabulaire.est_une_racine(nom) || self.portee.iter().any(|v| v.nom == *nom);
        if pris {
            let message = format!("Le nom « {nom} » est déjà pris.");
            return self.refuser(place, &message, "un autre nom, par exemple m");
        }
        Some(nom.clone())
    }
}

fn duree(duree: Duree) -> Typee {
    (Noeud::Constante(Valeur::Duree(duree)), Type::Duree)
}

/// A day in its only written form, `2021-06-30`.
fn jour_ecrit(texte: &str) -> Option<Date> {
    let jour: Date = texte.parse().ok()?;
    (jour.to_string() == texte).then_some(jour)
}

/// How to go from one type to the other.
fn passage(a: &Type, b: &Type) -> &'static str {
    match (a, b) {
        (Type::Date, Type::Instant) | (Type::Instant, Type::Date) => "jour(…) autour de l'instant",
        (Type::Montant, _) | (_, Type::Montant) => "un montant, par exemple euros(1000)",
        (Type::Date, _) | (_, Type::Date) => "une date, par exemple date(\"2021-06-30\")",
        (Type::Plusieurs(_), _) | (_, Type::Plusieurs(_)) => "« in »",
        _ => "deux valeurs du même genre",
    }
}

//! Three values: true, false, not known (Kleene's strong logic).

/// The truth of a condition when some facts may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kleene {
    /// True whatever the missing facts are.
    Vrai,
    /// False whatever the missing facts are.
    Faux,
    /// A missing fact decides.
    Inconnu,
}

use Kleene::{Faux, Inconnu, Vrai};

impl Kleene {
    /// `&&`: one false is enough to be false, even beside an unknown.
    #[must_use]
    pub const fn et(self, autre: Self) -> Self {
        match (self, autre) {
            (Faux, _) | (_, Faux) => Faux,
            (Vrai, Vrai) => Vrai,
            _ => Inconnu,
        }
    }

    /// `||`: one true is enough to be true, even beside an unknown.
    #[must_use]
    pub const fn ou(self, autre: Self) -> Self {
        match (self, autre) {
            (Vrai, _) | (_, Vrai) => Vrai,
            (Faux, Faux) => Faux,
            _ => Inconnu,
        }
    }

    /// `!`: an unknown stays unknown.
    #[must_use]
    pub const fn non(self) -> Self {
        match self {
            Vrai => Faux,
            Faux => Vrai,
            Inconnu => Inconnu,
        }
    }
}

impl From<bool> for Kleene {
    fn from(vrai: bool) -> Self {
        if vrai { Vrai } else { Faux }
    }
}

impl From<Option<bool>> for Kleene {
    fn from(valeur: Option<bool>) -> Self {
        valeur.map_or(Inconnu, Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALEURS: [Kleene; 3] = [Vrai, Faux, Inconnu];

    #[test]
    fn la_table_du_et() {
        let attendu = [
            [Vrai, Faux, Inconnu],
            [Faux, Faux, Faux],
            [Inconnu, Faux, Inconnu],
        ];
        for (i, a) in VALEURS.into_iter().enumerate() {
            for (j, b) in VALEURS.into_iter().enumerate() {
                assert_eq!(a.et(b), attendu[i][j], "{a:?} et {b:?}");
            }
        }
    }

    #[test]
    fn la_table_du_ou() {
        let attendu = [
            [Vrai, Vrai, Vrai],
            [Vrai, Faux, Inconnu],
            [Vrai, Inconnu, Inconnu],
        ];
        for (i, a) in VALEURS.into_iter().enumerate() {
            for (j, b) in VALEURS.into_iter().enumerate() {
                assert_eq!(a.ou(b), attendu[i][j], "{a:?} ou {b:?}");
            }
        }
    }

    #[test]
    fn la_table_du_non_et_les_lois_de_de_morgan() {
        assert_eq!(VALEURS.map(Kleene::non), [Faux, Vrai, Inconnu]);
        for a in VALEURS {
            for b in VALEURS {
                assert_eq!(a.et(b).non(), a.non().ou(b.non()));
                assert_eq!(a.ou(b).non(), a.non().et(b.non()));
            }
        }
    }

    #[test]
    fn apprendre_un_fait_ne_renverse_jamais_une_reponse_connue() {
        let possibles = |v: Kleene| match v {
            Inconnu => vec![Vrai, Faux],
            connu => vec![connu],
        };
        for a in VALEURS {
            for b in VALEURS {
                for (x, y) in possibles(a)
                    .into_iter()
                    .flat_map(|x| possibles(b).into_iter().map(move |y| (x, y)))
                {
                    assert!(a.et(b) == Inconnu || a.et(b) == x.et(y));
                    assert!(a.ou(b) == Inconnu || a.ou(b) == x.ou(y));
                }
            }
        }
    }
}

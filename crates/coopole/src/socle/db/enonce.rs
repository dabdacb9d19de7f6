//! A statement put together from literal pieces.
//!
//! For a list whose filters are optional: a statement that held them all, each
//! behind an `OR`, would be planned for none of them. Every piece is a literal
//! of the source and every value is bound: nothing typed becomes SQL. The room
//! offers its statements to `tests/maison.rs`, which prepares them; a piece that
//! means nothing by itself begins with a space, and is not taken for one.

use sqlx::AssertSqlSafe;

use super::Valeur;

/// The pieces so far, and the values they wait for.
#[derive(Debug, Default)]
pub struct Enonce {
    texte: String,
    valeurs: Vec<Valeur>,
}

impl Enonce {
    /// A statement that begins so.
    pub fn new(debut: &'static str) -> Self {
        Self {
            texte: debut.to_owned(),
            valeurs: Vec::new(),
        }
    }

    /// Adds a piece; each `?` in it is one of these values, in their order.
    pub fn suite(
        &mut self,
        morceau: &'static str,
        valeurs: impl IntoIterator<Item = Valeur>,
    ) -> &mut Self {
        let mut valeurs = valeurs.into_iter();
        for (rang, partie) in morceau.split('?').enumerate() {
            if rang > 0 {
                self.valeurs.extend(valeurs.next());
                self.texte.push_str(&format!("${}", self.valeurs.len()));
            }
            self.texte.push_str(partie);
        }
        self
    }

    /// As many rows at most: a number in the text, since a base that does not
    /// know how few are wanted plans for many.
    pub fn au_plus(&mut self, lignes: usize) -> &mut Self {
        self.texte.push_str(&format!(" LIMIT {lignes}"));
        self
    }

    pub fn est_vide(&self) -> bool {
        self.texte.is_empty()
    }

    /// The whole, as a base takes it.
    pub fn texte(&self) -> AssertSqlSafe<String> {
        AssertSqlSafe(self.texte.clone())
    }

    pub fn valeurs(&self) -> &[Valeur] {
        &self.valeurs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs;

    #[test]
    fn chaque_valeur_prend_son_numero_a_sa_place() {
        let mut enonce = Enonce::new("SELECT 1 FROM t WHERE 1 = 1");
        enonce
            .suite(" AND a = ?", valeurs!["un"])
            .suite(" AND NOT b", [])
            .suite(" AND (c, d) > (?, ?)", valeurs![2, 3])
            .au_plus(26);
        assert_eq!(
            enonce.texte,
            "SELECT 1 FROM t WHERE 1 = 1 AND a = $1 AND NOT b AND (c, d) > ($2, $3) LIMIT 26"
        );
        assert_eq!(enonce.valeurs().len(), 3);
    }
}

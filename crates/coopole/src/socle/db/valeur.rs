//! Values bound to a statement: the few plain types both bases share.

use sqlx::{Arguments as _, Database, Encode, Type};
use uuid::Uuid;

/// One bound value. Rooms never name it: they write `valeurs![id, nom, le]`.
#[derive(Clone, Debug)]
pub enum Valeur {
    Entier(Option<i64>),
    Texte(Option<String>),
    Booleen(Option<bool>),
    Id(Option<Uuid>),
    Octets(Option<Vec<u8>>),
}

macro_rules! depuis {
    ($($type:ty => $variante:ident, $valeur:ident -> $expr:expr;)*) => {$(
        impl From<$type> for Valeur {
            fn from($valeur: $type) -> Self { Self::$variante(Some($expr)) }
        }
        impl From<Option<$type>> for Valeur {
            fn from(peut_etre: Option<$type>) -> Self {
                Self::$variante(peut_etre.map(|$valeur| $expr))
            }
        }
    )*};
}

depuis! {
    i64 => Entier, v -> v;
    i32 => Entier, v -> i64::from(v);
    u32 => Entier, v -> i64::from(v);
    bool => Booleen, v -> v;
    Uuid => Id, v -> v;
    &Uuid => Id, v -> *v;
    String => Texte, v -> v;
    &String => Texte, v -> v.clone();
    &str => Texte, v -> v.to_owned();
    Vec<u8> => Octets, v -> v;
    &[u8] => Octets, v -> v.to_vec();
    [u8; 32] => Octets, v -> v.to_vec();
    jiff::Timestamp => Entier, v -> v.as_millisecond();
    metier::commun::Montant => Entier, v -> v.en_centimes();
}

/// Builds the values of a statement, in the order of `$1`, `$2`…
#[macro_export]
macro_rules! valeurs {
    ($($valeur:expr),* $(,)?) => { [$($crate::socle::db::Valeur::from($valeur)),*] };
}

/// Turns the values into the arguments one of the two drivers wants.
pub(super) fn lier<B: Database>(valeurs: &[Valeur]) -> Result<B::Arguments, sqlx::Error>
where
    B::Arguments: Default,
    Option<i64>: for<'q> Encode<'q, B> + Type<B>,
    Option<String>: for<'q> Encode<'q, B> + Type<B>,
    Option<bool>: for<'q> Encode<'q, B> + Type<B>,
    Option<Uuid>: for<'q> Encode<'q, B> + Type<B>,
    Option<Vec<u8>>: for<'q> Encode<'q, B> + Type<B>,
{
    let mut arguments = B::Arguments::default();
    for valeur in valeurs.iter().cloned() {
        match valeur {
            Valeur::Entier(v) => arguments.add(v),
            Valeur::Texte(v) => arguments.add(v),
            Valeur::Booleen(v) => arguments.add(v),
            Valeur::Id(v) => arguments.add(v),
            Valeur::Octets(v) => arguments.add(v),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

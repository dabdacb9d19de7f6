//! Closed lists of words: each has its code and its label, once.

/// Declares a closed list: an enum whose values have a code (base, API, calls)
/// and a label in French.
#[macro_export]
macro_rules! liste_fermee {
    (
        $(#[$meta:meta])*
        pub enum $nom:ident {
            $($(#[$doc:meta])* $valeur:ident = $code:literal, $libelle:literal;)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $nom { $($(#[$doc])* $valeur),+ }

        impl $nom {
            /// All of them, in the order in which they are offered.
            pub const TOUS: &'static [Self] = &[$(Self::$valeur),+];

            /// Its word in the base, the API and the calls.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$valeur => $code),+ }
            }

            /// Its words on the screen.
            pub const fn libelle(self) -> &'static str {
                match self { $(Self::$valeur => $libelle),+ }
            }

            /// The value of this code; nothing when the word is not in the list.
            pub fn par_code(code: &str) -> Option<Self> {
                Self::TOUS.iter().copied().find(|valeur| valeur.code() == code)
            }
        }

        impl std::fmt::Display for $nom {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.libelle())
            }
        }
    };
}
pub(crate) use liste_fermee;

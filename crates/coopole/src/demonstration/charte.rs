//! A text to sign in the invented world: the Charter itself is not ours to
//! write, and its title says that this one is worth nothing.

use jiff::Timestamp;

use crate::{
    charte,
    socle::{db::Tx, erreurs::Panne},
};

const VERSION: (&str, &str, &str) = (
    "demonstration",
    "Texte de démonstration, sans valeur",
    "avec ce monde inventé",
);

const TEXTE: &str = "\
# Ce texte n’est pas la Charte

Il tient la place de la Charte des PTCE dans une démonstration. Personne ne l’a adopté, il \
n’énonce aucun principe, et le signer n’engage personne.

# À quoi il sert

- À montrer comment un pôle lit un texte, puis le signe au nom de ceux qu’il réunit.
- À montrer qu’une signature porte sur l’empreinte d’un texte, à un instant.
- À montrer qu’elle se vérifie ailleurs, se retire, et laisse sa trace.

# Où est la Charte

Le Labo de l’ESS tient la Charte et ses versions. Leur texte sera versé ici par ses soins, tel \
qu’il fut présenté.
";

pub async fn installer(tx: &mut Tx, le: Timestamp) -> Result<(), Panne> {
    charte::installer_la_demonstration(tx, VERSION, TEXTE, le).await
}

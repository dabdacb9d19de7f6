//! The pilot's board, the list, the notification; then the decision as its
//! author and the public read it.

pub mod laureats;
mod lignes;
pub mod notification;
pub mod porteur;
pub mod preparation;
mod prochain;
pub mod tableau;

//! The pilot's board, the list, the notification; then the decision as its
//! author and the public read it.

pub mod laureats;
pub mod notification;
pub mod porteur;
pub mod preparation;
pub mod tableau;

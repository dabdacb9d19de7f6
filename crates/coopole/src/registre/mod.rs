//! The public face: the home page, the pages every site owes its visitors,
//! and the published head of the journal.

mod pages;
pub mod routes;

//! The one place where randomness enters the house.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one place they are allowed"
)]

use uuid::Uuid;

/// A new identifier: UUID v7, so that rows stay in the order they came.
pub fn id() -> Uuid {
    Uuid::now_v7()
}

/// Unpredictable bytes (session tokens, sign-in links, salts).
pub fn octets<const N: usize>() -> [u8; N] {
    let mut octets = [0; N];
    getrandom::fill(&mut octets).expect("the system always provides randomness");
    octets
}

/// A secret a person carries in a link or a cookie: 256 bits, in letters that
/// survive any mail program.
pub fn jeton() -> String {
    data_encoding::BASE64URL_NOPAD.encode(&octets::<32>())
}

/// A short mark a person can read aloud: « 7F3K ».
pub fn numero_incident() -> String {
    const SIGNES: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    octets::<6>()
        .iter()
        .map(|o| char::from(SIGNES[usize::from(*o) % SIGNES.len()]))
        .collect()
}

/// A secret a person copies from a paper: `N` signs of an alphabet of 32.
pub fn code<const N: usize>(alphabet: &[u8; 32]) -> String {
    octets::<N>()
        .iter()
        .map(|octet| char::from(alphabet[usize::from(*octet) % alphabet.len()]))
        .collect()
}

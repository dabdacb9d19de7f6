//! Where a request comes from, and how often: the brake on sign-in requests.
//!
//! A forwarded address is believed only when the peer is a proxy the operator
//! named (`COOPOLE_MANDATAIRES`); anybody else can write that header.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::Mutex,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
};
use jiff::{SignedDuration, Timestamp};

use super::erreurs::Panne;
use crate::app::App;

/// The address of who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provenance(pub IpAddr);

impl FromRequestParts<App> for Provenance {
    type Rejection = Panne;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Panne> {
        let ConnectInfo(pair) = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .ok_or(Panne::Programme("the server does not tell its peers"))?;
        let transmises = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|valeur| valeur.to_str().ok())
            .flat_map(|ligne| ligne.split(','))
            .filter_map(|adresse| adresse.trim().parse().ok())
            .collect();
        Ok(Self(demandeur(
            pair.ip(),
            transmises,
            &app.reglages.mandataires,
        )))
    }
}

/// Goes back from the peer, through proxies one believes, to the first address
/// that is not one of them.
fn demandeur(pair: IpAddr, transmises: Vec<IpAddr>, mandataires: &[IpAddr]) -> IpAddr {
    let mut chemin = transmises;
    chemin.push(pair);
    let inconnue = chemin
        .iter()
        .rev()
        .find(|adresse| !mandataires.contains(adresse));
    inconnue.copied().unwrap_or(pair)
}

/// How often one address may ask.
const AU_PLUS: usize = 30;
const FENETRE: SignedDuration = SignedDuration::from_mins(15);
/// Bounds the memory: beyond it everything is forgotten, which only favours
/// who asks.
const ADRESSES_AU_PLUS: usize = 10_000;

/// Counts what each address asked lately, in this process.
#[derive(Default)]
pub struct Frein(Mutex<HashMap<IpAddr, Vec<Timestamp>>>);

impl Frein {
    /// Counts one more; refuses beyond the limit.
    pub fn compter(
        &self,
        Provenance(adresse): Provenance,
        machine: Timestamp,
    ) -> Result<(), Panne> {
        let mut demandes = self.0.lock().expect("no panic while held");
        if demandes.len() >= ADRESSES_AU_PLUS {
            demandes.clear();
        }
        let recentes = demandes.entry(adresse).or_default();
        recentes.retain(|le| *le > machine - FENETRE);
        if recentes.len() >= AU_PLUS {
            return Err(Panne::TropDeDemandes);
        }
        recentes.push(machine);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(texte: &str) -> IpAddr {
        texte.parse().unwrap()
    }

    #[test]
    fn une_adresse_transmise_par_un_inconnu_n_est_pas_crue() {
        let pair = ip("192.0.2.7");
        assert_eq!(demandeur(pair, vec![ip("203.0.113.1")], &[]), pair);
    }

    #[test]
    fn un_mandataire_connu_dit_d_ou_vient_la_demande() {
        let mandataire = ip("127.0.0.1");
        // The first address is what the client claimed; the last, what the proxy saw.
        let transmises = vec![ip("198.51.100.9"), ip("203.0.113.1")];
        assert_eq!(
            demandeur(mandataire, transmises, &[mandataire]),
            ip("203.0.113.1")
        );
    }

    #[test]
    fn au_dela_de_trente_demandes_en_un_quart_d_heure_on_freine_puis_on_oublie() {
        let frein = Frein::default();
        let ici = Provenance(ip("203.0.113.1"));
        let midi: Timestamp = "2024-05-29T10:00:00Z".parse().unwrap();
        for _ in 0..AU_PLUS {
            frein.compter(ici, midi).unwrap();
        }
        assert!(matches!(
            frein.compter(ici, midi),
            Err(Panne::TropDeDemandes)
        ));
        frein.compter(Provenance(ip("203.0.113.2")), midi).unwrap();
        frein.compter(ici, midi + FENETRE).unwrap();
    }
}

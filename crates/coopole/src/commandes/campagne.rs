//! `coopole campagne verifier FICHIER`: every fault of a call's document at
//! its line and column, then the worked cases written beside it.

use std::{path::Path, process::ExitCode};

use metier::campagnes::{self, Campagne, Faute, cas};

use crate::socle::erreurs::Panne;

/// What stands beside a document: its worked cases.
const CAS: &str = "cas.toml";

pub fn verifier(fichier: &Path) -> Result<ExitCode, Panne> {
    let Some(texte) = lire(fichier) else {
        return Ok(ExitCode::from(3));
    };
    let fautes = match campagnes::lire(&texte) {
        Ok(campagne) => verifier_les_cas(&campagne, &fichier.with_file_name(CAS)),
        Err(fautes) => dire(fichier, &fautes),
    };
    match fautes {
        0 => {
            println!("{} : rien à corriger.", fichier.display());
            Ok(ExitCode::SUCCESS)
        }
        1 => {
            println!("1 faute à corriger.");
            Ok(ExitCode::from(1))
        }
        n => {
            println!("{n} fautes à corriger.");
            Ok(ExitCode::from(1))
        }
    }
}

/// Text that is not UTF-8 is read all the same: the fault is then at its place.
fn lire(fichier: &Path) -> Option<String> {
    match std::fs::read(fichier) {
        Ok(octets) => Some(String::from_utf8_lossy(&octets).into_owned()),
        Err(raison) => {
            eprintln!("{} ne peut pas être lu : {raison}", fichier.display());
            None
        }
    }
}

/// Says each fault where an editor can jump to it; returns how many.
fn dire(fichier: &Path, fautes: &[Faute]) -> usize {
    for faute in fautes {
        let attendu = faute.attendu.as_ref();
        let attendu = attendu.map_or_else(String::new, |quoi| format!(" Attendu : {quoi}."));
        println!(
            "{}:{}:{}: {}{attendu}",
            fichier.display(),
            faute.ligne,
            faute.colonne,
            faute.message
        );
    }
    fautes.len()
}

/// Plays the cases, if there are any; returns how many do not hold.
fn verifier_les_cas(campagne: &Campagne, fichier: &Path) -> usize {
    if !fichier.is_file() {
        return 0;
    }
    let Some(texte) = lire(fichier) else {
        return 1;
    };
    let joues = match cas::jouer(campagne, &texte) {
        Ok(joues) => joues,
        Err(fautes) => return dire(fichier, &fautes),
    };
    let mut fautes = 0;
    for cas in &joues {
        for ecart in &cas.ecarts {
            fautes += 1;
            println!("{}:{}:1: {} {ecart}", fichier.display(), cas.ligne, cas.nom);
        }
    }
    println!("{} : {} cas joués.", fichier.display(), joues.len());
    fautes
}

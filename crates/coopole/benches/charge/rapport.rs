//! What is printed: one line a measure, then each aim, held or missed.

use crate::client::Mesure;

/// The lines of the run, and its aims.
#[derive(Default)]
pub struct Rapport {
    buts: Vec<String>,
}

impl Rapport {
    pub fn titre(&mut self, titre: &str) {
        println!("\n{titre}");
    }

    pub fn ligne(&mut self, ligne: &str) {
        println!("{ligne}");
    }

    /// The head of a table of measures.
    pub fn tete(&mut self, titre: &str) {
        self.titre(titre);
        println!(
            "  {:<34} {:>4} {:>10} {:>9} {:>9} {:>8} {:>9} {:>8}",
            "", "sim.", "par s", "p50 ms", "p99 ms", "rapport", "µs/dem.", "client"
        );
    }

    /// A measure; `rapport` is what it is of the limit said in the title.
    pub fn mesure(&mut self, nom: &str, mesure: &Mesure, rapport: Option<f64>) {
        let client = mesure.cpu_client.as_secs_f64() / mesure.cpu.as_secs_f64().max(1e-9);
        let rapport = rapport.map_or_else(String::new, |rapport| format!("{rapport:.2}"));
        let ligne = format!(
            "  {nom:<34} {:>4} {:>10.0} {:>9.2} {:>9.2} {rapport:>8} {:>9.0} {:>6.0} %",
            mesure.clients,
            mesure.par_seconde(),
            mesure.centile(0.50),
            mesure.centile(0.99),
            mesure.cout(),
            client * 100.0
        );
        println!("{}", ligne.replace('.', ","));
        if mesure.refusees > 0 {
            println!(
                "  !! {} réponses ne sont pas celle attendue",
                mesure.refusees
            );
            self.but(
                nom,
                false,
                &format!("{} réponses refusées", mesure.refusees),
            );
        }
    }

    /// An aim of the house, held or missed by this run.
    pub fn but(&mut self, quoi: &str, tenu: bool, constat: &str) {
        let mot = if tenu { "tenu  " } else { "manqué" };
        self.buts
            .push(format!("  {mot}  {quoi} : {}", constat.replace('.', ",")));
    }

    /// Every aim again, together.
    pub fn conclure(&self) {
        println!("\nLes buts de la maison, d’après cette exécution");
        for but in &self.buts {
            println!("{but}");
        }
    }
}

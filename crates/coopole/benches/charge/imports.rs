//! A list brought into the register: read, applied, then put back; and another
//! that changes as many records, with their history. Each application stands
//! beside a bare insert of the rows it wrote: the same rows, in the same tables
//! of an empty base, several a statement, nothing computed, one commit.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{JoinHandle, sleep},
    time::Duration,
};

use tokio::time::Instant;
use uuid::Uuid;

use crate::{
    Demande, client,
    limites::nues,
    machine,
    monde::{self, Monde},
    rapport::Rapport,
    scenes,
};

/// The aim of a dry run, in lines a second.
const LUES_PAR_SECONDE: f64 = 20_000.0;

/// Nothing here lasts longer, even on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(1_800);

pub fn jouer(monde: &Monde, demande: Demande, rapport: &mut Rapport) {
    let base = monde.app.db.nom();
    let lignes = demande.lignes;
    let banc = Banc { monde, lignes };
    rapport.titre(&format!(
        "{base} : une liste de {lignes} lignes ; rapport à une insertion nue des mêmes rangées"
    ));
    let liste = creations(lignes);
    let creation = banc.relire(rapport, "nouvelles fiches", &liste);
    banc.appliquer(rapport, "nouvelles fiches", creation);
    banc.annuler(rapport, "nouvelles fiches", creation);
    let restent = monde.compter("SELECT COUNT(*) FROM poles WHERE nom LIKE 'Coopérative du Banc%'");
    assert_eq!(restent, 0, "un import annulé n’a rien laissé");
    // Again, for others to change: what has a history is not taken out.
    let creation = banc.apporter(&liste);
    banc.attendre(creation, "a_lire");
    banc.demander(creation, "application");
    banc.attendre(creation, "applique");
    let mise_a_jour = banc.relire(rapport, "fiches connues", &mises_a_jour(lignes));
    banc.appliquer(rapport, "fiches connues", mise_a_jour);
    banc.annuler(rapport, "fiches connues", mise_a_jour);
    assert!(monde.journal_intact(), "le journal se vérifie");
    let poids = format!(
        "  la première liste pesait {:.1} Mo",
        liste.len() as f64 / 1e6
    );
    rapport.ligne(&poids.replace('.', ","));
}

struct Banc<'m> {
    monde: &'m Monde,
    lignes: usize,
}

impl Banc<'_> {
    /// Brings the list and waits for the fate of its last line.
    fn relire(&self, rapport: &mut Rapport, genre: &str, liste: &str) -> Uuid {
        let avant = machine::memoire_residente();
        machine::oublier_le_plus_haut();
        let import = self.apporter(liste);
        let duree = self.attendre(import, "a_lire");
        let par_seconde = self.lignes as f64 / duree.as_secs_f64();
        let ecrivent = self.monde.compter(
            "SELECT COUNT(*) FROM lignes_des_imports l JOIN imports i ON i.id = l.import
             WHERE i.etat = 'a_lire' AND l.sort IN ('creee', 'mise_a_jour')",
        );
        assert_eq!(ecrivent, self.lignes as i64, "chaque ligne a un sort");
        self.dire(
            rapport,
            &format!("{genre}, essai à blanc"),
            duree,
            &format!(
                "mémoire {avant:.0} puis {:.0} Mo au plus",
                machine::memoire_au_plus()
            ),
        );
        rapport.but(
            &format!(
                "{}, import, {genre} : essai à blanc de plus de 20 000 lignes par seconde",
                self.monde.app.db.nom()
            ),
            par_seconde > LUES_PAR_SECONDE,
            &format!("{par_seconde:.0}"),
        );
        import
    }

    /// Applies it, somebody writing a draft meanwhile; then the bare insert.
    fn appliquer(&self, rapport: &mut Rapport, genre: &str, import: Uuid) {
        let avant = machine::memoire_residente();
        machine::oublier_le_plus_haut();
        let brouillons = Brouillons::commencer(self.monde);
        self.demander(import, "application");
        let duree = self.attendre(import, "applique");
        let attente = brouillons.finir();
        let au_plus = machine::memoire_au_plus();
        let rangees = nues::lire(self.monde, import);
        let combien = rangees.combien();
        let nue = nues::inserer(self.monde, &rangees);
        let rapport_au_nu = nue.as_secs_f64() / duree.as_secs_f64();
        self.dire(
            rapport,
            &format!("{genre}, application"),
            duree,
            &format!(
                "{combien} rangées ; nues {:.1} s, rapport {rapport_au_nu:.2} ; mémoire {avant:.0} puis {au_plus:.0} Mo au plus ; {attente}",
                nue.as_secs_f64()
            ),
        );
        rapport.but(
            &format!(
                "{}, import, {genre} : application à la moitié au moins d’une insertion nue",
                self.monde.app.db.nom()
            ),
            rapport_au_nu >= 0.5,
            &format!("{rapport_au_nu:.2}"),
        );
    }

    fn annuler(&self, rapport: &mut Rapport, genre: &str, import: Uuid) {
        let brouillons = Brouillons::commencer(self.monde);
        self.demander(import, "annulation");
        let duree = self.attendre(import, "annule");
        let attente = brouillons.finir();
        self.dire(rapport, &format!("{genre}, annulation"), duree, &attente);
    }

    fn dire(&self, rapport: &mut Rapport, quoi: &str, duree: Duration, suite: &str) {
        let par_seconde = self.lignes as f64 / duree.as_secs_f64();
        let ligne = format!(
            "  {quoi:<34} {:>8.2} s {par_seconde:>8.0} lignes/s  {suite}",
            duree.as_secs_f64()
        );
        rapport.ligne(&ligne.replace('.', ","));
    }

    /// The form, as a browser sends it.
    fn apporter(&self, liste: &str) -> Uuid {
        let champ = |nom: &str, valeur: &str| {
            format!(
                "--limite\r\nContent-Disposition: form-data; name=\"{nom}\"\r\n\r\n{valeur}\r\n"
            )
        };
        let corps = [
            champ("source", "Relevé du banc"),
            champ("du", "2024-01-15"),
            "--limite\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"liste.csv\"\r\n\r\n".to_owned(),
            format!("{liste}\r\n--limite--\r\n"),
        ]
        .concat();
        let requete = format!(
            "POST {} HTTP/1.1\r\nHost: coopole.example\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: multipart/form-data; boundary=limite\r\nContent-Length: {}\r\n\r\n{corps}",
            coopole::urls::IMPORTS,
            self.monde.gardien,
            corps.len()
        );
        let reponse = client::demander(self.monde.adresse, requete.as_bytes());
        assert_eq!(reponse.statut, 303, "{}", reponse.tete);
        let adresse = reponse.entetes().find(|(nom, _)| *nom == "location");
        let (_, id) = adresse.unwrap().1.rsplit_once('/').unwrap();
        id.parse().unwrap()
    }

    fn demander(&self, import: Uuid, quoi: &str) {
        let lignes = [
            format!("POST {} HTTP/1.1", coopole::urls::de_l_import(import, quoi)),
            format!("Cookie: {}", self.monde.gardien),
        ];
        let requete = monde::requete(&lignes, "ordre=oui");
        let reponse = client::demander(self.monde.adresse, &requete);
        assert_eq!(reponse.statut, 303, "{}", reponse.tete);
    }

    /// How long until it stands there.
    fn attendre(&self, import: Uuid, etat: &str) -> Duration {
        let debut = Instant::now();
        let page = [
            format!("GET {} HTTP/1.1", coopole::urls::import(import)),
            format!("Cookie: {}", self.monde.gardien),
        ];
        while debut.elapsed() < PATIENCE {
            let (la, refus) = self.monde.moteur.block_on(async {
                let mut base = self.monde.app.db.lecture().await.unwrap();
                let lu: (String, Option<String>) = base
                    .fetch_one(
                        "SELECT etat, refus FROM imports WHERE id = $1",
                        &coopole::valeurs![import],
                    )
                    .await
                    .unwrap();
                lu
            });
            assert_eq!(refus, None, "l’import est rendu");
            if la == etat {
                let duree = debut.elapsed();
                let page = client::demander(self.monde.adresse, &monde::requete(&page, ""));
                assert_eq!(page.statut, 200);
                return duree;
            }
            sleep(Duration::from_millis(10));
        }
        panic!("l’import n’a pas fini en une demi-heure");
    }
}

/// Somebody who writes a draft, again and again.
struct Brouillons {
    assez: Arc<AtomicBool>,
    fil: JoinHandle<Vec<Duration>>,
}

impl Brouillons {
    fn commencer(monde: &Monde) -> Self {
        let allers_retours = scenes::aller_retour(monde, 0);
        let adresse = monde.adresse;
        let assez = Arc::new(AtomicBool::new(false));
        let fini = Arc::clone(&assez);
        let fil = std::thread::spawn(move || {
            let mut attentes = Vec::new();
            // An even number leaves the draft as the next load expects it.
            while !fini.load(Ordering::Relaxed) || attentes.len() % 2 == 1 {
                let debut = Instant::now();
                let requete = &allers_retours[attentes.len() % 2];
                let reponse = client::demander(adresse, requete);
                assert_eq!(reponse.statut, 200, "un brouillon est refusé");
                attentes.push(debut.elapsed());
            }
            attentes
        });
        Self { assez, fil }
    }

    fn finir(self) -> String {
        self.assez.store(true, Ordering::Relaxed);
        let attentes = self.fil.join().unwrap();
        let au_plus = attentes.iter().max().copied().unwrap_or_default();
        format!(
            "{} brouillons enregistrés pendant ce temps, aucun refusé, le plus long {:.1} s",
            attentes.len(),
            au_plus.as_secs_f64()
        )
    }
}

const MATURITES: [&str; 2] = ["emergent", "mature"];

/// New poles of every commune, half of them carried by a structure with its
/// number: names, places, themes, a presentation of some twenty words.
fn creations(lignes: usize) -> String {
    let communes = monde::communes();
    let mut liste = String::from(
        "nom;structure_porteuse;siret;code_commune;themes;maturite;rural;presentation\r\n",
    );
    for rang in 0..lignes {
        let commune = &communes[rang * 7_919 % communes.len()];
        let siret = if rang % 2 == 0 {
            siret(rang)
        } else {
            String::new()
        };
        let mots: Vec<String> = (0..12)
            .map(|place| monde::mot(rang * 31 + place * 139))
            .collect();
        liste.push_str(&format!(
            "Coopérative du Banc {rang};Association {} {rang};{siret};{};bois, emploi;{};{};\
             Ce que fait le pôle, dit en quelques phrases : {}.\r\n",
            mots[0],
            commune.code,
            MATURITES[0],
            if rang % 3 == 0 { "oui" } else { "non" },
            mots.join(" ")
        ));
    }
    liste
}

/// The same poles, each with another maturity and another site.
fn mises_a_jour(lignes: usize) -> String {
    let communes = monde::communes();
    let mut liste = String::from("nom;code_commune;maturite;site\r\n");
    for rang in 0..lignes {
        let commune = &communes[rang * 7_919 % communes.len()];
        liste.push_str(&format!(
            "Coopérative du Banc {rang};{};{};https://pole-{rang}.example\r\n",
            commune.code, MATURITES[1]
        ));
    }
    liste
}

/// A number that its keys accept.
fn siret(rang: usize) -> String {
    let cle = |chiffres: &str| {
        let somme: u32 = chiffres
            .bytes()
            .rev()
            .enumerate()
            .map(|(place, octet)| {
                let chiffre = u32::from(octet - b'0') * if place % 2 == 0 { 2 } else { 1 };
                chiffre / 10 + chiffre % 10
            })
            .sum();
        format!("{chiffres}{}", (10 - somme % 10) % 10)
    };
    let siren = cle(&format!("{:08}", 40_000_000 + rang));
    cle(&format!("{siren}0001"))
}

//! The bench: an application with a fixed clock and the cast, and people who
//! ask it for pages.

use std::path::{Path, PathBuf};

use axum::{
    Router,
    body::{Body, BodyDataStream, to_bytes},
    http::{Request, StatusCode, header},
};
use coopole::{
    app::App,
    router,
    socle::{
        journal::{
            scellement,
            verification::{self, Verdict},
        },
        reglages::Reglages,
        session, taches,
    },
    valeurs,
};
use tower::ServiceExt;
use uuid::Uuid;

use crate::{
    moule::{Moule, debut, dossier_neuf, ouvrir, reglages},
    postgres,
};

/// Where the journeys run.
#[derive(Clone, Copy, Debug)]
pub enum Base {
    Sqlite,
    Postgres,
}

/// Writes the journey once and runs it on both databases.
#[macro_export]
macro_rules! parcours {
    ($(#[$doc:meta])* $nom:ident($banc:ident) $corps:block) => {
        mod $nom {
            #[allow(unused_imports)]
            use super::*;
            use $crate::banc::{Banc, Base};

            $(#[$doc])*
            async fn parcours($banc: &Banc) $corps

            #[tokio::test]
            async fn sur_sqlite() {
                let banc = Banc::new(Base::Sqlite).await;
                parcours(&banc).await;
                banc.finir().await;
            }

            #[tokio::test]
            async fn sur_postgresql() {
                let banc = Banc::new(Base::Postgres).await;
                parcours(&banc).await;
                banc.finir().await;
            }
        }
    };
}

pub struct Banc {
    pub app: App,
    service: Router,
    donnees: PathBuf,
    base: Option<String>,
}

impl Banc {
    /// The cast, on Tuesday 26 March 2024 at 9 a.m.: the call is open.
    pub async fn new(base: Base) -> Self {
        let moule = Moule::de(base);
        let donnees = dossier_neuf();
        moule.couler(&donnees);
        let base = match &moule.base {
            None => None,
            Some(modele) => Some(postgres::copier_une_base(modele).await),
        };
        Self::servir(reglages(donnees, base)).await
    }

    /// The same, with settings of one's own.
    pub async fn regle(base: Base, regler: impl FnOnce(&mut Reglages)) -> Self {
        let base = match base {
            Base::Sqlite => None,
            Base::Postgres => Some(postgres::creer_une_base().await),
        };
        let mut reglages = reglages(dossier_neuf(), base);
        regler(&mut reglages);
        Self::servir(reglages).await
    }

    async fn servir(reglages: Reglages) -> Self {
        let (donnees, base) = (reglages.donnees.clone(), reglages.base.clone());
        let app = ouvrir(reglages).await;
        app.horloge.figer(debut());
        Self {
            service: router::service(app.clone()),
            app,
            donnees,
            base,
        }
    }

    /// The same base and folder, served as an instance that is no demonstration:
    /// the real poles are then its own. It ends with the other.
    pub async fn en_service(&self) -> Self {
        self.en_service_avec(|_| {}).await
    }

    /// The same, with settings of one's own.
    pub async fn en_service_avec(&self, regler: impl FnOnce(&mut Reglages)) -> Self {
        let mut reglages = Reglages {
            demonstration: false,
            ..reglages(self.donnees.clone(), self.base.clone())
        };
        regler(&mut reglages);
        let app = App::ouvrir(reglages).await.unwrap();
        app.horloge.figer(debut());
        Self {
            service: router::service(app.clone()),
            app,
            donnees: self.donnees.clone(),
            base: self.base.clone(),
        }
    }

    /// The same base and folder, served anew.
    pub async fn redemarrer(self) -> Self {
        let Self { donnees, base, .. } = self;
        Self::servir(reglages(donnees, base)).await
    }

    /// Moves the legal time to this instant, where it stands still.
    pub fn il_est(&self, instant: &str) {
        self.app.horloge.figer(instant.parse().unwrap());
        self.app.gardees.oublier();
    }

    /// Lets the legal time run, as in a demonstration that is served.
    pub fn le_temps_court(&self) {
        self.app.horloge.figer(jiff::Timestamp::UNIX_EPOCH);
        self.app.gardees.oublier();
    }

    /// Anyone, without a session.
    pub fn public(&self) -> Visiteur<'_> {
        Visiteur {
            banc: self,
            temoin: None,
        }
    }

    /// The data folder.
    pub fn donnees(&self) -> &Path {
        &self.donnees
    }

    /// The address of the PostgreSQL base, if it is one.
    pub fn base(&self) -> Option<&str> {
        self.base.as_deref()
    }

    /// Somebody of the cast, signed in.
    pub async fn personne(&self, courriel: &str) -> Visiteur<'_> {
        Visiteur {
            banc: self,
            temoin: Some(format!("coopole_session={}", self.secret(courriel).await)),
        }
    }

    /// Whoever holds the session that this answer gave.
    pub fn entree(&self, reponse: &Reponse) -> Visiteur<'_> {
        let temoin = reponse.entetes[header::SET_COOKIE].to_str().unwrap();
        Visiteur {
            banc: self,
            temoin: temoin.split(';').next().map(String::from),
        }
    }

    /// The secret of a session just opened for somebody of the cast.
    pub async fn secret(&self, courriel: &str) -> String {
        let mut tx = self.app.db.begin().await.unwrap();
        let (compte,): (Uuid,) = tx
            .fetch_one(
                "SELECT id FROM comptes WHERE courriel = $1",
                &valeurs![courriel],
            )
            .await
            .unwrap();
        let secret = session::ouvrir(&mut tx, compte).await.unwrap();
        tx.commit().await.unwrap();
        secret
    }

    /// The person responsible for the Pôle des Rives.
    pub async fn porteuse(&self) -> Visiteur<'_> {
        self.personne("solene@rives.example").await
    }

    /// The identifier of a pole of the cast.
    pub async fn pole(&self, nom: &str) -> String {
        let mut base = self.app.db.lecture().await.unwrap();
        let (pole,): (Uuid,) = base
            .fetch_one("SELECT id FROM poles WHERE nom = $1", &valeurs![nom])
            .await
            .unwrap();
        pole.to_string()
    }

    /// How many rows the statement counts.
    pub async fn compter(&self, sql: &str) -> i64 {
        self.app
            .db
            .lecture()
            .await
            .unwrap()
            .compter(sqlx::AssertSqlSafe(sql.to_owned()), &[])
            .await
            .unwrap()
    }

    /// The files the data folder holds.
    pub fn noms_des_fichiers(&self) -> Vec<PathBuf> {
        let dossiers = std::fs::read_dir(self.donnees.join("fichiers"));
        let dossiers = dossiers.into_iter().flatten().flatten();
        let fichiers = dossiers.filter_map(|dossier| std::fs::read_dir(dossier.path()).ok());
        fichiers.flatten().flatten().map(|f| f.path()).collect()
    }

    /// How many there are.
    pub fn fichiers(&self) -> usize {
        self.noms_des_fichiers().len()
    }

    /// Does the jobs that are due, as the server would.
    pub async fn taches(&self) {
        taches::faire_le_du(&self.app, router::faire).await.unwrap();
    }

    /// The text of the latest mail to this address.
    pub async fn dernier_courriel(&self, a: &str) -> String {
        let (texte,): (String,) = self
            .app
            .db
            .lecture()
            .await
            .unwrap()
            .fetch_one(
                "SELECT texte FROM courriels WHERE a = $1 ORDER BY cree_le DESC, id DESC LIMIT 1",
                &valeurs![a],
            )
            .await
            .unwrap();
        texte
    }

    /// Nothing left undone, and a journal that verifies.
    pub async fn finir(self) {
        self.taches().await;
        let a_faire = self
            .app
            .db
            .lecture()
            .await
            .unwrap()
            .compter(
                "SELECT COUNT(*) FROM taches WHERE faite_le IS NULL AND due_le <= $1",
                &valeurs![self.app.horloge.now()],
            )
            .await
            .unwrap();
        assert_eq!(a_faire, 0, "une tâche due n’a pas été faite");
        while scellement::sceller(&self.app.db, &self.app.cle, &self.app.horloge)
            .await
            .unwrap()
            > 0
        {}
        let mut base = self.app.db.lecture().await.unwrap();
        let verdict = verification::verifier(&mut base, &self.app.cle)
            .await
            .unwrap();
        assert!(
            matches!(verdict, Verdict::Intact { en_attente: 0, .. }),
            "{verdict:?}"
        );
        let _ = std::fs::remove_dir_all(&self.donnees);
    }
}

/// Somebody at a browser.
pub struct Visiteur<'b> {
    banc: &'b Banc,
    temoin: Option<String>,
}

impl Visiteur<'_> {
    pub async fn get(&self, adresse: &str) -> Reponse {
        self.envoyer(Request::get(adresse), Body::empty()).await
    }

    /// Its headers alone.
    pub async fn head(&self, adresse: &str) -> Reponse {
        self.envoyer(Request::head(adresse), Body::empty()).await
    }

    /// The same, with headers of one's own.
    pub async fn get_avec(&self, adresse: &str, entetes: &[(&str, &str)]) -> Reponse {
        let requete = entetes
            .iter()
            .fold(Request::get(adresse), |requete, (nom, valeur)| {
                requete.header(*nom, *valeur)
            });
        self.envoyer(requete, Body::empty()).await
    }

    pub async fn post(&self, adresse: &str, champs: &[(&str, &str)]) -> Reponse {
        let corps: Vec<String> = champs
            .iter()
            .map(|(nom, valeur)| {
                format!(
                    "{}={}",
                    coopole::urls::encoder(nom),
                    coopole::urls::encoder(valeur)
                )
            })
            .collect();
        let requete = Request::post(adresse)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.envoyer(requete, Body::from(corps.join("&"))).await
    }

    /// The same form, with headers of one's own and none of the others.
    pub async fn post_avec(
        &self,
        adresse: &str,
        corps: &'static str,
        entetes: &[(&str, &str)],
    ) -> Reponse {
        let requete = Request::post(adresse)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let requete = entetes.iter().fold(requete, |requete, (nom, valeur)| {
            requete.header(*nom, *valeur)
        });
        self.envoyer(requete, Body::from(corps)).await
    }

    /// The same form, as the script sends it.
    pub async fn post_seul(&self, adresse: &str, champs: &[(&str, &str)]) -> Reponse {
        let corps: Vec<String> = champs
            .iter()
            .map(|(nom, valeur)| {
                format!(
                    "{}={}",
                    coopole::urls::encoder(nom),
                    coopole::urls::encoder(valeur)
                )
            })
            .collect();
        let requete = Request::post(adresse)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .header("sec-fetch-site", "same-origin");
        self.envoyer(requete, Body::from(corps.join("&"))).await
    }

    /// A file sent in the field of this name.
    pub async fn post_fichier(
        &self,
        adresse: &str,
        (champ, nom): (&str, &str),
        octets: &[u8],
    ) -> Reponse {
        let mut corps = format!(
            "--limite\r\nContent-Disposition: form-data; name=\"{champ}\"; filename=\"{nom}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        corps.extend_from_slice(octets);
        corps.extend_from_slice(b"\r\n--limite--\r\n");
        let requete = Request::post(adresse)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=limite")
            .header("sec-fetch-site", "same-origin");
        self.envoyer(requete, Body::from(corps)).await
    }

    /// A body of one's own, as it comes.
    pub async fn post_brut(&self, adresse: &str, genre: &str, corps: Body) -> Reponse {
        let requete = Request::post(adresse)
            .header(header::CONTENT_TYPE, genre)
            .header("sec-fetch-site", "same-origin");
        self.envoyer(requete, corps).await
    }

    /// A form that another site makes the browser send.
    pub async fn post_d_ailleurs(&self, adresse: &str) -> Reponse {
        let requete = Request::post(adresse)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site");
        self.envoyer(requete, Body::empty()).await
    }

    /// The bytes of a file, as they come.
    pub async fn flux(&self, adresse: &str) -> BodyDataStream {
        let reponse = self.demander(Request::get(adresse), Body::empty()).await;
        assert_eq!(reponse.status(), StatusCode::OK);
        reponse.into_body().into_data_stream()
    }

    async fn demander(
        &self,
        requete: axum::http::request::Builder,
        corps: Body,
    ) -> axum::response::Response {
        let requete = match &self.temoin {
            Some(temoin) => requete.header(header::COOKIE, temoin),
            None => requete,
        };
        let adresse = std::net::SocketAddr::from(([127, 0, 0, 1], 4000));
        let requete = requete
            .extension(axum::extract::ConnectInfo(adresse))
            .body(corps)
            .unwrap();
        self.banc.service.clone().oneshot(requete).await.unwrap()
    }

    async fn envoyer(&self, requete: axum::http::request::Builder, corps: Body) -> Reponse {
        let reponse = self.demander(requete, corps).await;
        let (parties, corps) = reponse.into_parts();
        let octets = to_bytes(corps, usize::MAX).await.unwrap();
        Reponse {
            statut: parties.status,
            entetes: parties.headers,
            // Typography has its own tests: here sentences are typed plainly.
            texte: String::from_utf8_lossy(&octets).replace(['\u{a0}', '\u{202f}'], " "),
            octets,
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Reponse {
    pub statut: StatusCode,
    pub entetes: axum::http::HeaderMap,
    pub texte: String,
    pub octets: axum::body::Bytes,
}

impl Reponse {
    /// The page is there and shows this text.
    #[track_caller]
    pub fn montre(&self, texte: &str) -> &Self {
        assert_eq!(self.statut, StatusCode::OK, "{}", self.texte);
        assert!(
            self.texte.contains(texte),
            "« {texte} » n’est pas sur la page :\n{}",
            self.texte
        );
        self
    }

    /// The page is there and says nothing of it.
    #[track_caller]
    pub fn tait(&self, texte: &str) -> &Self {
        assert_eq!(self.statut, StatusCode::OK, "{}", self.texte);
        assert!(
            !self.texte.contains(texte),
            "« {texte} » est sur la page :\n{}",
            self.texte
        );
        self
    }

    /// The act is done and leads there; returns the address.
    #[track_caller]
    pub fn mene_a(&self, debut: &str) -> String {
        assert_eq!(self.statut, StatusCode::SEE_OTHER, "{}", self.texte);
        let ou = self.entetes[header::LOCATION].to_str().unwrap();
        assert!(ou.starts_with(debut), "mène à {ou}, non à {debut}");
        ou.to_owned()
    }

    /// The value a hidden field of the page carries.
    #[track_caller]
    pub fn cache(&self, nom: &str) -> String {
        let debut = format!("name=\"{nom}\" value=\"");
        let depuis = self
            .texte
            .find(&debut)
            .unwrap_or_else(|| panic!("aucun champ caché « {nom} » :\n{}", self.texte))
            + debut.len();
        let valeur = &self.texte[depuis..];
        valeur[..valeur.find('"').expect("a closed attribute")].to_owned()
    }

    /// A rule said no, in these words.
    #[track_caller]
    pub fn refuse(&self, phrase: &str) -> &Self {
        assert_eq!(
            self.statut,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            self.texte
        );
        assert!(
            self.texte.contains(phrase),
            "« {phrase} » n’est pas dit :\n{}",
            self.texte
        );
        self
    }

    /// The machine failed: a page, its incident number, and nothing of why.
    #[track_caller]
    pub fn tombe_en_panne(&self) -> &Self {
        assert!(
            self.statut.is_server_error(),
            "{} {}",
            self.statut,
            self.texte
        );
        assert!(
            self.texte.contains("Un incident bloque cette page"),
            "{}",
            self.texte
        );
        let (_, suite) = self
            .texte
            .split_once("incident <strong>")
            .expect("un numéro");
        assert!(
            suite.find("</strong>").is_some_and(|ou| ou > 3),
            "{}",
            self.texte
        );
        for technique in ["SQLITE", "sqlx", "database", "coopole.db", "panicked"] {
            assert!(
                !self.texte.contains(technique),
                "« {technique} » : {}",
                self.texte
            );
        }
        self
    }

    /// It does not exist for this person.
    #[track_caller]
    pub fn introuvable(&self) -> &Self {
        assert_eq!(self.statut, StatusCode::NOT_FOUND, "{}", self.texte);
        self
    }

    /// The person is sent to sign in.
    #[track_caller]
    pub fn demande_a_se_connecter(&self) {
        self.mene_a("/connexion");
    }
}

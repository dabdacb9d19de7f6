//! Every address bound to its handler, and every job to its doer, on one page.

use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::{StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    administration,
    app::App,
    campagnes, charte, comite, comptes, consignations, conventions, decisions, demonstration,
    dossiers, imports, instruction, registre,
    socle::{
        actifs, compression, courriels,
        erreurs::Panne,
        gardees, habillage, marque,
        taches::{Tache, Travail},
        traces,
    },
    urls,
};

/// A form, at most; files have their own limit, on their own routes.
const CORPS_AU_PLUS: usize = 512 * 1024;

/// The whole site.
pub fn service(app: App) -> Router {
    // The order reads from the inside out: the last layer sees a request first.
    publiques(&app)
        .merge(libres())
        .merge(privees())
        .merge(coulisses())
        .fallback(async || Panne::Introuvable)
        .layer(DefaultBodyLimit::max(CORPS_AU_PLUS))
        .layer(CatchPanicLayer::custom(|_| {
            Panne::Programme("a handler panicked").into_response()
        }))
        .layer(from_fn_with_state(
            app.clone(),
            habillage::refuser_autre_site,
        ))
        .layer(from_fn_with_state(app.clone(), habillage::habiller))
        .layer(from_fn(compression::comprimer_les_pages))
        .merge(machines())
        .layer(from_fn_with_state(app.clone(), gardees::servir))
        .layer(from_fn_with_state(app.clone(), habillage::proteger))
        .layer(from_fn_with_state(app.clone(), habillage::horodater))
        .with_state(app)
}

/// Pages anyone reads; kept for visitors without a cookie.
fn publiques(app: &App) -> Router<App> {
    Router::new()
        .route(urls::ACCUEIL, get(registre::routes::accueil))
        .route(urls::APPELS, get(campagnes::routes::appels))
        .route("/appels/{code}", get(campagnes::routes::appel))
        .route(urls::POLES, get(registre::routes::annuaire))
        .route("/poles/{id}", get(registre::routes::fiche))
        .route("/poles/{id}/historique", get(registre::routes::historique))
        .route(urls::CLUSTERS, get(registre::routes::clusters))
        .route("/en/poles/{id}", get(registre::routes::cluster))
        .route(urls::REGIONS, get(registre::routes::regions))
        .route("/regions/{code}", get(registre::routes::region))
        .route("/departements/{code}", get(registre::routes::departement))
        .route("/epci/{siren}", get(registre::routes::epci))
        .route(urls::RECENSEMENT, get(registre::routes::recensement))
        .route(
            urls::RECENSEMENT_POLES,
            get(registre::routes::liste_recensee),
        )
        .route(urls::CHARTE, get(charte::routes::charte))
        .route(urls::SIGNATAIRES, get(charte::routes::signataires))
        .route(urls::DONNEES, get(registre::routes::donnees_ouvertes))
        .route(urls::CARTE, get(registre::routes::carte))
        .route(urls::CARTE_INTEGREE, get(registre::routes::carte_integree))
        .route(urls::AIDE, get(registre::routes::aide))
        .route(urls::PLAN, get(registre::routes::plan))
        .route(urls::ACCESSIBILITE, get(registre::routes::accessibilite))
        .route(
            urls::MENTIONS_LEGALES,
            get(registre::routes::mentions_legales),
        )
        .route(
            urls::DONNEES_PERSONNELLES,
            get(registre::routes::donnees_personnelles),
        )
        .layer(from_fn_with_state(app.clone(), gardees::garder))
}

/// Pages anyone reads, never kept: what the address carries is the visitor's
/// own, or the answer depends on what the program asks for.
fn libres() -> Router<App> {
    Router::new()
        .route(
            "/appels/{code}/eligibilite",
            get(campagnes::routes::eligibilite),
        )
        .route("/appels/{code}/notice", get(campagnes::routes::notice))
        .route("/appels/{code}/agenda.ics", get(campagnes::routes::agenda))
        .route(urls::RECENSEMENT_EXPORT, get(registre::routes::export))
        .route(urls::POLES_GEOJSON, get(registre::routes::geojson))
        .route(urls::POLES_ATOM, get(registre::routes::flux))
        .route(urls::POLES_CSV, get(registre::routes::csv))
        .route(urls::REGIONS_CSV, get(registre::routes::csv_des_regions))
        .route(urls::SORTIS, get(registre::routes::sortis))
        .route(urls::SORTIES_CSV, get(registre::routes::csv_des_sorties))
        .route(urls::POLES_CSV_TABLEUR, get(registre::routes::csv_tableur))
        .route(
            urls::POLES_MEMBRES_CSV,
            get(registre::routes::csv_des_membres),
        )
        .route(
            urls::POLES_SIGNES_CSV,
            get(registre::routes::csv_des_signes),
        )
        .route(
            urls::POLES_CHANGEMENTS_CSV,
            get(registre::routes::csv_des_changements),
        )
        .route(urls::POLES_XLSX, get(registre::routes::xlsx))
        .route(urls::POLES_JSON, get(registre::routes::json))
        .route(urls::TETE_DU_JOURNAL, get(registre::routes::tete))
}

/// Pages and acts of those who sign in; each asks for its own right.
fn privees() -> Router<App> {
    Router::new()
        .route(
            urls::CONNEXION,
            get(comptes::routes::connexion).post(comptes::routes::create_demande),
        )
        .route(
            urls::DISTRIBUTION,
            post(comptes::routes::create_session_de_demonstration),
        )
        .route(
            "/connexion/{jeton}",
            get(comptes::routes::lien).post(comptes::routes::create_session),
        )
        .route(urls::COMPTE, get(comptes::routes::compte))
        .route(urls::DECONNEXION, post(comptes::routes::delete_session))
        .route(
            urls::DECONNEXION_PARTOUT,
            post(comptes::routes::delete_sessions),
        )
        .route(urls::ADMIN, get(administration::routes::sante))
        .route(
            "/admin/taches/{id}/relance",
            post(administration::routes::create_relance),
        )
        .route(urls::JOURNAL, get(registre::routes::journal))
        .route(urls::ESPACE, get(dossiers::routes::espace))
        .route(
            "/appels/{code}/dossiers",
            post(dossiers::routes::create_ouverture),
        )
        .merge(corrections())
        .merge(imports())
        .merge(revendications())
        .merge(declarations())
        .merge(doublons())
        .merge(charte())
        .merge(anterieurs())
        .merge(instruction())
        .merge(dossier())
        .merge(comite())
        .merge(pilotage())
        .merge(tresor())
}

/// Signing the Charter, its proofs, and its keeper's pages.
fn charte() -> Router<App> {
    use charte::routes;
    Router::new()
        .route(
            urls::SIGNER_LA_CHARTE,
            get(routes::signature).post(routes::create_signature),
        )
        // Public, but never kept: its team reads more of it than a visitor.
        .route("/charte/signatures/{id}", get(routes::preuve))
        .route(
            "/charte/signatures/{id}/certificat",
            get(routes::certificat),
        )
        .route(
            "/charte/signatures/{id}/retrait",
            get(routes::retrait).post(routes::create_retrait),
        )
        .route(
            "/charte/signatures/{id}/confirmation",
            post(routes::create_confirmation),
        )
        .route(
            "/charte/signatures/{id}/ecartement",
            get(routes::ecartement).post(routes::create_ecartement),
        )
        .route(urls::SIGNATAIRES_CSV, get(routes::signataires_en_csv))
        .route("/charte/versions/{code}/texte", get(routes::texte))
        .route(urls::GESTION_CHARTE, get(routes::attendus))
        .route(urls::SIGNATURES_CHARTE, get(routes::signatures))
        .route(
            urls::VERSIONS_CHARTE,
            get(routes::versions).post(routes::create_presentation),
        )
        .route(
            urls::NOUVELLE_VERSION,
            get(routes::nouvelle).post(routes::apercu_de_la_nouvelle),
        )
        .route(
            "/charte/gestion/versions/{code}",
            get(routes::version).post(routes::create_publication),
        )
        .route(
            "/charte/gestion/versions/{code}/apercu",
            post(routes::apercu),
        )
        .route(
            "/charte/gestion/regions/{code}",
            get(routes::attendus_en_region),
        )
        .route("/charte/gestion/poles/{id}", get(routes::relances_du_pole))
        .route(
            urls::SEANCES_CHARTE,
            get(routes::seances).post(routes::create_seance),
        )
        .route("/charte/gestion/seances/{id}", get(routes::seance))
        .route(
            "/charte/gestion/seances/{id}/regions/{code}",
            get(routes::seance_en_region),
        )
        .route(
            "/charte/gestion/seances/{id}/cloture",
            post(routes::create_cloture),
        )
        // Public, but never kept: it tells the hour and how many signed.
        .route("/charte/seances/{id}", get(routes::seance_projetee))
        .route(
            urls::RELANCES_CHARTE,
            get(routes::relance).post(routes::create_relance),
        )
        .route("/charte/relances/{id}", get(routes::lot))
        .route(
            "/charte/oppositions/{jeton}",
            get(routes::opposition).post(routes::create_opposition),
        )
}

/// What was before this house, for the keeper of the Charter and the pilot.
fn anterieurs() -> Router<App> {
    use consignations::routes;
    Router::new()
        .route(
            "/consignations/{genre}",
            get(routes::consignations).post(routes::create_consignations),
        )
        .route(
            "/consignations/{genre}/attestation",
            post(routes::create_attestation),
        )
        .route(
            "/consignations/{genre}/annulation",
            get(routes::annulation).post(routes::create_annulation),
        )
}

/// Agreements and payments.
fn tresor() -> Router<App> {
    use conventions::routes;
    Router::new()
        .route(
            "/campagnes/{code}/conventions",
            get(routes::conventions).post(routes::create_conventions),
        )
        .route("/campagnes/{code}/ordres", get(routes::ordres))
        .route("/conventions/{id}", get(routes::convention))
        .route("/conventions/{id}/texte", get(routes::texte))
        .route("/conventions/{id}/exemplaire", get(routes::exemplaire))
        .route(
            "/conventions/{id}/signature",
            post(routes::create_signature),
        )
        .route(
            "/conventions/{id}/validation",
            post(routes::create_validation),
        )
        .route(
            "/conventions/{id}/versement",
            post(routes::create_versement),
        )
        .route(
            "/conventions/{id}/versement/validation",
            post(routes::create_validation_du_versement),
        )
}

/// Selection, decision, notification.
fn pilotage() -> Router<App> {
    use decisions::routes;
    Router::new()
        .route(urls::PILOTAGE, get(routes::pilotage))
        .route("/campagnes/{code}", get(routes::campagne))
        .route(
            "/campagnes/{code}/dossiers",
            get(routes::dossiers_de_campagne),
        )
        .route(
            "/campagnes/{code}/preparation",
            post(routes::update_preparation),
        )
        .route(
            "/campagnes/{code}/decision",
            get(routes::decision).post(routes::create_decision),
        )
        .route(
            "/campagnes/{code}/notification",
            get(routes::notification).post(routes::create_notification),
        )
        .route(
            "/campagnes/{code}/suspension",
            post(routes::create_suspension),
        )
        .route("/dossiers/{id}/decision", get(routes::decision_du_dossier))
        .route(
            "/dossiers/{id}/decision/lettre",
            get(routes::lettre_de_decision),
        )
        // Public, but never kept: at the instant it changes for all at once.
        .route("/appels/{code}/laureats", get(routes::laureats))
}

/// The doors of a demonstration; each answers 404 outside one.
fn coulisses() -> Router<App> {
    Router::new()
        .route(urls::DEMONSTRATION, get(demonstration::routes::visite))
        .route(urls::COURRIELS, get(demonstration::routes::boite))
        .route(urls::HORLOGE, post(demonstration::routes::create_avance))
        .route(
            urls::RECOMMENCER,
            post(demonstration::routes::create_recommencement),
        )
}

/// The register, for those who correct it and those who answer for it.
fn corrections() -> Router<App> {
    use registre::routes;
    Router::new()
        .route("/poles/{id}/corrections", get(routes::correctifs))
        .route(
            "/poles/{id}/corrections/{information}",
            get(routes::correction).post(routes::create_correction),
        )
        .route(urls::SUIVIS, get(routes::suivis).post(routes::create_suivi))
        .route("/suivis/{id}/fin", post(routes::delete_suivi))
        .route(
            "/espace/territoires/{genre}/{code}",
            get(routes::mon_territoire),
        )
        .route(urls::CORRECTIONS, get(routes::corrections))
        .route(
            "/corrections/{id}/moderation",
            post(routes::create_moderation),
        )
        .route(
            "/modifications/{id}/annulation",
            get(routes::annulation).post(routes::create_annulation),
        )
}

/// Lists brought into the register, for its keeper.
fn imports() -> Router<App> {
    use imports::routes;
    Router::new()
        .route(
            urls::IMPORTS,
            get(routes::imports)
                .post(routes::create_import)
                .layer(DefaultBodyLimit::max(routes::ENVOI_AU_PLUS)),
        )
        .route(urls::MODELE_D_IMPORT, get(routes::modele))
        .route("/imports/{id}", get(routes::import))
        .route("/imports/{id}/refus", get(routes::refus))
        .route("/imports/{id}/relecture", post(routes::create_relecture))
        .route(
            "/imports/{id}/lignes/{ligne}/choix",
            post(routes::create_choix),
        )
        .route(
            "/imports/{id}/application",
            post(routes::create_application),
        )
        .route("/imports/{id}/annulation", post(routes::create_annulation))
}

/// The poles claimed by their own people.
fn revendications() -> Router<App> {
    use registre::routes;
    Router::new()
        .route(
            "/poles/{id}/revendication",
            get(routes::revendication).post(routes::create_revendication),
        )
        .route(urls::REVENDICATIONS, get(routes::revendications))
        .route("/revendications/{id}/code", post(routes::create_code))
        .route("/revendications/{id}/retrait", post(routes::create_retrait))
        .route("/revendications/{id}/reponse", post(routes::create_reponse))
        .route(
            "/revendications/{id}/lettre",
            get(routes::lettre).post(routes::create_lettre),
        )
        .route(
            "/revendications/{id}/lettre/pdf",
            post(routes::lettre_imprimee),
        )
        .route("/revendications/{id}/envoi", post(routes::create_envoi))
        .route("/revendications/{id}/reprise", post(routes::create_reprise))
}

/// The poles that come in by themselves, and those that leave.
fn declarations() -> Router<App> {
    use registre::routes;
    Router::new()
        .route(
            urls::DECLARER,
            get(routes::declarer).post(routes::create_declaration),
        )
        .route(urls::DECLARATIONS, get(routes::declarations))
        .route(
            "/declarations/{id}/retrait",
            post(routes::create_retrait_de_declaration),
        )
        .route(
            "/declarations/{id}/reponse",
            post(routes::create_reponse_a_la_declaration),
        )
        .route(
            "/poles/{id}/sortie",
            get(routes::sortie).post(routes::create_sortie),
        )
        .route(
            "/sorties/{id}/annulation",
            post(routes::create_annulation_de_sortie),
        )
}

/// Records that tell of one pole.
fn doublons() -> Router<App> {
    use registre::routes;
    Router::new()
        .route(urls::DOUBLONS, get(routes::doublons))
        .route(
            "/doublons/{garde}/{fondu}",
            get(routes::doublon).post(routes::create_fusion),
        )
        .route(
            "/doublons/{garde}/{fondu}/distinction",
            post(routes::create_distinction),
        )
        .route(
            "/doublons/{garde}/{fondu}/rapprochement",
            post(routes::create_rapprochement),
        )
        .route("/fusions/{id}/annulation", post(routes::create_defaite))
}

/// What the regional cells do.
fn instruction() -> Router<App> {
    use instruction::routes;
    Router::new()
        .route(urls::CELLULE, get(routes::a_faire))
        .route(urls::CELLULE_EXPORT, get(routes::export))
        .route(urls::CELLULES, get(routes::cellules))
        .route("/cellules/{region}", get(routes::cellule))
        .route(
            "/cellules/{region}/suppleance",
            post(routes::create_suppleance),
        )
        .route(
            "/cellules/{region}/contact",
            get(routes::contact).post(routes::create_contact),
        )
        .route("/instruction/{id}", get(routes::lecture))
        .route(
            "/instruction/{id}/eligibilite",
            post(routes::create_eligibilite),
        )
        .route(
            "/instruction/{id}/constats/{critere}",
            post(routes::save_constat),
        )
        .route("/instruction/{id}/pieces/{piece}", get(routes::piece))
        .route("/instruction/{id}/budgets/{genre}", get(routes::budget))
        .route("/instruction/{id}/notes", post(routes::create_note))
        .route("/instruction/{id}/projet", post(routes::save_projet))
        .route(
            "/instruction/{id}/avis",
            get(routes::avis).post(routes::create_avis),
        )
}

/// A dossier, for the team of its pole.
fn dossier() -> Router<App> {
    use dossiers::routes;
    Router::new()
        .route("/dossiers/{id}", get(routes::sommaire))
        .route(
            "/dossiers/{id}/rubriques/{code}",
            get(routes::rubrique).post(routes::update_rubrique),
        )
        .route(
            "/dossiers/{id}/membres",
            get(routes::membres).post(routes::update_membres),
        )
        .route(
            "/dossiers/{id}/budget",
            get(routes::budget).post(routes::update_budget),
        )
        .route(
            "/dossiers/{id}/budget/{genre}",
            get(routes::budget).post(routes::update_budget),
        )
        .route(
            "/dossiers/{id}/budgets/{genre}",
            get(routes::budget_imprime),
        )
        .route("/dossiers/{id}/pieces", get(routes::pieces))
        .route(
            "/dossiers/{id}/pieces/{piece}",
            get(routes::piece)
                .post(routes::create_piece)
                .layer(DefaultBodyLimit::max(routes::FICHIER_AU_PLUS)),
        )
        .route(
            "/dossiers/{id}/pieces/{piece}/retrait",
            post(routes::delete_piece),
        )
        .route("/dossiers/{id}/verification", get(routes::verification))
        .route(
            "/dossiers/{id}/depot",
            get(routes::depot).post(routes::create_depot),
        )
        .route("/dossiers/{id}/accuse", get(routes::accuse))
        .route("/dossiers/{id}/accuse.pdf", get(routes::accuse_pdf))
        .route("/dossiers/{id}/accuse/preuve", get(routes::preuve_du_depot))
        .route(
            "/dossiers/{id}/retrait",
            get(routes::retrait).post(routes::create_retrait),
        )
        .route(
            "/dossiers/{id}/equipe",
            get(routes::equipe).post(routes::create_association),
        )
        .route("/dossiers/{id}/equipe/{compte}", post(routes::update_place))
        .route(
            "/dossiers/{id}/equipe/{compte}/fin",
            get(routes::fin_dans_l_equipe).post(routes::create_fin),
        )
        .route("/dossiers/{id}/historique", get(routes::historique))
        .route(
            urls::VERIFICATION,
            get(routes::verification_publique).post(routes::create_verification),
        )
        .route("/verification/preuve", get(routes::preuve_publique))
}

/// The national committee.
fn comite() -> Router<App> {
    use comite::routes;
    Router::new()
        .route(urls::COMITE, get(routes::accueil))
        .route(
            "/interets/{campagne}",
            get(routes::interets).post(routes::create_interets),
        )
        .route(
            "/examens/{id}",
            get(routes::examen).post(routes::save_examen),
        )
        .route("/examens/{id}/pieces/{piece}", get(routes::piece))
        .route("/examens/{id}/budgets/{genre}", get(routes::budget))
        .route("/examens/{id}/rendu", post(routes::create_rendu))
        .route("/seances/{campagne}", get(routes::seance))
        .route("/seances/{campagne}/cloture", post(routes::create_cloture))
        .route("/seances/{campagne}/export", get(routes::export))
}

/// What programs ask for: no session, no page.
fn machines() -> Router<App> {
    Router::new()
        .route("/actifs/{fichier}", get(actifs::servir))
        .route("/marque/{fichier}", get(marque::servir))
        .route("/healthz", get(sante))
        .route("/metrics", get(mesures))
}

/// `GET /healthz`: 200 when the base answers.
async fn sante(State(app): State<App>) -> Result<&'static str, StatusCode> {
    let en_panne = |panne: Panne| {
        tracing::error!(
            error = traces::causes(&panne),
            "health: the base does not answer"
        );
        StatusCode::SERVICE_UNAVAILABLE
    };
    let mut base = app.db.lecture().await.map_err(en_panne)?;
    base.compter("SELECT COUNT(*) FROM instance", &[])
        .await
        .map_err(en_panne)?;
    Ok("en service\n")
}

/// `GET /metrics`: counters of the machine, none of the scheme.
async fn mesures(State(app): State<App>) -> Response {
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4")],
        app.mesures.render(),
    )
        .into_response()
}

/// What each job does.
pub fn faire(app: App, tache: Tache) -> Travail {
    Box::pin(async move {
        match tache.genre.as_str() {
            courriels::ENVOI => match charte::retenir_le_rappel(&app, &tache).await? {
                true => Ok(()),
                false => courriels::envoyer(&app, &tache).await,
            },
            dossiers::ACCUSE => dossiers::imprimer_l_accuse(&app, &tache).await,
            demonstration::ROLE | demonstration::SUITE => demonstration::jouer(&app, &tache).await,
            comptes::LIEN => comptes::envoyer_le_lien(&app, &tache).await,
            comptes::SANS_SUITE => comptes::effacer_sans_suite(&app, &tache).await,
            charte::CERTIFICAT => charte::imprimer_le_certificat(&app, &tache).await,
            conventions::TEXTE => conventions::imprimer(&app, &tache).await,
            conventions::EXEMPLAIRE => conventions::imprimer_l_exemplaire(&app, &tache).await,
            decisions::LETTRE => decisions::imprimer_la_lettre(&app, &tache).await,
            decisions::NOTIFICATION => decisions::notifier(&app, &tache).await,
            imports::LECTURE => imports::lire(&app, &tache).await,
            imports::ECRITURE => imports::ecrire(&app, &tache).await,
            registre::NOUVELLES => registre::dire_les_nouvelles(&app, &tache).await,
            _ => Err(Panne::Ligne(format!("no job is called {}", tache.genre))),
        }
    })
}

//! Anyone, without an account.

use crate::parcours;

parcours!(l_accueil_s_ouvre_sans_compte(banc) {
    banc.public().get("/").await.montre("Coopôle");
});

parcours!(une_adresse_inconnue_n_existe_pas(banc) {
    banc.public().get("/nulle-part").await.introuvable();
});

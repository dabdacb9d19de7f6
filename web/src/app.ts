// Starts everything. A page works without this script: it only shortens the way.
// What it animates is marked by `data-co-…` attributes, written by crates/dsfr.

import "@gouvfr/dsfr/dist/core/core.module.js";
import "@gouvfr/dsfr/dist/component/accordion/accordion.module.js";
import "@gouvfr/dsfr/dist/component/breadcrumb/breadcrumb.module.js";
import "@gouvfr/dsfr/dist/component/modal/modal.module.js";
import "@gouvfr/dsfr/dist/component/header/header.module.js";
import "@gouvfr/dsfr/dist/component/navigation/navigation.module.js";
import "@gouvfr/dsfr/dist/component/sidemenu/sidemenu.module.js";

import { suivreLesMontants } from "./budget";
import { compterLesSignes } from "./compteur";
import { copierLesLiens } from "./copier";
import { enregistrerSeul, oublierEnPartant } from "./enregistrement";
import { battreLaSeconde } from "./horloge";
import { ajouterEtRetirer } from "./lignes";
import { suivreLesTravaux } from "./suivi";
import { suivreLesEnvois } from "./televersement";
import { garderLesPlaces } from "./volets";

document.documentElement.dataset.coScript = "";
ajouterEtRetirer();
suivreLesMontants();
compterLesSignes();
enregistrerSeul();
oublierEnPartant();
suivreLesEnvois();
suivreLesTravaux();
battreLaSeconde();
copierLesLiens();
garderLesPlaces();

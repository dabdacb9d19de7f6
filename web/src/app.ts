// Starts everything. Pages work without this script; it only shortens the way.
import "@gouvfr/dsfr/dist/core/core.module.js";
import "@gouvfr/dsfr/dist/component/accordion/accordion.module.js";
import "@gouvfr/dsfr/dist/component/breadcrumb/breadcrumb.module.js";
import "@gouvfr/dsfr/dist/component/modal/modal.module.js";
import "@gouvfr/dsfr/dist/component/header/header.module.js";
import "@gouvfr/dsfr/dist/component/navigation/navigation.module.js";
import "@gouvfr/dsfr/dist/component/sidemenu/sidemenu.module.js";

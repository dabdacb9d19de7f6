// « 412 sur 1 500 signes », while one types. It is read on request only, as the
// field's description; it becomes a status once the limit is passed.

import { dire, nombre, tous } from "./commun";

export function compterLesSignes(): void {
  for (const compteur of tous("[data-co-compteur]")) {
    const zone = document.getElementById(compteur.dataset.coCompteur ?? "");
    const limite = Number(compteur.dataset.coLimite);
    if (!(zone instanceof HTMLTextAreaElement)) continue;
    zone.addEventListener("input", () => {
      const signes = [...zone.value].length;
      const depasse = signes > limite;
      compteur.classList.toggle("co-compteur--depasse", depasse);
      if (depasse) compteur.setAttribute("role", "status");
      else compteur.removeAttribute("role");
      dire(compteur, `${nombre(signes)} sur ${nombre(limite)} signes${depasse ? `, ${nombre(signes - limite)} de trop` : ""}`);
    });
  }
}

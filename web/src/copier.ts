// « Copier le lien » on a rule, an answer, a figure.

import { creer, dire, tous } from "./commun";

export function copierLesLiens(): void {
  const etat = creer("p", { class: "fr-sr-only", role: "status" });
  for (const bouton of tous<HTMLButtonElement>("[data-co-copier]")) {
    if (!navigator.clipboard) {
      bouton.remove();
      continue;
    }
    const libelle = bouton.textContent ?? "";
    document.body.append(etat);
    bouton.addEventListener("click", async () => {
      await navigator.clipboard.writeText(new URL(bouton.dataset.coCopier ?? "", location.href).href);
      dire(bouton, "Lien copié");
      dire(etat, "Lien copié.");
      window.setTimeout(() => {
        dire(bouton, libelle);
        dire(etat, "");
      }, 3000);
    });
  }
}

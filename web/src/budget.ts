// Totals that follow what one types: an echo only, the server counts.

import { dire, euros, tous } from "./commun";

export function suivreLesMontants(): void {
  for (const formulaire of tous<HTMLFormElement>("form")) {
    if (formulaire.querySelector("[data-co-total], [data-co-ecart]")) {
      formulaire.addEventListener("input", () => totaliser(formulaire));
    }
  }
}

function totaliser(formulaire: HTMLFormElement): void {
  for (const total of tous("[data-co-total]", formulaire)) {
    dire(total, ecrire(somme(formulaire, total.dataset.coTotal)));
  }
  for (const ecart of tous("[data-co-ecart]", formulaire)) {
    const difference = somme(formulaire, ecart.dataset.coEcart) - somme(formulaire, ecart.dataset.coMoins);
    dire(ecart, ecrire(Math.abs(difference)));
  }
}

/** In cents; a blank is left out, an amount nobody can read makes the whole unknown. */
function somme(formulaire: HTMLFormElement, nom = ""): number {
  return tous<HTMLInputElement>(`[data-co-somme="${CSS.escape(nom)}"]`, formulaire)
    .filter((champ) => champ.value.trim() !== "")
    .reduce((total, champ) => total + centimes(champ.value), 0);
}

/** « 12 000,50 € » → 1200050; NaN when it is no amount. */
function centimes(saisie: string): number {
  const lu = /^(-?\d+)(?:[.,](\d{1,2}))?$/.exec(saisie.replace(/[\s\u00a0\u202f€]/g, ""));
  return lu ? Number(lu[1]) * 100 + Number((lu[2] ?? "").padEnd(2, "0")) : NaN;
}

function ecrire(centimes: number): string {
  return Number.isNaN(centimes) ? "—" : euros(centimes);
}

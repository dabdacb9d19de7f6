// A long work that goes on behind the page: its state is asked for again until it is
// done, then the page shows what came of it. Without script, a link does the same.

import { dire, tous } from "./commun";

const PAUSE_MS = 2000;

export function suivreLesTravaux(): void {
  for (const travail of tous("[data-co-suivi]")) attendre(travail);
}

function attendre(travail: HTMLElement): void {
  window.setTimeout(() => void regarder(travail), PAUSE_MS);
}

async function regarder(travail: HTMLElement): Promise<void> {
  const reponse = await fetch(location.href).catch(() => undefined);
  if (reponse?.ok) {
    const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
    const etat = page.querySelector("[data-co-suivi-etat]");
    if (!etat) return location.reload();
    dire(travail.querySelector("[data-co-suivi-etat]"), etat.textContent ?? "");
  }
  attendre(travail);
}

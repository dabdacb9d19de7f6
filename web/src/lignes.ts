// Lines that come and go in a table to fill in, through the buttons that send the
// form without script. A line removed can be put back until something else is done.

import { bouton, dire, tous } from "./commun";

export function ajouterEtRetirer(): void {
  for (const tableau of tous("[data-co-lignes]")) {
    tableau.addEventListener("click", (clic) => {
      const cible = (clic.target as Element).closest<HTMLButtonElement>("[data-co-ajouter], [data-co-retirer]");
      if (!cible) return;
      clic.preventDefault();
      if (cible.matches("[data-co-ajouter]")) ajouter(tableau);
      else retirer(tableau, cible.closest("tr"));
    });
    tableau.addEventListener("keydown", descendre);
  }
}

function ajouter(tableau: HTMLElement): void {
  const modele = tableau.querySelector("template");
  const numero = Number(tableau.dataset.coSuivant ?? 0);
  tableau.dataset.coSuivant = String(numero + 1);
  const ligne = document.createElement("template");
  ligne.innerHTML = (modele?.innerHTML ?? "").replaceAll("__n__", String(numero));
  const nouvelle = ligne.content.firstElementChild;
  if (!nouvelle) return;
  tableau.querySelector("tbody")?.append(nouvelle);
  annoncer(tableau, "");
  nouvelle.querySelector<HTMLElement>("input, select, textarea")?.focus();
  prevenir(tableau);
}

function retirer(tableau: HTMLElement, ligne: HTMLElement | null): void {
  if (!ligne) return;
  const suivante = ligne.nextElementSibling;
  const corps = ligne.parentElement;
  ligne.remove();
  prevenir(tableau);
  const zone = annoncer(tableau, "Ligne retirée.");
  const remettre = bouton("Annuler", () => {
    corps?.insertBefore(ligne, suivante?.isConnected ? suivante : null);
    annoncer(tableau, "Ligne remise.");
    ligne.querySelector<HTMLElement>("input, select, textarea")?.focus();
    prevenir(tableau);
  });
  zone?.append(" ", remettre);
  remettre.focus();
}

function annoncer(tableau: HTMLElement, phrase: string): Element | null {
  const zone = tableau.querySelector("[data-co-annonce]");
  dire(zone, phrase);
  return zone;
}

/** Autosave and totals listen to the form. */
function prevenir(tableau: HTMLElement): void {
  tableau.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Enter goes down the column, as in a spreadsheet, instead of sending the form. */
function descendre(frappe: KeyboardEvent): void {
  const champ = frappe.target;
  if (frappe.key !== "Enter" || !(champ instanceof HTMLInputElement)) return;
  frappe.preventDefault();
  const cellule = champ.closest("td, th");
  const ligne = champ.closest("tr");
  const rang = [...(ligne?.children ?? [])].indexOf(cellule as Element);
  const dessous = ligne?.nextElementSibling?.children[rang]?.querySelector<HTMLElement>("input, select");
  (dessous ?? champ.closest("[data-co-lignes]")?.querySelector<HTMLElement>("[data-co-ajouter]"))?.focus();
}

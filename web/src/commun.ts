// What several modules need: finding elements, speaking, writing as French readers do.

export function tous<E extends HTMLElement>(selecteur: string, dans: ParentNode = document): E[] {
  return [...dans.querySelectorAll<E>(selecteur)];
}

/** An element with its attributes and text, ready to be inserted. */
export function creer<N extends keyof HTMLElementTagNameMap>(
  nom: N,
  attributs: Record<string, string>,
  texte = "",
): HTMLElementTagNameMap[N] {
  const element = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) element.setAttribute(cle, valeur);
  element.textContent = texte;
  return element;
}

/** A small outlined button that does `agir`. */
export function bouton(texte: string, agir: () => void): HTMLButtonElement {
  const element = creer("button", { type: "button", class: "fr-btn fr-btn--secondary fr-btn--sm" }, texte);
  element.addEventListener("click", agir);
  return element;
}

/** Rewrites a status only when it changes: what does not change is not read again. */
export function dire(etat: Element | null, phrase: string): void {
  if (etat && etat.textContent !== phrase) etat.textContent = phrase;
}

/** 182400 cents → « 1 824 € »; cents are written only when there are some. */
export function euros(centimes: number): string {
  const reste = Math.abs(centimes) % 100;
  const decimales = reste ? `,${String(reste).padStart(2, "0")}` : "";
  const signe = centimes < 0 ? "−" : "";
  return `${signe}${nombre(Math.trunc(Math.abs(centimes) / 100))}${decimales}\u00a0€`;
}

/** 1500 → « 1 500 », with a narrow no-break space. */
export function nombre(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** 34000000 → « 34 Mo », as `dsfr::poids` writes it. */
export function poids(octets: number): string {
  if (octets < 999_500) return `${Math.max(1, Math.round(octets / 1000))}\u00a0ko`;
  const mo = octets / 1_000_000;
  const arrondi = mo < 10 ? Math.round(mo * 10) / 10 : Math.round(mo);
  return `${String(arrondi).replace(".", ",")}\u00a0Mo`;
}

/** What the server answers to a form that asked for JSON. */
export interface Reponse {
  /** A finished sentence to show. */
  phrase?: string;
  /** The new number of these values (autosave). */
  version?: number;
  /** Where to go next (upload). */
  adresse?: string;
  /** A sentence by name of field. */
  erreurs?: Record<string, string>;
}

/** Shows each error beside its field, and clears those that are gone. */
export function montrerErreurs(formulaire: HTMLFormElement, erreurs: Record<string, string> = {}): void {
  for (const zone of tous(".fr-messages-group", formulaire)) {
    const nom = zone.id.replace(/-messages$/, "");
    const phrase = erreurs[nom] ?? "";
    const champ = document.getElementById(nom);
    if (zone.dataset.coErreur === undefined && !phrase) continue;
    zone.dataset.coErreur = "";
    dire(zone, "");
    if (phrase) zone.append(creer("p", { class: "fr-message fr-message--error" }, phrase));
    if (phrase) champ?.setAttribute("aria-invalid", "true");
    else champ?.removeAttribute("aria-invalid");
    for (const classe of ["fr-input-group", "fr-select-group", "fr-upload-group"]) {
      zone.closest(`.${classe}`)?.classList.toggle(`${classe}--error`, phrase !== "");
    }
  }
}

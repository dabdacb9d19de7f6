// Two panes, one shown at a time on a narrow screen: the style sheet follows the address.
// This only gives each pane back where it was left, and says which tab is current.

import { tous } from "./commun";

export function garderLesPlaces(): void {
  for (const panneaux of tous("[data-co-volets]")) {
    const onglets = [...panneaux.querySelectorAll<HTMLAnchorElement>(".co-onglet")];
    const places = new Map<string, number>();
    const montre = (): string | undefined =>
      onglets.map((onglet) => onglet.hash).find((volet) => panneaux.querySelector(volet)?.checkVisibility());
    const dire = (): void => {
      const courant = montre();
      for (const onglet of onglets) {
        if (onglet.hash === courant) onglet.setAttribute("aria-current", "true");
        else onglet.removeAttribute("aria-current");
      }
    };
    for (const onglet of onglets) {
      onglet.addEventListener("click", () => {
        const quitte = montre();
        if (!quitte || quitte === onglet.hash) return;
        places.set(quitte, scrollY);
        const place = places.get(onglet.hash);
        // After the browser has gone to the top of the pane.
        if (place !== undefined) addEventListener("hashchange", () => scrollTo({ top: place }), { once: true });
      });
    }
    addEventListener("hashchange", dire);
    // The place the address names is only reached once the page is whole.
    addEventListener("load", dire);
  }
}

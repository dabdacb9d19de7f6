// The server's hour near a deadline. It ticks for the eyes; screen readers are
// told at 60, 15, 5 and 1 minute. It closes nothing: the server judges arrival.

import { dire, tous } from "./commun";

const ANNONCES_MIN = [60, 15, 5, 1];

export function battreLaSeconde(): void {
  for (const horloge of tous("[data-co-horloge]")) new Horloge(horloge);
}

class Horloge {
  private readonly ecart: number;
  private readonly echeance: number;
  private readonly heure: Element | null;
  private readonly annonce: Element | null;
  private minutes: number;

  constructor(horloge: HTMLElement) {
    // The device's clock may be wrong; only the time gone by since is asked of it.
    this.ecart = Date.parse(horloge.dataset.coMaintenant ?? "") - Date.now();
    this.echeance = Date.parse(horloge.dataset.coEcheance ?? "");
    this.heure = horloge.querySelector("[data-co-heure]");
    this.annonce = horloge.querySelector("[data-co-annonce]");
    this.minutes = this.restantes();
    if (Number.isNaN(this.ecart + this.echeance)) return;
    window.setInterval(() => this.battre(), 1000);
  }

  private maintenant(): number {
    return Date.now() + this.ecart;
  }

  /** Whole minutes left, rounded up: 60 from 59 min 59 s on. */
  private restantes(): number {
    return Math.ceil((this.echeance - this.maintenant()) / 60_000);
  }

  private battre(): void {
    dire(this.heure, heureDeParis(this.maintenant()));
    const avant = this.minutes;
    this.minutes = this.restantes();
    const franchie = ANNONCES_MIN.find((seuil) => this.minutes <= seuil && seuil < avant);
    if (this.minutes <= 0 && avant > 0) dire(this.annonce, "L’heure de clôture est passée.");
    else if (franchie) dire(this.annonce, `Il reste ${franchie}\u00a0minute${franchie > 1 ? "s" : ""} avant la clôture.`);
  }
}

const PARIS = new Intl.DateTimeFormat("fr-FR", {
  timeZone: "Europe/Paris",
  hour: "numeric",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** « 11 h 58 min 12 s », no-break spaces around each unit. */
function heureDeParis(instant: number): string {
  const part = Object.fromEntries(PARIS.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return `${part.hour} h ${deux(part.minute)} min ${deux(part.second)} s`.replaceAll(" ", "\u00a0");
}

function deux(n = 0): string {
  return String(n).padStart(2, "0");
}

// Autosave. The form goes to its own address, with its own fields, after a second
// of quiet; one request at a time; the version it carries lets the server refuse
// an older text. Nothing typed is lost: when the network fails, answers stay on
// this device until they have gone. « Enregistrer » stays, and works alone.

import { bouton, creer, dire, montrerErreurs, tous, type Reponse } from "./commun";

const SILENCE_MS = 1000;
const NOUVEL_ESSAI_MS = 15_000;
const PREFIXE = "coopole:";

export function enregistrerSeul(): void {
  for (const formulaire of tous<HTMLFormElement>("form[data-co-enregistrement]")) new Enregistrement(formulaire);
}

/** Signing out leaves nothing on this device. */
export function oublierEnPartant(): void {
  for (const formulaire of tous<HTMLFormElement>("form[data-co-oublier]")) {
    formulaire.addEventListener("submit", () => {
      for (const cle of Object.keys(localStorage)) if (cle.startsWith(PREFIXE)) localStorage.removeItem(cle);
    });
  }
}

class Enregistrement {
  private readonly etat: HTMLElement | null;
  private readonly cle: string;
  private envoye: string;
  private minuterie = 0;
  private enCours: Promise<void> | null = null;
  private arrete = false;

  constructor(private readonly formulaire: HTMLFormElement) {
    this.etat = formulaire.querySelector("[data-co-etat]") ?? document.querySelector("[data-co-etat]");
    this.cle = PREFIXE + formulaire.action;
    this.envoye = this.contenu();
    formulaire.addEventListener("input", () => this.programmer(SILENCE_MS));
    formulaire.addEventListener("change", () => this.programmer(0));
    formulaire.addEventListener("submit", (envoi) => this.laisserPartir(envoi));
    addEventListener("online", () => this.programmer(0));
    addEventListener("pagehide", () => this.partir());
    this.proposerCeQuiRestait();
  }

  /** The fields as the server will read them, but the version: it changes at each save. */
  private contenu(): string {
    const champs = this.champs();
    champs.delete("version");
    return champs.toString();
  }

  private champs(): URLSearchParams {
    const champs = new URLSearchParams();
    for (const [nom, valeur] of new FormData(this.formulaire)) {
      if (typeof valeur === "string") champs.append(nom, valeur);
    }
    return champs;
  }

  private programmer(delai: number): void {
    clearTimeout(this.minuterie);
    if (!this.arrete) this.minuterie = window.setTimeout(() => this.enregistrer(), delai);
  }

  private enregistrer(): void {
    if (this.enCours || this.arrete || this.contenu() === this.envoye) return;
    this.enCours = this.envoyer().finally(() => {
      this.enCours = null;
      if (this.contenu() !== this.envoye && navigator.onLine && !localStorage.getItem(this.cle)) {
        this.programmer(SILENCE_MS);
      }
    });
  }

  private async envoyer(): Promise<void> {
    const contenu = this.contenu();
    try {
      const reponse = await fetch(this.formulaire.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: this.champs(),
      });
      if (reponse.status >= 500) throw new Error(String(reponse.status));
      const enJson = reponse.headers.get("content-type")?.includes("json") ?? false;
      // Another page than ours: the session has ended and we were led to sign in.
      if (!enJson || reponse.status === 401 || reponse.status === 403) return this.sessionTerminee();
      this.recevoir(reponse.status, contenu, (await reponse.json()) as Reponse);
    } catch {
      this.garderIci();
    }
  }

  private recevoir(statut: number, contenu: string, reponse: Reponse): void {
    if (statut === 409) return this.conflit(reponse);
    montrerErreurs(this.formulaire, reponse.erreurs);
    if (statut === 200) {
      this.envoye = contenu;
      localStorage.removeItem(this.cle);
      const version = this.formulaire.elements.namedItem("version");
      if (version instanceof HTMLInputElement && reponse.version !== undefined) version.value = String(reponse.version);
    }
    this.annoncer(reponse.phrase ?? "", statut !== 200);
  }

  private conflit(reponse: Reponse): void {
    this.arrete = true;
    this.annoncer(reponse.phrase ?? "Cette réponse a été modifiée par une autre personne. Aucun texte n’est perdu.", true);
    this.etat?.append(" ", bouton("Voir les deux textes", () => this.formulaire.requestSubmit()));
  }

  private sessionTerminee(): void {
    this.arrete = true;
    this.poserIci();
    this.annoncer("Votre session est terminée. Vos réponses restent sur cet appareil.", true);
    this.etat?.append(" ", creer("a", { class: "fr-link fr-link--sm", href: location.href }, "Se reconnecter"));
  }

  private garderIci(): void {
    const restantes = this.poserIci();
    const attente = restantes > 1 ? `${restantes} réponses en attente.` : "1 réponse en attente.";
    this.annoncer(
      `Connexion interrompue. Vos réponses restent sur cet appareil et partiront au retour du réseau. ${attente}`,
      true,
    );
    this.programmer(NOUVEL_ESSAI_MS);
  }

  /** Keeps the answers on this device; returns how many the server does not have. */
  private poserIci(): number {
    localStorage.setItem(this.cle, this.champs().toString());
    const avant = new URLSearchParams(this.envoye);
    const noms = new Set([...avant.keys(), ...this.champs().keys()]);
    noms.delete("version");
    return [...noms].filter((nom) => avant.getAll(nom).join() !== this.champs().getAll(nom).join()).length;
  }

  private annoncer(phrase: string, attention: boolean): void {
    this.etat?.classList.toggle("co-etat--attention", attention);
    dire(this.etat, phrase);
  }

  /** A save in flight would make the button's own version stale: it goes first. */
  private laisserPartir(envoi: SubmitEvent): void {
    clearTimeout(this.minuterie);
    if (!this.enCours) {
      this.arrete = true;
      localStorage.removeItem(this.cle);
      return;
    }
    envoi.preventDefault();
    const bouton = envoi.submitter;
    void this.enCours.then(() => this.formulaire.requestSubmit(bouton));
  }

  /** The page closes within the second: the browser finishes sending by itself. */
  private partir(): void {
    if (this.arrete || this.enCours || this.contenu() === this.envoye) return;
    void fetch(this.formulaire.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: this.champs(),
      keepalive: true,
    });
  }

  /** Answers that could not go last time. They come back only if asked for: the
      server may hold newer ones. */
  private proposerCeQuiRestait(): void {
    const gardees = localStorage.getItem(this.cle);
    if (!gardees) return;
    this.annoncer("Des réponses gardées sur cet appareil n’étaient pas parties.", true);
    const oublier = (): void => {
      localStorage.removeItem(this.cle);
      this.annoncer("", false);
    };
    const remettre = bouton("Les remettre", () => {
      this.remplir(new URLSearchParams(gardees));
      oublier();
      this.programmer(0);
    });
    this.etat?.append(" ", remettre, " ", bouton("Les oublier", oublier));
  }

  private remplir(gardees: URLSearchParams): void {
    for (const champ of tous<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>("[name]", this.formulaire)) {
      if (champ.name === "version" || champ.type === "file" || champ instanceof HTMLButtonElement) continue;
      const valeurs = gardees.getAll(champ.name);
      if (champ instanceof HTMLInputElement && ["checkbox", "radio"].includes(champ.type)) {
        champ.checked = valeurs.includes(champ.value);
      } else if (valeurs.length > 0) {
        champ.value = valeurs[0] ?? "";
      }
    }
    this.formulaire.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Files: their weight is checked before they leave, their progress is shown, and
// a cut connection offers to start again with the file already chosen. The server
// stays the judge; without script the form goes as any other.

import { bouton, creer, dire, montrerErreurs, poids, tous, type Reponse } from "./commun";

export function suivreLesEnvois(): void {
  for (const formulaire of tous<HTMLFormElement>("form[data-co-televersement]")) {
    formulaire.addEventListener("submit", (envoi) => partir(formulaire, envoi));
    formulaire.addEventListener("change", () => montrerErreurs(formulaire, tropLourds(formulaire)));
  }
}

function partir(formulaire: HTMLFormElement, envoi: SubmitEvent): void {
  const erreurs = tropLourds(formulaire);
  const champ = champsFichier(formulaire).find((c) => c.files?.length);
  if (Object.keys(erreurs).length > 0) {
    envoi.preventDefault();
    montrerErreurs(formulaire, erreurs);
    document.getElementById(Object.keys(erreurs)[0] ?? "")?.focus();
  } else if (champ) {
    envoi.preventDefault();
    new Envoi(formulaire, champ, envoi.submitter).partir();
  }
}

function champsFichier(formulaire: HTMLFormElement): HTMLInputElement[] {
  return tous<HTMLInputElement>("input[type=file]", formulaire);
}

function tropLourds(formulaire: HTMLFormElement): Record<string, string> {
  const erreurs: Record<string, string> = {};
  for (const champ of champsFichier(formulaire)) {
    const limite = Number(champ.dataset.coOctetsMax ?? Infinity);
    const fichier = champ.files?.[0];
    if (fichier && fichier.size > limite) {
      erreurs[champ.id] = `Ce fichier pèse ${poids(fichier.size)}\u202f; la limite est de ${poids(limite)}.`;
    }
  }
  return erreurs;
}

/** Where the act leads; the page we are on, at another place of it, is asked for again. */
function aller(adresse: string): void {
  const ou = new URL(adresse, location.href);
  const ici = ou.pathname === location.pathname && ou.search === location.search;
  location.assign(ou);
  if (ici && ou.hash) location.reload();
}

class Envoi {
  private readonly bloc = creer("div", { class: "co-envoi" });
  private readonly barre = creer("progress", { max: "100", "aria-label": "Envoi du fichier" });
  private readonly etat = creer("p", { class: "fr-hint-text", role: "status" });
  private fait = 0;

  constructor(
    private readonly formulaire: HTMLFormElement,
    private readonly champ: HTMLInputElement,
    private readonly origine: HTMLElement | null,
  ) {
    formulaire.querySelector(".co-envoi")?.remove();
    this.bloc.append(this.barre, this.etat);
    this.champ.insertAdjacentElement("afterend", this.bloc);
  }

  partir(): void {
    this.bloc.querySelector("button")?.remove();
    dire(this.etat, "Envoi en cours…");
    const requete = new XMLHttpRequest();
    requete.open("POST", this.formulaire.action);
    requete.setRequestHeader("Accept", "application/json");
    requete.responseType = "text";
    requete.upload.onprogress = ({ loaded, total }) => this.avancer(loaded, total);
    requete.onload = () => this.finir(requete);
    requete.onerror = requete.ontimeout = () => this.interrompu();
    requete.send(this.corps());
  }

  /** The button pressed is part of the form, as without script. */
  private corps(): FormData {
    const corps = new FormData(this.formulaire);
    const bouton = this.origine;
    if (bouton instanceof HTMLButtonElement && bouton.name) corps.append(bouton.name, bouton.value);
    return corps;
  }

  private avancer(envoye: number, total: number): void {
    this.fait = total > 0 ? Math.floor((envoye / total) * 100) : 0;
    this.barre.value = this.fait;
    // One sentence a quarter: a screen reader must not recite the progress.
    if (this.fait < 100) dire(this.etat, `Envoi en cours, ${Math.floor(this.fait / 25) * 25}\u202f% sur ${poids(total)}.`);
    else dire(this.etat, "Fichier reçu, vérification en cours…");
  }

  private finir(requete: XMLHttpRequest): void {
    const enJson = requete.getResponseHeader("content-type")?.includes("json") ?? false;
    if (enJson) return this.lire(requete.status, JSON.parse(requete.responseText) as Reponse);
    // A page: the one after the act if all went well, else let the server show its own.
    if (requete.status < 300) location.assign(requete.responseURL);
    else this.formulaire.submit();
  }

  private lire(statut: number, reponse: Reponse): void {
    if (statut < 300 && reponse.adresse) return aller(reponse.adresse);
    this.barre.remove();
    montrerErreurs(this.formulaire, reponse.erreurs);
    dire(this.etat, reponse.phrase ?? "");
    if (reponse.erreurs) this.champ.focus();
  }

  private interrompu(): void {
    dire(this.etat, `L’envoi s’est interrompu à ${this.fait}\u202f%. Le fichier choisi est gardé.`);
    this.bloc.append(bouton("Reprendre l’envoi", () => this.partir()));
  }
}

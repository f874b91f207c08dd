/** Sends a form once, says what happens meanwhile, and turns each failure into words. */
import { ActionKey, ApiProblem, call, NetworkFailure, NotSignedIn } from "../api.ts";
import { signInAddress } from "../session.ts";
import { element, focusOn } from "./dom.ts";
import { readForm, type Trouble } from "./read.ts";
import { hidePasswords } from "./reveal.ts";
import { Robots, RobotsFailure } from "./robots.ts";

const SENDING = "Envoi en cours…";
const CHECKING = "Vérification de sécurité…";
const UNABLE =
  "Votre navigateur ne sait pas faire la vérification de sécurité. Vos réponses restent sur cette page. Mettez-le à jour, prenez-en un autre, ou appelez le service.";
const OFFLINE =
  "La mairie n’a pas encore reçu votre demande : le réseau ne répond pas. Vos réponses restent sur cette page. Réessayez quand le réseau sera revenu.";

export class Sender<T> {
  readonly #key = new ActionKey();
  readonly #robots: Robots | null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly refused: (troubles: Trouble[]) => void,
  ) {
    this.#robots = form.querySelector("[data-robots]") ? new Robots(form) : null;
  }

  /** The town's answer, or null when it could not be had; the person has then been told why. */
  async send(button: HTMLButtonElement | null): Promise<T | null> {
    this.#say();
    hidePasswords(this.form);
    const label = button?.textContent ?? "";
    setBusy(button, true, this.#robots ? CHECKING : SENDING);
    try {
      return await this.#past(() => setBusy(button, true, SENDING));
    } catch (error) {
      this.#explain(error);
      return null;
    } finally {
      setBusy(button, false, label);
    }
  }

  /** Through the control against robots where the form has one; a solution that came too late is made again, once. */
  async #past(sending: () => void, again = true): Promise<T> {
    const proof = await this.#robots?.solution();
    sending();
    const path = this.form.dataset["action"] ?? "";
    try {
      const { data } = await call<T>("POST", path, { body: readForm(this.form), key: this.#key, ...(proof ? { proof } : {}) });
      this.#robots?.spent();
      return data;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error; // perhaps received: the same solution goes with the same request
      this.#robots?.spent();
      if (error.code !== "robot_check" || !again) throw error;
      return await this.#past(sending, false);
    }
  }

  #explain(error: unknown): void {
    if (error instanceof NetworkFailure) this.#say(OFFLINE);
    else if (error instanceof RobotsFailure) this.#say(UNABLE);
    else if (error instanceof NotSignedIn) this.#say("Votre session a expiré. Vos réponses restent sur cette page.", signInLink());
    else if (error instanceof ApiProblem) {
      const troubles = error.errors.length > 0 ? [...error.errors] : [{ pointer: "", detail: error.detail }];
      this.refused(troubles);
    } else throw error;
  }

  /** A message beside the buttons, where the person has just pressed. */
  #say(message = "", ...more: Node[]): void {
    const known = this.form.querySelector<HTMLElement>(".p-form-message");
    const place = known ?? element("div", { class: "p-form-message p-banner p-warn", role: "alert", tabindex: "-1" });
    place.hidden = !message;
    place.replaceChildren(element("p", {}, message), ...more);
    if (!known) this.form.append(place);
    if (message) focusOn(place);
  }
}

function setBusy(button: HTMLButtonElement | null, busy: boolean, label: string): void {
  if (!button) return;
  button.disabled = busy;
  button.textContent = label;
}

function signInLink(): HTMLElement {
  const link = element("a", { href: signInAddress(), target: "_blank", rel: "noopener" }, "Me connecter dans un nouvel onglet");
  return element("p", {}, link, ", puis revenir ici et réessayer.");
}

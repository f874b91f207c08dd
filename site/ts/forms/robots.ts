/**
 * The control against robots: this device solves a small challenge of the town, with nothing to read or to copy.
 * It begins when somebody is at the form, and is done long before the last answer.
 */
import { get } from "../api.ts";

type Challenge = { parameters: Readonly<Record<string, unknown>>; signature: string };
type Solution = { counter: number; derivedKey: string; time: number };

const ADDRESS = "/api/accounts/robot-challenge";
const WORKER = "/assets/app/robots.js";
const FRESH_MS = 10 * 60_000; // half of what the town allows: the clock of the device may be wrong, this is no date
const GIVE_UP_MS = 60_000;
const NO_ANSWER_MS = GIVE_UP_MS + 5_000; // a worker that the device put an end to says nothing
const WORDS = {
  working: "Vérification de sécurité en cours, sans rien à recopier…",
  done: "Vérification de sécurité faite.",
  later: "La vérification de sécurité se fera à l’envoi.",
};

/** What the town reads: the challenge as it came, and its solution. */
export const payloadOf = (challenge: Challenge, solution: Solution): string => btoa(JSON.stringify({ challenge, solution }));

export class Robots {
  #pending: Promise<string> | null = null;
  #since = 0;

  constructor(private readonly form: HTMLFormElement) {
    form.addEventListener("focusin", ({ target }) => {
      if (target instanceof Element && target.matches("input, select, textarea")) void this.#early();
    });
  }

  /** A solution that has not served yet. Raises NetworkFailure or ApiProblem when no challenge can be had. */
  async solution(): Promise<string> {
    if (this.#pending === null || performance.now() - this.#since > FRESH_MS) {
      this.#since = performance.now();
      this.#pending = this.#solve();
    }
    try {
      return await this.#pending;
    } catch (error) {
      this.#pending = null;
      this.#say("later");
      throw error;
    }
  }

  /** It has served: the next sending solves another one. */
  spent(): void {
    this.#pending = null;
  }

  async #early(): Promise<void> {
    try {
      await this.solution();
    } catch {
      // it is tried again, and explained, when the form is sent
    }
  }

  async #solve(): Promise<string> {
    this.#say("working");
    const challenge = (await get<Challenge>(ADDRESS)).data;
    const solution = await work(challenge);
    this.#say("done");
    return payloadOf(challenge, solution);
  }

  #say(what: keyof typeof WORDS): void {
    const place = this.form.querySelector<HTMLElement>("[data-robots]");
    if (place && place.textContent !== WORDS[what]) place.textContent = WORDS[what];
  }
}

function work(challenge: Challenge): Promise<Solution> {
  return new Promise((solved, failed) => {
    let worker: Worker;
    try {
      worker = new Worker(WORKER, { type: "module" });
    } catch {
      return failed(new RobotsFailure());
    }
    const end = (result: () => void): void => {
      clearTimeout(late);
      worker.terminate();
      result();
    };
    const late = setTimeout(() => end(() => failed(new RobotsFailure())), NO_ANSWER_MS);
    worker.onmessage = ({ data }: MessageEvent<Solution | { error: unknown } | null>) =>
      end(() => (data && "counter" in data ? solved(data) : failed(new RobotsFailure())));
    worker.onerror = () => end(() => failed(new RobotsFailure()));
    worker.postMessage({ type: "work", challenge, counterMode: "uint32", counterStart: 0, counterStep: 1, timeout: GIVE_UP_MS });
  });
}

/** This browser cannot do it. */
export class RobotsFailure extends Error {
  override readonly name = "RobotsFailure";
}

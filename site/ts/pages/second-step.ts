/** « Votre code de connexion »: the step after the password, with an application or with a code sent by mail. */
import { call, get, NotSignedIn } from "../api.ts";
import { drive, findForm } from "../forms/driver.ts";
import { rememberSignedIn, safePath } from "../session.ts";
import { reasonOf } from "../view.ts";
import type { SignedIn } from "../wire.ts";

const PATH = "/api/accounts/sessions/second-step";
const form = findForm("second-step");
const said = document.querySelector<HTMLElement>("[data-said]");
const send = document.querySelector<HTMLButtonElement>("[data-send-code]");

const wanted = (): string => safePath(new URLSearchParams(location.search).get("suite"), location.origin) ?? "/mon-espace/";

if (form) {
  drive<SignedIn>(form, {
    done: async (account) => {
      await rememberSignedIn(account);
      location.replace(wanted());
    },
  });
}

send?.addEventListener("click", () => {
  void attempt(async () => {
    await call("POST", `${PATH}/mail`, {});
    tell("Le code est parti à votre adresse e-mail. Il vaut dix minutes.");
    form?.querySelector("input")?.focus();
  });
});

function tell(words: string): void {
  if (said) said.textContent = words;
}

async function attempt(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (error instanceof NotSignedIn) location.replace(`/connexion/${location.search}`);
    else tell(reasonOf(error));
  }
}

void attempt(async () => {
  const { data } = await get<{ means: string; proven: boolean }>(PATH);
  for (const part of document.querySelectorAll<HTMLElement>("[data-means]")) part.hidden = part.dataset["means"] !== data.means;
});

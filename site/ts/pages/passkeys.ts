/** « Clés d’accès »: those of the account, and adding one. */
import { ActionKey, call } from "../api.ts";
import { drive, findForm } from "../forms/driver.ts";
import { showErrors } from "../forms/errors.ts";
import { inWords, makePasskey, supported, type Options } from "../passkeys/ceremony.ts";
import { PasskeysElement } from "../passkeys/element.ts";
import { reasonOf } from "../view.ts";
import type { Passkey } from "../wire.ts";

customElements.define("parvis-passkeys", PasskeysElement);

const part = document.querySelector<HTMLElement>(`[data-part="${supported() ? "add" : "unsupported"}"]`);
if (part) part.hidden = false;

const list = document.querySelector<PasskeysElement>("parvis-passkeys");
const form = findForm("add-passkey");
if (form) {
  drive<Options>(form, {
    done: async (options) => {
      const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
      if (button) button.disabled = true; // the browser asks: pressing again would take its question away
      try {
        const body = await makePasskey(options);
        const { data } = await call<Passkey>("POST", "/api/passkeys", { body, key: new ActionKey() });
        form.reset();
        await list?.load(`La clé d’accès « ${data.name} » est ajoutée.`);
      } catch (error) {
        // the answer may have been lost the time before: the list then shows the one that the device has
        if (error instanceof DOMException && error.name === "InvalidStateError") await list?.load();
        showErrors(form, [{ pointer: "", detail: inWords(error) ?? reasonOf(error) }], () => undefined);
      } finally {
        if (button) button.disabled = false;
      }
    },
  });
}

/** « Mes données »: a copy of them, and closing the account. */
import { drive, findForm, showDone } from "../forms/driver.ts";
import { ExportElement } from "../my-data/element.ts";
import { goToSignIn, seemsSignedIn, wipeDevice } from "../session.ts";

if (!seemsSignedIn()) goToSignIn(); // nothing here is asked of the town before a button is pressed
customElements.define("parvis-export", ExportElement);

const form = findForm("close-account");
if (form) {
  drive(form, {
    done: async (_answer, sent) => {
      await wipeDevice();
      showDone(sent);
    },
  });
}

/** « Mes identifiants »: identifiant, devices, and the form that changes the password. */
import { CredentialsElement } from "../credentials/element.ts";
import { drive, findForm, showDone } from "../forms/driver.ts";

customElements.define("parvis-credentials", CredentialsElement);

const form = findForm("change-password");
if (form) {
  drive(form, {
    done: (_answer, sent) => {
      showDone(sent);
      void document.querySelector<CredentialsElement>("parvis-credentials")?.load();
    },
  });
}

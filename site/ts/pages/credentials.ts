/** « Mes identifiants »: identifiant, devices, and the form that changes the password. */
import { CredentialsElement } from "../credentials/element.ts";
import { wireFranceConnect } from "../franceconnect/credentials.ts";
import { drive, findForm, showDone } from "../forms/driver.ts";

customElements.define("parvis-credentials", CredentialsElement);

const known = (): CredentialsElement | null => document.querySelector("parvis-credentials");

const password = findForm("change-password");
if (password) {
  drive(password, {
    done: (_answer, sent) => {
      showDone(sent);
      void known()?.load();
    },
  });
}

const email = findForm("change-email");
if (email) drive(email, { done: (_answer, sent) => void showDone(sent) });

void wireFranceConnect();

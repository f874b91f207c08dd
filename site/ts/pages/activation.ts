/** « Activer mon espace », and the form that asks for another link. */
import { ActivationElement } from "../activation.ts";
import { drive, findForm, showDone } from "../forms/driver.ts";

customElements.define("parvis-activation", ActivationElement);

const form = findForm("resend-activation");
if (form) drive(form, { done: (_answer, sent) => void showDone(sent) });

/** « Ouvrir mon espace »: the form is there only for somebody who comes with a good invitation. */
import { drive, findForm, showDone } from "../forms/driver.ts";
import { InvitationElement } from "../invitation.ts";

const form = findForm("accept-invitation");
if (form) form.hidden = true;

customElements.define("parvis-invitation", InvitationElement);

const invitation = document.querySelector<InvitationElement>("parvis-invitation");
if (form && invitation) {
  invitation.ready = (token) => {
    form.hidden = false;
    const carried = form.querySelector<HTMLInputElement>('input[name="token"]');
    if (carried) carried.value = token;
  };
  drive(form, {
    done: (_answer, sent) => {
      invitation.leave();
      showDone(sent);
    },
  });
}

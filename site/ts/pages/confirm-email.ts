import { ConfirmEmailElement } from "../credentials/confirm_email.ts";

customElements.define("parvis-confirm-email", ConfirmEmailElement);

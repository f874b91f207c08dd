/** « Mon espace ». */
import { DashboardElement } from "../dashboard/element.ts";
import { InviteElement } from "../dashboard/invite.ts";

customElements.define("parvis-invite", InviteElement);
customElements.define("parvis-dashboard", DashboardElement);

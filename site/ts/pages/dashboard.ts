/** « Mon espace ». */
import { DashboardElement } from "../dashboard/element.ts";
import { InviteElement } from "../dashboard/invite.ts";
import { MailNoticeElement } from "../dashboard/mail_notice.ts";

customElements.define("parvis-invite", InviteElement);
customElements.define("parvis-mail-notice", MailNoticeElement);
customElements.define("parvis-dashboard", DashboardElement);

/** « Mon espace ». */
import { DashboardElement } from "../dashboard/element.ts";

customElements.define("parvis-dashboard", DashboardElement);

/** « À traiter »: the page of agents. */
import { AgentDeskElement } from "../agents/element.ts";

customElements.define("parvis-agent-desk", AgentDeskElement);

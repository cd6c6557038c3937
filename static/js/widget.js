/**
 * The feedback widget:
 *   <script src="https://…/widget.js" data-service="KEY" async></script>
 * or, with the script anywhere, <consult-feedback service="KEY"></consult-feedback>.
 * It leaves nothing behind on the host page but its element: no global, no cookie, no storage once
 * all is sent, no uncaught error. The server puts settings and questions in the place of
 * __CONSULT_CONFIG__.
 */
import { ConsultFeedback, NAME, safely } from "./widget/element.js";
import { flush, hear } from "./widget/send.js";

const script = document.currentScript;

/** Puts the element of the script's own data-… attributes beside it, or where data-target says. */
function place() {
  const { service, target } = script.dataset;
  if (!service) return;
  const element = document.createElement(NAME);
  for (const { name, value } of script.attributes) {
    if (name.startsWith("data-")) element.setAttribute(name.slice(5), value);
  }
  if (!target && script.closest("body")) script.after(element);
  else document.querySelector(target || "body")?.append(element);
}

safely(() => {
  const Known = customElements.get(NAME);
  (Known || ConsultFeedback).learn(__CONSULT_CONFIG__);
  if (!Known) {
    customElements.define(NAME, ConsultFeedback);
    addEventListener("online", flush);
    addEventListener("storage", hear);
  }
  if (!script) return;
  if (document.readyState != "loading" || script.closest("body")) place();
  else document.addEventListener("DOMContentLoaded", () => safely(place));
});

/**
 * The feedback widget:
 *   <script src="https://…/widget.js" data-service="KEY" async></script>
 * Optional: data-lang="fr|en", data-target="#where".
 * It leaves nothing behind on the host page: no global, no cookie, no storage, no uncaught error.
 */
import { createForm } from "./widget/form.js";
import { createSender } from "./widget/send.js";
import { STRINGS } from "./widget/strings.js";
import { STYLE } from "./widget/style.js";

const script = document.currentScript;

function createHost(near) {
  const { service, lang } = script.dataset;
  const spoken = lang || near.closest("[lang]")?.lang || "fr";
  const language = /^en/i.test(spoken) ? "en" : "fr";
  const host = document.createElement("consult-feedback");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const url = new URL(`api/v1/services/${encodeURIComponent(service)}/feedback`, script.src);
  root.append(createForm(STRINGS[language], language, createSender(url, language)));
  return host;
}

function show() {
  const { service, target } = script.dataset;
  if (!service) return;
  if (!target && script.closest("body")) {
    script.after(createHost(script));
    return;
  }
  const place = target ? document.querySelector(target) : document.body;
  place?.append(createHost(place));
}

/** Whatever goes wrong here, the host page comes first. */
function showSafely() {
  try {
    show();
  } catch (error) {
    console.warn("consult feedback:", error);
  }
}

if (document.readyState === "loading" && !script.closest("body")) {
  document.addEventListener("DOMContentLoaded", showSafely, { once: true });
} else {
  showSafely();
}

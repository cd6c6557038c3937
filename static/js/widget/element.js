import { createForm } from "./form.js";
import { make } from "./make.js";
import { awaitSent, flush, send } from "./send.js";
import { CLOSE, DONE, FAILED, GIVE, KEPT, MASKED, THANKS } from "./strings.js";
import { STYLE } from "./style.js";

export const NAME = "consult-feedback";

/** Settings by service key; "" stands for any other service. */
const known = { __proto__: null };
/** Every set that a script brought, by its name. */
const sets = { __proto__: null };

/** Unguessable, also where a page without TLS has no randomUUID. */
const createKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

/** Shows the form, anew when what it is about has changed; else what was typed stays. */
function show(element) {
  const read = (name) => element.getAttribute(name) || "";
  const settings = known[read("service")] || known[""];
  const service = read("service") || settings?.key;
  if (!service || !settings) return;
  const lang = +element.matches(":lang(en)");
  const code = lang ? "en" : "fr";
  const set = read("set") || settings.set;
  const questions = settings.sets[set] || sets[set];
  const url = `${settings.base}/api/v1/services/${encodeURIComponent(service)}/feedback`;
  /** What the answer is about, as the beginning of a request. */
  const start = () =>
    url + " " + new URLSearchParams({
      page: read("page") || location.pathname,
      reference: read("reference"),
      question_set: set,
      lang: code,
      channel: read("channel") || "widget",
    });
  if (!questions) {
    // A set that the page's script does not bring: it shows when its own script is there.
    const script = make("script", { src: `${settings.base}/widget/set/${set}.js` });
    script.onerror = () => {
      element.removeAttribute("set");
      element.connectedCallback();
    };
    document.head.append(script);
    return;
  }
  if (element.told_ == (element.told_ = start())) return;

  const status = make("p", { role: "status", tabindex: -1 });
  const say = (text) => (status.textContent = text);
  const shownAt = Date.now();
  const root = element.shadowRoot || element.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  let key = createKey();

  function tell(answer, isStored, isKept) {
    const hadFocus = root.activeElement;
    const problems = answer?.errors || {};
    form.hidden = isStored || isKept;
    say(isStored ? THANKS[lang] : isKept ? KEPT[lang] : "");
    if (answer?.masked) status.append(MASKED[lang]);
    if (answer?.thanks) status.append(make("a", { href: answer.thanks }, DONE[lang]));
    if (problems.idempotency_key) key = createKey();
    if (!form.hidden) complain(problems.idempotency_key || answer?.detail || FAILED[lang], problems);
    else if (hadFocus) status.focus();
  }

  const [form, complain] = createForm(questions, lang, say, (fields) => {
    const seconds = ((Date.now() - shownAt) / 1e3) | 0;
    const about = `&idempotency_key=${key}&seconds=${seconds}&`;
    send(key, start() + about + new URLSearchParams(fields), tell);
  });
  const panel = make("section", {}, form, status);
  const whole = make("div", { lang: code, dir: "ltr" }, panel);
  if ((read("display") || settings.display) == "button") {
    const open = make("button", {}, GIVE[lang]);
    const close = make("button", { "aria-label": CLOSE[lang] }, "×");
    const dialog = make("dialog", { "aria-label": GIVE[lang] }, panel);
    panel.append(close);
    whole.append(open, dialog);
    open.onclick = () => dialog.showModal();
    close.onclick = () => dialog.close();
  }
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  root.replaceChildren(whole);
  if (awaitSent(start() + "&", tell)) tell(0, 0, 1);
}

/** Whatever goes wrong in a work of ours, the host page comes first. */
export function safely(work) {
  try {
    work();
  } catch (error) {
    console.warn(error);
  }
}

/** <consult-feedback>: put it, move it and take it away at will; see docs/feedback-widget.md. */
export class ConsultFeedback extends HTMLElement {
  /** Takes the settings that a script brings, and shows the elements that waited for them. */
  static learn(settings) {
    known[settings.key] ||= settings;
    known[""] ||= settings;
    Object.assign(sets, settings.sets);
    for (const element of document.querySelectorAll(NAME)) element.connectedCallback?.();
    flush();
  }

  connectedCallback() {
    safely(() => show(this));
  }
}

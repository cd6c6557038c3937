import { looksPersonal } from "./identifiers.js";
import { make } from "./make.js";
import { MISSING, MORE, OPTIONAL, PERSONAL, PRIVACY, SEND, SENDING } from "./strings.js";

// How a question is shown, as the server counts it: consult/feedback/question_sets/script.py.
const BOXES = 1;
const TILES = 2;
const FACES = 3;
const TEXT = 4;

/** A face, sad to glad by its place (0, 1, 2); the words below say the same. */
function makeFace(place) {
  const d = `M9 8v2m6-2v2M7 ${17 - place}q5 ${place * 5 - 5} 10 0`;
  return make("svg", { viewBox: "0 0 24 24" }, make("path", { d }));
}

/** Whether the server would mask something; no, where the page broke the language's own tools. */
function isPersonal(text) {
  try {
    return looksPersonal(text);
  } catch {}
}

/**
 * The form for questions (consult/feedback/question_sets/script.py), in a language (0 French, 1
 * English). say(text) announces; send(fields) takes FormData. Returns the form, and complain(text,
 * problems): what is wrong, at the first question that the problems name, or else at the end.
 */
export function createForm(questions, lang, say, send) {
  const asked = [];
  const alert = make("i", { role: "alert" });
  const button = make("button", {});
  const trap = make("input", { name: "website", hidden: "" });
  const end = make("div", {}, trap, alert, button);
  const form = make("form", { novalidate: "" });
  let isOpen = questions[0][1] >= TEXT;
  let isBusy;
  let warned;

  for (const question of questions) {
    const [name, kind, texts, isRequired, options, exclusive] = question;
    const isText = kind >= TEXT;
    const type = kind == BOXES ? "checkbox" : isText ? "email" : "radio";
    const list = make("div", { class: "k" + kind });
    const words = (option) => make("span", {}, option[1 + lang] || "");
    const head = make(
      isText ? "label" : "legend",
      {},
      texts[lang] + (isText && !isRequired ? OPTIONAL[lang] : ""),
      make("small", {}, texts[2 + lang] || (kind == TEXT ? PRIVACY[lang] : "")),
    );
    const box = make("fieldset", isText ? { role: "none" } : {}, head, list);
    let place = 0;
    for (const option of options) {
      const input = make("input", { type, name, value: option[0] });
      const mark = kind == FACES ? makeFace(place) : kind == TILES ? option[0] : "";
      input.required = isRequired;
      list.append(make("label", {}, input, make("b", {}, mark), " ", words(option)));
      input.worth_ = kind == BOXES ? 1 << place++ : ++place;
    }
    if (kind == TEXT) head.append(make("textarea", { name }));
    if (kind > TEXT) head.append(make("input", { name, type, autocomplete: type }));
    if (kind == TILES) {
      const ends = [words(options[0]), words(options[place - 1])];
      box.append(make("p", { "aria-hidden": true }, ...ends));
    }
    list.onchange = ({ target }) => {
      for (const input of list.querySelectorAll(":checked")) {
        if ((target.value == exclusive) ^ (input.value == exclusive)) input.checked = false;
      }
    };
    asked[asked.length] = box;
    form.append(box);
  }
  form.append(end);

  /** Shows what the tables say; a question that is hidden counts as not answered. */
  function follow() {
    let number = 0;
    for (const box of asked) {
      const [, , , , , , when, rows] = questions[number++];
      let row = 0;
      for (const [place, times] of when || []) {
        for (const input of asked[place].querySelectorAll(":enabled:checked")) {
          row += times * input.worth_;
        }
      }
      const isHidden = (number > 1 && !isOpen) || (rows && rows[row] < 1);
      if (box.disabled && !isHidden) say(MORE[lang]);
      box.hidden = box.disabled = isHidden;
    }
    end.hidden = !isOpen;
  }

  /** Says what is wrong, or that the answer is being sent. */
  function complain(text, problems, isSending) {
    let number = 0;
    isBusy = button.ariaDisabled = isSending;
    button.textContent = (isSending ? SENDING : SEND)[lang];
    button.before(alert);
    for (const [name] of questions) {
      const box = asked[number++];
      if (problems[name]) {
        text = problems[name];
        box.querySelector("small").before(alert);
        box.querySelector("[name]").focus();
        break;
      }
    }
    alert.textContent = text;
  }

  form.onchange = () => {
    isOpen = true;
    follow();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    if (isBusy) return;
    const problems = { __proto__: null };
    const comment = form.querySelector("textarea");
    let bad = form.querySelector(":invalid:not(fieldset)");
    if (bad) {
      problems[bad.name] = MISSING[lang];
    } else if (comment?.value != warned && isPersonal(comment.value)) {
      bad = comment;
      warned = comment.value;
      problems[bad.name] = PERSONAL[lang];
    }
    complain("", problems, !bad);
    if (!bad) send(new FormData(form));
  };
  follow();
  complain("", {});
  return [form, complain];
}

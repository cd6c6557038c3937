/**
 * A page of questions that follows what is answered: after each change the form is sent to the
 * address in `data-preview`, which stores nothing and answers what to show. Without an answer the
 * page stays as it is, and the server shows the rest once the page is sent.
 *   {visible: [names], choices: {name: [values]}, labels: {name: text}}
 */
const WAIT = 250;
const form = document.querySelector("form[data-preview]");

function enable(control, on) {
  control.disabled = !on;
}

/** Shows or hides a question, or a row of a matrix; true when it has just appeared. */
function show(block, visible) {
  const appears = visible && block.hidden;
  block.hidden = !visible;
  block.disabled = !visible;
  enable(block.querySelector("input[name=shown]"), visible);
  return appears && block.classList.contains("app-question");
}

function offerOptions(select, values) {
  const all = select.parentElement.querySelector("template").content;
  const chosen = select.value;
  const kept = [...all.children].filter((option) => values.has(option.value));
  select.replaceChildren(select.options[0], ...kept.map((option) => option.cloneNode(true)));
  select.value = values.has(chosen) ? chosen : "";
}

/** Leaves on offer the choices with these values; what is not on offer any more is not chosen. */
function offer(block, values) {
  const select = block.querySelector("template") && block.querySelector("select");
  if (select) offerOptions(select, values);
  for (const item of block.querySelectorAll("[data-choice]")) {
    const offered = values.has(item.dataset.choice);
    item.hidden = !offered;
    const control = item.querySelector("input, select");
    enable(control, offered);
    if (!offered) control.checked = false;
  }
}

function announce(count) {
  const status = form.querySelector("[data-many]");
  const { one, many } = status.dataset;
  status.textContent = count > 1 ? many.replace("%{count}", count) : one;
}

function follow({ visible, choices, labels }) {
  const names = new Set(visible);
  let appeared = 0;
  for (const block of form.querySelectorAll("[data-question]")) {
    const name = block.dataset.question;
    if (choices[name]) offer(block, new Set(choices[name]));
    if (show(block, names.has(name))) appeared += 1;
  }
  for (const label of form.querySelectorAll("[data-label]")) {
    label.textContent = labels[label.dataset.label] ?? label.textContent;
  }
  if (appeared) announce(appeared);
}

/** The form's fields without its files, which no rule looks into. */
function fields() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

let latest = 0;

async function ask() {
  const asked = ++latest;
  try {
    const response = await fetch(form.dataset.preview, { method: "POST", body: fields() });
    if (response.ok && asked === latest) follow(await response.json());
  } catch {
    // Away from the network: the page stays as it is.
  }
}

if (form?.querySelector("[data-logic]")) {
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}

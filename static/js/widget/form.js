/** Makes an element. Attributes and text only: no markup is parsed, so that any policy allows it. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function createChoices(texts) {
  const choices = texts.ratings.map((name, index) =>
    make(
      "label",
      {},
      make("input", { type: "radio", name: "rating", value: index + 1 }),
      make("span", { class: "tile" }, make("b", {}, index + 1), " ", make("span", {}, name)),
    ),
  );
  return make(
    "fieldset",
    {},
    make("legend", {}, texts.question),
    make("div", { class: "choices" }, ...choices),
    make(
      "div",
      { class: "ends", "aria-hidden": "true" },
      make("span", {}, texts.ratings[0]),
      make("span", {}, texts.ratings[4]),
    ),
  );
}

/**
 * The whole form, ready to stand in a shadow root.
 * texts: one language of STRINGS; send: see createSender.
 */
export function createForm(texts, lang, send) {
  const comment = make("textarea", { id: "comment", rows: 4, "aria-describedby": "privacy" });
  const button = make("button", { type: "submit" }, texts.send);
  const more = make(
    "div",
    { hidden: "" },
    make("label", { for: "comment" }, texts.comment),
    make("p", { id: "privacy" }, texts.privacy),
    comment,
    button,
  );
  const alert = make("p", { role: "alert" });
  const status = make("p", { role: "status", tabindex: "-1" });
  const form = make("form", { novalidate: "" }, createChoices(texts), more, alert);
  let busy = false;

  function setBusy(value) {
    busy = value;
    button.setAttribute("aria-disabled", value);
    button.textContent = value ? texts.sending : texts.send;
  }

  function giveThanks(address, masked) {
    form.remove();
    status.append(make("b", {}, texts.thanks), " ", masked ? texts.masked : "");
    status.append(make("a", { href: address }, texts.done));
    status.focus();
  }

  async function submit(event) {
    event.preventDefault();
    const rating = form.querySelector(":checked")?.value;
    if (busy) return;
    alert.textContent = rating ? "" : texts.choose;
    if (!rating) return;
    setBusy(true);
    const { thanks, masked, problem } = await send(rating, comment.value);
    setBusy(false);
    if (thanks) giveThanks(thanks, masked);
    else alert.textContent = problem || texts.failed;
  }

  form.addEventListener("change", () => {
    more.hidden = false;
    alert.textContent = "";
  });
  form.addEventListener("submit", submit);
  return make("div", { class: "panel", lang, dir: "ltr" }, form, status);
}

/** Fills the list of names of a municipality field, the first time that someone comes to it. */
async function fill(field) {
  try {
    const response = await fetch(field.dataset.names);
    const options = (await response.json()).map((name) => new Option(name, name));
    field.list.replaceChildren(...options);
  } catch {
    // Without the list, the name is typed.
  }
}

for (const field of document.querySelectorAll("[data-names]")) {
  field.addEventListener("focus", () => fill(field), { once: true });
}

/**
 * A page that waits for work done elsewhere follows it: every few seconds the block marked
 * `data-waiting` (a role="status") takes the words of the same page fetched again. Once that page
 * has no such block, its title is announced and the page is shown.
 */
const EVERY = 3000;
const TIME_TO_HEAR = 1500;

async function fetched() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(response.status);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function arrive(block, page) {
  const title = document.createElement("p");
  title.className = "govuk-body-l";
  title.textContent = page.querySelector("h1").textContent;
  block.replaceChildren(title);
  setTimeout(() => location.reload(), TIME_TO_HEAR);
}

async function follow(block) {
  try {
    const page = await fetched();
    const now = page.querySelector("[data-waiting]");
    if (!now) return arrive(block, page);
    if (now.innerHTML !== block.innerHTML) block.replaceChildren(...now.childNodes);
  } catch {
    // The network or the site is away for a moment: the next try may pass, and the link stays.
  }
  setTimeout(() => follow(block), EVERY);
}

const block = document.querySelector("[data-waiting]");
if (block) setTimeout(() => follow(block), EVERY);

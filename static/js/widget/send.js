/**
 * Sends answers, and keeps those that could not go: one item of localStorage for each, only while
 * it waits. An item is `expiry address body`, the last two without spaces.
 */
const PREFIX = "consult-feedback:";
const WEEK = 6048e5;
const PATIENCE = 2e4;
/** Seconds between two tries, at most. */
const LONGEST = 900;

/** Who wants to know what becomes of a kept answer, by the name of its item. */
const waiting = { __proto__: null };
let store = { __proto__: null };
try {
  store = localStorage;
} catch {} // closed: kept while the page stays
let delay = 2;
let timer;

/** Sends an item; tell(answer, isStored, isKept) says what became of it, perhaps again later. */
async function attempt(name, tell) {
  const [, url, body] = store[name].split(" ");
  let status, answer, wait;
  try {
    const response = await fetch(url, {
      __proto__: null,
      method: "POST",
      body: new URLSearchParams(body), // form-encoded: no preflight request goes before it
      referrerPolicy: "no-referrer",
      keepalive: true,
      signal: AbortSignal.timeout(PATIENCE),
    });
    status = response.status;
    wait = response.headers.get("Retry-After");
    answer = await response.json();
  } catch {}
  const isLate = !status || status > 428 || status == 409; // 409: two at once, the next is alone
  if (isLate) {
    delay = Math.min(Math.max(delay * 2, wait | 0), LONGEST);
    clearTimeout(timer);
    timer = setTimeout(flush, delay * (1e3 + Math.random() * 500)); // not everyone at once
    if (waiting[name]) return;
    waiting[name] = tell;
  } else {
    delete waiting[name];
    delete store[name];
  }
  tell?.(answer, !isLate && status < 300, isLate);
}

/** Sends an answer, kept first: a page that is left or reloaded meanwhile loses nothing. */
export function send(key, request, tell) {
  const name = PREFIX + key;
  const item = `${Date.now() + WEEK} ${request}`;
  try {
    store[name] = item;
  } catch {
    store = { __proto__: null, [name]: item }; // full
  }
  attempt(name, tell);
}

/** Calls tell, later, if an answer that begins like this waits; returns whether there is one. */
export function awaitSent(start, tell) {
  for (const name of Object.keys(store)) {
    if (name.startsWith(PREFIX) && store[name].includes(start)) return (waiting[name] = tell);
  }
}

async function sendAll() {
  for (const name of Object.keys(store)) {
    if (name.startsWith(PREFIX) && store[name]) {
      if (parseInt(store[name]) > Date.now()) await attempt(name, waiting[name]);
      else delete store[name];
    }
  }
}

/** Sends all that waits, while no other tab does. */
export function flush() {
  return navigator.locks ? navigator.locks.request(PREFIX, sendAll) : sendAll();
}

/** Another tab sent what this one waits for. */
export function hear({ key, newValue }) {
  if (waiting[key] && !newValue) waiting[key](0, true);
}

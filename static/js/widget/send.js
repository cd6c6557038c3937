const PATIENCE = 20000;

/** Unguessable, also where a page without TLS has no randomUUID. */
function createKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/**
 * Returns send(rating, comment): resolves to { thanks, masked } or to { problem } (a sentence, or ""
 * when the network failed). Each try of one form carries the same key, so that it counts once; a
 * new one when an earlier try got through with other words.
 * The body is form-encoded: no preflight request goes before it.
 */
export function createSender(url, lang) {
  let key = createKey();
  return async (rating, comment) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), PATIENCE);
    try {
      const response = await fetch(url, {
        method: "POST",
        body: new URLSearchParams({
          rating,
          comment,
          lang,
          page: location.pathname,
          idempotency_key: key,
        }),
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: controller.signal,
      });
      const answer = await response.json();
      if (response.ok) return answer;
      if (answer.errors?.idempotency_key) key = createKey();
      return { problem: Object.values(answer.errors || {}).join(" ") || answer.detail || "" };
    } catch {
      return { problem: "" };
    } finally {
      clearTimeout(timer);
    }
  };
}

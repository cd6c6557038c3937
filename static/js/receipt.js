/**
 * A receipt's image or message leads to "…/recu#CODE". What stands after "#" reaches no server: it
 * is put in the field here, then taken off the address, so that it stays in no history.
 */
const field = document.querySelector("[data-receipt-code]");
const code = window.location.hash.slice(1);

if (field && !field.value && /^[0-9A-Za-z -]{12,20}$/.test(code)) {
  field.value = code;
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
}

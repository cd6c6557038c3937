/**
 * A warning before sending, nothing more: the server masks identifiers whatever the browser saw.
 * So it would rather be silent than cry over an amount or a file number. Measured on labelled
 * lines by tests/unit/privacy/test_widget_warning.py; no lookbehind, for older Safari.
 */

const WRITTEN = [
  /\S@[\w-]+\.\w|\barobase\b|\w [[(](at|à)[\])] \w/i,
  // A health insurance number: four letters, year, month (plus 50 for women), day, two digits.
  /\b[a-z]{4} ?\d\d([05]\d|[16][0-2]) ?[0-3]\d\d\d\b/i,
];

/**
 * A run of digits, one sign (or a bracket and its space) between two of them; what may stand
 * before (a currency, a word for file numbers) and after.
 */
const NUMBERS =
  /(\$ ?|(?:dossier|demande|r[ée]f|factur|suivi|confirm|file|case|order|neq)[^\d\n]{0,15})?(\d(?:(?:[\s./]| ?[–-] ?| ?\(|\)[ -]?)?\d){8,})( ?[$€%]| dol)?/gi;

/** Luhn's check of a string of digits. */
const luhn = (digits) =>
  [...digits]
    .reverse()
    .reduce((sum, digit, i) => sum + ((digit * (1 + (i % 2))) % 9 || (digit > 0 ? 9 : 0)), 0) %
    10 <
  1;

/** Whether `text` (a string) seems to hold an e-mail address, a number of a person or of a card. */
export const looksPersonal = (text) =>
  WRITTEN.some((shape) => shape.test(text)) ||
  [...text.matchAll(NUMBERS)].some(([, before, run, after]) => {
    const digits = run.replace(/\D/g, "");
    return (
      !after &&
      !(before && (before[0] == "$" || digits == run)) &&
      (/^1?\D*[2-9]\d\d(?!-... )\D*[2-9]\d\d\D*\d{4}$/.test(run) ||
        (luhn(digits) &&
          /^(\d{3}(\D?)\d{3}\2\d{3}|[2-6]\d{3}\D?(\d{4}\D?\d{4}\D?\d{1,7}|\d{6}\D?\d{5}))$/.test(run)))
    );
  });

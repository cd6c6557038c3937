/**
 * A warning before sending, nothing more: the server masks identifiers whatever the browser saw.
 * So it would rather be silent than cry over an amount or a file number. Measured on labelled
 * lines by tests/unit/privacy/test_widget_warning.py; no lookbehind, for older Safari.
 */

/**
 * An e-mail address, or a health insurance number: four letters, year, month (plus 50 for women),
 * day, two digits.
 */
const WRITTEN =
  /\S ?@ ?[\w-]+\.[a-z]|\barobase\b|\w [[(](at|à)[\])] \w|\b[a-z]{4}[\s-]?(?!19|20)\d\d([05]\d|[16][0-2])[\s-]?[0-3]\d\d\d\b/i;

/**
 * A run of digits, one sign (or a bracket and its space) between two of them; what may stand
 * before (a currency, a word for file numbers) and after.
 */
const NUMBERS =
  /(\$ ?|(?:dossier|demande|r[ée]f|file|neq)[^\d\n]{0,15})?(\d(?:(?:[\s./]| ?[‐-–-] ?| ?\(|\)[ -]?)?\d){8,})( ?[$€%]| dol)?/gi;

/** Luhn's check of a string of digits: every other one, from the right, is doubled, less 9. */
const luhn = (digits) =>
  [...digits].reduceRight(
    (sum, digit, i) => sum + +((digits.length - i) % 2 ? digit : "0246813579"[digit]),
    0,
  ) %
    10 <
  1;

/** Whether `text` (a string) seems to hold an e-mail address, a number of a person or of a card. */
export const looksPersonal = (text) =>
  WRITTEN.test(text) ||
  [...text.matchAll(NUMBERS)].some(([, before, run, after]) => {
    const digits = run.replace(/\D/g, "");
    return (
      !(after || (before && (before < "%" || digits == run))) &&
      (/^1?\D*[2-9]\d\d(?!-... )\D*[2-9]\d\d(\D*\d\d){2}$/.test(run) ||
        // Nine digits in one piece are most often a file number: only words tell.
        (luhn(digits) &&
          (digits != run || digits[9] || /\bnas\b|\bsin\b|social/i.test(text)) &&
          /^(\d{3}(\D?\d{3}){2}|[2-6]\d{3}(\D?\d{4}){2}\D?\d{1,7}|3\d{3}\D?\d{6}\D?\d{5})$/.test(run)))
    );
  });

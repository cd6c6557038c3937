/**
 * JavaScript only improves: focus on the error summary, a live character count, no double send,
 * a button that prints, a choice that goes alone, questions that follow the answers, waiting pages
 * that follow the work.
 */
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  SkipLink,
  createAll,
} from "govuk-frontend";
import "./logic.js";
import "./municipalities.js";
import "./receipt.js";
import "./waiting.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(ErrorSummary);
createAll(SkipLink);
createAll(Button);
createAll(CharacterCount);
createAll(Checkboxes);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

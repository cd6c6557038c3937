/** What the widget says, in French then in English: both languages travel together. */
export const OPTIONAL = [" (facultatif)", " (optional)"];
export const PRIVACY = [
  "N’inscrivez ni nom, ni téléphone, ni numéro de dossier.",
  "Do not write your name, a phone number or a file number.",
];
export const GIVE = ["Donner mon avis", "Give my feedback"];
export const CLOSE = ["Fermer", "Close"];
export const SEND = ["Envoyer mon avis", "Send my feedback"];
export const SENDING = ["Envoi…", "Sending…"];
export const MORE = ["D’autres questions suivent.", "More questions follow."];
export const MISSING = ["Répondez à cette question.", "Answer this question."];
export const PERSONAL = [
  "Un renseignement personnel\u202f? Corrigez, ou envoyez\u00a0: il sera masqué.",
  "Personal information? Change it, or send: it will be masked.",
];
export const FAILED = [
  "Votre avis n’est pas parti. Essayez de nouveau.",
  "Your feedback was not sent. Try again.",
];
export const KEPT = [
  "Votre avis est gardé ici. Il partira dès que possible.",
  "Your feedback is kept here. It will be sent as soon as possible.",
];
export const THANKS = ["Merci. Votre avis est enregistré.", "Thank you. Your feedback is recorded."];
export const MASKED = [
  " Un renseignement personnel a été masqué.",
  " Personal information was masked.",
];
export const DONE = ["Voir ce qui a changé grâce aux avis", "See what changed because of feedback"];

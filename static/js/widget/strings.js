/** What the widget says. Both languages travel together: a second request would cost more. */
export const STRINGS = {
  fr: {
    question: "Comment avez-vous trouvé ce service\u202f?",
    ratings: [
      "Très insatisfaisant",
      "Plutôt insatisfaisant",
      "Moyennement satisfaisant",
      "Plutôt satisfaisant",
      "Très satisfaisant",
    ],
    comment: "Que pourrions-nous améliorer\u202f? (facultatif)",
    privacy:
      "N’inscrivez ni nom, ni téléphone, ni numéro de dossier. Aucun témoin n’est déposé.",
    send: "Envoyer mon avis",
    sending: "Envoi en cours…",
    choose: "Choisissez une réponse de 1 à 5.",
    failed:
      "Votre avis n’est pas parti\u00a0: notre serveur n’a pas répondu. Votre texte est gardé\u202f; essayez de nouveau.",
    thanks: "Merci. Votre avis est enregistré.",
    masked:
      "Pour vous protéger, ce qui ressemblait à des renseignements personnels a été masqué dans votre commentaire.",
    done: "Voir ce qui a changé grâce aux avis",
  },
  en: {
    question: "How satisfied are you with this service?",
    ratings: [
      "Very dissatisfied",
      "Dissatisfied",
      "Neither satisfied nor dissatisfied",
      "Satisfied",
      "Very satisfied",
    ],
    comment: "What could we improve? (optional)",
    privacy: "Do not write your name, a phone number or a file number. No cookie is set.",
    send: "Send my feedback",
    sending: "Sending…",
    choose: "Choose an answer from 1 to 5.",
    failed:
      "Your feedback was not sent: our server did not answer. Your text is kept; try again.",
    thanks: "Thank you. Your feedback is recorded.",
    masked:
      "To protect you, what looked like personal information was masked in your comment.",
    done: "See what changed because of feedback",
  },
};

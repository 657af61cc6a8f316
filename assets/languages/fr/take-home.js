// @ts-check
/** @type {typeof import("../../take-home/texts.js").texts} */
export const texts = {
  share: "Copier un lien vers ce code",
  download: "Télécharger l’application",
  copied: "Le lien est dans le presse-papiers ; qui l’ouvre voit votre code ici.",
  notCopied: "Le navigateur n’autorise pas les pages à écrire dans le presse-papiers. Copiez le lien ici :",
  link: "Lien vers ce code",
  unchanged: "Le lien mène au code de l’auteur, car vous ne l’avez pas modifié.",
  saved: "« uv run serve.py » lance l’application sur votre machine ; son README en dit plus.",
  fromLink:
    "Ce code est venu avec le lien que vous avez suivi, et non de l’auteur de la page. Lisez-le avant de le lancer.",
  otherThanYours:
    "Le lien que vous avez suivi apporte un autre code que celui que vous avez modifié ici. Le vôtre est conservé jusqu’à votre choix.",
  takeLinks: "Afficher le code du lien",
  keepMine: "Garder le mien",
  noBlock: "Le lien que vous avez suivi concerne un code que cette page n’a plus.",
  damaged: "Le lien que vous avez suivi est abîmé, son code ne peut donc pas être affiché.",
};

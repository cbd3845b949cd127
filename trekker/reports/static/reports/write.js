/* A proposal comes beneath what was typed at once, and the focus stays; without this, the server adds it. */
const text = document.querySelector("[data-proposals] textarea");
const said = document.querySelector("[data-added]");
for (const button of document.querySelectorAll("[data-proposals] [name=voeg_toe]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const sentence = button.previousElementSibling.textContent.trim();
    const isThere = text.value.includes(sentence);
    if (!isThere) {
      text.value = [text.value.trimEnd(), sentence].filter(Boolean).join("\n\n");
      text.scrollTop = text.scrollHeight;
    }
    button.firstChild.textContent = said.dataset.added;
    said.textContent = isThere ? said.dataset.there : `${said.dataset.added}: ${sentence}`;
  });
}

// Hides a question until the answer it depends on is chosen; without script the sentence above it says so.
(() => {
  const form = document.querySelector("form.tk-form");
  if (!form) return;
  const asked = [...form.querySelectorAll("[data-only-if]")];
  const draw = () => asked.forEach((question) => {
    const chosen = new FormData(form).getAll(question.dataset.onlyIf);
    question.hidden = !chosen.includes(question.dataset.onlyIfAnswer);
  });
  asked.forEach((question) => question.querySelector("[data-condition]")?.remove());
  form.addEventListener("change", draw);
  draw();
})();

/* The line builder counts again when a choice changes; without this, the button does it. */
const form = document.querySelector("[data-line-builder]");
if (form) {
  const show = async (event) => {
    const data = new FormData(form);
    data.set("bekijk", "1");
    const answer = await fetch(form.action, { method: "POST", body: data });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("#telling").replaceWith(page.querySelector("#telling"));
    if (event.target.name === "measure") {
      form.replaceChildren(...page.querySelector("[data-line-builder]").childNodes);
      form.querySelector("[name=measure]").focus();
    }
  };
  form.addEventListener("change", show);
}

// Suggests organisations while someone types: the combobox pattern of WAI-ARIA. The field works without it.
for (const field of document.querySelectorAll("[data-organisations]")) {
  const address = field.dataset.organisations;
  const list = Object.assign(document.createElement("ul"), { id: `${field.id}_list`, className: "tk-suggestions", hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "tk-hidden" });
  const email = field.form.querySelector("input[type=email]");
  let active = -1;
  let asked = 0;
  let waiting;

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Voorstellen");
  said.setAttribute("role", "status");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.autocomplete = "off";
  field.after(list, said);

  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    field.value = option.textContent;
    close();
  };
  const point = (place) => {
    const all = options();
    if (!all.length || list.hidden) return;
    active = (place + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    field.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  };
  const show = (names) => {
    list.replaceChildren(...names.map((name, at) => {
      const option = Object.assign(document.createElement("li"), { id: `${list.id}_${at}`, textContent: name });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      return option;
    }));
    close();
    if (names.length) {
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
    }
    const count = names.length;
    said.textContent = count ? `${count} ${count === 1 ? "voorstel" : "voorstellen"}. Kies met de pijltjes.` : "";
  };
  const ask = async (name, value) => {
    const turn = ++asked;
    try {
      const reply = await fetch(`${address}?${new URLSearchParams({ [name]: value })}`, { credentials: "omit" });
      const names = reply.ok ? (await reply.json()).organisaties : [];
      return turn === asked ? names : null;
    } catch {
      return null;
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const typed = field.value.trim();
    if (typed.length < 2) {
      asked += 1;
      show([]);
      return;
    }
    waiting = setTimeout(async () => {
      const names = await ask("zoek", typed);
      if (names && document.activeElement === field) show(names);
    }, 150);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      point(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(options()[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  // One organisation with the domain of the address is proposed, in a field that is still empty.
  email?.addEventListener("change", async () => {
    const domain = email.value.split("@")[1]?.trim();
    if (!domain || field.value) return;
    const names = await ask("domein", domain);
    if (names?.length === 1 && !field.value) {
      field.value = names[0];
      said.textContent = `Voorstel voor je organisatie: ${names[0]}`;
    }
  });
}

// Keeps every tick on the phone until the server has it: shown at once, sent when it can be, lost never.
(() => {
  const door = document.querySelector("[data-door]");
  if (!door || !window.localStorage) return;
  const key = door.dataset.key;
  const list = door.querySelector("[data-people]");
  const state = document.querySelector("[data-state]");
  const count = document.querySelector("[data-count]");
  const search = document.querySelector("[data-search]");
  const nobody = document.querySelector("[data-nobody]");
  const blank = document.querySelector("[data-blank]");
  const add = document.querySelector("[data-add]");
  const FIRST = 2000, LONGEST = 60000, AT_ONCE = 50, PATIENCE = 20000;
  let wait = FIRST, timer = null, sending = false, trouble = "";

  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const read = (name) => { try { return JSON.parse(localStorage.getItem(name)) || []; } catch { return []; } };
  const queue = () => read(key);
  const keep = (waiting) => localStorage.setItem(key, JSON.stringify(waiting));
  const fresh = () => (crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}`);
  const row = (id) => list.querySelector(`[data-person="${CSS.escape(String(id))}"]`);

  const draw = (item, present) => {
    const button = item.querySelector("button");
    button.setAttribute("aria-pressed", String(present));
    button.name = present ? "uit" : "in";
    item.querySelector("[data-said]").textContent = present ? "aanwezig" : "";
    count.textContent = list.querySelectorAll('[aria-pressed="true"]').length;
  };

  const show = (tick) => {
    if (tick.registration) {
      const item = row(tick.registration);
      if (item) draw(item, tick.present);
      return;
    }
    if (row(tick.id)) return;
    const item = blank.content.firstElementChild.cloneNode(true);
    const name = `${tick.first_name} ${tick.last_name || ""}`.trim();
    item.dataset.person = tick.id;
    item.dataset.words = plain(`${name} ${tick.organisation_text || ""}`);
    item.querySelector(".door__name").textContent = name;
    item.querySelector(".door__place").textContent = tick.organisation_text || "";
    item.querySelector("button").disabled = true;
    list.prepend(item);
    draw(item, true);
  };

  const say = () => {
    const left = queue().length;
    const waiting = left === 1 ? "1 nog te versturen." : `${left} nog te versturen.`;
    state.replaceChildren(left ? `${waiting} ${trouble}` : "Alles is verstuurd.");
    if (left && trouble.startsWith("Meld")) {
      const link = document.createElement("a");
      link.href = door.dataset.signIn;
      link.textContent = "Meld je aan";
      state.append(" ", link);
    }
  };

  const refuse = (tick, why) => {
    const place = document.querySelector("[data-refused]");
    const item = tick.registration ? row(tick.registration) : row(tick.id);
    const line = document.createElement("li");
    line.textContent = `${item ? item.querySelector(".door__name").textContent : tick.first_name || ""}: ${why}`;
    place.querySelector("[data-refused-list]").append(line);
    place.hidden = false;
    if (item && tick.registration) draw(item, !tick.present);
    else if (item) item.remove();
  };

  const settle = (sent, answer) => {
    const known = { ...answer.done, ...answer.refused };
    keep(queue().filter((tick) => !(tick.id in known)));
    sent.forEach((tick) => {
      if (tick.id in answer.refused) refuse(tick, answer.refused[tick.id]);
      const item = !tick.registration && tick.id in answer.done ? row(tick.id) : null;
      if (!item) return;
      const known = row(answer.done[tick.id]);
      if (known) {
        draw(known, true);
        item.remove();
        return;
      }
      item.dataset.person = answer.done[tick.id];
      const button = item.querySelector("button");
      button.value = answer.done[tick.id];
      button.disabled = false;
    });
  };

  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1]
    || door.querySelector("[name=csrfmiddlewaretoken]").value;

  const post = async (sent) => {
    const ticks = sent.map(({ at, ...tick }) => ({ ...tick, age: Math.max(0, (Date.now() - at) / 1000) }));
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), PATIENCE);
    try {
      return await fetch(door.dataset.ticks, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        signal: stop.signal,
        headers: { "Content-Type": "application/json", "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest" },
        body: JSON.stringify({ ticks }),
      });
    } finally {
      clearTimeout(limit);
    }
  };

  const send = async () => {
    const sent = queue().slice(0, AT_ONCE);
    if (!sent.length) return;
    try {
      const response = await post(sent);
      if (response.ok) {
        settle(sent, await response.json());
        trouble = "";
        wait = FIRST;
      } else if (response.type === "opaqueredirect" || [401, 403, 409].includes(response.status)) {
        trouble = "Meld je opnieuw aan. Er gaat niets verloren.";
        wait = LONGEST;
      } else {
        trouble = "De server antwoordt niet goed. We proberen opnieuw.";
        wait = Math.min(wait * 2, LONGEST);
      }
    } catch {
      trouble = "Geen verbinding. We proberen opnieuw.";
      wait = Math.min(wait * 2, LONGEST);
    }
  };

  const go = async () => {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    // One tab at a time sends what the tabs of this phone keep together.
    const locked = navigator.locks ? navigator.locks.request(key, send) : send();
    await locked.catch(() => {});
    sending = false;
    say();
    if (queue().length) timer = setTimeout(go, trouble ? wait : 0);
  };

  const note = (tick) => {
    const whole = { id: fresh(), at: Date.now(), ...tick };
    keep([...queue(), whole]);
    show(whole);
    say();
    go();
  };

  const filter = () => {
    const words = plain(search.elements.zoek.value).split(/\s+/).filter(Boolean);
    let seen = 0;
    list.querySelectorAll("[data-person]").forEach((item) => {
      item.hidden = !words.every((word) => item.dataset.words.includes(word));
      seen += item.hidden ? 0 : 1;
    });
    nobody.hidden = seen > 0;
  };

  document.querySelectorAll("[data-without-script]").forEach((each) => { each.hidden = true; });
  search.addEventListener("input", filter);
  search.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
  door.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (!button) return;
    note({ registration: Number(button.value), present: button.getAttribute("aria-pressed") !== "true" });
  });
  add.addEventListener("submit", (event) => {
    const fields = Object.fromEntries(new FormData(add));
    if (!fields.first_name.trim()) return;  // the server says what is wrong
    event.preventDefault();
    const { first_name, last_name, organisation_text, email } = fields;
    note({ first_name, last_name, organisation_text, email });
    add.reset();
    add.elements.first_name.focus();
  });
  ["online", "focus", "pageshow"].forEach((name) => window.addEventListener(name, () => { wait = FIRST; go(); }));
  window.addEventListener("storage", (event) => { if (event.key === key) say(); });
  queue().forEach(show);
  say();
})();

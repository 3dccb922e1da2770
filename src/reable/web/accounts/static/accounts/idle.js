// The automatic sign-out of staff: a warning before it, and what was typed is put back after it.
// It runs before the modules, so that they never see what somebody else typed in this tab.
(() => {
  const dialog = document.getElementById("idle");
  if (!dialog) return;
  const limit = Number(dialog.dataset.seconds) * 1000;
  const warn = Number(dialog.dataset.warn) * 1000;
  const { person } = dialog.dataset;
  const storage = (name) => {
    try {
      return window[name];
    } catch {
      return {}; // forbidden: nothing is kept, and other tabs are not heard of
    }
  };
  const tab = storage("sessionStorage");
  const device = storage("localStorage");
  const [PERSON, SIGNED_OUT, SEEN] = ["reable-person", "reable-signed-out", "reable-seen"];
  const DRAFT = `reable-draft-${location.pathname}`;

  // Somebody else typed in this tab before: it is none of this person's business.
  const forget = (what) => {
    for (const key of Object.keys(tab)) if (new RegExp(`^reable-(${what})`).test(key)) delete tab[key];
  };
  if (tab[PERSON] && tab[PERSON] !== person) forget("draft|keep");
  tab[PERSON] = person;

  // What is typed is kept in this tab, field by field.
  const SKIPPED = ["hidden", "password", "file", "submit", "button", "image", "reset"];
  const forms = [...document.querySelectorAll("main form[method='post']")];
  const fieldsOf = (form) => [...form.elements].filter((one) => one.name && !SKIPPED.includes(one.type));
  const tickable = (field) => field.type === "checkbox" || field.type === "radio";
  const valueOf = (field) => (tickable(field) ? field.checked : field.value);
  const read = () => {
    try {
      return JSON.parse(tab[DRAFT] ?? "{}");
    } catch {
      return {};
    }
  };
  const keep = (form) => {
    const draft = read();
    draft[forms.indexOf(form)] = fieldsOf(form).map((field) => [field.name, valueOf(field)]);
    tab[DRAFT] = JSON.stringify(draft);
  };
  const putBack = (form, kept) => {
    let changed = false;
    fieldsOf(form).forEach((field, index) => {
      const [name, value] = kept[index] ?? [];
      if (name !== field.name || value === valueOf(field)) return;
      if (tickable(field)) field.checked = value;
      else field.value = value;
      changed = true;
    });
    return changed;
  };
  if (tab[SIGNED_OUT]) {
    const draft = read();
    const changed = forms.filter((form, index) => draft[index] && putBack(form, draft[index]));
    if (changed.length) {
      const said = document.createElement("div");
      said.className = "nhsuk-inset-text";
      said.append(Object.assign(document.createElement("p"), { textContent: dialog.dataset.restored }));
      changed[0].before(said);
      document.getElementById("idle-restored").textContent = dialog.dataset.restored;
    }
    delete tab[SIGNED_OUT];
  } else forget("draft");
  document.addEventListener("input", ({ target }) => forms.includes(target.form) && keep(target.form));
  // A draft outlives its sending: if that comes too late, it is still needed; else the next page forgets it.
  let sending = false;
  document.addEventListener("submit", ({ target, defaultPrevented }) => {
    if (defaultPrevented) return;
    sending = true;
    setTimeout(() => (sending = false), 20000);
    if ("clearTab" in target.dataset) forget("draft|keep|person");
  });
  addEventListener("pageshow", () => (sending = false));

  // Whoever types, moves or taps is there; the server hears of it now and then. All tabs share one clock.
  const stay = dialog.querySelector("[data-idle-stay]");
  const leave = dialog.querySelector("[data-idle-leave]");
  let seen = Date.now();
  let told = seen;
  const last = () => Math.max(seen, Number(device[SEEN] ?? 0));
  const post = (form) => fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  const out = () => {
    if (sending) return; // the server keeps what is sent to it too late
    const here = location.pathname + location.search;
    location.assign(dialog.dataset.signIn.replace("next=", `next=${encodeURIComponent(here)}`));
  };
  const tell = async () => {
    told = Date.now();
    const answer = await post(stay).catch(() => null);
    if (answer && !answer.ok) out(); // signed out meanwhile
  };
  const alive = () => {
    if (Date.now() - last() >= limit) return; // too late: a device that slept, the clock below sees to it
    seen = Date.now();
    try {
      device[SEEN] = String(seen);
    } catch {
      // full or forbidden
    }
    if (seen - told > Math.min(60000, limit / 5)) tell();
  };
  alive();
  for (const sign of ["keydown", "pointerdown", "input", "scroll"]) {
    addEventListener(sign, () => !dialog.open && alive(), { passive: true });
  }
  stay.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    alive();
    tell();
  });
  dialog.addEventListener("cancel", () => (alive(), tell()));
  const timer = setInterval(async () => {
    const idle = Date.now() - last();
    if (idle >= limit) {
      clearInterval(timer);
      await post(leave).catch(() => null);
      out();
    } else if (idle >= limit - warn) {
      if (!dialog.open) dialog.showModal();
    } else if (dialog.open) dialog.close();
  }, 500);
})();

// What scripts add to forms and pages. Every page works without them.
import "./comfort.js";
import "./dictate.js";

// A problem with an answer is read first, and its link leads into the field.
const summary = document.querySelector("[data-module='nhsuk-error-summary']");
if (summary) {
  summary.tabIndex = -1;
  summary.focus({ preventScroll: true });
  if (summary.getBoundingClientRect().bottom > innerHeight) summary.scrollIntoView();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const around = field.closest("fieldset")?.querySelector("legend") ?? document.querySelector(`label[for="${field.id}"]`);
    (around ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}

// A link that looks like a button is pressed like one.
document.addEventListener("keydown", (event) => {
  const link = event.key === " " && event.target.closest("a[role='button']");
  if (link) event.preventDefault(), link.click();
});

// Offline: say so, and hold back what cannot be sent, unless the server is this very machine.
const notice = document.querySelector("[data-offline]");
const here = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
let offline = !navigator.onLine && !here;
const showOffline = () => {
  if (notice) notice.textContent = offline ? notice.dataset.offline : "";
};
addEventListener("offline", () => ((offline = true), showOffline()));
addEventListener("online", () => ((offline = false), showOffline()));
showOffline();

// A form is sent once, however often it is tapped.
const release = () => {
  for (const sent of document.querySelectorAll("[data-sent]")) {
    delete sent.dataset.sent;
    if (sent.type === "submit") sent.disabled = false;
  }
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || "again" in form.dataset) return;
  if (form.dataset.sent || (offline && !here)) return event.preventDefault();
  form.dataset.sent = "1";
  const button = event.submitter;
  // After this event, or the button's own name and value would not be sent.
  setTimeout(() => {
    if (!button) return;
    button.dataset.sent = "1";
    button.disabled = true;
  });
  setTimeout(release, 15000);
});
addEventListener("pageshow", release);

// "None of these" unticks the others, and the others untick it.
document.addEventListener("change", ({ target }) => {
  if (target.type !== "checkbox" || !target.checked) return;
  const others = target.closest("fieldset")?.querySelectorAll("input[type='checkbox']") ?? [];
  const alone = target.dataset.behaviour === "exclusive";
  for (const other of others) {
    if (other !== target && (alone || other.dataset.behaviour === "exclusive")) other.checked = false;
  }
});

// A long answer is kept in this tab until it is sent for good.
let tab = {}; // without storage, nothing is kept
try { tab = sessionStorage; } catch { /* the browser forbids it */ }
const KEPT = "reable-keep-";
const forget = () => Object.keys(tab).forEach((key) => key.startsWith(KEPT) && delete tab[key]);
if (document.querySelector("[data-forget]:not(a, button)")) forget();
document.addEventListener("click", (event) => event.target.closest("a[data-forget], button[data-forget]") && forget());
for (const area of document.querySelectorAll("textarea[data-keep]")) {
  const key = KEPT + area.dataset.keep;
  if (!area.value) area.value = tab[key] ?? "";
  area.addEventListener("input", () => (tab[key] = area.value));
}

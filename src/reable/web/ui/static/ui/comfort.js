// Size of text, contrast, reading aloud. The buttons are hidden until this runs.
const html = document.documentElement;
const remember = (key, value) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // No storage: it holds for this page.
  }
};

const SIZES = ["normal", "large", "larger"];
const sizer = document.querySelector("[data-text-size]");
if (sizer) {
  const status = sizer.querySelector("[role='status']");
  const now = () => SIZES.find((size) => html.classList.contains(`re-text-${size}`)) ?? "normal";
  status.textContent = status.dataset[now()];
  sizer.hidden = false;
  sizer.addEventListener("click", () => {
    const next = SIZES[(SIZES.indexOf(now()) + 1) % SIZES.length];
    for (const size of SIZES) html.classList.toggle(`re-text-${size}`, size === next && size !== "normal");
    status.textContent = status.dataset[next];
    remember("reable-text", next);
  });
}

const contrast = document.querySelector("[data-contrast]");
if (contrast) {
  const show = () => contrast.setAttribute("aria-pressed", html.classList.contains("re-contrast"));
  contrast.hidden = false;
  show();
  contrast.addEventListener("click", () => {
    remember("reable-contrast", html.classList.toggle("re-contrast") ? "on" : "off");
    show();
  });
}

// Only voices that work on this device: others send the page's words to whoever makes the browser.
const speaker = document.querySelector("[data-read-aloud]");
if (speaker && "speechSynthesis" in window) {
  const voiceFor = (lang) =>
    speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.slice(0, 2) === lang.slice(0, 2));
  const offer = () => (speaker.hidden = !voiceFor(html.lang));
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  const mark = (on) => speaker.setAttribute("aria-pressed", on);
  const stop = () => (speechSynthesis.cancel(), mark(false));
  speaker.addEventListener("click", () => {
    if (speaker.getAttribute("aria-pressed") === "true") return stop();
    speechSynthesis.cancel();
    const pieces = piecesOf(document.querySelector("main"));
    pieces.forEach(({ text, lang }, index) => {
      const speech = new SpeechSynthesisUtterance(text);
      speech.lang = lang;
      speech.voice = voiceFor(lang) ?? voiceFor(html.lang);
      if (index === pieces.length - 1) speech.onend = () => mark(false);
      speechSynthesis.speak(speech);
    });
    mark(pieces.length > 0);
  });
  addEventListener("pagehide", stop);
}

// The words of the page, block by block; what is private, hidden or marked "no-read" is never spoken.
function piecesOf(root) {
  const SILENT = "[data-private], .no-read, [aria-hidden='true'], script, style, svg, textarea, select";
  const BLOCK = "p, li, h1, h2, h3, h4, legend, label, dt, dd, td, th, caption, summary, button, a.nhsuk-button, div";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const pieces = [];
  let last = null;
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const text = walker.currentNode.data.replace(/\s+/g, " ");
    if (!text.trim() || parent.closest(SILENT) || parent.checkVisibility?.() === false) continue;
    const block = parent.closest(BLOCK);
    if (block === last) pieces.at(-1).text += text;
    else pieces.push({ text, lang: parent.closest("[lang]").lang });
    last = block;
  }
  return pieces;
}

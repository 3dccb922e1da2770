// Speaking instead of typing, only where the browser turns speech into words on this device, without sending it away.
const Recognition = window.SpeechRecognition;
const areas = document.querySelectorAll("textarea[data-dictate]");

async function onDevice(lang) {
  if (!Recognition || !("processLocally" in Recognition.prototype) || !Recognition.available) return false;
  return (await Recognition.available({ langs: [lang], processLocally: true }).catch(() => "")) === "available";
}

function offer(area, lang) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
  button.textContent = area.dataset.dictate;
  button.setAttribute("aria-pressed", "false");
  area.after(button);
  let heard = null;
  button.addEventListener("click", () => {
    if (heard) return heard.stop();
    heard = Object.assign(new Recognition(), { lang, processLocally: true, continuous: true });
    heard.onresult = ({ results, resultIndex }) => {
      area.value = `${area.value} ${results[resultIndex][0].transcript}`.trim();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    };
    heard.onend = () => {
      heard = null;
      button.setAttribute("aria-pressed", "false");
    };
    button.setAttribute("aria-pressed", "true");
    heard.start();
  });
}

const lang = document.documentElement.lang === "es" ? "es-US" : "en-US";
if (areas.length && (await onDevice(lang))) areas.forEach((area) => offer(area, lang));

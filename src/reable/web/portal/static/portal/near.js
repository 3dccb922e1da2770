// Puts the nearest place first. Where somebody is stays on their device: distances are worked out here.
const places = [...document.querySelectorAll("[data-place]")];
const row = document.querySelector("[data-near]");
const told = document.querySelector("[data-near-told]");

const radians = (degrees) => (Number(degrees) * Math.PI) / 180;

function miles(here, place) {
  const dLatitude = radians(place.dataset.latitude) - radians(here.latitude);
  const dLongitude = radians(place.dataset.longitude) - radians(here.longitude);
  const a = Math.sin(dLatitude / 2) ** 2
    + Math.cos(radians(here.latitude)) * Math.cos(radians(place.dataset.latitude)) * Math.sin(dLongitude / 2) ** 2;
  return 2 * 3959 * Math.asin(Math.sqrt(a));
}

function sort(here) {
  const sorted = places
    .map((place) => ({ value: place.dataset.place, far: miles(here, place) }))
    .sort((one, other) => other.far - one.far);
  for (const { value, far } of sorted) {
    const input = document.querySelector(`input[name="location"][value="${CSS.escape(value)}"]`);
    const item = input && input.closest(".nhsuk-radios__item");
    if (!item) continue;
    item.parentElement.prepend(item);
    let note = item.querySelector("[data-distance]");
    if (!note) {
      note = document.createElement("span");
      note.dataset.distance = "";
      item.querySelector("label").append(" ", note);
    }
    note.textContent = `(${told.dataset.far.replace("N", far < 10 ? far.toFixed(1) : String(Math.round(far)))})`;
  }
}

if (places.length > 1 && row && "geolocation" in navigator) {
  row.hidden = false;
  row.querySelector("button").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      (position) => { told.textContent = ""; sort(position.coords); },
      () => { told.textContent = told.dataset.failed; },
      { maximumAge: 600000, timeout: 10000 },
    );
  });
}

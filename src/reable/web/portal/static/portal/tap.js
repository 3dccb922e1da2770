// Finds activities by their words. Without this script all of them are shown.
const box = document.querySelector("[data-search-box]");
const field = document.querySelector("[data-search]");
const told = document.querySelector("[data-search-told]");

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");

function search() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const group of document.querySelectorAll("[data-search-group]")) {
    let here = 0;
    for (const tile of group.querySelectorAll("[data-search-words]")) {
      const fits = words.every((word) => plain(tile.dataset.searchWords).includes(word));
      const chosen = tile.querySelector("input").checked;
      tile.hidden = !(fits || chosen);
      if (!tile.hidden) here += 1;
    }
    group.hidden = here === 0;
    found += here;
  }
  told.textContent = found === 0 ? told.dataset.none : "";
}

if (box && field) {
  box.hidden = false;
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it must not send the form
  });
}

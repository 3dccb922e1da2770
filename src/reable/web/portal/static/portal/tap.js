// Finds activities by their words, and counts what is tapped in a group that is folded. Without this script all groups
// can be opened by hand.
const box = document.querySelector("[data-search-box]");
const field = document.querySelector("[data-search]");
const told = document.querySelector("[data-search-told]");
const groups = [...document.querySelectorAll("[data-search-group]")];

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");

function search() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const group of groups) {
    let here = 0;
    for (const tile of group.querySelectorAll("[data-search-words]")) {
      const fits = words.every((word) => plain(tile.dataset.searchWords).includes(word));
      tile.hidden = !(fits || tile.querySelector("input").checked);
      if (fits) here += 1;
    }
    if (words.length > 0) group.open = here > 0;
    found += here;
  }
  told.textContent = found === 0 ? told.dataset.none : "";
}

function count(group) {
  const number = group.querySelectorAll("input:checked").length;
  const place = group.querySelector("[data-count]");
  place.textContent = number === 0 ? "" : number === 1 ? place.dataset.one : place.dataset.many.replace("N", String(number));
}

for (const group of groups) {
  count(group);
  group.addEventListener("change", () => count(group));
}

if (box && field) {
  box.hidden = false;
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it must not send the form
  });
}

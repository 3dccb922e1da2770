// The body map: a tap on a part of the figure ticks its box in the list, and every ticked box shows on the figure.
// Without this script the figure is a picture and the list does it all.
"use strict";

const PLAIN = "0.06";
const MARKED = "0.7";

function valueOf(part) {
  return part.dataset.side ? `${part.dataset.site}:${part.dataset.side}` : part.dataset.site;
}

function nameOf(box) {
  return box.labels[0].textContent.trim();
}

function showAll(map, boxes, parts) {
  for (const part of parts) {
    const marked = boxes.get(valueOf(part)).checked;
    part.classList.toggle("is-marked", marked);
    part.setAttribute("fill-opacity", marked ? MARKED : PLAIN);
  }
  const said = [...boxes.values()].filter((box) => box.checked).map(nameOf);
  map.querySelector("[data-body-said]").textContent = said.join(", ");
}

function start(map) {
  const boxes = new Map([...map.querySelectorAll("input[type=checkbox]")].map((box) => [box.value, box]));
  // A page may offer some parts only: the others stay a picture.
  const parts = [...map.querySelectorAll("[data-site]")].filter((part) => boxes.has(valueOf(part)));
  for (const part of parts) {
    const box = boxes.get(valueOf(part));
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = nameOf(box);
    part.append(title);
    part.setAttribute("cursor", "pointer");
    part.addEventListener("click", () => box.click());
  }
  map.addEventListener("change", () => showAll(map, boxes, parts));
  // Browsers put ticks back when somebody returns to the page.
  window.addEventListener("pageshow", () => showAll(map, boxes, parts));
  showAll(map, boxes, parts);
}

document.querySelectorAll("[data-body-map]").forEach(start);

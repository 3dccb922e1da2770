// Runs before the page is painted: the size of text and the contrast that this reader chose on this device.
try {
  const html = document.documentElement;
  const size = localStorage.getItem("reable-text");
  if (size === "large" || size === "larger") html.classList.add(`re-text-${size}`);
  if (localStorage.getItem("reable-contrast") === "on") html.classList.add("re-contrast");
} catch {
  // No storage: the page looks as it does for everybody.
}

// Leaves at once: the page goes blank, its place in the history is taken by the harmless one, drafts are wiped.
const away = document.querySelector("a[data-quick-exit]");
if (away) {
  const leave = (event) => {
    event?.preventDefault();
    document.documentElement.hidden = true;
    document.title = "";
    try {
      sessionStorage.clear();
    } catch {
      // nothing was kept
    }
    location.replace(away.href);
  };
  away.addEventListener("click", leave);
  let taps = [];
  document.addEventListener("keydown", ({ key, timeStamp }) => {
    taps = key === "Escape" ? [...taps.filter((tap) => timeStamp - tap < 3000), timeStamp] : [];
    if (taps.length === 3) leave();
  });
}

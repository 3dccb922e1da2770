// Whoever has to sign in comes back to a page that puts back what they had typed in this tab (see idle.js).
try {
  sessionStorage.setItem("reable-signed-out", "1");
} catch {
  // No storage: nothing was kept.
}

// Keeps what is typed as a draft: every ten seconds while something changed, and when the page is left.
import htmx from "./vendor/htmx.esm.js";

const EVERY = 10_000;

for (const part of document.querySelectorAll("[data-draft]")) {
  const form = part.closest("form");
  const state = part.querySelector("[data-draft-state]");
  let isChanged = false;

  const save = () => {
    if (!isChanged) return;
    isChanged = false;
    htmx.trigger(state, "ww-draft");
  };

  form.addEventListener("input", () => { isChanged = true; });
  form.addEventListener("submit", () => { isChanged = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  // Words for whoever is no longer signed in come with 401; everything else is our own fault.
  state.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 401) event.detail.shouldSwap = true;
  });
  for (const fault of ["htmx:sendError", "htmx:responseError"]) {
    state.addEventListener(fault, (event) => {
      isChanged = true;
      if (event.detail.xhr?.status !== 401) state.textContent = "Not saved yet. We try again in ten seconds.";
    });
  }
  setInterval(save, EVERY);
}

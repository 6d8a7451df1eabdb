// What the reader chose before must hold from the first paint on.
"use strict";
const root = document.documentElement;
const kept = (() => {
  try {
    return { ...JSON.parse(localStorage.getItem("diglot")) };
  } catch {
    return {}; // a page may keep nothing here, or what is kept is not ours
  }
})();
root.classList.add("js");
if (kept.theme) root.dataset.theme = kept.theme;
if (kept.english) root.dataset.english = kept.english;
else if (root.dataset.english === "beside" && matchMedia("(max-width: 44em)").matches)
  root.dataset.english = "below";
if (kept.size) root.style.setProperty("--size", kept.size);

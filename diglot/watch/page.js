"use strict";
const at = (id) => document.getElementById(id);
let screen = 0;
let sheet = 0;

function showScreen(now) {
  if (now.screen === screen) return;
  screen = now.screen;
  at("screen").src = `screen?${screen}${now.pair ? `#pair-${now.pair}` : ""}`;
}

function showPaper(now) {
  if (now.sheet === sheet) return;
  sheet = now.sheet;
  const pages = [];
  for (let page = 1; page <= now.sheets; page++) {
    const image = new Image(600, 850);
    image.alt = `Page ${page}`;
    image.loading = page === now.page ? "eager" : "lazy";
    image.src = `sheet/${page}?${sheet}`;
    if (page === now.page && now.pair) image.className = "here";
    pages.push(image);
  }
  at("paper").replaceChildren(...pages);
  if (now.pair) pages[now.page - 1]?.scrollIntoView({ block: "nearest" });
}

function showProblems(now) {
  const errors = now.problems.filter((problem) => problem.severity === "error").length;
  at("count").textContent = `Errors: ${errors}, warnings: ${now.problems.length - errors}`;
  at("problems").replaceChildren(...now.problems.map((problem) => {
    const item = document.createElement("li");
    item.className = problem.severity;
    const add = (tag, text) => item.append(Object.assign(document.createElement(tag), { textContent: text }), " ");
    add("b", problem.code);
    add("code", problem.place);
    add("span", problem.message);
    add("small", problem.hint);
    return item;
  }));
}

const events = new EventSource("events");
events.onmessage = (event) => {
  const now = JSON.parse(event.data);
  document.title = now.title ? `${now.title} · Diglot` : "Diglot";
  document.body.className = now.broken ? "broken" : "";
  at("state").textContent = now.broken
    ? "The files cannot be built now: this is the last good edition."
    : `${now.title}${now.pair ? `, pair ${now.pair}` : ""}${now.proof ? ": proof of the pair; the whole booklet is being set" : ""}`;
  if (now.screen) showScreen(now);
  if (now.sheets) showPaper(now);
  showProblems(now);
};
events.onerror = () => { at("state").textContent = "diglot watch has ended."; };

// The page's switches and its panel. Nothing here asks a server, and what is written into the
// page is written as text.
"use strict";
{
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const only = (selector, within = document) => within.querySelector(selector);
  const made = (tag, text, lang, name) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (lang) element.lang = lang;
    if (name) element.className = name;
    return element;
  };
  const data = JSON.parse(only("#data").textContent);
  const form = only(".settings form");
  const settings = only(".settings");
  const panel = only(".panel");
  const words = all("[data-word]");
  const parts = words.map((word) => {
    const inside = all(":scope > span", word);
    return inside.length ? inside : [word];
  });
  const readIn = root.dataset.spelling === "zhuyin" ? "zh-Bopo" : "zh-Latn-pinyin";
  const entry = (word) => data.words[word.dataset.word];

  // Choices: those of the page, then those that the reader made here or on another page.
  const first = form.script.value;
  const state = { english: root.dataset.english };
  for (const name of ["script", "pinyin", "known", "english", "size", "theme"]) {
    const usual = form[name].value;
    form[name].value = kept[name] ?? state[name] ?? usual;
    if (form[name].selectedIndex === -1) form[name].value = usual;
    state[name] = form[name].value;
  }
  const keep = (name, value) => {
    kept[name] = value;
    try {
      localStorage.setItem("diglot", JSON.stringify(kept));
    } catch {
      // The choice holds until the page is closed.
    }
  };

  // Script: the Chinese text nodes, and their text in each script.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) {
    const { parentElement } = walker.currentNode;
    const { lang } = parentElement.closest("[lang]");
    if (lang.startsWith("zh-Han") && parentElement.tagName !== "RP") nodes.push(walker.currentNode);
  }
  const places = new Map(nodes.map((node, place) => [node, place]));
  const titled = nodes.filter((node) => only("h1").contains(node));
  const inTitle = () => titled.map((node) => node.data).join("");
  const english = document.title.slice(inTitle().length);
  const texts = { [first]: nodes.map((node) => node.data) };
  const inScript = (script) => {
    if (!texts[script]) {
      const change = data.scripts[script];
      const to = [...change.to];
      const usual = new Map([...change.from].map((character, place) => [character, to[place]]));
      const unusual = new Map();
      for (let i = 0; i < change.except.length; i += 2) {
        unusual.set(change.except[i], change.except[i + 1]);
      }
      let offset = 0;
      const changed = (character) => unusual.get(offset++) ?? usual.get(character) ?? character;
      texts[script] = texts[first].map((text) => [...text].map(changed).join(""));
    }
    return texts[script];
  };
  const setScript = (script) => {
    inScript(script).forEach((text, place) => {
      if (nodes[place].data !== text) nodes[place].data = text;
    });
    for (const element of all('[lang^="zh-Han"]')) element.lang = script;
    document.title = inTitle() + english;
  };

  // A style sheet places the tones of zhuyin.
  const toned = (element, text) => {
    for (const part of text.split(/([˙ˊˇˋ])/).filter(Boolean)) {
      const kind = part === "˙" ? "neutral" : "tone";
      element.append("˙ˊˇˋ".includes(part) ? made("span", part, "", kind) : part);
    }
    return element;
  };

  // Pinyin: a word that has it becomes ruby.
  const isKnown = ([, , , level, known]) =>
    state.known === "" ? known : level && level <= state.known;
  const setPinyin = () => {
    const once = root.dataset.once;
    let seen = new Set();
    let section = null;
    words.forEach((word, place) => {
      for (const added of all("ruby, wbr", word)) {
        added.replaceWith(...[...added.childNodes].filter(({ nodeName }) => !/^R[PT]$/.test(nodeName)));
      }
      const meaning = entry(word);
      if (state.pinyin === "none" || (state.pinyin === "unknown" && isKnown(meaning))) return;
      if (once) {
        const here = word.closest("section");
        if (once === "section" && here !== section) seen = new Set();
        section = here;
        const key = word.textContent + meaning[0];
        if (seen.has(key)) return;
        seen.add(key);
      }
      const readings = meaning[0].split(" ");
      parts[place].forEach((part, nth) => {
        if (part.textContent === readings[nth]) return; // Latin letters
        const ruby = made("ruby");
        const reading = toned(made("rt", "", readIn), readings[nth]);
        ruby.append(...part.childNodes, made("rp", "("), reading, made("rp", ")"));
        part.append(ruby);
        // Rubies break where no line should, or nowhere: a line may break between words.
        const isLast = nth + 1 === readings.length;
        if (!isLast || word.nextSibling?.nodeType === Node.ELEMENT_NODE) part.append(made("wbr"));
      });
    });
    root.dataset.pinyin = state.pinyin;
  };

  // English: where it waits for a tap, each gloss has a button.
  const setEnglish = (where) => {
    root.dataset.english = where;
    for (const button of all(".reveal")) button.remove();
    for (const row of all(".row.open")) row.classList.remove("open");
    if (where !== "tap") return;
    for (const row of all(".row")) {
      const gloss = only(".gloss", row);
      if (!gloss.childElementCount) continue;
      const button = made("button", "English", "", "reveal");
      button.type = "button";
      button.setAttribute("aria-expanded", "false");
      gloss.before(button);
    }
  };
  const reveal = (button) => {
    const open = button.parentElement.classList.toggle("open");
    button.setAttribute("aria-expanded", open);
  };

  const apply = {
    script: setScript,
    pinyin: setPinyin,
    known: setPinyin,
    english: setEnglish,
    size: (size) => {
      root.style.setProperty("--size", size);
      form.size.setAttribute("aria-valuetext", `${size} percent`);
    },
    theme: (theme) => {
      root.dataset.theme = theme;
    },
  };
  form.addEventListener("input", ({ target }) => {
    close();
    state[target.name] = target.value;
    apply[target.name](target.value);
    keep(target.name, target.value);
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  // The panel: what a word means, or a note.
  let shown = -1; // the word's place among the words
  let opener = null;
  const show = (head, body, from, anchor) => {
    only("#panel-head").replaceChildren(...head);
    only(".panel-body").replaceChildren(...body);
    if (panel.hidden) opener = from;
    panel.hidden = false;
    const { left, top, bottom } = anchor.getClientRects()[0];
    const most = root.clientWidth - panel.offsetWidth - 8;
    const over = bottom + panel.offsetHeight + 8 > innerHeight && top > panel.offsetHeight + 64;
    panel.style.setProperty("--left", `${Math.max(8, Math.min(left, most)) + scrollX}px`);
    const under = over ? top - panel.offsetHeight - 6 : bottom + 6;
    panel.style.setProperty("--top", `${under + scrollY}px`);
    panel.focus({ preventScroll: true });
  };
  const close = () => {
    if (panel.hidden) return;
    const focused = panel.contains(document.activeElement);
    panel.hidden = true;
    only(".looked-up")?.classList.remove("looked-up");
    if (focused) opener?.focus({ preventScroll: true });
  };
  const lookUp = (place, from) => {
    const word = words[place];
    if (!word) return;
    only(".looked-up")?.classList.remove("looked-up");
    word.classList.add("looked-up");
    shown = place;
    const [reading, meaning, kind, level, , key] = entry(word);
    const texts = nodes.flatMap((node, place) => (word.contains(node) ? [place] : []));
    const forms = new Map();
    for (const script of [state.script, first, ...Object.keys(data.scripts)]) {
      const form = texts.map((text) => inScript(script)[text]).join("");
      if (![...forms.values()].includes(form)) forms.set(script, form);
    }
    const head = [...forms].map(([script, form]) => made("b", form, script));
    head.push(made("span", reading, readIn, root.dataset.spelling));
    const graded = level ? `HSK ${level < 7 ? level : "7–9"}` : "not in HSK";
    head.push(made("span", graded, "en", "level"));
    const sense = made("p");
    if (kind) sense.append(made("i", kind), " ");
    sense.append(meaning || "No English is known.");
    const body = [sense];
    if (key) {
      const link = made("a", "In the glossary");
      link.href = `#${key}`;
      const more = made("p");
      more.append(link);
      body.push(more);
    }
    panel.dataset.shows = "word";
    show(head, body, from, word);
    const { top, bottom } = word.getBoundingClientRect();
    const covered = getComputedStyle(panel).position === "fixed" ? panel.offsetHeight + 16 : 0;
    if (top < 60 || bottom + covered > innerHeight) word.scrollIntoView({ block: "center" });
  };
  const showNote = (link) => {
    const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const body = only("p", note).cloneNode(true);
    panel.dataset.shows = "note";
    show([made("b", `Note ${link.textContent}`, "en")], [body], link, link);
  };

  document.addEventListener("click", (event) => {
    const { target } = event;
    const word = target.closest("[data-word]");
    const button = target.closest("button");
    const link = target.closest("a");
    if (!target.closest(".settings")) settings.open = false;
    if (button?.name === "previous") lookUp(shown - 1);
    else if (button?.name === "next") lookUp(shown + 1);
    else if (button?.className === "reveal") reveal(button);
    else if (button?.className === "look-up") {
      lookUp(words.indexOf(only("[data-word]", button.parentElement)), button);
    } else if (link?.className === "reference" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      showNote(link);
    } else if (word && getSelection().isCollapsed) lookUp(words.indexOf(word));
    else if (!panel.contains(target) || button || link) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (settings.open) {
        settings.open = false;
        only("summary", settings).focus();
      }
      close();
    }
    if (panel.dataset.shows !== "word" || !panel.contains(document.activeElement)) return;
    if (event.key === "ArrowLeft") lookUp(shown - 1);
    if (event.key === "ArrowRight") lookUp(shown + 1);
  });
  addEventListener("beforeprint", () => {
    for (const list of all("details.words")) list.open = true;
  });

  // Whoever cannot point at a word reaches the words of a pair by a button.
  for (const pair of all(".pair")) {
    if (!only("[data-word]", pair)) continue;
    const button = made("button", "?", "", "look-up");
    button.type = "button";
    button.setAttribute("aria-label", `Words of pair ${pair.id.slice(5)}`);
    pair.prepend(button);
  }
  for (const name of Object.keys(apply)) {
    if (name !== "script" || state.script !== first) apply[name](state[name]);
  }
}

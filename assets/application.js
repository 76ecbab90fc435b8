// Everything works without this. It starts GOV.UK Frontend's components where the browser can run them.
//
// A page that is meant for paper has a button that prints it, shown where it can work.
//
// The page may say where they are, so that the address changes with their content:
//   <script type="module" src="/assets/app.js?v=…" data-components="/assets/govuk-frontend.min.js?v=…"></script>
const told = document.querySelector("script[data-components]")?.dataset.components;

import(told ?? "./govuk-frontend.min.js").then(({ initAll }) => {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  initAll();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The form for a call about a missing child notes how long after it was opened the first key was pressed, and shows how
// long the call has taken.
for (const box of document.querySelectorAll("input[data-first-key]")) {
  const opened = performance.now();
  const note = () => {
    if (box.value === "") box.value = String(Math.floor((performance.now() - opened) / 1000));
  };
  box.form.addEventListener("input", note, { once: true });
}
for (const line of document.querySelectorAll("[data-call-seconds]")) {
  const began = performance.now() - Number(line.dataset.callSeconds) * 1000;
  const show = () => {
    const taken = Math.floor((performance.now() - began) / 1000);
    line.textContent = `This call has taken ${Math.floor(taken / 60)} min ${String(taken % 60).padStart(2, "0")} s.`;
  };
  show();
  line.hidden = false;
  setInterval(show, 1000);
}

// A page that may change while somebody watches it says where to ask, and the mark it was made from:
//   <main data-live="/live/0123…" data-mark="89ab…">
// Another mark means that it would read otherwise now. Then it offers to be read again, and does nothing by itself:
// somebody may be writing, or about to confirm what they have read. What is no longer theirs to see is taken away. A
// hidden page does not ask.
const watched = document.querySelector("main[data-live]");
if (watched) watchFor(watched);

function watchFor(main) {
  const pause = 700;
  let wait = pause; // longer while nobody answers
  const line = document.createElement("div");
  line.className = "app-live app-no-print";
  line.innerHTML = '<p class="app-live__words" role="status"></p><button type="button" class="govuk-button govuk-button--secondary app-live__again" hidden>Show what is new</button>';
  main.before(line);
  const [words, again] = line.children;
  const say = (sentence) => { if (words.textContent !== sentence) words.textContent = sentence; };

  again.addEventListener("click", () => {
    const address = new URL(location.href);
    address.searchParams.delete("saved");
    address.hash = "";
    location.replace(address);
  });

  const takeAway = (sentence) => {
    main.replaceChildren();
    again.hidden = true;
    say(sentence);
  };

  const look = async () => {
    let isOver = false;
    try {
      if (document.visibilityState === "visible") {
        const response = await fetch(main.dataset.live, { credentials: "same-origin" });
        wait = response.ok ? pause : Math.min(2 * wait, 30000);
        if (response.status === 401) {
          takeAway("You are signed out. Sign in to see this page again.");
          isOver = true;
        } else if (response.status === 404) {
          takeAway("This page is no longer open to you.");
          isOver = true;
        } else if (response.ok && (await response.text()) !== main.dataset.mark) {
          say(`Something on this page has changed since ${main.dataset.readAt}. If you are writing, save first.`);
          again.hidden = false;
          isOver = true; // it says so until it is read again
        }
      }
    } catch { wait = Math.min(2 * wait, 30000); } // the network is down for a moment
    if (!isOver) setTimeout(look, wait);
  };
  setTimeout(look, pause);
}

// Words that blame a child, while somebody writes: under a box of words a quiet list says what may stand instead, and why.
// It takes no focus, changes nothing unasked and never reads a box of a child's own words. What was taken or kept goes with
// the form as numbers of phrases ("3 taken"). Without this, the page that follows says the same once.
const written = [...document.querySelectorAll('main form[method="post"] textarea, main form[method="post"] input[type="text"]')];
if (written.some((box) => box.localName === "textarea"))
  fetch("/words-about-children.json", { credentials: "same-origin" })
    .then((response) => (response.ok ? response.json() : undefined))
    .then((list) => {
      if (!list) return;
      const ways = waysThrough(list.phrases);
      for (const box of written) if (isRead(list, box)) adviseUnder(box, ways);
    })
    .catch(() => {}); // the next page says it

// The correction of a field is written in a box of one name, whatever field it is about.
function isRead(list, box) {
  const field = box.form.querySelector('input[type="hidden"][name="field"]');
  const pieces = (box.name === "value" && field ? field.value : box.name).split("-");
  const fits = (row) => {
    const wanted = row.split("-");
    return wanted.length === pieces.length && wanted.every((piece, i) => piece === "*" || piece === pieces[i]);
  };
  return list.read.some(fits) && !list.not_read.some(fits);
}

// The patterns as a tree of words; where one ends stands its phrase, or null where an exception ends.
function waysThrough(phrases) {
  const root = new Map();
  const add = (pattern, end) => {
    let at = new Set([root]);
    for (const piece of pattern.split(" ")) {
      const next = new Set(piece.endsWith("?") ? at : []);
      for (const word of piece.replace(/\?$/, "").split("/"))
        for (const node of at) {
          if (!node.has(word)) node.set(word, new Map());
          next.add(node.get(word));
        }
      at = next;
    }
    for (const node of at) if (node.end !== null) node.end = end;
  };
  for (const phrase of phrases) {
    for (const pattern of phrase.patterns) add(pattern, phrase);
    for (const exception of phrase.exceptions) add(exception, null);
  }
  return root;
}

// As the server reads a text: words in lower case without an "'s", hyphens as spaces, quotations left out.
function wordsOf(text) {
  const words = [];
  const own = text.replace(/"[^"\n]*"|\u201C[^\u201D\n]*\u201D/g, (quoted) => ".".repeat(quoted.length));
  let from = 0;
  for (const found of own.matchAll(/[\p{L}\p{M}\p{N}]+(?:['`\u2018\u2019\u201B][\p{L}\p{M}\p{N}]+)*/gu)) {
    const letters = found[0].toLowerCase().replace(/[`\u2018\u2019\u201B]/g, "'");
    const word = letters.replace(/(?<=.)'s$/, "");
    words.push({
      word, begin: found.index, end: found.index + word.length,
      isApart: /[^\s\u00A0\u2000-\u2011\u202F'`\u2018\u2019\u201B-]/.test(own.slice(from, found.index)),
    });
    from = found.index + found[0].length;
  }
  return words;
}

function placesIn(text, ways) {
  const words = wordsOf(text);
  const places = [];
  for (let i = 0; i < words.length;) {
    let node = ways;
    let longest = 0;
    let phrase = null;
    for (let count = 1; i + count <= words.length; count += 1) {
      const { word, isApart } = words[i + count - 1];
      node = count > 1 && isApart ? undefined : node.get(word);
      if (!node) break;
      if (node.end !== undefined) [longest, phrase] = [count, node.end];
    }
    if (phrase) places.push({ phrase, begin: words[i].begin, end: words[i + longest - 1].end });
    i += Math.max(longest, 1);
  }
  return places;
}

function adviseUnder(box, ways) {
  const kept = new Set();
  const became = new Map(); // number of a phrase: taken or kept
  const under = document.createElement("div");
  under.className = "app-wording";
  under.innerHTML = '<p class="govuk-visually-hidden" role="status"></p><ul class="app-wording__list" hidden></ul>';
  box.after(under);
  const [status, items] = under.children;
  let shown = "";

  const quoted = (words) => `\u201C${words}\u201D`;
  const button = (words, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "govuk-button govuk-button--secondary app-wording__button";
    made.textContent = words;
    made.addEventListener("click", () => {
      press();
      box.focus();
      look();
    });
    return made;
  };

  const replace = (phrase, better) => {
    const place = placesIn(box.value, ways).find((one) => one.phrase === phrase);
    if (!place) return;
    box.setRangeText(better, place.begin, place.end, "end");
    became.set(phrase.number, "taken");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const item = ({ phrase, words }) => {
    const made = document.createElement("li");
    const line = document.createElement("p");
    line.className = "app-wording__why";
    const which = document.createElement("strong");
    which.textContent = `${quoted(words)}: `;
    line.append(which, [phrase.why, phrase.advice, phrase.question].filter(Boolean).join(" "));
    made.append(line);
    for (const better of phrase.better) made.append(button(`Write ${quoted(better)}`, () => replace(phrase, better)));
    const keep = button("Keep mine", () => { kept.add(phrase.number); became.set(phrase.number, "kept"); });
    const whichWords = document.createElement("span");
    whichWords.className = "govuk-visually-hidden";
    whichWords.textContent = `: ${quoted(words)}`;
    keep.append(whichWords);
    made.append(keep);
    return made;
  };

  const look = () => {
    const advice = new Map();
    for (const { phrase, begin, end } of placesIn(box.value, ways))
      if (!kept.has(phrase.number) && !advice.has(phrase.number)) advice.set(phrase.number, { phrase, words: box.value.slice(begin, end) });
    const now = [...advice].map(([number, { words }]) => `${number} ${words}`).join("\n");
    if (now === shown) return;
    shown = now;
    items.replaceChildren(...[...advice.values()].map(item));
    items.hidden = advice.size === 0;
    status.textContent = advice.size === 0 ? "" : `${advice.size === 1 ? "A phrase" : `${advice.size} phrases`} may be read against a child. What to write instead stands under the box.`;
  };

  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 150);
  });
  box.form.addEventListener("formdata", (event) => {
    for (const [number, what] of became) event.formData.append("wording", `${number} ${what}`);
  });
  look();
}

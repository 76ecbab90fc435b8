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

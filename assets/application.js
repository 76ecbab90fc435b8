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

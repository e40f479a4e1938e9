// What a form cannot do by itself. Without scripts, questions are answered by loading the page anew.
"use strict";

const formats = {
  D: { dateStyle: "long" },
  d: { dateStyle: "short" },
  t: { timeStyle: "short" },
};

function localise(root) {
  for (const time of root.querySelectorAll("time[data-style]")) {
    const format = formats[time.dataset.style] || { dateStyle: "long", timeStyle: "short" };
    time.textContent = new Intl.DateTimeFormat(navigator.language, format).format(
      new Date(time.dateTime),
    );
    time.removeAttribute("data-style");
  }
}

const messages = document.querySelector("#messages");
let asked = messages?.lastElementChild; // the first question of those that were asked last

function toAsked() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  asked?.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

const ask = document.querySelector("#ask");
if (ask) {
  let before = null;
  const question = ask.querySelector("textarea");
  question.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      ask.requestSubmit();
    }
  });
  document.body.addEventListener("htmx:beforeSwap", ({ target }) => {
    if (target === messages) before = messages.lastElementChild;
  });
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.pathInfo?.requestPath !== "/ask" || !detail.successful) return;
    asked = before ? before.nextElementSibling : messages.firstElementChild;
    ask.reset();
    ask.elements.before.value = "";
    document.querySelector("#welcome")?.remove();
    document.querySelector(".fresh").hidden = false;
    if (document.activeElement === document.body) question.focus({ preventScroll: true });
    toAsked();
  });
  // A follow-up goes on from the answer under which it is asked.
  document.body.addEventListener("click", (event) => {
    const more = event.target.closest('button[value="answer:more"]');
    if (!more) return;
    event.preventDefault();
    ask.elements.before.value = more.closest(".exchange").id.slice(1);
    question.focus();
  });
  // A button that was pressed below an answer is gone, or can't be pressed again.
  document.body.addEventListener("htmx:afterSwap", ({ target }) => {
    if (!target.matches(".below") || document.activeElement !== document.body) return;
    target.querySelector("button:enabled")?.focus({ preventScroll: true });
  });
  document.body.addEventListener("keydown", (event) => {
    const below = event.target.closest(".below");
    if (event.key !== "Escape" || !below) return;
    below.replaceChildren();
    below.previousElementSibling.querySelector("button")?.focus();
  });
  // Who comes back or loads the page again finds it where it was.
  const [loaded] = performance.getEntriesByType("navigation");
  if (!location.hash && loaded.type === "navigate") toAsked();
  question.focus({ preventScroll: true }); // which the attribute autofocus doesn't
}

function tell(words) {
  document.querySelector("#notice").textContent = words;
}
function tellBroken() {
  tell("Footnote can't be reached. If it's running, reload this page.");
}

document.body.addEventListener("htmx:sseClose", ({ target }) => {
  target.removeAttribute("aria-busy");
  toAsked();
});
document.body.addEventListener("htmx:beforeRequest", () => tell(""));
document.body.addEventListener("htmx:sseOpen", () => tell(""));
document.body.addEventListener("htmx:sseError", tellBroken);
document.body.addEventListener("htmx:load", ({ target }) => localise(target));
document.body.addEventListener("htmx:sendError", tellBroken);

const login = document.querySelector("#login");
if (login && location.hash) login.elements.next.value += location.hash;

localise(document);

const add = document.querySelector("#add");
if (add) {
  const drop = add.querySelector(".drop");
  const files = add.elements.files;
  const over = (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault(); // a file that is dropped beside the field would take the page's place
    drop.classList.toggle("over", event.type === "dragover");
    if (event.type !== "drop") return;
    files.files = event.dataTransfer.files;
    add.requestSubmit();
  };
  for (const what of ["dragover", "dragleave", "drop"]) addEventListener(what, over);
  files.addEventListener("change", () => add.requestSubmit());
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt === add && detail.successful) add.reset();
    else if (detail.elt.closest("#added")) listAnew(); // after Undo
  });
  // What was added is in the list at once.
  const listAnew = () =>
    htmx.ajax("GET", location.href, { target: "#list", select: "#list", swap: "outerHTML" });
  document.body.addEventListener("htmx:sseClose", listAnew);
}

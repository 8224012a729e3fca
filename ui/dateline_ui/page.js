// What a page cannot do without a script: copy an answer, press a chip, close an article with Escape, begin at a question.
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest(".copy");
  if (!button) return;
  await copy(button.parentElement.querySelector(".plain").textContent);
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
});

// A page that is not served from this machine itself has no navigator.clipboard.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = text;
  field.select();
  document.execCommand("copy");
  field.remove();
}

// A chip stands in the HTML of an answer; what it does hangs on a hidden button of the page.
document.addEventListener("click", (event) => {
  const name = event.target.closest("button.chip")?.className.match(/press-(\w+)/)?.[1];
  if (!name) return;
  document.getElementById(`lever-${name}`).click();
  const answer = document.getElementById("current");
  answer.tabIndex = -1; // the chip goes with its answer: the keyboard goes on where it was
  answer.focus({ preventScroll: true });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash.startsWith("#c")) closeArticle();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest(".close")) return;
  event.preventDefault();
  closeArticle();
});

function closeArticle() {
  const opener = document.querySelector(`#transcript a[href="${location.hash}"]`);
  location.hash = "chat";
  opener?.focus();
}

// While an answer comes its end is in view; when it is there, it is read from its question on. A reader who looked at
// an earlier, long answer is brought to what was asked last: the browser would keep the place.
let shown = null, asked = null;
new MutationObserver(() => {
  const exchange = document.querySelector("#current .exchange");
  if (!exchange || exchange === shown) return;
  const scroller = document.querySelector("#scroller");
  if (exchange.querySelector(".asking")) {
    if (!asked) scroller.scrollTop = 0; // the end: it grows upwards
    asked = exchange;
    return;
  }
  asked = null;
  shown = exchange;
  const view = scroller.getBoundingClientRect(), { top } = exchange.getBoundingClientRect();
  if (top < view.top || top > view.bottom) exchange.scrollIntoView();
}).observe(document.documentElement, { childList: true, subtree: true });

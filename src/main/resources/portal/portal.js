// Comfort only: every page works without it.
"use strict";
document.addEventListener("keydown", event => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const find = document.querySelector("[data-key='/']");
    if (find) {
      event.preventDefault();
      find.focus();
      find.select();
    }
  }
});
document.addEventListener("click", event => {
  const code = event.target.closest(".curl code");
  if (code && navigator.clipboard && getSelection().isCollapsed) {
    getSelection().selectAllChildren(code);
    navigator.clipboard.writeText(code.textContent);
  }
});
// A file may be dropped anywhere on a form that takes one.
document.addEventListener("dragover", event => {
  if (event.target.closest("[data-drop]")) {
    event.preventDefault();
  }
});
document.addEventListener("drop", event => {
  const form = event.target.closest("[data-drop]");
  if (form && event.dataTransfer.files.length) {
    event.preventDefault();
    form.querySelector("input[type=file]").files = event.dataTransfer.files;
  }
});
// All boxes of a list with one.
document.addEventListener("change", event => {
  if (event.target.matches("[data-all]")) {
    document.querySelectorAll("input[name='" + event.target.dataset.all + "']")
      .forEach(box => { box.checked = event.target.checked; });
  }
});
// What stands in a field is replaced by what is typed, not written into.
const first = document.querySelector("[data-first]");
if (first) {
  first.focus();
  first.select();
}
// What looks again by itself leaves alone whoever is in it: the place of a keyboard or a reader of the screen would be lost.
document.addEventListener("htmx:beforeRequest", event => {
  if (/^every/.test(event.target.getAttribute("hx-trigger")) && event.target.contains(document.activeElement)) {
    event.preventDefault();
  }
});

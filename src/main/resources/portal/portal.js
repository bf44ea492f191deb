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
// A scanner types wherever the cursor stands: outside of a field it is a scan, and no button that stands there hears its Enter.
const scan = document.getElementById("scan");
document.addEventListener("keydown", event => {
  const typed = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (scan && typed && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    scan.focus();
  }
});
// What stands in a field is replaced by what is typed, not written into.
const first = document.querySelector("[data-first]");
if (first) {
  first.focus();
  first.select();
}
// What a form was refused for is where its sender goes on: the first field it has wrong, or the sentence about it.
const refused = document.querySelector("#main > section.problem");
if (refused && !document.querySelector("[autofocus], [data-first]")) {
  const wrong = [...document.querySelectorAll("#main [aria-invalid]:not([data-standing])")].find(field => field.offsetParent);
  (wrong ?? refused).focus();
}
// A form whose button is pressed twice is sent once: the answer to the second would hide that of the first, a new key with it.
let pressed = {};
document.addEventListener("submit", event => {
  const again = event.submitter === pressed.button && event.timeStamp - pressed.at < 2000;
  if (event.target.method === "post" && again) {
    event.preventDefault();
  } else {
    pressed = {button: event.submitter, at: event.timeStamp};
  }
});
// Whoever double-clicks means the first: the second half may land on another button, of the page that follows. A key counts none.
document.addEventListener("click", event => {
  if (event.detail > 1 && event.target.closest("button")?.form?.method === "post") {
    event.preventDefault();
  }
});
// What was typed into a form that came after the end of its session is put back when the same person has signed in again.
const KEPT = "waybill.typed";
const isBox = field => /^(checkbox|radio)$/.test(field.type);
const fieldsOf = form => [...form.elements].filter(field => field.name && field.matches("input, select, textarea")
  && !/^(hidden|password|file|submit)$/.test(field.type));
const stood = field => isBox(field) ? field.defaultChecked
  : field.matches("select") ? ([...field.options].find(option => option.defaultSelected) ?? field.options[0])?.value : field.defaultValue;
const stands = field => isBox(field) ? field.checked : field.value;
const nameIn = (form, field) => field.name + " " + (isBox(field) ? field.value
  : fieldsOf(form).filter(other => other.name === field.name).indexOf(field));
// Several forms of a page may be sent to one address: what they are about stands in their hidden fields.
const about = form => [form.getAttribute("action"), ...[...form.querySelectorAll("[type=hidden]")]
  .filter(field => !/^(csrf|back|key|once|seen|revision|was)/.test(field.name)).map(field => field.name + "=" + field.value)].join(" ");
// In the form that came back with this page stands what was typed before: it is told apart by what the page says was there.
const cameBack = document.getElementById("main").dataset.answered;
const placeIn = (form, field) => [...form.elements].filter(other => other.name === field.name).indexOf(field);
const before = (form, field) => [...form.elements].filter(other => other.name.replace(/^was-?/, "") === field.name && other.name !== field.name)
  [placeIn(form, field)]?.value.replace(/[\r\n]/g, "");
const untyped = (form, field) => stands(field) === (form.getAttribute("action") === cameBack ? before(form, field) : stood(field));
const person = document.querySelector(".who");
const keep = event => {
  const form = event.target.closest("main form[method=post]");
  if (person && form) {
    const typed = fieldsOf(form).filter(field => !untyped(form, field)).map(field => [nameIn(form, field), stands(field)]);
    sessionStorage.setItem(KEPT, JSON.stringify({who: person.textContent, about: about(form), typed}));
  }
};
document.addEventListener("submit", keep);
// What is looked at while somebody types may find the session over too, and leaves the page.
document.addEventListener("htmx:beforeRequest", keep);
const kept = person && JSON.parse(sessionStorage.getItem(KEPT));
if (kept && kept.who === person.textContent && document.querySelector("[data-unsaved]")) {
  const form = [...document.forms].find(each => about(each) === kept.about);
  const typed = new Map(kept.typed);
  (form ? fieldsOf(form) : []).filter(field => typed.has(nameIn(form, field))).forEach(field => {
    field[isBox(field) ? "checked" : "value"] = typed.get(nameIn(form, field));
    field.closest("details")?.setAttribute("open", "");
  });
}
if (person) {
  sessionStorage.removeItem(KEPT);
}
// What looks again by itself leaves alone whoever is in it: the place of a keyboard or a reader of the screen would be lost.
document.addEventListener("htmx:beforeRequest", event => {
  if (/^every/.test(event.target.getAttribute("hx-trigger")) && event.target.contains(document.activeElement)) {
    event.preventDefault();
  }
});

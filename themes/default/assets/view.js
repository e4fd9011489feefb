// The panel «Вид»: size, contrast and spacing of the text, for those who see badly. What was chosen is remembered in this browser
// and in force before the page is drawn. Without this file the page follows the system's and the browser's settings.
(function () {
  "use strict";

  var KEY = "glasno-view";
  var CHOICES = {
    size: ["Размер текста", [["", "обычный"], ["large", "крупный"], ["largest", "самый крупный"]]],
    contrast: ["Цвета", [["", "обычные"], ["light", "чёрным по белому"], ["dark", "белым по чёрному"]]],
    spacing: ["Промежутки", [["", "обычные"], ["wide", "увеличенные"]]],
  };
  var root = document.documentElement;
  var chosen = {};
  try {
    chosen = JSON.parse(localStorage.getItem(KEY)) || {};
  } catch (error) { /* Nothing is remembered here: the panel works until the page is left. */ }

  function apply() {
    Object.keys(CHOICES).forEach(function (name) {
      var known = CHOICES[name][1].some(function (c) { return c[0] && c[0] === chosen[name]; });
      if (known) root.dataset[name] = chosen[name];
      else delete root.dataset[name];
    });
  }
  apply();

  function element(name, attributes, content) {
    var made = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (content) made.append(content);
    return made;
  }

  addEventListener("DOMContentLoaded", function () {
    var links = document.querySelector(".site-links");
    var head = document.querySelector(".site-head");
    if (!links || !head) return;
    var button = element("button", { type: "button", class: "view-switch", "aria-expanded": "false", "aria-controls": "view-panel" }, "Для слабовидящих");
    var panel = element("form", { id: "view-panel", class: "view-panel", "aria-label": "Вид страницы", hidden: "" });
    var inside = element("div", { class: "wrap" });
    Object.keys(CHOICES).forEach(function (name) {
      var set = element("fieldset", {});
      set.append(element("legend", {}, CHOICES[name][0]));
      CHOICES[name][1].forEach(function (choice) {
        var label = element("label", {});
        var radio = element("input", { type: "radio", name: "view-" + name, value: choice[0] });
        radio.checked = (chosen[name] || "") === choice[0];
        radio.addEventListener("change", function () {
          chosen[name] = choice[0];
          apply();
          try {
            localStorage.setItem(KEY, JSON.stringify(chosen));
          } catch (error) { /* As above. */ }
        });
        label.append(radio, " " + choice[1]);
        set.append(label);
      });
      inside.append(set);
    });
    panel.append(inside);
    function open(yes) {
      panel.hidden = !yes;
      button.setAttribute("aria-expanded", String(yes));
    }
    button.addEventListener("click", function () { open(panel.hidden); });
    panel.addEventListener("submit", function (event) { event.preventDefault(); });
    panel.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      open(false);
      button.focus();
    });
    var item = element("li", {});
    item.append(button);
    links.append(item);
    head.after(panel);
  });
})();

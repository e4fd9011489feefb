// Small comforts. Every page reads and works in full without this file.
(function () {
  "use strict";

  var written = new Map();

  // Opened from a disk there is no server to find index.html in a folder.
  if (location.protocol === "file:") {
    document.querySelectorAll("a[href]").forEach(function (a) {
      if (a.protocol !== "file:" || !a.pathname.endsWith("/")) return;
      written.set(a, a.getAttribute("href"));
      a.pathname += "index.html";
    });
    document.querySelectorAll("form[action$='/']").forEach(function (form) {
      form.action += "index.html";
    });
  }

  // A button beside each row number copies the row's permanent address.
  var said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(said);

  var canonical = document.querySelector("link[rel=canonical]");
  function address(anchor) {
    var base = location.protocol === "file:" && canonical ? canonical.href : location.href;
    return new URL(anchor, base).href;
  }

  if (navigator.clipboard) {
    document.querySelectorAll("a.row-link").forEach(function (a) {
      var button = document.createElement("button");
      var name = "Скопировать ссылку на строку " + a.textContent.trim();
      button.type = "button";
      button.className = "copy";
      button.title = name;
      button.setAttribute("aria-label", name);
      button.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#icon-link"/></svg>';
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(address(a.getAttribute("href"))).then(function () {
          button.classList.add("is-copied");
          said.textContent = "Ссылка скопирована";
          setTimeout(function () {
            button.classList.remove("is-copied");
            said.textContent = "";
          }, 2000);
        }, function () {});
      });
      a.after(button);
    });
  }

  // An open filter closes when another opens, on Escape and on a press elsewhere.
  var filters = document.querySelectorAll("details.filter");
  function closeFilters(except) {
    filters.forEach(function (d) { if (d !== except) d.open = false; });
  }
  filters.forEach(function (d) {
    d.addEventListener("toggle", function () { if (d.open) closeFilters(d); });
    d.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !d.open) return;
      d.open = false;
      d.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", function (event) {
    closeFilters(event.target.closest("details.filter"));
  });

  // An anchor inside a folded month opens it.
  function unfold() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var fold = target && target.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      target.scrollIntoView();
    }
  }
  addEventListener("hashchange", unfold);
  unfold();

  // On paper no month is folded, and a link is of use only with its full address.
  var opened = [];
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details.fold:not([open]):not(.timeline-fold)").forEach(function (d) {
      d.open = true;
      opened.push(d);
    });
    document.querySelectorAll("main .prose a, main .card-title a, main .file-list a, main .annex a").forEach(function (a) {
      var href = written.get(a) || a.getAttribute("href") || "";
      if (canonical && href && href[0] !== "#") a.dataset.url = new URL(href, canonical.href).href;
    });
  });
  addEventListener("afterprint", function () {
    opened.splice(0).forEach(function (d) { d.open = false; });
  });
})();

// Small comforts. Every page reads and works in full without this file.
(function () {
  "use strict";

  // Opened from a disk there is no server to find index.html in a folder.
  if (location.protocol === "file:") {
    document.querySelectorAll("a[href]").forEach(function (a) {
      if (a.protocol === "file:" && a.pathname.endsWith("/")) a.pathname += "index.html";
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

  // On paper nothing is folded, and a link is of use only with its full address.
  var opened = [];
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details.fold:not([open])").forEach(function (d) {
      d.open = true;
      opened.push(d);
    });
    document.querySelectorAll("main .prose a, main .card-title a, main .file-list a, main .annex a").forEach(function (a) {
      var href = a.getAttribute("href") || "";
      if (canonical && href && href[0] !== "#") a.dataset.url = new URL(href, canonical.href).href;
    });
  });
  addEventListener("afterprint", function () {
    opened.splice(0).forEach(function (d) { d.open = false; });
  });
})();

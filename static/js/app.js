/* Enhancements only: every page works without this file. */
(() => {
  "use strict";

  /* After a refused form the error summary gets the focus. */
  document.querySelector("[data-fouten]")?.focus();

  /* A second press on the button sends nothing. Coming back with the back button makes the form usable again. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.verstuurd) {
      event.preventDefault();
      return;
    }
    form.dataset.verstuurd = "ja";
    const knop = event.submitter;
    if (knop) knop.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-verstuurd]")) {
      delete form.dataset.verstuurd;
      for (const knop of form.querySelectorAll("[aria-disabled]")) knop.removeAttribute("aria-disabled");
    }
  });

  /* Counts down under a text field; spoken only when the writer pauses. */
  const getal = new Intl.NumberFormat("nl-NL", { useGrouping: true });
  for (const veld of document.querySelectorAll("textarea[data-tekens]")) {
    const maximum = Number(veld.dataset.tekens);
    const zichtbaar = Object.assign(document.createElement("p"), { className: "hint teller-tekens" });
    const gesproken = Object.assign(document.createElement("p"), { className: "vh" });
    zichtbaar.setAttribute("aria-hidden", "true");
    gesproken.setAttribute("role", "status");
    veld.after(zichtbaar, gesproken);
    let wacht;
    const tel = (spreek) => {
      const over = maximum - [...veld.value].length;
      const tekens = (n) => `${getal.format(n)} ${n === 1 ? "teken" : "tekens"}`;
      const zin = over < 0 ? `${tekens(-over)} te veel` : `Nog ${tekens(over)}`;
      zichtbaar.textContent = over < maximum / 2 ? zin : "";
      zichtbaar.classList.toggle("is-te-veel", over < 0);
      clearTimeout(wacht);
      if (spreek && over < maximum / 10) wacht = setTimeout(() => (gesproken.textContent = zin), 1000);
    };
    veld.addEventListener("input", () => tel(true));
    tel(false);
  }

  /* A filter bar applies itself when a list changes. */
  for (const balk of document.querySelectorAll("form[data-filter]")) {
    balk.addEventListener("change", (event) => {
      if (event.target.matches("select")) balk.requestSubmit();
    });
  }
})();

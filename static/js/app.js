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
  const telTekens = (veld) => {
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
  };

  /* Typed text goes to the server every four seconds while someone writes, on leaving a field, and on leaving the page. */
  const bewaarTekst = (sleutel) => {
    const form = sleutel.form;
    let wacht = 0;
    let gewijzigd = false;
    const bewaar = (stuur) => {
      clearTimeout(wacht);
      wacht = 0;
      if (!gewijzigd || form.dataset.verstuurd) return;
      gewijzigd = false;
      stuur();
    };
    const metHtmx = () => bewaar(() => window.htmx?.trigger(sleutel, "bewaar"));
    form.addEventListener("input", () => {
      gewijzigd = true;
      wacht ||= setTimeout(metHtmx, 4000);
    });
    form.addEventListener("focusout", metHtmx);
    sleutel.addEventListener("htmx:afterRequest", (event) => (gewijzigd ||= !event.detail.successful));
    window.addEventListener("pagehide", () =>
      bewaar(() => navigator.sendBeacon(sleutel.dataset.concept, new URLSearchParams(new FormData(form)))),
    );
  };

  /* There is always room for one more country: typing in the last line gives another, as saving would. */
  const meerLanden = (lijst) => {
    lijst.addEventListener("input", () => {
      if (!lijst.lastElementChild.querySelector("input").value) return;
      const regel = lijst.lastElementChild.cloneNode(true);
      const veld = regel.querySelector("input");
      const nr = lijst.children.length;
      veld.id = veld.id.replace(/\d+$/, nr);
      veld.value = "";
      veld.setAttribute("aria-label", `Land ${nr + 1}`);
      lijst.append(regel);
    });
  };

  /* A filter bar applies itself when a list changes. The answer is the page itself, of which only the content is replaced. */
  const filter = (balk) => {
    if (window.htmx) {
      const hoe = { get: location.pathname, target: "#inhoud", select: "#inhoud", swap: "outerHTML show:none", "push-url": "true" };
      for (const [naam, waarde] of Object.entries(hoe)) balk.setAttribute(`hx-${naam}`, waarde);
      window.htmx.process(balk);
    }
    balk.addEventListener("change", (event) => {
      if (event.target.matches("select, [type=checkbox], [type=radio]")) balk.requestSubmit();
    });
  };

  const begin = (deel) => {
    deel.querySelectorAll("textarea[data-tekens]").forEach(telTekens);
    deel.querySelectorAll("[data-concept]").forEach(bewaarTekst);
    deel.querySelectorAll("ul.landen").forEach(meerLanden);
    deel.querySelectorAll("form[data-filter]").forEach(filter);
  };
  begin(document);

  /* The same filter once more is no new page to come back from. */
  document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
    const stap = event.detail.history;
    if (stap.path === location.pathname + location.search) stap.type = "replace";
  });

  /* After a replacement: the new part works as the old one did, the focus stays, and the number found is spoken. */
  let gevraagdVanuit = null;
  document.addEventListener("htmx:beforeRequest", () => (gevraagdVanuit = document.activeElement));
  document.addEventListener("htmx:afterSettle", (event) => {
    const deel = event.detail.elt;
    if (deel.id !== "inhoud") return;
    begin(deel);
    if (document.activeElement === document.body && gevraagdVanuit !== document.body) {
      (deel.querySelector("form[data-filter] [type=submit]") ?? deel).focus({ preventScroll: true });
    }
    const stand = deel.querySelector("[role=status]");
    if (stand) {
      const tekst = [...stand.childNodes];
      stand.replaceChildren();
      setTimeout(() => stand.replaceChildren(...tekst), 100);
    }
  });

  /* What went wrong on the way is said; what works again takes that away. */
  const storing = document.getElementById("storing");
  const meld = (zin) => {
    const alinea = Object.assign(document.createElement("p"), { className: "melding melding--fout", textContent: zin });
    alinea.setAttribute("role", "alert");
    storing.replaceChildren(alinea);
  };
  document.addEventListener("htmx:sendError", () => meld("Er is geen verbinding. Wat u typte, staat nog in dit scherm."));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) storing.replaceChildren();
  });

  /* Two minutes before the session ends a warning appears; one click moves the end, in every tab. */
  const sjabloon = document.getElementById("sessie-over");
  if (sjabloon) {
    let einde = Date.now() + sjabloon.dataset.over * 1000;
    let vak = null;
    let vanwaar = null;
    const tabs = new BroadcastChannel("sessie");
    const verleng = (seconden) => {
      einde = Date.now() + seconden * 1000;
      const stond = vak?.contains(document.activeElement);
      vak?.remove();
      vak = null;
      if (stond) (vanwaar?.isConnected ? vanwaar : document.getElementById("inhoud")).focus({ preventScroll: true });
    };
    tabs.addEventListener("message", (event) => verleng(event.data));
    const zeg = (zin) => {
      const regel = vak.querySelector("[role=alert]");
      if (regel.textContent !== zin) regel.textContent = zin;
    };
    const uit = () => {
      vak.querySelector("button")?.remove();
      zeg("U bent uitgelogd. Wat u typte, staat nog in dit scherm. Log opnieuw in om verder te gaan.");
    };
    const waarschuw = () => {
      vak = sjabloon.content.firstElementChild.cloneNode(true);
      document.getElementById("sessie").append(vak);
      vak.addEventListener("focusin", (event) => {
        if (!vak.contains(event.relatedTarget)) vanwaar = event.relatedTarget;
      });
      vak.addEventListener("submit", async (event) => {
        event.preventDefault();
        const verzoek = { method: "POST", body: new URLSearchParams(new FormData(vak)), headers: { "HX-Request": "true" } };
        const antwoord = await fetch(vak.action, verzoek).catch(() => null);
        if (!antwoord) return meld("Er is geen verbinding. Probeer het opnieuw.");
        if (!antwoord.ok || antwoord.headers.has("HX-Redirect")) return uit();
        const seconden = Number(await antwoord.text());
        tabs.postMessage(seconden);
        verleng(seconden);
      });
    };
    setInterval(() => {
      const over = (einde - Date.now()) / 1000;
      if (over > 120) return;
      if (!vak) waarschuw();
      if (over <= 0) return uit();
      const bewaard = document.getElementById("conceptstand")?.textContent && !storing.hasChildNodes();
      zeg(`U bent over ${over > 60 ? "2 minuten" : "1 minuut"} uitgelogd.${bewaard ? " Uw concept is bewaard." : ""}`);
    }, 1000);
  }
})();

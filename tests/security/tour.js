// Walks through everything a page shows, and hands back what was seen. Run by Playwright, which evaluates it.
async ({ step, offset, click }) => {
  const seen = { heads: [], rows: [], unplaced: [], mentioned: [], asides: [], links: [], odd: [], wrong: [] };
  const byId = (id) => document.getElementById(id), turn = () => new Promise((done) => setTimeout(done, 0));
  const frame = () => new Promise((done) => requestAnimationFrame(() => done(1)));
  const LIVE = "script,iframe,frame,object,embed,link,meta,base,form,img,image,video,audio,svg,math,style,template,area,x,marquee";
  const before = new Set(document.querySelectorAll(LIVE));
  const clicked = new Set();
  const look = () => {
    if (click) for (const e of document.querySelectorAll('.receipt [onclick], .receipt [onmouseover], .receipt button[form]')) { e.click(); e.dispatchEvent(new Event('mouseover')); }
    for (const a of document.querySelectorAll("[href],[src],[srcset],[action],[formaction],[ping],[data]")) {
      if (before.has(a)) continue;
      if (/^#(em-[\w-]*)?$/.test(a.getAttribute("href") || "")) continue;
      if (a.tagName === "A" && a.hasAttribute("href")) {
        seen.links.push([a.protocol, a.getAttribute("href"), a.rel]);
        if (click && a.protocol === "javascript:" && !clicked.has(a.href)) { clicked.add(a.href); a.removeAttribute("target"); a.click(); }
      }
      else if (!a.closest(".em-side")) seen.odd.push(a.outerHTML.slice(0, 200));
    }
    for (const e of document.querySelectorAll(LIVE)) if (!before.has(e)) seen.odd.push(e.outerHTML.slice(0, 200));
    for (const e of document.querySelectorAll(".receipt *, .list *, .em-head *, option"))
      for (const { name, value } of e.attributes) if (/^on/i.test(name)) seen.odd.push(name + "=" + value.slice(0, 100));
  };
  const receipt = async (wanted) => {
    for (let k = 0; k < 40; k++) {
      const found = document.querySelector(".receipt");
      if (found && found.textContent.includes(wanted)) { look(); return found; }
      await turn();
    }
    seen.wrong.push("never shown: " + wanted.slice(0, 100));
    return document.querySelector(".receipt");
  };
  const total = eventMap.tally().filtered;
  for (let i = offset; i < total; i += step) {
    const facts = eventMap.facts(i);
    eventMap.pick(i);
    const found = await receipt(facts.headline);
    if (found) { seen.heads.push(found.querySelector("h2").textContent); seen.asides.push(found.querySelector("details")?.textContent || ""); }
  }
  const list = byId("em-list");
  for (const [tab, into] of [["em-tab-events", "rows"], ["em-tab-unplaced", "unplaced"], ["em-tab-mentioned", "mentioned"]]) {
    byId(tab).click();
    await frame();
    const got = new Map();
    for (let top = 0; top <= list.scrollHeight; top += 600) {
      list.scrollTop = top;
      await frame();
      for (const row of list.querySelectorAll(".row")) got.set(+row.dataset.at, row.textContent);
      look();
    }
    seen[into] = [...got.values()];
    if (into === "mentioned") {
      for (let k = offset; k < got.size; k += step) {
        list.scrollTop = k * (list.querySelector(".row")?.offsetHeight || 0);
        for (let n = 0; n < 50 && !list.querySelector(`[data-at="${k}"]`); n++) await turn();
        const row = list.querySelector(`[data-at="${k}"]`);
        if (!row) { seen.wrong.push("no row " + k); continue; }
        row.click();
        await turn();
        await turn();
        look();
      }
    }
  }
  byId("em-tab-events").click();
  seen.title = document.title;
  seen.heading = document.querySelector("h1").textContent;
  seen.subtitle = document.querySelector(".em-head .sub").textContent;
  seen.about = byId("em-about").textContent;
  seen.options = [...document.querySelectorAll("option")].map((option) => option.textContent);
  const inherited = [];
  for (const key in {}) inherited.push(key);
  seen.polluted = inherited.concat(Object.getOwnPropertyNames(Object.prototype).filter((key) => key.includes("canary")));
  seen.fired = window.fired;
  seen.body = document.body.textContent;
  return seen;
}

// Ties the controls, the picture, the details and the table together.

const field = (id) => document.getElementById(id);
let waiting = 0;
let width = 0;

function select(selection) {
  chosen.selection = selection;
  sorting.page = 0;
  update();
  showDetails();
  if (selection && window.innerWidth < 900) panel.scrollIntoView({ block: "nearest" });
}

function update() {
  const all = bundles();
  markBoxes(all);
  markInside(all);
  const lines = drawCurves(all);
  say(all, lines);
  clearTimeout(waiting);
  waiting = setTimeout(showTable, 30);
}

// Connections inside a namespace are a button in its box.
function markInside(all) {
  for (const element of document.querySelectorAll(".mark.inside")) element.remove();
  for (const { from, to, count } of all) {
    if (from !== to || from.outside) continue;
    const pressed = Boolean(chosen.selection && chosen.selection.from === from && chosen.selection.to === to);
    boxOf.get(keyOf(from, "")).querySelector(".marks").append(make("button", {
      type: "button", class: "mark inside", tabindex: "-1", "aria-pressed": String(pressed),
      "aria-label": `Inside ${from.name}: ${counted(count, "connection")}`, onclick: () => select({ from, to }),
    }, `${number(count)} inside`));
  }
}

function say(all, lines) {
  const drawn = all.reduce((sum, bundle) => sum + bundle.count, 0);
  const { open, certain, all: total } = hidden();
  const rest = total - drawn - open - certain;
  const parts = [
    open ? `${number(open)} open by default` : "",
    certain ? `${number(certain)} certain` : "",
    rest > 0 ? `${number(rest)} by selection, search or direction` : "",
  ].filter(Boolean);
  field("shown").textContent = `Drawn: ${counted(drawn, "connection")} in ${counted(lines, "line")}.`
    + (parts.length ? ` Not drawn: ${parts.join(", ")}.` : "");
}

function redraw() {
  const picture = field("picture");
  width = picture.clientWidth;
  const namespaceCount = groups.filter((group) => !group.outside).length;
  layOut(width < 620 ? 1 : Math.max(1, Math.min(width < 860 ? 2 : width < 1400 ? 3 : 4, Math.ceil(namespaceCount / 2))));
  picture.classList.toggle("narrow", width < 620);
  update();
}

function totals() {
  const workloads = given.workloads;
  const count = (test) => workloads.filter(test).length;
  const { all } = hidden();
  const open = edges.reduce((sum, edge) => sum + (edge.open ? edge.from.length * edge.to.length : 0), 0);
  const shown = [
    ["workloads", workloads.length], ["namespaces", namespaces.size],
    ["open to all", count((each) => !each.isolated.ingress), "open"], ["may go anywhere", count((each) => !each.isolated.egress), "open"],
    ["with ways in", count((each) => each.entries.length), "entry"], ["connections", all], ["open by default", open, "open"],
  ];
  field("totals").replaceChildren(...shown.map(([words, many, kind]) =>
    make("div", { class: many && kind ? kind : "" }, make("dt", {}, words), make("dd", {}, number(many)))));
}

function listen() {
  field("tools").addEventListener("submit", (event) => event.preventDefault());
  field("query").addEventListener("input", (event) => { chosen.query = event.target.value.trim().toLowerCase(); sorting.page = 0; update(); });
  field("direction").addEventListener("change", (event) => { chosen.direction = event.target.value; update(); showDetails(); });
  for (const id of ["open", "uncertain", "names"]) {
    field(id).addEventListener("change", (event) => { chosen[id] = event.target.checked; sorting.page = 0; update(); });
  }
  field("reset").addEventListener("click", () => {
    field("tools").reset();
    Object.assign(chosen, { query: "", direction: "", open: false, uncertain: false, names: false });
    select(null);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen.selection) select(null); });
  field("picture").addEventListener("click", (event) => {
    if (chosen.selection && !event.target.closest("button, .bundle")) select(null);
  });
  new ResizeObserver(() => { if (field("picture").clientWidth !== width) redraw(); }).observe(field("picture"));
}

field("title").textContent = given.title;
field("sources").append(...given.generated_from.flatMap((source, at) => [at ? ", " : "From ", named(source)]));
totals();
listen();
redraw();
showDetails();

// Ties the controls, the picture, the details and the table together.

const field = (id) => document.getElementById(id);
let waiting = 0;
let width = 0;
let height = 0;

// Where what was pressed is made anew, the focus goes on to the details.
function select(selection, onward) {
  chosen.selection = selection;
  sorting.page = 0;
  update();
  showDetails();
  panel.scrollTop = 0;
  if (!selection) return;
  if (onward) panel.focus({ preventScroll: true });
  const { top, bottom } = panel.getBoundingClientRect();
  if (onward && (top > window.innerHeight - 60 || bottom < 120)) panel.scrollIntoView({ block: "start" });
}

// Ends the selection; the focus goes to what was selected.
function goBack() {
  const { selection } = chosen;
  const inside = panel.contains(document.activeElement);
  const up = selection.fromEnd ? { node: selection.node } : null;
  const line = canvas.querySelector(".bundle.selected");
  select(up);
  if (!inside || (line && focusLine(line.dataset.key))) return;
  const end = selection.node || selection.group || selection.from;
  const button = ["", "from", "to"].map((side) => standIn(end, side)).find(Boolean);
  (end.group ? button : button.firstChild).focus();
}

function update() {
  const all = bundles();
  markBoxes(all);
  const { lines, hubs } = gather(all);
  markMore(all, hubs);
  const count = drawCurves(lines);
  height = field("picture").clientHeight;
  say(all, lines, count);
  clearTimeout(waiting);
  waiting = setTimeout(showTable, 30);
}

function say(all, lines, count) {
  const sum = (bundles) => bundles.reduce((total, bundle) => total + bundle.count, 0);
  const drawn = sum(all);
  const marked = chosen.selection && chosen.selection.node ? 0 : drawn - sum(lines);
  const { open, certain, all: total } = hidden();
  const rest = total - drawn - open - certain;
  const parts = [
    open ? `${number(open)} open by default` : "",
    certain ? `${number(certain)} certain` : "",
    rest > 0 ? `${number(rest)} by selection, search or direction` : "",
  ].filter(Boolean);
  const { selection } = chosen;
  const end = selection && (selection.node || selection.group);
  field("shown").replaceChildren(...(end ? [named(fullName(end)), ": "] : []), `${counted(drawn - marked, "connection")} drawn as ${counted(count, "line")}`
    + (marked ? `, ${number(marked)} as marks “inside”, “to” and “from” in the boxes.` : ".")
    + (parts.length ? ` Not drawn: ${parts.join(", ")}.` : ""));
  field("wide-open").hidden = drawn > 0 || open === 0 || Boolean(selection);
}

function redraw() {
  const picture = field("picture");
  width = picture.clientWidth;
  const namespaceCount = groups.filter((group) => !group.outside).length;
  const most = width < 620 ? 1 : width < 860 ? 2 : width < 1400 ? 3 : 4;
  layOut(Math.max(1, Math.min(most, Math.ceil(namespaceCount / 2))), width < 620);
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
  for (const id of ["open", "uncertain", "names", "lines"]) {
    field(id).addEventListener("change", (event) => { chosen[id] = event.target.checked; sorting.page = 0; update(); });
  }
  field("reset").addEventListener("click", () => {
    field("tools").reset();
    Object.assign(chosen, { query: "", direction: "", open: false, uncertain: false, names: false, lines: false });
    select(null);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && chosen.selection) goBack(); });
  field("picture").addEventListener("click", (event) => {
    if (chosen.selection && !event.target.closest("button, .bundle")) select(null);
  });
  new ResizeObserver(([{ target }]) => {
    if (target.clientWidth !== width) redraw();
    else if (target.clientHeight !== height) update();
  }).observe(field("picture"));
}

field("title").textContent = given.title;
field("sources").append(...given.generated_from.flatMap((source, at) => [at ? ", " : "From ", named(source)]));
totals();
listen();
redraw();
showDetails();

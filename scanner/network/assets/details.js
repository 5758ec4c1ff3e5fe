// What is selected, in words: its state, and each connection with its ports and reasons.

const panel = document.getElementById("details");
const OPENED_AT_ONCE = 4;
const LISTED_AT_ONCE = 60;
const UNLIMITED = "no policy limits this end";

function showDetails() {
  const { selection } = chosen;
  const close = selection && make("button", { type: "button", class: "close", "aria-label": "Close details", onclick: goBack }, "×");
  panel.classList.toggle("sheet", Boolean(selection));
  panel.replaceChildren(...(selection ? [close, ...detailsOf(selection)] : overview()));
}

function detailsOf(selection) {
  if (selection.fromEnd) {
    return [
      make("h2", {}, named(fullName(selection.fromEnd)), " → ", named(fullName(selection.toEnd))),
      ...list("Connections", clipped(membersOf(selection.fromEnd), membersOf(selection.toEnd))),
      make("p", {}, make("button", { type: "button", onclick: () => select({ node: selection.node }, true) }, "All of ", named(selection.node.name))),
    ];
  }
  if (selection.from) {
    const title = selection.from === selection.to ? ["Inside ", named(selection.from.name)]
      : [named(selection.from.name), " → ", named(selection.to.name)];
    return [make("h2", {}, ...title), ...list("Connections", clipped(selection.from.nodes, selection.to.nodes))];
  }
  const own = membersOf(selection.node || selection.group);
  const { node, group } = selection;
  const rest = nodes.filter((end) => !own.includes(end));
  const parts = [...(node ? aboutNode(node) : aboutGroup(group))];
  if (chosen.direction !== "out") parts.push(...list("Coming in", clipped(node ? nodes : rest, own)));
  if (chosen.direction !== "in") parts.push(...list("Going out", clipped(own, node ? nodes : rest)));
  if (group && !group.outside) parts.push(...list("Inside", clipped(own, own)));
  return parts;
}

function membersOf(end) {
  return end.group ? [end] : end.nodes;
}

function fullName(end) {
  return end.group && !end.group.outside ? `${end.group.name}/${end.name}` : end.name;
}

function aboutNode(node) {
  const { given } = node;
  const head = make("h2", {}, named(node.name));
  if (node.group.outside) return [head, make("p", { class: "quiet" }, node.group.name)];
  return [
    make("p", { class: "quiet kind" }, given.kind, " in ", linkTo(node.group, { group: node.group })),
    head,
    make("ul", { class: "facts" },
      given.pods ? make("li", {}, counted(given.pods, "pod")) : null,
      given.host_network ? make("li", { class: "bad" }, "On the network of its node: no policy limits it") : null,
      given.isolated.ingress ? make("li", { class: "good" }, "Ingress is isolated: only what policies allow comes in")
        : make("li", { class: "bad" }, "Ingress is open: no policy isolates it"),
      given.isolated.egress ? make("li", { class: "good" }, "Egress is isolated: only what policies allow goes out")
        : make("li", { class: "bad" }, "Egress is open: no policy isolates it"),
      given.entries.map((entry) => make("li", { class: "way" }, `Way in: ${entry.kind} `, named(entry.name), `, ${entry.ports}`)),
      given.uncertain.map((reason) => make("li", { class: "doubt" }, "Uncertain: ", named(reason)))),
  ];
}

function aboutGroup(group) {
  const count = (test) => group.nodes.filter(({ given }) => test(given)).length;
  const head = [
    make("p", { class: "quiet kind" }, group.outside ? "Outside of the cluster" : "Namespace"),
    make("h2", {}, named(group.name)),
  ];
  if (group.outside) return [...head, make("ul", { class: "ends" }, group.nodes.map((node) => make("li", {}, linkTo(node, { node }))))];
  const of = (many) => (many === group.nodes.length ? "All" : `${number(many)} of ${number(group.nodes.length)}`);
  return [...head, make("ul", { class: "facts" },
    make("li", {}, counted(group.nodes.length, "workload")),
    state(of(count((each) => each.isolated.ingress)), "isolated for ingress", count((each) => !each.isolated.ingress)),
    state(of(count((each) => each.isolated.egress)), "isolated for egress", count((each) => !each.isolated.egress)))];
}

function state(many, words, missing) {
  return make("li", { class: missing ? "bad" : "good" }, `${many} ${words}`);
}

// The edges between these ends, each with those of its ends alone; what is open by default comes last.
function clipped(from, to) {
  const made = [];
  for (const edge of edges) {
    const here = from.filter((end) => edge.fromSet.has(end)), there = to.filter((end) => edge.toSet.has(end));
    if (here.length && there.length) made.push({ edge, from: here, to: there });
  }
  return made.sort((a, b) => a.edge.open - b.edge.open || a.from.length * a.to.length - b.from.length * b.to.length);
}

function list(title, found) {
  const total = found.reduce((sum, each) => sum + each.from.length * each.to.length, 0);
  const head = make("h3", {}, title, " ", make("span", { class: "count" }, number(total)));
  if (!found.length) return [head, make("p", { class: "quiet" }, "None.")];
  const item = (each) => opened(each, found.length <= OPENED_AT_ONCE);
  const shown = make("div", { class: "edges" }, found.slice(0, LISTED_AT_ONCE).map(item));
  if (found.length > LISTED_AT_ONCE) {
    const more = make("button", { type: "button", onclick: () => { more.remove(); shown.append(...found.slice(LISTED_AT_ONCE).map(item)); } },
      `Show ${number(found.length - LISTED_AT_ONCE)} more`);
    shown.append(more);
  }
  return [head, shown];
}

function opened({ edge, from, to }, open) {
  const marks = [
    edge.open ? make("span", { class: "mark open" }, "open by default") : null,
    edge.uncertain ? make("span", { class: "mark uncertain" }, "uncertain") : null,
  ];
  return make("details", { class: "edge", open },
    make("summary", {},
      make("span", { class: "pair" }, some(from), " → ", some(to)),
      make("span", { class: "ports" }, edge.ports), marks),
    make("dl", {},
      make("dt", {}, "Leaves because"), make("dd", {}, reasons(edge.egress)),
      make("dt", {}, "Enters because"), make("dd", {}, reasons(edge.ingress)),
      from.length > 1 ? [make("dt", {}, "From"), make("dd", {}, ends(from))] : null,
      to.length > 1 ? [make("dt", {}, "To"), make("dd", {}, ends(to))] : null));
}

function reasons(all) {
  return all.length ? make("ul", {}, all.map((reason) => make("li", {}, named(reason)))) : UNLIMITED;
}

function some(ends) {
  if (ends.length === 1) return named(fullName(ends[0]));
  if (ends.length === 2) return make("span", {}, named(fullName(ends[0])), ", ", named(fullName(ends[1])));
  const [group] = new Set(ends.map((end) => end.group));
  const many = new Set(ends.map((end) => end.group)).size;
  const what = ends.some((end) => end.group.outside) ? "end" : "workload";
  if (many > 1) return `${counted(ends.length, what)} in ${number(many)} ${what === "end" ? "places" : "namespaces"}`;
  const all = ends.length === group.nodes.length ? "all " : "";
  return make("span", {}, `${all}${counted(ends.length, what)} of `, named(group.name));
}

function ends(all) {
  const item = (node) => make("li", {}, linkTo(node, { node }));
  const shown = make("ul", { class: "ends" }, all.slice(0, LISTED_AT_ONCE).map(item));
  if (all.length > LISTED_AT_ONCE) shown.append(make("li", { class: "quiet" }, `and ${number(all.length - LISTED_AT_ONCE)} more, all in the table`));
  return shown;
}

function linkTo(end, selection) {
  return make("button", { type: "button", class: "link", onclick: () => select(selection, true) }, named(fullName(end)));
}

// Before anything is selected: how to read the picture, and what to know of it.
function overview() {
  const key = (kind, ...words) => make("li", {}, make("span", { class: `key ${kind}`, "aria-hidden": "true" }), make("span", {}, ...words));
  return [
    make("h2", {}, "How to read this"),
    make("ul", { class: "legend" },
      key("line plain", "Connections that policies allow, with the number of pairs of ends"),
      key("line public", "The same, from public addresses"),
      key("line open", "Open by default: no policy isolates either end"),
      key("line uncertain", "Cannot be told for certain"),
      key("side closed", "A workload that is isolated: its left side for ingress, its right side for egress"),
      key("side openside", "A side that no policy isolates: all may come in, or it may go anywhere"),
      key("hub", "A namespace that most others reach, or that reaches most others: its lines are drawn once it is selected"),
      key("tagged", "“in”: a Service, Ingress or route leads here from outside")),
    make("p", {}, "Select a workload or a namespace to see only its connections, or a line to open it into ports and reasons. Escape goes back."),
    ...(given.notes.length ? [make("h3", {}, "Notes"), make("ul", { class: "notes" }, given.notes.map((note) => make("li", {}, named(note))))] : []),
  ];
}

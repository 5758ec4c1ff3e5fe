// Boxes of namespaces with their workloads. They are HTML, so that a name may be of any length or script.

const boxOf = new Map();
const chipOf = new Map();
let columnOf = new Map();
let flowing = 0;

const place = document.getElementById("boxes");
const stopsInBoxes = oneStop(place, "button");

function flowsFrom(group) {
  return edges.some((edge) => edge.fromGroups.has(group));
}

function flowsTo(group) {
  return edges.some((edge) => edge.toGroups.has(group));
}

// Outside stands at both ends: at the left what comes in, at the right what is gone out to.
function layOut(wide) {
  const count = wide;
  flowing = count;
  boxOf.clear();
  chipOf.clear();
  columnOf = new Map();
  const outside = groups.filter((group) => group.outside);
  const coming = outside.filter(flowsFrom).map((group) => box(group, "from"));
  const going = outside.filter(flowsTo).map((group) => box(group, "to"));
  const middle = columns(count).map((column) => column.map((group) => box(group, "")));
  const all = [[coming, "out", "From outside"], ...middle.map((boxes) => [boxes, "", ""]), [going, "out", "To outside"]];
  place.replaceChildren(...all.filter(([boxes]) => boxes.length).map(([boxes, kind, title]) => {
    return make("div", { class: `column ${kind}` }, title ? make("p", { class: "over" }, title) : null, boxes);
  }));
  all.forEach(([boxes], at) => boxes.forEach((element) => columnOf.set(element, count === 1 ? 0 : at)));
}

function keyOf(end, side) {
  const outside = groupOf(end).outside ? side : "";
  return `${end.group ? "n" : "g"}${end.number}${outside}`;
}

function box(group, side) {
  const workloads = group.nodes.length;
  const head = make("button", {
    type: "button", class: "name", "aria-pressed": "false",
    "aria-label": group.outside ? `${group.name}, ${side} the cluster` : `Namespace ${group.name}, ${counted(workloads, "workload")}`,
    title: group.name, onclick: () => select({ group }),
  }, named(group.name), make("span", { class: "count" }, number(workloads)));
  const chips = group.nodes.map((node) => chip(node, side));
  const element = make("div", { class: `box${group.outside ? " outside" : ""}${group.public ? " public" : ""}` },
    head, make("div", { class: "marks" }, marks(group)), make("div", { class: "chips" }, chips));
  boxOf.set(keyOf(group, side), element);
  return element;
}

function marks(group) {
  if (group.outside) return [];
  const count = (test) => group.nodes.filter(({ given }) => test(given)).length;
  const told = [
    ["mark open", count((each) => !each.isolated.ingress), "open in", "not isolated: anyone may come in"],
    ["mark open", count((each) => !each.isolated.egress), "open out", "not isolated: may go anywhere"],
    ["mark entry", count((each) => each.entries.length), "with ways in", "reachable through a Service, an Ingress or a route"],
    ["mark uncertain", count((each) => each.uncertain.length), "uncertain", "not all about these could be told"],
  ];
  return told.filter(([, many]) => many).map(([kind, many, words, title]) => {
    const all = many === group.nodes.length && many > 1 ? "all " : `${number(many)} `;
    return make("span", { class: kind, title }, all + words);
  });
}

function chip(node, side) {
  const { given } = node;
  const states = node.group.outside ? [] : [
    given.isolated.ingress ? "isolated for ingress" : "open to all who may come",
    given.isolated.egress ? "isolated for egress" : "free to go anywhere",
    ...given.entries.map((entry) => `way in: ${entry.kind} ${entry.name} ${entry.ports}`),
    ...(given.host_network ? ["on the network of its node"] : []),
    ...(given.uncertain.length ? ["uncertain"] : []),
  ];
  const words = [node.group.outside ? node.name : `${given.kind} ${given.name}`, ...states].join(", ");
  const kinds = ["chip"];
  if (!node.group.outside) {
    kinds.push(given.isolated.ingress ? "closed-in" : "open-in", given.isolated.egress ? "closed-out" : "open-out");
    if (given.entries.length) kinds.push("has-entry");
    if (given.uncertain.length) kinds.push("doubt");
  }
  const element = make("button", {
    type: "button", class: kinds.join(" "), "aria-pressed": "false", "aria-label": words, title: words,
    onclick: () => select({ node }),
  }, named(node.name, { class: "label" }),
  given.host_network ? make("span", { class: "tag" }, "host") : null,
  given.entries && given.entries.length ? make("span", { class: "tag entry" }, "in") : null,
  given.uncertain && given.uncertain.length ? make("span", { class: "tag doubt" }, "?") : null);
  chipOf.set(keyOf(node, side), element);
  return element;
}

// Shows what the selection and the search make of the boxes.
function markBoxes(drawn) {
  const { selection, query } = chosen;
  const lit = new Set();
  for (const bundle of drawn) for (const node of bundle.nodes) lit.add(node);
  for (const group of groups) {
    for (const side of group.outside ? ["from", "to"] : [""]) {
      const element = boxOf.get(keyOf(group, side));
      if (!element) continue;
      const pressed = Boolean(selection && selection.group === group);
      const inside = Boolean(selection && (pressed || selection.from === group || selection.to === group));
      element.classList.toggle("dots", !showsNames(group));
      element.classList.toggle("selected", pressed);
      element.firstChild.setAttribute("aria-pressed", String(pressed));
      for (const node of group.nodes) {
        const button = chipOf.get(keyOf(node, side));
        const own = Boolean(selection && selection.node === node);
        button.setAttribute("aria-pressed", String(own));
        button.classList.toggle("lit", Boolean(selection && lit.has(node) && !own));
        button.classList.toggle("dim", selection ? !own && !inside && !lit.has(node) : Boolean(query) && !found(node) && !lit.has(node));
      }
    }
  }
  stopsInBoxes();
}

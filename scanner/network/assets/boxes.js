// Boxes of namespaces with their workloads. They are HTML, so that a name may be of any length or script.

const boxOf = new Map();
const chipOf = new Map();
let columnOf = new Map();
let stacked = false;

const place = document.getElementById("boxes");
const stopsInBoxes = oneStop(place, "button");

function flowsFrom(group) {
  return edges.some((edge) => edge.fromGroups.has(group));
}

function flowsTo(group) {
  return edges.some((edge) => edge.toGroups.has(group));
}

// Outside stands at both ends: at the left what comes in, at the right what is gone out to.
// In a narrow window all stand in one stack.
function layOut(count, narrow) {
  stacked = narrow;
  boxOf.clear();
  chipOf.clear();
  columnOf = new Map();
  const outside = groups.filter((group) => group.outside);
  const coming = outside.filter(flowsFrom).map((group) => box(group, "from"));
  const going = outside.filter(flowsTo).map((group) => box(group, "to"));
  const middle = columns(count).map((column) => column.map((group) => box(group, "")));
  const all = [[coming, "out", "From outside"], ...middle.map((boxes) => [boxes, "", ""]), [going, "out", "To outside"]];
  if (!groups.length) place.replaceChildren(make("p", { class: "quiet" }, "There is no workload to draw."));
  else place.replaceChildren(...all.filter(([boxes]) => boxes.length).map(([boxes, kind, title]) => {
    return make("div", { class: `column ${kind}` }, title ? make("p", { class: "over" }, title) : null, boxes);
  }));
  all.forEach(([boxes], at) => boxes.forEach((element) => columnOf.set(element, stacked ? 0 : at)));
}

function keyOf(end, side) {
  const outside = groupOf(end).outside ? side : "";
  return `${end.group ? "n" : "g"}${end.number}${outside}`;
}

function box(group, side) {
  const unseen = (words) => make("span", { class: "unseen" }, words);
  const head = make("button", {
    type: "button", class: "name", "aria-pressed": "false", title: group.name, onclick: () => select({ group }),
  }, named(group.name), make("span", { class: "count" }, number(group.nodes.length), unseen(group.outside ? " ends" : " workloads")));
  const chips = group.nodes.map((node) => chip(node, side));
  const element = make("div", { class: `box${group.outside ? " outside" : ""}${group.public ? " public" : ""}` },
    head, make("div", { class: "marks" }, marks(group)), make("div", { class: "chips" }, chips));
  for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) {
    element.addEventListener(event, () => warm(group, on));
  }
  boxOf.set(keyOf(group, side), element);
  return element;
}

function marks(group) {
  if (group.outside) return [];
  const count = (test) => group.nodes.filter(({ given }) => test(given)).length;
  const told = [
    ["open", count((each) => !each.isolated.ingress), "open in", "No policy isolates these for ingress: all who may leave may come in"],
    ["open", count((each) => !each.isolated.egress), "open out", "No policy isolates these for egress: they may go anywhere that lets them in"],
    ["uncertain", count((each) => each.uncertain.length), "uncertain", "Not all about these could be told"],
  ];
  const ways = group.nodes.reduce((sum, { given }) => sum + given.entries.length, 0);
  const everyone = (many) => many === group.nodes.length;
  const part = (many) => (!everyone(many) ? `${number(many)} ` : many > 1 ? "all " : "");
  if (everyone(told[0][1]) && everyone(told[1][1])) {
    told.splice(0, 2, ["open", told[0][1], "open in and out", "No policy isolates these: all may come in, and they may go anywhere"]);
  }
  return told.filter(([, many]) => many).map(([kind, many, words, title]) =>
    make("span", { class: `mark ${kind}`, title }, part(many) + words))
    .concat(ways ? make("span", { class: "mark entry", title: "Services, Ingresses and routes that lead here from outside" }, counted(ways, "way in", "ways in")) : []);
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
  given.host_network ? tag("", "host") : null,
  given.entries && given.entries.length ? tag("entry", "in") : null,
  given.uncertain && given.uncertain.length ? tag("doubt", "?") : null);
  chipOf.set(keyOf(node, side), element);
  return element;
}

// The words of the chip say it to those who do not see it.
function tag(kind, words) {
  return make("span", { class: `tag ${kind}`, "aria-hidden": "true" }, words);
}

// Shows what the selection and the search make of the boxes.
function markBoxes(drawn) {
  const { selection, query } = chosen;
  const shown = selection && selection.from ? drawn.filter(isSelected) : drawn;
  const sending = new Set(shown.flatMap((bundle) => [...bundle.sources]));
  const receiving = new Set(shown.flatMap((bundle) => [...bundle.targets]));
  for (const group of groups) {
    for (const side of group.outside ? ["from", "to"] : [""]) {
      const element = boxOf.get(keyOf(group, side));
      if (!element) continue;
      const pressed = Boolean(selection && selection.group === group);
      element.classList.toggle("dots", !showsNames(group));
      element.classList.toggle("selected", pressed);
      element.firstChild.setAttribute("aria-pressed", String(pressed));
      for (const node of group.nodes) {
        const button = chipOf.get(keyOf(node, side));
        const own = Boolean(selection && selection.node === node);
        const lit = (side !== "to" && sending.has(node)) || (side !== "from" && receiving.has(node));
        button.setAttribute("aria-pressed", String(own));
        button.classList.toggle("lit", Boolean(selection && lit && !own));
        button.classList.toggle("dim", selection ? !own && !pressed && !lit : Boolean(query) && !found(node) && !lit);
      }
    }
  }
  stopsInBoxes();
}

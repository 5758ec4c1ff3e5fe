"use strict";

// What the page knows: ends of connections (`nodes`) in groups (a namespace, or what lies outside), and
// `edges`, each of which stands for every one of its `from` with every one of its `to`.

const given = JSON.parse(document.getElementById("document").textContent);

const OUTSIDE = [
  { name: "Public addresses", public: true },
  { name: "Outside, not public", public: false },
];

const groups = [];
const nodes = [];
const nodeById = new Map();

function addGroup(name, outside) {
  const group = { number: groups.length, name, outside, public: Boolean(outside && outside.public), nodes: [] };
  groups.push(group);
  return group;
}

function addNode(group, name, given) {
  const node = { number: nodes.length, group, name, given, id: given.id, search: given.id.toLowerCase() };
  nodes.push(node);
  group.nodes.push(node);
  nodeById.set(node.id, node);
}

function before(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

const namespaces = new Map();
for (const each of [...given.workloads].sort((a, b) => before(a.namespace, b.namespace) || before(a.id, b.id))) {
  if (!namespaces.has(each.namespace)) namespaces.set(each.namespace, addGroup(each.namespace, null));
  addNode(namespaces.get(each.namespace), each.name, each);
}
for (const outside of OUTSIDE) {
  const here = given.outside.filter((each) => each.public === outside.public);
  if (!here.length) continue;
  const group = addGroup(outside.name, outside);
  for (const each of here) addNode(group, each.label, each);
}

function byGroup(ends) {
  const found = new Map();
  for (const node of ends) {
    if (!found.has(node.group)) found.set(node.group, []);
    found.get(node.group).push(node);
  }
  return found;
}

// One node as the end of many edges is made once.
function endsOf(ids) {
  if (ids.length > 1) return allOf(ids.map((id) => nodeById.get(id)));
  const node = nodeById.get(ids[0]);
  node.alone ||= allOf([node]);
  return node.alone;
}

function allOf(ends) {
  return { ends, set: new Set(ends), groups: byGroup(ends) };
}

const edges = given.edges.filter((each) => each.from.length && each.to.length).map((each) => {
  const from = endsOf(each.from), to = endsOf(each.to);
  return {
    from: from.ends, to: to.ends, fromSet: from.set, toSet: to.set, fromGroups: from.groups, toGroups: to.groups,
    ports: each.ports, egress: each.because.egress, ingress: each.because.ingress,
    open: each.open_by_default, uncertain: each.uncertain, search: null,
  };
});

// What a person chose to see. A selection is {node}, {group} or {from: group, to: group}.
const chosen = { query: "", direction: "", open: false, uncertain: false, names: false, lines: false, selection: null };

function wanted(edge) {
  return (chosen.open || !edge.open) && (!chosen.uncertain || edge.uncertain);
}

// Whether a text of the edge itself, rather than of its ends, is searched for.
function told(edge) {
  if (!chosen.query) return true;
  edge.search ??= [edge.ports, ...edge.egress, ...edge.ingress].join("\n").toLowerCase();
  return edge.search.includes(chosen.query);
}

function found(node) {
  return !chosen.query || node.search.includes(chosen.query);
}

// How many of the pairs of these ends are searched for.
function countPairs(edge, from, to) {
  const all = from.length * to.length;
  if (told(edge)) return all;
  const missing = (ends) => ends.reduce((sum, node) => sum + (found(node) ? 0 : 1), 0);
  return all - missing(from) * missing(to);
}

// The ends of an edge that are part of the selection, for each direction that is asked for.
function* parts(edge) {
  const { selection, direction } = chosen;
  if (selection && selection.node) {
    const { node } = selection;
    if (direction !== "in" && edge.fromSet.has(node)) yield { from: [node], to: edge.to };
    if (direction !== "out" && edge.toSet.has(node)) {
      const from = direction !== "in" && edge.fromSet.has(node) ? edge.from.filter((end) => end !== node) : edge.from;
      if (from.length) yield { from, to: [node] };
    }
    return;
  }
  for (const [fromGroup, from] of edge.fromGroups) {
    for (const [toGroup, to] of edge.toGroups) {
      if (shows(fromGroup, toGroup)) yield { from, to, fromGroup, toGroup };
    }
  }
}

// Of the cluster as a whole, `in` is what comes from outside, `out` what leaves for there.
function shows(from, to) {
  const { selection, direction } = chosen;
  if (selection && selection.group) {
    if (from !== selection.group && to !== selection.group) return false;
    if (direction === "in") return to === selection.group;
    return direction !== "out" || from === selection.group;
  }
  if (direction === "in") return Boolean(from.outside);
  return direction !== "out" || Boolean(to.outside);
}

// Bundles of connections that are shown, from group to group (or to and from the one node selected).
function bundles() {
  const made = new Map();
  const node = chosen.selection && chosen.selection.node;
  const add = (edge, from, to, fromEnd, toEnd) => {
    const count = countPairs(edge, from, to);
    if (!count) return;
    const key = `${fromEnd.group ? "n" : "g"}${fromEnd.number}>${toEnd.group ? "n" : "g"}${toEnd.number}`;
    let bundle = made.get(key);
    if (!bundle) {
      bundle = { key, from: fromEnd, to: toEnd, count: 0, open: true, uncertain: false, public: false, sources: new Set(), targets: new Set() };
      made.set(key, bundle);
    }
    bundle.count += count;
    bundle.open &&= edge.open;
    bundle.uncertain ||= edge.uncertain;
    bundle.public ||= groupOf(fromEnd).public;
    for (const end of from) bundle.sources.add(end);
    for (const end of to) bundle.targets.add(end);
  };
  for (const edge of edges) {
    if (!wanted(edge)) continue;
    for (const part of parts(edge)) {
      if (!node) {
        add(edge, part.from, part.to, part.fromGroup, part.toGroup);
      } else if (part.from.length === 1 && part.from[0] === node) {
        for (const [group, to] of byGroup(part.to)) add(edge, part.from, to, node, group);
      } else {
        for (const [group, from] of byGroup(part.from)) add(edge, from, part.to, group, node);
      }
    }
  }
  return [...made.values()];
}

function groupOf(end) {
  return end.group || end;
}

// Connections that are not drawn, by reason.
function hidden() {
  let open = 0, certain = 0, all = 0;
  for (const edge of edges) {
    const count = edge.from.length * edge.to.length;
    all += count;
    if (edge.open && !chosen.open) open += count;
    else if (chosen.uncertain && !edge.uncertain) certain += count;
  }
  return { open, certain, all };
}

// All pairs that are shown, as [edge, from, to].
function* pairs() {
  const bundle = chosen.selection && chosen.selection.from ? chosen.selection : null;
  for (const edge of edges) {
    if (!wanted(edge)) continue;
    const whole = told(edge);
    for (const part of parts(edge)) {
      if (bundle && (part.fromGroup !== bundle.from || part.toGroup !== bundle.to)) continue;
      for (const from of part.from) {
        const here = whole || found(from);
        for (const to of part.to) if (here || found(to)) yield [edge, from, to];
      }
    }
  }
}

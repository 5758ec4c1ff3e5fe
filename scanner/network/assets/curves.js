// Curves between boxes, behind them: from the right edge of the sender to the left edge of the receiver.

const canvas = document.getElementById("curves");
const stopsInCurves = oneStop(canvas, ".bundle");
const MOST_CHIPS = 40;
const CROWD = 90;
const LABEL_AT = 26;
const labels = [];

function arrowHeads() {
  return ["plain", "public", "open", "uncertain"].map((kind) =>
    draw("marker", { id: `head-${kind}`, class: `head ${kind}`, viewBox: "0 0 8 8", refX: "7", refY: "4", markerWidth: "8", markerHeight: "8", markerUnits: "userSpaceOnUse", orient: "auto" },
      draw("path", { d: "M0 0.5 L8 4 L0 7.5 Z" })));
}

function kindOf(bundle) {
  if (bundle.uncertain) return "uncertain";
  if (bundle.open) return "open";
  return bundle.public ? "public" : "plain";
}

// The element that stands for an end: its own chip, or the whole box.
function standIn(end, side) {
  return end.group ? chipOf.get(keyOf(end, side)) : boxOf.get(keyOf(end, side));
}

function boxAround(end, side) {
  return boxOf.get(keyOf(groupOf(end), side));
}

// Where a node is selected and few are its peers, lines go to the peers themselves.
function spread(drawn) {
  if (!chosen.selection || !chosen.selection.node) return drawn;
  const { node } = chosen.selection;
  const peers = drawn.reduce((sum, bundle) => sum + bundle.sources.size + bundle.targets.size - 1, 0);
  if (peers > MOST_CHIPS) return drawn;
  return drawn.flatMap((bundle) => {
    const out = bundle.from === node;
    const group = out ? bundle.to : bundle.from;
    if (!showsNames(group)) return [bundle];
    return [...(out ? bundle.targets : bundle.sources)].map((end) => ({ ...bundle, from: out ? node : end, to: out ? end : node, count: 1 }));
  });
}

function drawCurves(all) {
  const origin = canvas.parentElement.getBoundingClientRect();
  const size = canvas.parentElement;
  const ends = (bundle) => [standIn(bundle.from, "from"), standIn(bundle.to, "to")];
  const outOfEachOther = (bundle) => ends(bundle).every((end, at, both) => !end.contains(both[1 - at]));
  const lines = spread(all).filter(outOfEachOther).map((bundle) => {
    const [a, b] = ends(bundle);
    const [boxA, boxB] = [boxAround(bundle.from, "from"), boxAround(bundle.to, "to")];
    const [from, to] = [columnOf.get(boxA), columnOf.get(boxB)];
    const rect = (element, box) => {
      const { top, bottom } = element.getBoundingClientRect(), { left, right } = box.getBoundingClientRect();
      return { left: left - origin.left, right: right - origin.left, top: top - origin.top, bottom: bottom - origin.top };
    };
    const [ra, rb] = [rect(a, boxA), rect(b, boxB)];
    const sides = from < to ? ["right", "left"] : from > to ? ["left", "right"]
      : stacked && ra.top > rb.top ? ["left", "left"] : ["right", "right"];
    return { bundle, a, b, ra, rb, sides, apart: Math.abs(from - to) };
  });
  spreadEnds(lines);
  lines.sort((one, two) => two.bundle.count - one.bundle.count || before(one.bundle.key, two.bundle.key));
  labels.length = 0;
  const focused = canvas.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  canvas.classList.toggle("crowded", lines.length > CROWD);
  canvas.replaceChildren(draw("defs", {}, ...arrowHeads()), ...lines.map((line) => curve(line, size.clientWidth)));
  stopsInCurves();
  focusLine(focused);
  return lines.length;
}

function focusLine(key) {
  const line = [...canvas.querySelectorAll(".bundle")].find((each) => each.dataset.key === key);
  if (line) line.focus({ preventScroll: true });
  return Boolean(line);
}

// The ends of lines at one side of a box stand one below the other, in the order of where they lead.
function spreadEnds(lines) {
  const sides = new Map();
  const add = (element, side, rect, other, set) => {
    if (!sides.has(element)) sides.set(element, { left: [], right: [] });
    sides.get(element)[side].push({ rect, toward: (other.top + other.bottom) / 2, set });
  };
  for (const line of lines) {
    add(line.a, line.sides[0], line.ra, line.rb, (y) => { line.ya = y; });
    add(line.b, line.sides[1], line.rb, line.ra, (y) => { line.yb = y; });
  }
  for (const both of sides.values()) {
    for (const ends of [both.left, both.right]) {
      ends.sort((one, two) => one.toward - two.toward);
      ends.forEach(({ rect, set }, at) => {
        const margin = Math.min(14, (rect.bottom - rect.top) / 3);
        const room = rect.bottom - rect.top - 2 * margin;
        set(rect.top + margin + (room * (at + 0.5)) / ends.length);
      });
    }
  }
}

function curve(line, width) {
  const { bundle, ra, rb, sides, ya, yb } = line;
  const xa = ra[sides[0]] + (sides[0] === "right" ? 1 : -1);
  const xb = rb[sides[1]] + (sides[1] === "right" ? 3 : -3);
  const out = sides[0] === "right" ? 1 : -1, back = sides[1] === "right" ? 1 : -1;
  const edge = out > 0 ? width - xa - 4 : xa - 4;
  const bend = sides[0] === sides[1]
    ? Math.min(22 + Math.abs(yb - ya) * 0.11, stacked ? edge * 1.3 : 66)
    : Math.max(30, Math.abs(xb - xa) * 0.45);
  const points = [[xa, ya], [xa + out * bend, ya], [xb + back * bend, yb], [xb, yb]];
  const path = `M${points[0].map(Math.round)} C${points.slice(1).map((p) => p.map(Math.round).join(" ")).join(" ")}`;
  const kind = kindOf(bundle);
  const words = spoken(bundle, kind);
  const thick = Math.min(1.2 + Math.log2(bundle.count) * 0.4, 6);
  const [x, y] = free(points, sides[0] === sides[1] ? 0.5 : line.apart > 1 ? past(points, LABEL_AT) : 0.42, line.apart);
  const selection = bundle.from.group || bundle.to.group ? pairOf(bundle) : { from: bundle.from, to: bundle.to };
  const open = () => select(selection, true);
  const pressed = isSelected(bundle);
  return draw("g", {
    class: `bundle ${kind}${pressed ? " selected" : ""}`, role: "button", tabindex: "-1", "aria-label": words,
    "aria-pressed": String(pressed), "data-key": keyOf(bundle.from, "") + keyOf(bundle.to, ""), "data-from": groupOf(bundle.from).number, "data-to": groupOf(bundle.to).number,
    onclick: open, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } },
  }, draw("title", {}, words), draw("path", { class: "hit", d: path }),
  draw("path", { class: "line", d: path, "stroke-width": thick.toFixed(1), "marker-end": `url(#head-${kind})` }),
  ...(bundle.count > 1 ? [draw("text", { "aria-hidden": "true", x: Math.round(x), y: Math.round(y + 4) }, number(bundle.count))] : []));
}

function isSelected({ from, to }) {
  const { selection } = chosen;
  return Boolean(selection) && ((selection.from === from && selection.to === to) || (selection.fromEnd === from && selection.toEnd === to));
}

// How far along the line it is so many pixels to the side of its beginning.
function past(points, distance) {
  let [low, high] = [0, 1];
  for (let step = 0; step < 12; step += 1) {
    const middle = (low + high) / 2;
    if (Math.abs(at(points, middle)[0] - points[0][0]) < distance) low = middle;
    else high = middle;
  }
  return low;
}

// A place for a number along the line, near `best`, that no other number has taken.
function free(points, best, apart) {
  const steps = [0, 0.07, -0.07, 0.14, -0.14, 0.21, -0.21].map((step) => (apart > 1 ? step / 7 : step));
  const places = steps.map((step) => at(points, best + step));
  const taken = ([x, y]) => labels.some(([left, top]) => Math.abs(left - x) < 22 && Math.abs(top - y) < 13);
  const place = places.find((each) => !taken(each)) || places[0];
  labels.push(place);
  return place;
}

// Lines of the namespace under the pointer, or with the focus, stand out.
function warm(group, on) {
  for (const line of canvas.querySelectorAll(".bundle")) {
    const { from, to } = line.dataset;
    line.classList.toggle("warm", on && [from, to].includes(String(group.number)));
  }
}

function pairOf(bundle) {
  return { fromEnd: bundle.from, toEnd: bundle.to, node: chosen.selection.node };
}

function at([a, b, c, d], t) {
  const u = 1 - t;
  return [0, 1].map((k) => u * u * u * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t * t * t * d[k]);
}

function spoken(bundle, kind) {
  const kinds = { plain: "", public: ", from public addresses", open: ", open by default", uncertain: ", some uncertain" };
  return `${bundle.from.name} to ${bundle.to.name}: ${counted(bundle.count, "connection")}${kinds[kind]}`;
}

// Curves between boxes, behind them: from the right edge of the sender to the left edge of the receiver.

const canvas = document.getElementById("curves");
const stopsInCurves = oneStop(canvas, ".bundle");
const MOST_CHIPS = 40;

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
  const peers = drawn.reduce((sum, bundle) => sum + bundle.nodes.size - 1, 0);
  if (peers > MOST_CHIPS) return drawn;
  return drawn.flatMap((bundle) => {
    const out = bundle.from === node;
    const group = out ? bundle.to : bundle.from;
    if (!showsNames(group)) return [bundle];
    const ends = [...bundle.nodes].filter((end) => end !== node && end.group === group);
    return ends.map((end) => ({ ...bundle, from: out ? node : end, to: out ? end : node, count: 1 }));
  });
}

function drawCurves(all) {
  const origin = canvas.parentElement.getBoundingClientRect();
  const size = canvas.parentElement;
  canvas.setAttribute("viewBox", `0 0 ${size.clientWidth} ${size.clientHeight}`);
  const lines = spread(all.filter((bundle) => bundle.from !== bundle.to)).map((bundle) => {
    const [a, b] = [standIn(bundle.from, "from"), standIn(bundle.to, "to")];
    const rect = (element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { left: left - origin.left, right: right - origin.left, top: top - origin.top, bottom: bottom - origin.top };
    };
    const from = columnOf.get(boxAround(bundle.from, "from")), to = columnOf.get(boxAround(bundle.to, "to"));
    const [ra, rb] = [rect(a), rect(b)];
    const sides = from < to ? ["right", "left"] : from > to ? ["left", "right"]
      : flowing === 1 && ra.top > rb.top ? ["left", "left"] : ["right", "right"];
    return { bundle, a, b, ra, rb, sides, apart: Math.abs(from - to) };
  });
  spreadEnds(lines);
  lines.sort((one, two) => two.bundle.count - one.bundle.count || before(one.bundle.key, two.bundle.key));
  canvas.replaceChildren(draw("defs", {}, ...arrowHeads()), ...lines.map((line) => curve(line, size.clientWidth)));
  stopsInCurves();
  return lines.length;
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
    ? Math.min(20 + Math.abs(yb - ya) * 0.18, flowing === 1 ? edge * 1.3 : 74)
    : Math.max(30, Math.abs(xb - xa) * 0.45);
  const points = [[xa, ya], [xa + out * bend, ya], [xb + back * bend, yb], [xb, yb]];
  const path = `M${points[0].map(Math.round)} C${points.slice(1).map((p) => p.map(Math.round).join(" ")).join(" ")}`;
  const kind = kindOf(bundle);
  const words = spoken(bundle, kind);
  const thick = Math.min(1.4 + Math.log2(bundle.count) * 0.45, 6);
  const [x, y] = at(points, sides[0] === sides[1] ? 0.5 : line.apart > 1 ? 0.5 / (line.apart + 1) : 0.42);
  const open = () => select(bundle.from.group || bundle.to.group ? pairOf(bundle) : { from: bundle.from, to: bundle.to });
  const pressed = chosen.selection && chosen.selection.from === bundle.from && chosen.selection.to === bundle.to;
  return draw("g", {
    class: `bundle ${kind}${pressed ? " selected" : ""}`, role: "button", tabindex: "-1", "aria-label": words,
    "aria-pressed": String(Boolean(pressed)), "data-from": bundle.from.id || bundle.from.name, "data-to": bundle.to.id || bundle.to.name,
    onclick: open, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } },
  }, draw("title", {}, words), draw("path", { class: "hit", d: path }),
  draw("path", { class: "line", d: path, "stroke-width": thick.toFixed(1), "marker-end": `url(#head-${kind})` }),
  ...(bundle.count > 1 ? [draw("text", { x: Math.round(x), y: Math.round(y + 4) }, number(bundle.count))] : []));
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

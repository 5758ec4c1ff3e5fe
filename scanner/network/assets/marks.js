// What a mark in a box says better than lines do: connections inside a namespace, and a namespace that most
// others reach (as they do the cluster's DNS) or that reaches most others (as monitoring does).

const HUB_PEERS = 6;
const HUB_PART = 0.6;

// The bundles that are drawn as lines, and marks in place of the rest: [group, side, number of peers].
function gather(all) {
  const between = all.filter((bundle) => bundle.from !== bundle.to);
  const chosenOne = chosen.selection && !chosen.selection.from;
  if (chosenOne || chosen.lines) return { lines: between, hubs: [] };
  const enough = Math.max(HUB_PEERS, Math.ceil(HUB_PART * (groups.length - 1)));
  const hubs = ["from", "to"].flatMap((side) => {
    const peers = new Map();
    for (const bundle of between) peers.set(bundle[side], (peers.get(bundle[side]) || 0) + 1);
    return [...peers].filter(([, many]) => many >= enough).map(([group, many]) => [group, side, many]);
  });
  const hub = (bundle) => hubs.some(([group, side]) => bundle[side] === group);
  return { lines: between.filter((bundle) => isSelected(bundle) || !hub(bundle)), hubs };
}

function markMore(all, hubs) {
  for (const element of document.querySelectorAll(".mark.more")) element.remove();
  for (const { from, to, count } of all) {
    if (from !== to || from.outside) continue;
    add(boxOf.get(keyOf(from, "")), `${number(count)} inside`, `Inside ${from.name}: ${counted(count, "connection")}`, { from, to });
  }
  for (const [group, side, many] of hubs) {
    const words = side === "to" ? `from ${number(many)} others` : `to ${number(many)} others`;
    const told = side === "to" ? `${group.name} is reached from ${number(many)} others` : `${group.name} reaches ${number(many)} others`;
    add(boxOf.get(keyOf(group, side)), words, told, { group }, "hub");
  }
}

function add(box, words, told, selection, kind = "") {
  const { from, to } = selection;
  const pressed = Boolean(from && chosen.selection && chosen.selection.from === from && chosen.selection.to === to);
  box.querySelector(".marks").append(make("button", {
    type: "button", class: `mark more ${kind}`, tabindex: "-1", "aria-pressed": String(pressed),
    "aria-label": `${words}. ${told}`, title: told, onclick: () => select(selection, true),
  }, words));
}

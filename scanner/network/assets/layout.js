// Where namespaces stand: what sends to others further left, what only receives further right. It follows
// from the document and the number of columns alone, so that nothing moves while a person looks.

function flowOrder(members) {
  const weight = new Map(members.map((group) => [group, new Map()]));
  for (const edge of edges) {
    if (edge.open) continue;
    for (const [from, sources] of edge.fromGroups) {
      for (const [to, targets] of edge.toGroups) {
        if (from === to || from.outside || to.outside) continue;
        weight.get(from).set(to, (weight.get(from).get(to) || 0) + Math.sqrt(sources.length * targets.length));
      }
    }
  }
  // Eades, Lin and Smyth: sinks to the back, sources to the front, else the one with most to send.
  const left = new Set(members);
  const front = [], back = [], alone = members.filter((group) => lonely(group, weight));
  for (const group of alone) left.delete(group);
  const sent = (group) => [...weight.get(group)].reduce((sum, [to, w]) => sum + (left.has(to) ? w : 0), 0);
  const received = (group) => [...left].reduce((sum, from) => sum + (weight.get(from).get(group) || 0), 0);
  while (left.size) {
    const scored = [...left].map((group) => ({ group, out: sent(group), in: received(group) }));
    const sink = scored.find((each) => each.out === 0);
    const best = scored.reduce((a, b) => (b.out - b.in > a.out - a.in ? b : a));
    const source = scored.find((each) => each.in === 0);
    const next = source || sink || best;
    if (next === sink && next !== source) back.unshift(next.group);
    else front.push(next.group);
    left.delete(next.group);
  }
  const entered = new Set(edges.filter((edge) => !edge.open && edge.from.some((end) => end.group.outside)).flatMap((edge) => [...edge.toGroups.keys()]));
  const order = [...front, ...back, ...alone];
  return [...order.filter((group) => entered.has(group)), ...order.filter((group) => !entered.has(group))];
}

// Whether no other namespace has to do with it.
function lonely(group, weight) {
  return !weight.get(group).size && ![...weight.values()].some((to) => to.has(group));
}

// Namespaces in columns of about the same height.
function columns(count) {
  const members = flowOrder(groups.filter((group) => !group.outside));
  const height = (group) => 58 + (showsNames(group) ? 25 * group.nodes.length : 22 * Math.ceil(group.nodes.length / 8));
  const total = members.reduce((sum, group) => sum + height(group), 0);
  const made = Array.from({ length: count }, () => []);
  let above = 0;
  for (const group of members) {
    const middle = above + height(group) / 2;
    made[Math.min(count - 1, Math.floor((middle / total) * count))].push(group);
    above += height(group);
  }
  return untangled(made.filter((column) => column.length));
}

// Within its column, each namespace goes to the height of those that it has to do with.
function untangled(made) {
  const bonds = new Map();
  const bind = (one, other) => bonds.set(one, (bonds.get(one) || new Set()).add(other));
  for (const edge of edges) {
    if (edge.open || edge.fromGroups.size * edge.toGroups.size > groups.length) continue;
    for (const from of edge.fromGroups.keys()) {
      for (const to of edge.toGroups.keys()) if (from !== to) { bind(from, to); bind(to, from); }
    }
  }
  const level = new Map(groups.map((group) => [group, 0]));
  const settle = (column) => column.forEach((group, at) => level.set(group, at));
  made.forEach(settle);
  for (let sweep = 0; sweep < 4; sweep += 1) {
    for (const column of made) {
      const wish = new Map(column.map((group) => {
        const others = [...(bonds.get(group) || [group])];
        return [group, others.reduce((sum, other) => sum + level.get(other), 0) / others.length];
      }));
      column.sort((a, b) => wish.get(a) - wish.get(b) || a.number - b.number);
      settle(column);
    }
  }
  return made;
}

const FEW = 40;

function showsNames(group) {
  const { selection, names } = chosen;
  if (names || nodes.length <= FEW || group.outside) return true;
  return Boolean(selection && (selection.group === group || (selection.node && selection.node.group === group)
    || selection.from === group || selection.to === group));
}

// The same connections as rows, a page at a time.

const sheet = document.getElementById("table");
const PAGE = 50;
const MOST_ROWS = 100_000;
const sorting = { by: "from", down: false, page: 0 };
const COLUMNS = [
  ["from", "From"], ["to", "To"], ["ports", "Ports"], ["egress", "Leaves because"], ["ingress", "Enters because"], ["marks", "Marks"],
];

const TEXTS = {
  from: ([, from]) => fullName(from),
  to: ([, , to]) => fullName(to),
  ports: ([edge]) => edge.ports,
  egress: ([edge]) => edge.egress.join("; "),
  ingress: ([edge]) => edge.ingress.join("; "),
  marks: ([edge]) => [edge.open ? "open by default" : "", edge.uncertain ? "uncertain" : ""].filter(Boolean).join(", "),
};

// Numbers that sort as the texts of a column do: comparing them is much faster.
function ranks(rows, column) {
  const text = TEXTS[column];
  const known = new Map([...new Set(rows.map(text))].sort(before).map((each, at) => [each, at]));
  return rows.map((row) => known.get(text(row)));
}

function sorted(rows) {
  const [own, from, to] = [sorting.by, "from", "to"].map((column) => ranks(rows, column));
  const turn = sorting.down ? -1 : 1;
  const order = rows.map((_, at) => at);
  order.sort((a, b) => turn * (own[a] - own[b]) || from[a] - from[b] || to[a] - to[b] || a - b);
  return order.map((at) => rows[at]);
}

function first(all, most) {
  const found = [];
  for (const each of all) if (found.push(each) === most) break;
  return found;
}

function showTable() {
  const rows = sorted(first(pairs(), MOST_ROWS + 1));
  const more = rows.length > MOST_ROWS ? ", and more: search or select to see the others" : "";
  rows.length = Math.min(rows.length, MOST_ROWS);
  const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
  sorting.page = Math.min(sorting.page, last);
  const start = sorting.page * PAGE;
  const here = rows.slice(start, start + PAGE);
  const go = (page, words, off) => make("button", { type: "button", disabled: off, onclick: () => { sorting.page = page; showTable(); sheet.focus({ preventScroll: true }); } }, words);
  const range = rows.length ? `${number(start + 1)} to ${number(start + here.length)} of ${number(rows.length)}${more}` : "None";
  sheet.replaceChildren(
    make("div", { class: "bar" }, make("h2", {}, "Connections"), make("span", { class: "quiet" }, range),
      last ? [go(sorting.page - 1, "Previous", sorting.page === 0), go(sorting.page + 1, "Next", sorting.page === last)] : null),
    make("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": "Rows" },
      make("table", {}, make("caption", { class: "unseen" }, "Connections that are shown, one for each pair of ends and reason"),
        make("thead", {}, make("tr", {}, COLUMNS.map(heading))),
        make("tbody", {}, here.map(row)))));
}

function heading([column, words]) {
  const sort = sorting.by === column ? (sorting.down ? "descending" : "ascending") : "none";
  const again = () => {
    sorting.down = sorting.by === column && !sorting.down;
    sorting.by = column;
    showTable();
    sheet.querySelector(`[data-column="${column}"]`).focus();
  };
  return make("th", { scope: "col", "aria-sort": sort }, make("button", { type: "button", "data-column": column, onclick: again }, words));
}

function row(pair) {
  const [edge, from, to] = pair;
  const lines = (all) => (all.length ? all.map((reason) => make("div", {}, named(reason))) : make("span", { class: "quiet" }, UNLIMITED));
  return make("tr", {},
    make("td", {}, linkTo(from, { node: from })), make("td", {}, linkTo(to, { node: to })),
    make("td", { class: "ports" }, edge.ports), make("td", {}, lines(edge.egress)), make("td", {}, lines(edge.ingress)),
    make("td", {}, edge.open ? make("span", { class: "mark open" }, "open by default") : null,
      edge.uncertain ? make("span", { class: "mark uncertain" }, "uncertain") : null));
}

// Elements are made of text alone: no name of a workload is ever read as HTML.

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== false));
  return element;
}

function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// A name in its own direction of writing, so that it cannot turn what stands around it.
function named(text, attributes) {
  return make("bdi", attributes || {}, text);
}

function number(count) {
  return count.toLocaleString("en");
}

function counted(count, one, many) {
  return `${number(count)} ${count === 1 ? one : many || `${one}s`}`;
}

// One stop of the Tab key for many buttons; the arrow keys move among them.
function oneStop(container, selector) {
  const all = () => [...container.querySelectorAll(selector)];
  container.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    const stops = all();
    const at = stops.indexOf(document.activeElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    const next = stops[Math.min(Math.max(at + step, 0), stops.length - 1)];
    for (const stop of stops) stop.setAttribute("tabindex", stop === next ? "0" : "-1");
    next.focus();
  });
  return () => {
    const stops = all();
    const current = stops.find((stop) => stop.getAttribute("aria-pressed") === "true") || stops[0];
    for (const stop of stops) stop.setAttribute("tabindex", stop === current ? "0" : "-1");
  };
}

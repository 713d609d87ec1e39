// The one place where nodes are made. Texts become text nodes and nothing else: there is no way to hand it markup.

const svgSpace = 'http://www.w3.org/2000/svg';

/** Makes an element. Attributes: `class`, `on: {event: handler}`, `true`/`false`/null for presence, properties `value` and `checked`. */
export function element(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function drawing(tag, attributes, ...children) {
  return fill(document.createElementNS(svgSpace, tag), attributes, children);
}

/** Puts other children into a node. */
export function replace(node, ...children) {
  node.replaceChildren(...present(children));
  return node;
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) set(node, name, value);
  node.append(...present(children));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === 'on') {
    for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
  } else if (name === 'value' || name === 'checked') {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? '' : String(value));
  }
}

function present(children) {
  return children.flat(3).filter((child) => child !== null && child !== undefined && child !== false);
}

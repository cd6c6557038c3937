/**
 * Makes an element of HTML, or of SVG for the two that faces need. Attributes and text only: no
 * markup is parsed, so that any policy allows it.
 */
export function make(name, attributes, ...children) {
  const space = /svg|path/.test(name) ? "2000/svg" : "1999/xhtml";
  const element = document.createElementNS("http://www.w3.org/" + space, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Brings a shown piece of a page to its newer form, touching only what differs: focus, scrolling and selection stay. */

/** Makes `old` equal to `fresh`. Elements marked `data-kept` are left alone; their scripts' content is not. */
export function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (!isAlike(old, fresh)) {
    old.replaceWith(old.ownerDocument.importNode(fresh, true));
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  if (old.hasAttribute("data-kept")) return;
  attributes(old, fresh);
  children(old, fresh);
}

function isAlike(old, fresh) {
  return old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (old.id ?? "") === (fresh.id ?? "");
}

function attributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

/** What is gone is taken out and what is new is put in at its place, so that what follows stays the same element. */
function children(old, fresh) {
  const wanted = [...fresh.childNodes];
  wanted.forEach((child, index) => {
    const more = () => old.childNodes.length - wanted.length;
    while (more() > 0 && !isAlike(old.childNodes[index], child)) old.childNodes[index].remove();
    const present = old.childNodes[index];
    if (!present || (more() < 0 && !isAlike(present, child))) old.insertBefore(old.ownerDocument.importNode(child, true), present ?? null);
    else morph(present, child);
  });
  while (old.childNodes.length > wanted.length) old.lastChild.remove();
}

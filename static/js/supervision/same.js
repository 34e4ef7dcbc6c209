/** Comparing what is shown. Pure. */

/** Whether two flat objects of the same fields hold the same values; lists are compared item by item. */
export function sameFields(one, other) {
  return Object.keys(one).every((key) => isSame(one[key], other[key]));
}

function isSame(one, other) {
  if (Object.is(one, other)) return true;
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((item, index) => Object.is(item, other[index]));
}

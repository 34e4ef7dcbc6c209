/** Whether the object itself has this key: Object.hasOwn, which TVs bought before 2022 do not know. */
export function hasOwn(object, key) {
  return Object.prototype.hasOwnProperty.call(object, key);
}

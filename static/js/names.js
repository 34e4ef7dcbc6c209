/** Names of people, short enough for a narrow place. Pure. */

/**
 * Each name as initials and surname ("J. Nováková"); names that would look alike keep as many letters as tell them apart
 * ("Jan. Novák", "Jar. Novák"). A name of one word stays as it is. `surnameFirst` if the PBX writes "Nováková Jana".
 */
export function shortNames(names, { surnameFirst = false } = {}) {
  const parts = [...new Set(names)].map((name) => nameParts(name, surnameFirst));
  const groups = new Map();
  for (const part of parts) groups.set(part.surname, [...(groups.get(part.surname) ?? []), part]);
  const short = new Map();
  for (const group of groups.values()) {
    for (const part of group) short.set(part.name, shortened(part, group, surnameFirst));
  }
  return short;
}

function nameParts(name, surnameFirst) {
  const words = name.trim().split(/\s+/);
  const surname = surnameFirst ? words[0] : words[words.length - 1];
  return { name, surname, given: surnameFirst ? words.slice(1) : words.slice(0, -1) };
}

function shortened({ name, surname, given }, group, surnameFirst) {
  if (!given.length) return name;
  const first = given[0];
  const others = group.filter((part) => part.name !== name && part.given.length).map((part) => part.given[0]);
  const letters = [...first];
  let length = 1;
  while (length < letters.length && others.some((other) => startsLike(other, letters.slice(0, length).join("")))) length += 1;
  const start = letters.slice(0, length).join("");
  const initial = length === letters.length && length > 1 ? start : `${start}.`;
  return surnameFirst ? `${surname} ${initial}` : `${initial} ${surname}`;
}

function startsLike(name, start) {
  return name.toLocaleLowerCase("cs").startsWith(start.toLocaleLowerCase("cs"));
}

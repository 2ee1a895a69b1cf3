/** Compares texts line by line. */

/** The lines of both texts in order, each with its kind: "same", "removed" or "added". */
export function compare(before, after) {
  const one = before === "" ? [] : before.split("\n");
  const other = after === "" ? [] : after.split("\n");
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) {
    head++;
  }
  let tail = 0;
  while (tail < Math.min(one.length, other.length) - head && one.at(-1 - tail) === other.at(-1 - tail)) {
    tail++;
  }
  return [
    ...mark("same", one.slice(0, head)),
    ...middle(one.slice(head, one.length - tail), other.slice(head, other.length - tail)),
    ...mark("same", one.slice(one.length - tail)),
  ];
}

function mark(kind, lines) {
  return lines.map((text) => ({ kind, text }));
}

const MOST_CELLS = 1_000_000;

/** The longest common subsequence, unless the texts are too long for its table. */
function middle(one, other) {
  if (one.length * other.length > MOST_CELLS) {
    return [...mark("removed", one), ...mark("added", other)];
  }
  const length = Array.from({ length: one.length + 1 }, () => new Uint32Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      length[i][j] = one[i] === other[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const result = [];
  let i = 0;
  let j = 0;
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      result.push({ kind: "same", text: one[i++] });
      j++;
    } else if (i < one.length && (j === other.length || length[i + 1][j] >= length[i][j + 1])) {
      result.push({ kind: "removed", text: one[i++] });
    } else {
      result.push({ kind: "added", text: other[j++] });
    }
  }
  return result;
}

/** The lines with those around the changes; a line of kind "gap" stands for the others. */
export function context(lines, around = 3) {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - around), at + around + 1)
    .some((line) => line.kind !== "same"));
  return lines.flatMap((line, at) => {
    if (near[at]) {
      return [line];
    }
    return at === 0 || near[at - 1] ? [{ kind: "gap", text: "…" }] : [];
  });
}

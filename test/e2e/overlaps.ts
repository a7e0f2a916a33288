/**
 * Runs in the page: the labels of the diagram that lie across another label, a mark or a line, by the boxes that the
 * browser has for them. Fonts leave some room above and below letters, which may be shared.
 */
export const OVERLAPS = `(() => {
  const svg = document.querySelector('#diagram .canvas svg[role=group]');
  const boxOf = (element) => {
    const { x, y, width, height } = element.getBBox();
    return { left: x + 1, right: x + width - 1, top: y + 1.5, bottom: y + height - 1.5, element };
  };
  const all = (selector) => [...svg.querySelectorAll(selector)];
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const number = (element, name) => Number(element.getAttribute(name));
  const crosses = (line, box) => {
    const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map((name) => number(line, name));
    const [left, right] = [Math.max(box.left, Math.min(x1, x2)), Math.min(box.right, Math.max(x1, x2))];
    if (left > right) return false;
    const slope = x1 === x2 ? 0 : (y2 - y1) / (x2 - x1);
    const [a, b] = [y1 + slope * (left - x1), y1 + slope * (right - x1)];
    return Math.min(a, b) < box.bottom && Math.max(a, b) > box.top;
  };
  const nameOf = (element) => element.textContent || element.parentNode.getAttribute('data-slot') || element.parentNode.getAttribute('class');
  const texts = all('.label').map(boxOf);
  const marks = all('.dot circle, .arrow .head, .arrow .cross, .arrow .turn, .arrow .struck, .fan .wedge, .quiet rect, .flag rect').map(boxOf);
  const lines = all('.arrow .shaft, .arrow .gone, line.across');
  const overlaps = texts.flatMap((text, i) => [
    ...[...texts.slice(i + 1), ...marks].filter((other) => meet(text, other)).map((other) => other.element),
    ...lines.filter((line) => crosses(line, text)),
  ].map((other) => nameOf(text.element) + ' | ' + nameOf(other)));
  return { labels: texts.length, overlaps };
})()`;

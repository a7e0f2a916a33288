/**
 * Labels of paths: A for a message, N for what is not monotone, D for what is not monotone behind a message. What is
 * neither leaves a label as it is.
 *
 * After Alvaro et al., "Consistency Analysis in Bloom: a CALM and Collected Approach" (CIDR 2011): x·x = x, A·N = D, and
 * D absorbs. N·A is A: what no message has reached is the same in all schedules, and so is what is then sent.
 */
import { type Flow, isOpen, type Reading, readingKey, readingOf, type Step } from './flow.js';

type Label = 'A' | 'N' | 'D';

/** What is said of an output: its label, or `I` where all its paths are monotone and without messages. */
export type CalmVerdict = Label | 'I';

type Labels = ReadonlySet<Label>;

/** The labels of all paths to each reading of a relation. */
export class PathLabels {
  private readonly known = new Map<string, Labels>();

  constructor(private readonly flow: Flow) {
    const readings: Reading[] = flow.edges.map(readingOf);
    for (const { rule } of flow.steps) readings.push({ relation: rule.head.relation, threshold: false });
    const distinct = [...new Map(readings.map((one) => [readingKey(one), one])).values()];
    for (let isNew = true; isNew; ) {
      isNew = false;
      for (const reading of distinct) {
        const labels = this.collapse(reading);
        if (labels.size > this.of(reading).size) isNew = true;
        this.known.set(readingKey(reading), labels);
      }
    }
  }

  of(reading: Reading): Labels {
    return this.known.get(readingKey(reading)) ?? new Set();
  }

  /** D where any path is, and where paths with messages and others that are not monotone come together. */
  verdict(relation: string): CalmVerdict {
    const labels = this.of({ relation, threshold: false });
    if (labels.has('D') || (labels.has('A') && labels.has('N'))) return 'D';
    return labels.has('A') ? 'A' : labels.has('N') ? 'N' : 'I';
  }

  private collapse(reading: Reading): Labels {
    const labels = new Set<Label>(this.of(reading));
    for (const step of this.flow.makersOf(reading)) for (const label of this.through(step)) labels.add(label);
    return labels;
  }

  /** The labels of paths to a rule's body, each with that of the rule behind it. */
  private through({ rule, edges, points, local }: Step): Labels {
    const before = new Set(edges.filter(isOpen).flatMap((edge) => [...this.of(readingOf(edge))]));
    if (points.length > 0) return new Set([...before, 'D']);
    if (rule.time === 'async') return new Set([...before].map((label) => (label === 'N' ? 'A' : label)).concat('A'));
    return local ? new Set([...before, 'N']) : before;
  }
}

/** Models of latencies: what is refused, what CSV says, and what the distributions are like. */
import { describe, expect, test } from 'vitest';
import { uniformStream } from '../../src/core/stream.js';
import { drawsOf, type LatencyModel, latencySchema } from '../../src/staleness/latency.js';
import { modelFromCsv } from '../../src/staleness/measured.js';
import { MODELS } from '../../src/staleness/models.js';

const messages = (W: unknown): string[] => {
  const parsed = latencySchema.safeParse({ name: 'x', W });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('a model', () => {
  test.each(Object.entries(MODELS))('%s passes its own schema', (_, model) => {
    expect(latencySchema.parse(model)).toEqual(model);
  });

  test('is refused with where and what', () => {
    const [exp, constant] = [{ exponential: { rate: 1 } }, { constant: 2 }];
    expect(messages([exp])).toEqual([]);
    expect(messages([{ ...exp, weight: 0.5 }])).toEqual(['W: the weights must come to 1']);
    expect(messages([{ ...exp, ...constant }])[0]).toContain('W.0: give one of pareto, exponential');
    expect(messages([{}])[0]).toContain('W.0: give one of');
    expect(messages([{ uniform: { from: 3, to: 2 } }])).toEqual(['W.0.uniform: from is not beyond to']);
    expect(messages([{ exponential: { rate: 0 } }])).toHaveLength(1);
    expect(messages([{ normal: 1 }])).not.toEqual([]);
    expect(messages([])).not.toEqual([]);
  });

  test('draws as its distributions say', () => {
    const mean = (W: LatencyModel['W']): number => {
      const uniform = uniformStream(1, 1);
      const [draw] = drawsOf({ name: 'x', W, remote: 0 });
      return Array.from({ length: 100_000 }, () => draw(uniform)).reduce((sum, x) => sum + x, 0) / 100_000;
    };
    expect(mean([{ weight: 1, exponential: { rate: 0.5 } }])).toBeCloseTo(2, 1);
    expect(mean([{ weight: 1, pareto: { scale: 2, shape: 5 } }])).toBeCloseTo(2.5, 1);
    expect(mean([{ weight: 1, uniform: { from: 1, to: 4 } }])).toBeCloseTo(2.5, 1);
    expect(mean([{ weight: 1, measured: [1, 2, 6] }])).toBeCloseTo(3, 1);
    const three = [0.2, 0.3, 0.5].map((weight, i) => ({ weight, constant: 10 ** i }));
    expect(mean(three)).toBeCloseTo(0.2 + 3 + 50, 0);
  });
});

describe('CSV', () => {
  test('has a column for each latency, of different lengths', () => {
    const read = modelFromCsv('\ufeffr, W\r\n1,2\r\n,"0.5"\r\n\r\n3\r\n', 'm.csv');
    expect(read).toEqual({
      model: {
        name: 'm.csv',
        W: [{ weight: 1, measured: [2, 0.5] }],
        R: [{ weight: 1, measured: [1, 3] }],
        remote: 0,
      },
    });
  });

  test.each([
    ['', 1, 'no column W'],
    ['latency,W\n', 1, '"LATENCY" is no column'],
    ['W,w\n1,1', 1, 'named twice'],
    ['R\n1', 1, 'no column W'],
    ['W\n1\nx\n', 3, '"x" is no latency'],
    ['W\n-1', 2, '"-1" is no latency'],
    ['W\n1,2', 2, '2 cells for 1 column'],
    ['W,A\n1\n2\n', 1, 'column A has no latencies'],
  ])('%j is refused in line %i: %s', (text, line, words) => {
    expect(modelFromCsv(text, 'm')).toEqual({
      problems: [{ line, message: expect.stringContaining(words) }],
    });
  });
});

/**
 * Small random changes to a program, so that skeletons do not stay well-behaved: a rule or a literal is dropped, a
 * number moves by one, bodies change their order (and so, sometimes, their location).
 */
import type { Draft, RuleDraft } from './draft.js';

/** Changes `count` places of the draft's rules. The result may be unsafe; the caller checks. */
export function mutate(draft: Draft, count: number): void {
  for (let i = 0; i < count; i++) {
    const index = draft.random(draft.rules.length);
    const rule = draft.rules[index];
    if (rule === undefined) return;
    const kind = draft.random(4);
    if (kind === 0) draft.rules.splice(index, 1);
    else
      draft.rules[index] =
        kind === 1 ? dropLiteral(draft, rule) : kind === 2 ? moveNumber(draft, rule) : twist(draft, rule);
  }
}

function dropLiteral(draft: Draft, rule: RuleDraft): RuleDraft {
  if (rule.body.length < 2) return rule;
  const drop = draft.random(rule.body.length);
  return { ...rule, body: rule.body.filter((_, i) => i !== drop) };
}

function moveNumber(draft: Draft, rule: RuleDraft): RuleDraft {
  const by = draft.pick([-1, 1]);
  const moved = rule.body.map((it) =>
    it.replace(/ (\d+)$/, (_, digits: string) => ` ${Math.max(0, Number(digits) + by)}`),
  );
  return { ...rule, body: moved };
}

/** Looks something up at a fixed tick, or replaces a variable by a wildcard or a constant. */
function twist(draft: Draft, rule: RuleDraft): RuleDraft {
  const index = draft.random(rule.body.length);
  const literal = rule.body[index] ?? '';
  if (!literal.endsWith(')')) return rule;
  const args = [...literal.matchAll(/, (\w+)/g)].map((it) => it[1] ?? '');
  const kind = draft.random(3);
  if (kind === 0 && rule.time !== '') return replaced(rule, index, `${literal}@${draft.between(1, 3)}`);
  if (kind === 1 || args.length === 0)
    return replaced(rule, index, literal.replace(/, \w+\)$/, `, ${draft.pick(draft.data)})`));
  return replaced(rule, index, literal.replace(/, \w+/, ', _'));
}

function replaced(rule: RuleDraft, index: number, literal: string): RuleDraft {
  return { ...rule, body: rule.body.map((it, i) => (i === index ? literal : it)) };
}

/** The rule with its body in random order. */
export function shuffled(draft: Draft, rule: RuleDraft): RuleDraft {
  const body = [...rule.body];
  for (let i = body.length - 1; i > 0; i--) {
    const j = draft.random(i + 1);
    [body[i], body[j]] = [body[j] as string, body[i] as string];
  }
  return { ...rule, body };
}

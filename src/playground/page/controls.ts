/**
 * What is asked: the spec, which of its checks, and bounds in place of the check's own.
 */
import { type BoundName, boundRanges, usualBoundNames } from '../../faults/bounds.js';
import { h } from '../../report/page/dom.js';
import { renew } from '../../report/page/focus.js';
import type { Check } from '../../search/check.js';
import type { OwnBounds } from '../link.js';
import { OWN } from './workbench.js';

export interface ControlEvents {
  spec(path: string): void;
  check(name: string): void;
  bounds(bounds: OwnBounds): void;
}

/** `specs/broadcast/retry.ded` → `broadcast`. */
const folderOf = (path: string): string => path.split('/').slice(0, -1).at(-1) ?? '';
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.ded$/, '');

export class Controls {
  private readonly spec = h('select', { id: 'spec' });
  private readonly check = h('select', { id: 'check' });
  private readonly fields: readonly (readonly [BoundName, HTMLInputElement])[];
  readonly element: HTMLElement;
  private shown = '';

  constructor(private readonly events: ControlEvents) {
    this.spec.addEventListener('change', () => events.spec(this.spec.value));
    this.check.addEventListener('change', () => events.check(this.check.value));
    this.fields = usualBoundNames().map((name) => [name, this.field(name)]);
    const bounds = this.fields.map(([name, field]) => h('label', `${name.toUpperCase()} `, field));
    this.element = h(
      'div.controls',
      h('label', 'Spec ', this.spec),
      h('label', 'Check ', this.check),
      h('span.bounds', { role: 'group', 'aria-label': 'Bounds in place of those of the check' }, bounds),
    );
  }

  /** @param paths of all specs that there are */
  showSpecs(paths: readonly string[], chosen: string): void {
    const folders = new Map<string, string[]>();
    for (const path of paths.filter((one) => one.endsWith('.ded')).sort()) {
      const folder = folderOf(path);
      folders.set(folder, [...(folders.get(folder) ?? []), path]);
    }
    const option = (path: string): HTMLElement =>
      h('option', { value: path, selected: path === chosen }, path === OWN ? 'a spec of your own' : nameOf(path));
    const groups = [...folders].map(([folder, own]) =>
      folder === '' ? own.map(option) : [h('optgroup', { label: folder }, own.map(option))],
    );
    this.spec.replaceChildren(...groups.flat());
    this.spec.value = chosen;
  }

  /**
   * @param checks with the bounds that are searched
   * @param chosen the number of one of them
   */
  showChecks(checks: readonly Check[], chosen: number): void {
    const words = checks.map(({ name, expect }) => (expect ? `${name} (expects ${expect})` : name));
    const look = JSON.stringify(words);
    if (look !== this.shown)
      renew(this.check, ...checks.map(({ name }, i) => h('option', { value: name }, words[i] ?? name)));
    this.shown = look;
    this.check.value = checks[chosen]?.name ?? '';
    for (const [name, field] of this.fields) field.placeholder = String(checks[chosen]?.bounds[name] ?? '');
  }

  showBounds(bounds: OwnBounds): void {
    for (const [name, field] of this.fields) field.value = bounds[name] === undefined ? '' : String(bounds[name]);
  }

  private field(name: BoundName): HTMLInputElement {
    const { least, most, help } = boundRanges()[name];
    const field = h('input', {
      type: 'number',
      min: least,
      max: most,
      title: `${help}; empty: as the check has it`,
    });
    field.addEventListener('input', () => this.events.bounds(this.bounds()));
    return field;
  }

  private bounds(): OwnBounds {
    const given = this.fields.flatMap(([name, { value }]) => (value === '' ? [] : [[name, Number(value)] as const]));
    return Object.fromEntries(given);
  }
}

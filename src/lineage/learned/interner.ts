/**
 * Interning of values by their text: equal texts are one number, 0, 1, 2 …, in order of first appearance.
 */

/** Values by their text. */
export class Interner<T> {
  private readonly ids = new Map<string, number>();
  private readonly values: T[] = [];
  private readonly texts: string[] = [];

  intern(text: string, value: T): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    const id = this.values.length;
    this.ids.set(text, id);
    this.values.push(value);
    this.texts.push(text);
    return id;
  }

  get size(): number {
    return this.values.length;
  }

  get(id: number): T {
    return this.values[id] as T;
  }

  textOf(id: number): string {
    return this.texts[id] as string;
  }

  allTexts(): string[] {
    return [...this.texts];
  }
}

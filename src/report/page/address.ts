/**
 * The address of the page, written once what it stands for has been shown: browsers take longer over it than over many
 * a picture.
 */
export class Address {
  private next: { readonly hash: string; readonly push: boolean } | undefined;

  /** @param push whether the reader can go back to the address before */
  write(hash: string, push: boolean): void {
    // Of several in one frame only those that can be gone back to are written, and the last.
    if (push && this.next?.push) this.flush();
    if (!this.next) requestAnimationFrame(() => setTimeout(() => this.flush()));
    this.next = { hash, push: push || (this.next?.push ?? false) };
  }

  private flush(): void {
    if (this.next) history[this.next.push ? 'pushState' : 'replaceState'](null, '', this.next.hash);
    this.next = undefined;
  }
}

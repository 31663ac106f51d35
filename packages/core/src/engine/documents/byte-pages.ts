const FIRST_PAGE_BYTES = 4096;
const PAGE_BYTES = 1 << 18;

/** Append-only bytes outside the JavaScript heap, in pages of 4 KiB doubling to 256 KiB (a larger entry gets its own). */
export class BytePages {
  #pages: Uint8Array[] = [];
  #used = 0;
  #bytes = 0;

  /** Bytes held, whether live or not. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Room for `length` bytes: the page's number, the offset in it, and a view to write into. */
  reserve(length: number): { page: number; offset: number; view: Uint8Array } {
    if (this.#pages.length === 0 || this.#used + length > (this.#pages.at(-1) as Uint8Array).length) {
      const size = Math.max(Math.min(PAGE_BYTES, FIRST_PAGE_BYTES << Math.min(6, this.#pages.length)), length);
      this.#pages.push(new Uint8Array(size));
      this.#bytes += size;
      this.#used = 0;
    }
    const page = this.#pages.length - 1;
    const offset = this.#used;
    this.#used += length;
    return { page, offset, view: (this.#pages[page] as Uint8Array).subarray(offset, offset + length) };
  }

  view(page: number, offset: number, length: number): Uint8Array {
    return (this.#pages[page] as Uint8Array).subarray(offset, offset + length);
  }

  /** Takes over a buffer as one full page; answers its number. */
  adopt(page: Uint8Array): number {
    this.#pages.push(page);
    this.#bytes += page.length;
    this.#used = page.length;
    return this.#pages.length - 1;
  }

  clear(): void {
    for (const page of this.#pages) page.fill(0);
    this.#pages = [];
    this.#used = 0;
    this.#bytes = 0;
  }
}

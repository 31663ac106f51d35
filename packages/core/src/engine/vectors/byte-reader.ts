/** Reads bytes in order from one array or from the pieces of one. */
export class ByteReader {
  private readonly pieces: readonly Uint8Array[];
  private piece = 0;
  private at = 0;

  constructor(bytes: Uint8Array | readonly Uint8Array[]) {
    this.pieces = bytes instanceof Uint8Array ? [bytes] : bytes;
  }

  /** Bytes not read yet. */
  get left(): number {
    let left = -this.at;
    for (let i = this.piece; i < this.pieces.length; i++) left += (this.pieces[i] as Uint8Array).byteLength;
    return left;
  }

  /** Fills `target`; answers false when there are not enough bytes. */
  read(target: Uint8Array): boolean {
    let done = 0;
    while (done < target.byteLength) {
      const piece = this.pieces[this.piece];
      if (piece === undefined) return false;
      const part = piece.subarray(this.at, this.at + target.byteLength - done);
      target.set(part, done);
      done += part.byteLength;
      this.at += part.byteLength;
      if (this.at === piece.byteLength) {
        this.piece++;
        this.at = 0;
      }
    }
    return true;
  }
}

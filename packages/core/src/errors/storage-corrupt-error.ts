import { SottoError } from "./sotto-error.ts";

/** Stored bytes fail their checksum or cannot be read as what they should be. */
export class StorageCorruptError extends SottoError {
  readonly where: string;
  readonly reason: string;

  constructor(where: string, reason: string) {
    super("storage.corrupt", `${where} is damaged: ${reason}.`, { where, reason });
    this.where = where;
    this.reason = reason;
  }

  static override isInstance(error: unknown): error is StorageCorruptError {
    return SottoError.isInstance(error) && error.code === "storage.corrupt";
  }
}

import { SottoError } from "./sotto-error.ts";

/** A store or snapshot was written by a newer version of Sotto. */
export class StorageNewerFormatError extends SottoError {
  readonly where: string;
  readonly formatVersion: number;
  readonly supportedVersion: number;

  constructor(where: string, formatVersion: number, supportedVersion: number) {
    super(
      "storage.newer_format",
      `${where} was written in format ${formatVersion}; this version of Sotto reads formats up to ${supportedVersion}. Upgrade Sotto to open it.`,
      { where, formatVersion, supportedVersion },
    );
    this.where = where;
    this.formatVersion = formatVersion;
    this.supportedVersion = supportedVersion;
  }

  static override isInstance(error: unknown): error is StorageNewerFormatError {
    return SottoError.isInstance(error) && error.code === "storage.newer_format";
  }
}

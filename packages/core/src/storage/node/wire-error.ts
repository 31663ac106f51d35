import {
  InvalidArgumentError,
  SottoError,
  StorageClosedError,
  StorageCompactedError,
  StorageCorruptError,
  StorageFullError,
  StorageNewerFormatError,
  StorageSnapshotRequiredError,
  StorageUnavailableError,
  StorageVersionConflictError,
} from "../../errors/index.ts";
import type { WireError } from "./protocol.ts";

export function toWireError(error: unknown): WireError {
  if (SottoError.isInstance(error)) return { code: error.code, message: error.message, details: error.details };
  const message = error instanceof Error ? error.message : String(error);
  return { code: undefined, message, details: {} };
}

/** The error that the worker threw, of its class. `store` is for one that has none. */
export function fromWireError({ code, message, details }: WireError, store: string): SottoError {
  const text = (name: string) => String(details[name]);
  const number = (name: string) => Number(details[name]);
  switch (code) {
    case "argument.invalid":
      return new InvalidArgumentError(text("argument"), text("reason"));
    case "storage.closed":
      return new StorageClosedError(text("store"));
    case "storage.compacted":
      return new StorageCompactedError(text("key"), number("after"), number("base"), number("epoch"));
    case "storage.corrupt":
      return new StorageCorruptError(text("where"), text("reason"));
    case "storage.full":
      return new StorageFullError(text("store"), text("reason"));
    case "storage.newer_format":
      return new StorageNewerFormatError(text("where"), number("formatVersion"), number("supportedVersion"));
    case "storage.snapshot_required":
      return new StorageSnapshotRequiredError(text("key"), number("base"));
    case "storage.unavailable":
      return new StorageUnavailableError(text("store"), text("reason"));
    case "storage.version_conflict":
      return new StorageVersionConflictError(text("key"), number("expectedVersion"), number("version"));
    case undefined:
      return new StorageUnavailableError(store, message);
    default:
      return new SottoError(code, message, { ...details });
  }
}

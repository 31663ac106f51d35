import { DocumentInvalidError, LimitExceededError } from "../../errors/index.ts";
import type { Limits } from "../../limits.ts";
import type { Metadata } from "../documents/index.ts";
import {
  describeValue,
  isFieldName,
  isMetadataValue,
  isPlainObject,
  isStringList,
  PLACE_RANGES,
} from "../documents/index.ts";

type MetadataLimits = Pick<Limits, "metadataFields" | "metadataListItems" | "metadataValueChars">;

/** Checks metadata of a document, or with an undefined id that of an index. The error names the field and the type. */
export function validateMetadata(
  metadata: unknown,
  documentId: string | undefined,
  limits: MetadataLimits,
): asserts metadata is Metadata {
  if (!isPlainObject(metadata)) {
    throw new DocumentInvalidError(
      documentId,
      `its metadata must be an object of fields, not ${describeValue(metadata)}`,
    );
  }
  const fields = Object.keys(metadata);
  const of = documentId === undefined ? "the index" : `document ${JSON.stringify(documentId.slice(0, 200))}`;
  if (fields.length > limits.metadataFields) {
    throw new LimitExceededError("metadataFields", limits.metadataFields, fields.length, `Metadata fields of ${of}`);
  }
  for (const field of fields) {
    const shown = JSON.stringify(field.slice(0, 200));
    if (!isFieldName(field)) {
      throw new DocumentInvalidError(
        documentId,
        `its metadata field ${shown} has no valid name: a letter or _ and then letters, digits, _, . or -`,
      );
    }
    const value = metadata[field];
    if (!isMetadataValue(value)) {
      throw new DocumentInvalidError(
        documentId,
        `its metadata field ${shown} is ${describeValue(value)}; it takes a string, a finite number, a boolean, ${PLACE_RANGES} or a list of strings`,
      );
    }
    const { metadataListItems: items, metadataValueChars: chars } = limits;
    if (isStringList(value) && value.length > items) {
      const what = `Strings in the metadata field ${shown} of ${of}`;
      throw new LimitExceededError("metadataListItems", items, value.length, what);
    }
    for (const text of isStringList(value) ? value : [value]) {
      if (typeof text !== "string" || text.length <= chars) continue;
      const what = `Characters of the metadata field ${shown} of ${of}`;
      throw new LimitExceededError("metadataValueChars", chars, text.length, what);
    }
  }
}

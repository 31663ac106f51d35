import { DOCUMENTS_PER_REQUEST, type MethodName } from "@sotto/client/contract";
import { InvalidArgumentError } from "@sotto/core";
import type { z } from "zod";
import { type Body, serverErrors } from "../http/index.ts";
import { BODIES } from "./bodies.ts";

/** Below these stand names that the caller chose. */
const FREE = new Set(["metadata", "data", "filter", "payload", "arguments", "result"]);

/** Throws `argument.invalid` or `server.payload_too_large`; names the place, and nothing that was sent. */
export function checkBody(name: MethodName, body: Body): void {
  const { documents } = body;
  if (Array.isArray(documents) && documents.length > DOCUMENTS_PER_REQUEST)
    throw serverErrors.tooLarge("documentsPerRequest", DOCUMENTS_PER_REQUEST);
  checkShape(BODIES[name], body);
}

export function checkShape(schema: z.ZodType, body: Body): void {
  const { error } = schema.safeParse(body);
  const issue = error?.issues[0];
  if (issue !== undefined) throw new InvalidArgumentError(placeOf(issue.path), reasonOf(issue));
}

function placeOf(path: readonly PropertyKey[]): string {
  const free = path.findIndex((part) => FREE.has(String(part)));
  const known = free === -1 ? path : path.slice(0, free + 1);
  return known.length === 0 ? "the body" : known.map(String).join(".");
}

/** In words of our own: a library's may quote what it was given. */
function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `it must be of the type ${issue.expected}`;
    case "unrecognized_keys":
      return "it has a field that is not known there; /v1/openapi.json names those that are";
    case "invalid_value":
      return `it must be one of ${issue.values.map(String).join(", ")}`;
    default:
      return "it has not the form that /v1/openapi.json describes";
  }
}

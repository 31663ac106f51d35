const ADDRESS = Symbol.for("sotto.client_address");

/** Notes the socket's address on a Web request, which has no place for it. */
export function setClientAddress(request: Request, address: string | undefined): void {
  Object.defineProperty(request, ADDRESS, { value: address });
}

export function clientAddressOf(request: Request): string | undefined {
  const address = (request as unknown as Record<symbol, unknown>)[ADDRESS];
  return typeof address === "string" ? address : undefined;
}

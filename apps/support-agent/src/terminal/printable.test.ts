import { printable } from "./printable.ts";

describe("printable", () => {
  it("keeps text, line ends and tabs", () => {
    expect(printable("Grüße, 世界 👩‍💻\n\tשלום")).toBe("Grüße, 世界 👩‍💻\n\tשלום");
  });

  it("leaves out what a terminal would act on", () => {
    expect(printable("\x1b[2Ja\x07b\rc\x9bd\x7fe\u202ef\u2066g\x00")).toBe("[2Jabcdefg");
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { APP_DIR, environmentSchema, readSettings } from "./settings.ts";

const example = readFileSync(join(APP_DIR, ".env.example"), "utf8");
const given = new Map(
  [...example.matchAll(/^(?:# )?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name as string, value as string]),
);

describe("settings", () => {
  it("are all in .env.example, with their defaults", () => {
    expect([...given.keys()].sort()).toEqual(Object.keys(environmentSchema.shape).sort());
    expect(readSettings(Object.fromEntries(given))).toEqual(readSettings({}));
  });

  it("count a variable that is set to nothing as not set", () => {
    expect(readSettings({ PORT: "", LLM_MODEL: "" })).toMatchObject({ PORT: 3000, LLM_MODEL: "gpt-4.1-mini" });
  });

  it("name each variable that is wrong", () => {
    expect(() => readSettings({ PORT: "99999", VOICE_ACTIVITY: "ears" })).toThrow(/VOICE_ACTIVITY: .*PORT: /);
  });
});

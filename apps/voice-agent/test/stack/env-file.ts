import { readFileSync, writeFileSync } from "node:fs";

/** Sets variables in a `.env` as a user does, on the line that has them, also where it is commented out. */
export function setInEnvFile(file: string, values: Readonly<Record<string, string>>): void {
  let text = readFileSync(file, "utf8");
  for (const [name, value] of Object.entries(values)) {
    const line = new RegExp(`^(# )?${name}=.*$`, "m");
    if (!line.test(text)) throw new Error(`${file} has no line for ${name}`);
    text = text.replace(line, () => `${name}=${value}`);
  }
  writeFileSync(file, text);
}

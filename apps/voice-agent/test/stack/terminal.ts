import { Child } from "./child.ts";

/** Before the folder in which a command ended. */
const ENDED_IN = "@ended in ";

/** A terminal with bash in which commands are typed: each begins in the folder where the one before it ended. */
export class Terminal {
  readonly #env: NodeJS.ProcessEnv;
  #folder: string;

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#env = env;
  }

  get folder(): string {
    return this.#folder;
  }

  /** Runs a command to its end. Answers its lines. @throws with its last lines unless it ends with 0 */
  async run(command: string, timeoutMs = 60_000): Promise<string[]> {
    const child = this.start(`${command}\ncode=$?; echo "${ENDED_IN}$PWD"; exit $code`);
    const late = setTimeout(() => {
      child.lines.push(`not done within ${timeoutMs} ms`);
      void child.stop();
    }, timeoutMs);
    const code = await child.ended;
    clearTimeout(late);
    const lines = child.lines.all.filter((line) => !line.startsWith(ENDED_IN));
    if (code !== 0) throw new Error(`${command} ended with ${code}:\n${lines.slice(-80).join("\n")}`);
    this.#folder =
      child.lines.all.findLast((line) => line.startsWith(ENDED_IN))?.slice(ENDED_IN.length) ?? this.#folder;
    return lines;
  }

  /** Starts a command that runs on. */
  start(command: string): Child {
    return new Child("bash", ["-c", command], { cwd: this.#folder, env: this.#env });
  }
}

import type { Options } from "tsup";

export declare function tsupOptions(overrides?: Options & { entry?: Record<string, string> }): Options;

import { staticEmbedder } from "@sotto/embed-static";
import { testEmbedder } from "./test-embedder.ts";

testEmbedder("static-v2", () => staticEmbedder(), { unknownText: "xqzzv wkkjq" });

import { staticEmbedder } from "@sotto/embed-static";
import { testEmbedder } from "./test-embedder.ts";

testEmbedder("static-v1", () => staticEmbedder(), { unknownText: "xqzzv wkkjq" });

import { testStorage } from "../../testing/storage/test-storage.ts";
import { memoryStorage } from "./memory-storage.ts";

testStorage("memoryStorage", async () => ({ storage: memoryStorage() }), { shareable: false });

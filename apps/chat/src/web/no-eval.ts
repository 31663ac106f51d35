import { config } from "zod";

// Before anything makes a schema: the page's security policy allows no code made of text, and trying it is reported.
config({ jitless: true });

export { examine, mend, type StoreExamination } from "./examine.ts";
export { exportUser } from "./export-user.ts";
export { type Forgets, type ForgetWhat, forgetMethods } from "./forget-methods.ts";
export type { ForgetResult } from "./forget-result.ts";
export { Forgetting } from "./forgetting.ts";
export { Retention } from "./retention.ts";
export { SessionOwners } from "./session-owners.ts";

import { testStorage } from "@sotto/core/testing";
import { describeWithPostgres, freshStore } from "./helpers/with-postgres.ts";

describeWithPostgres((server) => {
  testStorage("postgresStorage", () => freshStore(server()));
});

import { testStorage } from "@sotto/core/testing";
import { describeWithPostgres, freshStore } from "./with-postgres.ts";

describeWithPostgres((server) => {
  testStorage("postgresStorage", () => freshStore(server()));
});

export { default } from "@sotto-internal/jest";

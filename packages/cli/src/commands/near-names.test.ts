import { nearNames } from "./near-names.ts";

it("suggests names with few letters changed, nearest first", () => {
  expect(nearNames("handbok", ["handbook", "manuals", "handbooks"])).toEqual(["handbook", "handbooks"]);
});

it("suggests names that contain what was typed, and nothing for something else", () => {
  expect(nearNames("help", ["customer-help-center", "prices"])).toEqual(["customer-help-center"]);
  expect(nearNames("zzz", ["manuals"])).toEqual([]);
});

import fc from "fast-check";
import {
  encodePart,
  indexKey,
  indexKeyPrefix,
  parseKey,
  permanentKey,
  profileKey,
  projectKeyPrefix,
  sessionKey,
  sessionKeyPrefix,
  userKey,
  userKeyPrefix,
} from "./keys.ts";

const part = fc.string({ unit: "grapheme", minLength: 1 });

describe("storage keys", () => {
  it("have the documented form", () => {
    expect(indexKey("default", "faq")).toBe("default/index/faq");
    expect(profileKey("default", "ada")).toBe("default/user/ada/profile");
    expect(permanentKey("default", "ada")).toBe("default/user/ada/permanent");
    expect(userKey("default", "ada", "sessions")).toBe("default/user/ada/sessions");
    expect(sessionKey("default", "call-1")).toBe("default/session/call-1");
  });

  it("encode every part, so that a slash, a dot or a tilde in a name cannot change what the key means", () => {
    expect(indexKey("a/b", "../x")).toBe("a%2Fb/index/%2E%2E%2Fx");
    expect(permanentKey("p", "~ada@example.com")).toBe("p/user/%7Eada%40example%2Ecom/permanent");
    expect(encodePart("größe 20 %")).toBe("gr%C3%B6%C3%9Fe%2020%20%25");
  });

  it("come apart into what they were made of", () => {
    fc.assert(
      fc.property(part, part, part, (project, name, log) => {
        expect(parseKey(indexKey(project, name))).toEqual({ project, kind: "index", index: name });
        expect(parseKey(sessionKey(project, name))).toEqual({ project, kind: "session", session: name });
        expect(parseKey(userKey(project, name, log))).toEqual({ project, kind: "user", user: name, log });
      }),
    );
  });

  it("begin with the prefixes that list them, and with no other user's", () => {
    expect(indexKey("p.1", "x").startsWith(indexKeyPrefix("p.1"))).toBe(true);
    expect(sessionKey("p.1", "x").startsWith(sessionKeyPrefix("p.1"))).toBe(true);
    expect(profileKey("p", "ada").startsWith(userKeyPrefix("p", "ada"))).toBe(true);
    expect(profileKey("p", "adam").startsWith(userKeyPrefix("p", "ada"))).toBe(false);
    expect(userKeyPrefix("p", "ada").startsWith(projectKeyPrefix("p"))).toBe(true);
  });

  it.each(["", "p", "p/index", "p/index/", "p/index/a/b", "p/other/a", "p/user/ada", "p/index/a.b", "p/index/%zz"])(
    "of another form are not taken apart: %j",
    (key) => {
      expect(parseKey(key)).toBeUndefined();
    },
  );

  it("refuse an empty part and half a surrogate pair", () => {
    expect(() => indexKey("p", "")).toThrow("index is not valid: a part of a storage key must be a string");
    expect(() => sessionKey("p", "\ud800")).toThrow("session is not valid: it holds half of a surrogate pair.");
  });
});

import { parseUrl } from "./url.ts";

describe("the URL of a database", () => {
  it("names user, password, hosts, ports and database", () => {
    expect(parseUrl("postgres://ann:p%40ss%3Aw%2Frd@db1:6000,db2/mem%20ory")).toMatchObject({
      user: "ann",
      password: "p@ss:w/rd",
      hosts: [
        { host: "db1", port: 6000 },
        { host: "db2", port: 5432 },
      ],
      database: "mem ory",
    });
  });

  it("has the database of the user's name when it names none", () => {
    expect(parseUrl("postgresql://ann@db")).toMatchObject({ database: "ann", password: undefined });
  });

  it("knows IPv6 addresses, and sockets by their folder", () => {
    expect(parseUrl("postgres://u@[::1]:6000/d").hosts).toEqual([{ host: "::1", port: 6000 }]);
    expect(parseUrl("postgres://u@/d?host=/run/postgresql&port=6001").hosts).toEqual([
      { host: "/run/postgresql", port: 6001 },
    ]);
    expect(parseUrl("postgres://u@%2Frun%2Fpostgresql/d").hosts).toEqual([{ host: "/run/postgresql", port: 5432 }]);
  });

  it("says how the connection is kept secret", () => {
    const ssl = (mode: string) => parseUrl(`postgres://u@h/d?sslmode=${mode}`).ssl;
    expect([ssl("disable"), ssl("prefer"), ssl("require"), ssl("verify-full")]).toEqual([
      "disable",
      "prefer",
      "require",
      {},
    ]);
    expect(parseUrl("postgres://u@h/d").ssl).toBe("prefer");
    expect(() => ssl("maybe")).toThrow("sslmode must be one of");
  });

  it("passes parameters of the session on", () => {
    expect(parseUrl("postgres://u@h/d?options=-c%20work_mem%3D8MB&sslmode=disable").session).toEqual({
      options: "-c work_mem=8MB",
    });
  });

  it("takes hosts that write, and no others", () => {
    expect(() => parseUrl("postgres://u@a,b/d?target_session_attrs=read-write")).not.toThrow();
    expect(() => parseUrl("postgres://u@a,b/d?target_session_attrs=standby")).toThrow("a store writes");
  });

  it.each([
    "",
    "mysql://u:secret@h/d",
    "postgres:/u:secret@h",
    "postgres://u:secret@h:x/d",
    "postgres://u:secret@h:99999/d",
    "postgres://u:secret%zz@h/d",
  ])("refuses %p without saying the password", (url) => {
    expect(() => parseUrl(url)).toThrow(expect.objectContaining({ code: "argument.invalid" }));
    expect(() => parseUrl(url)).not.toThrow("secret");
  });
});

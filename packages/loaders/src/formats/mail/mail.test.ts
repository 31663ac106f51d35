import { load } from "../../load.ts";

const eml = (...lines: string[]) => load(Buffer.from(lines.join("\r\n")), { name: "a.eml" });

it("reads a mail with sender, subject and date, whatever its encoding", async () => {
  const { documents, report } = await eml(
    "From: =?UTF-8?Q?J=C3=BCrgen?= <j@example.org>",
    "To: Shop <shop@example.org>, b@example.org",
    "Date: Thu, 12 Mar 2026 10:00:00 +0100",
    "Subject: =?UTF-8?B?T2ZlbiBkZWZla3Q=?=",
    "Content-Type: text/plain; charset=iso-8859-1",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "Die T=FCr schlie=DFt nicht.",
  );
  expect(documents).toMatchObject([
    {
      id: "a.eml",
      title: "Ofen defekt",
      text: "From: Jürgen <j@example.org>\nTo: Shop <shop@example.org>, b@example.org\nDate: 2026-03-12T09:00:00.000Z\n\nDie Tür schließt nicht.",
      metadata: {
        from: "Jürgen <j@example.org>",
        to: ["Shop <shop@example.org>", "b@example.org"],
        subject: "Ofen defekt",
      },
    },
  ]);
  expect(report.charsLeftOut).toBe(0);
});

it("reads HTML bodies, and attachments as documents of their own; names the others", async () => {
  const { documents, report } = await eml(
    "From: a@example.org",
    "Subject: Prices",
    'Content-Type: multipart/mixed; boundary="x"',
    "",
    "--x",
    "Content-Type: text/html; charset=utf-8",
    "",
    "<p>See the <b>table</b>.</p>",
    "--x",
    'Content-Type: text/csv; name="p.csv"',
    'Content-Disposition: attachment; filename="p.csv"',
    "",
    "sku,name",
    "A-1,Belt",
    "A-2,Drum,x",
    "--x",
    'Content-Type: image/png; name="photo.png"',
    'Content-Disposition: attachment; filename="photo.png"',
    "Content-Transfer-Encoding: base64",
    "",
    "iVBORw0KGgo=",
    "--x--",
  );
  expect(documents).toMatchObject([
    { id: "a.eml", text: "From: a@example.org\n\nSee the table." },
    { id: "a.eml:p.csv:1", text: "sku: A-1\nname: Belt", metadata: { attachment: "p.csv" } },
  ]);
  expect(report.leftOut).toEqual([
    { place: "p.csv, row 2", reason: "bad row", chars: 7, what: "3 columns instead of 2" },
    { place: "photo.png", reason: "embedded", chars: 0, what: "8 bytes" },
  ]);
});

it("refuses what is no Outlook message", async () => {
  await expect(load(Buffer.from("no message"), { name: "a.msg" })).rejects.toMatchObject({ code: "loader.unreadable" });
});

import { load } from "../../load.ts";

it("finds the rows of a feed or an export, and reads HTML within", async () => {
  const rss = `<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><title>Öfen</title><!-- x --><item><title>New door</title><description>&lt;p&gt;It is &lt;b&gt;hot&lt;/b&gt;.&lt;/p&gt;</description><category>doors</category><category>ovens</category></item><item><title>Sale</title><description><![CDATA[All < 9]]></description></item></channel></rss>`;
  const { documents, report } = await load(Buffer.from(rss, "latin1"), { name: "a.xml" });
  expect(documents).toMatchObject([
    {
      title: "New door",
      text: "It is hot.\ntitle: New door\ncategory: doors, ovens",
      metadata: { category: ["doors", "ovens"] },
    },
    { title: "Sale", text: "All < 9\ntitle: Sale" },
  ]);
  expect(report).toMatchObject({ charsLeftOut: 1, leftOut: [{ reason: "comment" }] });
  const parts = '<parts><part sku="A-1"><name>Belt</name></part><part sku="A-2"><name>Drum</name></part></parts>';
  expect((await load(Buffer.from(parts), { name: "a.xml" })).documents.map(({ text }) => text)).toEqual([
    "sku: A-1\nname: Belt",
    "sku: A-2\nname: Drum",
  ]);
});

import { load } from "../../load.ts";

const turns = async (name: string, text: string) => {
  const { documents, report } = await load(Buffer.from(text), { name });
  return { report, turns: documents.map(({ text: said, metadata = {} }) => [metadata.time, metadata.speaker, said]) };
};

it("reads WebVTT by speaker, and leaves notes, styles and marks out", async () => {
  const vtt = `WEBVTT - Support call

STYLE
::cue { color: red }

NOTE made by the switchboard

1
00:00:02.000 --> 00:00:04.000 align:start
<v Ben>My oven <c.loud>door</c> is

2
00:00:04.000 --> 00:00:06.000
<v Ben>stuck &amp; hot.

01:00:07.500 --> 01:00:09.000
<v Agent Smith>We come on <00:00:08.000>Friday.`;
  const { turns: said, report } = await turns("a.vtt", vtt);
  expect(said).toEqual([
    ["0:00:02", "Ben", "Ben: My oven door is stuck & hot."],
    ["1:00:07", "Agent Smith", "Agent Smith: We come on Friday."],
  ]);
  expect(report.leftOut.map(({ place, reason }) => `${place} ${reason}`)).toEqual(["head comment", "note comment"]);
});

it("reads SRT, with names before what is said, and as passages without", async () => {
  const srt = (...texts: string[]) =>
    texts.map((text, n) => `${n + 1}\n00:00:0${n},000 --> 00:00:0${n},900\n${text}\n`).join("\n");
  expect((await turns("a.srt", srt("Ben: The oven", "Ben: is hot.", "ANA: Good."))).turns).toEqual([
    ["0:00:00", "Ben", "Ben: The oven is hot."],
    ["0:00:02", "ANA", "ANA: Good."],
  ]);
  expect((await turns("a.srt", srt("<i>The oven</i>", "{\\an8}is hot."))).turns).toEqual([
    ["0:00:00", undefined, "The oven is hot."],
  ]);
});

it("says once what rolling captions say twice", async () => {
  const vtt =
    "WEBVTT\n\n00:01.000 --> 00:02.000\nthe oven\n\n00:02.000 --> 00:03.000\nthe oven\nis hot\n\n00:03.000 --> 00:04.000\nis hot\nnow\n";
  expect((await turns("a.vtt", vtt)).turns).toEqual([["0:00:01", undefined, "the oven is hot now"]]);
});

it.each([
  [
    "time, name and text on a line",
    "Call of 12 March\n\n00:00:05 Ana Gray: Is the oven hot?\n00:00:09 Ben: It is.\nAnd loud.\n00:00:14 Ana Gray: Turn it off.\n",
  ],
  [
    "the time in brackets",
    "Call of 12 March\n[0:05] Ana Gray: Is the oven hot?\n[0:09] Ben: It is. And loud.\n[0:14] Ana Gray: Turn it off.\n",
  ],
  [
    "name and time above the text",
    "Call of 12 March\n\nAna Gray   0:05\nIs the oven hot?\n\nBen   0:09\nIt is.\nAnd loud.\n\nAna Gray   0:14\nTurn it off.\n",
  ],
  [
    "name above the text, the time in brackets",
    "Call of 12 March\n\nAna Gray (00:05):\nIs the oven hot?\n\nBen (00:09):\nIt is. And loud.\n\nAna Gray (00:14):\nTurn it off.\n",
  ],
])("reads a transcript with %s", async (_, text) => {
  const { turns: said, report } = await turns("call.txt", text);
  expect(said).toEqual([
    [undefined, undefined, "Call of 12 March"],
    ["0:00:05", "Ana Gray", "Ana Gray: Is the oven hot?"],
    ["0:00:09", "Ben", "Ben: It is. And loud."],
    ["0:00:14", "Ana Gray", "Ana Gray: Turn it off."],
  ]);
  expect(report.charsLeftOut).toBe(0);
});

it("reads a transcript with times between the turns, and with arrows", async () => {
  const meet = "00:00:00\n\nAna: Hello there.\nBen: Hello.\n00:05:00\nAna: Is it hot?\nBen: It is.\n";
  expect((await turns("call.txt", meet)).turns.map(([time, speaker]) => [time, speaker])).toEqual([
    ["0:00:00", "Ana"],
    ["0:00:00", "Ben"],
    ["0:05:00", "Ana"],
    ["0:05:00", "Ben"],
  ]);
  const teams = ["Ana\nHello.", "Ben\nYes?", "Ana\nIt is hot.", "Ben\nOh."]
    .map((said, n) => `0:0:${n}.0 --> 0:0:${n + 1}.0\n${said}`)
    .join("\n\n");
  expect((await turns("call.txt", teams)).turns[2]).toEqual(["0:00:02", "Ana", "Ana: It is hot."]);
});

it("takes no other text for a transcript", async () => {
  const texts = [
    "Name: Oven\nWeight: 4 kg\nColour: red\nPrice: 9\nStock: 3\n",
    "Q: How long?\nA: Two days.\nQ: How much?\nA: Nine euros.\nQ: And then?\nA: Nothing.\n",
    "INFO: started\nERROR: failed\nINFO: again\nERROR: failed\nINFO: done\n",
    "The shop opens at 10:00\nand closes at 18:00.\nOn Sundays: never.\n",
  ];
  for (const text of texts) expect((await turns("a.txt", text)).turns).toEqual([[undefined, undefined, text]]);
});

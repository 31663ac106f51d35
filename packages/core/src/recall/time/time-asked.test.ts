import { timeAsked } from "./time-asked.ts";

// A Wednesday.
const NOW = Date.UTC(2023, 5, 14, 10);

function days(question: string, timeZone = "UTC"): string | undefined {
  const range = timeAsked(question, NOW, timeZone)?.range;
  return range && `${new Date(range.from).toISOString().slice(0, 10)}/${new Date(range.to).toISOString().slice(0, 10)}`;
}

describe("the time that a question asks for", () => {
  it.each([
    ["What did we talk about on 8 May 2023?", "2023-05-08/2023-05-09"],
    ["What happened on May 8th, 2023?", "2023-05-08/2023-05-09"],
    ["Our conversation of 2023-05-08", "2023-05-08/2023-05-09"],
    ["What did I say on 5/8/2023?", "2023-05-08/2023-05-09"],
    ["Was habe ich am 8. Mai 2023 gesagt?", "2023-05-08/2023-05-09"],
    ["Worüber sprachen wir am 08.05.2023?", "2023-05-08/2023-05-09"],
    ["¿Qué dije el 8 de mayo de 2023?", "2023-05-08/2023-05-09"],
    ["Qu'est-ce que j'ai dit le 8 mai 2023 ?", "2023-05-08/2023-05-09"],
    ["What did I order on 20 December?", "2022-12-20/2022-12-21"],
    ["What happened in May 2023?", "2023-05-01/2023-06-01"],
    ["What did I say in May?", "2023-05-01/2023-06-01"],
    ["Was war im Mai?", "2023-05-01/2023-06-01"],
    ["¿Qué pasó en mayo?", "2023-05-01/2023-06-01"],
    ["Que s'est-il passé en mai 2023 ?", "2023-05-01/2023-06-01"],
    ["What did I ask you yesterday?", "2023-06-13/2023-06-14"],
    ["Was habe ich gestern gefragt?", "2023-06-13/2023-06-14"],
    ["¿Qué te pregunté ayer?", "2023-06-13/2023-06-14"],
    ["Qu'est-ce que j'ai demandé hier ?", "2023-06-13/2023-06-14"],
    ["the day before yesterday", "2023-06-12/2023-06-13"],
    ["What did we talk about last week?", "2023-06-05/2023-06-12"],
    ["Was war letzte Woche?", "2023-06-05/2023-06-12"],
    ["¿De qué hablamos la semana pasada?", "2023-06-05/2023-06-12"],
    ["la semaine dernière", "2023-06-05/2023-06-12"],
    ["last month", "2023-05-01/2023-06-01"],
    ["two weeks ago", "2023-05-29/2023-06-05"],
    ["vor drei Tagen", "2023-06-11/2023-06-12"],
    ["hace dos meses", "2023-04-01/2023-05-01"],
    ["il y a trois jours", "2023-06-11/2023-06-12"],
    ["What did I say on Monday?", "2023-06-12/2023-06-13"],
    ["What did I buy in 2022?", "2022-01-01/2023-01-01"],
    ["before Christmas", "1970-01-01/2022-12-24"],
    ["since May 2023", "2023-05-01/2023-06-15"],
  ])("%s: %s", (question, expected) => expect(days(question)).toBe(expected));

  it.each([
    ["the last time we spoke", "lastCall"],
    ["What did I call about the first time?", "firstCall"],
    ["What was my last request?", "newest"],
    ["Where did I originally live?", "oldest"],
    ["das letzte Mal", "lastCall"],
    ["la última vez", "lastCall"],
    ["la première fois", "firstCall"],
  ])("%s: %s", (question, order) => expect(timeAsked(question, NOW, "UTC")?.order).toBe(order));

  it.each(["May I ask you something?", "I have 3 dogs", "Which car do I drive?", "Call me at 555 0101"])(
    "is none in %j",
    (question) => expect(timeAsked(question, NOW, "UTC")).toBeUndefined(),
  );

  it("begins and ends with the day of the user's time zone", () => {
    expect(timeAsked("yesterday", NOW, "America/New_York")?.range?.from).toBe(Date.UTC(2023, 5, 13, 4));
    expect(timeAsked("yesterday", NOW, "Asia/Tokyo")?.range?.to).toBe(Date.UTC(2023, 5, 13, 15));
  });

  it("tells a question about a time from one about a thing at a time", () => {
    expect(timeAsked("What did we talk about yesterday?", NOW)?.onlyTime).toBe(true);
    expect(timeAsked("Worüber haben wir gestern gesprochen?", NOW)?.onlyTime).toBe(true);
    expect(timeAsked("¿De qué hablamos ayer?", NOW)?.onlyTime).toBe(true);
    expect(timeAsked("De quoi avons-nous parlé hier ?", NOW)?.onlyTime).toBe(true);
    expect(timeAsked("What did I say about my boiler yesterday?", NOW)?.onlyTime).toBe(false);
  });
});

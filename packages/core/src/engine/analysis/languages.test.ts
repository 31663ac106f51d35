import { analyze, forEachTerm } from "./analyze.ts";
import { queryTerms } from "./analyze-query.ts";
import { languageCodes } from "./languages/language-table.ts";

const terms = (text: string) => analyze(text).map(({ text: term }) => term);
const languageOf = (text: string) => forEachTerm(text, () => undefined);

/** Whether some content word of the query, searched for in texts of the document's language, is in the document. */
function finds(query: string, document: string): boolean {
  const held = new Set(terms(document));
  return queryTerms(query, { searched: [languageOf(document)] }).some(({ term, variants = [] }) =>
    [term, ...variants].some((each) => held.has(each)),
  );
}

describe("languages", () => {
  it.each([
    ["en", "What is the price of the router?"],
    ["de", "Was kostet der neue Router und wann kommt er?"],
    ["es", "¿Cuándo llega el paquete que pedí?"],
    ["fr", "Quand est-ce que le colis arrive chez nous?"],
    ["pt", "Quando é que chega a encomenda para mim?"],
    ["it", "Quando arriva il pacco che ho ordinato?"],
    ["nl", "Wanneer komt het pakje dat ik heb besteld?"],
    ["sv", "När kommer paketet som jag har beställt?"],
    ["tr", "Bu paket ne zaman gelir ve kim getirir?"],
    ["ro", "Când sosește coletul pe care l-am comandat?"],
    ["vi", "Khi nào gói hàng của tôi được giao?"],
    ["ru", "Когда придёт посылка, которую я заказал?"],
    ["el", "Πότε έρχεται το δέμα που παρήγγειλα;"],
    ["ar", "متى تصل الطرود التي طلبتها من الشركة؟"],
    ["hi", "मेरा पार्सल कब आएगा और कौन लाएगा?"],
    ["", "Router X200"],
  ])("knows %s by its plainest words", (code, text) => {
    expect(languageCodes[languageOf(text)]).toBe(code);
  });

  it.each([
    ["Rechnung", "Die Rechnungen sind in der Mappe"],
    ["rückgabe", "Wann sind Rückgaben möglich und was kosten sie?"],
    ["paquete", "Los paquetes llegan por la tarde"],
    ["colis livré", "Les colis sont livrés dans la journée"],
    ["pacco", "I pacchi o il pacco che sono arrivati"],
    ["evler", "Bu evin kapısı ve penceresi"],
    ["посылки", "Посылка придёт в понедельник"],
    ["إصلاح", "تكلفة الاصلاحات في هذا الشهر"],
  ])("finds %p by its stem in %p", (query, document) => {
    expect(finds(query, document)).toBe(true);
  });

  it.each([
    ["Entkalkungsvorgang", "Ein Ent\u00adkal\u00adkungs\u00advor\u00adgang", "soft hyphens"],
    ["parcel", "par\u200bcel", "a space of no width"],
    ["موعد", "مَوْعِدُ", "Arabic short vowels"],
    ["أجور", "اجور", "forms of alef"],
    ["الضمان", "الضمـــان", "tatweel"],
    ["שלום", "שָׁלוֹם", "points of Hebrew"],
    ["εγγύηση", "ΕΓΓΥΗΣΗ", "Greek accents"],
    ["счет", "Счёт", "ё"],
    ["lodz", "Łódź", "ł"],
    ["sonderborg", "Sønderborg", "ø"],
    ["dat hang", "Đặt hàng", "đ"],
    ["Strasse", "Straße", "ß"],
    ["Mueller", "Müller", "ue for ü"],
    ["Müller", "Mueller", "ü for ue"],
  ])("finds %p in %p whatever %s", (query, document) => {
    expect(finds(query, document)).toBe(true);
  });

  it("searches texts of several languages by the stems of each", () => {
    const [term] = queryTerms("houses", { language: 1, searched: [1, 2] });
    expect([term?.term, ...(term?.variants ?? [])]).toContain("hous");
  });
});

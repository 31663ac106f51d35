const folded = new Map<string, string>();
const MOST_FOLDED = 20_000;

/** A field's name without case, accents, spaces and signs: `Produkt-Name`, `produktname` and `PRODUKT NAME` are one. */
export function foldName(name: string): string {
  const known = folded.get(name);
  if (known !== undefined) return known;
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  // Rows of a table have the same names, over and over.
  if (folded.size < MOST_FOLDED) folded.set(name, plain);
  return plain;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" ").map(foldName));

/** Fields that hold a text made to be read, in order of preference; a record is about what stands there. */
export const TEXT_FIELDS: readonly ReadonlySet<string>[] = [
  words("text texte texto testo tekst текст テキスト 文本 텍스트 full_text page_content pageContent chunk"),
  words("content contents contenu contenido conteúdo contenuto inhalt inhoud содержание 内容 本文 内容文 내용"),
  words("body corps cuerpo corpo paragraphs paragraph absätze passage passages sections markdown document"),
  words("message messages nachricht mensaje mensagem messaggio bericht сообщение メッセージ 消息 메시지"),
];

/** Fields that describe a thing: the other columns, prices too, belong into its text. */
export const DESCRIPTION_FIELDS: readonly ReadonlySet<string>[] = [
  words(
    "description beschreibung artikelbeschreibung produktbeschreibung descripción descrição descrizione omschrijving beskrivning opis описание 説明 描述 설명",
  ),
];

/** Questions with their answers. */
export const TEXT_PAIRS: readonly (readonly [ReadonlySet<string>, ReadonlySet<string>])[] = [
  [
    words("question frage pregunta pergunta domanda vraag pytanie вопрос 質問 问题 질문"),
    words("answer antwort réponse respuesta resposta risposta antwoord odpowiedź ответ 回答 答案 답변"),
  ],
  [words("question"), words("réponse")],
  [words("q"), words("a")],
  [words("f"), words("a")],
  [words("prompt"), words("response")],
  [words("prompt"), words("completion")],
];

/** Fields that name a thing, in order of preference. */
export const TITLE_FIELDS: readonly ReadonlySet<string>[] = [
  words("title titel titre título titolo tytuł заголовок タイトル 标题 標題 제목"),
  words(
    "name names productname product_title article artikel artikelname bezeichnung nom nombre nome naam namn navn nazwa название имя 名前 名称 商品名 品名 이름",
  ),
  words("heading headline überschrift subject betreff sujet asunto assunto oggetto onderwerp тема 件名 主题"),
  words("question frage pregunta pergunta domanda vraag вопрос 質問 问题 질문"),
];

/** Fields that identify a row, when every row has a different one. */
export const ID_FIELDS: readonly ReadonlySet<string>[] = [
  words("id"),
  words("_id"),
  words("key"),
  words("slug"),
  words("uuid"),
];

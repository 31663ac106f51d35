import { type LanguageWords, phraseList, wordList } from "./language-words.ts";

export const french: LanguageWords = {
  code: "fr",
  stopWords: wordList(`le la les l un une des du de d ce cet cette ces ça cela c
    je j me m moi mon ma mes tu te t toi ton ta tes il elle on nous notre nos vous votre vos ils elles lui leur leurs se s son sa ses y en
    suis es est sommes êtes sont étais était étaient été être ai as a avons avez ont avais avait avaient eu avoir
    fais fait faites font faire peux peut pouvons pouvez peuvent pourrait dois doit devez doivent vais va vont allez
    et ou mais si que qu comme quand donc car alors aussi très plus
    à au aux dans par pour sur sous avec chez vers entre
    qui quoi quel quelle quels quelles où comment pourquoi combien lequel laquelle tout toute tous toutes jai jétais cest quest nest dun dune lon sil quil quelle`),
  hesitations: wordList("euh heu hum hmm mmm ben bah ah"),
  openings:
    phraseList(`alors, donc, bon, eh bien, enfin, bonjour, bonsoir, salut, allô, oui, ouais, ok, okay, daccord, dites, dis, écoutez, écoute, excusez moi,
    excuse moi, pardon, tiens, voilà, en fait, et, mais, du coup, merci, sil vous plaît, voyons, attendez`),
  closings:
    phraseList(`merci, sil vous plaît, sil te plaît, svp, merci beaucoup, hein, quoi, voilà, ok, okay, daccord, non, vous savez, tu sais, ou quelque chose,
    ou quelque chose comme ça, et tout, et tout ça, en fait, si possible, au revoir, bonne journée, merci davance, merci bien`),
  phrases:
    phraseList(`je voulais demander si, je voulais demander, je voulais vous demander, je voudrais demander, je voulais savoir si, je voulais savoir,
    je voudrais savoir si, je voudrais savoir, jaimerais savoir si, jaimerais savoir, jaurais voulu savoir, je veux savoir, je me demandais si, je me demandais,
    je me demande si, jai une question, jaurais une question, une question, petite question, une petite question, ma question est, pouvez vous me dire,
    pourriez vous me dire, peux tu me dire, est ce que vous pouvez me dire, est ce que vous savez, dites moi, dis moi, savez vous si, savez vous, tu sais si,
    pouvez vous maider, pourriez vous maider, peux tu maider, est ce que vous pouvez maider, désolé de vous déranger, excusez moi de vous déranger, je suis désolé,
    désolé, est ce que, je veux dire, je pense que, je pense, je crois que, je crois, si vous voulez, si on veut, comment dire, vous voyez ce que je veux dire,
    vous voyez, tu vois, vous savez, en fait, à vrai dire, pour être honnête, je ne sais pas, je sais pas, un peu, genre, quelque chose comme ça,
    ou un truc comme ça, si ça a du sens, si possible, si ça ne vous dérange pas, ce serait super, ce serait gentil, ça serait super, merci beaucoup,
    merci davance, merci pour votre aide, merci bien, sil vous plaît, sil te plaît, comment allez vous, ça va, au fait, dailleurs`),
  weak: wordList("alors donc bon enfin voilà bonjour merci oui ouais ok genre vraiment juste peut-être quoi hein bref"),
  questionWords: wordList(
    "qui que quoi quel quelle quels quelles quand où comment pourquoi combien est sont puis peut",
  ),
};

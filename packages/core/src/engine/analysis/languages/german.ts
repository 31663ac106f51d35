import { type LanguageWords, phraseList, wordList } from "./language-words.ts";

export const german: LanguageWords = {
  code: "de",
  stopWords:
    wordList(`der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem jener jene
    ich mich mir mein meine meinen meinem meiner meines du dich dir dein deine deinen deinem deiner er ihn ihm sein seine seinen
    seinem seiner sie ihr ihre ihren ihrem ihrer es wir uns unser unsere unseren unserem unserer euch euer eure sich man
    bin bist ist sind seid war waren warst wart gewesen sein habe hast hat haben habt hatte hatten gehabt werde wirst wird werden
    werdet wurde wurden worden kann kannst können könnt konnte konnten könnte könnten muss musst müssen musste mussten soll sollst
    sollen sollte sollten will willst wollen wollte wollten darf darfst dürfen durfte möchte möchten mag
    und oder aber denn sondern wenn weil dass daß ob als wie so dann doch auch noch schon nur sehr da dort hier
    in im an am auf aus bei beim mit nach von vom zu zum zur für um über durch gegen
    was wer wen wem wessen wann wo wohin woher warum wieso weshalb welche welcher welches welchen welchem
    etwas alle alles jeder jede jedes mehr es gibt`),
  hesitations: wordList("äh ähm öh öhm hm hmm mh mhm ah äähm"),
  openings:
    phraseList(`also, ja, so, nun, na, naja, tja, okay, ok, gut, hallo, hi, hey, servus, moin, grüß gott, guten tag, guten morgen,
    guten abend, entschuldigung, entschuldigen sie, verzeihung, tschuldigung, genau, ach, ach ja, übrigens, eigentlich, und, aber, sagen sie,
    sag mal, sagen sie mal, hören sie, schauen sie, moment, einen moment, bitte, danke, mal, eben, gerade, halt, wissen sie`),
  closings:
    phraseList(`danke, dankeschön, bitte, vielen dank, danke schön, besten dank, danke sehr, ja, oder, ne, gell, nicht wahr, oder so, und so,
    und so weiter, okay, ok, tschüss, wissen sie, weißt du, eigentlich, denn, mal, halt, vielleicht, danke im voraus, auf wiederhören,
    schönen tag noch`),
  phrases:
    phraseList(`ich wollte mal fragen ob, ich wollte mal fragen, ich wollte fragen ob, ich wollte fragen, ich wollte nur fragen, ich wollte mal wissen,
    ich wollte wissen ob, ich wollte wissen, ich möchte wissen, ich möchte gerne wissen, ich würde gerne wissen, ich würde gern wissen, ich hätte gerne gewusst,
    ich hätte gern gewusst, ich hätte da mal eine frage, ich hätte eine frage, ich habe eine frage, ich hab eine frage, ich hab mal eine frage, eine frage,
    kurze frage, nur eine frage, meine frage ist, meine frage wäre, darf ich fragen, darf ich sie fragen, ich frage mich ob, ich frage mich,
    ich habe mich gefragt, können sie mir sagen, könnten sie mir sagen, können sie mir bitte sagen, könnten sie mir bitte sagen, kannst du mir sagen,
    können sie mir erklären, können sie mir helfen, könnten sie mir helfen, kannst du mir helfen, wissen sie ob, wissen sie, weißt du, sagen sie mir,
    sag mir, sagen sie mir bitte, es tut mir leid, tut mir leid, tut mir leid dass ich störe, entschuldigen sie die störung, ich meine, ich glaube,
    ich denke, sozusagen, irgendwie, oder so ähnlich, oder so was, oder sowas, oder so, und so weiter, wie gesagt, ehrlich gesagt, um ehrlich zu sein,
    ich weiß nicht, wenn das sinn macht, wenn sie verstehen was ich meine, verstehen sie, das wäre nett, das wäre toll, das wäre super, wäre super,
    wenn es geht, wenn möglich, wenn sie so nett wären, vielen lieben dank, vielen dank für ihre hilfe, danke für ihre hilfe, vielen dank, herzlichen dank,
    danke im voraus, mal schauen, wie geht es ihnen, wie gehts`),
  weak: wordList(
    "eigentlich halt eben mal irgendwie vielleicht bitte danke hallo okay ok naja quasi sozusagen wirklich einfach ziemlich gerne gern",
  ),
  questionWords: wordList(
    "was wer wen wem wann wo wohin woher warum wieso weshalb wie welche welcher welches ist sind hat haben kann können gibt muss darf",
  ),
};

import { type LanguageWords, phraseList, wordList } from "./language-words.ts";

export const dutch: LanguageWords = {
  code: "nl",
  stopWords: wordList(`de het een t dit dat deze die
    ik me mij mijn je jij jou jouw jullie u uw hij hem zijn zij ze haar wij we ons onze hun hen zich
    ben bent is was waren geweest wezen heb hebt heeft hebben had hadden gehad word wordt worden werd werden
    kan kun kunt kunnen kon konden moet moeten moest wil wilt willen wilde mag mogen zal zult zullen zou zouden ga gaat gaan
    en of maar want als dan dus omdat toen ook nog al heel zeer er daar hier
    in op aan bij met van voor naar uit over door om te tot tegen
    wat wie waar wanneer waarom hoe welk welke waarheen iets alle alles elk elke meer`),
  hesitations: wordList("eh ehm uh uhm hm hmm mm"),
  openings:
    phraseList(`nou, ja, dus, oké, ok, goed, hallo, hoi, hey, dag, goedemorgen, goedemiddag, goedenavond, luister, kijk, sorry, pardon, neem me niet kwalijk, zeg, eigenlijk,
    en, maar, trouwens, even, alsjeblieft, alstublieft, bedankt, momentje, weet je`),
  closings:
    phraseList(`bedankt, dank je, dank je wel, dank u, dank u wel, alsjeblieft, alstublieft, graag, hoor, hè, toch, oké, ok, ofzo, of zo, enzo, en zo, weet je, of zoiets, doei,
    tot ziens, alvast bedankt, eigenlijk, misschien`),
  phrases:
    phraseList(`ik wilde vragen of, ik wilde vragen, ik wou vragen of, ik wou vragen, ik wilde even vragen, ik wil graag vragen, ik zou willen vragen, ik wilde weten of, ik wilde weten,
    ik wil graag weten, ik wil weten, ik zou graag willen weten, ik zou willen weten, ik vroeg me af of, ik vroeg me af, ik vraag me af, ik heb een vraag, ik had een vraag, ik heb een vraagje,
    een vraag, een vraagje, even een vraag, mijn vraag is, mag ik vragen, kunt u mij vertellen, kun je me vertellen, kunt u me zeggen, kun je me zeggen, kan je me zeggen, zou u mij kunnen vertellen,
    vertel me, zeg me, weet u of, weet u, weet jij of, weet je of, kunt u mij helpen, kunt u me helpen, kun je me helpen, zou u mij kunnen helpen, sorry dat ik stoor, sorry voor het storen, het spijt me,
    ik bedoel, ik denk dat, ik denk, ik geloof dat, zeg maar, een beetje, een soort van, soort van, om eerlijk te zijn, eerlijk gezegd, ik weet het niet, als je begrijpt wat ik bedoel,
    als dat logisch is, begrijpt u, snap je, of zoiets, of iets dergelijks, dat soort dingen, zou fijn zijn, dat zou fijn zijn, dat zou geweldig zijn, als het kan, als dat kan, indien mogelijk,
    heel erg bedankt, hartelijk bedankt, hartelijk dank, alvast bedankt, bedankt voor je hulp, bedankt voor uw hulp, dank u wel, dank je wel, hoe gaat het`),
  weak: wordList("nou eigenlijk gewoon even hallo bedankt oké ok misschien best wel graag alstublieft alsjeblieft"),
  questionWords: wordList("wat wie waar wanneer waarom hoe welk welke is zijn heeft hebben kan kunnen moet mag"),
};

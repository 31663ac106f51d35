import { type LanguageWords, phraseList, wordList } from "./language-words.ts";

export const italian: LanguageWords = {
  code: "it",
  stopWords: wordList(`il lo la i gli le l un uno una questo questa questi queste quello quella quelli quelle ciò
    io mi me mio mia miei mie tu ti te tuo tua tuoi tue lui lei egli ella noi ci nostro nostra nostri nostre voi vi vostro vostra vostri vostre loro si suo sua suoi sue ne
    sono sei è siamo siete era erano ero fu stato stata stati essere ho hai ha abbiamo avete hanno avevo aveva avere
    posso puoi può possiamo potete possono potrebbe devo deve dobbiamo devono vado va vanno
    e ed o ma se che come quando perché poi già anche molto più
    di del dello della dei degli delle a al allo alla ai agli alle da dal dalla dai dalle in nel nello nella nei nelle con su sul sulla sui sulle per tra fra
    chi cosa quale quali dove quanto quanta quanti quante tutto tutta tutti tutte qualcosa cè dovè comè`),
  hesitations: wordList("ehm eh uhm mmm hmm ah"),
  openings:
    phraseList(`allora, dunque, beh, bene, ecco, ciao, salve, buongiorno, buonasera, pronto, senta, senti, guardi, guarda, sì, ok, okay, va bene, scusi, scusa,
    mi scusi, cioè, quindi, e, ma, insomma, in realtà, per favore, grazie, dica, comunque, praticamente`),
  closings:
    phraseList(`grazie, per favore, per piacere, grazie mille, ok, okay, no, vero, sa, sai, capisce, o qualcosa del genere, e così via, e tutto il resto, cortesemente,
    se possibile, arrivederci, grazie in anticipo`),
  phrases:
    phraseList(`volevo chiedere se, volevo chiedere, volevo chiederle, vorrei chiedere, volevo sapere se, volevo sapere, vorrei sapere se, vorrei sapere, mi piacerebbe sapere,
    voglio sapere, mi chiedevo se, mi chiedevo, mi domandavo se, ho una domanda, avrei una domanda, una domanda, una domandina, la mia domanda è, può dirmi, potrebbe dirmi,
    mi può dire, mi potrebbe dire, puoi dirmi, mi puoi dire, mi dica, dimmi, sa se, sai se, sa dirmi, mi può aiutare, può aiutarmi, potrebbe aiutarmi, mi puoi aiutare,
    scusi se la disturbo, scusi il disturbo, mi dispiace, voglio dire, cioè, diciamo, per così dire, a dire il vero, in realtà, ad essere sincero, penso che, credo che,
    non so, lo sa, capisce cosa intendo, se capisce cosa intendo, se ha senso, o qualcosa del genere, o cose così, tra l altro, a proposito, se non le dispiace, se possibile,
    se può, sarebbe fantastico, sarebbe ottimo, la ringrazio, grazie mille, molte grazie, grazie in anticipo, grazie per l aiuto, come sta, come va, per favore, per piacere`),
  weak: wordList(
    "allora dunque beh ecco ciao grazie favore cioè insomma praticamente davvero magari forse diciamo tipo",
  ),
  questionWords: wordList("chi cosa che quale quali quando dove come perché quanto quanta quanti quante è sono ha può"),
};

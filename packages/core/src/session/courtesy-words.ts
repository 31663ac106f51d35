/**
 * Greetings, thanks, farewells, fillers and exclamations, by language, in lower case without punctuation. A list is read
 * word by word; what only counts as a whole stands in `courtesyPhrases`.
 */
export const courtesyWords: readonly string[] = [
  // English
  `hi hello hey hiya howdy greetings good morning afternoon evening night day bye goodbye byebye see you later cheers
   thanks thank thx ty very so a lot much again please welcome nice great to meet talk soon have one there too
   sorry excuse me pardon um uh hmm mm mhm er erm ah oh ooh aw aww well haha hahaha ha lol wow yay whoa hooray
   take care everyone all guys folks dear sir madam likewise same anytime pleasure problem worries weekend`,
  // German
  `hallo hi guten tag morgen abend nacht gruss grüß grüss gruß gott servus moin tschüss tschüß tschüs tschau ciao wiedersehen
   wiederhören auf bis bald dann danke dankeschön vielen lieben dank schön sehr bitte bitteschön gern gerne geschehen
   entschuldigung verzeihung äh ähm hm tja ach oh na ja schönen noch einen herzlichen wunderbar`,
  // Spanish
  `hola buenos buenas días dias tardes noches adiós adios hasta luego pronto mañana chao gracias muchas muchísimas mil por
   favor de nada perdón perdon disculpe disculpa encantado encantada eh ay igualmente saludos`,
  // French
  `bonjour bonsoir salut coucou au revoir à a bientôt bientot demain merci beaucoup bien mille s il vous te plaît plait
   plaît de rien je en prie pardon excusez moi excuse désolé désolée euh ben bonne bon journée soirée nuit enchanté enchantée`,
  // Portuguese
  `olá ola oi bom boa dia tarde noite tchau até logo obrigado obrigada muito por favor de nada desculpe desculpa`,
  // Italian
  `ciao salve buongiorno buonasera buonanotte arrivederci a presto grazie mille tante molte prego per favore scusi scusa
   piacere`,
  // Dutch
  `hallo hoi goedemorgen goedemiddag goedenavond dag doei tot ziens straks dank je u wel bedankt alstublieft alsjeblieft
   graag gedaan sorry`,
];

/** Words of agreement, refusal and acknowledgement, by language. */
export const assentWords: readonly string[] = [
  `yes yeah yep yup yah sure ok okay k right correct exactly absolutely definitely certainly fine perfect cool alright
   no nope nah not really that is thats it s sounds works agreed indeed got understood i see do go ahead on noted done
   awesome amazing nice lovely wonderful fantastic excellent brilliant true of course`,
  `ja jawohl jo nein nee doch genau richtig stimmt klar natürlich okay ok gut prima super in ordnung verstanden alles einverstanden
   passt das ist so`,
  `sí si no claro vale bueno bien exacto correcto cierto perfecto entendido de acuerdo`,
  `oui non si d accord exact exactement parfait entendu bien sûr c est ça ok voilà`,
  `sim não nao claro certo exato perfeito entendi combinado está bem`,
  `sì si no certo esatto giusto perfetto va bene capito d accordo`,
  `ja nee klopt precies goed prima begrepen akkoord`,
];

/** Of those, what says yes or no; the others only acknowledge. */
export const answerWords: ReadonlySet<string> = new Set(
  `yes yeah yep yup no nope nah correct exactly right ja jawohl nein doch genau richtig stimmt sí no correcto exacto oui non
   exact exactement sim não nao exato sì esatto giusto nee klopt`.split(/\s+/u),
);

/** Offers of help and other phrases that a call begins or ends with, as `normalizedText` writes them. */
export const courtesyPhrases: readonly string[] = [
  "how can i help you today",
  "how can i help you",
  "how can i help",
  "how may i help you today",
  "how may i help you",
  "how may i help",
  "what can i do for you today",
  "what can i do for you",
  "is there anything else i can help you with",
  "is there anything else i can do for you",
  "is there anything else",
  "anything else",
  "you re welcome",
  "my pleasure",
  "no problem",
  "no worries",
  "not at all",
  "good to know",
  "thanks for letting me know",
  "thank you for letting me know",
  "glad to hear that",
  "nice to hear that",
  "happy to hear that",
  "sorry to hear that",
  "i am glad to hear that",
  "i m glad to hear that",
  "i m sorry to hear that",
  "i am sorry to hear that",
  "i will remember that",
  "i ll remember that",
  "i have noted that",
  "i have saved that",
  "congratulations",
  "gut zu wissen",
  "das freut mich",
  "das tut mir leid",
  "das habe ich notiert",
  "me alegro",
  "lo siento",
  "c est noté",
  "je suis désolé",
  "glad to help",
  "happy to help",
  "glad i could help",
  "one moment please",
  "one moment",
  "just a moment",
  "just a second",
  "how are you doing",
  "how are you",
  "have a nice day",
  "have a good one",
  "i m fine",
  "wie kann ich ihnen helfen",
  "wie kann ich dir helfen",
  "wie kann ich helfen",
  "was kann ich für sie tun",
  "was kann ich für dich tun",
  "was kann ich tun",
  "kann ich sonst noch etwas tun",
  "kann ich sonst noch etwas für sie tun",
  "sonst noch etwas",
  "kein problem",
  "keine ursache",
  "wie geht es ihnen",
  "wie geht es dir",
  "wie geht s",
  "einen moment",
  "en qué puedo ayudarle",
  "en qué puedo ayudarte",
  "en qué le puedo ayudar",
  "en qué te puedo ayudar",
  "en qué ayudo",
  "cómo puedo ayudarle",
  "cómo puedo ayudarte",
  "algo más",
  "cómo está usted",
  "cómo está",
  "cómo estás",
  "no hay de qué",
  "un momento",
  "comment puis je vous aider",
  "que puis je faire pour vous",
  "en quoi puis je vous aider",
  "comment allez vous",
  "comment ça va",
  "ça va",
  "autre chose",
  "pas de problème",
  "un instant",
  "como posso ajudar",
  "em que posso ajudar",
  "tudo bem",
  "come posso aiutarla",
  "come posso aiutarti",
  "come sta",
  "come stai",
  "hoe kan ik u helpen",
  "hoe kan ik je helpen",
  "hoe gaat het",
];

/** The same where words stand without spaces; read anywhere in a text. */
export const courtesyCharacters: readonly string[] =
  `谢谢你 谢谢您 谢谢 多谢 不客气 不用谢 没关系 你好 您好 再见 拜拜 早上好 下午好 晚上好 晚安 对不起 不好意思 有什么可以帮您 有什么可以帮你
   こんにちは こんばんは おはようございます おはよう ありがとうございます ありがとうございました ありがとう どういたしまして さようなら
   失礼します すみません もしもし はじめまして よろしくお願いします お願いします 감사합니다 고맙습니다 안녕하세요 안녕히 가세요 안녕 천만에요`.split(
    /\s+/u,
  );

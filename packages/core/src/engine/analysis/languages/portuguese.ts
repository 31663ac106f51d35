import { type LanguageWords, phraseList, wordList } from "./language-words.ts";

export const portuguese: LanguageWords = {
  code: "pt",
  stopWords:
    wordList(`o a os as um uma uns umas este esta estes estas esse essa esses essas aquele aquela isto isso aquilo
    eu me mim meu minha meus minhas tu te ti teu tua você vocês ele ela eles elas nós nos nosso nossa nossos nossas lhe lhes se seu sua seus suas
    sou és é somos são era eram foi foram ser sido estou está estamos estão estava estar tenho tem temos têm tinha ter há havia
    posso pode podemos podem poderia vou vai vamos vão e ou mas se que como quando porque pois já também muito mais
    de do da dos das em no na nos nas num numa com por pelo pela para pra ao aos à às sobre entre até
    quem qual quais onde quanto quanta quantos quantas quê tudo todo toda todos todas algo`),
  hesitations: wordList("ah eh hm hmm ahn hã é"),
  openings:
    phraseList(`então, bom, bem, olá, oi, alô, bom dia, boa tarde, boa noite, olha, olhe, escuta, escute, sim, ok, okay, tá, certo, desculpe, desculpa,
    com licença, e, mas, tipo, assim, na verdade, é que, pois, pronto, por favor, obrigado, obrigada, veja, ah`),
  closings:
    phraseList(`obrigado, obrigada, por favor, muito obrigado, muito obrigada, tá, ok, okay, né, sabe, certo, entende, ou algo assim, e tal, e tudo mais, valeu,
    se possível, tchau, até logo`),
  phrases:
    phraseList(`eu queria perguntar se, queria perguntar se, eu queria perguntar, queria perguntar, gostaria de perguntar, eu queria saber se, queria saber se,
    eu queria saber, queria saber, gostaria de saber se, gostaria de saber, eu gostaria de saber, quero saber, preciso saber, estava me perguntando se, estava a pensar se,
    tenho uma pergunta, tenho uma dúvida, uma pergunta, uma dúvida, minha pergunta é, a minha pergunta é, pode me dizer, poderia me dizer, pode dizer-me, podia dizer-me,
    você pode me dizer, você poderia me dizer, me diga, me diz, diga-me, você sabe se, sabe se, sabe me dizer, pode me ajudar, poderia me ajudar, pode ajudar-me,
    você pode me ajudar, desculpe incomodar, desculpa incomodar, sinto muito, quer dizer, ou seja, digamos, na verdade, para ser sincero, eu acho que, acho que, eu acho,
    não sei, sei lá, você sabe, sabe como é, entende, se faz sentido, se é que me entende, ou algo assim, ou coisa assim, e coisas assim, por sinal, a propósito,
    se não for incômodo, se for possível, se possível, seria ótimo, agradeço, muito obrigado, muito obrigada, obrigado desde já, obrigado pela ajuda, como vai, tudo bem, por favor`),
  weak: wordList("então bom bem olá oi obrigado obrigada favor tipo assim né realmente talvez pronto digamos"),
  questionWords: wordList(
    "quem qual quais quando onde como quanto quanta quantos quantas por que é são está tem há pode",
  ),
};

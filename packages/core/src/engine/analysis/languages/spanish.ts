import { type LanguageWords, phraseList, wordList } from "./language-words.ts";

export const spanish: LanguageWords = {
  code: "es",
  stopWords: wordList(`el la los las lo un una unos unas este esta estos estas ese esa esos esas aquel aquella esto eso
    yo me mí mi mis tú te ti tu tus él ella usted ustedes nosotros nosotras nos vosotros os ellos ellas le les se su sus
    nuestro nuestra nuestros nuestras soy eres es somos son era eran fue fueron ser sido estoy estás está estamos están estaba estar
    he has ha hemos han había haber hay tengo tienes tiene tenemos tienen tenía tener puedo puedes puede podemos pueden podría
    voy va vamos van y e o u pero si que como cuando porque pues ya también muy más
    de del a al en con por para desde hasta sobre entre
    qué quién quiénes cuál cuáles cuándo dónde adónde cómo cuánto cuánta cuántos cuántas todo toda todos todas algo`),
  hesitations: wordList("eh ehm em mmm hmm ah este"),
  openings:
    phraseList(`bueno, pues, a ver, hola, buenas, buenos días, buenas tardes, buenas noches, oiga, oye, mire, mira, vale, ok, okay, sí,
    perdón, perdone, disculpe, disculpa, entonces, y, pero, es que, o sea, claro, bien, por favor, gracias, verá, verás, en realidad, así que, ah, ay`),
  closings:
    phraseList(`gracias, por favor, muchas gracias, vale, ok, okay, no, verdad, sabe, sabes, entiende, o algo así, o algo, y eso, y tal, y todo eso,
    de verdad, si es posible, adiós, hasta luego, muy amable`),
  phrases:
    phraseList(`quería preguntar si, quería preguntar, quería preguntarle, quisiera preguntar, quiero preguntar, me gustaría preguntar, quería saber si,
    quería saber, quisiera saber si, quisiera saber, me gustaría saber si, me gustaría saber, quiero saber, necesito saber, me preguntaba si, me preguntaba,
    tengo una pregunta, tengo una duda, una pregunta, una preguntita, una duda, mi pregunta es, puede decirme, podría decirme, me puede decir, me podría decir,
    puedes decirme, me puedes decir, dígame, dime, me puede ayudar, me podría ayudar, puede ayudarme, podría ayudarme, me puedes ayudar, sabe usted si, sabe si,
    sabes si, sabe usted, perdone que le moleste, siento molestarle, perdón por la molestia, lo siento, o sea, es decir, digamos, la verdad es que, la verdad,
    no sé si me explico, no sé, ya sabe, ya sabes, me entiende, me entiendes, creo que, yo creo que, o algo así, y cosas así, y todo eso, por cierto, en fin,
    por así decirlo, si no es molestia, si es posible, si puede ser, se lo agradezco, se lo agradecería, muchas gracias, muchísimas gracias, gracias de antemano,
    gracias por su ayuda, cómo está, cómo estás, qué tal, por favor`),
  weak: wordList(
    "bueno pues vale gracias hola favor entonces digamos realmente simplemente quizás quizá oiga oye claro",
  ),
  questionWords: wordList(
    "qué quién cuál cuáles cuándo dónde cómo cuánto cuánta cuántos cuántas por es son está hay tiene puede",
  ),
};

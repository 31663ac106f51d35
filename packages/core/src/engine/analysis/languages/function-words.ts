import { wordList } from "./language-words.ts";

/** The plainest words of languages of which no more is known: they tell which language a text is in, and are its stop words. */
export const functionWords: Readonly<Record<string, readonly string[]>> = {
  sv: wordList(`och att det i på en ett som är av för med till den har de inte om var jag han hon vi ni ska kan från men så eller när
    vad vem hur varför vilken vilket min mitt mina din ditt dina sin sitt sina blir blev där här mycket också efter sedan hade skulle`),
  da: wordList(`og at det i på en et som er af for med til den har de ikke om var jeg han hun vi skal kan fra men så eller når
    hvad hvem hvor hvordan hvorfor hvilken hvilket min mit mine din dit dine sin sit sine bliver blev der her meget også efter havde skulle af`),
  no: wordList(`og å det i på en et som er av for med til den har de ikke om var jeg han hun vi skal kan fra men så eller når
    hva hvem hvor hvordan hvorfor hvilken hvilket min mitt mine din ditt dine sin sitt sine blir ble der her mye også etter hadde skulle`),
  fi: wordList(`ja on ei se että oli hän en ovat olen olet olemme mutta tai kun jos niin myös minä sinä me te he ne tämä tuo mitä mikä kuka
    missä milloin miksi miten kuinka jonka joka jotka sen sitä minun sinun hänen olivat ollut voi voiko kuin vain`),
  hu: wordList(`a az és hogy nem is egy ez azt van volt de ha mint csak meg már még én te ő mi ti ők ki mit mikor hol miért hogyan melyik
    vagy lesz lehet ezt arra ennek annak mely amely volt voltak után szerint`),
  ro: wordList(`și şi în la de cu pe un o al ale ai a să că este sunt era erau fost au am ai are fi din pentru prin mai nu care ce cine când unde cum
    câți câte cât cele cei cel lui lor lui sau dar după acest această aceste acestea acel către între despre fără i l se s-a într dintr`),
  tr: wordList(`ve bir bu da de için ile o ne olarak daha çok en gibi kadar sonra ise ya mi mı mu mü ki ben sen biz siz onlar değil var yok
    nasıl neden nerede hangi kim kaç olan oldu olduğu tarafından ama veya her bazı`),
  pl: wordList(`i w na z do się nie to jest że o jak co po za od przez ale czy dla są był była było być tak już tylko jego jej ich który która które
    gdzie kiedy kto dlaczego jaki jaka jakie mój twój ten ta te tym oraz lub`),
  cs: wordList(`a v na je se že to do s z o i jak pro by ale po za od co kde kdy kdo proč jaký jaká jaké který která které jsou byl byla bylo být
    nebo už jen jeho její ten ta má jsem jste`),
  id: wordList(`yang dan di ke dari untuk dengan pada adalah ini itu tidak dalam akan telah oleh atau saya anda kami mereka dia apa siapa kapan
    di mana bagaimana mengapa berapa bisa ada juga sebagai karena`),
  vi: wordList(`và của là có được trong cho các một những với không người này đã khi để từ về ở ra vào như hay bao gì nào ai đâu thế
    mà thì bị tại đến cũng theo trên sau nhiều năm nhất`),
  ru: wordList(`и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня еще нет о из ему
    когда ли если или ни быть был него до вас уже вам ведь там потом себя может они тут где есть мы тебя их чем была сам без будто чего раз тоже
    под будет кто этот того потому этого какой какая какие ним здесь этом один мой тем чтобы нее были куда зачем почему сколько это эта эти которые который которая`),
  el: wordList(`ο η το οι τα του της των τον την και να που με για από στο στη στην στον στους στις στα σε είναι ήταν δεν θα ως αυτό αυτή αυτός
    ένα μια ένας τι ποιος ποια ποιο ποιοι πότε πού πώς γιατί πόσο πόσα πόσοι ή αλλά όπως κατά μετά μου σου μας σας τους`),
  ar: wordList(`في من على إلى عن مع هذا هذه ذلك التي الذي الذين أن إن ان كان كانت هو هي هم ما ماذا متى أين كيف لماذا كم هل لا لم لن قد أو و ثم بعد قبل
    بين كل عند أي حيث منذ خلال كما غير`),
  hi: wordList(`का के की को में से ने है हैं था थी थे और एक यह वह इस उस पर भी कि जो तो ही नहीं या लिए साथ कर करने किया गया हो होता रहा
    क्या कौन कब कहाँ कैसे क्यों कितने कितना कितनी किस अपने इसके उनके द्वारा तक`),
};

import { type LanguageWords, phraseList, wordList } from "./language-words.ts";

export const english: LanguageWords = {
  code: "en",
  /** Words that change what is asked stay out: `not`, `no`, `on`, `off`, `up`, `down`, `before`, `after`, `without`, … */
  stopWords: wordList(`a an the this that these those
    i me my mine myself we us our ours ourselves you your yours yourself yourselves
    he him his himself she her hers herself it its itself they them their theirs themselves
    am is are was were be been being have has had having do does did doing
    will would shall should can could may might must ought
    and or but nor if so as than then because while
    of at by for with about into to from in
    what which who whom whose when where why how
    there here some any such each both all very just too also
    dont doesnt didnt isnt arent wasnt werent wont wouldnt cant cannot couldnt shouldnt hasnt havent hadnt mustnt aint
    im ive id youre youve theyre theyve weve hes shes thats whats lets`),
  hesitations: wordList("um umm uhm uh uhh er erm ehm hm hmm mm mmm mhm ah ahh"),
  openings:
    phraseList(`so, well, okay, ok, okey, yeah, yea, yes, yep, yup, hi, hello, hey, hiya, right, alright, all right, listen,
    look, anyway, anyways, anyhow, actually, basically, honestly, and, but, oh, sure, great, perfect, cool, now, then, just,
    like, thanks, thank you, please, good morning, good afternoon, good evening, good day, morning, excuse me, sorry, pardon me,
    hi there, hello there, hey there, there, guys, team, everyone, all, first of all, first off, to be honest, by the way, also,
    let me see, lets see, let me think, one moment, one second, wait, hang on, hold on, dear, good to hear from you,
    how are you, how are you doing, hows it going, nice to meet you, obviously, apparently, still, maybe, perhaps, again`),
  closings:
    phraseList(`thanks, thank you, please, cheers, bye, goodbye, okay, ok, right, you know, yeah, though, or something,
    or whatever, and so on, and stuff, and things, and all that, or so, i guess, i suppose, i think, if possible, so, now, actually,
    really, anyway, basically, then, for me, at all, again, exactly, by any chance, maybe, perhaps, um, ok thanks, bye bye, alright,
    mate, sir, madam, a lot, in advance, do you know, any idea, any ideas, and that, there, too, have a nice day, have a good one,
    take care`),
  phrases:
    phraseList(`i was wondering if, i was wondering whether, i was wondering, i was just wondering, i am wondering, im wondering,
    wondering if, wondering whether, i wonder if, i wonder whether, i wonder, i was curious about, i was curious if, i was curious,
    im curious about, im curious, i am curious, just curious, i wanted to ask about, i wanted to ask you, i wanted to ask if,
    i wanted to ask, i just wanted to ask, i want to ask, i would like to ask, id like to ask, i need to ask, can i ask you,
    can i ask, could i ask, may i ask, let me ask you, let me ask, i have a question about, i have a question, i had a question,
    ive got a question, ive a question, got a question, quick question for you, a quick question, quick question, one question,
    one more question, another question, just a question, my question is, the question is, the thing is, the point is,
    i wanted to know if, i wanted to know, i want to know if, i want to know, i would like to know, id like to know,
    id love to know, i need to know, i just want to know, i just need to know, i wanted to find out, i want to find out,
    im trying to find out, im trying to figure out, i am trying to find out, i wanted to check, i just wanted to check,
    could you tell me, can you tell me, would you tell me, could you please tell me, can you please tell me, please tell me,
    tell me please, tell me, do you know, do you happen to know, would you know, would you happen to know, do you remember,
    do you recall, can you remember, can you remind me, could you remind me, remind me, could you explain, can you explain,
    can you help me with, can you help me out, can you help me, could you help me with, could you help me out, could you help me,
    can you please help me, could you please help me, please help me, hope you can help me out here, hope you can help me,
    hope you can help, i hope you can help me, i hope you can help, i was hoping you could help me, i was hoping you could,
    i was hoping, maybe you can help me, maybe you can help, maybe you could help, if you can help me, if you could help me,
    i need some help with, i need help with, i need your help, id appreciate your help, id appreciate it, i would appreciate it,
    i would appreciate, much appreciated, appreciate it, appreciate your help, sorry to bother you but, sorry to bother you,
    sorry to trouble you, sorry to ask, sorry for asking, sorry about that, excuse me, i hope this makes sense,
    i hope that makes sense, hope that makes sense, if that makes sense, if this makes sense, does that make sense,
    if you know what i mean, you know what i mean, know what i mean, if you see what i mean, you see, you know, i mean, i guess,
    i suppose, i think, i dont know, i dunno, im not sure but, im not sure, i am not sure, not sure if, not sure whether,
    kind of like, kind of, sort of like, sort of, kinda, sorta, or something like that, something like that, or something along those lines,
    or anything like that, things like that, stuff like that, and stuff like that, and everything, and all that, or whatever,
    to be honest, to be honest with you, honestly speaking, as far as i know, as i said, like i said, as i was saying,
    like i was saying, by the way, in fact, as a matter of fact, at the end of the day, let me think, let me see, lets see, how do i put this,
    how should i put it, what do you call it, thank you so much, thank you very much, thanks so much, thanks very much,
    thanks a lot, thanks a million, many thanks, thanks in advance, thank you in advance, thank you, thanks for your help,
    thanks for the help, thank you for your help, thanks for your time, that would be great, that would be lovely,
    that would be helpful, that would be awesome, that would be nice, thatd be great, thatd be lovely, would be great, if possible,
    if you dont mind, if you dont mind me asking, if its not too much trouble, if thats okay, if thats ok, if thats alright,
    if you could, if you can, if you would, if you know, when you get a chance, when you have a moment, whenever you can, real quick,
    just quickly, no rush, no worries, have a great day, have a nice day, have a good day, how are you today, how are you doing today,
    how are you, hows it going, hope youre well, hope you are well, nice to talk to you, got a second, got a minute,
    do you have a minute, do you have a second`),
  weak: wordList(`wondering basically actually honestly literally obviously anyway please thanks thank sorry hello hi hey okay ok yeah yep
    kinda sorta gonna wanna gotta dunno curious cheers bye goodbye alright well like maybe perhaps really quite pretty bit`),
  questionWords: wordList(
    "what which who whom whose when where why how is are was were do does did can could will would should has have",
  ),
};

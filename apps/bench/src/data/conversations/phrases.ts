/** What people talk about: how it is asked about later, and what it is also called. */
export const TOPICS: readonly (readonly [name: string, ...alsoCalled: string[]])[] = [
  ["the kitchen renovation", "the kitchen", "the builders"],
  ["the trip to Lisbon", "the trip", "Portugal"],
  ["the new puppy", "the dog", "the little one"],
  ["the guitar lessons", "the guitar", "my music teacher"],
  ["the wedding in June", "the wedding", "the big day"],
  ["the garden shed", "the shed", "the hut"],
  ["the night school course", "the course", "evening classes"],
  ["the used camper van", "the van", "the camper"],
  ["the piano recital", "the recital", "the concert hall"],
  ["the marathon training", "the marathon", "all that running"],
  ["the flat in Leeds", "the flat", "the new place"],
  ["the pottery workshop", "the workshop", "the clay thing"],
  ["the family reunion", "the reunion", "all the relatives"],
  ["the solar panels", "the panels", "the roof system"],
  ["the broken dishwasher", "the dishwasher", "that machine"],
  ["the book club", "the club", "our reading group"],
  ["the ski weekend", "the weekend", "the mountains"],
  ["the dental surgery", "the surgery", "my tooth"],
  ["the school play", "the play", "the theatre thing"],
  ["the vegetable patch", "the vegetables", "the tomatoes"],
  ["the passport renewal", "the passport", "the papers"],
  ["the office move", "the move", "the new office"],
  ["the sailing licence", "the licence", "the boat exam"],
  ["the birthday party", "the party", "turning forty"],
  ["the roof repair", "the roof", "the leak"],
  ["the cooking class", "the class", "the Thai food evening"],
  ["the charity concert", "the concert", "the fundraiser"],
  ["the electric bike", "the bike", "the battery thing"],
  ["the hospital appointment", "the appointment", "the doctor"],
  ["the tax return", "the tax", "the forms"],
];

export interface Aspect {
  name: string;
  /** The other speaker asks; `{topic}` is what the topic is called, or "it". */
  prompts: readonly string[];
  /** The answer without the topic's words. */
  elliptic: readonly string[];
  /** The answer that can stand alone, by the topic's name or by another one. */
  full: readonly string[];
  /** Asked later, by someone who was not there. */
  questions: readonly string[];
  values: readonly string[];
}

export const ASPECTS: readonly Aspect[] = [
  {
    name: "price",
    prompts: ["How much is {topic} going to cost?", "What are you paying for {topic} in the end?"],
    elliptic: [
      "About {value}, give or take.",
      "{value}, and I tried to haggle.",
      "They want {value}, can you believe that?",
    ],
    full: ["{topic} is costing me {value}.", "I have to pay {value} for {topic}."],
    questions: ["What does {who} have to pay for {topic}?", "How expensive is {topic} for {who}?"],
    values: ["480 euros", "1,250 pounds", "ninety dollars", "3,600 euros", "75 pounds", "two thousand dollars"],
  },
  {
    name: "date",
    prompts: ["When is {topic} happening?", "So what day is {topic} then?"],
    elliptic: ["On {value}, if nothing changes.", "It was moved to {value}.", "{value}, early in the morning."],
    full: ["{topic} is set for {value}.", "We agreed on {value} for {topic}."],
    questions: ["When does {topic} take place for {who}?", "Which day did {who} mention for {topic}?"],
    values: ["the third of May", "next Thursday", "14 September", "the last Sunday in March", "Boxing Day", "2 July"],
  },
  {
    name: "person",
    prompts: ["Who is helping you with {topic}?", "Is anybody with you on {topic}?"],
    elliptic: ["My cousin {value}, thank goodness.", "{value} from work offered.", "Just {value} and me."],
    full: ["{value} is helping me with {topic}.", "For {topic} I have {value} at my side."],
    questions: ["Who helps {who} with {topic}?", "Whose help does {who} get for {topic}?"],
    values: ["Priya", "Old Tom", "Annika", "Mr Delgado", "Femi", "Grandma Ruth"],
  },
  {
    name: "place",
    prompts: ["Where did you find someone for {topic}?", "Where is {topic} again?"],
    elliptic: ["Down at {value}.", "Near {value}, behind the station.", "{value}, would you believe it."],
    full: ["{topic} is over at {value}.", "I sorted out {topic} at {value}."],
    questions: ["Where is {topic} that {who} talked about?", "At which place did {who} arrange {topic}?"],
    values: ["Mill Lane", "the old harbour", "Castle Street", "the community centre", "Birch Park", "the market hall"],
  },
  {
    name: "trouble",
    prompts: ["What went wrong with {topic}?", "Why were you so upset about {topic}?"],
    elliptic: ["Honestly, {value}.", "In short, {value}, and nobody told us.", "Well, {value}. Typical."],
    full: ["With {topic}, {value}.", "The trouble with {topic} was that {value}."],
    questions: ["What was the problem with {topic} for {who}?", "Which difficulty did {who} have over {topic}?"],
    values: [
      "they lost the paperwork",
      "the weather ruined everything",
      "half of the people cancelled",
      "the wrong parts arrived",
      "I overslept",
      "the deposit never came back",
    ],
  },
];

export const OPENERS = [
  "I have been busy with {topic} lately.",
  "You will not believe what happened about {topic}.",
  "Did I tell you about {topic}?",
  "So, {topic} is finally moving along.",
];

export const REACTIONS = [
  "Oh, tell me more!",
  "Really? That is great.",
  "I was wondering about that.",
  "No way, already?",
];

/** What follows an answer; the first three name the topic again and answer nothing. */
export const ACKNOWLEDGEMENTS = [
  "Well, I hope {topic} works out for you.",
  "I keep hearing about {topic} from you, it sounds exciting.",
  "My brother had something like {topic} last year.",
  "I see. That makes sense.",
  "Ha, good for you.",
  "Okay, keep me posted.",
];

export const SMALL_TALK = [
  "It has been raining here all week.",
  "Did you watch the match last night?",
  "I still need to buy bread on the way home.",
  "The trains were late again this morning.",
  "My neighbour keeps playing the drums.",
  "I slept badly, far too much coffee.",
  "We should meet for lunch sometime.",
  "Sorry, the line is bad, can you hear me?",
];

export const SPEAKERS: readonly (readonly [string, string])[] = [
  ["Maria", "Devon"],
  ["Aiko", "Lukas"],
  ["Samira", "Pete"],
  ["Nadia", "Oscar"],
  ["Ingrid", "Malik"],
  ["Chloe", "Bruno"],
];

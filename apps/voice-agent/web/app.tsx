import { useEffect, useState } from "react";
import { Call } from "./call/call.tsx";
import { SignIn } from "./sign-in.tsx";

type Me = { name: string | null };

/** Who calls, then the call. Each call is a component of its own: a new token, a new room, an empty transcript. */
export function App() {
  const [name, setName] = useState<string | null>();
  const [call, setCall] = useState(0);

  useEffect(() => {
    void fetch("/me")
      .then((answer) => answer.json() as Promise<Me>)
      .then((me) => setName(me.name))
      .catch(() => setName(null));
  }, []);

  return (
    <main>
      <header>
        <h1>Larkfield</h1>
        <p>A voice agent that knows its documents, and knows you when you call again.</p>
      </header>
      {name === null && <SignIn onSignedIn={setName} />}
      {typeof name === "string" && <Call key={call} name={name} onCallAgain={() => setCall(call + 1)} />}
    </main>
  );
}

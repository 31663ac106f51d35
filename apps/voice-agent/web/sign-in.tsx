import { type FormEvent, useState } from "react";

/** Asks for a name. The server answers with a cookie by which it knows this browser again. */
export function SignIn({ onSignedIn }: { onSignedIn: (name: string) => void }) {
  const [problem, setProblem] = useState("");

  const signIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "");
    const answer = await fetch("/sign-in", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name }),
    });
    if (answer.ok) onSignedIn(((await answer.json()) as { name: string }).name);
    else setProblem("Please give a name.");
  };

  return (
    <form className="card sign-in" onSubmit={(event) => void signIn(event)}>
      <label htmlFor="name">What is your name?</label>
      <input id="name" name="name" autoComplete="given-name" maxLength={60} required />
      <button type="submit">Continue</button>
      {problem !== "" && <p role="alert">{problem}</p>}
    </form>
  );
}

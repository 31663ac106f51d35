import { type FormEvent, useState } from "react";

export function MessageBox({ send }: { send: (text: string) => Promise<void> }) {
  const [text, setText] = useState("");

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const message = text.trim();
    if (message === "") return;
    setText("");
    void send(message);
  };

  return (
    <form className="message-box" onSubmit={submit}>
      <input
        aria-label="Message"
        placeholder="Type instead of talking"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit">Send</button>
    </form>
  );
}

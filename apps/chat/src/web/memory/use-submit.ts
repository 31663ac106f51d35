import { type FormEvent, useState } from "react";

/** Runs the sending of a form: busy meanwhile, and the message of what went wrong. */
export function useSubmit(send: () => Promise<void>): {
  busy: boolean;
  error: string | undefined;
  onSubmit: (event: FormEvent) => void;
} {
  const [state, setState] = useState<{ busy: boolean; error?: string }>({ busy: false });
  return {
    busy: state.busy,
    error: state.error,
    onSubmit(event) {
      event.preventDefault();
      setState({ busy: true });
      send().then(
        () => setState({ busy: false }),
        (error: unknown) => setState({ busy: false, error: error instanceof Error ? error.message : String(error) }),
      );
    },
  };
}

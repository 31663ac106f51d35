import { useQuery } from "@tanstack/react-query";
import type { Passage, PassageRef } from "../../shared/api.ts";
import { request } from "../api/request.ts";
import { Modal } from "../ui/modal.tsx";
import { Markdown } from "./markdown.tsx";

/** The passage that a citation names, with what stands around it. */
export function PassageDialog({ passage: { lane, id }, onClose }: { passage: PassageRef; onClose: () => void }) {
  const { data, error } = useQuery({
    queryKey: ["passage", lane, id],
    queryFn: () => request<Passage>("GET", `/api/passages?${new URLSearchParams({ lane, id })}`),
    retry: false,
  });
  return (
    <Modal title={data?.title ?? "Source"} onClose={onClose}>
      {error !== null && (
        <p className="error" role="alert">
          {error.message}
        </p>
      )}
      {data !== undefined && (
        <div className="passage">
          <p className="detail">{lane === "org" ? data.origin : `Said on ${day(data.origin)}`}</p>
          {data.before !== undefined && (
            <div className="around">
              <Markdown>{data.before}</Markdown>
            </div>
          )}
          <section className="cited" aria-label="The cited passage">
            <Markdown>{data.text}</Markdown>
          </section>
          {data.after !== undefined && (
            <div className="around">
              <Markdown>{data.after}</Markdown>
            </div>
          )}
          {data.conversationId !== undefined && <a href={`/c/${data.conversationId}`}>Open the conversation</a>}
        </div>
      )}
    </Modal>
  );
}

function day(iso: string): string {
  return new Intl.DateTimeFormat("en", { dateStyle: "long" }).format(new Date(iso));
}

import type { Address } from "postal-mime";
import { typedLoader } from "../attachments.ts";
import type { Loader } from "../loader.ts";
import { mailParts } from "./mail-parts.ts";

/** E-mail as it is sent (RFC 5322): its text with sender, receivers, date and subject, and its attachments. */
export const emlLoader: Loader = {
  type: "eml",
  extensions: [".eml", ".mht", ".mhtml"],
  async load(source) {
    const { default: PostalMime } = await import("postal-mime");
    const mail = await PostalMime.parse(source.bytes, { maxNestingDepth: 64 });
    const attachments = mail.attachments.map(({ filename, content }) => ({
      name: filename ?? "",
      bytes: typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content),
    }));
    return mailParts(
      {
        subject: mail.subject,
        from: mail.from === undefined ? undefined : written(mail.from),
        to: (mail.to ?? []).map(written),
        cc: (mail.cc ?? []).map(written),
        date: mail.date,
        text: mail.text,
        html: mail.html,
        attachments,
      },
      source,
      typedLoader,
      source.depth,
    );
  },
};

function written({ name, address, group }: Address): string {
  if (group !== undefined) return `${name}: ${group.map(written).join(", ")}`;
  return name && address ? `${name} <${address}>` : name || address || "";
}

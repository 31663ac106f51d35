import { typedLoader } from "../attachments.ts";
import type { Loader } from "../loader.ts";
import { mailParts } from "./mail-parts.ts";

/** Outlook's MSG: as EML. */
export const msgLoader: Loader = {
  type: "msg",
  extensions: [".msg"],
  async load(source) {
    // A CommonJS module with a default export of its own.
    const { default: MsgReader } = (await import("@kenjiuno/msgreader")).default;
    const reader = new MsgReader(source.bytes.slice().buffer);
    const mail = reader.getFileData();
    if (mail.error !== undefined) throw new Error(mail.error);
    const attachments = (mail.attachments ?? []).map((attachment) => {
      const { fileName, content } = reader.getAttachment(attachment);
      return { name: fileName, bytes: content };
    });
    const receivers = (type: string) =>
      (mail.recipients ?? [])
        .filter(({ recipType = "to" }) => recipType === type)
        .map(({ name = "", smtpAddress, email = "" }) => written(name, smtpAddress ?? email));
    const html = mail.bodyHtml ?? (mail.html === undefined ? undefined : new TextDecoder().decode(mail.html));
    return mailParts(
      {
        subject: mail.subject,
        from: written(mail.senderName ?? "", mail.senderSmtpAddress ?? mail.senderEmail ?? ""),
        to: receivers("to"),
        cc: receivers("cc"),
        date: isoDate(mail.messageDeliveryTime ?? mail.clientSubmitTime),
        text: mail.body,
        html,
        attachments,
      },
      source,
      typedLoader,
      source.depth,
    );
  },
};

function written(name: string, address: string): string {
  return name !== "" && address !== "" && name !== address ? `${name} <${address}>` : name || address;
}

function isoDate(text: string | undefined): string | undefined {
  const date = text === undefined ? undefined : new Date(text);
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

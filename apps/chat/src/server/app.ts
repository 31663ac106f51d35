import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";
import type { Me } from "../shared/api.ts";
import type { Answerer } from "./chat/answerer.ts";
import { chatRoute } from "./chat/chat-route.ts";
import { conversationRoutes } from "./conversations/conversation-routes.ts";
import type { Conversations } from "./conversations/conversations.ts";
import { documentRoutes } from "./documents/document-routes.ts";
import type { Library } from "./documents/library.ts";
import { passageRoute } from "./documents/passage-route.ts";
import { errorResponse } from "./http/error-response.ts";
import { notFound } from "./http/request-error.ts";
import type { UserCookie } from "./identity/user-cookie.ts";
import type { MemoryBook } from "./memory/memory-book.ts";
import { memoryRoutes } from "./memory/memory-routes.ts";

export interface AppParts {
  me: Me;
  cookie: UserCookie;
  answerer: Answerer;
  conversations: Conversations;
  library: Library;
  book: MemoryBook;
  /** Folder of the built page; none when something else serves the page. */
  pageDir?: string;
}

/** The API under `/api`, and the page. */
export function createApp({ me, cookie, answerer, conversations, library, book, pageDir }: AppParts): Hono {
  const api = new Hono()
    .get("/me", async (c) => {
      await cookie.begin(c);
      return c.json(me);
    })
    .use(cookie.required)
    .route("/chat", chatRoute(answerer))
    .route("/conversations", conversationRoutes(conversations))
    .route("/documents", documentRoutes(library, me))
    .route("/memory", memoryRoutes({ book, library, conversations }))
    .route("/passages", passageRoute(library, book))
    .all("*", (c) => {
      throw notFound(`${c.req.method} ${c.req.path}`);
    });

  const app = new Hono();
  app.onError(errorResponse);
  app.use(
    secureHeaders({
      // No picture from elsewhere: an address in an answer could carry away what a document says.
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      // The app may be served without TLS, on the own machine.
      strictTransportSecurity: false,
    }),
  );
  app.use("/api/*", csrf());
  app.route("/api", api);
  if (pageDir !== undefined) {
    app.use("*", serveStatic({ root: pageDir }));
    app.get("*", serveStatic({ root: pageDir, path: "index.html" }));
  }
  return app;
}

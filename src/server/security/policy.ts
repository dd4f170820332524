import type { FastifyReply } from "fastify";

/** What every answer says, whatever it holds. */
export function harden(reply: FastifyReply): void {
  reply.headers({
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
  });
}

/** For answers that are data. As Jupyter says it, so that its clients can hold us to it. */
export const dataPolicy = "frame-ancestors 'self'; report-uri /api/security/csp-report; default-src 'none'";

/** For files of the user's: shown, but never as part of this site. */
export const filePolicy =
  "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; media-src 'self'";

/** For the page: its own scripts and nothing else, whatever an output of a notebook holds. */
export function pagePolicy(host: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "worker-src 'self' blob:",
    "frame-src 'self' blob: data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "report-uri /api/security/csp-report",
  ].join("; ");
}

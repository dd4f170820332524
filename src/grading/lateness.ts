import { type Finding, note } from "./findings.ts";

/** How late a file came, by the time that it was changed last. It costs no points: whether it should is for people to say. */
export function lateness(modified: Date, due: Date | undefined): Finding[] {
  if (due === undefined || modified <= due) return [];
  const minutes = Math.ceil((modified.getTime() - due.getTime()) / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  const parts = [
    ...(days > 0 ? [`${days} d`] : []),
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(days === 0 && minutes % 60 > 0 ? [`${minutes % 60} min`] : []),
  ];
  return [note(`late by ${parts.join(" ")}.`)];
}

// Times as people say them, in the zone of whoever looks.

const DAY = 86_400_000;

export const clock = (at, zone) => at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });

export const full = (at, zone) => at.toLocaleString("en-GB", { dateStyle: "full", timeStyle: "medium", timeZone: zone });

export const city = (zone) => zone.split("/").at(-1).replaceAll("_", " ");

export const weekday = (at, zone) => at.toLocaleDateString("en-GB", { weekday: "short", timeZone: zone });

/** "Monday 23 November" */
export const date = (at, zone) =>
  at.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: zone }).replace(",", "");

/** The day as one would name it now: today, yesterday, or its date. */
export function dayName(at, zone, now) {
  const day = (moment) => moment.toLocaleDateString("en-CA", { timeZone: zone });
  if (day(at) === day(now)) return "Today";
  if (day(at) === day(new Date(now - DAY))) return "Yesterday";
  return date(at, zone);
}

/** How far ahead the clock was moved, in words; nothing when it was not. */
export function ahead(seconds) {
  const hours = Math.round(seconds / 3600);
  const some = (count, word) => (count ? [`${count} ${word}${count === 1 ? "" : "s"}`] : []);
  const [said] = [...some(Math.floor(hours / 24), "day"), ...some(hours, "hour"), ...some(Math.round(seconds / 60), "minute")];
  return said ? `${said} ahead` : "";
}

// What npm ical.js reads in calendar files. Reads a list of files from stdin and writes, for each, its meetings or why
// it refuses the file.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const installed = createRequire(`${process.argv[2]}/package.json`);
const ICAL = installed("ical.js");

function moment(time) {
  if (time?.zone?.tzid !== "UTC") throw new Error(`${time} is not in UTC`);
  return time.toJSDate().toISOString();
}

function reading(component) {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    starts_at: moment(event.startDate),
    ends_at: moment(event.endDate),
    title: event.summary,
    place: event.location ?? "",
    status: component.getFirstPropertyValue("status"),
    sequence: event.sequence,
  };
}

function judged(file) {
  try {
    const calendar = new ICAL.Component(ICAL.parse(file));
    return { readings: calendar.getAllSubcomponents("vevent").map(reading) };
  } catch (error) {
    return { refused: String(error) };
  }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(judged)));

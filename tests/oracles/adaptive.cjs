// Two judges of Adaptive Cards: npm adaptivecards (its parser and validator) and the JSON schema. Reads
// {"schema": ..., "cards": [{"card": ..., "plain": ...}]} from stdin and writes one list of objections for each; the
// library judges the plain card, since it knows nothing of what Teams added to 1.5.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const installed = createRequire(`${process.argv[2]}/package.json`);
const Ajv = installed("ajv").default;
const addFormats = installed("ajv-formats").default;
const { AdaptiveCard, HostConfig, SerializationContext, ValidationEvent, ValidationPhase, Versions } =
  installed("adaptivecards/dist/adaptivecards.js");

const TEAMS = new HostConfig({ actions: { maxActions: 6 }, supportsInteractivity: true });

function schemaJudge(schema) {
  const ajv = new Ajv({ strict: false, allErrors: false });
  addFormats(ajv);
  ajv.addMetaSchema(installed("ajv/dist/refs/json-schema-draft-06.json"));
  const valid = ajv.compile(schema);
  return (card) => (valid(card) ? [] : telling(card, valid.errors).map((each) => `schema: ${each}`));
}

// An element is compared with the schema of every type; what tells something is how it differs from its own.
function telling(card, errors) {
  const own = errors.filter((each) => each.schemaPath.includes(`/${typeAt(card, each.instancePath)}/`));
  return (own.length ? own : errors).slice(0, 8).map((each) => `${each.instancePath} ${each.message}`);
}

function typeAt(card, path) {
  const steps = path.split("/").slice(1);
  return steps.reduce(([part, type], step) => [part[step], part[step]?.type ?? type], [card, card.type])[1];
}

function objection(event) {
  return `adaptivecards: ${ValidationPhase[event.phase]} ${ValidationEvent[event.event]}: ${event.message}`;
}

function parsed(card) {
  const context = new SerializationContext(Versions.v1_5);
  const shown = new AdaptiveCard();
  shown.hostConfig = TEAMS;
  shown.parse(card, context);
  const events = [...Array(context.eventCount).keys()].map((index) => context.getEventAt(index));
  return [...events, ...shown.validateProperties().validationEvents];
}

function libraryJudge(card) {
  try {
    return parsed(card)
      .filter((event) => event.event !== ValidationEvent.Hint)
      .map(objection);
  } catch (error) {
    return [`adaptivecards: ${error}`];
  }
}

const { schema, cards } = JSON.parse(readFileSync(0, "utf8"));
const bySchema = schemaJudge(schema);
const verdicts = cards.map(({ card, plain }) => [...bySchema(card), ...libraryJudge(plain)]);
process.stdout.write(JSON.stringify(verdicts));

// What Microsoft's own schemas say of an app manifest. Reads {"version", "schema", "manifest"} from stdin and writes
// a list of objections.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const installed = createRequire(`${process.argv[2]}/package.json`);
const Ajv = installed("ajv-draft-04").default;
const addFormats = installed("ajv-formats").default;

function schemaOf(version, name) {
  const home = dirname(installed.resolve("@microsoft/app-manifest/package.json"));
  return JSON.parse(readFileSync(join(home, "build/json-schemas/teams", `v${version}`, `${name}.schema.json`), "utf8"));
}

const { version, schema, manifest } = JSON.parse(readFileSync(0, "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const valid = ajv.compile(schemaOf(version, schema));
const objections = valid(manifest) ? [] : valid.errors.map((each) => `${each.instancePath} ${each.message}`);
process.stdout.write(JSON.stringify(objections));

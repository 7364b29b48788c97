// Verifies a certificate by itself: it shares no code with the harness, and needs nothing but Node.
//
//   node verify-certificate.mjs CERTIFICATE KEY.pub...
//
// CERTIFICATE is a file, or the folder of a certification, which has it as certificate.intoto.jsonl.
// A certificate is two DSSE envelopes, a line each: a conformance and an in-toto test result that names it. Every key must have signed
// both. It exits with 0 if the certificate is to be believed and with 1 if it is not, and says why.

import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const PAYLOAD_TYPE = "application/vnd.in-toto+json";
const STATEMENT = "https://in-toto.io/Statement/v1";
const PREDICATES = [
  "https://modality.dev/attestation/conformance/v1",
  "https://in-toto.io/attestation/test-result/v0.1",
];

/** @param {boolean} met @param {string} otherwise */
function demand(met, otherwise) {
  if (!met) throw new Error(otherwise);
}

/** DSSE's pre-authentication encoding: what a signature is over. @param {string} type @param {Buffer} body */
function preAuthentication(type, body) {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body]);
}

/** The name of a key: SHA-256 of its 32 bytes, which end its DER form. @param {import("node:crypto").KeyObject} key */
function keyId(key) {
  const bytes = key.export({ type: "spki", format: "der" }).subarray(-32);
  return createHash("sha256").update(bytes).digest("hex");
}

/** @param {string} line @param {import("node:crypto").KeyObject[]} keys */
function open(line, keys) {
  const { payloadType, payload, signatures } = JSON.parse(line);
  demand(payloadType === PAYLOAD_TYPE, `the payload is ${payloadType}`);
  const body = Buffer.from(payload, "base64");
  for (const key of keys) {
    const id = keyId(key);
    const signature = signatures.find((/** @type {{keyid: string}} */ it) => it.keyid === id);
    demand(signature !== undefined, `key ${id} has not signed it`);
    const right = verify(null, preAuthentication(payloadType, body), key, Buffer.from(signature.sig, "base64"));
    demand(right, `the signature of key ${id} is wrong`);
  }
  return body;
}

/** @param {string} path @param {string[]} keyFiles */
function main(path, keyFiles) {
  demand(keyFiles.length > 0, "name the public keys that have to have signed it");
  const keys = keyFiles.map((file) => createPublicKey(readFileSync(file, "utf8")));
  const text = readFileSync(statSync(path).isDirectory() ? join(path, "certificate.intoto.jsonl") : path, "utf8");
  demand(text.endsWith("\n"), "its last line is not ended");
  const bodies = text.slice(0, -1).split("\n").map((line) => open(line, keys));
  demand(bodies.length === PREDICATES.length, `it has ${bodies.length} lines`);
  const statements = bodies.map((body) => JSON.parse(body.toString("utf8")));
  statements.forEach(({ _type, predicateType }, line) => {
    demand(_type === STATEMENT, `line ${line + 1} is a ${_type}`);
    demand(predicateType === PREDICATES[line], `the predicate of line ${line + 1} is a ${predicateType}`);
  });
  const [{ subject, predicate: conformance }, { subject: same, predicate: result }] = statements;
  demand(JSON.stringify(subject) === JSON.stringify(same), "its lines are about different things");
  const sum = createHash("sha256").update(bodies[0]).digest("hex");
  demand(result.configuration.some((/** @type {{digest: {sha256: string}}} */ it) => it.digest.sha256 === sum), "its lines are of different certificates");
  demand(conformance.conclusion === "agree" && result.result === "PASSED", "it does not conclude agreement");
  for (const { name, expected, executed, passed } of conformance.parts) {
    demand(expected > 0 && executed === expected && passed === expected, `${name}: ${passed} passed of ${expected}`);
  }
  console.log(`${PREDICATES[0]}: ${conformance.conclusion}`);
  for (const { name, version } of conformance.lanes) console.log(`  ${name}: ${version}`);
}

try {
  const [path, ...keys] = process.argv.slice(2);
  demand(path !== undefined, "name a certificate");
  main(path, keys);
} catch (error) {
  console.error(`not to be believed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

// Uses the client that openapi-generator makes for JavaScript: node javascript.js URL.
import { ApiClient, FactsApi, Kind } from "../.generated/openapi-generator-javascript/src/index.js";

const base = process.argv[2];
const facts = new FactsApi(new ApiClient(base));

function check(holds, what) {
  if (!holds) throw new Error(what);
}

function readCursor(next) {
  return next === null ? undefined : new URL(next, base).searchParams.get("cursor");
}

// A fact is one of several types: the client wraps it in what holds either.
function unwrap(fact) {
  return fact.getActualInstance();
}

async function listEveryId() {
  const ids = [];
  const options = { limit: 37 };
  do {
    const page = await facts.listFacts(options);
    ids.push(...page.items.map((item) => unwrap(item).id));
    options.cursor = readCursor(page.next);
    check(options.cursor || ids.length === page.total.value, `${ids.length} facts of ${page.total.value}`);
  } while (options.cursor);
  return ids;
}

async function readProblem(answer) {
  const error = await answer.then(() => undefined, (reason) => reason);
  check(error?.body, `no error answer: ${error}`);
  check(error.body.status === error.status, `${error.body.status} is not the status of the answer`);
  return error.body;
}

async function use() {
  const ids = await listEveryId();
  check(ids.length > 37 && new Set(ids).size === ids.length, "a fact came twice");

  const kinds = new Kind();
  const found = await facts.listFacts({ kind: [kinds.quantity, kinds.event], valueMin: 1000, limit: 500 });
  const total = found.total.value;
  check(found.items.length === total && total > 0 && total < ids.length, `${found.items.length} facts of ${total}`);
  for (const item of found.items.map(unwrap)) {
    check(item.kind === kinds.quantity ? item.bound && item.unit : item.kind === kinds.event, `the kind ${item.kind}`);
  }

  const id = ids.at(-1);
  check(unwrap(await facts.getFact(id)).id === id, "another fact");

  const unknown = await readProblem(facts.getFact("a".repeat(16)));
  check(unknown.status === 404 && unknown.title === "Unknown identifier", unknown.title);

  const refused = await readProblem(facts.listFacts({ limit: 0 }));
  check(refused.status === 400 && refused.parameter === "limit", "a page of none is answered");
}

use().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

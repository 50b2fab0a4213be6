// Uses the client that openapi-generator makes for typescript-fetch: node generator.js URL.
import { Configuration, FactsApi, Kind, type ListFactsRequest, type Problem, ResponseError } from "../.generated/openapi-generator";

declare const process: { argv: string[]; exitCode: number };

const base = process.argv[2]!;
const facts = new FactsApi(new Configuration({ basePath: base }));

function check(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

function readCursor(next: string | null): string | undefined {
  return next === null ? undefined : new URL(next, base).searchParams.get("cursor")!;
}

async function listEveryId(): Promise<string[]> {
  const ids: string[] = [];
  const request: ListFactsRequest = { limit: 37 };
  do {
    const page = await facts.listFacts(request);
    ids.push(...page.items.map((item) => item.id));
    request.cursor = readCursor(page.next);
    check(request.cursor || ids.length === page.total.value, `${ids.length} facts of ${page.total.value}`);
  } while (request.cursor);
  return ids;
}

async function readProblem(answer: Promise<unknown>): Promise<Problem> {
  const error: unknown = await answer.then(() => undefined, (reason: unknown) => reason);
  check(error instanceof ResponseError, `no error answer: ${error}`);
  const problem = (await error.response.json()) as Problem;
  check(problem.status === error.response.status, `${problem.status} is not the status of the answer`);
  return problem;
}

async function use(): Promise<void> {
  const ids = await listEveryId();
  check(ids.length > 37 && new Set(ids).size === ids.length, "a fact came twice");

  const found = await facts.listFacts({ kind: [Kind.Quantity, Kind.Event], valueMin: 1000, limit: 500 });
  const total = found.total.value;
  check(found.items.length === total && total > 0 && total < ids.length, `${found.items.length} facts of ${total}`);
  for (const item of found.items) {
    check(item.kind === "quantity" ? item.bound && item.unit : item.kind === "event", `the kind ${item.kind}`);
  }

  const id = ids[ids.length - 1]!;
  check((await facts.getFact({ factId: id })).id === id, "another fact");

  const unknown = await readProblem(facts.getFact({ factId: "a".repeat(16) }));
  check(unknown.status === 404 && unknown.title === "Unknown identifier", unknown.title);

  const refused = await readProblem(facts.listFacts({ limit: 0 }));
  check(refused.status === 400 && refused.parameter === "limit", "a page of none is answered");
}

use().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

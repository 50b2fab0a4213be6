// Uses openapi-fetch with the types that openapi-typescript makes: node fetch.mts URL.
import createClient from "openapi-fetch";
import type { paths } from "../.generated/openapi-typescript/schema.d.ts";

declare const process: { argv: string[] };

function check(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

// Where an answer also comes in other formats, the second type names those that are read.
const client = createClient<paths, "application/json" | "application/problem+json">({ baseUrl: process.argv[2], querySerializer: { array: { style: "form", explode: false } } });

async function listPage(query: NonNullable<paths["/v1/facts"]["get"]["parameters"]["query"]>) {
  const { data, error } = await client.GET("/v1/facts", { params: { query } });
  check(data, `no page: ${error?.detail}`);
  return data;
}

function readCursor(next: string | null): string | undefined {
  return next === null ? undefined : new URL(next, process.argv[2]).searchParams.get("cursor")!;
}

const first = await listPage({ limit: 37 });
const ids = first.items.map((item) => item.id);
for (let cursor = readCursor(first.next); cursor; ) {
  const page = await listPage({ limit: 37, cursor });
  ids.push(...page.items.map((item) => item.id));
  cursor = readCursor(page.next);
}
check(ids.length === first.total.value && ids.length > 37, `${ids.length} facts of ${first.total.value}`);
check(new Set(ids).size === ids.length, "a fact came twice");

const found = await listPage({ kind: ["quantity", "event"], value_min: 1000, limit: 500 });
check(found.items.length === found.total.value && found.total.value > 0 && found.total.value < ids.length, "the filter");
for (const item of found.items) {
  // What only quantities have can be read where the kind tells that this is one.
  check(item.kind === "quantity" ? item.bound && item.unit : item.kind === "event", `the kind ${item.kind}`);
}

const id = ids[ids.length - 1]!;
const { data: fact } = await client.GET("/v1/facts/{fact_id}", { params: { path: { fact_id: id } } });
check(fact?.id === id, "another fact");

const unknown = await client.GET("/v1/facts/{fact_id}", { params: { path: { fact_id: "a".repeat(16) } } });
check(unknown.response.status === 404 && unknown.error?.status === 404, "an unknown fact is there");
check(unknown.error.title === "Unknown identifier", unknown.error.title);

const refused = await client.GET("/v1/facts", { params: { query: { limit: 0 } } });
check(refused.response.status === 400 && refused.error?.parameter === "limit", "a page of none is answered");

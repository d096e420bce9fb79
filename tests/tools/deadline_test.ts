import { assertRejects } from "@std/assert";
import { withDeadline } from "../../tools/deadline.ts";

const never = () => new Promise<void>(() => {});

Deno.test("withDeadline() fails a test that waits in vain, by its name", async (context) => {
  await assertRejects(
    async () => await withDeadline(never, 10)(context),
    Error,
    `"${context.name}" has not ended in 10 ms`,
  );
});

Deno.test("withDeadline() leaves a test's own end and failure as they are", async (context) => {
  await withDeadline(() => Promise.resolve(), 60_000)(context);
  const failing = withDeadline(
    () => Promise.reject(new Error("its own")),
    60_000,
  );
  await assertRejects(async () => await failing(context), Error, "its own");
});

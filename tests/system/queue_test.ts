import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Queue } from "../../src/system/queue.ts";

Deno.test("Queue is as an array whose front is cut off", () => {
  const step = fc.record({ push: fc.nat(9), drop: fc.nat(9) });
  fc.assert(fc.property(fc.array(step), (steps) => {
    const queue = new Queue<number>();
    let model: number[] = [], next = 0;
    for (const { push, drop } of steps) {
      for (let i = 0; i < push; i++, next++) {
        queue.push(next);
        model.push(next);
      }
      queue.drop(drop);
      model = model.slice(drop);
      assertEquals(queue.length, model.length);
      assertEquals(queue.from(0), model);
      assertEquals(queue.from(2), model.slice(2));
      for (let i = -12; i < 12; i++) assertEquals(queue.at(i), model.at(i));
    }
  }));
});
